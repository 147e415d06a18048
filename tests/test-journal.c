/* SPDX-License-Identifier: BSD-3-Clause */
/* Marks, rollbacks and commits. */
#include <stdio.h>
#include <stdlib.h>

#include "carom-edit.h"
#include "carom-graph.h"
#include "circuit/circuit.h"
#include "support-circuit.h"

static const char deck[] = "t\n.param p=1\n.model m d(is=1)\n.subckt s a\nr1 a 0 1\n.ends\n"
			   "r1 a 0 1\nd1 a b m\nx1 a s\n.save v(a)\n.end\n";

static void edit_all(struct carom_circuit *c, struct carom_error *err)
{
	static const char *const ports[] = {"p"};
	struct carom_circuit *s = carom_circuit_find_subcircuit(c, "s");
	struct carom_net new = carom_net(c, "new", err);
	struct carom_circuit *added;

	carom_element_set_value(c, element_called(c, "r1"), 1234.5, err);
	carom_element_rename(c, element_called(c, "r1"), "r_other", err);
	carom_net_rename(c, carom_circuit_find_net(c, "a"), "z", err);
	carom_element_reconnect(c, element_called(c, "d1"), 0, new, err);
	carom_element_set_model(c, element_called(c, "d1"), "mm", err);
	carom_element_set_param(c, element_called(c, "d1"), "area", 3, err);
	carom_model_set_param(c, "m", "is", 2e-15, err);
	carom_model_set_param(c, "m", "n", 2, err);
	carom_circuit_set_param(c, "p", 55, err);
	carom_circuit_set_param(c, "q", 66, err);
	carom_circuit_remove_param(c, "p", err);
	carom_circuit_remove_cards(c, ".save", NULL, err);
	carom_circuit_add_card(c, ".trna 1 2", err);
	carom_circuit_add_model(c, "m2", "d", NULL, err);
	carom_add_element(c, "c9 new z 1", err);
	carom_element_remove(c, element_called(c, "x1"), err);
	carom_circuit_remove_model(c, "m", err);
	carom_element_set_value(s, element_called(s, "r1"), 9, err);
	carom_net_rename(s, carom_circuit_find_net(s, "a"), "port", err);
	added = carom_circuit_add_subcircuit(c, "t", ports, 1, err);
	carom_add_element(added, "r1 p 0 1", err);
	carom_element_set_value(added, element_called(added, "r1"), 5, err);
	assert_ok(err);
}

static const char edited[] =
	"t\n.subckt s port\nr1 port 0 9\n.ends\nr_other z 0 1234.5\nd1 new b mm area=3\n"
	".param q=66\n.trna 1 2\n.model m2 d\nc9 new z 1\n.subckt t p\nr1 p 0 5\n.ends\n.end\n";

static void assert_as_before(struct carom_circuit *c)
{
	struct carom_circuit *s = carom_circuit_find_subcircuit(c, "s");
	double value;

	assert_deck(c, deck);
	assert_int_equal(carom_circuit_net_count(c), 3);
	assert_int_equal(carom_circuit_element_count(c), 3);
	assert_int_equal(carom_findings_count(carom_circuit_notes(c)), 0);
	assert_null(carom_circuit_find_subcircuit(c, "t"));
	assert_false(carom_element_is_valid(carom_circuit_find_element(c, "c9")));
	assert_false(carom_element_is_valid(carom_circuit_find_element(c, "r_other")));
	assert_false(carom_net_is_valid(carom_circuit_find_net(c, "new")));
	assert_int_equal(carom_net_degree(c, carom_circuit_find_net(c, "a"), NULL), 3);
	assert_nets(c, "d1", "a b");
	assert_string_equal(carom_element_model(c, element_called(c, "d1")), "m");
	assert_int_equal(carom_element_value(c, element_called(c, "r1"), &value, NULL), 0);
	assert_same_bits(value, 1);
	assert_int_equal(carom_element_value(s, element_called(s, "r1"), &value, NULL), 0);
	assert_same_bits(value, 1);
	assert_int_equal(carom_circuit_param(c, "p", &value, NULL), 0);
	assert_same_bits(value, 1);
	assert_int_equal(carom_circuit_param(c, "q", &value, NULL), CAROM_ERROR_PARAMETER);
	assert_int_equal(carom_model_param(c, "m", "is", &value, NULL), 0);
	assert_int_equal(carom_model_param(c, "m2", "is", &value, NULL), CAROM_ERROR_MODEL);
}

