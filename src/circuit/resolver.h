/* SPDX-License-Identifier: BSD-3-Clause */
/* A resolution in the making. */
#ifndef CIRCUIT_RESOLVER_H
#define CIRCUIT_RESOLVER_H

#include "base/text.h"
#include "circuit/resolve.h"
#include "circuit/scope.h"
#include "circuit/use.h"

/* A value on a .model card, in one instance of its circuit, whose devices are not known yet. */
struct reached_model {
	const struct scope *scope;
	uint32_t model;
	const struct use *use;
	struct operand value;
	uint32_t next; /* of the same scope; NAME_NONE ends */
	bool is_set;   /* by a device found */
};

struct resolver {
	struct resolution *resolution;
	struct reach reach;
	struct scope *top;
	struct use_table *tables; /* one per circuit in reach, made at need */
	bool *has_table;
	bool *is_reached; /* per use of the circuit at hand */
	size_t is_reached_capacity;
	struct reached_model *models;
	size_t n_models, models_capacity;
	struct text path; /* "x1.x2." of the scope at hand */
	struct draw_list draws;
	bool is_drawing; /* an obstacle is no end, and what cannot be set is listed */
	struct carom_error *err;
};

#define RESOLVER_STOPPED 1 /* not an error: there is an obstacle */

typedef int resolver_visit_fn(struct resolver *resolver, struct scope *scope,
			      const struct use_table *table);

/* Record the obstacle.  Returns RESOLVER_STOPPED, or 0 to go on. */
int resolver_stop(struct resolver *resolver, const struct carom_circuit *circuit, uint32_t card,
		  const char *what);

/* Record that the draws are of no use if something draws, and go on. */
void resolver_block(struct resolver *resolver, const struct carom_circuit *circuit, uint32_t card,
		    const char *what);

/* "x1.x2" of the instance, "" of the top; NULL when out of memory. */
char *resolver_path(const struct scope *scope);

/* A value that is drawn and cannot be set. */
int resolver_add_unset(struct resolver *resolver, const struct scope *scope, uint32_t card,
		       const struct card_expression *expression, struct operand value);

/* What of an expression that ngspice evaluates while it runs is a number, and drawn. */
int resolver_reach_behaviour(struct resolver *resolver, struct scope *scope, const struct use *use);

/* Names for the draws that values need; the others are dropped.  All values are added. */
int resolver_take_draws(struct resolver *resolver);

/* An expression that a change reaches: add its target, note its model, or stop. */
int resolver_add_use(struct resolver *resolver, struct scope *scope, const struct use *use,
		     struct operand value);

/* Add the targets of reached models that devices in this scope have. */
resolver_visit_fn resolver_find_devices;

#endif
