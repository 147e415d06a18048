/* SPDX-License-Identifier: BSD-3-Clause */
/* Edits of an element as a whole: removed, renamed, connected otherwise, of another model. */
#include <string.h>

#include "base/name.h"
#include "circuit/cache.h"
#include "circuit/change.h"
#include "circuit/edit.h"
#include "circuit/journal.h"
#include "circuit/places.h"
#include "circuit/scan.h"

int circuit_begin_edit(const struct carom_circuit *circuit, struct carom_element element,
		       struct carom_error *err)
{
	if (err && err->status)
		return err->status;
	if (element.index >= circuit->n_elements || !circuit->elements[element.index].kind)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "the handle is of no element of this circuit");
	return CAROM_OK;
}

/* ---- removal ---- */

/* The next element of the name that the removed one had, + 1; 0: none. */
static uint32_t next_of_name(const struct carom_circuit *circuit, uint32_t removed)
{
	uint32_t name = circuit->elements[removed].name;

	for (size_t i = 0; circuit->has_homonyms && i < circuit->n_elements; i++) {
		if (circuit->elements[i].name == name && circuit->elements[i].kind && i != removed)
			return (uint32_t)i + 1;
	}
	return 0;
}

CAROM_API int carom_element_remove(struct carom_circuit *circuit, struct carom_element element,
				   struct carom_error *err)
{
	struct element *item;
	int rc = circuit_begin_edit(circuit, element, err);

	if (rc != CAROM_OK)
		return rc;
	item = &circuit->elements[element.index];
	circuit_flush_element(circuit, element.index);
	if (circuit_keep(circuit, SLOT_COUNTS, 0, err) < 0 ||
	    circuit_keep(circuit, SLOT_ELEMENT, element.index, err) < 0 ||
	    circuit_keep(circuit, SLOT_CARD, item->card, err) < 0 ||
	    circuit_keep(circuit, SLOT_ELEMENT_OF_NAME, item->name, err) < 0)
		return CAROM_ERROR_MEMORY;
	if (circuit->element_of_name.at[item->name] == element.index + 1)
		circuit->element_of_name.at[item->name] = next_of_name(circuit, element.index);
	circuit_remove_card(circuit, item->card);
	item->kind = 0;
	item->n_pins = 0;
	item->model = NAME_NONE;
	circuit->n_removed++;
	value_forget(circuit, element.index);
	circuit_touch(circuit);
	return CAROM_OK;
}

/* ---- name ---- */

static int check_name(const struct carom_circuit *circuit, struct carom_element element,
		      const char *name, struct carom_error *err)
{
	char letter = circuit->elements[element.index].kind;
	struct carom_element other;

	if (!scan_is_name(name) || (name[0] | 0x20) != letter)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "\"%s\": the name must be one word that begins with %c", name,
				  letter);
	other = carom_circuit_find_element(circuit, name);
	if (carom_element_is_valid(other) && other.index != element.index)
		return carom_fail(err, CAROM_ERROR_EXISTS,
				  "%s: the circuit has an element of this name", name);
	return CAROM_OK;
}

