/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Memory that a session shares with its worker, for the columns of results: the host makes a region
 * and passes its descriptor, the worker writes into it, and the result reads it until it is freed.
 * What the host maps cannot shrink any more, whatever the worker does to it.
 *
 * The first few are used again, so that pages are not made for each run: they have a slot, by which
 * the worker knows them.  While results hold on to all of those, others are made for one result each.
 */
#ifndef SIM_REGION_H
#define SIM_REGION_H

#include <stddef.h>
#include <stdint.h>

#include "carom-error.h"

#define REGION_SLOTS 2 /* the result at hand, and the one that is made meanwhile */
#define REGION_ONCE REGION_SLOTS

struct region {
	struct region_pool *pool;
	uint32_t slot; /* REGION_ONCE: none */
	size_t size;
	char *memory;
};

/* Thread rule: region_release by any thread at any time, all else by one at a time. */
struct region_pool *region_pool_new(void); /* NULL when out of memory */

/* Regions in use live on. */
void region_pool_free(struct region_pool *pool);

/* The worker is another one, which has no region yet. */
void region_pool_forget(struct region_pool *pool);

/* Take one that the worker has; NULL if there is none that is not in use. */
struct region *region_offer(struct region_pool *pool);

/*
 * Take a new one of at least this size.  *fd is to be passed to the worker and closed.  NULL on
 * failure, with *fd -1.
 */
struct region *region_make(struct region_pool *pool, size_t size, int *fd, struct carom_error *err);

/* Give it back: the memory may be used again or be gone.  NULL is legal. */
void region_release(void *region);

#endif
