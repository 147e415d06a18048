/* SPDX-License-Identifier: BSD-3-Clause */
/* Edits turned into values: numbers on cards as they stand, parameters by a resolution. */
#include "circuit/difference.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "circuit/card-expression.h"
#include "circuit/change-place.h"
#include "circuit/obstacle.h"

#define STOPPED 1 /* not an error: there is an obstacle */

/* ---- life ---- */

static bool has_conditions(const struct carom_circuit *circuit)
{
	for (size_t i = 0; i < circuit->n_cards; i++) {
		if (circuit->cards[i].role == CARD_OTHER && card_is(&circuit->cards[i], ".if"))
			return true;
	}
	for (size_t i = 0; i < circuit->n_children; i++) {
		if (has_conditions(circuit->children[i]))
			return true;
	}
	return false;
}

int difference_init(struct difference *difference, const struct carom_circuit *circuit,
		    struct carom_error *err)
{
	memset(difference, 0, sizeof(*difference));
	difference->inputs = name_table_new();
	difference->targets = name_table_new();
	if (!difference->inputs || !difference->targets)
		return carom_fail_memory(err);
	difference->state = circuit_state(circuit);
	difference->has_conditions = has_conditions(circuit);
	return 0;
}

void difference_release(struct difference *difference)
{
	name_table_free(difference->inputs);
	name_table_free(difference->targets);
	mem_free(difference->input_values);
	mem_free(difference->results);
	mem_free(difference->sent);
	mem_free(difference->values);
	resolution_release(&difference->resolution);
	memset(difference, 0, sizeof(*difference));
}

void difference_forget(struct difference *difference)
{
	size_t n = difference->targets ? name_count(difference->targets) : 0;

	for (size_t i = 0; i < n; i++)
		difference->sent[i] = NAN;
}

/* ---- values ---- */

/* One look for differences. */
struct search {
	struct difference *difference;
	struct change *changes;
	size_t n_changes, changes_capacity;
	bool has_new_inputs, has_inputs; /* among the changes */
	struct text words;
	struct carom_error *err;
};

static int stop(struct search *search, const struct carom_circuit *circuit, uint32_t card,
		const char *what)
{
	const struct card *item = &circuit->cards[card];

	carom_fail_at(&search->difference->obstacle, CAROM_ERROR_PARAMETER,
		      circuit_file(circuit, item->file), (int)item->line, 0,
		      "%.*s: %s is not set in a loaded circuit", (int)strcspn(item->text, " \t"),
		      item->text, what);
	return STOPPED;
}

/* A value that the simulator has already is none. */
static int add_value(struct search *search, const char *target, double value)
{
	struct difference *difference = search->difference;
	size_t n_targets = name_count(difference->targets);
	uint32_t number = name_intern(difference->targets, target, strlen(target));

	if (number == NAME_NONE ||
	    !mem_reserve(&difference->sent, &difference->sent_capacity, (size_t)number + 1,
			 sizeof(*difference->sent)) ||
	    !mem_reserve(&difference->values, &difference->values_capacity,
			 difference->n_values + 1, sizeof(*difference->values)))
		return carom_fail_memory(search->err);
	if (number < n_targets && difference->sent[number] == value)
		return 0;
	difference->sent[number] = value;
	difference->values[difference->n_values++] =
		(struct difference_value){name_text(difference->targets, number), value};
	return 0;
}

/* ---- inputs ---- */

/* "x1.x2:w", or "w" of the top. */
static int set_input(struct search *search, const char *path, const char *param, double value)
{
	struct difference *difference = search->difference;
	size_t n = name_count(difference->inputs);
	uint32_t number;

	text_clear(&search->words);
	text_printf(&search->words, "%s%s%s", path, *path ? ":" : "", param);
	if (search->words.failed)
		return carom_fail_memory(search->err);
	number = name_intern(difference->inputs, search->words.data, search->words.length);
	if (number == NAME_NONE ||
	    !mem_reserve(&difference->input_values, &difference->inputs_capacity,
			 (size_t)number + 1, sizeof(*difference->input_values)))
		return carom_fail_memory(search->err);
	difference->input_values[number] = value;
	search->has_inputs = true;
	search->has_new_inputs |= name_count(difference->inputs) > n;
	return 0;
}

static int resolve(struct search *search, const struct carom_circuit *circuit)
{
	struct difference *difference = search->difference;
	struct carom_error reason = CAROM_ERROR_INIT;
	size_t n = name_count(difference->inputs);
	const char **names = mem_zalloc(n, sizeof(*names));
	int rc;

	if (!names)
		return carom_fail_memory(search->err);
	for (uint32_t i = 0; i < n; i++)
		names[i] = name_text(difference->inputs, i);
	resolution_release(&difference->resolution);
	rc = resolution_init(&difference->resolution, circuit, names, n, &reason);
	mem_free(names);
	mem_free(difference->results);
	difference->results = NULL;
	if (rc == 0)
		difference->results = mem_zalloc(difference->resolution.program.n_ops,
						 sizeof(*difference->results));
	if (rc == CAROM_ERROR_MEMORY || (rc == 0 && !difference->results))
		return carom_fail_memory(search->err);
	if (rc == 0)
		return 0;
	difference->obstacle = reason;
	return STOPPED;
}

