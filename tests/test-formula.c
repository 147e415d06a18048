/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of expressions over names whose numbers are known later. */
#include "circuit/formula.h"

#include <string.h>

#include "base/mem.h"
#include "support-session.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

static const char deck[] = "t\n.param vdd=1.8 half={vdd/2}\n.func twice(x) {2*x}\n"
			   "v1 a 0 {vdd}\nr1 a 0 1k\n"
			   ".subckt cell p q\n.param vdd=7\nr1 p q 1\n.ends\n";

/* The inputs are tr = 3, vdd = 5 (if it is one) and a-b, which no expression can name. */
static double computed(const char *text, bool has_vdd)
{
	const char *const names[] = {"tr", has_vdd ? "vdd" : NULL, "a-b"};
	const double inputs[] = {3, 5, 9};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(deck);
	struct program program;
	struct operand value;
	double results[64], result;

	formula_compile(circuit, text, names, N(names), &program, &value, &err);
	assert_ok(&err);
	assert_true(program.n_ops <= N(results));
	assert_true(program_is_valid(program.ops, program.n_ops, N(names)));
	program_run(program.ops, program.n_ops, inputs, results);
	result = operand_value(value, results);
	program_release(&program);
	carom_circuit_free(circuit);
	return result;
}

static void inputs_parameters_and_functions_are_known(void **state)
{
	(void)state;
	assert_same_bits(computed("tr*2", false), 6);
	assert_same_bits(computed("vdd", false), 1.8);
	assert_same_bits(computed("twice(half) + TR", false), 4.8);
	assert_same_bits(computed("max(tr, 1k)", false), 1000);
}

static void an_input_is_what_it_is_told_instead_of_the_parameter(void **state)
{
	(void)state;
	assert_same_bits(computed("vdd + tr", true), 8);
	assert_same_bits(computed("half", true), 2.5);
}

static void assert_refused(const char *text, enum carom_status status, const char *words)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(deck);
	struct program program;
	struct operand value;

	assert_int_equal(formula_compile(circuit, text, NULL, 0, &program, &value, &err), status);
	if (!strstr(err.text, words))
		fail_msg("\"%s\" lacks \"%s\"", err.text, words);
	program_release(&program);
	carom_circuit_free(circuit);
}

static void what_is_not_known_is_refused(void **state)
{
	(void)state;
	assert_refused("2*nothing", CAROM_ERROR_PARAMETER, "nothing");
	assert_refused("2*(vdd", CAROM_ERROR_SYNTAX, "");
	assert_refused("agauss(1,1,1)", CAROM_ERROR_STATE, "statistical");
}

static void a_lack_of_memory_is_told_at_every_allocation(void **state)
{
	struct carom_circuit *circuit = import_deck(deck);
	const char *const names[] = {"tr"};
	int status = CAROM_ERROR_MEMORY;
	(void)state;

	for (int nth = 0; status == CAROM_ERROR_MEMORY; nth++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct program program;
		struct operand value;

		mem_fail_after(nth);
		status = formula_compile(circuit, "tr*twice(half)", names, 1, &program, &value,
					 &err);
		mem_fail_after(-1);
		assert_int_equal(status, err.status);
		program_release(&program);
	}
	assert_int_equal(status, 0);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(inputs_parameters_and_functions_are_known),
		cmocka_unit_test(an_input_is_what_it_is_told_instead_of_the_parameter),
		cmocka_unit_test(what_is_not_known_is_refused),
		cmocka_unit_test(a_lack_of_memory_is_told_at_every_allocation),
	};

	return run_all_tests(tests);
}
