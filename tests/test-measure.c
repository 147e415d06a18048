/* SPDX-License-Identifier: BSD-3-Clause */
/* Measurements: what the text may say, what is wrong with it and where, and the numbers taken. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/measure.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

/* ---- the text ---- */

static struct measure parsed(const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct measure measure;

	assert_int_equal(measure_parse(&measure, text, &err), 0);
	assert_ok(&err);
	return measure;
}

static void assert_refused(const char *text, int column, const char *words)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct measure measure;
	char said[sizeof(err)];

	assert_int_equal(measure_parse(&measure, text, &err), CAROM_ERROR_SYNTAX);
	snprintf(said, sizeof(said), "%s; %s", err.text, err.hint);
	if (!strstr(said, words))
		fail_msg("\"%s\" gives \"%s\", which lacks \"%s\"", text, said, words);
	if (err.column != column)
		fail_msg("\"%s\" gives column %d, not %d", text, err.column, column);
}

static void every_reducer_is_known_by_name_in_any_case(void **state)
{
	static const char *const texts[] = {"max(v(a))",   "Min(v(a))",     "PP(v(a))",
					    "avg(v(a))",   "rms(v(a))",     "final(v(a))",
					    "at(v(a), 1)", "cross(v(a), 1)"};
	(void)state;

	for (int i = MEASURE_MAX; i <= MEASURE_CROSS; i++) {
		struct measure measure = parsed(texts[i]);

		assert_int_equal(measure.reducer, i);
		assert_string_equal(measure.expression, "v(a)");
		assert_int_equal(strncasecmp(texts[i], measure_reducer_name(measure.reducer),
					     strcspn(texts[i], "(")),
				 0);
		measure_release(&measure);
	}
}

static void an_expression_keeps_its_own_commas_and_loses_outer_blanks(void **state)
{
	struct measure measure = parsed(" max ( \tv(a,b) - @m1[gm] * {x,y}  ) ");
	(void)state;

	assert_string_equal(measure.expression, "v(a,b) - @m1[gm] * {x,y}");
	assert_int_equal(measure.n_arguments, 0);
	measure_release(&measure);
}

static void cross_takes_level_edge_and_count(void **state)
{
	struct measure measure = parsed("cross(db(v(out)/v(in)), -3, FALL, 12)");
	(void)state;

	assert_string_equal(measure.expression, "db(v(out)/v(in))");
	assert_int_equal(measure.n_arguments, 1);
	assert_null(measure.arguments[0].name);
	assert_same_bits(measure.arguments[0].number, -3);
	assert_int_equal(measure.edge, MEASURE_FALL);
	assert_int_equal(measure.count, 12);
	measure_release(&measure);
}

static void cross_counts_the_first_crossing_of_either_edge_unless_told(void **state)
{
	struct measure bare = parsed("cross(y, 2.5)");
	struct measure edged = parsed("cross(y, 2.5, rise)");
	(void)state;

	assert_int_equal(bare.edge, MEASURE_EITHER);
	assert_int_equal(bare.count, 1);
	assert_int_equal(edged.edge, MEASURE_RISE);
	assert_int_equal(edged.count, 1);
	measure_release(&bare);
	measure_release(&edged);
}

static void a_number_may_have_a_suffix_and_a_unit(void **state)
{
	struct measure measure = parsed("at(v(out), 1.5kHz)");
	(void)state;

	assert_same_bits(measure.arguments[0].number, 1500);
	measure_release(&measure);
}

static void an_argument_may_name_an_earlier_measurement(void **state)
{
	struct measure measure = parsed("cross(db(v(out)), Gain_3db, fall)");
	(void)state;

	assert_string_equal(measure.arguments[0].name, "Gain_3db");
	assert_true(isnan(measure.arguments[0].number));
	measure_release(&measure);
	assert_null(measure.expression);
	assert_int_equal(measure.n_arguments, 0);
}

static void an_unknown_reducer_is_told_the_known_ones_and_the_nearest(void **state)
{
	(void)state;
	assert_refused("  maximum(v(a))", 3,
		       "unknown reducer \"maximum\"; did you mean \"max\"? Known are max, min, pp, "
		       "avg, rms, final, at, cross");
	assert_refused("average(v(a))", 1, "did you mean \"avg\"?");
	assert_refused("crossing(v(a), 1)", 1, "did you mean \"cross\"?");
	assert_refused("mean(v(a))", 1, "unknown reducer \"mean\"; known are max,");
}

