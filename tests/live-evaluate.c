/* SPDX-License-Identifier: BSD-3-Clause */
/* Random expressions: what is computed here is what ngspice puts on its cards. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "circuit/circuit.h"
#include "circuit/evaluate.h"
#include "support-session.h"

enum { N_PARAMS = 12, N_FUNCTIONS = 5, N_EXPRESSIONS = 250 };

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

/* ---- random text ---- */

static const char *pick(const char *const *list, size_t n)
{
	return list[random_below((uint32_t)n)];
}
#define PICK(list) pick((list), sizeof(list) / sizeof((list)[0]))

/* What an expression may name. */
struct vocabulary {
	unsigned n_params;    /* p0, p1, ... */
	unsigned n_functions; /* f0(x), f1(x, y), ... */
	unsigned n_arguments; /* a0, a1 inside a function */
};

static void write_expression(struct text *text, const struct vocabulary *words, unsigned depth);

static void write_blank(struct text *text)
{
	if (random_below(4) == 0)
		text_append_char(text, ' ');
}

static void write_number(struct text *text)
{
	static const char *const suffixes[] = {"",  "",    "",   "",    "k",    "meg",  "MEG",
					       "m", "mil", "u",  "n",   "p",    "f",    "g",
					       "t", "K",   "kx", "ohm", "mOhm", "Volt", "_unit"};
	static const char *const odd[] = {"0x1p3", "0x1F", "1e3k",  ".5",   "1.",
					  "00012", "0",    "1.e-2", "0x.8", "12E1meg"};

	if (random_below(12) == 0) {
		text_append(text, PICK(odd));
		return;
	}
	if (random_below(3) == 0)
		text_printf(text, "%u", random_below(20));
	else
		text_printf(text, "%.*f", (int)random_below(5),
			    (double)random_below(100000) / 1000);
	if (random_below(6) == 0)
		text_printf(text, "e%d", (int)random_below(9) - 4);
	text_append(text, PICK(suffixes));
}

static void write_call(struct text *text, const struct vocabulary *words, unsigned depth)
{
	static const char *const of_one[] = {
		"sqr",  "sqrt",  "sin",   "cos",   "exp",   "ln",  "arctan", "abs",   "int",
		"log",  "log10", "sinh",  "cosh",  "tanh",  "sgn", "ceil",   "floor", "asin",
		"acos", "atan",  "asinh", "acosh", "atanh", "tan", "nint",   "SQRT",  "Abs"};
	static const char *const of_two[] = {"pow", "pwr", "max", "min"};
	uint32_t kind = random_below(10);
	bool has_two = kind < 3;

	if (kind == 9)
		text_append(text, "ternary_fcn");
	else
		text_append(text, has_two ? PICK(of_two) : PICK(of_one));
	write_blank(text);
	text_append_char(text, '(');
	for (int i = kind == 9 ? 2 : has_two; i >= 0; i--) {
		write_blank(text);
		write_expression(text, words, depth);
		text_append(text, i > 0 ? "," : "");
	}
	text_append_char(text, ')');
}

/* In parentheses of its own: "?f(1)" would be the name of another function to ngspice. */
static void write_user_call(struct text *text, const struct vocabulary *words, unsigned depth)
{
	unsigned function = random_below(words->n_functions);

	text_printf(text, "(f%u(", function);
	write_expression(text, words, depth);
	for (unsigned i = 0; i < function % 3; i++) {
		text_append(text, ", ");
		write_expression(text, words, depth);
	}
	text_append(text, "))");
}

static void write_parentheses(struct text *text, const struct vocabulary *words, unsigned depth)
{
	text_append_char(text, '(');
	write_blank(text);
	if (random_below(5) == 0)
		text_append(text, random_below(2) ? "-" : "+");
	write_expression(text, words, depth);
	text_append_char(text, ')');
}

static void write_atom(struct text *text, const struct vocabulary *words, unsigned depth)
{
	uint32_t kind = random_below(depth > 0 ? 12 : 6);

	if (random_below(12) == 0)
		text_append_char(text, '!');
	if (kind < 3 && words->n_arguments > 0)
		text_printf(text, "a%u", random_below(words->n_arguments));
	else if (kind < 3 && words->n_params > 0)
		text_printf(text, random_below(8) ? "p%u" : "P%u", random_below(words->n_params));
	else if (kind < 6)
		write_number(text);
	else if (kind < 9)
		write_call(text, words, depth - 1);
	else if (kind == 9 && words->n_functions > 0)
		write_user_call(text, words, depth - 1);
	else
		write_parentheses(text, words, depth - 1);
}

