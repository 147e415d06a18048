/* SPDX-License-Identifier: BSD-3-Clause */
/* Words behind nets, model and value of an element. */
#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void passive_elements_have_the_parameters_they_have(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 1k foo=1\n.op\n.end\n",
		    "5 error element-param: r3: a resistor has no parameter \"foo\"\n");
	assert_lint(BASE "r3 b 0 1k tc1=0.1 tc2=0.2\n.op\n.end\n", "");
	assert_lint(BASE "c1 b 0 1n ci=1\n.op\n.end\n",
		    "5 error element-param: c1: a capacitor has no parameter \"ci\"\n");
	assert_lint(BASE "r3 b 0 r='1k*(1+v(a))' foo=1\n.op\n.end\n", "");
}

static void a_value_and_a_model_stand_in_their_order(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 1k rm\nr4 b 0 rm 1k tc1=1m\nr5 b 0 1k 2k\n.model rm r(rsh=1)\n"
			 ".op\n.end\n",
		    "");
	assert_lint(BASE "c3 b 0 1p cm\n.model cm c\n.op\n.end\n",
		    "5 error element-param: c3: a capacitor has no parameter \"cm\"\n");
	assert_lint(BASE "c3 b 0 1p cm\nc4 b 0 cm 1p\n.model cm c\n.op\n.end\n", "");
	assert_lint(BASE "r3 b 0 rm 1k 2k\n.model rm r(rsh=1)\n.op\n.end\n",
		    "5 error element-param: r3: \"2k\" is one number too many; name the parameter "
		    "it is for\n");
	assert_lint(BASE "r3 b 0 1k 2k foo\n.op\n.end\n",
		    "5 error element-param: r3: a resistor has no parameter \"foo\"\n");
}

static void sources_have_the_words_they_know(void **state)
{
	(void)state;
	assert_lint(BASE "v2 c 0 1 2\nr3 c 0 1\n.op\n.end\n",
		    "5 error element-param: v2: \"2\" is one number too many; name the parameter "
		    "it is for\n");
	assert_lint(BASE "i2 c 0 pusle(0 1)\nr3 c 0 1\n.op\n.end\n",
		    "5 error element-param: i2: a current source has no parameter \"pusle\"\n");
	assert_lint(BASE "v2 c 0 dc 1 ac 1 90 sin(0 1 1k) distof1 1 0\nr3 c 0 {1}\n.op\n.end\n",
		    "");
	assert_lint(BASE "v2 c 0 {1} pwl(0 0 1n {1}) r = 0 td='1n'\nr3 c 0 1\n.op\n.end\n", "");
}

static void a_controlled_source_has_a_gain(void **state)
{
	(void)state;
	assert_lint(BASE "e1 c 0 a 0\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: e1: there is no gain; write it at the end\n");
	assert_lint(BASE "h1 c 0 v1\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: h1: there is no gain; write it at the end\n");
	assert_lint(BASE "g1 c 0 a 0 2 foo\nr3 c 0 1\n.op\n.end\n",
		    "5 error element-param: g1: a voltage-controlled current source has no "
		    "parameter \"foo\"\n");
	assert_lint(BASE "f1 c 0 v1 2 m=3\ng1 c 0 a 0 {2}\ne1 d 0 poly(1) a 0 0 1\n"
			 "e2 e 0 value={v(a)}\ne3 f 0 table {v(a)} = (0,0) (1,1)\n"
			 "r3 c d 1\nr4 e f 1\nr5 c 0 1\n.op\n.end\n",
		    "");
}

static void devices_have_the_parameters_of_their_letter(void **state)
{
	(void)state;
	assert_lint(BASE "m1 b b 0 0 nn w=1u ll=1u\n.model nn nmos\n.op\n.end\n",
		    "5 error element-param: m1: a MOSFET has no parameter \"ll\"\n");
	assert_lint(
		BASE "m1 b b 0 0 nn 5\n.model nn nmos\n.op\n.end\n",
		"5 error element-param: m1: \"5\" is one number too many; name the parameter it "
		"is for\n");
	assert_lint(BASE "m1 b b 0 0 nn w='1u' L = 1u off ic=0, 1,2 m={2}\nq1 b b 0 qn 2 off\n"
			 "d1 b 0 dn 2 ic=0.5\nd2 b 0 dn\n.model nn nmos\n.model qn npn\n.model dn "
			 "d\n.op\n.end\n",
		    "");
	assert_lint(BASE "s1 b 0 a 0 sm on\nt1 a 0 c 0 z0=50 td=1n ic=0,0,0,0\nr3 c 0 1\n"
			 ".model sm sw\n.op\n.end\n",
		    "");
}

static void numerical_devices_have_names_of_files(void **state)
{
	(void)state;
	assert_lint(BASE "d1 b 0 dn area=2 ic.file=\"x.init\" save=1\n"
			 "d2 b 0 dn area=2 IC.FILE=\"x.init\"\n.model dn numd\n.op\n.end\n",
		    "");
}

static void a_number_in_front_of_an_equals_sign_is_a_value(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 1k= 2\nc1 b 0 1pv =2 ic=0\nl1 b 0 1u = {2}\n.op\n.end\n", "");
	assert_lint(BASE "r3 b 0 foo= 2\n.op\n.end\n",
		    "5 error element-param: r3: a resistor has no parameter \"foo\"\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(passive_elements_have_the_parameters_they_have),
		cmocka_unit_test(a_value_and_a_model_stand_in_their_order),
		cmocka_unit_test(sources_have_the_words_they_know),
		cmocka_unit_test(a_controlled_source_has_a_gain),
		cmocka_unit_test(devices_have_the_parameters_of_their_letter),
		cmocka_unit_test(numerical_devices_have_names_of_files),
		cmocka_unit_test(a_number_in_front_of_an_equals_sign_is_a_value),
	};

	return run_all_tests(tests);
}
