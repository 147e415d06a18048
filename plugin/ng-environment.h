/* SPDX-License-Identifier: BSD-3-Clause */
/* What libngspice may see of and do to the process: folder, locale, environment, signals. */
#ifndef PLUGIN_NG_ENVIRONMENT_H
#define PLUGIN_NG_ENVIRONMENT_H

#include <locale.h>
#include <signal.h>
#include <stdbool.h>

#include "carom-error.h"
#include "ng-scratch.h"

struct ng_environment {
	struct ng_scratch scratch;
	int origin; /* folder to return to; -1: none */
	locale_t locale;
	locale_t caller_locale;
};

/*
 * Move the calling thread into a scratch folder of its own, which holds an empty .spiceinit, and
 * into the C locale.  The empty file matters: ngspice executes ./.spiceinit, shell commands and
 * all, or else the one in the home folder.  The stay is for good: transistor models write logs into
 * the working directory.  Private process: also hide SPICE_* and keep OpenMP to one thread (two on
 * one core are 350 times slower).  scratch: an empty folder that stays the caller's; NULL: one is made.
 */
int ng_environment_enter(struct ng_environment *environment, const char *scratch,
			 bool is_private_process, struct carom_error *err);

/*
 * Work in this folder from now on, relative to where the thread came from; NULL: the scratch folder.
 */
int ng_environment_go(const struct ng_environment *environment, const char *folder,
		      struct carom_error *err);

/* Leave the scratch folder for another, empty one, which stays the caller's, and work in it. */
int ng_environment_move(struct ng_environment *environment, const char *scratch,
			struct carom_error *err);

/* Back to where the thread came from; the folder is removed with all that is in it. */
void ng_environment_leave(struct ng_environment *environment);

/*
 * What of its host any call into libngspice may replace and not put back as it was.  It seeds rand() at
 * each load: from save to restore that draws from another state, for all threads.
 */
struct ng_host {
	struct sigaction on_illegal; /* every expression leaves SIG_DFL */
	char *random;                /* the state of rand(), see setstate(3) */
};

void ng_host_save(struct ng_host *host);
void ng_host_restore(const struct ng_host *host);

#endif
