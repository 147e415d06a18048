/* SPDX-License-Identifier: BSD-3-Clause */
/* Words for values in a loaded circuit, and the list of those that were set. */
#include "support.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "sim/alter.h"

static void assert_means(const char *words, const char *target, bool is_model)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct alter alter;

	assert_int_equal(alter_init(&alter, NULL, words, 4.5, &err), 0);
	assert_ok(&err);
	assert_string_equal(alter.target, target);
	assert_int_equal(alter.is_model, is_model);
	assert_same_bits(alter.value, 4.5);
	alter_release(&alter);
}

static void assert_refused(const char *words, double value, enum carom_status status,
			   const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct alter alter;

	assert_int_equal(alter_init(&alter, NULL, words, value, &err), status);
	if (!strstr(err.text, text) && !strstr(err.hint, text))
		fail_msg("\"%s\" gives \"%s\", which lacks \"%s\"", words, err.text, text);
}

static void an_element_means_its_main_value(void **state)
{
	(void)state;
	assert_means("r1", "@r1[resistance]", false);
	assert_means("c1", "@c1[capacitance]", false);
	assert_means("vdd", "@vdd[dc]", false);
	assert_means("e1", "@e1[gain]", false); /* "alter e1" itself is refused by libngspice */
}

static void case_does_not_count(void **state)
{
	(void)state;
	assert_means("RLoad", "@rload[resistance]", false);
	assert_means("M1:L", "@m1[l]", false);
}

static void a_parameter_is_the_instances_if_it_has_it_and_else_the_models(void **state)
{
	(void)state;
	assert_means("m1:l", "@m1[l]", false);
	assert_means("q1:area", "@q1[area]", false);
	assert_means("q1:bf", "@q1[bf]", true);
	assert_means("d1:is", "@d1[is]", true);
	assert_means("r1:rsh", "@r1[rsh]", true);
}

static void an_element_inside_subcircuits_has_the_name_ngspice_gives_it(void **state)
{
	(void)state;
	assert_means("x1.r1", "@r.x1.r1[resistance]", false);
	assert_means("X1.x2.Q3:BF", "@q.x1.x2.q3[bf]", true);
	assert_means("Q.X1.q.x2.Q3:BF", "@q.x1.q.x2.q3[bf]", true);
}

static void what_names_no_value_is_refused(void **state)
{
	static const char *const words[] = {"",       ":",  ":l",   "r1:",        "1",
					    "x1.",    ".",  "x1.5", "r1=5; quit", "r1 r2",
					    "`date`", "$a", "r1\n"};
	(void)state;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		assert_refused(words[i], 1, CAROM_ERROR_ARGUMENT, "names no value of an element");
}

static void what_cannot_be_set_in_place_says_what_to_do(void **state)
{
	(void)state;
	assert_refused("q1", 1, CAROM_ERROR_PARAMETER, "no main value");
	assert_refused("b1", 1, CAROM_ERROR_PARAMETER, "no main value");
	assert_refused("e1:bf", 1, CAROM_ERROR_PARAMETER, "no parameter \"bf\"");
	assert_refused("x1:w", 1, CAROM_ERROR_PARAMETER, "no parameter \"w\"");
	assert_refused("x1:w", 1, CAROM_ERROR_PARAMETER, "load it again");
}

static void a_value_must_be_finite(void **state)
{
	(void)state;
	assert_refused("r1", NAN, CAROM_ERROR_ARGUMENT, "r1 cannot be set to nan");
	assert_refused("r1", INFINITY, CAROM_ERROR_ARGUMENT, "cannot be set to inf");
}

static void translating_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	int n_failures = 0;
	(void)state;

	for (int status = -1; status; n_failures += status != 0) {
		struct alter alter;

		mem_fail_after(n_failures);
		status = alter_init(&alter, NULL, "x1.q1:bf", 1, NULL);
		mem_fail_after(-1);
		if (!status)
			alter_release(&alter);
		else
			assert_int_equal(status, CAROM_ERROR_MEMORY);
	}
	assert_true(n_failures >= 2); /* the words and the target */
}

