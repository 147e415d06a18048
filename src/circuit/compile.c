/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions read as ngspice 39 does: numparam/xpressn.c (formula), inpcom.c (.func). */
#include "circuit/compile.h"

#include <string.h>

#include "base/name.h"
#include "circuit/expression-number.h"
#include "circuit/machine.h"

struct source;

/* An argument of a .func: put in the place of its name, in parentheses unless it is one word. */
struct argument {
	const char *text, *end;
	const struct source *source; /* of the call */
};

enum { MAX_ARGUMENTS = 64 };

/* What a text under compilation is part of. */
struct source {
	const char *begin;
	struct origin origin;
	const struct function *function; /* it is the body of; NULL: none */
	const struct argument *arguments;
};

static int compile_group(struct compiler *compiler, const struct source *source, const char *text,
			 const char *end, struct operand *value);
static int scan(struct compiler *compiler, struct machine *machine, const struct source *source,
		const char *text, const char *end, bool is_last);

/* ---- errors ---- */

static int fail(struct compiler *compiler, const struct source *source, const char *at,
		enum carom_status status, const char *what, size_t length)
{
	const struct origin *origin = &source->origin;
	const struct card *card = origin->circuit ? &origin->circuit->cards[origin->card] : NULL;
	int column = (int)(at - (card ? card->text : origin->base)) + 1;
	int cut = length > 60 ? 60 : (int)length;

	return carom_fail_at(compiler->err, status,
			     card ? circuit_file(origin->circuit, card->file) : "",
			     card ? (int)card->line : 0, column, "%s%s%.*s%s", what,
			     length ? " \"" : "", cut, at, length ? "\"" : "");
}

static int fail_syntax(struct compiler *compiler, const struct source *source, const char *at,
		       const char *what)
{
	return fail(compiler, source, at, CAROM_ERROR_SYNTAX, what, 0);
}

static int spend(struct compiler *compiler, const struct source *source, const char *at)
{
	if (compiler->budget-- > 0)
		return 0;
	compiler->budget = 0;
	return fail(compiler, source, at, CAROM_ERROR_LIMIT,
		    "the expression is too long with its functions written out", 0);
}

/* ---- bytes ---- */

static bool is_blank(char c)
{
	return (unsigned char)c <= ' ';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* mystring.c, alfa. */
static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '[' ||
	       c == ']' || (c & 0x80);
}

/* Braces in a .func are left out; elsewhere ngspice makes inner ones parentheses. */
static bool is_left_out(const struct source *source, char c)
{
	return is_blank(c) || (source->function && (c == '{' || c == '}'));
}

static bool opens(const struct source *source, char c)
{
	return c == '(' || (c == '{' && !source->function);
}

static bool closes(const struct source *source, char c)
{
	return c == ')' || (c == '}' && !source->function);
}

/* ---- functions ---- */

enum { TERNARY = 1000, STATISTICAL };

static const struct {
	const char *name;
	int code;
} functions[] = {
	{"sqr", PROGRAM_SQR},     {"sqrt", PROGRAM_SQRT},   {"sin", PROGRAM_SIN},
	{"cos", PROGRAM_COS},     {"exp", PROGRAM_EXP},     {"ln", PROGRAM_LN},
	{"arctan", PROGRAM_ATAN}, {"abs", PROGRAM_ABS},     {"pow", PROGRAM_POW},
	{"pwr", PROGRAM_PWR},     {"max", PROGRAM_MAX},     {"min", PROGRAM_MIN},
	{"int", PROGRAM_INT},     {"log", PROGRAM_LN},      {"log10", PROGRAM_LOG10},
	{"sinh", PROGRAM_SINH},   {"cosh", PROGRAM_COSH},   {"tanh", PROGRAM_TANH},
	{"sgn", PROGRAM_SGN},     {"ceil", PROGRAM_CEIL},   {"floor", PROGRAM_FLOOR},
	{"asin", PROGRAM_ASIN},   {"acos", PROGRAM_ACOS},   {"atan", PROGRAM_ATAN},
	{"asinh", PROGRAM_ASINH}, {"acosh", PROGRAM_ACOSH}, {"atanh", PROGRAM_ATANH},
	{"tan", PROGRAM_TAN},     {"nint", PROGRAM_NINT},   {"ternary_fcn", TERNARY},
	{"agauss", STATISTICAL},  {"gauss", STATISTICAL},   {"unif", STATISTICAL},
	{"aunif", STATISTICAL},   {"limit", STATISTICAL},
};

