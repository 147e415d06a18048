/* SPDX-License-Identifier: BSD-3-Clause */
/* What of a plot is read: variables, points, by how many threads, where to. */
#include <math.h>
#include <string.h>

#include "support-simulators.h"
#include "support.h"

static const struct signals real = {.n_variables = 21, .n_points = 1000};
static const struct signals complex = {.n_variables = 5, .n_points = 300, .is_complex = true};

/* These columns are the signals from this point on. */
static void assert_columns(const struct signals *signals, const size_t *variables, size_t n,
			   double *const *columns, size_t first, size_t n_points)
{
	for (size_t i = 0; i < n; i++) {
		unsigned width = signals->is_complex && variables[i] > 0 ? 2 : 1;

		for (size_t k = 0; k < width * n_points; k++)
			assert_same_bits(columns[i][k],
					 signal_value(signals, variables[i], first + k / width,
						      k % width == 1));
		assert_same_bits(columns[i][width * n_points], -7);
	}
}

/* Read some variables of a range into columns that begin at any double, and nothing beyond. */
static void assert_reads(const struct carom_raw_plot *plot, const struct signals *signals,
			 const size_t *variables, size_t n, const struct carom_raw_range *range)
{
	static double memory[32][2 * 1000 + 4];
	size_t n_points = range->n_points ? range->n_points : signals->n_points - range->first;
	struct carom_error err = CAROM_ERROR_INIT;
	double *columns[32] = {NULL};

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < sizeof(memory[i]) / sizeof(memory[i][0]); k++)
			memory[i][k] = -7;
		columns[i] = memory[i] + i % 3;
	}
	carom_raw_plot_read(plot, variables, n, columns, range, &err);
	assert_ok(&err);
	assert_columns(signals, variables, n, columns, range->first, n_points);
}

static void assert_reads_parts(enum carom_raw_dialect dialect, const struct signals *signals,
			       unsigned flags)
{
	static const size_t wanted[][12] = {{4}, {0, 3}, {3, 1, 3, 0}, {4, 3, 2, 1, 0, 1, 2, 3, 4}};
	static const size_t n_wanted[] = {1, 2, 4, 9};
	static const size_t points[][2] = {{0, 0}, {0, 1}, {7, 100}, {299, 1}, {16, 64}, {130, 0}};
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	write_signals(&file, dialect, signals, flags);
	raw = open_bytes(&file);
	for (size_t w = 0; w < 4; w++)
		for (size_t p = 0; p < 6; p++) {
			const struct carom_raw_range range = {.size = sizeof(range),
							      .first = points[p][0],
							      .n_points = points[p][1],
							      .n_threads = (unsigned)(w + p) % 4};

			assert_reads(carom_raw_plot(raw, 0), signals, wanted[w], n_wanted[w],
				     &range);
		}
	carom_raw_close(raw);
	text_release(&file);
}

static void any_variables_of_any_points_are_read(void **state)
{
	(void)state;
	assert_reads_parts(CAROM_RAW_NGSPICE, &real, 0);
	assert_reads_parts(CAROM_RAW_NGSPICE, &complex, 0);
	assert_reads_parts(CAROM_RAW_NGSPICE, &real, WRITER_TEXT);
	assert_reads_parts(CAROM_RAW_NGSPICE, &complex, WRITER_TEXT);
	assert_reads_parts(CAROM_RAW_LTSPICE, &real, 0);
	assert_reads_parts(CAROM_RAW_LTSPICE, &real, WRITER_FASTACCESS);
	assert_reads_parts(CAROM_RAW_QSPICE, &complex, 0);
	assert_reads_parts(CAROM_RAW_SPECTRE, &complex, 0);
}

