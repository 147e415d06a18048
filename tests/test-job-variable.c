/* SPDX-License-Identifier: BSD-3-Clause */
/* The variables of a job: which targets share a draw, what they are called, what is nominal. */
#include <stdio.h>

#include "study/study.h"
#include "support-circuit.h"
#include "support-job.h"

/* ---- draws ---- */

static void targets_of_one_statement_share_a_draw(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r1 r2 gauss 1%\n", CAROM_ROUTE_AUTO);
	double values[2];

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_true(job->variables[0].draw == job->variables[1].draw);
	job_draw(job, 7, values);
	assert_true(values[0] != 1e3);
	assert_double_equal(values[1] / values[0], 3, 1e-15, 0);
	job_free(job);
}

static void a_table_outlives_the_study(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r1 gauss 1%\n"
						 "*carom vary r2 discrete 2k 4k each\n",
				       CAROM_ROUTE_AUTO);
	double values[2];
	unsigned n_small = 0;

	(void)state;
	for (uint64_t k = 0; k < 100; k++) {
		job_draw(job, k, values);
		assert_true(values[1] == 2e3 || values[1] == 4e3);
		n_small += values[1] == 2e3;
	}
	assert_true(n_small > 30 && n_small < 70);
	job_free(job);
}

static void with_each_they_draw_apart(void **state)
{
	struct job *job =
		resolve_deck(A_DIVIDER "*carom vary r1 r2 gauss 1% each\n", CAROM_ROUTE_AUTO);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_true(job->variables[0].draw != job->variables[1].draw);
	job_free(job);
}

static void a_draw_of_each_hangs_on_the_name_alone(void **state)
{
	struct job *all = resolve_deck(A_DIVIDER "*carom vary R* gauss 1% each\n", 0);
	struct job *one = resolve_deck(A_DIVIDER "*carom vary v1 gauss 1% each\n"
						 "*carom vary R2 uniform 5 each\n",
				       0);

	(void)state;
	assert_true(variable_called(all, "r2")->draw == variable_called(one, "r2")->draw);
	job_free(all);
	job_free(one);
}

static void a_shared_draw_hangs_on_the_targets_as_written(void **state)
{
	struct job *a = resolve_deck(A_DIVIDER "*carom vary r1  r2 gauss 1%\n", 0);
	struct job *b = resolve_deck(A_DIVIDER "*carom vary R1 R2 uniform 3%\n", 0);
	struct job *c = resolve_deck(A_DIVIDER "*carom vary r2 r1 gauss 1%\n", 0);

	(void)state;
	assert_true(a->variables[0].draw == b->variables[0].draw);
	assert_true(a->variables[0].draw != c->variables[0].draw);
	job_free(a);
	job_free(b);
	job_free(c);
}

/* ---- targets ---- */

static void a_glob_takes_the_top_in_the_order_of_the_deck(void **state)
{
	struct job *job = resolve_deck("t\nr9 a 0 1\n.subckt s p\nr5 p 0 1\n.ends\nR1 a 0 2\n"
				       "x1 a s\ni1 0 a 1\n" AN_OP "*carom vary r* gauss 1%\n",
				       0);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_string_equal(job->variables[0].name, "r9");
	assert_string_equal(job->variables[1].name, "r1");
	job_free(job);
}

static void an_element_of_an_instance_varies_by_itself(void **state)
{
	struct job *job = resolve_deck(TWO_INSTANCES "*carom vary X1.R1 gauss 1%\n", 0);

	(void)state;
	assert_int_equal(job->n_variables, 1);
	assert_target(job, "x1.r1", "@r.x1.r1[resistance]", false);
	assert_same_bits(job->variables[0].nominal, 1e3);
	assert_false(job->variables[0].has_slot); /* its line is x2's as well */
	assert_int_equal(job->route, CAROM_ROUTE_ALTER);
	job_free(job);
}

