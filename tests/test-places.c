/* SPDX-License-Identifier: BSD-3-Clause */
/* Places of a name, replaced together. */
#include "circuit/places.h"
#include "support-circuit.h"

static void places_are_replaced_in_any_order_and_once(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a a 1\nr2 a 0 1\n.end\n");
	struct places places = {NULL, 0, 0, false};

	(void)state;
	places_add_pin(&places, c, 1, 0);
	places_add_pin(&places, c, 0, 1);
	places_add_pin(&places, c, 0, 0);
	places_add(&places, 1, 3, 1);
	assert_int_equal(places_prepare(&places, c, 20, NULL), 0);
	assert_int_equal(places.count, 3);
	places_replace(&places, c, "a_name_of_20_letters");
	assert_deck(c, "t\nr1 a_name_of_20_letters a_name_of_20_letters 1\n"
		       "r2 a_name_of_20_letters 0 1\n.end\n");
	places_release(&places);
	carom_circuit_free(c);
}

static void assert_six_pins(const char *deck)
{
	struct carom_circuit *c = import_deck(deck);
	static const char pins[] = "abcdef";

	for (uint32_t i = 0; i < 6; i++) {
		struct places places = {NULL, 0, 0, false};

		places_add_pin(&places, c, 0, i);
		assert_int_equal(places.list[0].length, 1);
		assert_int_equal(c->cards[1].text[places.list[0].begin], pins[i]);
		places_release(&places);
	}
	carom_circuit_free(c);
}

static void pins_of_poly_and_of_gates_are_behind_the_dimension(void **state)
{
	(void)state;
	assert_six_pins("t\ng1 a b poly(2) c d e f 1 2 3\n.end\n");
	assert_six_pins("t\ne1 a b nand(2) c d e f (1,0) (2,3)\n.end\n");
}

static void mentions_of_the_name_and_no_other_are_found(void **state)
{
	struct carom_circuit *c = import_deck(
		"t\nv1 a 0 1\nx1 a s\n.save v(a) i(v1) v(x1.a) v(aa) @m.x1.m[id] a\n.end\n");
	struct places places = {NULL, 0, 0, false};

	(void)state;
	places_add_net_mentions(&places, c, 1);
	assert_int_equal(places.count, 2); /* v(a) and a, not v(aa) and not the pins */
	places.count = 0;
	places_add_element_mentions(&places, c, 0);
	assert_int_equal(places.count, 1);
	places.count = 0;
	places_add_element_mentions(&places, c, 1);
	assert_int_equal(places.count, 2);
	places_release(&places);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(places_are_replaced_in_any_order_and_once),
		cmocka_unit_test(pins_of_poly_and_of_gates_are_behind_the_dimension),
		cmocka_unit_test(mentions_of_the_name_and_no_other_are_found),
	};

	return run_all_tests(tests);
}
