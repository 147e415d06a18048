/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers of a page. */
#include "report/thin.h"

#include <math.h>
#include <stdlib.h>

#include "support.h"

static void numbers_are_rounded_to_a_millionth_of_their_range(void **state)
{
	const double values[] = {0, 0.123456789, 1};
	json_t *array = thin_array(values, 3);
	char *text = json_dumps(array, JSON_COMPACT | JSON_REAL_PRECISION(15));

	(void)state;
	assert_string_equal(text, "[0.0,0.123457,1.0]");
	free(text);
	json_decref(array);
}

static void a_small_spread_keeps_its_digits(void **state)
{
	const double values[] = {1.0000000012345678, 1.0000000098765432};
	json_t *array = thin_array(values, 2);

	(void)state;
	assert_double_equal(json_real_value(json_array_get(array, 0)), values[0], 0, 1e-14);
	assert_double_equal(json_real_value(json_array_get(array, 1)), values[1], 0, 1e-14);
	json_decref(array);
}

static void places_are_those_of_the_range(void **state)
{
	(void)state;
	assert_int_equal(thin_place(0, 1), -6);
	assert_int_equal(thin_place(-5, 5), -5);
	assert_int_equal(thin_place(0, 9e-12), -18);
	assert_int_equal(thin_place(0, 3e9), 3);
	assert_double_equal(thin_round(123456, 3), 123000, 0, 0);
	assert_double_equal(thin_round(-1.25, -1), -1.3, 0, 0);
}

static void what_has_no_place_stays_as_it_is(void **state)
{
	const double same[] = {1.0 / 3, 1.0 / 3}, tiny[] = {0, 4.9e-324}, wide[] = {-1e308, 1e308};

	(void)state;
	assert_same_bits(thin_round(same[0], thin_place(same[0], same[1])), same[0]);
	assert_same_bits(thin_round(tiny[1], thin_place(tiny[0], tiny[1])), tiny[1]);
	assert_same_bits(thin_round(wide[1], thin_place(wide[0], wide[1])), wide[1]);
}

static void what_is_not_finite_is_null(void **state)
{
	const double values[] = {NAN, 1, INFINITY, 2};
	json_t *array = thin_array(values, 4), *exact = thin_exact(values, 4);
	json_t *interval = thin_interval((struct carom_interval){-INFINITY, 0.1});

	(void)state;
	assert_true(json_is_null(json_array_get(array, 0)) &&
		    json_is_null(json_array_get(array, 2)));
	assert_double_equal(json_real_value(json_array_get(array, 3)), 2, 0, 0);
	assert_true(json_is_null(json_array_get(exact, 0)));
	assert_true(json_is_null(json_array_get(interval, 0)));
	assert_double_equal(json_real_value(json_array_get(interval, 1)), 0.1, 0, 0);
	json_decref(array);
	json_decref(exact);
	json_decref(interval);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_are_rounded_to_a_millionth_of_their_range),
		cmocka_unit_test(a_small_spread_keeps_its_digits),
		cmocka_unit_test(places_are_those_of_the_range),
		cmocka_unit_test(what_has_no_place_stays_as_it_is),
		cmocka_unit_test(what_is_not_finite_is_null),
	};

	return run_all_tests(tests);
}
