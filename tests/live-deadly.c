/* SPDX-License-Identifier: BSD-3-Clause */
/* Decks that end the process ngspice is in: a host's own refuses them, an isolated one reports it. */
#include <stdlib.h>
#include <string.h>

#include "circuit/deadly.h"
#include "support-worker.h"

struct deadly {
	const char *deck;
	int line;
	const char *rule;
};

/* All end libngspice 39.3, by a segmentation fault or by exit(). */
static const struct deadly deadly[] = {
	{"t\nv1 1 0 1 ac (\nr1 1 0 1\n.op\n.end\n", 2, "missing-value"},
	{"t\nv1 1 0 1 r=0\nr1 1 0 1\n.op\n.end\n", 2, "bad-waveform"},
	{"t\nr1 1 0 1\nv1 1 0 1 portnum 1\n.op\n.end\n", 3, "bad-value"},
	{"t\nv1 1 0 1\nr1 temper 1 1\nr2 temper 0 1\n.op\n.end\n", 3, "reserved-name"},
	{"t\nv1 1 0 1\nr1 1 0 1\na1 [1 0] [d] ad\n.model ad adc_bridge\na2 d e inv\n"
	 ".model inv d_inverter\n.tran 1n 10n\n.end\n",
	 4, "code-model-port"},
	{"t\nv1 1 0 1\nr1 1 0 1\na1 1 2 m\n.model m real_gain\n.op\n.end\n", 4, "code-model-port"},
	{"t\nv1 1 0 1\nr1 1 0 1\n.tran 1 2\n.meas tran m =1\n.end\n", 5, "missing-value"},
	{"t\nv1 1 0 1\nr1 1 0 1\n.op\n.nodeset v(\n.end\n", 5, "missing-value"},
	{"t\nv1 a 0 1\nd1 a 0 dn\n.model dn numd level=1\n+ x.mesh loc=0 n=1\n.op\n.end\n", 3,
	 "numerical-model"},
};

#define N_DEADLY (sizeof(deadly) / sizeof(deadly[0]))

static void a_host_refuses_them_by_rule_and_place_and_goes_on(void **state)
{
	struct carom_session *session = open_session(NULL);
	(void)state;

	for (size_t i = 0; i < N_DEADLY; i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_not_equal(load_trusted_text(session, deadly[i].deck, &err), 0);
		assert_non_null(strstr(err.text, deadly[i].rule));
		assert_non_null(strstr(err.text, "ngspice would end this process"));
		assert_string_equal(err.hint, "correct it, or open an isolated session");
		assert_string_equal(err.source, "deck.cir");
		assert_int_equal(err.line, deadly[i].line);
		assert_works(session);
	}
	carom_session_close(session);
}

static void an_isolated_session_tries_them_and_goes_on(void **state)
{
	struct carom_session *session = open_session(&isolated);
	(void)state;

	for (size_t i = 0; i < N_DEADLY && atof(carom_session_version(session)) < 40; i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_result *result;

		load_trusted_text(session, deadly[i].deck, &err);
		carom_session_run(session, &result, &err);
		if (err.status != CAROM_ERROR_CRASHED)
			fail_msg("%s: %s", deadly[i].deck, err.text);
		assert_works(session);
	}
	carom_session_close(session);
}

/* Errors that ngspice survives are its own to tell. */
static void other_errors_are_left_to_ngspice(void **state)
{
	static const char *const survived[] = {
		"t\nv1 1 0 1\nr1 1 0 {nowhere}\n.op\n.end\n",
		"t\nv1 1 0 1\nd1 1 0 nowhere\n.op\n.end\n",
		"t\nv1 1 0 1\nv2 1 0 2\n.op\n.end\n",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(survived) / sizeof(survived[0]); i++) {
		struct carom_circuit *circuit = import_deck(survived[i]);
		struct carom_findings *findings;

		assert_int_equal(circuit_check_deadly(circuit, NULL), 0);
		assert_int_equal(carom_circuit_lint(circuit, &findings, NULL), 0);
		assert_true(carom_findings_count(findings) > 0);
		carom_findings_free(findings);
		carom_circuit_free(circuit);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_refuses_them_by_rule_and_place_and_goes_on),
		cmocka_unit_test(an_isolated_session_tries_them_and_goes_on),
		cmocka_unit_test(other_errors_are_left_to_ngspice),
	};

	/* Crashes of workers are the kernel's to tell, not a sanitizer's. */
	setenv("ASAN_OPTIONS", "handle_segv=0:detect_leaks=0", 1);
	setenv("TSAN_OPTIONS", "handle_segv=0", 1);
	return run_all_tests(tests);
}
