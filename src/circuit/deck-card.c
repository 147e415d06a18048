/* SPDX-License-Identifier: BSD-3-Clause */
/* Pass 1 of import: each card goes to its scope, as it is or for what it says. */
#include <string.h>

#include "base/name.h"
#include "circuit/arena.h"
#include "circuit/deck.h"
#include "circuit/edit.h"
#include "circuit/element-kind.h"
#include "circuit/scan.h"

int deck_fail_card(const struct deck *deck, const struct card *card, const char *text)
{
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_SYNTAX, "%s", text);
}

bool deck_is_bad_title(const struct deck *deck, const char *title)
{
	return !deck->root->is_trusted && name_compare_n(title, "*ng_script", 10) == 0;
}

int deck_note_bad_title(struct deck *deck, const struct card *card)
{
	return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_TRUST, deck->err,
			    "the title would make ngspice run commands; left out");
}

static int begin_subcircuit(struct deck *deck, const struct card *card)
{
	struct carom_circuit *child = circuit_append_subcircuit(deck->scope, card, deck->err);

	if (!child)
		return deck->err ? (int)deck->err->status : CAROM_ERROR_SYNTAX;
	deck->scope = child;
	return CAROM_OK;
}

static bool is_around(const struct carom_circuit *circuit, const char *text,
		      const struct word *name)
{
	while ((circuit = circuit->parent) != NULL && circuit->parent) {
		if (word_is(text, name, circuit->title))
			return true;
	}
	return false;
}

/* ngspice does not read the name behind .ends; that of an outer one tells that an .ends is missing. */
static int end_subcircuit(struct deck *deck, const struct card *card, size_t keyword_length)
{
	struct carom_circuit *child = deck->scope;
	uint32_t at = (uint32_t)keyword_length;
	struct word name;

	if (!child->parent)
		return deck_fail_card(deck, card, ".ends without .subckt");
	child->last = *card;
	deck->scope = child->parent;
	if (!scan_word(card->text, &at, &name) || word_is(card->text, &name, child->title) ||
	    !is_around(child, card->text, &name))
		return CAROM_OK;
	return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, deck->err,
			    ".ends of %.*s ends the subcircuit %s", (int)name.length,
			    card->text + name.begin, child->title);
}

/* ngspice reads on behind ".end"; what it says there is part of the deck. */
static int end_deck(struct deck *deck, const struct card *card)
{
	if (deck->source->outer || deck->is_over)
		return CAROM_OK;
	deck->root->last = *card;
	deck->root->last.length = strlen(".end"); /* words behind it say nothing */
	((char *)card->text)[deck->root->last.length] = '\0';
	deck->is_over = true;
	return CAROM_OK;
}

static int note_rest(struct deck *deck, const struct card *card)
{
	deck->is_rest_noted = true;
	return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, deck->err,
			    "a card behind .end is part of the deck, as in ngspice");
}

/*
 * ngspice takes it for a comment, what continues it too.  Behind ";", which begins a comment, text
 * is what continues it.
 */
static bool is_no_card(const char *text)
{
	return strchr("=[]?()&%$\"!:,; ", text[0]) != NULL;
}

static int pass_over(struct deck *deck, const struct card *card)
{
	if (card->length == 0)
		return CAROM_OK;
	return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, deck->err,
			    card->text[0] == ' '
				    ? "what continues a comment is left out, as by ngspice"
				    : "no card begins with \"%c\"; left out, as by ngspice",
			    card->text[0]);
}

/* How many "{" are not closed; *n_closed: how many "}" close none. */
static unsigned count_open_braces(const char *text, unsigned *n_closed)
{
	unsigned depth = 0;

	for (*n_closed = 0; *text; text++) {
		if (*text == '{')
			depth++;
		else if (*text == '}' && depth > 0)
			depth--;
		else if (*text == '}')
			++*n_closed;
	}
	return depth;
}

/*
 * ngspice exits where "{" has no partner, but for the body of a .func; at "}" on a .func; at a quote
 * on a .param; at parentheses that are nested wrongly in braces.  Whatever else is alone it takes, or
 * refuses the card.
 */
static bool is_fatal(const char *card, char alone)
{
	bool is_function = name_compare_n(card, ".func", 5) == 0;
	unsigned n_closed;
	unsigned n_open = count_open_braces(card, &n_closed);

	if (alone == '}' && is_function)
		return true;
	if (alone == '"' && name_compare_n(card, ".para", 5) == 0)
		return true;
	if (alone == '}' && n_closed == 0)
		return true;
	return !is_function && n_open > 0;
}

