/* SPDX-License-Identifier: BSD-3-Clause */
/* Elements' cards: which words are nets and which is the model. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "circuit/circuit.h"
#include "support-circuit.h"

struct layout {
	const char *card;
	const char *nets;
	const char *model; /* "" for none */
};

/* Each card by itself in a deck that has these models and this subcircuit. */
static void assert_layouts(const struct layout *layouts, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct carom_circuit *c;
		const struct element *element;
		char deck[1000], name[32];

		snprintf(deck, sizeof(deck),
			 "t\n.model qn npn\n.model 2n2222 npn\n.model nm nmos\n"
			 ".model bin.1 nmos\n.model dm d\n.model rm r\n%s\n",
			 layouts[i].card);
		c = import_deck(deck);
		snprintf(name, sizeof(name), "%.*s", (int)strcspn(layouts[i].card, " "),
			 layouts[i].card);
		assert_nets(c, name, layouts[i].nets);
		element = &c->elements[0];
		if (layouts[i].model[0] == '\0') {
			assert_int_equal(element->model, NAME_NONE);
		} else {
			assert_int_equal(
				name_compare(name_text(c->names, element->model), layouts[i].model),
				0);
			assert_memory_equal(c->cards[element->card].text + element->model_begin,
					    layouts[i].model, strlen(layouts[i].model));
		}
		carom_circuit_free(c);
	}
}

#define ASSERT_LAYOUTS(layouts) assert_layouts((layouts), sizeof(layouts) / sizeof((layouts)[0]))

static void simple_elements_have_their_nets_first(void **state)
{
	static const struct layout layouts[] = {
		{"r1 a b 1k", "a b", ""},
		{"r1 a b", "a b", ""},
		{"r1 (a b) 1k", "a b", ""},
		{"R1 1 0 {x}", "1 0", ""},
		{"c1 a b 1n ic=3", "a b", ""},
		{"l1 a b 1u", "a b", ""},
		{"v1 a GND pulse(0 1 2)", "a 0", ""},
		{"i1 a 0 dc 5", "a 0", ""},
		{"b1 a 0 v=v(b)*2", "a 0", ""},
		{"t1 a b d e z0=50 td=1n", "a b d e", ""},
		{"f1 a b v1 10", "a b", ""},
		{"k1 l1 l2 0.5", "", ""},
	};

	(void)state;
	ASSERT_LAYOUTS(layouts);
}

static void passive_elements_may_have_a_model(void **state)
{
	static const struct layout layouts[] = {
		{"r1 a b rm l=1u w=2u", "a b", "rm"}, {"r1 a b 1k RM", "a b", "RM"},
		{"r1 a b r=1k rm", "a b", "rm"},      {"r1 a b rx 1k", "a b", ""},
		{"c1 a b 1n m=2", "a b", ""},
	};

	(void)state;
	ASSERT_LAYOUTS(layouts);
}

static void transistors_have_as_many_nets_as_stand_before_the_model(void **state)
{
	static const struct layout layouts[] = {
		{"q1 c b e qn", "c b e", "qn"},
		{"q1 c b e 0 QN 2 off", "c b e 0", "QN"},
		{"q1 c b e s t qn area=3", "c b e s t", "qn"},
		{"q1 1 2 3 2n2222 2", "1 2 3", "2n2222"},
		{"m1 d g s b nm l=1u w=1u", "d g s b", "nm"},
		{"m1 d g s nm", "d g s", "nm"},
		{"m1 d g s b 5 6 7 nm", "d g s b 5 6 7", "nm"},
		{"m1 d g s b bin l=1u", "d g s b", "bin"},
		{"d1 a k dm 2", "a k", "dm"},
		{"d1 a k tj dm thermal", "a k tj", "dm"},
		{"j1 d g s jm", "d g s", "jm"},
		{"z1 d g s zm", "d g s", "zm"},
	};

	(void)state;
	ASSERT_LAYOUTS(layouts);
}

static void a_model_that_is_not_in_the_deck_is_guessed(void **state)
{
	static const struct layout layouts[] = {
		{"q1 c b e other", "c b e", "other"},
		{"q1 c b e other 2", "c b e", "other"},
		{"q1 c b e other off", "c b e", "other"},
		{"q1 c b e s other area=2", "c b e s", "other"},
		{"q1 1 2 3 4 other", "1 2 3 4", "other"},
		{"m1 1 2 3 4 5 other w=1", "1 2 3 4 5", "other"},
		{"m1 d g s b other", "d g s b", "other"},
		{"d1 a k other", "a k", "other"},
		{"d1 a k other {area}", "a k", "other"},
	};

	(void)state;
	ASSERT_LAYOUTS(layouts);
}