static void groups_of_eight_are_read_by_any_number_of_threads(void **state)
{
	size_t variables[21];
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	(void)state;
	for (size_t i = 0; i < 21; i++)
		variables[i] = i;
	write_signals(&file, CAROM_RAW_NGSPICE, &real, 0);
	raw = open_bytes(&file);
	for (unsigned n_threads = 0; n_threads < 20; n_threads++) {
		const struct carom_raw_range range = {
			.size = sizeof(range), .first = n_threads, .n_threads = n_threads};

		assert_reads(carom_raw_plot(raw, 0), &real, variables, 21, &range);
		assert_reads(carom_raw_plot(raw, 0), &real, variables + 1, 17, &range);
	}
	carom_raw_close(raw);
	text_release(&file);
}

/* So much that results are written past the caches, in memory of the library's. */
static void large_plots_are_read_as_small_ones(void **state)
{
	const struct signals large = {.n_variables = 90, .n_points = 7001};
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	(void)state;
	write_signals(&file, CAROM_RAW_NGSPICE, &large, 0);
	raw = open_bytes(&file);
	assert_signals(carom_raw_plot(raw, 0), &large);
	carom_raw_close(raw);
	text_release(&file);
}

static void columns_of_the_librarys_begin_at_cache_lines(void **state)
{
	const size_t variables[] = {2, 0};
	const struct carom_raw_range range = {.size = sizeof(range), .first = 10, .n_points = 5};
	struct carom_error err = CAROM_ERROR_INIT;
	struct text file = TEXT_INIT;
	struct carom_raw_columns *columns;
	struct carom_raw *raw;

	(void)state;
	write_signals(&file, CAROM_RAW_NGSPICE, &complex, 0);
	raw = open_bytes(&file);
	carom_raw_plot_read_columns(carom_raw_plot(raw, 0), variables, 2, &range, &columns, &err);
	assert_ok(&err);
	carom_raw_close(raw); /* the columns stay */
	assert_int_equal(carom_raw_columns_count(columns), 2);
	assert_int_equal(carom_raw_columns_point_count(columns), 5);
	assert_int_equal((uintptr_t)carom_raw_columns_data(columns, 1) % 64, 0);
	assert_same_bits(carom_raw_columns_data(columns, 0)[9],
			 signal_value(&complex, 2, 14, true));
	assert_same_bits(carom_raw_columns_data(columns, 1)[4],
			 signal_value(&complex, 0, 14, false));
	assert_null(carom_raw_columns_data(columns, 2));
	carom_raw_columns_free(columns);
	text_release(&file);
}

/* ---- what is refused ---- */

static void assert_read_fails(const struct carom_raw_plot *plot, size_t variable,
			      const struct carom_raw_range *range, int status, const char *what)
{
	double values[2000], *column = values;
	struct carom_raw_columns *columns = NULL;
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(carom_raw_plot_read(plot, &variable, 1, &column, range, &err), status);
	assert_string_equal(err.text, what);
	carom_error_clear(&err);
	assert_int_equal(carom_raw_plot_read_columns(plot, &variable, 1, range, &columns, &err),
			 status);
	assert_string_equal(err.text, what);
	assert_null(columns);
}

static int cancel(void *arg, uint64_t done, uint64_t total)
{
	unsigned *n_calls = arg;

	assert_true(done > 0 && done <= total);
	return ++*n_calls == 2;
}

static void what_is_not_there_is_refused(void **state)
{
	const struct carom_raw_range beyond = {.size = sizeof(beyond), .first = 999, .n_points = 2};
	const struct carom_raw_range far = {.size = sizeof(far), .first = 1001};
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	(void)state;
	write_signals(&file, CAROM_RAW_NGSPICE, &real, 0);
	raw = open_bytes(&file);
	assert_read_fails(carom_raw_plot(raw, 0), 21, NULL, CAROM_ERROR_ARGUMENT,
			  "there is no variable 21, the plot has 21");
	assert_read_fails(carom_raw_plot(raw, 0), 1, &beyond, CAROM_ERROR_ARGUMENT,
			  "points 999 to 1001 are not there, the plot has 1000");
	assert_read_fails(carom_raw_plot(raw, 0), 1, &far, CAROM_ERROR_ARGUMENT,
			  "points 1001 to 1001 are not there, the plot has 1000");
	assert_null(carom_raw_plot(raw, 1));
	assert_null(carom_raw_plot_variable(carom_raw_plot(raw, 0), 21));
	assert_true(carom_raw_plot_find_variable(carom_raw_plot(raw, 0), "v(x)") == SIZE_MAX);
	assert_int_equal(carom_raw_plot_find_variable(carom_raw_plot(raw, 0), "V(N3)"), 3);
	carom_raw_close(raw);
	text_release(&file);
}

