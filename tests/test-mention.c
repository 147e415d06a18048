/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of nets and elements in the text of cards. */
#include <stdio.h>
#include <string.h>

#include "circuit/mention.h"
#include "support-circuit.h"

struct collector {
	const char *card;
	char found[256];
};

static void collect(void *arg, enum mention_kind kind, uint32_t begin, uint32_t length)
{
	struct collector *collector = arg;
	size_t used = strlen(collector->found);

	snprintf(collector->found + used, sizeof(collector->found) - used, "%s%s%.*s",
		 used ? " " : "", kind == MENTION_NET ? "" : "!", (int)length,
		 collector->card + begin);
}

/* What the card names: nets as they are, elements behind "!". */
static void assert_mentions(const char *card, const char *expected)
{
	struct collector collector = {.found = ""};
	struct carom_circuit *c;
	char deck[512];

	snprintf(deck, sizeof(deck), "t\nr1 a 0 1\n.model sm csw\n%s\n.end\n", card);
	c = import_deck(deck);
	collector.card = c->cards[3].text;
	mention_each(c, &c->cards[3], collect, &collector);
	assert_string_equal(collector.found, expected);
	carom_circuit_free(c);
}

static void controls_and_couplings_name_elements(void **state)
{
	(void)state;
	assert_mentions("f1 a 0 v1 2", "!v1 !2");
	assert_mentions("h1 a 0 poly(2) v1 v2 1 2", "!poly !2 !v1 !v2 !1 !2");
	assert_mentions("w1 a 0 v1 sm", "!v1 !sm");
	assert_mentions("k1 l1 l2 0.9", "!l1 !l2 !0.9");
}

static void expressions_name_both(void **state)
{
	(void)state;
	assert_mentions("b1 a 0 v=v(in)*i(v1)+V( a , b )", "in !v1 a b");
	assert_mentions("r2 a 0 r={1+v(c)}", "c");
	assert_mentions("e1 a 0 vol='v(x1.q)-i(v.x1.v2)'", "x1.q !v.x1.v2");
	assert_mentions("b1 a 0 v=vv(in)+max(v1,2)", "");
	assert_mentions("v1 a 0 pulse(0 1 2 3)", "");
	assert_mentions("b1 a 0 i=@q1[ic]", "!q1");
}

static void dot_cards_name_both(void **state)
{
	(void)state;
	assert_mentions(".save out i(v1) @m1[id] l1#branch v(a,b)", "out !v1 !m1 !l1 a b");
	assert_mentions(".ic v(a)=1", "a");
	assert_mentions(".pz a 0 b 0 vol pz", "a 0 b 0");
	assert_mentions(".tf v(a) v1", "!v !a !v1 a");
	assert_mentions(".meas ac m find vdb(out) when vp(in)=1", "out in");
	assert_mentions(".print tran v(l1#branch)", "!l1");
	assert_mentions(".global vdd vss", "vdd vss");
	assert_mentions(".options reltol=1", "");
	assert_mentions(".model d1 d(v(x)=1)", "");
}

static void code_models_name_their_connections(void **state)
{
	(void)state;
	assert_mentions("a1 in [b ~c] %vnam(v1) %vd(p n) out model", "in b c !v1 p n out");
}

static void the_list_holds_the_cards_that_name_anything(void **state)
{
	struct carom_circuit *c =
		import_deck("t\nr1 a 0 1\nf1 a 0 v1 2\nr2 a 0 1\n.ic v(a)=1\n.end\n");

	(void)state;
	assert_true(mention_list(c));
	assert_int_equal(c->mentions.n_cards, 2);
	assert_int_equal(c->mentions.cards[0], 2);
	assert_int_equal(c->mentions.cards[1], 4);
	carom_add_element(c, "k1 l1 l2 1", NULL);
	assert_true(mention_list(c));
	assert_int_equal(c->mentions.n_cards, 3);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(controls_and_couplings_name_elements),
		cmocka_unit_test(expressions_name_both),
		cmocka_unit_test(dot_cards_name_both),
		cmocka_unit_test(code_models_name_their_connections),
		cmocka_unit_test(the_list_holds_the_cards_that_name_anything),
	};

	return run_all_tests(tests);
}
