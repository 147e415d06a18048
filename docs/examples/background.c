/* SPDX-License-Identifier: BSD-3-Clause */
/* A run in the background of a program that has a loop of its own, as those with windows have. */
#include <carom.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

static const char deck[] = "rectifier\nv1 in 0 sin(0 10 50)\nd1 in out dd\nc1 out 0 100u\n"
			   "r1 out 0 1k\n.model dd d(is=1e-12)\n.tran 10u 1 0 10u\n.end\n";

/* Shared by the session's thread, which writes, and the loop, which reads. */
static _Atomic double fraction;

static bool note(void *arg, const struct carom_run_progress *progress)
{
	(void)arg;
	atomic_store(&fraction, progress->fraction);
	return true;
}

/* Stands for a turn of a toolkit's loop; true: the user has pressed "stop". */
static bool handle_events(void)
{
	fprintf(stderr, "%3.0f %%\r", 100 * atomic_load(&fraction));
	nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
	return false;
}

int main(void)
{
	struct carom_run_options options = {
		.size = sizeof(options), .progress = note, .progress_interval_s = 0.02};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_session *session;
	struct carom_result *result;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "rectifier", NULL, &err);
	carom_session_open(&session, NULL, &err);
	carom_session_load(session, circuit, &err);
	carom_session_start(session, &options, &err); /* returns at once */
	while (!err.status && carom_session_is_running(session))
		if (handle_events())
			carom_session_cancel(session);
	if (carom_session_wait(session, -1, &result, &err) == CAROM_OK) {
		const struct carom_plot *plot = carom_result_plot(result, 0);
		const double *out = carom_vector_real(carom_plot_find_vector(plot, "v(out)"));

		printf("v(out) is %.1f V at the end\n", out[carom_plot_point_count(plot) - 1]);
	} else if (err.status == CAROM_ERROR_CANCELLED) {
		printf("stopped; %s\n", result ? "what there was by then is kept" : "no point yet");
	} else {
		fprintf(stderr, "background: %s\n", err.text);
	}
	carom_result_free(result);
	carom_session_close(session);
	carom_circuit_free(circuit);
	return err.status != CAROM_OK;
}
