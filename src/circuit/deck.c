/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Import of a deck: pass 1 reads cards into scopes (files in files, subcircuits in subcircuits),
 * pass 2 the elements, when all models are known.
 */
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/arena.h"
#include "circuit/deck-line.h"
#include "circuit/dot-card.h"
#include "circuit/edit.h"
#include "circuit/element-kind.h"
#include "circuit/include.h"
#include "circuit/scan.h"

struct deck {
	struct carom_circuit *root;
	struct carom_circuit *scope; /* the (sub)circuit that gets the cards */
	struct deck_source *source;  /* the file being read */
	unsigned depth;              /* of files */
	size_t n_bytes;              /* of all files so far */
	bool is_over;                /* .end was met */
	struct carom_error *err;
};

/* What ends a text: its end, or ".endl" of a section. */
enum reading { READ_FILE, READ_SECTION };

static int read_source(struct deck *deck, enum reading reading);

static int fail_card(const struct deck *deck, const struct card *card, const char *text)
{
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_SYNTAX, "%s", text);
}

/* ---- files ---- */

/* "deck.cir > a.lib > b.lib > a.lib": the files that are open, the innermost last. */
static int fail_recursion(const struct deck *deck, const struct card *card)
{
	enum { SHOWN = 4 };
	const struct deck_source *chain[SHOWN];
	const struct deck_source *source = deck->source;
	char text[600] = "";
	size_t n = 0;

	for (; source && n < SHOWN; source = source->outer)
		chain[n++] = source;
	while (n-- > 0) {
		strncat(text, " > ", sizeof(text) - strlen(text) - 1);
		strncat(text, chain[n]->name, sizeof(text) - strlen(text) - 1);
	}
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_LIMIT,
				 "files include files more than %d deep: ...%s", MAX_INCLUDES, text);
}

/* Move the source behind the line ".lib SECTION". */
static int find_section(struct deck *deck, const struct card *card,
			const struct include_names *names)
{
	struct raw_line raw;

	while (deck_line_raw(deck->source, &raw)) {
		struct include_names defined;
		char line[512];

		if (!raw_line_begins(&raw, ".lib") || raw.length >= sizeof(line))
			continue;
		memcpy(line, raw.text, raw.length);
		line[raw.length] = '\0';
		if (!include_read_names(&(struct card){.text = line}, &defined) || defined.section)
			continue;
		if (defined.file_length == names->section_length &&
		    name_compare_n(defined.file, names->section, (size_t)names->section_length) ==
			    0)
			return CAROM_OK;
	}
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_NOT_FOUND,
				 "\"%s\" has no section \"%.*s\"", deck->source->name,
				 names->section_length, names->section);
}

