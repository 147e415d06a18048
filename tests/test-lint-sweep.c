/* SPDX-License-Identifier: BSD-3-Clause */
/* Words of analysis cards. */
#include <stdio.h>
#include <string.h>

#include "support-lint.h"

#define BASE "t\nv1 a 0 dc 1 ac 1\nr1 a b 1k\nr2 b 0 1k\n"

static void a_transient_analysis_has_a_step_and_a_stop_time(void **state)
{
	(void)state;
	assert_lint(BASE ".tran 1u\n.end\n", "5 error bad-analysis: .tran needs 2 words at least: "
					     ".tran STEP STOP [START [MAX]] [uic]\n");
	assert_lint(BASE ".tran 1u 1m\n.end\n", "");
	assert_lint(BASE ".tran 0 1m\n.end\n",
		    "5 error bad-analysis: .tran: the step must be greater than 0\n");
	assert_lint(BASE ".tran 1u 0\n.end\n",
		    "5 error bad-analysis: .tran: the stop time must be greater than 0\n");
	assert_lint(
		BASE ".tran 1u 1m 2m\n.end\n",
		"5 error bad-analysis: .tran: the start time must be less than the stop time\n");
	assert_lint(BASE ".tran 1u 1m 0.5m 1u uic\n.end\n", "");
	assert_lint(BASE ".tran 1u stop\n.end\n", "5 error bad-analysis: .tran: \"stop\" is no "
						  "number; a parameter must be in braces\n");
	assert_lint(BASE ".param s=1m\n.tran 1u {s}\n.end\n", "");
	assert_lint(BASE ".tran 1u [\n.end\n", "5 error bad-analysis: .tran: \"[\" is no "
					       "number; a parameter must be in braces\n");
	assert_lint(BASE ".tran 1u 1m uic foo\n.end\n", "");
	assert_lint(BASE ".tran 1u 1m '0' {1u} uic\n.end\n", "");
	assert_lint(
		BASE ".tran 1u 1m 0 foo\n.end\n",
		"5 error bad-analysis: .tran: \"foo\" stands where nothing but uic may follow\n");
	assert_lint(BASE ".tran 1u 1m 0 1u 5\n.end\n",
		    "5 error bad-analysis: .tran: \"5\" stands where nothing but uic may follow\n");
}

static void a_frequency_sweep_has_a_kind_and_begins_above_zero(void **state)
{
	(void)state;
	assert_lint(BASE ".ac dec 10 1 1k\n.end\n", "");
	assert_lint(BASE ".ac dex 10 1 1k\n.end\n",
		    "5 error bad-analysis: .ac: the sweep must be dec, oct or lin\n");
	assert_lint(BASE ".ac dec 10 0 1k\n.end\n",
		    "5 error bad-analysis: .ac: the first frequency of a dec or oct sweep must be "
		    "greater than 0\n");
	assert_lint(BASE ".ac lin 10 0 1k\n.end\n", "");
	assert_lint(BASE ".ac dec 10\n.end\n", "5 error bad-analysis: .ac needs 3 words at least: "
					       ".ac dec|oct|lin POINTS FIRST LAST\n");
	assert_lint(BASE ".disto oct 10 0 10\n.end\n",
		    "5 error bad-analysis: .disto: the first frequency of a dec or oct sweep must "
		    "be greater than 0\n");
}

static void a_dc_sweep_names_a_source_and_comes_to_an_end(void **state)
{
	(void)state;
	assert_lint(BASE ".dc v1 0 1 0.1\n.end\n", "");
	assert_lint(BASE ".dc v9 0 1 0.1\n.end\n",
		    "5 error swept-source: .dc: \"v9\" is no source or resistor of the deck\n");
	assert_lint(
		BASE ".dc v1 0 1 0\n.end\n",
		"5 error endless-sweep: .dc: with a step of 0 the sweep never ends; give it one\n");
	assert_lint(
		BASE ".dc v1 1 1 0\n.end\n",
		"5 error endless-sweep: .dc: with a step of 0 the sweep never ends; give it one\n");
	assert_lint(BASE ".dc r1 1 2 0.5\n.end\n", "");
	assert_lint(BASE ".param p=1\n.dc v1 0 {p} '0.1*p'\n.end\n", "");
	assert_lint(
		BASE ".dc v1 v1 1 0.1\n.end\n",
		"5 error bad-analysis: .dc: \"v1\" is no number; a parameter must be in braces\n");
	assert_lint(BASE ".dc temp 0 100 10\n.end\n", "");
	assert_lint(
		BASE ".dc v1 0 1\n.end\n",
		"5 error bad-analysis: .dc needs 4 words at least: .dc SOURCE FIRST LAST STEP\n");
	assert_lint(BASE "v2 c 0 1\nr3 c 0 1\n.dc v1 0 1 1 v2 0 1\n.end\n",
		    "7 error bad-analysis: .dc needs 8 words at least: .dc SOURCE FIRST LAST STEP "
		    "SOURCE2 ...\n");
	assert_lint(BASE ".dc v1 0 1 1 v9 0 1 1\n.end\n",
		    "5 error swept-source: .dc: \"v9\" is no source or resistor of the deck\n");
	assert_lint(BASE "l1 b 0 1\n.dc l1 1 2 1\n.end\n",
		    "6 error swept-source: .dc: \"l1\" is no source or resistor of the deck\n");
}

