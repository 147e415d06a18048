/* SPDX-License-Identifier: BSD-3-Clause */
/* What is left out of a deck, and what is not. */
#include "circuit/prune.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support-circuit.h"

static void check_sent(const char *deck, const char *expected, int line)
{
	const struct carom_emit_options options = {.size = sizeof(options), .only_reached = true};
	struct carom_circuit *circuit = import_deck(deck);
	char *text = carom_circuit_to_text(circuit, &options);

	carom_circuit_free(circuit);
	if (strcmp(text, expected) != 0)
		print_error("sent:\n%s", text);
	_assert_int_equal(strcmp(text, expected), 0, __FILE__, line);
	free(text);
}

/* The body of a deck, and what of it is sent. */
#define assert_sent(body, expected) \
	check_sent("t\n" body ".op\n.end\n", "t\n" expected ".op\n.end\n", __LINE__)
#define assert_all_sent(body) assert_sent(body, body)

static void what_acts_is_sent(void **state)
{
	(void)state;
	assert_all_sent("v1 a 0 1\nr1 a 0 1k\n.options reltol=1m\n.ic v(a)=1\n.temp 27\n"
			".global vdd\n.save v(a)\n.nosuchcard x\n.csparam y=1\n");
}

static void subcircuits_are_followed_through_every_level(void **state)
{
	(void)state;
	assert_sent("x1 a mid\n.subckt low p\nr1 p 0 1\n.ends\n.subckt idle p\nx1 p low\n.ends\n"
		    ".subckt mid p\nx1 p LOW\n.ends\n.subckt idle2 p\nx1 p idle\n.ends\n",
		    "x1 a mid\n.subckt low p\nr1 p 0 1\n.ends\n"
		    ".subckt mid p\nx1 p LOW\n.ends\n");
	assert_sent("x1 a out\n.subckt out p\n.subckt in q\nr1 q 0 1\n.ends\n.subckt idle q\n"
		    "r1 q 0 1\n.ends\nx1 p in\n.ends\n",
		    "x1 a out\n.subckt out p\n.subckt in q\nr1 q 0 1\n.ends\nx1 p in\n.ends\n");
}

static void a_circle_of_subcircuits_is_sent_once(void **state)
{
	(void)state;
	assert_all_sent("x1 a s\n.subckt s p\nx1 p t\n.ends\n.subckt t p\nx1 p s\n.ends\n");
	assert_sent("r1 a 0 1\n.subckt s p\nx1 p t\n.ends\n.subckt t p\nx1 p s\n.ends\n",
		    "r1 a 0 1\n");
}

static void models_are_sent_with_all_their_bins(void **state)
{
	(void)state;
	assert_sent("m1 a a 0 0 nch w=1u l=1u\n.model nch.1 nmos\n.model nch.2 nmos\n"
		    ".model pch.1 pmos\nd1 a 0 1n4148-a\n.model 1n4148-a d\n.model 1n4007 d\n",
		    "m1 a a 0 0 nch w=1u l=1u\n.model nch.1 nmos\n.model nch.2 nmos\n"
		    "d1 a 0 1n4148-a\n.model 1n4148-a d\n");
	assert_sent(".model b ako: a npn(bf=2)\n.model a npn\n.model c npn\nq1 1 2 0 b\n",
		    ".model b ako: a npn(bf=2)\n.model a npn\nq1 1 2 0 b\n");
}

static void names_of_model_parameters_are_no_references(void **state)
{
	(void)state;
	assert_sent(".param is=1 bf={2*vt} vt=3 n=4\nd1 a 0 dd\n.model dd d(is=1f n = {bf==1})\n",
		    ".param bf={2*vt} vt=3\nd1 a 0 dd\n.model dd d(is=1f n = {bf==1})\n");
}