static void a_glob_reaches_into_instances(void **state)
{
	struct job *job = resolve_deck(TWO_INSTANCES "*carom vary x*.r2 gauss 1% each\n", 0);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_target(job, "x1.r2", "@r.x1.r2[resistance]", false);
	assert_target(job, "x2.r2", "@r.x2.r2[resistance]", false);
	job_free(job);
}

static void the_later_statement_wins_in_the_place_of_the_first(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r* gauss 1% each\n"
						 "*carom vary R1 uniform 5 each\n",
				       0);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_string_equal(job->variables[0].name, "r1");
	assert_string_equal(job->variables[0].definition, "uniform 5 each");
	assert_string_equal(job->variables[1].definition, "gauss 1% each");
	job_free(job);
}

static void one_value_under_two_names_is_refused(void **state)
{
	(void)state;
	assert_job_refused(A_DIVIDER "*carom vary r1 gauss 1%\n*carom vary r1:r gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:8:13: r1:r is the same value as r1, which varies already");
	assert_job_refused(TWO_INSTANCES "*carom vary x1.r1 x1.r1:resistance gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:11:13: x1.r1:resistance is the same value as x1.r1, which "
			   "varies already");
}

static void units_and_definitions_are_told(void **state)
{
	struct job *job = resolve_deck(
		"t\nv1 a 0 2\ni1 a 0 1\nr1 a b 1k\nc1 b 0 1u\nl1 b 0 1m\ne1 d 0 a 0 2\n"
		"d1 b 0 dm 2\n.model dm d(is=1e-14)\n" AN_OP
		"*carom vary v1 i1 r1 c1 l1 e1 uniform 2.5%\n*carom vary d1:area gauss 10m each\n",
		0);
	static const char *const units[] = {"V", "A", "ohm", "F", "H", "", ""};

	(void)state;
	assert_int_equal(job->n_variables, 7);
	for (size_t i = 0; i < 7; i++)
		assert_string_equal(job->variables[i].unit, units[i]);
	assert_string_equal(job->variables[0].definition, "uniform 2.5%");
	assert_string_equal(job->variables[6].definition, "gauss 10m each");
	assert_same_bits(job->variables[6].nominal, 2);
	assert_slot(job, &job->variables[3], "1u");
	job_free(job);
}

static void a_target_that_does_not_exist_is_told_with_its_place(void **state)
{
	(void)state;
	assert_job_refused(A_DIVIDER "*carom vary r1 r7 gauss 1%\n", 0, CAROM_ERROR_NOT_FOUND,
			   "t.cir:7:13: \"r7\" is no element or .param of the circuit");
	assert_job_refused(A_DIVIDER "*carom vary q*:bf gauss 1%\n", 0, CAROM_ERROR_NOT_FOUND,
			   "t.cir:7:13: \"q*:bf\" is no element or model of the circuit");
	assert_job_refused(TWO_INSTANCES "*carom vary x3.r1 gauss 1%\n", 0, CAROM_ERROR_NOT_FOUND,
			   "t.cir:11:13: \"x3.r1\" is no element or .param of the circuit");
	assert_job_refused(A_DIVIDER "*carom vary v1:bf gauss 1%\n", 0, CAROM_ERROR_PARAMETER,
			   "t.cir:7:13: v1 has no parameter \"bf\" and no model that could have "
			   "it");
}

static void a_study_of_nothing_is_refused(void **state)
{
	(void)state;
	assert_job_refused("t\nr1 a 0 1\n.op\n*carom vary r1 gauss 1%\n", 0, CAROM_ERROR_ARGUMENT,
			   "t.cir: no measurement: add one, such as \"*carom measure vout "
			   "max(v(out))\" or --measure, or keep a waveform");
	assert_job_refused("t\nr1 a 0 1\n" AN_OP, 0, CAROM_ERROR_ARGUMENT,
			   "t.cir: nothing varies: add a statement such as \"*carom vary r1 gauss "
			   "1%\" or --vary");
}

/* ---- nominal values ---- */

