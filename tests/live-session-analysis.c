/* SPDX-License-Identifier: BSD-3-Clause */
/* Analyses of a session: calls that are refused before they do harm, and the order of a deck's. */
#include <stdio.h>
#include <string.h>

#include "carom-edit.h"
#include "support-session.h"

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

static const struct carom_run_options none = {.size = sizeof(none)};

static struct carom_result *run(struct carom_session *session, const char *analysis)
{
	struct carom_run_options options = none;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	options.analysis = analysis;
	carom_session_run_with(session, &options, &result, &err);
	assert_ok(&err);
	assert_non_null(result);
	return result;
}

#define NETS                                                                                    \
	"t\nv1 in 0 dc 1 ac 1\nr1 in out 1k\nr2 out 0 1k\nx1 out s\n.global vdd\n.subckt s a\n" \
	"r1 a n 1k\nr2 n vdd 1k\nr3 vdd 0 1k\nc1 vdd 0 1n\n.ends\n.op\n.end\n"

static void assert_call_refused(struct carom_session *session, const char *analysis, int status,
				const char *message)
{
	struct carom_run_options options = none;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;
	char said[sizeof(err.text) + sizeof(err.hint)];

	options.analysis = analysis;
	assert_int_equal(carom_session_run_with(session, &options, &result, &err), status);
	assert_null(result);
	snprintf(said, sizeof(said), "%s\n%s", err.text, err.hint);
	assert_string_equal(said, message);
}

/* ngspice answers such a first run with zeros, and is spoilt by a later one. */
static void a_net_that_is_not_there_is_named_and_nothing_is_lost(void **state)
{
	static const char *const calls[] = {"noise v(nix) v1 dec 1 1 10",
					    "noise V( out , nix ) v1 dec 1 1 10",
					    "tf v(nix) v1",
					    "sens v(nix)",
					    "pz nix 0 out 0 vol pz",
					    "pz in 0 out nix vol pz"};

	for (size_t i = 0; i < 2 * sizeof(calls) / sizeof(calls[0]); i++) {
		const char *call = calls[i / 2];
		char message[100];

		load_deck(*state, NETS);
		if (i % 2)
			carom_result_free(run(*state, NULL));
		snprintf(message, sizeof(message),
			 "%.*s: there is no net \"nix\"\nis its name spelt right?",
			 (int)strcspn(call, " "), call);
		assert_call_refused(*state, call, CAROM_ERROR_VECTOR, message);
		assert_double_equal(run_op(*state, "v(in)"), 1, 1e-9, 0);
	}
}

static void a_net_of_any_place_may_be_named(void **state)
{
	static const char *const calls[] = {"tf v(OUT) v1",         "tf v(out,0) v1",
					    "tf v(vdd) v1",         "tf v(x1.n) v1",
					    "tf v(out in) v1",      "sens v(out, in)",
					    "tf i(v1) v1",          "noise v(vdd) v1 dec 1 1 10",
					    "pz in 0 vdd 0 vol pol"};

	load_deck(*state, NETS);
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		carom_result_free(run(*state, calls[i]));
}

