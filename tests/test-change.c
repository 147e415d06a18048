/* SPDX-License-Identifier: BSD-3-Clause */
/* What was edited since. */
#include <string.h>

#include "base/mem.h"
#include "carom-edit.h"
#include "circuit/change.h"
#include "support-circuit.h"

static const char deck[] = "t\n.param p=1\n.model m d(is=1)\n.subckt s a\nr1 a 0 1\n.ends\n"
			   "r1 a 0 1 tc1=1\nd1 a 0 m\nx1 a s\n.end\n";

struct list {
	struct change changes[8];
	size_t n;
};

static int collect(void *arg, const struct change *change)
{
	struct list *list = arg;

	if (list->n < 8)
		list->changes[list->n] = *change;
	list->n++;
	return 0;
}

static int stop(void *arg, const struct change *change)
{
	(void)arg;
	(void)change;
	return 42;
}

static void assert_change(const struct change *change, const struct carom_circuit *circuit,
			  enum change_kind kind, uint32_t index, const char *name)
{
	assert_ptr_equal(change->circuit, circuit);
	assert_int_equal(change->kind, kind);
	assert_int_equal(change->index, index);
	if (name)
		assert_string_equal(name_text(circuit->names, change->name), name);
	else
		assert_int_equal(change->name, NAME_NONE);
}

static void new_values_are_told_in_order(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_circuit *s = carom_circuit_find_subcircuit(c, "s");
	struct circuit_state before = circuit_state(c);
	struct list list = {.n = 0};

	(void)state;
	assert_int_equal(circuit_changes_since(c, &before, collect, &list), 0);
	assert_int_equal(list.n, 0);
	carom_element_set_value(s, element_called(s, "r1"), 2, NULL);
	carom_element_set_param(c, element_called(c, "r1"), "tc1", 2, NULL);
	carom_element_set_param(c, element_called(c, "d1"), "area", 2, NULL);
	carom_model_set_param(c, "m", "is", 2, NULL);
	carom_circuit_set_param(c, "p", 2, NULL);
	assert_int_equal(circuit_changes_since(c, &before, collect, &list), 0);
	assert_int_equal(list.n, 5);
	assert_change(&list.changes[0], s, CHANGE_ELEMENT, 0, NULL);
	assert_change(&list.changes[1], c, CHANGE_ELEMENT, 0, "tc1");
	assert_change(&list.changes[2], c, CHANGE_ELEMENT, 1, "area");
	assert_change(&list.changes[3], c, CHANGE_MODEL, 0, "is");
	assert_change(&list.changes[4], c, CHANGE_PARAM, 0, "p");
	assert_int_equal(circuit_changes_since(c, &before, stop, NULL), 42);
	carom_circuit_free(c);
}

static void only_later_changes_are_told(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct circuit_state first = circuit_state(c), second;
	struct list list = {.n = 0};

	(void)state;
	carom_element_set_value(c, element_called(c, "r1"), 2, NULL);
	second = circuit_state(c);
	circuit_changes_since(c, &second, collect, &list);
	assert_int_equal(list.n, 0);
	/* The same number again: one place in the log, told to both. */
	carom_element_set_value(c, element_called(c, "r1"), 3, NULL);
	circuit_changes_since(c, &second, collect, &list);
	assert_int_equal(list.n, 1);
	circuit_changes_since(c, &first, collect, &list);
	assert_int_equal(list.n, 2);
	carom_circuit_free(c);
}

static void a_failed_edit_is_none(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct circuit_state before = circuit_state(c);

	(void)state;
	carom_element_set_value(c, element_called(c, "d1"), 1, NULL);
	carom_element_rename(c, element_called(c, "d1"), "x", NULL);
	carom_circuit_remove_param(c, "none", NULL);
	assert_int_equal(circuit_state(c).serial, before.serial);
	carom_circuit_free(c);
}

