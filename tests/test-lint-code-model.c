/* SPDX-License-Identifier: BSD-3-Clause */
/* Nets of code models against their ports. */
#include <stdio.h>
#include <string.h>

#include "support-lint.h"

#define TOP "t\nv1 a 0 1\nr1 a b 1k\nr2 b 0 1k\nr3 o 0 1k\n"
#define LINE 6 /* of what follows TOP */

/* findings: none, or the one that is expected, which begins with "a1: ". */
static void assert_card(const char *card, const char *model, const char *finding)
{
	char deck[500], expected[300] = "";

	snprintf(deck, sizeof(deck), TOP "%s m\n.model m %s\n.tran 1n 10n\n.end\n", card, model);
	if (finding)
		snprintf(expected, sizeof(expected), "%d error code-model-port: a1: %s\n", LINE,
			 finding);
	assert_lint(deck, expected);
}

static void each_port_has_its_net(void **state)
{
	(void)state;
	assert_card("a1 a o", "gain", NULL);
	assert_card("a1 a, (o)", "GAIN(gain=2)", NULL);
	assert_card("a1", "gain", "port \"in\" of gain has no net");
	assert_card("a1 a", "gain", "port \"out\" of gain has no net");
	assert_card("a1 a o b", "gain",
		    "\"b\" is one too many for gain, whose last port is "
		    "\"out\"");
	assert_card("a1 a ]", "gain",
		    "port \"out\" of gain is no vector; write its net without "
		    "brackets");
	assert_card("a1 < o", "gain", "port \"in\" of gain has \"<\" where a net is to stand");
}

static void a_vector_stands_in_brackets(void **state)
{
	(void)state;
	assert_card("a1 [a b] o", "summer", NULL);
	assert_card("a1 [ a b a ]o", "summer", NULL);
	assert_card("a1 a o", "summer",
		    "port \"in\" of summer is a vector; put its nets in brackets, as in [a b]");
	assert_card("a1 [a] o", "gain",
		    "port \"in\" of gain is no vector; write its net without brackets");
	assert_card("a1 [a b o", "summer", "port \"in\" of summer has no \"]\" behind its nets");
	assert_card("a1 [a [b]] o", "summer",
		    "port \"in\" of summer has \"[\" where a net is to stand");
}

static void a_vector_has_as_many_nets_as_it_takes(void **state)
{
	static const char ram[] = "a1 [d] [q] [x] w [%s]";
	char card[200];

	(void)state;
	assert_card("a1 [a] o", "summer", "port \"in\" of summer takes 2 nets at least, not 1");
	assert_card("a1 [] [x]", "adc_bridge",
		    "port \"in\" of adc_bridge takes 1 nets at least, not 0");
	snprintf(card, sizeof(card), ram, "s s s s s s s s s s s s s s s s");
	assert_card(card, "d_ram", NULL);
	snprintf(card, sizeof(card), ram, "s s s s s s s s s s s s s s s s s");
	assert_card(card, "d_ram", "port \"select\" of d_ram takes 16 nets at most, not 17");
}

static void null_stands_where_a_port_may_have_no_net(void **state)
{
	(void)state;
	assert_card("a1 d c null null q NULL", "d_dff", NULL);
	assert_card("a1 d null null null q nq", "d_dff",
		    "port \"clk\" of d_dff must have a net, not null");
	assert_card("a1 d c null null q", "d_dff",
		    "port \"nout\" of d_dff has no net; write null for none");
	assert_card("a1 null c null [q]", "d_state", NULL);
	assert_card("a1 [d null] q", "d_and",
		    "port \"in\" of d_and is a vector, which must not "
		    "hold null");
}

static void types_are_those_of_the_port(void **state)
{
	(void)state;
	assert_card("a1 %vd(a b) %id [o 0]", "gain",
		    "port \"out\" of gain is no vector; write its net without brackets");
	assert_card("a1 %vd(a b) %id(o 0)", "gain", NULL);
	assert_card("a1 %vd [a b b 0] [x y]", "adc_bridge", NULL);
	assert_card("a1 [%vd a b %v b] [x y z]", "adc_bridge", NULL);
	assert_card("a1 %g a o", "gain",
		    "port \"in\" of gain is of a type among v vd i id vnam, not \"g\"");
	assert_card("a1 a %vnam v1", "gain",
		    "port \"out\" of gain is of a type among v vd i id, not \"vnam\"");
	assert_card("a1 %vd a", "gain", "port \"in\" of gain takes two nets, as its type is vd");
	assert_card("a1 %vd a %v o", "gain",
		    "port \"in\" of gain takes two nets, as its type is vd");
	assert_card("a1 o", "zener(v_breakdown=5)",
		    "port \"z\" of zener takes two nets, as its type is gd");
	assert_card("a1 %", "gain",
		    "port \"in\" of gain is of a type among v vd i id vnam, not "
		    "\"m\"");
}

