/* SPDX-License-Identifier: BSD-3-Clause */
/* Parameters asked for, set and added. */
#include <math.h>

#include "carom-edit.h"
#include "support-circuit.h"

static void instance_parameters_are_set_or_added(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.model n nmos\n.subckt s a w=1\nr1 a 0 {w}\n.ends\n"
			    "m1 d g 0 0 n w=1u l=2u\nr1 a 0 1k\nx1 a s\n.end\n");
	struct carom_element m1 = element_called(c, "m1");
	struct carom_element r1 = element_called(c, "r1");
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	(void)state;
	carom_element_set_param(c, m1, "w", 3e-6, &err);
	carom_element_set_param(c, m1, "m", 4, &err);
	carom_element_set_param(c, r1, "resistance", 5, &err);
	carom_element_set_param(c, r1, "tc1", 0.001, &err);
	carom_element_set_param(c, element_called(c, "x1"), "w", 2, &err);
	assert_ok(&err);
	assert_deck(c, "t\n.model n nmos\n.subckt s a w=1\nr1 a 0 {w}\n.ends\n"
		       "m1 d g 0 0 n w=3e-06 l=2u m=4\nr1 a 0 5 tc1=0.001\nx1 a s w=2\n.end\n");
	assert_int_equal(carom_element_param(c, m1, "L", &value, &err), 0);
	assert_same_bits(value, 2e-6);
	assert_int_equal(carom_element_param(c, r1, "r", &value, &err), 0);
	assert_same_bits(value, 5);
	assert_int_equal(carom_element_param(c, m1, "ad", &value, &err), CAROM_ERROR_PARAMETER);
	carom_circuit_free(c);
}

static void model_parameters_are_set_or_added(void **state)
{
	struct carom_circuit *c = import_deck("t\n.model a d(is=1e-14)\n.model b d is=1\n"
					      ".model e d\n.model f d ( )\nr1 a 0 1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	(void)state;
	carom_model_set_param(c, "a", "is", 2e-14, &err);
	carom_model_set_param(c, "a", "n", 2, &err);
	carom_model_set_param(c, "b", "n", 2, &err);
	carom_model_set_param(c, "e", "n", 2, &err);
	carom_model_set_param(c, "f", "n", 2, &err);
	assert_ok(&err);
	assert_deck(c, "t\n.model a d(is=2e-14 n=2)\n.model b d is=1 n=2\n.model e d n=2\n"
		       ".model f d (  n=2)\nr1 a 0 1\n.end\n");
	assert_int_equal(carom_model_param(c, "A", "N", &value, &err), 0);
	assert_same_bits(value, 2);
	assert_int_equal(carom_model_param(c, "none", "n", &value, &err), CAROM_ERROR_MODEL);
	assert_string_equal(err.text, "the circuit has no model none");
	carom_circuit_free(c);
}

static void parameters_of_the_circuit_are_set_or_added(void **state)
{
	struct carom_circuit *c = import_deck("t\n.param a=1 b={2*a} c = 3\nr1 a 0 {a}\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	(void)state;
	assert_int_equal(carom_circuit_param(c, "b", &value, &err), CAROM_ERROR_PARAMETER);
	carom_error_clear(&err);
	carom_circuit_set_param(c, "a", 100.5, &err);
	carom_circuit_set_param(c, "b", 7, &err);
	carom_circuit_set_param(c, "c", 8, &err);
	carom_circuit_set_param(c, "d", 9, &err);
	assert_ok(&err);
	assert_deck(c, "t\n.param a=100.5 b=7 c = 8\nr1 a 0 {a}\n.param d=9\n.end\n");
	assert_int_equal(carom_circuit_param(c, "c", &value, &err), 0);
	assert_same_bits(value, 8);
	assert_int_equal(carom_circuit_param(c, "e", &value, &err), CAROM_ERROR_PARAMETER);
	carom_circuit_free(c);
}

static void what_cannot_be_set_is_refused(void **state)
{
	struct carom_circuit *c = import_deck("t\n.model m d\nr1 a 0 1\nd1 a 0 m\n.end\n");
	struct carom_element r1 = element_called(c, "r1");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(carom_element_set_param(c, r1, "bf", 1, &err), CAROM_ERROR_PARAMETER);
	assert_string_equal(err.text, "r1: a resistor has no parameter bf");
	carom_error_clear(&err);
	assert_int_equal(carom_element_set_param(c, r1, "tc1", NAN, &err), CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "parameter tc1: the value must be finite");
	carom_error_clear(&err);
	assert_int_equal(carom_model_set_param(c, "m", "i s", 1, &err), CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "\"i s\" cannot be a parameter");
	assert_int_equal(carom_circuit_set_param(c, "ok", 1, &err), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_element_set_param(c, (struct carom_element){9}, "m", 1, NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_deck(c, "t\n.model m d\nr1 a 0 1\nd1 a 0 m\n.end\n");
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(instance_parameters_are_set_or_added),
		cmocka_unit_test(model_parameters_are_set_or_added),
		cmocka_unit_test(parameters_of_the_circuit_are_set_or_added),
		cmocka_unit_test(what_cannot_be_set_is_refused),
	};

	return run_all_tests(tests);
}
