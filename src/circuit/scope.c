/* SPDX-License-Identifier: BSD-3-Clause */
/* The scopes of a circuit's instances: made at need, parameters looked up along the callers. */
#include "circuit/scope.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/number.h"
#include "circuit/circuit.h"
#include "circuit/scan.h"

/* ---- life ---- */

static struct scope *add_scope(struct scope_tree *tree, const struct carom_circuit *circuit,
			       struct carom_error *err)
{
	struct scope *scope = mem_zalloc(1, sizeof(*scope));

	if (scope)
		scope->slots = mem_zalloc(circuit->n_params, sizeof(*scope->slots));
	if (!scope || !scope->slots) {
		mem_free(scope);
		carom_fail_memory(err);
		return NULL;
	}
	scope->tree = tree;
	scope->circuit = circuit;
	scope->next = tree->first;
	tree->first = scope;
	return scope;
}

struct scope *scope_new(const struct carom_circuit *root, struct carom_error *err)
{
	struct scope_tree *tree = mem_zalloc(1, sizeof(*tree));
	struct scope *scope;

	if (!tree) {
		carom_fail_memory(err);
		return NULL;
	}
	scope = add_scope(tree, root, err);
	if (!scope)
		mem_free(tree);
	return scope;
}

/* Those made since the last. */
static void free_scopes(struct scope_tree *tree, const struct scope *last)
{
	while (tree->first != last) {
		struct scope *scope = tree->first;

		tree->first = scope->next;
		mem_free(scope->entered);
		mem_free(scope->slots);
		mem_free(scope);
	}
}

void scope_leave(struct scope *scope)
{
	scope->caller->entered[scope->element] = NULL;
	free_scopes(scope->tree, scope->next);
}

void scope_free(struct scope *scope)
{
	struct scope_tree *tree;

	if (!scope)
		return;
	tree = scope->tree;
	free_scopes(tree, NULL);
	program_release(&tree->program);
	if (tree->has_functions)
		function_table_release(&tree->functions);
	mem_free(tree);
}

const struct carom_circuit *scope_circuit(const struct scope *scope)
{
	return scope->circuit;
}

static bool add_functions(struct function_table *table, const struct carom_circuit *circuit,
			  bool with_drawn)
{
	if (!function_table_add(table, circuit) ||
	    (with_drawn && !function_table_add_drawn(table, circuit)))
		return false;
	for (size_t i = 0; i < circuit->n_children; i++) {
		if (!add_functions(table, circuit->children[i], with_drawn))
			return false;
	}
	return true;
}

const struct function_table *scope_functions(struct scope *scope)
{
	struct scope_tree *tree = scope->tree;

	if (tree->has_functions)
		return &tree->functions;
	if (!function_table_init(&tree->functions))
		return NULL;
	tree->has_functions =
		add_functions(&tree->functions, circuit_root(scope->circuit), tree->draws != NULL);
	if (tree->has_functions)
		return &tree->functions;
	function_table_release(&tree->functions);
	return NULL;
}

/* ---- values as written ---- */

static bool is_blank(char c)
{
	return (unsigned char)c <= ' ';
}

void expression_unwrap(const char **text, size_t *length)
{
	const char *begin = *text;
	const char *end = begin + *length;

	while (begin < end && is_blank(*begin))
		begin++;
	while (end > begin && is_blank(end[-1]))
		end--;
	if (end - begin >= 2 &&
	    ((*begin == '{' && end[-1] == '}') || (*begin == '\'' && end[-1] == '\''))) {
		begin++;
		end--;
	}
	*text = begin;
	*length = (size_t)(end - begin);
}

static void fill_slot(struct slot *slot, const struct carom_circuit *circuit, uint32_t card,
		      const char *text, size_t length)
{
	double value;
	size_t used;

	expression_unwrap(&text, &length);
	slot->text = text;
	slot->length = (uint32_t)length;
	slot->origin = (struct origin){circuit, card, circuit->cards[card].text, false};
	slot->is_number = number_read(text, length, &value, &used) && used == length;
	slot->state = SLOT_READY;
}

