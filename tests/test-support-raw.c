/* SPDX-License-Identifier: BSD-3-Clause */
/* The reader of RAW files that other tests compare with must itself be right. */
#include "support-raw.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "support.h"

#define REAL_HEAD                            \
	"Title: amp\nDate: today\n"          \
	"Plotname: Transient Analysis\n"     \
	"Flags: real\nNo. Variables: 2\n"    \
	"No. Points: 3       \nVariables:\n" \
	"\t0\ttime\ttime\n\t1\tv(out)\tvoltage\nBinary:\n"

#define COMPLEX_HEAD                         \
	"Title: amp\nDate: today\n"          \
	"Plotname: AC Analysis\n"            \
	"Flags: complex\nNo. Variables: 2\n" \
	"No. Points: 2       \nVariables:\n" \
	"\t0\tfrequency\tfrequency grid=3\n" \
	"\t1\tv(out)\tvoltage\nBinary:\n"

static const double real_data[] = {0, 5, 1e-6, 6, 2e-6, 7};
static const double complex_data[] = {1e3, 0, 1, -2, 2e3, 0, 3, -4};

struct fixture {
	char path[64];
	FILE *file;
	struct raw_file raw;
	struct carom_error err;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	strcpy(fixture->path, "/tmp/carom-raw-XXXXXX");
	fixture->file = fdopen(mkstemp(fixture->path), "w");
	carom_error_clear(&fixture->err);
	*state = fixture;
	return fixture->file ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	mem_fail_after(-1);
	if (fixture->file)
		fclose(fixture->file);
	unlink(fixture->path);
	raw_release(&fixture->raw);
	free(fixture);
	return 0;
}

static void put_text(const struct fixture *fixture, const char *text)
{
	assert_true(fputs(text, fixture->file) >= 0);
}

static void put_data(const struct fixture *fixture, const double *data, size_t n)
{
	assert_int_equal(fwrite(data, sizeof(*data), n, fixture->file), n);
}

static int read_it(struct fixture *fixture)
{
	fclose(fixture->file);
	fixture->file = NULL;
	return raw_read(&fixture->raw, fixture->path, &fixture->err);
}

static void expect_failure(struct fixture *fixture, const char *why)
{
	assert_int_equal(read_it(fixture), CAROM_ERROR_FORMAT);
	assert_string_equal(fixture->err.text, why);
	assert_string_equal(fixture->err.source, fixture->path);
	assert_int_equal(fixture->raw.n_plots, 0);
}

static void real_points_become_columns(void **state)
{
	struct fixture *fixture = *state;
	const struct raw_plot *plot;
	const double *out;

	put_text(fixture, REAL_HEAD);
	put_data(fixture, real_data, 6);
	assert_int_equal(read_it(fixture), 0);
	plot = raw_find_plot(&fixture->raw, "transient analysis");
	assert_non_null(plot);
	assert_false(plot->is_complex);
	assert_int_equal(plot->n_points, 3);
	assert_int_equal(plot->n_vectors, 2);
	out = raw_find_vector(plot, "V(OUT)");
	assert_non_null(out);
	assert_same_bits(out[0], 5);
	assert_same_bits(out[2], 7);
	assert_same_bits(raw_find_vector(plot, "time")[2], 2e-6);
	assert_null(raw_find_vector(plot, "v(in)"));
}

static void complex_points_become_columns_of_pairs(void **state)
{
	struct fixture *fixture = *state;
	const struct raw_plot *plot;
	const double *out;

	put_text(fixture, COMPLEX_HEAD);
	put_data(fixture, complex_data, 8);
	assert_int_equal(read_it(fixture), 0);
	plot = raw_find_plot(&fixture->raw, "AC Analysis");
	assert_non_null(plot);
	assert_true(plot->is_complex);
	out = raw_find_vector(plot, "v(out)");
	assert_non_null(out);
	assert_same_bits(out[0], 1);
	assert_same_bits(out[1], -2);
	assert_same_bits(out[2], 3);
	assert_same_bits(out[3], -4);
	assert_same_bits(raw_find_vector(plot, "frequency")[2], 2e3);
}

static void one_plot_follows_another(void **state)
{
	struct fixture *fixture = *state;

	put_text(fixture, COMPLEX_HEAD);
	put_data(fixture, complex_data, 8);
	put_text(fixture, REAL_HEAD);
	put_data(fixture, real_data, 6);
	assert_int_equal(read_it(fixture), 0);
	assert_int_equal(fixture->raw.n_plots, 2);
	assert_string_equal(fixture->raw.plots[1].name, "Transient Analysis");
	assert_null(raw_find_plot(&fixture->raw, "Noise"));
}

static void data_that_end_early_are_told(void **state)
{
	struct fixture *fixture = *state;

	put_text(fixture, REAL_HEAD);
	put_data(fixture, real_data, 5);
	expect_failure(fixture, "the file ends before the data");
	assert_int_equal(fixture->err.offset, sizeof(REAL_HEAD) - 1);
}

