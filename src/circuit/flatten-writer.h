/* SPDX-License-Identifier: BSD-3-Clause */
/* A card being written anew: which of its bytes something else takes the place of. */
#ifndef CIRCUIT_FLATTEN_WRITER_H
#define CIRCUIT_FLATTEN_WRITER_H

#include "circuit/card-expression.h"
#include "circuit/flatten.h"

/* Bytes of the card that something else takes the place of. */
struct patch {
	uint32_t begin, end;            /* in the card */
	size_t text_begin, text_length; /* in the writer's words */
};

struct writer {
	const struct frame *frame;
	const struct card *card;
	struct patch *patches;
	size_t n_patches, capacity;
	struct text words;
	uint32_t at;      /* next byte of the card to scan */
	const char *done; /* what stands before is replaced already */
	int status;
};

void writer_fail(struct writer *writer, int status); /* the first one counts */

/* Append to words, between the two, what is to stand for the bytes of the card. */
void writer_open(struct writer *writer, uint32_t begin, uint32_t length);
void writer_close(struct writer *writer);

/* What the net or element of these bytes is called. */
void writer_put_net(struct writer *writer, uint32_t begin, uint32_t length);
void writer_put_element(struct writer *writer, uint32_t begin, uint32_t length);

/* The same for each name in "a" or "a, b": what stands in v(...) or i(...). */
void writer_put_names(struct writer *writer, const struct reference *reference);

/* A card_expression_fn: numbers for what can be computed, names for what is computed by ngspice. */
void writer_put_expression(void *arg, const struct card_expression *expression);

/* The card with its patches, which do not overlap, into the flattening's text; releases writer. */
int writer_finish(struct writer *writer);

#endif
