/* SPDX-License-Identifier: BSD-3-Clause */
/* Operations: the same whether computed while built or when run; what depends on what. */
#include "circuit/program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "support-circuit.h"

static const double samples[] = {0, -0.0, 1, -1, 2.5, -2.5, 0.5, 3, 1e-9, -7, 1e9};
enum { N_SAMPLES = sizeof(samples) / sizeof(samples[0]) };

static void assert_same_value(double a, double b)
{
	if (isnan(a) && isnan(b))
		return;
	assert_same_bits(a, b);
}

static void constants_give_the_bits_that_a_run_gives(void **state)
{
	(void)state;
	for (int code = PROGRAM_ADD; code < PROGRAM_SELECT; code++) {
		for (int i = 0; i < N_SAMPLES * N_SAMPLES; i++) {
			const double inputs[] = {samples[i / N_SAMPLES], samples[i % N_SAMPLES]};
			struct program program = {0};
			struct operand folded, run;
			double values[8];

			folded = program_apply(&program, (enum program_code)code,
					       operand_constant(inputs[0]),
					       operand_constant(inputs[1]));
			assert_true(operand_is_constant(folded));
			assert_int_equal(program.n_ops, 0);
			run = program_apply(&program, (enum program_code)code,
					    program_input(&program, 0), program_input(&program, 1));
			assert_false(operand_is_constant(run));
			program_run(program.ops, program.n_ops, inputs, values);
			assert_same_value(operand_value(run, values), folded.number);
			program_release(&program);
		}
	}
}

static void a_choice_takes_one_of_two(void **state)
{
	struct program program = {0};
	struct operand condition = program_input(&program, 0);
	struct operand choice =
		program_select(&program, condition, operand_constant(5), operand_constant(6));
	double values[8], input = 0;
	(void)state;

	program_run(program.ops, program.n_ops, &input, values);
	assert_double_equal(operand_value(choice, values), 6, 0, 0);
	input = -3;
	program_run(program.ops, program.n_ops, &input, values);
	assert_double_equal(operand_value(choice, values), 5, 0, 0);
	choice = program_select(&program, operand_constant(1), condition, operand_constant(6));
	assert_int_equal(choice.op, condition.op);
	program_release(&program);
}

static void operations_tell_what_they_depend_on(void **state)
{
	struct program program = {0};
	struct operand input = program_input(&program, 0);
	struct operand opaque = program_opaque(&program);
	struct operand sum = program_apply(&program, PROGRAM_ADD, input, operand_constant(1));
	struct operand both = program_select(&program, opaque, sum, operand_constant(1));
	(void)state;

	assert_int_equal(program_depends(&program, operand_constant(1)), 0);
	assert_int_equal(program_depends(&program, sum), ON_INPUT);
	assert_int_equal(
		program_depends(&program, program_apply(&program, PROGRAM_SIN, opaque, opaque)),
		ON_OPAQUE);
	assert_int_equal(program_depends(&program, both), ON_INPUT | ON_OPAQUE);
	program_release(&program);
}

static void a_copy_runs_as_the_original(void **state)
{
	struct program program = {0};
	struct operand x = program_input(&program, 0);
	struct operand square = program_apply(&program, PROGRAM_MULTIPLY, x, x);
	struct program_op copy[4];
	double values[4], input = 3;
	(void)state;

	memcpy(copy, program.ops, program.n_ops * sizeof(*copy));
	program_release(&program);
	program_run(copy, 2, &input, values);
	assert_double_equal(operand_value(square, values), 9, 0, 0);
}

static int build(void *arg)
{
	struct program program = {0};
	struct operand x = program_input(&program, 0);
	int rc;
	(void)arg;

	for (int i = 0; i < 100; i++)
		x = program_select(&program, x, program_apply(&program, PROGRAM_ADD, x, x),
				   operand_constant(i));
	rc = program.failed ? CAROM_ERROR_MEMORY : CAROM_OK;
	program_release(&program);
	return rc;
}

static void a_program_with_operands_elsewhere_is_not_valid(void **state)
{
	const struct program_op input = {.code = PROGRAM_INPUT, .a = 1};
	const struct program_op codes[] = {
		{.code = PROGRAM_SELECT + 1},     {.code = PROGRAM_INPUT, .a = 2},
		{.code = PROGRAM_ADD, .a = 1},    {.code = PROGRAM_ADD, .b = 1},
		{.code = PROGRAM_SELECT, .c = 1},
	};
	struct program_op ops[] = {input, {.code = PROGRAM_SELECT}};
	(void)state;

	assert_true(program_is_valid(NULL, 0, 0));
	assert_true(program_is_valid(ops, 2, 2));
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		ops[1] = codes[i];
		assert_false(program_is_valid(ops, 2, 2));
	}
}

static void building_survives_a_lack_of_memory(void **state)
{
	(void)state;
	assert_survives_no_memory(build, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(constants_give_the_bits_that_a_run_gives),
		cmocka_unit_test(a_choice_takes_one_of_two),
		cmocka_unit_test(operations_tell_what_they_depend_on),
		cmocka_unit_test(a_copy_runs_as_the_original),
		cmocka_unit_test(a_program_with_operands_elsewhere_is_not_valid),
		cmocka_unit_test(building_survives_a_lack_of_memory),
	};

	return run_all_tests(tests);
}
