/* SPDX-License-Identifier: BSD-3-Clause */
/* Memory from large pages: blocks of every size keep what is in them, and address space comes back. */
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/pages.h"
#include "support.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SLABS = 0 }; /* every block is malloc's */
#else
enum { SLABS = 1 };
#endif

enum { N_BLOCKS = 64, MIB = 1 << 20 };

struct owned {
	unsigned char *memory;
	size_t size;
	unsigned char fill;
};

static uint32_t draw(uint32_t *state, uint32_t below)
{
	*state = *state * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)*state * below >> 32);
}

/* As often a few bytes as some kilobytes or megabytes. */
static size_t draw_size(uint32_t *state)
{
	return 1 + draw(state, 1u << (4 + draw(state, 20)));
}

static void fill(struct owned *block)
{
	memset(block->memory, block->fill, block->size);
}

static void check(const struct owned *block)
{
	size_t step = block->size / 50 + 1;

	for (size_t i = 0; i < block->size; i += step)
		assert_int_equal(block->memory[i], block->fill);
	if (block->size > 0)
		assert_int_equal(block->memory[block->size - 1], block->fill);
}

static void resize(struct owned *block, size_t size)
{
	struct owned old = *block;

	block->memory = pages_resize(block->memory, block->size, size);
	assert_non_null(block->memory);
	old.memory = block->memory;
	if (size < old.size)
		old.size = size;
	check(&old);
	block->size = size;
	fill(block);
}

static void release(struct owned *block)
{
	check(block);
	pages_free(block->memory, block->size);
	*block = (struct owned){NULL, 0, block->fill};
}

/* Blocks come, change their size and go at random, and none writes into another. */
static void juggle(uint32_t seed, unsigned n_steps)
{
	struct owned blocks[N_BLOCKS] = {{NULL, 0, 0}};

	for (unsigned i = 0; i < N_BLOCKS; i++)
		blocks[i].fill = (unsigned char)(i + seed);
	for (unsigned i = 0; i < n_steps; i++) {
		struct owned *block = &blocks[draw(&seed, N_BLOCKS)];

		if (block->memory && draw(&seed, 3) == 0)
			release(block);
		else
			resize(block, draw_size(&seed));
	}
	for (unsigned i = 0; i < N_BLOCKS; i++)
		release(&blocks[i]);
}

static int reset(void **state)
{
	(void)state;
	mem_fail_after(-1);
	return 0;
}

static void blocks_of_any_size_keep_what_is_in_them(void **state)
{
	(void)state;
	juggle(1, 5000);
}

static void address_space_comes_back(void **state)
{
	enum { N = 640 };
	void *blocks[N];
	size_t held;

	(void)state;
	for (unsigned i = 0; i < N; i++) {
		blocks[i] = pages_alloc(MIB);
		assert_non_null(blocks[i]);
	}
	held = pages_held();
	assert_int_equal(pages_used(), SLABS * (size_t)N * MIB);
	assert_true(SLABS ? held >= (size_t)N * MIB : held == 0);
	for (unsigned i = 0; i < N; i++)
		pages_free(blocks[i], MIB);
	assert_int_equal(pages_used(), 0);
	assert_true(pages_held() <= held / 5); /* one stays */
	for (unsigned i = 0; i < 1000; i++)
		pages_free(pages_alloc(MIB), MIB);
	assert_true(pages_held() <= held / 5);
}

static void a_block_grows_in_its_place_where_it_can(void **state)
{
	char *memory = pages_alloc(100000);
	char *grown;

	(void)state;
	assert_non_null(memory);
	strcpy(memory, "amplifier");
	grown = pages_resize(memory, 100000, MIB);
	assert_string_equal(grown, "amplifier");
	if (SLABS)
		assert_ptr_equal(grown, memory);
	pages_free(grown, MIB);
}

static void a_large_block_grows_in_its_place(void **state)
{
	size_t used = pages_used();
	char *memory = pages_alloc(5 * MIB);
	char *grown;

	(void)state;
	assert_non_null(memory);
	memory[5 * MIB - 1] = 'a';
	grown = pages_resize(memory, 5 * MIB, 40 * MIB);
	assert_int_equal(grown[5 * MIB - 1], 'a');
	assert_int_equal(pages_used() - used, SLABS * (size_t)40 * MIB);
	if (SLABS)
		assert_ptr_equal(grown, memory);
	grown[40 * MIB - 1] = 'b';
	grown = pages_resize(grown, 40 * MIB, 3 * MIB); /* its pages are given back */
	if (SLABS)
		assert_ptr_equal(grown, memory);
	grown = pages_resize(grown, 3 * MIB, 40 * MIB);
	if (SLABS)
		assert_int_equal(grown[40 * MIB - 1], 0);
	grown = pages_resize(grown, 40 * MIB, (size_t)1000 * MIB); /* beyond its room: elsewhere */
	assert_non_null(grown);
	pages_free(grown, (size_t)1000 * MIB);
	assert_int_equal(pages_used(), used);
}