static void other_kinds_with_a_model_are_read(void **state)
{
	static const struct layout layouts[] = {
		{"s1 a b d e sm on", "a b d e", "sm"},
		{"w1 a b v1 wm", "a b", "wm"},
		{"o1 a b d e om", "a b d e", "om"},
		{"u1 a b d um l=1", "a b d", "um"},
		{"y1 a 0 b 0 ym len=1", "a 0 b 0", "ym"},
		{"p1 a b 0 d e 0 pm len=1", "a b 0 d e 0", "pm"},
		{"n1 a b d nm2 w=1", "a b d", "nm2"},
		{"a1 [x y] z am", "", "am"},
		{"x1 a b amp", "a b", "amp"},
		{"x1 a b amp gain=3", "a b", "amp"},
		{"x1 a b amp params: gain = 3 x=1", "a b", "amp"},
		{"x1 amp", "", "amp"},
	};

	(void)state;
	ASSERT_LAYOUTS(layouts);
}

static void controlled_sources_have_four_nets_or_an_expression(void **state)
{
	static const struct layout layouts[] = {
		{"e1 a b d e 10", "a b d e", ""},
		{"g1 a 0 d 0 1m", "a 0 d 0", ""},
		{"e1 a b vol='v(d)*2'", "a b", ""},
		{"g1 a b cur = {v(d)}", "a b", ""},
		{"e1 a b value={v(d)}", "a b", ""},
		{"e1 a b value {v(d)}", "a b", ""},
		{"e1 a b TABLE {v(d)} = (0,0) (1,1)", "a b", ""},
		{"e1 a b poly(2) d 0 e 0 0 1 1", "a b d 0 e 0", ""},
		{"g1 a b POLY ( 1 ) d 0 0 1", "a b d 0", ""},
		{"e1 a b nand(2) c 0 d 0 (1,0) (2,5)", "a b c 0 d 0", ""},
		{"e1 a b or ( d 0 ) 1", "a b or d", ""},
	};

	(void)state;
	ASSERT_LAYOUTS(layouts);
}

static void cards_with_too_few_words_are_refused(void **state)
{
	static const char *const cases[][2] = {
		{"k1 l1", "k1: a coupling needs 2 inductors and a value"},
		{"q1 c b qn", "q1: a bipolar transistor needs at least 3 nets and a model"},
		{"q1 c b e", "q1: a bipolar transistor needs at least 3 nets and a model"},
		{"m1 d g s w=1", "m1: a MOSFET needs at least 3 nets and a model"},
		{"j1 d g s", "j1: a JFET needs 3 nets and a model"},
		{"f1 a b", "f1: a current-controlled current source needs 2 nets, a voltage "
			   "source and a value"},
		{"w1 a b v1", "w1: a current switch needs 2 nets, a voltage source and a model"},
		{"e1 a b", "e1: a voltage-controlled voltage source needs 4 nets and a value"},
		{"e1 a b d", "e1: a voltage-controlled voltage source needs 4 nets and a value"},
		{"b1 a", "b1: a behavioural source needs 2 nets"},
		{"x1", "x1: a subcircuit needs nets and a name"},
		{"a1", "a1: a code model needs nets and a name"},
		{"e1 a b nor(x) d 0 1", "e1: nor needs a dimension from 1 to 100, as in poly(2)"},
		{"e1 a b poly(2) d 0 e",
		 "e1: a voltage-controlled voltage source needs 4 nets and a value"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char deck[256], message[256];

		snprintf(deck, sizeof(deck), "t\n.model qn npn\n%s\n", cases[i][0]);
		snprintf(message, sizeof(message), "t.cir:3: %s", cases[i][1]);
		assert_refused(deck, CAROM_ERROR_SYNTAX, message);
	}
}

static void a_model_behind_the_element_counts_too(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      "q1 c b e sub area\n"
					      ".subckt s a\nq1 a b e sub area\n.ends\n"
					      ".model area npn\n");

	(void)state;
	assert_nets(c, "q1", "c b e sub");
	assert_nets(circuit_find_child(c, "s"), "q1", "a b e sub");
	carom_circuit_free(c);
}

static const char *random_net(void)
{
	static const char *const nets[] = {"0",    "gnd", "a",  "b", "A", "out", "a_long_net_name",
					   "x1.y", "c",   "VDD"};

	return nets[random_bits() % (sizeof(nets) / sizeof(nets[0]))];
}

