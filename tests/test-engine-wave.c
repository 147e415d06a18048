/* SPDX-License-Identifier: BSD-3-Clause */
/* From a column to a kept waveform: places between points, level and phase, and what there is none of. */
#include "study/engine-wave.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "support.h"

static double places[] = {0, 0.5, 2, 3};
static const struct job_grid grid = {.values = places, .n = 4};

static int keep(enum job_part part, const struct measure_column *column, double *values,
		const char **why, struct carom_error *err)
{
	const struct job_wave wave = {.expression = (char *)"v(a)", .part = part};
	struct wave_room room = {NULL, 0};
	int status;

	*why = NULL;
	for (size_t i = 0; i < grid.n; i++)
		values[i] = -1;
	status = engine_keep_wave(&wave, &grid, column, &room, values, why, err);
	mem_free(room.values);
	return status;
}

static void values_lie_on_the_lines_between_points(void **state)
{
	const double x[] = {0, 1, 3}, y[] = {1, 2, 10};
	const struct measure_column column = {x, 1, y, false, 3};
	double values[4];
	const char *why;

	(void)state;
	assert_int_equal(keep(JOB_PART_REAL, &column, values, &why, NULL), 0);
	assert_null(why);
	assert_same_bits(values[0], 1);
	assert_same_bits(values[1], 1.5);
	assert_same_bits(values[2], 6);
	assert_same_bits(values[3], 10);
}

static void outside_of_the_scale_there_is_no_value(void **state)
{
	const double x[] = {0.4, 1, 2.5}, y[] = {0, 6, 7};
	const struct measure_column column = {x, 1, y, false, 3};
	double values[4];
	const char *why;

	(void)state;
	assert_int_equal(keep(JOB_PART_REAL, &column, values, &why, NULL), 0);
	assert_null(why);
	assert_true(isnan(values[0]) && isnan(values[3]));
	assert_double_equal(values[1], 1, 1e-12, 0);
}

static void a_scale_may_go_down_and_be_complex(void **state)
{
	const double x[] = {4, 0, 2, 0, 0, 0}, y[] = {40, 20, 0};
	const struct measure_column column = {x, 2, y, false, 3};
	double values[4];
	const char *why;

	(void)state;
	assert_int_equal(keep(JOB_PART_REAL, &column, values, &why, NULL), 0);
	assert_same_bits(values[0], 0);
	assert_same_bits(values[1], 5);
	assert_same_bits(values[2], 20);
	assert_same_bits(values[3], 30);
}

/* From 1 at 0 degrees by j10 to -100: the level and the phase go straight up. */
static void level_and_phase_are_what_is_interpolated(void **state)
{
	const double x[] = {0, 1, 3}, y[] = {1, 0, 0, 10, -100, -1e-12};
	const struct measure_column column = {x, 1, y, true, 3};
	double values[4];
	const char *why;

	(void)state;
	assert_int_equal(keep(JOB_PART_DB, &column, values, &why, NULL), 0);
	assert_null(why);
	assert_double_equal(values[0], 0, 0, 1e-12);
	assert_double_equal(values[1], 10, 1e-12, 0);
	assert_double_equal(values[2], 30, 1e-12, 0);
	assert_int_equal(keep(JOB_PART_PHASE, &column, values, &why, NULL), 0);
	assert_double_equal(values[1], 45, 1e-12, 0);
	assert_double_equal(values[2], 135, 1e-12, 0);
	assert_double_equal(values[3], 180, 1e-12, 0); /* goes on, does not turn to -180 */
}

static void where_a_response_is_nothing_its_level_is_minus_infinite(void **state)
{
	const double x[] = {0, 3}, y[] = {0, 0, 1, 0};
	const struct measure_column column = {x, 1, y, true, 2};
	double values[4];
	const char *why;

	(void)state;
	assert_int_equal(keep(JOB_PART_DB, &column, values, &why, NULL), 0);
	assert_true(isinf(values[0]) && values[0] < 0);
	assert_same_bits(values[3], 0);
}

static void what_cannot_be_kept_is_told_why(void **state)
{
	const double x[] = {0, 2, 1}, y[] = {1, 0, NAN, 0, 1, 0};
	const struct measure_column there_and_back = {x, 1, y, false, 3};
	const struct measure_column no_number = {x, 1, y, true, 2};
	double values[4];
	const char *why;

	(void)state;
	assert_int_equal(keep(JOB_PART_REAL, &there_and_back, values, &why, NULL), 0);
	assert_string_equal(why, "the scale does not go one way");
	assert_same_bits(values[0], -1);
	assert_int_equal(keep(JOB_PART_DB, &no_number, values, &why, NULL), 0);
	assert_string_equal(why, "the expression has a value that is not a number");
	assert_same_bits(values[0], -1);
}

static void a_single_point_is_kept_where_it_is(void **state)
{
	const double x[] = {2}, y[] = {7};
	const struct measure_column column = {x, 1, y, false, 1};
	double values[4];
	const char *why;

	(void)state;
	assert_int_equal(keep(JOB_PART_REAL, &column, values, &why, NULL), 0);
	assert_same_bits(values[2], 7);
	assert_true(isnan(values[1]) && isnan(values[3]));
}

static void a_column_of_the_other_kind_is_an_error(void **state)
{
	const double x[] = {0, 1}, y[] = {1, 0, 2, 0};
	const struct measure_column real = {x, 1, y, false, 2}, complex = {x, 1, y, true, 2};
	struct carom_error err = CAROM_ERROR_INIT;
	double values[4];
	const char *why;

	(void)state;
	assert_int_equal(keep(JOB_PART_REAL, &complex, values, &why, &err), CAROM_ERROR_VECTOR);
	assert_string_equal(err.text, "v(a) is complex: keep db(), mag(), cph(), real() or imag() "
				      "of it");
	carom_error_clear(&err);
	assert_int_equal(keep(JOB_PART_DB, &real, values, &why, &err), CAROM_ERROR_VECTOR);
	assert_string_equal(err.text, "v(a) is real: keep real(v(a))");
}

static void memory_that_runs_out_is_an_error(void **state)
{
	const double x[] = {0, 1}, y[] = {1, 0, 2, 0};
	const struct measure_column column = {x, 1, y, true, 2};
	double values[4];
	const char *why;

	(void)state;
	mem_fail_after(0);
	assert_int_equal(keep(JOB_PART_DB, &column, values, &why, NULL), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_lie_on_the_lines_between_points),
		cmocka_unit_test(outside_of_the_scale_there_is_no_value),
		cmocka_unit_test(a_scale_may_go_down_and_be_complex),
		cmocka_unit_test(level_and_phase_are_what_is_interpolated),
		cmocka_unit_test(where_a_response_is_nothing_its_level_is_minus_infinite),
		cmocka_unit_test(what_cannot_be_kept_is_told_why),
		cmocka_unit_test(a_single_point_is_kept_where_it_is),
		cmocka_unit_test(a_column_of_the_other_kind_is_an_error),
		cmocka_unit_test(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