static int read_text(struct deck *deck, const struct card *card, const struct include_names *names,
		     const char *path, const char *text, size_t length)
{
	struct deck_source source = {.text = text,
				     .length = length,
				     .line = 1,
				     .root = deck->root,
				     .outer = deck->source};
	int rc = CAROM_OK;

	source.file = circuit_append_file(deck->root, path, deck->err);
	if (source.file == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	source.name = circuit_file(deck->root, source.file);
	deck->n_bytes += length;
	deck->source = &source;
	deck->depth++;
	if (names->section)
		rc = find_section(deck, card, names);
	if (rc == CAROM_OK)
		rc = read_source(deck, names->section ? READ_SECTION : READ_FILE);
	deck->depth--;
	deck->source = source.outer;
	return rc;
}

/* The named file: next to the file that names it or, as ngspice does for .lib, next to the deck. */
static int open_named(struct deck *deck, const struct include_names *names, char **path,
		      char **text, size_t *length)
{
	const char *bases[] = {deck->source->name, circuit_file(deck->root, 0)};
	size_t limit = MAX_DECK_BYTES - deck->n_bytes;
	struct carom_error first = CAROM_ERROR_INIT;
	int rc = CAROM_OK;

	for (int i = 0; i < 2; i++) {
		*path = include_path(bases[i], names);
		if (!*path)
			return carom_fail_memory(deck->err);
		rc = include_read_file(*path, false, limit, text, length, &first);
		if (rc == CAROM_OK)
			return CAROM_OK;
		mem_free(*path);
	}
	return carom_fail(deck->err, first.status, "%s", first.text);
}

static int include(struct deck *deck, const struct card *card, const struct include_names *names)
{
	char *path, *text;
	size_t length;
	int rc;

	if (deck->depth >= MAX_INCLUDES)
		return fail_recursion(deck, card);
	rc = open_named(deck, names, &path, &text, &length);
	if (rc != CAROM_OK) {
		carom_error_place(deck->err, circuit_file(deck->root, card->file), (int)card->line);
		return rc;
	}
	rc = read_text(deck, card, names, path, text, length);
	mem_free(text);
	mem_free(path);
	return rc;
}

static int read_include(struct deck *deck, const struct card *card, enum dot_kind kind)
{
	struct include_names names;

	if (!include_read_names(card, &names))
		return fail_card(deck, card, "the card names no file");
	if (kind == DOT_INCLUDE)
		names.section = NULL;
	else if (!names.section)
		return fail_card(deck, card,
				 ".lib needs a file and a section; a file without sections is "
				 "read by .include");
	return include(deck, card, &names);
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
		rc = circuit_note(deck->root, card, CAROM_SEVERITY_NOTE, deck->err,
				  ".control block not executed");
	while (rc == CAROM_OK && deck_line_raw(deck->source, &raw)) {
		if (is_trusted && raw.length > 0)
			rc = pass_on(deck, &raw);
		if (raw_line_begins(&raw, ".endc"))
			return rc;
	}
	return rc == CAROM_OK ? fail_card(deck, card, ".control has no .endc") : rc;
}

/* ---- cards ---- */

static int set_title(struct deck *deck, const struct card *card, size_t keyword_length)
{
	struct carom_circuit *root = deck->root;
	const char *title = card->text + keyword_length;
	struct card *first = &root->cards[0];

	title += strspn(title, " \t");
	if (*title == '\0')
		return CAROM_OK;
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
		return fail_card(deck, card, ".ends without .subckt");
	child->last = *card;
	deck->scope = child->parent;
	if (!scan_word(card->text, &at, &name) || word_is(card->text, &name, child->title))
		return CAROM_OK;
	return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, deck->err,
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

static int check_balance(const struct deck *deck, const struct card *card)
{
	uint32_t alone;

	if (scan_is_balanced(card->text, &alone))
		return CAROM_OK;
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_SYNTAX,
				 "%c is alone in \"%.200s\"", card->text[alone], card->text);
}

static int read_dot_card(struct deck *deck, const struct card *card, enum reading reading)
{
	size_t length;
	enum dot_kind kind = dot_card_kind(card->text, &length);
	int rc;

	switch (kind) {
	case DOT_INCLUDE:
	case DOT_LIB:
		return read_include(deck, card, kind);
	case DOT_TITLE:
		return set_title(deck, card, length);
	case DOT_CONTROL:
		return read_control(deck, card);
	case DOT_ENDC:
		return fail_card(deck, card, ".endc without .control");
	case DOT_ENDL:
		return reading == READ_SECTION ? 1 : fail_card(deck, card, ".endl without .lib");
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
static int read_card(struct deck *deck, struct card *card, enum reading reading)
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

static int read_source(struct deck *deck, enum reading reading)
{
	struct card card;
	int rc = CAROM_OK;

	while (rc == CAROM_OK && !deck->is_over) {
		rc = deck_line_next(deck->source, &card, deck->err);
		if (rc == 1 && reading == READ_SECTION)
			return carom_fail_at(deck->err, CAROM_ERROR_SYNTAX, deck->source->name,
					     (int)deck->source->line, 0, "the section has no .endl");
		if (rc == CAROM_OK)
			rc = read_card(deck, &card, reading);
	}
	return rc < 0 ? rc : CAROM_OK;
}

/* ---- the deck ---- */

/* A title that ngspice takes for a command file is not passed on from an untrusted deck. */
static bool is_dangerous(const struct deck *deck, const struct raw_line *title)
{
	return !deck->root->is_trusted && raw_line_begins(title, "*ng_script");
}

static int note_title(struct deck *deck, const struct card *card, const struct raw_line *raw)
{
	if (is_dangerous(deck, raw))
		return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, deck->err,
				    "the title would make ngspice run commands; left out");
	if (raw_line_begins(raw, ".") || raw_line_begins(raw, "*carom"))
		return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, deck->err,
				    "the first line is the title; what it says is not done");
	return CAROM_OK;
}

/* The first line is the title whatever it says; ngspice must not get an empty one. */
static int read_title(struct deck *deck)
{
	struct raw_line raw = {.text = "", .line = 1};
	struct card card;
	int rc;

	if (!deck_line_raw(deck->source, &raw))
		return carom_fail_at(deck->err, CAROM_ERROR_SYNTAX, deck->source->name, 0, 0,
				     "the deck is empty");
	if (raw.length == 0 || is_dangerous(deck, &raw))
		rc = circuit_copy_card(deck->root, "carom", 5, &card, deck->err);
	else
		rc = circuit_copy_card(deck->root, raw.text, raw.length, &card, deck->err);
	if (rc != CAROM_OK)
		return rc;
	for (char *p = (char *)card.text; *p; p++)
		*p = *p > 0 && *p < ' ' ? ' ' : *p;
	card.file = deck->source->file;
	card.line = 1;
	card.role = CARD_TITLE;
	deck->root->title = card.text;
	if (circuit_append_card(deck->root, &card, deck->err) == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	return note_title(deck, &card, &raw);
}

static int read_elements(struct carom_circuit *circuit, struct carom_error *err)
{
	int rc = CAROM_OK;

	for (size_t i = 0; i < circuit->n_cards && rc == CAROM_OK; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_ELEMENT)
			rc = circuit_parse_element(circuit, (uint32_t)i, err);
		else if (card->role == CARD_SUBCIRCUIT)
			rc = read_elements(circuit->children[card->index], err);
	}
	return rc;
}

/* The lines behind .end: ngspice would read them, every other simulator stops. */
static int note_rest(struct deck *deck)
{
	struct card card = {.file = deck->source->file};
	struct raw_line raw;

	while (deck_line_raw(deck->source, &raw)) {
		if (raw.length == 0 || raw.text[0] == '*')
			continue;
		card.line = raw.line;
		return circuit_note(deck->root, &card, CAROM_SEVERITY_NOTE, deck->err,
				    "the lines behind .end are not read");
	}
	return CAROM_OK;
}

static int read_deck(struct deck *deck)
{
	int rc = read_title(deck);

	if (rc == CAROM_OK)
		rc = read_source(deck, READ_FILE);
	if (rc != CAROM_OK)
		return rc;
	if (deck->scope->parent)
		return circuit_fail_card(deck->root, &deck->scope->cards[0], deck->err,
					 CAROM_ERROR_SYNTAX, ".subckt %s has no .ends",
					 deck->scope->title);
	if (deck->root->n_cards == 1)
		return carom_fail_at(deck->err, CAROM_ERROR_SYNTAX, deck->source->name, 0, 0,
				     "the deck has no cards behind its title");
	if (deck->is_over)
		rc = note_rest(deck);
	return rc == CAROM_OK ? read_elements(deck->root, deck->err) : rc;
}

CAROM_API int carom_circuit_import_text(struct carom_circuit **circuit, const char *text,
					size_t length, const char *name,
					const struct carom_import_options *options,
					struct carom_error *err)
{
	static const char byte_order_mark[] = "\xef\xbb\xbf";
	struct deck_source source = {.text = text, .length = length, .line = 1};
	struct deck deck = {.source = &source, .depth = 1, .n_bytes = length, .err = err};
	int rc;

	*circuit = NULL;
	if (length > MAX_DECK_BYTES)
		return carom_fail(err, CAROM_ERROR_LIMIT, "the deck is longer than %zu bytes",
				  MAX_DECK_BYTES);
	deck.root = deck.scope = source.root = circuit_create(NULL, err);
	if (!deck.root)
		return CAROM_ERROR_MEMORY;
	deck.root->is_trusted = options && options->is_trusted;
	deck.root->last = (struct card){.text = ".end", .length = 4, .file = NAME_NONE};
	if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0)
		source.at = 3;
	source.file = circuit_append_file(deck.root, name ? name : "", err);
	source.name = circuit_file(deck.root, source.file);
	rc = source.file == NAME_NONE ? CAROM_ERROR_MEMORY : read_deck(&deck);
	if (rc == CAROM_OK)
		*circuit = deck.root;
	else
		carom_circuit_free(deck.root);
	return rc;
}

CAROM_API int carom_circuit_import_file(struct carom_circuit **circuit, const char *path,
					const struct carom_import_options *options,
					struct carom_error *err)
{
	char *text;
	size_t length;
	int rc = include_read_file(path, true, MAX_DECK_BYTES, &text, &length, err);

	*circuit = NULL;
	if (rc != CAROM_OK)
		return rc;
	rc = carom_circuit_import_text(circuit, text, length, path, options, err);
	mem_free(text);
	return rc;
}
