/* SPDX-License-Identifier: BSD-3-Clause */
/* Which bins of a model are sent. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "circuit/prune.h"
#include "support-circuit.h"

/* n.1 to n.4: l from 1 to 2 and 2 to 4, w the same, of a model. */
#define BINS(n)                                                 \
	".model " n ".1 nmos lmin=1u lmax=2u wmin=1u wmax=2u\n" \
	".model " n ".2 nmos lmin=2u lmax=4u wmin=1u wmax=2u\n" \
	".model " n ".3 nmos lmin=1u lmax=2u wmin=2u wmax=4u\n" \
	".model " n ".4 nmos lmin=2u lmax=4u wmin=2u wmax=4u\n"

/* The bins of "n" that prune sends, as "13" for n.1 and n.3, wherever they stand. */
static void add_bins(const struct prune *prune, uint32_t node, struct text *sent)
{
	const struct carom_circuit *circuit = prune->definitions.nodes[node].circuit;

	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_MODEL && prune_sends(prune, node, 0) &&
		    prune_sends(prune, node, i) && strncmp(card->text, ".model n.", 9) == 0)
			text_append_n(sent, card->text + 9, strcspn(card->text + 9, " "));
	}
}

static void check_bins(const char *deck, const char *const *varied, size_t n_varied,
		       const char *expected, int line)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;
	struct text sent = TEXT_INIT;
	struct prune prune;

	assert_int_equal(prune_init_varied(&prune, circuit, varied, n_varied, &err), 0);
	for (uint32_t i = 0; i < prune.definitions.n_nodes; i++)
		add_bins(&prune, i, &sent);
	if (strcmp(text_string(&sent), expected) != 0)
		print_error("test-prune-bin.c:%d: sent \"%s\", expected \"%s\"\n", line,
			    text_string(&sent), expected);
	assert_string_equal(text_string(&sent), expected);
	prune_release(&prune);
	text_release(&sent);
	carom_circuit_free(circuit);
}

#define assert_bins(body, expected) \
	check_bins("t\n" body ".op\n.end\n", NULL, 0, expected, __LINE__)
#define assert_bins_when_varied(body, param, expected) \
	check_bins("t\n" body ".op\n.end\n", (const char *const[]){param}, 1, expected, __LINE__)

/* ---- what is selected ---- */

static void transistors_have_the_bins_that_their_size_is_in(void **state)
{
	(void)state;
	assert_bins("m1 d g s b n w=1.5u l=1.5u\n" BINS("n"), "1");
	assert_bins("m1 d g s b n w=3u l=1.5u\nm2 d g s b N w=1.5u l=3u\n" BINS("n"), "23");
	assert_bins(".options scale=1u\nm1 d g s b n w=3 l=3\n" BINS("n"), "4");
	assert_bins(".options wnflag=1\nm1 d g s b n w=3u l=3u nf=2\n" BINS("n"), "2");
}

static void on_a_limit_both_bins_are_sent(void **state)
{
	(void)state;
	assert_bins("m1 d g s b n w=2u l=1.5u\n" BINS("n"), "13");
	assert_bins("m1 d g s b n w=2u l=2u\n" BINS("n"), "1234");
	assert_bins("m1 d g s b n w=1.5u l=2.0015u\n" BINS("n"), "12");
	assert_bins("m1 d g s b n w=1.5u l=2.0025u\n" BINS("n"), "2");
}

static void sizes_are_followed_through_instances(void **state)
{
	(void)state;
	assert_bins("x1 a s w=1.5u\nx2 a s w=3u\n.subckt s d w=1u l=3u\nm1 d g s b n w={w} l=l\n"
		    ".ends\n" BINS("n"),
		    "24");
	assert_bins(
		"x1 a s w=1.5u\n.param w=3u k=1.5u\n.subckt s d w=1u\nx1 d t\n"
		"x2 d t v={2*w}\n.ends\n.subckt t d v=k\nm1 d g s b n w={v} l={k}\n.ends\n" BINS(
			"n"),
		"13");
	assert_bins("x1 a s w=1.5u\nx2 a s w=3u\n.subckt s d w=1u\nm1 d g s b n w={w} l=3u\n" BINS(
			    "n") ".ends\n",
		    "24");
}

