/* SPDX-License-Identifier: BSD-3-Clause */
/* Whether a study has samples enough: looks at the first of them, at sizes set beforehand. */
#include "study/until.h"

#include <inttypes.h>
#include <math.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "statistics/estimate.h"
#include "study/failure.h"
#include "study/job.h"
#include "study/population.h"

#define DEFAULT_ERROR 0.1 /* of a probability by importance sampling */

/* ---- the decision ---- */

uint64_t until_next_look(uint64_t n, uint64_t ceiling)
{
	uint64_t next = n < UNTIL_FIRST_LOOK ? UNTIL_FIRST_LOOK : 2 * n;

	return next < ceiling ? next : ceiling;
}

/* Of the i-th look, from 1. */
static double level_of(const struct until *until, unsigned i)
{
	return 1 - (1 - until->confidence) / ((double)i * (i + 1.0));
}

/* The shortest interval of a yield is that of no fail. */
static bool can_be_met(const struct until *until, const struct until_goal *goal, uint64_t n)
{
	struct carom_interval best;

	if (goal->kind != UNTIL_YIELD)
		return true;
	best = estimate_clopper_pearson(n, n, level_of(until, 1));
	return best.upper - best.lower <= 2 * goal->width;
}

static bool is_met(const struct until *until, const struct until_goal *goal,
		   const struct until_evidence *evidence, const struct carom_interval *interval)
{
	double width = goal->is_relative && goal->kind == UNTIL_MEAN
			       ? goal->width * fabs(evidence->moments.mean)
			       : goal->width;

	if (goal->kind == UNTIL_SPEC)
		return interval->lower >= until->target || interval->upper < until->target;
	return interval->upper - interval->lower <= 2 * width;
}

/*
 * An error is no interval that has to hold over all looks: it says how many failures there are, and
 * the first look that finds enough of them is no better than the next.
 */
static void look_at_error(const struct until *until, const struct until_goal *goal,
			  struct until_state *state, const struct until_evidence *evidence)
{
	struct importance_estimate estimate;

	importance_estimate(&evidence->importance, until->confidence, &estimate);
	state->n_looks++;
	state->n = evidence->n;
	state->interval = (struct carom_interval){estimate.low, estimate.high};
	state->error = estimate.relative_error;
	state->is_met = estimate.relative_error <= goal->width;
}

void until_look(const struct until *until, size_t index, struct until_state *state,
		const struct until_evidence *evidence)
{
	const struct until_goal *goal = &until->goals[index];
	double level;

	if (goal->kind == UNTIL_ERROR && !state->is_met) {
		look_at_error(until, goal, state, evidence);
		return;
	}
	if (state->is_met || (state->n_looks == 0 && !can_be_met(until, goal, evidence->n)))
		return;
	level = level_of(until, ++state->n_looks);
	state->n = evidence->n;
	state->interval = goal->kind == UNTIL_MEAN
				  ? estimate_mean(&evidence->moments, level)
				  : estimate_clopper_pearson(evidence->n_pass, evidence->n, level);
	state->is_met = is_met(until, goal, evidence, &state->interval);
}

/* ---- the study ---- */

static const struct job_measure *find_measure(const struct job *job, const char *name)
{
	for (size_t i = 0; i < job->n_measures; i++)
		if (name_compare(job->measures[i].name, name) == 0)
			return &job->measures[i];
	return NULL;
}

struct until until_of_importance(const struct until *said, struct until_goal *goal)
{
	struct until asked = *said;

	*goal = (struct until_goal){
		.kind = UNTIL_ERROR, .width = DEFAULT_ERROR, .is_relative = true};
	if (said->n == 0 && !said->is_never) {
		asked.goals = goal;
		asked.n = 1;
	}
	return asked;
}

static bool has_spec(const struct job *job, const struct job_measure *measure)
{
	bool has = measure && measure->has_spec;

	for (size_t i = 0; i < job->n_measures && !measure; i++)
		has |= job->measures[i].has_spec;
	return has;
}

