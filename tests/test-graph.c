/* SPDX-License-Identifier: BSD-3-Clause */
/* Questions to the graph: small circuits by name, edits. */
#include "circuit/graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "carom-edit.h"
#include "circuit/edit.h"
#include "support-circuit.h"

/* ---- small circuits, answers as names ---- */

static const char amplifier[] = "t\n"
				"vcc vcc 0 12\n"
				"vin in 0 ac 1\n"
				"r1 vcc c 1k\n"
				"r2 in b 1k\n"
				"q1 c b 0 n\n"
				"r3 vcc x 1k\n"
				"r4 x c 1k\n"
				"r9 p q 1k\n"
				"k1 l1 l2 0.5\n"
				".model n npn\n"
				".end\n";

static int open_amplifier(void **state)
{
	*state = import_deck(amplifier);
	return 0;
}

static int close_circuit(void **state)
{
	carom_circuit_free(*state);
	return 0;
}

static struct carom_net net_called(const struct carom_circuit *circuit, const char *name)
{
	struct carom_net net = carom_circuit_find_net(circuit, name);

	assert_true(carom_net_is_valid(net));
	return net;
}

static char *append(char *end, const char *name)
{
	return end + sprintf(end, "%s ", name);
}

static const char *pins_of(const struct carom_circuit *circuit, const char *net)
{
	static char all[256];
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;
	const struct carom_pin *pins =
		carom_net_pins(circuit, net_called(circuit, net), &count, &err);
	char *end = all;

	assert_ok(&err);
	assert_int_equal(carom_net_degree(circuit, net_called(circuit, net), &err), count);
	*end = '\0';
	for (size_t i = 0; i < count; i++)
		end += sprintf(end, "%s.%u ", carom_element_name(circuit, pins[i].element),
			       pins[i].number);
	return all;
}

static const char *nets_near(const struct carom_circuit *circuit, const char *net,
			     enum carom_through through)
{
	static char all[256];
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_net *nets;
	size_t count;
	char *end = all;

	assert_int_equal(carom_net_neighbours(circuit, net_called(circuit, net), through, &nets,
					      &count, &err),
			 CAROM_OK);
	*end = '\0';
	for (size_t i = 0; i < count; i++)
		end = append(end, carom_net_name(circuit, nets[i]));
	free(nets);
	return all;
}

static const char *elements_near(const struct carom_circuit *circuit, const char *element,
				 enum carom_through through)
{
	static char all[256];
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_element *elements;
	size_t count;
	char *end = all;

	assert_int_equal(carom_element_neighbours(circuit, element_called(circuit, element),
						  through, &elements, &count, &err),
			 CAROM_OK);
	*end = '\0';
	for (size_t i = 0; i < count; i++)
		end = append(end, carom_element_name(circuit, elements[i]));
	free(elements);
	return all;
}

/* "a -r1- b -r2- c", or the message. */
static const char *path_between(const struct carom_circuit *circuit, const char *from,
				const char *to, enum carom_through through)
{
	static char all[512];
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_path path;
	char *end = all;

	if (carom_net_path(circuit, net_called(circuit, from), net_called(circuit, to), through,
			   &path, &err)) {
		assert_int_equal(err.status, CAROM_ERROR_NOT_FOUND);
		assert_null(path.nets);
		return strcpy(all, err.text);
	}
	end += sprintf(end, "%s", carom_net_name(circuit, path.nets[0]));
	for (size_t i = 0; i < path.length; i++)
		end += sprintf(end, " -%s- %s", carom_element_name(circuit, path.elements[i]),
			       carom_net_name(circuit, path.nets[i + 1]));
	carom_path_release(&path);
	assert_null(path.elements);
	return all;
}

static void a_net_knows_its_pins(void **state)
{
	assert_string_equal(pins_of(*state, "c"), "r1.1 q1.0 r4.1 ");
	assert_string_equal(pins_of(*state, "0"), "vcc.1 vin.1 q1.2 ");
}

