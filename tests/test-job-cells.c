/* SPDX-License-Identifier: BSD-3-Clause */
/* Corners and steps of a study in its job: what they set, and what is drawn around it. */
#include <stdio.h>
#include <string.h>

#include "study/study.h"
#include "support-circuit.h"
#include "support-job.h"

static double value_of(const struct job *job, uint64_t sample, const char *name)
{
	double values[16];

	assert_true(job->n_variables <= 16);
	job_draw(job, sample, values);
	return values[variable_called(job, name) - job->variables];
}

static void a_sweep_has_one_sample_for_each_value(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom step r1 lin 1k 2k 11\n", CAROM_ROUTE_AUTO);

	(void)state;
	assert_true(job->n_samples == 11 && job->cells.n_draws == 1);
	assert_string_equal(variable_called(job, "r1")->definition, "set");
	assert_same_bits(value_of(job, 0, "r1"), 1e3);
	assert_same_bits(value_of(job, 5, "r1"), 1.5e3);
	assert_same_bits(value_of(job, 10, "r1"), 2e3);
	job_free(job);
}

static void the_last_step_is_the_quickest(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom step r1 list 1k 2k\n"
						 "*carom step v1 r2 list 5 6 7\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_int_equal(job->n_samples, 6);
	for (uint64_t k = 0; k < 6; k++) {
		assert_same_bits(value_of(job, k, "r1"), k < 3 ? 1e3 : 2e3);
		assert_same_bits(value_of(job, k, "v1"), 5 + (double)(k % 3));
		assert_same_bits(value_of(job, k, "r2"), 5 + (double)(k % 3));
	}
	job_free(job);
}

static void what_a_corner_does_not_set_is_nominal(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom corner slow: r*=9k temp=125\n"
						 "*carom corner low: v1=1.8\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_int_equal(job->n_samples, 2);
	assert_same_bits(value_of(job, 0, "r1"), 9e3);
	assert_same_bits(value_of(job, 0, "r2"), 9e3);
	assert_same_bits(value_of(job, 0, "temp"), 125);
	assert_same_bits(value_of(job, 0, "v1"), 2);
	assert_same_bits(value_of(job, 1, "r2"), 3e3);
	assert_same_bits(value_of(job, 1, "temp"), 27);
	assert_same_bits(value_of(job, 1, "v1"), 1.8);
	job_free(job);
}

static void a_step_comes_before_a_corner(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom corner slow: r1=9k\n"
						 "*carom step r1 list 1k 2k\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_same_bits(value_of(job, 1, "r1"), 2e3);
	job_free(job);
}

/* The same z everywhere, and 1 % of what is nominal in the cell. */
static void draws_are_common_to_all_cells(void **state)
{
	struct job *plain = resolve_deck(A_DIVIDER "*carom vary r1 gauss 1%\n*carom samples 4\n",
					 CAROM_ROUTE_AUTO);
	struct job *job =
		resolve_deck(A_DIVIDER "*carom vary r1 gauss 1%\n*carom samples 4\n"
				       "*carom corner typical:\n*carom corner slow: r1=2k\n"
				       "*carom step v1 list 1 2 3\n",
			     CAROM_ROUTE_AUTO);

	(void)state;
	assert_int_equal(job->n_samples, 4 * 2 * 3);
	for (uint64_t k = 0; k < job->n_samples; k++) {
		double drawn = value_of(plain, k % 4, "r1");

		if (k < 12)
			assert_same_bits(value_of(job, k, "r1"), drawn);
		else
			assert_double_equal(value_of(job, k, "r1"), 2 * drawn, 1e-15, 0);
	}
	job_free(job);
	job_free(plain);
}

