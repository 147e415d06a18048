/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What a session says of decks that ngspice refuses: a category, the file and line the user wrote,
 * through an include, ngspice's own words, and what to do.
 */
#include "support-folder.h"
#include "support-session.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The included file alone is in it. */
static int leave_clean_folder(void **state)
{
	int status = unlink("bad.inc") || count_entries(".") > 0;

	return leave_folder(state) || status;
}

struct bad_card {
	const char *card; /* line 3 of an included file */
	enum carom_status status;
	const char *words; /* of ngspice's */
};

static const struct bad_card bad_cards[] = {
	{"r1 in out {rload}", CAROM_ERROR_PARAMETER, "Undefined parameter [rload]"},
	{".param a=1+*\nr1 in 0 {a}", CAROM_ERROR_PARAMETER, "Misplaced operator"},
	{"r1 in 0 foo", CAROM_ERROR_PARAMETER, "unknown parameter (foo)"},
	{"r1 in 0\n+ foo=3", CAROM_ERROR_PARAMETER, "unknown parameter (foo)"},
	{"q1 in in 0 nix", CAROM_ERROR_MODEL, "could not find a valid modelname"},
	{"m1 in in 0 0 nix w=1u l=1u", CAROM_ERROR_MODEL, "could not find a valid modelname"},
	{"q1 in in 0 dd\n.model dd d(is=1e-14)", CAROM_ERROR_MODEL, "incorrect model type"},
	{"a1 in out gg", CAROM_ERROR_MODEL, "unable to find definition of model gg"},
	{"x1 in 0 nosub", CAROM_ERROR_MODEL, "unknown subckt: x1 in 0 nosub"},
	{"x1 in foo\n.subckt foo a b\nr1 a b 1\n.ends", CAROM_ERROR_SYNTAX,
	 "Too few parameters for subcircuit"},
	{"x1 in 0 0 foo\n.subckt foo a b\nr1 a b 1\n.ends", CAROM_ERROR_SYNTAX,
	 "Too many parameters for subcircuit"},
	{"s1 in 0 in 0 nix", CAROM_ERROR_MODEL, "Unable to find definition of model nix"},
	{"a1 in x gg\n.model gg adc_bridge", CAROM_ERROR_SYNTAX,
	 "an array connection was expected"},
	{".if (1\n.endif", CAROM_ERROR_SYNTAX, "Bad syntax: .if"},
	{"rload in 0 2", CAROM_ERROR_EXISTS, "device already exists"},
	{"b1 x 0 v=foo(v(in))", CAROM_ERROR_SYNTAX, "no such function 'foo'"},
	{"b1 x 0 v=1+*2", CAROM_ERROR_SYNTAX, "parameter value out of range or the wrong type"},
	{".tran foo", CAROM_ERROR_SYNTAX, "must be greater than zero"},
	{".foo bar", CAROM_ERROR_SYNTAX, "unimplemented control card"},
};

static void write_included(const char *card)
{
	FILE *file = fopen("bad.inc", "w");

	assert_non_null(file);
	fprintf(file, "* included\n\n%s\n", card);
	assert_int_equal(fclose(file), 0);
}

