/* SPDX-License-Identifier: BSD-3-Clause */
/* What one card says. */
#include <stdio.h>

#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void a_key_has_a_value(void **state)
{
	(void)state;
	assert_lint(BASE "l1 b c 1m ic=\n.op\n.end\n",
		    "5 error missing-value: l1: there is no value behind the last \"=\"\n");
	assert_lint(BASE "c1 b 0 1n ic=0.5\n.op\n.end\n", "");
}

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

static void waveforms_have_enough_numbers(void **state)
{
	(void)state;
	assert_lint(BASE "v2 c 0 pulse(1)\nr3 c 0 1\n.tran 1n 2n\n.end\n",
		    "5 error bad-waveform: v2: pulse needs 2 numbers at least\n");
	assert_lint(BASE "v2 c 0 pulse(0 1)\nr3 c 0 1\n.tran 1n 2n\n.end\n", "");
	assert_lint(BASE "v2 c 0 sin\nr3 c 0 1\n.tran 1n 2n\n.end\n",
		    "5 error bad-waveform: v2: sin needs 2 numbers at least\n");
	assert_lint(BASE "v2 c 0 trnoise(1m)\nr3 c 0 1\n.tran 1n 2n\n.end\n", "");
	assert_lint(BASE "i2 c 0 exp()\nr3 c 0 1\n.tran 1n 2n\n.end\n",
		    "5 error bad-waveform: i2: exp needs 2 numbers at least\n");
}

static void times_of_pwl_do_not_go_back(void **state)
{
	(void)state;
	assert_lint(BASE "v2 c 0 pwl(0 0 2n 1 1n 2)\nr3 c 0 1\n.tran 1n 2n\n.end\n",
		    "5 error bad-waveform: v2: the times of pwl go back at \"1n\"; put them in "
		    "order\n");
	assert_lint(BASE "v2 c 0 pwl(0 0 1n 1 2n 2)\nr3 c 0 1\n.tran 1n 2n\n.end\n", "");
	assert_lint(BASE "v2 c 0 pwl(0 0 {1n} 1 0 2)\nr3 c 0 1\n.tran 1n 2n\n.end\n", "");
}

static void an_external_source_has_no_dc_value(void **state)
{
	static const char *const sources[] = {"dc 0 external", "external dc 0", "0 external",
					      "{x} external", "-1m ac 1 external"};
	char deck[200];

	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		snprintf(deck, sizeof(deck), BASE "v2 c 0 %s\nr3 c 0 1\n.param x=1\n.op\n.end\n",
			 sources[i]);
		assert_lint(deck, "5 error external-dc: v2: ngspice 39 crashes at \"external\" "
				  "together with a dc value; leave the value out\n");
	}
}

static void an_external_source_needs_a_host(void **state)
{
	static const char warning[] =
		"5 warning external-source: v2: an external source takes its value from a host "
		"program; the commands run, mc and ngspice -b have none\n";

	(void)state;
	assert_lint(BASE "v2 c 0 external\nr3 c 0 1\n.op\n.end\n", warning);
	assert_lint(BASE "v2 c 0 ac 1 external\nr3 c 0 1\n.op\n.end\n", warning);
}

static void a_behavioural_source_has_one_expression(void **state)
{
	(void)state;
	assert_lint(BASE "b1 c 0 2*v(a)\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-source: b1: a behavioural source needs v=EXPRESSION or "
		    "i=EXPRESSION\n");
	assert_lint(BASE "b1 c 0 v=1 i=2\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-source: b1: a behavioural source needs v= or i=, not both\n");
	assert_lint(BASE "b1 c 0 v=v(a)\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE "b1 c 0 v=\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: b1: there is no expression behind \"=\"\n");
}

static void a_controlled_source_with_a_keyword_has_an_expression(void **state)
{
	(void)state;
	assert_lint(BASE "e1 c 0 value\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: e1: there is no expression behind \"value\"\n");
	assert_lint(BASE "e1 c 0 value={}\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: e1: there is no expression behind \"value\"\n");
	assert_lint(BASE "e1 c 0 vol=\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: e1: there is no expression behind \"vol\"\n");
	assert_lint(BASE "e1 c 0 value={v(a)}\nr3 c 0 1\n.op\n.end\n", "");
}

