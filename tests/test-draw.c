/* SPDX-License-Identifier: BSD-3-Clause */
/* Calls of statistical functions found in texts. */
#include "circuit/draw.h"

#include <string.h>

#include "support.h"

static void a_name_draws_by_its_count_of_arguments(void **state)
{
	static const struct {
		const char *name;
		unsigned n_arguments;
		enum draw_function function;
	} rows[] = {
		{"agauss", 3, DRAW_AGAUSS},
		{"GAUSS", 3, DRAW_GAUSS},
		{"gauss", 1, DRAW_LTSPICE_GAUSS},
		{"aunif", 2, DRAW_AUNIF},
		{"unif", 2, DRAW_UNIF},
		{"limit", 2, DRAW_LIMIT},
		{"flat", 1, DRAW_LTSPICE_FLAT},
		{"mc", 2, DRAW_LTSPICE_MC},
		{"mc", 1, DRAW_NONE},
		{"flat", 2, DRAW_NONE},
		{"gaus", 3, DRAW_NONE},
		{"agauss", 4, DRAW_NONE},
		{"sin", 1, DRAW_NONE},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_int_equal(
			draw_function_find(rows[i].name, strlen(rows[i].name), rows[i].n_arguments),
			rows[i].function);
	assert_true(draw_is_name("Flat", 4));
	assert_false(draw_is_name("flatter", 7));
}

/* The calls of a text and their first arguments: "agauss(1,2,3)|1 unif( x ,2)| x ". */
static void assert_calls(const char *text, const char *expected)
{
	char found[256] = "";
	struct draw_call call;
	size_t at = 0;

	while (draw_call_find(text, strlen(text), &at, &call)) {
		strcat(found, *found ? " " : "");
		strncat(found, text + call.begin, call.length);
		strcat(found, "|");
		strncat(found, text + call.first_begin, call.first_length);
	}
	assert_string_equal(found, expected);
}

static void calls_are_found_with_their_first_argument(void **state)
{
	(void)state;
	assert_calls(".param x=agauss(1k,50,3)", "agauss(1k,50,3)|1k");
	assert_calls("{2*UNIF (max(a,b),0.1)+limit(3,1)}",
		     "UNIF (max(a,b),0.1)|max(a,b) limit(3,1)|3");
	assert_calls("r1 a b {gauss(5)} tc={flat(1m)}", "gauss(5)|5 flat(1m)|1m");
	assert_calls("agauss(agauss(1,2,3),2,3)", "agauss(agauss(1,2,3),2,3)|agauss(1,2,3)");
}

static void what_is_no_call_is_passed_over(void **state)
{
	(void)state;
	assert_calls("agauss", "");
	assert_calls("agauss+(1,2,3)", "");
	assert_calls("x_agauss(1,2,3) agauss2(1,2,3) a.gauss(1,2,3)", "");
	assert_calls("mc(1) flat(1,2)", "");
	assert_calls("agauss(1,2,3", "");
	assert_calls("sin(1) unif(1,2)", "unif(1,2)|1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_name_draws_by_its_count_of_arguments),
		cmocka_unit_test(calls_are_found_with_their_first_argument),
		cmocka_unit_test(what_is_no_call_is_passed_over),
	};

	return run_all_tests(tests);
}
