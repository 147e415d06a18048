/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Nets and areas of devices: ngspice 39 counts the words of their cards to find the model, and drops
 * a model that no card has where it counts it (frontend/inpcom.c, get_number_terminals and
 * inp_rem_unused_models; parser/inp2m.c).
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/lint-element.h"

/* ---- MOSFETs ---- */

/* Levels of nmos and pmos with four nets: MOS 1 to 9, BSIM 1 to 4.  SOI and HiSIM-HV have more. */
static bool has_four_nets(const struct model *model, const struct carom_circuit *where)
{
	static const int levels[] = {1, 2, 3, 4, 5, 6, 8, 9, 14, 49, 54};
	const char *type = name_text(where->names, model->type);
	struct value_place level;

	if (name_compare(type, "nmos") != 0 && name_compare(type, "pmos") != 0)
		return false;
	if (circuit_model_param_place(where, model, "level", &level, NULL) != CAROM_OK)
		return true; /* level 1 */
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (level.number == levels[i])
			return true;
	}
	return false;
}

void lint_nets(const struct lint_subject *subject, const struct model *model,
	       const struct carom_circuit *where)
{
	if (subject->element->kind == 'm' && subject->element->n_pins > 4 &&
	    has_four_nets(model, where))
		LINT_REPORT(subject, RULE_PIN_COUNT,
			    "%s: %u nets for model \"%s\", whose level has 4", subject->name,
			    subject->element->n_pins, name_text(where->names, model->name));
}

/* ---- diodes and bipolar transistors ---- */

/* A device with an area behind its model, "d1 a b dmod 2". */
struct bare_area {
	const struct model *model;
	const struct carom_circuit *circuit;
	uint32_t element;
};

struct bare_areas {
	struct bare_area *list;
	size_t count, capacity;
};

/* Of a bipolar transistor it knows an area by its digits; "2u" and "{k}" have letters. */
static bool looks_like_name(const char *text, const struct word *word)
{
	if (!strchr("0123456789.+-{'", text[word->begin]))
		return false; /* "off" and the like */
	for (uint32_t i = word->begin; i < word->begin + word->length; i++) {
		char lower = (char)(text[i] | 0x20);

		if (lower >= 'a' && lower <= 'z')
			return true;
	}
	return false;
}

/* Does ngspice take a word behind the model for the model? */
static bool has_bare_area(const struct carom_circuit *circuit, const struct element *element)
{
	const char *text = circuit->cards[element->card].text;
	uint32_t at = element->model_begin;
	struct word word;

	scan_word(text, &at, &word);
	if (!scan_word(text, &at, &word) || word.is_key)
		return false;
	if (element->kind == 'q')
		return looks_like_name(text, &word);
	return !word_is(text, &word, "off") && !word_is(text, &word, "thermal");
}

static const struct model *model_of(const struct carom_circuit *circuit,
				    const struct element *element)
{
	if ((element->kind != 'd' && element->kind != 'q') || element->model == NAME_NONE)
		return NULL;
	return circuit_resolve_model(circuit, name_text(circuit->names, element->model), NULL);
}

typedef bool visit_fn(struct bare_areas *areas, const struct carom_circuit *circuit,
		      uint32_t element, const struct model *model);

static bool each_device(const struct reach *reach, struct bare_areas *areas, visit_fn *visit)
{
	for (size_t i = 0; i < reach->count; i++) {
		const struct carom_circuit *circuit = reach->list[i].circuit;

		for (uint32_t k = 0; k < circuit->n_elements; k++) {
			const struct model *model = model_of(circuit, &circuit->elements[k]);

			if (model && !visit(areas, circuit, k, model))
				return false;
		}
	}
	return true;
}

static bool collect(struct bare_areas *areas, const struct carom_circuit *circuit, uint32_t element,
		    const struct model *model)
{
	if (!has_bare_area(circuit, &circuit->elements[element]))
		return true;
	if (!mem_reserve(&areas->list, &areas->capacity, areas->count + 1, sizeof(*areas->list)))
		return false;
	areas->list[areas->count++] = (struct bare_area){model, circuit, element};
	return true;
}

static int compare_models(const void *a, const void *b)
{
	const struct bare_area *left = a, *right = b;

	return (left->model > right->model) - (left->model < right->model);
}

/* One device that names the model where ngspice looks keeps it for all. */
static bool forgive(struct bare_areas *areas, const struct carom_circuit *circuit, uint32_t element,
		    const struct model *model)
{
	const struct bare_area key = {.model = model};
	struct bare_area *found =
		bsearch(&key, areas->list, areas->count, sizeof(key), compare_models);

	if (!found || !found->circuit || has_bare_area(circuit, &circuit->elements[element]))
		return true;
	while (found > areas->list && found[-1].model == model)
		found--;
	for (; found < areas->list + areas->count && found->model == model; found++)
		found->circuit = NULL;
	return true;
}

static void report(struct lint *lint, const struct bare_area *area)
{
	const struct element *element = &area->circuit->elements[area->element];
	const char *model = name_text(area->circuit->names, element->model);

	lint_add(lint, area->circuit, element->card, RULE_ELEMENT_PARAM,
		 "%s: ngspice takes the word behind \"%s\" for the model, and drops \"%s\"; name "
		 "what it is, as in area=2",
		 name_text(area->circuit->names, element->name), model, model);
}

/* With .if in the deck ngspice drops no models. */
static bool has_conditions(const struct reach *reach)
{
	for (size_t i = 0; i < reach->count; i++) {
		if (reach->list[i].is_conditional)
			return true;
	}
	return false;
}

void lint_areas(struct lint *lint)
{
	struct bare_areas areas = {NULL, 0, 0};

	if (has_conditions(&lint->reach))
		return;
	lint->failed |= !each_device(&lint->reach, &areas, collect);
	if (areas.count > 0) {
		qsort(areas.list, areas.count, sizeof(*areas.list), compare_models);
		each_device(&lint->reach, &areas, forgive);
	}
	for (size_t i = 0; i < areas.count; i++) {
		if (areas.list[i].circuit)
			report(lint, &areas.list[i]);
	}
	mem_free(areas.list);
}
