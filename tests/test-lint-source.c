/* SPDX-License-Identifier: BSD-3-Clause */
/* Cards of voltage and current sources. */
#include <stdio.h>

#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

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
	assert_lint(BASE "v2 c 0 pwl(0 0 1n 1 2n 2 0)\nr3 c 0 1\n.tran 1n 2n\n.end\n", "");
	assert_lint(BASE "v2 c 0 pwl(0 0 {t} 1 0 2)\nr3 c 0 1\n.param t=1n\n.tran 1n 2n\n.end\n",
		    "");
	assert_lint(BASE "v2 c 0 pwl(0 0 {2n} 1 1n 2)\nr3 c 0 1\n.tran 1n 2n\n.end\n",
		    "5 error bad-waveform: v2: the times of pwl go back at \"1n\"; put them in "
		    "order\n");
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

#define NO_MAGNITUDE(name)                                                                         \
	"5 error missing-value: " name ": there is no magnitude in the brackets of ac, for which " \
	"ngspice crashes\n"

static void brackets_of_ac_hold_a_magnitude(void **state)
{
	(void)state;
	assert_lint(BASE "v2 c 0 1 ac (\nr3 c 0 1\n.op\n.end\n", NO_MAGNITUDE("v2"));
	assert_lint(BASE "i2 c 0 AC()\nr3 c 0 1\n.op\n.end\n", NO_MAGNITUDE("i2"));
	assert_lint(BASE "v2 c 0 ac\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE "v2 c 0 ac ( 1 0 ) 2\nr3 c 0 1\n.op\n.end\n", "");
}

#define NO_WAVEFORM \
	"5 error bad-waveform: v2: r= repeats the pwl in front of it, and there is none\n"

static void what_is_repeated_stands_in_front(void **state)
{
	(void)state;
	assert_lint(BASE "v2 c 0 1 r=0\nr3 c 0 1\n.tran 1n 2n\n.end\n", NO_WAVEFORM);
	assert_lint(BASE "v2 c 0 R=0 pwl(0 0 1n 1)\nr3 c 0 1\n.tran 1n 2n\n.end\n", NO_WAVEFORM);
	assert_lint(BASE "v2 c 0 pwl(0 0 1n 1) r=0\nr3 c 0 1\n.tran 1n 2n\n.end\n", "");
}

#define HALF_A_PORT                                                                               \
	"5 error bad-value: v2: a port needs a number from 1 on and an impedance, as in portnum " \
	"1 "                                                                                      \
	"z0 50; ngspice crashes without\n"

static void a_port_has_a_number_and_an_impedance(void **state)
{
	static const char *const halves[] = {"portnum",       "portnum 1",
					     "portnum z0 50", "portnum 0 z0 50",
					     "z0 50 portnum", "portnum 1 z0 pwr 1m"};
	char deck[200];

	(void)state;
	for (size_t i = 0; i < sizeof(halves) / sizeof(halves[0]); i++) {
		snprintf(deck, sizeof(deck), BASE "v2 c 0 dc 0 %s\nr3 c 0 1\n.op\n.end\n",
			 halves[i]);
		assert_lint(deck, HALF_A_PORT);
	}
	assert_lint(BASE "v2 c 0 dc 0 portnum 1 z0 50\nr3 c 0 1\n.op\n.end\n", "");
	assert_lint(BASE "v2 c 0 dc 0 portnum {n}\nr3 c 0 1\n.param n=1\n.op\n.end\n", "");
}

#define NO_DISTORTION(card, key)                                                             \
	"5 error missing-value: " card ": there is no magnitude behind " key "; write one, " \
	"as in distof1 1\n"

static void distortion_has_a_magnitude(void **state)
{
	(void)state;
	assert_lint(BASE "v2 c 0 1 distof1\nr3 c 0 1\n.op\n.end\n", NO_DISTORTION("v2", "distof1"));
	assert_lint(BASE "v2 c 0 DISTOF2 ac 1\nr3 c 0 1\n.op\n.end\n",
		    NO_DISTORTION("v2", "DISTOF2"));
	assert_lint(BASE "i2 c 0 distof1 () sin(0 1 1k)\nr3 c 0 1\n.op\n.end\n",
		    NO_DISTORTION("i2", "distof1"));
	assert_lint(BASE "v2 c 0 distof1 0.1 0 distof2 {x}\nr3 c 0 1\n.param x=1\n.op\n.end\n", "");
	assert_lint(BASE "v2 c 0 distof1=0.1\nr3 c 0 1\n.op\n.end\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waveforms_have_enough_numbers),
		cmocka_unit_test(times_of_pwl_do_not_go_back),
		cmocka_unit_test(an_external_source_has_no_dc_value),
		cmocka_unit_test(an_external_source_needs_a_host),
		cmocka_unit_test(brackets_of_ac_hold_a_magnitude),
		cmocka_unit_test(what_is_repeated_stands_in_front),
		cmocka_unit_test(distortion_has_a_magnitude),
		cmocka_unit_test(a_port_has_a_number_and_an_impedance),
	};

	return run_all_tests(tests);
}
