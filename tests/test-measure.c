/* SPDX-License-Identifier: BSD-3-Clause */
/* Measurements: what the text may say, what is wrong with it and where, and the numbers taken. */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
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
	static const char *const texts[] = {"max(v(a))",     "Min(v(a))",      "PP(v(a))",
					    "avg(v(a))",     "rms(v(a))",      "final(v(a))",
					    "at(v(a), 1)",   "cross(v(a), 1)", "Rise_Time(v(a))",
					    "thd(v(a), 50)", "BW3dB(v(a))"};
	(void)state;

	for (size_t i = 0; i < N(texts); i++) {
		struct measure measure = parsed(texts[i]);

		assert_string_equal(measure.expressions[0], "v(a)");
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

	assert_string_equal(measure.expressions[0], "v(a,b) - @m1[gm] * {x,y}");
	assert_true(isnan(measure.arguments[0].number));
	measure_release(&measure);
}

static void cross_takes_level_edge_and_count(void **state)
{
	struct measure measure = parsed("cross(db(v(out)/v(in)), -3, FALL, 12)");
	(void)state;

	assert_string_equal(measure.expressions[0], "db(v(out)/v(in))");
	assert_null(measure.arguments[0].name);
	assert_same_bits(measure.arguments[0].number, -3);
	assert_same_bits(measure.arguments[1].number, MEASURE_FALL);
	assert_same_bits(measure.arguments[2].number, 12);
	measure_release(&measure);
}

static void cross_counts_the_first_crossing_of_either_edge_unless_told(void **state)
{
	struct measure bare = parsed("cross(y, 2.5)");
	struct measure edged = parsed("cross(y, 2.5, rise)");
	(void)state;

	assert_same_bits(bare.arguments[1].number, MEASURE_EITHER);
	assert_same_bits(bare.arguments[2].number, 1);
	assert_same_bits(edged.arguments[1].number, MEASURE_RISE);
	assert_same_bits(edged.arguments[2].number, 1);
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
	assert_null(measure.expressions[0]);
	assert_null(measure.arguments[0].name);
}

static void an_unknown_reducer_is_told_the_known_ones_and_the_nearest(void **state)
{
	(void)state;
	assert_refused("  maximum(v(a))", 3,
		       "unknown reducer \"maximum\"; did you mean \"max\"? Known are max, min, pp, "
		       "argmax, argmin, avg, rms, integral, final, at, slope, cross, find, delay,");
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
	assert_int_equal(strlen(measure.expressions[0]), 127);
	measure_release(&measure);
	memset(text + 3, '(', 65);
	assert_refused(text, 68, "too many brackets");
}

static void a_wrong_number_of_arguments_is_told_the_right_form(void **state)
{
	(void)state;
	assert_refused("max(v(a), 1)", 11, "too many arguments; write max(y)");
	assert_refused("at(v(a))", 8, "too few arguments; write at(y, x)");
	assert_refused("at(v(a), 1, 2)", 13, "too many");
	assert_refused("cross(v(a))", 11,
		       "too few arguments; write cross(y, level, edge=either, n=1)");
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
	static const struct {
		const char *text;
		int n; /* expressions and numbers; fallbacks that are numbers, too */
	} cases[] = {{"cross(v(a), level, rise, 2)", 2},
		     {"at(v(a), 1k)", 2},
		     {"delay(v(a), v(b), 10%, from=t0)", 4}};
	(void)state;

	for (size_t i = 0; i < N(cases); i++) {
		for (int nth = 0;; nth++) {
			struct carom_error err = CAROM_ERROR_INIT;
			struct measure measure;
			int status;

			mem_fail_after(nth);
			status = measure_parse(&measure, cases[i].text, &err);
			mem_fail_after(-1);
			if (status == 0) {
				assert_int_equal(nth, cases[i].n);
				measure_release(&measure);
				break;
			}
			assert_int_equal(status, CAROM_ERROR_MEMORY);
			assert_null(measure.expressions[0]);
		}
	}
}

