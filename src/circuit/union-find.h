/* SPDX-License-Identifier: BSD-3-Clause */
/* Disjoint sets of small numbers: which nets are joined. */
#ifndef CIRCUIT_UNION_FIND_H
#define CIRCUIT_UNION_FIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct union_find {
	uint32_t *parent; /* of each member; a set's leader, its least member, is its own */
	size_t count;
};

/* count sets of one member each.  False when out of memory; release is legal then too. */
bool union_find_init(struct union_find *sets, size_t count);
void union_find_release(struct union_find *sets);
void union_find_reset(struct union_find *sets); /* sets of one member each again */

/* The least member of the set that member is in. */
uint32_t union_find_leader(struct union_find *sets, uint32_t member);

/* Join the sets of a and b.  False if they were one already. */
bool union_find_join(struct union_find *sets, uint32_t a, uint32_t b);

#endif
