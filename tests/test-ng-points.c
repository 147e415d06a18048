/* SPDX-License-Identifier: BSD-3-Clause */
/* Which runs are trusted with their points, and what is looked for behind a run. */
#include "ng-points.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ng-analysis.h"
#include "support-plots.h"
#include "support.h"

static const double numbers[] = {0, 1, 2, 3, 4};

/* The resistance is there, its current not: as in an ac analysis. */
static const struct laid_plot sound[] = {
	{"tran1", {{"time", numbers, 5, false}, {"out", numbers, 5, false}}}, {NULL, {{NULL}}}};
static const struct laid_plot sound_op[] = {{"op1", {{"out", numbers, 1, false}}},
					    {NULL, {{NULL}}}};
static const struct laid_plot unsound_op[] = {
	{"op1", {{"out", numbers, 1, false}, {"@r1[nix]", numbers, 0, false}}}, {NULL, {{NULL}}}};
static const struct laid_plot half_sound[] = {
	{"tran1", {{"time", numbers, 5, false}, {"out", numbers, 5, false}}},
	{"ac1", {{"frequency", numbers, 2, true}, {"@r1[i]", numbers, 0, false}}},
	{NULL, {{NULL}}}};

struct case_state {
	struct ng_session session;
	struct carom_run_options options;
	int n_blocks, n_told;
	size_t n_points;
};

static bool take(void *arg, const struct carom_block *block)
{
	struct case_state *points = arg;

	points->n_blocks++;
	points->n_points += block->n_points;
	return true;
}

static bool hear(void *arg, const struct carom_run_progress *progress)
{
	struct case_state *points = arg;

	(void)progress;
	points->n_told++;
	return true;
}

/* A session that sees points, whose circuit saves a parameter of a device. */
static int set_up(void **state)
{
	struct case_state *points = mem_zalloc(1, sizeof(*points));

	*state = points;
	if (!points)
		return -1;
	lay_out(&points->session);
	points->session.callbacks.sees_points = true;
	points->session.saves.is_known = points->session.saves.has_parameters = true;
	points->options = (struct carom_run_options){.size = sizeof(points->options),
						     .stream = take,
						     .stream_arg = points,
						     .progress_arg = points};
	laid.list = "1    save out\n2    save @carom[guard]";
	return 0;
}

static int tear_down(void **state)
{
	mem_free(*state);
	return 0;
}

static void prepare(struct case_state *points, const char *command)
{
	struct carom_error err = CAROM_ERROR_INIT;

	ng_points_prepare(&points->session, &points->options, command, &err);
	assert_ok(&err);
}

/* ---- before ---- */

static void without_parameters_of_devices_points_are_seen(void **state)
{
	struct case_state *points = *state;

	points->session.saves.has_parameters = false;
	prepare(points, "tran 1u 1m");
	assert_true(points->session.sees_points);
	assert_string_equal(laid.said, "");
}

static void a_session_that_sees_none_has_nothing_to_find_out(void **state)
{
	struct case_state *points = *state;

	points->session.callbacks.sees_points = false;
	prepare(points, "tran 1u 1m");
	assert_false(points->session.sees_points);
	assert_string_equal(laid.said, "");
}

static void an_operating_point_tells_that_parameters_exist_in_a_transient(void **state)
{
	struct case_state *points = *state;

	laid.by_op = sound_op;
	prepare(points, "tran 1u 1m");
	assert_true(points->session.sees_points);
	assert_string_equal(laid.said, "save @carom[guard];op;destroy all;status;delete 2;");
	laid.said[0] = '\0';
	prepare(points, "tran 1u 2m"); /* known by now */
	assert_true(points->session.sees_points);
	assert_string_equal(laid.said, "");
}

static void a_parameter_without_a_value_keeps_points_from_being_seen(void **state)
{
	struct case_state *points = *state;

	laid.by_op = unsound_op;
	prepare(points, "tran 1u 1m");
	assert_false(points->session.sees_points);
	assert_string_equal(laid.said, "save @carom[guard];op;destroy all;");
}

