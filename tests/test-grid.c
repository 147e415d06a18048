/* SPDX-License-Identifier: BSD-3-Clause */
/* Plots on other grids: exact values, and the grids that are refused. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "sim/plot.h"
#include "support-circuit.h"

/* time 0 1 1 3; a a ramp with a jump at 1; b of another length. */
static struct carom_result *make_tran(void)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "tran1", "title", 3);

	memcpy(plot_add_vector(plot, "v(a)", "V", false, 4), (double[]){0, 2, 10, 12}, 32);
	memcpy(plot_add_vector(plot, "time", "s", false, 4), (double[]){0, 1, 1, 3}, 32);
	plot_add_vector(plot, "b", "", false, 1)[0] = 7;
	plot_set_scale(plot, 1);
	return result;
}

static struct carom_result *make_scale(const double *values, size_t n)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "dc1", "title", 2);

	memcpy(plot_add_vector(plot, "v-sweep", "V", false, n), values, n * sizeof(double));
	memcpy(plot_add_vector(plot, "v(a)", "V", false, n), values, n * sizeof(double));
	plot_set_scale(plot, 0);
	return result;
}

static struct carom_result *interpolate(struct carom_result *of, const double *values, size_t n)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	carom_plot_interpolate(carom_result_plot(of, 0), values, n, &result, &err);
	assert_ok(&err);
	carom_result_free(of);
	return result;
}

/* The vector of the only plot has exactly these values. */
static void assert_values(const struct carom_result *result, const char *name,
			  const double *expected, size_t n)
{
	const struct carom_vector *vector =
		carom_plot_find_vector(carom_result_plot(result, 0), name);

	assert_non_null(vector);
	assert_int_equal(carom_vector_length(vector), n);
	for (size_t i = 0; i < n; i++)
		assert_same_bits(carom_vector_real(vector)[i], expected[i]);
}

