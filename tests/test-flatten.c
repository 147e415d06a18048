/* SPDX-License-Identifier: BSD-3-Clause */
/* Flattening: names, nets, models, expressions, what has no flat form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "carom-graph.h"
#include "support-circuit.h"

static struct carom_circuit *flatten_deck(const char *deck, struct carom_error *err)
{
	struct carom_circuit *circuit = import_deck(deck), *flat;

	carom_circuit_flatten(circuit, &flat, err);
	carom_circuit_free(circuit);
	return flat;
}

static void assert_flat(const char *deck, const char *expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *flat = flatten_deck(deck, &err);

	assert_ok(&err);
	assert_deck(flat, expected);
	carom_circuit_free(flat);
}

/* The message begins with place and ends with text. */
static void assert_not_flat(const char *deck, enum carom_status status, const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char text[1024];

	assert_null(flatten_deck(deck, &err));
	assert_int_equal(err.status, status);
	assert_string_equal(carom_error_format(&err, text, sizeof(text)), message);
}

static void names_lead_through_instances(void **state)
{
	(void)state;
	assert_flat("t\n"
		    "V1 in 0 1\n"
		    "X1 in out outer\n"
		    "r1 out GND 1k\n"
		    ".subckt outer a b\n"
		    "x2 a n inner\nr1 n b 2k\n.ends\n"
		    ".subckt inner p q\n"
		    "R3 p m 3\nc1 m q 1n\nr4 q gnd 4\n.ends\n",
		    "t\n"
		    "V1 in 0 1\n"
		    "R.X1.x2.R3 in X1.x2.m 3\n"
		    "c.X1.x2.c1 X1.x2.m X1.n 1n\n"
		    "r.X1.x2.r4 X1.n 0 4\n"
		    "r.X1.r1 X1.n out 2k\n"
		    "r1 out GND 1k\n"
		    ".end\n");
}

static void global_nets_are_the_same_everywhere(void **state)
{
	(void)state;
	assert_flat("t\n.global VDD vss\nx1 a s\n.subckt s p\nr1 p vdd 1\nr2 p vss 1\n"
		    "b1 p 0 v=v(vdd)+v(q)\n.ends\n",
		    "t\n.global VDD vss\nr.x1.r1 a vdd 1\nr.x1.r2 a vss 1\n"
		    "b.x1.b1 a 0 v=v(vdd)+v(x1.q)\n.end\n");
}

static void ports_may_be_joined(void **state)
{
	(void)state;
	assert_flat("t\nx1 a a s\n.subckt s p q\nr1 p q 1\nr2 p 0 1\n.ends\n",
		    "t\nr.x1.r1 a a 1\nr.x1.r2 a 0 1\n.end\n");
}

static void parameters_become_numbers(void **state)
{
	(void)state;
	assert_flat("t\n"
		    ".param r0=2k\n"
		    ".func twice(x) {2*x}\n"
		    "r1 a 0 {twice(r0)}\n"
		    "x1 a s k=3\n"
		    "x2 a s\n"
		    ".subckt s p k=1 j={k*10}\n"
		    ".param h={j+1}\n"
		    "r1 p 0 'h*k' tc=1m,2m\n"
		    "c1 p 0 c={k*1p} ic=1\n"
		    "v1 p 0 dc {-j} ac 1\n"
		    ".ends\n",
		    "t\n"
		    ".param r0=2k\n"
		    ".func twice(x) {2*x}\n"
		    "r1 a 0 4000\n"
		    "r.x1.r1 a 0 93 tc=1m tc2=2m\n"
		    "c.x1.c1 a 0 c=3e-12 ic=1\n"
		    "v.x1.v1 a 0 dc -30 ac 1\n"
		    "r.x2.r1 a 0 11 tc=1m tc2=2m\n"
		    "c.x2.c1 a 0 c=1e-12 ic=1\n"
		    "v.x2.v1 a 0 dc -10 ac 1\n"
		    ".end\n");
}

