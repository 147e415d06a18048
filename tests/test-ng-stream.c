/* SPDX-License-Identifier: BSD-3-Clause */
/* From rows of all vectors to blocks of columns, without ngspice. */
#include "ng-stream.h"

#include <string.h>

#include "support-circuit.h"

/* As ngspice lists them: the scale last. */
enum { N_VECTORS = 3 };

struct rows {
	vecinfo info[N_VECTORS];
	pvecinfo infos[N_VECTORS];
	vecinfoall begin;
	vecvalues value[N_VECTORS];
	pvecvalues values[N_VECTORS];
	vecvaluesall point;
};

struct taken {
	int n_blocks;
	size_t first, n_points, n_columns; /* of the last block */
	bool is_complex, goes_on;
	char names[100];
	double values[4][8]; /* of each column */
};

static bool take(void *arg, const struct carom_block *block)
{
	struct taken *taken = arg;
	size_t width = block->is_complex ? 2 : 1;

	taken->n_blocks++;
	taken->first = block->first;
	taken->n_points = block->n_points;
	taken->n_columns = block->n_columns;
	taken->is_complex = block->is_complex;
	taken->names[0] = '\0';
	for (size_t i = 0; i < block->n_columns; i++) {
		strcat(taken->names, i ? " " : "");
		strcat(taken->names, block->names[i]);
		memcpy(taken->values[i], block->columns[i],
		       block->n_points * width * sizeof(double));
	}
	return taken->goes_on;
}

static void make_rows(struct rows *rows, bool is_complex)
{
	static char *const names[N_VECTORS] = {"v1#branch", "out", "time"};

	memset(rows, 0, sizeof(*rows));
	for (int i = 0; i < N_VECTORS; i++) {
		rows->info[i] = (vecinfo){.number = i, .vecname = names[i], .is_real = !is_complex};
		rows->infos[i] = &rows->info[i];
		rows->values[i] = &rows->value[i];
	}
	rows->begin = (vecinfoall){.type = "tran1", .veccount = N_VECTORS, .vecs = rows->infos};
	rows->point = (vecvaluesall){.veccount = N_VECTORS, .vecsa = rows->values};
}

/* At its index i: time i, out 10 + i, i(v1) 20 + i; imaginary parts 0.5 more. */
static bool add(struct ng_stream *stream, struct rows *rows, int i)
{
	rows->point.vecindex = i;
	for (int k = 0; k < N_VECTORS; k++) {
		rows->value[k].creal = 10 * (N_VECTORS - 1 - k) + i;
		rows->value[k].cimag = rows->value[k].creal + 0.5;
	}
	return ng_stream_add(stream, &rows->point);
}

static struct carom_run_options options_to(struct taken *taken, size_t block_points)
{
	*taken = (struct taken){.goes_on = true};
	return (struct carom_run_options){.size = sizeof(struct carom_run_options),
					  .stream = take,
					  .stream_arg = taken,
					  .block_points = block_points};
}

static void points_are_gathered_into_blocks(void **state)
{
	struct ng_stream stream = {0};
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 3);
	struct rows rows;

	(void)state;
	make_rows(&rows, false);
	assert_true(ng_stream_start(&stream, &options));
	assert_true(ng_stream_begin_plot(&stream, &rows.begin));
	for (int i = 0; i < 5; i++)
		assert_true(add(&stream, &rows, i));
	assert_int_equal(taken.n_blocks, 1);
	assert_int_equal(taken.n_points, 3);
	assert_string_equal(taken.names, "time v(out) i(v1)");
	assert_double_equal(taken.values[1][2], 12, 0, 0);
	assert_double_equal(stream.at, 4, 0, 0);
	ng_stream_end(&stream);
	assert_int_equal(taken.n_blocks, 2);
	assert_int_equal(taken.first, 3);
	assert_int_equal(taken.n_points, 2);
	assert_double_equal(taken.values[2][1], 24, 0, 0);
}