/* Weighted samples have an error, others have yields and means. */
static int check_kinds(const struct until *until, const struct job *job, struct carom_error *err)
{
	for (size_t i = 0; i < until->n; i++) {
		bool is_error = until->goals[i].kind == UNTIL_ERROR;

		if (is_error && !job->importance)
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "until error: only importance sampling has that\nsay "
					  "\"yield +-1%%\", or add a statement \"importance\"");
		if (!is_error && job->importance)
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "until: the samples of importance sampling have no yield "
					  "and no mean\nsay \"until never\" first, and then "
					  "\"until error 10%%\"");
	}
	return 0;
}

int until_check(const struct until *until, const struct job *job, struct carom_error *err)
{
	int status = check_kinds(until, job, err);

	if (status)
		return status;
	if (until->n > 0 && job->cells.n_corners * job->cells.n_steps > 1)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "until: corners and steps have the same samples in each cell, so "
				  "none ends early\nleave it out (until never), or study one "
				  "corner at a time (--corner never --corner ...)");
	for (size_t i = 0; i < until->n; i++) {
		const struct until_goal *goal = &until->goals[i];
		const struct job_measure *measure =
			goal->name ? find_measure(job, goal->name) : NULL;

		if (goal->name && !measure)
			return carom_fail(err, CAROM_ERROR_NOT_FOUND,
					  "until: there is no measurement \"%s\"", goal->name);
		if ((goal->kind == UNTIL_YIELD || goal->kind == UNTIL_SPEC) &&
		    !has_spec(job, measure))
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "until: %s has no spec, so there is no yield\nadd a "
					  "statement \"spec\"",
					  goal->name ? goal->name : "the study");
	}
	return 0;
}

/* ---- looking at a store ---- */

struct until_watch {
	const struct until *until;
	const char *path;
	uint64_t ceiling;
	struct carom_store *store; /* NULL until it is there */
	uint64_t prefix;           /* samples 0 .. prefix - 1 are finished */
	uint64_t n_looked;         /* at the last look */
	bool is_met;
	struct until_state *states;
};

struct until_watch *until_watch_new(const struct until *until, const char *path, uint64_t ceiling)
{
	struct until_watch *watch = mem_zalloc(1, sizeof(*watch));

	if (!watch)
		return NULL;
	*watch = (struct until_watch){.until = until, .path = path, .ceiling = ceiling};
	watch->states = mem_zalloc(until->n, sizeof(*watch->states));
	if (watch->states)
		return watch;
	until_watch_free(watch);
	return NULL;
}

void until_watch_free(struct until_watch *watch)
{
	if (!watch)
		return;
	carom_store_close(watch->store);
	mem_free(watch->states);
	mem_free(watch);
}

static size_t find_column(const struct carom_store *store, const char *name)
{
	size_t i = 0;

	while (name_compare(carom_store_measurement_name(store, i), name) != 0)
		i++;
	return i; /* until_check() saw it */
}

/* Marks the samples that fail the spec of a measurement, if it has one. */
static void mark_fails(const struct population *population, size_t measurement, bool *fails)
{
	const double *column = carom_store_measurement(population->store, measurement);
	double lower, upper;

	if (!carom_store_spec(population->store, measurement, &lower, &upper))
		return;
	for (size_t k = 0; k < population->n; k++)
		fails[k] |= !population_meets(population, column, lower, upper, k);
}

static bool count_passes(const struct population *population, const char *name,
			 struct until_evidence *evidence)
{
	size_t n_measurements = carom_store_measurement_count(population->store);
	bool *fails = mem_zalloc(population->n, sizeof(*fails));

	if (!fails)
		return false;
	if (name)
		mark_fails(population, find_column(population->store, name), fails);
	for (size_t i = 0; i < n_measurements && !name; i++)
		mark_fails(population, i, fails);
	for (size_t k = 0; k < population->n; k++)
		evidence->n_pass += !fails[k];
	mem_free(fails);
	return true;
}

static bool take_moments(const struct population *population, const char *name,
			 struct until_evidence *evidence)
{
	double *values = mem_zalloc(population->n, sizeof(*values));
	size_t n;

	if (!values)
		return false;
	n = population_values(population, find_column(population->store, name), values);
	evidence->moments = stats_moments(values, n);
	mem_free(values);
	return true;
}

static bool add_failures(const struct population *population, struct until_evidence *evidence)
{
	struct failure_limit limit;

	if (failure_read_limit(population->store, &limit, NULL))
		return false;
	evidence->importance = failure_add(population, &limit);
	return true;
}

