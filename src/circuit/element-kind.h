/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of element letters: how a card of each kind is laid out. */
#ifndef CIRCUIT_ELEMENT_KIND_H
#define CIRCUIT_ELEMENT_KIND_H

#include <stdbool.h>

enum value_rule {
	VALUE_NONE,       /* no main value (B, D, Q, M, J, S, W, T, X, A ...) */
	VALUE_AFTER_PINS, /* first number after the nets: R C L, or r=, c=, l= there */
	VALUE_DC,         /* V I: number after the nets or after "dc" */
	VALUE_LAST        /* E F G H K: the number after nets, controls or names */
};

struct element_kind {
	char letter;
	const char *name;       /* "resistor" */
	unsigned char min_pins; /* nets on the card; 0 and 0 for K, A and kinds found by rule (X) */
	unsigned char max_pins;
	unsigned char n_names; /* names of other elements after the nets: K 2, F H W 1 */
	bool has_model;        /* a model's name follows the nets (and names) */
	bool may_have_model;   /* R C L: a model may stand there */
	enum value_rule value;
	bool can_alter;          /* libngspice can set the main value in place by "alter" */
	const char *value_param; /* the value's name for alter: "resistance"; NULL without value */
	const char *const *instance_params; /* parameters of the instance, NULL-terminated */
};

/* NULL for a letter that begins no element. */
const struct element_kind *element_kind_find(char letter);

/* Is param an instance parameter of the kind (as opposed to one of its model)? */
bool element_kind_has_param(const struct element_kind *kind, const char *param);

#endif