static void a_subcircuit_may_have_the_name_of_its_model(void **state)
{
	(void)state;
	assert_bins("x1 a n\n.subckt n d w=3u\nm1 d g s b n w={w} l=1.5u\n" BINS("n") ".ends\n",
		    "3");
}

static void what_nobody_instantiates_selects_nothing(void **state)
{
	(void)state;
	assert_bins("m1 d g s b n w=1.5u l=1.5u\nr1 idle 0 1\n.subckt idle d\n"
		    "m1 d g s b n w=3u l=3u\n.ends\n" BINS("n"),
		    "1");
	assert_bins("r1 a 0 1\n" BINS("n"), "");
}

static void parameters_of_bins_left_out_are_left_out(void **state)
{
	const struct carom_emit_options options = {.size = sizeof(options), .only_reached = true};
	struct carom_circuit *circuit =
		import_deck("t\nm1 d g s b n w=1u l=1u\n.param p=1 q=2\n"
			    ".model n.1 nmos lmin=0 lmax=2u wmin=0 wmax=2u vth0={p}\n"
			    ".model n.2 nmos lmin=2u lmax=3u wmin=0 wmax=2u vth0={q}\n.op\n.end\n");
	char *text = carom_circuit_to_text(circuit, &options);

	(void)state;
	assert_string_equal(text, "t\nm1 d g s b n w=1u l=1u\n.param p=1\n"
				  ".model n.1 nmos lmin=0 lmax=2u wmin=0 wmax=2u vth0={p}\n"
				  ".op\n.end\n");
	free(text);
	carom_circuit_free(circuit);
}

/* ---- where all are sent ---- */

static void all_bins_are_sent_of_a_size_that_is_not_known(void **state)
{
	(void)state;
	assert_bins("m1 d g s b n w={agauss(1u,1u,1)} l=1.5u\n" BINS("n"), "1234");
	assert_bins("m1 d g s b n w={nosuch} l=1.5u\n" BINS("n"), "1234");
	assert_bins("m1 d g s b n w=1.5u\n" BINS("n"), "1234");
	assert_bins("m1 d g s b n w=1.5u l=99u\n" BINS("n"), "1234");
	assert_bins("m1 d g s b n w=1.5u l=1.5u\nm2 d g s b p w={nosuch} l=1u\n" BINS("n")
			    BINS("p"),
		    "1");
}

static void a_bin_whose_limits_are_not_known_is_sent(void **state)
{
	(void)state;
	assert_bins(".param k=3u\nm1 d g s b n w=1.5u l=1.5u\n.model n.7 nmos\n"
		    ".model n.8 nmos lmin={k} lmax=9u wmin=1u wmax=2u\n"
		    ".model n.9 nmos lmin={nosuch} lmax=9u wmin=1u wmax=2u\n" BINS("n"),
		    "791");
	assert_bins("x1 a s\n.param k=3u\n.subckt s d\nm1 d g s b n w=1.5u l=1.5u\n"
		    ".model n.8 nmos lmin={k} lmax=9u wmin=1u wmax=2u\n" BINS("n") ".ends\n",
		    "81");
}

static void all_bins_are_sent_where_conditions_decide(void **state)
{
	(void)state;
	assert_bins(
		"m1 d g s b n w=1.5u l=1.5u\n.param k=1\n.if (k==1)\nr1 d 0 1\n.endif\n" BINS("n"),
		"1234");
	assert_bins("m1 d g s b n w=1.5u l=1.5u\n.subckt idle d\n.if (1)\nr1 d 0 1\n.endif\n"
		    ".ends\n" BINS("n"),
		    "1");
}