static void a_read_is_cancelled_by_its_callback(void **state)
{
	const struct signals large = {.n_variables = 21, .n_points = 20000};

	(void)state;
	for (unsigned flags = 0; flags <= WRITER_TEXT; flags += WRITER_TEXT) {
		unsigned n_calls = 0;
		const struct carom_raw_range range = {.size = sizeof(range),
						      .n_threads = 2,
						      .progress = cancel,
						      .progress_arg = &n_calls};
		struct carom_raw_columns *columns = NULL;
		struct carom_error err = CAROM_ERROR_INIT;
		struct text file = TEXT_INIT;
		struct carom_raw *raw;

		write_signals(&file, CAROM_RAW_NGSPICE, &large, flags);
		raw = open_bytes(&file);
		assert_int_equal(carom_raw_plot_read_columns(carom_raw_plot(raw, 0), NULL, 0,
							     &range, &columns, &err),
				 CAROM_ERROR_CANCELLED);
		assert_string_equal(err.text, "the read was cancelled");
		assert_int_equal(n_calls, 2);
		carom_raw_close(raw);
		text_release(&file);
	}
}

/* ---- text ---- */

#define TEXT_HEAD(points)                                                 \
	"Title: x\nFlags: complex\nNo. Variables: 2\nNo. Points: " points \
	"\nVariables:\n\t0\tfrequency\tfrequency\n\t1\ta\tvoltage\nValues:\n"

static void assert_text_fails(const char *text, const char *mark, const char *what)
{
	struct carom_raw_columns *columns = NULL;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;

	carom_raw_open_memory(&raw, text, strlen(text), "memory", NULL, &err);
	assert_ok(&err);
	assert_int_equal(
		carom_raw_plot_read_columns(carom_raw_plot(raw, 0), NULL, 0, NULL, &columns, &err),
		CAROM_ERROR_FORMAT);
	assert_string_equal(err.text, what);
	assert_int_equal(err.offset, mark ? strstr(text, mark) - text : (long)strlen(text));
	assert_null(columns);
	carom_raw_close(raw);
}

static void text_that_is_no_number_is_told_with_its_place(void **state)
{
	(void)state;
	assert_text_fails(TEXT_HEAD("1") "0 1,0\n 2,volt\n", "2,volt", "\"2,volt\" is no number");
	assert_text_fails(TEXT_HEAD("1") "0 (1,0\n 2,0\n", "(1,0", "\"(1,0\" is no number");
	assert_text_fails(TEXT_HEAD("1") "0 1x,0\n 2,0\n", "1x,0", "\"1x,0\" is no number");
	assert_text_fails(TEXT_HEAD("1") "0.5 1,0\n 2,0\n", "0.5",
			  "\"0.5\" is no number of a point");
	assert_text_fails(TEXT_HEAD("2") "0 1,0\n 2,0\n", NULL,
			  "the values end within point 1 of 2");
	assert_text_fails(TEXT_HEAD("1") "0 1,0\n 2,0", NULL, "the values end within point 0 of 1");
}

