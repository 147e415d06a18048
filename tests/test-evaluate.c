/* SPDX-License-Identifier: BSD-3-Clause */
/* Chains of parameters: long, doubling, circular. */
#include "circuit/evaluate.h"

#include <string.h>

#include "base/text.h"
#include "support-circuit.h"

static int evaluate(const char *deck, const char *expression, double *value,
		    struct carom_error *err)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct scope *top = scope_new(circuit, err);
	int rc = scope_evaluate(top, expression, strlen(expression), value, err);

	scope_free(top);
	carom_circuit_free(circuit);
	return rc;
}

static void assert_chain(int n, const char *operator, double expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text deck = TEXT_INIT;
	struct text last = TEXT_INIT;
	double value = 0;

	text_append(&deck, "t\n.param p0=1\n");
	for (int i = 1; i < n; i++)
		text_printf(&deck, ".param p%d={p%d%sp%d}\n", i, i - 1, operator, i - 1);
	text_append(&deck, ".end\n");
	text_printf(&last, "p%d", n - 1);
	evaluate(deck.data, last.data, &value, &err);
	assert_ok(&err);
	assert_double_equal(value, expected, 1e-12, 0);
	text_release(&deck);
	text_release(&last);
}

static void chains_may_be_long(void **state)
{
	(void)state;
	assert_chain(40, "*", 1);
	assert_chain(20000, "*", 1);
}

static void chains_that_double_are_linear(void **state)
{
	(void)state;
	assert_chain(201, "+", 1.6069380442589903e60);
}

static void circles_are_named(void **state)
{
	static const char *const decks[] = {
		"t\n.param a={b}\n.param b={c} c={a+1}\n.end\n",
		"t\n.param a={max(b,1)} b={a}\n.end\n",
		"t\n.func f(x) {x+a}\n.param a={f(1)*2+b} b={a}\n.end\n",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(decks) / sizeof(decks[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		double value;

		assert_int_equal(evaluate(decks[i], "a", &value, &err), CAROM_ERROR_PARAMETER);
		assert_true(strstr(err.text, "depends on itself") ||
			    strstr(err.text, "undefined parameter"));
		assert_in_range(err.line, 2, 3);
	}
}

static void long_circles_are_found(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text deck = TEXT_INIT;
	double value;
	(void)state;

	text_append(&deck, "t\n");
	for (int i = 0; i < 1000; i++)
		text_printf(&deck, ".param p%d={p%d+1}\n", i, (i + 1) % 1000);
	text_append(&deck, ".end\n");
	assert_int_equal(evaluate(deck.data, "p0", &value, &err), CAROM_ERROR_PARAMETER);
	assert_non_null(strstr(err.text, "depends on itself"));
	text_release(&deck);
}

static void an_error_does_not_stay(void **state)
{
	struct carom_circuit *circuit = import_deck("t\n.param a={b} b={nope} c=3\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	struct scope *top = scope_new(circuit, &err);
	double value = 0;
	(void)state;

	for (int i = 0; i < 2; i++) {
		assert_int_equal(scope_evaluate(top, "a+c", 3, &value, &err),
				 CAROM_ERROR_PARAMETER);
		assert_string_equal(err.text, "undefined parameter \"nope\"");
		carom_error_clear(&err);
	}
	scope_evaluate(top, "c", 1, &value, &err);
	assert_ok(&err);
	assert_double_equal(value, 3, 0, 0);
	scope_free(top);
	carom_circuit_free(circuit);
}

static int evaluate_chain(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct scope *top = scope_new(arg, &err);
	double value;

	if (top)
		scope_evaluate(top, "p99", 3, &value, &err);
	scope_free(top);
	return err.status;
}

static void chains_survive_a_lack_of_memory(void **state)
{
	struct text deck = TEXT_INIT;
	struct carom_circuit *circuit;
	(void)state;

	text_append(&deck, "t\n.param p0=1\n");
	for (int i = 1; i < 100; i++)
		text_printf(&deck, ".param p%d={p%d}\n", i, i - 1);
	text_append(&deck, ".end\n");
	circuit = import_deck(deck.data);
	assert_survives_no_memory(evaluate_chain, circuit);
	carom_circuit_free(circuit);
	text_release(&deck);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chains_may_be_long),
		cmocka_unit_test(chains_that_double_are_linear),
		cmocka_unit_test(circles_are_named),
		cmocka_unit_test(long_circles_are_found),
		cmocka_unit_test(an_error_does_not_stay),
		cmocka_unit_test(chains_survive_a_lack_of_memory),
	};

	return run_all_tests(tests);
}
