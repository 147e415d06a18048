/* SPDX-License-Identifier: BSD-3-Clause */
/* Models, parameters and dot-cards taken out. */
#include <stdio.h>

#include "carom-edit.h"
#include "circuit/circuit.h"
#include "support-circuit.h"

static void a_removed_model_is_not_found(void **state)
{
	struct carom_circuit *c = import_deck("t\n.model d1 d\n.model d2 d\n.model D1 d n=2\n"
					      "r1 a 0 1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	(void)state;
	assert_int_equal(carom_circuit_remove_model(c, "d1", &err), 0);
	assert_int_equal(carom_model_param(c, "d1", "n", &value, &err), 0);
	assert_same_bits(value, 2);
	assert_int_equal(carom_circuit_remove_model(c, "d1", &err), 0);
	assert_int_equal(carom_circuit_remove_model(c, "d1", &err), CAROM_ERROR_MODEL);
	assert_deck(c, "t\n.model d2 d\nr1 a 0 1\n.end\n");
	carom_error_clear(&err);
	assert_int_equal(carom_circuit_add_model(c, "d1", "d", NULL, &err), 0);
	assert_deck(c, "t\n.model d2 d\nr1 a 0 1\n.model d1 d\n.end\n");
	carom_circuit_free(c);
}

static void a_removed_bin_leaves_the_others(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.model n.1 nmos\n.model n.2 nmos\nr1 a 0 1\n.end\n");

	(void)state;
	assert_int_equal(carom_circuit_remove_model(c, "n", NULL), CAROM_ERROR_MODEL);
	assert_int_equal(carom_circuit_remove_model(c, "n.1", NULL), 0);
	assert_string_equal(name_text(c->names, circuit_find_model(c, "n")->name), "n.2");
	assert_int_equal(carom_circuit_remove_model(c, "n.2", NULL), 0);
	assert_null(circuit_find_model(c, "n"));
	carom_circuit_free(c);
}

static void assert_removed(const char *cards, const char *name, const char *expected)
{
	char deck[256], wanted[256];
	struct carom_circuit *c;
	struct carom_error err = CAROM_ERROR_INIT;

	snprintf(deck, sizeof(deck), "t\n%sr1 a 0 1\n.end\n", cards);
	snprintf(wanted, sizeof(wanted), "t\n%sr1 a 0 1\n.end\n", expected);
	c = import_deck(deck);
	carom_circuit_remove_param(c, name, &err);
	assert_ok(&err);
	assert_deck(c, wanted);
	assert_null(circuit_find_param(c, name));
	carom_circuit_free(c);
}

static void a_parameter_goes_and_its_neighbours_stay(void **state)
{
	(void)state;
	assert_removed(".param a=1\n", "a", "");
	assert_removed(".param a=1 b=2 c=3\n", "a", ".param b=2 c=3\n");
	assert_removed(".param a=1 b=2 c=3\n", "b", ".param a=1 c=3\n");
	assert_removed(".param a=1 b=2 c=3\n", "c", ".param a=1 b=2\n");
	assert_removed(".param a = 1, b = {1 + a}, c=3\n", "B", ".param a = 1, c=3\n");
	assert_removed(".param f(x)=x*2 a=1\n", "a", ".param f(x)=x*2\n");
	assert_removed(".param a=1 b=1 a=2\n.param a=3\n", "a", ".param b=1\n");
}

static void the_parameters_that_stay_can_be_set(void **state)
{
	struct carom_circuit *c = import_deck("t\n.param a=1 b=2 c=3\nr1 a 0 1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_circuit_remove_param(c, "b", &err);
	carom_circuit_set_param(c, "c", 33.5, &err);
	carom_circuit_set_param(c, "a", 11.5, &err);
	carom_circuit_set_param(c, "b", 22.5, &err);
	assert_ok(&err);
	assert_deck(c, "t\n.param a=11.5 c=33.5\nr1 a 0 1\n.param b=22.5\n.end\n");
	carom_circuit_free(c);
}

static void a_parameter_of_a_first_line_cannot_go(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s a w=1\nr1 a 0 {w}\n.ends\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(
		carom_circuit_remove_param(carom_circuit_find_subcircuit(c, "s"), "w", &err),
		CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "w is a parameter of the subcircuit's first line");
	carom_error_clear(&err);
	assert_int_equal(carom_circuit_remove_param(c, "w", &err), CAROM_ERROR_PARAMETER);
	assert_string_equal(err.text, "no parameter w");
	carom_circuit_free(c);
}

static void cards_of_a_keyword_go_together(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.tran 1n 1u\n.TRAN 1n 2u\n.save "
					      "v(a)\n.op\n.options reltol=1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;

	(void)state;
	assert_int_equal(carom_circuit_remove_cards(c, ".tran", &count, &err), 0);
	assert_int_equal(count, 2);
	assert_int_equal(carom_circuit_remove_cards(c, ".options", NULL, &err), 0);
	assert_int_equal(carom_circuit_remove_cards(c, ".ac", &count, &err), 0);
	assert_int_equal(count, 0);
	assert_deck(c, "t\nr1 a 0 1\n.save v(a)\n.op\n.end\n");
	carom_circuit_free(c);
}

static void what_others_need_is_no_keyword_to_remove(void **state)
{
	static const char *const keywords[] = {".model", ".param", ".subckt", ".if",  ".end",
					       "r1",     ".",      "",        ".op x"};
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.op\n.end\n");

	(void)state;
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		carom_circuit_remove_cards(c, keywords[i], NULL, &err);
		assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
	}
	assert_deck(c, "t\nr1 a 0 1\n.op\n.end\n");
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_removed_model_is_not_found),
		cmocka_unit_test(a_removed_bin_leaves_the_others),
		cmocka_unit_test(a_parameter_goes_and_its_neighbours_stay),
		cmocka_unit_test(the_parameters_that_stay_can_be_set),
		cmocka_unit_test(a_parameter_of_a_first_line_cannot_go),
		cmocka_unit_test(cards_of_a_keyword_go_together),
		cmocka_unit_test(what_others_need_is_no_keyword_to_remove),
	};

	return run_all_tests(tests);
}
