/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Import of a deck: the title, then pass 1 over its cards, then pass 2 over the elements, when all
 * models are known.
 */
#include "circuit/deck.h"

#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/arena.h"
#include "circuit/edit.h"
#include "circuit/element-card.h"
#include "circuit/include.h"
#include "circuit/scan.h"

/* The line as a title: no control characters, no outer blanks. */
static void clean_title(struct card *card)
{
	char *text = (char *)card->text;

	for (uint32_t i = 0; i < card->length; i++) {
		if ((unsigned char)text[i] < ' ' || text[i] == 127)
			text[i] = ' ';
	}
	while (card->length > 0 && text[card->length - 1] == ' ')
		text[--card->length] = '\0';
	card->text += strspn(text, " ");
	card->length = card->capacity = (uint32_t)strlen(card->text);
}

/* A file that the first line includes is read, and definitions fail, as in ngspice. */
static int check_title(struct deck *deck, const struct card *card, enum dot_kind *kind)
{
	size_t length;

	*kind = card->text[0] == '.' ? dot_card_kind(card->text, &length) : DOT_OTHER;
	if (deck_is_bad_title(deck, card->text))
		return deck_note_bad_title(deck, card);
	if (*kind == DOT_INCLUDE || *kind == DOT_LIB)
		return CAROM_OK;
	if (*kind == DOT_PARAM || *kind == DOT_SUBCKT)
		return deck_fail_card(deck, card,
				      "there is no title, which the first line must be");
	if (name_compare_n(card->text, ".title", 6) == 0)
		return CAROM_OK; /* editors of schematics write it there */
	if (card->text[0] == '.' || name_compare_n(card->text, "*carom", 6) == 0)
		return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX,
				    deck->err,
				    "the first line is the title; what it says is not done");
	return CAROM_OK;
}

/* A title like a card as it is sent: ngspice would count ".if" and take ".end" for the end. */
static int disguise_title(struct deck *deck, struct card *card)
{
	if (card->text[0] != '.')
		return CAROM_OK;
	arena_append(deck->root->arena, "* ", 2);
	arena_append(deck->root->arena, card->text, card->length);
	card->text = arena_close(deck->root->arena, NULL);
	if (!card->text)
		return carom_fail_memory(deck->err);
	card->length = card->capacity = card->length + 2;
	return CAROM_OK;
}

/* ngspice must not get an empty title. */
static int send_title(struct deck *deck, struct card *card)
{
	int rc;

	if (card->length == 0 || deck_is_bad_title(deck, card->text)) {
		card->text = deck->root->title = "carom";
		card->length = card->capacity = 5;
	}
	rc = disguise_title(deck, card);
	if (rc != CAROM_OK)
		return rc;
	return circuit_append_card(deck->root, card, deck->err) == NAME_NONE ? CAROM_ERROR_MEMORY
									     : CAROM_OK;
}

int deck_set_title(struct deck *deck, const struct card *card, size_t keyword_length)
{
	struct card *first = &deck->root->cards[0];
	struct card title = *card;
	const char *text;
	int rc;

	title.text += keyword_length;
	title.length -= (uint32_t)keyword_length;
	clean_title(&title);
	text = title.text;
	if (title.length == 0)
		return CAROM_OK;
	if (deck_is_bad_title(deck, text))
		return deck_note_bad_title(deck, card);
	rc = disguise_title(deck, &title);
	if (rc != CAROM_OK)
		return rc;
	deck->root->title = text;
	first->text = title.text;
	first->length = first->capacity = title.length;
	return CAROM_OK;
}

/*
 * ngspice puts the .save cards that it makes of .probe behind the first line after the title: were
 * that a .subckt, they would be in it.  A comment there, or the card of an included file, matters.
 */
static int keep_comment(struct deck *deck)
{
	struct deck_source ahead = *deck->source;
	struct raw_line raw = {.length = 0};
	struct card card;
	int rc;

	while (raw.length == 0 && deck_line_raw(&ahead, &raw))
		;
	if (raw.length == 0 || (raw.text[0] != '*' && !raw_line_begins(&raw, ".inc") &&
				!raw_line_begins(&raw, ".lib")))
		return CAROM_OK;
	deck->has_comment = true;
	if (!deck->keeps_comment)
		return CAROM_OK;
	rc = circuit_copy_card(deck->root, "*", 1, &card, deck->err);
	card.role = CARD_OTHER;
	if (rc == CAROM_OK && circuit_append_card(deck->root, &card, deck->err) == NAME_NONE)
		rc = CAROM_ERROR_MEMORY;
	return rc;
}

