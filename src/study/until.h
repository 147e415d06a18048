/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * When a study has samples enough.
 *
 * It is looked at samples 0 .. n - 1 alone, for n = 64, 128, 256, ... and the last, once all of
 * these are finished: so the decision does not depend on who finished first, nor on how many
 * workers there were.  A look decides by an interval at confidence 1 - alpha_i, where alpha_i =
 * alpha / (i (i + 1)) for the i-th look.  These sum up to alpha at most, so all intervals of all
 * looks hold together with the confidence asked for, however often it is looked (union bound;
 * spending of alpha: Lan & DeMets, Biometrika 70 (1983); the sum: Robbins, Ann. Math. Stat. 41
 * (1970)).  Looks at which a goal cannot be met yet, whatever the samples, are not among the i.
 */
#ifndef STUDY_UNTIL_H
#define STUDY_UNTIL_H

#include "base/text.h"
#include "carom-statistics.h"
#include "statistics/importance.h"
#include "statistics/stats.h"
#include "study/phrase.h"

#define UNTIL_FIRST_LOOK 64

enum until_kind {
	UNTIL_YIELD, /* known to +- width */
	UNTIL_MEAN,  /* likewise */
	UNTIL_SPEC,  /* known to be at least the target, or below it */
	UNTIL_ERROR  /* of a probability by importance sampling: relative error of at most width */
};

struct until_goal {
	enum until_kind kind;
	char *name; /* of a measurement; NULL: every spec together */
	double width;
	bool is_relative; /* to the mean */
};

struct until {
	struct until_goal *goals; /* all of them are to be met */
	size_t n, capacity;
	bool is_never;             /* it was said that there are to be none */
	double confidence, target; /* of the yield; defaults 0.95, 0.99 */
};

void until_init(struct until *until);
void until_release(struct until *until);

/*
 * Take in a statement: "yield +-1%", "yield gain 1%", "mean gain +-0.1%", "mean gain 5m", "spec",
 * "spec gain", "error 5%", "never".  One of the same kind and name is replaced; "never" drops all.
 */
int until_parse(struct until *until, const struct phrase *phrase, struct carom_error *err);
/* A share between 0 and 1, "99%" or "0.99". */
int until_parse_share(const struct phrase *phrase, double *share, struct carom_error *err);
void until_goal_print(const struct until_goal *goal, struct text *text); /* "yield gain +-1%" */

/*
 * What is asked of importance sampling: an error of 10 %, unless something was said.  goal: room
 * for it.
 */
struct until until_of_importance(const struct until *said, struct until_goal *goal);

/* ---- the decision ---- */

/* What a goal looks at in the first n samples. */
struct until_evidence {
	uint64_t n, n_pass;
	struct stats_moments moments;
	struct importance importance;
};

/* Of one goal: zero at first. */
struct until_state {
	bool is_met; /* it stays so */
	unsigned n_looks;
	uint64_t n;                     /* samples at the look that decided, or the last one */
	struct carom_interval interval; /* at that look; of an error, the probability's */
	double error;                   /* at that look; NAN: no failure */
};

void until_look(const struct until *until, size_t goal, struct until_state *state,
		const struct until_evidence *evidence);

/* The next look after n samples, of at most ceiling. */
uint64_t until_next_look(uint64_t n, uint64_t ceiling);

/* ---- a store that is being written ---- */

struct job;
struct until_watch;

/* Every goal is about a measurement, and a spec, that there is. */
int until_check(const struct until *until, const struct job *job, struct carom_error *err);

/* until and path are borrowed; the store need not be there yet. */
struct until_watch *until_watch_new(const struct until *until, const char *path, uint64_t ceiling);
void until_watch_free(struct until_watch *watch);

/* Take the looks that have become possible; true once every goal is met. */
bool until_watch_poll(struct until_watch *watch);
bool until_watch_is_met(const struct until_watch *watch);
uint64_t
until_watch_counted(const struct until_watch *watch); /* samples it was decided by, or ceiling */
/* The goals alone, as they stood at the last look: "yield +-1%: 94.21 .. 95.98 %" */
void until_watch_reached(const struct until_watch *watch, struct text *text);
/* "1600 of 10000 samples are enough: yield +-1%: 94.21 .. 95.98 %" */
void until_watch_print(const struct until_watch *watch, struct text *text);

#endif
