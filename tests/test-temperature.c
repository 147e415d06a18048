/* SPDX-License-Identifier: BSD-3-Clause */
/* The temperature that a deck asks for: what ngspice takes. */
#include "circuit/temperature.h"

#include <math.h>
#include <stdio.h>

#include "support-circuit.h"

static double temperature_of(const char *cards)
{
	struct carom_circuit *circuit;
	char deck[200];
	double temperature;

	snprintf(deck, sizeof(deck), "t\nr1 a 0 1k\n%s\n.end\n", cards);
	circuit = import_deck(deck);
	temperature = circuit_temperature(circuit);
	carom_circuit_free(circuit);
	return temperature;
}

static void without_a_card_it_is_27(void **state)
{
	(void)state;
	assert_same_bits(temperature_of("*.temp 50"), 27);
	assert_same_bits(temperature_of(".options reltol=1m tnom=50"), 27);
}

static void the_last_card_counts(void **state)
{
	(void)state;
	assert_same_bits(temperature_of(".temp 85"), 85);
	assert_same_bits(temperature_of(".temp=-40"), -40);
	assert_same_bits(temperature_of(".TEMP 85\n.temp 50"), 50);
}

static void options_have_it_too_but_a_card_comes_first(void **state)
{
	(void)state;
	assert_same_bits(temperature_of(".options reltol=1m TEMP=85 gmin=1p"), 85);
	assert_same_bits(temperature_of(".option temp=50\n.option temp=85"), 85);
	assert_same_bits(temperature_of(".option temp=85\n.temp 50"), 50);
	assert_same_bits(temperature_of(".temp 50\n.option temp=85"), 50);
}

static void an_expression_is_no_number(void **state)
{
	(void)state;
	assert_true(isnan(temperature_of(".param t=85\n.temp {t}")));
	assert_true(isnan(temperature_of(".param t=85\n.options temp={t}")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_card_it_is_27),
		cmocka_unit_test(the_last_card_counts),
		cmocka_unit_test(options_have_it_too_but_a_card_comes_first),
		cmocka_unit_test(an_expression_is_no_number),
	};

	return run_all_tests(tests);
}
