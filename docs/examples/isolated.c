/* SPDX-License-Identifier: BSD-3-Clause */
/* Three simulators at once, each in a process of its own; one of them crashes. */
#include <carom.h>
#include <stdio.h>
#include <string.h>

#define DIVIDER(ohms) "divider\nv1 in 0 10\nr1 in out 1k\nr2 out 0 " ohms "\n.op\n.end\n"

/* libngspice 39 dies of the sensitivity of a circuit with a bipolar transistor. */
static const char crashing[] = "sensitivity\nvcc c 0 5\nib 0 out 10u\nq1 c out 0 qn\n"
			       ".model qn npn bf=100\n.sens v(out)\n.end\n";
static const char *const decks[] = {DIVIDER("1k"), crashing, DIVIDER("3k")};
enum { N = 3 };

static void load(struct carom_session *session, const char *deck, struct carom_error *err)
{
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "deck", NULL, err);
	carom_session_load(session, circuit, err);
	carom_circuit_free(circuit);
}

static void report(int i, const struct carom_result *result, const struct carom_error *err)
{
	if (err->status) {
		printf("%d: %s\n", i, carom_status_text(err->status));
		return;
	}
	const struct carom_plot *plot = carom_result_plot(result, 0);
	printf("%d: v(out) = %.1f V\n", i,
	       carom_vector_real(carom_plot_find_vector(plot, "v(out)"))[0]);
}

int main(void)
{
	const struct carom_session_options options = {.size = sizeof(options), .is_isolated = true};
	struct carom_session *sessions[N];
	struct carom_error errors[N];
	struct carom_result *result;

	for (int i = 0; i < N; i++) {
		errors[i] = (struct carom_error)CAROM_ERROR_INIT;
		carom_session_open(&sessions[i], &options, &errors[i]);
		load(sessions[i], decks[i], &errors[i]);
		carom_session_start(sessions[i], NULL, &errors[i]); /* all run side by side */
	}
	for (int i = 0; i < N; i++) {
		carom_session_wait(sessions[i], -1, &result, &errors[i]);
		report(i, result, &errors[i]);
		carom_result_free(result);
	}
	/* The session of the crash is as good as new: the next load starts another process. */
	carom_error_clear(&errors[1]);
	load(sessions[1], DIVIDER("4k"), &errors[1]);
	carom_session_run(sessions[1], &result, &errors[1]);
	report(1, result, &errors[1]);
	carom_result_free(result);
	for (int i = 0; i < N; i++)
		carom_session_close(sessions[i]);
	return errors[1].status != CAROM_OK;
}
