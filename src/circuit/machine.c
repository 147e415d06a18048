/* SPDX-License-Identifier: BSD-3-Clause */
/* Operators reduced in the order in which ngspice 39 does it (numparam/xpressn.c, formula). */
#include "circuit/machine.h"

void machine_init(struct machine *machine, struct program *program)
{
	*machine = (struct machine){.program = program, .function = NO_FUNCTION};
	for (unsigned i = 0; i <= MACHINE_LEVELS; i++) {
		machine->accumulators[i] = operand_constant(0);
		machine->operators[i] = ' ';
	}
	machine->is_chosen = operand_constant(0);
}

/* ---- operators ---- */

/* Bytes that stand for operators of two. */
enum { UNEQUAL = '#', LESS_EQUAL = 'L', GREATER_EQUAL = 'G', AND = 'A', OR = 'O' };

static const struct {
	char text[3];
	char byte;
	unsigned char level;
} operators[] = {
	{"!=", UNEQUAL, 5}, {"<>", UNEQUAL, 5}, {"<=", LESS_EQUAL, 5}, {">=", GREATER_EQUAL, 5},
	{"**", '^', 2},     {"==", '=', 5},     {"&&", AND, 6},        {"||", OR, 7},
	{"+", '+', 4},      {"-", '-', 4},      {"*", '*', 3},         {"/", '/', 3},
	{"%", '%', 3},      {"\\", '\\', 3},    {"^", '^', 2},         {"=", '=', 5},
	{"<", '<', 5},      {">", '>', 5},      {"#", UNEQUAL, 5},     {"!", '!', 0},
	{"?", '?', 9},      {":", ':', 8},
};

static struct operand reduce(struct machine *machine, char op, struct operand left,
			     struct operand right)
{
	static const unsigned char codes[128] = {
		['+'] = PROGRAM_ADD,
		['-'] = PROGRAM_SUBTRACT,
		['*'] = PROGRAM_MULTIPLY,
		['/'] = PROGRAM_DIVIDE,
		['%'] = PROGRAM_REMAINDER,
		['\\'] = PROGRAM_QUOTIENT,
		['^'] = PROGRAM_POWER,
		['='] = PROGRAM_EQUAL,
		[UNEQUAL] = PROGRAM_UNEQUAL,
		['<'] = PROGRAM_LESS,
		[LESS_EQUAL] = PROGRAM_LESS_EQUAL,
		['>'] = PROGRAM_GREATER,
		[GREATER_EQUAL] = PROGRAM_GREATER_EQUAL,
		[AND] = PROGRAM_AND,
		[OR] = PROGRAM_OR,
	};

	if (op == ' ')
		return right;
	if (op == '?' || op == ':') /* without its other half */
		return left;
	return program_apply(machine->program, codes[(unsigned char)op], left, right);
}

/* "a ? b : c" complete; what follows a chosen branch is passed over. */
static void choose(struct machine *machine)
{
	struct program *program = machine->program;
	struct operand *values = machine->accumulators;
	struct operand condition = values[9];

	values[9] = program_select(program, machine->is_chosen, condition,
				   program_select(program, condition, values[8], values[7]));
	machine->is_chosen = program_apply(program, PROGRAM_OR, machine->is_chosen, condition);
	values[7] = values[8] = operand_constant(0);
	machine->operators[8] = machine->operators[9] = ' ';
}

/* Carry out what is pending up to the level; true if that completed a "?:". */
static bool reduce_up_to(struct machine *machine, unsigned level)
{
	struct operand *values = machine->accumulators;

	for (unsigned i = 1; i <= level; i++) {
		if (i == 8 && level == 9 && machine->operators[8] == ':' &&
		    machine->operators[9] == '?') {
			choose(machine);
			return true;
		}
		values[i] = reduce(machine, machine->operators[i], values[i], values[i - 1]);
		values[i - 1] = operand_constant(0);
		machine->operators[i] = ' ';
	}
	return false;
}

static void push_binary(struct machine *machine, char op, unsigned level)
{
	bool was_choice = reduce_up_to(machine, level);

	if (op == '?' && !was_choice)
		machine->is_chosen = operand_constant(0);
	machine->operators[level] = op;
	if (machine->top < level)
		machine->top = level;
}

/* ---- what is read ---- */

const char *machine_operator(struct machine *machine, const char *s, const char *end, size_t *used)
{
	enum machine_state old = machine->state;
	unsigned i, n = sizeof(operators) / sizeof(operators[0]);

	for (i = 0; i < n; i++) {
		*used = operators[i].text[1] ? 2 : 1;
		if (s[0] == operators[i].text[0] &&
		    (*used == 1 || (end - s > 1 && s[1] == operators[i].text[1])))
			break;
	}
	if (i == n)
		return "a character that is no operator";
	if (old == MACHINE_BINARY && operators[i].byte == '-') {
		machine->negates = true;
		return NULL;
	}
	machine->state = operators[i].level ? MACHINE_BINARY : MACHINE_UNARY;
	if (old != MACHINE_START && (old == MACHINE_ATOM) != (machine->state == MACHINE_BINARY))
		return "an operator that does not belong there";
	if (machine->state == MACHINE_BINARY)
		push_binary(machine, operators[i].byte, operators[i].level);
	else
		machine->n_unary++;
	return NULL;
}

const char *machine_value(struct machine *machine, struct operand value, bool is_number,
			  bool is_last)
{
	if (machine->state == MACHINE_ATOM)
		return "a value behind a value, without an operator";
	if (is_number && machine->negates) {
		value = program_apply(machine->program, PROGRAM_NEGATE, value, value);
		machine->negates = false;
	}
	for (; machine->n_unary > 0; machine->n_unary--)
		value = program_apply(machine->program, PROGRAM_NOT, value, value);
	machine->accumulators[0] = value;
	machine->state = is_last ? MACHINE_STOP : MACHINE_ATOM;
	if (is_last)
		reduce_up_to(machine, machine->top);
	return NULL;
}

const char *machine_finish(const struct machine *machine, struct operand *value)
{
	if (machine->state != MACHINE_STOP)
		return machine->state == MACHINE_START ? "no value"
						       : "a value is missing at the end";
	if (machine->negates)
		return "a \"-\" behind an operator must stand before a number: write (-x)";
	*value = machine->accumulators[machine->top];
	return NULL;
}