/* The first line is the title whatever it says. */
static int read_title(struct deck *deck)
{
	struct raw_line raw;
	struct card card, sent;
	enum dot_kind kind;
	int rc;

	if (!deck_line_raw(deck->source, &raw))
		return carom_fail_at(deck->err, CAROM_ERROR_SYNTAX, deck->source->name, 0, 0,
				     "the deck is empty");
	rc = circuit_copy_card(deck->root, raw.text, raw.length, &card, deck->err);
	if (rc != CAROM_OK)
		return rc;
	clean_title(&card);
	card.file = deck->source->file;
	card.line = 1;
	card.role = CARD_TITLE;
	deck->root->title = card.text;
	sent = card;
	rc = check_title(deck, &card, &kind);
	if (rc == CAROM_OK)
		rc = send_title(deck, &sent);
	if (rc == CAROM_OK)
		rc = keep_comment(deck);
	deck->n_first = deck->root->n_cards;
	if (rc == CAROM_OK && (kind == DOT_INCLUDE || kind == DOT_LIB))
		rc = deck_include(deck, &card, kind);
	return rc;
}

/*
 * ngspice joins what R, C, L, V and I lack to a net without a name, and leaves out a poly(x).  A V that
 * lacks both is shorted: a fatal error.
 */
static bool is_passable(const struct card *card)
{
	struct word word;
	uint32_t at = 0;

	if (strchr("rcli", card->text[0] | 0x20))
		return true;
	scan_word(card->text, &at, &word);
	if ((card->text[0] | 0x20) == 'v')
		return scan_word(card->text, &at, &word);
	if (!strchr("eg", card->text[0] | 0x20))
		return false;
	for (unsigned i = 0; i < 3; i++) {
		if (!scan_word(card->text, &at, &word))
			return false;
	}
	return word_is(card->text, &word, "poly") &&
	       !(scan_word(card->text, &at, &word) && strchr("123456789", card->text[word.begin]));
}

/*
 * A card of a library that is no element after all goes on as it stands: ngspice passes over much
 * that real libraries hold, and whoever uses them cannot mend them.
 */
static int pass_element(struct deck *deck, struct carom_circuit *circuit, struct card *card,
			const struct carom_error *failure)
{
	if (failure->status != CAROM_ERROR_SYNTAX ||
	    !(deck->is_library[card->file] || is_passable(card)))
		return carom_fail_as(deck->err, failure);
	card->role = CARD_OTHER;
	return circuit_note(circuit, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, deck->err,
			    "%s", failure->text);
}

static int read_element(struct deck *deck, struct carom_circuit *circuit,
			struct element_card *opened, struct carom_error *failure)
{
	int rc = element_card_parse(opened, circuit, failure);

	if (rc != CAROM_OK) {
		rc = pass_element(deck, circuit, &circuit->cards[opened->card], failure);
		*failure = (struct carom_error)CAROM_ERROR_INIT;
	}
	return rc;
}

/*
 * A card's three steps are STEP cards apart: reading as many takes about as long as what the next
 * step needs takes to come from memory.
 */
enum { STEP = 6, N_OPENED = 16, NEAR = 1 << 15 };

static bool is_role(const struct carom_circuit *circuit, size_t card, enum card_role role)
{
	return card < circuit->n_cards && circuit->cards[card].role == role;
}

/* The names of up to NEAR cards are in a cache that is near: there, looking ahead does not pay. */
static void look_ahead(const struct carom_circuit *circuit, struct element_card *opened,
		       size_t card)
{
	size_t second = card - STEP; /* more than there are: none yet */

	if (circuit->n_cards <= NEAR)
		return;
	if (is_role(circuit, card, CARD_ELEMENT))
		element_card_expect(&opened[card % N_OPENED], circuit);
	if (is_role(circuit, second, CARD_ELEMENT))
		element_card_find(&opened[second % N_OPENED], circuit);
}

static size_t count_elements(const struct carom_circuit *circuit)
{
	size_t n = 0;

	for (size_t i = 0; i < circuit->n_cards; i++)
		n += circuit->cards[i].role == CARD_ELEMENT;
	return n;
}

static int read_elements(struct deck *deck, struct carom_circuit *circuit)
{
	struct element_card opened[N_OPENED];
	struct carom_error failure = CAROM_ERROR_INIT; /* large: one for all elements */
	int rc = CAROM_OK;

	circuit_expect_elements(circuit, count_elements(circuit));
	for (size_t i = 0; i < circuit->n_cards + 2 * STEP && rc == CAROM_OK; i++) {
		size_t last = i - 2 * STEP; /* more than there are: none yet */

		if (is_role(circuit, i, CARD_ELEMENT))
			element_card_open(&opened[i % N_OPENED], circuit, (uint32_t)i);
		look_ahead(circuit, opened, i);
		if (is_role(circuit, last, CARD_ELEMENT))
			rc = read_element(deck, circuit, &opened[last % N_OPENED], &failure);
		else if (is_role(circuit, last, CARD_SUBCIRCUIT))
			rc = read_elements(deck, circuit->children[circuit->cards[last].index]);
	}
	return rc;
}

/* Why the deck has to be read again. */
enum { AGAIN_WITHOUT_LIBRARIES = 1, AGAIN_WITH_COMMENT };

