/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the job's measurements: plots, arguments, specs, and what is saved for them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support-circuit.h"
#include "support-job.h"

#define RC "t\nv1 in 0 dc 1 ac 1\nr1 in out 1k\nc1 out 0 1n\n*carom vary r1 gauss 1\n"
#define AC ".ac dec 10 1 1meg\n"
#define TRAN ".tran 1n 1u\n"
#define NOISE ".noise v(out) v1 dec 10 1 1meg\n"

static void assert_plot(const char *deck, const char *name, const char *plot)
{
	struct job *job = resolve_deck(deck, CAROM_ROUTE_AUTO);

	assert_string_equal(measure_called(job, name)->plot, plot);
	job_free(job);
}

static void assert_save(const char *deck, const char *expected)
{
	struct job *job = resolve_deck(deck, CAROM_ROUTE_AUTO);

	assert_string_equal(line_beginning(job, ".save")->text, expected);
	assert_string_equal(job->lines[job->n_lines - 1].text, ".end");
	assert_ptr_equal(line_beginning(job, ".save"), &job->lines[job->n_lines - 2]);
	job_free(job);
}

static bool has_save(const struct job *job)
{
	for (size_t i = 0; i < job->n_lines; i++)
		if (strncmp(job->lines[i].text, ".save", 5) == 0)
			return true;
	return false;
}

/* ---- plots ---- */

static void the_only_analysis_need_not_be_named(void **state)
{
	(void)state;
	assert_plot(RC AC "*carom measure g max(db(v(out)))\n", "g", "ac");
	assert_plot(RC ".TRAN 1n 1u\n*carom measure g max(v(out))\n", "g", "tran");
	assert_plot(RC ".dc v1 0 1 0.1\n*carom measure g max(v(out))\n", "g", "dc");
}

static void an_analysis_is_named_in_any_case(void **state)
{
	(void)state;
	assert_plot(RC AC TRAN "*carom measure g AC max(db(v(out)))\n", "g", "ac");
	assert_plot(RC AC TRAN "*carom measure g tran1 max(v(out))\n", "g", "tran");
}

/* ngspice runs the last card of a kind first. */
static void of_several_analyses_of_a_kind_the_deck_tells_the_number(void **state)
{
	(void)state;
	assert_plot(RC AC ".ac lin 3 1 3\n*carom measure g ac2 max(db(v(out)))\n", "g", "ac1");
	assert_plot(RC AC ".ac lin 3 1 3\n*carom measure g ac max(db(v(out)))\n", "g", "ac2");
	assert_plot(RC NOISE NOISE NOISE "*carom measure g noise max(onoise_spectrum)\n", "g",
		    "noise5");
	assert_plot(RC NOISE NOISE NOISE "*carom measure g noise4 max(onoise_total)\n", "g",
		    "noise4");
	assert_plot(RC NOISE NOISE NOISE "*carom measure g noise6 max(onoise_total)\n", "g",
		    "noise2");
	assert_job_refused(RC AC ".ac lin 3 1 3\n*carom measure g ac3 max(db(v(out)))\n", 0,
			   CAROM_ERROR_ARGUMENT,
			   "t.cir:8:16: measure g: there is no plot \"ac3\"; the deck's .ac cards "
			   "make 2");
	assert_job_refused(RC AC "*carom measure g ac0 max(db(v(out)))\n", 0, CAROM_ERROR_ARGUMENT,
			   "t.cir:7:16: measure g: there is no plot \"ac0\"; the deck's .ac cards "
			   "make 1");
}

static void a_noise_analysis_makes_two_plots(void **state)
{
	(void)state;
	assert_plot(RC NOISE "*carom measure n max(onoise_spectrum)\n", "n", "noise1");
	assert_plot(RC NOISE "*carom measure n noise2 final(onoise_total)\n", "n", "noise2");
	assert_job_refused(RC NOISE "*carom measure n noise3 final(onoise_total)\n", 0,
			   CAROM_ERROR_ARGUMENT,
			   "t.cir:7:16: measure n: there is no plot \"noise3\"; the deck's .noise "
			   "cards make 2");
}

