/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Flattening: a frame for each instance entered, in which its cards are written anew.
 *
 *	flatten.c      the walk through instances, cards into the flat circuit
 *	flatten-name.c what nets, elements and models of an instance are called
 *	flatten-card.c the text of a card with names and expressions replaced (flatten-writer.h)
 *	flatten-add.c  cards and models into the flat circuit
 */
#ifndef CIRCUIT_FLATTEN_H
#define CIRCUIT_FLATTEN_H

#include "base/text.h"
#include "carom-graph.h"
#include "circuit/evaluate.h"
#include "circuit/global.h"

struct flattening {
	struct carom_circuit *flat;
	struct globals globals;
	struct text path; /* of the instance being expanded: "x1.x2" */
	struct text text; /* of the card being written */
	struct carom_error *err;
};

/* One instance; the top is one too, without a caller. */
struct frame {
	struct flattening *flattening;
	const struct carom_circuit *circuit;
	struct scope *scope;
	const struct frame *caller;
	uint32_t *nets;     /* of the circuit's nets, their numbers in the flat one */
	bool *is_model_out; /* per model: it is in the flat circuit */
	size_t path_length;
	unsigned depth;
	bool has_multiplier; /* "m" of an X is for every element inside */
	double multiplier;
};

/* ---- flatten-name.c: append what it is called in the flat circuit ---- */

void frame_append_net(const struct frame *frame, struct text *text, const char *name,
		      size_t length);
void frame_append_element(const struct frame *frame, struct text *text, const char *name,
			  size_t length);
void frame_append_path(const struct frame *frame, struct text *text, char separator);

/* The frame that the circuit, which contains the definition of this one, is expanded in. */
const struct frame *frame_of(const struct frame *frame, const struct carom_circuit *circuit);

/* Numbers in the flat circuit of all nets, from those of the caller's pins.  0 or ERROR_MEMORY. */
int frame_map_nets(struct frame *frame, uint32_t instance);

/* ---- flatten-card.c: write flattening->text ---- */

int frame_write_element(const struct frame *frame, const struct element *element);

/* owner: whose circuit the model is of. */
int frame_write_model(const struct frame *owner, const struct card *card);

/* A dot-card with v(...) and expressions: .ic and .nodeset. */
int frame_write_dot_card(const struct frame *frame, const struct card *card);

/* ---- flatten-add.c: all return 0 or a status ---- */

/* A card into the flat circuit, which came from that place: as given, or as written last. */
int frame_add_dot_card(const struct frame *frame, const struct card *card, const char *text,
		       size_t length);
int frame_add_written(const struct frame *frame, const struct card *card);
int frame_add_element(const struct frame *frame, const struct card *card);

/* The model of that name (a number in the frame's circuit), or its bins, if a subcircuit's. */
int frame_need_model(const struct frame *frame, uint32_t number);

#endif