static int read_deck(struct deck *deck)
{
	int rc = read_title(deck);

	if (rc == CAROM_OK)
		rc = deck_read_source(deck, READ_FILE);
	if (rc != CAROM_OK)
		return rc;
	if (deck->scope->parent)
		return circuit_fail_card(deck->root, &deck->scope->cards[0], deck->err,
					 CAROM_ERROR_SYNTAX, ".subckt %s has no .ends",
					 deck->scope->title);
	if (deck->root->n_cards == deck->n_first)
		return carom_fail_at(
			deck->err, CAROM_ERROR_SYNTAX, deck->source->name, 0, 0,
			deck->has_block ? "the deck has nothing but commands, which are "
					  "executed in a trusted deck alone: carom run --control"
					: "the deck has no cards behind its title");
	if (deck->has_probe && deck->has_comment && !deck->keeps_comment)
		return AGAIN_WITH_COMMENT;
	if (deck->n_open_ifs > 0)
		rc = circuit_note(deck->root, &deck->open_if, CAROM_SEVERITY_WARNING,
				  CAROM_ERROR_SYNTAX, deck->err,
				  ".if has no .endif; it goes to the end of the deck");
	if (rc == CAROM_OK)
		rc = deck_append_commands(deck);
	if (rc == CAROM_OK)
		rc = deck_check_sections(deck);
	if (rc == CAROM_OK)
		rc = deck_check_files(deck, deck->root);
	if (rc == CAROM_OK)
		rc = deck_take_from_libraries(deck);
	return rc == CAROM_OK ? read_elements(deck, deck->root) : rc;
}

static int import_text(struct carom_circuit **circuit, const char *text, size_t length,
		       const char *name, const struct carom_import_options *options,
		       bool keeps_comment, struct carom_error *err)
{
	static const char byte_order_mark[] = "\xef\xbb\xbf";
	struct deck_source source = {.text = text, .length = length, .line = 1};
	struct deck deck = {.source = &source,
			    .depth = 1,
			    .n_bytes = length,
			    .libraries = options->libraries,
			    .n_libraries = options->n_libraries,
			    .keeps_comment = keeps_comment,
			    .sections = options->sections,
			    .n_sections = options->n_sections,
			    .err = err};
	int rc;

	rc = options->is_trusted ? CAROM_OK
				 : roots_init(&deck.roots, options->roots, options->n_roots, err);
	if (rc != CAROM_OK)
		return rc;
	deck.is_section_used = mem_zalloc(deck.n_sections, sizeof(*deck.is_section_used));
	deck.root = deck.scope = source.root = circuit_create(NULL, err);
	if (!deck.root || !deck.is_section_used) {
		mem_free(deck.is_section_used);
		carom_circuit_free(deck.root);
		roots_release(&deck.roots);
		return carom_fail_memory(err);
	}
	deck.root->is_trusted = options->is_trusted;
	deck.root->last = (struct card){.text = ".end", .length = 4, .file = NAME_NONE};
	if (length >= 3 && memcmp(text, byte_order_mark, 3) == 0)
		source.at = 3;
	source.file = deck_enter_file(&deck, name ? name : "", false);
	source.name = circuit_file(deck.root, source.file);
	rc = source.file == NAME_NONE ? CAROM_ERROR_MEMORY : read_deck(&deck);
	mem_free(deck.commands);
	mem_free(deck.is_library);
	mem_free(deck.is_section_used);
	if (rc == CAROM_OK) {
		circuit_trim(deck.root);
		deck.root->roots = deck.roots;
		*circuit = deck.root;
	} else {
		roots_release(&deck.roots);
		carom_circuit_free(deck.root);
	}
	return rc;
}

struct carom_import_options deck_import_options(const struct carom_import_options *options)
{
	struct carom_import_options read = {.size = sizeof(read)};

	if (options)
		memcpy(&read, options, options->size < sizeof(read) ? options->size : sizeof(read));
	return read;
}

CAROM_API int carom_circuit_import_text(struct carom_circuit **circuit, const char *text,
					size_t length, const char *name,
					const struct carom_import_options *options,
					struct carom_error *err)
{
	struct carom_import_options read = deck_import_options(options);
	bool keeps_comment = false;
	int rc;

	*circuit = NULL;
	if (length > MAX_DECK_BYTES)
		return carom_fail(err, CAROM_ERROR_LIMIT, "the deck is longer than %zu bytes",
				  MAX_DECK_BYTES);
	do {
		rc = import_text(circuit, text, length, name, &read, keeps_comment, err);
		if (rc == AGAIN_WITHOUT_LIBRARIES)
			read.n_libraries = 0;
		else if (rc == AGAIN_WITH_COMMENT)
			keeps_comment = true;
	} while (rc > 0);
	return rc;
}

CAROM_API int carom_circuit_import_file(struct carom_circuit **circuit, const char *path,
					const struct carom_import_options *options,
					struct carom_error *err)
{
	char *text;
	size_t length;
	int rc = include_read_file(path, true, NULL, MAX_DECK_BYTES, &text, &length, err);

	*circuit = NULL;
	if (rc != CAROM_OK)
		return rc;
	rc = carom_circuit_import_text(circuit, text, length, path, options, err);
	if (rc == CAROM_OK)
		(*circuit)->file_serial = (*circuit)->changes.serial;
	mem_free(text);
	return rc;
}
