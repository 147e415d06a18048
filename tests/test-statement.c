/* SPDX-License-Identifier: BSD-3-Clause */
/* Statements: what they say, and where they are wrong. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "study/statement.h"
#include "support.h"

static const struct distribution_files no_files = {"amp.cir", NULL};

/* As if the words stood in column 15 of line 7 of a deck. */
static struct phrase phrase_of(const char *text)
{
	return (struct phrase){text, "amp.cir", 7, 15};
}

/* ---- vary ---- */

static struct study_vary vary_of(const char *text)
{
	struct phrase phrase = phrase_of(text);
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_vary vary;

	study_vary_parse(&vary, &phrase, &no_files, &err);
	assert_ok(&err);
	return vary;
}

static void a_vary_has_targets_and_a_distribution(void **state)
{
	struct study_vary vary = vary_of("r1 r2 gauss 1%");

	(void)state;
	assert_string_equal(vary.targets, "r1 r2");
	assert_int_equal(vary.distribution.kind, DISTRIBUTION_GAUSS);
	assert_true(vary.distribution.is_relative);
	assert_same_bits(vary.distribution.spread, 0.01);
	assert_false(vary.each);
	assert_string_equal(vary.place.source, "amp.cir");
	assert_int_equal(vary.place.line, 7);
	assert_int_equal(vary.place.column, 15);
	study_vary_release(&vary);
}

static void blanks_between_targets_are_folded(void **state)
{
	struct study_vary vary = vary_of("  Q1:bf\t x1.m*:delvto   UNIFORM   5m  ");

	(void)state;
	assert_string_equal(vary.targets, "Q1:bf x1.m*:delvto");
	assert_int_equal(vary.distribution.kind, DISTRIBUTION_UNIFORM);
	assert_same_bits(vary.distribution.spread, 5e-3);
	study_vary_release(&vary);
}

static void each_may_follow_the_distribution(void **state)
{
	struct study_vary vary = vary_of("r* gauss 3% 3sigma EACH");

	(void)state;
	assert_true(vary.each);
	assert_double_equal(vary.distribution.spread, 0.01, 1e-15, 0);
	study_vary_release(&vary);
}

static void a_target_may_begin_like_a_distribution(void **state)
{
	struct study_vary vary = vary_of("gaussian rgauss gauss 1%");

	(void)state;
	assert_string_equal(vary.targets, "gaussian rgauss");
	study_vary_release(&vary);
}

struct refusal {
	const char *text;
	int column;          /* within the text, from 1 */
	const char *message; /* text and hint, as of assert_error_says */
};

static void assert_refused(const struct refusal *refusal, const struct carom_error *err)
{
	char says[sizeof(err->text) + sizeof(err->hint)];

	snprintf(says, sizeof(says), "%s\n%s", err->text, err->hint);
	if (err->status != CAROM_ERROR_SYNTAX || err->line != 7 ||
	    err->column != 14 + refusal->column || strcmp(err->source, "amp.cir") != 0 ||
	    !strstr(says, refusal->message))
		fail_msg("\"%s\": expected %d: %s; got %d: %s", refusal->text, refusal->column,
			 refusal->message, err->column - 14, says);
}

