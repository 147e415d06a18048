/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of a card that are names, and whole cards. */
#include <string.h>

#include "base/number.h"
#include "circuit/edit.h"
#include "circuit/flatten-writer.h"
#include "circuit/scan.h"

/* ---- the words of an element ---- */

/* The model's name, called after the instance whose circuit defines it. */
static void patch_model(struct writer *writer, const struct element *element)
{
	const struct carom_circuit *circuit = writer->frame->circuit, *where;
	const char *name = name_text(circuit->names, element->model);

	if (!circuit_resolve_model(circuit, name, &where) || !where->parent)
		return;
	writer_open(writer, element->model_begin, (uint32_t)strlen(name));
	frame_append_path(frame_of(writer->frame, where), &writer->words, ':');
	text_append(&writer->words, name);
	writer_close(writer);
}

static bool next_word(struct writer *writer, struct word *word)
{
	return scan_word(writer->card->text, &writer->at, word);
}

/* "poly(2)" is read over; returns its dimension, 1 if it is not there. */
static unsigned skip_poly(struct writer *writer)
{
	const char *text = writer->card->text;
	uint32_t at = writer->at;
	struct word word;
	double n;
	size_t used;

	if (!scan_word(text, &at, &word) || !word_has_dimension(text, &word) ||
	    !scan_word(text, &at, &word) ||
	    !number_read(text + word.begin, word.length, &n, &used) || !(n >= 1 && n <= 100))
		return 1;
	writer->at = at;
	return (unsigned)n;
}

static void patch_pins(struct writer *writer, const struct element *element)
{
	struct word word;

	for (uint32_t i = 0; i < element->n_pins; i++) {
		if (i == 2 && (element->kind == 'e' || element->kind == 'g'))
			skip_poly(writer);
		if (next_word(writer, &word))
			writer_put_net(writer, word.begin, word.length);
	}
}

/* F, H, W: names of sources behind the nets. */
static void patch_controls(struct writer *writer)
{
	unsigned n = skip_poly(writer);
	struct word word;

	while (n-- > 0 && next_word(writer, &word))
		writer_put_element(writer, word.begin, word.length);
}

/* K: inductors, two or more, up to the coefficient. */
static void patch_inductors(struct writer *writer)
{
	struct word word;

	while (next_word(writer, &word) && (writer->card->text[word.begin] | 0x20) == 'l')
		writer_put_element(writer, word.begin, word.length);
}

/* A type such as "%vd" says of the next connection, or of all in brackets, what they are. */
struct connections {
	bool are_sources; /* "%vnam": names of voltage sources */
	bool in_brackets;
};

static void patch_connection(struct writer *writer, struct connections *connections, uint32_t begin,
			     uint32_t length)
{
	const char *word = writer->card->text + begin;

	if (word[0] == '%') {
		connections->are_sources = length > 2 && name_compare_n(word, "%vn", 3) == 0;
		return;
	}
	if (length == 4 && name_compare_n(word, "null", 4) == 0)
		return;
	if (connections->are_sources)
		writer_put_element(writer, begin, length);
	else
		writer_put_net(writer, begin, length);
	connections->are_sources &= connections->in_brackets;
}

/* A: whatever stands before the model is a net, but for types, "null" and punctuation. */
static void patch_connections(struct writer *writer, const struct element *element)
{
	const char *text = writer->card->text;
	struct connections connections = {false, false};
	uint32_t at = writer->at;

	while (at < element->model_begin) {
		uint32_t length = (uint32_t)strcspn(text + at, " \t,()[]~");

		if (length > 0) {
			patch_connection(writer, &connections, at, length);
		} else {
			connections.in_brackets |= text[at] == '[';
			if (text[at] == ']')
				connections = (struct connections){false, false};
		}
		at += length > 0 ? length : 1;
	}
}

static void patch_words(struct writer *writer, const struct element *element)
{
	struct word word;

	if (next_word(writer, &word))
		writer_put_element(writer, word.begin, word.length);
	if (element->kind == 'a') {
		patch_connections(writer, element);
	} else {
		patch_pins(writer, element);
		if (strchr("fhw", element->kind))
			patch_controls(writer);
		else if (element->kind == 'k')
			patch_inductors(writer);
	}
	if (element->model != NAME_NONE)
		patch_model(writer, element);
}

/*
 * R, C, L: ngspice reads a second coefficient, "tc=1m,1u", beside an expression only; beside the
 * number that this becomes it must have its name.
 */
static void patch_coefficients(struct writer *writer)
{
	const char *text = writer->card->text;
	uint32_t at = 0;
	struct word word, next;

	while (scan_word(text, &at, &word)) {
		if (!word.is_key)
			continue;
		if (!scan_value(text, &at, &next) || !word_is(text, &word, "tc"))
			continue;
		word = next;
		if (!scan_word(text, &at, &next) || next.is_key)
			return;
		writer_open(writer, word.begin + word.length,
			    next.begin - word.begin - word.length);
		text_append(&writer->words, " tc2=");
		writer_close(writer);
	}
}

/* ---- whole cards ---- */

int frame_write_element(const struct frame *frame, const struct element *element)
{
	struct writer writer = {.frame = frame, .card = &frame->circuit->cards[element->card]};
	struct flattening *flattening = frame->flattening;
	int rc;

	if (frame->caller)
		patch_words(&writer, element);
	if (strchr("rcl", element->kind))
		patch_coefficients(&writer);
	card_each_expression(writer.card, element->kind, writer_put_expression, &writer);
	rc = writer_finish(&writer);
	if (rc != CAROM_OK || !frame->has_multiplier || strchr("abehknopstuvwy", element->kind))
		return rc;
	text_append(&flattening->text, " m="); /* ngspice too lets it stand behind another */
	text_append_number(&flattening->text, frame->multiplier);
	return flattening->text.failed ? carom_fail_memory(flattening->err) : CAROM_OK;
}

int frame_write_model(const struct frame *owner, const struct card *card)
{
	struct writer writer = {.frame = owner, .card = card};
	struct word word;

	next_word(&writer, &word);
	if (owner->caller && next_word(&writer, &word)) {
		writer_open(&writer, word.begin, 0);
		frame_append_path(owner, &writer.words, ':');
		writer_close(&writer);
	}
	card_each_expression(card, 0, writer_put_expression, &writer);
	return writer_finish(&writer);
}

/* v(...) outside of expressions. */
static void patch_voltages(struct writer *writer)
{
	const char *text = writer->card->text;

	for (const char *p = text; (p = strpbrk(p, "vV")); p++) {
		size_t length;

		if (p[1] != '(' || p == text || !strchr(" \t,", p[-1]))
			continue;
		length = strcspn(p + 2, ")");
		writer_put_names(writer, &(struct reference){REFERENCE_VOLTAGE, p + 2, length});
	}
}

int frame_write_dot_card(const struct frame *frame, const struct card *card)
{
	struct writer writer = {.frame = frame, .card = card};

	patch_voltages(&writer);
	card_each_expression(card, 0, writer_put_expression, &writer);
	return writer_finish(&writer);
}
