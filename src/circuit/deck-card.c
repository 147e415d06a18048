/* SPDX-License-Identifier: BSD-3-Clause */
/* Pass 1 of import: each card goes to its scope, as it is or for what it says. */
#include <string.h>

#include "base/name.h"
#include "circuit/deck.h"
#include "circuit/edit.h"
#include "circuit/element-kind.h"
#include "circuit/scan.h"

int deck_fail_card(const struct deck *deck, const struct card *card, const char *text)
{
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_SYNTAX, "%s", text);
}

/* ---- .control ---- */

static int pass_on(struct deck *deck, const struct raw_line *raw)
{
	struct card card;

	if (circuit_copy_card(deck->root, raw->text, raw->length, &card, deck->err) != CAROM_OK)
		return CAROM_ERROR_MEMORY;
	card.file = deck->source->file;
	card.line = raw->line;
	return circuit_append_card(deck->scope, &card, deck->err) == NAME_NONE ? CAROM_ERROR_MEMORY
									       : CAROM_OK;
}

/* The lines up to .endc: passed on as they are in a trusted deck, left out in others. */
static int read_control(struct deck *deck, const struct card *card)
{
	bool is_trusted = deck->root->is_trusted;
	struct raw_line raw;
	int rc = CAROM_OK;

	if (is_trusted)
		rc = circuit_append_card(deck->scope, card, deck->err) == NAME_NONE
			     ? CAROM_ERROR_MEMORY
			     : CAROM_OK;
	else
		rc = circuit_note(deck->root, card, CAROM_SEVERITY_NOTE, CAROM_ERROR_TRUST,
				  deck->err, ".control block not executed");
	while (rc == CAROM_OK && deck_line_raw(deck->source, &raw)) {
		if (is_trusted && raw.length > 0)
			rc = pass_on(deck, &raw);
		if (raw_line_begins(&raw, ".endc"))
			return rc;
	}
	return rc == CAROM_OK ? deck_fail_card(deck, card, ".control has no .endc") : rc;
}

/* ---- cards ---- */

bool deck_is_bad_title(const struct deck *deck, const char *title)
{
	return !deck->root->is_trusted && name_compare_n(title, "*ng_script", 10) == 0;
}

int deck_note_bad_title(struct deck *deck, const struct card *card)
{
	return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_TRUST, deck->err,
			    "the title would make ngspice run commands; left out");
}

static int set_title(struct deck *deck, const struct card *card, size_t keyword_length)
{
	struct carom_circuit *root = deck->root;
	const char *title = card->text + keyword_length;
	struct card *first = &root->cards[0];

	title += strspn(title, " \t");
	if (*title == '\0')
		return CAROM_OK;
	if (deck_is_bad_title(deck, title))
		return deck_note_bad_title(deck, card);
	first->text = root->title = title;
	first->length = first->capacity = (uint32_t)strlen(title);
	return CAROM_OK;
}

static int begin_subcircuit(struct deck *deck, const struct card *card)
{
	struct carom_circuit *child = circuit_append_subcircuit(deck->scope, card, deck->err);

	if (!child)
		return deck->err ? (int)deck->err->status : CAROM_ERROR_SYNTAX;
	deck->scope = child;
	return CAROM_OK;
}

static int end_subcircuit(struct deck *deck, const struct card *card, size_t keyword_length)
{
	struct carom_circuit *child = deck->scope;
	uint32_t at = (uint32_t)keyword_length;
	struct word name;

	if (!child->parent)
		return deck_fail_card(deck, card, ".ends without .subckt");
	child->last = *card;
	deck->scope = child->parent;
	if (!scan_word(card->text, &at, &name) || word_is(card->text, &name, child->title))
		return CAROM_OK;
	return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, deck->err,
			    ".ends of %.*s ends the subcircuit %s", (int)name.length,
			    card->text + name.begin, child->title);
}

/* ".end" ends the deck; in an included file it says nothing, as in ngspice. */
static int end_deck(struct deck *deck, const struct card *card)
{
	if (deck->source->outer)
		return CAROM_OK;
	deck->root->last = *card;
	deck->is_over = true;
	return CAROM_OK;
}

/* ngspice takes a parenthesis that is alone; a brace or a quote poisons it. */
static int check_balance(const struct deck *deck, const struct card *card)
{
	uint32_t alone;

	if (scan_is_balanced(card->text, &alone))
		return CAROM_OK;
	if (card->text[alone] == '(' || card->text[alone] == ')')
		return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX,
				    deck->err, "%c is alone in \"%.200s\"", card->text[alone],
				    card->text);
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_SYNTAX,
				 "%c is alone in \"%.200s\"", card->text[alone], card->text);
}

static int read_dot_card(struct deck *deck, const struct card *card, enum deck_reading reading)
{
	size_t length;
	enum dot_kind kind = dot_card_kind(card->text, &length);
	int rc;

	switch (kind) {
	case DOT_INCLUDE:
	case DOT_LIB:
		return deck_include(deck, card, kind);
	case DOT_TITLE:
		return set_title(deck, card, length);
	case DOT_CONTROL:
		return read_control(deck, card);
	case DOT_ENDC:
		return deck_fail_card(deck, card, ".endc without .control");
	case DOT_ENDL:
		return reading == READ_SECTION ? 1
					       : deck_fail_card(deck, card, ".endl without .lib");
	case DOT_END:
		return end_deck(deck, card);
	case DOT_ENDS:
		return end_subcircuit(deck, card, length);
	default:
		break;
	}
	rc = check_balance(deck, card);
	if (rc != CAROM_OK)
		return rc;
	if (kind == DOT_SUBCKT)
		return begin_subcircuit(deck, card);
	return circuit_append_dot_card(deck->scope, card, deck->err);
}

/* Returns 0 to go on, 1 at the end of a section. */
static int read_card(struct deck *deck, struct card *card, enum deck_reading reading)
{
	int rc;

	if (card->text[0] == '.')
		return read_dot_card(deck, card, reading);
	if (card->text[0] == '*') /* "*#" of a trusted deck */
		return circuit_append_card(deck->scope, card, deck->err) == NAME_NONE
			       ? CAROM_ERROR_MEMORY
			       : CAROM_OK;
	if (!element_kind_find(card->text[0]))
		return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_SYNTAX,
					 "a card cannot begin with \"%.20s\"", card->text);
	rc = check_balance(deck, card);
	if (rc != CAROM_OK)
		return rc;
	card->role = CARD_ELEMENT;
	return circuit_append_card(deck->scope, card, deck->err) == NAME_NONE ? CAROM_ERROR_MEMORY
									      : CAROM_OK;
}

int deck_read_source(struct deck *deck, enum deck_reading reading)
{
	struct card card;
	int rc = CAROM_OK;

	while (rc == CAROM_OK && !deck->is_over) {
		rc = deck_line_next(deck->source, &card, deck->err);
		if (rc == 1 && reading == READ_SECTION)
			return carom_fail_at(deck->err, CAROM_ERROR_SYNTAX, deck->source->name,
					     (int)deck->source->line, 0,
					     "the section has no .endl");
		if (rc == CAROM_OK)
			rc = read_card(deck, &card, reading);
	}
	return rc < 0 ? rc : CAROM_OK;
}