static void an_element_knows_its_nets_and_kind(void **state)
{
	struct carom_element q1 = element_called(*state, "q1");
	size_t count;
	const struct carom_net *nets = carom_element_nets(*state, q1, &count);

	assert_int_equal(count, 3);
	assert_string_equal(carom_net_name(*state, nets[1]), "b");
	assert_int_equal(carom_element_kind(*state, q1), 'q');
	assert_int_equal(carom_element_kind(*state, (struct carom_element){99}), 0);
	assert_null(carom_element_nets(*state, (struct carom_element){99}, &count));
	assert_int_equal(count, 0);
	assert_string_equal(carom_kind_name('q'), "bipolar transistor");
	assert_string_equal(carom_kind_name('Q'), "bipolar transistor");
	assert_null(carom_kind_name('*'));
}

static void a_supply_is_tied_to_ground_by_a_voltage_source(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = import_deck("t\nv1 a b 1\nv2 0 0 1\nv3 0 c 1\ni1 d 0 1\n");

	assert_true(carom_net_is_supply(*state, net_called(*state, "vcc"), &err));
	assert_true(carom_net_is_supply(*state, net_called(*state, "in"), &err));
	assert_false(carom_net_is_supply(*state, net_called(*state, "b"), &err));
	assert_false(carom_net_is_supply(*state, net_called(*state, "0"), &err));
	assert_false(carom_net_is_supply(c, net_called(c, "a"), &err));
	assert_false(carom_net_is_supply(c, net_called(c, "0"), &err));
	assert_true(carom_net_is_supply(c, net_called(c, "c"), &err));
	assert_false(carom_net_is_supply(c, net_called(c, "d"), &err));
	assert_ok(&err);
	carom_circuit_free(c);
}

static void neighbours_are_found_through_the_nets_one_chooses(void **state)
{
	assert_string_equal(nets_near(*state, "c", CAROM_THROUGH_NETS), "vcc b x ");
	assert_string_equal(nets_near(*state, "c", CAROM_THROUGH_SIGNALS), "b x ");
	assert_string_equal(nets_near(*state, "c", CAROM_THROUGH_ALL), "0 vcc b x ");
	assert_string_equal(elements_near(*state, "q1", CAROM_THROUGH_NETS), "r1 r2 r4 ");
	assert_string_equal(elements_near(*state, "q1", CAROM_THROUGH_ALL), "vcc vin r1 r2 r4 ");
	assert_string_equal(elements_near(*state, "r1", CAROM_THROUGH_NETS), "vcc q1 r3 r4 ");
	assert_string_equal(elements_near(*state, "r1", CAROM_THROUGH_SIGNALS), "q1 r4 ");
	assert_string_equal(elements_near(*state, "k1", CAROM_THROUGH_ALL), "");
}

static void a_path_avoids_ground_and_supplies_unless_told(void **state)
{
	assert_string_equal(path_between(*state, "in", "x", CAROM_THROUGH_NETS),
			    "in -r2- b -q1- c -r4- x");
	assert_string_equal(path_between(*state, "in", "x", CAROM_THROUGH_ALL),
			    "in -vin- 0 -vcc- vcc -r3- x");
	assert_string_equal(path_between(*state, "x", "b", CAROM_THROUGH_SIGNALS),
			    "x -r4- c -q1- b");
	assert_string_equal(path_between(*state, "vcc", "0", CAROM_THROUGH_SIGNALS), "vcc -vcc- 0");
	assert_string_equal(path_between(*state, "c", "c", CAROM_THROUGH_NETS), "c");
	assert_string_equal(path_between(*state, "c", "p", CAROM_THROUGH_ALL),
			    "no path from c to p");
}

static void components_depend_on_the_nets_one_looks_through(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_net c = net_called(*state, "c"), p = net_called(*state, "p");

	assert_int_equal(carom_circuit_component_count(*state, CAROM_THROUGH_ALL, &err), 2);
	assert_int_equal(carom_net_component(*state, c, CAROM_THROUGH_ALL, &err), 0);
	assert_int_equal(carom_net_component(*state, p, CAROM_THROUGH_ALL, &err), 1);
	/* ground; vcc c in b x; p q */
	assert_int_equal(carom_circuit_component_count(*state, CAROM_THROUGH_NETS, &err), 3);
	assert_int_equal(carom_net_component(*state, c, CAROM_THROUGH_NETS, &err), 1);
	/* ground, vcc, in; c b x; p q */
	assert_int_equal(carom_circuit_component_count(*state, CAROM_THROUGH_SIGNALS, &err), 5);
	assert_ok(&err);
}