static void with_a_seed_all_bins_are_sent(void **state)
{
	(void)state;
	assert_bins(".options seed=3\nm1 d g s b n w=1.5u l=1.5u\n" BINS("n"), "1234");
}

static void whatever_else_names_a_model_wants_all_its_bins(void **state)
{
	(void)state;
	assert_bins("m1 d g s b n w=1.5u l=1.5u\n.save @n.2[vth0]\n" BINS("n"), "1234");
	assert_bins("m1 d g s b n w=1.5u l=1.5u\nm2 d g s b n.3\n" BINS("n"), "1234");
	assert_bins("m1 d g n b n w=1.5u l=1.5u\n" BINS("n"), "1234");
}

/* ---- what varies ---- */

static void bins_that_depend_on_what_varies_are_all_sent(void **state)
{
	(void)state;
	assert_bins_when_varied(
		".param k=1.5u j=1\nm1 d g s b n w={k} l=1.5u\nr1 a 0 {j}\n" BINS("n"), "k",
		"1234");
	assert_bins_when_varied(
		".param k=1.5u j=1\nm1 d g s b n w={k} l=1.5u\nr1 a 0 {j}\n" BINS("n"), "j", "1");
	assert_bins_when_varied("x1 a s\nx2 a s\n.subckt s d w=1.5u l=1.5u\n"
				"m1 d g s b n w={w} l={l}\n.ends\n" BINS("n"),
				"x2:w", "1234");
	assert_bins_when_varied("x1 a s\nx2 a s\n.subckt s d w=1.5u l=1.5u j=1\n"
				"m1 d g s b n w={w} l={l}\nr1 d 0 {j}\n.ends\n" BINS("n"),
				"x2:j", "1");
	assert_bins_when_varied("m1 d g s b n w=3u l=1.5u\n" BINS("n"), "x9:nosuch", "3");
}

static void a_model_is_sent_in_part_if_bins_are_missing(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\nm1 d g s b n w=1.5u l=1.5u\nm2 d g s b p\n" BINS("n") BINS("p")
				    BINS("idle") ".end\n");
	struct prune prune;

	(void)state;
	assert_int_equal(prune_init(&prune, circuit, NULL), 0);
	assert_string_equal(prune_partial_model(&prune), "n");
	prune_keep(&prune, "n");
	assert_null(prune_partial_model(&prune));
	prune_release(&prune);
	carom_circuit_free(circuit);
}

/* ---- size ---- */

static size_t n_models_sent(const char *deck)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_reach reach;

	carom_circuit_reach(circuit, &reach, &err);
	assert_ok(&err);
	carom_circuit_free(circuit);
	return reach.models.sent;
}

/* Of 2^60 instances those that are alike are looked at once. */
static void instances_that_are_alike_are_looked_at_once(void **state)
{
	struct text deck = TEXT_INIT;

	(void)state;
	text_append(&deck, "t\nx1 a s0 w=1.5u\nx2 a s0 w=1.5u\n");
	for (int i = 0; i < 60; i++)
		text_printf(&deck, ".subckt s%d p w=1u\nx1 p s%d w={w}\nx2 q s%d w={w}\n.ends\n", i,
			    i + 1, i + 1);
	text_append(&deck,
		    ".subckt s60 p w=1u\nm1 d g s b n w={w} l=3u\n.ends\n" BINS("n") ".end\n");
	assert_int_equal(n_models_sent(text_string(&deck)), 1);
	text_release(&deck);
}