/* Where a value ends that is one word: at a blank, of which parentheses may hold some. */
static size_t word_length(const char *text, size_t length, bool minds_parentheses)
{
	unsigned depth = 0;

	for (size_t i = 0; i < length; i++) {
		if (depth == 0 && is_blank(text[i]))
			return i;
		depth += minds_parentheses && text[i] == '(';
		depth -= text[i] == ')' && depth > 0;
	}
	return length;
}

/* The same of a value that may be in braces or quotes. */
static size_t first_length(const char *text, size_t length, bool minds_parentheses)
{
	unsigned depth = 0;

	if (length == 0 || !strchr("{'\"", *text))
		return word_length(text, length, minds_parentheses);
	for (size_t i = 0; i < length; i++) {
		depth += text[i] == '{';
		depth -= text[i] == '}' && depth > 0;
		if (depth == 0 && (text[i] == '}' || (i > 0 && text[i] == *text)))
			return i + 1 + word_length(text + i + 1, length - i - 1, false);
	}
	return length;
}

static bool begins_like_number(const char *text, size_t length)
{
	size_t at = length > 1 && (*text == '+' || *text == '-');

	at += length > at + 1 && text[at] == '.';
	return length > at && text[at] >= '0' && text[at] <= '9';
}

static bool is_alone_on_card(const struct carom_circuit *circuit, uint32_t index)
{
	const struct param *param = &circuit->params[index];

	return !(index > 0 && param[-1].card == param->card) &&
	       !(index + 1 < circuit->n_params && param[1].card == param->card);
}

size_t param_read_length(const struct carom_circuit *circuit, uint32_t index)
{
	const struct param *param = &circuit->params[index];
	const char *text = circuit->cards[param->card].text + param->value_begin;
	bool is_subckt_line = circuit->parent && param->card == 0;

	if (!is_subckt_line && is_alone_on_card(circuit, index))
		return param->value_length;
	return first_length(text, param->value_length, !is_subckt_line);
}

/*
 * The value as .param gives it, without braces: a word.  But a value that begins as a number goes on
 * to the end if no other follows, and what follows another word is an error.
 */
static void fill_from_definition(struct scope *scope, struct slot *slot, uint32_t index)
{
	const struct carom_circuit *circuit = scope->circuit;
	const struct param *param = &circuit->params[index];
	const struct card *card = &circuit->cards[param->card];
	const char *text = card->text + param->value_begin;
	size_t length = param_read_length(circuit, index);
	bool is_word = length == param->value_length && length > 0 && !strchr("{'\"", *text) &&
		       !begins_like_number(text, length);

	fill_slot(slot, circuit, param->card, text, length);
	slot->is_torn = is_word && word_length(text, length, true) < length;
	slot->origin.keeps_blanks = length > 0 && !strchr("{'", *text);
}

/* With its definition's value, unless it has one. */
static struct slot *get_slot(struct scope *scope, uint32_t index)
{
	struct slot *slot = &scope->slots[index];

	if (slot->state == SLOT_EMPTY)
		fill_from_definition(scope, slot, index);
	return slot;
}

/* Of several definitions the last counts. */
static uint32_t find_param(const struct carom_circuit *circuit, const char *name, size_t length)
{
	uint32_t number = name_find(circuit->names, name, length);
	uint32_t at = name_index_get(&circuit->param_of_name, number);

	return at ? at - 1 : NAME_NONE;
}

struct slot *scope_own_slot(struct scope *scope, const char *name, size_t length)
{
	uint32_t index = find_param(scope->circuit, name, length);

	if (index != NAME_NONE)
		return get_slot(scope, index);
	if (scope->has_multiplier && length == 1 && (*name | 0x20) == 'm')
		return &scope->multiplier;
	return NULL;
}

/* ---- instances ---- */

