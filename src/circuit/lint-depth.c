/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Instances in instances: ngspice 39 unfolds them level by level and has no more than 22 passes; of
 * exactly 20 levels it believes that they never end (frontend/subckt.c).
 */
#include "base/mem.h"
#include "circuit/lint.h"

enum { MOST = 22, UNLUCKY = 20 };

/*
 * How deep the instances of each circuit go, 0 without any; what is called stands before who calls.
 * A subcircuit defined in another is unfolded there, before, and takes no pass at the top.
 */
static void find_depths(const struct reach *reach, unsigned *depths)
{
	for (size_t i = 0; i < reach->count; i++) {
		const struct reached *reached = &reach->list[i];

		for (size_t k = 0; k < reached->circuit->n_elements; k++) {
			uint32_t callee = reached->callees[k];
			unsigned depth;

			if (callee == NAME_NONE || reach->list[callee].circuit->parent->parent)
				continue;
			depth = depths[callee] + 1;
			if (depth > depths[i])
				depths[i] = depth;
		}
	}
}

/* The instance at the top from which it goes that deep. */
static void report(struct lint *lint, const unsigned *depths)
{
	const struct reached *top = &lint->reach.list[lint->reach.count - 1];
	unsigned depth = depths[lint->reach.count - 1];

	for (size_t k = 0; k < top->circuit->n_elements; k++) {
		uint32_t callee = top->callees[k];

		if (callee == NAME_NONE || depths[callee] + 1 != depth)
			continue;
		lint_add(lint, top->circuit, top->circuit->elements[k].card, RULE_NESTING_DEPTH,
			 "%s: instances in one another %u deep, where ngspice unfolds %u at most, "
			 "and not %u",
			 name_text(top->circuit->names, top->circuit->elements[k].name), depth,
			 MOST, UNLUCKY);
		return;
	}
}

void lint_depth(struct lint *lint)
{
	unsigned *depths = mem_zalloc(lint->reach.count, sizeof(*depths));

	if (!depths) {
		lint->failed = true;
		return;
	}
	find_depths(&lint->reach, depths);
	if (depths[lint->reach.count - 1] > MOST || depths[lint->reach.count - 1] == UNLUCKY)
		report(lint, depths);
	mem_free(depths);
}
