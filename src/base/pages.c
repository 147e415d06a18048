/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Slabs: regions aligned to their size, of units, asked for in large pages.  The first units hold
 * the slab's head, so that it is found from any address within.  The first place that fits is taken,
 * which keeps the rear of a slab untouched.  A block's size tells whose it is: mem.h's, a slab's, or
 * a stretch.
 */
#include "base/pages.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include "base/mem.h"
#include "base/stretch.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define IS_SANITIZED true /* which shall see every block */
#else
#define IS_SANITIZED false
#endif

#define UNIT ((size_t)16 << 10)
#define N_UNITS ((size_t)8192)
#define SLAB_SIZE (N_UNITS * UNIT)
#define LARGE_PAGE ((size_t)2 << 20)
#define KEPT (4 * LARGE_PAGE)
#define LEAST (2 * UNIT) /* bytes of a block that is cut from a slab */
#define MOST LARGE_PAGE

struct slab {
	struct slab *next;
	size_t n_used; /* units, the head's own too */
	size_t end;    /* behind the last unit that was in use since the slab was empty */
	uint16_t length[N_UNITS]; /* of the block that begins with the unit; 0: none does */
};

#define HEAD ((sizeof(struct slab) + UNIT - 1) / UNIT) /* units of a slab that are its head's */

_Static_assert(N_UNITS <= UINT16_MAX, "a block's length is a uint16_t");

static struct slab *slabs;
static size_t n_slabs;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* ---- a fork: the child's slabs are whole and its own ---- */

static void take_lock(void)
{
	pthread_mutex_lock(&lock);
}

static void drop_lock(void)
{
	pthread_mutex_unlock(&lock);
}

static void watch_forks(void)
{
	pthread_atfork(take_lock, drop_lock, drop_lock);
}

/* ---- slabs ---- */

static size_t units_of(size_t size)
{
	return (size + UNIT - 1) / UNIT;
}

static struct slab *slab_of(const void *memory)
{
	return (struct slab *)((uintptr_t)memory & ~(uintptr_t)(SLAB_SIZE - 1));
}

static size_t unit_of(const void *memory)
{
	return ((uintptr_t)memory & (SLAB_SIZE - 1)) / UNIT;
}

/* Address space twice as large holds an aligned slab; the rest is given back. */
static struct slab *map_slab(void)
{
	char *map = mmap(NULL, 2 * SLAB_SIZE, PROT_READ | PROT_WRITE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	char *begin;
	size_t before;

	if (map == MAP_FAILED)
		return NULL;
	before = -(uintptr_t)map & (SLAB_SIZE - 1);
	begin = map + before;
	if (before > 0)
		munmap(map, before);
	munmap(begin + SLAB_SIZE, SLAB_SIZE - before);
	madvise(begin, SLAB_SIZE, MADV_HUGEPAGE); /* a wish */
	return (struct slab *)begin;
}

static struct slab *add_slab(void)
{
	struct slab *slab = map_slab();