static bool gather(const struct population *population, const struct until_goal *goal,
		   struct until_evidence *evidence)
{
	if (goal->kind == UNTIL_ERROR)
		return add_failures(population, evidence);
	return goal->kind == UNTIL_MEAN ? take_moments(population, goal->name, evidence)
					: count_passes(population, goal->name, evidence);
}

/* False if there is no memory: the next poll tries again. */
static bool look(struct until_watch *watch, uint64_t n)
{
	const struct carom_statistics_options options = {.size = sizeof(options), .n_samples = n};
	struct population population;
	bool is_done = true;

	if (population_init(&population, watch->store, &options, NULL))
		return false;
	for (size_t i = 0; i < watch->until->n && is_done; i++) {
		struct until_evidence evidence = {.n = n};

		is_done = gather(&population, &watch->until->goals[i], &evidence);
		if (is_done && watch->states[i].n < n)
			until_look(watch->until, i, &watch->states[i], &evidence);
	}
	population_release(&population);
	return is_done;
}

static void extend_prefix(struct until_watch *watch)
{
	const int8_t *status = carom_store_status(watch->store);

	/* a row is whole once its status is seen: store_rows_put() */
	while (watch->prefix < watch->ceiling &&
	       __atomic_load_n(&status[watch->prefix], __ATOMIC_ACQUIRE) != CAROM_SAMPLE_PENDING)
		watch->prefix++;
}

static bool is_every_goal_met(const struct until_watch *watch)
{
	for (size_t i = 0; i < watch->until->n; i++)
		if (!watch->states[i].is_met)
			return false;
	return true;
}

bool until_watch_poll(struct until_watch *watch)
{
	if (!watch->store && carom_store_open(&watch->store, watch->path, NULL))
		return false;
	extend_prefix(watch);
	while (!watch->is_met && watch->n_looked < watch->ceiling) {
		uint64_t next = until_next_look(watch->n_looked, watch->ceiling);

		if (next > watch->prefix || !look(watch, next))
			break;
		watch->n_looked = next;
		watch->is_met = is_every_goal_met(watch);
	}
	return watch->is_met;
}

bool until_watch_is_met(const struct until_watch *watch)
{
	return watch->is_met;
}

uint64_t until_watch_counted(const struct until_watch *watch)
{
	return watch->is_met ? watch->n_looked : watch->ceiling;
}

/* ---- in words ---- */

static void print_state(const struct until *until, size_t index, const struct until_state *state,
			struct text *text)
{
	const struct until_goal *goal = &until->goals[index];
	double scale = goal->kind == UNTIL_MEAN ? 1 : 100;

	until_goal_print(goal, text);
	if (state->n_looks == 0) {
		text_append(text, ": too few samples");
		return;
	}
	if (goal->kind == UNTIL_ERROR) {
		if (isnan(state->error))
			text_append(text, ": no failure yet");
		else
			text_printf(text, ": %.3g %%, %.3g .. %.3g", 100 * state->error,
				    state->interval.lower, state->interval.upper);
		return;
	}
	text_printf(text, ": %.5g .. %.5g%s", scale * state->interval.lower,
		    scale * state->interval.upper, goal->kind == UNTIL_MEAN ? "" : " %");
	if (goal->kind == UNTIL_SPEC)
		text_printf(text, ", %s %.4g %%",
			    !state->is_met                           ? "undecided at"
			    : state->interval.lower >= until->target ? "proven to be at least"
								     : "proven to be below",
			    100 * until->target);
}

void until_watch_reached(const struct until_watch *watch, struct text *text)
{
	for (size_t i = 0; i < watch->until->n; i++) {
		text_append(text, i ? "; " : "");
		print_state(watch->until, i, &watch->states[i], text);
	}
}

void until_watch_print(const struct until_watch *watch, struct text *text)
{
	if (watch->is_met)
		text_printf(text, "%" PRIu64 " of %" PRIu64 " samples are enough", watch->n_looked,
			    watch->ceiling);
	else
		text_printf(text, "%" PRIu64 " samples are not enough", watch->n_looked);
	text_append(text, ": ");
	until_watch_reached(watch, text);
}
