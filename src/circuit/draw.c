/* SPDX-License-Identifier: BSD-3-Clause */
/* Which words draw: ngspice 39's numparam/xpressn.c, and LTspice's help on .func. */
#include "circuit/draw.h"

#include <string.h>

#include "base/mem.h"
#include "base/name.h"

static const struct {
	const char *name;
	unsigned least, most; /* arguments */
	enum draw_function function;
} functions[] = {
	{"gauss", 1, 1, DRAW_LTSPICE_GAUSS}, {"agauss", 1, 3, DRAW_AGAUSS},
	{"gauss", 2, 3, DRAW_GAUSS},         {"aunif", 1, 3, DRAW_AUNIF},
	{"unif", 1, 3, DRAW_UNIF},           {"limit", 1, 3, DRAW_LIMIT},
	{"flat", 1, 1, DRAW_LTSPICE_FLAT},   {"mc", 2, 2, DRAW_LTSPICE_MC},
};

bool draw_is_name(const char *name, size_t length)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if (strlen(functions[i].name) == length &&
		    name_compare_n(functions[i].name, name, length) == 0)
			return true;
	}
	return false;
}

enum draw_function draw_function_find(const char *name, size_t length, unsigned n_arguments)
{
	for (size_t i = 0; i < sizeof(functions) / sizeof(functions[0]); i++) {
		if (strlen(functions[i].name) == length && n_arguments >= functions[i].least &&
		    n_arguments <= functions[i].most &&
		    name_compare_n(functions[i].name, name, length) == 0)
			return functions[i].function;
	}
	return DRAW_NONE;
}

/* ---- calls in a text ---- */

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '.' || (c & 0x80);
}

/* The parenthesis that closes the one at open; length if none does.  Counts the arguments. */
static size_t find_close(const char *text, size_t length, size_t open, struct draw_call *call,
			 unsigned *n_arguments)
{
	unsigned depth = 0;

	*n_arguments = 1;
	call->first_length = 0;
	for (size_t i = open; i < length; i++) {
		depth += text[i] == '(';
		depth -= text[i] == ')';
		if (depth == 0 || (depth == 1 && text[i] == ',')) {
			if (*n_arguments == 1)
				call->first_length = i - call->first_begin;
			if (depth == 0)
				return i;
			++*n_arguments;
		}
	}
	return length;
}

static bool read_call(const char *text, size_t length, struct draw_call *call)
{
	size_t open = call->begin + call->name_length;
	unsigned n_arguments;
	size_t close;

	while (open < length && (text[open] == ' ' || text[open] == '\t'))
		open++;
	if (open >= length || text[open] != '(')
		return false;
	call->first_begin = open + 1;
	close = find_close(text, length, open, call, &n_arguments);
	call->length = close + 1 - call->begin;
	call->function = draw_function_find(text + call->begin, call->name_length, n_arguments);
	return close < length && call->function != DRAW_NONE;
}

bool draw_call_find(const char *text, size_t length, size_t *at, struct draw_call *call)
{
	for (size_t i = *at; i < length;) {
		size_t begin = i;

		while (i < length && is_word_byte(text[i]))
			i++;
		*call = (struct draw_call){.begin = begin, .name_length = i - begin};
		if (i > begin && read_call(text, length, call)) {
			*at = call->begin + call->length;
			return true;
		}
		i += i == begin;
	}
	return false;
}

void draw_list_release(struct draw_list *draws)
{
	for (size_t i = 0; i < draws->n; i++)
		mem_free(draws->list[i].definition);
	mem_free(draws->list);
	memset(draws, 0, sizeof(*draws));
}
