/* SPDX-License-Identifier: BSD-3-Clause */
/* Distributions as they are written: words, lists, files, and what is wrong with them. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "statistics/distribution.h"
#include "support.h"

static const struct distribution_files files = {"", NULL};

static struct distribution parsed(const char *text)
{
	struct distribution distribution;
	struct carom_error err = CAROM_ERROR_INIT;
	size_t used = 0;
	int status = distribution_parse(&distribution, text, &files, &used, &err);

	assert_ok(&err);
	assert_int_equal(status, 0);
	assert_int_equal(used, strlen(text));
	return distribution;
}

static void assert_refused(const char *text, int column, const char *message)
{
	struct distribution distribution = {.kind = DISTRIBUTION_UNIFORM, .spread = 42};
	struct carom_error err = CAROM_ERROR_INIT;
	size_t used = 99;

	assert_int_equal(distribution_parse(&distribution, text, &files, &used, &err),
			 CAROM_ERROR_SYNTAX);
	assert_int_equal(err.status, CAROM_ERROR_SYNTAX);
	assert_error_says(&err, message);
	assert_int_equal(err.column, column);
	assert_string_equal(err.source, "");
	assert_true(distribution.spread == 42 && used == 99);
}

static void a_percentage_is_relative_and_anything_else_absolute(void **state)
{
	struct distribution d = parsed("gauss 1%");

	(void)state;
	assert_int_equal(d.kind, DISTRIBUTION_GAUSS);
	assert_true(d.is_relative);
	assert_same_bits(d.spread, 0.01);
	d = parsed("gauss 5m");
	assert_false(d.is_relative);
	assert_same_bits(d.spread, 5e-3);
	d = parsed("uniform 2.5kOhm");
	assert_int_equal(d.kind, DISTRIBUTION_UNIFORM);
	assert_false(d.is_relative);
	assert_same_bits(d.spread, 2500);
	d = parsed("lognormal 10%");
	assert_int_equal(d.kind, DISTRIBUTION_LOGNORMAL);
	assert_true(d.is_relative);
	assert_same_bits(d.spread, 0.1);
}

static void a_tolerance_at_many_sigmas_is_divided(void **state)
{
	(void)state;
	assert_same_bits(parsed("gauss 3% 3sigma").spread, 0.01);
	assert_same_bits(parsed("gauss 3m 1.5sigma").spread, 2e-3);
	assert_same_bits(parsed("lognormal 40% 4sigma").spread, 0.1);
	assert_same_bits(parsed("gauss 3% at 3 sigma").spread, 0.01);
	assert_same_bits(parsed("gauss 3% at 3sigma").spread, 0.01);
	assert_same_bits(parsed("gauss 3% 3 sigma").spread, 0.01);
}

static void a_cut_is_in_sigmas(void **state)
{
	(void)state;
	assert_same_bits(parsed("gauss 1%").cut, 0);
	assert_same_bits(parsed("gauss 1% trunc 3").cut, 3);
	assert_same_bits(parsed("gauss 5m trunc 2.5sigma").cut, 2.5);
	assert_same_bits(parsed("lognormal 5% TRUNC 4 sigma").cut, 4);
	assert_same_bits(parsed("gauss 6% at 3 sigma trunc 2").cut, 2);
	assert_same_bits(parsed("gauss 6% at 3 sigma trunc 2").spread, 0.02);
}

static void the_sigma_of_a_logarithm_needs_no_percentage(void **state)
{
	(void)state;
	assert_same_bits(parsed("lognormal 0.1").spread, 0.1);
	assert_true(parsed("lognormal 0.1").is_relative);
}

static void the_constant_of_a_pair_is_divided_by_the_root_of_two(void **state)
{
	struct distribution d = parsed("pelgrom 4m");

	(void)state;
	assert_int_equal(d.kind, DISTRIBUTION_PELGROM);
	assert_same_bits(d.spread, 4e-3);
	assert_false(d.is_relative);
	d = parsed("pelgrom 1% pair");
	assert_double_equal(d.spread, 0.01 / sqrt(2), 1e-15, 0);
	assert_true(d.is_relative);
}

static void case_and_blanks_do_not_matter(void **state)
{
	struct distribution d = parsed("  \tGauss \t 6%   3SIGMA");

	(void)state;
	assert_int_equal(d.kind, DISTRIBUTION_GAUSS);
	assert_same_bits(d.spread, 0.02);
}

static void what_follows_is_left_for_the_caller(void **state)
{
	struct distribution d;
	size_t used;

	(void)state;
	assert_int_equal(distribution_parse(&d, "gauss 1% each", &files, &used, NULL), 0);
	assert_int_equal(used, strlen("gauss 1%"));
	assert_int_equal(distribution_parse(&d, "gauss 1% 2sigma  each", &files, &used, NULL), 0);
	assert_int_equal(used, strlen("gauss 1% 2sigma"));
	assert_int_equal(distribution_parse(&d, "gauss 1% trunc 3 each", &files, &used, NULL), 0);
	assert_int_equal(used, strlen("gauss 1% trunc 3"));
	assert_int_equal(distribution_parse(&d, "discrete 1 2:3  each", &files, &used, NULL), 0);
	assert_int_equal(used, strlen("discrete 1 2:3"));
	distribution_release(&d);
	assert_int_equal(distribution_parse(&d, "uniform 1% ", &files, &used, NULL), 0);
	assert_int_equal(used, strlen("uniform 1%"));
}

static void a_mistake_is_told_with_its_column_and_a_remedy(void **state)
{
	(void)state;
	assert_refused("", 1,
		       "distribution missing\nsay for example \"gauss 1%\", \"uniform 20%\" or "
		       "\"lognormal 10%\"");
	assert_refused(" gaus 1%", 2,
		       "unknown distribution \"gaus\"\nuse " DISTRIBUTION_KINDS_SHOWN);
	assert_refused("gaussian 1%", 1,
		       "unknown distribution \"gaussian\"\nuse " DISTRIBUTION_KINDS_SHOWN);
	assert_refused("uniform", 8, "tolerance missing\nsay for example \"uniform 1%\"");
	assert_refused("gauss each", 7,
		       "\"each\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss %", 7, "\"%\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss 1%%", 7, "\"1%%\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss nan", 7, "\"nan\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss inf%", 7,
		       "\"inf%\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss 1e999", 7,
		       "\"1e999\" is not a tolerance\nsay for example \"gauss 1%\"");
	assert_refused("gauss -1%", 7, "tolerance \"-1%\" is negative\nleave out its sign");
	assert_refused("gauss 3% 3", 10,
		       "\"3\" is no number of sigmas\nsay for example \"3sigma\"");
	assert_refused("gauss 3% at each", 13,
		       "\"each\" is no number of sigmas\nsay for example \"3sigma\"");
	assert_refused("gauss 3% at", 12,
		       "\"\" is no number of sigmas\nsay for example \"3sigma\"");
	assert_refused("gauss 3% trunc", 15,
		       "\"\" is no number of sigmas\nsay for example \"3sigma\"");
	assert_refused("gauss 3% trunc 0", 16, "\"0\": the number of sigmas must be above zero");
	assert_refused("gauss 3% trunc infsigma", 16,
		       "\"infsigma\" is no number of sigmas\nsay for example \"3sigma\"");
	assert_refused("triangular 3% trunc 3", 15,
		       "the tolerance of triangular is its half width\nleave out \"trunc\"");
	assert_refused("gauss 3% 0sigma", 10,
		       "\"0sigma\": the number of sigmas must be above zero");
	assert_refused("gauss 3% -3sigma", 10,
		       "\"-3sigma\": the number of sigmas must be above zero");
	assert_refused("uniform 3% 3sigma", 12,
		       "the tolerance of uniform is its half width\nleave out \"3sigma\"");
}

/* ---- lists ---- */