static void the_list_of_reducers_survives_a_lack_of_memory(void **state)
{
	struct measure measure;
	(void)state;

	mem_fail_after(0);
	assert_int_equal(measure_parse(&measure, "maximum(y)", NULL), CAROM_ERROR_MEMORY);
	mem_fail_after(1); /* the expression; then the usage */
	assert_int_equal(measure_parse(&measure, "max(y, 1)", NULL), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
}

static void arguments_may_have_names_in_any_order(void **state)
{
	struct measure measure =
		parsed("rise_time(v(out), to = 2m, HIGH=0.8, low = 20%,from=start)");
	(void)state;

	assert_same_bits(measure.arguments[0].number, 20);
	assert_true(measure.arguments[0].is_percent);
	assert_same_bits(measure.arguments[1].number, 0.8);
	assert_false(measure.arguments[1].is_percent);
	assert_same_bits(measure.arguments[MEASURE_TO].number, 2e-3);
	assert_string_equal(measure.arguments[MEASURE_FROM].name, "start");
	assert_true(isnan(measure.arguments[3].number)); /* initial */
	measure_release(&measure);
}

static void an_expression_with_an_equals_sign_is_no_argument_with_a_name(void **state)
{
	struct measure measure = parsed("max(from=1, from=2)");
	(void)state;

	assert_string_equal(measure.expressions[0], "from=1");
	assert_same_bits(measure.arguments[MEASURE_FROM].number, 2);
	measure_release(&measure);
}

static void an_argument_with_a_wrong_name_is_told_the_right_ones(void **state)
{
	(void)state;
	assert_refused("max(y, form=1)", 8, "there is no argument of this name; write max(y)");
	assert_refused("at(y, level=1)", 7, "no argument of this name; write at(y, x)");
	assert_refused("cross(y, 1, level=2)", 19, "given twice");
	assert_refused("max(y, from=1, from=2)", 21, "given twice");
	assert_refused("cross(y, level=1, rise)", 19, "only NAME=VALUE may follow");
	assert_refused("max(y, from=)", 13, "an argument is missing");
	assert_refused("cross(y, 10%)", 10, "expected a number");
	assert_refused("settle(y, %)", 11, "expected a number");
	assert_refused("settle(y, up%)", 11, "expected a number");
	assert_refused("at(y, from=1)", 13, "too few arguments; write at(y, x)");
	assert_refused("max(y, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)", 8, "too many");
	assert_refused("delay(a, b, 1, 1, rise, rise, 1, 1, 1, 1, 1, 1, 1)", 49, "too many");
}

static void too_many_parts_are_refused_at_the_end(void **state)
{
	char text[400] = "max(y";
	(void)state;

	for (int i = 0; i < 20; i++)
		strcat(text, ", from=1");
	strcat(text, ")");
	assert_refused(text, 21, "given twice");
}

static void the_last_crossing_may_be_asked_for(void **state)
{
	struct measure measure = parsed("cross(v(a), 1, rise, Last)");
	(void)state;

	assert_same_bits(measure.arguments[2].number, MEASURE_LAST);
	measure_release(&measure);
}

/* ---- text and units ---- */

static void assert_printed(const char *text, const char *expected)
{
	struct measure measure = parsed(text), again;
	struct text printed = TEXT_INIT, twice = TEXT_INIT;

	measure_print(&measure, &printed);
	assert_string_equal(text_string(&printed), expected);
	again = parsed(text_string(&printed));
	measure_print(&again, &twice);
	assert_string_equal(text_string(&twice), expected);
	text_release(&printed);
	text_release(&twice);
	measure_release(&measure);
	measure_release(&again);
}

static void what_is_printed_is_read_again_as_the_same(void **state)
{
	(void)state;
	assert_printed("max( v(a) )", "max(v(a))");
	assert_printed("cross(v(a), 4.7k)", "cross(v(a), 4700, either, 1)");
	assert_printed("cross(v(a), top, fall, last, to=1)", "cross(v(a), top, fall, last, to=1)");
	assert_printed("rise_time(y, high=0.5)", "rise_time(y, 10%, 0.5, 1)");
	assert_printed("overshoot(y, final=1)", "overshoot(y, final=1)");
	assert_printed("delay(a,b,50%,edge2=rise,from=1)",
		       "delay(a, b, 50%, edge=either, edge2=rise, n=1, n2=1, from=1)");
}

static void assert_unit(const char *text, const char *value, const char *scale,
			const char *expected)
{
	struct measure measure = parsed(text);
	struct text unit = TEXT_INIT;

	measure_append_unit(measure.reducer, value, scale, &unit);
	assert_string_equal(text_string(&unit), expected);
	text_release(&unit);
	measure_release(&measure);
}

static void units_follow_those_of_the_value_and_of_the_scale(void **state)
{
	(void)state;
	assert_unit("max(y)", "V", "s", "V");
	assert_unit("argmax(y)", "V", "s", "s");
	assert_unit("integral(y)", "A", "s", "A s");
	assert_unit("integral(y)", "A", "", "A");
	assert_unit("integral(y)", "", "s", "s");
	assert_unit("slope(y, 1)", "V", "s", "V/s");
	assert_unit("slope(y, 1)", "", "s", "1/s");
	assert_unit("slope(y, 1)", "V", "", "V");
	assert_unit("frequency(y)", "V", "s", "Hz");
	assert_unit("frequency(y)", "V", "Hz", "1/Hz");
	assert_unit("frequency(y)", "V", "", "");
	assert_unit("duty(y)", "V", "s", "%");
	assert_unit("gain_margin(y)", "", "Hz", "dB");
	assert_unit("phase_margin(y)", "", "Hz", "deg");
}

/* ---- the table ---- */

static void every_reducer_is_whole_in_the_table(void **state)
{
	(void)state;
	for (int i = 0; i < MEASURE_N_REDUCERS; i++) {
		const struct measure_rule *rule = measure_rule((enum measure_reducer)i);

		if (!rule->name || !rule->take || !rule->help || !rule->example)
			fail_msg("reducer %d lacks something", i);
		assert_in_range(measure_rule_expressions(rule), 1, MEASURE_MAX_EXPRESSIONS);
		assert_string_equal(measure_rule_argument(rule, MEASURE_TO)->name, "to");
		assert_null(measure_rule_argument(rule, MEASURE_MAX_ARGUMENTS));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(rule->name,
						measure_reducer_name((enum measure_reducer)j));
	}
}

/* The reducer is the last call of the statement: "t_rise tran rise_time(v(out))". */
static void every_example_is_of_its_own_reducer(void **state)
{
	(void)state;
	for (int i = 0; i < MEASURE_N_REDUCERS; i++) {
		const struct measure_rule *rule = measure_rule((enum measure_reducer)i);
		const char *open = strchr(rule->example, '('), *begin = open;
		struct measure measure;

		while (begin[-1] != ' ')
			begin--;
		measure = parsed(begin);
		assert_int_equal(measure.reducer, i);
		measure_release(&measure);
	}
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
		cmocka_unit_test(arguments_may_have_names_in_any_order),
		cmocka_unit_test(an_expression_with_an_equals_sign_is_no_argument_with_a_name),
		cmocka_unit_test(an_argument_with_a_wrong_name_is_told_the_right_ones),
		cmocka_unit_test(too_many_parts_are_refused_at_the_end),
		cmocka_unit_test(the_last_crossing_may_be_asked_for),
		cmocka_unit_test(what_is_printed_is_read_again_as_the_same),
		cmocka_unit_test(units_follow_those_of_the_value_and_of_the_scale),
		cmocka_unit_test(every_reducer_is_whole_in_the_table),
		cmocka_unit_test(every_example_is_of_its_own_reducer),
	};

	return run_all_tests(tests);
}
