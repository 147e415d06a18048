/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of memory shared with a worker. */
#include "sim/region.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "support.h"

static int make_pool(void **state)
{
	*state = region_pool_new();
	return *state ? 0 : -1;
}

static int free_pool(void **state)
{
	region_pool_free(*state);
	return 0;
}

static struct region *make_region(struct region_pool *pool, size_t size)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int fd;
	struct region *region = region_make(pool, size, &fd, &err);

	assert_ok(&err);
	assert_non_null(region);
	close(fd);
	return region;
}

static void what_one_writes_the_other_reads(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int fd;
	struct region *region = region_make(*state, 100, &fd, &err);
	char *memory;

	assert_ok(&err);
	assert_true(region->size >= 100);
	memory = mmap(NULL, region->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	assert_true(memory != MAP_FAILED);
	strcpy(memory, "columns");
	assert_string_equal(region->memory, "columns");
	munmap(memory, region->size);
	close(fd);
	region_release(region);
}

/* Or else the host would die of it, reading. */
static void a_worker_cannot_take_the_memory_away(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int fd;
	struct region *region = region_make(*state, 100, &fd, &err);

	assert_int_equal(ftruncate(fd, 0), -1);
	assert_int_equal(fcntl(fd, F_ADD_SEALS, F_SEAL_WRITE), -1);
	assert_int_equal(region->memory[region->size - 1], 0);
	close(fd);
	region_release(region);
}

static void a_region_is_used_again_and_offered_to_one_at_a_time(void **state)
{
	struct region *region = make_region(*state, 100), *again;

	assert_null(region_offer(*state));
	region_release(region);
	again = region_offer(*state);
	assert_ptr_equal(again, region);
	assert_null(region_offer(*state));
	region_release(again);
}

static void the_largest_is_offered(void **state)
{
	struct region *small = make_region(*state, 100), *large = make_region(*state, 100000);

	region_release(small);
	region_release(large);
	assert_ptr_equal(region_offer(*state), large);
	region_release(large);
}

static void one_that_is_too_small_makes_room_for_a_larger_one(void **state)
{
	struct region *regions[REGION_SLOTS], *large;

	for (int i = 0; i < REGION_SLOTS; i++)
		regions[i] = make_region(*state, 100);
	for (int i = 0; i < REGION_SLOTS; i++)
		region_release(regions[i]);
	large = make_region(*state, 100000);
	assert_true(large->slot < REGION_ONCE);
	region_release(large);
	assert_ptr_equal(region_offer(*state), large);
	region_release(large);
}

static void beyond_the_slots_regions_are_made_for_once(void **state)
{
	struct region *regions[REGION_SLOTS + 2];

	for (int i = 0; i < REGION_SLOTS + 2; i++) {
		regions[i] = make_region(*state, 100);
		assert_int_equal(regions[i]->slot, i < REGION_SLOTS ? i : REGION_ONCE);
	}
	for (int i = REGION_SLOTS + 1; i >= REGION_SLOTS; i--)
		region_release(regions[i]);
	assert_null(region_offer(*state));
	for (int i = 0; i < REGION_SLOTS; i++)
		region_release(regions[i]);
}

static void another_worker_has_none_of_them(void **state)
{
	struct region *kept = make_region(*state, 100), *free_one = make_region(*state, 100);

	region_release(free_one);
	region_pool_forget(*state);
	assert_null(region_offer(*state));
	assert_int_equal(kept->memory[0], 0);
	assert_int_equal(kept->slot, REGION_ONCE);
	region_release(kept);
	assert_null(region_offer(*state));
}

static void a_region_outlives_the_pool(void **state)
{
	struct region_pool *pool = region_pool_new();
	struct region *region = make_region(pool, 100);
	(void)state;

	region_pool_free(pool);
	assert_int_equal(region->memory[99], 0);
	region_release(region);
}

static void a_size_that_cannot_be_is_no_memory(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int fd;

	assert_null(region_make(*state, SIZE_MAX / 2, &fd, &err));
	assert_int_equal(err.status, CAROM_ERROR_MEMORY);
	assert_int_equal(fd, -1);
	carom_error_clear(&err);
	assert_null(region_make(*state, (size_t)1 << 61, &fd, &err));
	assert_int_not_equal(err.status, CAROM_OK);
	assert_int_equal(fd, -1);
}

static void a_lack_of_memory_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int fd;

	mem_fail_after(0);
	assert_null(region_pool_new());
	assert_null(region_make(*state, 100, &fd, &err));
	mem_fail_after(-1);
	assert_int_equal(err.status, CAROM_ERROR_MEMORY);
}

static void nothing_can_be_freed_and_released(void **state)
{
	(void)state;
	region_pool_free(NULL);
	region_release(NULL);
}

#define WITH_POOL(name) cmocka_unit_test_setup_teardown(name, make_pool, free_pool)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_POOL(what_one_writes_the_other_reads),
		WITH_POOL(a_worker_cannot_take_the_memory_away),
		WITH_POOL(a_region_is_used_again_and_offered_to_one_at_a_time),
		WITH_POOL(the_largest_is_offered),
		WITH_POOL(one_that_is_too_small_makes_room_for_a_larger_one),
		WITH_POOL(beyond_the_slots_regions_are_made_for_once),
		WITH_POOL(another_worker_has_none_of_them),
		cmocka_unit_test(a_region_outlives_the_pool),
		WITH_POOL(a_size_that_cannot_be_is_no_memory),
		WITH_POOL(a_lack_of_memory_is_told),
		cmocka_unit_test(nothing_can_be_freed_and_released),
	};

	return run_all_tests(tests);
}