static void one_of_several_analyses_has_to_be_named(void **state)
{
	(void)state;
	assert_job_refused(RC AC TRAN "*carom measure g max(v(out))\n", 0, CAROM_ERROR_ARGUMENT,
			   "t.cir:8:16: measure g: the deck has 2 analyses; say which: \"measure g "
			   "tran ...\"");
}

static void an_analysis_that_the_deck_has_not_is_refused(void **state)
{
	(void)state;
	assert_job_refused(RC AC "*carom measure g tran max(v(out))\n", 0, CAROM_ERROR_ARGUMENT,
			   "t.cir:7:16: measure g: the deck has no .tran analysis");
	assert_job_refused(RC "*carom measure g max(v(out))\n", 0, CAROM_ERROR_ARGUMENT,
			   "t.cir:6:16: no analysis; add .op, .tran, .ac, ... to the deck");
}

/* ---- arguments and specs ---- */

static void an_argument_names_an_earlier_measurement(void **state)
{
	struct job *job = resolve_deck(RC AC "*carom measure top max(db(v(out)))\n"
					     "*carom measure f3 cross(db(v(out)), TOP, fall, 1)\n"
					     "*carom measure ph at(cph(v(out)), f3)\n"
					     "*carom measure low at(db(v(out)), 10)\n",
				       0);

	(void)state;
	assert_int_equal(job->n_measures, 4);
	assert_int_equal(job->measures[1].argument_index[0], 0);
	assert_int_equal(job->measures[2].argument_index[0], 1);
	assert_int_equal(job->measures[2].argument_index[1], -1);
	assert_int_equal(job->measures[3].argument_index[0], -1);
	assert_same_bits(job->measures[3].measure.arguments[0].number, 10);
	job_free(job);
}

static void a_later_or_unknown_measurement_is_no_argument(void **state)
{
	(void)state;
	assert_job_refused(RC AC "*carom measure a at(db(v(out)), b)\n"
				 "*carom measure b max(frequency)\n",
			   0, CAROM_ERROR_NOT_FOUND,
			   "t.cir:7:16: measure a: \"b\" is neither a number nor an earlier "
			   "measurement");
	assert_job_refused(RC AC "*carom measure a at(db(v(out)), a)\n", 0, CAROM_ERROR_NOT_FOUND,
			   "t.cir:7:16: measure a: \"a\" is neither a number nor an earlier "
			   "measurement");
}

static void a_spec_goes_to_its_measurement(void **state)
{
	struct job *job = resolve_deck(RC AC "*carom spec G -3 -\n"
					     "*carom measure low min(db(v(out)))\n"
					     "*carom measure g max(db(v(out)))\n",
				       0);
	const struct job_measure *g = measure_called(job, "g"), *low = measure_called(job, "low");

	(void)state;
	assert_true(g->has_spec);
	assert_same_bits(g->lower, -3);
	assert_true(isnan(g->upper));
	assert_false(low->has_spec);
	assert_true(isnan(low->lower) && isnan(low->upper));
	job_free(job);
}

static void a_spec_of_an_unknown_measurement_is_refused(void **state)
{
	(void)state;
	assert_job_refused(RC AC "*carom measure g max(db(v(out)))\n*carom spec gain 1 2\n", 0,
			   CAROM_ERROR_NOT_FOUND,
			   "t.cir:8:13: spec gain: there is no measurement of that name");
}

static void an_expression_that_could_run_a_command_is_refused(void **state)
{
	static const char *const expressions[] = {"v(out)`ls`", "v(out)>v(in)", "v($x)", "v(out)!",
						  "v(\"out\")"};

	(void)state;
	for (size_t i = 0; i < sizeof(expressions) / sizeof(expressions[0]); i++) {
		char deck[300];

		snprintf(deck, sizeof(deck), RC AC "*carom measure g max(%s)\n", expressions[i]);
		assert_job_refused(deck, 0, CAROM_ERROR_TRUST,
				   "t.cir:7:16: measure g: an expression may not contain ; ` $ ! > "
				   "& or quotes");
	}
}

/* ---- words for the store ---- */

