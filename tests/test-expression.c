/* SPDX-License-Identifier: BSD-3-Clause */
/* What expressions refer to, in both languages. */
#include "circuit/expression.h"

#include <stdio.h>
#include <string.h>

#include "support.h"

static void append(void *arg, const struct reference *reference)
{
	static const char *const before[] = {"", "", "v(", "i("};
	static const char *const after[] = {"", "()", ")", ")"};
	char *all = arg;
	size_t used = strlen(all);

	snprintf(all + used, 256 - used, "%s%s%.*s%s", used ? " " : "", before[reference->kind],
		 (int)reference->length, reference->text, after[reference->kind]);
}

static const char *references(const char *text, enum expression_language language)
{
	static char all[256];

	all[0] = '\0';
	expression_each_reference(text, strlen(text), language, append, all);
	return all;
}

#define assert_numparam(text, expected) \
	assert_string_equal(references((text), LANGUAGE_NUMPARAM), (expected))
#define assert_behaviour(text, expected) \
	assert_string_equal(references((text), LANGUAGE_BEHAVIOUR), (expected))

static void names_and_functions_are_told_apart(void **state)
{
	(void)state;
	assert_numparam("a+b*sqrt(c)", "a b sqrt() c");
	assert_numparam("max (a, b)", "max() a b");
	assert_behaviour("k*exp(x)", "k exp() x");
}

static void numbers_with_scale_and_unit_are_no_names(void **state)
{
	(void)state;
	assert_numparam("1k+2.5meg*.5u-3e-3+4E+2f", "");
	assert_numparam("10kohm/1e3x", "");
	assert_numparam("2*e1", "e1");
	assert_behaviour("1e-9*t", "t");
}

static void an_e_without_digits_is_a_unit(void **state)
{
	(void)state;
	assert_numparam("1e", "");
	assert_numparam("1e+a", "a");
}

static void operators_braces_and_quotes_separate(void **state)
{
	(void)state;
	assert_numparam("a==b&&!c||d>=e?f:g", "a b c d e f g");
	assert_numparam("{a}**'b'^-c%d\\f", "a b c d f");
	assert_behaviour("{a}+'b'", "a b");
}

static void strings_refer_to_nothing(void **state)
{
	(void)state;
	assert_numparam("\"nch\"", "");
	assert_numparam("\"open a", "");
	assert_numparam("\"x\" b", "b");
}

static void names_of_numparam_may_hold_dots_and_brackets(void **state)
{
	(void)state;
	assert_numparam("x.y+a[1]+_b", "x.y a[1] _b");
}

static void voltages_and_currents_are_references_of_behaviour_only(void **state)
{
	(void)state;
	assert_behaviour("2*v(in,out)+I(v1)", "v(in,out) i(v1)");
	assert_behaviour("V(a)*xv(b)", "v(a) xv() b");
	assert_behaviour("v(open", "v(open)");
	assert_numparam("v(in)", "v() in");
}

static void a_parameter_of_the_source_is_no_reference(void **state)
{
	(void)state;
	assert_behaviour("v(a)*k dtemp=20", "v(a) k");
	assert_behaviour("a==b", "a b");
}

static void each_language_has_its_own_functions(void **state)
{
	(void)state;
	assert_true(language_has_function(LANGUAGE_NUMPARAM, "AGAUSS", 6));
	assert_true(language_has_function(LANGUAGE_BEHAVIOUR, "Limit", 5));
	assert_false(language_has_function(LANGUAGE_BEHAVIOUR, "sqr", 3));
	assert_true(is_drawn_function("AUnif", 5));
	assert_false(is_drawn_function("ceil", 4));
	assert_true(language_has_function(LANGUAGE_BEHAVIOUR, "uramp", 5));
	assert_false(language_has_function(LANGUAGE_NUMPARAM, "uramp", 5));
	assert_false(language_has_function(LANGUAGE_NUMPARAM, "sq", 2));
	assert_false(language_has_function(LANGUAGE_NUMPARAM, "sqrtx", 5));
}

static void constants_are_known_to_behaviour_only(void **state)
{
	(void)state;
	assert_true(language_has_name(LANGUAGE_BEHAVIOUR, "pi", 2));
	assert_true(language_has_name(LANGUAGE_BEHAVIOUR, "Time", 4));
	assert_false(language_has_name(LANGUAGE_NUMPARAM, "pi", 2));
	assert_false(language_has_name(LANGUAGE_NUMPARAM, "temper", 6));
}

static void words_are_found_whole_and_in_any_case(void **state)
{
	const char *text = "m1 nmos igcmod=1";

	(void)state;
	assert_true(expression_has_word(text, strlen(text), "IGCMOD"));
	assert_true(expression_has_word(text, strlen(text), "m1"));
	assert_false(expression_has_word(text, strlen(text), "mos"));
	assert_false(expression_has_word(text, strlen(text), "igc"));
	assert_false(expression_has_word(text, 6, "nmos"));
}

static void only_what_varies_in_a_run_is_behavioural(void **state)
{
	(void)state;
	assert_true(expression_is_behavioural("{1k*V(a)}", 9));
	assert_true(expression_is_behavioural("'i(v1)'", 7));
	assert_true(expression_is_behavioural("{1k+temper}", 11));
	assert_true(expression_is_behavioural("time", 4));
	assert_false(expression_is_behavioural("{max(a,b)*lv(2)}", 16));
	assert_false(expression_is_behavioural("{timer}", 7));
	assert_false(expression_is_behavioural("", 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_and_functions_are_told_apart),
		cmocka_unit_test(numbers_with_scale_and_unit_are_no_names),
		cmocka_unit_test(an_e_without_digits_is_a_unit),
		cmocka_unit_test(operators_braces_and_quotes_separate),
		cmocka_unit_test(strings_refer_to_nothing),
		cmocka_unit_test(names_of_numparam_may_hold_dots_and_brackets),
		cmocka_unit_test(voltages_and_currents_are_references_of_behaviour_only),
		cmocka_unit_test(a_parameter_of_the_source_is_no_reference),
		cmocka_unit_test(each_language_has_its_own_functions),
		cmocka_unit_test(constants_are_known_to_behaviour_only),
		cmocka_unit_test(words_are_found_whole_and_in_any_case),
		cmocka_unit_test(only_what_varies_in_a_run_is_behavioural),
	};

	return run_all_tests(tests);
}
