/* SPDX-License-Identifier: BSD-3-Clause */
/* Adjacency, order from ground, components. */
#include "circuit/connectivity.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "support-circuit.h"

struct fixture {
	struct carom_circuit *circuit;
	struct connectivity graph;
};

static void open_deck(struct fixture *fixture, const char *deck)
{
	struct carom_error err = CAROM_ERROR_INIT;

	fixture->circuit = import_deck(deck);
	assert_int_equal(connectivity_init(&fixture->graph, fixture->circuit, &err), CAROM_OK);
}

static void close_deck(struct fixture *fixture)
{
	connectivity_release(&fixture->graph);
	carom_circuit_free(fixture->circuit);
}

static void append_name(char *all, size_t size, const struct carom_circuit *circuit, uint32_t e)
{
	size_t used = strlen(all);

	snprintf(all + used, size - used, "%s%s", used ? " " : "",
		 carom_element_name(circuit, (struct carom_element){e}));
}

/* Names of the elements at a net. */
static const char *neighbours(const struct fixture *fixture, const char *net)
{
	static char all[256];
	uint32_t index = carom_circuit_find_net(fixture->circuit, net).index;

	all[0] = '\0';
	for (uint32_t k = 0; k < connectivity_degree(&fixture->graph, index); k++)
		append_name(all, sizeof(all), fixture->circuit,
			    connectivity_element(&fixture->graph, index, k));
	return all;
}

static const char *order_of(const struct fixture *fixture)
{
	static char all[256];
	struct carom_element order[32];
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;

	all[0] = '\0';
	assert_int_equal(connectivity_order(&fixture->graph, order, &count, &err), CAROM_OK);
	for (size_t i = 0; i < count; i++)
		append_name(all, sizeof(all), fixture->circuit, order[i].index);
	return all;
}

static uint32_t component_of(const struct fixture *fixture, const char *net, uint32_t *count)
{
	uint32_t component[32];
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(connectivity_components(&fixture->graph, NULL, component, count, &err),
			 CAROM_OK);
	return component[carom_circuit_find_net(fixture->circuit, net).index];
}

static void the_elements_at_a_net_are_listed_in_the_order_of_the_deck(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\nv1 in 0 1\nr1 in out 1k\nr2 out 0 1k\nc1 0 out 1n\n.end\n");
	assert_string_equal(neighbours(&fixture, "in"), "v1 r1");
	assert_string_equal(neighbours(&fixture, "out"), "r1 r2 c1");
	assert_string_equal(neighbours(&fixture, "0"), "v1 r2 c1");
	close_deck(&fixture);
}

static void an_element_twice_at_a_net_is_listed_twice(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\n.model n nmos\nm1 d d 0 0 n\n.end\n");
	assert_string_equal(neighbours(&fixture, "d"), "m1 m1");
	close_deck(&fixture);
}

static void a_net_without_pins_has_no_neighbours(void **state)
{
	struct fixture fixture = {0};
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	fixture.circuit = carom_circuit_new("t", &err);
	carom_net(fixture.circuit, "alone", &err);
	assert_int_equal(connectivity_init(&fixture.graph, fixture.circuit, &err), CAROM_OK);
	assert_string_equal(neighbours(&fixture, "alone"), "");
	assert_string_equal(order_of(&fixture), "");
	close_deck(&fixture);
}

static void the_order_begins_at_ground_and_goes_by_distance(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture,
		  "t\nr3 b c 1\nr2 a b 1\nr1 0 a 1\nr4 c d 1\nv1 a 0 1\nr5 a d 1\n.end\n");
	assert_string_equal(order_of(&fixture), "r1 v1 r2 r5 r3 r4");
	close_deck(&fixture);
}

static void islands_follow_and_elements_without_nets_come_last(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\nk1 l1 l2 0.9\nl2 x y 1\nr2 y x 1\nl1 a 0 1\nr1 a 0 1\n.end\n");
	assert_string_equal(order_of(&fixture), "l1 r1 l2 r2 k1");
	close_deck(&fixture);
}

static void components_are_numbered_from_that_of_ground(void **state)
{
	struct fixture fixture;
	uint32_t count;

	(void)state;
	open_deck(&fixture, "t\nr1 x y 1\nr2 a 0 1\nr3 z w 1\nr4 y x 1\n.end\n");
	assert_int_equal(component_of(&fixture, "a", &count), 0);
	assert_int_equal(count, 3);
	assert_int_equal(component_of(&fixture, "x", &count), 1);
	assert_int_equal(component_of(&fixture, "y", &count), 1);
	assert_int_equal(component_of(&fixture, "w", &count), 2);
	close_deck(&fixture);
}

static int try_all(void *arg)
{
	const struct carom_circuit *circuit = arg;
	struct carom_error err = CAROM_ERROR_INIT;
	struct connectivity graph;
	struct carom_element order[32];
	uint32_t places[32], n_components;
	size_t count;
	int status = connectivity_init(&graph, circuit, &err);

	if (status == CAROM_OK)
		status = connectivity_order(&graph, order, &count, &err);
	if (status == CAROM_OK)
		status = connectivity_components(&graph, NULL, places, &n_components, &err);
	connectivity_release(&graph);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit = import_deck("t\nr1 a 0 1\nr2 a b 1\n.end\n");

	(void)state;
	assert_survives_no_memory(try_all, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_elements_at_a_net_are_listed_in_the_order_of_the_deck),
		cmocka_unit_test(an_element_twice_at_a_net_is_listed_twice),
		cmocka_unit_test(a_net_without_pins_has_no_neighbours),
		cmocka_unit_test(the_order_begins_at_ground_and_goes_by_distance),
		cmocka_unit_test(islands_follow_and_elements_without_nets_come_last),
		cmocka_unit_test(components_are_numbered_from_that_of_ground),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
