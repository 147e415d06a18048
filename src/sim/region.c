/* SPDX-License-Identifier: BSD-3-Clause */
/* Regions of shared memory, some of them used again. */
#include "sim/region.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "sim/worker-process.h"

#define PAGE 4096
#define MAX_SIZE (SIZE_MAX / 4)

struct region_pool {
	pthread_mutex_t mutex; /* guards what follows, and is_free of the regions */
	bool is_closed;
	size_t n_taken;
	struct region *slots[REGION_SLOTS]; /* NULL: not made yet */
	bool is_taken[REGION_SLOTS];
};

struct region_pool *region_pool_new(void)
{
	struct region_pool *pool = mem_zalloc(1, sizeof(*pool));

	if (pool)
		pthread_mutex_init(&pool->mutex, NULL);
	return pool;
}

static void unmap(struct region *region)
{
	if (!region)
		return;
	munmap(region->memory, region->size);
	mem_free(region);
}

/* Unlocks; the last one to go frees the pool. */
static void unlock(struct region_pool *pool)
{
	bool is_last = pool->is_closed && pool->n_taken == 0;

	pthread_mutex_unlock(&pool->mutex);
	if (!is_last)
		return;
	pthread_mutex_destroy(&pool->mutex);
	mem_free(pool);
}

/* Those in use lose their slot: they go when they are released. */
static void empty_slots(struct region_pool *pool)
{
	for (uint32_t i = 0; i < REGION_SLOTS; i++) {
		struct region *region = pool->slots[i];

		if (region && pool->is_taken[i])
			region->slot = REGION_ONCE;
		else
			unmap(region);
		pool->slots[i] = NULL;
		pool->is_taken[i] = false;
	}
}

void region_pool_forget(struct region_pool *pool)
{
	pthread_mutex_lock(&pool->mutex);
	empty_slots(pool);
	unlock(pool);
}

void region_pool_free(struct region_pool *pool)
{
	if (!pool)
		return;
	pthread_mutex_lock(&pool->mutex);
	empty_slots(pool);
	pool->is_closed = true;
	unlock(pool);
}

struct region *region_offer(struct region_pool *pool)
{
	struct region *best = NULL;

	pthread_mutex_lock(&pool->mutex);
	for (uint32_t i = 0; i < REGION_SLOTS; i++)
		if (pool->slots[i] && !pool->is_taken[i] &&
		    (!best || pool->slots[i]->size > best->size))
			best = pool->slots[i];
	if (best) {
		pool->is_taken[best->slot] = true;
		pool->n_taken++;
	}
	unlock(pool);
	return best;
}

/* An empty slot, or one whose region is not in use and too small; its region goes. */
static uint32_t find_slot(struct region_pool *pool, size_t size)
{
	for (uint32_t i = 0; i < REGION_SLOTS; i++)
		if (!pool->slots[i])
			return i;
	for (uint32_t i = 0; i < REGION_SLOTS; i++)
		if (!pool->is_taken[i] && pool->slots[i]->size < size) {
			unmap(pool->slots[i]);
			pool->slots[i] = NULL;
			return i;
		}
	return REGION_ONCE;
}

static void enter(struct region_pool *pool, struct region *region)
{
	pthread_mutex_lock(&pool->mutex);
	region->slot = find_slot(pool, region->size);
	if (region->slot != REGION_ONCE) {
		pool->slots[region->slot] = region;
		pool->is_taken[region->slot] = true;
	}
	pool->n_taken++;
	unlock(pool);
}

static int make_memory(size_t size, struct carom_error *err)
{
	int fd = worker_memory("carom-columns", MFD_ALLOW_SEALING, err);

	if (fd < 0)
		return fd;
	if (ftruncate(fd, (off_t)size) == 0 &&
	    fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0)
		return fd;
	carom_fail_errno(err, "no memory of %zu bytes can be shared with the simulator", size);
	close(fd);
	return CAROM_ERROR_SYSTEM;
}

/* Somewhat larger, for the next result; what is not used takes no memory. */
static size_t with_margin(size_t size)
{
	return (size + size / 4 + PAGE) / PAGE * PAGE;
}

struct region *region_make(struct region_pool *pool, size_t size, int *fd, struct carom_error *err)
{
	struct region *region = mem_zalloc(1, sizeof(*region));

	*fd = -1;
	if (!region || size > MAX_SIZE) {
		carom_fail_memory(err);
		mem_free(region);
		return NULL;
	}
	*region = (struct region){.pool = pool, .size = with_margin(size)};
	*fd = make_memory(region->size, err);
	if (*fd >= 0)
		region->memory = mmap(NULL, region->size, PROT_READ, MAP_SHARED, *fd, 0);
	if (*fd < 0 || region->memory == MAP_FAILED) {
		if (*fd >= 0)
			close(*fd);
		*fd = -1;
		carom_fail_errno(err, "shared memory cannot be mapped");
		mem_free(region);
		return NULL;
	}
	enter(pool, region);
	return region;
}

void region_release(void *memory)
{
	struct region *region = memory;
	struct region_pool *pool = region ? region->pool : NULL;

	if (!region)
		return;
	pthread_mutex_lock(&pool->mutex);
	pool->n_taken--;
	if (region->slot == REGION_ONCE)
		unmap(region);
	else
		pool->is_taken[region->slot] = false;
	unlock(pool);
}