static void a_net_that_lost_its_elements_is_not_there(void **state)
{
	struct carom_circuit *circuit = import_deck("t\nv1 in 0 1\nr1 in 0 1\nr2 in far 1\n"
						    ".op\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	carom_session_load(*state, circuit, &err);
	assert_ok(&err);
	carom_result_free(run(*state, "tf v(far) v1"));
	carom_element_remove(circuit, carom_circuit_find_element(circuit, "r2"), &err);
	carom_session_update(*state, circuit, NULL, &err);
	assert_ok(&err);
	assert_call_refused(*state, "tf v(far) v1", CAROM_ERROR_VECTOR,
			    "tf: there is no net \"far\"\nis its name spelt right?");
	carom_circuit_free(circuit);
}

static void a_sweep_without_an_end_is_refused(void **state)
{
	static const char *const calls[] = {"dc v1 0 1 0", "dc v1 1 1 0",
					    "dc v1 0 1 0.5 temp 0 50 0"};
	static const char *const without[] = {"dc v1", "dc temp 0 100", "dc v1 0 1 0.5 temp 0 50"};

	load_deck(*state, divider);
	for (size_t i = 0; i < sizeof(calls) / sizeof(calls[0]); i++)
		assert_call_refused(*state, calls[i], CAROM_ERROR_ARGUMENT,
				    "dc: with a step of 0 the sweep never ends\ngive it one");
	for (size_t i = 0; i < sizeof(without) / sizeof(without[0]); i++)
		assert_call_refused(*state, without[i], CAROM_ERROR_ARGUMENT,
				    "dc: without a step the sweep never ends\ngive it one");
}

static void a_card_of_a_sweep_without_an_end_is_not_loaded(void **state)
{
	static const char *const cards[] = {".dc v1 0 1 0", ".DC temp 0 50 {0*2}",
					    ".dc v1 0 1 0.5 temp 0 50 'none'"};

	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_circuit *circuit;
		char text[200];

		snprintf(text, sizeof(text), "t\nv1 a 0 1\nr1 a 0 1k\n.param none=0\n%s\n.end\n",
			 cards[i]);
		circuit = import_deck(text);
		assert_int_equal(carom_session_load(*state, circuit, &err), CAROM_ERROR_ARGUMENT);
		assert_int_equal(err.line, 5);
		assert_string_equal(err.text, ".dc: with a step of 0 the sweep never ends");
		carom_circuit_free(circuit);
	}
	load_deck(*state, divider);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void what_ngspice_does_not_find_is_named_with_advice(void **state)
{
	load_deck(*state, NETS);
	assert_call_refused(*state, "tf v(out) nix", CAROM_ERROR_NOT_FOUND,
			    "Transfer function source nix not in circuit\nname a source of the "
			    "deck");
	assert_call_refused(*state, "noise v(out) nix dec 1 1 10", CAROM_ERROR_NOT_FOUND,
			    "Noise input source nix not in circuit\nname a source of the deck");
	assert_call_refused(*state, "sp dec 1 1 10", CAROM_ERROR_STATE,
			    "No RF Port is present\nmake voltage sources ports: \"portnum 1 z0 "
			    "50\", \"portnum 2 z0 50\"");
}

static double last_time(const struct carom_plot *plot)
{
	const struct carom_vector *time = carom_plot_scale(plot);

	return carom_vector_real(time)[carom_vector_length(time) - 1];
}

/* tests/cli-mc.sh has the other way to count: measurements do by the cards. */
static void cards_of_one_kind_are_run_from_the_last_to_the_first(void **state)
{
	struct carom_result *result;

	load_deck(*state, "t\nv1 in 0 1\nr1 in 0 1k\n.tran 10n 2u\n.tran 10n 3u\n.op\n.end\n");
	result = run(*state, NULL);
	assert_double_equal(last_time(carom_result_find_plot(result, "tran1")), 3e-6, 1e-9, 0);
	assert_double_equal(last_time(carom_result_find_plot(result, "tran2")), 2e-6, 1e-9, 0);
	assert_ptr_equal(carom_result_find_plot(result, "tran"),
			 carom_result_find_plot(result, "tran1"));
	carom_result_free(result);
}

#define WITH_SESSION(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest both[] = {
		WITH_SESSION(a_net_that_is_not_there_is_named_and_nothing_is_lost),
		WITH_SESSION(a_net_of_any_place_may_be_named),
		WITH_SESSION(a_net_that_lost_its_elements_is_not_there),
		WITH_SESSION(a_sweep_without_an_end_is_refused),
		WITH_SESSION(a_card_of_a_sweep_without_an_end_is_not_loaded),
		WITH_SESSION(what_ngspice_does_not_find_is_named_with_advice),
		WITH_SESSION(cards_of_one_kind_are_run_from_the_last_to_the_first),
	};

	return run_all_on_both_levels(both);
}
