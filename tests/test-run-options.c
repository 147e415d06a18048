/* SPDX-License-Identifier: BSD-3-Clause */
/* Options of runs: of older hosts, checked, and copied. */
#include "sim/run-options.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "support.h"

static const char *const names[] = {"v(out)", "i(v1)"};
static const double times[] = {1e-6, 2e-6, 3e-6};

static struct carom_run_options full(void)
{
	struct carom_run_options options = {.size = sizeof(options)};

	options.analysis = "tran 1u 1m";
	options.save = options.columns = names;
	options.n_save = 2;
	options.n_columns = 1;
	options.block_points = 17;
	options.keeps_nothing = true;
	options.time_limit_s = 3;
	options.stop_time = 4;
	options.progress_interval_s = 5;
	options.stop_when = "v(out) > 1";
	options.breakpoints = times;
	options.n_breakpoints = 3;
	options.stream_arg = &options;
	return options;
}

static void none_are_the_defaults(void **state)
{
	struct carom_run_options read;

	(void)state;
	assert_int_equal(run_options_read(&read, NULL, NULL), 0);
	assert_int_equal(read.size, sizeof(read));
	assert_null(read.analysis);
}

static void an_older_host_knows_the_first_ones(void **state)
{
	struct carom_run_options options = full(), read;

	(void)state;
	options.size = offsetof(struct carom_run_options, stream);
	assert_int_equal(run_options_read(&read, &options, NULL), 0);
	assert_string_equal(read.analysis, "tran 1u 1m");
	assert_int_equal(read.n_save, 2);
	assert_int_equal(read.n_columns, 0);
	assert_false(read.keeps_nothing);
}

static void what_is_no_number_or_has_no_size_is_refused(void **state)
{
	static const double bad[] = {1, NAN};
	struct carom_run_options options[4] = {full(), full(), full(), full()}, read;

	(void)state;
	options[0].size = 0;
	options[1].time_limit_s = INFINITY;
	options[2].stop_time = NAN;
	options[3].breakpoints = bad;
	options[3].n_breakpoints = 2;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(run_options_read(&read, &options[i], NULL), CAROM_ERROR_ARGUMENT);
}

static void a_copy_has_all_of_it_elsewhere(void **state)
{
	struct carom_run_options options = full();
	struct run_options_copy copy;

	(void)state;
	assert_int_equal(run_options_copy(&copy, &options, NULL), 0);
	assert_string_equal(copy.options.analysis, options.analysis);
	assert_ptr_not_equal(copy.options.analysis, options.analysis);
	assert_string_equal(copy.options.save[1], "i(v1)");
	assert_string_equal(copy.options.columns[0], "v(out)");
	assert_int_equal(copy.options.n_columns, 1);
	assert_int_equal(copy.options.block_points, 17);
	assert_true(copy.options.keeps_nothing);
	assert_double_equal(copy.options.time_limit_s, 3, 0, 0);
	assert_double_equal(copy.options.stop_time, 4, 0, 0);
	assert_double_equal(copy.options.progress_interval_s, 5, 0, 0);
	assert_string_equal(copy.options.stop_when, "v(out) > 1");
	assert_memory_equal(copy.options.breakpoints, times, sizeof(times));
	assert_ptr_equal(copy.options.stream_arg, options.stream_arg);
	run_options_free_copy(&copy);
}

static void a_copy_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	struct carom_run_options options = full();
	struct run_options_copy copy;
	int n_failures = 0, status;

	(void)state;
	do {
		struct carom_error err = CAROM_ERROR_INIT;

		mem_fail_after(n_failures);
		status = run_options_copy(&copy, &options, &err);
		mem_fail_after(-1);
		assert_int_equal(status, status ? CAROM_ERROR_MEMORY : 0);
	} while (status && ++n_failures < 100);
	assert_true(n_failures >= 4);
	run_options_free_copy(&copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(none_are_the_defaults),
		cmocka_unit_test(an_older_host_knows_the_first_ones),
		cmocka_unit_test(what_is_no_number_or_has_no_size_is_refused),
		cmocka_unit_test(a_copy_has_all_of_it_elsewhere),
		cmocka_unit_test(a_copy_survives_a_lack_of_memory_at_every_allocation),
	};

	return run_all_tests(tests);
}
