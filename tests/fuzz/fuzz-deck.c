/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Any bytes as a deck, from memory: either refused with a message, or a circuit whose deck imports
 * again to the same deck, and which answers every question.
 */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "circuit/circuit.h"
#include "circuit/element-kind.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* No folder of this name exists, so that files named by the deck are missing. */
static const char deck_name[] = "/nonexistent/fuzz/deck.cir";

static void check(bool is_true)
{
	if (!is_true)
		abort();
}

static struct carom_circuit *import(const char *text, size_t length)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	int rc = carom_circuit_import_text(&circuit, text, length, deck_name, NULL, &err);

	check(rc == (int)err.status);
	check((rc == CAROM_OK) == (circuit != NULL));
	check((rc == CAROM_OK) == (err.text[0] == '\0'));
	return circuit;
}

static void check_place(const struct carom_circuit *circuit, const struct value_place *place)
{
	const struct card *card = &circuit->cards[place->card];

	check(place->begin + place->length <= card->length && place->length > 0);
}

static void check_element(struct carom_circuit *circuit, uint32_t index)
{
	const struct carom_element element = {index};
	const char *name = carom_element_name(circuit, element);
	const struct element *item = &circuit->elements[index];
	struct value_place place;

	check(name[0] != '\0' && element_kind_find(name[0])->letter == item->kind);
	for (size_t i = 0; i < item->n_pins; i++)
		check(carom_net_name(circuit, carom_element_net(circuit, element, i))[0] != '\0');
	if (item->model != NAME_NONE)
		check(item->model_begin + name_length(circuit->names, item->model) <=
		      circuit->cards[item->card].length);
	if (circuit_element_param_place(circuit, element, "l", &place, NULL) == CAROM_OK)
		check_place(circuit, &place);
	if (circuit_element_value_place(circuit, element, &place, NULL) == CAROM_OK) {
		double value;

		check_place(circuit, &place);
		check(carom_element_set_value(circuit, element, 1.0 / 3, NULL) == CAROM_OK);
		check(carom_element_value(circuit, element, &value, NULL) == CAROM_OK);
		check(value == 1.0 / 3);
	}
}

static void check_tables(struct carom_circuit *circuit)
{
	for (size_t i = 0; i < circuit->n_params; i++) {
		const struct param *param = &circuit->params[i];

		check(param->value_begin + param->value_length <=
		      circuit->cards[param->card].length);
	}
	for (size_t i = 0; i < circuit->n_cards; i++)
		check(strlen(circuit->cards[i].text) == circuit->cards[i].length);
	for (size_t i = 0; i < circuit->n_models; i++) {
		struct value_place place;

		if (circuit_model_param_place(circuit, &circuit->models[i], "bf", &place, NULL) ==
		    CAROM_OK)
			check_place(circuit, &place);
	}
	for (uint32_t i = 0; i < circuit->n_elements; i++) {
		check_element(circuit, i);
		circuit_privatise_model(circuit, (struct carom_element){i}, NULL);
	}
	for (size_t i = 0; i < circuit->n_children; i++)
		check_tables(circuit->children[i]);
}

static int visit(void *arg, const struct carom_circuit *where, struct carom_element element,
		 const char *path)
{
	unsigned *left = arg;

	check(carom_element_is_valid(element) && element.index < where->n_elements);
	check(path[0] != '\0');
	return --*left == 0; /* a few lines can stand for very many elements */
}

/* What was emitted is a deck, and the same one. */
static void check_again(const char *text)
{
	struct carom_circuit *circuit = import(text, strlen(text));
	char *again;

	check(circuit != NULL);
	again = carom_circuit_to_text(circuit, NULL);
	check(strcmp(text, again) == 0);
	free(again);
	carom_circuit_free(circuit);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct carom_circuit *circuit = import((const char *)data, size);
	unsigned left = 1000;
	char *text;

	if (!circuit)
		return 0;
	text = carom_circuit_to_text(circuit, NULL);
	if (strncmp(text, "\xef\xbb\xbf", 3) != 0) /* a title's own, which a file would lose */
		check_again(text);
	free(text);
	circuit_match(circuit, "*.*", visit, &left);
	circuit_rerun_hazard(circuit, NULL);
	check_tables(circuit);
	text = carom_circuit_to_text(circuit, NULL);
	check(text != NULL);
	free(text);
	carom_circuit_free(circuit);
	return 0;
}