/* Operators without parentheses, so that their precedence counts. */
static void write_expression(struct text *text, const struct vocabulary *words, unsigned depth)
{
	static const char *const operators[] = {
		"+",  "-",  "*",  "/",  "+", "-",  "*", "/",  "^",  "**", "%",
		"\\", "==", "!=", "<>", "<", "<=", ">", ">=", "&&", "||"};
	uint32_t n = random_below(4);

	write_atom(text, words, depth);
	for (uint32_t i = 0; i < n; i++) {
		write_blank(text);
		text_append(text, PICK(operators));
		write_blank(text);
		if (random_below(8) == 0) {
			text_append_char(text, '-');
			write_number(text);
		} else {
			write_atom(text, words, depth);
		}
	}
	if (random_below(12) > 0)
		return;
	text_append(text, random_below(2) ? "?" : " ? ");
	write_expression(text, words, 0);
	text_append(text, random_below(2) ? ":" : " : ");
	write_expression(text, words, 0);
}

/* ---- random decks ---- */

static void write_functions(struct text *deck)
{
	for (unsigned i = 0; i < N_FUNCTIONS; i++) {
		struct vocabulary words = {N_PARAMS, i, 1 + i % 3};

		text_printf(deck, ".func f%u(a0", i);
		for (unsigned j = 1; j < words.n_arguments; j++)
			text_printf(deck, ", a%u", j);
		text_append(deck, ") {");
		write_expression(deck, &words, 1);
		text_append(deck, "}\n");
	}
}

/* Values that can be in a circuit, whatever the expression is. */
static void write_params(struct text *deck)
{
	for (unsigned i = 0; i < N_PARAMS; i++) {
		struct vocabulary words = {i, 0, 0};

		text_printf(deck, ".param p%u={", i);
		if (i < 4) {
			write_number(deck);
		} else {
			text_append(deck, "tanh(");
			write_expression(deck, &words, 1);
			text_append(deck, ")");
		}
		text_append(deck, "}\n");
	}
}

static bool is_fit(double value)
{
	return value == 0 || (fabs(value) > 1e-60 && fabs(value) < 1e60);
}

struct corpus {
	struct carom_circuit *circuit; /* functions and parameters */
	struct scope *scope;
	struct text deck;
	double expected[N_EXPRESSIONS];
	char *expressions[N_EXPRESSIONS];
	unsigned n;
	unsigned n_refused; /* with no finite value */
};

/* Voltages that are the values of expressions with a finite value. */
static void fill_corpus(struct corpus *corpus)
{
	struct vocabulary words = {N_PARAMS, N_FUNCTIONS, 0};

	while (corpus->n < N_EXPRESSIONS) {
		struct text expression = TEXT_INIT;
		struct carom_error err = CAROM_ERROR_INIT;
		double value;
		int rc;

		write_expression(&expression, &words, 2);
		rc = scope_evaluate(corpus->scope, expression.data, expression.length, &value,
				    &err);
		if (rc != 0 && !strstr(err.text, "no finite value"))
			print_error("%s: %s\n", expression.data, err.text);
		assert_true(rc == 0 || strstr(err.text, "no finite value"));
		if (rc != 0 || !is_fit(value)) {
			text_release(&expression);
			corpus->n_refused++;
			continue;
		}
		text_printf(&corpus->deck, "v%u n%u 0 {%s}\n", corpus->n, corpus->n,
			    expression.data);
		corpus->expected[corpus->n] = value;
		corpus->expressions[corpus->n++] = text_take(&expression);
	}
}

static bool params_are_fit(struct scope *scope)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char name[16];
	double value;

	for (unsigned i = 0; i < N_PARAMS; i++) {
		int length = snprintf(name, sizeof(name), "p%u", i);

		if (scope_evaluate(scope, name, (size_t)length, &value, &err) != 0)
			return false;
	}
	return true;
}

static bool corpus_begin(struct corpus *corpus)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text whole = TEXT_INIT;

	memset(corpus, 0, sizeof(*corpus));
	text_append(&corpus->deck, "corpus\n");
	write_params(&corpus->deck);
	write_functions(&corpus->deck);
	text_printf(&whole, "%s.end\n", corpus->deck.data);
	corpus->circuit = import_deck(whole.data);
	text_release(&whole);
	corpus->scope = scope_new(corpus->circuit, &err);
	assert_ok(&err);
	return params_are_fit(corpus->scope);
}

static void corpus_end(struct corpus *corpus)
{
	for (unsigned i = 0; i < corpus->n; i++)
		free(corpus->expressions[i]);
	scope_free(corpus->scope);
	carom_circuit_free(corpus->circuit);
	text_release(&corpus->deck);
}

static unsigned compare_corpus(struct carom_session *session, struct corpus *corpus)
{
	struct carom_result *result;
	unsigned n_wrong = 0;
	char name[16];

	text_append(&corpus->deck, ".op\n.end\n");
	load_deck(session, corpus->deck.data);
	result = run_loaded(session);
	for (unsigned i = 0; i < corpus->n; i++) {
		double got;

		snprintf(name, sizeof(name), "n%u", i);
		got = op_voltage(result, name);
		if (is_printed_same(got, corpus->expected[i]))
			continue;
		n_wrong++;
		print_error("{%s}: ngspice %.17g, here %.17g\n", corpus->expressions[i], got,
			    corpus->expected[i]);
	}
	carom_result_free(result);
	return n_wrong;
}