static void digital_nets_alone_are_inverted(void **state)
{
	(void)state;
	assert_card("a1 [x ~ y] ~q", "d_and", NULL);
	assert_card("a1 ~a o", "gain",
		    "port \"in\" of gain is analog; ~ inverts digital nets "
		    "alone");
	assert_card("a1 [x y] ~", "d_and", "port \"out\" of d_and has no net behind ~");
}

static void a_current_is_one_of_a_voltage_source(void **state)
{
	(void)state;
	assert_card("a1 %vnam V1 o", "gain", NULL);
	assert_lint(TOP "a1 %vnam r1 o m\n.model m gain\n.op\n.end\n",
		    "6 error missing-element: a1: there is no voltage source \"r1\" in the deck; "
		    "name one that exists\n");
	assert_lint(TOP "x1 a s\n.subckt s p\nr1 p 0 1\na1 %vnam v1 p m\n.model m gain\n.ends\n"
			".op\n.end\n",
		    "9 error missing-element: a1: there is no voltage source \"v1\" in this "
		    "subcircuit; name one that exists\n");
}

static void a_real_net_is_none_of_the_analog_ones(void **state)
{
	(void)state;
	assert_card("a1 x null z", "d_to_real", NULL);
	assert_card("a1 x null o", "d_to_real",
		    "port \"out\" of d_to_real is real, and its net \"o\" analog; give it a net of "
		    "its own");
	assert_lint(TOP "x1 z s\n.subckt s p\na1 p q m\n.ends\na1 z y m\n.model m real_gain\n.op\n"
			".end\n",
		    "");
}

#define AS_MANY "; give it as many, without which ngspice crashes"

static void a_bridge_has_no_more_inputs_than_outputs(void **state)
{
	(void)state;
	assert_card("a1 [a b] [x y]", "adc_bridge", NULL);
	assert_card("a1 [a] [x y]", "adc_bridge", NULL);
	assert_card("a1 [x ~y y] [c d]", "dac_bridge",
		    "port \"in\" of dac_bridge has 3 nets and \"out\" 2" AS_MANY);
	assert_card("a1 [a b] [x] null", "bidi_bridge",
		    "port \"a\" of bidi_bridge has 2 nets and \"d\" 1" AS_MANY);
	assert_card("a1 [x y] [q] [x] y [x]", "d_ram",
		    "port \"data_in\" of d_ram has 2 nets and \"data_out\" 1" AS_MANY);
}

#define SO_MANY "port \"in\" of summer has 2 nets, and so many numbers must be in the brackets of "

static void parameters_of_nets_have_a_number_for_each(void **state)
{
	(void)state;
	assert_card("a1 [a b] o", "summer(in_gain=[1 -2.e3] in_offset=[0, 0] out_gain=2)", NULL);
	assert_card("a1 [a b] o", "summer in_gain = [1 2 3]", SO_MANY "in_gain");
	assert_card("a1 [a b] o", "summer(in_offset=1)", SO_MANY "in_offset");
	assert_card("a1 [a b] o", "summer(in_gain=[{1+2}])", NULL);
}

static void what_is_not_known_is_left_alone(void **state)
{
	(void)state;
	assert_card("a1 a", "my_own_model", NULL);
	assert_lint(TOP ".param p=1\na1 {p} gg\n.model gg gain\n.op\n.end\n", "");
	assert_lint(TOP ".if (0)\na1 a gg\n.endif\n.model gg gain\n.op\n.end\n", "");
}

static void a_model_of_another_element_is_no_code_model(void **state)
{
	(void)state;
	assert_lint(TOP "a1 a o m\nd1 a 0 m\n.model m d\n.op\n.end\n",
		    "6 error model-type: a1: model \"m\" is of type \"d\", which is none of a code "
		    "model\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_port_has_its_net),
		cmocka_unit_test(a_vector_stands_in_brackets),
		cmocka_unit_test(a_vector_has_as_many_nets_as_it_takes),
		cmocka_unit_test(null_stands_where_a_port_may_have_no_net),
		cmocka_unit_test(types_are_those_of_the_port),
		cmocka_unit_test(digital_nets_alone_are_inverted),
		cmocka_unit_test(a_current_is_one_of_a_voltage_source),
		cmocka_unit_test(a_real_net_is_none_of_the_analog_ones),
		cmocka_unit_test(a_bridge_has_no_more_inputs_than_outputs),
		cmocka_unit_test(parameters_of_nets_have_a_number_for_each),
		cmocka_unit_test(what_is_not_known_is_left_alone),
		cmocka_unit_test(a_model_of_another_element_is_no_code_model),
	};

	return run_all_tests(tests);
}
