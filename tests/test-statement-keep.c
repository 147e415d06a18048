/* SPDX-License-Identifier: BSD-3-Clause */
/* The statement "keep": what it says, and where it is wrong. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "study/statement.h"
#include "support-circuit.h"
#include "support.h"

struct keeps {
	struct study_keep *list;
	size_t n;
};

static struct keeps keeps_of(const char *text)
{
	struct phrase phrase = {text, "amp.cir", 7, 15};
	struct carom_error err = CAROM_ERROR_INIT;
	struct keeps keeps;

	study_keep_parse(&keeps.list, &keeps.n, &phrase, &err);
	assert_ok(&err);
	return keeps;
}

static void release(struct keeps *keeps)
{
	for (size_t i = 0; i < keeps->n; i++)
		study_keep_release(&keeps->list[i]);
	mem_free(keeps->list);
}

static void assert_refused_at(const char *text, int column, const char *message)
{
	struct phrase phrase = {text, "amp.cir", 7, 15};
	struct carom_error err = CAROM_ERROR_INIT;
	struct keeps keeps;

	assert_int_equal(study_keep_parse(&keeps.list, &keeps.n, &phrase, &err),
			 CAROM_ERROR_SYNTAX);
	assert_string_equal(err.text, message);
	assert_int_equal(err.column, 15 + column);
	assert_int_equal(err.line, 7);
	assert_null(keeps.list);
	assert_int_equal(keeps.n, 0);
}

static void a_waveform_is_called_as_it_is_written_without_blanks(void **state)
{
	struct keeps keeps = keeps_of("  v(out)\ti(v1)  V( a, b )  ");

	(void)state;
	assert_int_equal(keeps.n, 3);
	assert_string_equal(keeps.list[0].name, "v(out)");
	assert_string_equal(keeps.list[0].expression, "v(out)");
	assert_string_equal(keeps.list[1].name, "i(v1)");
	assert_string_equal(keeps.list[2].name, "V(a,b)");
	assert_string_equal(keeps.list[2].expression, "V( a, b )");
	assert_null(keeps.list[0].analysis);
	assert_true(isnan(keeps.list[0].from.number) && isnan(keeps.list[0].to.number));
	assert_int_equal(keeps.list[0].n_points, 0);
	assert_string_equal(keeps.list[2].place.source, "amp.cir");
	assert_int_equal(keeps.list[2].place.line, 7);
	release(&keeps);
}

static void a_name_may_be_given(void **state)
{
	struct keeps keeps = keeps_of("gain=db(v(out)/v(in)) low.1=-v(out) is=(v(a) <= 2)");

	(void)state;
	assert_int_equal(keeps.n, 3);
	assert_string_equal(keeps.list[0].name, "gain");
	assert_string_equal(keeps.list[0].expression, "db(v(out)/v(in))");
	assert_string_equal(keeps.list[1].name, "low.1");
	assert_string_equal(keeps.list[1].expression, "-v(out)");
	assert_string_equal(keeps.list[2].expression, "(v(a) <= 2)");
	release(&keeps);
}

static void options_are_those_of_all_waveforms_wherever_they_stand(void **state)
{
	struct keeps keeps = keeps_of("v(a) PLOT=Tran2 from=1m v(b) to={2 * tstop} points=1k");

	(void)state;
	assert_int_equal(keeps.n, 2);
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(keeps.list[i].analysis, "tran2");
		assert_same_bits(keeps.list[i].from.number, 1e-3);
		assert_null(keeps.list[i].from.name);
		assert_true(isnan(keeps.list[i].to.number));
		assert_string_equal(keeps.list[i].to.name, "{2 * tstop}");
		assert_int_equal(keeps.list[i].n_points, 1000);
	}
	release(&keeps);
}

static void the_last_of_an_option_counts(void **state)
{
	struct keeps keeps = keeps_of("v(a) from={t} from=2 plot=ac plot=tran points=5 points=7");

	(void)state;
	assert_same_bits(keeps.list[0].from.number, 2);
	assert_null(keeps.list[0].from.name);
	assert_string_equal(keeps.list[0].analysis, "tran");
	assert_int_equal(keeps.list[0].n_points, 7);
	release(&keeps);
}

static void nothing_to_keep_is_refused(void **state)
{
	(void)state;
	assert_refused_at("", 0, "nothing to keep");
	assert_refused_at("plot=ac  ", 7, "nothing to keep");
	assert_refused_at("gain=", 5, "an expression is missing behind \"=\"");
}

static void options_that_say_nothing_are_refused(void **state)
{
	(void)state;
	assert_refused_at("v(a) plot=bode", 10, "\"bode\" is no analysis");
	assert_refused_at("v(a) plot=", 10, "\"\" is no analysis");
	assert_refused_at("v(a) from=soon", 10, "\"soon\" is no number");
	assert_refused_at("v(a) to=", 8, "\"\" is no number");
	assert_refused_at("v(a) to=inf", 8, "\"inf\" is no number");
	assert_refused_at("v(a) points=1", 12, "\"1\" points: say a whole number from 2 to 100000");
	assert_refused_at("v(a) points=2.5", 12,
			  "\"2.5\" points: say a whole number from 2 to 100000");
	assert_refused_at("v(a) points=200k", 12,
			  "\"200k\" points: say a whole number from 2 to 100000");
	assert_refused_at("v(a) points=many", 12,
			  "\"many\" points: say a whole number from 2 to 100000");
}

static void an_expression_cut_by_blanks_is_refused(void **state)
{
	(void)state;
	assert_refused_at("v(a) - v(b)", 5, "\"-\" is no expression");
	assert_refused_at("v(a) -v(b)", 5, "\"-v(b)\" is no expression");
	assert_refused_at("v(a)* v(b)", 0, "\"v(a)*\" is no expression");
	assert_refused_at("d=v(a)- v(b)", 2, "\"v(a)-\" is no expression");
	assert_refused_at("gain = v(b)", 5, "\"=\" is no expression");
}

static void an_analysis_needs_its_option(void **state)
{
	(void)state;
	assert_refused_at("ac v(out)", 0, "\"ac\" is an analysis");
	assert_refused_at("v(out) tran2", 7, "\"tran2\" is an analysis");
}

static void brackets_have_to_match(void **state)
{
	char deep[200];

	(void)state;
	assert_refused_at("v(out", 1, "this bracket is not closed");
	assert_refused_at("v(a) @m1[gm)", 11, "this bracket closes none that is open");
	assert_refused_at("v(a))", 4, "this bracket closes none that is open");
	memset(deep, '(', 65);
	deep[65] = '\0';
	assert_refused_at(deep, 64, "too many brackets within brackets");
}

static void a_name_that_cannot_be_an_array_is_refused(void **state)
{
	(void)state;
	assert_refused_at("v(a)/v(b)", 0,
			  "an array cannot be called \"v(a)/v(b)\": it contains a slash");
	assert_refused_at("v(a) status=v(b)", 5,
			  "an array cannot be called \"status\": it is a name that the store uses "
			  "itself");
}

static void running_out_of_memory_is_an_error(void **state)
{
	struct phrase phrase = {"v(a) g=v(b) plot=ac from={a} to={b}", "amp.cir", 7, 15};
	struct keeps keeps;
	int status = 1;

	(void)state;
	for (int64_t n = 0; status; n++) {
		mem_fail_after(n);
		status = study_keep_parse(&keeps.list, &keeps.n, &phrase, NULL);
		mem_fail_after(-1);
		assert_true(n < 50 && (status == 0 || status == CAROM_ERROR_MEMORY));
	}
	assert_int_equal(keeps.n, 2);
	release(&keeps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_waveform_is_called_as_it_is_written_without_blanks),
		cmocka_unit_test(a_name_may_be_given),
		cmocka_unit_test(options_are_those_of_all_waveforms_wherever_they_stand),
		cmocka_unit_test(the_last_of_an_option_counts),
		cmocka_unit_test(nothing_to_keep_is_refused),
		cmocka_unit_test(options_that_say_nothing_are_refused),
		cmocka_unit_test(an_expression_cut_by_blanks_is_refused),
		cmocka_unit_test(an_analysis_needs_its_option),
		cmocka_unit_test(brackets_have_to_match),
		cmocka_unit_test(a_name_that_cannot_be_an_array_is_refused),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return run_all_tests(tests);
}
