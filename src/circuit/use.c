/* SPDX-License-Identifier: BSD-3-Clause */
/* Expressions collected from the cards of a circuit, each entered under the names in it. */
#include "circuit/use.h"

#include <string.h>

#include "base/mem.h"
#include "circuit/draw.h"
#include "circuit/element-kind.h"
#include "circuit/scan.h"

struct collector {
	struct use_table *table;
	const struct carom_circuit *circuit;
	const struct function_table *functions;
	uint32_t card;
	bool failed;
	const struct function *function; /* whose body is looked through */
	uint32_t *seen; /* per function: in which use it was looked through last, number + 1 */
};

void use_table_release(struct use_table *table)
{
	mem_free(table->uses);
	mem_free(table->mentions);
	mem_free(table->of_name);
	mem_free(table->instances);
	name_table_free(table->names);
	memset(table, 0, sizeof(*table));
}

/* ---- names ---- */

static bool add_mention(struct use_table *table, const char *name, size_t length)
{
	uint32_t number = name_intern(table->names, name, length);
	uint32_t use = (uint32_t)table->n_uses - 1;
	size_t old_capacity = table->of_name_capacity;
	uint32_t last;

	if (number == NAME_NONE ||
	    !mem_reserve(&table->of_name, &table->of_name_capacity, number + 1,
			 sizeof(*table->of_name)) ||
	    !mem_reserve(&table->mentions, &table->mentions_capacity, table->n_mentions + 1,
			 sizeof(*table->mentions)))
		return false;
	if (table->of_name_capacity > old_capacity)
		memset(table->of_name + old_capacity, 0,
		       (table->of_name_capacity - old_capacity) * sizeof(*table->of_name));
	last = table->of_name[number] - 1; /* 0 - 1 is NAME_NONE */
	if (last != NAME_NONE && table->mentions[last].use == use)
		return true;
	table->mentions[table->n_mentions++] = (struct mention){use, last};
	table->of_name[number] = (uint32_t)table->n_mentions;
	return true;
}

static void visit_reference(void *arg, const struct reference *reference);

/* A name that is not called is no function, but for a .param that draws. */
static uint32_t find_function(const struct collector *collector, const struct reference *reference)
{
	const struct function_table *table = collector->functions;
	uint32_t index;

	if (reference->kind == REFERENCE_NAME && !table->has_params)
		return NAME_NONE;
	index = function_find(table, collector->circuit, reference->text, reference->length);
	if (index != NAME_NONE && reference->kind == REFERENCE_NAME && !table->list[index].is_param)
		return NAME_NONE;
	return index;
}

static void visit_function(struct collector *collector, const struct reference *reference)
{
	struct collector inner = *collector;
	uint32_t index = find_function(collector, reference);

	if (index == NAME_NONE && reference->kind == REFERENCE_FUNCTION &&
	    draw_is_name(reference->text, reference->length))
		collector->table->uses[collector->table->n_uses - 1].draws = true;
	if (index == NAME_NONE || collector->seen[index] == collector->table->n_uses)
		return;
	collector->seen[index] = (uint32_t)collector->table->n_uses;
	inner.function = &collector->functions->list[index];
	expression_each_reference(inner.function->body, inner.function->body_length,
				  LANGUAGE_NUMPARAM, visit_reference, &inner);
	collector->failed |= inner.failed;
}

static void visit_reference(void *arg, const struct reference *reference)
{
	struct collector *collector = arg;

	if (reference->kind == REFERENCE_NAME && collector->function &&
	    function_has_argument(collector->function, reference->text, reference->length))
		return;
	visit_function(collector, reference);
	if (reference->kind == REFERENCE_NAME &&
	    !add_mention(collector->table, reference->text, reference->length))
		collector->failed = true;
}

/* ---- expressions ---- */

static void add_use(void *arg, const struct card_expression *expression)
{
	struct collector *collector = arg;
	struct use_table *table = collector->table;

	if (!mem_reserve(&table->uses, &table->uses_capacity, table->n_uses + 1,
			 sizeof(*table->uses))) {
		collector->failed = true;
		return;
	}
	table->uses[table->n_uses++] = (struct use){collector->card, *expression, false};
	expression_each_reference(expression->text, expression->length, expression->language,
				  visit_reference, collector);
}

static bool has_param(const struct carom_circuit *circuit, const char *name, size_t length)
{
	uint32_t number = name_find(circuit->names, name, length);

	return name_index_get(&circuit->param_of_name, number) != 0;
}

/* ngspice puts braces around the bare names of the circuit's own parameters: "r1 a b rload". */
static void add_bare_words(struct collector *collector, const struct element *element)
{
	const char *card = collector->circuit->cards[collector->card].text;
	const struct element_kind *kind = element_kind_find(element->kind);
	struct word word;
	uint32_t at = 0;
	unsigned skipped = 1 + element->n_pins + kind->n_names;

	if (collector->circuit->n_params == 0)
		return;
	for (unsigned i = 0; scan_word(card, &at, &word); i++) {
		struct card_expression expression = {.text = card + word.begin,
						     .length = word.length,
						     .language = LANGUAGE_NUMPARAM};
		uint32_t value_at = at;

		if (word.is_key)
			scan_value(card, &at, &word);
		else if (i >= skipped && value_at > element->model_begin + word.length &&
			 has_param(collector->circuit, card + word.begin, word.length))
			add_use(collector, &expression);
	}
}

static char letter_of(const struct carom_circuit *circuit, const struct card *card)
{
	return card->role == CARD_ELEMENT ? circuit->elements[card->index].kind : '\0';
}

/* Cards whose expressions are looked at elsewhere, or never. */
static bool is_passed_over(const struct card *card, char letter)
{
	return letter == 'x' || card->role == CARD_PARAM || card->role == CARD_TITLE ||
	       card->role == CARD_SUBCIRCUIT || card->role == CARD_REMOVED;
}

static bool add_instance(struct use_table *table, uint32_t element)
{
	if (!mem_reserve(&table->instances, &table->instances_capacity, table->n_instances + 1,
			 sizeof(*table->instances)))
		return false;
	table->instances[table->n_instances++] = element;
	return true;
}

bool use_table_init(struct use_table *table, const struct reached *reached,
		    const struct function_table *functions)
{
	const struct carom_circuit *circuit = reached->circuit;
	struct collector collector = {.table = table, .circuit = circuit, .functions = functions};

	memset(table, 0, sizeof(*table));
	table->names = name_table_new();
	collector.seen = mem_zalloc(functions->count, sizeof(*collector.seen));
	collector.failed = !table->names || !collector.seen;
	for (uint32_t i = 0; i < circuit->n_cards && !collector.failed; i++) {
		const struct card *card = &circuit->cards[i];
		char letter = letter_of(circuit, card);

		if (letter == 'x' && !add_instance(table, card->index))
			collector.failed = true;
		if (is_passed_over(card, letter))
			continue;
		collector.card = i;
		card_each_expression(card, letter, add_use, &collector);
		if (letter && letter != 'b')
			add_bare_words(&collector, &circuit->elements[card->index]);
	}
	mem_free(collector.seen);
	return !collector.failed;
}
