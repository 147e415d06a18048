/* SPDX-License-Identifier: BSD-3-Clause */
/* Precedence of operators, one step after the other. */
#include "circuit/machine.h"

#include <string.h>

#include "support.h"

/* Feed single digits and operators; the complaint, or NULL and *value. */
static const char *feed(struct program *program, const char *text, double *value)
{
	const char *end = text + strlen(text);
	struct machine machine;
	struct operand operand;
	const char *wrong = NULL;

	machine_init(&machine, program);
	while (text < end && !wrong) {
		size_t used = 1;

		if (*text >= '0' && *text <= '9')
			wrong = machine_value(&machine, operand_constant(*text - '0'), true,
					      text + 1 == end);
		else if (*text == 'x') /* not a number as written */
			wrong = machine_value(&machine, operand_constant(7), false,
					      text + 1 == end);
		else
			wrong = machine_operator(&machine, text, end, &used);
		text += used;
	}
	if (!wrong)
		wrong = machine_finish(&machine, &operand);
	if (!wrong)
		*value = operand.number;
	return wrong;
}

static void operators_bind_as_in_ngspice(void **state)
{
	static const struct {
		const char *text;
		double value;
	} rows[] = {
		{"1+2*3", 7},     {"6/2/3", 1},     {"7-3-2", 2},     {"2*3^2", 18},
		{"2**3**2", 64},  {"-2^2", -4},     {"1+2==3", 1},    {"1<2+3", 1},
		{"1==1&&0", 0},   {"0&&0||1", 1},   {"1||0?2:3", 2},  {"0?1:0?2:3", 3},
		{"0?1:5?2:3", 2}, {"4?1:5?2:3", 1}, {"1?2?3:4:5", 3}, {"!0+1", 2},
		{"!!5", 1},       {"2*-3", -6},     {"2---3", 5},     {"3*-x+1", 20},
		{"7%4\\2", 1},    {"1<>2", 1},      {"1!=1", 0},      {"3>=3", 1},
		{"3#3", 0},       {"3=3", 1},       {"+4", 4},        {"*4", 0},
		{"1?2", 1},       {"1:2", 1},       {"2<=1", 0},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct program program = {0};
		double value = -1;
		const char *wrong = feed(&program, rows[i].text, &value);

		if (wrong || value != rows[i].value)
			fail_msg("%s: %s, %g", rows[i].text, wrong ? wrong : "", value);
	}
}

static void what_has_no_order_is_refused(void **state)
{
	static const char *const rows[] = {"",     "1+",   "1 1", "12",  "1*/2", "1!", "!-1",
					   "1*+2", "2*-x", "&",   "1&2", "1?",   "?",  "$"};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct program program = {0};
		double value;

		if (!feed(&program, rows[i], &value))
			fail_msg("\"%s\" has the value %g", rows[i], value);
	}
}

/* A chain of choices: inputs must take the ways that constants take. */
static struct operand chain(struct program *program, const struct operand *values)
{
	struct machine machine;
	struct operand result;
	size_t used;

	machine_init(&machine, program);
	for (int i = 0; i < 5; i++) {
		assert_null(machine_value(&machine, values[i], false, i == 4));
		if (i < 4) {
			const char *op = i % 2 ? ":" : "?";

			assert_null(machine_operator(&machine, op, op + 1, &used));
		}
	}
	assert_null(machine_finish(&machine, &result));
	return result;
}

static void choices_by_inputs_are_those_by_constants(void **state)
{
	struct program program = {0};
	struct operand inputs[5], compiled;
	double run[100];
	(void)state;

	for (uint32_t i = 0; i < 5; i++)
		inputs[i] = program_input(&program, i);
	compiled = chain(&program, inputs);
	for (int bits = 0; bits < 32; bits++) {
		struct operand constants[5];
		double numbers[5];

		for (int i = 0; i < 5; i++) {
			numbers[i] = (bits >> i & 1) * (i + 1);
			constants[i] = operand_constant(numbers[i]);
		}
		program_run(program.ops, program.n_ops, numbers, run);
		assert_double_equal(operand_value(compiled, run), chain(&program, constants).number,
				    0, 0);
	}
	program_release(&program);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(operators_bind_as_in_ngspice),
		cmocka_unit_test(what_has_no_order_is_refused),
		cmocka_unit_test(choices_by_inputs_are_those_by_constants),
	};

	return run_all_tests(tests);
}
