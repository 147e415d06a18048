/* SPDX-License-Identifier: BSD-3-Clause */
/* Which elements are a DC path between their nets. */
#include <stdio.h>
#include <string.h>

#include "support-circuit.h"
#include "support-lint.h"

#define MODELS                                                                               \
	".model d d\n.model q npn\n.model j njf\n.model m nmos\n.model z nmf\n.model s sw\n" \
	".model w csw\n.model o ltra rel=1 r=1 l=1 c=1 len=1\n.model u urc\n"                \
	".model leaky nmos level=14 igcmod=1\n.model gain gain\n"

/*
 * Net x hangs on a capacitor and on the element alone; a is held by v1.  Is x reported as without a
 * path to ground, as a warning (1) or as an error (2), or not at all (0)?
 */
static int severity_with(const char *element)
{
	char deck[1024];
	struct carom_circuit *circuit;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;
	int severity = 0;

	snprintf(deck, sizeof(deck), "t\nv1 a 0 1\nr1 a 0 1\nc1 a x 1n\n%s\n" MODELS ".op\n.end\n",
		 element);
	circuit = import_deck(deck);
	assert_int_equal(carom_circuit_lint(circuit, &findings, &err), CAROM_OK);
	for (size_t i = 0; i < carom_findings_count(findings); i++) {
		struct carom_finding finding = carom_findings_get(findings, i);

		if (strstr(finding.text, "net \"x\"") && strstr(finding.text, "path to ground"))
			severity = (int)finding.severity;
	}
	carom_findings_free(findings);
	carom_circuit_free(circuit);
	return severity;
}

#define assert_path(element) assert_int_equal(severity_with(element), 0)
#define assert_no_path(element) assert_int_equal(severity_with(element), CAROM_SEVERITY_WARNING)

static void passive_elements(void **state)
{
	(void)state;
	assert_path("r2 x a 1");
	assert_path("l1 0 x 1");
	assert_no_path("c2 x 0 1");
	assert_no_path("c2 x 0 c='1n*v(a)'");
	assert_path("r2 x 0 r='1k*(1+v(a))'");
}

static void independent_sources(void **state)
{
	(void)state;
	assert_path("v2 x 0 1");
	assert_no_path("i1 x 0 1");
}

static void controlled_sources_carry_current_at_their_output(void **state)
{
	(void)state;
	assert_path("e1 x 0 a 0 2");
	assert_path("e1 x 0 value={v(a)}");
	assert_path("h1 x 0 v1 2");
	assert_path("b1 x 0 v=v(a)");
}

static void a_current_source_alone_leaves_the_voltage_open(void **state)
{
	(void)state;
	assert_no_path("g1 x 0 a 0 1");
	assert_no_path("f1 x 0 v1 1");
	assert_no_path("b1 x 0 i=v(a)");
	assert_no_path("g1 x 0 cur='v(a)'");
}

static void one_that_depends_on_the_voltage_is_a_resistor(void **state)
{
	(void)state;
	assert_path("g1 x 0 x 0 1");
	assert_path("g1 x 0 poly(2) a 0 x 0 0 1 1");
	assert_path("b1 x 0 i=v(a)*v(x)");
	assert_path("g1 x 0 value={v(x,a)}");
	assert_path("g1 x 0 a 0 1\ne1 b 0 x 0 1\nr2 b 0 1");
}

static void controls_and_gates_carry_none(void **state)
{
	(void)state;
	assert_no_path("e1 b 0 x 0 2\nr2 b 0 1");
	assert_no_path("g1 b 0 x 0 2\nr2 b 0 1");
	assert_no_path("b1 b 0 v=v(x)\nr2 b 0 1");
	assert_no_path("m1 a x 0 0 m");
	assert_no_path("s1 a 0 x 0 s");
}

static void semiconductors_conduct(void **state)
{
	(void)state;
	assert_path("d1 a x d");
	assert_path("q1 a x 0 q");
	assert_path("q1 a a 0 x q");
	assert_path("j1 a x 0 j");
	assert_path("z1 a x 0 z");
	assert_path("m1 x a 0 0 m");
	assert_path("m1 a a x 0 m");
	assert_path("m1 a a 0 x m");
}

static void a_gate_with_tunnelling_conducts(void **state)
{
	(void)state;
	assert_path("m1 a x 0 0 leaky");
}

static void a_transistor_without_a_model_is_given_the_benefit_of_the_doubt(void **state)
{
	(void)state;
	assert_path("m1 a x 0 0 nothing");
}

static void switches_are_resistors(void **state)
{
	(void)state;
	assert_path("s1 x a a 0 s");
	assert_path("w1 x a v1 w");
}

static void lines_join_the_wires_of_an_end(void **state)
{
	(void)state;
	assert_path("t1 x 0 a 0 z0=50 td=1n");
	assert_no_path("t1 a 0 x y z0=50 td=1n");
	assert_path("o1 a 0 x 0 o");
	assert_path("u1 a x 0 u");
}