/* What does not vary takes none of the sampler's dimensions, or other draws would move. */
static void samplers_go_by_the_number_of_the_draw(void **state)
{
	static const char *const samplers[] = {"plain", "lhs", "sobol"};
	char deck[400];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct job *plain, *job;

		snprintf(deck, sizeof(deck),
			 A_DIVIDER "*carom vary r1 gauss 1%%\n*carom vary r2 uniform 1%%\n"
				   "*carom samples 8\n*carom sampler %s\n",
			 samplers[i]);
		plain = resolve_deck(deck, CAROM_ROUTE_AUTO);
		strcat(deck, "*carom step v1 list 1 2 3\n*carom corner hot: temp=125\n");
		job = resolve_deck(deck, CAROM_ROUTE_AUTO);
		for (uint64_t k = 0; k < 24; k++) {
			assert_same_bits(value_of(job, k, "r1"), value_of(plain, k % 8, "r1"));
			assert_same_bits(value_of(job, k, "r2"), value_of(plain, k % 8, "r2"));
		}
		job_free(job);
		job_free(plain);
	}
}

static void correlated_draws_are_common_too(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r1 r2 gauss 1% each\n"
						 "*carom correlate r1 r2 0.9\n*carom samples 4\n"
						 "*carom step v1 list 1 2\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	for (uint64_t k = 0; k < 4; k++)
		assert_same_bits(value_of(job, k, "r2"), value_of(job, k + 4, "r2"));
	assert_true(value_of(job, 0, "r2") != value_of(job, 1, "r2"));
	job_free(job);
}

static void the_nominal_sample_has_the_values_of_the_deck(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r1 gauss 1%\n"
						 "*carom corner slow: r1=2k r2=5k temp=125\n"
						 ".temp 85\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_same_bits(value_of(job, CAROM_SAMPLE_NOMINAL, "r1"), 1e3);
	assert_same_bits(value_of(job, CAROM_SAMPLE_NOMINAL, "r2"), 3e3);
	assert_same_bits(value_of(job, CAROM_SAMPLE_NOMINAL, "temp"), 85);
	job_free(job);
}

static void the_temperature_is_set_by_a_line_of_its_own(void **state)
{
	struct job *job =
		resolve_deck(A_DIVIDER ".temp 85\n*carom vary temp uniform 5\n", CAROM_ROUTE_AUTO);
	const struct job_variable *temp = variable_called(job, "temp");

	(void)state;
	assert_true(temp->is_temperature && temp->has_slot);
	assert_string_equal(temp->unit, "degC");
	assert_slot(job, temp, "85");
	assert_string_equal(job->lines[temp->slot_line].text, ".temp 85");
	assert_true(&job->lines[temp->slot_line] > line_beginning(job, ".temp"));
	assert_int_equal(job->route, CAROM_ROUTE_ALTER);
	job_free(job);
}