static rlim_t limit_address_space(rlim_t bytes)
{
	struct rlimit limit;
	rlim_t old;

	assert_int_equal(getrlimit(RLIMIT_AS, &limit), 0);
	old = limit.rlim_cur;
	limit.rlim_cur = bytes;
	assert_int_equal(setrlimit(RLIMIT_AS, &limit), 0);
	return old;
}

/* More than the block needs is a convenience that it can do without. */
static void a_large_block_takes_no_more_than_it_needs_where_address_space_is_limited(void **state)
{
	rlim_t old;
	struct owned block = {NULL, 100 * (size_t)MIB, 9};

	(void)state;
	if (!SLABS)
		return; /* a sanitizer's own address space is without end */
	old = limit_address_space((rlim_t)700 * MIB);
	block.memory = pages_alloc(block.size);
	assert_non_null(block.memory);
	assert_null(pages_resize(block.memory, block.size, (size_t)900 * MIB));
	limit_address_space(old);
	fill(&block);
	release(&block);
}

static void an_array_grows_and_is_trimmed(void **state)
{
	size_t capacity = 0;
	uint32_t *array = NULL;

	(void)state;
	for (uint32_t i = 0; i < 3000000; i++) {
		assert_true(pages_reserve(&array, &capacity, i + 1, sizeof(*array)));
		array[i] = i;
	}
	pages_trim(&array, &capacity, 100001, sizeof(*array));
	assert_int_equal(capacity, 100001);
	for (uint32_t i = 0; i < capacity; i++)
		assert_int_equal(array[i], i);
	pages_trim(&array, &capacity, 0, sizeof(*array)); /* an empty one stays as it is */
	assert_int_equal(capacity, 100001);
	pages_free(array, capacity * sizeof(*array));
}

static void a_size_beyond_the_address_space_is_refused(void **state)
{
	size_t capacity = 0;
	void *array = NULL;

	(void)state;
	assert_false(pages_grow(&array, &capacity, SIZE_MAX / 2, 16));
	assert_null(array);
	assert_int_equal(capacity, 0);
	pages_free(NULL, MIB);
}

static void without_memory_blocks_stay_as_they_are(void **state)
{
	const size_t sizes[] = {100, 100000, 50 * MIB};

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		struct owned block = {pages_alloc(sizes[i]), sizes[i], 7};

		assert_non_null(block.memory);
		fill(&block);
		mem_fail_after(0);
		assert_null(pages_alloc(sizes[i]));
		assert_null(pages_resize(block.memory, block.size, 64 * MIB));
		mem_fail_after(-1);
		release(&block);
	}
}

static void *juggle_aside(void *seed)
{
	juggle(*(uint32_t *)seed, 1500);
	return NULL;
}

static void threads_share_the_slabs(void **state)
{
	pthread_t threads[4];
	uint32_t seeds[4] = {11, 12, 13, 14};

	(void)state;
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, juggle_aside, &seeds[i]), 0);
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(pthread_join(threads[i], NULL), 0);
}

/* While another thread is at it. */
static void the_child_of_a_fork_goes_on(void **state)
{
	pthread_t thread;
	uint32_t seed = 21;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, juggle_aside, &seed), 0);
	for (unsigned i = 0; i < 20; i++) {
		pid_t child = fork();
		int status;

		assert_true(child >= 0);
		if (child == 0) {
			alarm(20); /* rather than wait for ever */
			pages_free(pages_alloc(MIB), MIB);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_int_equal(status, 0);
	}
	assert_int_equal(pthread_join(thread, NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(blocks_of_any_size_keep_what_is_in_them, reset),
		cmocka_unit_test_teardown(address_space_comes_back, reset),
		cmocka_unit_test_teardown(a_block_grows_in_its_place_where_it_can, reset),
		cmocka_unit_test_teardown(a_large_block_grows_in_its_place, reset),
		cmocka_unit_test_teardown(
			a_large_block_takes_no_more_than_it_needs_where_address_space_is_limited,
			reset),
		cmocka_unit_test_teardown(an_array_grows_and_is_trimmed, reset),
		cmocka_unit_test_teardown(a_size_beyond_the_address_space_is_refused, reset),
		cmocka_unit_test_teardown(without_memory_blocks_stay_as_they_are, reset),
		cmocka_unit_test_teardown(threads_share_the_slabs, reset),
		cmocka_unit_test_teardown(the_child_of_a_fork_goes_on, reset),
	};

	return run_all_tests(tests);
}
