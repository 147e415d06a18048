/* SPDX-License-Identifier: BSD-3-Clause */
/* Arithmetic as ngspice 39 does it (numparam/xpressn.c: operate, mathfunction), built and run. */
#include "circuit/program.h"

#include <math.h>

#include "base/mem.h"

void program_release(struct program *program)
{
	mem_free(program->ops);
	*program = (struct program){NULL, 0, 0, false};
}

/* ---- arithmetic ---- */

/* -1 for what is no number, as ngspice does. */
static double sign(double a)
{
	if (a > 0)
		return 1;
	return a == 0 ? 0 : -1;
}

static double operate(enum program_code code, double a, double b)
{
	switch (code) {
	case PROGRAM_ADD:
		return a + b;
	case PROGRAM_SUBTRACT:
		return a - b;
	case PROGRAM_MULTIPLY:
		return a * b;
	case PROGRAM_DIVIDE:
		return a / b;
	case PROGRAM_REMAINDER:
		return a - b * trunc(a / b);
	case PROGRAM_QUOTIENT:
		return trunc(fabs(a / b));
	case PROGRAM_POWER:
	case PROGRAM_PWR:
		return pow(fabs(a), b);
	case PROGRAM_POW:
		return pow(a, b);
	case PROGRAM_MAX:
		return b > a ? b : a;
	case PROGRAM_MIN:
		return b < a ? b : a;
	case PROGRAM_AND:
		return a != 0 && b != 0;
	case PROGRAM_OR:
		return a != 0 || b != 0;
	case PROGRAM_EQUAL:
		return a == b;
	case PROGRAM_UNEQUAL:
		return a != b;
	case PROGRAM_LESS:
		return a < b;
	case PROGRAM_LESS_EQUAL:
		return a <= b;
	case PROGRAM_GREATER:
		return a > b;
	case PROGRAM_GREATER_EQUAL:
		return a >= b;
	default:
		return a;
	}
}

static double call(enum program_code code, double a)
{
	static double (*const functions[])(double) = {
		[PROGRAM_SQRT] = sqrt,      [PROGRAM_SIN] = sin,     [PROGRAM_COS] = cos,
		[PROGRAM_TAN] = tan,        [PROGRAM_ASIN] = asin,   [PROGRAM_ACOS] = acos,
		[PROGRAM_ATAN] = atan,      [PROGRAM_SINH] = sinh,   [PROGRAM_COSH] = cosh,
		[PROGRAM_TANH] = tanh,      [PROGRAM_ASINH] = asinh, [PROGRAM_ACOSH] = acosh,
		[PROGRAM_ATANH] = atanh,    [PROGRAM_EXP] = exp,     [PROGRAM_LN] = log,
		[PROGRAM_LOG10] = log10,    [PROGRAM_ABS] = fabs,    [PROGRAM_INT] = trunc,
		[PROGRAM_NINT] = nearbyint, [PROGRAM_FLOOR] = floor, [PROGRAM_CEIL] = ceil,
		[PROGRAM_SGN] = sign,
	};

	if (code == PROGRAM_NOT)
		return a == 0;
	if (code == PROGRAM_NEGATE)
		return -1 * a;
	if (code == PROGRAM_SQR)
		return a * a;
	return functions[code](a);
}

static double compute(enum program_code code, double a, double b)
{
	return code < PROGRAM_NOT ? operate(code, a, b) : call(code, a);
}

/* ---- building ---- */

static struct operand append(struct program *program, struct program_op op)
{
	if (program->failed || program->n_ops >= OPERAND_CONSTANT ||
	    !mem_reserve(&program->ops, &program->capacity, program->n_ops + 1,
			 sizeof(*program->ops))) {
		program->failed = true;
		return operand_constant(0);
	}
	program->ops[program->n_ops] = op;
	return (struct operand){(uint32_t)program->n_ops++, 0};
}

static uint32_t op_of(struct program *program, struct operand operand)
{
	if (operand_is_constant(operand))
		operand = append(program, (struct program_op){.code = PROGRAM_CONSTANT,
							      .number = operand.number});
	return operand.op;
}

struct operand program_input(struct program *program, uint32_t input)
{
	return append(program,
		      (struct program_op){.code = PROGRAM_INPUT, .depends = ON_INPUT, .a = input});
}

struct operand program_draw(struct program *program, uint32_t input)
{
	return append(program, (struct program_op){.code = PROGRAM_INPUT,
						   .depends = ON_INPUT | ON_DRAW,
						   .a = input});
}

