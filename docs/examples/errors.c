/* SPDX-License-Identifier: BSD-3-Clause */
/* Decks with a fault: what the host is told, and that the session goes on. */
#include <carom.h>
#include <stdio.h>
#include <string.h>

struct deck {
	const char *name, *text;
};

static const struct deck decks[] = {
	{"syntax.cir", "t\nv1 in 0 1\nr1 in 0 {1k * }\n.op\n.end\n"},
	{"model.cir", "t\nv1 in 0 1\nd1 in 0 d1n4148\n.op\n.end\n"},
	{"parameter.cir", "t\nv1 in 0 1\nr1 in 0 {rload}\n.op\n.end\n"},
	{"loop.cir", "t\nv1 a 0 1\nv2 a 0 2\n.op\n.end\n"},
	{"good.cir", "t\nv1 in 0 1\nr1 in 0 1k\n.op\n.end\n"},
};

/* What a program may decide by: the status; what a user reads: place, text, hint. */
static void report(const char *name, const struct carom_error *err)
{
	char line[1400];

	printf("%s: %s\n", name, carom_status_name((int)err->status));
	if (err->status)
		printf("  %s\n", carom_error_format(err, line, sizeof(line)));
}

static int simulate(struct carom_session *session, const struct deck *deck, struct carom_error *err)
{
	struct carom_circuit *circuit;
	struct carom_result *result;

	carom_circuit_import_text(&circuit, deck->text, strlen(deck->text), deck->name, NULL, err);
	carom_session_load(session, circuit, err);
	carom_session_run(session, &result, err);
	carom_result_free(result);
	carom_circuit_free(circuit);
	return (int)err->status;
}

/* What lint finds is found before ngspice sees the circuit. */
static void check(const struct deck *deck)
{
	struct carom_findings *findings = NULL;
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, deck->text, strlen(deck->text), deck->name, NULL, NULL);
	if (circuit && carom_circuit_lint(circuit, &findings, NULL) == CAROM_OK)
		for (size_t i = 0; i < carom_findings_count(findings); i++) {
			struct carom_finding finding = carom_findings_get(findings, i);

			printf("  lint: %s:%d: %s\n", finding.source, finding.line, finding.text);
		}
	carom_findings_free(findings);
	carom_circuit_free(circuit);
}

int main(void)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;

	if (carom_session_open(&session, NULL, &err)) {
		report("libngspice", &err);
		return 1;
	}
	for (size_t i = 0; i < sizeof(decks) / sizeof(decks[0]); i++) {
		carom_error_clear(&err);
		simulate(session, &decks[i], &err);
		report(decks[i].name, &err);
		check(&decks[i]);
	}
	carom_session_close(session);
	return err.status != CAROM_OK;
}
