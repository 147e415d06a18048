/* SPDX-License-Identifier: BSD-3-Clause */
/* A deck being read: files in files (deck-file.c), cards into scopes (deck-card.c). */
#ifndef CIRCUIT_DECK_H
#define CIRCUIT_DECK_H

#include "circuit/deck-line.h"
#include "circuit/dot-card.h"
#include "circuit/include.h"

/* An analysis or a save among the commands of a .control block, as the card that means the same. */
struct command {
	struct card card;
	bool is_analysis;
	bool is_nested; /* in a loop or a condition */
};

struct deck {
	struct carom_circuit *root;
	struct carom_circuit *scope; /* the (sub)circuit that gets the cards */
	struct deck_source *source;  /* the file being read */
	unsigned depth;              /* of files */
	size_t n_bytes;              /* of all files so far */
	size_t n_first;              /* cards of the title and of the comment behind it */
	bool has_comment;            /* behind the title, or a card for a file, which becomes one */
	bool keeps_comment;          /* as a card, for there are .probe cards */
	bool has_probe;              /* a .probe card */
	bool has_block;              /* a .control block that is not executed */
	bool is_behind_block;        /* the last card was its .endc */
	bool is_over;                /* .end was met */
	bool is_rest_noted;          /* that there are cards behind it */
	unsigned n_open_ifs;         /* .if cards without their .endif */
	struct card open_if;         /* the first of them */
	struct command *commands;    /* of .control blocks that are not executed */
	size_t n_commands, commands_capacity;
	struct carom_library *const *libraries; /* that may serve for a file or section */
	size_t n_libraries;
	struct roots roots; /* where files must lie; none in a trusted deck */
	bool *is_library;   /* for each file: is it a .lib section, or included by one? */
	size_t library_capacity;
	const char *const *sections; /* "ss", "tt=ss": instead of what the deck's .lib cards say */
	size_t n_sections;
	bool *is_section_used; /* of each of these */
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

/* The section that was asked for instead of the one that a .lib card of the deck itself names. */
void deck_choose_section(struct deck *deck, struct include_names *names);

/* All cards are there: was each of the sections asked for that of a card? */
int deck_check_sections(const struct deck *deck);

/*
 * Read the circuit's deck again, with other sections.  ERROR_STATE if it did not come from a file, or
 * was edited since.
 */
int deck_import_again(struct carom_circuit **again, const struct carom_circuit *circuit,
		      const char *const *sections, size_t n, struct carom_error *err);

/*
 * Open the library that holds what the card names, so that it need not be read.  Returns 1 if none
 * does, 0 or a status.
 */
int deck_open_library(struct deck *deck, const struct include_names *names);

/*
 * All cards are there: take from the libraries what they name.  Returns 1 if the deck would mean
 * something else with all of the libraries in their places: then it has to be read so.
 */
int deck_take_from_libraries(struct deck *deck);

/* All cards are there: do the files that code models read lie below the roots? */
int deck_check_files(const struct deck *deck, const struct carom_circuit *circuit);

/* What a caller's options say, with the defaults for what they do not (NULL: all). */
struct carom_import_options deck_import_options(const struct carom_import_options *options);

/* From the card ".control" up to the line ".endc". */
int deck_read_control(struct deck *deck, const struct card *card);

/* What deck_read_control kept becomes cards at the end of the deck. */
int deck_append_commands(struct deck *deck);

/* Would the title make ngspice run the deck as commands, which it must not? */
bool deck_is_bad_title(const struct deck *deck, const char *title);

/* Note that it was left out. */
int deck_note_bad_title(struct deck *deck, const struct card *card);

/* What a .title card says, behind its keyword, instead of the first line. */
int deck_set_title(struct deck *deck, const struct card *card, size_t keyword_length);

/* ERROR_SYNTAX at the card. */
int deck_fail_card(const struct deck *deck, const struct card *card, const char *text);

#endif
