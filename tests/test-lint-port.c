/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers of ports for S parameters. */
#include "support-circuit.h"
#include "support-lint.h"

#define DECK(first, second)                                                               \
	"t\nv1 a 0 " first "\nr1 a b 1k\nv2 b 0 " second "\n.param n=2\n.sp dec 1 1 10\n" \
	".end\n"

static void ports_are_numbered_from_one_without_a_gap(void **state)
{
	(void)state;
	assert_lint(DECK("portnum 1 z0 50", "portnum 2 z0 50"), "");
	assert_lint(DECK("portnum 2 z0 50", "ac 1 portnum=1 z0=50"), "");
	assert_lint(DECK("portnum 1 z0 50", "portnum 3 z0 50"),
		    "4 error port-number: v2: port 3 where port 2 is to come; number the ports "
		    "from 1 on, each once\n");
	assert_lint(DECK("portnum 2 z0 50", "portnum 1.5 z0 50"),
		    "2 error port-number: v1: port 2 where port 1 is to come; number the ports "
		    "from 1 on, each once\n");
}

static void no_two_ports_have_one_number(void **state)
{
	(void)state;
	assert_lint(DECK("portnum 1 z0 50", "portnum 1 z0 50"),
		    "4 error port-number: v2: port 1 where port 2 is to come; number the ports "
		    "from 1 on, each once\n");
}

static void a_source_without_an_impedance_is_no_port(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 portnum 1 z0 50\nr1 a b 1\nv2 b 0 portnum 7 z0 0\n.op\n.end\n", "");
}

static void numbers_that_cannot_be_told_are_left_alone(void **state)
{
	(void)state;
	assert_lint(DECK("portnum 7 z0 50", "portnum {n} z0 50"), "");
	assert_lint(DECK("portnum 7 z0 {n}", "portnum 2 z0 50"), "");
	assert_lint("t\nx1 a s\nv2 a 0 portnum 2 z0 50\n.subckt s p\nv1 p 0 portnum 1 z0 50\n"
		    ".ends\n.op\n.end\n",
		    "");
	assert_lint("t\nr1 a 0 1\nv2 a 0 portnum 2 z0 50\n.if (1)\nv1 b 0 portnum 1 z0 50\n"
		    "r2 b 0 1\n.endif\n.op\n.end\n",
		    "");
}

static int attempt(void *arg)
{
	struct carom_findings *findings;
	int status = carom_circuit_lint(arg, &findings, NULL);

	carom_findings_free(findings);
	return status;
}

static void no_memory_is_an_error(void **state)
{
	struct carom_circuit *circuit = import_deck(DECK("portnum 1 z0 50", "portnum 3 z0 50"));

	(void)state;
	assert_survives_no_memory(attempt, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ports_are_numbered_from_one_without_a_gap),
		cmocka_unit_test(no_two_ports_have_one_number),
		cmocka_unit_test(a_source_without_an_impedance_is_no_port),
		cmocka_unit_test(numbers_that_cannot_be_told_are_left_alone),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
