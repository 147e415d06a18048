/* SPDX-License-Identifier: BSD-3-Clause */
/* Broken decks: each gives one error with a category, ngspice's words, a hint and the line. */
#include <string.h>

#include "support-ng.h"

struct bad_deck {
	const char *text;
	enum carom_status status;
	int line; /* 0: not told */
	const char *words;
	const char *hint;
};

static const struct bad_deck bad_loads[] = {
	{"t\nv1 in 0 1\nr1 in out {rload}\nc1 out 0 1n\n.op", CAROM_ERROR_PARAMETER, 3,
	 "Undefined parameter [rload]", "define it with .param"},
	{"t\n\n  \t\nv1 in 0\n* comment\n+ 1\n.param a=1\nr1 in out {a*rload\n+ +3}\n.op",
	 CAROM_ERROR_PARAMETER, 8, "rload", ""},
	{"t\nv1 in 0 1\n.param a=1+*\nr1 in out {a}\n.op", CAROM_ERROR_PARAMETER, 3,
	 "Misplaced operator", "correct the expression"},
	{"t\nv1 in 0 1\nr1 in out {(1+2}\n.op", CAROM_ERROR_PARAMETER, 3, "Closing \")\"",
	 "correct the expression"},
	{"t\nv1 in 0 1\n.param b={rload}\nr1 in out {b}\n.op", CAROM_ERROR_PARAMETER, 3, "[rload]",
	 ".param"},
	{"t\nv1 in 0 1\n.subckt foo a b\nr1 a b {rload}\n.ends\nx1 in 0 foo\n.op",
	 CAROM_ERROR_PARAMETER, 4, "[rload]", ".param"},
	{"t\nv1 in 0 1\n.subckt foo a b r=1\nr1 a b {r}\n.ends\nx1 in 0 foo r={rload}\n.op",
	 CAROM_ERROR_PARAMETER, 6, "[rload]", ".param"},
	{"t\n.func f(x) {x*2}\nv1 in 0 1\nr1 in 0 {f(1,2)}\n.op", CAROM_ERROR_PARAMETER, 4,
	 "parameter mismatch for function call", "arguments"},
	{"t\nv1 in 0 1\nr1 in 0 foo\nr2 in 0 1k\n.op", CAROM_ERROR_PARAMETER, 3,
	 "r1 in 0 foo: unknown parameter (foo)", "correct the value"},
	{"t\nv1 in 0 1\nr1 in 0\n+ foo=3\n.op", CAROM_ERROR_PARAMETER, 3, "unknown parameter (foo)",
	 "correct"},
	{"t\nv1 in 0 1\n\n\nq1 in in 0 nix\n.op", CAROM_ERROR_MODEL, 5,
	 "q1 in in 0 nix: could not find a valid modelname", "define it with .model"},
	{"t\nv1 in 0 1\nm1 in in 0 0 nix w=1u l=1u\n.op", CAROM_ERROR_MODEL, 3,
	 "could not find a valid modelname", "define it with .model"},
	{"t\nv1 in 0 1\n.subckt foo a b\nd1 a b nix\n.ends\nx1 in 0 foo\n.op", CAROM_ERROR_MODEL, 4,
	 "d.x1.d1 in 0 nix: could not find a valid modelname", "define it with .model"},
	{"t\nv1 in 0 1\nq1 in in 0 dd\n.model dd d(is=1e-14)\n.op", CAROM_ERROR_MODEL, 3,
	 "incorrect model type", "made for this element"},
	{"t\nv1 in 0 1\na1 in out gg\nr2 out 0 1\n.op", CAROM_ERROR_MODEL, 3,
	 "unable to find definition of model gg", "define it with .model"},
	{"t\nv1 in 0 1\nr2 in 0 1k\nx1 in 0 nosub\n.op", CAROM_ERROR_MODEL, 4,
	 "unknown subckt: x1 in 0 nosub", "define it with .subckt"},
	{"t\nv1 in 0 1\n.subckt foo a b\nr1 a b 1\n.ends\nx1 in foo\n.op", CAROM_ERROR_SYNTAX, 6,
	 "Too few parameters for subcircuit type \"foo\"", "as many nodes"},
	{"t\nv1 in 0 1\n.subckt foo a b\nr1 a b 1\n.op", CAROM_ERROR_SYNTAX, 3,
	 "Mismatch of .subckt", "end every .subckt"},
	{"t\nv1 in 0 1\nr1 in 0 1\n.ends\n.op", CAROM_ERROR_SYNTAX, 4, "Mismatch of .subckt",
	 ".ends"},
	{"t\nv1 in 0 1\nr1 in 0 1\nr1 in 0 2\n.op", CAROM_ERROR_EXISTS, 4,
	 "r1 in 0 2: device already exists", "its own name"},
	{"t\nv1 in 0 1\nr1 in 0 1\nb1 x 0 v=foo(v(in))\n.op", CAROM_ERROR_SYNTAX, 4,
	 "no such function 'foo'", "check the function's name"},
	{"t\nv1 in 0 1\nr1 in 0 1\nb1 x 0 v=v(in)+\n.op", CAROM_ERROR_SYNTAX, 4, "b1 x 0",
	 "correct the expression"},
	{"t\nv1 in 0 1\n.subckt foo a b\nb1 a b i=foo(v(a))\n.ends\nx1 in 0 foo\n.op",
	 CAROM_ERROR_SYNTAX, 4, "no such function 'foo'", ""},
	{"t\nv1 in 0 1\nr1 in 0 1\n.tran foo", CAROM_ERROR_SYNTAX, 4,
	 ".tran foo: TSTEP is invalid, must be greater than zero", ""},
	{"t\nv1 in 0 1\nr1 in 0 1\n.foo bar\n.op", CAROM_ERROR_SYNTAX, 4,
	 ".foo bar: unimplemented control card", "check the card's name"},
};

