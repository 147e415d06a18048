/* SPDX-License-Identifier: BSD-3-Clause */
/* The walk of flattening: instances in the place of their X cards, definitions before them. */
#include "circuit/flatten.h"

#include <string.h>

#include "base/mem.h"
#include "circuit/card-expression.h"
#include "circuit/dot-card.h"
#include "circuit/edit.h"
#include "circuit/scan.h"

/* ---- frames ---- */

static int fail_card(const struct frame *frame, const struct card *card, const char *text)
{
	return circuit_fail_card(frame->circuit, card, frame->flattening->err, CAROM_ERROR_SYNTAX,
				 "%s", text);
}

static int expand(const struct frame *frame);

/* The "m" of an X is that of the subcircuit if it has one, else one of all inside. */
static int read_multiplier(struct frame *frame, const struct element *x)
{
	const struct carom_circuit *outer = frame->caller->circuit;
	const struct card *card = &outer->cards[x->card];
	uint32_t at = x->model_begin;
	struct assignment assignment;
	struct word model;

	frame->has_multiplier = frame->caller->has_multiplier;
	frame->multiplier = frame->caller->multiplier;
	if (circuit_find_param(frame->circuit, "m")) {
		frame->has_multiplier = false;
		return CAROM_OK;
	}
	if (frame->has_multiplier)
		return CAROM_OK;
	scan_word(card->text, &at, &model);
	while (scan_assignment(card->text, &at, &assignment)) {
		if (word_is(card->text, &assignment.name, "m"))
			frame->has_multiplier = true;
	}
	if (!frame->has_multiplier)
		return CAROM_OK;
	return scope_evaluate(frame->scope, "m", 1, &frame->multiplier, frame->flattening->err);
}

static int check_instance(const struct frame *caller, const struct element *x,
			  const struct carom_circuit *circuit)
{
	const struct card *card = &caller->circuit->cards[x->card];
	const char *name = name_text(caller->circuit->names, x->name);
	struct carom_error *err = caller->flattening->err;

	if (x->n_pins != circuit->n_ports)
		return circuit_fail_card(caller->circuit, card, err, CAROM_ERROR_TOPOLOGY,
					 "%s: %u nets for the %zu of subcircuit %s", name,
					 x->n_pins, circuit->n_ports, circuit->title);
	if (caller->depth == CAROM_MAX_DEPTH)
		return circuit_fail_card(caller->circuit, card, err, CAROM_ERROR_LIMIT,
					 "%s: instances more than %d deep", name, CAROM_MAX_DEPTH);
	for (; caller; caller = caller->caller) {
		if (caller->circuit == circuit)
			return circuit_fail_card(
				circuit_root(circuit), card, err, CAROM_ERROR_TOPOLOGY,
				"%s is inside of the subcircuit that it stands for", name);
	}
	return CAROM_OK;
}

static int open_frame(struct frame *frame, uint32_t instance)
{
	int rc = frame_map_nets(frame, instance);

	if (rc != CAROM_OK)
		return rc;
	frame->is_model_out = mem_zalloc(frame->circuit->n_models, sizeof(*frame->is_model_out));
	return frame->is_model_out ? CAROM_OK : carom_fail_memory(frame->flattening->err);
}

static void close_frame(struct frame *frame)
{
	mem_free(frame->nets);
	mem_free(frame->is_model_out);
}

/* The path is that of the instance while it is open. */
static int expand_instance(const struct frame *caller, uint32_t index)
{
	struct flattening *flattening = caller->flattening;
	const struct element *x = &caller->circuit->elements[index];
	struct frame frame = {
		.flattening = flattening, .caller = caller, .depth = caller->depth + 1};
	int rc;

	frame.scope = scope_enter(caller->scope, (struct carom_element){index}, flattening->err);
	if (!frame.scope) {
		carom_error_place(
			flattening->err,
			circuit_file(caller->circuit, caller->circuit->cards[x->card].file),
			(int)caller->circuit->cards[x->card].line);
		return flattening->err->status;
	}
	frame.circuit = scope_circuit(frame.scope);
	rc = check_instance(caller, x, frame.circuit);
	if (rc != CAROM_OK)
		return rc;
	if (caller->caller)
		text_append_char(&flattening->path, '.');
	text_append(&flattening->path, name_text(caller->circuit->names, x->name));
	frame.path_length = flattening->path.length;
	rc = flattening->path.failed ? carom_fail_memory(flattening->err)
				     : open_frame(&frame, index);
	if (rc == CAROM_OK)
		rc = read_multiplier(&frame, x);
	if (rc == CAROM_OK)
		rc = expand(&frame);
	close_frame(&frame);
	flattening->path.length = caller->path_length;
	return rc;
}

/* ---- the cards of a frame ---- */

static int expand_element(const struct frame *frame, uint32_t index)
{
	const struct element *element = &frame->circuit->elements[index];
	int rc = CAROM_OK;

	if (element->kind == 'x')
		return expand_instance(frame, index);
	if (element->model != NAME_NONE)
		rc = frame_need_model(frame, element->model);
	if (rc == CAROM_OK)
		rc = frame_write_element(frame, element);
	return rc == CAROM_OK ? frame_add_element(frame, &frame->circuit->cards[element->card])
			      : rc;
}

