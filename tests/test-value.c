/* SPDX-License-Identifier: BSD-3-Clause */
/* Values on cards: where they stand, what they are, and their edit. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "circuit/cache.h"
#include "support-circuit.h"

static struct carom_circuit *deck_of(const char *card)
{
	char deck[512];

	snprintf(deck, sizeof(deck), "t\n.model qn npn\n.model nm nmos\n.model rm r\n%s\n", card);
	return import_deck(deck);
}

static const struct carom_element first = {0};

static void main_values_are_read_from_the_card(void **state)
{
	static const struct {
		const char *card;
		double value;
	} cases[] = {
		{"r1 a b 4.7k", 4700},    {"R1 (a b) 1MEG tc1=1m", 1e6},
		{"r1 a b r=2k", 2000},    {"r1 a b Resistance = 3", 3},
		{"r1 a b rm 5", 5},       {"r1 a b 5 rm l=3", 5},
		{"r1 1 2 100ohm", 100},   {"c1 a b 10p ic=1", 1e-11},
		{"c1 a b c=1n", 1e-9},    {"c1 a b cap=2n", 2e-9},
		{"l1 a b 47u", 47e-6},    {"l1 a b l=1", 1},
		{"k1 l1 l2 0.99", 0.99},  {"v1 a 0 5", 5},
		{"v1 a 0 dc 5 ac 1", 5},  {"v1 a 0 DC = 6", 6},
		{"v1 a 0 ac 1 dc 7", 7},  {"v1 a 0 sin(0 1 1k) dc 8", 8},
		{"i1 a 0 -1m", -1e-3},    {"e1 a b d e 10", 10},
		{"e1 1 2 3 4 10", 10},    {"g1 a b d e 1m", 1e-3},
		{"f1 a b v1 2", 2},       {"h1 a b v1 1k", 1000},
		{"e1 a b d e gain=4", 4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_circuit *c = deck_of(cases[i].card);
		double value;

		assert_int_equal(carom_element_value(c, first, &value, &err), 0);
		assert_ok(&err);
		assert_same_bits(value, cases[i].value);
		carom_circuit_free(c);
	}
}

static void elements_without_a_number_of_their_own_say_so(void **state)
{
	static const char *const cards[] = {
		"r1 a b",
		"r1 a b rm l=1u",
		"v1 a 0",
		"v1 a 0 pulse(0 1 2)",
		"v1 a 0 ac 1",
		"e1 a b vol='v(d)'",
		"e1 1 2 poly(1) 3 4 5",
		"e1 1 2 and(1) 3 4 5",
		"f1 a b poly(1) v1 0 5",
		"b1 a b v=5",
		"q1 c b e qn 2",
		"x1 a b sub",
		"a1 x y am",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_circuit *c = deck_of(cards[i]);
		char message[100];
		double value = 77;

		assert_int_equal(carom_element_value(c, first, &value, &err),
				 CAROM_ERROR_PARAMETER);
		snprintf(message, sizeof(message),
			 "%.2s: the card has no value that is a number of its own", cards[i]);
		assert_string_equal(err.text, message);
		assert_string_equal(err.source, "t.cir");
		assert_int_equal(err.line, 5);
		assert_same_bits(value, 77);
		assert_int_equal(carom_element_set_value(c, first, 1, NULL), CAROM_ERROR_PARAMETER);
		carom_circuit_free(c);
	}
}

static void an_expression_is_a_place_without_a_number(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = deck_of("r1 a b {2*x} tc1=1");
	struct value_place place;
	double value;

	(void)state;
	assert_int_equal(circuit_element_value_place(c, first, &place, &err), 0);
	assert_true(isnan(place.number));
	assert_memory_equal(c->cards[place.card].text + place.begin, "{2*x}", place.length);
	assert_int_equal(carom_element_value(c, first, &value, &err), CAROM_ERROR_PARAMETER);
	assert_string_equal(err.text, "r1: \"{2*x}\" is not a plain number");
	assert_int_equal(carom_element_set_value(c, first, 5, NULL), 0);
	assert_string_equal(c->cards[4].text, "r1 a b 5 tc1=1");
	carom_circuit_free(c);
}

static void a_value_is_set_where_it_stands(void **state)
{
	static const char *const cases[][2] = {
		{"r1 a b 4.7k tc1=1", "r1 a b 2.5 tc1=1"},
		{"r1 1 2 r = 4.7k", "r1 1 2 r = 2.5"},
		{"v1 a 0 dc 5 ac 1", "v1 a 0 dc 2.5 ac 1"},
		{"v1 a 0 ac 1 dc=5", "v1 a 0 ac 1 dc=2.5"},
		{"k1 l1 l2 1", "k1 l1 l2 2.5"},
		{"e1 1 2 3 4 5", "e1 1 2 3 4 2.5"},
		{"h1 1 2 v3 5", "h1 1 2 v3 2.5"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct carom_circuit *c = deck_of(cases[i][0]);
		double value;

		assert_int_equal(carom_element_set_value(c, first, 2.5, NULL), 0);
		circuit_flush(c);
		assert_string_equal(c->cards[4].text, cases[i][1]);
		assert_int_equal(carom_element_value(c, first, &value, NULL), 0);
		assert_same_bits(value, 2.5);
		carom_circuit_free(c);
	}
}

static void bad_values_and_handles_are_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = deck_of("r1 a b 1");
	struct carom_element none = {CAROM_NO_INDEX};
	double value;

	(void)state;
	assert_int_equal(carom_element_set_value(c, first, (double)NAN, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "r1: the value must be finite");
	assert_int_equal(carom_element_set_value(c, first, 2, &err), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_element_value(c, none, &value, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_element_set_value(c, none, 2, NULL), CAROM_ERROR_ARGUMENT);
	assert_string_equal(c->cards[4].text, "r1 a b 1");
	carom_circuit_free(c);
}

static void instance_parameters_are_found_on_the_card(void **state)
{
	static const struct {
		const char *card, *param;
		double value;
	} cases[] = {
		{"m1 d g s b nm L=1u W = 2u", "w", 2e-6},
		{"m1 d g s b nm L=1u W = 2u", "l", 1e-6},
		{"q1 c b e qn 2.5 off", "area", 2.5},
		{"q1 c b e qn off area=3", "AREA", 3},
		{"r1 a b 1k tc1=1m tc2=2m", "tc2", 2e-3},
		{"r1 a b 1k tc1=1m", "resistance", 1000},
		{"r1 a b 1k tc1=1m", "r", 1000},
		{"c1 a b 1n ic=2", "c", 1e-9},
		{"c1 a b 1n ic=2", "cap", 1e-9},
		{"c1 a b 1n ic=2", "ic", 2},
		{"v1 a 0 dc 5 ac 3", "ac", 3},
		{"v1 a 0 dc 5 ac 3", "dc", 5},
		{"e1 a b d e 10", "gain", 10},
		{"t1 a b d e z0=50 td=1n", "td", 1e-9},
		{"x1 a b sub w=3 l=4", "l", 4},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_circuit *c = deck_of(cases[i].card);
		struct value_place place;

		circuit_element_param_place(c, first, cases[i].param, &place, &err);
		assert_ok(&err);
		assert_same_bits(place.number, cases[i].value);
		assert_int_equal(place.card, 4);
		carom_circuit_free(c);
	}
}

static void a_parameter_that_is_not_on_the_card_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = deck_of("m1 l w s b nm l=1u");
	struct value_place place;

	(void)state;
	assert_int_equal(circuit_element_param_place(c, first, "w", &place, &err),
			 CAROM_ERROR_PARAMETER);
	assert_string_equal(err.text, "m1: the card does not say w");
	assert_int_equal(circuit_element_param_place(c, first, "area", &place, NULL),
			 CAROM_ERROR_PARAMETER);
	carom_circuit_free(c);
}

static void model_parameters_are_found_on_their_card(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c =
		import_deck("t\nr1 a b 1\n.model bf npn (bf=100 is = 1e-15\n+ vaf={v} level=1)\n");
	const struct model *model = circuit_find_model(c, "bf");
	struct value_place place;

	(void)state;
	assert_int_equal(circuit_model_param_place(c, model, "BF", &place, &err), 0);
	assert_same_bits(place.number, 100);
	assert_int_equal(circuit_model_param_place(c, model, "is", &place, &err), 0);
	assert_same_bits(place.number, 1e-15);
	assert_int_equal(circuit_model_param_place(c, model, "level", &place, &err), 0);
	assert_same_bits(place.number, 1);
	assert_int_equal(circuit_model_param_place(c, model, "vaf", &place, &err), 0);
	assert_true(isnan(place.number));
	assert_memory_equal(c->cards[place.card].text + place.begin, "{v}", place.length);
	assert_int_equal(circuit_model_param_place(c, model, "ikf", &place, &err),
			 CAROM_ERROR_PARAMETER);
	assert_string_equal(err.text, "model bf does not say ikf");
	carom_circuit_free(c);
}

static void parameters_of_the_deck_are_found(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = import_deck("t\nr1 a b 1\n.param x=4.7k y={x*2}\n");
	struct value_place place;

	(void)state;
	assert_int_equal(circuit_param_place(c, "X", &place, &err), 0);
	assert_same_bits(place.number, 4700);
	assert_int_equal(circuit_param_place(c, "y", &place, &err), 0);
	assert_true(isnan(place.number));
	assert_int_equal(circuit_param_place(c, "z", &place, &err), CAROM_ERROR_PARAMETER);
	assert_string_equal(err.text, "no parameter z");
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(main_values_are_read_from_the_card),
		cmocka_unit_test(elements_without_a_number_of_their_own_say_so),
		cmocka_unit_test(an_expression_is_a_place_without_a_number),
		cmocka_unit_test(a_value_is_set_where_it_stands),
		cmocka_unit_test(bad_values_and_handles_are_refused),
		cmocka_unit_test(instance_parameters_are_found_on_the_card),
		cmocka_unit_test(a_parameter_that_is_not_on_the_card_is_told),
		cmocka_unit_test(model_parameters_are_found_on_their_card),
		cmocka_unit_test(parameters_of_the_deck_are_found),
	};

	return run_all_tests(tests);
}