static void a_rollback_undoes_every_edit(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	for (int i = 0; i < 3; i++) {
		carom_circuit_mark(c, &err);
		edit_all(c, &err);
		assert_deck(c, edited);
		assert_int_equal(carom_circuit_rollback(c, &err), 0);
		assert_as_before(c);
	}
	carom_circuit_free(c);
}

static void a_commit_keeps_every_edit(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_circuit_mark(c, &err);
	edit_all(c, &err);
	assert_int_equal(carom_circuit_commit(c, &err), 0);
	assert_deck(c, edited);
	assert_int_equal(carom_circuit_rollback(c, &err), CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "no mark of the circuit is open");
	carom_circuit_free(c);
}

static void what_an_inner_mark_kept_an_outer_one_undoes(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_circuit_mark(c, &err);
	carom_element_set_value(c, element_called(c, "r1"), 2, &err);
	/* A subcircuit is as good as its root. */
	carom_circuit_mark(carom_circuit_find_subcircuit(c, "s"), &err);
	edit_all(c, &err);
	carom_circuit_commit(c, &err);
	assert_deck(c, edited);
	carom_circuit_mark(c, &err);
	carom_element_remove(c, element_called(c, "r_other"), &err);
	carom_circuit_rollback(c, &err);
	assert_deck(c, edited);
	carom_circuit_rollback(c, &err);
	assert_ok(&err);
	assert_as_before(c);
	carom_circuit_free(c);
}

static void a_value_set_before_a_mark_outlives_its_rollback(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	(void)state;
	carom_element_set_value(c, element_called(c, "r1"), 2, &err);
	carom_circuit_mark(c, &err);
	carom_element_set_value(c, element_called(c, "r1"), 3, &err);
	carom_circuit_rollback(c, &err);
	carom_element_value(c, element_called(c, "r1"), &value, &err);
	assert_same_bits(value, 2);
	assert_deck(c, "t\nr1 a 0 2\n.end\n");
	carom_circuit_free(c);
}

static void an_adjacency_asked_for_under_a_mark_is_not_kept(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\nr2 b 0 1\n.end\n");
	struct carom_net a = carom_circuit_find_net(c, "a");

	(void)state;
	carom_circuit_mark(c, NULL);
	carom_element_reconnect(c, element_called(c, "r2"), 0, a, NULL);
	assert_int_equal(carom_net_degree(c, a, NULL), 2);
	carom_circuit_rollback(c, NULL);
	assert_int_equal(carom_net_degree(c, a, NULL), 1);
	carom_circuit_free(c);
}

static void many_slots_are_kept_once_each(void **state)
{
	enum { N = 2000 };
	struct carom_circuit *c = carom_circuit_new(NULL, NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	char name[16], *before, *after;

	(void)state;
	for (int i = 0; i < N; i++) {
		snprintf(name, sizeof(name), "r%d", i);
		carom_add_resistor(c, name, carom_net(c, "a", &err), carom_net(c, name, &err),
				   i + 1, &err);
	}
	before = carom_circuit_to_text(c, NULL);
	carom_circuit_mark(c, &err);
	for (uint32_t i = 0; i < 10 * N; i++) {
		carom_element_set_value(c, (struct carom_element){i % N}, i, &err);
		if (i % N == 0)
			free(carom_circuit_to_text(c, NULL));
	}
	carom_circuit_rollback(c, &err);
	assert_ok(&err);
	after = carom_circuit_to_text(c, NULL);
	assert_string_equal(after, before);
	free(before);
	free(after);
	carom_circuit_free(c);
}

static void a_circuit_is_freed_with_its_marks(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_circuit_mark(c, &err);
	edit_all(c, &err);
	carom_circuit_mark(c, &err);
	carom_element_remove(c, element_called(c, "d1"), &err);
	assert_ok(&err);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rollback_undoes_every_edit),
		cmocka_unit_test(a_commit_keeps_every_edit),
		cmocka_unit_test(what_an_inner_mark_kept_an_outer_one_undoes),
		cmocka_unit_test(a_value_set_before_a_mark_outlives_its_rollback),
		cmocka_unit_test(an_adjacency_asked_for_under_a_mark_is_not_kept),
		cmocka_unit_test(many_slots_are_kept_once_each),
		cmocka_unit_test(a_circuit_is_freed_with_its_marks),
	};

	return run_all_tests(tests);
}
