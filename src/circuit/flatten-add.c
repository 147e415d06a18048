/* SPDX-License-Identifier: BSD-3-Clause */
/* Cards into the flat circuit, and the models that they need before them. */
#include <string.h>

#include "circuit/edit.h"
#include "circuit/flatten.h"

/* A copy of the text that stands for the card. */
static int copy_card(const struct frame *frame, const struct card *card, const char *text,
		     size_t length, struct card *copy)
{
	struct flattening *flattening = frame->flattening;
	int rc = circuit_copy_card(flattening->flat, text, length, copy, flattening->err);

	copy->file = card->file;
	copy->line = card->line;
	return rc;
}

int frame_add_dot_card(const struct frame *frame, const struct card *card, const char *text,
		       size_t length)
{
	struct card copy;
	int rc = copy_card(frame, card, text, length, &copy);

	return rc == CAROM_OK ? circuit_append_dot_card(frame->flattening->flat, &copy,
							frame->flattening->err)
			      : rc;
}

int frame_add_written(const struct frame *frame, const struct card *card)
{
	const struct text *text = &frame->flattening->text;

	return frame_add_dot_card(frame, card, text_string(text), text->length);
}

int frame_add_element(const struct frame *frame, const struct card *card)
{
	struct flattening *flattening = frame->flattening;
	struct card copy;
	uint32_t index;
	int rc = copy_card(frame, card, text_string(&flattening->text), flattening->text.length,
			   &copy);

	if (rc != CAROM_OK)
		return rc;
	copy.role = CARD_ELEMENT;
	index = circuit_append_card(flattening->flat, &copy, flattening->err);
	if (index == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	return circuit_parse_element(flattening->flat, index, flattening->err);
}

/* ---- models ---- */

/* "nch.3" is a bin of "nch". */
static bool is_bin_of(const char *name, const char *base)
{
	size_t length = strlen(base);

	return name_compare_n(name, base, length) == 0 && name[length] == '.' &&
	       strspn(name + length + 1, "0123456789") == strlen(name + length + 1);
}

static int add_model(const struct frame *owner, size_t index)
{
	const struct model *model = &owner->circuit->models[index];
	const struct card *card = &owner->circuit->cards[model->card];
	int rc;

	if (owner->is_model_out[index])
		return CAROM_OK;
	owner->is_model_out[index] = true;
	if (name_compare_n(name_text(owner->circuit->names, model->type), "ako:", 4) == 0)
		return circuit_fail_card(owner->circuit, card, owner->flattening->err,
					 CAROM_ERROR_SYNTAX,
					 "a model after another (ako:) has no flat form");
	rc = frame_write_model(owner, card);
	return rc == CAROM_OK ? frame_add_written(owner, card) : rc;
}

int frame_need_model(const struct frame *frame, uint32_t number)
{
	const char *name = name_text(frame->circuit->names, number);
	const struct carom_circuit *where;
	const struct model *model = circuit_resolve_model(frame->circuit, name, &where);
	const struct frame *owner;
	int rc = CAROM_OK;

	if (!model || !where->parent)
		return CAROM_OK;
	owner = frame_of(frame, where);
	if (name_compare(name_text(where->names, model->name), name) == 0)
		return add_model(owner, (size_t)(model - where->models));
	for (size_t i = 0; i < where->n_models && rc == CAROM_OK; i++) {
		if (is_bin_of(name_text(where->names, where->models[i].name), name))
			rc = add_model(owner, i);
	}
	return rc;
}
