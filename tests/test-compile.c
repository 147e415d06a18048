/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions read: names, functions, a user's functions, errors with their places. */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "circuit/evaluate.h"
#include "support-circuit.h"

static int evaluate(const char *deck, const char *expression, double *value,
		    struct carom_error *err)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct scope *top = scope_new(circuit, err);
	int rc = scope_evaluate(top, expression, strlen(expression), value, err);

	scope_free(top);
	carom_circuit_free(circuit);
	return rc;
}

static void assert_value(const char *deck, const char *expression, double expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double value = 0;

	evaluate(deck, expression, &value, &err);
	assert_ok(&err);
	assert_double_equal(value, expected, 1e-15, 0);
}

static void assert_error(const char *deck, const char *expression, enum carom_status status,
			 const char *source, int line, int column, const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	assert_int_equal(evaluate(deck, expression, &value, &err), status);
	assert_string_equal(err.text, text);
	assert_string_equal(err.source, source);
	assert_int_equal(err.line, line);
	assert_int_equal(err.column, column);
}

#define NONE "t\nr1 1 0 1\n.end\n"

static void functions_have_their_values(void **state)
{
	static const struct {
		const char *text;
		double value;
	} rows[] = {
		{"sqr(3)", 9},
		{"sqrt(9)", 3},
		{"abs(-2)", 2},
		{"pow(2,3)", 8},
		{"pwr(-2,3)", 8},
		{"max(1,2)", 2},
		{"min(1,2)", 1},
		{"int(-1.5)", -1},
		{"nint(1.5)", 2},
		{"nint(2.5)", 2},
		{"floor(-1.5)", -2},
		{"ceil(1.2)", 2},
		{"sgn(-4)", -1},
		{"log(1)", 0},
		{"ln(1)", 0},
		{"log10(1000)", 3},
		{"exp(0)", 1},
		{"sin(0)", 0},
		{"cos(0)", 1},
		{"tan(0)", 0},
		{"arctan(0)", 0},
		{"asin(0)", 0},
		{"acos(1)", 0},
		{"atan(0)", 0},
		{"sinh(0)", 0},
		{"cosh(0)", 1},
		{"tanh(0)", 0},
		{"asinh(0)", 0},
		{"acosh(1)", 0},
		{"atanh(0)", 0},
		{"ternary_fcn(1,2,3)", 2},
		{"ternary_fcn(0,2,3)", 3},
		{"SQRT( 4 )", 2},
		{"sqrt (4)", 2},
		{"sqrt(4,9)", 3},
		{"pow(3)", 1},
		{"(1,2)", 2},
		{"sqrt 4+(9)", 7},
		{"{1+2}*3", 9},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_value(NONE, rows[i].text, rows[i].value);
}

#define FUNCTIONS                                                        \
	"t\n.param p=10\n.func f(x, y) {x*y+p}\n.func g(x) 'f(x,x)'\n"   \
	".param h(x)={x - 1}\n.func none() {4}\n.func twice(x) {3*-x}\n" \
	".func sin(x) {x+100}\n.func again(x) {x}\n.func again(x) {x*2}\n.end\n"

static void functions_of_the_user_are_written_out(void **state)
{
	(void)state;
	assert_value(FUNCTIONS, "f(2,3)", 16);
	assert_value(FUNCTIONS, "f(1+1,3)", 16);
	assert_value(FUNCTIONS, "F( 1 + 1 , 3 )*2", 32);
	assert_value(FUNCTIONS, "g(2-5)", 19);
	assert_value(FUNCTIONS, "f(f(1,1),h(3))", 32);
	assert_value(FUNCTIONS, "none()+none( )", 8);
	assert_value(FUNCTIONS, "sin(1)", 101);
	assert_value(FUNCTIONS, "again(4)", 8);
	assert_value(FUNCTIONS, "twice(2)", -6); /* a word as it is, */
	assert_error(FUNCTIONS, "twice(1+1)", CAROM_ERROR_SYNTAX, "t.cir", 7, 16,
		     "a \"-\" behind an operator must stand before a number: write (-x)");
}

static void functions_are_those_of_the_circuit_and_of_those_around(void **state)
{
	static const char deck[] =
		"t\n.func f(x) {x}\n.func g(x) {f(x)}\n.subckt s a\n"
		".func f(x) {x*10}\n.param u={f(1)} v={g(1)}\n.ends\nx1 1 s\n.end\n";
	struct carom_circuit *circuit = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;
	struct scope *top = scope_new(circuit, &err);
	struct scope *inside = scope_find(top, "x1", &err);
	double u = 0, v = 0, outside = 0;
	(void)state;

	scope_evaluate(inside, "u", 1, &u, &err);
	scope_evaluate(inside, "v", 1, &v, &err);
	scope_evaluate(top, "f(3)", 4, &outside, &err);
	assert_ok(&err);
	assert_double_equal(u, 10, 0, 0);
	assert_double_equal(v, 1, 0, 0);
	assert_double_equal(outside, 3, 0, 0);
	scope_free(top);
	carom_circuit_free(circuit);
}

static void errors_say_what_and_where(void **state)
{
	static const char deck[] = "t\n.param a={b+1} b={1+nope}\n.func f(x) {x+}\n.end\n";
	(void)state;

	assert_error(NONE, "1+x", CAROM_ERROR_PARAMETER, "", 0, 3, "undefined parameter \"x\"");
	assert_error(NONE, "2*fmod(1)", CAROM_ERROR_PARAMETER, "", 0, 3,
		     "undefined function \"fmod\"");
	assert_error(NONE, "1 2", CAROM_ERROR_SYNTAX, "", 0, 3,
		     "a value behind a value, without an operator");
	assert_error(NONE, "1$", CAROM_ERROR_SYNTAX, "", 0, 2,
		     "a character that is no operator \"$\"");
	assert_error(NONE, "(1", CAROM_ERROR_SYNTAX, "", 0, 1, "\"(\" is not closed");
	assert_error(NONE, "1+", CAROM_ERROR_SYNTAX, "", 0, 1, "a value is missing at the end");
	assert_error(NONE, " ", CAROM_ERROR_SYNTAX, "", 0, 1, "no value");
	assert_error(NONE, "\"a\"", CAROM_ERROR_SYNTAX, "", 0, 1,
		     "a string where a number is needed: \"\"\"");
	assert_error(NONE, "1/0", CAROM_ERROR_PARAMETER, "", 0, 1, "\"1/0\" has no finite value");
	assert_error(NONE, "gauss(1,2,3)", CAROM_ERROR_STATE, "", 0, 7,
		     "a statistical function has no one value");
	assert_error(NONE, "temper+1", CAROM_ERROR_STATE, "", 0, 1,
		     "known only while the circuit runs: \"temper\"");
	assert_error(deck, "a", CAROM_ERROR_PARAMETER, "t.cir", 2, 21,
		     "undefined parameter \"nope\"");
	assert_error(deck, "f(1)", CAROM_ERROR_SYNTAX, "t.cir", 3, 12,
		     "a value is missing at the end");
	assert_error(deck, "f(1,2)", CAROM_ERROR_SYNTAX, "", 0, 1,
		     "wrong number of arguments for the function \"f\"");
	assert_error("t\n.func f(x) {x}\n.end\n", "1?f(2):3", CAROM_ERROR_PARAMETER, "", 0, 3,
		     "undefined function \"f\"");
}

/* n times opened before and closed behind. */
static char *nest(const char *open, const char *middle, const char *close, int n)
{
	struct text text = TEXT_INIT;

	for (int i = 0; i < n; i++)
		text_append(&text, open);
	text_append(&text, middle);
	for (int i = 0; i < n; i++)
		text_append(&text, close);
	return text_take(&text);
}

static void deep_nesting_is_an_error(void **state)
{
	char *deep = nest("(", "1", ")", 100000);
	char *fair = nest("sqrt(", "1", ")", 300);
	struct carom_error err = CAROM_ERROR_INIT;
	double value;
	(void)state;

	assert_int_equal(evaluate(NONE, deep, &value, &err), CAROM_ERROR_LIMIT);
	assert_value(NONE, fair, 1);
	carom_error_clear(&err);
	assert_int_equal(evaluate("t\n.func f(x) {f(x)}\n.end\n", "f(1)", &value, &err),
			 CAROM_ERROR_LIMIT);
	free(deep);
	free(fair);
}

static void a_function_that_multiplies_itself_is_an_error(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text deck = TEXT_INIT;
	double value;
	(void)state;

	text_append(&deck, "t\n.func f0(x) {x}\n");
	for (int i = 1; i < 60; i++)
		text_printf(&deck, ".func f%d(x) {f%d(x)+f%d(x)}\n", i, i - 1, i - 1);
	text_append(&deck, ".end\n");
	assert_value(deck.data, "f10(1)", 1024);
	assert_int_equal(evaluate(deck.data, "f59(1)", &value, &err), CAROM_ERROR_LIMIT);
	text_release(&deck);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_have_their_values),
		cmocka_unit_test(functions_of_the_user_are_written_out),
		cmocka_unit_test(functions_are_those_of_the_circuit_and_of_those_around),
		cmocka_unit_test(errors_say_what_and_where),
		cmocka_unit_test(deep_nesting_is_an_error),
		cmocka_unit_test(a_function_that_multiplies_itself_is_an_error),
	};

	return run_all_tests(tests);
}