static int find_function(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if (strlen(functions[i].name) == length &&
		    name_compare_n(functions[i].name, name, length) == 0)
			return (int)i;
	}
	return NO_FUNCTION;
}

/* The pending function, if any, of what stood in parentheses. */
static int call_function(struct compiler *compiler, struct machine *machine,
			 const struct source *source, const char *at, struct operand arguments[3],
			 struct operand *value)
{
	int function = machine->function;

	machine->function = NO_FUNCTION;
	*value = arguments[2];
	if (function == NO_FUNCTION)
		return 0;
	if (functions[function].code == STATISTICAL)
		return fail(compiler, source, at, CAROM_ERROR_STATE,
			    "a statistical function, which has no one value, for",
			    strcspn(at, ")"));
	if (functions[function].code == TERNARY)
		*value = program_select(machine->program, arguments[0], arguments[1], arguments[2]);
	else if (functions[function].code < PROGRAM_NOT)
		*value =
			program_apply(machine->program, (enum program_code)functions[function].code,
				      arguments[0], arguments[2]);
	else
		*value =
			program_apply(machine->program, (enum program_code)functions[function].code,
				      arguments[2], arguments[2]);
	return 0;
}

/* ---- parentheses ---- */

/* The parenthesis that closes what begins at text; commas[0], commas[1]: the first and the last. */
static const char *find_close(const struct source *source, const char *text, const char *end,
			      const char *commas[2])
{
	unsigned depth = 1;

	commas[0] = commas[1] = NULL;
	for (; text < end; text++) {
		if (opens(source, *text))
			depth++;
		else if (closes(source, *text) && --depth == 0)
			return text;
		else if (*text == ',' && depth == 1)
			commas[commas[0] ? 1 : 0] = text;
	}
	return NULL;
}

/*
 * (a), (a, b) or (a, b, c): numparam's functions of one read the last of several, those of two take
 * 1 for a first that is missing.
 */
static int read_parentheses(struct compiler *compiler, struct machine *machine,
			    const struct source *source, const char **text, const char *end,
			    bool is_last)
{
	struct operand arguments[3] = {operand_constant(1), operand_constant(0)};
	struct operand value = operand_constant(0);
	const char *begin = *text + 1;
	const char *at = begin;
	const char *commas[2];
	const char *close = find_close(source, at, end, commas);
	const char *wrong;
	int rc = 0;

	if (!close)
		return fail_syntax(compiler, source, *text, "\"(\" is not closed");
	for (int i = 0; i < 2 && rc == 0 && commas[i]; i++) {
		rc = compile_group(compiler, source, at, commas[i], &arguments[i]);
		at = commas[i] + 1;
	}
	if (rc == 0)
		rc = compile_group(compiler, source, at, close, &arguments[2]);
	if (rc == 0)
		rc = call_function(compiler, machine, source, begin, arguments, &value);
	if (rc != 0)
		return rc;
	*text = close + 1;
	wrong = machine_value(machine, value, false, is_last && *text >= end);
	return wrong ? fail_syntax(compiler, source, begin - 1, wrong) : 0;
}

/* ---- .func ---- */

static const struct function *find_user_function(struct compiler *compiler,
						 const struct source *source, const char *name,
						 size_t length)
{
	const struct function_table *table = scope_functions(compiler->scope);
	uint32_t found = NAME_NONE;

	/* inpcom.c, VALIDCHARS: they would be part of the function's name */
	if (!table || (name > source->begin && strchr("!$%_#?@.[]&", name[-1])))
		return NULL;
	if (source->function)
		found = function_find(table, source->origin.circuit, name, length);
	if (found == NAME_NONE)
		found = function_find(table, compiler->lexical, name, length);
	return found == NAME_NONE ? NULL : &table->list[found];
}

