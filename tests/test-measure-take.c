/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of what all measurements have in common. */
#include <stdlib.h>

#include "base/mem.h"
#include "support-measure.h"

static const char not_a_number[] = "the expression has a value that is not a number";
static const char not_finite[] = "the result is not a finite number";

static void one_point_is_its_own_average_rms_and_extremes(void **state)
{
	static const double y[] = {-4};
	(void)state;

	assert_same_bits(taken("avg(y)", NULL, y, 1), -4);
	assert_same_bits(taken("rms(y)", NULL, y, 1), 4);
	assert_same_bits(taken("max(y)", NULL, y, 1), -4);
	assert_same_bits(taken("pp(y)", NULL, y, 1), 0);
	assert_same_bits(taken("final(y)", NULL, y, 1), -4);
}

static void a_value_that_is_not_a_number_spoils_what_looks_at_it(void **state)
{
	static const double x[] = {0, 1, 2, 3}, y[] = {0, 2, NAN, 4};
	(void)state;

	assert_not_taken("max(y)", x, y, 4, not_a_number);
	assert_not_taken("min(y)", x, y, 4, not_a_number);
	assert_not_taken("pp(y)", x, y, 4, not_a_number);
	assert_not_taken("avg(y)", x, y, 4, not_finite);
	assert_not_taken("rms(y)", x, y, 4, not_finite);
	assert_not_taken("cross(y, 3)", x, y, 4, not_a_number);
	assert_not_taken("at(y, 1.5)", x, y, 4, not_finite);
	assert_not_taken("final(y)", x, y, 3, not_finite);
	assert_not_taken("max(y)", x, &y[2], 1, not_a_number);
}

static void a_value_that_is_not_a_number_elsewhere_spoils_nothing(void **state)
{
	static const double x[] = {0, 1, 2, 3}, y[] = {0, 2, NAN, 4};
	(void)state;

	assert_same_bits(taken("at(y, 0.5)", x, y, 4), 1);
	assert_same_bits(taken("cross(y, 1)", x, y, 4), 0.5);
	assert_same_bits(taken("final(y)", x, y, 4), 4);
}

static void an_infinite_result_is_none(void **state)
{
	static const double x[] = {0, 1, 2}, y[] = {1, -INFINITY, 3};
	(void)state;

	assert_same_bits(taken("max(y)", x, y, 3), 3);
	assert_not_taken("min(y)", x, y, 3, not_finite);
	assert_not_taken("pp(y)", x, y, 3, not_finite);
	assert_not_taken("avg(y)", x, y, 3, not_finite);
	assert_not_taken("cross(y, 0)", x, y, 3, not_finite);
}

static void no_points_give_no_number(void **state)
{
	(void)state;
	assert_not_taken("max(y)", NULL, NULL, 0, "there are no points");
	assert_not_taken("cross(y, 1)", NULL, NULL, 0, "there are no points");
}

static void an_earlier_measurement_without_a_value_gives_none(void **state)
{
	static const double x[] = {0, 1}, y[] = {0, 1};
	(void)state;

	assert_not_taken("cross(y, gain)", x, y, 2,
			 "an earlier measurement that is needed has no value");
}

static void real_parts_of_a_complex_scale_are_read_by_strides(void **state)
{
	static const double x[] = {1, 0, 2, 0, 3, 0}, y[] = {5, 7, 1};
	const struct measure_column column = {x, 2, y, false, 3};
	struct measure measure;
	double values[MEASURE_MAX_ARGUMENTS];
	const char *why;
	(void)state;

	assert_int_equal(measure_parse(&measure, "cross(y, 6, fall)", NULL), 0);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		values[i] = measure.arguments[i].number;
	assert_double_equal(measure_take(&measure, &column, values, &why), 2 + 1 / 6.0, 1e-15, 0);
	measure_release(&measure);
}

static void complex_where_real_is_needed_is_no_number_and_the_other_way_round(void **state)
{
	static const double x[] = {1, 2, 3}, y[] = {1, 0, 2, 0, 3, 0};
	(void)state;

	assert_not_taken_complex("max(y)", x, y, 3,
				 "the expression is complex: measure db(), mag(), cph(), real() or "
				 "imag() of it");
	assert_not_taken("phase_margin(y)", x, y, 3,
			 "the expression is real: a complex response is needed, such as "
			 "v(out)/v(in)");
}

static void a_window_by_a_measurement_without_a_value_gives_none(void **state)
{
	static const double x[] = {0, 1}, y[] = {0, 1};
	(void)state;

	assert_not_taken("max(y, from=start)", x, y, 2,
			 "an earlier measurement that is needed has no value");
}

static double *make_wave(size_t n)
{
	double *wave = malloc(2 * n * sizeof(*wave));

	assert_non_null(wave);
	for (size_t i = 0; i < n; i++) {
		wave[i] = (double)i;
		wave[n + i] = sin((double)i);
	}
	return wave;
}

static void no_reducer_needs_memory(void **state)
{
	double *wave = make_wave(500);
	(void)state;

	for (int i = 0; i < MEASURE_N_REDUCERS; i++) {
		const struct measure_rule *rule = measure_rule((enum measure_reducer)i);
		const struct measure_column column = {wave, 1, &wave[500], rule->is_of_complex,
						      rule->is_of_complex ? 250 : 500};
		const struct measure_column columns[] = {column, column};
		double values[MEASURE_MAX_ARGUMENTS] = {0.1, 0.9, 0.5, 1, 1, 1, 1, 1, 1, 1, 99};
		struct measure measure = {.reducer = (enum measure_reducer)i};
		const char *why;

		double before = measure_take(&measure, columns, values, &why), after;

		mem_fail_after(0);
		after = measure_take(&measure, columns, values, &why);
		mem_fail_after(-1);
		assert_true(before == after || (isnan(before) && isnan(after)));
	}
	free(wave);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_point_is_its_own_average_rms_and_extremes),
		cmocka_unit_test(a_value_that_is_not_a_number_spoils_what_looks_at_it),
		cmocka_unit_test(a_value_that_is_not_a_number_elsewhere_spoils_nothing),
		cmocka_unit_test(an_infinite_result_is_none),
		cmocka_unit_test(no_points_give_no_number),
		cmocka_unit_test(an_earlier_measurement_without_a_value_gives_none),
		cmocka_unit_test(real_parts_of_a_complex_scale_are_read_by_strides),
		cmocka_unit_test(complex_where_real_is_needed_is_no_number_and_the_other_way_round),
		cmocka_unit_test(a_window_by_a_measurement_without_a_value_gives_none),
		cmocka_unit_test(no_reducer_needs_memory),
	};

	return run_all_tests(tests);
}