static void a_card_that_ngspice_refuses_is_found_in_its_file(void **state)
{
	struct carom_session *session = open_session(NULL);
	(void)state;

	for (size_t i = 0; i < sizeof(bad_cards) / sizeof(bad_cards[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		write_included(bad_cards[i].card);
		load_deck_text(session, "t\nv1 in 0 1\nrload in 0 1\n.include bad.inc\n.op\n.end\n",
			       &err);
		if (err.status != bad_cards[i].status || err.line != 3 ||
		    strcmp(err.source, "bad.inc") != 0)
			fail_msg("%s: %s %s:%d %s", bad_cards[i].card,
				 carom_status_name(err.status), err.source, err.line, err.text);
		if (!strstr(err.words, bad_cards[i].words) || !err.hint[0])
			fail_msg("%s: \"%s\", hint \"%s\"", bad_cards[i].card, err.words, err.hint);
	}
	carom_session_close(session);
}

static const struct bad_card bad_runs[] = {
	{"v2 in 0 2\n.op", CAROM_ERROR_TOPOLOGY, "singular matrix"},
	{"b1 a 0 v=ln(-v(in))\nr1 a 0 1\n.op", CAROM_ERROR_CONVERGENCE, "Transient op failed"},
	{"i1 0 a pulse(0 1 1u 1n)\nr1 a b 1\ns1 b 0 b 0 sw\n"
	 ".model sw sw(vt=0.2 vh=0 ron=1e-3 roff=1e9)\n.tran 1n 10u",
	 CAROM_ERROR_TIMESTEP, "Timestep too small"},
	{"f1 0 x vnix 2\nr2 x 0 1\n.op", CAROM_ERROR_NOT_FOUND, "unknown controlling source"},
	{"k1 l1 l2 0.9\n.op", CAROM_ERROR_NOT_FOUND, "coupling to non-existant inductor"},
	{".dc vnix 0 1 0.1", CAROM_ERROR_NOT_FOUND, "is not in the circuit"},
	{".save v(nix)\n.op", CAROM_ERROR_VECTOR, "no data saved"},
	{"*", CAROM_ERROR_NOT_FOUND, "No job"},
	/* ngspice goes on without the file, and takes the run for good */
	{"a1 [d] m\n.model m d_source(input_file=\"nix.txt\")\na2 [d] [o] dac\n.model dac "
	 "dac_bridge\n"
	 "r1 o 0 1k\n.tran 1u 3u",
	 CAROM_ERROR_NOT_FOUND, "cannot open file"},
	{"a1 [d] m\n.model m d_source(input_file=\"bad.inc\")\na2 [d] [o] dac\n.model dac "
	 "dac_bridge\n"
	 "r1 o 0 1k\n.tran 1u 3u",
	 CAROM_ERROR_FORMAT, "columns in file differ"},
	{"a1 %v([o]) m\n.model m filesource(file=\"nix.txt\" amploffset=[0] amplscale=[1])\nr1 o 0 "
	 "1k\n"
	 ".tran 1u 3u",
	 CAROM_ERROR_NOT_FOUND, "cannot open file"},
};

static void a_run_that_fails_is_never_a_success_and_says_why(void **state)
{
	struct carom_session *session = open_session(NULL);
	(void)state;

	for (size_t i = 0; i < sizeof(bad_runs) / sizeof(bad_runs[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_result *result = NULL;

		write_included(bad_runs[i].card);
		load_deck(session, "t\nv1 in 0 1\nrload in 0 1\n.include bad.inc\n.end\n");
		carom_session_run(session, &result, &err);
		carom_result_free(result);
		if (err.status != bad_runs[i].status || strcmp(err.source, "deck.cir") != 0 ||
		    !strstr(err.words, bad_runs[i].words) || !err.hint[0])
			fail_msg("%s: %s %s: %s; \"%s\", hint \"%s\"", bad_runs[i].card,
				 carom_status_name(err.status), err.source, err.text, err.words,
				 err.hint);
	}
	carom_session_close(session);
}

/* Words that only look like trouble. */
static void notes_and_warnings_are_no_errors(void **state)
{
	static const char *const decks[] = {
		"t\nv1 in 0 1\nr1 in 0 0\n.op\n.end\n",
		"t\nv1 in 0 1\nc1 in x 1n\nc2 x 0 1n\n.op\n.end\n", /* needs gmin stepping */
		"Error: a title\nv1 in 0 1\nr1 in 0 1\n.op\n.end\n",
		"t\nv1 in 0 1\nr1 in 0 1\nr2 in x 1\n.op\n.end\n",
	};
	struct carom_session *session = open_session(NULL);
	(void)state;

	write_included("*");
	for (size_t i = 0; i < sizeof(decks) / sizeof(decks[0]); i++) {
		load_deck(session, decks[i]);
		carom_result_free(run_loaded(session));
	}
	carom_session_close(session);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_clean_folder)
	const struct CMUnitTest both[] = {
		CASE(a_card_that_ngspice_refuses_is_found_in_its_file),
		CASE(a_run_that_fails_is_never_a_success_and_says_why),
		CASE(notes_and_warnings_are_no_errors),
	};

	return support_run_levels(both, sizeof(both) / sizeof(both[0]), NULL, 0);
}
