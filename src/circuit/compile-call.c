/* SPDX-License-Identifier: BSD-3-Clause */
/* The user's functions written out as ngspice 39 does: inpcom.c, inp_expand_macro_in_str. */
#include <string.h>

#include "base/error.h"
#include "base/name.h"
#include "circuit/compile.h"

/* inpcom.c, VALIDCHARS: before a function's name they would be part of it. */
static bool is_glued(const struct source *source, const char *name)
{
	while (name > source->begin && !source->origin.keeps_blanks && compile_is_blank(name[-1]))
		name--;
	return name > source->begin && strchr("!$%_#?@.[]&", name[-1]);
}

/* NULL if there is none. */
static const struct function *find_user_function(struct compiler *compiler,
						 const struct function_table *table,
						 const struct source *source, const char *name,
						 size_t length)
{
	uint32_t found = NAME_NONE;

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

		while (s < stop && compile_is_blank(*s))
			s++;
		while (stop > s && compile_is_blank(stop[-1]))
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

	while (s < end && compile_is_blank(*s))
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

		if (compile_is_blank(*text))
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
	while (body->begin < *end && (compile_is_blank(*body->begin) || *body->begin == '='))
		body->begin++;
	if (*end - body->begin > 1 && *body->begin == '\'' && (*end)[-1] == '\'') {
		body->begin++;
		--*end;
	}
	body->origin = (struct origin){function->circuit, function->card, card->text, false};
	body->function = function;
}

static int call_user_function(struct compiler *compiler, struct machine *machine,
			      const struct source *source, const struct function *function,
			      const char *name, const char **text, const char *end, bool is_last)
{
	struct argument arguments[MAX_ARGUMENTS];
	struct source body = {.arguments = arguments};
	const char *open = memchr(*text, '(', (size_t)(end - *text));
	const char *commas[2];
	const char *close = compile_find_close(source, open + 1, end, commas);
	const char *body_end;
	struct operand value;
	int rc;

	if (!close)
		return compile_fail(compiler, source, open, CAROM_ERROR_SYNTAX,
				    "\"(\" is not closed", 0);
	if (split_arguments(source, open + 1, close, arguments) != count_arguments(function))
		return compile_fail(compiler, source, name, CAROM_ERROR_SYNTAX,
				    "wrong number of arguments for the function",
				    (size_t)(*text - name));
	open_body(function, &body, &body_end);
	*text = close + 1;
	rc = compile_group(compiler, &body, body.begin, body_end, &value);
	if (rc != 0)
		return rc;
	return compile_parenthesised(compiler, machine, source, name, value,
				     is_last && *text >= end);
}

/* The name alone of a .param that draws. */
static int use_drawn_param(struct compiler *compiler, struct machine *machine,
			   const struct source *source, const struct function *function,
			   const char *name, bool is_last)
{
	struct source body = {0};
	const char *body_end;
	struct operand value;
	int rc;

	open_body(function, &body, &body_end);
	rc = compile_group(compiler, &body, body.begin, body_end, &value);
	return rc ? rc : compile_parenthesised(compiler, machine, source, name, value, is_last);
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
		return compile_words(compiler, machine, argument->source, argument->text,
				     argument->end, is_last);
	rc = compile_group(compiler, argument->source, argument->text, argument->end, &value);
	if (rc != 0)
		return rc;
	return compile_parenthesised(compiler, machine, argument->source, argument->text, value,
				     is_last);
}

int compile_call(struct compiler *compiler, struct machine *machine, const struct source *source,
		 const char *name, const char **text, const char *end, bool is_last, bool *is_read)
{
	size_t length = (size_t)(*text - name);
	int argument = find_argument(source->function, name, length);
	const struct function *function = NULL;
	const char *next = *text;
	bool is_call;

	*is_read = true;
	if (argument >= 0)
		return read_argument(compiler, machine, &source->arguments[argument],
				     is_last && *text >= end);
	while (next < end && compile_is_blank(*next))
		next++;
	is_call = next < end && *next == '(';
	if ((is_call || compiler->scope->tree->draws) && !is_glued(source, name)) {
		const struct function_table *table = scope_functions(compiler->scope);

		if (!table)
			return carom_fail_memory(compiler->err);
		function = find_user_function(compiler, table, source, name, length);
	}
	if (function && function->is_param && !is_call)
		return use_drawn_param(compiler, machine, source, function, name,
				       is_last && *text >= end);
	if (function && is_call)
		return call_user_function(compiler, machine, source, function, name, text, end,
					  is_last);
	*is_read = false;
	return 0;
}