/* What the inputs reach, all of it. */
static int compute(struct search *search)
{
	struct difference *difference = search->difference;
	const struct resolution *resolution = &difference->resolution;
	int rc = 0;

	if (resolution->obstacle.status) {
		difference->obstacle = resolution->obstacle;
		return STOPPED;
	}
	program_run(resolution->program.ops, resolution->program.n_ops, difference->input_values,
		    difference->results);
	for (size_t i = 0; i < resolution->n_values && rc == 0; i++) {
		const struct resolved_value *value = &resolution->values[i];
		double number = operand_value(value->value, difference->results);

		rc = isfinite(number) ? add_value(search, value->target, number)
				      : stop(search, value->circuit, value->card,
					     "a value that is no number");
	}
	return rc;
}

/* ---- changes ---- */

static int add_number(struct search *search, const struct change_place *place, const char *param,
		      double value)
{
	text_clear(&search->words);
	text_printf(&search->words, "%s%s%s", place->path, param ? ":" : "", param ? param : "");
	if (search->words.failed)
		return carom_fail_memory(search->err);
	return add_value(search, search->words.data, value);
}

static const char *param_of(const struct change *change)
{
	return change->name == NAME_NONE ? NULL : name_text(change->circuit->names, change->name);
}

static int take_element(struct search *search, const struct change_place *place)
{
	const struct carom_circuit *circuit = place->circuit;
	const struct element *element = &circuit->elements[place->element.index];
	const char *param = param_of(place->change);
	const char *obstacle;
	double value;
	int rc;

	if (param)
		rc = carom_element_param(circuit, place->element, param, &value,
					 &search->difference->obstacle);
	else
		rc = carom_element_value(circuit, place->element, &value,
					 &search->difference->obstacle);
	if (rc != 0)
		return STOPPED;
	if (element->kind == 'x')
		return set_input(search, place->path, param, value);
	obstacle = obstacle_of_element(circuit, place->element, param);
	return obstacle ? stop(search, circuit, element->card, obstacle)
			: add_number(search, place, param, value);
}

static int take_model(struct search *search, const struct change_place *place)
{
	const struct carom_circuit *owner = place->change->circuit;
	const struct model *model = &owner->models[place->change->index];
	const char *param = param_of(place->change);
	const char *obstacle = obstacle_of_model(place->circuit, place->element, owner,
						 place->change->index, param);
	struct value_place number;

	if (obstacle)
		return stop(search, owner, model->card, obstacle);
	if (circuit_model_param_place(owner, model, param, &number, &search->difference->obstacle))
		return STOPPED;
	return add_number(search, place, param, number.number);
}

static int take_param(struct search *search, const struct change_place *place)
{
	const struct change *change = place->change;
	const char *param = param_of(change);
	double value;

	if (carom_circuit_param(change->circuit, param, &value, &search->difference->obstacle))
		return STOPPED;
	return set_input(search, place->path, param, value);
}

static int take_place(void *arg, const struct change_place *place)
{
	switch (place->change->kind) {
	case CHANGE_ELEMENT:
		return take_element(arg, place);
	case CHANGE_MODEL:
		return take_model(arg, place);
	case CHANGE_PARAM:
		return take_param(arg, place);
	}
	return 0;
}

/* ---- all ---- */

static int collect_change(void *arg, const struct change *change)
{
	struct search *search = arg;

	if (!mem_reserve(&search->changes, &search->changes_capacity, search->n_changes + 1,
			 sizeof(*search->changes)))
		return carom_fail_memory(search->err);
	search->changes[search->n_changes++] = *change;
	return 0;
}

/* What the log of changes cannot tell. */
static int stop_without_log(struct search *search, const struct carom_circuit *circuit)
{
	const struct difference *difference = search->difference;
	const struct changes *changes = &circuit->root->changes;
	const char *why = "more values were changed than are kept count of";

	if (difference->state.id != changes->id)
		why = "another circuit was loaded";
	else if (difference->state.serial < changes->structure)
		why = "more than numbers was changed";
	carom_fail(&search->difference->obstacle, CAROM_ERROR_STATE, "%s", why);
	return STOPPED;
}

static int find(struct search *search, const struct carom_circuit *circuit)
{
	struct difference *difference = search->difference;
	int rc = circuit_changes_since(circuit, &difference->state, collect_change, search);

	if (rc > 0)
		return stop_without_log(search, circuit);
	if (rc == 0 && search->n_changes > 0 && difference->has_conditions) {
		carom_fail(&difference->obstacle, CAROM_ERROR_STATE,
			   "the deck has .if, on which any value may depend");
		return STOPPED;
	}
	if (rc == 0) {
		search->n_changes = change_sort(search->changes, search->n_changes);
		rc = change_each_place(circuit, search->changes, search->n_changes, take_place,
				       search);
	}
	if (rc == 0 && search->has_new_inputs)
		rc = resolve(search, circuit);
	return rc == 0 && search->has_inputs ? compute(search) : rc;
}

int difference_find(struct difference *difference, const struct carom_circuit *circuit,
		    struct carom_error *err)
{
	struct search search = {.difference = difference, .err = err};
	int rc;

	text_init(&search.words);
	difference->n_values = 0;
	carom_error_clear(&difference->obstacle);
	rc = find(&search, circuit);
	text_release(&search.words);
	mem_free(search.changes);
	difference->state = circuit_state(circuit);
	if (rc == STOPPED)
		return 0;
	return rc == 0 ? 0 : carom_fail_memory(err);
}