static void what_is_no_call_is_refused_where_it_stops_being_one(void **state)
{
	(void)state;
	assert_refused("", 1, "begins with a reducer");
	assert_refused("  (v(a))", 3, "begins with a reducer");
	assert_refused("max", 4, "expected \"(\"");
	assert_refused("max v(a)", 5, "expected \"(\"");
	assert_refused("max(v(a)) + 1", 11, "nothing may follow");
}

static void brackets_must_match(void **state)
{
	(void)state;
	assert_refused("max(v(a)", 4, "not closed");
	assert_refused("max(v(a", 6, "not closed");
	assert_refused("max(v(a])", 8, "closes none");
	assert_refused("max(@m1[gm)", 11, "closes none");
	assert_refused("max({a)", 7, "closes none");
}

static void brackets_may_be_nested_deep_but_not_without_end(void **state)
{
	char text[512] = "max";
	struct measure measure;
	(void)state;

	memset(text + 3, '(', 64);
	text[67] = 'y';
	memset(text + 68, ')', 64);
	measure = parsed(text);
	assert_int_equal(strlen(measure.expression), 127);
	measure_release(&measure);
	memset(text + 3, '(', 65);
	assert_refused(text, 68, "too many brackets");
}

static void a_wrong_number_of_arguments_is_told_the_right_form(void **state)
{
	(void)state;
	assert_refused("max(v(a), 1)", 11, "too many arguments; write max(expression)");
	assert_refused("at(v(a))", 8, "too few arguments; write at(expression, x)");
	assert_refused("at(v(a), 1, 2)", 13, "too many");
	assert_refused("cross(v(a))", 11, "too few arguments; write cross(expression, level,");
	assert_refused("cross(v(a),1,rise,1,2)", 21, "too many");
	assert_refused("cross(v(a),1,rise,1,2,3,4)", 21, "too many");
}

static void a_missing_argument_is_pointed_at(void **state)
{
	(void)state;
	assert_refused("max()", 5, "the expression to measure is missing");
	assert_refused("max(  )", 7, "the expression to measure is missing");
	assert_refused("at(, 1)", 4, "the expression to measure is missing");
	assert_refused("at(v(a), )", 10, "an argument is missing");
	assert_refused("cross(v(a),,rise)", 12, "an argument is missing");
}

static void a_bad_argument_is_pointed_at(void **state)
{
	(void)state;
	assert_refused("at(v(a), 1+2)", 10, "expected a number or the name");
	assert_refused("at(v(a), 3x!)", 10, "expected a number or the name");
	assert_refused("at(v(a), 1e999)", 10, "expected a number or the name");
	assert_refused("at(v(a), gain*2)", 10, "expected a number or the name");
	assert_refused("cross(v(a), 1, up)", 16, "expected rise, fall or either");
	assert_refused("cross(v(a), 1, 2)", 16, "expected rise, fall or either");
	assert_refused("cross(v(a), 1, rise, 0)", 22, "counted from 1");
	assert_refused("cross(v(a), 1, rise, -1)", 22, "whole number");
	assert_refused("cross(v(a), 1, rise, 1.5)", 22, "whole number");
	assert_refused("cross(v(a), 1, rise, 4294967297)", 22, "whole number");
}

static void parsing_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	static const char *const texts[] = {"cross(v(a), level, rise, 2)", "at(v(a), 1k)"};
	(void)state;

	for (size_t i = 0; i < N(texts); i++) {
		for (int nth = 0;; nth++) {
			struct carom_error err = CAROM_ERROR_INIT;
			struct measure measure;
			int status;

			mem_fail_after(nth);
			status = measure_parse(&measure, texts[i], &err);
			mem_fail_after(-1);
			if (status == 0) {
				assert_int_equal(nth, 2); /* the argument and the expression */
				measure_release(&measure);
				break;
			}
			assert_int_equal(status, CAROM_ERROR_MEMORY);
			assert_null(measure.expression);
		}
	}
}

