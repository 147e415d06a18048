/* SPDX-License-Identifier: BSD-3-Clause */
/* Life of a circuit and look-up by name. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/circuit.h"
#include "support-circuit.h"

static void a_new_circuit_has_ground_only(void **state)
{
	struct carom_circuit *c = carom_circuit_new("amp", NULL);

	(void)state;
	assert_string_equal(carom_circuit_title(c), "amp");
	assert_int_equal(carom_circuit_net_count(c), 1);
	assert_int_equal(carom_circuit_element_count(c), 0);
	assert_string_equal(carom_net_name(c, carom_circuit_ground(c)), "0");
	assert_deck(c, "amp\n.end\n");
	carom_circuit_free(c);
}

static void a_circuit_without_a_title_is_called_carom(void **state)
{
	struct carom_circuit *c = carom_circuit_new(NULL, NULL);

	(void)state;
	assert_string_equal(carom_circuit_title(c), "carom");
	carom_circuit_free(c);
	c = carom_circuit_new("  ", NULL); /* ngspice would take the next card for the title */
	assert_string_equal(carom_circuit_title(c), "carom");
	carom_circuit_free(c);
}

static void a_title_of_two_lines_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_null(carom_circuit_new("a\nr1 1 0 1k", &err));
	assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
}

static void ground_answers_to_0_and_gnd_in_any_case(void **state)
{
	struct carom_circuit *c = carom_circuit_new(NULL, NULL);

	(void)state;
	assert_int_equal(carom_net(c, "0", NULL).index, 0);
	assert_int_equal(carom_net(c, "GND", NULL).index, 0);
	assert_int_equal(carom_circuit_find_net(c, "gnd").index, 0);
	assert_int_equal(carom_circuit_net_count(c), 1);
	carom_circuit_free(c);
}

static void names_are_compared_without_case(void **state)
{
	struct carom_circuit *c = import_deck("t\nR1 In 0 1k\n");

	(void)state;
	assert_int_equal(carom_circuit_find_net(c, "IN").index, 1);
	assert_string_equal(carom_net_name(c, carom_circuit_find_net(c, "in")), "In");
	assert_string_equal(carom_element_name(c, carom_circuit_find_element(c, "r1")), "R1");
	carom_circuit_free(c);
}

static void what_is_not_there_gives_invalid_handles(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1k\n");
	struct carom_element none = carom_circuit_find_element(c, "r2");

	(void)state;
	assert_false(carom_element_is_valid(none));
	assert_false(carom_element_is_valid(carom_circuit_find_element(c, "a"))); /* a net */
	assert_false(carom_net_is_valid(carom_circuit_find_net(c, "r1")));
	assert_false(carom_net_is_valid(carom_circuit_find_net(c, "b")));
	assert_string_equal(carom_element_name(c, none), "");
	assert_int_equal(carom_element_pin_count(c, none), 0);
	assert_false(carom_net_is_valid(carom_element_net(c, none, 0)));
	assert_false(carom_net_is_valid(carom_element_net(c, element_called(c, "r1"), 2)));
	assert_string_equal(carom_net_name(c, (struct carom_net){99}), "");
	carom_circuit_free(c);
}

static void ten_thousand_names_are_all_found(void **state)
{
	struct carom_circuit *c = carom_circuit_new(NULL, NULL);
	char name[32];

	(void)state;
	for (int i = 0; i < 10000; i++) {
		snprintf(name, sizeof(name), "r%d", i);
		carom_add_resistor(c, name, carom_net(c, name + 1, NULL), carom_circuit_ground(c),
				   1 + i, NULL);
	}
	assert_int_equal(carom_circuit_element_count(c), 10000);
	for (int i = 0; i < 10000; i++) {
		double value;

		snprintf(name, sizeof(name), "R%d", i);
		assert_int_equal(carom_circuit_find_element(c, name).index, i);
		assert_int_equal(carom_element_value(c, element_called(c, name), &value, NULL), 0);
		assert_same_bits(value, 1 + i);
	}
	carom_circuit_free(c);
}

static void models_are_found_here_and_resolved_in_the_parents(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      ".model dm d(is=1)\n"
					      ".model dn d(is=2)\n"
					      ".subckt s a\n"
					      ".model dm d(is=3)\n"
					      "d1 a 0 dm\n"
					      ".ends\n");
	const struct carom_circuit *child = circuit_find_child(c, "S");
	const struct carom_circuit *where;

	(void)state;
	assert_non_null(child);
	assert_ptr_equal(circuit_resolve_model(child, "DM", &where),
			 circuit_find_model(child, "dm"));
	assert_ptr_equal(where, child);
	assert_null(circuit_find_model(child, "dn"));
	assert_ptr_equal(circuit_resolve_model(child, "dn", &where), circuit_find_model(c, "dn"));
	assert_ptr_equal(where, c);
	assert_null(circuit_resolve_model(child, "nothing", &where));
	assert_null(circuit_find_model(c, "d1"));
	carom_circuit_free(c);
}

