/* SPDX-License-Identifier: BSD-3-Clause */
/* One expression of numparam's language turned into operations. */
#ifndef CIRCUIT_COMPILE_H
#define CIRCUIT_COMPILE_H

#include "circuit/scope.h"

/* Not an error: a parameter is nested too deep in others; compile *needed first and try again. */
#define COMPILE_AGAIN 1

struct compiler {
	struct scope *scope;
	const struct carom_circuit *lexical; /* the circuit whose functions are known */
	const struct slot *asking;           /* the parameter under compilation, NULL if none is */
	unsigned depth;                      /* of nesting: parentheses, functions, parameters */
	unsigned n_params;                   /* parameters whose values are under compilation */
	size_t budget;                       /* tokens that may still be read */
	struct slot_place needed;
	struct carom_error *err;
};

enum {
	COMPILE_MAX_DEPTH = 400,     /* parentheses and functions in one another */
	COMPILE_MAX_TOKENS = 1 << 22 /* of one expression with its functions written out */
};

/* 0, COMPILE_AGAIN or an error. */
int compile_text(struct compiler *compiler, const char *text, size_t length, struct origin origin,
		 struct operand *value);

/* The operand of a parameter that the compiler meets (evaluate.c); 0, COMPILE_AGAIN or an error. */
int compile_slot(struct compiler *compiler, struct slot_place place, struct operand *value);

#endif
