/* SPDX-License-Identifier: BSD-3-Clause */
/* The run of carom run: its options, progress on a terminal, and Ctrl-C. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "progress.h"
#include "run.h"

/* ---- interrupts ---- */

static struct carom_session *running;
static volatile sig_atomic_t is_interrupted;
static struct timespec first_interrupt;

/* One interrupt may come twice: to the process, and to its group. */
#define ONE_INTERRUPT_S 0.1

static double seconds_since(const struct timespec *begin)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - begin->tv_sec) + 1e-9 * (double)(now.tv_nsec - begin->tv_nsec);
}

/* The second Ctrl-C ends the program, and what it had is lost. */
static void on_interrupt(int signal_number)
{
	if (is_interrupted && seconds_since(&first_interrupt) > ONE_INTERRUPT_S) {
		signal(signal_number, SIG_DFL);
		raise(signal_number);
	} else if (!is_interrupted) {
		clock_gettime(CLOCK_MONOTONIC, &first_interrupt);
		is_interrupted = 1;
		carom_session_cancel(running);
	}
}

void run_catch_interrupts(struct carom_session *session)
{
	struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = SA_RESTART};

	sigaddset(&action.sa_mask, SIGINT);
	sigaddset(&action.sa_mask, SIGTERM);
	running = session;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* ---- progress ---- */

static bool show(void *arg, const struct carom_run_progress *progress)
{
	(void)arg;
	progress_show_run(progress);
	return true;
}

/* ---- the run ---- */

static struct carom_run_options options_of(const struct run_options *options)
{
	struct carom_run_options made = {
		.size = sizeof(made),
		.analysis = options->analysis,
		.save = options->save,
		.n_save = options->n_save,
		.time_limit_s = options->time_limit_s,
		.progress = options->is_quiet ? NULL : show,
	};

	return made;
}

int run_call(struct carom_session *session, const struct run_options *options,
	     struct carom_result **result, struct carom_error *err)
{
	struct carom_run_options run = options_of(options);
	int status;

	*result = NULL;
	if (is_interrupted) /* in the midst of a load that had done its work */
		return (int)(err->status = CAROM_ERROR_CANCELLED);
	status = carom_session_run_with(session, &run, result, err);
	progress_end();
	return status;
}

/* ---- words for it ---- */

/* "v(out) i(v1)" or "v(out),i(v1)".  The words stay where they are, in a text that is kept. */
bool run_add_saves(struct run_options *options, char *text)
{
	for (char *word = strtok(text, ", "); word; word = strtok(NULL, ", ")) {
		const char **more = realloc(options->save, (options->n_save + 1) * sizeof(*more));

		if (!more) {
			fprintf(stderr, "carom: out of memory\n");
			return false;
		}
		options->save = more;
		options->save[options->n_save++] = word;
	}
	return true;
}