static void noise_has_an_output_and_a_source_with_an_ac_value(void **state)
{
	(void)state;
	assert_lint(BASE ".noise v(b) v1 dec 1 1 10\n.end\n", "");
	assert_lint(BASE ".noise v(b,a) v1 dec 1 1 10\n.end\n", "");
	assert_lint(BASE ".noise v(b) v1 dec 0 1 10\n.end\n",
		    "5 error bad-analysis: .noise: the number of points must be greater than 0\n");
	assert_lint(BASE ".noise v(b) r1 dec 1 1 10\n.end\n",
		    "5 error swept-source: .noise: \"r1\" is no voltage or current source of the "
		    "deck\n");
	assert_lint(BASE ".noise b v1 dec 1 1 10 1\n.end\n",
		    "5 error bad-analysis: .noise: the output must be written v(NET)\n");
	assert_lint(BASE ".noise v(b) v1 dex 1 1 10\n.end\n",
		    "5 error bad-analysis: .noise: the sweep must be dec, oct or lin\n");
	assert_lint(BASE "v2 c 0 1\nr3 c 0 1\n.noise v(b) v2 dec 1 1 10\n.end\n",
		    "7 error bad-analysis: .noise: the source v2 has no AC value; give it one, "
		    "such as \"ac 1\"\n");
	assert_lint(BASE ".noise v(b) v1\n.end\n",
		    "5 error bad-analysis: .noise needs 7 words at least: .noise v(OUT[,REF]) "
		    "SOURCE dec|oct|lin POINTS FIRST LAST\n");
}

static void a_transfer_function_names_a_source(void **state)
{
	(void)state;
	assert_lint(BASE ".tf v(b) v1\n.end\n", "");
	assert_lint(
		BASE ".tf v(b) v9\n.end\n",
		"5 error swept-source: .tf: \"v9\" is no voltage or current source of the deck\n");
	assert_lint(BASE ".tf v(b)\n.end\n", "5 error bad-analysis: .tf needs 3 words at least: "
					     ".tf v(OUT[,REF])|i(SOURCE) SOURCE\n");
}

static void poles_and_zeros_have_six_words(void **state)
{
	(void)state;
	assert_lint(BASE ".pz a 0 b 0 vol pz\n.end\n", "");
	assert_lint(BASE ".pz a GND b 0 vol zer\n.pz x1.c 0 a 0 cur pol\nx1 b s\n.subckt s p\n"
			 "r1 p c 1\nr2 c 0 1\n.ends\n.end\n",
		    "");
	assert_lint(BASE ".pz a 0 c 0 vol pz\n.end\n",
		    "5 error bad-analysis: .pz: there is no net \"c\"\n");
	assert_lint(BASE "a1 b c gg\n.model gg gain\nr3 c 0 1\n.pz a 0 %v 0 vol pz\n.end\n", "");
	assert_lint("t\nv1 0 a 1\nr1 a b 1k\nr2 b 0 1k\n.pz a 0 b 0 vol pz\n.end\n",
		    "5 error bad-analysis: .pz: the source v1 shorts the input; give it an AC "
		    "value, such as \"ac 1\"\n");
	assert_lint(BASE ".pz a a b b vol pz\n.end\n",
		    "5 error bad-analysis: .pz: both nets of the input are one\n"
		    "5 error bad-analysis: .pz: both nets of the output are one\n");
	assert_lint(BASE ".pz a b a b vol pz\n.pz a b a b cur pz\n.end\n",
		    "5 error bad-analysis: .pz: the output is the input, and their ratio is 1\n");
	assert_lint(BASE ".pz a 0 b 0 vol pz pole\n.pz a 0 b 0 vol pole\n.end\n",
		    "6 error bad-analysis: .pz: the sixth word must be pol, zer or pz\n");
	assert_lint(BASE ".pz a 0 b 0 foo pz\n.end\n",
		    "5 error bad-analysis: .pz: the fifth word must be cur or vol\n");
	assert_lint(BASE ".pz a 0 b 0\n.end\n", "5 error bad-analysis: .pz needs 6 words at least: "
						".pz IN REF OUT REF cur|vol pol|zer|pz\n");
}

