/* SPDX-License-Identifier: BSD-3-Clause */
/* The run of carom run: its options, progress on a terminal, and Ctrl-C. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "progress.h"
#include "run.h"

/* ---- interrupts ---- */

static struct carom_session *running;

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	carom_session_cancel(running);
}

/* The second Ctrl-C ends the program, and what it had is lost. */
static void catch_interrupts(struct carom_session *session)
{
	struct sigaction action = {.sa_handler = on_interrupt,
				   .sa_flags = (int)(SA_RESETHAND | SA_RESTART)};

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

	catch_interrupts(session);
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
