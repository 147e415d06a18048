/* SPDX-License-Identifier: BSD-3-Clause */
/* Scopes from inside: which definition a name means in an instance, and its compiled value. */
#ifndef CIRCUIT_SCOPE_H
#define CIRCUIT_SCOPE_H

#include "circuit/bin.h"
#include "circuit/draw.h"
#include "circuit/evaluate.h"
#include "circuit/functions.h"
#include "circuit/program.h"

/* Where a text stands, for errors: on a card, or by itself from base on. */
struct origin {
	const struct carom_circuit *circuit; /* NULL: by itself */
	uint32_t card;
	const char *base;
	bool keeps_blanks; /* ngspice takes out the blanks around operators only in braces */
};

enum slot_state {
	SLOT_EMPTY,     /* nothing is known yet */
	SLOT_READY,     /* its text is known */
	SLOT_COMPILING, /* its own value asked for again: a circle */
	SLOT_DONE       /* its value is known */
};

/* Among which parameters dependencies count: all of a subcircuit, those on its .subckt line. */
enum ranking_of { RANKING_OF_ALL, RANKING_OF_LINE };

/* A parameter in one instance. */
struct slot {
	const char *text; /* of its value, without braces */
	uint32_t length;
	uint32_t rank[2]; /* by enum ranking_of, levels of dependency + 1; 0: not known */
	struct origin origin;
	enum slot_state state;
	bool is_given;  /* by the X, not by the subcircuit's own definition */
	bool is_number; /* defined before all expressions */
	bool is_torn;   /* without braces, at a blank where ngspice lets it end */
	struct operand value;
};

struct scope {
	struct scope_tree *tree;
	const struct carom_circuit *circuit;
	struct scope *caller;   /* NULL: the top */
	uint32_t element;       /* in the caller */
	struct slot *slots;     /* one per params of the circuit */
	struct slot multiplier; /* "m" of an X whose subcircuit has no such parameter */
	bool has_multiplier;
	struct scope **entered; /* per element; NULL before the first */
	struct scope *next;     /* of all in the tree */
	uint32_t first_reached; /* resolve.c: its models' values that a change reaches, index + 1 */
};

struct scope_tree {
	struct scope *first; /* all scopes; the top is the last */
	struct program program;
	struct function_table functions;
	bool has_functions; /* the table is filled */
	struct bin_options bin_options;
	bool has_bin_options;
	bool is_open;            /* statistical functions and temper are opaque, no errors */
	struct draw_list *draws; /* lists statistical functions, as inputs; NULL: they are none */
};

/* A parameter and the scope whose it is. */
struct slot_place {
	struct scope *scope;
	struct slot *slot;
};

/*
 * What the name means in the scope; slot NULL if nothing.  asking: the parameter of this very scope
 * whose value the name stands in, or NULL.
 */
struct slot_place scope_look_up(struct scope *scope, const char *name, size_t length,
				const struct slot *asking);

/* Free a scope that was entered, with all entered from it; none may have been entered elsewhere since. */
void scope_leave(struct scope *scope);

/* The parameter of this scope itself; NULL if it has none of the name. */
struct slot *scope_own_slot(struct scope *scope, const char *name, size_t length);

/* Is the first of two parameters before the second in ngspice's order of evaluation? */
bool scope_ranks_before(struct scope *scope, uint32_t first, uint32_t second);

/*
 * Index of the model that an element with a model has, and the scope in which its card is read.
 * NAME_NONE: *owner NULL if there is none of the name; else its bin is not known, because w and l
 * select none or depend on an input.
 */
uint32_t scope_find_model(struct scope *scope, uint32_t element, struct scope **owner);

/* The functions of the whole deck; NULL when out of memory. */
const struct function_table *scope_functions(struct scope *scope);

/*
 * The value of a parameter, or of an expression, as an operand of the tree's program.  asking as for
 * scope_look_up.  Errors as of scope_evaluate.
 */
int slot_compile(struct slot_place place, struct operand *value, struct carom_error *err);
int scope_compile(struct scope *scope, const char *text, size_t length, struct origin origin,
		  struct operand *value, struct carom_error *err);

/*
 * How many bytes of a parameter's value ngspice reads: of several values on a card, and of all on a
 * .subckt card, the first word of each.
 */
size_t param_read_length(const struct carom_circuit *circuit, uint32_t index);

/* Take braces or quotes off that enclose the whole text, and blanks around it. */
void expression_unwrap(const char **text, size_t *length);

#endif
