/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The precedence of numparam's operators, by the automaton that ngspice has for it: one accumulator
 * per level, operators of one level from left to right.
 *
 *	1 (unary !)   2 ^ **   3 * / % \   4 + -   5 == = != <> # < <= > >=   6 &&   7 ||   8 :   9 ?
 *
 * Its oddities are part of the language: a sign at the start is an operation on 0 ("-2^2" is -4), a
 * "-" behind an operator negates the next number, wherever that stands.
 */
#ifndef CIRCUIT_MACHINE_H
#define CIRCUIT_MACHINE_H

#include "circuit/program.h"

enum { MACHINE_LEVELS = 9 };

enum machine_state { MACHINE_START, MACHINE_ATOM, MACHINE_BINARY, MACHINE_UNARY, MACHINE_STOP };

struct machine {
	struct program *program;
	struct operand accumulators[MACHINE_LEVELS + 1];
	char operators[MACHINE_LEVELS +
		       1];        /* pending, ' ' if none; "<=" and the like as one byte */
	struct operand is_chosen; /* the pending "?" is behind a chosen branch */
	unsigned top;             /* highest level met */
	unsigned n_unary;
	enum machine_state state;
	bool negates;
	int function; /* a name without "(" yet, or NO_FUNCTION */
};

#define NO_FUNCTION (-1)

void machine_init(struct machine *machine, struct program *program);

/* The following return NULL, or what is wrong. */

/* A value; is_number: written as one; is_last: nothing follows. */
const char *machine_value(struct machine *machine, struct operand value, bool is_number,
			  bool is_last);

/* An operator at s; *used is how many bytes it has. */
const char *machine_operator(struct machine *machine, const char *s, const char *end, size_t *used);

const char *machine_finish(const struct machine *machine, struct operand *value);

#endif
