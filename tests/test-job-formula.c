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
	assert_true(measure->formula.n_ops <= 32);
	program_run(measure->formula.ops, measure->formula.n_ops, inputs, results);
	return operand_value(measure->formula.value, results);
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

	for (size_t i = 0; i < measure->formula.n_ops; i++)
		if (measure->formula.ops[i].code == PROGRAM_INPUT)
			assert_int_equal(measure->formula.ops[i].a, 2);
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

static void a_number_in_braces_follows_what_varies(void **state)
{
	struct job *job =
		resolve_deck(DECK "*carom vary vdd gauss 1%\n"
				  "*carom measure top max(v(out))\n"
				  "*carom measure x cross(v(out), {half+top}, from={1u})\n",
			     0);
	const struct job_measure *measure = measure_called(job, "x");
	const struct job_formula *level = &measure->numbers[0];
	const double inputs[] = {1e3, 4, 7};
	double results[8];
	(void)state;

	assert_string_equal(measure->measure.arguments[0].name, "{half+top}");
	assert_true(level->n_ops > 0 && level->n_ops <= 8);
	program_run(level->ops, level->n_ops, inputs, results);
	assert_same_bits(operand_value(level->value, results), 9);
	assert_same_bits(measure->measure.arguments[MEASURE_FROM].number, 1e-6);
	assert_int_equal(measure->numbers[MEASURE_FROM].n_ops, 0);
	assert_string_equal(measure->definition, "cross(v(out), {half+top}, either, 1, from={1u})");
	job_free(job);
}

static void the_places_of_a_waveform_do_not_follow_it(void **state)
{
	(void)state;
	assert_job_refused(
		DECK "*carom vary vdd gauss 1%\n*carom measure x max(v(out))\n"
		     "*carom keep v(out) to={vdd*1u}\n",
		0, CAROM_ERROR_PARAMETER,
		"t.cir:10:13: keep v(out): {vdd*1u} varies, and has to be one number for "
		"all samples");
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
		cmocka_unit_test(a_number_in_braces_follows_what_varies),
		cmocka_unit_test(the_places_of_a_waveform_do_not_follow_it),
		cmocka_unit_test(unknown_names_are_told_with_the_place_of_the_statement),
		cmocka_unit_test(cards_are_measured_and_not_sent),
		cmocka_unit_test(cards_that_cannot_be_taken_are_noted),
	};

	return run_all_tests(tests);
}