static void parameters_are_followed_through_each_other(void **state)
{
	(void)state;
	assert_sent(".param a={2*b} b='c+1'\n.param c=3\n.param d={a}\nr1 x 0 {a}\n",
		    ".param a={2*b} b='c+1'\n.param c=3\nr1 x 0 {a}\n");
	assert_sent(".param d={a}\nr1 x 0 1\n", "r1 x 0 1\n");
}

static void of_a_card_the_parameters_in_use_are_sent(void **state)
{
	(void)state;
	assert_sent(".PARAM  a = 1   b = {a * 2}, c='3'\nr1 x 0 {C}\n",
		    ".param c='3'\nr1 x 0 {C}\n");
	assert_sent(".param a=1 b=2\nr1 x 0 {a+b}\n", ".param a=1 b=2\nr1 x 0 {a+b}\n");
}

static void all_definitions_of_a_name_are_sent(void **state)
{
	(void)state;
	assert_all_sent(".param a=1\n.param a=2\nx1 a s\nd1 a 0 dd\n.subckt s p\nr1 p 0 {a}\n"
			".ends\n.subckt s p\nr1 p 0 2\n.ends\n.model dd d\n.model dd d(is=1f)\n");
}

static void parameters_are_looked_for_in_every_scope(void **state)
{
	(void)state;
	assert_sent(".param w=1 v=1 u=1\nx1 a s k={u}\n.subckt s p k=3\n.param w=2 idle=3\n"
		    "r1 p 0 {w*v*k}\n.ends\n",
		    ".param w=1 v=1 u=1\nx1 a s k={u}\n.subckt s p k=3\n.param w=2\n"
		    "r1 p 0 {w*v*k}\n.ends\n");
}

static void functions_are_sent_with_what_they_name(void **state)
{
	(void)state;
	assert_sent(".func f(x) {g(x)*k}\n.func g(x) {x}\n.func h(x) {x}\n.param k=1 j=2\n"
		    "r1 a 0 {f(1)}\n",
		    ".func f(x) {g(x)*k}\n.func g(x) {x}\n.param k=1\nr1 a 0 {f(1)}\n");
}

static void a_param_card_with_a_function_is_sent_as_it_is(void **state)
{
	(void)state;
	assert_sent(".param f(x)={x*k} z=1\n.param k=2 j=3\nr1 a 0 1\n",
		    ".param f(x)={x*k} z=1\n.param k=2\nr1 a 0 1\n");
}

static void what_stands_in_an_if_is_sent(void **state)
{
	(void)state;
	assert_sent(".param c=1 k=2 j=3\n.if (c==1)\n.model d1 d\n.if (0)\n.param z={k}\n.endif\n"
		    ".subckt idle p\nr1 p 0 1\n.ends\n.endif\n.model d2 d\nr1 a 0 1\n",
		    ".param c=1 k=2\n.if (c==1)\n.model d1 d\n.if (0)\n.param z={k}\n.endif\n"
		    ".subckt idle p\nr1 p 0 1\n.ends\n.endif\nr1 a 0 1\n");
}

static void whatever_card_names_a_parameter_reaches_it(void **state)
{
	(void)state;
	assert_sent(".param a=1 b=2 c=3 d=4 e=5 f=6 z=7\n.options temp={a}\n.ic v(x)=b\n"
		    ".meas tran y find v(x) at='c'\n.nosuchcard d\nb1 x 0 v=e*v(x)\n"
		    ".save @m.x1.f[vth]\n",
		    ".param a=1 b=2 c=3 d=4 e=5 f=6\n.options temp={a}\n.ic v(x)=b\n"
		    ".meas tran y find v(x) at='c'\n.nosuchcard d\nb1 x 0 v=e*v(x)\n"
		    ".save @m.x1.f[vth]\n");
}

static void the_title_names_nothing(void **state)
{
	(void)state;
	check_sent("amp with dd\nr1 a 0 1\n.model dd d\n.end\n", "amp with dd\nr1 a 0 1\n.end\n",
		   __LINE__);
}