static void an_element_is_in_the_component_of_its_open_nets(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	uint32_t of_c =
		carom_net_component(*state, net_called(*state, "c"), CAROM_THROUGH_SIGNALS, &err);
	uint32_t of_vcc =
		carom_net_component(*state, net_called(*state, "vcc"), CAROM_THROUGH_SIGNALS, &err);

	assert_int_equal(carom_element_component(*state, element_called(*state, "r1"),
						 CAROM_THROUGH_SIGNALS, &err),
			 of_c);
	assert_int_equal(carom_element_component(*state, element_called(*state, "vcc"),
						 CAROM_THROUGH_SIGNALS, &err),
			 of_vcc);
	assert_int_equal(carom_element_component(*state, element_called(*state, "k1"),
						 CAROM_THROUGH_ALL, &err),
			 CAROM_NO_INDEX);
	assert_ok(&err);
}

static void elements_come_by_kind(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;
	const struct carom_element *found =
		carom_circuit_elements_of_kind(*state, 'R', &count, &err);

	assert_int_equal(count, 5);
	assert_string_equal(carom_element_name(*state, found[0]), "r1");
	assert_string_equal(carom_element_name(*state, found[4]), "r9");
	assert_non_null(carom_circuit_elements_of_kind(*state, 'z', &count, &err));
	assert_int_equal(count, 0);
	assert_ok(&err);
	assert_null(carom_circuit_elements_of_kind(*state, '*', &count, &err));
	assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
}