static void other_edits_need_a_reload(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct list list = {.n = 0};

	(void)state;
	for (int i = 0; i < 10; i++) {
		struct circuit_state before = circuit_state(c);

		carom_element_set_value(c, element_called(c, "d1"), 1, NULL);
		switch (i) {
		case 0:
			carom_element_reconnect(c, element_called(c, "r1"), 0,
						carom_circuit_ground(c), NULL);
			break;
		case 1:
			carom_add_element(c, "r2 a 0 1", NULL);
			break;
		case 2:
			carom_element_remove(c, element_called(c, "r2"), NULL);
			break;
		case 3:
			carom_element_rename(c, element_called(c, "r1"), "r3", NULL);
			break;
		case 4:
			carom_net_rename(c, carom_circuit_find_net(c, "a"), "b", NULL);
			break;
		case 5:
			carom_element_set_model(c, element_called(c, "d1"), "mm", NULL);
			break;
		case 6:
			carom_circuit_set_param(c, "new", 1, NULL);
			break;
		case 7:
			carom_circuit_remove_param(c, "p", NULL);
			break;
		case 8:
			carom_circuit_add_card(c, ".op", NULL);
			break;
		default:
			carom_circuit_mark(c, NULL);
			carom_element_set_value(c, element_called(c, "r3"), 5, NULL);
			carom_circuit_rollback(c, NULL);
		}
		assert_int_equal(circuit_changes_since(c, &before, collect, &list), 1);
	}
	assert_int_equal(list.n, 0);
	carom_circuit_free(c);
}

static void more_changes_than_the_log_holds_need_a_reload(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\nr2 a 0 1\n.end\n");
	struct circuit_state before = circuit_state(c), later;
	struct list list = {.n = 0};

	(void)state;
	for (uint32_t i = 0; i < 100; i++)
		carom_element_set_value(c, (struct carom_element){i % 2}, i, NULL);
	assert_int_equal(circuit_changes_since(c, &before, collect, &list), 0);
	assert_int_equal(list.n, 100);
	for (uint32_t i = 0; i < 10000; i++)
		carom_element_set_value(c, (struct carom_element){i % 2}, i, NULL);
	assert_int_equal(circuit_changes_since(c, &before, collect, &list), 1);
	later = circuit_state(c);
	carom_element_set_value(c, (struct carom_element){0}, 1, NULL);
	list.n = 0;
	assert_int_equal(circuit_changes_since(c, &later, collect, &list), 0);
	assert_int_equal(list.n, 1);
	carom_circuit_free(c);
}

static void another_circuit_needs_a_reload(void **state)
{
	struct carom_circuit *a = import_deck(deck);
	struct carom_circuit *b = import_deck(deck);
	struct circuit_state of_a = circuit_state(a);
	struct circuit_state of_b = circuit_state(b);

	(void)state;
	assert_int_not_equal(of_a.id, of_b.id);
	assert_int_equal(circuit_changes_since(b, &of_a, stop, NULL), 1);
	carom_circuit_free(a);
	carom_circuit_free(b);
}

static void without_memory_for_a_log_a_reload_is_needed(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct circuit_state before;

	(void)state;
	mem_fail_after(0);
	before = circuit_state(c);
	mem_fail_after(-1);
	assert_int_equal(circuit_changes_since(c, &before, stop, NULL), 1);
	before = circuit_state(c);
	assert_int_equal(circuit_changes_since(c, &before, stop, NULL), 0);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_values_are_told_in_order),
		cmocka_unit_test(only_later_changes_are_told),
		cmocka_unit_test(a_failed_edit_is_none),
		cmocka_unit_test(other_edits_need_a_reload),
		cmocka_unit_test(more_changes_than_the_log_holds_need_a_reload),
		cmocka_unit_test(another_circuit_needs_a_reload),
		cmocka_unit_test(without_memory_for_a_log_a_reload_is_needed),
	};

	return run_all_tests(tests);
}
