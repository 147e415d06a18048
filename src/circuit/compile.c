/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions read as ngspice 39 does: numparam/xpressn.c (formula), inpcom.c (.func). */
#include "circuit/compile.h"

#include <string.h>

#include "base/error.h"
#include "base/name.h"
#include "base/text.h"
#include "circuit/expression-number.h"
#include "circuit/machine.h"

/* ---- errors ---- */

int compile_fail(struct compiler *compiler, const struct source *source, const char *at,
		 enum carom_status status, const char *what, size_t length)
{
	const struct origin *origin = &source->origin;
	const struct card *card = origin->circuit ? &origin->circuit->cards[origin->card] : NULL;
	bool is_copy = source->function && source->function->stripped;
	int column = is_copy ? 0 : (int)(at - (card ? card->text : origin->base)) + 1;
	int cut = length > 60 ? 60 : (int)length;

	return carom_fail_at(compiler->err, status,
			     card ? circuit_file(origin->circuit, card->file) : "",
			     card ? (int)card->line : 0, column, "%s%s%.*s%s", what,
			     length ? " \"" : "", cut, at, length ? "\"" : "");
}

static int fail_syntax(struct compiler *compiler, const struct source *source, const char *at,
		       const char *what)
{
	return compile_fail(compiler, source, at, CAROM_ERROR_SYNTAX, what, 0);
}

static int spend(struct compiler *compiler, const struct source *source, const char *at)
{
	if (compiler->budget-- > 0)
		return 0;
	compiler->budget = 0;
	return compile_fail(compiler, source, at, CAROM_ERROR_LIMIT,
			    "the expression is too long with its functions written out", 0);
}

/* ---- bytes ---- */

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
	return compile_is_blank(c) || (source->function && (c == '{' || c == '}'));
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
	{"sqr", PROGRAM_SQR},
	{"sqrt", PROGRAM_SQRT},
	{"sin", PROGRAM_SIN},
	{"cos", PROGRAM_COS},
	{"exp", PROGRAM_EXP},
	{"ln", PROGRAM_LN},
	{"arctan", PROGRAM_ATAN},
	{"abs", PROGRAM_ABS},
	{"pow", PROGRAM_POW},
	{"pwr", PROGRAM_PWR},
	{"max", PROGRAM_MAX},
	{"min", PROGRAM_MIN},
	{"int", PROGRAM_INT},
	{"log", PROGRAM_LN},
	{"log10", PROGRAM_LOG10},
	{"sinh", PROGRAM_SINH},
	{"cosh", PROGRAM_COSH},
	{"tanh", PROGRAM_TANH},
	{"sgn", PROGRAM_SGN},
	{"ceil", PROGRAM_CEIL},
	{"floor", PROGRAM_FLOOR},
	{"asin", PROGRAM_ASIN},
	{"acos", PROGRAM_ACOS},
	{"atan", PROGRAM_ATAN},
	{"asinh", PROGRAM_ASINH},
	{"acosh", PROGRAM_ACOSH},
	{"atanh", PROGRAM_ATANH},
	{"tan", PROGRAM_TAN},
	{"nint", PROGRAM_NINT},
	{"ternary_fcn", TERNARY},
	{"agauss", STATISTICAL},
	{"gauss", STATISTICAL},
	{"unif", STATISTICAL},
	{"aunif", STATISTICAL},
	{"limit", STATISTICAL},
	/* LTspice's, where draws are asked for: functions if they are called */
	{"flat", STATISTICAL},
	{"mc", STATISTICAL},
};

enum { N_FUNCTIONS = sizeof(functions) / sizeof(functions[0]), N_LTSPICE = 2 };

static int find_function(const char *name, size_t length, bool with_ltspice)
{
	for (size_t i = 0; i < N_FUNCTIONS - (with_ltspice ? 0 : N_LTSPICE); i++) {
		if (functions[i].name[0] == (*name | 0x20) && strlen(functions[i].name) == length &&
		    name_compare_n(functions[i].name, name, length) == 0)
			return (int)i;
	}
	return NO_FUNCTION;
}

/* What stood in parentheses, as numparam has it: two arguments are those of index 0 and 2, one is 2. */
struct parentheses {
	const char *begin, *close;
	unsigned n_arguments;
	struct operand arguments[3];
};

static int call_statistical(struct compiler *compiler, struct machine *machine,
			    const struct source *source, int function, const struct parentheses *in,
			    struct operand *value)
{
	const struct scope_tree *tree = compiler->scope->tree;
	const char *name = functions[function].name;
	struct text text = TEXT_INIT;
	enum draw_function drawn;
	int rc;

	if (!tree->draws && !tree->is_open)
		return compile_fail(compiler, source, in->begin, CAROM_ERROR_STATE,
				    "a statistical function has no one value", 0);
	if (!tree->draws) {
		*value = program_opaque(machine->program);
		return 0;
	}
	drawn = draw_function_find(name, strlen(name), in->n_arguments);
	if (drawn == DRAW_NONE)
		return fail_syntax(compiler, source, in->begin,
				   "wrong number of arguments for the function");
	text_printf(&text, "%s(%.*s)", name, (int)(in->close - in->begin), in->begin);
	rc = text.failed ? carom_fail_memory(compiler->err)
			 : compile_draw(compiler, drawn, text_string(&text), text.length,
					in->arguments, value);
	text_release(&text);
	return rc;
}

