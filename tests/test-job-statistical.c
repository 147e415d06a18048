/* SPDX-License-Identifier: BSD-3-Clause */
/* Statistical functions of a deck as variables of the job, and its lines for each route. */
#include <string.h>

#include "carom-study.h"
#include "study/reload.h"
#include "support-circuit.h"
#include "support-job.h"

#define A_SOURCE "v1 a 0 1\n" AN_OP

static void a_deck_that_draws_is_a_study_without_a_statement(void **state)
{
	struct job *job = resolve_deck(
		"t\nr1 a 0 {agauss(1k,60,3)}\nr2 a 0 {unif(1k,0.1)}\n" A_SOURCE, CAROM_ROUTE_AUTO);
	const struct job_variable *r1 = variable_called(job, "r1#1");
	const struct job_variable *r2 = variable_called(job, "r2#1");
	(void)state;

	assert_int_equal(job->n_variables, 2);
	assert_int_equal(job->route, CAROM_ROUTE_ALTER);
	assert_true(r1->is_drawn);
	assert_int_equal(r1->distribution.kind, DISTRIBUTION_GAUSS);
	assert_double_equal(r1->nominal, 1000, 0, 0);
	assert_double_equal(r1->distribution.spread, 20, 0, 0);
	assert_string_equal(r1->definition, "agauss(1k,60,3)");
	assert_int_equal(r2->distribution.kind, DISTRIBUTION_UNIFORM);
	assert_double_equal(r2->distribution.spread, 100, 0, 0);
	assert_true(r1->draw != r2->draw);
	job_free(job);
}

static void a_draw_names_the_values_it_is_for(void **state)
{
	struct job *job = resolve_deck("t\n.param x=agauss(1k,60,3) y={x}\nr1 a 0 {y}\nr2 a 0 {y}\n"
				       "r3 a 0 {x}\n" A_SOURCE,
				       CAROM_ROUTE_AUTO);
	(void)state;

	assert_string_equal(variable_called(job, "y#1")->uses, "r1 r2");
	assert_string_equal(variable_called(job, "r3#1")->uses, "r3");
	job_free(job);
}

static void a_name_keys_the_number_whatever_else_there_is(void **state)
{
	struct job *one = resolve_deck("t\nr1 a 0 {unif(1k,0.1)}\n" A_SOURCE, CAROM_ROUTE_AUTO);
	struct job *two = resolve_deck("t\nr0 a 0 {unif(1k,0.1)}\nR1 a 0 {unif(1k,0.1)}\n" A_SOURCE
				       "*carom vary v1 gauss 1%\n",
				       CAROM_ROUTE_AUTO);
	(void)state;

	assert_int_equal(two->n_variables, 3);
	assert_true(variable_called(one, "r1#1")->draw == variable_called(two, "r1#1")->draw);
	job_free(one);
	job_free(two);
}

static void the_loaded_deck_has_nominal_values_in_as_many_bytes(void **state)
{
	struct job *job =
		resolve_deck("agauss(1,2,3)\n.param x=2*agauss(1k,50,3)\n"
			     ".func f(n) {agauss(n,1,1)}\n"
			     "r1 a 0 {x+flat(2)+agauss(unif(1,2),1,1)}\nr2 a 0 {f(2)}\n" A_SOURCE,
			     CAROM_ROUTE_AUTO);
	(void)state;

	assert_string_equal(job->lines[0].text, "agauss(1,2,3)");
	assert_string_equal(job->lines[1].text, ".param x=2*(      1k     )");
	assert_string_equal(job->lines[2].text, ".func f(n) {(      n    )}");
	assert_string_equal(job->lines[3].text, "r1 a 0 {x+(    0)+(      (    1  )    )}");
	job_free(job);
}

static void a_function_of_the_deck_stays(void **state)
{
	struct job *job = resolve_deck(
		"t\n.func mc(v,t) {unif(v,t)}\nr1 a 0 {mc(1k,0.1)}\n" A_SOURCE, CAROM_ROUTE_AUTO);
	(void)state;

	assert_string_equal(job->lines[1].text, ".func mc(v,t) {(    v  )}");
	assert_string_equal(job->lines[2].text, "r1 a 0 {mc(1k,0.1)}");
	job_free(job);
}

/* ---- the reload route ---- */

static void assert_lines(const struct job *job, const double *values, const char *const *expected)
{
	struct reload *reload = reload_new(job);
	const char *const *lines;

	assert_non_null(reload);
	lines = reload_lines(reload, values);
	assert_non_null(lines);
	for (size_t i = 0; expected[i]; i++)
		assert_string_equal(lines[i], expected[i]);
	reload_free(reload);
}

