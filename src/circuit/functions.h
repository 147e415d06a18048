/* SPDX-License-Identifier: BSD-3-Clause */
/* The functions a deck defines by .func and ".param f(x)=...", with the scope rule of ngspice. */
#ifndef CIRCUIT_FUNCTIONS_H
#define CIRCUIT_FUNCTIONS_H

#include "circuit/circuit.h"

struct function {
	const struct carom_circuit *circuit; /* that defines it */
	uint32_t card;
	uint32_t name; /* in the table's names */
	uint32_t next; /* defined earlier under the same name; NAME_NONE ends */
	const char *arguments, *body;
	size_t arguments_length, body_length;
	char *stripped; /* the body without blanks, braces and quotes, where it is no part of the card */
	bool is_param; /* a .param that draws: each mention of its name is a call */
};

struct function_table {
	struct name_table *names;
	struct function *list;
	size_t count, capacity;
	uint32_t *of_name; /* name -> index + 1 of the last function of that name */
	size_t of_name_capacity;
	bool has_params; /* functions that are .params */
};

bool function_table_init(struct function_table *table); /* false when out of memory */
void function_table_release(struct function_table *table);

/* Add the functions that this circuit (not its subcircuits) defines.  False when out of memory. */
bool function_table_add(struct function_table *table, const struct carom_circuit *circuit);

/*
 * Add the .params of this circuit whose values draw (a call of agauss, ... stands in them): ngspice
 * makes functions of them, without arguments and called by their names alone (inpcom.c,
 * inp_fix_agauss_in_param).  False when out of memory.
 */
bool function_table_add_drawn(struct function_table *table, const struct carom_circuit *circuit);

/* Index of the function that the name means in the circuit: its own, or a parent's; or NAME_NONE. */
uint32_t function_find(const struct function_table *table, const struct carom_circuit *circuit,
		       const char *name, size_t length);

bool function_has_argument(const struct function *function, const char *name, size_t length);

#endif
