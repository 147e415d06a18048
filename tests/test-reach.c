/* SPDX-License-Identifier: BSD-3-Clause */
/* Which subcircuits a deck uses. */
#include "circuit/reach.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "support-circuit.h"

struct fixture {
	struct carom_circuit *circuit;
	struct reach reach;
};

static void open_deck(struct fixture *fixture, const char *deck)
{
	struct carom_error err = CAROM_ERROR_INIT;

	fixture->circuit = import_deck(deck);
	assert_int_equal(reach_init(&fixture->reach, fixture->circuit, &err), CAROM_OK);
}

static void close_deck(struct fixture *fixture)
{
	reach_release(&fixture->reach);
	carom_circuit_free(fixture->circuit);
}

/* Titles in the order of the list. */
static const char *titles(const struct fixture *fixture)
{
	static char all[256];
	size_t used = 0;

	for (size_t i = 0; i < fixture->reach.count; i++)
		used += (size_t)snprintf(all + used, sizeof(all) - used, "%s%s", i ? " " : "",
					 fixture->reach.list[i].circuit->title);
	return all;
}

static const struct reached *root_of(const struct fixture *fixture)
{
	return &fixture->reach.list[fixture->reach.count - 1];
}

static void a_flat_deck_reaches_itself(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "top\nr1 a 0 1\n.end\n");
	assert_string_equal(titles(&fixture), "top");
	assert_int_equal(root_of(&fixture)->callees[0], NAME_NONE);
	assert_null(root_of(&fixture)->is_conditional);
	close_deck(&fixture);
}

static void called_circuits_stand_before_their_callers(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture,
		  "top\nx1 a c\nx2 a b\nx3 a b\nr1 a 0 1\n.subckt c p\nx1 p b\n.ends\n"
		  ".subckt b p\nr1 p 0 1\n.ends\n.subckt unused p\nr1 p 0 1\n.ends\n.end\n");
	assert_string_equal(titles(&fixture), "b c top");
	assert_int_equal(root_of(&fixture)->callees[0], 1);
	assert_int_equal(root_of(&fixture)->callees[1], 0);
	assert_int_equal(root_of(&fixture)->callees[2], 0);
	assert_int_equal(root_of(&fixture)->callees[3], NAME_NONE);
	assert_int_equal(fixture.reach.list[1].callees[0], 0);
	close_deck(&fixture);
}

static void definitions_within_are_found_first(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "top\nx1 a outer\n.subckt in p\nr1 p 0 1\n.ends\n.subckt outer p\n"
			    ".subckt in q\nr2 q 0 2\n.ends\nx1 p in\n.ends\n.end\n");
	assert_string_equal(titles(&fixture), "in outer top");
	assert_ptr_equal(fixture.reach.list[0].circuit, fixture.circuit->children[1]->children[0]);
	close_deck(&fixture);
}

static void an_unknown_subcircuit_is_no_callee(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "top\nx1 a 0 nothing\n.end\n");
	assert_string_equal(titles(&fixture), "top");
	assert_int_equal(root_of(&fixture)->callees[0], NAME_NONE);
	close_deck(&fixture);
}

static void a_circle_is_cut_where_it_closes(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture,
		  "top\nx1 a s\n.subckt s p\nx1 p t\n.ends\n.subckt t p\nx1 p s\n.ends\n.end\n");
	assert_string_equal(titles(&fixture), "t s top");
	assert_int_equal(fixture.reach.list[0].callees[0], NAME_NONE);
	assert_int_equal(fixture.reach.list[1].callees[0], 0);
	close_deck(&fixture);
}

static void cards_between_if_and_endif_are_conditional(void **state)
{
	struct fixture fixture;
	const struct carom_circuit *circuit;

	(void)state;
	open_deck(&fixture, "top\nr1 a 0 1\n.if (1)\n.if (0)\nr2 a 0 1\n.endif\nr3 a 0 1\n.else\n"
			    "r4 a 0 1\n.endif\nr5 a 0 1\n.end\n");
	circuit = fixture.circuit;
	for (size_t i = 0; i < circuit->n_elements; i++) {
		bool is_inside = i > 0 && i < 4;

		assert_int_equal(
			reached_is_conditional(root_of(&fixture), circuit->elements[i].card),
			is_inside);
	}
	close_deck(&fixture);
}

static void a_chain_of_thousands_needs_no_stack(void **state)
{
	enum { N = 20000 };
	struct fixture fixture;
	struct text deck = TEXT_INIT;

	(void)state;
	text_append(&deck, "top\nx1 a s0\n");
	for (int i = 0; i < N; i++)
		text_printf(&deck, ".subckt s%d p\nx1 p s%d\n.ends\n", i, i + 1);
	text_printf(&deck, ".subckt s%d p\nr1 p 0 1\n.ends\n.end\n", N);
	open_deck(&fixture, text_string(&deck));
	assert_int_equal(fixture.reach.count, N + 2);
	assert_string_equal(fixture.reach.list[0].circuit->title, "s20000");
	text_release(&deck);
	close_deck(&fixture);
}

static int try_reach(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct reach reach;
	int status = reach_init(&reach, arg, &err);

	reach_release(&reach);
	assert_int_equal(status, err.status);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit =
		import_deck("top\nx1 a c\n.if (1)\nr1 a 0 1\n.endif\n.subckt c p\nx1 p b\n.ends\n"
			    ".subckt b p\nr1 p 0 1\n.ends\n.end\n");

	(void)state;
	assert_survives_no_memory(try_reach, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_flat_deck_reaches_itself),
		cmocka_unit_test(called_circuits_stand_before_their_callers),
		cmocka_unit_test(definitions_within_are_found_first),
		cmocka_unit_test(an_unknown_subcircuit_is_no_callee),
		cmocka_unit_test(a_circle_is_cut_where_it_closes),
		cmocka_unit_test(cards_between_if_and_endif_are_conditional),
		cmocka_unit_test(a_chain_of_thousands_needs_no_stack),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