static void print_random_card(char *card, size_t size, int number)
{
	static const char *const formats[] = {
		"r%d %s %s 1k",         "r%d %s %s r=1k tc1=%s", "c%d (%s, %s) rm",
		"d%d %s %s dm off",     "d%d %s %s %s dm",       "m%d %s %s %s nm w=1u",
		"m%d %s %s %s %s nm",   "e%d %s %s %s %s 2",     "e%d %s %s poly(2) %s %s %s 0 1 1",
		"g%d %s %s cur={v(a)}", "q%d %s %s %s qn",       "k%d l1 l2 0.9",
		"b%d %s %s v=1",        "x%d %s %s %s sub p=1",  "a%d [%s %s] %s model",
		"v%d %s %s dc 1",       "s%d %s %s %s %s sm",    "f%d %s %s v1 2"};

	snprintf(card, size, formats[random_bits() % (sizeof(formats) / sizeof(formats[0]))],
		 number, random_net(), random_net(), random_net(), random_net(), random_net());
}

static void assert_same_element(const struct carom_circuit *a, const struct carom_circuit *b,
				size_t index)
{
	const struct element *one = &a->elements[index], *other = &b->elements[index];

	assert_string_equal(name_text(a->names, one->name), name_text(b->names, other->name));
	assert_int_equal(one->kind, other->kind);
	assert_int_equal(one->n_pins, other->n_pins);
	assert_int_equal(one->model_begin, other->model_begin);
	assert_int_equal(one->model == NAME_NONE, other->model == NAME_NONE);
	for (size_t i = 0; i < one->n_pins; i++)
		assert_int_equal(circuit_nets(a, one)[i], circuit_nets(b, other)[i]);
}

/* The cards of a deck are read in steps, several at a time; cards that are added, one by one. */
static void assert_cards_read_together_are_those_read_alone(int n_cards)
{
	static const char *const models[] = {".model qn npn", ".model nm nmos", ".model dm d",
					     ".model rm c", ".model sm sw"};
	struct carom_circuit *alone = carom_circuit_new("t", NULL), *together;
	struct carom_error err = CAROM_ERROR_INIT;
	struct text deck = TEXT_INIT;
	char card[200], *text;

	text_append(&deck, "t\n");
	for (int i = 0; i < n_cards; i++) {
		if ((size_t)i < sizeof(models) / sizeof(models[0])) {
			snprintf(card, sizeof(card), "%s", models[i]);
			carom_circuit_add_card(alone, card, &err);
		} else {
			print_random_card(card, sizeof(card), i);
			carom_add_element(alone, card, &err);
		}
		text_append(&deck, card);
		text_append(&deck, i % 50 == 7 ? "\n.subckt s a\nr1 a 0 1\n.ends\n" : "\n");
	}
	assert_ok(&err);
	text = text_take(&deck);
	together = import_deck(text);
	assert_int_equal(together->n_elements, alone->n_elements);
	assert_int_equal(together->n_nets, alone->n_nets);
	for (size_t i = 0; i < alone->n_nets; i++)
		assert_string_equal(name_text(together->net_table, together->net_names[i]),
				    name_text(alone->net_table, alone->net_names[i]));
	for (size_t i = 0; i < alone->n_elements; i++)
		assert_same_element(together, alone, i);
	mem_free(text);
	carom_circuit_free(together);
	carom_circuit_free(alone);
}

/* Looking ahead, in a deck of so many cards, and not. */
static void cards_read_together_are_those_read_alone(void **state)
{
	(void)state;
	assert_cards_read_together_are_those_read_alone(2000);
	assert_cards_read_together_are_those_read_alone(40000);
}

/* Though the resistor's first words are looked at before the instance's nets are entered. */
static void a_name_is_spelt_as_where_it_comes_first(void **state)
{
	struct text deck = TEXT_INIT;
	struct carom_circuit *c;
	char *text;

	(void)state;
	text_append(&deck, "t\nx1 In OUT sub\nr1 out iN 1\n.subckt sub a b\nr1 a b 1\n.ends\n");
	for (int i = 2; i < 40000; i++)
		text_printf(&deck, "r%d out In 1k\n", i);
	text = text_take(&deck);
	c = import_deck(text);
	assert_nets(c, "r1", "OUT In");
	assert_nets(c, "r39999", "OUT In");
	mem_free(text);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(simple_elements_have_their_nets_first),
		cmocka_unit_test(passive_elements_may_have_a_model),
		cmocka_unit_test(transistors_have_as_many_nets_as_stand_before_the_model),
		cmocka_unit_test(a_model_that_is_not_in_the_deck_is_guessed),
		cmocka_unit_test(other_kinds_with_a_model_are_read),
		cmocka_unit_test(controlled_sources_have_four_nets_or_an_expression),
		cmocka_unit_test(cards_with_too_few_words_are_refused),
		cmocka_unit_test(a_model_behind_the_element_counts_too),
		cmocka_unit_test(cards_read_together_are_those_read_alone),
		cmocka_unit_test(a_name_is_spelt_as_where_it_comes_first),
	};

	return run_all_tests(tests);
}
