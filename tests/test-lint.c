/* SPDX-License-Identifier: BSD-3-Clause */
/* All checks together: order, files, circuits built by calls, memory. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "circuit/deadly.h"
#include "support-circuit.h"
#include "support-folder.h"
#include "support-lint.h"

static void a_sound_deck_has_no_findings(void **state)
{
	(void)state;
	assert_lint_with_dangling("t\nv1 in 0 ac 1\nr1 in out 1k\nc1 out 0 1n\n"
				  ".ac dec 10 1 1meg\n.end\n",
				  "");
}

static void findings_come_in_the_order_of_the_lines(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 in 0 1\nr1 in 0 {a}\nd1 in 0 dd\nr1 in 0 {b}\nc1 in x 1n\nc2 x 0 1n\n"
		".op\n.end\n",
		"3 error undefined-param: r1: undefined parameter \"a\"; define it with .param\n"
		"4 error missing-model: d1: there is no model \"dd\" here; define it with .model "
		"or "
		"include its library\n"
		"5 error duplicate-element: r1: the name is in use already, on line 3; give one of "
		"the "
		"two another\n"
		"5 error undefined-param: r1: undefined parameter \"b\"; define it with .param\n"
		"6 warning floating-net: net \"x\" (c1, c2) has no DC path to ground; add one, for "
		"instance a resistor of 1g\n");
}

static void findings_name_the_file_they_are_in(void **state)
{
	char folder[] = "/tmp/carom-lint-XXXXXX";
	char deck[64], part[64];
	struct carom_circuit *circuit;
	struct carom_findings *findings;
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(deck, sizeof(deck), "%s/deck.cir", folder);
	snprintf(part, sizeof(part), "%s/part.inc", folder);
	write_file(deck, "t\n.include part.inc\nr2 a 0 {y}\n.op\n.end\n");
	write_file(part, "* a part\nr1 a 0 {x}\n");
	carom_circuit_import_file(&circuit, deck, NULL, &err);
	assert_ok(&err);
	assert_int_equal(carom_circuit_lint(circuit, &findings, &err), CAROM_OK);
	assert_int_equal(carom_findings_count(findings), 2);
	assert_non_null(strstr(carom_findings_get(findings, 0).source, "deck.cir"));
	assert_int_equal(carom_findings_get(findings, 0).line, 3);
	assert_non_null(strstr(carom_findings_get(findings, 1).source, "part.inc"));
	assert_int_equal(carom_findings_get(findings, 1).line, 2);
	carom_findings_free(findings);
	carom_circuit_free(circuit);
	unlink(deck);
	unlink(part);
	rmdir(folder);
}

static void a_circuit_built_by_calls_is_checked_without_places(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = carom_circuit_new("t", &err);
	struct carom_findings *findings;
	struct carom_finding finding;

	(void)state;
	carom_add_element(circuit, "r1 a 0 {x}", &err);
	carom_add_element(circuit, "r2 a 0 1k", &err);
	carom_circuit_add_card(circuit, ".op", &err);
	assert_ok(&err);
	assert_int_equal(carom_circuit_lint(circuit, &findings, &err), CAROM_OK);
	assert_int_equal(carom_findings_count(findings), 1);
	finding = carom_findings_get(findings, 0);
	assert_string_equal(finding.source, "");
	assert_int_equal(finding.line, 0);
	assert_string_equal(finding.text, "r1: undefined parameter \"x\"; define it with .param");
	carom_findings_free(findings);
	carom_circuit_free(circuit);
}

/* One of everything that is kept in memory on the way. */
static const char busy_deck[] =
	"t\n.global vdd\n.param p=1 q={p*nothing}\n.func f(x) {x*missing}\n.model nn.1 nmos l=bad\n"
	".model gain gain\n.subckt s a b w={open}\n.if (1)\nr1 a b {w}\n.endif\nr2 a b {f(w)}\n"
	"m1 a b 0 0 nn\nv1 a 0 1\nl1 b 0 1\n.ends\nx1 a b s w=none\nx2 a b s\nv1 a 0 1\n"
	"c1 x 0 1\nc2 y 0 1\nb1 z 0 v=v(x)+i(v1)+undefined\na1 %v(x) %v(y) gain\nr1 a 0 "
	"{undefined}\n"
	"r1 a 0 {undefined}\n.ic v(x1.q)=0\n.tran 1u 2u\n.end\n";

static int try_lint(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;
	int status = carom_circuit_lint(arg, &findings, &err);

	assert_int_equal(status, err.status);
	assert_true((findings != NULL) == (status == CAROM_OK));
	carom_findings_free(findings);
	return status;
}

static int try_check(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int status = circuit_check_deadly(arg, &err);

	assert_int_equal(status, err.status);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit = import_deck(busy_deck);

	(void)state;
	assert_survives_no_memory(try_lint, circuit);
	assert_survives_no_memory(try_check, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sound_deck_has_no_findings),
		cmocka_unit_test(findings_come_in_the_order_of_the_lines),
		cmocka_unit_test(findings_name_the_file_they_are_in),
		cmocka_unit_test(a_circuit_built_by_calls_is_checked_without_places),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
