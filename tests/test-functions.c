/* SPDX-License-Identifier: BSD-3-Clause */
/* Functions a deck defines, and who sees them. */
#include "circuit/functions.h"

#include <string.h>

#include "base/mem.h"
#include "support-circuit.h"

struct fixture {
	struct carom_circuit *circuit;
	struct function_table table;
};

static void add_all(struct function_table *table, const struct carom_circuit *circuit)
{
	assert_true(function_table_add(table, circuit));
	for (size_t i = 0; i < circuit->n_children; i++)
		add_all(table, circuit->children[i]);
}

static void open_deck(struct fixture *fixture, const char *deck)
{
	fixture->circuit = import_deck(deck);
	assert_true(function_table_init(&fixture->table));
	add_all(&fixture->table, fixture->circuit);
}

static void close_deck(struct fixture *fixture)
{
	function_table_release(&fixture->table);
	carom_circuit_free(fixture->circuit);
}

/* Body of the function that the name means there; NULL if none. */
static const char *body_of(const struct fixture *fixture, const struct carom_circuit *where,
			   const char *name)
{
	static char body[64];
	uint32_t index = function_find(&fixture->table, where, name, strlen(name));

	if (index == NAME_NONE)
		return NULL;
	assert_true(fixture->table.list[index].body_length < sizeof(body));
	memcpy(body, fixture->table.list[index].body, fixture->table.list[index].body_length);
	body[fixture->table.list[index].body_length] = '\0';
	return body;
}

/* "2 foo" is 2f to ngspice. */
static void braces_quotes_and_blanks_inside_a_body_of_func_count_for_nothing(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture,
		  "t\n.func f(x) {x*2} + {1}\n.func g(x) 'x*2' foo\n.func h(x) = x*2 k\n"
		  ".func i(x) { x * 2 }\n.func j(x) 1+{x}\n.param k(x)={x*2} l=3\n.end\n");
	assert_string_equal(body_of(&fixture, fixture.circuit, "f"), "x*2+1");
	assert_string_equal(body_of(&fixture, fixture.circuit, "g"), "x*2foo");
	assert_string_equal(body_of(&fixture, fixture.circuit, "h"), "x*2k");
	assert_string_equal(body_of(&fixture, fixture.circuit, "i"), " { x * 2 }");
	assert_string_equal(body_of(&fixture, fixture.circuit, "j"), "1+x");
	assert_string_equal(body_of(&fixture, fixture.circuit, "k"), "={x*2}");
	close_deck(&fixture);
}

static void func_and_param_define_functions(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\n.func f(x) {x*2}\n.func g (a,b)=a+b\n.param h(y)='y'\n"
			    ".param p=1\n.end\n");
	assert_string_equal(body_of(&fixture, fixture.circuit, "F"), " {x*2}");
	assert_string_equal(body_of(&fixture, fixture.circuit, "g"), "=a+b");
	assert_string_equal(body_of(&fixture, fixture.circuit, "h"), "='y'");
	assert_null(body_of(&fixture, fixture.circuit, "p"));
	assert_null(body_of(&fixture, fixture.circuit, "x"));
	close_deck(&fixture);
}

static void cards_that_are_no_definition_define_nothing(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\n.func f\n.func (x) {x}\n.param q={max(1,2)}\n.end\n");
	assert_int_equal(fixture.table.count, 0);
	close_deck(&fixture);
}

static void arguments_are_known_by_name(void **state)
{
	struct fixture fixture;
	const struct function *function;

	(void)state;
	open_deck(&fixture, "t\n.func f(x, Long ,c) {x}\n.end\n");
	function = &fixture.table.list[0];
	assert_true(function_has_argument(function, "x", 1));
	assert_true(function_has_argument(function, "long", 4));
	assert_true(function_has_argument(function, "c", 1));
	assert_false(function_has_argument(function, "lon", 3));
	close_deck(&fixture);
}

static void a_subcircuit_sees_its_own_and_its_parents_functions(void **state)
{
	struct fixture fixture;
	const struct carom_circuit *child;

	(void)state;
	open_deck(&fixture, "t\n.func f(x) {1}\n.func g(x) {2}\n.subckt s a b\n.func f(x) {3}\n"
			    ".func only(x) {4}\nr1 a b 1\n.ends\n.end\n");
	child = fixture.circuit->children[0];
	assert_string_equal(body_of(&fixture, child, "f"), " {3}");
	assert_string_equal(body_of(&fixture, child, "g"), " {2}");
	assert_string_equal(body_of(&fixture, child, "only"), " {4}");
	assert_string_equal(body_of(&fixture, fixture.circuit, "f"), " {1}");
	assert_null(body_of(&fixture, fixture.circuit, "only"));
	close_deck(&fixture);
}

static int try_table(void *arg)
{
	struct function_table table;
	bool is_done = function_table_init(&table) && function_table_add(&table, arg);

	function_table_release(&table);
	return is_done ? 0 : CAROM_ERROR_MEMORY;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit = import_deck("t\n.func f(x) {x}\n.func g(x) {x}\n.end\n");

	(void)state;
	assert_survives_no_memory(try_table, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(braces_quotes_and_blanks_inside_a_body_of_func_count_for_nothing),
		cmocka_unit_test(func_and_param_define_functions),
		cmocka_unit_test(cards_that_are_no_definition_define_nothing),
		cmocka_unit_test(arguments_are_known_by_name),
		cmocka_unit_test(a_subcircuit_sees_its_own_and_its_parents_functions),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