static void a_list_becomes_a_table_in_order(void **state)
{
	struct distribution d = parsed("discrete 2k:3 1k");

	(void)state;
	assert_false(d.is_relative);
	assert_int_equal(d.table->n, 2);
	assert_same_bits(d.table->values[0], 1e3);
	assert_same_bits(d.table->values[1], 2e3);
	assert_same_bits(d.table->chances[0], 0.25);
	assert_same_bits(d.table->chances[1], 1);
	distribution_release(&d);
	d = parsed("discrete -5% +5%");
	assert_true(d.is_relative);
	assert_same_bits(d.table->values[0], -0.05);
	distribution_release(&d);
}

static void a_mistake_in_a_list_is_told_with_its_column(void **state)
{
	(void)state;
	assert_refused("discrete", 9,
		       "values missing\nsay for example \"discrete 1k 2k\" or, with weights, "
		       "\"discrete 1k:0.7 2k:0.3\"");
	assert_refused("discrete each", 10,
		       "values missing\nsay for example \"discrete 1k 2k\" or, with weights, "
		       "\"discrete 1k:0.7 2k:0.3\"");
	assert_refused("discrete 1k 2x3", 13, "\"2x3\" is no number");
	assert_refused("discrete 1k 1e999", 13, "\"1e999\" is no number");
	assert_refused("discrete 1k 2k:", 13,
		       "\"\" is no weight\na weight is a number that is not negative");
	assert_refused("discrete 1k 2k:-1", 13,
		       "\"-1\" is no weight\na weight is a number that is not negative");
	assert_refused("discrete 1k 2k:x", 13,
		       "\"x\" is no weight\na weight is a number that is not negative");
	assert_refused("discrete 1k 2%", 13,
		       "\"2%\" does not go with those before it\ngive all in %, or none");
	assert_refused("discrete 1k:0 2k:0", 19, "the sum of the weights must be above zero");
	assert_refused("discrete 1k:1e308 2k:1e308", 27,
		       "the sum of the weights must be above zero");
}