static void what_nobody_knows_is_a_path(void **state)
{
	(void)state;
	assert_path("a1 %v(x) %v(b) gain");
	assert_path("x1 x a nothing");
	assert_path(".if (1)\nc9 x 0 1n\n.endif");
	assert_path("n1 x a q");
}

static void an_island_of_transistors_is_reported(void **state)
{
	(void)state;
	assert_no_path("m1 x y z u m\nr2 y z 1\nc3 u 0 1");
	assert_no_path("q1 x y z u q\nc3 u 0 1");
	assert_no_path("j1 x y z j\nc3 y z 1");
}

/* Is there an error that net y, which nothing but these cards and the analysis know, is singular? */
static int is_singular(const char *cards)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;
	struct carom_circuit *circuit;
	int count = 0;
	char deck[1024];

	snprintf(deck, sizeof(deck), "t\nv1 a 0 dc 1 ac 1\nr1 a 0 1\n%s\n" MODELS ".end\n", cards);
	circuit = import_deck(deck);
	assert_int_equal(carom_circuit_lint(circuit, &findings, &err), CAROM_OK);
	for (size_t i = 0; i < carom_findings_count(findings); i++)
		count += strcmp(carom_findings_get(findings, i).id, "singular-net") == 0;
	carom_findings_free(findings);
	carom_circuit_free(circuit);
	return count;
}

static void a_net_that_no_conductance_or_capacitor_touches_is_an_error(void **state)
{
	(void)state;
	assert_int_equal(is_singular("g1 y 0 a 0 1\n.op"), 1);
	assert_int_equal(is_singular("f1 y 0 v1 1\n.op"), 1);
	assert_int_equal(is_singular("e1 a b y 0 1\nr2 b 0 1\n.op"), 1);
	assert_int_equal(is_singular("b1 y 0 i=v(a)\n.op"), 1);
	assert_int_equal(is_singular("g1 y 0 y z 1\n.op"), 1);
	assert_int_equal(is_singular("e1 y z a 0 1\n.op"), 1);
	assert_int_equal(is_singular("l1 y z 1\nl2 y z 1\n.op"), 1);
	assert_int_equal(is_singular("g1 y 0 a 0 1\n.tran 1 2 uic"), 0);
}

static void a_capacitor_out_of_the_island_helps_the_last_resort(void **state)
{
	(void)state;
	assert_int_equal(is_singular("g1 y 0 a 0 1\nc1 y 0 1\n.op"), 0);
	assert_int_equal(is_singular("g1 y 0 a 0 1\nc1 y 0 1\n.ac dec 1 1 10"), 0);
	assert_int_equal(is_singular("m1 a y 0 0 m\n.op"), 0);
}

static void a_conductance_helps_but_not_in_small_signal_analyses(void **state)
{
	(void)state;
	assert_int_equal(is_singular("r2 y z 1\n.op"), 0);
	assert_int_equal(is_singular("r2 y z 1\n.tran 1 2"), 0);
	assert_int_equal(is_singular("r2 y z 1\n.ac dec 1 1 10"), 1);
	assert_int_equal(is_singular("r2 y z 1\n.noise v(a) v1 dec 1 1 10"), 1);
	assert_int_equal(is_singular("r2 y z 1\n.disto dec 1 1 10"), 1);
}

static void a_net_without_entries_in_the_matrix_is_no_error(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a 0 1\ni1 0 x 1\n.op\n.end\n",
		    "4 warning floating-net: net \"x\" (i1) has no DC path to ground, so the "
		    "current of "
		    "i1 has nowhere to go; add one, for instance a resistor of 1g\n");
	assert_lint("t\nv1 a 0 1\nr1 a b 1\ns1 a b x 0 s\n.model s sw\n.op\n.end\n",
		    "4 warning floating-net: net \"x\" (s1) has no DC path to ground; add one, for "
		    "instance a resistor of 1g\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passive_elements),
		cmocka_unit_test(independent_sources),
		cmocka_unit_test(controlled_sources_carry_current_at_their_output),
		cmocka_unit_test(a_current_source_alone_leaves_the_voltage_open),
		cmocka_unit_test(one_that_depends_on_the_voltage_is_a_resistor),
		cmocka_unit_test(controls_and_gates_carry_none),
		cmocka_unit_test(semiconductors_conduct),
		cmocka_unit_test(a_gate_with_tunnelling_conducts),
		cmocka_unit_test(a_transistor_without_a_model_is_given_the_benefit_of_the_doubt),
		cmocka_unit_test(switches_are_resistors),
		cmocka_unit_test(lines_join_the_wires_of_an_end),
		cmocka_unit_test(what_nobody_knows_is_a_path),
		cmocka_unit_test(an_island_of_transistors_is_reported),
		cmocka_unit_test(a_net_that_no_conductance_or_capacitor_touches_is_an_error),
		cmocka_unit_test(a_capacitor_out_of_the_island_helps_the_last_resort),
		cmocka_unit_test(a_conductance_helps_but_not_in_small_signal_analyses),
		cmocka_unit_test(a_net_without_entries_in_the_matrix_is_no_error),
	};

	return run_all_tests(tests);
}
