/* SPDX-License-Identifier: BSD-3-Clause */
/* Changed numbers are found in every instance that has them, and once in each. */
#include "circuit/change-place.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "support-circuit.h"

static const char deck[] = "t\n"
			   ".param p=1\n"
			   "r1 a 0 1k\n"
			   "x1 a 0 outer\n"
			   "x2 a 0 outer w=3\n"
			   "x3 a 0 inner\n"
			   "d1 a 0 dt\n"
			   "d2 a 0 dt\n"
			   ".model dt d is=1e-14\n"
			   ".subckt outer a b w=1\n"
			   "x1 a m inner v=2\n"
			   "x2 m b inner\n"
			   "d1 a b dt\n"
			   ".ends\n"
			   ".subckt inner a b v=1\n"
			   ".model di d is=1e-15\n"
			   "r1 a b 1k\n"
			   "d1 a b di\n"
			   "d2 a b di\n"
			   ".ends\n"
			   ".subckt unused a b v=1\n"
			   "r1 a b 1k\n"
			   ".ends\n"
			   ".end\n";

/* ---- what is changed ---- */

static const struct carom_circuit *circuit_called(const struct carom_circuit *root,
						  const char *name)
{
	return *name ? carom_circuit_find_subcircuit(root, name) : root;
}

static uint32_t index_of(const struct carom_circuit *circuit, enum change_kind kind,
			 const char *name)
{
	if (kind == CHANGE_ELEMENT)
		return carom_circuit_find_element(circuit, name).index;
	if (kind == CHANGE_MODEL)
		return (uint32_t)(circuit_find_model(circuit, name) - circuit->models);
	return (uint32_t)(circuit_find_param(circuit, name) - circuit->params);
}

static struct change change_of(const struct carom_circuit *root, const char *where,
			       enum change_kind kind, const char *name)
{
	const struct carom_circuit *circuit = circuit_called(root, where);
	uint32_t parameter =
		kind == CHANGE_PARAM ? name_find(circuit->names, name, strlen(name)) : NAME_NONE;

	return (struct change){circuit, kind, index_of(circuit, kind, name), parameter};
}

/* ---- where it is found ---- */

static int note_path(void *arg, const struct change_place *place)
{
	text_printf(arg, "%s ", *place->path ? place->path : "(top)");
	return 0;
}

static void assert_places(const char *where, enum change_kind kind, const char *name,
			  const char *expected)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct change change = change_of(circuit, where, kind, name);
	struct text paths = TEXT_INIT;

	assert_int_equal(change_each_place(circuit, &change, 1, note_path, &paths), 0);
	assert_string_equal(text_string(&paths), expected);
	text_release(&paths);
	carom_circuit_free(circuit);
}

static void what_is_at_the_top_is_one_place(void **state)
{
	(void)state;
	assert_places("", CHANGE_ELEMENT, "r1", "r1 ");
	assert_places("", CHANGE_ELEMENT, "x1", "x1 ");
	assert_places("", CHANGE_PARAM, "p", "(top) ");
}

static void an_element_is_in_every_instance(void **state)
{
	(void)state;
	assert_places("inner", CHANGE_ELEMENT, "r1", "x1.x1.r1 x1.x2.r1 x2.x1.r1 x2.x2.r1 x3.r1 ");
	assert_places("outer", CHANGE_ELEMENT, "x1", "x1.x1 x2.x1 ");
	assert_places("unused", CHANGE_ELEMENT, "r1", "");
}

static void a_parameter_is_where_the_instance_gives_none(void **state)
{
	(void)state;
	assert_places("outer", CHANGE_PARAM, "w", "x1 ");
	assert_places("inner", CHANGE_PARAM, "v", "x1.x2 x2.x2 x3 ");
	assert_places("unused", CHANGE_PARAM, "v", "");
}

