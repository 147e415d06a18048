/* SPDX-License-Identifier: BSD-3-Clause */
/* Building by calls: cards as text, models, parameters, subcircuits. */
#include <math.h>
#include <string.h>

#include "circuit/circuit.h"
#include "support-circuit.h"

static struct carom_error err;

static int set_up(void **state)
{
	err = (struct carom_error)CAROM_ERROR_INIT;
	*state = carom_circuit_new("t", &err);
	return err.status;
}

static int tear_down(void **state)
{
	carom_circuit_free(*state);
	return 0;
}

static void an_element_is_added_as_its_card_says(void **state)
{
	struct carom_circuit *c = *state;
	struct carom_element element = carom_add_element(c, "  M1 d g s 0 nch w=1u", &err);

	assert_ok(&err);
	assert_int_equal(element.index, element_called(c, "m1").index);
	assert_nets(c, "m1", "d g s 0");
	assert_deck(c, "t\nM1 d g s 0 nch w=1u\n.end\n");
}

static void elements_that_cannot_be_are_refused(void **state)
{
	static const struct {
		const char *card;
		enum carom_status status;
		const char *text;
	} cases[] = {
		{"r1 a", CAROM_ERROR_SYNTAX, "r1: a resistor needs 2 nets and a value"},
		{".op", CAROM_ERROR_ARGUMENT, "\".op\" begins with no element's letter"},
		{"", CAROM_ERROR_ARGUMENT, "\"\" begins with no element's letter"},
		{"r1 a b\n.end", CAROM_ERROR_ARGUMENT,
		 "a card is one line without control characters"},
		{"r1 a b {x", CAROM_ERROR_ARGUMENT, "{ is alone in \"r1 a b {x\""},
		{"R0 a b 1", CAROM_ERROR_EXISTS, "R0: the circuit has an element of this name"},
	};
	struct carom_circuit *c = *state;

	carom_add_element(c, "r0 a b 1", &err);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_false(carom_element_is_valid(carom_add_element(c, cases[i].card, &err)));
		assert_int_equal(err.status, cases[i].status);
		assert_string_equal(err.text, cases[i].text);
		assert_deck(c, "t\nr0 a b 1\n.end\n");
		err = (struct carom_error)CAROM_ERROR_INIT;
	}
}

static void dot_cards_are_passed_on_in_place(void **state)
{
	struct carom_circuit *c = *state;

	carom_circuit_add_card(c, ".AC dec 10 1 1meg", &err);
	carom_circuit_add_card(c, " .save v(out)", &err);
	carom_circuit_add_card(c, ".model d1 d(is=1)", &err);
	carom_circuit_add_card(c, ".param p=3", &err);
	carom_circuit_add_card(c, ".options reltol=1e-4", &err);
	assert_ok(&err);
	assert_deck(c, "t\n.AC dec 10 1 1meg\n.save v(out)\n.model d1 d(is=1)\n.param p=3\n"
		       ".options reltol=1e-4\n.end\n");
	assert_int_equal(c->cards[1].role, CARD_ANALYSIS);
	assert_int_equal(c->cards[2].role, CARD_SAVE);
	assert_int_equal(c->cards[3].role, CARD_MODEL);
	assert_int_equal(c->cards[4].role, CARD_PARAM);
	assert_int_equal(c->cards[5].role, CARD_OTHER);
	assert_non_null(circuit_find_model(c, "d1"));
	assert_non_null(circuit_find_param(c, "p"));
}

static void cards_that_do_not_stand_for_themselves_are_refused(void **state)
{
	static const char *const cards[] = {".end",     ".ends",     ".subckt a",   ".include x",
					    ".lib a b", ".control",  ".controlled", "r1 a b 1",
					    "",         "* comment", ".title x",    ".op\n.control",
					    ".ic v(a=1"};
	struct carom_circuit *c = *state;

	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		assert_int_equal(carom_circuit_add_card(c, cards[i], &err), CAROM_ERROR_ARGUMENT);
		err = (struct carom_error)CAROM_ERROR_INIT;
	}
	assert_deck(c, "t\n.end\n");
}

static void models_are_written_and_found(void **state)
{
	struct carom_circuit *c = *state;

	assert_int_equal(carom_circuit_add_model(c, "qn", "npn", "bf=100 is=1e-15", &err), 0);
	assert_int_equal(carom_circuit_add_model(c, "dm", "d", NULL, &err), 0);
	assert_deck(c, "t\n.model qn npn(bf=100 is=1e-15)\n.model dm d\n.end\n");
	assert_string_equal(name_text(c->names, circuit_find_model(c, "QN")->type), "npn");
	assert_int_equal(carom_circuit_add_model(c, "DM", "d", NULL, &err), CAROM_ERROR_EXISTS);
}