/* Index of the argument of the function under compilation with this name; -1 if none has. */
static int find_argument(const struct function *function, const char *name, size_t length)
{
	const char *s = function ? function->arguments : NULL;
	const char *end = function ? s + function->arguments_length : NULL;

	for (int i = 0; s < end; i++) {
		const char *comma = memchr(s, ',', (size_t)(end - s));
		const char *stop = comma ? comma : end;

		while (s < stop && is_blank(*s))
			s++;
		while (stop > s && is_blank(stop[-1]))
			stop--;
		if ((size_t)(stop - s) == length && name_compare_n(s, name, length) == 0)
			return i;
		s = comma ? comma + 1 : end;
	}
	return -1;
}

static int count_arguments(const struct function *function)
{
	const char *s = function->arguments;
	const char *end = s + function->arguments_length;
	int count = 1;

	while (s < end && is_blank(*s))
		s++;
	if (s == end)
		return 0;
	for (; s < end; s++)
		count += *s == ',';
	return count;
}

/* The arguments of a call, without the blanks before them; how many, or -1: too many. */
static int split_arguments(const struct source *source, const char *text, const char *close,
			   struct argument *arguments)
{
	int count = 0;

	for (; text < close; text++) {
		unsigned depth = 0;
		const char *begin = text;

		if (is_blank(*text))
			continue;
		for (; text < close && !(*text == ',' && depth == 0); text++)
			depth += (*text == '(') - (*text == ')' && depth > 0);
		if (count == MAX_ARGUMENTS)
			return -1;
		arguments[count++] = (struct argument){begin, text, source};
	}
	return count;
}

/* The body of a function: behind "(...)" and a possible "=". */
static void open_body(const struct function *function, struct source *body, const char **end)
{
	const struct card *card = &function->circuit->cards[function->card];

	body->begin = function->body;
	*end = function->body + function->body_length;
	while (body->begin < *end && (is_blank(*body->begin) || *body->begin == '='))
		body->begin++;
	if (*end - body->begin > 1 && *body->begin == '\'' && (*end)[-1] == '\'') {
		body->begin++;
		--*end;
	}
	body->origin = (struct origin){function->circuit, function->card, card->text};
	body->function = function;
}

static int give_value(struct compiler *compiler, struct machine *machine,
		      const struct source *source, const char *at, struct operand value,
		      bool is_last)
{
	struct operand arguments[3] = {operand_constant(1), operand_constant(0), value};
	int rc = call_function(compiler, machine, source, at, arguments, &value);
	const char *wrong = rc == 0 ? machine_value(machine, value, false, is_last) : NULL;

	return wrong ? fail_syntax(compiler, source, at, wrong) : rc;
}

static int call_user_function(struct compiler *compiler, struct machine *machine,
			      const struct source *source, const struct function *function,
			      const char *name, const char **text, const char *end, bool is_last)
{
	struct argument arguments[MAX_ARGUMENTS];
	struct source body = {.arguments = arguments};
	const char *open = memchr(*text, '(', (size_t)(end - *text));
	const char *commas[2];
	const char *close = find_close(source, open + 1, end, commas);
	const char *body_end;
	struct operand value;
	int rc;

	if (!close)
		return fail_syntax(compiler, source, open, "\"(\" is not closed");
	if (split_arguments(source, open + 1, close, arguments) != count_arguments(function))
		return fail(compiler, source, name, CAROM_ERROR_SYNTAX,
			    "wrong number of arguments for the function", (size_t)(*text - name));
	open_body(function, &body, &body_end);
	*text = close + 1;
	rc = compile_group(compiler, &body, body.begin, body_end, &value);
	if (rc != 0)
		return rc;
	return give_value(compiler, machine, source, name, value, is_last && *text >= end);
}

static bool is_word(const char *text, const char *end)
{
	while (text < end && !strchr("+-*/()<>?:|&^!%\\", *text))
		text++;
	return text == end;
}

static int read_argument(struct compiler *compiler, struct machine *machine,
			 const struct argument *argument, bool is_last)
{
	struct operand value;
	int rc;

	if (is_word(argument->text, argument->end))
		return scan(compiler, machine, argument->source, argument->text, argument->end,
			    is_last);
	rc = compile_group(compiler, argument->source, argument->text, argument->end, &value);
	if (rc != 0)
		return rc;
	return give_value(compiler, machine, argument->source, argument->text, value, is_last);
}

/* ---- names ---- */