static void complex_text_may_be_enclosed_and_lack_its_imaginary_part(void **state)
{
	static const char text[] = TEXT_HEAD("2") "0 1e3,0\n(2,3)\n\n1\t(2e3,0)\n\t5\n";
	struct carom_raw_columns *columns = NULL;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;

	(void)state;
	carom_raw_open_memory(&raw, text, strlen(text), "memory", NULL, &err);
	carom_raw_plot_read_columns(carom_raw_plot(raw, 0), NULL, 0, NULL, &columns, &err);
	assert_ok(&err);
	assert_same_bits(carom_raw_columns_data(columns, 0)[1], 2e3);
	assert_same_bits(carom_raw_columns_data(columns, 1)[1], 3);
	assert_same_bits(carom_raw_columns_data(columns, 1)[2], 5);
	assert_same_bits(carom_raw_columns_data(columns, 1)[3], 0);
	carom_raw_columns_free(columns);
	carom_raw_close(raw);
}

static void a_count_that_the_text_cannot_hold_is_told(void **state)
{
	static const char text[] = TEXT_HEAD("4000000000") "0 1,0\n 2,0\n";
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;

	(void)state;
	assert_int_equal(carom_raw_open_memory(&raw, text, strlen(text), "memory", NULL, &err),
			 CAROM_ERROR_FORMAT);
	assert_string_equal(err.text,
			    "the text ends before the 4000000000 points of \"No. Points:\"");
}

/* ---- variables of different lengths ---- */

#define RAGGED_HEAD(flags, kind)                                                             \
	"Title: x\nFlags: " flags " unpadded\nNo. Variables: 3\nNo. Points: 4\nVariables:\n" \
	"\t0\ttime\ttime\n\t1\ta\tvoltage dims=2\n\t2\tb\tvoltage dims=1,3\n" kind ":\n"

static void assert_ragged(const struct text *file)
{
	static const double expected[3][4] = {{0, 1, 2, 3}, {10, 11}, {20, 21, 22}};
	const struct carom_raw_range range = {.size = sizeof(range), .first = 1, .n_points = 2};
	const size_t variables[] = {2, 1};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = open_bytes(file);
	const struct carom_raw_plot *plot = carom_raw_plot(raw, 0);
	struct carom_raw_columns *columns = NULL;

	assert_int_equal(carom_raw_plot_variable(plot, 0)->n_points, 4);
	assert_int_equal(carom_raw_plot_variable(plot, 1)->n_points, 2);
	assert_int_equal(carom_raw_plot_variable(plot, 2)->n_points, 3);
	carom_raw_plot_read_columns(plot, NULL, 0, NULL, &columns, &err);
	assert_ok(&err);
	for (size_t i = 0; i < 3; i++)
		for (size_t k = 0; k < 4; k++)
			if (k < carom_raw_plot_variable(plot, i)->n_points)
				assert_same_bits(carom_raw_columns_data(columns, i)[k],
						 expected[i][k]);
			else
				assert_true(isnan(carom_raw_columns_data(columns, i)[k]));
	carom_raw_columns_free(columns);
	carom_raw_plot_read_columns(plot, variables, 2, &range, &columns, &err);
	assert_ok(&err);
	assert_same_bits(carom_raw_columns_data(columns, 0)[1], 22);
	assert_same_bits(carom_raw_columns_data(columns, 1)[0], 11);
	assert_true(isnan(carom_raw_columns_data(columns, 1)[1]));
	carom_raw_columns_free(columns);
	carom_raw_close(raw);
}

static void variables_that_differ_in_length_are_filled_up_with_nan(void **state)
{
	static const double values[] = {0, 10, 20, 1, 11, 21, 2, 22, 3};
	struct text file = TEXT_INIT;

	(void)state;
	text_append(&file, RAGGED_HEAD("real", "Binary"));
	text_append_n(&file, (const char *)values, sizeof(values));
	assert_ragged(&file);
	text_clear(&file);
	text_append(&file, RAGGED_HEAD("real", "Values"));
	text_append(&file, " 0 0 10 20\n 1 1 11 21\n 2 2 22\n 3 3\n");
	assert_ragged(&file);
	text_release(&file);
}