static void columns_come_in_the_order_asked_for(void **state)
{
	static const char *const columns[] = {"i(v1)", "TIME", "nowhere", "out"};
	struct ng_stream stream = {0};
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 0);
	struct rows rows;

	(void)state;
	make_rows(&rows, false);
	options.columns = columns;
	options.n_columns = 4;
	ng_stream_start(&stream, &options);
	assert_string_equal(ng_stream_missing(&stream), "i(v1)");
	assert_true(ng_stream_begin_plot(&stream, &rows.begin));
	assert_true(add(&stream, &rows, 0));
	assert_string_equal(taken.names, "time i(v1) v(out)");
	assert_string_equal(ng_stream_missing(&stream), "nowhere");
	ng_stream_end(&stream);
}

static void complex_values_are_pairs(void **state)
{
	struct ng_stream stream = {0};
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 2);
	struct rows rows;

	(void)state;
	make_rows(&rows, true);
	ng_stream_start(&stream, &options);
	assert_true(ng_stream_begin_plot(&stream, &rows.begin));
	add(&stream, &rows, 0);
	add(&stream, &rows, 1);
	assert_true(taken.is_complex);
	assert_double_equal(taken.values[1][2], 11, 0, 0);
	assert_double_equal(taken.values[1][3], 11.5, 0, 0);
	ng_stream_end(&stream);
}

static void a_point_that_comes_again_is_passed_on_once(void **state)
{
	struct ng_stream stream = {0};
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 1);
	struct rows rows;

	(void)state;
	make_rows(&rows, false);
	ng_stream_start(&stream, &options);
	ng_stream_begin_plot(&stream, &rows.begin);
	add(&stream, &rows, 0);
	assert_true(add(&stream, &rows, 0));
	assert_int_equal(taken.n_blocks, 1);
	ng_stream_end(&stream);
}

static void the_host_may_want_no_more(void **state)
{
	struct ng_stream stream = {0};
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 2);
	struct rows rows;

	(void)state;
	make_rows(&rows, false);
	taken.goes_on = false;
	ng_stream_start(&stream, &options);
	ng_stream_begin_plot(&stream, &rows.begin);
	assert_true(add(&stream, &rows, 0));
	assert_false(add(&stream, &rows, 1));
	ng_stream_end(&stream);
}

static void going_on_counts_on_in_the_same_plot_alone(void **state)
{
	struct ng_stream stream = {0};
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 1);
	struct rows rows;

	(void)state;
	make_rows(&rows, false);
	ng_stream_start(&stream, &options);
	ng_stream_begin_plot(&stream, &rows.begin);
	add(&stream, &rows, 0);
	ng_stream_end(&stream);
	assert_true(ng_stream_go_on(&stream, &options));
	ng_stream_begin_plot(&stream, &rows.begin);
	add(&stream, &rows, 1);
	assert_int_equal(taken.first, 1);
	ng_stream_begin_plot(&stream, &rows.begin);
	add(&stream, &rows, 0);
	assert_int_equal(taken.first, 0);
	ng_stream_end(&stream);
}

static int attempt(void *arg)
{
	struct ng_stream stream = {0};
	struct taken taken;
	struct carom_run_options options = options_to(&taken, 1);
	bool is_good = ng_stream_start(&stream, &options) && ng_stream_begin_plot(&stream, arg);

	ng_stream_end(&stream);
	return is_good ? CAROM_OK : CAROM_ERROR_MEMORY;
}

static void no_memory_is_told(void **state)
{
	struct rows rows;

	(void)state;
	make_rows(&rows, false);
	assert_survives_no_memory(attempt, &rows.begin);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_are_gathered_into_blocks),
		cmocka_unit_test(columns_come_in_the_order_asked_for),
		cmocka_unit_test(complex_values_are_pairs),
		cmocka_unit_test(a_point_that_comes_again_is_passed_on_once),
		cmocka_unit_test(the_host_may_want_no_more),
		cmocka_unit_test(going_on_counts_on_in_the_same_plot_alone),
		cmocka_unit_test(no_memory_is_told),
	};

	return run_all_tests(tests);
}