static int read_parameter(struct compiler *compiler, struct machine *machine,
			  const struct source *source, const char *name, size_t length,
			  bool is_call, bool is_last)
{
	struct slot_place place = scope_look_up(compiler->scope, name, length, compiler->asking);
	struct operand value;
	const char *wrong;
	int rc;

	if (!place.slot)
		return fail(compiler, source, name, CAROM_ERROR_PARAMETER,
			    is_call ? "undefined function" : "undefined parameter", length);
	rc = compile_slot(compiler, place, &value);
	if (rc != 0)
		return rc;
	wrong = machine_value(machine, value, false, is_last);
	return wrong ? fail_syntax(compiler, source, name, wrong) : 0;
}

static int read_name(struct compiler *compiler, struct machine *machine,
		     const struct source *source, const char **text, const char *end, bool is_last)
{
	const char *name = *text;
	const char *next = name;
	const struct function *function;
	int index;

	while (next < end && (is_letter(*next) || is_digit(*next) || *next == '.'))
		next++;
	*text = next;
	index = find_argument(source->function, name, (size_t)(next - name));
	if (index >= 0)
		return read_argument(compiler, machine, &source->arguments[index],
				     is_last && next >= end);
	while (next < end && is_blank(*next))
		next++;
	function = next < end && *next == '('
			   ? find_user_function(compiler, source, name, (size_t)(*text - name))
			   : NULL;
	if (function)
		return call_user_function(compiler, machine, source, function, name, text, end,
					  is_last);
	index = find_function(name, (size_t)(*text - name));
	if (index != NO_FUNCTION) {
		machine->function = index;
		return 0;
	}
	return read_parameter(compiler, machine, source, name, (size_t)(*text - name),
			      next < end && *next == '(', is_last && *text >= end);
}

/* ---- the rest ---- */

static int read_number(struct compiler *compiler, struct machine *machine,
		       const struct source *source, const char **text, const char *end,
		       bool is_last)
{
	const char *begin = *text;
	const char *wrong = "not a number";
	double value;

	*text = expression_read_number(begin, end, &value);
	if (*text)
		wrong = machine_value(machine, operand_constant(value), true,
				      is_last && *text >= end);
	return wrong ? fail_syntax(compiler, source, begin, wrong) : 0;
}

static int read_operator(struct compiler *compiler, struct machine *machine,
			 const struct source *source, const char **text, const char *end)
{
	const char *wrong;
	size_t used;

	wrong = machine_operator(machine, *text, end, &used);
	if (wrong)
		return fail(compiler, source, *text, CAROM_ERROR_SYNTAX, wrong, 1);
	*text += used;
	return 0;
}

static int scan(struct compiler *compiler, struct machine *machine, const struct source *source,
		const char *text, const char *end, bool is_last)
{
	int rc = 0;

	while (end > text && is_left_out(source, end[-1]))
		end--;
	while (text < end && rc == 0) {
		rc = spend(compiler, source, text);
		if (rc != 0)
			break;
		if (is_left_out(source, *text))
			text++;
		else if (opens(source, *text))
			rc = read_parentheses(compiler, machine, source, &text, end, is_last);
		else if (is_letter(*text))
			rc = read_name(compiler, machine, source, &text, end, is_last);
		else if (*text == '.' || is_digit(*text))
			rc = read_number(compiler, machine, source, &text, end, is_last);
		else
			rc = read_operator(compiler, machine, source, &text, end);
	}
	return rc;
}

static int compile_group(struct compiler *compiler, const struct source *source, const char *text,
			 const char *end, struct operand *value)
{
	struct machine machine;
	const char *wrong;
	int rc;

	if (compiler->depth >= COMPILE_MAX_DEPTH)
		return fail(compiler, source, text, CAROM_ERROR_LIMIT,
			    "parentheses or functions nested too deep", 0);
	compiler->depth++;
	machine_init(&machine, &compiler->scope->tree->program);
	rc = scan(compiler, &machine, source, text, end, true);
	compiler->depth--;
	if (rc != 0)
		return rc;
	wrong = machine_finish(&machine, value);
	return wrong ? fail_syntax(compiler, source, text, wrong) : 0;
}

int compile_text(struct compiler *compiler, const char *text, size_t length, struct origin origin,
		 struct operand *value)
{
	struct source source = {.begin = text, .origin = origin};

	compiler->lexical = origin.circuit ? origin.circuit : compiler->scope->circuit;
	return compile_group(compiler, &source, text, text + length, value);
}