static void an_operating_point_that_fails_tells_nothing(void **state)
{
	struct case_state *points = *state;

	laid.by_op = NULL; /* it left no plot */
	prepare(points, "tran 1u 1m");
	assert_false(points->session.sees_points);
}

static void an_operating_point_that_ends_the_library_is_the_last_command(void **state)
{
	struct case_state *points = *state;

	laid.by_op = sound_op;
	laid.exits_by_op = true;
	prepare(points, "tran 1u 1m");
	assert_false(points->session.sees_points);
	assert_string_equal(laid.said, "save @carom[guard];op;");
}

static void no_operating_point_is_tried_if_nobody_looks_or_none_would_tell(void **state)
{
	struct case_state *points = *state;

	laid.by_op = sound_op;
	prepare(points, "ac dec 10 1 1k"); /* its parameters are others */
	assert_string_equal(laid.said, "save @carom[guard];");
	points->options.stream = NULL;
	prepare(points, "tran 1u 1m");
	assert_string_equal(laid.said, "save @carom[guard];");
	points->options.progress = hear;
	prepare(points, "tran 1u 1m");
	assert_non_null(strstr(laid.said, "op;"));
}

static void the_run_of_a_deck_is_trusted_if_all_of_its_kinds_are(void **state)
{
	struct case_state *points = *state;

	laid.by_op = sound_op;
	points->session.deck_kinds = NG_KIND_DC | ng_analysis_kind("ac dec 10 1 1k");
	prepare(points, "run");
	assert_false(points->session.sees_points);
	points->session.deck_kinds = NG_KIND_DC;
	prepare(points, "run");
	assert_true(points->session.sees_points);
}

static void points_that_cannot_be_seen_must_be_kept(void **state)
{
	struct case_state *points = *state;
	struct carom_error err = CAROM_ERROR_INIT;

	laid.by_op = unsound_op;
	points->options.keeps_nothing = true;
	assert_int_equal(ng_points_prepare(&points->session, &points->options, "tran 1u 1m", &err),
			 CAROM_ERROR_STATE);
	assert_non_null(strstr(err.text, "must be kept"));
}

/* ---- behind ---- */

static int finish(struct case_state *points, const char *command, struct carom_error *err)
{
	struct ng_callbacks *callbacks = &points->session.callbacks;
	int status;

	assert_true(ng_stream_start(&callbacks->stream, &points->options));
	ng_watch_begin(&callbacks->watch, &points->options, NULL);
	status = ng_points_finish(&points->session, &points->options, command, CAROM_OK, err);
	ng_stream_end(&callbacks->stream);
	return status;
}

static void assert_finishes(struct case_state *points, const char *command)
{
	struct carom_error err = CAROM_ERROR_INIT;

	finish(points, command, &err);
	assert_ok(&err);
}

static void assert_misses(struct case_state *points, const char *words)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(finish(points, "tran 1u 1m", &err), CAROM_ERROR_VECTOR);
	assert_non_null(strstr(err.text, words));
	assert_non_null(strstr(err.hint, "check the name"));
}

static void points_that_were_not_seen_come_at_the_end(void **state)
{
	struct case_state *points = *state;

	laid.plots = sound;
	points->options.block_points = 2;
	assert_finishes(points, "tran 1u 1m");
	assert_int_equal(points->n_points, 5);
	assert_int_equal(points->n_blocks, 3);
}

static void points_that_were_seen_do_not_come_again(void **state)
{
	struct case_state *points = *state;

	laid.plots = sound;
	points->session.sees_points = true;
	points->options.progress = hear;
	assert_finishes(points, "tran 1u 1m");
	assert_int_equal(points->n_blocks, 0);
	assert_int_equal(points->n_told, 1); /* of the end */
}

