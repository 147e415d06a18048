/* SPDX-License-Identifier: BSD-3-Clause */
/* What varied parameters reach is in the job: targets, and the program that gives their values. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "carom-study.h"
#include "support-circuit.h"
#include "support-job.h"

#define CHAIN                                                                                    \
	"t\n.param p=2 q={p*3}\nv1 a 0 1\nr1 a b {q*1k}\nr2 b 0 1k\nx1 a 0 s w={q}\nd1 b 0 dm\n" \
	".model dm d n={p/2}\n.subckt s a b w=1\nr1 a b {w}\n.ends\n" AN_OP

/* The values for these of the variables: "@r1[resistance]=6000 @d1[n]=1". */
static void assert_values(const struct job *job, const double *variables, const char *expected)
{
	double *results = calloc(job->n_ops + 1, sizeof(*results));
	struct text text = TEXT_INIT;

	program_run(job->ops, job->n_ops, variables, results);
	for (size_t i = 0; i < job->n_values; i++)
		text_printf(&text, "%s%s%s=%g", i ? " " : "", job->values[i].target,
			    job->values[i].is_model ? "(model)" : "",
			    operand_value(job->values[i].value, results));
	assert_string_equal(text_string(&text), expected);
	text_release(&text);
	free(results);
}

static void a_param_is_followed_to_what_it_reaches(void **state)
{
	const double two = 2, four = 4;
	struct job *job = resolve_deck(CHAIN "*carom vary p gauss 1%\n", CAROM_ROUTE_AUTO);
	(void)state;

	assert_int_equal(job->route, CAROM_ROUTE_ALTER);
	assert_null(job->obstacle);
	assert_true(job->variables[0].is_param);
	assert_null(job->variables[0].target);
	assert_values(job, &two, "@r1[resistance]=6000 @r.x1.r1[resistance]=6 @d1[n](model)=1");
	assert_values(job, &four, "@r1[resistance]=12000 @r.x1.r1[resistance]=12 @d1[n](model)=2");
	job_free(job);
}

static void inputs_are_the_variables_by_their_numbers(void **state)
{
	const double values[] = {5, 3, 7};
	struct job *job = resolve_deck("t\n.param p=1 q=2\nv1 a 0 1\nr1 a 0 {p}\nr2 a 0 {q}\n" AN_OP
				       "*carom vary v1 gauss 1%\n*carom vary q p gauss 1%\n",
				       CAROM_ROUTE_AUTO);
	(void)state;

	assert_string_equal(job->variables[1].name, "q");
	assert_values(job, values, "@r1[resistance]=7 @r2[resistance]=3");
	job_free(job);
}

static void a_study_without_params_has_no_values(void **state)
{
	struct job *job = resolve_deck(CHAIN "*carom vary r2 gauss 1%\n", CAROM_ROUTE_AUTO);
	(void)state;

	assert_int_equal(job->n_values, 0);
	assert_int_equal(job->n_ops, 0);
	job_free(job);
}

static void what_a_model_of_ones_own_says_is_followed(void **state)
{
	const double values[] = {1e-15, 4};
	struct job *job = resolve_deck("t\n.param p=2\nv1 a 0 1\nd1 a 0 dm\n"
				       ".model dm d is=1e-14 n={p/2}\n" AN_OP
				       "*carom vary d1:is gauss 1%\n*carom vary p gauss 1%\n",
				       CAROM_ROUTE_AUTO);
	(void)state;

	assert_int_equal(job->route, CAROM_ROUTE_ALTER);
	assert_values(job, values, "@d1[n](model)=2");
	job_free(job);
}

/* ---- obstacles ---- */

static void assert_obstacle(const char *deck, const char *expected)
{
	struct job *job = resolve_deck(deck, CAROM_ROUTE_AUTO);

	assert_int_equal(job->route, CAROM_ROUTE_RELOAD);
	assert_string_equal(job->obstacle, expected);
	assert_int_equal(job->n_values, 0);
	assert_int_equal(job->n_ops, 0);
	job_free(job);
}

#define TRAN_DECK "t\n.param p=2\nv1 a 0 1\nr1 a 0 {p}\n"

static void an_obstacle_has_its_place(void **state)
{
	(void)state;
	assert_obstacle(
		TRAN_DECK "b1 b 0 v=p*v(a)\n" AN_OP "*carom vary p gauss 1%\n",
		"t.cir:5: b1: the change reaches an expression that ngspice evaluates while "
		"it runs, which is not set in a loaded circuit");
	assert_obstacle(TRAN_DECK ".tran 1 {p}\n*carom measure top final(v(a))\n"
				  "*carom vary p gauss 1%\n",
			"t.cir:5: .tran: the change reaches an analysis, which is not set in a "
			"loaded circuit");
}

/* The copy that models of their own are made in has other lines. */
static void an_obstacle_of_a_copy_has_the_users_place(void **state)
{
	(void)state;
	assert_obstacle(
		"t\n* comment\n* comment\n.param p=2\nv1 a 0 1\nd1 a 0 dm\n.model dm d is=1\n"
		"b1 b 0 v=p*v(a)\n" AN_OP "*carom vary d1:is gauss 1%\n"
		"*carom vary p gauss 1%\n",
		"t.cir:8: b1: the change reaches an expression that ngspice evaluates while "
		"it runs, which is not set in a loaded circuit");
}

static void a_size_that_selects_models_is_an_obstacle(void **state)
{
	(void)state;
	assert_obstacle("t\n.param p=1\nv1 a 0 1\nm1 a a 0 0 n l=1u w=1u\n"
			".model n.1 nmos lmin=0 lmax=1 wmin=0 wmax=2u vto={p}\n"
			".model n.2 nmos lmin=0 lmax=1 wmin=2u wmax=1 vto={p}\n" AN_OP
			"*carom vary p gauss 1%\n*carom vary m1:w uniform 1%\n",
			"m1:w selects the model, of which a parameter varies as well");
}

