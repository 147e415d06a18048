/* SPDX-License-Identifier: BSD-3-Clause */
/* Cells: where samples stand among corners, steps and draws, and the values of steps. */
#include "study/cells.h"

#include <math.h>

#include "support.h"

static void a_study_without_corners_is_one_cell(void **state)
{
	const struct cells cells = {1000, 1, 1};
	struct cells_place place = cells_place(&cells, 999);
	uint64_t n_cells, n_samples;

	(void)state;
	assert_true(cells_count(&cells, &n_cells, &n_samples));
	assert_true(n_cells == 1 && n_samples == 1000);
	assert_true(place.corner == 0 && place.step == 0 && place.draw == 999);
}

static void every_place_is_taken_once_in_order(void **state)
{
	const struct cells cells = {.n_draws = 5, .n_corners = 3, .n_steps = 4};
	uint64_t n_cells, n_samples, sample = 0;

	(void)state;
	assert_true(cells_count(&cells, &n_cells, &n_samples));
	assert_true(n_cells == 12 && n_samples == 60);
	for (uint64_t corner = 0; corner < 3; corner++)
		for (uint64_t step = 0; step < 4; step++)
			for (uint64_t draw = 0; draw < 5; draw++, sample++) {
				struct cells_place place = cells_place(&cells, sample);

				assert_true(place.corner == corner && place.step == step &&
					    place.draw == draw);
			}
}

static void samples_beyond_the_last_are_of_the_last_cell(void **state)
{
	struct cells_place place = cells_place(&(struct cells){5, 3, 4}, 62);

	(void)state;
	assert_true(place.corner == 2 && place.step == 3 && place.draw == 7);
}

static void more_samples_than_there_are_numbers_are_refused(void **state)
{
	uint64_t n_cells, n_samples;

	(void)state;
	assert_false(cells_count(&(struct cells){1, UINT64_MAX, 2}, &n_cells, &n_samples));
	assert_false(cells_count(&(struct cells){1u << 31, 1u << 31, 2}, &n_cells, &n_samples));
	assert_true(cells_count(&(struct cells){1u << 31, 1u << 31, 1}, &n_cells, &n_samples));
}

static void assert_values(enum cells_spacing spacing, double begin, double end, uint64_t points,
			  const double *expected, uint64_t n)
{
	assert_int_equal(cells_spaced_count(spacing, begin, end, points), n);
	for (uint64_t i = 0; i < n; i++)
		assert_double_equal(cells_spaced_value(spacing, begin, end, points, i), expected[i],
				    1e-14, 0);
}

static void linear_values_have_one_distance(void **state)
{
	(void)state;
	assert_values(CELLS_LIN, 1, 3, 5, (double[]){1, 1.5, 2, 2.5, 3}, 5);
	assert_values(CELLS_LIN, 3, 1, 3, (double[]){3, 2, 1}, 3);
	assert_values(CELLS_LIN, -1, 1, 2, (double[]){-1, 1}, 2);
	assert_values(CELLS_LIN, 7, 7, 1, (double[]){7}, 1);
}

static void logarithmic_values_have_one_ratio(void **state)
{
	(void)state;
	assert_values(CELLS_DEC, 1, 1e3, 1, (double[]){1, 10, 100, 1e3}, 4);
	assert_values(CELLS_DEC, 1e3, 10, 1, (double[]){1e3, 100, 10}, 3);
	assert_values(CELLS_DEC, -1, -100, 1, (double[]){-1, -10, -100}, 3);
	assert_values(CELLS_DEC, 1, 10, 2, (double[]){1, 3.1622776601683795, 10}, 3);
	assert_values(CELLS_OCT, 1e3, 8e3, 1, (double[]){1e3, 2e3, 4e3, 8e3}, 4);
	assert_values(CELLS_OCT, 5, 5, 3, (double[]){5}, 1);
}

static void an_end_between_two_values_is_none(void **state)
{
	(void)state;
	assert_values(CELLS_DEC, 1, 50, 1, (double[]){1, 10}, 2);
	assert_values(CELLS_OCT, 1, 7.99, 1, (double[]){1, 2, 4}, 3);
}

/* Whatever the rounding on the way: 1e-12 to 1e-9 is three decades to the bit of both ends. */
static void ends_are_exact(void **state)
{
	(void)state;
	for (int n = 1; n <= 100; n++) {
		uint64_t count = cells_spaced_count(CELLS_DEC, 1e-12, 1e-9, (uint64_t)n);

		assert_int_equal(count, 3 * n + 1);
		assert_same_bits(cells_spaced_value(CELLS_DEC, 1e-12, 1e-9, (uint64_t)n, 0), 1e-12);
		assert_same_bits(cells_spaced_value(CELLS_DEC, 1e-12, 1e-9, (uint64_t)n, count - 1),
				 1e-9);
		assert_same_bits(
			cells_spaced_value(CELLS_LIN, 0.1, 0.7, (uint64_t)n + 1, (uint64_t)n), 0.7);
	}
}

static void ends_that_do_not_go_with_the_spacing_are_refused(void **state)
{
	(void)state;
	assert_int_equal(cells_spaced_count(CELLS_LIN, 1, 2, 0), 0);
	assert_int_equal(cells_spaced_count(CELLS_LIN, 1, 2, 1), 0);
	assert_int_equal(cells_spaced_count(CELLS_DEC, 0, 1, 5), 0);
	assert_int_equal(cells_spaced_count(CELLS_DEC, 1, 0, 5), 0);
	assert_int_equal(cells_spaced_count(CELLS_OCT, -1, 1, 5), 0);
	assert_true(cells_spaced_count(CELLS_LIN, 1, 2, CELLS_MAX_VALUES + 1) == UINT64_MAX);
	assert_true(cells_spaced_count(CELLS_DEC, 1e-300, 1, CELLS_MAX_VALUES) == UINT64_MAX);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_study_without_corners_is_one_cell),
		cmocka_unit_test(every_place_is_taken_once_in_order),
		cmocka_unit_test(samples_beyond_the_last_are_of_the_last_cell),
		cmocka_unit_test(more_samples_than_there_are_numbers_are_refused),
		cmocka_unit_test(linear_values_have_one_distance),
		cmocka_unit_test(logarithmic_values_have_one_ratio),
		cmocka_unit_test(an_end_between_two_values_is_none),
		cmocka_unit_test(ends_are_exact),
		cmocka_unit_test(ends_that_do_not_go_with_the_spacing_are_refused),
	};

	return run_all_tests(tests);
}