static void models_of_subcircuits_belong_to_the_instance(void **state)
{
	(void)state;
	assert_flat("t\n"
		    ".model top d(is=1f)\n"
		    "x1 a s i=2\n"
		    "x2 a s i=4\n"
		    ".subckt s p i=1\n"
		    "d1 p 0 dm\nd2 p 0 top\nd3 p n dm 2\nx9 n t\n"
		    ".subckt t q\nd1 q 0 dm\n.ends\n"
		    ".model dm d(is={i*1f} n=1)\n"
		    ".model unused d(is={nothing})\n"
		    ".ends\n",
		    "t\n"
		    ".model top d(is=1f)\n"
		    ".model x1:dm d(is=2e-15 n=1)\n"
		    "d.x1.d1 a 0 x1:dm\nd.x1.d2 a 0 top\nd.x1.d3 a x1.n x1:dm 2\n"
		    "d.x1.x9.d1 x1.n 0 x1:dm\n"
		    ".model x2:dm d(is=4e-15 n=1)\n"
		    "d.x2.d1 a 0 x2:dm\nd.x2.d2 a 0 top\nd.x2.d3 a x2.n x2:dm 2\n"
		    "d.x2.x9.d1 x2.n 0 x2:dm\n"
		    ".end\n");
}

static void bins_of_a_model_go_together(void **state)
{
	(void)state;
	assert_flat("t\nx1 a s\n.subckt s d\nm1 d d 0 0 nch w=1u l=1u\n"
		    ".model nch.1 nmos(lmin=1u lmax=2u)\n.model nch.2 nmos(lmin=2u lmax=3u)\n"
		    ".model nchx nmos(vto=1)\n.ends\n",
		    "t\n.model x1:nch.1 nmos(lmin=1u lmax=2u)\n"
		    ".model x1:nch.2 nmos(lmin=2u lmax=3u)\n"
		    "m.x1.m1 a a 0 0 x1:nch w=1u l=1u\n.end\n");
}

static void what_an_element_refers_to_is_renamed(void **state)
{
	(void)state;
	assert_flat("t\nx1 a s\n.subckt s p\n"
		    "vs p q 0\nl1 q 0 1m\nl2 p 0 1m\nk1 l1 l2 0.9\n"
		    "f1 p 0 vs 2\nf2 p 0 poly(2) vs vs 0 1 2\nh1 q r vs 3\n"
		    "w1 p 0 vs sw1\n.model sw1 csw\n"
		    "e1 p 0 q r 2\ne2 p 0 poly(2) (q,0) (r,0) 0 1 2\ng1 p 0 q 0 1\n"
		    "e3 p 0 or(2) q 0 r 0 (0,1) (2,3)\n.ends\n",
		    "t\n"
		    "v.x1.vs a x1.q 0\nl.x1.l1 x1.q 0 1m\nl.x1.l2 a 0 1m\n"
		    "k.x1.k1 l.x1.l1 l.x1.l2 0.9\n"
		    "f.x1.f1 a 0 v.x1.vs 2\nf.x1.f2 a 0 poly(2) v.x1.vs v.x1.vs 0 1 2\n"
		    "h.x1.h1 x1.q x1.r v.x1.vs 3\n"
		    ".model x1:sw1 csw\nw.x1.w1 a 0 v.x1.vs x1:sw1\n"
		    "e.x1.e1 a 0 x1.q x1.r 2\n"
		    "e.x1.e2 a 0 poly(2) (x1.q,0) (x1.r,0) 0 1 2\ng.x1.g1 a 0 x1.q 0 1\n"
		    "e.x1.e3 a 0 or(2) x1.q 0 x1.r 0 (0,1) (2,3)\n"
		    ".end\n");
}

static void expressions_are_renamed_and_resolved(void **state)
{
	(void)state;
	assert_flat("t\n.func f(x) {x*2}\nx1 a s k=-4\n.subckt s p k=1\n.func g(y) {y*k}\n"
		    "vs p q 0\n"
		    "b1 p 0 v=v(q)*k + v( p , q )+f(i(vs))+sin(time)+g(3)\n"
		    "r1 p q r='v(q)*k'\ne1 p 0 vol={v(q)*k}\n.ends\n",
		    "t\n.func f(x) {x*2}\n"
		    "v.x1.vs a x1.q 0\n"
		    "b.x1.b1 a 0 v=v(x1.q)*(-4) + v( a , x1.q )+f(i(v.x1.vs))+sin(time)+(-12)\n"
		    "r.x1.r1 a x1.q r='v(x1.q)*(-4)'\ne.x1.e1 a 0 vol={v(x1.q)*(-4)}\n"
		    ".end\n");
}

