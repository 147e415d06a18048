/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of measurements calculated from others, and of numbers that .param gives. */
#include <string.h>

#include "support-job.h"

#define DECK                                                                         \
	"t\n.param vdd=1.8 half={vdd/2}\nv1 in 0 {vdd}\nr1 in out 1k\nc1 out 0 1n\n" \
	".tran 1n 1u\n*carom vary r1 gauss 1%\n"

static double formula_value(const struct job *job, const char *name, const double *inputs)
{
	const struct job_measure *measure = measure_called(job, name);
	double results[32];

	assert_true(measure->is_formula);
	assert_true(measure->n_ops <= 32);
	program_run(measure->ops, measure->n_ops, inputs, results);
	return operand_value(measure->formula, results);
}

static void inputs_are_the_variables_and_the_earlier_measurements(void **state)
{
	struct job *job = resolve_deck(DECK "*carom vary vdd gauss 1%\n"
					    "*carom measure top max(v(out))\n"
					    "*carom measure low min(v(out))\n"
					    "*carom measure ratio = (top - low)/half\n",
				       0);
	const double inputs[] = {1e3, 4, 7, 1};
	(void)state;

	assert_int_equal(job->n_variables, 2);
	assert_same_bits(formula_value(job, "ratio", inputs), 3);
	assert_string_equal(measure_called(job, "ratio")->definition, "= (top - low)/half");
	assert_string_equal(measure_called(job, "ratio")->unit, "");
	job_free(job);
}

static void only_measurements_that_are_named_are_needed(void **state)
{
	struct job *job = resolve_deck(DECK "*carom measure top max(v(out))\n"
					    "*carom measure topmost max(v(in))\n"
					    "*carom measure x = 2*topmost\n",
				       0);
	const struct job_measure *measure = measure_called(job, "x");
	(void)state;

	for (size_t i = 0; i < measure->n_ops; i++)
		if (measure->ops[i].code == PROGRAM_INPUT)
			assert_int_equal(measure->ops[i].a, 2);
	job_free(job);
}

static void a_formula_may_be_of_parameters_alone(void **state)
{
	struct job *job = resolve_deck(DECK "*carom measure x = half*2\n", 0);
	(void)state;

	assert_same_bits(formula_value(job, "x", NULL), 1.8);
	job_free(job);
}

static void a_number_in_braces_is_computed_once(void **state)
{
	struct job *job =
		resolve_deck(DECK "*carom measure x cross(v(out), {half}, from={1u*0.1})\n", 0);
	const struct measure *measure = &measure_called(job, "x")->measure;
	(void)state;

	assert_same_bits(measure->arguments[0].number, 0.9);
	assert_null(measure->arguments[0].name);
	assert_double_equal(measure->arguments[MEASURE_FROM].number, 1e-7, 1e-15, 0);
	job_free(job);
}

static void what_varies_is_no_number_but_a_formula_of_it_is(void **state)
{
	(void)state;
	assert_job_refused(DECK "*carom vary vdd gauss 1%\n"
				"*carom measure x cross(v(out), {half})\n",
			   0, CAROM_ERROR_PARAMETER,
			   "t.cir:9:16: measure x: {half} varies; let a measurement \"NAME = "
			   "EXPRESSION\" follow it, and name that");
	job_free(resolve_deck(DECK "*carom vary vdd gauss 1%\n*carom measure level = half\n"
				   "*carom measure x cross(v(out), level)\n",
			      0));
}

static void unknown_names_are_told_with_the_place_of_the_statement(void **state)
{
	(void)state;
	assert_job_refused(DECK "*carom measure x = 2*nothing\n", 0, CAROM_ERROR_PARAMETER,
			   "t.cir:8:16: measure x: undefined parameter \"nothing\"");
	assert_job_refused(DECK "*carom measure x = 2*later\n*carom measure later max(v(out))\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:8:16: measure x: undefined parameter \"later\"");
	assert_job_refused(DECK "*carom measure x max(v(out), to={nothing})\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:8:16: measure x: undefined parameter \"nothing\"");
}

static void cards_are_measured_and_not_sent(void **state)
{
	struct job *job = resolve_deck(DECK ".meas tran top max v(out) to='half*1u'\n"
					    ".meas tran twice param='2*top'\n",
				       0);
	const double inputs[] = {1e3, 7};
	(void)state;

	assert_string_equal(measure_called(job, "top")->definition,
			    "tran max(v(out), to={half*1u})");
	assert_same_bits(formula_value(job, "twice", inputs), 14);
	assert_null(job->notes);
	for (size_t i = 0; i < job->n_lines; i++)
		assert_null(strstr(job->lines[i].text, ".meas"));
	job_free(job);
}

static void cards_that_cannot_be_taken_are_noted(void **state)
{
	struct job *job =
		resolve_deck(DECK ".meas tran top max v(out)\n.meas ac f when vdb(out)=-3\n"
				  ".meas tran wrong max v(nothere)\n",
			     0);
	(void)state;

	assert_int_equal(job->n_measures, 1);
	assert_string_equal(job->notes,
			    "t.cir:9: left out: measure f: the deck has no .ac analysis\n"
			    "t.cir:10: left out: measure wrong: the circuit has no net "
			    "\"nothere\"");
	job_free(job);
	assert_job_refused(
		DECK ".meas tran wrong max v(nothere)\n", 0, CAROM_ERROR_ARGUMENT,
		"t.cir: none of the .meas cards can be taken; t.cir:8: left out: measure "
		"wrong: the circuit has no net \"nothere\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inputs_are_the_variables_and_the_earlier_measurements),
		cmocka_unit_test(only_measurements_that_are_named_are_needed),
		cmocka_unit_test(a_formula_may_be_of_parameters_alone),
		cmocka_unit_test(a_number_in_braces_is_computed_once),
		cmocka_unit_test(what_varies_is_no_number_but_a_formula_of_it_is),
		cmocka_unit_test(unknown_names_are_told_with_the_place_of_the_statement),
		cmocka_unit_test(cards_are_measured_and_not_sent),
		cmocka_unit_test(cards_that_cannot_be_taken_are_noted),
	};

	return run_all_tests(tests);
}
