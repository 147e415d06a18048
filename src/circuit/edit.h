/* SPDX-License-Identifier: BSD-3-Clause */
/* Growing and editing a circuit; for the folder circuit/ only.  Errors: ERROR_MEMORY if not said. */
#ifndef CIRCUIT_EDIT_H
#define CIRCUIT_EDIT_H

#include "base/error.h"
#include "circuit/circuit.h"

enum { MAX_NESTING = 64 }; /* of subcircuit definitions */

/* A circuit without cards; parent NULL for a root. */
struct carom_circuit *circuit_create(struct carom_circuit *parent, struct carom_error *err);

/* To be called when nets, elements or pins have changed: what was found out about them is dropped. */
void circuit_touch(struct carom_circuit *circuit);

/* Number of the name, with a place for it in the tables by name; NAME_NONE on failure. */
uint32_t circuit_intern(struct carom_circuit *circuit, const char *name, size_t length,
			struct carom_error *err);

/* Index of the net of that name, made if it is new; CAROM_NO_INDEX on failure. */
uint32_t circuit_intern_net(struct carom_circuit *circuit, const char *name, size_t length,
			    struct carom_error *err);

/* Append a card whose text is the arena's already.  Its index, NAME_NONE on failure. */
uint32_t circuit_append_card(struct carom_circuit *circuit, const struct card *card,
			     struct carom_error *err);

/* A card with a copy of the text, built by calls; capacity leaves room for longer numbers. */
int circuit_copy_card(struct carom_circuit *circuit, const char *text, size_t length,
		      struct card *card, struct carom_error *err);

int circuit_append_pin(struct carom_circuit *circuit, uint32_t net, struct carom_error *err);
/* Index of the new element; its card is told. */
uint32_t circuit_append_element(struct carom_circuit *circuit, const struct element *element,
				struct carom_error *err);
int circuit_append_model(struct carom_circuit *circuit, const struct model *model,
			 struct carom_error *err);
int circuit_append_param(struct carom_circuit *circuit, const struct param *param,
			 struct carom_error *err);
int circuit_append_statement(struct carom_circuit *circuit, const struct statement *statement,
			     struct carom_error *err);
/* Index into the root's files; NAME_NONE on failure. */
uint32_t circuit_append_file(struct carom_circuit *circuit, const char *name,
			     struct carom_error *err);

/*
 * Append a subcircuit defined by this ".subckt NAME ports [params:] k=v" card: a card here, a child
 * whose cards[0] it is.  NULL with ERROR_SYNTAX if the card is not one.
 */
struct carom_circuit *circuit_append_subcircuit(struct carom_circuit *circuit,
						const struct card *card, struct carom_error *err);

/* The "name=value" pairs of a card from byte at on, as parameters of the circuit. */
int circuit_append_params(struct carom_circuit *circuit, uint32_t card, uint32_t at,
			  struct carom_error *err);

/* Append the element that card, already in place, describes.  ERROR_SYNTAX if it cannot be. */
int circuit_parse_element(struct carom_circuit *circuit, uint32_t card, struct carom_error *err);

/*
 * Append a dot-card that stands for itself (DOT_UNKNOWN .. DOT_PARAM of dot-card.h), with the models
 * or parameters it defines.
 */
int circuit_append_dot_card(struct carom_circuit *circuit, const struct card *card,
			    struct carom_error *err);

/* Replace length bytes of a card by a text; places on the same card that stand behind it move. */
int circuit_splice_card(struct carom_circuit *circuit, uint32_t card, uint32_t begin,
			uint32_t length, const char *text, struct carom_error *err);

/* carom_fail_at with the card's place. */
int circuit_fail_card(const struct carom_circuit *circuit, const struct card *card,
		      struct carom_error *err, enum carom_status status, const char *format, ...)
	CAROM_PRINTF(5, 6);

/* A note of import; status: what kind of error it would be. */
int circuit_note(struct carom_circuit *circuit, const struct card *card,
		 enum carom_severity severity, enum carom_status status, struct carom_error *err,
		 const char *format, ...) CAROM_PRINTF(6, 7);

#endif