/* Interpolation of that plot fails so; frees it. */
static void assert_refused_grid(struct carom_result *of, const double *values, size_t n,
				const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = of;

	assert_int_equal(carom_plot_interpolate(carom_result_plot(of, 0), values, n, &result, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, message);
	assert_null(result);
	carom_result_free(of);
}

static void values_lie_on_the_line_between_neighbours(void **state)
{
	const double grid[] = {0, 0.25, 0.5, 1.5, 2, 3};
	struct carom_result *result = interpolate(make_tran(), grid, 6);
	const struct carom_plot *plot = carom_result_plot(result, 0);

	(void)state;
	assert_values(result, "v(a)", (double[]){0, 0.5, 1, 10.5, 11, 12}, 6);
	assert_values(result, "time", grid, 6);
	assert_string_equal(carom_plot_name(plot), "tran1");
	assert_string_equal(carom_plot_title(plot), "title");
	assert_string_equal(carom_vector_name(carom_plot_scale(plot)), "time");
	assert_string_equal(carom_vector_unit(carom_plot_find_vector(plot, "v(a)")), "V");
	carom_result_free(result);
}

static void at_a_jump_the_value_behind_it_counts(void **state)
{
	struct carom_result *result = interpolate(make_tran(), (double[]){1, 1}, 2);

	(void)state;
	assert_values(result, "v(a)", (double[]){10, 10}, 2);
	carom_result_free(result);
}

static void a_vector_of_another_length_is_left_out(void **state)
{
	struct carom_result *result = interpolate(make_tran(), (double[]){1}, 1);

	(void)state;
	assert_int_equal(carom_plot_vector_count(carom_result_plot(result, 0)), 2);
	assert_null(carom_plot_find_vector(carom_result_plot(result, 0), "b"));
	carom_result_free(result);
}

static void a_sweep_downwards_is_read_upwards(void **state)
{
	const double grid[] = {1, 1.5, 2, 4.5, 5};
	struct carom_result *result = interpolate(make_scale((double[]){5, 4, 2, 1}, 4), grid, 5);

	(void)state;
	assert_values(result, "v(a)", grid, 5);
	carom_result_free(result);
}

static void the_parts_of_complex_vectors_are_lines_of_their_own(void **state)
{
	struct carom_result *of = result_new(), *result;
	struct carom_plot *plot = result_add_plot(of, "ac1", "title", 2);
	const double *values;

	(void)state;
	memcpy(plot_add_vector(plot, "frequency", "Hz", true, 2), (double[]){1, 0, 3, 0}, 32);
	memcpy(plot_add_vector(plot, "v(a)", "V", true, 2), (double[]){2, -4, 4, 4}, 32);
	plot_set_scale(plot, 0);
	result = interpolate(of, (double[]){1, 1.5}, 2);
	values = carom_vector_complex(carom_plot_find_vector(carom_result_plot(result, 0), "v(a)"));
	assert_memory_equal(values, ((double[]){2, -4, 2.5, -2}), 32);
	values = carom_vector_complex(carom_plot_scale(carom_result_plot(result, 0)));
	assert_memory_equal(values, ((double[]){1, 0, 1.5, 0}), 32);
	carom_result_free(result);
}

static void rounding_beyond_an_end_is_the_end(void **state)
{
	struct carom_result *result = interpolate(make_tran(), (double[]){-1e-12, 3.0000000001}, 2);

	(void)state;
	assert_values(result, "v(a)", (double[]){0, 12}, 2);
	carom_result_free(result);
}

static void a_grid_without_points_gives_vectors_without_points(void **state)
{
	struct carom_result *result = interpolate(make_tran(), NULL, 0);

	(void)state;
	assert_values(result, "v(a)", NULL, 0);
	carom_result_free(result);
}

static void values_outside_of_the_range_are_refused(void **state)
{
	(void)state;
	assert_refused_grid(make_tran(), (double[]){0, 3.1}, 2,
			    "point 1 of the grid is at 3.1, outside of 0 to 3");
	assert_refused_grid(make_tran(), (double[]){-1, 3}, 2,
			    "point 0 of the grid is at -1, outside of 0 to 3");
	assert_refused_grid(make_tran(), (double[]){NAN}, 1,
			    "point 0 of the grid is at nan, outside of 0 to 3");
}

static void a_grid_that_goes_back_is_refused(void **state)
{
	(void)state;
	assert_refused_grid(make_tran(), (double[]){2, 1}, 2, "the grid goes back at its point 1");
}

static void a_scale_that_turns_back_is_refused(void **state)
{
	(void)state;
	assert_refused_grid(make_scale((double[]){0, 1, 2, 0, 1, 2}, 6), (double[]){1}, 1,
			    "dc1 cannot be interpolated: v-sweep turns back at its point 3");
	assert_refused_grid(make_scale((double[]){2, 1, 3, 0}, 4), (double[]){1}, 1,
			    "dc1 cannot be interpolated: v-sweep turns back at its point 2");
}

static void an_operating_point_is_refused(void **state)
{
	struct carom_result *of = result_new();

	(void)state;
	plot_add_vector(result_add_plot(of, "op1", "title", 1), "v(a)", "V", false, 1)[0] = 1;
	assert_refused_grid(of, (double[]){0}, 1, "op1 has no scale to interpolate over");
}

static int attempt(void *arg)
{
	struct carom_result *of = arg, *result;
	int status = carom_plot_interpolate(carom_result_plot(of, 0), (double[]){0, 1}, 2, &result,
					    NULL);

	carom_result_free(result);
	return status;
}

static void no_memory_is_an_error(void **state)
{
	struct carom_result *of = make_tran();

	(void)state;
	assert_survives_no_memory(attempt, of);
	carom_result_free(of);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_lie_on_the_line_between_neighbours),
		cmocka_unit_test(at_a_jump_the_value_behind_it_counts),
		cmocka_unit_test(a_vector_of_another_length_is_left_out),
		cmocka_unit_test(a_sweep_downwards_is_read_upwards),
		cmocka_unit_test(the_parts_of_complex_vectors_are_lines_of_their_own),
		cmocka_unit_test(rounding_beyond_an_end_is_the_end),
		cmocka_unit_test(a_grid_without_points_gives_vectors_without_points),
		cmocka_unit_test(values_outside_of_the_range_are_refused),
		cmocka_unit_test(a_grid_that_goes_back_is_refused),
		cmocka_unit_test(a_scale_that_turns_back_is_refused),
		cmocka_unit_test(an_operating_point_is_refused),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