static void random_expressions_have_the_values_that_ngspice_gives_them(void **state)
{
	unsigned n_expressions = 0, n_wrong = 0;
	struct corpus corpus;

	for (int batch = 0; batch < 24;) {
		if (corpus_begin(&corpus)) {
			fill_corpus(&corpus);
			n_expressions += corpus.n;
			n_wrong += compare_corpus(*state, &corpus);
			batch++;
		}
		corpus_end(&corpus);
	}
	print_message("# %u expressions, %u differ\n", n_expressions, n_wrong);
	assert_int_equal(n_wrong, 0);
}

/* ---- what ngspice refuses ---- */

static void what_is_refused_here_is_refused_by_ngspice(void **state)
{
	static const char *const values[] = {
		"{undefined}",
		"{4k7}",
		"{1 2}",

		"{}",
		"{2*-p}",
		"{2*+3}",
		"{2**/3}",
		"{sqrt}",
		"{max(,1)}",
		"{fmod(3,2)}",
		"{pi}",
		"{f(1)}",
		"{f(1,2,3)}",
		"{1 ? f(1,2) : 3}",
		"{p&1}",
		"{1,2}",
		"{max(1,2,3,4)}",
		"{q}",
		"{{p}+1}",
		"{p}+1",
		"1+{p}",
		"p + 1",
		"- 3",
		"{f(1+1,2)*-f(1,2)}",
		"{!-2}",
		"{3 ! 2}",
		"{2?}",
		"{1e 3}",
		"{.k}",
		"{1d3}",
		"{0x}",
		"{p$}",
		"{1/0}",
		"{ln(0-1)}",

		"{p p}",
		"{p 1}",
		"{log2(4)}",
		"{acos(2)}",
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_result *result = NULL;
		struct text deck = TEXT_INIT;
		struct carom_circuit *circuit;
		struct scope *top;
		double value;

		text_printf(&deck,
			    "refused\n.param p=2\n.func f(x,y) {x*y}\n.param q=%s\n"
			    "r1 1 0 {q}\nv1 1 0 1\n.op\n.end\n",
			    values[i]);
		circuit = import_deck(deck.data);
		top = scope_new(circuit, &err);
		if (scope_evaluate(top, "q", 1, &value, &err) == 0)
			fail_msg("%s has the value %g", values[i], value);
		carom_error_clear(&err);
		if (load_deck_text(*state, deck.data, &err) == 0 &&
		    carom_session_run(*state, &result, &err) == 0)
			fail_msg("ngspice takes %s", values[i]);
		scope_free(top);
		carom_circuit_free(circuit);
		text_release(&deck);
	}
}

/* Written as nobody should, and all the same taken by ngspice with these values. */
static void oddities_have_ngspices_values(void **state)
{
	static const struct {
		const char *expression;
		double value;
	} rows[] = {
		{"-2^2", -4},        {"2^3^2", 64},     {"1mil", 1e-3},    {"1.5e", 1.5},
		{"1.5e-p", 1.5e-12}, {"2e+", 2},        {"2---3", 5},      {"2*-p*3", -12},
		{"2*-p+3", 1},       {"sqrt 4+(9)", 7}, {"sqrt(4,9)", 3},  {"pow(3)", 1},
		{"max(3)", 3},       {"*2", 0},         {"1:2", 1},        {"1?2", 1},
		{"1?2?3:4:5", 3},    {"0?1:0?2:3", 3},  {"(1,2)", 2},      {"1=1", 1},
		{"1#2", 1},          {"7\\2", 3},       {"-7%3", -1},      {"(-2)^2", 4},
		{"sgn(-0.5)", -1},   {"nint(2.5)", 2},  {"int(-2.5)", -2}, {"pwr(-2,3)", 8},
		{"pow(-2,3)", -8},   {"1?2:3+4", 2},    {"!0+!1", 1},      {"log(e0)", 0},
	};
	struct text deck = TEXT_INIT;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_result *result;
	struct scope *top;
	char name[16];
	double value;

	text_append(&deck, "odd\n.param p=2 e0=1\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		text_printf(&deck, "v%zu n%zu 0 {%s}\n", i, i, rows[i].expression);
	text_append(&deck, ".op\n.end\n");
	circuit = import_deck(deck.data);
	top = scope_new(circuit, &err);
	load_deck(*state, deck.data);
	result = run_loaded(*state);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		snprintf(name, sizeof(name), "n%zu", i);
		scope_evaluate(top, rows[i].expression, strlen(rows[i].expression), &value, &err);
		assert_ok(&err);
		assert_double_equal(value, rows[i].value, 1e-15, 0);
		if (!is_printed_same(op_voltage(result, name), value))
			fail_msg("{%s}: ngspice %g, here %g", rows[i].expression,
				 op_voltage(result, name), value);
	}
	carom_result_free(result);
	scope_free(top);
	carom_circuit_free(circuit);
	text_release(&deck);
}

#define test(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(random_expressions_have_the_values_that_ngspice_gives_them),
		test(what_is_refused_here_is_refused_by_ngspice),
		test(oddities_have_ngspices_values),
	};

	return run_all_tests(tests);
}
