/* SPDX-License-Identifier: BSD-3-Clause */
/* The steps of a host, told by a stand-in for the transient of several versions of ngspice. */
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "ng-api.h"
#include "ng-callback.h"
#include "support.h"

enum { MOST_STEPS = 200 };

#define SHORTEST 1e-13 /* of ngspice's steps */

static GetSyncData *get_step;

static int keep_step(GetVSRCData *voltage, GetISRCData *current, GetSyncData *step, int *ident,
		     void *user)
{
	(void)ident;
	(void)user;
	assert_null(voltage);
	assert_null(current);
	get_step = step;
	return 0;
}

/* A transient whose steps double, up to a longest; breakpoints end with the end of it. */
struct transient {
	bool halves; /* as version 46 does before a breakpoint */
	const double *breakpoints;
	double longest;
	double times[MOST_STEPS];
	size_t n_steps;
};

static bool agree(void *arg, const struct ng_step *step)
{
	struct transient *transient = arg;

	assert_true(transient->n_steps < MOST_STEPS);
	transient->times[transient->n_steps++] = step->time;
	return true;
}

/* sharedsync() of sharedspice.c: what the host wants, but not beyond the end. */
static void ask(struct ng_callbacks *callbacks, double time, double *delta, double made, int place,
		double end)
{
	assert_int_equal(get_step(time, delta, made, 0, 0, place, callbacks), 0);
	if (time + *delta > end)
		*delta = end - time - 1.1 * SHORTEST;
}

/* DCtran() of dctran.c, from one point to the next. */
static double cut_at_breakpoint(const struct transient *transient, double time, double delta,
				double breakpoint)
{
	delta = fmin(delta, transient->longest);
	if (time + delta > breakpoint)
		return breakpoint - time;
	return transient->halves && time + 1.9 * delta > breakpoint ? (breakpoint - time) / 2
								    : delta;
}

static void simulate(struct transient *transient, double delta, double end)
{
	const struct ng_options options = {.step = agree, .cosim_arg = transient};
	const struct ng_api api = {.init_sync = keep_step};
	struct ng_callbacks callbacks = {.options = &options};
	const double *breakpoint = transient->breakpoints;
	double time = 0;

	ng_sync_register(&callbacks, &api);
	ng_sync_begin(&callbacks.sync);
	while (time < end * (1 - 100 * DBL_EPSILON)) {
		if (time >= *breakpoint - SHORTEST && *breakpoint < end) {
			breakpoint++;
			delta = fmin(delta, 0.1 * (*breakpoint - time));
		}
		delta = cut_at_breakpoint(transient, time, delta, *breakpoint);
		ask(&callbacks, time, &delta, 0, 0, end);
		ask(&callbacks, time, &delta, 0, 0, end); /* once more, after the events */
		time += delta;
		delta *= 2;
		ask(&callbacks, time, &delta, delta / 2, 1, end);
	}
	assert_int_equal(callbacks.sync.error.status, CAROM_OK);
}

/* ---- cases ---- */

static void an_end_is_reached_without_ever_smaller_halves(void **state)
{
	static const double breakpoints[] = {1};
	struct transient transient = {true, breakpoints, 0.3, {0}, 0};

	(void)state;
	simulate(&transient, 0.1, 1);
	assert_double_equal(transient.times[transient.n_steps - 1], 1, 100 * DBL_EPSILON, 0);
	assert_true(transient.n_steps <= 8);
}

static void a_step_to_a_breakpoint_stays_a_step_to_it(void **state)
{
	static const double breakpoints[] = {0.1, 0.6, 0.65, 0.7, 0.72, 1};
	struct transient transient = {true, breakpoints, 0.3, {0}, 0};
	size_t next = 0;

	(void)state;
	simulate(&transient, 0.04, 1);
	for (size_t i = 0; i < transient.n_steps; i++) {
		assert_true(transient.times[i] <= breakpoints[next] + SHORTEST);
		next += fabs(transient.times[i] - breakpoints[next]) < SHORTEST;
	}
	assert_int_equal(next, sizeof(breakpoints) / sizeof(breakpoints[0]));
}

/* 0.02 to the breakpoint; then a tenth of the way to the next, which is half of that. */
static void a_cautious_step_behind_a_breakpoint_is_not_made_longer(void **state)
{
	static const double breakpoints[] = {0.06, 0.16, 1};
	struct transient transient = {false, breakpoints, 0.04, {0}, 0};

	(void)state;
	simulate(&transient, 0.04, 1);
	assert_double_equal(transient.times[1], 0.06, 1e-12, 0);
	assert_double_equal(transient.times[2], 0.07, 1e-12, 0);
}

static void versions_that_halve_nothing_are_left_alone(void **state)
{
	static const double breakpoints[] = {0.5, 1};
	struct transient transient = {false, breakpoints, 0.25, {0}, 0};

	(void)state;
	simulate(&transient, 0.25, 1);
	assert_double_equal(transient.times[0], 0.25, 0, 0);
	assert_double_equal(transient.times[1], 0.5, 0, 0);
	assert_double_equal(transient.times[2], 0.55, 1e-12, 0);
}

static int check_version(const char *version, ng_step_fn *step, struct carom_error *err)
{
	const struct ng_options options = {.step = step};
	struct ng_callbacks callbacks = {.options = &options};

	snprintf(callbacks.version, sizeof(callbacks.version), "%s", version);
	carom_error_clear(err);
	return ng_sync_check_version(&callbacks, err);
}

static void versions_that_do_not_come_to_the_end_are_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(check_version("39", agree, &err), CAROM_OK);
	assert_int_equal(check_version("43", NULL, &err), CAROM_OK);
	assert_int_equal(check_version("40", agree, &err), CAROM_ERROR_LIBRARY);
	assert_int_equal(check_version("44.2", agree, &err), CAROM_ERROR_LIBRARY);
	assert_non_null(strstr(err.text, "ngspice 44.2 does not come to the end"));
	assert_int_equal(check_version("45", agree, &err), CAROM_OK);
	assert_int_equal(check_version("?", agree, &err), CAROM_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_end_is_reached_without_ever_smaller_halves),
		cmocka_unit_test(a_step_to_a_breakpoint_stays_a_step_to_it),
		cmocka_unit_test(a_cautious_step_behind_a_breakpoint_is_not_made_longer),
		cmocka_unit_test(versions_that_halve_nothing_are_left_alone),
		cmocka_unit_test(versions_that_do_not_come_to_the_end_are_refused),
	};

	return run_all_tests(tests);
}