static void a_definition_is_the_measurement_in_full(void **state)
{
	struct job *job = resolve_deck(RC AC "*carom measure top ac max(db(v(out)))\n"
					     "*carom measure f cross(db(v(out)), top, fall)\n"
					     "*carom measure g cross(db(v(out)), -3.5, rise, 2)\n"
					     "*carom measure h at(db(v(out)), 1k)\n",
				       0);

	(void)state;
	assert_string_equal(job->measures[0].definition, "ac max(db(v(out)))");
	assert_string_equal(job->measures[1].definition, "cross(db(v(out)), top, fall, 1)");
	assert_string_equal(job->measures[2].definition, "cross(db(v(out)), -3.5, rise, 2)");
	assert_string_equal(job->measures[3].definition, "at(db(v(out)), 1000)");
	job_free(job);
}

static void the_unit_is_that_of_the_vector_or_of_the_scale(void **state)
{
	struct job *job = resolve_deck(RC AC TRAN ".dc v1 0 1 0.1\n"
						  "*carom measure a ac max(db(v(out)))\n"
						  "*carom measure b ac cross(db(v(out)), -3)\n"
						  "*carom measure c tran cross(v(out), 0.5)\n"
						  "*carom measure d tran1 pp(i(v1))\n"
						  "*carom measure e dc cross(v(out), 0.5)\n"
						  "*carom measure f tran max(v(out)*i(v1))\n",
				       0);
	static const char *const units[] = {"dB", "Hz", "s", "A", "", ""};

	(void)state;
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(job->measures[i].unit, units[i]);
	job_free(job);
}

static void a_measurement_knows_its_statements_place(void **state)
{
	struct job *job = resolve_deck(RC AC "*carom measure g max(db(v(out)))\n", 0);

	(void)state;
	assert_string_equal(job->measures[0].source, "t.cir");
	assert_int_equal(job->measures[0].line, 7);
	job_free(job);
}

/* ---- .save ---- */

static void what_is_measured_is_saved_and_nothing_else(void **state)
{
	(void)state;
	assert_save(RC TRAN "*carom measure a max(v(out)-v(in))\n*carom measure b min(i(v1))\n",
		    ".save v(out) v(in) i(v1)");
	assert_save(RC ".op\n*carom measure a final(@r1[i]*out)\n", ".save @r1[i] out");
	assert_save(RC TRAN "*carom measure a max(v(in,out))\n", ".save v(in) v(out)");
}

static void every_vector_is_saved_where_an_analysis_names_its_own(void **state)
{
	struct job *job = resolve_deck(RC AC NOISE "*carom measure a ac max(db(v(out)))\n", 0);

	(void)state;
	assert_false(has_save(job));
	job_free(job);
}

static void every_vector_is_saved_where_none_is_named(void **state)
{
	struct job *job = resolve_deck(RC TRAN "*carom measure a max(time)\n", 0);

	(void)state;
	assert_false(has_save(job));
	job_free(job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_only_analysis_need_not_be_named),
		cmocka_unit_test(an_analysis_is_named_in_any_case),
		cmocka_unit_test(of_several_analyses_of_a_kind_the_deck_tells_the_number),
		cmocka_unit_test(a_noise_analysis_makes_two_plots),
		cmocka_unit_test(one_of_several_analyses_has_to_be_named),
		cmocka_unit_test(an_analysis_that_the_deck_has_not_is_refused),
		cmocka_unit_test(an_argument_names_an_earlier_measurement),
		cmocka_unit_test(a_later_or_unknown_measurement_is_no_argument),
		cmocka_unit_test(a_spec_goes_to_its_measurement),
		cmocka_unit_test(a_spec_of_an_unknown_measurement_is_refused),
		cmocka_unit_test(an_expression_that_could_run_a_command_is_refused),
		cmocka_unit_test(a_definition_is_the_measurement_in_full),
		cmocka_unit_test(the_unit_is_that_of_the_vector_or_of_the_scale),
		cmocka_unit_test(a_measurement_knows_its_statements_place),
		cmocka_unit_test(what_is_measured_is_saved_and_nothing_else),
		cmocka_unit_test(every_vector_is_saved_where_an_analysis_names_its_own),
		cmocka_unit_test(every_vector_is_saved_where_none_is_named),
	};

	return run_all_tests(tests);
}
