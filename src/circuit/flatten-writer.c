/* SPDX-License-Identifier: BSD-3-Clause */
/* Patches of a card, collected in any order and applied in theirs. */
#include "circuit/flatten-writer.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void writer_fail(struct writer *writer, int status)
{
	if (writer->status == CAROM_OK)
		writer->status = status;
}

void writer_open(struct writer *writer, uint32_t begin, uint32_t length)
{
	if (!mem_reserve(&writer->patches, &writer->capacity, writer->n_patches + 1,
			 sizeof(*writer->patches))) {
		writer_fail(writer, carom_fail_memory(writer->frame->flattening->err));
		return;
	}
	writer->patches[writer->n_patches++] =
		(struct patch){begin, begin + length, writer->words.length, 0};
}

void writer_close(struct writer *writer)
{
	struct patch *patch;

	if (writer->status != CAROM_OK)
		return;
	patch = &writer->patches[writer->n_patches - 1];
	patch->text_length = writer->words.length - patch->text_begin;
}

void writer_put_net(struct writer *writer, uint32_t begin, uint32_t length)
{
	writer_open(writer, begin, length);
	frame_append_net(writer->frame, &writer->words, writer->card->text + begin, length);
	writer_close(writer);
}

void writer_put_element(struct writer *writer, uint32_t begin, uint32_t length)
{
	writer_open(writer, begin, length);
	frame_append_element(writer->frame, &writer->words, writer->card->text + begin, length);
	writer_close(writer);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

void writer_put_names(struct writer *writer, const struct reference *reference)
{
	const char *p = reference->text, *end = p + reference->length;

	while (p < end) {
		const char *name;

		while (p < end && (is_blank(*p) || *p == ','))
			p++;
		for (name = p; p < end && !is_blank(*p) && *p != ','; p++)
			;
		if (p == name)
			break;
		if (reference->kind == REFERENCE_VOLTAGE)
			writer_put_net(writer, (uint32_t)(name - writer->card->text),
				       (uint32_t)(p - name));
		else
			writer_put_element(writer, (uint32_t)(name - writer->card->text),
					   (uint32_t)(p - name));
	}
}

static int compare_patches(const void *a, const void *b)
{
	const struct patch *left = a, *right = b;

	return (left->begin > right->begin) - (left->begin < right->begin);
}

int writer_finish(struct writer *writer)
{
	struct flattening *flattening = writer->frame->flattening;
	uint32_t at = 0;

	if (writer->words.failed)
		writer_fail(writer, carom_fail_memory(flattening->err));
	if (writer->status == CAROM_OK && writer->n_patches > 0)
		qsort(writer->patches, writer->n_patches, sizeof(*writer->patches),
		      compare_patches);
	text_clear(&flattening->text);
	for (size_t i = 0; i < writer->n_patches && writer->status == CAROM_OK; i++) {
		const struct patch *patch = &writer->patches[i];

		text_append_n(&flattening->text, writer->card->text + at, patch->begin - at);
		text_append_n(&flattening->text, writer->words.data + patch->text_begin,
			      patch->text_length);
		at = patch->end;
	}
	text_append_n(&flattening->text, writer->card->text + at, writer->card->length - at);
	if (flattening->text.failed)
		writer_fail(writer, carom_fail_memory(flattening->err));
	mem_free(writer->patches);
	text_release(&writer->words);
	return writer->status;
}