/* A card of a subcircuit that is neither element nor definition. */
static int expand_dot_card(const struct frame *frame, const struct card *card)
{
	size_t length;
	int rc;

	if (card_is(card, ".ic") || card_is(card, ".nodeset")) {
		rc = frame_write_dot_card(frame, card);
		return rc == CAROM_OK ? frame_add_written(frame, card) : rc;
	}
	if (card_begins(card, ".opt") || card_is(card, ".temp"))
		return frame_add_dot_card(frame, card, card->text, card->length);
	if (card_is(card, ".func"))
		return CAROM_OK;
	dot_card_kind(card->text, &length);
	return circuit_fail_card(frame->circuit, card, frame->flattening->err, CAROM_ERROR_SYNTAX,
				 "%.*s inside of a subcircuit has no flat form", (int)length,
				 card->text);
}

static int expand_card(const struct frame *frame, const struct card *card)
{
	switch (card->role) {
	case CARD_ELEMENT:
		return expand_element(frame, card->index);
	case CARD_ANALYSIS:
	case CARD_SAVE:
	case CARD_OTHER:
		return expand_dot_card(frame, card);
	case CARD_TITLE:
	case CARD_MODEL:
	case CARD_PARAM:
	case CARD_SUBCIRCUIT:
	case CARD_REMOVED:
		break;
	}
	return CAROM_OK;
}

static int expand(const struct frame *frame)
{
	int rc = CAROM_OK;

	for (size_t i = 0; i < frame->circuit->n_cards && rc == CAROM_OK; i++)
		rc = expand_card(frame, &frame->circuit->cards[i]);
	return rc;
}

/* ---- the top ---- */

/* Dot-cards and definitions as they stand; models without their expressions. */
static int copy_definition(const struct frame *top, const struct card *card)
{
	switch (card->role) {
	case CARD_MODEL: {
		int rc = frame_write_model(top, card);

		return rc == CAROM_OK ? frame_add_written(top, card) : rc;
	}
	case CARD_PARAM:
	case CARD_ANALYSIS:
	case CARD_SAVE:
	case CARD_OTHER:
		return frame_add_dot_card(top, card, card->text, card->length);
	case CARD_TITLE:
	case CARD_ELEMENT:
	case CARD_SUBCIRCUIT:
	case CARD_REMOVED:
		break;
	}
	return CAROM_OK;
}

/* Definitions first, then elements; neither may be a matter of choice. */
static int flatten_top(const struct frame *top)
{
	const struct carom_circuit *circuit = top->circuit;
	int rc = CAROM_OK;

	for (size_t i = 0; i < circuit->n_cards && rc == CAROM_OK; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_OTHER && card_is(card, ".if"))
			return fail_card(top, card, ".if has no flat form");
		rc = copy_definition(top, card);
	}
	for (size_t i = 0; i < circuit->n_cards && rc == CAROM_OK; i++) {
		if (circuit->cards[i].role == CARD_ELEMENT)
			rc = expand_card(top, &circuit->cards[i]);
	}
	return rc;
}

/* The files that cards come from keep their numbers. */
static int copy_files(struct carom_circuit *flat, const struct carom_circuit *root,
		      struct carom_error *err)
{
	for (size_t i = 0; i < root->n_files; i++) {
		if (circuit_append_file(flat, root->files[i], err) == NAME_NONE)
			return CAROM_ERROR_MEMORY;
	}
	return CAROM_OK;
}

static int flatten(struct flattening *flattening, const struct carom_circuit *circuit)
{
	struct frame top = {.flattening = flattening, .circuit = circuit};
	int rc = copy_files(flattening->flat, circuit, flattening->err);

	if (rc == CAROM_OK)
		rc = globals_init(&flattening->globals, circuit, flattening->err);
	if (rc != CAROM_OK)
		return rc;
	top.scope = scope_new(circuit, flattening->err);
	rc = top.scope ? open_frame(&top, 0) : CAROM_ERROR_MEMORY;
	if (rc == CAROM_OK)
		rc = flatten_top(&top);
	close_frame(&top);
	scope_free(top.scope);
	return rc;
}

CAROM_API int carom_circuit_flatten(const struct carom_circuit *circuit,
				    struct carom_circuit **flat, struct carom_error *err)
{
	struct carom_error failure = CAROM_ERROR_INIT;
	struct flattening flattening = {.err = &failure};
	int rc = CAROM_ERROR_ARGUMENT;

	*flat = NULL;
	if (err && err->status)
		return err->status;
	if (circuit->parent)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "a subcircuit has no flat form alone");
	flattening.flat = carom_circuit_new(circuit->title, &failure);
	rc = flattening.flat ? flatten(&flattening, circuit) : failure.status;
	globals_release(&flattening.globals);
	text_release(&flattening.path);
	text_release(&flattening.text);
	if (rc == CAROM_OK) {
		*flat = flattening.flat;
		return CAROM_OK;
	}
	carom_circuit_free(flattening.flat);
	return carom_fail_as(err, &failure);
}