static void a_size_that_selects_none_is_no_obstacle(void **state)
{
	const double values[] = {3, 2e-6};
	struct job *job = resolve_deck("t\n.param p=1\nv1 a 0 1\nm1 a a 0 0 n l=1u w=1u\n"
				       ".model n nmos vto={p}\n" AN_OP
				       "*carom vary p gauss 1%\n*carom vary m1:w gauss 1%\n",
				       CAROM_ROUTE_AUTO);
	(void)state;

	assert_int_equal(job->route, CAROM_ROUTE_ALTER);
	assert_values(job, values, "@m1[vto](model)=3");
	job_free(job);
}

static void a_hazard_is_met_as_without_params(void **state)
{
	struct job *job = resolve_deck("t\n.param p=1\nv1 a 0 1\nr1 a b {p}\nl1 b 0 1\nl2 c 0 1\n"
				       "r2 c 0 1\nk1 l1 l2 0.5\n" AN_OP "*carom vary p gauss 1%\n",
				       CAROM_ROUTE_AUTO);
	(void)state;

	assert_int_equal(job->route, CAROM_ROUTE_RESET);
	assert_string_equal(job->hazard, "k1 couples inductors");
	job_free(job);
}

/* Each of n diodes with a model's value of its own. */
static enum carom_route route_of_diodes(int n, const char *analysis)
{
	struct text deck = TEXT_INIT;
	enum carom_route route;
	struct job *job;

	text_append(&deck, "t\nv1 a 0 1\n.param p=1\n.subckt s a\nd1 a 0 dm\n"
			   ".model dm d is={p*1e-15}\n.ends\n");
	for (int i = 0; i < n; i++)
		text_printf(&deck, "x%d a s\n", i);
	text_printf(&deck, "%s\n*carom measure top final(v(a))\n*carom vary p gauss 1%%\n",
		    analysis);
	job = resolve_deck(text_string(&deck), CAROM_ROUTE_AUTO);
	route = job->route;
	job_free(job);
	text_release(&deck);
	return route;
}

static void many_models_after_a_transient_analysis_take_a_fork(void **state)
{
	(void)state;
	assert_int_equal(route_of_diodes(44, ".tran 1n 10n"), CAROM_ROUTE_ALTER);
	assert_int_equal(route_of_diodes(45, ".tran 1n 10n"), CAROM_ROUTE_FORK);
	assert_int_equal(route_of_diodes(45, ".op"), CAROM_ROUTE_ALTER);
}

static void a_forced_reload_is_kept(void **state)
{
	struct job *job = resolve_deck(CHAIN "*carom vary p gauss 1%\n", CAROM_ROUTE_RELOAD);
	(void)state;

	assert_int_equal(job->route, CAROM_ROUTE_RELOAD);
	assert_null(job->obstacle);
	job_free(job);
}

/* What is an expression of a .param has no number of its own that could vary besides. */
static void a_value_and_the_param_it_is_made_of_cannot_both_vary(void **state)
{
	(void)state;
	assert_job_refused(CHAIN "*carom vary p gauss 1%\n*carom vary r1 gauss 1%\n",
			   CAROM_ROUTE_AUTO, CAROM_ERROR_PARAMETER,
			   "t.cir:15:13: r1: its value {q*1k} is no plain number: write one on its "
			   "card, or vary the .param it is made of");
	assert_job_refused(
		CHAIN "*carom vary p gauss 1%\n*carom vary dm:n gauss 1%\n", CAROM_ROUTE_AUTO,
		CAROM_ERROR_PARAMETER,
		"t.cir:15:13: dm:n: its value {p/2} is no plain number: write one on its "
		"card, or vary the .param it is made of");
	assert_job_refused(CHAIN "*carom vary p gauss 1%\n*carom vary q gauss 1%\n",
			   CAROM_ROUTE_AUTO, CAROM_ERROR_PARAMETER,
			   "t.cir:15:13: q: its value {p*3} is no plain number: write one on its "
			   "card, or vary the .param it is made of");
}

/* ---- memory ---- */

static int attempt(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;
	int rc = job_new(&job, arg, CAROM_ROUTE_AUTO, &err);

	if (rc == 0)
		assert_int_equal(job->n_values, 3);
	job_free(job);
	return rc;
}

static void no_memory_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(CHAIN "*carom vary p gauss 1%\n");
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
		cmocka_unit_test(a_param_is_followed_to_what_it_reaches),
		cmocka_unit_test(inputs_are_the_variables_by_their_numbers),
		cmocka_unit_test(a_study_without_params_has_no_values),
		cmocka_unit_test(what_a_model_of_ones_own_says_is_followed),
		cmocka_unit_test(an_obstacle_has_its_place),
		cmocka_unit_test(an_obstacle_of_a_copy_has_the_users_place),
		cmocka_unit_test(a_size_that_selects_models_is_an_obstacle),
		cmocka_unit_test(a_size_that_selects_none_is_no_obstacle),
		cmocka_unit_test(a_hazard_is_met_as_without_params),
		cmocka_unit_test(many_models_after_a_transient_analysis_take_a_fork),
		cmocka_unit_test(a_forced_reload_is_kept),
		cmocka_unit_test(a_value_and_the_param_it_is_made_of_cannot_both_vary),
		cmocka_unit_test(no_memory_is_told),
	};

	return run_all_tests(tests);
}