static void a_bad_vary_is_refused_where_it_is_wrong(void **state)
{
	static const struct refusal refusals[] = {
		{"", 1, "no distribution\nafter the targets say gauss, uniform, lognormal, "},
		{"r1 r2", 6, "no distribution\nafter the targets say"},
		{"r1 1%  ", 6, "no distribution"},
		{"r1 gaus 1%", 4, "unknown distribution \"gaus\"\ndid you mean \"gauss\"?"},
		{"gauss 1%", 1, "nothing to vary\nname elements before \"gauss\""},
		{"r1 gauss", 9, "tolerance missing"},
		{"r1 gauss one", 10, "\"one\" is not a tolerance"},
		{"r1 gauss 1% all", 13, "unexpected \"all\"\nonly \"each\" may follow"},
		{"m1:delvto pelgrom 4m", 21,
		 "pelgrom is of mismatch, which each transistor has for itself\nadd \"each\""},
		{"r1 gauss 1% each r2", 18, "unexpected \"r2\""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct phrase phrase = phrase_of(refusals[i].text);
		struct carom_error err = CAROM_ERROR_INIT;
		struct study_vary vary;

		assert_int_equal(study_vary_parse(&vary, &phrase, &no_files, &err),
				 CAROM_ERROR_SYNTAX);
		assert_refused(&refusals[i], &err);
	}
}

static void a_long_word_is_cut_in_the_message(void **state)
{
	char text[2000] = "r1 gauss 1% ";
	struct phrase phrase = phrase_of(text);
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_vary vary;

	(void)state;
	memset(text + 12, 'x', sizeof(text) - 13);
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(study_vary_parse(&vary, &phrase, &no_files, &err), CAROM_ERROR_SYNTAX);
	assert_error_says(&err, "unexpected \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"\n"
				"only \"each\" may follow the distribution");
}

/* ---- measure ---- */

static struct study_measure measure_of(const char *text)
{
	struct phrase phrase = phrase_of(text);
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_measure measure;

	study_measure_parse(&measure, &phrase, &err);
	assert_ok(&err);
	return measure;
}

static void a_measure_has_a_name_and_a_reducer(void **state)
{
	struct study_measure measure = measure_of("gain max(db(v(out)))");

	(void)state;
	assert_string_equal(measure.name, "gain");
	assert_null(measure.analysis);
	assert_int_equal(measure.measure.reducer, MEASURE_MAX);
	assert_string_equal(measure.measure.expressions[0], "db(v(out))");
	assert_string_equal(measure.place.source, "amp.cir");
	study_measure_release(&measure);
}

static void a_measure_may_name_its_analysis(void **state)
{
	struct study_measure measure = measure_of(" f-3db  NOISE2\tcross(v(out), 1k, fall, 2) ");

	(void)state;
	assert_string_equal(measure.name, "f-3db");
	assert_string_equal(measure.analysis, "noise2");
	assert_int_equal(measure.measure.reducer, MEASURE_CROSS);
	assert_same_bits(measure.measure.arguments[0].number, 1000);
	assert_same_bits(measure.measure.arguments[2].number, 2);
	study_measure_release(&measure);
}

static void a_blank_before_the_parenthesis_makes_no_analysis(void **state)
{
	struct study_measure measure = measure_of("top max (v(out))");

	(void)state;
	assert_null(measure.analysis);
	assert_int_equal(measure.measure.reducer, MEASURE_MAX);
	study_measure_release(&measure);
	measure = measure_of("top tran max (v(out))");
	assert_string_equal(measure.analysis, "tran");
	study_measure_release(&measure);
}

static void a_bad_measure_is_refused_where_it_is_wrong(void **state)
{
	static const struct refusal refusals[] = {
		{"", 1, "a measure is a name, perhaps an analysis, and a reducer"},
		{"max(v(out))", 1, "a measure begins with its name"},
		{"gain", 5, "\"gain\" measures nothing"},
		{"gain ac ", 8, "\"gain\" measures nothing"},
		{"gain AX max(v(out))", 6, "\"AX\" is neither an analysis"},
		{"gain ac12x max(v(out))", 6, "\"ac12x\" is neither an analysis"},
		{"gain maxi(v(out))", 6, "unknown reducer \"maxi\""},
		{"gain ac maxi(v(out))", 9, "unknown reducer \"maxi\""},
		{"gain max(v(out)", 9, "not closed"},
		{"3db max(v(out))", 1, "begins with a letter"},
		{"-x max(v(out))", 1, "begins with a letter"},
		{"ga,in max(v(out))", 3, "letters, digits and"},
		{"Status max(v(out))", 1, "it is a name that the store uses itself"},
		{"sample max(v(out))", 1, "it is a name that the store uses itself"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct phrase phrase = phrase_of(refusals[i].text);
		struct carom_error err = CAROM_ERROR_INIT;
		struct study_measure measure;

		assert_int_equal(study_measure_parse(&measure, &phrase, &err), CAROM_ERROR_SYNTAX);
		assert_refused(&refusals[i], &err);
	}
}

/* ---- spec ---- */

static struct study_spec spec_of(const char *text)
{
	struct phrase phrase = phrase_of(text);
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_spec spec;

	study_spec_parse(&spec, &phrase, &err);
	assert_ok(&err);
	return spec;
}

static void a_spec_has_limits_on_one_side_or_both(void **state)
{
	struct study_spec spec = spec_of("gain 38 42.5");

	(void)state;
	assert_string_equal(spec.name, "gain");
	assert_same_bits(spec.lower, 38);
	assert_same_bits(spec.upper, 42.5);
	assert_int_equal(spec.place.line, 7);
	study_spec_release(&spec);
	spec = spec_of("f3db 1meg -");
	assert_same_bits(spec.lower, 1e6);
	assert_true(isnan(spec.upper));
	study_spec_release(&spec);
	spec = spec_of("\toffset - -2mV ");
	assert_true(isnan(spec.lower));
	assert_same_bits(spec.upper, -2e-3);
	study_spec_release(&spec);
	spec = spec_of("offset 1 1");
	assert_same_bits(spec.upper, 1);
	study_spec_release(&spec);
}

static void a_bad_spec_is_refused_where_it_is_wrong(void **state)
{
	static const struct refusal refusals[] = {
		{"", 1, "a spec is a name, a lower and an upper limit"},
		{"gain", 5, "a spec is a name"},
		{"gain 38 ", 8, "a spec is a name"},
		{"gain 38 42 44", 12, "unexpected \"44\""},
		{"gain low 42", 6, "\"low\" is no number\n\"-\" means no limit"},
		{"gain 38 42%", 9, "\"42%\" is no number"},
		{"gain 38 1e999", 9, "\"1e999\" is no number"},
		{"gain 38 nan", 9, "\"nan\" is no number"},
		{"gain  42 38", 7, "the lower limit is above the upper one"},
		{"gain - -", 6, "a spec needs a limit"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		struct phrase phrase = phrase_of(refusals[i].text);
		struct carom_error err = CAROM_ERROR_INIT;
		struct study_spec spec;

		assert_int_equal(study_spec_parse(&spec, &phrase, &err), CAROM_ERROR_SYNTAX);
		assert_refused(&refusals[i], &err);
	}
}

/* ---- memory ---- */

static void every_allocation_that_fails_is_reported_and_leaks_nothing(void **state)
{
	struct phrase vary = phrase_of("r1 gauss 1%");
	struct phrase measure = phrase_of("gain ac at(v(out), other)");
	struct phrase spec = phrase_of("gain 1 2");
	int n_failed = 0;

	(void)state;
	for (int64_t n = 0, done = 0; !done; n++) {
		struct study_vary a = {0};
		struct study_measure b = {0};
		struct study_spec c = {0};
		int status[3];

		mem_fail_after(n);
		status[0] = study_vary_parse(&a, &vary, &no_files, NULL);
		status[1] = status[0] ? 1 : study_measure_parse(&b, &measure, NULL);
		status[2] = status[1] ? 1 : study_spec_parse(&c, &spec, NULL);
		mem_fail_after(-1);
		done = status[2] == 0;
		for (int i = 0; i < 3; i++)
			n_failed += status[i] == CAROM_ERROR_MEMORY;
		if (status[0] == 0)
			study_vary_release(&a);
		if (status[1] == 0)
			study_measure_release(&b);
		if (status[2] == 0)
			study_spec_release(&c);
		assert_true(done || n_failed == n + 1);
	}
	assert_true(n_failed >= 9);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_vary_has_targets_and_a_distribution),
		cmocka_unit_test(blanks_between_targets_are_folded),
		cmocka_unit_test(each_may_follow_the_distribution),
		cmocka_unit_test(a_target_may_begin_like_a_distribution),
		cmocka_unit_test(a_bad_vary_is_refused_where_it_is_wrong),
		cmocka_unit_test(a_measure_has_a_name_and_a_reducer),
		cmocka_unit_test(a_measure_may_name_its_analysis),
		cmocka_unit_test(a_blank_before_the_parenthesis_makes_no_analysis),
		cmocka_unit_test(a_bad_measure_is_refused_where_it_is_wrong),
		cmocka_unit_test(a_spec_has_limits_on_one_side_or_both),
		cmocka_unit_test(a_bad_spec_is_refused_where_it_is_wrong),
		cmocka_unit_test(a_long_word_is_cut_in_the_message),
		cmocka_unit_test(every_allocation_that_fails_is_reported_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