static void a_line_has_an_impedance(void **state)
{
	(void)state;
	assert_lint(BASE "t1 a 0 c 0 td=1n\nr3 c 0 1\n.op\n.end\n",
		    "5 error missing-value: t1: a lossless line needs z0=\n");
	assert_lint(BASE "t1 a 0 c 0 z0=0 td=1n\nr3 c 0 1\n.op\n.end\n",
		    "5 error bad-value: t1: z0 must not be 0\n");
	assert_lint(BASE "t1 a 0 c 0 zo=50 td=1n\nr3 c 0 1\n.op\n.end\n", "");
}

static void a_resistance_of_zero_is_no_wire(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 0\n.op\n.end\n",
		    "5 warning zero-resistance: r3: ngspice takes 0 ohm for 1 mOhm; write a "
		    "voltage source of 0 for a wire\n");
	assert_lint(BASE "r3 b 0 0.1\n.op\n.end\n", "");
}

static void suffixes_that_mean_something_else_are_pointed_at(void **state)
{
	(void)state;
	assert_lint(BASE "r3 b 0 1M\n.op\n.end\n",
		    "5 warning suffix: r3: M is milli: 1M is 0.001 ohm; write meg for mega\n");
	assert_lint(BASE "r3 b 0 1m\n.op\n.end\n", "");
	assert_lint(BASE "r3 b 0 1Meg\n.op\n.end\n", "");
	assert_lint(BASE "c3 b 0 1F\n.op\n.end\n",
		    "5 warning suffix: c3: F is femto: 1F is 1e-15 farad; leave the unit out\n");
	assert_lint(BASE "c3 b 0 1f\n.op\n.end\n", "");
	assert_lint(BASE "c3 b 0 1uF\n.op\n.end\n", "");
}

static void digits_behind_a_scale_are_not_read(void **state)
{
	(void)state;
	assert_lint(
		"t\nv1 a 0 1\nr1 a 0 4k7\nr2 a 0 1e-3\nr3 a 0 1.5e+3k\nr4 a 0 2meg\n.op\n.end\n",
		"3 warning suffix: r1: ngspice reads \"4k7\" as 4000; write it with a point "
		"and one scale, as in 4.7k or 1e-3\n");
}

static void a_coupling_is_at_most_one(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\nr1 a b 1\nl1 b 0 1\nl2 c 0 1\nr2 c 0 1\nk1 l1 l2 -1.5\n"
		    ".op\n.end\n",
		    "7 warning coupling-factor: k1: a coupling of -1.5 makes energy from nothing; "
		    "it must not exceed 1\n");
	assert_lint("t\nv1 a 0 1\nr1 a b 1\nl1 b 0 1\nl2 c 0 1\nr2 c 0 1\nk1 l1 l2 1\n"
		    ".op\n.end\n",
		    "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_has_a_value),
		cmocka_unit_test(passive_elements_have_the_parameters_they_have),
		cmocka_unit_test(waveforms_have_enough_numbers),
		cmocka_unit_test(times_of_pwl_do_not_go_back),
		cmocka_unit_test(an_external_source_has_no_dc_value),
		cmocka_unit_test(an_external_source_needs_a_host),
		cmocka_unit_test(a_behavioural_source_has_one_expression),
		cmocka_unit_test(a_controlled_source_with_a_keyword_has_an_expression),
		cmocka_unit_test(a_line_has_an_impedance),
		cmocka_unit_test(a_resistance_of_zero_is_no_wire),
		cmocka_unit_test(suffixes_that_mean_something_else_are_pointed_at),
		cmocka_unit_test(digits_behind_a_scale_are_not_read),
		cmocka_unit_test(a_coupling_is_at_most_one),
	};

	return run_all_tests(tests);
}
