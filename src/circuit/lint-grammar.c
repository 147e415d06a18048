/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The grammar by which ngspice 39 reads expressions of B sources: words as in inpcom.c,
 * inp_modify_exp, and parser/inpptree.c, PTlex, in the order of parser/inpptree-parser.y.
 */
#include <string.h>

#include "base/name.h"
#include "base/number.h"
#include "circuit/expression.h"
#include "circuit/lint.h"

enum { MAX_DEPTH = 200 }; /* what is nested deeper is not judged */

#define BLANKS " \t{}'" /* braces are made blanks; quotes are braces */

struct grammar {
	const struct function_table *functions;
	const struct carom_circuit *circuit;
	const char *at, *end;
	const char *missing; /* in front of at; NULL: nothing so far */
	unsigned depth;
	int n_braces; /* open; quotes count as one */
	bool is_quoted;
	bool is_unknown; /* it cannot be told what ngspice makes of the rest */
};

/* ---- words ---- */

static bool is_over(const struct grammar *grammar)
{
	return grammar->missing || grammar->is_unknown;
}

static void expect(struct grammar *grammar, const char *what)
{
	grammar->missing = what;
}

static bool is_one_of(char c, const char *bytes)
{
	return c && strchr(bytes, c);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* The next byte that is no blank, which stays; NUL at the end. */
static char peek(struct grammar *grammar)
{
	for (; grammar->at < grammar->end && is_one_of(*grammar->at, BLANKS); grammar->at++) {
		grammar->n_braces += *grammar->at == '{';
		grammar->n_braces -= *grammar->at == '}';
		grammar->is_quoted ^= *grammar->at == '\'';
	}
	return grammar->at < grammar->end ? *grammar->at : '\0';
}

static void take(struct grammar *grammar, char c, const char *what)
{
	if (is_over(grammar))
		return;
	if (peek(grammar) == c)
		grammar->at++;
	else
		expect(grammar, what);
}

static void skip_number(struct grammar *grammar)
{
	double value;
	size_t used;

	if (!number_read(grammar->at, (size_t)(grammar->end - grammar->at), &value, &used))
		used = 1; /* a point alone is 0 */
	grammar->at += used;
	while (grammar->at < grammar->end && is_letter(*grammar->at))
		grammar->at++;
}

static size_t name_size(const struct grammar *grammar)
{
	const char *p = grammar->at;

	while (p < grammar->end && (is_letter(*p) || is_digit(*p) || is_one_of(*p, "!#$%_[]")))
		p++;
	return (size_t)(p - grammar->at);
}

/* The "(" that makes the name in front of it a function; in braces blanks may stand between. */
static const char *find_open(const struct grammar *grammar, const char *behind, bool may_be_apart)
{
	if (may_be_apart || grammar->n_braces > 0 || grammar->is_quoted) {
		while (behind < grammar->end && is_one_of(*behind, " \t"))
			behind++;
	}
	return behind < grammar->end && *behind == '(' ? behind : NULL;
}

/* ---- operands ---- */

static void read_expression(struct grammar *grammar);

/* "a", or "a,b": bytes of v(...) or i(...). */
static bool is_probe(const char *begin, const char *end, unsigned most)
{
	unsigned n_names = 0;

	for (const char *p = begin;; p++) {
		while (p < end && is_one_of(*p, BLANKS))
			p++;
		if (p == end || is_one_of(*p, ",("))
			return false;
		while (p < end && !is_one_of(*p, ",(" BLANKS))
			p++;
		n_names++;
		while (p < end && is_one_of(*p, BLANKS))
			p++;
		if (p == end)
			return n_names <= most;
		if (*p != ',')
			return false;
	}
}

static void read_probe(struct grammar *grammar, const char *open)
{
	bool is_voltage = (*grammar->at | 0x20) == 'v';
	const char *close = memchr(open, ')', (size_t)(grammar->end - open));

	if (!close) {
		grammar->at = grammar->end;
		expect(grammar, "\")\"");
	} else if (is_probe(open + 1, close, is_voltage ? 2 : 1)) {
		grammar->at = close + 1;
	} else {
		expect(grammar, is_voltage ? "a net or two, as in v(a) or v(a,b)"
					   : "the name of a source, as in i(v1)");
	}
}

/* A function of the deck is written out first: its arguments may be anything. */
static void skip_call(struct grammar *grammar, const char *open)
{
	unsigned depth = 0;

	for (const char *p = open; p < grammar->end; p++) {
		depth += *p == '(';
		depth -= *p == ')';
		if (depth == 0) {
			grammar->at = p + 1;
			return;
		}
	}
	grammar->at = grammar->end;
	expect(grammar, "\")\"");
}

static void read_call(struct grammar *grammar, const char *open)
{
	grammar->at = open + 1;
	do {
		read_expression(grammar);
		if (is_over(grammar) || peek(grammar) != ',')
			break;
		grammar->at++;
	} while (true);
	take(grammar, ')', "\")\"");
}

/* A function that ngspice reads as such: not one of the deck, none that is drawn at the load. */
static bool is_own_function(const struct grammar *grammar, size_t length)
{
	const char *name = grammar->at;

	return language_has_function(LANGUAGE_BEHAVIOUR, name, length) &&
	       !is_drawn_function(name, length) &&
	       function_find(grammar->functions, grammar->circuit, name, length) == NAME_NONE;
}

static void read_name(struct grammar *grammar)
{
	size_t length = name_size(grammar);
	bool is_own = is_own_function(grammar, length);
	bool may_be_probe = length == 1 && is_one_of(*grammar->at, "vViI");
	const char *open = find_open(grammar, grammar->at + length, !is_own && !may_be_probe);

	if (!open)
		grammar->at += length;
	else if (may_be_probe)
		read_probe(grammar, open);
	else if (is_own)
		read_call(grammar, open);
	else
		skip_call(grammar, open);
}

static void read_operand(struct grammar *grammar)
{
	char c = peek(grammar);

	while (is_one_of(c, "+-!")) {
		grammar->at++;
		c = peek(grammar);
	}
	if (c == '(') {
		grammar->at++;
		read_expression(grammar);
		take(grammar, ')', "an operator or \")\"");
	} else if (is_digit(c) || c == '.') {
		skip_number(grammar);
	} else if (is_letter(c) || c == '_') {
		read_name(grammar);
	} else if (c == '"') {
		grammar->is_unknown = true;
	} else {
		expect(grammar, "an operand");
	}
}

/* ---- operators ---- */

static size_t operator_size(struct grammar *grammar)
{
	static const char *const doubles[] = {"**", "&&", "||", "==", "!=", ">=", "<=", "<>"};
	char c = peek(grammar);

	for (size_t i = 0; i < sizeof(doubles) / sizeof(doubles[0]); i++) {
		if (grammar->end - grammar->at >= 2 && memcmp(grammar->at, doubles[i], 2) == 0)
			return 2;
	}
	return is_one_of(c, "+-*/^<>") ? 1 : 0;
}

static void read_expression(struct grammar *grammar)
{
	size_t size;

	grammar->is_unknown |= grammar->depth == MAX_DEPTH;
	grammar->depth++;
	while (!is_over(grammar)) {
		read_operand(grammar);
		if (is_over(grammar))
			break;
		size = operator_size(grammar);
		if (peek(grammar) == '?') {
			grammar->at++;
			read_expression(grammar);
			take(grammar, ':', "\":\" of \"?\"");
		} else if (size > 0) {
			grammar->at += size;
		} else {
			break;
		}
	}
	grammar->depth--;
}

/* ---- all ---- */

/* Behind the expression: "temp=50" is a parameter; "i=" behind "v=" is reported as such. */
static bool is_param(const struct grammar *grammar)
{
	static const char *const params[] = {"temp", "dtemp", "v", "i"};
	size_t length = name_size(grammar);
	const char *next = grammar->at + length;

	while (next < grammar->end && is_one_of(*next, " \t"))
		next++;
	for (size_t i = 0; i < sizeof(params) / sizeof(params[0]); i++) {
		if (next < grammar->end && *next == '=' && strlen(params[i]) == length &&
		    name_compare_n(grammar->at, params[i], length) == 0)
			return true;
	}
	return false;
}

/* ngspice passes over brackets, commas and "=" there. */
static void read_rest(struct grammar *grammar)
{
	char c = peek(grammar);

	while (is_one_of(c, "(),=")) {
		grammar->at++;
		c = peek(grammar);
	}
	if (c && c != '"' && !is_param(grammar))
		expect(grammar, "an operator");
}

bool lint_grammar(struct lint *lint, const struct carom_circuit *circuit, uint32_t card,
		  const struct function_table *functions, const char *text, size_t length)
{
	enum { MOST = 60 };
	struct grammar grammar = {
		.functions = functions, .circuit = circuit, .at = text, .end = text + length};
	size_t left;

	if (strspn(text, " \t{}") >= length) /* reported as missing */
		return true;
	read_expression(&grammar);
	if (!is_over(&grammar))
		read_rest(&grammar);
	if (!grammar.missing)
		return true;
	left = (size_t)(grammar.end - grammar.at);
	if (left == 0)
		lint_add(lint, circuit, card, RULE_BAD_EXPRESSION, "\"%.*s\" lacks %s at its end",
			 (int)(length > MOST ? MOST : length), text, grammar.missing);
	else
		lint_add(lint, circuit, card, RULE_BAD_EXPRESSION,
			 "\"%.*s\" lacks %s in front of \"%.*s\"",
			 (int)(length > MOST ? MOST : length), text, grammar.missing,
			 (int)(left > MOST ? MOST : left), grammar.at);
	return false;
}
