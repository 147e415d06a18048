/* SPDX-License-Identifier: BSD-3-Clause */
/* A transient of any length, watched while it runs: only the peak is kept; Ctrl-C ends it. */
#include <carom.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const char deck[] = "ringing\nv1 in 0 pulse(0 1 0 1n 1n 1)\nr1 in a 10\nl1 a out 1m\n"
			   "c1 out 0 1u\n.tran 1u 20m 0 1u\n.end\n";
static struct carom_session *session;

static void interrupt(int number)
{
	(void)number;
	carom_session_cancel(session); /* one of the three calls that a signal handler may make */
}

struct watch {
	double peak, time;
};

/* Column 0 is the scale; the block is gone after the call. */
static bool look(void *arg, const struct carom_block *block)
{
	struct watch *watch = arg;

	for (size_t i = 0; i < block->n_points; i++)
		if (block->columns[1][i] > watch->peak) {
			watch->peak = block->columns[1][i];
			watch->time = block->columns[0][i];
		}
	return true; /* false: enough, end the run */
}

static bool show(void *arg, const struct carom_run_progress *progress)
{
	(void)arg;
	fprintf(stderr, "%s %3.0f %%, %zu points\r", progress->plot, 100 * progress->fraction,
		progress->n_points);
	return true;
}

int main(int argc, char **argv)
{
	struct watch watch = {0};
	struct carom_run_options options = {.size = sizeof(options),
					    .analysis = argc > 1 ? argv[1] : NULL,
					    .stream = look,
					    .stream_arg = &watch,
					    .columns = (const char *[]){"v(out)"},
					    .n_columns = 1,
					    .block_points = 256,
					    .keeps_nothing = true,
					    .progress = show,
					    .time_limit_s = 60};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_result *result;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "ringing", NULL, &err);
	carom_session_open(&session, NULL, &err);
	signal(SIGINT, interrupt);
	carom_session_load(session, circuit, &err);
	carom_session_run_with(session, &options, &result, &err);
	if (err.status)
		fprintf(stderr, "stream: %s: %s\n", carom_status_text(err.status), err.text);
	printf("peak of %.2f V at %.2f ms\n", watch.peak, watch.time * 1e3);
	signal(SIGINT, SIG_DFL);
	carom_result_free(result);
	carom_session_close(session);
	carom_circuit_free(circuit);
	return err.status != CAROM_OK;
}
