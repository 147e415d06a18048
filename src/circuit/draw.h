/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Calls of statistical functions.  ngspice draws a number each time it evaluates one; here each call
 * that an expression comes to when it is compiled is an input of the program.
 *
 *	agauss(n, d, k)   n + d/k z		gauss(n, r, k)   n + n r/k z
 *	aunif(n, d)       n + d u		unif(n, r)       n + n r u
 *	limit(n, d)       n + d or n - d
 *
 * z is normal, u uniform in (-1, 1).  LTspice's have other counts of arguments or other names:
 *
 *	gauss(s)  s z		flat(d)  d u		mc(n, r)  n + n r u
 */
#ifndef CIRCUIT_DRAW_H
#define CIRCUIT_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct scope;
struct slot;

enum draw_function {
	DRAW_NONE,
	DRAW_AGAUSS,
	DRAW_GAUSS,
	DRAW_AUNIF,
	DRAW_UNIF,
	DRAW_LIMIT,
	DRAW_LTSPICE_GAUSS,
	DRAW_LTSPICE_FLAT,
	DRAW_LTSPICE_MC
};

/* What a call of this name with so many arguments draws; DRAW_NONE: it is no statistical function. */
enum draw_function draw_function_find(const char *name, size_t length, unsigned n_arguments);

bool draw_is_name(const char *name, size_t length); /* with some count of arguments */

/* A call in a text. */
struct draw_call {
	enum draw_function function;
	size_t begin, length; /* from its name to its parenthesis */
	size_t name_length;
	size_t first_begin, first_length; /* the first argument */
};

/* The first call at or behind *at, which moves behind it.  A call in arguments of another is part of it. */
bool draw_call_find(const char *text, size_t length, size_t *at, struct draw_call *call);

/* What is being compiled: the value of a parameter, or an expression on a card. */
struct draw_site {
	const struct scope *scope;
	const struct slot *slot; /* NULL: an expression */
	uint32_t card;
	const char *name; /* what the expression is assigned to; NULL: nothing */
	size_t name_length;
};

/* One input: nominal + spread times a normal number, or times one uniform in (-1, 1). */
struct draw {
	bool is_normal;
	double nominal, spread;
	char *definition; /* "agauss(1k,50,3)", as written; owned */
	struct draw_site site;
};

struct draw_list {
	struct draw *list;
	size_t n, capacity;
	uint32_t first_input;  /* of the program: the number of draw 0 */
	struct draw_site site; /* at hand */
};

void draw_list_release(struct draw_list *draws);

#endif