/* The pending function, if any, of what stood in parentheses. */
static int call_function(struct compiler *compiler, struct machine *machine,
			 const struct source *source, const struct parentheses *in,
			 struct operand *value)
{
	const struct operand *arguments = in->arguments;
	int function = machine->function;

	machine->function = NO_FUNCTION;
	*value = arguments[2];
	if (function == NO_FUNCTION)
		return 0;
	if (functions[function].code == STATISTICAL)
		return call_statistical(compiler, machine, source, function, in, value);
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
const char *compile_find_close(const struct source *source, const char *text, const char *end,
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
	struct parentheses in = {.begin = *text + 1,
				 .n_arguments = 1,
				 .arguments = {operand_constant(1), operand_constant(0)}};
	struct operand value = operand_constant(0);
	const char *at = in.begin;
	const char *commas[2];
	const char *wrong;
	int rc = 0;

	in.close = compile_find_close(source, at, end, commas);
	if (!in.close)
		return fail_syntax(compiler, source, *text, "\"(\" is not closed");
	for (int i = 0; i < 2 && rc == 0 && commas[i]; i++) {
		rc = compile_group(compiler, source, at, commas[i], &in.arguments[i]);
		at = commas[i] + 1;
		in.n_arguments++;
	}
	if (rc == 0)
		rc = compile_group(compiler, source, at, in.close, &in.arguments[2]);
	if (rc == 0)
		rc = call_function(compiler, machine, source, &in, &value);
	if (rc != 0)
		return rc;
	*text = in.close + 1;
	wrong = machine_value(machine, value, false, is_last && *text >= end);
	return wrong ? fail_syntax(compiler, source, in.begin - 1, wrong) : 0;
}

int compile_parenthesised(struct compiler *compiler, struct machine *machine,
			  const struct source *source, const char *at, struct operand value,
			  bool is_last)
{
	struct parentheses in = {.begin = at,
				 .close = at,
				 .n_arguments = 1,
				 .arguments = {operand_constant(1), operand_constant(0), value}};
	int rc = call_function(compiler, machine, source, &in, &value);
	const char *wrong = rc == 0 ? machine_value(machine, value, false, is_last) : NULL;

	return wrong ? fail_syntax(compiler, source, at, wrong) : rc;
}

/* ---- names ---- */

/* A name that no parameter has: "temper", which is known while the circuit runs, or an error. */
static int read_unknown(struct compiler *compiler, const struct source *source, const char *name,
			size_t length, bool is_call, struct operand *value)
{
	if (length != 6 || name_compare_n(name, "temper", 6) != 0)
		return compile_fail(compiler, source, name, CAROM_ERROR_PARAMETER,
				    is_call ? "undefined function" : "undefined parameter", length);
	if (!compiler->scope->tree->is_open)
		return compile_fail(compiler, source, name, CAROM_ERROR_STATE,
				    "known only while the circuit runs:", length);
	*value = program_opaque(&compiler->scope->tree->program);
	return 0;
}

static int read_parameter(struct compiler *compiler, struct machine *machine,
			  const struct source *source, const char *name, size_t length,
			  bool is_call, bool is_last)
{
	struct slot_place place = scope_look_up(compiler->scope, name, length, compiler->asking);
	struct operand value;
	const char *wrong;
	int rc;

	if (place.slot)
		rc = compile_slot(compiler, place, &value);
	else
		rc = read_unknown(compiler, source, name, length, is_call, &value);
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
	bool is_read, is_call;
	int index, rc;

	while (next < end && (is_letter(*next) || is_digit(*next) || *next == '.'))
		next++;
	*text = next;
	rc = compile_call(compiler, machine, source, name, text, end, is_last, &is_read);
	if (rc != 0 || is_read)
		return rc;
	while (next < end && compile_is_blank(*next))
		next++;
	is_call = next < end && *next == '(';
	index = find_function(name, (size_t)(*text - name),
			      is_call && compiler->scope->tree->draws);
	if (index != NO_FUNCTION) {
		machine->function = index;
		return 0;
	}
	return read_parameter(compiler, machine, source, name, (size_t)(*text - name), is_call,
			      is_last && *text >= end);
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

	wrong = **text == '"' ? "a string where a number is needed:"
			      : machine_operator(machine, *text, end, &used);
	if (wrong)
		return compile_fail(compiler, source, *text, CAROM_ERROR_SYNTAX, wrong, 1);
	*text += used;
	return 0;
}

int compile_words(struct compiler *compiler, struct machine *machine, const struct source *source,
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

int compile_group(struct compiler *compiler, const struct source *source, const char *text,
		  const char *end, struct operand *value)
{
	struct machine machine;
	const char *wrong;
	int rc;

	if (compiler->depth >= COMPILE_MAX_DEPTH)
		return compile_fail(compiler, source, text, CAROM_ERROR_LIMIT,
				    "parentheses or functions nested too deep", 0);
	compiler->depth++;
	machine_init(&machine, &compiler->scope->tree->program);
	rc = compile_words(compiler, &machine, source, text, end, true);
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