static void set(struct alter_list *alters, const char *words, double value)
{
	struct alter alter;

	assert_int_equal(alter_init(&alter, NULL, words, value, NULL), 0);
	assert_int_equal(alter_list_reserve(alters, &alter, NULL), 0);
	alter_list_add(alters, &alter);
	assert_null(alter.target);
}

static void the_last_value_of_each_target_is_kept_in_the_order_of_setting(void **state)
{
	struct alter_list alters = {.list = NULL};
	(void)state;

	set(&alters, "q1:bf", 100);
	set(&alters, "r1", 1);
	set(&alters, "q2:bf", 200); /* may be the same model as q1's */
	set(&alters, "Q1:BF", 150);
	assert_int_equal(alters.n, 4);
	assert_null(alters.list[0].target);
	assert_string_equal(alters.list[1].target, "@r1[resistance]");
	assert_string_equal(alters.list[2].target, "@q2[bf]");
	assert_string_equal(alters.list[3].target, "@q1[bf]");
	assert_same_bits(alters.list[3].value, 150);
	alter_list_release(&alters);
	assert_int_equal(alters.n, 0);
}

static void a_list_is_no_longer_than_twice_its_targets(void **state)
{
	struct alter_list alters = {.list = NULL};
	(void)state;

	for (int i = 0; i < 1000; i++) {
		set(&alters, i % 3 ? "r1" : "r2", i);
		assert_true(alters.n <= 4);
	}
	assert_string_equal(alters.list[alters.n - 1].target, "@r2[resistance]");
	assert_same_bits(alters.list[alters.n - 1].value, 999);
	assert_string_equal(alters.list[alters.n - 2].target, "@r1[resistance]");
	assert_same_bits(alters.list[alters.n - 2].value, 998);
	alter_list_release(&alters);
}

static void room_that_cannot_be_had_leaves_the_list_as_it_was(void **state)
{
	struct alter_list alters = {.list = NULL};
	struct carom_error err = CAROM_ERROR_INIT;
	struct alter alter;
	int status = -1;
	(void)state;

	set(&alters, "r1", 1);
	assert_int_equal(alter_init(&alter, NULL, "r2", 2, NULL), 0);
	for (int n = 0; status; n++) {
		carom_error_clear(&err);
		alters.capacity = alters.places_capacity = 1; /* as if there were no more */
		mem_fail_after(n);
		status = alter_list_reserve(&alters, &alter, &err);
		mem_fail_after(-1);
		assert_true(status == 0 ? n > 0 : status == CAROM_ERROR_MEMORY);
		assert_int_equal(alters.n, 1);
		assert_string_equal(alters.list[0].target, "@r1[resistance]");
	}
	alter_list_add(&alters, &alter);
	assert_int_equal(alters.n, 2);
	alter_list_release(&alters);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_element_means_its_main_value),
		cmocka_unit_test(case_does_not_count),
		cmocka_unit_test(a_parameter_is_the_instances_if_it_has_it_and_else_the_models),
		cmocka_unit_test(an_element_inside_subcircuits_has_the_name_ngspice_gives_it),
		cmocka_unit_test(what_names_no_value_is_refused),
		cmocka_unit_test(what_cannot_be_set_in_place_says_what_to_do),
		cmocka_unit_test(a_value_must_be_finite),
		cmocka_unit_test(translating_survives_a_lack_of_memory_at_every_allocation),
		cmocka_unit_test(the_last_value_of_each_target_is_kept_in_the_order_of_setting),
		cmocka_unit_test(a_list_is_no_longer_than_twice_its_targets),
		cmocka_unit_test(room_that_cannot_be_had_leaves_the_list_as_it_was),
	};

	return run_all_tests(tests);
}
