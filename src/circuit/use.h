/* SPDX-License-Identifier: BSD-3-Clause */
/* The expressions on a circuit's cards by the names they mention. */
#ifndef CIRCUIT_USE_H
#define CIRCUIT_USE_H

#include "circuit/card-expression.h"
#include "circuit/functions.h"
#include "circuit/reach.h"

/* An expression on a card. */
struct use {
	uint32_t card;
	struct card_expression expression;
	bool draws; /* a statistical function stands in it, itself or by a function or .param */
};

/* That a use mentions a name, itself or by a function. */
struct mention {
	uint32_t use;
	uint32_t next; /* of the same name; NAME_NONE ends */
};

struct use_table {
	struct use *uses;
	size_t n_uses, uses_capacity;
	struct name_table *names;
	struct mention *mentions;
	size_t n_mentions, mentions_capacity;
	uint32_t *of_name; /* name -> index + 1 of its last mention */
	size_t of_name_capacity;
	uint32_t *instances; /* X elements */
	size_t n_instances, instances_capacity;
};

/* All that stands on cards of this circuit; X and .param have none.  False when out of memory. */
bool use_table_init(struct use_table *table, const struct reached *reached,
		    const struct function_table *functions);
void use_table_release(struct use_table *table);

#endif
