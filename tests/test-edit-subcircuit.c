/* SPDX-License-Identifier: BSD-3-Clause */
/* A subcircuit given other contents. */
#include "carom-edit.h"
#include "support-circuit.h"

static const char deck[] = "t\n.subckt s in out w=1\nr1 in out {w}\n.ends\nx1 a b s\n.end\n";

static void the_contents_of_a_deck_take_the_place(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_circuit *contents = import_deck(
		"amp\n.param g=2\n.model rm r\n.subckt inner p\n.model dm d\nd1 p 0 dm\n.ends\n"
		"r1 in mid 1k rm\n.func f(x)=x*2\ne1 out 0 mid 0 {g*w}\nx1 mid inner\nv1 in 0 1\n"
		".tran 1n 1u\n.save v(out)\n.options reltol=1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *s = carom_circuit_replace_subcircuit(c, "S", contents, &err);

	(void)state;
	assert_ok(&err);
	carom_circuit_free(contents);
	assert_ptr_equal(s, carom_circuit_find_subcircuit(c, "s"));
	assert_deck(c, "t\n.subckt s in out w=1\n.param g=2\n.model rm r\n.subckt inner p\n"
		       ".model dm d\nd1 p 0 dm\n.ends\nr1 in mid 1k rm\n.func f(x)=x*2\n"
		       "e1 out 0 mid 0 {g*w}\nx1 mid inner\nv1 in 0 1\n.ends\nx1 a b s\n.end\n");
	assert_nets(s, "e1", "out 0 mid 0");
	assert_string_equal(carom_element_model(s, element_called(s, "r1")), "rm");
	assert_int_equal(carom_element_set_value(s, element_called(s, "r1"), 2, &err), 0);
	carom_circuit_free(c);
}

static void another_subcircuit_brings_its_own_first_line(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_circuit *library =
		import_deck("lib\n.subckt other p q r=5\nr1 p q {r}\n.ends\nr1 a 0 1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_circuit_replace_subcircuit(c, "s", carom_circuit_find_subcircuit(library, "other"),
					 &err);
	assert_ok(&err);
	carom_circuit_free(library);
	assert_deck(c, "t\n.subckt s p q r=5\nr1 p q {r}\n.ends\nx1 a b s\n.end\n");
	carom_circuit_free(c);
}

static void a_new_value_is_copied_and_an_old_one_forgotten(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.subckt s a b\nr1 a b 1\n.ends\nx1 a b s\n.end\n");
	struct carom_circuit *contents = carom_circuit_new("new", NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_element r1 = carom_add_resistor(contents, "r1", carom_net(contents, "a", &err),
						     carom_net(contents, "b", &err), 1, &err);

	(void)state;
	carom_element_set_value(contents, r1, 3, &err);
	carom_element_set_value(carom_circuit_find_subcircuit(c, "s"), (struct carom_element){0}, 2,
				&err);
	carom_circuit_replace_subcircuit(c, "s", contents, &err);
	assert_ok(&err);
	assert_deck(c, "t\n.subckt s a b\nr1 a b 3\n.ends\nx1 a b s\n.end\n");
	carom_circuit_free(contents);
	carom_circuit_free(c);
}

static void contents_that_do_not_fit_are_refused(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_circuit *other =
		import_deck("o\n.subckt o a\nr1 a 0 1\n.ends\nr1 in 0 1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_null(carom_circuit_replace_subcircuit(c, "s", other, &err));
	assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "s: the new contents have no net for the port out");
	carom_error_clear(&err);
	assert_null(carom_circuit_replace_subcircuit(
		c, "s", carom_circuit_find_subcircuit(other, "o"), &err));
	assert_string_equal(err.text, "s has 2 ports, o has 1");
	carom_error_clear(&err);
	assert_null(carom_circuit_replace_subcircuit(c, "none", other, &err));
	assert_int_equal(err.status, CAROM_ERROR_NOT_FOUND);
	assert_null(carom_circuit_replace_subcircuit(c, "s", other, &err));
	assert_deck(c, deck);
	carom_circuit_free(other);
	carom_circuit_free(c);
}

static void a_rollback_brings_the_old_contents_back(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_circuit *contents = import_deck("n\nr1 in out 2\n.end\n");
	struct carom_circuit *old = carom_circuit_find_subcircuit(c, "s");
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *new;

	(void)state;
	carom_circuit_mark(c, &err);
	new = carom_circuit_replace_subcircuit(c, "s", contents, &err);
	carom_element_set_value(new, (struct carom_element){0}, 7, &err);
	carom_circuit_mark(c, &err);
	new = carom_circuit_replace_subcircuit(c, "s", contents, &err);
	carom_circuit_replace_subcircuit(c, "s", contents, &err);
	carom_circuit_rollback(c, &err);
	assert_deck(c, "t\n.subckt s in out w=1\nr1 in out 7\n.ends\nx1 a b s\n.end\n");
	carom_circuit_rollback(c, &err);
	assert_ok(&err);
	assert_ptr_equal(carom_circuit_find_subcircuit(c, "s"), old);
	assert_deck(c, deck);
	carom_circuit_free(contents);
	carom_circuit_free(c);
}

static int attempt(void *arg)
{
	struct carom_circuit *contents = arg;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;

	if (carom_circuit_import_text(&c, deck, sizeof(deck) - 1, NULL, NULL, &err) == CAROM_OK)
		carom_circuit_replace_subcircuit(c, "s", contents, &err);
	carom_circuit_free(c);
	return err.status;
}

static void a_replacement_survives_the_want_of_memory(void **state)
{
	struct carom_circuit *contents =
		import_deck("n\n.subckt i a\n.param q=1\nr1 a 0 1\n.ends\nr1 in out 2\n.end\n");

	(void)state;
	assert_survives_no_memory(attempt, contents);
	carom_circuit_free(contents);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_contents_of_a_deck_take_the_place),
		cmocka_unit_test(another_subcircuit_brings_its_own_first_line),
		cmocka_unit_test(a_new_value_is_copied_and_an_old_one_forgotten),
		cmocka_unit_test(contents_that_do_not_fit_are_refused),
		cmocka_unit_test(a_rollback_brings_the_old_contents_back),
		cmocka_unit_test(a_replacement_survives_the_want_of_memory),
	};

	return run_all_tests(tests);
}
