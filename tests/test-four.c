/* SPDX-License-Identifier: BSD-3-Clause */
/* .four cards: what they name, in which order, at which frequency. */
#include <string.h>

#include "carom-spectrum.h"
#include "support-circuit.h"

static void assert_four(const struct carom_circuit *circuit, size_t index, double frequency,
			const char *vector, int line)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_four four;

	carom_circuit_four(circuit, index, &four, &err);
	assert_ok(&err);
	assert_double_equal(four.frequency, frequency, 1e-15, 0);
	assert_string_equal(four.vector, vector);
	assert_string_equal(four.source, "t.cir");
	assert_int_equal(four.line, line);
}

static void vectors_are_in_the_order_of_the_cards(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.four 1k v(a) i(v1)\n.tran 1u 1m\n"
					      ".FOURIER 2.5meg v( a, b )\n.four 1k\n");

	(void)state;
	assert_int_equal(carom_circuit_four_count(c), 3);
	assert_four(c, 0, 1e3, "v(a)", 3);
	assert_four(c, 1, 1e3, "i(v1)", 3);
	assert_four(c, 2, 2.5e6, "v( a, b )", 5);
	carom_circuit_free(c);
}

static void blanks_beside_an_operator_are_no_end(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.four 1k v(a)-v(b) i(v1)\n"
					      ".four 1k v(a) - 2 * v(b) -v(c) a,b i(v1) +\n");

	(void)state;
	assert_int_equal(carom_circuit_four_count(c), 5);
	assert_four(c, 0, 1e3, "v(a)-v(b)", 3);
	assert_four(c, 1, 1e3, "i(v1)", 3);
	assert_four(c, 2, 1e3, "v(a) - 2 * v(b) -v(c)", 4);
	assert_four(c, 4, 1e3, "i(v1) +", 4);
	carom_circuit_free(c);
}

static void frequencies_may_be_expressions(void **state)
{
	struct carom_circuit *c =
		import_deck("t\nr1 a 0 1\n.param f=1k\n.four {2 * f} v(a)\n.four '3*f' v(a)\n");

	(void)state;
	assert_four(c, 0, 2e3, "v(a)", 4);
	assert_four(c, 1, 3e3, "v(a)", 5);
	carom_circuit_free(c);
}

static void a_bad_frequency_is_an_error(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.four {g} v(a)\n");
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_four four;

	(void)state;
	assert_int_equal(carom_circuit_four(c, 0, &four, &err), CAROM_ERROR_PARAMETER);
	assert_non_null(strstr(err.text, "\"g\""));
	assert_int_equal(four.line, 3);
	carom_circuit_free(c);
}

static void a_circuit_without_the_cards_has_none(void **state)
{
	struct carom_circuit *c = import_deck("t .four 1k v(a)\nr1 a 0 1\n");
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_four four;

	(void)state;
	assert_int_equal(carom_circuit_four_count(c), 0);
	assert_int_equal(carom_circuit_four(c, 0, &four, &err), CAROM_ERROR_NOT_FOUND);
	assert_string_equal(err.text, "there is no vector 0 on .four cards");
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_are_in_the_order_of_the_cards),
		cmocka_unit_test(blanks_beside_an_operator_are_no_end),
		cmocka_unit_test(frequencies_may_be_expressions),
		cmocka_unit_test(a_bad_frequency_is_an_error),
		cmocka_unit_test(a_circuit_without_the_cards_has_none),
	};

	return run_all_tests(tests);
}
