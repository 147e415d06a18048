/* SPDX-License-Identifier: BSD-3-Clause */
/* The statement "correlate": what it says, and where it is wrong. */
#include <string.h>

#include "study/statement.h"
#include "support-circuit.h"
#include "support.h"

static struct study_correlate correlate_of(const char *text)
{
	struct phrase phrase = {text, "amp.cir", 7, 15};
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_correlate correlate;

	study_correlate_parse(&correlate, &phrase, &err);
	assert_ok(&err);
	return correlate;
}

static void two_names_have_one_coefficient(void **state)
{
	struct study_correlate correlate = correlate_of("  r1\tx1.m2:delvto   -500m ");

	(void)state;
	assert_string_equal(correlate.text, "r1 x1.m2:delvto -500m");
	assert_int_equal(correlate.names_length, strlen("r1 x1.m2:delvto"));
	assert_int_equal(correlate.n_names, 2);
	assert_false(correlate.has_pattern);
	assert_int_equal(correlate.n_coefficients, 1);
	assert_same_bits(correlate.coefficients[0], -0.5);
	assert_string_equal(correlate.place.source, "amp.cir");
	assert_int_equal(correlate.place.line, 7);
	study_correlate_release(&correlate);
}

static void three_names_have_one_coefficient_or_three(void **state)
{
	struct study_correlate correlate = correlate_of("r1 r2 r3 0.5 0.2 0.1");

	(void)state;
	assert_int_equal(correlate.n_coefficients, 3);
	assert_same_bits(correlate.coefficients[1], 0.2);
	study_correlate_release(&correlate);
	correlate = correlate_of("r1 r2 r3 0.5");
	assert_int_equal(correlate.n_coefficients, 1);
	study_correlate_release(&correlate);
}

static void a_pattern_may_stand_alone(void **state)
{
	struct study_correlate correlate = correlate_of("m*:delvto 0.3");

	(void)state;
	assert_true(correlate.has_pattern);
	assert_int_equal(correlate.n_names, 1);
	study_correlate_release(&correlate);
}

static void a_bad_correlate_is_refused_where_it_is_wrong(void **state)
{
	static const struct {
		const char *text;
		int column; /* within the text, from 1 */
		const char *message;
	} cases[] = {
		{"", 1, "nothing to correlate\nsay for example \"r1 r2 0.5\""},
		{"0.5", 1, "nothing to correlate\nsay for example \"r1 r2 0.5\""},
		{"r1 0.5", 1, "one name alone\nname what else it is correlated with"},
		{"r1 r2 ", 6, "no coefficient\nsay for example \"r1 r2 0.5\""},
		{"r1 r2 0.5 x", 11,
		 "\"x\" is no coefficient\nthe names stand before all of them, as in \"r1 r2 r3 "
		 "0.5 0.2 "
		 "0.1\""},
		{"r1 r2 1", 7,
		 "\"1\": a coefficient lies between -1 and 1\nvary them by one statement without "
		 "\"each\" to let them share a draw"},
		{"r1 r2 -1.5", 7,
		 "\"-1.5\": a coefficient lies between -1 and 1\nvary them by one statement "
		 "without "
		 "\"each\" to let them share a draw"},
		{"r1 r2 r3 0.5 0.2", 17,
		 "2 coefficients for the 3 pairs of 3 names\ngive one for all, or one for each: "
		 "the "
		 "upper triangle of the matrix row by row"},
		{"r1 r2 0.5 0.2 0.1", 18,
		 "3 coefficients for the 1 pairs of 2 names\ngive one for all, or one for each: "
		 "the "
		 "upper triangle of the matrix row by row"},
		{"r* r2 r3 0.5 0.2 0.1", 21,
		 "a pattern takes one coefficient, for every two that it names"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct phrase phrase = {cases[i].text, "amp.cir", 7, 15};
		struct carom_error err = CAROM_ERROR_INIT;
		struct study_correlate correlate;

		assert_int_equal(study_correlate_parse(&correlate, &phrase, &err),
				 CAROM_ERROR_SYNTAX);
		assert_error_says(&err, cases[i].message);
		assert_int_equal(err.column, 14 + cases[i].column);
		assert_int_equal(err.line, 7);
	}
}

static int attempt(void *arg)
{
	struct phrase phrase = {arg, "amp.cir", 7, 15};
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_correlate correlate;
	int status = study_correlate_parse(&correlate, &phrase, &err);

	assert_int_equal(err.status, status);
	if (status == 0)
		study_correlate_release(&correlate);
	return status;
}

static void no_memory_is_told_and_leaks_nothing(void **state)
{
	char text[] = "r1 r2 r3 0.5 0.2 0.1";

	(void)state;
	assert_survives_no_memory(attempt, text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(two_names_have_one_coefficient),
		cmocka_unit_test(three_names_have_one_coefficient_or_three),
		cmocka_unit_test(a_pattern_may_stand_alone),
		cmocka_unit_test(a_bad_correlate_is_refused_where_it_is_wrong),
		cmocka_unit_test(no_memory_is_told_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
