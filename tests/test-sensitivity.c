/* SPDX-License-Identifier: BSD-3-Clause */
/* Transistors and ports at which a sensitivity analysis crashes: which are, and which circuits use one. */
#include "circuit/sensitivity.h"

#include "base/mem.h"
#include "support-circuit.h"

#define TOP "t\nv1 a 0 1\nr1 a 0 1k\n"

/* expected NULL: there is none. */
static void assert_fault(const char *deck, const char *expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(deck);
	char *words;

	assert_int_equal(circuit_sens_fault(circuit, &words, &err), 0);
	assert_ok(&err);
	if (expected)
		assert_string_equal(words ? words : "none", expected);
	else
		assert_null(words);
	mem_free(words);
	carom_circuit_free(circuit);
}

static void bipolar_transistors_of_the_first_levels_are(void **state)
{
	static const char faulty[] = "bipolar transistors, such as q1";

	(void)state;
	assert_fault(TOP "q1 a a 0 qn\n.model qn npn\n", faulty);
	assert_fault(TOP "q1 a a 0 0 qn\n.model QN PNP(bf=50 LEVEL = 2)\n", faulty);
	assert_fault(TOP ".param n=4\nq1 a a 0 qn\n.model qn npn level={n}\n", faulty);
	assert_fault(TOP "q1 a a 0 qn\n.model qn npn level=4\n", NULL);
	assert_fault(TOP "q1 a a 0 qn\n.model qn npn level=8\n", NULL);
	assert_fault(TOP "q1 a a 0 qn\n.model qn nbjt level=1\n", NULL);
}

static void vertical_power_transistors_are(void **state)
{
	(void)state;
	assert_fault(TOP "m1 a a 0 md\n.model md vdmos(vto=1)\n", "VDMOS transistors, such as m1");
	assert_fault(TOP "m1 a a 0 0 mn\n.model mn nmos\nd1 a 0 dn\n.model dn d\n", NULL);
}

static void ports_are(void **state)
{
	(void)state;
	assert_fault(TOP "v2 b 0 1 portnum 1 z0 50\nr2 a b 1\n", "ports, such as v2");
	assert_fault(TOP "x1 a s\n.subckt s p\nv2 p 0 1 PORTNUM=1 z0 50\n.ends\n",
		     "ports, such as v2");
	assert_fault(TOP "i2 b 0 1 portnum 1 z0 50\nr2 portnum 0 1\n", NULL);
}

static void what_is_not_used_does_not_count(void **state)
{
	(void)state;
	assert_fault(TOP ".model qn npn\nm1 a a 0 0 mn\n.model mn nmos\n", NULL);
	assert_fault(TOP ".subckt s c\nq1 c c 0 qn\n.model qn npn\n.ends\n", NULL);
	assert_fault(TOP "q1 a a 0 missing\n", NULL);
}

static void subcircuits_are_looked_into(void **state)
{
	(void)state;
	assert_fault(TOP "x1 a s\n.subckt s c\nx2 c u\n.subckt u c\nq7 c c 0 qn\n.ends\n.ends\n"
			 ".model qn npn\n",
		     "bipolar transistors, such as q7");
	assert_fault(TOP "x1 a s\nq1 a a 0 qn\n.subckt s c\nq7 c c 0 qn\n.model qn npn\n.ends\n"
			 ".model qn npn level=4\n",
		     "bipolar transistors, such as q7");
}

static int attempt(void *arg)
{
	char *words;
	int status = circuit_sens_fault(arg, &words, NULL);

	mem_free(words);
	return status;
}

static void no_memory_is_an_error(void **state)
{
	struct carom_circuit *circuit = import_deck(TOP "q1 a a 0 qn\n.model qn npn\n");

	(void)state;
	assert_survives_no_memory(attempt, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bipolar_transistors_of_the_first_levels_are),
		cmocka_unit_test(vertical_power_transistors_are),
		cmocka_unit_test(ports_are),
		cmocka_unit_test(what_is_not_used_does_not_count),
		cmocka_unit_test(subcircuits_are_looked_into),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