/* It needs a model of its own, as if it were varied. */
static void a_corner_sets_a_parameter_of_a_model(void **state)
{
	struct job *job = resolve_deck("t\nv1 a 0 5\nr1 a c 1k\nq1 c a 0 qn\nq2 c a 0 qn\n"
				       ".model qn npn(bf=100 is=1e-15)\n" AN_OP
				       "*carom corner weak: q1:bf=50\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_same_bits(value_of(job, 0, "q1:bf"), 50);
	assert_true(variable_called(job, "q1:bf")->is_model);
	job_free(job);
}

static void a_corner_may_deviate_from_what_is_nominal(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER ".param p=4\nr3 b 0 {p}\n"
						 "*carom corner a: v1=-10% r1=50% r2=50% p=25%\n"
						 "*carom corner b: v1=1\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_same_bits(value_of(job, 0, "v1"), 2 * (1 + -10.0 / 100));
	assert_same_bits(value_of(job, 0, "r1"), 1.5e3);
	assert_same_bits(value_of(job, 0, "r2"), 4.5e3);
	assert_same_bits(value_of(job, 0, "p"), 5);
	assert_same_bits(value_of(job, 1, "p"), 4);
	job_free(job);
}

static void what_is_wrong_with_corners_and_steps_has_its_place(void **state)
{
	(void)state;
	assert_job_refused(A_DIVIDER "*carom step r9 list 1 2\n", CAROM_ROUTE_AUTO,
			   CAROM_ERROR_NOT_FOUND,
			   "t.cir:7:13: \"r9\" is no element or .param of the circuit");
	assert_job_refused(A_DIVIDER "*carom corner a: r1=1 r9=1\n", CAROM_ROUTE_AUTO,
			   CAROM_ERROR_NOT_FOUND,
			   "t.cir:7:15: \"r9\" is no element or .param of the circuit");
	assert_job_refused(
		A_DIVIDER "*carom step r1 list 1 2\n*carom step r* list 1 2\n", CAROM_ROUTE_AUTO,
		CAROM_ERROR_PARAMETER,
		"t.cir:8:13: step r*: what \"r*\" names is stepped by \"step r1\" already");
	assert_job_refused(A_DIVIDER ".param t=3\n.temp {t}\n*carom step temp list 1 2\n",
			   CAROM_ROUTE_AUTO, CAROM_ERROR_PARAMETER,
			   "t.cir:9:13: temp: the temperature on the deck's card is no plain "
			   "number: write one");
	assert_job_refused(
		A_DIVIDER "*carom corner a: temp=10%\n", CAROM_ROUTE_AUTO, CAROM_ERROR_PARAMETER,
		"t.cir:7:15: corner a: temp is in degrees Celsius, of which there are no "
		"per cent");
	assert_job_refused(A_DIVIDER "*carom corner a: lib=ss\n", CAROM_ROUTE_AUTO,
			   CAROM_ERROR_STATE,
			   "t.cir:7: corner a: section ss: another section is read with the deck's "
			   "file, and this circuit did not come from one");
	assert_job_refused(A_DIVIDER "*carom vary temp pelgrom 1 each\n", CAROM_ROUTE_AUTO,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:7:13: temp is no parameter of an element, so pelgrom finds no "
			   "area; name transistors, as in \"m*:delvto pelgrom 4m each\"");
	assert_job_refused(A_DIVIDER "*carom vary r1 gauss 1%\n*carom step r2 list 1 2\n"
				     "*carom correlate r1 r2 0.5\n",
			   CAROM_ROUTE_AUTO, CAROM_ERROR_PARAMETER,
			   "t.cir:9:18: \"r2\" does not vary, so it is correlated with nothing; "
			   "name what a vary statement varies, such as \"r1\" or \"m1:delvto\"");
	assert_job_refused(
		A_DIVIDER "*carom vary r1 gauss 1%\n*carom samples 9000000000000\n"
			  "*carom step r2 lin 1 2 1000000\n*carom step v1 lin 1 2 1000000\n",
		CAROM_ROUTE_AUTO, CAROM_ERROR_LIMIT, "too many corners, steps and samples");
}

static int make_job(void *study)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;
	int status = job_new(&job, study, CAROM_ROUTE_AUTO, &err);

	job_free(job);
	return status;
}

static void making_cells_survives_no_memory(void **state)
{
	struct carom_circuit *circuit =
		import_deck(A_DIVIDER "*carom vary r1 gauss 1%\n*carom step r2 temp lin 1 2 3\n"
				      "*carom corner a: r1=2 v1=3\n*carom corner b:\n");
	struct carom_study *study = carom_study_new(circuit, NULL);

	(void)state;
	assert_non_null(study);
	assert_survives_no_memory(make_job, study);
	carom_study_free(study);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sweep_has_one_sample_for_each_value),
		cmocka_unit_test(the_last_step_is_the_quickest),
		cmocka_unit_test(what_a_corner_does_not_set_is_nominal),
		cmocka_unit_test(a_step_comes_before_a_corner),
		cmocka_unit_test(draws_are_common_to_all_cells),
		cmocka_unit_test(samplers_go_by_the_number_of_the_draw),
		cmocka_unit_test(correlated_draws_are_common_too),
		cmocka_unit_test(the_nominal_sample_has_the_values_of_the_deck),
		cmocka_unit_test(the_temperature_is_set_by_a_line_of_its_own),
		cmocka_unit_test(a_corner_sets_a_parameter_of_a_model),
		cmocka_unit_test(a_corner_may_deviate_from_what_is_nominal),
		cmocka_unit_test(what_is_wrong_with_corners_and_steps_has_its_place),
		cmocka_unit_test(making_cells_survives_no_memory),
	};

	return run_all_tests(tests);
}