static void a_binned_model_is_found_under_the_name_of_its_bins(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      ".model nch.1 nmos(lmin=1)\n"
					      ".model nch.2 nmos(lmin=2)\n"
					      ".model x.y nmos()\n"
					      ".model .3 nmos()\n"
					      "r1 a 0 1\n");

	(void)state;
	assert_ptr_equal(circuit_find_model(c, "nch"), circuit_find_model(c, "nch.1"));
	assert_int_equal(circuit_find_model(c, "nch.2") - c->models, 1);
	assert_null(circuit_find_model(c, "x"));
	assert_null(circuit_find_model(c, ""));
	carom_circuit_free(c);
}

static void of_two_parameters_of_a_name_the_last_counts(void **state)
{
	struct carom_circuit *c = import_deck("t\n.param p=1 q=2\n.param P=3\nr1 a 0 1\n");
	const struct param *param = circuit_find_param(c, "p");

	(void)state;
	assert_int_equal(c->n_params, 3);
	assert_int_equal(param->card, 2);
	assert_memory_equal(c->cards[param->card].text + param->value_begin, "3", 1);
	carom_circuit_free(c);
}

static void subcircuits_are_resolved_from_inside_out(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      ".subckt in a\nr1 a 0 1\n.ends\n"
					      ".subckt out a\n"
					      ".subckt in a\nr1 a 0 2\n.ends\n"
					      "x1 a in\n"
					      ".ends\n");
	struct carom_circuit *out = circuit_find_child(c, "out");

	(void)state;
	assert_ptr_equal(circuit_resolve_subcircuit(out, "in"), circuit_find_child(out, "in"));
	assert_ptr_not_equal(circuit_find_child(out, "in"), circuit_find_child(c, "in"));
	assert_ptr_equal(circuit_resolve_subcircuit(circuit_find_child(out, "in"), "out"), out);
	assert_null(circuit_resolve_subcircuit(out, "none"));
	assert_ptr_equal(circuit_root(circuit_find_child(out, "in")), c);
	carom_circuit_free(c);
}

static void a_card_knows_its_file(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n");

	(void)state;
	assert_string_equal(circuit_file(c, c->cards[1].file), "t.cir");
	assert_string_equal(circuit_file(c, NAME_NONE), "");
	carom_circuit_free(c);
}

static void an_imported_circuit_takes_the_room_it_needs(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.subckt s a\nr1 a 0 1\n.ends\nr1 a 0 1\nr2 a b 1\n.end\n");
	const struct carom_circuit *s = c->children[0];

	(void)state;
	assert_int_equal(c->elements_capacity, 2);
	assert_int_equal(c->cards_capacity, c->n_cards);
	assert_int_equal(c->pins_capacity, 4);
	assert_int_equal(c->nets_capacity, 3);
	assert_true(c->net_of_name.capacity <= name_count(c->net_table));
	assert_true(c->element_of_name.capacity <= name_count(c->names));
	assert_int_equal(s->elements_capacity, 1);
	assert_int_equal(carom_circuit_set_param(c, "p", 1, NULL), 0); /* and may grow again */
	carom_circuit_free(c);
}

static void freeing_nothing_is_legal(void **state)
{
	(void)state;
	carom_circuit_free(NULL);
}

static int make_circuit(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = carom_circuit_new("title", &err);
	const char *const ports[] = {"a", "b"};
	struct carom_circuit *child;

	(void)arg;
	if (!c)
		return err.status;
	carom_add_resistor(c, "r1", carom_net(c, "in", &err), carom_net(c, "out", &err), 1e3, &err);
	carom_circuit_add_model(c, "dm", "d", "is=1e-15", &err);
	carom_add_diode(c, "d1", carom_net(c, "in", &err), carom_net(c, "out", &err), "dm", NULL,
			&err);
	child = carom_circuit_add_subcircuit(c, "s", ports, 2, &err);
	if (child)
		carom_add_element(child, "c1 a b 1n", &err);
	carom_circuit_set_param(c, "p", 1, &err);
	carom_circuit_set_param(c, "p", 1.234567890123456, &err);
	carom_circuit_add_card(c, ".op", &err);
	carom_circuit_free(c);
	return err.status;
}

static void building_survives_the_want_of_memory_at_any_point(void **state)
{
	(void)state;
	assert_survives_no_memory(make_circuit, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_circuit_has_ground_only),
		cmocka_unit_test(a_circuit_without_a_title_is_called_carom),
		cmocka_unit_test(a_title_of_two_lines_is_refused),
		cmocka_unit_test(ground_answers_to_0_and_gnd_in_any_case),
		cmocka_unit_test(names_are_compared_without_case),
		cmocka_unit_test(what_is_not_there_gives_invalid_handles),
		cmocka_unit_test(ten_thousand_names_are_all_found),
		cmocka_unit_test(models_are_found_here_and_resolved_in_the_parents),
		cmocka_unit_test(a_binned_model_is_found_under_the_name_of_its_bins),
		cmocka_unit_test(of_two_parameters_of_a_name_the_last_counts),
		cmocka_unit_test(subcircuits_are_resolved_from_inside_out),
		cmocka_unit_test(a_card_knows_its_file),
		cmocka_unit_test(an_imported_circuit_takes_the_room_it_needs),
		cmocka_unit_test(freeing_nothing_is_legal),
		cmocka_unit_test(building_survives_the_want_of_memory_at_any_point),
	};

	return run_all_tests(tests);
}
