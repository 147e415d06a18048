/* SPDX-License-Identifier: BSD-3-Clause */
/* The statements until, target and confidence. */
#include "base/mem.h"
#include "study/until.h"
#include "support.h"

static int parse(struct until *until, const char *text, struct carom_error *err)
{
	const struct phrase phrase = {text, "amp.cir", 7, 10};

	return until_parse(until, &phrase, err);
}

static void assert_goal(const char *text, const char *printed, double width)
{
	struct text words = TEXT_INIT;
	struct carom_error err = CAROM_ERROR_INIT;
	struct until until;

	until_init(&until);
	parse(&until, text, &err);
	assert_ok(&err);
	assert_int_equal(until.n, 1);
	until_goal_print(&until.goals[0], &words);
	assert_string_equal(text_string(&words), printed);
	assert_double_equal(until.goals[0].width, width, 1e-15, 0);
	text_release(&words);
	until_release(&until);
}

static void assert_refused(const char *text, int column, const char *says)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct until until;

	until_init(&until);
	assert_int_equal(parse(&until, text, &err), CAROM_ERROR_SYNTAX);
	assert_error_says(&err, says);
	assert_string_equal(err.source, "amp.cir");
	assert_int_equal(err.column, 9 + column);
	assert_int_equal(until.n, 0);
	until_release(&until);
}

static void a_goal_is_a_yield_a_mean_or_a_spec(void **state)
{
	(void)state;
	assert_goal("yield 1%", "yield +-1%", 0.01);
	assert_goal("YIELD gain +-0.5%", "yield gain +-0.5%", 0.005);
	assert_goal("yield 0.02", "yield +-0.02", 0.02);
	assert_goal("mean gain +-0.1%", "mean gain +-0.1%", 0.001);
	assert_goal("mean offset 5m", "mean offset +-0.005", 0.005);
	assert_goal("spec", "spec", 0);
	assert_goal(" spec  gain ", "spec gain", 0);
}

static void plus_or_minus_may_be_written_in_any_way(void **state)
{
	(void)state;
	assert_goal("yield +/-1%", "yield +-1%", 0.01);
	assert_goal("yield \xc2\xb1"
		    "1%",
		    "yield +-1%", 0.01);
	assert_goal("yield \xb1"
		    "1%",
		    "yield +-1%", 0.01);
	assert_goal("yield \xc2\xb1 1%", "yield +-1%", 0.01);
	assert_goal("mean gain +- 2", "mean gain +-2", 2);
}

static void what_is_no_goal_has_its_place(void **state)
{
	(void)state;
	assert_refused(
		"", 1,
		"until what?\nsay \"yield +-1%\", \"mean NAME +-0.1%\", \"spec\" or \"error 10%\"");
	assert_refused(
		"yeld 1%", 1,
		"until what?\nsay \"yield +-1%\", \"mean NAME +-0.1%\", \"spec\" or \"error 10%\"");
	assert_refused("yield", 6, "how well is it to be known?\nsay \"+-1%\"");
	assert_refused("yield gain +-", 14, "how well is it to be known?\nsay \"+-1%\"");
	assert_refused("yield +-x", 7, "\"+-x\" is no width, such as +-1%");
	assert_refused("yield 0%", 7, "\"0%\" is no width, such as +-1%");
	assert_refused("yield -1%", 7, "\"-1%\" is no width, such as +-1%");
	assert_refused("yield 50%", 7, "a yield is known to +-50% before the first sample");
	assert_refused("mean 1%", 6, "the mean of what?\nname a measurement");
	assert_refused("mean", 5, "the mean of what?\nname a measurement");
	assert_refused("spec gain 1%", 11, "unexpected \"1%\"");
	assert_refused("never ever", 7, "unexpected \"ever\"");
}