static void a_model_is_in_every_instance_of_its_circuit(void **state)
{
	(void)state;
	assert_places("inner", CHANGE_MODEL, "di", "x1.x1.d1 x1.x2.d1 x2.x1.d1 x2.x2.d1 x3.d1 ");
	assert_places("", CHANGE_MODEL, "dt", "x1.d1 ");
}

static void several_changes_are_found_in_one_walk(void **state)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct text paths = TEXT_INIT;
	struct change changes[] = {
		change_of(circuit, "inner", CHANGE_ELEMENT, "r1"),
		change_of(circuit, "", CHANGE_ELEMENT, "r1"),
		change_of(circuit, "outer", CHANGE_PARAM, "w"),
		change_of(circuit, "inner", CHANGE_ELEMENT, "r1"),
	};
	size_t n = change_sort(changes, 4);
	(void)state;

	assert_int_equal(n, 3);
	assert_int_equal(change_each_place(circuit, changes, n, note_path, &paths), 0);
	assert_string_equal(text_string(&paths),
			    "r1 x1 x1.x1.r1 x1.x2.r1 x2.x1.r1 x2.x2.r1 x3.r1 ");
	text_release(&paths);
	carom_circuit_free(circuit);
}

static void two_parameters_of_an_element_are_two_places(void **state)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct change change = change_of(circuit, "inner", CHANGE_ELEMENT, "d1");
	struct change changes[] = {change, change};
	struct text paths = TEXT_INIT;
	(void)state;

	changes[1].name = 0;
	assert_int_equal(change_sort(changes, 2), 2);
	assert_int_equal(change_each_place(circuit, changes, 2, note_path, &paths), 0);
	assert_string_equal(text_string(&paths),
			    "x1.x1.d1 x1.x1.d1 x1.x2.d1 x1.x2.d1 x2.x1.d1 x2.x1.d1 x2.x2.d1 "
			    "x2.x2.d1 x3.d1 x3.d1 ");
	text_release(&paths);
	carom_circuit_free(circuit);
}

/* ---- ends ---- */

static int stop_at_second(void *arg, const struct change_place *place)
{
	int *n = arg;

	(void)place;
	return ++*n == 2 ? 7 : 0;
}

static void a_visit_that_is_not_0_ends_the_walk(void **state)
{
	static const enum change_kind kinds[] = {CHANGE_ELEMENT, CHANGE_MODEL, CHANGE_PARAM};
	static const char *const names[] = {"r1", "di", "v"};
	struct carom_circuit *circuit = import_deck(deck);
	(void)state;

	for (size_t i = 0; i < 3; i++) {
		struct change change = change_of(circuit, "inner", kinds[i], names[i]);
		int n = 0;

		assert_int_equal(change_each_place(circuit, &change, 1, stop_at_second, &n), 7);
		assert_int_equal(n, 2);
	}
	carom_circuit_free(circuit);
}

static int count_place(void *arg, const struct change_place *place)
{
	(void)place;
	++*(int *)arg;
	return 0;
}

static int attempt(void *arg)
{
	struct carom_circuit *circuit = arg;
	struct change change = change_of(circuit, "inner", CHANGE_MODEL, "di");
	int n = 0;
	int rc = change_each_place(circuit, &change, 1, count_place, &n);

	assert_int_equal(rc == 0, n == 5);
	return rc;
}

static void no_memory_is_told(void **state)
{
	struct carom_circuit *circuit = import_deck(deck);
	(void)state;

	assert_survives_no_memory(attempt, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_at_the_top_is_one_place),
		cmocka_unit_test(an_element_is_in_every_instance),
		cmocka_unit_test(a_parameter_is_where_the_instance_gives_none),
		cmocka_unit_test(a_model_is_in_every_instance_of_its_circuit),
		cmocka_unit_test(several_changes_are_found_in_one_walk),
		cmocka_unit_test(two_parameters_of_an_element_are_two_places),
		cmocka_unit_test(a_visit_that_is_not_0_ends_the_walk),
		cmocka_unit_test(no_memory_is_told),
	};

	return run_all_tests(tests);
}
