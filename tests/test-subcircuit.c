/* SPDX-License-Identifier: BSD-3-Clause */
/* The ".subckt" card: name, ports, parameters. */
#include <stdio.h>
#include <string.h>

#include "circuit/circuit.h"
#include "support-circuit.h"

static void assert_header(const char *card, const char *name, const char *ports, size_t n_params)
{
	char deck[512], found[512] = "";
	struct carom_circuit *c;
	const struct carom_circuit *child;

	snprintf(deck, sizeof(deck), "t\n%s\nr1 a 0 1\n.ends\n", card);
	c = import_deck(deck);
	child = circuit_find_child(c, name);
	assert_non_null(child);
	assert_string_equal(carom_circuit_title(child), name);
	for (size_t i = 0; i < child->n_ports; i++) {
		strcat(found, i > 0 ? " " : "");
		strcat(found, carom_net_name(child, (struct carom_net){child->ports[i]}));
	}
	assert_string_equal(found, ports);
	assert_int_equal(child->n_params, n_params);
	carom_circuit_free(c);
}

static void ports_end_before_the_parameters(void **state)
{
	(void)state;
	assert_header(".subckt amp in out", "amp", "in out", 0);
	assert_header(".SUBCKT amp in out params: x=1 y=2", "amp", "in out", 2);
	assert_header(".subckt amp in out PARAMS:x=1", "amp", "in out", 1);
	assert_header(".subckt amp in out x = 1 y={x*2}", "amp", "in out", 2);
	assert_header(".subckt amp", "amp", "", 0);
	assert_header(".subckt amp x=1", "amp", "", 1);
	assert_header(".macro amp (in out)", "amp", "in out", 0);
}

static void parameters_are_found_on_the_header(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s a params: x=1k\n.param y=2\n.ends\n");
	const struct carom_circuit *s = circuit_find_child(c, "s");
	const struct param *x = circuit_find_param(s, "x");

	(void)state;
	assert_int_equal(x->card, 0);
	assert_memory_equal(s->cards[0].text + x->value_begin, "1k", 2);
	assert_int_equal(circuit_find_param(s, "y")->card, 1);
	assert_null(circuit_find_param(c, "x"));
	carom_circuit_free(c);
}

static void a_parameter_may_follow_params_without_a_blank(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s a PARAMS:x=1\nr1 a 0 {x}\n.ends\n");
	const struct carom_circuit *s = circuit_find_child(c, "s");

	(void)state;
	assert_non_null(circuit_find_param(s, "x"));
	assert_int_equal(s->n_ports, 1);
	carom_circuit_free(c);
}

static void ports_are_the_first_nets_of_the_child(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s b a\nr1 a x 1\n.ends\n");
	const struct carom_circuit *s = circuit_find_child(c, "s");

	(void)state;
	assert_int_equal(s->n_ports, 2);
	assert_int_equal(carom_circuit_find_net(s, "b").index, s->ports[0]);
	assert_int_equal(carom_circuit_find_net(s, "a").index, s->ports[1]);
	assert_int_equal(carom_circuit_net_count(s), 4);
	assert_int_equal(carom_circuit_net_count(c), 1);
	carom_circuit_free(c);
}

static void of_two_definitions_of_a_name_the_first_is_found(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.subckt s a\nr1 a 0 1\n.ends\n.subckt S a b\nr1 a 0 1\n.ends\n");

	(void)state;
	assert_int_equal(c->n_children, 2);
	assert_ptr_equal(circuit_find_child(c, "s"), c->children[0]);
	carom_circuit_free(c);
}

static void a_definition_without_a_name_is_one_that_nobody_calls(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt\nr1 a 0 1\n.ends\nr1 a 0 1\n");

	(void)state;
	assert_int_equal(c->n_children, 1);
	assert_string_equal(c->children[0]->title, "");
	assert_int_equal(c->children[0]->n_ports, 0);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports_end_before_the_parameters),
		cmocka_unit_test(parameters_are_found_on_the_header),
		cmocka_unit_test(a_parameter_may_follow_params_without_a_blank),
		cmocka_unit_test(ports_are_the_first_nets_of_the_child),
		cmocka_unit_test(of_two_definitions_of_a_name_the_first_is_found),
		cmocka_unit_test(a_definition_without_a_name_is_one_that_nobody_calls),
	};

	return run_all_tests(tests);
}