static void a_missing_parameter_counts_as_its_default(void **state)
{
	static const struct {
		const char *param;
		double nominal;
	} cases[] = {{"delvto", 0}, {"mulu0", 1}, {"m", 1}, {"dtemp", 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char deck[300];
		struct job *job;

		snprintf(deck, sizeof(deck),
			 "t\nm1 a a 0 0 nch l=1u w=1u\n.model nch nmos level=8\nv1 a 0 1\n" AN_OP
			 "*carom vary m1:%s gauss 5m\n",
			 cases[i].param);
		job = resolve_deck(deck, 0);
		assert_same_bits(job->variables[0].nominal, cases[i].nominal);
		assert_false(job->variables[0].has_slot);
		assert_int_equal(job->route, CAROM_ROUTE_ALTER);
		job_free(job);
	}
}

static void the_area_of_a_diode_counts_as_one(void **state)
{
	struct job *job = resolve_deck(
		"t\nd1 a 0 dm\n.model dm d\nv1 a 0 1\n" AN_OP "*carom vary d1:area gauss 5%\n", 0);

	(void)state;
	assert_same_bits(job->variables[0].nominal, 1);
	job_free(job);
}

static void a_relative_tolerance_of_zero_is_refused(void **state)
{
	(void)state;
	assert_job_refused("t\nv1 a 0 0\nr1 a 0 1\n" AN_OP "*carom vary v1 gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:6:13: v1: the nominal value is 0, so a tolerance in % means "
			   "nothing: give an absolute one");
	assert_job_refused("t\nm1 a a 0 0 nch l=1u w=1u\n.model nch nmos level=8\nv1 a 0 1\n" AN_OP
			   "*carom vary m1:delvto gauss 1%\n",
			   0, CAROM_ERROR_PARAMETER,
			   "t.cir:7:13: m1:delvto: the nominal value is 0, so a tolerance in % "
			   "means nothing: give an absolute one");
}

static void a_missing_nominal_value_is_refused(void **state)
{
	(void)state;
	assert_job_refused("t\n.param x=1\nr1 a 0 {2*x}\nv1 a 0 1\n" AN_OP
			   "*carom vary r1 gauss 1%\n",
			   0, CAROM_ERROR_PARAMETER,
			   "t.cir:7:13: r1: its value {2*x} is no plain number: write one on its "
			   "card, or vary the .param it is made of");
	assert_job_refused(TWO_TRANSISTORS "*carom vary q1:vaf gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:9:13: q1:vaf: model qn_q1 does not say vaf");
	assert_job_refused(TWO_TRANSISTORS "*carom vary qn:vaf gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER, "t.cir:9:13: qn:vaf: model qn does not say vaf");
	assert_job_refused("t\nb1 a 0 v=1\nr1 a 0 1\n" AN_OP "*carom vary b1 gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:6:13: b1: b1: the card has no value that is a number of its own");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(targets_of_one_statement_share_a_draw),
		cmocka_unit_test(a_table_outlives_the_study),
		cmocka_unit_test(with_each_they_draw_apart),
		cmocka_unit_test(a_draw_of_each_hangs_on_the_name_alone),
		cmocka_unit_test(a_shared_draw_hangs_on_the_targets_as_written),
		cmocka_unit_test(a_glob_takes_the_top_in_the_order_of_the_deck),
		cmocka_unit_test(an_element_of_an_instance_varies_by_itself),
		cmocka_unit_test(a_glob_reaches_into_instances),
		cmocka_unit_test(the_later_statement_wins_in_the_place_of_the_first),
		cmocka_unit_test(one_value_under_two_names_is_refused),
		cmocka_unit_test(units_and_definitions_are_told),
		cmocka_unit_test(a_target_that_does_not_exist_is_told_with_its_place),
		cmocka_unit_test(a_study_of_nothing_is_refused),
		cmocka_unit_test(a_missing_parameter_counts_as_its_default),
		cmocka_unit_test(the_area_of_a_diode_counts_as_one),
		cmocka_unit_test(a_relative_tolerance_of_zero_is_refused),
		cmocka_unit_test(a_missing_nominal_value_is_refused),
	};

	return run_all_tests(tests);
}