static void a_goal_of_the_same_name_is_replaced(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct until until;

	(void)state;
	until_init(&until);
	parse(&until, "yield 1%", &err);
	parse(&until, "yield gain 1%", &err);
	parse(&until, "mean gain 1%", &err);
	parse(&until, "yield GAIN 2%", &err);
	parse(&until, "yield 3%", &err);
	assert_ok(&err);
	assert_int_equal(until.n, 3);
	assert_double_equal(until.goals[0].width, 0.03, 1e-15, 0);
	assert_double_equal(until.goals[1].width, 0.02, 1e-15, 0);
	parse(&until, "never", &err);
	assert_int_equal(until.n, 0);
	parse(&until, "spec", &err);
	assert_int_equal(until.n, 1);
	until_release(&until);
}

static void a_share_is_a_per_cent_or_a_fraction(void **state)
{
	static const struct {
		const char *text;
		double share;
	} good[] = {{"99%", 0.99}, {"0.999", 0.999}, {" 99.87% ", 0.9987}};
	static const char *const bad[] = {"", "0", "1", "100%", "-1%", "x", "99% 1"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		const struct phrase phrase = {good[i].text, "", 0, 1};
		struct carom_error err = CAROM_ERROR_INIT;
		double share = 7;

		until_parse_share(&phrase, &share, &err);
		assert_ok(&err);
		assert_double_equal(share, good[i].share, 1e-15, 0);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		const struct phrase phrase = {bad[i], "", 0, 1};
		double share;

		assert_int_equal(until_parse_share(&phrase, &share, NULL), CAROM_ERROR_SYNTAX);
	}
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct until until;
	int nth = 0;

	(void)state;
	until_init(&until);
	for (;; nth++) {
		struct carom_error err = CAROM_ERROR_INIT;

		mem_fail_after(nth);
		if (parse(&until, "yield gain 1%", &err) == 0)
			break;
		mem_fail_after(-1);
		assert_int_equal(err.status, CAROM_ERROR_MEMORY);
		assert_int_equal(until.n, 0);
	}
	mem_fail_after(-1);
	assert_int_equal(nth, 2);
	until_release(&until);
}

static void an_error_is_a_share_of_a_probability(void **state)
{
	struct until until;
	struct text text = TEXT_INIT;

	(void)state;
	until_init(&until);
	assert_int_equal(until_parse(&until, &(struct phrase){"error 5%", "", 0, 1}, NULL), 0);
	assert_int_equal(until.goals[0].kind, UNTIL_ERROR);
	assert_same_bits(until.goals[0].width, 0.05);
	assert_null(until.goals[0].name);
	until_goal_print(&until.goals[0], &text);
	assert_string_equal(text.data, "error 5%");
	assert_refused("error", 6, "how well is it to be known?\nsay \"+-1%\"");
	assert_refused("error gain 5%", 7, "\"gain\" is no width, such as +-1%");
	assert_refused("error 100%", 7, "an error of 100% says nothing");
	text_release(&text);
	until_release(&until);
}

/* Of importance sampling that is asked for, unless something was said. */
static void ten_per_cent_are_asked_for_if_nothing_is(void **state)
{
	struct until until, asked;
	struct until_goal goal;

	(void)state;
	until_init(&until);
	asked = until_of_importance(&until, &goal);
	assert_int_equal(asked.n, 1);
	assert_int_equal(asked.goals[0].kind, UNTIL_ERROR);
	assert_same_bits(asked.goals[0].width, 0.1);
	assert_int_equal(until_parse(&until, &(struct phrase){"never", "", 0, 1}, NULL), 0);
	assert_int_equal(until_of_importance(&until, &goal).n, 0);
	assert_int_equal(until_parse(&until, &(struct phrase){"error 2%", "", 0, 1}, NULL), 0);
	assert_same_bits(until_of_importance(&until, &goal).goals[0].width, 0.02);
	assert_false(until.is_never);
	until_release(&until);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_goal_is_a_yield_a_mean_or_a_spec),
		cmocka_unit_test(plus_or_minus_may_be_written_in_any_way),
		cmocka_unit_test(what_is_no_goal_has_its_place),
		cmocka_unit_test(a_goal_of_the_same_name_is_replaced),
		cmocka_unit_test(a_share_is_a_per_cent_or_a_fraction),
		cmocka_unit_test(an_error_is_a_share_of_a_probability),
		cmocka_unit_test(ten_per_cent_are_asked_for_if_nothing_is),
		cmocka_unit_test(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