static void data_of_a_plot_without_a_count_of_points_are_told(void **state)
{
	struct fixture *fixture = *state;
	char head[] = REAL_HEAD;

	*strchr(strstr(head, "Points: 3"), '3') = '0';
	put_text(fixture, head);
	put_data(fixture, real_data, 6);
	expect_failure(fixture, "no plot begins here");
	assert_int_equal(fixture->err.offset, sizeof(REAL_HEAD) - 1);
}

static void a_plot_may_have_no_vectors(void **state)
{
	struct fixture *fixture = *state;

	put_text(fixture, "Title: x\nPlotname: Operating Point\nFlags: real\nNo. Variables: 0\n"
			  "No. Points: 1\nVariables:\nBinary:\n");
	put_text(fixture, REAL_HEAD);
	put_data(fixture, real_data, 6);
	assert_int_equal(read_it(fixture), 0);
	assert_int_equal(fixture->raw.n_plots, 2);
	assert_int_equal(fixture->raw.plots[0].n_vectors, 0);
	assert_true(fixture->raw.plots[1].n_vectors > 0);
}

static void counts_that_no_file_can_hold_are_told(void **state)
{
	put_text(*state,
		 "Title: x\nNo. Variables: 3000000000\nNo. Points: 9000000000\nVariables:\n");
	expect_failure(*state, "wrong counts of variables or points");
}

static void counts_that_are_no_numbers_are_told(void **state)
{
	put_text(*state, "Title: x\nNo. Variables: two\n");
	expect_failure(*state, "wrong counts of variables or points");
}

static void a_variable_that_is_cut_off_is_told(void **state)
{
	put_text(*state, "Title: x\nNo. Variables: 2\nNo. Points: 0\nVariables:\n"
			 "\t0\ttime\ttime\n\t1\tv(a)\n");
	expect_failure(*state, "a variable has no name and type");
}

static void a_name_may_be_empty_or_long(void **state)
{
	struct fixture *fixture = *state;
	char name[2000];

	memset(name, 'n', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	put_text(fixture,
		 "Title: x\nNo. Variables: 2\nNo. Points: 0\nVariables:\n\t0\t\tvoltage\n\t1\t");
	put_text(fixture, name);
	put_text(fixture, "\tvoltage\nBinary:\n");
	assert_int_equal(read_it(fixture), 0);
	assert_string_equal(fixture->raw.plots[0].vectors[0].name, "");
	assert_string_equal(fixture->raw.plots[0].vectors[1].name, name);
}

static void a_plot_without_points_may_be_a_header_alone(void **state)
{
	struct fixture *fixture = *state;

	put_text(fixture, "Title: x\nNo. Variables: 7\nNo. Points: 0\nVariables:\n" REAL_HEAD);
	put_data(fixture, real_data, 6);
	assert_int_equal(read_it(fixture), 0);
	assert_int_equal(fixture->raw.n_plots, 2);
	assert_int_equal(fixture->raw.plots[0].n_vectors, 0);
	assert_int_equal(fixture->raw.plots[1].n_points, 3);
}

static void text_data_are_told(void **state)
{
	put_text(*state, "Title: x\nNo. Variables: 1\nNo. Points: 1\nVariables:\n\t0\ttime\ttime\n"
			 "Values:\n0\t1.0\n");
	expect_failure(*state, "binary data should begin here");
}

static void a_header_without_an_end_is_told(void **state)
{
	put_text(*state, "Title: x\nPlotname: y\n");
	expect_failure(*state, "the header has no end");
}

static void another_file_is_told(void **state)
{
	put_text(*state, "* a deck\nr1 1 0 1k\n");
	expect_failure(*state, "no plot begins here");
}

static void a_missing_file_is_told(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(raw_read(&fixture->raw, "/nowhere/x.raw", &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_non_null(strstr(fixture->err.text, "/nowhere/x.raw"));
}

static void an_allocation_that_fails_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	int status = -1;

	put_text(fixture, REAL_HEAD);
	put_data(fixture, real_data, 6);
	fclose(fixture->file);
	fixture->file = NULL;
	for (int i = 0; status; i++) {
		mem_fail_after(i);
		status = raw_read(&fixture->raw, fixture->path, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 ? i == 4 : status == CAROM_ERROR_MEMORY);
		assert_int_equal(fixture->raw.n_plots, status == 0);
	}
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(real_points_become_columns),
		CASE(complex_points_become_columns_of_pairs),
		CASE(one_plot_follows_another),
		CASE(data_that_end_early_are_told),
		CASE(data_of_a_plot_without_a_count_of_points_are_told),
		CASE(a_plot_may_have_no_vectors),
		CASE(counts_that_no_file_can_hold_are_told),
		CASE(counts_that_are_no_numbers_are_told),
		CASE(a_variable_that_is_cut_off_is_told),
		CASE(a_name_may_be_empty_or_long),
		CASE(a_plot_without_points_may_be_a_header_alone),
		CASE(text_data_are_told),
		CASE(a_header_without_an_end_is_told),
		CASE(another_file_is_told),
		CASE(a_missing_file_is_told),
		CASE(an_allocation_that_fails_leaves_nothing),
	};

	return run_all_tests(tests);
}
