/* SPDX-License-Identifier: BSD-3-Clause */
/* Nets and areas of devices. */
#include "support-circuit.h"
#include "support-lint.h"

#define DECK(cards) "t\nv1 a 0 1\n" cards "\n.op\n.end\n"

static void a_mosfet_has_the_nets_of_its_level(void **state)
{
	(void)state;
	assert_lint(DECK("m1 a a 0 0 0 mm\n.model mm nmos"),
		    "3 error pin-count: m1: 5 nets for model \"mm\", whose level has 4\n");
	assert_lint(DECK("m1 a a 0 0 0 mm\n.model mm pmos level=8"),
		    "3 error pin-count: m1: 5 nets for model \"mm\", whose level has 4\n");
	assert_lint(DECK("m1 a a 0 0 0 mm w=1u l=1u\n.model mm nmos level=10"), "");
	assert_lint(DECK("m1 a a 0 0 0 mm\n.model mm vdmos"), "");
	assert_lint(DECK("m1 a a 0 0 mm\n.model mm nmos"), "");
}

#define HIDDEN(line)                                                                              \
	line " error element-param: d1: ngspice takes the word behind \"dd\" for the model, and " \
	     "drops \"dd\"; name what it is, as in area=2\n"

static void an_area_without_its_name_hides_the_model(void **state)
{
	(void)state;
	assert_lint(DECK("d1 a 0 dd 2\n.model dd d"), HIDDEN("3"));
	assert_lint(DECK("d1 a 0 dd {2}\n.model dd d"), HIDDEN("3"));
	assert_lint(DECK("d1 a 0 dd 2\nd2 a 0 ee\n.model dd d\n.model ee d"), HIDDEN("3"));
	assert_lint(DECK("d1 a 0 dd area = 2\n.model dd d"), "");
	assert_lint(DECK("d1 a 0 dd off\n.model dd d"), "");
}

static void another_diode_keeps_the_model(void **state)
{
	(void)state;
	assert_lint(DECK("d1 a 0 dd 2\nd2 a 0 dd\nd3 a 0 dd 3\n.model dd d"), "");
	assert_lint(DECK("x1 a s\n.subckt s a\nd1 a 0 dd 2\n.ends\nd2 a 0 dd\n.model dd d"), "");
	assert_lint(DECK("x1 a s\nd2 a 0 dd\n.model dd d\n.subckt s a\nd1 a 0 dd 2\n.model dd d\n"
			 ".ends"),
		    HIDDEN("7"));
}

#define HIDDEN_Q                                                                              \
	"3 error element-param: q1: ngspice takes the word behind \"qn\" for the model, and " \
	"drops "                                                                              \
	"\"qn\"; name what it is, as in area=2\n"

static void an_area_of_a_bipolar_transistor_has_no_letters(void **state)
{
	(void)state;
	assert_lint(DECK("q1 a a 0 qn {k}\n.model qn npn\n.param k=2"), HIDDEN_Q);
	assert_lint(DECK("q1 a a 0 qn 2u\n.model qn npn"), HIDDEN_Q);
	assert_lint(DECK("q1 a a 0 qn {2}\nq2 a a 0 qp 2 off\n.model qn npn\n.model qp pnp"), "");
	assert_lint(DECK("q1 a a 0 qn off\n.model qn npn"), "");
	assert_lint(DECK("q1 a a 0 qn 2u\nq2 a a 0 qn\n.model qn npn"), "");
}

static void with_conditions_no_model_is_dropped(void **state)
{
	(void)state;
	assert_lint(DECK("d1 a 0 dd 2\n.model dd d\n.if (1)\nr1 a 0 1\n.endif"), "");
}

static int try_lint(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;

	carom_circuit_lint(arg, &findings, &err);
	carom_findings_free(findings);
	return err.status;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit = import_deck(DECK("d1 a 0 dd 2\n.model dd d"));

	(void)state;
	assert_survives_no_memory(try_lint, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_mosfet_has_the_nets_of_its_level),
		cmocka_unit_test(an_area_without_its_name_hides_the_model),
		cmocka_unit_test(another_diode_keeps_the_model),
		cmocka_unit_test(an_area_of_a_bipolar_transistor_has_no_letters),
		cmocka_unit_test(with_conditions_no_model_is_dropped),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