struct operand program_opaque(struct program *program)
{
	return append(program, (struct program_op){.code = PROGRAM_OPAQUE, .depends = ON_OPAQUE});
}

unsigned program_depends(const struct program *program, struct operand operand)
{
	return operand_is_constant(operand) ? 0 : program->ops[operand.op].depends;
}

/* An operation on a and b, at least. */
static struct operand append_dependent(struct program *program, struct program_op op)
{
	if (program->failed)
		return operand_constant(0);
	op.depends |= program->ops[op.a].depends | program->ops[op.b].depends;
	return append(program, op);
}

struct operand program_apply(struct program *program, enum program_code code, struct operand a,
			     struct operand b)
{
	struct program_op op = {.code = (uint16_t)code};

	if (operand_is_constant(a) && (code >= PROGRAM_NOT || operand_is_constant(b)))
		return operand_constant(compute(code, a.number, b.number));
	op.a = op_of(program, a);
	op.b = code < PROGRAM_NOT ? op_of(program, b) : op.a;
	return append_dependent(program, op);
}

struct operand program_select(struct program *program, struct operand condition,
			      struct operand if_true, struct operand if_false)
{
	struct program_op op = {.code = PROGRAM_SELECT};

	if (operand_is_constant(condition))
		return condition.number != 0 ? if_true : if_false;
	op.a = op_of(program, condition);
	op.b = op_of(program, if_false);
	op.c = op_of(program, if_true);
	if (program->failed)
		return operand_constant(0);
	op.depends = program->ops[op.c].depends;
	return append_dependent(program, op);
}

/* ---- leaving out ---- */

static void mark_needed(const struct program *program, bool *is_needed)
{
	for (size_t i = program->n_ops; i > 0; i--) {
		const struct program_op *op = &program->ops[i - 1];

		if (!is_needed[i - 1] || op->code <= PROGRAM_OPAQUE)
			continue;
		is_needed[op->a] = is_needed[op->b] = true;
		if (op->code == PROGRAM_SELECT)
			is_needed[op->c] = true;
	}
}

/* place: where each operation comes to stand; of those that are left out, anywhere. */
static void move_ops(struct program *program, const bool *is_needed, uint32_t *place)
{
	uint32_t n = 0;

	for (size_t i = 0; i < program->n_ops; i++) {
		struct program_op op = program->ops[i];

		place[i] = n;
		if (!is_needed[i])
			continue;
		if (op.code > PROGRAM_OPAQUE) {
			op.a = place[op.a];
			op.b = place[op.b];
			op.c = place[op.c];
		}
		program->ops[n++] = op;
	}
	program->n_ops = n;
}

bool program_keep(struct program *program, struct operand *const *operands, size_t n)
{
	bool *is_needed = mem_zalloc(program->n_ops, sizeof(*is_needed));
	uint32_t *place = mem_zalloc(program->n_ops, sizeof(*place));
	bool is_done = is_needed && place;

	for (size_t i = 0; i < n && is_done; i++)
		if (!operand_is_constant(*operands[i]))
			is_needed[operands[i]->op] = true;
	if (is_done) {
		mark_needed(program, is_needed);
		move_ops(program, is_needed, place);
	}
	for (size_t i = 0; i < n && is_done; i++)
		if (!operand_is_constant(*operands[i]))
			operands[i]->op = place[operands[i]->op];
	mem_free(is_needed);
	mem_free(place);
	return is_done;
}

/* ---- running ---- */

bool program_is_valid(const struct program_op *ops, size_t n_ops, size_t n_inputs)
{
	for (size_t i = 0; i < n_ops; i++) {
		const struct program_op *op = &ops[i];

		if (op->code > PROGRAM_SELECT)
			return false;
		if (op->code == PROGRAM_INPUT && op->a >= n_inputs)
			return false;
		if (op->code > PROGRAM_OPAQUE && (op->a >= i || op->b >= i || op->c >= i))
			return false;
	}
	return true;
}

void program_run(const struct program_op *ops, size_t n_ops, const double *inputs, double *values)
{
	for (size_t i = 0; i < n_ops; i++) {
		const struct program_op *op = &ops[i];

		if (op->code == PROGRAM_CONSTANT)
			values[i] = op->number;
		else if (op->code == PROGRAM_INPUT)
			values[i] = inputs[op->a];
		else if (op->code == PROGRAM_OPAQUE)
			values[i] = NAN;
		else if (op->code == PROGRAM_SELECT)
			values[i] = values[values[op->a] != 0 ? op->c : op->b];
		else
			values[i] = compute(op->code, values[op->a], values[op->b]);
	}
}