static void code_models_are_renamed_word_by_word(void **state)
{
	(void)state;
	assert_flat("t\nx1 a s\n.subckt s p\n"
		    "a1 [p ~n null] %vd(p q) [d] conv\na2 %vnam vs p gm\na3 %vnam [vs vs] p gm\nvs "
		    "p 0 1\n"
		    ".model conv adc_bridge\n.model gm gain\n.ends\n",
		    "t\n.model x1:conv adc_bridge\n"
		    "a.x1.a1 [a ~x1.n null] %vd(a x1.q) [x1.d] x1:conv\n"
		    ".model x1:gm gain\na.x1.a2 %vnam v.x1.vs a x1:gm\n"
		    "a.x1.a3 %vnam [v.x1.vs v.x1.vs] a x1:gm\nv.x1.vs a 0 1\n.end\n");
}

static void initial_conditions_are_renamed(void **state)
{
	(void)state;
	assert_flat("t\nx1 a s\n.subckt s p k=2\nr1 p q 1\n.ic v(q)=1 v(p) = {k}\n"
		    ".nodeset v(q)=0.5\n.options abstol=1p\n.ends\n",
		    "t\nr.x1.r1 a x1.q 1\n.ic v(x1.q)=1 v(a) = 2\n.nodeset v(x1.q)=0.5\n"
		    ".options abstol=1p\n.end\n");
}

static void a_multiplier_is_for_all_inside(void **state)
{
	(void)state;
	assert_flat("t\nx1 a s m=3\nx2 a s\nx3 a own m=4\n"
		    ".subckt s p\nr1 p q 1\nr2 p q 1 m=2\nb1 p q v=1\nv1 q 0 1\nx9 p t m=5\n.ends\n"
		    ".subckt t p\nr1 p 0 1\n.ends\n"
		    ".subckt own p m=1\nr1 p 0 {m}\n.ends\n",
		    "t\n"
		    "r.x1.r1 a x1.q 1 m=3\nr.x1.r2 a x1.q 1 m=2 m=3\nb.x1.b1 a x1.q v=1\n"
		    "v.x1.v1 x1.q 0 1\nr.x1.x9.r1 a 0 1 m=3\n"
		    "r.x2.r1 a x2.q 1\nr.x2.r2 a x2.q 1 m=2\nb.x2.b1 a x2.q v=1\n"
		    "v.x2.v1 x2.q 0 1\nr.x2.x9.r1 a 0 1 m=5\n"
		    "r.x3.r1 a 0 4\n.end\n");
}

static void cards_keep_their_places(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *flat =
		flatten_deck("t\nx1 a s\n.subckt s p\nr1 p 0 {1/1}\n.ends\n", &err);
	struct carom_findings *findings;
	char text[200] = "";

	(void)state;
	assert_ok(&err);
	assert_int_equal(carom_circuit_lint(flat, &findings, &err), CAROM_OK);
	for (size_t i = 0; i < carom_findings_count(findings); i++) {
		struct carom_finding finding = carom_findings_get(findings, i);

		if (finding.line == 4)
			snprintf(text, sizeof(text), "%s", finding.source);
	}
	assert_string_equal(text, "t.cir"); /* r.x1.r1 alone at a */
	carom_findings_free(findings);
	carom_circuit_free(flat);
}

static void a_flat_circuit_is_as_large_as_was_counted(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(
		"t\n.global g\nr1 a b 1\nx1 a b s\nx2 b 0 s\n.subckt s p q\nr1 p m 1\nr2 m g 1\n"
		"x1 m n u\nx2 n n u\n.subckt u p q\nr1 p k 1\nr2 k q 1\nc1 k g 1\n.ends\n.ends\n");
	struct carom_circuit *flat;
	struct carom_statistics before, after;

	(void)state;
	assert_int_equal(carom_circuit_flatten(circuit, &flat, &err), CAROM_OK);
	carom_circuit_statistics(circuit, &before, &err);
	carom_circuit_statistics(flat, &after, &err);
	assert_ok(&err);
	assert_int_equal(before.flat_nets, after.nets);
	assert_int_equal(before.flat_elements, after.elements);
	assert_memory_equal(before.flat_by_kind, after.flat_by_kind, sizeof(after.flat_by_kind));
	carom_circuit_free(flat);
	carom_circuit_free(circuit);
}

