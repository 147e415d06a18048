/* SPDX-License-Identifier: BSD-3-Clause */
/* Values: where on a card a number stands, read at the first question and edited in its place. */
#include <math.h>
#include <string.h>

#include "base/name.h"
#include "base/number.h"
#include "circuit/cache.h"
#include "circuit/change.h"
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
	return element->kind != 'k' && scan_word(text, &at, &word) &&
	       word_has_dimension(text, &word);
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
	if (element.index < circuit->n_elements && circuit->elements[element.index].kind)
		return &circuit->elements[element.index];
	carom_fail(err, CAROM_ERROR_ARGUMENT, "the handle is of no element of this circuit");
	return NULL;
}

/* The place of the main value as the card has it, which is fresh. */
static int read_place(const struct carom_circuit *circuit, struct carom_element element,
		      struct value_place *place, struct carom_error *err)
{
	const struct element *item = &circuit->elements[element.index];
	const struct card *card = &circuit->cards[item->card];
	struct word value;

	circuit->root->cache.stats.value_misses++;
	if (!find_main(item, card->text, &value))
		return circuit_fail_card(circuit, card, err, CAROM_ERROR_PARAMETER,
					 "%s: the card has no value that is a number of its own",
					 carom_element_name(circuit, element));
	fill_place(place, item->card, card->text, &value);
	return CAROM_OK;
}

/* What is known of the element's value, after looking at the card if need be; NULL: no number. */
static struct value *known_value(const struct carom_circuit *circuit, struct carom_element element,
				 struct value_place *place, int *rc, struct carom_error *err)
{
	struct value *value = value_slot(circuit, element.index);

	*rc = CAROM_OK;
	if (value && value->state != VALUE_UNKNOWN) {
		circuit->root->cache.stats.value_hits++;
		return value;
	}
	*rc = read_place(circuit, element, place, err);
	if (*rc != CAROM_OK || !value || isnan(place->number) || place->length > UINT16_MAX)
		return NULL;
	value->number = place->number;
	value->begin = place->begin;
	value->length = (uint16_t)place->length;
	value->state = VALUE_KNOWN;
	return value;
}

int circuit_element_value_place(const struct carom_circuit *circuit, struct carom_element element,
				struct value_place *place, struct carom_error *err)
{
	const struct value *value;
	int rc;

	if (!element_of(circuit, element, err))
		return CAROM_ERROR_ARGUMENT;
	circuit_flush_element(circuit, element.index);
	value = known_value(circuit, element, place, &rc, err);
	if (value)
		*place = (struct value_place){circuit->elements[element.index].card, value->begin,
					      value->length, value->number};
	return rc;
}

int circuit_number_at(const struct carom_circuit *circuit, const struct value_place *place,
		      const char *what, double *value, struct carom_error *err)
{
	const struct card *card = &circuit->cards[place->card];

	if (isnan(place->number))
		return circuit_fail_card(circuit, card, err, CAROM_ERROR_PARAMETER,
					 "%s: \"%.*s\" is not a plain number", what,
					 (int)place->length, card->text + place->begin);
	*value = place->number;
	return CAROM_OK;
}

CAROM_API int carom_element_value(const struct carom_circuit *circuit, struct carom_element element,
				  double *value, struct carom_error *err)
{
	const struct value *known;
	struct value_place place;
	int rc;

	if (!element_of(circuit, element, err))
		return CAROM_ERROR_ARGUMENT;
	known = known_value(circuit, element, &place, &rc, err);
	if (known)
		*value = known->number;
	if (known || rc != CAROM_OK)
		return rc;
	return circuit_number_at(circuit, &place, carom_element_name(circuit, element), value, err);
}

/* By how many bytes the longest number, "-2.2250738585072014e-308", makes the card longer. */
static size_t growth_of(const struct value *known)
{
	enum { LONGEST = 24 };

	return known->length < LONGEST ? LONGEST - known->length : 0;
}

/*
 * The number is written at once: there was none before, or none that one can keep.  In the place of
 * an expression it is more than a new value, as the element may have been another kind of thing.
 */
static int write_value(struct carom_circuit *circuit, const struct value_place *place, double value,
		       struct carom_error *err)
{
	char number[NUMBER_SIZE];
	int rc;

	number_print(number, value);
	rc = circuit_splice_card(circuit, place->card, place->begin, place->length, number, err);
	if (rc == CAROM_OK)
		circuit_changed_structure(circuit);
	return rc;
}

CAROM_API int carom_element_set_value(struct carom_circuit *circuit, struct carom_element element,
				      double value, struct carom_error *err)
{
	struct value_place place;
	struct value *known;
	int rc;

	if (err && err->status)
		return err->status;
	if (!element_of(circuit, element, err))
		return CAROM_ERROR_ARGUMENT;
	if (!isfinite(value))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%s: the value must be finite",
				  carom_element_name(circuit, element));
	known = known_value(circuit, element, &place, &rc, err);
	if (rc != CAROM_OK)
		return rc;
	if (!known)
		return write_value(circuit, &place, value, err);
	if (known->state == VALUE_KNOWN) {
		rc = circuit_prepare_card(circuit, circuit->elements[element.index].card,
					  growth_of(known), err);
		if (rc == CAROM_OK)
			rc = circuit_set_dirty(circuit, element.index, err);
		if (rc != CAROM_OK)
			return rc;
	}
	known->number = value;
	circuit_changed_value(circuit, CHANGE_ELEMENT, element.index, NAME_NONE);
	return CAROM_OK;
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

bool circuit_element_is_main(const struct carom_circuit *circuit, struct carom_element element,
			     const char *param)
{
	return is_main(&circuit->elements[element.index], param);
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
	circuit_flush_element(circuit, element.index);
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
