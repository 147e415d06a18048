/* SPDX-License-Identifier: BSD-3-Clause */
/* When a run is ended at its points, and at lines of text; what is told of its progress. */
#include "ng-watch.h"

#include <math.h>
#include <unistd.h>

#include "support.h"

static const struct carom_run_options no_options = {.size = sizeof(no_options)};

struct told {
	int n;
	struct carom_run_progress last;
	bool goes_on;
};

static bool take(void *arg, const struct carom_run_progress *progress)
{
	struct told *told = arg;

	told->n++;
	told->last = *progress;
	return told->goes_on;
}

static void a_run_nobody_asks_about_goes_on(void **state)
{
	struct ng_control control = {0};
	struct ng_watch watch;

	(void)state;
	ng_watch_begin(&watch, &no_options, &control);
	for (size_t i = 0; i < 10000; i++)
		assert_int_equal(ng_watch_point(&watch, "tran1", 0, i), NG_GO_ON);
	assert_int_equal(ng_watch_text(&watch), NG_GO_ON);
	assert_int_equal(watch.n_points, 10000);
	ng_watch_tell(&watch, "tran1", 0, 1);
}

static void a_cancel_ends_it_at_the_next_point(void **state)
{
	struct ng_control control = {0};
	struct ng_watch watch;

	(void)state;
	ng_watch_begin(&watch, &no_options, &control);
	assert_int_equal(ng_watch_point(&watch, "tran1", 0, 0), NG_GO_ON);
	ng_control_cancel(&control);
	assert_int_equal(ng_watch_point(&watch, "tran1", 0, 1), NG_END_CANCELLED);
	ng_watch_begin(&watch, &no_options, NULL);
	assert_int_equal(ng_watch_point(&watch, "tran1", 0, 0), NG_GO_ON);
	assert_int_equal(ng_watch_text(&watch), NG_GO_ON);
}

static void its_time_limit_ends_it(void **state)
{
	struct carom_run_options options = no_options;
	struct ng_watch watch;

	(void)state;
	options.time_limit_s = 1e-9;
	ng_watch_begin(&watch, &options, NULL);
	assert_int_equal(ng_watch_point(&watch, "tran1", 0, 0), NG_END_LIMIT);
	options.time_limit_s = 1000;
	ng_watch_begin(&watch, &options, NULL);
	for (size_t i = 0; i < 10000; i++)
		assert_int_equal(ng_watch_point(&watch, "tran1", 0, i), NG_GO_ON);
}

static void the_clock_is_read_less_often_where_points_are_fast(void **state)
{
	struct carom_run_options options = no_options;
	struct ng_watch watch;

	(void)state;
	options.time_limit_s = 1000;
	ng_watch_begin(&watch, &options, NULL);
	for (size_t i = 0; i < 100000; i++)
		ng_watch_point(&watch, "tran1", 0, i);
	assert_true(watch.stride > 1);
}

static void progress_is_told_and_may_end_it(void **state)
{
	struct told told = {.goes_on = true};
	struct carom_run_options options = no_options;
	struct ng_watch watch;

	(void)state;
	options.progress = take;
	options.progress_arg = &told;
	options.progress_interval_s = 1e-9;
	ng_watch_begin(&watch, &options, NULL);
	assert_int_equal(ng_watch_point(&watch, "ac1", 1e3, 6), NG_GO_ON);
	assert_int_equal(told.n, 1);
	assert_string_equal(told.last.plot, "ac1");
	assert_double_equal(told.last.at, 1e3, 0, 0);
	assert_int_equal(told.last.n_points, 7);
	assert_true(isnan(told.last.fraction));
	assert_true(told.last.elapsed_s >= 0);
	told.goes_on = false;
	ng_watch_begin(&watch, &options, NULL);
	assert_int_equal(ng_watch_point(&watch, "ac1", 1e3, 6), NG_END_ASKED);
	ng_watch_tell(&watch, "ac1", 2e3, 9);
	assert_int_equal(told.last.n_points, 9);
}

static void progress_is_not_told_before_its_time(void **state)
{
	struct told told = {.goes_on = true};
	struct carom_run_options options = no_options;
	struct ng_watch watch;

	(void)state;
	options.progress = take;
	options.progress_arg = &told;
	options.progress_interval_s = 1000;
	ng_watch_begin(&watch, &options, NULL);
	for (size_t i = 0; i < 1000; i++)
		ng_watch_point(&watch, "ac1", 1e3, i);
	assert_int_equal(told.n, 0);
}

/* It may still end at a point, without the loss that leaving it means. */
static void words_end_it_only_if_no_point_comes(void **state)
{
	struct ng_control control = {0};
	struct ng_watch watch;

	(void)state;
	ng_watch_begin(&watch, &no_options, &control);
	ng_control_cancel(&control);
	assert_int_equal(ng_watch_text(&watch), NG_GO_ON);
	usleep(150000);
	watch.n_points++;
	assert_int_equal(ng_watch_text(&watch), NG_GO_ON);
	usleep(150000);
	assert_int_equal(ng_watch_text(&watch), NG_END_CANCELLED);
}

static void words_end_it_beyond_its_time_limit(void **state)
{
	struct carom_run_options options = no_options;
	struct ng_watch watch;

	(void)state;
	options.time_limit_s = 1e-9;
	ng_watch_begin(&watch, &options, NULL);
	assert_int_equal(ng_watch_text(&watch), NG_GO_ON);
	usleep(150000);
	assert_int_equal(ng_watch_text(&watch), NG_END_LIMIT);
}

static void ends_are_errors_unless_they_were_asked_for(void **state)
{
	(void)state;
	assert_int_equal(ng_status_of_end(NG_GO_ON), CAROM_OK);
	assert_int_equal(ng_status_of_end(NG_END_ASKED), CAROM_OK);
	assert_int_equal(ng_status_of_end(NG_END_CANCELLED), CAROM_ERROR_CANCELLED);
	assert_int_equal(ng_status_of_end(NG_END_LIMIT), CAROM_ERROR_LIMIT);
	assert_int_equal(ng_status_of_end(NG_END_MEMORY), CAROM_ERROR_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_nobody_asks_about_goes_on),
		cmocka_unit_test(a_cancel_ends_it_at_the_next_point),
		cmocka_unit_test(its_time_limit_ends_it),
		cmocka_unit_test(the_clock_is_read_less_often_where_points_are_fast),
		cmocka_unit_test(progress_is_told_and_may_end_it),
		cmocka_unit_test(progress_is_not_told_before_its_time),
		cmocka_unit_test(words_end_it_only_if_no_point_comes),
		cmocka_unit_test(words_end_it_beyond_its_time_limit),
		cmocka_unit_test(ends_are_errors_unless_they_were_asked_for),
	};

	return run_all_tests(tests);
}