static void a_guarded_run_tells_which_kinds_of_analyses_are_sound(void **state)
{
	struct case_state *points = *state;
	unsigned ac = ng_analysis_kind("ac dec 10 1 1k");

	points->session.saves.is_guarded = true;
	laid.plots = half_sound;
	assert_finishes(points, "ac dec 10 1 1k");
	assert_int_equal(points->session.saves.sound & ac, 0);
	laid.plots = sound;
	assert_finishes(points, "ac dec 10 1 1k");
	assert_int_equal(points->session.saves.sound & ac, ac);
}

static void what_was_to_be_saved_and_is_not_there_is_named(void **state)
{
	static const char *const save[] = {"ALL", "v(OUT)", "time", "v(nowhere)"};
	struct case_state *points = *state;

	laid.plots = sound;
	points->options.save = save;
	points->options.n_save = 4;
	assert_misses(points, "v(nowhere) to save");
	points->options.n_save = 3;
	assert_finishes(points, "tran 1u 1m");
	laid.plots = sound_op; /* the next of that kind is not looked at */
	assert_finishes(points, "tran 1u 1m");
	assert_int_not_equal(points->session.saves.checked, 0);
}

static void a_condition_on_what_is_not_there_is_named(void **state)
{
	struct case_state *points = *state;

	laid.plots = sound;
	points->options.stop_when = "v(in) > v(out)";
	assert_misses(points, "v(in) to stop at");
	points->options.stop_when = "v(out) > v(in)";
	assert_misses(points, "v(in) to stop at");
	points->options.stop_when = "v(out) > 0.5";
	assert_finishes(points, "tran 1u 1m");
	points->options.stop_when = "v(out) > time";
	assert_finishes(points, "tran 1u 1m");
}

static void a_column_that_is_not_there_is_named(void **state)
{
	static const char *const columns[] = {"out", "i(v1)"};
	struct case_state *points = *state;

	laid.plots = sound;
	points->options.columns = columns;
	points->options.n_columns = 2;
	assert_misses(points, "i(v1) to stream");
	assert_int_equal(points->n_points, 5); /* of what is there */
	points->options.n_columns = 1;
	assert_finishes(points, "tran 1u 1m");
}

static void behind_a_run_that_failed_or_ended_early_nothing_is_missed(void **state)
{
	static const char *const save[] = {"v(nowhere)"};
	struct case_state *points = *state;

	laid.plots = sound;
	points->options.save = save;
	points->options.n_save = 1;
	assert_int_equal(ng_points_finish(&points->session, &points->options, "tran 1u 1m",
					  CAROM_ERROR_TIMESTEP, NULL),
			 CAROM_ERROR_TIMESTEP);
	points->session.is_stopped = true;
	assert_finishes(points, "tran 1u 1m");
	assert_int_equal(points->session.saves.checked, 0);
}

#define POINTS(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		POINTS(without_parameters_of_devices_points_are_seen),
		POINTS(a_session_that_sees_none_has_nothing_to_find_out),
		POINTS(an_operating_point_tells_that_parameters_exist_in_a_transient),
		POINTS(a_parameter_without_a_value_keeps_points_from_being_seen),
		POINTS(an_operating_point_that_fails_tells_nothing),
		POINTS(an_operating_point_that_ends_the_library_is_the_last_command),
		POINTS(no_operating_point_is_tried_if_nobody_looks_or_none_would_tell),
		POINTS(the_run_of_a_deck_is_trusted_if_all_of_its_kinds_are),
		POINTS(points_that_cannot_be_seen_must_be_kept),
		POINTS(points_that_were_not_seen_come_at_the_end),
		POINTS(points_that_were_seen_do_not_come_again),
		POINTS(a_guarded_run_tells_which_kinds_of_analyses_are_sound),
		POINTS(what_was_to_be_saved_and_is_not_there_is_named),
		POINTS(a_condition_on_what_is_not_there_is_named),
		POINTS(a_column_that_is_not_there_is_named),
		POINTS(behind_a_run_that_failed_or_ended_early_nothing_is_missed),
	};

	return run_all_tests(tests);
}
