/* SPDX-License-Identifier: BSD-3-Clause */
/* A model of its own for an element. */
#include <string.h>

#include "circuit/circuit.h"
#include "support-circuit.h"

static void the_model_is_copied_and_the_card_uses_the_copy(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = import_deck("t\n"
					      ".model QN npn( bf=100 )\n"
					      "Q1 c b e qn 2\n"
					      "q2 c b e qn\n");
	struct carom_element q1 = element_called(c, "q1");

	(void)state;
	assert_int_equal(circuit_privatise_model(c, q1, &err), 0);
	assert_ok(&err);
	assert_deck(c, "t\n"
		       ".model QN npn( bf=100 )\n"
		       "Q1 c b e QN_Q1 2\n"
		       "q2 c b e qn\n"
		       ".model QN_Q1 npn( bf=100 )\n"
		       ".end\n");
	assert_int_equal(circuit_find_model(c, "qn_q1")->card, 4);
	assert_string_equal(name_text(c->names, c->elements[q1.index].model), "QN_Q1");
	assert_string_equal(carom_element_name(c, q1), "Q1");
	carom_circuit_free(c);
}

static void a_second_call_does_nothing(void **state)
{
	struct carom_circuit *c = import_deck("t\n.model qn npn\nq1 c b e qn\n");
	struct carom_element q1 = element_called(c, "q1");

	(void)state;
	assert_int_equal(circuit_privatise_model(c, q1, NULL), 0);
	assert_int_equal(circuit_privatise_model(c, q1, NULL), 0);
	assert_deck(c, "t\n.model qn npn\nq1 c b e qn_q1\n.model qn_q1 npn\n.end\n");
	carom_circuit_free(c);
}

static void a_shared_model_with_a_private_looking_name_is_copied(void **state)
{
	struct carom_circuit *c = import_deck("t\n.model m_q1 npn\n"
					      ".subckt s c\nq1 c c 0 m_q1\n.ends\n");
	struct carom_circuit *s = circuit_find_child(c, "s");

	(void)state;
	assert_int_equal(circuit_privatise_model(s, element_called(s, "q1"), NULL), 0);
	assert_deck(c, "t\n.model m_q1 npn\n"
		       ".subckt s c\nq1 c c 0 m_q1_q1\n.model m_q1_q1 npn\n.ends\n.end\n");
	carom_circuit_free(c);
}

static void the_copy_is_placed_in_the_elements_own_circuit(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      ".model dm d(is=1e-14)\n"
					      ".subckt s a\n"
					      "d1 a 0 dm area=2\n"
					      ".ends\n"
					      "x1 a s\n"
					      "d1 a 0 dm\n");
	struct carom_circuit *s = circuit_find_child(c, "s");

	(void)state;
	assert_int_equal(circuit_privatise_model(s, element_called(s, "d1"), NULL), 0);
	assert_deck(c, "t\n"
		       ".model dm d(is=1e-14)\n"
		       ".subckt s a\n"
		       "d1 a 0 dm_d1 area=2\n"
		       ".model dm_d1 d(is=1e-14)\n"
		       ".ends\n"
		       "x1 a s\n"
		       "d1 a 0 dm\n"
		       ".end\n");
	assert_null(circuit_find_model(c, "dm_d1"));
	carom_circuit_free(c);
}

static void every_bin_of_a_binned_model_is_copied(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      ".model nch.1 nmos(lmin=1)\n"
					      ".model nchx.1 nmos(lmin=7)\n"
					      ".model nch.2 nmos(lmin=2)\n"
					      ".model nch.x nmos(lmin=8)\n"
					      "m1 d g s b nch l=1u\n");

	(void)state;
	assert_int_equal(circuit_privatise_model(c, element_called(c, "m1"), NULL), 0);
	assert_deck(c, "t\n"
		       ".model nch.1 nmos(lmin=1)\n"
		       ".model nchx.1 nmos(lmin=7)\n"
		       ".model nch.2 nmos(lmin=2)\n"
		       ".model nch.x nmos(lmin=8)\n"
		       "m1 d g s b nch_m1 l=1u\n"
		       ".model nch_m1.1 nmos(lmin=1)\n"
		       ".model nch_m1.2 nmos(lmin=2)\n"
		       ".end\n");
	assert_int_equal(circuit_privatise_model(c, element_called(c, "m1"), NULL), 0);
	assert_int_equal(c->n_models, 6);
	carom_circuit_free(c);
}

