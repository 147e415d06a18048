/* SPDX-License-Identifier: BSD-3-Clause */
/* A deck being read: files in files (deck-file.c), cards into scopes (deck-card.c). */
#ifndef CIRCUIT_DECK_H
#define CIRCUIT_DECK_H

#include "circuit/deck-line.h"
#include "circuit/dot-card.h"

struct deck {
	struct carom_circuit *root;
	struct carom_circuit *scope; /* the (sub)circuit that gets the cards */
	struct deck_source *source;  /* the file being read */
	unsigned depth;              /* of files */
	size_t n_bytes;              /* of all files so far */
	bool is_over;                /* .end was met */
	bool *is_library;            /* for each file: is it a .lib section, or included by one? */
	size_t library_capacity;
	struct carom_error *err;
};

/* What ends a text: its end, or ".endl" of a section. */
enum deck_reading { READ_FILE, READ_SECTION };

/* Read the cards of deck->source up to its end. */
int deck_read_source(struct deck *deck, enum deck_reading reading);

/* Enter a file into the list of files; NAME_NONE on failure. */
uint32_t deck_enter_file(struct deck *deck, const char *path, bool is_section);

/* Read the file that an .include or .lib card (kind) names. */
int deck_include(struct deck *deck, const struct card *card, enum dot_kind kind);

/* Would the title make ngspice run the deck as commands, which it must not? */
bool deck_is_bad_title(const struct deck *deck, const char *title);

/* Note that it was left out. */
int deck_note_bad_title(struct deck *deck, const struct card *card);

/* ERROR_SYNTAX at the card. */
int deck_fail_card(const struct deck *deck, const struct card *card, const char *text);

#endif