/* What the X says of its subcircuit's parameters; of others nobody takes notice, but of m. */
static void take_assignments(struct scope *scope)
{
	const struct carom_circuit *caller = scope->caller->circuit;
	const struct element *x = &caller->elements[scope->element];
	const char *card = caller->cards[x->card].text;
	uint32_t at = x->model_begin;
	struct assignment item;

	while (scan_assignment(card, &at, &item)) {
		const char *name = card + item.name.begin;
		const char *text = card + item.value.begin;
		uint32_t index = find_param(scope->circuit, name, item.name.length);
		struct slot *slot = index == NAME_NONE ? NULL : &scope->slots[index];
		size_t length;

		if (!slot && item.name.length == 1 && (*name | 0x20) == 'm') {
			slot = &scope->multiplier;
			scope->has_multiplier = true;
		}
		if (!slot)
			continue;
		length = item.value.length;
		if (length > 0 && !strchr("{'", *text))
			length = word_length(text, length, !begins_like_number(text, length));
		fill_slot(slot, caller, x->card, text, length);
		slot->is_given = true;
	}
}

static struct scope *enter(struct scope *caller, uint32_t element, struct carom_error *err)
{
	const struct carom_circuit *circuit = caller->circuit;
	const struct element *x = &circuit->elements[element];
	const char *name = name_text(circuit->names, x->model);
	const struct carom_circuit *callee = circuit_resolve_subcircuit(circuit, name);
	struct scope *scope;

	if (!callee) {
		carom_fail(err, CAROM_ERROR_NOT_FOUND, "%s: there is no subcircuit %s",
			   name_text(circuit->names, x->name), name);
		return NULL;
	}
	scope = add_scope(caller->tree, callee, err);
	if (!scope)
		return NULL;
	scope->caller = caller;
	scope->element = element;
	take_assignments(scope);
	caller->entered[element] = scope;
	return scope;
}

struct scope *scope_enter(struct scope *caller, struct carom_element x, struct carom_error *err)
{
	const struct carom_circuit *circuit = caller->circuit;

	if (x.index >= circuit->n_elements || circuit->elements[x.index].kind != 'x') {
		carom_fail(err, CAROM_ERROR_ARGUMENT, "the element is no instance of a subcircuit");
		return NULL;
	}
	if (!caller->entered)
		caller->entered = mem_zalloc(circuit->n_elements, sizeof(*caller->entered));
	if (!caller->entered) {
		carom_fail_memory(err);
		return NULL;
	}
	if (caller->entered[x.index])
		return caller->entered[x.index];
	return enter(caller, x.index, err);
}

static struct carom_element find_instance(const struct carom_circuit *circuit, const char *name,
					  size_t length)
{
	uint32_t at = circuit_element_of_name(circuit, name, length);

	return (struct carom_element){at ? at - 1 : CAROM_NO_INDEX};
}

struct scope *scope_find(struct scope *scope, const char *path, struct carom_error *err)
{
	while (scope && *path) {
		size_t length = strcspn(path, ".");
		struct carom_element x = find_instance(scope->circuit, path, length);

		if (x.index == CAROM_NO_INDEX || scope->circuit->elements[x.index].kind != 'x') {
			carom_fail(err, CAROM_ERROR_NOT_FOUND, "there is no instance \"%.*s\"",
				   (int)length, path);
			return NULL;
		}
		scope = scope_enter(scope, x, err);
		path += length;
		path += *path == '.';
	}
	return scope;
}

/* ---- look-up ---- */

/*
 * ngspice evaluates the parameters of an instance in the order of the dependencies of their
 * definitions, those that are plain numbers first.  What an X gives instead may name others of them:
 * those evaluated before are the subcircuit's, the others still the callers'.
 */
static bool is_before(struct scope *scope, const struct slot *slot, const struct slot *asking)
{
	if (slot->is_number)
		return true;
	if (slot == asking)
		return false;
	if (!asking->is_given)
		return true;
	if (slot == &scope->multiplier || asking == &scope->multiplier)
		return asking == &scope->multiplier;
	return scope_ranks_before(scope, (uint32_t)(slot - scope->slots),
				  (uint32_t)(asking - scope->slots));
}

struct slot_place scope_look_up(struct scope *scope, const char *name, size_t length,
				const struct slot *asking)
{
	for (; scope; scope = scope->caller) {
		struct slot *slot = scope_own_slot(scope, name, length);

		if (slot && (!asking || is_before(scope, slot, asking)))
			return (struct slot_place){scope, slot};
		asking = NULL;
	}
	return (struct slot_place){NULL, NULL};
}