static void one_bin_named_in_full_is_copied_alone(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.model n.1 nmos\n.model n.2 nmos\nm1 d g s b n.2\n");

	(void)state;
	assert_int_equal(circuit_privatise_model(c, element_called(c, "m1"), NULL), 0);
	assert_deck(c, "t\n.model n.1 nmos\n.model n.2 nmos\nm1 d g s b n.2_m1\n"
		       ".model n.2_m1 nmos\n.end\n");
	carom_circuit_free(c);
}

static void the_copys_parameters_are_edited_apart(void **state)
{
	struct carom_circuit *c = import_deck("t\n.model qn npn(bf=100)\nq1 c b e qn\n");
	struct value_place place;

	(void)state;
	circuit_privatise_model(c, element_called(c, "q1"), NULL);
	circuit_model_param_place(c, circuit_find_model(c, "qn_q1"), "bf", &place, NULL);
	assert_int_equal(place.card, 3);
	assert_same_bits(place.number, 100);
	carom_circuit_free(c);
}

static void elements_without_a_model_are_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = import_deck("t\nr1 a b 1\nq1 c b e nowhere\n");

	(void)state;
	assert_int_equal(circuit_privatise_model(c, element_called(c, "r1"), &err),
			 CAROM_ERROR_MODEL);
	assert_string_equal(err.text, "r1 has no model");
	assert_int_equal(err.line, 2);
	err = (struct carom_error)CAROM_ERROR_INIT;
	assert_int_equal(circuit_privatise_model(c, element_called(c, "q1"), &err),
			 CAROM_ERROR_MODEL);
	assert_string_equal(err.text, "q1: no model \"nowhere\"");
	assert_deck(c, "t\nr1 a b 1\nq1 c b e nowhere\n.end\n");
	carom_circuit_free(c);
}

static void a_name_that_is_taken_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c =
		import_deck("t\n.model qn npn\n.model qn_q1 npn(bf=7)\nq1 c b e qn\n");

	(void)state;
	assert_int_equal(circuit_privatise_model(c, element_called(c, "q1"), &err),
			 CAROM_ERROR_EXISTS);
	assert_string_equal(err.text, "q1: its own model would be qn_q1, which is another's");
	carom_circuit_free(c);
}

static int privatise(void *arg)
{
	static const char deck[] = "t\n.model qn npn(bf=100)\nq1 c b e qn\n";
	struct carom_circuit *c;
	int rc = carom_circuit_import_text(&c, deck, sizeof(deck) - 1, "t.cir", NULL, NULL);

	(void)arg;
	if (rc != 0)
		return rc;
	rc = circuit_privatise_model(c, (struct carom_element){0}, NULL);
	assert_int_equal(name_compare(name_text(c->names, c->elements[0].model), "qn_q1") == 0,
			 rc == 0);
	carom_circuit_free(c);
	return rc;
}

static void privatising_survives_the_want_of_memory(void **state)
{
	(void)state;
	assert_survives_no_memory(privatise, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_model_is_copied_and_the_card_uses_the_copy),
		cmocka_unit_test(a_second_call_does_nothing),
		cmocka_unit_test(a_shared_model_with_a_private_looking_name_is_copied),
		cmocka_unit_test(the_copy_is_placed_in_the_elements_own_circuit),
		cmocka_unit_test(every_bin_of_a_binned_model_is_copied),
		cmocka_unit_test(one_bin_named_in_full_is_copied_alone),
		cmocka_unit_test(the_copys_parameters_are_edited_apart),
		cmocka_unit_test(elements_without_a_model_are_refused),
		cmocka_unit_test(a_name_that_is_taken_is_told),
		cmocka_unit_test(privatising_survives_the_want_of_memory),
	};

	return run_all_tests(tests);
}
