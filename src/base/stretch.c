/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A block's mapping begins with its head, on a large page's border.  Of the address space only what
 * the block needs is open, in large pages: the rest is no memory in any account.
 */
#include "base/stretch.h"

#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>

#define LARGE_PAGE ((size_t)2 << 20)
#define LEAST_ROOM ((size_t)64 << 20)
#define ROOM 8 /* times what the block needs at first */

struct stretch {
	size_t room; /* bytes of the mapping */
	size_t open; /* of them that are memory */
	size_t size; /* of the block */
	_Alignas(64) char memory[];
};

static atomic_size_t used;

static struct stretch *stretch_of(void *memory)
{
	return (struct stretch *)((char *)memory - offsetof(struct stretch, memory));
}

static size_t up_to_page(size_t size)
{
	return (size + LARGE_PAGE - 1) & ~(LARGE_PAGE - 1);
}

/* A large page more than asked for holds a border; what is before it and behind is given back. */
static char *map_room(size_t room)
{
	char *map = mmap(NULL, room + LARGE_PAGE, PROT_NONE,
			 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	size_t before;

	if (map == MAP_FAILED)
		return NULL;
	before = -(uintptr_t)map & (LARGE_PAGE - 1);
	if (before > 0)
		munmap(map, before);
	munmap(map + before + room, LARGE_PAGE - before);
	madvise(map + before, room, MADV_HUGEPAGE); /* a wish */
	return map + before;
}

static struct stretch *map_stretch(size_t room, size_t open)
{
	struct stretch *stretch = (struct stretch *)map_room(room);

	if (!stretch)
		return NULL;
	if (mprotect(stretch, open, PROT_READ | PROT_WRITE)) {
		munmap(stretch, room);
		return NULL;
	}
	stretch->room = room;
	stretch->open = open;
	return stretch;
}

void *stretch_alloc(size_t size)
{
	struct stretch *stretch;
	size_t open, room;

	if (size > SIZE_MAX / (2 * ROOM))
		return NULL;
	open = up_to_page(sizeof(*stretch) + size);
	room = open < LEAST_ROOM / ROOM ? LEAST_ROOM : ROOM * open;
	stretch = map_stretch(room, open);
	if (!stretch) /* where address space is limited */
		stretch = map_stretch(open, open);
	if (!stretch)
		return NULL;
	stretch->size = size;
	used += size;
	return stretch->memory;
}

void stretch_free(void *memory)
{
	struct stretch *stretch = stretch_of(memory);

	used -= stretch->size;
	munmap(stretch, stretch->room);
}

bool stretch_resize(void *memory, size_t size)
{
	struct stretch *stretch = stretch_of(memory);
	size_t open;

	if (size > stretch->room - sizeof(*stretch))
		return false;
	open = up_to_page(sizeof(*stretch) + size);
	if (open > stretch->open && mprotect(stretch, open, PROT_READ | PROT_WRITE))
		return false;
	if (open < stretch->open)
		madvise((char *)stretch + open, stretch->open - open, MADV_DONTNEED);
	else
		stretch->open = open;
	used += size - stretch->size;
	stretch->size = size;
	return true;
}

size_t stretch_used(void)
{
	return used;
}