static void variables_that_differ_in_length_may_be_cut(void **state)
{
	static const double values[] = {0, 10, 20, 1, 11, 21, 2, 22};
	struct carom_error err = CAROM_ERROR_INIT;
	struct text file = TEXT_INIT;
	struct carom_raw *raw = NULL;

	(void)state;
	text_append(&file, RAGGED_HEAD("real", "Binary"));
	text_append_n(&file, (const char *)values, sizeof(values));
	assert_int_equal(carom_raw_open_memory(&raw, file.data, file.length, "memory", NULL, &err),
			 CAROM_ERROR_FORMAT);
	assert_string_equal(err.text, "the file ends within its data");
	assert_int_equal(err.offset, file.length);
	text_release(&file);
}

/* ---- views ---- */

static void assert_no_view(enum carom_raw_dialect dialect, unsigned flags, const char *what)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text file = TEXT_INIT;
	struct carom_raw_view view;
	struct carom_raw *raw;

	write_signals(&file, dialect, &real, flags);
	raw = open_bytes(&file);
	assert_int_equal(carom_raw_plot_view(carom_raw_plot(raw, 0), 0, &view, &err),
			 CAROM_ERROR_STATE);
	assert_error_says(&err, what);
	carom_raw_close(raw);
	text_release(&file);
}

static void assert_view(const struct signals *signals, enum carom_raw_dialect dialect,
			unsigned flags)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text file = TEXT_INIT;
	struct carom_raw_view view;
	struct carom_raw *raw;

	write_signals(&file, dialect, signals, flags);
	raw = open_bytes(&file);
	carom_raw_plot_view(carom_raw_plot(raw, 0), 3, &view, &err);
	assert_ok(&err);
	assert_int_equal(view.n_points, signals->n_points);
	for (size_t i = 0; i < view.n_points; i++) {
		double value[2];

		memcpy(value, (const char *)view.first + i * view.stride,
		       signals->is_complex ? 16 : 8);
		assert_same_bits(value[0], signal_value(signals, 3, i, false));
		if (signals->is_complex)
			assert_same_bits(value[1], signal_value(signals, 3, i, true));
	}
	carom_raw_close(raw);
	text_release(&file);
}

static void values_are_viewed_where_they_stand(void **state)
{
	(void)state;
	assert_view(&real, CAROM_RAW_NGSPICE, 0);
	assert_view(&complex, CAROM_RAW_NGSPICE, 0);
	assert_view(&complex, CAROM_RAW_QSPICE, 0);
	assert_view(&real, CAROM_RAW_LTSPICE, WRITER_DOUBLE | WRITER_FASTACCESS);
}

static void values_that_need_a_copy_are_not_viewed(void **state)
{
	(void)state;
	assert_no_view(CAROM_RAW_NGSPICE, WRITER_TEXT,
		       "time needs a copy: the values are text\nread it");
	assert_no_view(CAROM_RAW_SPECTRE, 0,
		       "time needs a copy: the values are of the other byte order\nread it");
	assert_no_view(CAROM_RAW_LTSPICE, 0, "time needs a copy: signs must be dropped\nread it");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_variables_of_any_points_are_read),
		cmocka_unit_test(groups_of_eight_are_read_by_any_number_of_threads),
		cmocka_unit_test(large_plots_are_read_as_small_ones),
		cmocka_unit_test(columns_of_the_librarys_begin_at_cache_lines),
		cmocka_unit_test(what_is_not_there_is_refused),
		cmocka_unit_test(a_read_is_cancelled_by_its_callback),
		cmocka_unit_test(text_that_is_no_number_is_told_with_its_place),
		cmocka_unit_test(complex_text_may_be_enclosed_and_lack_its_imaginary_part),
		cmocka_unit_test(a_count_that_the_text_cannot_hold_is_told),
		cmocka_unit_test(variables_that_differ_in_length_are_filled_up_with_nan),
		cmocka_unit_test(variables_that_differ_in_length_may_be_cut),
		cmocka_unit_test(values_are_viewed_where_they_stand),
		cmocka_unit_test(values_that_need_a_copy_are_not_viewed),
	};

	return run_all_tests(tests);
}
