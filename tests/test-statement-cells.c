/* SPDX-License-Identifier: BSD-3-Clause */
/* The statements "step" and "corner": what they say, and where they are wrong. */
#include <stdio.h>
#include <string.h>

#include "study/statement.h"
#include "support-circuit.h"
#include "support.h"

static struct study_step step_of(const char *text)
{
	struct phrase phrase = {text, "amp.cir", 7, 13};
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_step step;

	study_step_parse(&step, &phrase, &err);
	assert_ok(&err);
	return step;
}

static struct study_corner corner_of(const char *text)
{
	struct phrase phrase = {text, "amp.cir", 7, 15};
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_corner corner;

	study_corner_parse(&corner, &phrase, &err);
	assert_ok(&err);
	return corner;
}

static void a_step_has_targets_and_values(void **state)
{
	struct study_step step = step_of("  r1\tx1.r2  LIN 1k 3k  3 ");

	(void)state;
	assert_string_equal(step.targets, "r1 x1.r2");
	assert_string_equal(step.definition, "LIN 1k 3k 3");
	assert_int_equal(step.n_values, 3);
	assert_same_bits(step.values[1], 2e3);
	assert_string_equal(step.place.source, "amp.cir");
	assert_int_equal(step.place.line, 7);
	study_step_release(&step);
}

static void values_are_spaced_or_listed(void **state)
{
	struct study_step step = step_of("temp list 125 -40 27");

	(void)state;
	assert_int_equal(step.n_values, 3);
	assert_same_bits(step.values[0], 125);
	assert_same_bits(step.values[1], -40);
	study_step_release(&step);
	step = step_of("c1 dec 1p 1n 2");
	assert_int_equal(step.n_values, 7);
	assert_same_bits(step.values[6], 1e-9);
	study_step_release(&step);
	step = step_of("m1:w oct 1u 8u 1");
	assert_int_equal(step.n_values, 4);
	study_step_release(&step);
}

static void a_corner_has_a_name_and_settings(void **state)
{
	struct study_corner corner = corner_of(" slow: temp=125  vdd=1.08 m*:vth0=500m");

	(void)state;
	assert_string_equal(corner.name, "slow");
	assert_int_equal(corner.n_settings, 3);
	assert_string_equal(corner.settings[2].target, "m*:vth0");
	assert_same_bits(corner.settings[2].value, 0.5);
	assert_int_equal(corner.place.line, 7);
	study_corner_release(&corner);
}

static void a_corner_may_set_nothing(void **state)
{
	struct study_corner corner = corner_of("typical :");

	(void)state;
	assert_string_equal(corner.name, "typical");
	assert_int_equal(corner.n_settings, 0);
	study_corner_release(&corner);
}

struct refusal {
	const char *text;
	int column; /* within the text, from 1 */
	const char *message;
};

static void assert_place(const struct carom_error *err, const struct refusal *refusal)
{
	char expected[300];

	snprintf(expected, sizeof(expected), "%s", refusal->message);
	assert_string_equal(strtok(expected, "\n"), err->text);
	assert_int_equal(err->column, refusal->column);
}

static void a_corner_may_set_deviations(void **state)
{
	struct phrase phrase = {"low: vdd=-10% r1=5%", "t.cir", 1, 1};
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_corner corner;

	(void)state;
	assert_int_equal(study_corner_parse(&corner, &phrase, &err), 0);
	assert_int_equal(corner.n_settings, 2);
	assert_true(corner.settings[0].is_relative && corner.settings[1].is_relative);
	assert_same_bits(corner.settings[0].value, -0.1);
	assert_same_bits(corner.settings[1].value, 0.05);
	study_corner_release(&corner);
}

