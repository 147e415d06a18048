/* SPDX-License-Identifier: BSD-3-Clause */
/* Growing and editing a circuit; for the folder circuit/ only.  Errors: ERROR_MEMORY if not said. */
#ifndef CIRCUIT_EDIT_H
#define CIRCUIT_EDIT_H

#include "base/error.h"
#include "circuit/circuit.h"
#include "circuit/journal.h"

enum { MAX_NESTING = 64 }; /* of subcircuit definitions */

/* A circuit without cards; parent NULL for a root. */
struct carom_circuit *circuit_create(struct carom_circuit *parent, struct carom_error *err);

/* To be called when nets, elements or pins have changed: what was found out about them is dropped. */
void circuit_touch(struct carom_circuit *circuit);

/* Number of the name; NAME_NONE on failure. */
uint32_t circuit_intern(struct carom_circuit *circuit, const char *name, size_t length,
			struct carom_error *err);

/*
 * Place of the name in one of the circuit's tables by name (slot says which one), kept for a rollback
 * because it is to be written; valid until the table grows.  NULL on failure.
 */
uint32_t *circuit_name_slot(struct carom_circuit *circuit, struct name_index *index,
			    enum journal_slot slot, uint32_t name, struct carom_error *err);

/* Index of the net of that name, made if it is new; CAROM_NO_INDEX on failure. */
uint32_t circuit_intern_net(struct carom_circuit *circuit, const char *name, size_t length,
			    struct carom_error *err);

/* The same of a name interned in net_table; NAME_NONE: that failed. */
uint32_t circuit_name_net(struct carom_circuit *circuit, uint32_t name, struct carom_error *err);

/* Room for so many elements more, of two pins each: all that there is memory for. */
void circuit_expect_elements(struct carom_circuit *circuit, size_t n);

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
/* "nch" of the bin "nch.2", by their numbers; of another model its own name. */
uint32_t circuit_model_base(const struct carom_circuit *circuit, uint32_t model);
int circuit_append_param(struct carom_circuit *circuit, const struct param *param,
			 struct carom_error *err);
/* Give back the room that arrays were grown by in advance, here and below. */
void circuit_trim(struct carom_circuit *circuit);
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

/* The same child, which no circuit owns yet: the caller frees it or puts it in another's place. */
struct carom_circuit *circuit_make_subcircuit(struct carom_circuit *circuit,
					      const struct card *card, struct carom_error *err);

/* What was made of the card enters the tables of circuit, which owns it if 0 is returned. */
int circuit_adopt_subcircuit(struct carom_circuit *circuit, struct carom_circuit *child,
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

/* Is the error still clear, and the handle one of an element of the circuit?  0, or the failure. */
int circuit_begin_edit(const struct carom_circuit *circuit, struct carom_element element,
		       struct carom_error *err);

/* The card, which was kept for a rollback, is no more. */
void circuit_remove_card(struct carom_circuit *circuit, uint32_t card);

/*
 * Make ready for circuit_replace_bytes, which then cannot fail: the card is fresh, kept for a
 * rollback, and has room to grow by so many bytes.  What the circuit says stays the same.
 */
int circuit_prepare_card(struct carom_circuit *circuit, uint32_t card, size_t growth,
			 struct carom_error *err);

/* Replace length bytes of a card by others; places on the same card that stand behind them move. */
void circuit_replace_bytes(struct carom_circuit *circuit, uint32_t card, uint32_t begin,
			   uint32_t length, const char *text, uint32_t inserted);

/* Both at once, as one edit.  begin is found on a fresh card: see circuit/cache.h. */
int circuit_splice_card(struct carom_circuit *circuit, uint32_t card, uint32_t begin,
			uint32_t length, const char *text, struct carom_error *err);

/* The number at a place, or ERROR_PARAMETER that what is said there is none. */
int circuit_number_at(const struct carom_circuit *circuit, const struct value_place *place,
		      const char *what, double *value, struct carom_error *err);

/* Is param another name of the main value of the element, which exists? */
bool circuit_element_is_main(const struct carom_circuit *circuit, struct carom_element element,
			     const char *param);

/* carom_fail_at with the card's place. */
int circuit_fail_card(const struct carom_circuit *circuit, const struct card *card,
		      struct carom_error *err, enum carom_status status, const char *format, ...)
	CAROM_PRINTF(5, 6);

/* A note of import; status: what kind of error it would be. */
int circuit_note(struct carom_circuit *circuit, const struct card *card,
		 enum carom_severity severity, enum carom_status status, struct carom_error *err,
		 const char *format, ...) CAROM_PRINTF(6, 7);

#endif