static void set_variable(const struct job *job, double *values, const char *name, double value)
{
	values[variable_called(job, name) - job->variables] = value;
}

static void values_are_handed_down_to_where_they_are_used(void **state)
{
	static const char *const expected[] = {"t",
					       "r1 a 0 {20}",
					       "x1 a t carom_1=600 carom_3=2",
					       ".subckt t a carom_1=0 carom_3=0",
					       "x2 a s carom_0={carom_1} carom_2={carom_3}",
					       ".ends",
					       ".subckt s a carom_0=0 carom_2=0",
					       "r1 a 0 {carom_0} tc1={carom_2}",
					       ".ends",
					       NULL};
	double values[3];
	struct job *job = resolve_deck(
		"t\nr1 a 0 {2*aunif(10,1)}\nx1 a t\n.subckt t a\nx2 a s\n.ends\n"
		".subckt s a\nr1 a 0 {3*aunif(100,1)} tc1={aunif(1,1)}\n.ends\n" A_SOURCE,
		CAROM_ROUTE_RELOAD);
	(void)state;

	set_variable(job, values, "r1#1", 10);
	set_variable(job, values, "x1.x2.r1#1", 200);
	set_variable(job, values, "x1.x2.r1:tc1#1", 2);
	assert_int_equal(job->route, CAROM_ROUTE_RELOAD);
	assert_lines(job, values, expected);
	job_free(job);
}

static void an_obstacle_takes_the_reload_route(void **state)
{
	static const char *const expected[] = {"t", "v2 b 0 sin(0 {7} 1k)", "b1 c 0 v=3*v(a)+8*2",
					       NULL};
	double values[3];
	struct job *job =
		resolve_deck("t\nv2 b 0 sin(0 {aunif(1,1)} 1k)\n"
			     "b1 c 0 v=g*v(a)+unif(2,1)*2\n.param y={unif(1,1)} g={y}\n" A_SOURCE,
			     CAROM_ROUTE_AUTO);
	(void)state;

	set_variable(job, values, "v2#1", 7);
	set_variable(job, values, "g#1", 3);
	set_variable(job, values, "b1#1", 8);
	assert_int_equal(job->route, CAROM_ROUTE_RELOAD);
	assert_non_null(strstr(job->obstacle, "its waveform"));
	assert_lines(job, values, expected);
	job_free(job);
}

static void what_cannot_be_drawn_is_refused(void **state)
{
	(void)state;
	assert_job_refused("t\nr1 a 0 {unif(1,2)}\n.if (1)\nr2 a 0 1\n.endif\n" A_SOURCE,
			   CAROM_ROUTE_AUTO, CAROM_ERROR_PARAMETER,
			   "t.cir:3: .if: a statistical function where what .if and .endif decide "
			   "counts: carom does not draw that number");
	assert_job_refused("t\nv2 b 0 sin(0 {aunif(1,1)} 1k)\n" A_SOURCE, CAROM_ROUTE_ALTER,
			   CAROM_ERROR_PARAMETER,
			   "v2#1 cannot be set in the loaded circuit (t.cir:2: v2: the change "
			   "reaches its waveform, which is not set in a loaded circuit): use "
			   "--route reload");
	assert_job_refused("t\nr1 a 0 1k\n" A_SOURCE, CAROM_ROUTE_AUTO, CAROM_ERROR_ARGUMENT,
			   "t.cir: nothing varies: add a statement such as \"*carom vary r1 gauss "
			   "1%\" or --vary");
}

static int attempt(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;
	int status = job_new(&job, arg, CAROM_ROUTE_RELOAD, &err);

	job_free(job);
	return status;
}

static void no_memory_is_told(void **state)
{
	struct carom_circuit *circuit = import_deck(
		"t\n.param x=agauss(1,2,3)\nx1 a s\n.subckt s a\nr1 a 0 {x}\n.ends\n" A_SOURCE);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_study *study = carom_study_new(circuit, &err);
	(void)state;

	assert_ok(&err);
	assert_survives_no_memory(attempt, study);
	carom_study_free(study);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deck_that_draws_is_a_study_without_a_statement),
		cmocka_unit_test(a_draw_names_the_values_it_is_for),
		cmocka_unit_test(a_name_keys_the_number_whatever_else_there_is),
		cmocka_unit_test(the_loaded_deck_has_nominal_values_in_as_many_bytes),
		cmocka_unit_test(a_function_of_the_deck_stays),
		cmocka_unit_test(values_are_handed_down_to_where_they_are_used),
		cmocka_unit_test(an_obstacle_takes_the_reload_route),
		cmocka_unit_test(what_cannot_be_drawn_is_refused),
		cmocka_unit_test(no_memory_is_told),
	};

	return run_all_tests(tests);
}