static void bad_models_are_refused(void **state)
{
	struct carom_circuit *c = *state;

	assert_int_equal(carom_circuit_add_model(c, "a b", "d", NULL, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_circuit_add_model(c, "a", "", NULL, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_circuit_add_model(c, "a", "d(", NULL, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_circuit_add_model(c, "a", "d", "is=(1", NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_circuit_add_model(c, "a", "d", "is=1\n", NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_deck(c, "t\n.end\n");
}

static void a_parameter_is_made_then_changed_in_place(void **state)
{
	struct carom_circuit *c = *state;

	carom_circuit_add_card(c, ".param a=1 b={a*2} d=5", &err);
	carom_circuit_set_param(c, "w", 2.5, &err);
	carom_circuit_set_param(c, "A", 1234567.5, &err);
	carom_circuit_set_param(c, "b", 7, &err);
	carom_circuit_set_param(c, "d", 0.125, &err);
	carom_circuit_set_param(c, "w", 3, &err);
	assert_ok(&err);
	assert_deck(c, "t\n.param a=1234567.5 b=7 d=0.125\n.param w=3\n.end\n");
	assert_int_equal(carom_circuit_set_param(c, "w", (double)INFINITY, NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_circuit_set_param(c, "w w", 1, NULL), CAROM_ERROR_ARGUMENT);
}

static void a_subcircuit_is_built_into(void **state)
{
	static const char *const ports[] = {"in", "out"};
	struct carom_circuit *c = *state;
	struct carom_circuit *amp = carom_circuit_add_subcircuit(c, "amp", ports, 2, &err);
	struct carom_net nets[2];

	assert_ok(&err);
	carom_add_resistor(amp, "r1", carom_net(amp, "in", &err), carom_net(amp, "out", &err), 1,
			   &err);
	nets[0] = carom_net(c, "a", &err);
	nets[1] = carom_net(c, "b", &err);
	carom_add_instance(c, "x1", nets, 2, "amp", NULL, &err);
	assert_ok(&err);
	assert_string_equal(carom_circuit_title(amp), "amp");
	assert_int_equal(amp->n_ports, 2);
	assert_deck(c, "t\n.subckt amp in out\nr1 in out 1\n.ends\nx1 a b amp\n.end\n");
	assert_null(carom_circuit_add_subcircuit(c, "AMP", NULL, 0, &err));
	assert_int_equal(err.status, CAROM_ERROR_EXISTS);
}

static void subcircuits_with_bad_names_are_refused(void **state)
{
	static const char *const ports[] = {"a=1"};
	struct carom_circuit *c = *state;

	assert_null(carom_circuit_add_subcircuit(c, "a b", NULL, 0, NULL));
	assert_null(carom_circuit_add_subcircuit(c, "a", ports, 1, NULL));
	assert_deck(c, "t\n.end\n");
}

static void ports_are_different_nets(void **state)
{
	static const char *const same[] = {"a", "b", "A"};
	static const char *const with_ground[] = {"a", "gnd"};
	struct carom_circuit *c = *state;

	assert_null(carom_circuit_add_subcircuit(c, "s", same, 3, &err));
	assert_int_equal(err.status, CAROM_ERROR_EXISTS);
	assert_string_equal(err.text, "subcircuit s: two ports have the name A");
	carom_error_clear(&err);
	assert_null(carom_circuit_add_subcircuit(c, "s", with_ground, 2, &err));
	assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "subcircuit s: port gnd is ground, which is the same in "
				      "every circuit and no port");
	carom_error_clear(&err);
	assert_deck(c, "t\n.end\n");
	assert_non_null(carom_circuit_add_subcircuit(c, "s", same, 2, &err));
}

int main(void)
{
	struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(an_element_is_added_as_its_card_says, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(elements_that_cannot_be_are_refused, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(dot_cards_are_passed_on_in_place, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(cards_that_do_not_stand_for_themselves_are_refused,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(models_are_written_and_found, set_up, tear_down),
		cmocka_unit_test_setup_teardown(bad_models_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_parameter_is_made_then_changed_in_place, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_subcircuit_is_built_into, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ports_are_different_nets, set_up, tear_down),
		cmocka_unit_test_setup_teardown(subcircuits_with_bad_names_are_refused, set_up,
						tear_down),
	};

	return run_all_tests(tests);
}