static const struct bad_deck bad_trusted_loads[] = {
	{"t\nv1 in 0 1\nr1 in 0 1\n.include /nonexistent/foo.lib\n.op", CAROM_ERROR_NOT_FOUND, 4,
	 "Could not find include file /nonexistent/foo.lib", "check the path"},
	{"t\nv1 in 0 1\nr1 in 0 1\n.lib /nonexistent/foo.lib tt\n.op", CAROM_ERROR_NOT_FOUND, 4,
	 "Could not find library file /nonexistent/foo.lib", "check the path"},
};

static const struct bad_deck bad_runs[] = {
	{"t\nv1 in 0 1\nr1 in 0 1", CAROM_ERROR_NOT_FOUND, 0, "No job", "add an analysis"},
	{"t\nv1 in 0 1\nv2 in 0 2\nr1 in 0 1\n.op", CAROM_ERROR_TOPOLOGY, 0,
	 "singular matrix:  check node v1#branch", "loops of voltage sources"},
	{"t\nv1 in 0 1\nr1 in 0 1\ng1 x 0 in 0 1\n.op", CAROM_ERROR_TOPOLOGY, 0, "check node x",
	 "a path to ground"},
	{"t\nv1 in 0 ac 1\nv2 in 0 ac 1\n.ac dec 10 1 10", CAROM_ERROR_TOPOLOGY, 0,
	 "singular matrix", ""},
	{"t\nv1 in 0 pulse(0 1 0 1n)\nv2 in 0 1\nr1 in 0 1\n.tran 1n 1u", CAROM_ERROR_TOPOLOGY, 0,
	 "singular matrix", ""},
	{"t\nv1 in 0 1\nb1 a 0 v=ln(-v(in))\nr1 a 0 1\n.op", CAROM_ERROR_CONVERGENCE, 0,
	 "Transient op failed", "no operating point"},
	{"t\nv1 in 0 pulse(0 1 1u 1n)\nr1 in a 1\ns1 a 0 a 0 sw\n"
	 ".model sw sw(vt=0.2 vh=0 ron=1e-3 roff=1e9)\n.tran 1n 10u",
	 CAROM_ERROR_TIMESTEP, 0, "Timestep too small; time = 1.0002e-06", "reltol"},
	{"t\nv1 in 0 1\nr1 in 0 1\nf1 0 x vnix 2\nr2 x 0 1\n.op", CAROM_ERROR_NOT_FOUND, 0,
	 "f1: unknown controlling source vnix", "a voltage source of the deck"},
	{"t\nv1 in 0 1\nr1 in 0 1\nk1 l1 l2 0.9\n.op", CAROM_ERROR_NOT_FOUND, 0,
	 "k1: coupling to non-exist", "two inductors"},
	{"t\nv1 in 0 1\nr1 in 0 1\n.dc vnix 0 1 0.1", CAROM_ERROR_NOT_FOUND, 0, "\"vnix\"",
	 "an element of the deck"},
	{"t\nv1 in in 1\nr1 in 0 1\n.op", CAROM_ERROR_TOPOLOGY, 0, "v1 is a shorted VSRC",
	 "two different nodes"},
	{"t\nv1 in 0 1\nr1 in 0 1\n.save v(nix)\n.op", CAROM_ERROR_VECTOR, 0, "no data saved",
	 "save vectors"},
	{"t\nv1 in 0 1\nr1 in x 1\nr2 x 0 1\n.noise v(x) v1 dec 10 1 10", CAROM_ERROR_ARGUMENT, 0,
	 "v1 has no AC value", "ac magnitude"},
	{"t\nv1 in 0 1\nm1 in in 0 0 n1 w=1u l=-1u\n.model n1 nmos level=14 version=4.8\n.op",
	 CAROM_ERROR_MODEL, 0, "Effective channel length", "check the model's parameters"},
	{"t\nv1 in 0 1\nm1 in in 0 0 n1 w=1u l=1u\n.model n1 nmos level=14 version=4.8 "
	 "toxe=-1n\n.op",
	 CAROM_ERROR_MODEL, 0, "Toxe = -1e-09 is not positive", "check the model's parameters"},
	{"t\nv1 in 0 1\nr1 in 0 1\n.ac dec 10 100 1", CAROM_ERROR_ARGUMENT, 0,
	 "analysis ac1 has no points", "check its range"},
	{"t\nv1 in 0 1\nr1 in 0 1\n.pz in 0 in 0 vol pz", CAROM_ERROR_SIMULATOR, 0,
	 "Transfer function is unity", ""},
};

