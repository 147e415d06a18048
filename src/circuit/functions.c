/* SPDX-License-Identifier: BSD-3-Clause */
/* Definitions of functions read as ngspice 39 does: inpcom.c, inp_get_func_from_line. */
#include "circuit/functions.h"

#include <string.h>

#include "base/mem.h"
#include "circuit/card-expression.h"
#include "circuit/draw.h"

bool function_table_init(struct function_table *table)
{
	memset(table, 0, sizeof(*table));
	table->names = name_table_new();
	return table->names != NULL;
}

void function_table_release(struct function_table *table)
{
	for (size_t i = 0; i < table->count; i++)
		mem_free(table->list[i].stripped);
	name_table_free(table->names);
	mem_free(table->list);
	mem_free(table->of_name);
}

/* ---- definitions ---- */

/* Behind the brace that closes the first; "k=2" of ".param f(x)={x*k} k=2" is no more of the body. */
static size_t body_length(const char *body, const char *end)
{
	const char *p = body + strspn(body, " \t=");
	unsigned depth = 0;

	if (*p != '{')
		return (size_t)(end - body);
	for (; p < end; p++) {
		depth += *p == '{';
		depth -= *p == '}';
		if (depth == 0)
			return (size_t)(p + 1 - body);
	}
	return (size_t)(end - body);
}

/* ".func name(a, b) {body}" or ".param name(a, b)=body"; false if the card is neither. */
static bool read_function(const struct card *card, struct function *function, const char **name,
			  size_t *name_length)
{
	const char *end = card->text + card->length;
	const char *begin = card->text + strcspn(card->text, " \t");
	const char *open, *close;

	begin += strspn(begin, " \t");
	*name = begin;
	*name_length = strcspn(begin, " \t(={");
	open = begin + *name_length;
	open += strspn(open, " \t");
	if (*open != '(' || *name_length == 0)
		return false;
	close = strchr(open, ')');
	if (!close || close >= end)
		return false;
	function->arguments = open + 1;
	function->arguments_length = (size_t)(close - open - 1);
	function->body = close + 1;
	function->body_length = card->role == CARD_PARAM ? body_length(function->body, end)
							 : (size_t)(end - function->body);
	return true;
}

static bool is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
	       strchr("_.", c) != NULL;
}

/* Is all of the body in one pair of braces or quotes, or in none, and no blank between two words? */
static bool is_simple(const char *begin, const char *end)
{
	begin += strspn(begin, " \t=");
	if (end - begin > 1 && (*begin == '{' || *begin == '\'')) {
		if (end[-1] != (*begin == '{' ? '}' : '\''))
			return false;
		begin++;
		end--;
	}
	for (const char *p = begin; p < end; p++) {
		const char *next = p + strspn(p, " \t");

		if (strchr("{}'", *p))
			return false;
		if (next > p && p > begin && next < end && is_word_byte(p[-1]) &&
		    is_word_byte(*next))
			return false;
	}
	return true;
}

/* Of a .func ngspice takes these out of the body, wherever they stand: "{x} + {1} k" is "x+1k". */
static bool strip_body(struct function *function)
{
	const char *p = function->body, *end = p + function->body_length;
	char *to;

	if (is_simple(p, end))
		return true;
	to = mem_alloc(function->body_length + 1);
	if (!to)
		return false;
	function->body = function->stripped = to;
	for (p += strspn(p, " \t="); p < end; p++) {
		if (!strchr(" \t{}'", *p))
			*to++ = *p;
	}
	*to = '\0';
	function->body_length = (size_t)(to - function->stripped);
	return true;
}

static bool add_function(struct function_table *table, struct function *function, const char *name,
			 size_t length)
{
	size_t old_capacity = table->of_name_capacity;

	function->name = name_intern(table->names, name, length);
	if (function->name == NAME_NONE ||
	    !mem_reserve(&table->list, &table->capacity, table->count + 1, sizeof(*table->list)) ||
	    !mem_reserve(&table->of_name, &table->of_name_capacity, function->name + 1,
			 sizeof(*table->of_name)))
		return false;
	if (table->of_name_capacity > old_capacity)
		memset(table->of_name + old_capacity, 0,
		       (table->of_name_capacity - old_capacity) * sizeof(*table->of_name));
	function->next = table->of_name[function->name] - 1; /* 0 - 1 is NAME_NONE */
	table->list[table->count++] = *function;
	table->of_name[function->name] = (uint32_t)table->count;
	return true;
}

bool function_table_add(struct function_table *table, const struct carom_circuit *circuit)
{
	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];
		struct function function = {.circuit = circuit, .card = i};
		const char *name;
		size_t length;

		if (card->role != CARD_PARAM &&
		    !(card->role == CARD_OTHER && card_is(card, ".func")))
			continue;
		if (!read_function(card, &function, &name, &length))
			continue;
		if (card->role != CARD_PARAM && !strip_body(&function))
			return false;
		if (!add_function(table, &function, name, length)) {
			mem_free(function.stripped);
			return false;
		}
	}
	return true;
}

/* LTspice's functions are drawn once, as a .param is evaluated. */
static bool draws_at_each_use(const char *value, size_t length)
{
	struct draw_call call;
	size_t at = 0;

	while (memchr(value + at, '(', length - at) && draw_call_find(value, length, &at, &call)) {
		if (call.function < DRAW_LTSPICE_GAUSS)
			return true;
	}
	return false;
}

bool function_table_add_drawn(struct function_table *table, const struct carom_circuit *circuit)
{
	for (uint32_t i = 0; i < circuit->n_params; i++) {
		const struct param *param = &circuit->params[i];
		struct function function = {.circuit = circuit, .card = param->card};
		const char *name = name_text(circuit->names, param->name);
		const char *value;

		if (param->card == NAME_NONE)
			continue;
		value = circuit->cards[param->card].text + param->value_begin;
		if (!draws_at_each_use(value, param->value_length))
			continue;
		function.arguments = function.body = value;
		function.body_length = param->value_length;
		function.is_param = table->has_params = true;
		if (!add_function(table, &function, name, strlen(name)))
			return false;
	}
	return true;
}

/* ---- look-up ---- */

uint32_t function_find(const struct function_table *table, const struct carom_circuit *circuit,
		       const char *name, size_t length)
{
	uint32_t number = name_find(table->names, name, length);

	if (number == NAME_NONE || number >= table->of_name_capacity)
		return NAME_NONE;
	for (; circuit; circuit = circuit->parent) {
		for (uint32_t i = table->of_name[number] - 1; i != NAME_NONE;
		     i = table->list[i].next) {
			if (table->list[i].circuit == circuit)
				return i;
		}
	}
	return NAME_NONE;
}

bool function_has_argument(const struct function *function, const char *name, size_t length)
{
	const char *p = function->arguments;
	const char *end = p + function->arguments_length;

	while (p < end) {
		size_t size = strcspn(p, " \t,)");

		if (size == length && name_compare_n(p, name, length) == 0)
			return true;
		p += size + 1;
	}
	return false;
}