/* ngspice makes braces of "'", by turns, so that one closes "{" and "}" closes it. */
static void make_braces(char *text)
{
	bool is_open = false;

	while ((text = strchr(text, '\'')) != NULL) {
		*text = is_open ? '}' : '{';
		is_open = !is_open;
	}
}

/* Does the text hold a ")" or "," that ends a value for ngspice, and at its end alone? */
static bool ends_early(const char *text)
{
	unsigned depth = 0;

	for (; *text; text++) {
		if (depth == 0 && strchr("),", *text))
			return text[1] == '\0';
		depth += *text == '(';
		depth -= *text == ')';
	}
	return false;
}

/*
 * ngspice reads the last value of a .param card without the brace or quote that would close it.  What
 * closes the value in its place, and how many bytes there are in front of it; '\0' if it is not so.
 */
static char closer_of(const struct deck *deck, const char *card, size_t *length)
{
	struct assignment last = {.value.length = 0};
	uint32_t at = 0;
	const char *value;

	if (name_compare_n(card, ".para", 5) != 0)
		return '\0';
	while (scan_assignment(card, &at, &last))
		;
	value = card + last.value.begin;
	*length = strlen(card);
	if (value[0] == '"' && !strchr(value + 1, '"'))
		return '"';
	at = 0;
	if (value[0] != '{' || deck->scope->parent || strpbrk(value + 1, "{}\"") ||
	    value[1 + strspn(value + 1, " \t")] == '\0' || scan_assignment(value + 1, &at, &last))
		return '\0';
	*length -= ends_early(value + 1);
	return '}';
}

/* What a message quotes of a card, and the mark of what it leaves out. */
enum { QUOTED = 200 };

static const char *ellipsis(const struct card *card)
{
	return card->length > QUOTED ? "..." : "";
}

/* The card's text in the arena, its first length bytes and what closes them. */
static int close_value(struct deck *deck, struct card *card, size_t length, char closer)
{
	struct arena *arena = deck->root->arena;

	arena_append(arena, card->text, length);
	arena_append(arena, &closer, closer != '\0');
	card->text = arena_close(arena, &length);
	if (!card->text)
		return carom_fail_memory(deck->err);
	card->length = card->capacity = (uint32_t)length;
	return CAROM_OK;
}

/* A card with something alone: as ngspice reads it, with a warning, or refused. */
static int mend_balance(struct deck *deck, struct card *card, char alone)
{
	struct card mended = *card;
	uint32_t still_alone = 0;
	size_t length = card->length;
	bool is_closed;
	char closer;
	int rc = close_value(deck, &mended, length, '\0');

	if (rc != CAROM_OK)
		return rc;
	make_braces((char *)mended.text);
	closer = closer_of(deck, mended.text, &length);
	if (closer != '\0')
		rc = close_value(deck, &mended, length, closer);
	if (rc != CAROM_OK)
		return rc;
	is_closed = scan_is_balanced(mended.text, &still_alone);
	if (!is_closed && is_fatal(mended.text, mended.text[still_alone]))
		return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_SYNTAX,
					 "%c is alone in \"%.*s%s\"", alone, QUOTED, card->text,
					 ellipsis(card));
	rc = circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, deck->err,
			  "%c is alone in \"%.*s%s\"%s", alone, QUOTED, card->text, ellipsis(card),
			  closer != '\0' ? "; closed at its end" : "");
	*card = mended;
	return rc;
}

static int check_balance(struct deck *deck, struct card *card)
{
	uint32_t alone;

	return scan_is_balanced(card->text, &alone) ? CAROM_OK
						    : mend_balance(deck, card, card->text[alone]);
}

/* The scope's last card goes on in this one, behind its "+". */
static int extend_last(struct deck *deck, const struct card *more)
{
	struct carom_circuit *scope = deck->scope;
	struct arena *arena = deck->root->arena;
	uint32_t index = (uint32_t)scope->n_cards - 1;
	struct card *last = &scope->cards[index];
	uint32_t before = last->length;
	size_t length;
	int rc;

	if (last->role == CARD_TITLE || last->role == CARD_SUBCIRCUIT)
		return deck_fail_card(deck, more, "\"+\" continues no card");
	arena_append(arena, last->text, last->length);
	arena_append(arena, " ", 1);
	arena_append(arena, more->text + 1, more->length - 1);
	last->text = arena_close(arena, &length);
	if (!last->text)
		return carom_fail_memory(deck->err);
	last->length = last->capacity = (uint32_t)length;
	rc = check_balance(deck, last);
	if (rc != CAROM_OK || last->role != CARD_PARAM)
		return rc;
	return circuit_append_params(scope, index, before, deck->err);
}