static void a_corner_may_choose_sections(void **state)
{
	static const struct {
		const char *text, *sections;
		size_t n_settings;
	} cases[] = {
		{"a: lib=ss", "ss", 0},
		{"a: temp=1 LIB:tt=ss lib:res_t=res_s", "tt=ss res_t=res_s", 1},
		{"a: lib=1u", NULL, 1}, /* an inductor */
		{"a: lib=-5%", NULL, 1},
		{"a: library=3", NULL, 1},
		{"a:", NULL, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct phrase phrase = {cases[i].text, "t.cir", 1, 1};
		struct carom_error err = CAROM_ERROR_INIT;
		struct study_corner corner;

		assert_int_equal(study_corner_parse(&corner, &phrase, &err), 0);
		assert_int_equal(corner.n_settings, cases[i].n_settings);
		assert_int_equal(corner.sections == NULL, cases[i].sections == NULL);
		if (corner.sections)
			assert_string_equal(corner.sections, cases[i].sections);
		study_corner_release(&corner);
	}
}

static void a_bad_step_is_refused_where_it_is_wrong(void **state)
{
	static const struct refusal cases[] = {
		{"", 1, "no values"},
		{"r1 r2", 6, "no values"},
		{"lin 1 2 3", 1, "nothing to step"},
		{"r1 list", 8, "the list is empty"},
		{"r1 list 1k x", 12, "\"x\" is no number"},
		{"r1 lin 1k 2k", 13,
		 "a range is its two ends and a number of points, as in \"lin 1k "
		 "10k 10\""},
		{"r1 lin 1k 2k 2.5", 14, "\"2.5\" is no whole number of points"},
		{"r1 lin 1k 2k 0", 14, "\"0\" is no whole number of points"},
		{"r1 lin 1k 2k 1", 8, "one point cannot be at both ends"},
		{"r1 dec 0 2k 1", 8,
		 "both ends of a logarithmic step have one sign, and neither is "
		 "0"},
		{"r1 oct -1 2k 1", 8,
		 "both ends of a logarithmic step have one sign, and neither is "
		 "0"},
		{"r1 lin 1 2 1e9", 8, "a step has at most 1000000 values"},
		{"r1 lin 1k 2k 3 x", 16, "unexpected \"x\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct phrase phrase = {cases[i].text, "", 0, 1};
		struct carom_error err = CAROM_ERROR_INIT;
		struct study_step step;

		assert_int_not_equal(study_step_parse(&step, &phrase, &err), 0);
		assert_place(&err, &cases[i]);
	}
}

static void a_bad_corner_is_refused_where_it_is_wrong(void **state)
{
	static const char form[] = "a corner is its name, a colon, and what it sets, as in \"slow: "
				   "temp=125 vdd=1.08\"";
	static const struct refusal cases[] = {
		{"", 1, form},
		{"slow temp=125", 1, form},
		{": temp=125", 1, form},
		{"slow: temp", 7, "\"temp\" sets nothing"},
		{"slow: temp = 125", 7, "\"temp\" sets nothing"},
		{"slow: =3", 7, "\"=3\" sets nothing"},
		{"slow: temp=", 12, "\"\" is no number"},
		{"slow: temp=hot", 12, "\"hot\" is no number"},
		{"slow: vdd=%", 11, "\"\" is no number"},
		{"slow: vdd=ten%", 11, "\"ten\" is no number"},
		{"slow: lib:tt", 7, "\"lib:tt\" chooses no section"},
		{"slow: lib:=ss", 7, "\"lib:=ss\" chooses no section"},
		{"slow: lib:tt=", 7, "\"lib:tt=\" chooses no section"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct phrase phrase = {cases[i].text, "", 0, 1};
		struct carom_error err = CAROM_ERROR_INIT;
		struct study_corner corner;

		assert_int_not_equal(study_corner_parse(&corner, &phrase, &err), 0);
		assert_place(&err, &cases[i]);
	}
}

static int parse_both(void *arg)
{
	struct carom_error error = CAROM_ERROR_INIT, *err = &error;
	struct phrase step_phrase = {"r1 lin 1k 2k 20", "a", 1, 1};
	struct phrase corner_phrase = {"slow: r1=1k r2=2% r3=3k r4=4k r5=5k lib:a=b lib=c", "a", 1,
				       1};
	struct study_step step;
	struct study_corner corner;
	int status = study_step_parse(&step, &step_phrase, err);

	(void)arg;
	if (status)
		return status;
	study_step_release(&step);
	status = study_corner_parse(&corner, &corner_phrase, err);
	if (status == 0)
		study_corner_release(&corner);
	return status;
}

static void parsing_survives_no_memory(void **state)
{
	(void)state;
	assert_survives_no_memory(parse_both, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_has_targets_and_values),
		cmocka_unit_test(values_are_spaced_or_listed),
		cmocka_unit_test(a_corner_has_a_name_and_settings),
		cmocka_unit_test(a_corner_may_set_nothing),
		cmocka_unit_test(a_corner_may_set_deviations),
		cmocka_unit_test(a_corner_may_choose_sections),
		cmocka_unit_test(a_bad_step_is_refused_where_it_is_wrong),
		cmocka_unit_test(a_bad_corner_is_refused_where_it_is_wrong),
		cmocka_unit_test(parsing_survives_no_memory),
	};

	return run_all_tests(tests);
}