static void sensitivities_that_crash_are_not_asked_for(void **state)
{
	(void)state;
	assert_lint(BASE ".sens v(b)\n.end\n", "");
	assert_lint(BASE "q1 a b 0 qn\n.model qn npn\n.sens v(b)\n.end\n",
		    "7 error crashing-sens: .sens: ngspice 39 crashes at bipolar transistors, such "
		    "as q1; take the card out\n");
	assert_lint(
		BASE
		"x1 a b s\n.subckt s c b\nq1 c b 0 qn\n.model qn npn\n.ends\n.sens v(b)\n.end\n",
		"10 error crashing-sens: .sens: ngspice 39 crashes at bipolar transistors, such as "
		"q1; take the card out\n");
	assert_lint(BASE "q1 a b 0 qn\n.model qn npn level=4\n.sens v(b)\n.end\n", "");
	assert_lint(BASE "m1 a b 0 md\n.model md vdmos\n.sens v(b)\n.end\n",
		    "7 error crashing-sens: .sens: ngspice 39 crashes at VDMOS transistors, such "
		    "as m1; take the card out\n");
	assert_lint(BASE "v2 c 0 external\nr9 c 0 1\n.sens v(b)\n.end\n",
		    "5 warning external-source: v2: an external source takes its value from a host "
		    "program; the commands run, mc and ngspice -b have none\n"
		    "7 error crashing-sens: .sens: ngspice 39 crashes at external sources, such as "
		    "v2; take the card out\n");
	assert_lint(BASE ".sens\n.end\n", "5 error bad-analysis: .sens needs 2 words at least: "
					  ".sens v(OUT[,REF])|i(SOURCE)\n");
}

static void distortion_has_points(void **state)
{
	(void)state;
	assert_lint(BASE ".disto dec 2 1k 10\n.end\n",
		    "5 error bad-analysis: .disto: the last frequency must not be less than the "
		    "first\n");
	assert_lint(BASE ".disto dec 0 1 10\n.end\n",
		    "5 error bad-analysis: .disto: the number of points must be greater than 0\n");
	assert_lint(BASE ".disto lin 2 1k 10\n.end\n", "");
	assert_lint(BASE ".disto lin 2 1k 1k\n.end\n",
		    "5 error bad-analysis: .disto: ngspice divides by the difference of the "
		    "frequencies; write dec\n");
}

static void points_and_frequencies_are_numbers(void **state)
{
	static const char *const cards[] = {".ac dec %s 1 10", ".noise v(b) v1 lin 3 %s 10",
					    ".disto dec 3 1 %s"};
	char deck[200], expected[200];

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		size_t length = (size_t)snprintf(deck, sizeof(deck), BASE);

		length += (size_t)snprintf(deck + length, sizeof(deck) - length, cards[i], "[");
		snprintf(deck + length, sizeof(deck) - length, "\n.end\n");
		snprintf(expected, sizeof(expected),
			 "5 error bad-analysis: %.*s: \"[\" is no number; a parameter must be in "
			 "braces\n",
			 (int)strcspn(cards[i], " "), cards[i]);
		assert_lint(deck, expected);
	}
	assert_lint("t\nv1 a 0 ac 1 portnum 1 z0 50\nr1 a b 1\nv2 b 0 ac 1 portnum 2 z0 50\n"
		    ".sp lin [ 1 foo\n.sp dec 3 1 foo\n.end\n",
		    "");
	assert_lint(BASE ".ac lin 3 foo 10\n.ac dec 1 1 foo\n.ac dec {1} '1' 10\n.end\n", "");
}

static void scattering_has_two_ports(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 ac 1 portnum 1 z0 50\nr1 a b 1\nr2 b 0 1\n.sp dec 1 1 10\n.end\n",
		    "5 error bad-analysis: .sp needs two ports at least: voltage sources with "
		    "portnum 1 z0 50\n");
	assert_lint("t\nv1 a 0 ac 1 portnum 1 z0 50\nr1 a b 1\nv2 b 0 ac 1 portnum 2 z0 50\n"
		    ".sp dec 1 1 10\n.end\n",
		    "");
}

static void words_behind_the_source_of_a_transfer_function_do_no_harm(void **state)
{
	(void)state;
	assert_lint(BASE ".tf v(b) v1 5\n.end\n", "");
	assert_lint(BASE ".tf v(b,a) v1\n.end\n", "");
	assert_lint(BASE ".tf v(b) r1\n.end\n",
		    "5 error swept-source: .tf: \"r1\" is no voltage or current source of the "
		    "deck\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_transient_analysis_has_a_step_and_a_stop_time),
		cmocka_unit_test(a_frequency_sweep_has_a_kind_and_begins_above_zero),
		cmocka_unit_test(a_dc_sweep_names_a_source_and_comes_to_an_end),
		cmocka_unit_test(noise_has_an_output_and_a_source_with_an_ac_value),
		cmocka_unit_test(a_transfer_function_names_a_source),
		cmocka_unit_test(poles_and_zeros_have_six_words),
		cmocka_unit_test(sensitivities_that_crash_are_not_asked_for),
		cmocka_unit_test(distortion_has_points),
		cmocka_unit_test(points_and_frequencies_are_numbers),
		cmocka_unit_test(scattering_has_two_ports),
		cmocka_unit_test(words_behind_the_source_of_a_transfer_function_do_no_harm),
	};

	return run_all_tests(tests);
}