static void with_a_seed_all_that_draws_is_sent(void **state)
{
	(void)state;
	assert_sent(
		".options seed=7\n.param y={2*x}\n.param x=agauss(1,2,3) z=4\n.func f(a) {a*x}\n"
		"r1 a 0 1\n",
		".options seed=7\n.param y={2*x}\n.param x=agauss(1,2,3)\n.func f(a) {a*x}\n"
		"r1 a 0 1\n");
	assert_sent(".options seedinfo\n.param x=agauss(1,2,3)\nr1 a 0 1\n",
		    ".options seedinfo\nr1 a 0 1\n");
}

static void a_deck_that_runs_commands_is_sent_whole(void **state)
{
	static const char deck[] = "t\nr1 a 0 1\n.model dd d\n.param p=1\n.control\necho $&p\n"
				   ".endc\n.op\n.end\n";
	const struct carom_import_options trusted = {.size = sizeof(trusted), .is_trusted = true};
	const struct carom_emit_options options = {.size = sizeof(options), .only_reached = true};
	struct carom_circuit *circuit;
	struct carom_error err = CAROM_ERROR_INIT;
	char *text;

	(void)state;
	carom_circuit_import_text(&circuit, deck, strlen(deck), "t.cir", &trusted, &err);
	assert_ok(&err);
	text = carom_circuit_to_text(circuit, &options);
	assert_string_equal(text, deck);
	free(text);
	carom_circuit_free(circuit);
}

static void a_chain_of_thousands_needs_no_stack(void **state)
{
	enum { N = 20000 };
	struct text deck = TEXT_INIT;
	struct carom_circuit *circuit;
	struct carom_reach reach;

	(void)state;
	text_append(&deck, "top\nx1 a s0\n");
	for (int i = 0; i < N; i++)
		text_printf(&deck, ".subckt s%d p\nx1 p s%d\n.ends\n", i, i + 1);
	text_printf(&deck, ".subckt s%d p\nr1 p 0 1\n.ends\n.end\n", N);
	circuit = import_deck(text_string(&deck));
	assert_int_equal(carom_circuit_reach(circuit, &reach, NULL), 0);
	assert_int_equal(reach.subcircuits.sent, N + 1);
	carom_circuit_free(circuit);
	text_release(&deck);
}

/* ---- keeping, counting ---- */

static void what_is_kept_is_sent_as_it_is_written(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\n.param a=1 b=2 c={k}\n.param k=1 j=2\n.model dd d(n={j})\n"
			    "r1 x 0 {a}\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	struct prune prune;

	(void)state;
	assert_int_equal(prune_init(&prune, circuit, &err), 0);
	assert_true(prune_reaches_param(&prune, "A"));
	assert_false(prune_reaches_param(&prune, "b"));
	assert_false(prune_reaches_param(&prune, "nosuch"));
	assert_false(prune_sends(&prune, 0, 2));
	prune_keep(&prune, "A");
	assert_true(prune_reaches_param(&prune, "b"));
	assert_true(prune_reaches_param(&prune, "k"));
	assert_false(prune_reaches_param(&prune, "j"));
	prune_keep(&prune, "dd");
	assert_true(prune_sends(&prune, 0, 3));
	assert_true(prune_reaches_param(&prune, "j"));
	prune_release(&prune);
	carom_circuit_free(circuit);
}

static void a_deck_without_definitions_is_sent_whole(void **state)
{
	struct carom_circuit *circuit = import_deck("t\nr1 x 0 1\n.end\n");
	struct prune prune;

	(void)state;
	assert_int_equal(prune_init(&prune, circuit, NULL), 0);
	assert_true(prune.sends_all);
	prune_keep(&prune, "r1");
	assert_true(prune_sends(&prune, 0, 1));
	prune_release(&prune);
	carom_circuit_free(circuit);
}