	if (!slab)
		return NULL;
	slab->n_used = slab->end = slab->length[0] = HEAD;
	slab->next = slabs;
	slabs = slab;
	n_slabs++;
	return slab;
}

/* Of the last that is empty some pages stay, for the next blocks. */
static void drop_slab(struct slab *slab)
{
	struct slab **link = &slabs;

	if (n_slabs == 1) {
		if (slab->end * UNIT > KEPT)
			madvise((char *)slab + KEPT, SLAB_SIZE - KEPT, MADV_DONTNEED);
		slab->end = HEAD;
		return;
	}
	while (*link != slab)
		link = &(*link)->next;
	*link = slab->next;
	n_slabs--;
	munmap(slab, SLAB_SIZE);
}

/* ---- blocks ---- */

/* Are so many units free from there on?  Otherwise *next is behind the block that is in the way. */
static bool is_free(const struct slab *slab, size_t unit, size_t n, size_t *next)
{
	size_t i = unit;

	while (i < slab->end && i < unit + n && slab->length[i] == 0)
		i++;
	if (i < slab->end && i < unit + n)
		*next = i + slab->length[i];
	else if (unit + n > N_UNITS)
		*next = N_UNITS;
	else
		return true;
	return false;
}

static void set_length(struct slab *slab, size_t unit, size_t n)
{
	slab->length[unit] = (uint16_t)n;
	if (slab->end < unit + n)
		slab->end = unit + n;
}

static void *cut(struct slab *slab, size_t n)
{
	size_t unit = HEAD;

	if (N_UNITS - slab->n_used < n)
		return NULL;
	while (!is_free(slab, unit, n, &unit)) {
		if (unit == N_UNITS)
			return NULL;
	}
	slab->n_used += n;
	set_length(slab, unit, n);
	return (char *)slab + unit * UNIT;
}

static void *cut_from_any(size_t n)
{
	struct slab *slab = slabs;
	void *block = NULL;

	for (; slab && !block; slab = slab->next)
		block = cut(slab, n);
	if (!block && (slab = add_slab()))
		block = cut(slab, n);
	return block;
}

static void give_back(void *memory)
{
	struct slab *slab = slab_of(memory);
	size_t unit = unit_of(memory);

	slab->n_used -= slab->length[unit];
	slab->length[unit] = 0;
	if (slab->n_used == HEAD)
		drop_slab(slab);
}

static bool resize_in_place(void *memory, size_t n)
{
	struct slab *slab = slab_of(memory);
	size_t unit = unit_of(memory), old = slab->length[unit], next;

	if (n > old && !is_free(slab, unit + old, n - old, &next))
		return false;
	slab->n_used += n - old;
	set_length(slab, unit, n);
	return true;
}

/* ---- memory of any size ---- */

static bool is_small(size_t size)
{
	return IS_SANITIZED || size < LEAST;
}

static bool is_large(size_t size)
{
	return !IS_SANITIZED && size > MOST;
}

void *pages_alloc(size_t size)
{
	void *block;

	if (is_small(size))
		return mem_alloc(size);
	if (!mem_may_allocate())
		return NULL;
	if (is_large(size))
		return stretch_alloc(size);
	pthread_once(&once, watch_forks);
	take_lock();
	block = cut_from_any(units_of(size));
	drop_lock();
	return block;
}

void pages_free(void *memory, size_t size)
{
	if (!memory || is_small(size)) {
		mem_free(memory);
		return;
	}
	if (is_large(size)) {
		stretch_free(memory);
		return;
	}
	take_lock();
	give_back(memory);
	drop_lock();
}

static bool stays(void *memory, size_t old_size, size_t new_size)
{
	bool does_fit;

	if (is_large(old_size) != is_large(new_size) || is_small(old_size) || is_small(new_size))
		return false;
	if (is_large(new_size))
		return mem_may_allocate() && stretch_resize(memory, new_size);
	take_lock();
	does_fit = resize_in_place(memory, units_of(new_size));
	drop_lock();
	return does_fit;
}

void *pages_resize(void *memory, size_t old_size, size_t new_size)
{
	void *moved;

	if (!memory)
		return pages_alloc(new_size);
	if (is_small(old_size) && is_small(new_size))
		return mem_resize(memory, new_size, 1);
	if (stays(memory, old_size, new_size))
		return memory;
	moved = pages_alloc(new_size);
	if (!moved)
		return NULL;
	memcpy(moved, memory, old_size < new_size ? old_size : new_size);
	pages_free(memory, old_size);
	return moved;
}

/* array_pointer is the address of a pointer of any type: copied, so that no type is punned. */
static bool set_capacity(void *array_pointer, size_t *capacity, size_t n, size_t size)
{
	size_t bytes;
	void *memory;

	if (__builtin_mul_overflow(n, size, &bytes))
		return false;
	memcpy(&memory, array_pointer, sizeof(memory));
	memory = pages_resize(memory, *capacity * size, bytes);
	if (!memory)
		return false;
	memcpy(array_pointer, &memory, sizeof(memory));
	*capacity = n;
	return true;
}

bool pages_grow(void *array_pointer, size_t *capacity, size_t need, size_t size)
{
	return set_capacity(array_pointer, capacity, mem_grown(*capacity, need), size);
}

void pages_trim(void *array_pointer, size_t *capacity, size_t n, size_t size)
{
	if (n > 0 && n < *capacity)
		set_capacity(array_pointer, capacity, n, size); /* or it stays as it is */
}

size_t pages_held(void)
{
	size_t n;

	take_lock();
	n = n_slabs;
	drop_lock();
	return n * SLAB_SIZE;
}

size_t pages_used(void)
{
	size_t n_units = 0;

	take_lock();
	for (const struct slab *slab = slabs; slab; slab = slab->next)
		n_units += slab->n_used - HEAD;
	drop_lock();
	return n_units * UNIT + stretch_used();
}
