/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions over the points of a plot. */
#include "sim/column.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "sim/plot.h"
#include "support.h"

enum { N = 5 };

/* time 0 .. 4, v(a) = 1 + time, v(b) = 2 time, i(v1) = -time, a constant and a complex one. */
static struct carom_result *make_plot(void)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "tran1", "lines", 6);
	double *time = plot_add_vector(plot, "time", "s", false, N);
	double *a = plot_add_vector(plot, "v(a)", "V", false, N);
	double *b = plot_add_vector(plot, "v(b)", "V", false, N);
	double *current = plot_add_vector(plot, "i(v1)", "A", false, N);

	plot_add_vector(plot, "c", "", false, 1)[0] = 7;
	memset(plot_add_vector(plot, "z", "", true, N), 0, 2 * N * sizeof(double));
	plot_set_scale(plot, 0);
	for (size_t i = 0; i < N; i++) {
		time[i] = (double)i;
		a[i] = 1 + time[i];
		b[i] = 2 * time[i];
		current[i] = -time[i];
	}
	return result;
}

/* The values are start + slope * time. */
static void assert_line(const char *text, double start, double slope)
{
	struct carom_result *result = make_plot();
	struct carom_error err = CAROM_ERROR_INIT;
	double *values;

	column_calculate(carom_result_plot(result, 0), text, &values, &err);
	assert_ok(&err);
	for (size_t i = 0; i < N; i++)
		assert_double_equal(values[i], start + slope * (double)i, 1e-12, 0);
	mem_free(values);
	carom_result_free(result);
}

static void vectors_and_numbers_are_operands(void **state)
{
	(void)state;
	assert_line("v(a)", 1, 1);
	assert_line("V( A )", 1, 1);
	assert_line("a", 1, 1);
	assert_line("i(v1)", 0, -1);
	assert_line("2.5k", 2500, 0);
	assert_line("v(a,b)", 1, -1);
	assert_line("v( b , a )", -1, 1);
}

static void operations_have_their_precedence(void **state)
{
	(void)state;
	assert_line("v(a)-v(b)", 1, -1);
	assert_line("v(a) - 2*v(b) + 1", 2, -3);
	assert_line("(v(a)-v(b))*-3", -3, 3);
	assert_line("v(b)/2/2", 0, 0.5);
	assert_line("--v(a)-+1e-3", 1 - 1e-3, 1);
	assert_line("10-v(a)-v(a)", 8, -2);
	assert_line("abs(i(v1))", 0, 1);
}

static void assert_refusal(const char *text, const char *message)
{
	struct carom_result *result = make_plot();
	struct carom_error err = CAROM_ERROR_INIT;
	double *values = (void *)result;

	assert_int_equal(column_calculate(carom_result_plot(result, 0), text, &values, &err),
			 CAROM_ERROR_VECTOR);
	assert_null(values);
	assert_string_equal(err.text, message);
	carom_result_free(result);
}

static void what_is_no_expression_is_refused_with_its_place(void **state)
{
	(void)state;
	assert_refusal("", "\"\" is no expression of vectors at \"\"");
	assert_refusal("v(a)-", "\"v(a)-\" is no expression of vectors at \"\"");
	assert_refusal("v(a) v(b)", "\"v(a) v(b)\" is no expression of vectors at \"v(b)\"");
	assert_refusal("(v(a)", "\"(v(a)\" is no expression of vectors at \"\"");
	assert_refusal("v(a,b,c)", "\"v(a,b,c)\" is no expression of vectors at \"c)\"");
	assert_refusal("db(v(a))", "\"db(v(a))\" is no expression of vectors at \"db(v(a))\"");
}

static void what_is_no_vector_over_the_points_is_refused(void **state)
{
	(void)state;
	assert_refusal("1+v(none)", "tran1 has no vector v(none)");
	assert_refusal("v(a,none)", "tran1 has no vector v(none)");
	assert_refusal("c", "c is no real vector over the scale of tran1");
	assert_refusal("2*z", "z is no real vector over the scale of tran1");
}

static void depth_has_an_end(void **state)
{
	char text[1000];
	struct carom_result *result = make_plot();
	double *values;
	(void)state;

	for (int i = 0; i < 2; i++) {
		memset(text, i ? '-' : '(', sizeof(text) - 1);
		text[sizeof(text) - 1] = '\0';
		assert_int_equal(
			column_calculate(carom_result_plot(result, 0), text, &values, NULL),
			CAROM_ERROR_VECTOR);
		assert_null(values);
	}
	carom_result_free(result);
}

static void a_lack_of_memory_is_an_error(void **state)
{
	struct carom_result *result = make_plot();
	int n_failures = 0, status = CAROM_ERROR_MEMORY;
	(void)state;

	while (status) {
		struct carom_error err = CAROM_ERROR_INIT;
		double *values;

		mem_fail_after(n_failures);
		status = column_calculate(carom_result_plot(result, 0), "(v(a,b)+1)*abs(i(v1))",
					  &values, &err);
		mem_fail_after(-1);
		mem_free(values);
		assert_true(!status || err.status == CAROM_ERROR_MEMORY);
		n_failures += status != 0;
	}
	assert_int_equal(n_failures, 4);
	carom_result_free(result);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_and_numbers_are_operands),
		cmocka_unit_test(operations_have_their_precedence),
		cmocka_unit_test(what_is_no_expression_is_refused_with_its_place),
		cmocka_unit_test(what_is_no_vector_over_the_points_is_refused),
		cmocka_unit_test(depth_has_an_end),
		cmocka_unit_test(a_lack_of_memory_is_an_error),
	};

	return run_all_tests(tests);
}
