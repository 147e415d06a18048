/* SPDX-License-Identifier: BSD-3-Clause */
/* A model of its own for an element, so that it can vary apart from the others. */
#include <string.h>

#include "base/name.h"
#include "base/text.h"
#include "circuit/edit.h"
#include "circuit/scan.h"

/* A copy of the .model card in the circuit, under the old name's bin behind the new name. */
static int copy_model(struct carom_circuit *circuit, const struct card *card, const char *name,
		      size_t base_length, struct carom_error *err)
{
	struct text text = TEXT_INIT;
	struct word word;
	struct card copy;
	uint32_t at = 0;
	int rc;

	scan_word(card->text, &at, &word);
	scan_word(card->text, &at, &word);
	text_append_n(&text, card->text, word.begin);
	text_append(&text, name);
	text_append_n(&text, card->text + word.begin + base_length, word.length - base_length);
	text_append_n(&text, card->text + at, card->length - at);
	rc = text.failed ? carom_fail_memory(err)
			 : circuit_copy_card(circuit, text_string(&text), text.length, &copy, err);
	text_release(&text);
	if (rc != CAROM_OK)
		return rc;
	copy.file = card->file;
	copy.line = card->line;
	return circuit_append_dot_card(circuit, &copy, err);
}

/* Is this a bin ("nch.3") of the model of that name? */
static bool is_bin(const struct carom_circuit *circuit, const struct model *model, const char *base)
{
	const char *name = name_text(circuit->names, model->name);
	size_t length = strlen(base);

	return name_compare_n(name, base, length) == 0 && name[length] == '.' &&
	       strspn(name + length + 1, "0123456789") == strlen(name + length + 1);
}

/* Copy the model of that name, or every bin of it. */
static int copy_models(struct carom_circuit *circuit, const struct carom_circuit *where,
		       const struct model *model, const char *base, const char *name,
		       struct carom_error *err)
{
	size_t n_models = where->n_models; /* the copies may go behind them */
	int rc = CAROM_OK;

	if (name_compare(name_text(where->names, model->name), base) == 0)
		return copy_model(circuit, &where->cards[model->card], name, strlen(base), err);
	for (size_t i = 0; i < n_models && rc == CAROM_OK; i++) {
		if (where->models[i].card != NAME_NONE && is_bin(where, &where->models[i], base)) {
			struct card card = where->cards[where->models[i].card];

			rc = copy_model(circuit, &card, name, strlen(base), err);
		}
	}
	return rc;
}

/* "<model>_<element>", or nothing if the element's model is called that already. */
static bool make_name(const struct carom_circuit *circuit, const struct element *element,
		      struct text *name)
{
	const char *own = name_text(circuit->names, element->name);
	const char *model = name_text(circuit->names, element->model);
	size_t own_length = strlen(own);
	size_t length = strlen(model);

	if (length > own_length + 1 && model[length - own_length - 1] == '_' &&
	    name_compare(model + length - own_length, own) == 0 &&
	    circuit_find_model(circuit, model))
		return false;
	text_printf(name, "%s_%s", model, own);
	return true;
}

int circuit_privatise_model(struct carom_circuit *circuit, struct carom_element element,
			    struct carom_error *err)
{
	const struct element *item = &circuit->elements[element.index];
	const struct carom_circuit *where;
	const struct model *model;
	struct text name = TEXT_INIT;
	const char *base;
	int rc = CAROM_OK;

	if (item->model == NAME_NONE)
		return circuit_fail_card(circuit, &circuit->cards[item->card], err,
					 CAROM_ERROR_MODEL, "%s has no model",
					 carom_element_name(circuit, element));
	base = name_text(circuit->names, item->model);
	model = circuit_resolve_model(circuit, base, &where);
	if (!model)
		return circuit_fail_card(circuit, &circuit->cards[item->card], err,
					 CAROM_ERROR_MODEL, "%s: no model \"%s\"",
					 carom_element_name(circuit, element), base);
	if (!make_name(circuit, item, &name))
		return CAROM_OK;
	if (name.failed)
		rc = carom_fail_memory(err);
	else if (circuit_resolve_model(circuit, text_string(&name), NULL))
		rc = circuit_fail_card(circuit, &circuit->cards[item->card], err,
				       CAROM_ERROR_EXISTS,
				       "%s: its own model would be %s, which is another's",
				       carom_element_name(circuit, element), text_string(&name));
	if (rc == CAROM_OK)
		rc = copy_models(circuit, where, model, base, text_string(&name), err);
	if (rc == CAROM_OK)
		rc = carom_element_set_model(circuit, element, text_string(&name), err);
	text_release(&name);
	return rc;
}