static void what_has_no_flat_form_is_named(void **state)
{
	(void)state;
	assert_not_flat("t\n.param p=1\n.if (p==1)\nr1 a 0 1\n.endif\n", CAROM_ERROR_SYNTAX,
			"t.cir:3: .if has no flat form");
	assert_not_flat("t\nx1 a s\n.subckt s a\n.if (1)\nr1 a 0 1\n.endif\n.ends\n",
			CAROM_ERROR_SYNTAX, "t.cir:4: .if inside of a subcircuit has no flat form");
	assert_not_flat("t\nx1 a s\n.subckt s a\nr1 a 0 1\n.save v(a)\n.ends\n", CAROM_ERROR_SYNTAX,
			"t.cir:5: .save inside of a subcircuit has no flat form");
	assert_not_flat("t\nx1 a s\n.subckt s a\n.func f(x) {x}\nb1 a 0 v=f(v(a))\n.ends\n",
			CAROM_ERROR_SYNTAX,
			"t.cir:5: f is a function of a subcircuit, which has no flat form with "
			"arguments that are no numbers");
	assert_not_flat("t\nx1 a s\n.subckt s a\n.model m1 ako:m2 d\nd1 a 0 m1\n.ends\n",
			CAROM_ERROR_SYNTAX,
			"t.cir:4: a model after another (ako:) has no flat form");
}

static void mistakes_have_their_places(void **state)
{
	(void)state;
	assert_not_flat("t\nx1 a b s\n.subckt s a\nr1 a 0 1\n.ends\n", CAROM_ERROR_TOPOLOGY,
			"t.cir:2: x1: 2 nets for the 1 of subcircuit s");
	assert_not_flat("t\nx1 a s\n.subckt s a\nx2 a s\n.ends\n", CAROM_ERROR_TOPOLOGY,
			"t.cir:4: x2 is inside of the subcircuit that it stands for");
}

static void an_undefined_parameter_is_an_error_of_its_card(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_null(flatten_deck("t\nx1 a s\n.subckt s a\nr1 a 0 {k}\n.ends\n", &err));
	assert_int_equal(err.status, CAROM_ERROR_PARAMETER);
	assert_int_equal(err.line, 4);
	carom_error_clear(&err);
	assert_null(flatten_deck("t\nx1 a nosuch\n", &err));
	assert_int_equal(err.status, CAROM_ERROR_NOT_FOUND);
	assert_int_equal(err.line, 2);
	carom_error_clear(&err);
	assert_null(flatten_deck("t\nx1 a s\n.subckt s a\nr1 a 0 {agauss(1,1,1)}\n.ends\n", &err));
	assert_int_equal(err.status, CAROM_ERROR_SYNTAX);
	assert_int_equal(err.line, 4);
}

static void a_subcircuit_alone_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck("t\n.subckt s a\nr1 a 0 1\n.ends\nx1 a s\n");
	struct carom_circuit *flat;

	(void)state;
	assert_int_equal(carom_circuit_flatten(carom_circuit_subcircuit(circuit, 0), &flat, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_null(flat);
	carom_circuit_free(circuit);
}

static int try_flatten(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *flat;
	int status = carom_circuit_flatten(arg, &flat, &err);

	carom_circuit_free(flat);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit = import_deck(
		"t\n.global g\nx1 a s m=2\n.subckt s p k=1\n.func f(x) {x}\nd1 p g dm\n.model dm "
		"d(is={k})\nb1 p 0 v=f(k)*v(p)+k\n.ic v(p)=1\n.ends\n");

	(void)state;
	assert_survives_no_memory(try_flatten, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_lead_through_instances),
		cmocka_unit_test(global_nets_are_the_same_everywhere),
		cmocka_unit_test(ports_may_be_joined),
		cmocka_unit_test(parameters_become_numbers),
		cmocka_unit_test(models_of_subcircuits_belong_to_the_instance),
		cmocka_unit_test(bins_of_a_model_go_together),
		cmocka_unit_test(what_an_element_refers_to_is_renamed),
		cmocka_unit_test(expressions_are_renamed_and_resolved),
		cmocka_unit_test(code_models_are_renamed_word_by_word),
		cmocka_unit_test(initial_conditions_are_renamed),
		cmocka_unit_test(a_multiplier_is_for_all_inside),
		cmocka_unit_test(cards_keep_their_places),
		cmocka_unit_test(a_flat_circuit_is_as_large_as_was_counted),
		cmocka_unit_test(what_has_no_flat_form_is_named),
		cmocka_unit_test(mistakes_have_their_places),
		cmocka_unit_test(an_undefined_parameter_is_an_error_of_its_card),
		cmocka_unit_test(a_subcircuit_alone_is_refused),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
