/* SPDX-License-Identifier: BSD-3-Clause */
/* A plot that is complete, passed on in blocks as if its points came one by one. */
#include "ng-stream.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "support-plots.h"
#include "support.h"

static const double times[] = {0, 1, 2, 3, 4};
static const double volts[] = {10, 11, 12, 13, 14};
static const double pairs[] = {1, -1, 2, -2, 3, -3};

static const struct laid_plot plots[] = {
	{"tran1",
	 {{"time", times, 5, false}, {"out", volts, 5, false}, {"@r1[nix]", volts, 1, false}}},
	{"ac1", {{"frequency", pairs, 3, true}, {"out", pairs, 3, true}}},
	{"op1", {{"@r1[nix]", volts, 0, false}}}};

static struct ng_session session;

struct taken {
	int n_blocks, most_blocks;
	size_t firsts[4], sizes[4];
	bool is_complex;
	char names[100];
	double first, last; /* of the last column: of its first block, and at the end */
};

static bool take(void *arg, const struct carom_block *block)
{
	struct taken *taken = arg;
	size_t width = block->is_complex ? 2 : 1;
	const double *column = block->columns[block->n_columns - 1];

	taken->firsts[taken->n_blocks] = block->first;
	taken->sizes[taken->n_blocks] = block->n_points;
	taken->is_complex = block->is_complex;
	taken->names[0] = '\0';
	for (size_t i = 0; i < block->n_columns; i++)
		strcat(strcat(taken->names, block->names[i]), " ");
	if (taken->n_blocks == 0)
		taken->first = column[0];
	taken->last = column[width * block->n_points - 1];
	return ++taken->n_blocks < taken->most_blocks;
}

static struct carom_run_options options_to(struct taken *taken, size_t block_points)
{
	*taken = (struct taken){.most_blocks = 4};
	return (struct carom_run_options){.size = sizeof(struct carom_run_options),
					  .stream = take,
					  .stream_arg = taken,
					  .block_points = block_points};
}

/* Each plot is laid out alone. */
static int pass_on(const struct carom_run_options *options, size_t index, struct carom_error *err)
{
	const struct laid_plot alone[] = {plots[index], {NULL, {{NULL}}}};
	struct ng_stream stream = {0};
	int status;

	lay_out(&session);
	laid.plots = alone;
	if (!ng_stream_start(&stream, options))
		return carom_fail_memory(err);
	status = ng_stream_plot(&stream, &session.api, 0, err);
	if (!status && ng_stream_missing(&stream))
		status = carom_fail(err, CAROM_ERROR_VECTOR, "%s", ng_stream_missing(&stream));
	ng_stream_end(&stream);
	laid.plots = NULL;
	return status;
}

static void points_come_in_blocks_and_the_last_one_is_shorter(void **state)
{
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 2);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	pass_on(&options, 0, &err);
	assert_ok(&err);
	assert_int_equal(taken.n_blocks, 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(taken.firsts[i], 2 * i);
	assert_int_equal(taken.sizes[1], 2);
	assert_int_equal(taken.sizes[2], 1);
	assert_double_equal(taken.first, 10, 0, 0);
	assert_double_equal(taken.last, 14, 0, 0);
}

static void a_vector_that_has_not_all_points_is_left_out(void **state)
{
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 5);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	pass_on(&options, 0, &err);
	assert_ok(&err);
	assert_int_equal(taken.n_blocks, 1);
	assert_string_equal(taken.names, "time v(out) ");
}

static void complex_values_are_pairs_in_every_block(void **state)
{
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 2);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	pass_on(&options, 1, &err);
	assert_ok(&err);
	assert_true(taken.is_complex);
	assert_int_equal(taken.n_blocks, 2);
	assert_double_equal(taken.first, 1, 0, 0);
	assert_double_equal(taken.last, -3, 0, 0);
}

static void columns_that_were_asked_for_come_behind_the_scale(void **state)
{
	static const char *const columns[] = {"OUT", "v(in)"};
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 5);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	options.columns = columns;
	options.n_columns = 1;
	pass_on(&options, 0, &err);
	assert_ok(&err);
	assert_string_equal(taken.names, "time v(out) ");
	options = options_to(&taken, 5);
	options.columns = columns;
	options.n_columns = 2;
	assert_int_equal(pass_on(&options, 0, &err), CAROM_ERROR_VECTOR);
	assert_string_equal(err.text, "v(in)");
	assert_string_equal(taken.names, "time v(out) ");
}

static void a_host_that_wants_no_more_gets_no_more(void **state)
{
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 1);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	taken.most_blocks = 2;
	pass_on(&options, 0, &err);
	assert_ok(&err);
	assert_int_equal(taken.n_blocks, 2);
}

static void a_plot_without_points_has_no_block(void **state)
{
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 1);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	pass_on(&options, 2, &err);
	assert_ok(&err);
	assert_int_equal(taken.n_blocks, 0);
}

static void running_out_of_memory_is_an_error(void **state)
{
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 5);
	int status = CAROM_ERROR_MEMORY, n = 0;

	(void)state;
	for (; status && n < 100; n++) {
		struct carom_error err = CAROM_ERROR_INIT;

		mem_fail_after(n);
		status = pass_on(&options, 0, &err);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
	}
	assert_true(n > 3 && n < 100);
	assert_int_equal(taken.n_blocks, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_come_in_blocks_and_the_last_one_is_shorter),
		cmocka_unit_test(a_vector_that_has_not_all_points_is_left_out),
		cmocka_unit_test(complex_values_are_pairs_in_every_block),
		cmocka_unit_test(columns_that_were_asked_for_come_behind_the_scale),
		cmocka_unit_test(a_host_that_wants_no_more_gets_no_more),
		cmocka_unit_test(a_plot_without_points_has_no_block),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return run_all_tests(tests);
}