static void assert_share(const struct carom_share *share, size_t sent, size_t all)
{
	assert_int_equal(share->sent, sent);
	assert_int_equal(share->all, all);
}

static void what_is_sent_is_counted(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\n.param a=1 b=2\n.param c=3\n.func f(x) {x}\n.func g(x) {x}\n"
			    ".subckt s p k=1\n.model dd d\nd1 p 0 dd {f(a)}\n.ends\n"
			    ".subckt idle p\n.param j=1\n.model dd d\n.ends\nx1 n s\n.op\n.end\n");
	struct carom_reach reach;

	(void)state;
	assert_int_equal(carom_circuit_reach(circuit, &reach, NULL), 0);
	assert_share(&reach.cards, 10, 16);
	assert_share(&reach.subcircuits, 1, 2);
	assert_share(&reach.models, 1, 2);
	assert_share(&reach.params, 1, 4);
	assert_share(&reach.functions, 1, 2);
	carom_circuit_free(circuit);
}

static void what_was_removed_reaches_nothing(void **state)
{
	struct carom_circuit *circuit = import_deck("t\nr1 a 0 {p}\nr2 a 0 1\n.param p=1\n.end\n");
	struct carom_reach reach;

	(void)state;
	assert_int_equal(carom_element_remove(circuit, element_called(circuit, "r1"), NULL), 0);
	assert_int_equal(carom_circuit_reach(circuit, &reach, NULL), 0);
	assert_share(&reach.cards, 3, 4);
	assert_share(&reach.params, 0, 1);
	carom_circuit_free(circuit);
}

/* ---- memory ---- */

static int try_reach(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_reach reach;
	int status = carom_circuit_reach(arg, &reach, &err);

	assert_int_equal(status, err.status);
	return status;
}

static int count_bytes(void *arg, const struct carom_card *card)
{
	*(size_t *)arg += card->length;
	return 0;
}

static int try_emit(void *arg)
{
	const struct carom_emit_options options = {.size = sizeof(options), .only_reached = true};
	size_t n = 0;

	return carom_circuit_emit(arg, &options, count_bytes, &n);
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\n.options seed=1\n.param a={b} b=agauss(1,2,3) c=3\nx1 n s\n"
			    ".subckt s p\n.model dd d\nd1 p 0 dd\nr1 p 0 {a}\n.ends\n.end\n");

	(void)state;
	assert_survives_no_memory(try_reach, circuit);
	assert_survives_no_memory(try_emit, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_acts_is_sent),
		cmocka_unit_test(subcircuits_are_followed_through_every_level),
		cmocka_unit_test(a_circle_of_subcircuits_is_sent_once),
		cmocka_unit_test(models_are_sent_with_all_their_bins),
		cmocka_unit_test(names_of_model_parameters_are_no_references),
		cmocka_unit_test(parameters_are_followed_through_each_other),
		cmocka_unit_test(of_a_card_the_parameters_in_use_are_sent),
		cmocka_unit_test(all_definitions_of_a_name_are_sent),
		cmocka_unit_test(parameters_are_looked_for_in_every_scope),
		cmocka_unit_test(functions_are_sent_with_what_they_name),
		cmocka_unit_test(a_param_card_with_a_function_is_sent_as_it_is),
		cmocka_unit_test(what_stands_in_an_if_is_sent),
		cmocka_unit_test(whatever_card_names_a_parameter_reaches_it),
		cmocka_unit_test(the_title_names_nothing),
		cmocka_unit_test(with_a_seed_all_that_draws_is_sent),
		cmocka_unit_test(a_deck_that_runs_commands_is_sent_whole),
		cmocka_unit_test(a_chain_of_thousands_needs_no_stack),
		cmocka_unit_test(what_is_kept_is_sent_as_it_is_written),
		cmocka_unit_test(a_deck_without_definitions_is_sent_whole),
		cmocka_unit_test(what_is_sent_is_counted),
		cmocka_unit_test(what_was_removed_reaches_nothing),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
