/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of structs as bytes and back. */
#include <string.h>

#include "base/mem.h"
#include "base/pack.h"
#include "support.h"

struct thing {
	uint32_t number;
	bool flag;
	char *name, *nothing;
	const char *borrowed;
	size_t n;
	uint16_t *list;
};

static void pass_thing(struct pack *pack, struct thing *thing)
{
	pack_field(pack, thing->number);
	pack_bool(pack, &thing->flag);
	pack_string(pack, &thing->name);
	pack_string(pack, &thing->nothing);
	pack_borrowed(pack, &thing->borrowed);
	thing->list = pack_array(pack, thing->list, &thing->n, sizeof(*thing->list));
	for (size_t i = 0; i < thing->n; i++)
		pack_field(pack, thing->list[i]);
}

static void release(struct thing *thing)
{
	mem_free(thing->name);
	mem_free(thing->nothing);
	mem_free(thing->list);
}

/* The bytes of a thing, to be released. */
static struct text pack_one(void)
{
	uint16_t list[] = {1, 2, 65535};
	struct thing thing = {0xfeedface, true, (char *)"gain", NULL, "v(out)", 3, list};
	struct text bytes = TEXT_INIT;
	struct pack pack = {.out = &bytes};

	pass_thing(&pack, &thing);
	assert_false(pack.failed);
	return bytes;
}

static struct pack reader(const void *bytes, size_t size)
{
	return (struct pack){.in = bytes, .left = size};
}

static void what_goes_in_comes_out(void **state)
{
	struct text bytes = pack_one();
	struct pack pack = reader(bytes.data, bytes.length);
	struct thing thing = {0};
	(void)state;

	pass_thing(&pack, &thing);
	assert_true(pack_is_whole(&pack));
	assert_int_equal(thing.number, 0xfeedface);
	assert_true(thing.flag);
	assert_string_equal(thing.name, "gain");
	assert_null(thing.nothing);
	assert_string_equal(thing.borrowed, "v(out)");
	assert_true(thing.borrowed > bytes.data && thing.borrowed < bytes.data + bytes.length);
	assert_int_equal(thing.n, 3);
	assert_int_equal(thing.list[2], 65535);
	release(&thing);
	text_release(&bytes);
}

/* Each in memory of its very size, so that a sanitizer sees a step beyond it. */
static void every_truncation_is_noticed(void **state)
{
	struct text bytes = pack_one();
	(void)state;

	for (size_t size = 0; size < bytes.length; size++) {
		char *part = mem_alloc(size);
		struct thing thing = {0};
		struct pack pack;

		memcpy(part, bytes.data, size);
		pack = reader(part, size);
		pass_thing(&pack, &thing);
		assert_true(pack.failed);
		release(&thing);
		mem_free(part);
	}
	text_release(&bytes);
}

static void every_changed_byte_does_no_harm(void **state)
{
	struct text bytes = pack_one();
	(void)state;

	for (size_t i = 0; i < bytes.length; i++)
		for (int bit = 0; bit < 8; bit++) {
			struct thing thing = {0};
			struct pack pack = reader(bytes.data, bytes.length);

			bytes.data[i] ^= (char)(1 << bit);
			pass_thing(&pack, &thing);
			release(&thing);
			bytes.data[i] ^= (char)(1 << bit);
		}
	text_release(&bytes);
}

static void a_string_that_ends_early_is_damage(void **state)
{
	static const char bytes[] = "\5\0\0\0ab\0de";
	struct pack pack = reader(bytes, sizeof(bytes));
	const char *string;
	(void)state;

	pack_borrowed(&pack, &string);
	assert_true(pack.failed);
	assert_null(string);
}

static void a_count_beyond_the_bytes_is_damage_before_it_is_memory(void **state)
{
	uint64_t huge = UINT64_MAX / 8;
	struct pack pack = reader(&huge, sizeof(huge));
	size_t n = 7;
	(void)state;

	assert_null(pack_array(&pack, NULL, &n, 1));
	assert_true(pack.failed);
	assert_int_equal(n, 0);
}

static void bytes_that_are_left_make_it_no_whole(void **state)
{
	struct pack pack = reader("ab", 2);
	char byte;
	(void)state;

	pack_field(&pack, byte);
	assert_int_equal(byte, 'a');
	assert_false(pack_is_whole(&pack));
}

static void a_lack_of_memory_fails_both_ways(void **state)
{
	struct text bytes = pack_one();
	int nth = 0;
	bool has_failed = true;
	(void)state;

	for (; has_failed; nth++) {
		struct thing thing = {0};
		struct pack pack = reader(bytes.data, bytes.length);

		mem_fail_after(nth);
		pass_thing(&pack, &thing);
		mem_fail_after(-1);
		has_failed = pack.failed;
		release(&thing);
	}
	assert_int_equal(nth - 1, 2); /* the name, the list */
	text_release(&bytes);
	mem_fail_after(0);
	bytes = (struct text)TEXT_INIT;
	struct pack pack = {.out = &bytes};

	pack_field(&pack, nth);
	mem_fail_after(-1);
	assert_true(pack.failed);
	text_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_goes_in_comes_out),
		cmocka_unit_test(every_truncation_is_noticed),
		cmocka_unit_test(every_changed_byte_does_no_harm),
		cmocka_unit_test(a_string_that_ends_early_is_damage),
		cmocka_unit_test(a_count_beyond_the_bytes_is_damage_before_it_is_memory),
		cmocka_unit_test(bytes_that_are_left_make_it_no_whole),
		cmocka_unit_test(a_lack_of_memory_fails_both_ways),
	};

	return run_all_tests(tests);
}