/*
 * A line that begins with "+" and continues none of the cards of its file.  To ngspice files are
 * one text: it continues the card in front of the .include, or the last of the included file.
 */
static int read_continuation(struct deck *deck, const struct card *card)
{
	if (deck->source->is_numerical)
		return circuit_append_card(deck->scope, card, deck->err) == NAME_NONE
			       ? CAROM_ERROR_MEMORY
			       : CAROM_OK;
	if (deck->root->n_cards == deck->n_first)
		return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX,
				    deck->err, "\"+\" continues no card; left out, as by ngspice");
	if (card->length == 1) /* it adds nothing */
		return CAROM_OK;
	if (deck->is_behind_block)
		return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX,
				    deck->err, "\"+\" continues .endc; left out, as by ngspice");
	return extend_last(deck, card);
}

static int count_condition(struct deck *deck, const struct card *card)
{
	if (name_compare_n(card->text, ".if", 3) == 0) {
		if (deck->n_open_ifs++ == 0)
			deck->open_if = *card;
	} else if (name_compare_n(card->text, ".endif", 6) == 0 && deck->n_open_ifs-- == 0) {
		return deck_fail_card(deck, card, ".endif without .if");
	}
	return CAROM_OK;
}

static int read_dot_card(struct deck *deck, struct card *card, enum deck_reading reading)
{
	size_t length;
	enum dot_kind kind = dot_card_kind(card->text, &length);
	int rc;

	switch (kind) {
	case DOT_INCLUDE:
	case DOT_LIB:
		return deck_include(deck, card, kind);
	case DOT_TITLE:
		return deck_set_title(deck, card, length);
	case DOT_CONTROL:
		return deck_read_control(deck, card);
	case DOT_ENDC:
		return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX,
				    deck->err, ".endc without .control; left out, as by ngspice");
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
	if (rc == CAROM_OK)
		rc = count_condition(deck, card);
	if (rc != CAROM_OK)
		return rc;
	if (kind == DOT_SUBCKT)
		return begin_subcircuit(deck, card);
	deck->has_probe |= name_compare_n(card->text, ".probe", strlen(".probe")) == 0;
	return circuit_append_dot_card(deck->scope, card, deck->err);
}

static int read_element(struct deck *deck, struct card *card)
{
	int rc = deck->source->is_unmarked ? CAROM_OK : check_balance(deck, card);

	if (rc != CAROM_OK)
		return rc;
	card->role = CARD_ELEMENT;
	return circuit_append_card(deck->scope, card, deck->err) == NAME_NONE ? CAROM_ERROR_MEMORY
									      : CAROM_OK;
}

/* Returns 0 to go on, 1 at the end of a section, or of a file at "@", as in ngspice. */
static int read_card(struct deck *deck, struct card *card, enum deck_reading reading)
{
	int rc = CAROM_OK;

	if (deck->is_over && !deck->source->outer && !deck->is_rest_noted)
		rc = note_rest(deck, card);
	if (rc != CAROM_OK)
		return rc;
	deck->is_behind_block &= card->text[0] == '+';
	if (element_kind_find(card->text[0]))
		return read_element(deck, card);
	if (card->text[0] == '.')
		return read_dot_card(deck, card, reading);
	if (card->text[0] == '@')
		return 1;
	if (card->text[0] == '+')
		return read_continuation(deck, card);
	if (card->text[0] == '*') /* "*#" of a trusted deck */
		return circuit_append_card(deck->scope, card, deck->err) == NAME_NONE
			       ? CAROM_ERROR_MEMORY
			       : CAROM_OK;
	if (is_no_card(card->text))
		return pass_over(deck, card);
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_SYNTAX,
				 "a card cannot begin with \"%.20s\"", card->text);
}

int deck_read_source(struct deck *deck, enum deck_reading reading)
{
	struct card card;
	int rc = CAROM_OK;

	while (rc == CAROM_OK) {
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
