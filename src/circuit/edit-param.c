/* SPDX-License-Identifier: BSD-3-Clause */
/* Parameters of elements, models and circuits: asked for, set, and put on the card if absent. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "circuit/cache.h"
#include "circuit/change.h"
#include "circuit/edit.h"
#include "circuit/element-kind.h"
#include "circuit/scan.h"

static int has_failed(const struct carom_error *err)
{
	return err ? (int)err->status : CAROM_OK;
}

static int check_param(const char *param, double value, struct carom_error *err)
{
	if (!scan_is_name(param))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "\"%s\" cannot be a parameter", param);
	if (!isfinite(value))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "parameter %s: the value must be finite", param);
	return CAROM_OK;
}

static void print_param(struct text *text, const char *before, const char *param, double value)
{
	char number[NUMBER_SIZE];

	number_print(number, value);
	text_printf(text, "%s %s=%s", before, param, number);
}

/* Put " param=value" at the place on the card. */
static int insert(struct carom_circuit *circuit, uint32_t card, uint32_t at, const char *param,
		  double value, struct carom_error *err)
{
	struct text text = TEXT_INIT;
	int rc;

	print_param(&text, "", param, value);
	rc = text.failed ? carom_fail_memory(err)
			 : circuit_splice_card(circuit, card, at, 0, text_string(&text), err);
	text_release(&text);
	return rc;
}

static int overwrite(struct carom_circuit *circuit, const struct value_place *place, double value,
		     struct carom_error *err)
{
	char number[NUMBER_SIZE];

	number_print(number, value);
	return circuit_splice_card(circuit, place->card, place->begin, place->length, number, err);
}

/*
 * A number in the place of an expression is more than a new value: what other expressions make of
 * the name may change, too.
 */
static void tell(struct carom_circuit *circuit, const struct value_place *place,
		 enum change_kind kind, size_t index, uint32_t name)
{
	if (isnan(place->number))
		circuit_changed_structure(circuit);
	else
		circuit_changed_value(circuit, kind, (uint32_t)index, name);
}

/* ---- elements ---- */

CAROM_API int carom_element_param(const struct carom_circuit *circuit, struct carom_element element,
				  const char *param, double *value, struct carom_error *err)
{
	struct value_place place;
	int rc = circuit_begin_edit(circuit, element, err);

	if (rc == CAROM_OK)
		rc = circuit_element_param_place(circuit, element, param, &place, err);
	return rc == CAROM_OK ? circuit_number_at(circuit, &place, param, value, err) : rc;
}

/* Where a card ends that says no such parameter yet; an error if its kind has none. */
static int add_param(struct carom_circuit *circuit, struct carom_element element, const char *param,
		     double value, struct carom_error *err)
{
	const struct element *item = &circuit->elements[element.index];
	const struct element_kind *kind = element_kind_find(item->kind);
	const struct card *card = &circuit->cards[item->card];

	if (item->kind != 'x' && !element_kind_has_param(kind, param))
		return circuit_fail_card(circuit, card, err, CAROM_ERROR_PARAMETER,
					 "%s: a %s has no parameter %s",
					 carom_element_name(circuit, element), kind->name, param);
	return insert(circuit, item->card, card->length, param, value, err);
}

