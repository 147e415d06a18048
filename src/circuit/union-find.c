/* SPDX-License-Identifier: BSD-3-Clause */
/* Disjoint sets by union under the least member, with path halving: O(log n) a call, amortised. */
#include "circuit/union-find.h"

#include "base/mem.h"

bool union_find_init(struct union_find *sets, size_t count)
{
	sets->count = count;
	sets->parent = mem_zalloc(count, sizeof(*sets->parent));
	if (!sets->parent)
		return false;
	union_find_reset(sets);
	return true;
}

void union_find_reset(struct union_find *sets)
{
	for (size_t i = 0; i < sets->count; i++)
		sets->parent[i] = (uint32_t)i;
}

void union_find_release(struct union_find *sets)
{
	mem_free(sets->parent);
	sets->parent = NULL;
	sets->count = 0;
}

uint32_t union_find_leader(struct union_find *sets, uint32_t member)
{
	uint32_t *parent = sets->parent;

	while (parent[member] != member) {
		parent[member] = parent[parent[member]];
		member = parent[member];
	}
	return member;
}

bool union_find_join(struct union_find *sets, uint32_t a, uint32_t b)
{
	uint32_t leader_a = union_find_leader(sets, a);
	uint32_t leader_b = union_find_leader(sets, b);

	if (leader_a == leader_b)
		return false;
	if (leader_a < leader_b)
		sets->parent[leader_b] = leader_a;
	else
		sets->parent[leader_a] = leader_b;
	return true;
}