/* Each instance differs from its neighbour; there is an end to looking. */
static void of_instances_without_end_all_bins_are_sent(void **state)
{
	struct text deck = TEXT_INIT;

	(void)state;
	text_append(&deck, "t\nx1 a s0 w=1.5u\n");
	for (int i = 0; i < 60; i++)
		text_printf(&deck, ".subckt s%d p w=1u\nx1 p s%d w={w}\nx2 q s%d w={w+1f}\n.ends\n",
			    i, i + 1, i + 1);
	text_append(&deck,
		    ".subckt s60 p w=1u\nm1 d g s b n w={w} l=3u\n.ends\n" BINS("n") ".end\n");
	assert_int_equal(n_models_sent(text_string(&deck)), 4);
	text_release(&deck);
}

static void of_instances_nested_too_deep_all_bins_are_sent(void **state)
{
	enum { N = 20000 };
	struct text deck = TEXT_INIT;

	(void)state;
	text_append(&deck, "t\nx1 a s0\n");
	for (int i = 0; i < N; i++)
		text_printf(&deck, ".subckt s%d p\nx1 p s%d\n.ends\n", i, i + 1);
	text_printf(&deck, ".subckt s%d p\nm1 d g s b n w=3u l=3u\n.ends\n" BINS("n") ".end\n", N);
	assert_int_equal(n_models_sent(text_string(&deck)), 4);
	text_release(&deck);
}

/* More sizes than are remembered, each of them seen several times. */
static void every_size_counts(void **state)
{
	struct text deck = TEXT_INIT;

	(void)state;
	text_append(&deck, "t\n");
	for (int i = 0; i < 30000; i++)
		text_printf(&deck, "x%d a s w=%du j=%d\n", i, 1 + i % 10000, i);
	text_append(&deck, ".subckt s d w=1u j=1\nm1 d g s b n w={w} l=1u\nr1 d 0 {j}\n.ends\n");
	for (int i = 0; i < 20; i++)
		text_printf(&deck, ".model n.%d nmos lmin=0 lmax=2u wmin=%d.5u wmax=%d.5u\n", i,
			    1000 * i, 1000 * i + 1000);
	text_append(&deck, ".end\n");
	assert_int_equal(n_models_sent(text_string(&deck)), 10);
	text_release(&deck);
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

static int try_varied(void *arg)
{
	static const char *const varied[] = {"x1:w", "k"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct prune prune;
	int status = prune_init_varied(&prune, arg, varied, 2, &err);

	assert_int_equal(status, err.status);
	prune_release(&prune);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\nx1 a s w=1.5u\nx2 a s w={k}\n.param k={j*2} j=1u\n"
			    ".subckt s d w=1u\nm1 d g s b n w={w} l={k}\nm2 d g s b n w=1u l=1u\n"
			    ".ends\n" BINS("n") ".end\n");

	(void)state;
	assert_survives_no_memory(try_reach, circuit);
	assert_survives_no_memory(try_varied, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(transistors_have_the_bins_that_their_size_is_in),
		cmocka_unit_test(on_a_limit_both_bins_are_sent),
		cmocka_unit_test(sizes_are_followed_through_instances),
		cmocka_unit_test(a_subcircuit_may_have_the_name_of_its_model),
		cmocka_unit_test(what_nobody_instantiates_selects_nothing),
		cmocka_unit_test(parameters_of_bins_left_out_are_left_out),
		cmocka_unit_test(all_bins_are_sent_of_a_size_that_is_not_known),
		cmocka_unit_test(a_bin_whose_limits_are_not_known_is_sent),
		cmocka_unit_test(all_bins_are_sent_where_conditions_decide),
		cmocka_unit_test(with_a_seed_all_bins_are_sent),
		cmocka_unit_test(whatever_else_names_a_model_wants_all_its_bins),
		cmocka_unit_test(bins_that_depend_on_what_varies_are_all_sent),
		cmocka_unit_test(a_model_is_sent_in_part_if_bins_are_missing),
		cmocka_unit_test(instances_that_are_alike_are_looked_at_once),
		cmocka_unit_test(of_instances_without_end_all_bins_are_sent),
		cmocka_unit_test(of_instances_nested_too_deep_all_bins_are_sent),
		cmocka_unit_test(every_size_counts),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
