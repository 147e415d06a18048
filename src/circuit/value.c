/* SPDX-License-Identifier: BSD-3-Clause */
/* Values: where on a card a number stands, read at the first question and edited in its place. */
#include <math.h>
#include <string.h>

#include "base/name.h"
#include "base/number.h"
#include "circuit/edit.h"
#include "circuit/element-kind.h"
#include "circuit/scan.h"

static void fill_place(struct value_place *place, uint32_t card, const char *text,
		       const struct word *word)
{
	size_t used;

	place->card = card;
	place->begin = word->begin;
	place->length = word->length;
	if (!number_read(text + word->begin, word->length, &place->number, &used) ||
	    used != word->length)
		place->number = NAN;
}

/* Could the word be a value: a number or an expression, not a key or a name? */
static bool is_value(const char *text, const struct word *word)
{
	double value;
	size_t used;

	if (word->is_key)
		return false;
	if (strchr("{'\"", text[word->begin]))
		return true;
	return number_read(text + word->begin, word->length, &value, &used) && used == word->length;
}

/* Passes over n words. */
static void skip_words(const char *text, uint32_t *at, unsigned n)
{
	struct word word;

	while (n-- > 0)
		scan_word(text, at, &word);
}

/* The value of "key=value" from *at on. */
static bool find_key(const char *text, uint32_t at, const char *key, struct word *value)
{
	struct word word;

	while (scan_word(text, &at, &word)) {
		if (!word.is_key)
			continue;
		if (word_is(text, &word, key))
			return scan_value(text, &at, value);
		scan_value(text, &at, value);
	}
	return false;
}

/* A number that follows the word key without "=", such as "dc 5". */
static bool find_word(const char *text, uint32_t at, const char *key, struct word *value)
{
	struct word word;
	bool is_next = false;

	while (scan_word(text, &at, &word)) {
		if (is_next && is_value(text, &word)) {
			*value = word;
			return true;
		}
		is_next = word_is(text, &word, key);
	}
	return false;
}

/* ---- the main value ---- */

/* R, C, L: a number before or behind a model, or a key that says the same ("r=1k"). */
static bool find_after_pins(const struct element_kind *kind, const char *text, uint32_t at,
			    struct word *value)
{
	const char letter[] = {kind->letter, '\0'};
	struct word word;

	while (scan_word(text, &at, &word) && !word.is_key) {
		if (is_value(text, &word)) {
			*value = word;
			return true;
		}
	}
	at = word.begin; /* of the first key, or the end */
	return find_key(text, at, letter, value) || find_key(text, at, kind->value_param, value) ||
	       (kind->letter == 'c' && find_key(text, at, "cap", value));
}

/* V, I: a number at once, or behind "dc". */
static bool find_dc(const char *text, uint32_t at, struct word *value)
{
	uint32_t first = at;

	if (scan_word(text, &first, value) && is_value(text, value))
		return true;
	return find_word(text, at, "dc", value);
}

/* E, F, G, H, K: the number that ends the linear form, or "gain=". */
static bool find_last(const char *text, uint32_t at, struct word *value)
{
	uint32_t first = at;

	if (scan_word(text, &first, value) && is_value(text, value))
		return true;
	return find_key(text, at, "gain", value);
}

/* Does the card of an E, F, G or H say its function in another way than by one number? */
static bool is_nonlinear(const struct element *element, const char *text)
{
	struct word word;
	uint32_t at = 0;

	skip_words(text, &at, 3);
	return element->kind != 'k' && scan_word(text, &at, &word) && word_is(text, &word, "poly");
}

static bool find_main(const struct element *element, const char *text, struct word *value)
{
	const struct element_kind *kind = element_kind_find(element->kind);
	uint32_t at = 0;

	if (kind->value == VALUE_LAST &&
	    (element->n_pins < kind->max_pins || is_nonlinear(element, text)))
		return false;
	skip_words(text, &at, 1 + element->n_pins + kind->n_names);
	switch (kind->value) {
	case VALUE_AFTER_PINS:
		return find_after_pins(kind, text, at, value);
	case VALUE_DC:
		return find_dc(text, at, value);
	case VALUE_LAST:
		return find_last(text, at, value);
	case VALUE_NONE:
		break;
	}
	return false;
}

static const struct element *element_of(const struct carom_circuit *circuit,
					struct carom_element element, struct carom_error *err)
{
	if (element.index < circuit->n_elements)
		return &circuit->elements[element.index];
	carom_fail(err, CAROM_ERROR_ARGUMENT, "the handle is of no element of this circuit");
	return NULL;
}

int circuit_element_value_place(const struct carom_circuit *circuit, struct carom_element element,
				struct value_place *place, struct carom_error *err)
{
	const struct element *item = element_of(circuit, element, err);
	const struct card *card;
	struct word value;