static const char good_deck[] = "good\nv1 in 0 1\nr1 in out 1k\nr2 out 0 3k\n.op";

static void assert_good_deck_runs(struct ng_session *session)
{
	run_ng(session, good_deck);
	assert_double_equal(ng_value(session, "v(out)", 0), 0.75, 1e-12, 0);
}

static void check_error(const struct bad_deck *deck, const struct carom_error *err)
{
	assert_ng_error(err, deck->status, deck->words);
	assert_non_null(strstr(err->hint, deck->hint));
	if (!err->hint[0])
		fail_msg("no hint: %s", err->text);
	if (err->line != deck->line)
		fail_msg("expected line %d, got %d: %s", deck->line, err->line, err->text);
}

static void check_bad_loads(struct ng_session *session, const struct bad_deck *decks, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		load_ng(session, decks[i].text, &err);
		check_error(&decks[i], &err);
		assert_false(ng_session_is_loaded(session));
	}
}

static void a_deck_that_cannot_be_loaded_tells_why_and_where(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	check_bad_loads(session, bad_loads, sizeof(bad_loads) / sizeof(bad_loads[0]));
	stop_ng(session);
}

static void a_trusted_deck_tells_which_file_is_missing(void **state)
{
	struct ng_options options = {.is_trusted = true};
	struct ng_session *session = start_ng(&options);

	(void)state;
	check_bad_loads(session, bad_trusted_loads,
			sizeof(bad_trusted_loads) / sizeof(bad_trusted_loads[0]));
	stop_ng(session);
}

static void a_run_that_fails_tells_why(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(bad_runs) / sizeof(bad_runs[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		load_ng(session, bad_runs[i].text, &err);
		assert_ok(&err);
		assert_int_equal(ng_session_run(session, &err), bad_runs[i].status);
		check_error(&bad_runs[i], &err);
	}
	stop_ng(session);
}

static void a_good_deck_runs_after_each_bad_one(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(bad_loads) / sizeof(bad_loads[0]); i++) {
		assert_true(load_ng(session, bad_loads[i].text, NULL) < 0);
		assert_good_deck_runs(session);
	}
	for (size_t i = 0; i < sizeof(bad_runs) / sizeof(bad_runs[0]); i++) {
		assert_int_equal(load_ng(session, bad_runs[i].text, NULL), 0);
		assert_true(ng_session_run(session, NULL) < 0);
		assert_good_deck_runs(session);
	}
	stop_ng(session);
}

static void a_failed_load_does_not_leave_the_circuit_before_it(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(bad_loads) / sizeof(bad_loads[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_good_deck_runs(session);
		assert_true(load_ng(session, bad_loads[i].text, NULL) < 0);
		assert_int_equal(ng_session_run(session, &err), CAROM_ERROR_STATE);
		assert_ng_error(&err, CAROM_ERROR_STATE, "load one first");
		assert_int_equal(ng_session_plot_count(session), 0);
	}
	stop_ng(session);
}

static void a_measurement_that_fails_does_not_fail_the_run(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 pulse(0 1 0 1n 1n 1u 2u)\nr1 in 0 1\n.tran 10n 2u\n"
			".meas tran x when v(nix)=0.5\n.meas tran y when v(in)=5");
	assert_double_equal(ng_value(session, "vecmax(v(in))", 0), 1, 1e-12, 0);
	stop_ng(session);
}

static void a_run_that_had_to_step_gmin_is_good(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 1\nc1 in x 1n\nc2 x 0 1n\n.op");
	assert_double_equal(ng_value(session, "v(in)", 0), 1, 1e-9, 0);
	stop_ng(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deck_that_cannot_be_loaded_tells_why_and_where),
		cmocka_unit_test(a_trusted_deck_tells_which_file_is_missing),
		cmocka_unit_test(a_run_that_fails_tells_why),
		cmocka_unit_test(a_good_deck_runs_after_each_bad_one),
		cmocka_unit_test(a_failed_load_does_not_leave_the_circuit_before_it),
		cmocka_unit_test(a_measurement_that_fails_does_not_fail_the_run),
		cmocka_unit_test(a_run_that_had_to_step_gmin_is_good),
	};

	return run_all_tests(tests);
}
