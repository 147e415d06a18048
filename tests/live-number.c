/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers on cards: what is read here is what the real ngspice reads. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "support-ng.h"

enum { N_RANDOM = 1500, PER_DECK = 250 };

static int set_up(void **state)
{
	*state = start_ng(NULL);
	return 0;
}

static int tear_down(void **state)
{
	stop_ng(*state);
	return 0;
}

/* ---- asking ngspice ---- */

/* Numbers as temperature coefficients: at the nominal temperature any will do. */
static void load_numbers(struct ng_session *session, char (*numbers)[32], size_t n)
{
	struct text deck = TEXT_INIT;

	text_append(&deck, "t\nv1 a 0 1\n");
	for (size_t i = 0; i < n; i++)
		text_printf(&deck, "r%zu a 0 1k tc1=%s\n", i, numbers[i]);
	text_append(&deck, ".op");
	run_ng(session, text_string(&deck));
	text_release(&deck);
}

/* From version 40 on "1a" is 1e-18; before it is 1 with a unit, as for us. */
static bool has_atto(const char *number, const struct ng_session *session)
{
	const char *unit = number + strspn(number, "0123456789+-.eEdD");

	return is_version_since(ng_session_version(session), 40) && (*unit == 'a' || *unit == 'A');
}

static void assert_same_number(const char *number, double theirs)
{
	double ours = NAN;
	size_t used;

	assert_true(number_read(number, strlen(number), &ours, &used));
	if (fabs(theirs - ours) > 8e-16 * fabs(ours))
		fail_msg("%s: ngspice reads %.17g, we %.17g", number, theirs, ours);
}

static void compare(struct ng_session *session, char (*numbers)[32], size_t n)
{
	load_numbers(session, numbers, n);
	for (size_t i = 0; i < n; i++) {
		char vector[32];

		if (has_atto(numbers[i], session))
			continue;
		snprintf(vector, sizeof(vector), "@r%zu[tc1]", i);
		assert_same_number(numbers[i], ng_value(session, vector, 0));
	}
}

/* ---- numbers ---- */

static void numbers_of_every_shape_are_read_alike(void **state)
{
	char numbers[][32] = {
		"1k",
		"1meg",
		"1mil",
		"4.7uF",
		"1e-3k",
		"1.5e+6hz",
		"0x1p3",
		"1.e3",
		".5",
		"+5",
		"-.5k",
		"5.",
		"1ee3",
		"1k5",
		"4k7",
		"1a",
		"1d3",
		"2.5D2",
		"1d",
		"1e",
		"1ek",
		"1mils",
		"1Ohm",
		"1F",
		"1mF",
		"1MEGohm",
		"1x",
		"1T",
		"1g5",
		"1e3e3",
		"1%",
		"1_000",
		"1.5.5",
		"1e3.5",
		"1meg1",
		"1kk5",
		"1e3k5",
		"2z3",
		"1#",
		"1:2",
		"1me",
		"1mi",
		"5deg",
		"1\xc2\xb5",
		"1\xc2\xb5"
		"F",
		"0",
		"-0",
		"007",

		"1e-400",
		"1e-3mil",
		"0.0000001k",
		"100000000000000000000n",
		"1M",
		"1Mil",
	};

	compare(*state, numbers, sizeof(numbers) / sizeof(numbers[0]));
}

/* Two words to ngspice, of which a resistor takes the last: no number that anyone meant. */
static void a_d_takes_no_sign(void **state)
{
	double value;
	size_t used;

	run_ng(*state, "t\nv1 a 0 1\nr1 a 0 1d-3\n.op");
	assert_double_equal(ng_value(*state, "@r1[resistance]", 0), -3, 0, 0);
	assert_true(number_read("1d-3", 4, &value, &used));
	assert_int_equal(used, 2);
}

/* Sign, up to 15 digits with a point somewhere or none, exponent, suffix and unit, or not. */
static void write_number(char number[32])
{
	static const char *const signs[] = {"", "", "", "-", "+"};
	static const char *const letters[] = {"", "", "e", "E", "e-", "e+", "d"};
	static const char *const suffixes[] = {"",  "",  "t", "g", "MEG", "meg", "k", "K", "mil",
					       "m", "u", "n", "p", "f",   "a",   "x", "M", "Mil"};
	static const char *const units[] = {"",   "",   "ohm", "F", "Hz", "s",
					    "eg", "il", "k",   "5", "_"};
	unsigned n_digits = 1 + random_below(15);
	unsigned point = random_below(2 * n_digits);
	char *at = number + sprintf(number, "%s", signs[random_below(5)]);
	const char *letter = letters[random_below(7)];

	for (unsigned i = 0; i < n_digits; i++) {
		if (i == point)
			*at++ = '.';
		*at++ = (char)('0' + random_below(10));
	}
	at += sprintf(at, "%s", letter);
	if (letter[0])
		at += sprintf(at, "%u", random_below(12));
	sprintf(at, "%s%s", suffixes[random_below(18)], units[random_below(11)]);
}

static void random_numbers_are_read_alike(void **state)
{
	static char numbers[PER_DECK][32];

	for (int n = 0; n < N_RANDOM; n += PER_DECK) {
		for (int i = 0; i < PER_DECK; i++)
			write_number(numbers[i]);
		compare(*state, numbers, PER_DECK);
	}
}

/* What is printed with 15 digits at most is read by ngspice as the same number, or the next one. */
static void printed_numbers_are_read_alike(void **state)
{
	static char numbers[PER_DECK][32];

	for (int i = 0; i < PER_DECK; i++) {
		double value =
			(double)(random_bits() % 1000000) * pow(10, (int)random_below(40) - 25);

		number_print(numbers[i], value);
	}
	compare(*state, numbers, PER_DECK);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(numbers_of_every_shape_are_read_alike, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_d_takes_no_sign, set_up, tear_down),
		cmocka_unit_test_setup_teardown(random_numbers_are_read_alike, set_up, tear_down),
		cmocka_unit_test_setup_teardown(printed_numbers_are_read_alike, set_up, tear_down),
	};

	return run_all_tests(tests);
}