static int rename_element(struct carom_circuit *circuit, struct carom_element element,
			  const char *name, struct places *places, struct carom_error *err)
{
	struct element *item = &circuit->elements[element.index];
	uint32_t number = circuit_intern(circuit, name, strlen(name), err);
	bool is_first = circuit->element_of_name.at[item->name] == element.index + 1;
	int rc;

	if (number == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	places_add_word(places, circuit, item->card, 0);
	if (is_first) /* what names it means the first of the name */
		places_add_element_mentions(places, circuit, element.index);
	rc = places_prepare(places, circuit, strlen(name), err);
	if (rc != CAROM_OK)
		return rc;
	if (circuit_keep(circuit, SLOT_ELEMENT, element.index, err) < 0 ||
	    circuit_keep(circuit, SLOT_ELEMENT_OF_NAME, item->name, err) < 0 ||
	    !circuit_name_slot(circuit, &circuit->element_of_name, SLOT_ELEMENT_OF_NAME, number,
			       err))
		return CAROM_ERROR_MEMORY;
	places_replace(places, circuit, name);
	if (is_first)
		circuit->element_of_name.at[item->name] = next_of_name(circuit, element.index);
	circuit->element_of_name.at[number] = element.index + 1;
	item->name = number;
	circuit_changed_structure(circuit);
	return CAROM_OK;
}

CAROM_API int carom_element_rename(struct carom_circuit *circuit, struct carom_element element,
				   const char *name, struct carom_error *err)
{
	struct places places = {NULL, 0, 0, false};
	int rc = circuit_begin_edit(circuit, element, err);

	if (rc == CAROM_OK)
		rc = check_name(circuit, element, name, err);
	if (rc == CAROM_OK)
		rc = rename_element(circuit, element, name, &places, err);
	places_release(&places);
	return rc;
}

/* ---- nets ---- */

static int reconnect(struct carom_circuit *circuit, struct carom_element element, uint32_t pin,
		     uint32_t net, struct places *places, struct carom_error *err)
{
	uint32_t index = circuit->elements[element.index].first_pin + pin;
	const char *name = carom_net_name(circuit, (struct carom_net){net});
	int rc;

	places_add_pin(places, circuit, element.index, pin);
	rc = places_prepare(places, circuit, strlen(name), err);
	if (rc != CAROM_OK)
		return rc;
	if (circuit_keep(circuit, SLOT_PIN, index, err) < 0)
		return CAROM_ERROR_MEMORY;
	places_replace(places, circuit, name);
	circuit->pins[index] = net;
	circuit_touch(circuit);
	circuit_changed_structure(circuit);
	return CAROM_OK;
}

CAROM_API int carom_element_reconnect(struct carom_circuit *circuit, struct carom_element element,
				      size_t pin, struct carom_net net, struct carom_error *err)
{
	struct places places = {NULL, 0, 0, false};
	size_t n_pins = carom_element_pin_count(circuit, element);
	int rc = circuit_begin_edit(circuit, element, err);

	if (rc != CAROM_OK)
		return rc;
	if (pin >= n_pins)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%s has no pin %zu: it has %zu",
				  carom_element_name(circuit, element), pin, n_pins);
	if (net.index >= circuit->n_nets)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%s: the net is not of this circuit",
				  carom_element_name(circuit, element));
	rc = reconnect(circuit, element, (uint32_t)pin, net.index, &places, err);
	places_release(&places);
	return rc;
}

/* ---- model ---- */

CAROM_API const char *carom_element_model(const struct carom_circuit *circuit,
					  struct carom_element element)
{
	if (element.index >= circuit->n_elements ||
	    circuit->elements[element.index].model == NAME_NONE)
		return "";
	return name_text(circuit->names, circuit->elements[element.index].model);
}

CAROM_API int carom_element_set_model(struct carom_circuit *circuit, struct carom_element element,
				      const char *model, struct carom_error *err)
{
	struct element *item;
	uint32_t number, begin, length;
	int rc = circuit_begin_edit(circuit, element, err);

	if (rc != CAROM_OK)
		return rc;
	if (!scan_is_name(model))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "\"%s\" cannot be a model's name",
				  model);
	item = &circuit->elements[element.index];
	if (item->model == NAME_NONE)
		return circuit_fail_card(circuit, &circuit->cards[item->card], err,
					 CAROM_ERROR_MODEL, "%s has no model",
					 carom_element_name(circuit, element));
	circuit_flush_element(circuit, element.index);
	begin = item->model_begin;
	length = (uint32_t)name_length(circuit->names, item->model);
	number = circuit_intern(circuit, model, strlen(model), err);
	if (number == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	rc = circuit_splice_card(circuit, item->card, begin, length, model, err);
	if (rc != CAROM_OK)
		return rc;
	item->model = number;
	item->model_begin = begin;
	circuit_changed_structure(circuit);
	return CAROM_OK;
}
