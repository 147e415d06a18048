/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Compiled arithmetic: a flat list of operations, each on the results of earlier ones, without
 * pointers, so that it can be copied into shared memory or another process.
 *
 * What does not depend on an input is computed while the program is built and is not in it.
 */
#ifndef CIRCUIT_PROGRAM_H
#define CIRCUIT_PROGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum program_code {
	PROGRAM_CONSTANT,
	PROGRAM_INPUT,
	PROGRAM_OPAQUE, /* a value that is not known before the circuit runs; NAN */
	/* of a and b, as numparam's operators */
	PROGRAM_ADD,
	PROGRAM_SUBTRACT,
	PROGRAM_MULTIPLY,
	PROGRAM_DIVIDE,
	PROGRAM_REMAINDER,
	PROGRAM_QUOTIENT, /* "\": |a / b| without its fraction */
	PROGRAM_POWER,    /* "^": |a| to the b-th */
	PROGRAM_AND,
	PROGRAM_OR,
	PROGRAM_EQUAL,
	PROGRAM_UNEQUAL,
	PROGRAM_LESS,
	PROGRAM_LESS_EQUAL,
	PROGRAM_GREATER,
	PROGRAM_GREATER_EQUAL,
	/* functions of two */
	PROGRAM_POW,
	PROGRAM_PWR,
	PROGRAM_MAX,
	PROGRAM_MIN,
	/* functions of a */
	PROGRAM_NOT,
	PROGRAM_NEGATE,
	PROGRAM_SQR,
	PROGRAM_SQRT,
	PROGRAM_SIN,
	PROGRAM_COS,
	PROGRAM_TAN,
	PROGRAM_ASIN,
	PROGRAM_ACOS,
	PROGRAM_ATAN,
	PROGRAM_SINH,
	PROGRAM_COSH,
	PROGRAM_TANH,
	PROGRAM_ASINH,
	PROGRAM_ACOSH,
	PROGRAM_ATANH,
	PROGRAM_EXP,
	PROGRAM_LN,
	PROGRAM_LOG10,
	PROGRAM_ABS,
	PROGRAM_INT,
	PROGRAM_NINT,
	PROGRAM_FLOOR,
	PROGRAM_CEIL,
	PROGRAM_SGN,
	/* c if a is not 0, else b */
	PROGRAM_SELECT
};

/* What an operation depends on. */
enum { ON_INPUT = 1, ON_OPAQUE = 2, ON_DRAW = 4 };

/* a, b, c: earlier operations; of PROGRAM_INPUT a is the number of the input. */
struct program_op {
	uint16_t code;
	uint16_t depends; /* bits of the above */
	uint32_t a, b, c;
	double number; /* of PROGRAM_CONSTANT */
};

struct program {
	struct program_op *ops;
	size_t n_ops, capacity;
	bool failed; /* out of memory at some operation; the program is of no use */
};

/* A number, or the result of an operation. */
struct operand {
	uint32_t op; /* OPERAND_CONSTANT: number */
	double number;
};

#define OPERAND_CONSTANT UINT32_MAX

static inline struct operand operand_constant(double number)
{
	return (struct operand){OPERAND_CONSTANT, number};
}

static inline bool operand_is_constant(struct operand operand)
{
	return operand.op == OPERAND_CONSTANT;
}

void program_release(struct program *program); /* a zeroed one is empty */

/* Append; of constants the result is a constant and nothing is appended.  Failure is sticky. */
struct operand program_input(struct program *program, uint32_t input);
struct operand program_draw(struct program *program, uint32_t input); /* an input, ON_DRAW too */
struct operand program_opaque(struct program *program);
struct operand program_apply(struct program *program, enum program_code code, struct operand a,
			     struct operand b);
struct operand program_select(struct program *program, struct operand condition,
			      struct operand if_true, struct operand if_false);

/* ON_INPUT, ON_OPAQUE and ON_DRAW of the operand; 0 of a constant. */
unsigned program_depends(const struct program *program, struct operand operand);

/*
 * Leave out the operations that none of the operands needs, and renumber these.  False when out of
 * memory: nothing is changed.
 */
bool program_keep(struct program *program, struct operand *const *operands, size_t n);

/* For a program from elsewhere: does every operation have a known code, and operands before it? */
bool program_is_valid(const struct program_op *ops, size_t n_ops, size_t n_inputs);

/* Compute all operations: values has room for n_ops. */
void program_run(const struct program_op *ops, size_t n_ops, const double *inputs, double *values);

/* What an operand is after a run. */
static inline double operand_value(struct operand operand, const double *values)
{
	return operand_is_constant(operand) ? operand.number : values[operand.op];
}

#endif