CAROM_API int carom_element_set_param(struct carom_circuit *circuit, struct carom_element element,
				      const char *param, double value, struct carom_error *err)
{
	struct value_place place = {.number = 0};
	uint32_t name;
	int rc = circuit_begin_edit(circuit, element, err);

	if (rc == CAROM_OK)
		rc = check_param(param, value, err);
	if (rc != CAROM_OK)
		return rc;
	name = circuit_intern(circuit, param, strlen(param), err);
	if (name == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	if (circuit_element_is_main(circuit, element, param))
		return carom_element_set_value(circuit, element, value, err);
	rc = circuit_element_param_place(circuit, element, param, &place, NULL);
	rc = rc == CAROM_OK ? overwrite(circuit, &place, value, err)
			    : add_param(circuit, element, param, value, err);
	if (rc == CAROM_OK)
		tell(circuit, &place, CHANGE_ELEMENT, element.index, name);
	return rc;
}

/* ---- models ---- */

static int find_model(const struct carom_circuit *circuit, const char *name,
		      const struct model **model, struct carom_error *err)
{
	if (has_failed(err))
		return err->status;
	*model = circuit_find_model(circuit, name);
	if (!*model)
		return carom_fail(err, CAROM_ERROR_MODEL, "the circuit has no model %s", name);
	return CAROM_OK;
}

CAROM_API int carom_model_param(const struct carom_circuit *circuit, const char *model,
				const char *param, double *value, struct carom_error *err)
{
	struct value_place place;
	const struct model *item;
	int rc = find_model(circuit, model, &item, err);

	if (rc == CAROM_OK)
		rc = circuit_model_param_place(circuit, item, param, &place, err);
	return rc == CAROM_OK ? circuit_number_at(circuit, &place, param, value, err) : rc;
}

/* Behind the last parameter: before the parenthesis that may close the list. */
static uint32_t end_of_model(const char *text, uint32_t length)
{
	uint32_t end = length;
	uint32_t at = 0;
	struct word word;

	for (int i = 0; i < 3; i++)
		scan_word(text, &at, &word);
	at += (uint32_t)strspn(text + at, " \t");
	while (end > at && (text[end - 1] == ' ' || text[end - 1] == '\t'))
		end--;
	return text[at] == '(' && text[end - 1] == ')' ? end - 1 : length;
}

CAROM_API int carom_model_set_param(struct carom_circuit *circuit, const char *model,
				    const char *param, double value, struct carom_error *err)
{
	const struct model *item;
	const struct card *card;
	struct value_place place = {.number = 0};
	uint32_t name;
	int rc = find_model(circuit, model, &item, err);

	if (rc == CAROM_OK)
		rc = check_param(param, value, err);
	if (rc != CAROM_OK)
		return rc;
	name = circuit_intern(circuit, param, strlen(param), err);
	if (name == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	card = &circuit->cards[item->card];
	if (circuit_model_param_place(circuit, item, param, &place, NULL) == CAROM_OK)
		rc = overwrite(circuit, &place, value, err);
	else
		rc = insert(circuit, item->card, end_of_model(card->text, card->length), param,
			    value, err);
	if (rc == CAROM_OK)
		tell(circuit, &place, CHANGE_MODEL, (size_t)(item - circuit->models), name);
	return rc;
}

/* ---- parameters of the circuit ---- */

CAROM_API int carom_circuit_param(const struct carom_circuit *circuit, const char *name,
				  double *value, struct carom_error *err)
{
	struct value_place place;
	int rc = has_failed(err);

	if (rc == CAROM_OK)
		rc = circuit_param_place(circuit, name, &place, err);
	return rc == CAROM_OK ? circuit_number_at(circuit, &place, name, value, err) : rc;
}

static int add_card(struct carom_circuit *circuit, const char *name, double value,
		    struct carom_error *err)
{
	struct text text = TEXT_INIT;
	int rc;

	print_param(&text, ".param", name, value);
	rc = text.failed ? carom_fail_memory(err)
			 : carom_circuit_add_card(circuit, text_string(&text), err);
	text_release(&text);
	return rc;
}

CAROM_API int carom_circuit_set_param(struct carom_circuit *circuit, const char *name, double value,
				      struct carom_error *err)
{
	const struct param *param;
	struct value_place place;
	int rc = has_failed(err);

	if (rc == CAROM_OK)
		rc = check_param(name, value, err);
	if (rc != CAROM_OK)
		return rc;
	if (circuit_param_place(circuit, name, &place, NULL) != CAROM_OK)
		return add_card(circuit, name, value, err);
	param = circuit_find_param(circuit, name);
	rc = overwrite(circuit, &place, value, err);
	if (rc == CAROM_OK)
		tell(circuit, &place, CHANGE_PARAM, (size_t)(param - circuit->params), param->name);
	return rc;
}
