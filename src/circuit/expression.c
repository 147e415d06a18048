/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions taken apart as ngspice 39 does: numparam/xpressn.c and inpcom.c, inp_modify_exp. */
#include "circuit/expression.h"

#include <string.h>

#include "base/name.h"

/* numparam/xpressn.c, fmathS. */
static const char *const numparam_functions[] = {
	"sqr",    "sqrt", "sin",   "cos",         "exp",   "ln",    "arctan", "abs",  "pow",
	"pwr",    "max",  "min",   "int",         "log",   "log10", "sinh",   "cosh", "tanh",
	"agauss", "sgn",  "gauss", "ternary_fcn", "unif",  "aunif", "limit",  "ceil", "floor",
	"asin",   "acos", "atan",  "asinh",       "acosh", "atanh", "tan",    "nint", NULL};

/* parser/inpptree.c, funcs; v and i are references; ternary_fcn is turned into ?: by its grammar. */
static const char *const behaviour_functions[] = {
	"abs",  "acos", "acosh",       "asin",  "asinh", "atan", "atanh", "cos",  "cosh",
	"exp",  "ln",   "log",         "log10", "sgn",   "sin",  "sinh",  "sqrt", "tan",
	"tanh", "u",    "uramp",       "ceil",  "floor", "nint", "u2",    "pwl",  "pwl_derivative",
	"eq0",  "ne0",  "gt0",         "lt0",   "ge0",   "le0",  "pow",   "pwr",  "min",
	"max",  "ddt",  "ternary_fcn", NULL};

/* inp.c, eval_agauss: in a B source, each call of these becomes a number where the deck is loaded. */
static const char *const drawn_functions[] = {"agauss", "gauss", "aunif", "unif", "limit", NULL};

/* inpcom.c, inp_modify_exp: what is not handed to numparam. */
static const char *const behaviour_names[] = {"time", "temper", "hertz", "pi", "e", "pwl", NULL};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static bool is_word_byte(char c)
{
	return is_letter(c) || is_digit(c);
}

static bool list_has(const char *const *list, const char *name, size_t length)
{
	for (; *list; list++) {
		if (strlen(*list) == length && name_compare_n(*list, name, length) == 0)
			return true;
	}
	return false;
}

bool is_drawn_function(const char *name, size_t length)
{
	return list_has(drawn_functions, name, length);
}

bool language_has_function(enum expression_language language, const char *name, size_t length)
{
	if (language == LANGUAGE_NUMPARAM)
		return list_has(numparam_functions, name, length);
	return list_has(behaviour_functions, name, length) || is_drawn_function(name, length);
}

/* A function's name without an argument is a syntax error to numparam, but no undefined name. */
bool language_has_name(enum expression_language language, const char *name, size_t length)
{
	return list_has(language == LANGUAGE_NUMPARAM ? numparam_functions : behaviour_names, name,
			length);
}

const char *expression_find_word(const char *text, size_t length, const char *word)
{
	size_t size = strlen(word);

	for (size_t i = 0; i + size <= length; i++) {
		if ((text[i] | 0x20) == (word[0] | 0x20) &&
		    name_compare_n(text + i, word, size) == 0 &&
		    !(i > 0 && is_word_byte(text[i - 1])) &&
		    !(i + size < length && is_word_byte(text[i + size])))
			return text + i;
	}
	return NULL;
}

bool expression_has_word(const char *text, size_t length, const char *word)
{
	return expression_find_word(text, length, word);
}

bool expression_is_too_deep(const char *text, size_t length)
{
	enum { MOST = 256 };
	unsigned depth = 0;

	for (size_t i = 0; i < length; i++) {
		depth += text[i] == '(';
		depth -= text[i] == ')' && depth > 0;
		if (depth > MOST)
			return true;
	}
	return false;
}