static void the_list_of_reducers_survives_a_lack_of_memory(void **state)
{
	struct measure measure;
	(void)state;

	mem_fail_after(0);
	assert_int_equal(measure_parse(&measure, "maximum(y)", NULL), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
}

/* ---- the numbers ---- */

static double taken_at(const char *text, const double *x, const double *y, size_t n,
		       const char **why)
{
	struct measure measure = parsed(text);
	double values[MEASURE_MAX_ARGUMENTS] = {measure.arguments[0].number, 0};
	double result = measure_take(&measure, x, 1, y, 1, n, values, why);

	measure_release(&measure);
	return result;
}

static double taken(const char *text, const double *x, const double *y, size_t n)
{
	const char *why;
	double result = taken_at(text, x, y, n, &why);

	if (why)
		fail_msg("%s: %s", text, why);
	return result;
}

static void assert_not_taken(const char *text, const double *x, const double *y, size_t n,
			     const char *reason)
{
	const char *why;

	assert_true(isnan(taken_at(text, x, y, n, &why)));
	assert_non_null(why);
	assert_string_equal(why, reason);
}

static const char not_a_number[] = "the expression has a value that is not a number";
static const char not_finite[] = "the result is not a finite number";
static const char no_scale[] = "there is no scale to measure over";
static const char not_monotone[] = "the scale does not go one way";
static const char outside[] = "outside the scale";
static const char never[] = "never crosses the level";

static void extremes_and_their_difference_are_exact(void **state)
{
	static const double y[] = {1, -2.5, 7, 3};
	(void)state;

	assert_same_bits(taken("max(y)", NULL, y, 4), 7);
	assert_same_bits(taken("min(y)", NULL, y, 4), -2.5);
	assert_same_bits(taken("pp(y)", NULL, y, 4), 9.5);
	assert_same_bits(taken("final(y)", NULL, y, 4), 3);
}

static void the_average_weighs_each_stretch_by_its_length(void **state)
{
	static const double x[] = {0, 1, 4};
	static const double y[] = {0, 2, 2};
	(void)state;

	assert_double_equal(taken("avg(y)", x, y, 3), (1 + 6) / 4.0, 1e-15, 0);
}

static void the_rms_is_the_trapezoid_rule_over_squares(void **state)
{
	static const double x[] = {0, 1, 3};
	static const double y[] = {3, -1, 1};
	(void)state;

	assert_double_equal(taken("rms(y)", x, y, 3), sqrt((5 + 2) / 3.0), 1e-15, 0);
}

static void the_rms_of_a_sine_is_its_amplitude_over_root_two(void **state)
{
	double x[1001], y[1001];
	(void)state;

	for (int i = 0; i <= 1000; i++) {
		x[i] = i * 1e-6;
		y[i] = 5 * sin(2 * M_PI * i / 1000);
	}
	assert_double_equal(taken("rms(y)", x, y, 1001), 5 / sqrt(2), 1e-12, 0);
	assert_double_equal(taken("avg(y)", x, y, 1001), 0, 0, 1e-12);
}

static void a_scale_that_goes_down_gives_the_same_means(void **state)
{
	static const double x[] = {4, 1, 0};
	static const double y[] = {2, 2, 0};
	(void)state;

	assert_double_equal(taken("avg(y)", x, y, 3), 1.75, 1e-15, 0);
	assert_double_equal(taken("rms(y)", x, y, 3), sqrt((2 + 12) / 4.0), 1e-15, 0);
}

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

static void one_point_can_be_asked_for_at_its_own_scale_only(void **state)
{
	static const double x[] = {2}, y[] = {5}, x_bad[] = {NAN};
	(void)state;

	assert_same_bits(taken("at(y, 2)", x, y, 1), 5);
	assert_not_taken("at(y, 3)", x, y, 1, outside);
	assert_not_taken("at(y, 2)", x_bad, y, 1, not_monotone);
	assert_not_taken("at(y, 2)", NULL, y, 1, no_scale);
	assert_not_taken("cross(y, 2)", x, y, 1, never);
	assert_not_taken("cross(y, 2)", NULL, y, 1, no_scale);
}

static void at_interpolates_between_neighbours_and_is_exact_on_points(void **state)
{
	static const double x[] = {0, 1, 3}, y[] = {0, 10, 20};
	(void)state;

	assert_same_bits(taken("at(y, 0)", x, y, 3), 0);
	assert_same_bits(taken("at(y, 0.25)", x, y, 3), 2.5);
	assert_same_bits(taken("at(y, 1)", x, y, 3), 10);
	assert_same_bits(taken("at(y, 2)", x, y, 3), 15);
	assert_same_bits(taken("at(y, 3)", x, y, 3), 20);
}

static void at_reads_a_scale_that_goes_down(void **state)
{
	static const double x[] = {3, 1, 0}, y[] = {20, 10, 0};
	(void)state;

	assert_same_bits(taken("at(y, 3)", x, y, 3), 20);
	assert_same_bits(taken("at(y, 2)", x, y, 3), 15);
	assert_same_bits(taken("at(y, 1)", x, y, 3), 10);
	assert_same_bits(taken("at(y, 0)", x, y, 3), 0);
	assert_not_taken("at(y, 3.1)", x, y, 3, outside);
	assert_not_taken("at(y, -0.1)", x, y, 3, outside);
}

static void at_takes_the_first_of_several_points_at_one_place(void **state)
{
	static const double x[] = {0, 1, 1, 2}, y[] = {0, 3, 7, 9};
	(void)state;

	assert_same_bits(taken("at(y, 1)", x, y, 4), 3);
	assert_same_bits(taken("at(y, 1.5)", x, y, 4), 8);
}

static void at_forgives_the_rounding_of_a_sweep_at_its_ends(void **state)
{
	static const double decade[] = {1, 999999.99999999}, y[] = {1, 2};
	static const double linear[] = {-5, -1.7e-15};
	(void)state;

	assert_same_bits(taken("at(y, 1meg)", decade, y, 2), 2);
	assert_not_taken("at(y, 1.001meg)", decade, y, 2, outside);
	assert_not_taken("at(y, 0.9999)", decade, y, 2, outside);
	assert_same_bits(taken("at(y, 0)", linear, y, 2), 2);
	assert_not_taken("at(y, 1n)", linear, y, 2, outside);
}

static void a_scale_that_turns_back_has_no_mean_and_no_place(void **state)
{
	static const double x[] = {0, 1, 0, 1}, y[] = {1, 2, 3, 4}, flat[] = {2, 2, 2, 2};
	static const double broken[] = {0, NAN, 1, 2};
	(void)state;

	assert_not_taken("avg(y)", x, y, 4, not_monotone);
	assert_not_taken("rms(y)", x, y, 4, not_monotone);
	assert_not_taken("at(y, 0.5)", x, y, 4, not_monotone);
	assert_not_taken("at(y, 0.5)", broken, y, 4, not_monotone);
	assert_not_taken("avg(y)", flat, y, 4, "the scale spans nothing");
	assert_not_taken("avg(y)", NULL, y, 4, no_scale);
}

static void cross_interpolates_the_place(void **state)
{
	static const double x[] = {0, 1, 2}, y[] = {0, 4, 0};
	(void)state;

	assert_same_bits(taken("cross(y, 1)", x, y, 3), 0.25);
	assert_same_bits(taken("cross(y, 1, rise)", x, y, 3), 0.25);
	assert_same_bits(taken("cross(y, 1, fall)", x, y, 3), 1.75);
	assert_same_bits(taken("cross(y, 1, either, 2)", x, y, 3), 1.75);
}

static void cross_counts_only_the_edge_asked_for(void **state)
{
	static const double x[] = {0, 1, 2, 3, 4}, y[] = {-1, 1, -1, 1, -1};
	(void)state;

	assert_same_bits(taken("cross(y, 0, rise, 2)", x, y, 5), 2.5);
	assert_same_bits(taken("cross(y, 0, fall, 2)", x, y, 5), 3.5);
	assert_same_bits(taken("cross(y, 0, either, 4)", x, y, 5), 3.5);
	assert_not_taken("cross(y, 0, rise, 3)", x, y, 5, "crosses the level fewer times");
	assert_not_taken("cross(y, 5)", x, y, 5, never);
}

static void a_point_on_the_level_is_one_crossing_at_its_place(void **state)
{
	static const double x[] = {0, 1, 2, 3}, through[] = {-1, 0, 1, 2}, rest[] = {-1, 0, 0, 1};
	(void)state;

	assert_same_bits(taken("cross(y, 0)", x, through, 4), 1);
	assert_not_taken("cross(y, 0, either, 2)", x, through, 4, "crosses the level fewer times");
	assert_same_bits(taken("cross(y, 0, rise)", x, rest, 4), 1);
	assert_not_taken("cross(y, 0, either, 2)", x, rest, 4, "crosses the level fewer times");
}

static void touching_starting_or_ending_on_the_level_is_no_crossing(void **state)
{
	static const double x[] = {0, 1, 2}, touch[] = {-1, 0, -1}, start[] = {0, 1, 2},
			    end[] = {-2, -1, 0}, flat[] = {0, 0, 0};
	(void)state;

	assert_not_taken("cross(y, 0)", x, touch, 3, never);
	assert_not_taken("cross(y, 0)", x, start, 3, never);
	assert_not_taken("cross(y, 0)", x, end, 3, never);
	assert_not_taken("cross(y, 0)", x, flat, 3, never);
}

static void cross_walks_a_scale_of_any_direction_in_order(void **state)
{
	static const double down[] = {2, 1, 0}, back[] = {0, 1, 0}, y[] = {0, 4, 0};
	(void)state;

	assert_same_bits(taken("cross(y, 1)", down, y, 3), 1.75);
	assert_same_bits(taken("cross(y, 1, either, 2)", back, y, 3), 0.25);
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

static void the_real_parts_of_complex_columns_are_read_by_strides(void **state)
{
	static const double x[] = {1, 0, 2, 0, 3, 0}, y[] = {5, -99, 7, -99, 1, -99};
	struct measure measure = parsed("cross(y, 6, fall)");
	const char *why;
	(void)state;

	assert_double_equal(measure_take(&measure, x, 2, y, 2, 3, (double[]){6, 0}, &why),
			    2 + 1 / 6.0, 1e-15, 0);
	measure_release(&measure);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_reducer_is_known_by_name_in_any_case),
		cmocka_unit_test(an_expression_keeps_its_own_commas_and_loses_outer_blanks),
		cmocka_unit_test(cross_takes_level_edge_and_count),
		cmocka_unit_test(cross_counts_the_first_crossing_of_either_edge_unless_told),
		cmocka_unit_test(a_number_may_have_a_suffix_and_a_unit),
		cmocka_unit_test(an_argument_may_name_an_earlier_measurement),
		cmocka_unit_test(an_unknown_reducer_is_told_the_known_ones_and_the_nearest),
		cmocka_unit_test(what_is_no_call_is_refused_where_it_stops_being_one),
		cmocka_unit_test(brackets_must_match),
		cmocka_unit_test(brackets_may_be_nested_deep_but_not_without_end),
		cmocka_unit_test(a_wrong_number_of_arguments_is_told_the_right_form),
		cmocka_unit_test(a_missing_argument_is_pointed_at),
		cmocka_unit_test(a_bad_argument_is_pointed_at),
		cmocka_unit_test(parsing_survives_a_lack_of_memory_at_every_allocation),
		cmocka_unit_test(the_list_of_reducers_survives_a_lack_of_memory),
		cmocka_unit_test(extremes_and_their_difference_are_exact),
		cmocka_unit_test(the_average_weighs_each_stretch_by_its_length),
		cmocka_unit_test(the_rms_is_the_trapezoid_rule_over_squares),
		cmocka_unit_test(the_rms_of_a_sine_is_its_amplitude_over_root_two),
		cmocka_unit_test(a_scale_that_goes_down_gives_the_same_means),
		cmocka_unit_test(one_point_is_its_own_average_rms_and_extremes),
		cmocka_unit_test(one_point_can_be_asked_for_at_its_own_scale_only),
		cmocka_unit_test(at_interpolates_between_neighbours_and_is_exact_on_points),
		cmocka_unit_test(at_reads_a_scale_that_goes_down),
		cmocka_unit_test(at_takes_the_first_of_several_points_at_one_place),
		cmocka_unit_test(at_forgives_the_rounding_of_a_sweep_at_its_ends),
		cmocka_unit_test(a_scale_that_turns_back_has_no_mean_and_no_place),
		cmocka_unit_test(cross_interpolates_the_place),
		cmocka_unit_test(cross_counts_only_the_edge_asked_for),
		cmocka_unit_test(a_point_on_the_level_is_one_crossing_at_its_place),
		cmocka_unit_test(touching_starting_or_ending_on_the_level_is_no_crossing),
		cmocka_unit_test(cross_walks_a_scale_of_any_direction_in_order),
		cmocka_unit_test(a_value_that_is_not_a_number_spoils_what_looks_at_it),
		cmocka_unit_test(a_value_that_is_not_a_number_elsewhere_spoils_nothing),
		cmocka_unit_test(an_infinite_result_is_none),
		cmocka_unit_test(no_points_give_no_number),
		cmocka_unit_test(an_earlier_measurement_without_a_value_gives_none),
		cmocka_unit_test(the_real_parts_of_complex_columns_are_read_by_strides),
	};

	return run_all_tests(tests);
}