static void what_is_not_of_the_circuit_is_refused(void **state)
{
	const struct carom_net no_net = {77};
	const struct carom_element no_element = {77};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_net *nets;
	struct carom_element *elements;
	struct carom_path path;
	size_t count;

	assert_null(carom_net_pins(*state, no_net, &count, &err));
	assert_string_equal(err.text, "the net is not one of this circuit");
	assert_int_equal(
		carom_net_neighbours(*state, no_net, CAROM_THROUGH_ALL, &nets, &count, NULL),
		CAROM_ERROR_ARGUMENT);
	carom_error_clear(&err);
	assert_int_equal(carom_element_neighbours(*state, no_element, CAROM_THROUGH_ALL, &elements,
						  &count, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "the element is not one of this circuit");
	assert_int_equal(carom_net_path(*state, no_net, (struct carom_net){0}, CAROM_THROUGH_ALL,
					&path, NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_net_component(*state, no_net, CAROM_THROUGH_ALL, NULL),
			 CAROM_NO_INDEX);
	carom_error_clear(&err);
	assert_int_equal(carom_circuit_component_count(*state, (enum carom_through)9, &err), 0);
	assert_string_equal(err.text, "9 is no choice of nets to look through");
}

/* ---- edits ---- */

static void an_edit_drops_what_was_found_out(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = carom_circuit_new("t", &err);
	struct carom_net a = carom_net(c, "a", &err), b;
	size_t count;

	(void)state;
	assert_int_equal(carom_net_degree(c, a, &err), 0);
	assert_non_null(c->graph);
	carom_add_resistor(c, "r1", a, carom_circuit_ground(c), 1, &err);
	assert_null(c->graph);
	assert_int_equal(carom_net_degree(c, a, &err), 1);
	b = carom_net(c, "b", &err);
	assert_null(c->graph);
	assert_int_equal(carom_circuit_component_count(c, CAROM_THROUGH_ALL, &err), 2);
	carom_add_element(c, "r2 a b 1k", &err);
	assert_int_equal(carom_circuit_component_count(c, CAROM_THROUGH_ALL, &err), 1);
	assert_int_equal(carom_net_degree(c, b, &err), 1);
	carom_circuit_breadth_first(c, &count, &err);
	assert_int_equal(count, 2);
	assert_ok(&err);
	carom_circuit_free(c);
}

static void removing_and_reconnecting_drop_it_too(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;

	assert_string_equal(pins_of(*state, "c"), "r1.1 q1.0 r4.1 ");
	carom_circuit_mark(*state, &err);
	carom_element_remove(*state, element_called(*state, "r1"), &err);
	assert_string_equal(pins_of(*state, "c"), "q1.0 r4.1 ");
	assert_string_equal(nets_near(*state, "c", CAROM_THROUGH_NETS), "b x ");
	carom_element_reconnect(*state, element_called(*state, "r4"), 1, net_called(*state, "p"),
				&err);
	assert_string_equal(pins_of(*state, "c"), "q1.0 ");
	assert_string_equal(pins_of(*state, "p"), "r4.1 r9.0 ");
	carom_circuit_elements_of_kind(*state, 'r', &count, &err);
	assert_int_equal(count, 4);
	carom_circuit_breadth_first(*state, &count, &err);
	assert_int_equal(count, 8);
	carom_circuit_rollback(*state, &err);
	assert_string_equal(pins_of(*state, "c"), "r1.1 q1.0 r4.1 ");
	carom_circuit_elements_of_kind(*state, 'r', &count, &err);
	assert_int_equal(count, 5);
	assert_ok(&err);
}

static void a_new_value_drops_nothing(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;
	const struct carom_pin *pins =
		carom_net_pins(*state, net_called(*state, "c"), &count, &err);

	carom_element_set_value(*state, element_called(*state, "r1"), 2e3, &err);
	assert_ptr_equal(carom_net_pins(*state, net_called(*state, "c"), &count, &err), pins);
	carom_net(*state, "c", &err); /* which is there already */
	assert_ptr_equal(carom_net_pins(*state, net_called(*state, "c"), &count, &err), pins);
	assert_ok(&err);
}

/* ---- memory ---- */

/* Every question once, to a circuit that knows nothing yet. */
static int ask_all(void *arg)
{
	struct carom_circuit *circuit = arg;
	struct carom_error err = CAROM_ERROR_INIT;
	const struct carom_net c = carom_circuit_find_net(circuit, "c");
	struct carom_net *nets;
	struct carom_element *elements;
	struct carom_path path;
	size_t count;

	circuit_touch(circuit);
	if (carom_net_neighbours(circuit, c, CAROM_THROUGH_ALL, &nets, &count, &err) == CAROM_OK)
		free(nets);
	if (!err.status &&
	    carom_element_neighbours(circuit, element_called(circuit, "q1"), CAROM_THROUGH_ALL,
				     &elements, &count, &err) == CAROM_OK)
		free(elements);
	if (!err.status && carom_net_path(circuit, c, carom_circuit_ground(circuit),
					  CAROM_THROUGH_ALL, &path, &err) == CAROM_OK)
		carom_path_release(&path);
	if (!err.status)
		carom_circuit_component_count(circuit, CAROM_THROUGH_SIGNALS, &err);
	if (!err.status)
		carom_circuit_breadth_first(circuit, &count, &err);
	if (!err.status)
		carom_circuit_elements_of_kind(circuit, 'r', &count, &err);
	return (int)err.status;
}

static void each_allocation_may_fail(void **state)
{
	assert_survives_no_memory(ask_all, *state);
}

#define amplifier_test(name) cmocka_unit_test_setup_teardown(name, open_amplifier, close_circuit)

int main(void)
{
	const struct CMUnitTest tests[] = {
		amplifier_test(a_net_knows_its_pins),
		amplifier_test(an_element_knows_its_nets_and_kind),
		amplifier_test(a_supply_is_tied_to_ground_by_a_voltage_source),
		amplifier_test(neighbours_are_found_through_the_nets_one_chooses),
		amplifier_test(a_path_avoids_ground_and_supplies_unless_told),
		amplifier_test(components_depend_on_the_nets_one_looks_through),
		amplifier_test(an_element_is_in_the_component_of_its_open_nets),
		amplifier_test(elements_come_by_kind),
		amplifier_test(what_is_not_of_the_circuit_is_refused),
		cmocka_unit_test(an_edit_drops_what_was_found_out),
		amplifier_test(removing_and_reconnecting_drop_it_too),
		amplifier_test(a_new_value_drops_nothing),
		amplifier_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
