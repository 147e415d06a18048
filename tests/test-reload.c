/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the reload route's deck. */
#include <string.h>

#include "base/mem.h"
#include "study/reload.h"
#include "support.h"

static struct job_line lines[] = {{(char *)"title", 0, 1},
				  {(char *)"m1 d g s b nch w=1u l=2u", 0, 2},
				  {(char *)"r1 a b 1k", 0, 3},
				  {(char *)".model nch_m1 nmos(vto=0.5)", UINT32_MAX, 0},
				  {(char *)".end", 0, 4}};

/* Out of order on purpose: slots are found by their place and not by their variable's number. */
static struct job_variable variables[] = {
	{.name = (char *)"r1", .slot_line = 2, .slot_begin = 7, .slot_length = 2, .has_slot = true},
	{.name = (char *)"m1:l",
	 .slot_line = 1,
	 .slot_begin = 22,
	 .slot_length = 2,
	 .has_slot = true},
	{.name = (char *)"m1:w",
	 .slot_line = 1,
	 .slot_begin = 17,
	 .slot_length = 2,
	 .has_slot = true}};

/* The value of r1 stands in a second place as well. */
static struct job_copy copies[] = {
	{.variable = 0, .slot_line = 3, .slot_begin = 23, .slot_length = 3}};

static const struct job job = {.lines = lines,
			       .n_lines = 5,
			       .variables = variables,
			       .n_variables = 3,
			       .copies = copies,
			       .n_copies = 1};

static void values_are_written_into_their_slots(void **state)
{
	const double values[] = {1234.5, 2.5e-6, 1e-6};
	struct reload *reload = reload_new(&job);
	const char *const *deck;

	(void)state;
	assert_non_null(reload);
	deck = reload_lines(reload, values);
	assert_non_null(deck);
	assert_string_equal(deck[1], "m1 d g s b nch w=1e-06 l=2.5e-06");
	assert_string_equal(deck[2], "r1 a b 1234.5");
	assert_string_equal(deck[3], ".model nch_m1 nmos(vto=1234.5)");
	reload_free(reload);
}

static void lines_without_a_slot_are_the_jobs_own(void **state)
{
	const double values[] = {1, 2, 3};
	struct reload *reload = reload_new(&job);
	const char *const *deck = reload_lines(reload, values);

	(void)state;
	assert_ptr_equal(deck[0], lines[0].text);
	assert_ptr_equal(deck[4], lines[4].text);
	reload_free(reload);
}

static void a_second_sample_starts_from_the_original_text(void **state)
{
	const double long_values[] = {1.2345678901234567, 3, 4}, short_values[] = {7, 8, 9};
	struct reload *reload = reload_new(&job);
	const char *const *deck;

	(void)state;
	reload_lines(reload, long_values);
	deck = reload_lines(reload, short_values);
	assert_string_equal(deck[1], "m1 d g s b nch w=9 l=8");
	assert_string_equal(deck[2], "r1 a b 7");
	reload_free(reload);
}

static void no_memory_is_told(void **state)
{
	const double values[] = {1, 2, 3};

	(void)state;
	for (int64_t n = 0; n < 4; n++) {
		mem_fail_after(n);
		assert_null(reload_new(&job));
	}
	mem_fail_after(-1);
	struct reload *reload = reload_new(&job);
	mem_fail_after(0);
	assert_null(reload_lines(reload, values));
	mem_fail_after(-1);
	reload_free(reload);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_written_into_their_slots),
		cmocka_unit_test(lines_without_a_slot_are_the_jobs_own),
		cmocka_unit_test(a_second_sample_starts_from_the_original_text),
		cmocka_unit_test(no_memory_is_told),
	};

	return run_all_tests(tests);
}
