/* SPDX-License-Identifier: BSD-3-Clause */
/* From ngspice's words to a line of the deck. */
#include "ng-place.h"
#include "support.h"

static const char *const deck[] = {
	"title with rload",    /* 1 */
	"v1 in 0 1",           /* 2 */
	"",                    /* 3 */
	"  \t",                /* 4 */
	"* r1 in 0 {rload}",   /* 5 */
	"r1 in out {2*rload}", /* 6 */
	".subckt div a b",     /* 7 */
	"r2 a b 1",            /* 8 */
	"d1 a b nix",          /* 9 */
	".ends",               /* 10 */
	"x1 in 0 div",         /* 11 */
	"X2 in 0 nosub",       /* 12 */
	"r2 in 0 1",           /* 13 */
	".include foo.lib",    /* 14 */
	".end",                /* 15 */
};

enum { N_LINES = sizeof(deck) / sizeof(deck[0]) };

static int place_of(const char *const *said, size_t n, size_t i)
{
	struct ng_messages messages;
	const char *words;

	ng_messages_clear(&messages);
	for (size_t k = 0; k < n; k++)
		ng_messages_add(&messages, said[k], &words);
	return ng_place_find(&messages, i, deck, N_LINES);
}

static int place_of_one(const char *said)
{
	return place_of(&said, 1, 0);
}

static void a_number_counts_lines_that_are_not_blank(void **state)
{
	(void)state;
	assert_int_equal(place_of_one("stderr Error on line 1 or its substitute:"), 1);
	assert_int_equal(place_of_one("stderr Error on line 2 or its substitute:"), 2);
	assert_int_equal(place_of_one("stderr Error on line 3 or its substitute:"), 5);
	assert_int_equal(place_of_one("stderr Netlist line no. 4:"), 6);
	assert_int_equal(
		place_of_one("stderr Error in netlist line no. 9, new internal line no. 4:"), 6);
	assert_int_equal(place_of_one("stderr Error: Check .ends in line number 8"), 10);
	assert_int_equal(place_of_one("stderr Error: line 5, missing .ends"), 7);
	assert_int_equal(place_of_one("stderr Error on line 99 or its substitute:"), 0);
	assert_int_equal(place_of_one("stderr Netlist line no. 0:"), 0);
}

static void the_number_may_stand_in_a_neighbour(void **state)
{
	static const char *const parser[] = {"stderr Error on line 4 or its substitute:",
					     "stderr r1 in out foo", "stderr Error: unknown"};
	static const char *const numparam[] = {"stderr Netlist line no. 4:",
					       "stderr Undefined parameter [nowhere]"};
	static const char *const ends[] = {
		"stderr Error: Mismatch of .subckt ... .ends statements!",
		"stderr This will cause subsequent errors.", "stderr Check .ends in line number 8"};

	(void)state;
	assert_int_equal(place_of(parser, 3, 2), 6);
	assert_int_equal(place_of(numparam, 2, 1), 6);
	assert_int_equal(place_of(ends, 3, 0), 10);
}

static void a_quoted_card_is_looked_for(void **state)
{
	static const char *const expanded[] = {"stderr Error on line:", "stderr d.x1.d1 in 0 nix",
					       "stderr could not find a valid modelname"};

	(void)state;
	assert_int_equal(place_of(expanded, 3, 2), 9);
	assert_int_equal(place_of_one("stderr Error: unknown subckt: x2 in 0 nosub"), 12);
	assert_int_equal(place_of_one("stderr ERROR: mismatch in str: r1 in out {f(1,2)}"), 6);
	assert_int_equal(place_of_one("stderr Too few parameters for subcircuit type \"div\" "
				      "(instance: xx1)"),
			 11);
}

static void a_card_that_could_be_one_of_several_is_not_guessed(void **state)
{
	static const char *const twice[] = {"stderr Error on line:", "stderr r.x1.r2 in 0 1",
					    "stderr unknown parameter (1)"};

	(void)state;
	assert_int_equal(place_of(twice, 3, 2), 0);
	assert_int_equal(place_of_one("stderr Error: unknown subckt: x9 in 0 nosub"), 0);
}

static void a_quoted_name_is_looked_for_outside_title_and_comments(void **state)
{
	static const char *const expanded[] = {"stderr Netlist line no. 0:",
					       "stderr Undefined parameter [RLoad]"};

	(void)state;
	assert_int_equal(place_of(expanded, 2, 1), 6);
	assert_int_equal(place_of_one("stderr Undefined parameter [load]"), 0);
	assert_int_equal(place_of_one("stderr Error: Could not find include file foo.lib"), 14);
}

static void words_without_a_place_have_none(void **state)
{
	(void)state;
	assert_int_equal(place_of_one("stderr Error: there aren't any circuits loaded."), 0);
	assert_int_equal(place_of_one("stderr Error on line:"), 0);
	assert_int_equal(place_of_one("stderr Undefined parameter []"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_counts_lines_that_are_not_blank),
		cmocka_unit_test(the_number_may_stand_in_a_neighbour),
		cmocka_unit_test(a_quoted_card_is_looked_for),
		cmocka_unit_test(a_card_that_could_be_one_of_several_is_not_guessed),
		cmocka_unit_test(a_quoted_name_is_looked_for_outside_title_and_comments),
		cmocka_unit_test(words_without_a_place_have_none),
	};

	return run_all_tests(tests);
}
