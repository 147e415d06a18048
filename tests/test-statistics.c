/* SPDX-License-Identifier: BSD-3-Clause */
/* Sizes: of a circuit, and of what it would be flattened. */
#include <string.h>

#include "carom-graph.h"
#include "support-circuit.h"

static void count_deck(const char *deck, struct carom_statistics *statistics)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(deck);

	assert_int_equal(carom_circuit_statistics(circuit, statistics, &err), CAROM_OK);
	carom_circuit_free(circuit);
}

static uint64_t flat_count(const struct carom_statistics *statistics, char kind)
{
	return statistics->flat_by_kind[kind - 'a'];
}

static void a_flat_circuit_is_as_large_as_it_is(void **state)
{
	struct carom_statistics s;

	(void)state;
	count_deck("t\nv1 a 0 1\nr1 a b 1\nr2 b 0 1\nr3 b 0 1\nk1 l1 l2 1\n", &s);
	assert_int_equal(s.nets, 3);
	assert_int_equal(s.elements, 5);
	assert_int_equal(s.by_kind['r' - 'a'], 3);
	assert_int_equal(s.flat_nets, 3);
	assert_int_equal(s.flat_elements, 5);
	assert_int_equal(flat_count(&s, 'k'), 1);
	assert_int_equal(s.depth, 0);
	assert_int_equal(s.instances, 0);
	assert_int_equal(s.degree_min, 2);
	assert_int_equal(s.degree_median, 2);
	assert_int_equal(s.degree_max, 3);
}

static void instances_are_counted_through_all_levels(void **state)
{
	struct carom_statistics s;

	(void)state;
	count_deck("t\n"
		   ".global vdd\n"
		   ".subckt in1 p q\nr1 p m 1\nr2 m q 1\nr3 m vdd 1\nr4 m 0 1\n.ends\n"
		   ".subckt mid p p\n.subckt unused a\nr1 a 0 1\n.ends\n"
		   "x1 p n in1\nx2 n 0 in1\nc1 n p 1\n.ends\n"
		   "x1 a a mid\nx2 b b mid\nx3 a b in1\nx4 a nowhere\n",
		   &s);
	assert_int_equal(s.nets, 3);
	assert_int_equal(s.elements, 4);
	assert_int_equal(s.subcircuits, 3);
	assert_int_equal(s.instances, 7);
	assert_int_equal(s.depth, 2);
	assert_int_equal(flat_count(&s, 'r'), 20);
	assert_int_equal(flat_count(&s, 'c'), 2);
	assert_int_equal(flat_count(&s, 'x'), 1);
	assert_int_equal(s.flat_elements, 23);
	/* ground a b, vdd; five times m, twice n */
	assert_int_equal(s.flat_nets, 4 + 5 + 2);
}

static void more_than_can_be_counted_is_the_most(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = carom_circuit_new("t", &err);
	const char *const ports[] = {"a"};
	struct carom_statistics s;

	(void)state;
	for (unsigned i = 0; i <= 70; i++) {
		char name[8] = {'s', (char)('a' + i / 26), (char)('a' + i % 26)};
		char inner[8] = {'s', (char)('a' + (i + 1) / 26), (char)('a' + (i + 1) % 26)};
		struct carom_circuit *sub =
			carom_circuit_add_subcircuit(circuit, name, ports, 1, &err);
		struct carom_net a = carom_net(sub, "a", &err);

		carom_add_resistor(sub, "r1", a, carom_circuit_ground(sub), 1, &err);
		if (i < 70) {
			carom_add_instance(sub, "x1", &a, 1, inner, NULL, &err);
			carom_add_instance(sub, "x2", &a, 1, inner, NULL, &err);
		}
	}
	carom_add_element(circuit, "x1 a saa", &err);
	assert_ok(&err);
	assert_int_equal(carom_circuit_statistics(circuit, &s, &err), CAROM_OK);
	assert_true(s.flat_elements == UINT64_MAX);
	assert_true(s.instances == UINT64_MAX);
	assert_int_equal(s.flat_nets, 2);
	assert_int_equal(s.depth, 71);
	carom_circuit_free(circuit);
}

static void a_subcircuit_in_itself_has_no_size(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit =
		import_deck("t\n.subckt a p\nx1 p b\n.ends\n.subckt b p\nr1 p 0 1\nx7 p a\n.ends\n"
			    "x1 n a\n");
	struct carom_statistics s;

	(void)state;
	assert_int_equal(carom_circuit_statistics(circuit, &s, &err), CAROM_ERROR_TOPOLOGY);
	assert_string_equal(err.text, "x7 is inside of the subcircuit that it stands for");
	assert_int_equal(err.line, 7);
	carom_circuit_free(circuit);
}

static void an_empty_circuit_has_ground_alone(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = carom_circuit_new("t", &err);
	struct carom_statistics s;

	(void)state;
	assert_int_equal(carom_circuit_statistics(circuit, &s, &err), CAROM_OK);
	assert_int_equal(s.nets, 1);
	assert_int_equal(s.flat_nets, 1);
	assert_int_equal(s.degree_max, 0);
	carom_net(circuit, "a", &err);
	assert_int_equal(carom_circuit_statistics(circuit, &s, &err), CAROM_OK);
	assert_int_equal(s.degree_min, 0);
	assert_int_equal(s.degree_median, 0);
	carom_circuit_free(circuit);
}

static void subcircuits_can_be_visited(void **state)
{
	struct carom_circuit *circuit = import_deck(
		"t\n.subckt a p\n.subckt b q\nr1 q 0 1\n.ends\nx1 p b\n.ends\nx1 n a\nx2 n c\n");
	struct carom_circuit *a = carom_circuit_subcircuit(circuit, 0);

	(void)state;
	assert_int_equal(carom_circuit_subcircuit_count(circuit), 1);
	assert_string_equal(carom_circuit_title(a), "a");
	assert_int_equal(carom_circuit_subcircuit_count(a), 1);
	assert_null(carom_circuit_subcircuit(circuit, 1));
	assert_ptr_equal(carom_element_subcircuit(circuit, element_called(circuit, "x1")), a);
	assert_null(carom_element_subcircuit(circuit, element_called(circuit, "x2")));
	assert_null(carom_element_subcircuit(circuit, (struct carom_element){9}));
	carom_circuit_free(circuit);
}

static int try_statistics(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_statistics s;
	int status = carom_circuit_import_text(&circuit, arg, strlen(arg), "t.cir", NULL, &err);

	if (status == CAROM_OK)
		status = carom_circuit_statistics(circuit, &s, &err);
	carom_circuit_free(circuit);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	static char deck[] = "t\n.global g\n.subckt s a\nr1 a g 1\n.ends\nx1 n s\n";

	(void)state;
	assert_survives_no_memory(try_statistics, deck);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_flat_circuit_is_as_large_as_it_is),
		cmocka_unit_test(instances_are_counted_through_all_levels),
		cmocka_unit_test(more_than_can_be_counted_is_the_most),
		cmocka_unit_test(a_subcircuit_in_itself_has_no_size),
		cmocka_unit_test(an_empty_circuit_has_ground_alone),
		cmocka_unit_test(subcircuits_can_be_visited),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