/* ---- files ---- */

static char path[] = "measured.XXXXXX";

static int make_file(void **state)
{
	int fd = mkstemp(path);

	(void)state;
	return fd < 0 || close(fd);
}

static int drop_file(void **state)
{
	(void)state;
	return unlink(path);
}

static void write_file(const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

/* "empirical FILE", with the file named as from a deck beside it. */
static int read_back(const char *text, struct distribution *d, struct carom_error *err)
{
	struct distribution_files beside = {"./t.cir", NULL};
	char words[64];
	size_t used;

	write_file(text);
	snprintf(words, sizeof(words), "empirical %s", path);
	return distribution_parse(d, words, &beside, &used, err);
}

static void a_file_has_a_value_in_each_line_and_perhaps_a_weight(void **state)
{
	static const double values[] = {0.99, 1, 1.5, 4.7e3};
	static const double chances[] = {0.125, 0.375, 0.6875, 0.9375};
	struct carom_error err = CAROM_ERROR_INIT;
	struct distribution d;

	(void)state;
	read_back("# measured\n\n1.0\n  4.7k, 0.5 ; the last\r\n* 7\n0.99\n1.5\t1.5", &d, &err);
	assert_ok(&err);
	assert_int_equal(d.kind, DISTRIBUTION_EMPIRICAL);
	assert_int_equal(d.table->n, 4);
	for (size_t i = 0; i < 4; i++) {
		assert_same_bits(d.table->values[i], values[i]);
		assert_same_bits(d.table->chances[i], chances[i]);
	}
	distribution_release(&d);
	read_back("-1%\n2%\n", &d, &err);
	assert_ok(&err);
	assert_true(d.is_relative);
	assert_same_bits(d.table->values[0], -0.01);
	distribution_release(&d);
}

static void a_mistake_in_a_file_is_told_with_its_line_and_column(void **state)
{
	static const struct {
		const char *text;
		int line, column;
		const char *message;
	} cases[] = {
		{"1\n2 3 4\n", 2, 5, "\"4\" is too much\na line has a value and perhaps a weight"},
		{"1\n\n  x2", 3, 3, "\"x2\" is no number"},
		{"1 , -2", 1, 5, "\"-2\" is no weight\na weight is a number that is not negative"},
		{"1\n2%\n", 2, 1,
		 "\"2%\" does not go with those before it\ngive all in %, or none"},
		{"# none\n", 1, 0, "the file has no values\nwrite one in each line"},
		{"", 0, 0, "the file has no values\nwrite one in each line"},
	};
	struct distribution d;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(read_back(cases[i].text, &d, &err), CAROM_ERROR_SYNTAX);
		assert_error_says(&err, cases[i].message);
		assert_string_equal(err.source + 2, path);
		assert_int_equal(err.line, cases[i].line);
		assert_int_equal(err.column, cases[i].column);
	}
}

static void a_file_of_weights_that_are_all_0_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct distribution d;

	(void)state;
	assert_int_equal(read_back("1 0\n2 0\n", &d, &err), CAROM_ERROR_SYNTAX);
	assert_error_says(&err, "the sum of the weights must be above zero");
	assert_int_equal(err.column, 11);
}