/* inpcom.c, b_transformation_wanted. */
bool expression_is_behavioural(const char *text, size_t length)
{
	for (size_t i = 0; i + 1 < length; i++) {
		if (text[i + 1] == '(' && strchr("vViI", text[i]) &&
		    !(i > 0 && is_word_byte(text[i - 1])))
			return true;
	}
	return expression_has_word(text, length, "temper") ||
	       expression_has_word(text, length, "time") ||
	       expression_has_word(text, length, "hertz");
}

/* ---- references ---- */

struct reader {
	const char *at, *end;
	enum expression_language language;
	reference_fn *visit;
	void *arg;
};

static void refer(const struct reader *reader, enum reference_kind kind, const char *begin,
		  const char *end)
{
	struct reference reference = {kind, begin, (size_t)(end - begin)};

	reader->visit(reader->arg, &reference);
}

/* Digits, fraction, exponent, then letters: scale and unit. */
static void skip_number(struct reader *reader)
{
	const char *p = reader->at;

	while (p < reader->end && (is_digit(*p) || *p == '.'))
		p++;
	if (p + 1 < reader->end && (*p == 'e' || *p == 'E')) {
		const char *exponent = p + 1;

		exponent += exponent + 1 < reader->end && (*exponent == '+' || *exponent == '-');
		if (is_digit(*exponent)) {
			while (exponent < reader->end && is_digit(*exponent))
				exponent++;
			p = exponent;
		}
	}
	while (p < reader->end && is_letter(*p))
		p++;
	reader->at = p;
}

static void skip_string(struct reader *reader)
{
	size_t left = (size_t)(reader->end - reader->at - 1);
	const char *close = memchr(reader->at + 1, '"', left);

	reader->at = close ? close + 1 : reader->end;
}

static bool is_name_byte(const struct reader *reader, char c)
{
	if (is_word_byte(c) || c == '[' || c == ']')
		return true;
	return strchr(reader->language == LANGUAGE_NUMPARAM ? "." : "!#$%", c) && c;
}

static const char *skip_blanks(const struct reader *reader, const char *p)
{
	while (p < reader->end && (*p == ' ' || *p == '\t'))
		p++;
	return p;
}

/* v(...) and i(...): to the first ")", as ngspice does. */
static bool read_probe(struct reader *reader, const char *begin, const char *open)
{
	bool is_voltage = *begin == 'v' || *begin == 'V';
	const char *close = memchr(open, ')', (size_t)(reader->end - open));

	if (!is_voltage && *begin != 'i' && *begin != 'I')
		return false;
	if (!close)
		close = reader->end;
	refer(reader, is_voltage ? REFERENCE_VOLTAGE : REFERENCE_CURRENT, open + 1, close);
	reader->at = close;
	return true;
}

/* "dtemp=20" behind the expression of a B source is no reference. */
static bool is_temperature_key(const struct reader *reader, const char *begin, const char *end)
{
	static const char *const keys[] = {"temp", "dtemp", NULL};

	return reader->language == LANGUAGE_BEHAVIOUR &&
	       list_has(keys, begin, (size_t)(end - begin));
}

static void read_name(struct reader *reader)
{
	const char *begin = reader->at;
	const char *end = begin;
	const char *next;

	while (end < reader->end && is_name_byte(reader, *end))
		end++;
	reader->at = end;
	next = skip_blanks(reader, end);
	if (next < reader->end && *next == '(') {
		if (reader->language == LANGUAGE_BEHAVIOUR && end == begin + 1 &&
		    read_probe(reader, begin, next))
			return;
		refer(reader, REFERENCE_FUNCTION, begin, end);
		return;
	}
	if (is_temperature_key(reader, begin, end) && next < reader->end && *next == '=')
		return;
	refer(reader, REFERENCE_NAME, begin, end);
}

void expression_each_reference(const char *text, size_t length, enum expression_language language,
			       reference_fn *visit, void *arg)
{
	struct reader reader = {text, text + length, language, visit, arg};

	while (reader.at < reader.end) {
		char c = *reader.at;

		if (is_digit(c) || c == '.')
			skip_number(&reader);
		else if (is_letter(c))
			read_name(&reader);
		else if (c == '"')
			skip_string(&reader);
		else
			reader.at++;
	}
}