	if (!item)
		return CAROM_ERROR_ARGUMENT;
	card = &circuit->cards[item->card];
	if (!find_main(item, card->text, &value))
		return circuit_fail_card(circuit, card, err, CAROM_ERROR_PARAMETER,
					 "%s: the card has no value that is a number of its own",
					 carom_element_name(circuit, element));
	fill_place(place, item->card, card->text, &value);
	return CAROM_OK;
}

CAROM_API int carom_element_value(const struct carom_circuit *circuit, struct carom_element element,
				  double *value, struct carom_error *err)
{
	struct value_place place;
	int rc = circuit_element_value_place(circuit, element, &place, err);
	const struct card *card;

	if (rc != CAROM_OK)
		return rc;
	if (isnan(place.number)) {
		card = &circuit->cards[place.card];
		return circuit_fail_card(circuit, card, err, CAROM_ERROR_PARAMETER,
					 "%s: \"%.*s\" is not a plain number",
					 carom_element_name(circuit, element), (int)place.length,
					 card->text + place.begin);
	}
	*value = place.number;
	return CAROM_OK;
}

CAROM_API int carom_element_set_value(struct carom_circuit *circuit, struct carom_element element,
				      double value, struct carom_error *err)
{
	char number[NUMBER_SIZE];
	struct value_place place;
	int rc = err && err->status ? (int)err->status
				    : circuit_element_value_place(circuit, element, &place, err);

	if (rc != CAROM_OK)
		return rc;
	if (!isfinite(value))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%s: the value must be finite",
				  carom_element_name(circuit, element));
	number_print(number, value);
	return circuit_splice_card(circuit, place.card, place.begin, place.length, number, err);
}

/* ---- parameters ---- */

/* "d1 a k dm 2": the number right behind the model is the area. */
static bool find_area(const struct element *element, const char *text, const char *param,
		      struct word *value)
{
	uint32_t at = element->model_begin;

	if (!strchr("dqjz", element->kind) || name_compare(param, "area") != 0)
		return false;
	skip_words(text, &at, 1);
	return scan_word(text, &at, value) && is_value(text, value);
}

/* Is param another name of the element's main value? */
static bool is_main(const struct element *element, const char *param)
{
	const struct element_kind *kind = element_kind_find(element->kind);

	if (kind->value == VALUE_NONE)
		return false;
	if (name_compare(param, kind->value_param) == 0)
		return true;
	if (kind->value != VALUE_AFTER_PINS)
		return false;
	return (param[0] | 0x20) == kind->letter &&
	       (param[1] == '\0' || (kind->letter == 'c' && name_compare(param, "cap") == 0));
}

int circuit_element_param_place(const struct carom_circuit *circuit, struct carom_element element,
				const char *param, struct value_place *place,
				struct carom_error *err)
{
	const struct element *item = element_of(circuit, element, err);
	const struct card *card;
	struct word value;
	uint32_t at = 0;

	if (!item)
		return CAROM_ERROR_ARGUMENT;
	if (is_main(item, param))
		return circuit_element_value_place(circuit, element, place, err);
	card = &circuit->cards[item->card];
	if (item->model != NAME_NONE)
		at = item->model_begin;
	else
		skip_words(card->text, &at, 1 + item->n_pins);
	if (!find_key(card->text, at, param, &value) &&
	    !find_area(item, card->text, param, &value) &&
	    !find_word(card->text, at, param, &value))
		return circuit_fail_card(circuit, card, err, CAROM_ERROR_PARAMETER,
					 "%s: the card does not say %s",
					 carom_element_name(circuit, element), param);
	fill_place(place, item->card, card->text, &value);
	return CAROM_OK;
}

int circuit_model_param_place(const struct carom_circuit *circuit, const struct model *model,
			      const char *param, struct value_place *place, struct carom_error *err)
{
	const struct card *card = &circuit->cards[model->card];
	struct word value;
	uint32_t at = 0;

	skip_words(card->text, &at, 3);
	if (!find_key(card->text, at, param, &value))
		return circuit_fail_card(circuit, card, err, CAROM_ERROR_PARAMETER,
					 "model %s does not say %s",
					 name_text(circuit->names, model->name), param);
	fill_place(place, model->card, card->text, &value);
	return CAROM_OK;
}

int circuit_param_place(const struct carom_circuit *circuit, const char *param,
			struct value_place *place, struct carom_error *err)
{
	const struct param *item = circuit_find_param(circuit, param);
	struct word value;

	if (!item)
		return carom_fail(err, CAROM_ERROR_PARAMETER, "no parameter %s", param);
	value = (struct word){.begin = item->value_begin, .length = item->value_length};
	fill_place(place, item->card, circuit->cards[item->card].text, &value);
	return CAROM_OK;
}