static void the_name_of_a_file_may_stand_in_quotes(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct distribution_files here = {"t.cir", NULL};
	struct distribution d;
	char words[64];
	size_t used;

	(void)state;
	write_file("1\n2\n");
	snprintf(words, sizeof(words), "empirical \"%s\" each", path);
	distribution_parse(&d, words, &here, &used, &err);
	assert_ok(&err);
	assert_string_equal(words + used, " each");
	distribution_release(&d);
	assert_refused("empirical", 10,
		       "file name missing\nsay for example \"empirical measured.txt\"");
	assert_refused("empirical \"a b", 11, "the name of the file has no end\nadd a \"");
	assert_refused("empirical \"\"", 11, "the name of the file has no end\nadd a \"");
}

static void a_file_that_cannot_be_read_is_told_where_it_is_named(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct distribution d;
	size_t used;

	(void)state;
	assert_int_equal(distribution_parse(&d, "empirical no/such.txt", &files, &used, &err),
			 CAROM_ERROR_SYSTEM);
	assert_error_says(&err, "cannot open \"no/such.txt\": No such file or directory");
	assert_int_equal(err.column, 11);
}

/* An untrusted deck reads nothing that lies elsewhere. */
static void a_file_outside_of_the_roots_is_refused(void **state)
{
	const char *folder = "/dev";
	struct carom_error err = CAROM_ERROR_INIT;
	struct distribution_files confined = {"./t.cir", NULL};
	struct roots roots;
	struct distribution d;
	char words[64];
	size_t used;

	(void)state;
	write_file("1\n2\n");
	assert_int_equal(roots_init(&roots, &folder, 1, &err), 0);
	confined.roots = &roots;
	snprintf(words, sizeof(words), "empirical %s", path);
	assert_int_equal(distribution_parse(&d, words, &confined, &used, &err), CAROM_ERROR_TRUST);
	roots_release(&roots);
}

static void no_memory_is_told_and_leaks_nothing(void **state)
{
	static const char *const texts[] = {"discrete 1 2 3", NULL};
	struct distribution_files beside = {"./t.cir", NULL};
	char words[64];

	(void)state;
	write_file("1 2\n3 4\n");
	snprintf(words, sizeof(words), "empirical %s", path);
	for (size_t i = 0; i < 2; i++) {
		const char *text = texts[i] ? texts[i] : words;
		int status = CAROM_ERROR_MEMORY;
		int64_t n;

		for (n = 0; status == CAROM_ERROR_MEMORY; n++) {
			struct carom_error err = CAROM_ERROR_INIT;
			struct distribution d;
			size_t used;

			mem_fail_after(n);
			status = distribution_parse(&d, text, &beside, &used, &err);
			mem_fail_after(-1);
			assert_int_equal(err.status, status);
			if (status == 0)
				distribution_release(&d);
		}
		assert_int_equal(status, 0);
		assert_true(n > 4);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_percentage_is_relative_and_anything_else_absolute),
		cmocka_unit_test(a_tolerance_at_many_sigmas_is_divided),
		cmocka_unit_test(a_cut_is_in_sigmas),
		cmocka_unit_test(the_sigma_of_a_logarithm_needs_no_percentage),
		cmocka_unit_test(the_constant_of_a_pair_is_divided_by_the_root_of_two),
		cmocka_unit_test(case_and_blanks_do_not_matter),
		cmocka_unit_test(what_follows_is_left_for_the_caller),
		cmocka_unit_test(a_mistake_is_told_with_its_column_and_a_remedy),
		cmocka_unit_test(a_list_becomes_a_table_in_order),
		cmocka_unit_test(a_mistake_in_a_list_is_told_with_its_column),
		cmocka_unit_test(a_file_has_a_value_in_each_line_and_perhaps_a_weight),
		cmocka_unit_test(a_mistake_in_a_file_is_told_with_its_line_and_column),
		cmocka_unit_test(a_file_of_weights_that_are_all_0_is_refused),
		cmocka_unit_test(the_name_of_a_file_may_stand_in_quotes),
		cmocka_unit_test(a_file_that_cannot_be_read_is_told_where_it_is_named),
		cmocka_unit_test(a_file_outside_of_the_roots_is_refused),
		cmocka_unit_test(no_memory_is_told_and_leaks_nothing),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, make_file, drop_file);
}
