/* SPDX-License-Identifier: BSD-3-Clause */
/* An element's card read: which words are its nets, the names it refers to and its model. */
#include <string.h>

#include "base/number.h"
#include "circuit/dot-card.h"
#include "circuit/edit.h"
#include "circuit/element-card.h"
#include "circuit/element-kind.h"
#include "circuit/scan.h"

enum { MAX_CONTROLS = 100 }; /* dimensions of a POLY source */

struct reader {
	struct carom_circuit *circuit;
	const struct card *card;
	const char *text;
	struct element_card *opened;
	unsigned n_taken; /* of its words */
	const struct element_kind *kind;
	struct element element;
	struct carom_error *err;
};

/* "r1: a resistor needs 2 nets and a value" */
static int fail_too_few(const struct reader *reader)
{
	static const char *const tails[] = {"", " and a value", " and a model"};
	const struct element_kind *kind = reader->kind;
	const char *article = strchr("aeiou", kind->name[0]) ? "an" : "a";
	const char *tail = tails[kind->has_model ? 2 : kind->value != VALUE_NONE];
	const char *name = name_text(reader->circuit->names, reader->element.name);
	const char *what = kind->letter == 'k' ? "inductors" : "nets";
	const char *directive = dot_card_without_dot(name, strlen(name));
	const char *least = "";
	unsigned count = kind->letter == 'k' ? kind->n_names : kind->min_pins;

	if (directive)
		return circuit_fail_card(
			reader->circuit, reader->card, reader->err, CAROM_ERROR_SYNTAX,
			"\"%s\" without a dot is read as an element (%s); did you mean %s?", name,
			kind->name, directive);
	if (kind->value == VALUE_LAST && kind->max_pins > kind->min_pins)
		count = kind->max_pins; /* E, G: the linear form, which is what one means */
	else if (kind->max_pins > kind->min_pins)
		least = "at least ";
	if (count == 0)
		return circuit_fail_card(reader->circuit, reader->card, reader->err,
					 CAROM_ERROR_SYNTAX, "%s: %s %s needs nets and a name",
					 name, article, kind->name);
	if (kind->n_names == 1)
		what = "nets, a voltage source";
	return circuit_fail_card(reader->circuit, reader->card, reader->err, CAROM_ERROR_SYNTAX,
				 "%s: %s %s needs %s%u %s%s", name, article, kind->name, least,
				 count, what, tail);
}

/* The first word is the element's name, the others are of nets. */
static struct name_table *table_of(const struct carom_circuit *circuit, unsigned index)
{
	return index == 0 ? circuit->names : circuit->net_table;
}

/* Number of a word of the card, the index'th, in its table; NAME_NONE when out of memory. */
static uint32_t name_of(const struct reader *reader, unsigned index, const struct word *word)
{
	const struct element_card *opened = reader->opened;
	struct name_table *table = table_of(reader->circuit, index);
	const char *text = reader->text + word->begin;

	if (index >= opened->n_names)
		return name_intern(table, text, word->length);
	if (opened->names[index] != NAME_NONE)
		return opened->names[index];
	return name_intern_expected(table, opened->keys[index], text, word->length);
}

/* The nets of a card are the words behind its name, in order. */
static int add_pin(struct reader *reader, const struct word *word)
{
	uint32_t name = name_of(reader, ++reader->element.n_pins, word);
	uint32_t net = circuit_name_net(reader->circuit, name, reader->err);

	return circuit_append_pin(reader->circuit, net, reader->err);
}

static int set_model(struct reader *reader, const struct word *word)
{
	reader->element.model = circuit_intern(reader->circuit, reader->text + word->begin,
					       word->length, reader->err);
	reader->element.model_begin = word->begin;
	return reader->element.model == NAME_NONE ? CAROM_ERROR_MEMORY : CAROM_OK;
}

/* scanner.at is behind it in either case. */
static bool next_word(struct reader *reader, struct word *word)
{
	if (reader->n_taken == reader->opened->n_words)
		return scanner_next(&reader->opened->scanner, word);
	*word = reader->opened->words[reader->n_taken++];
	reader->opened->scanner.at = word->begin + word->length;
	return true;
}

/* The next n words are nets; of R, C and L the last may have its value behind a "=". */
static int read_pins(struct reader *reader, unsigned n)
{
	struct word word;
	int rc = CAROM_OK;

	for (unsigned i = 0; i < n && rc == CAROM_OK; i++) {
		bool may_be_key = i + 1 == n && reader->kind->may_have_model;

		if (!next_word(reader, &word) || (word.is_key && !may_be_key))
			return fail_too_few(reader);
		rc = add_pin(reader, &word);
	}
	return rc;
}

static int skip_names(struct reader *reader)
{
	struct word word;

	for (unsigned i = 0; i < reader->kind->n_names; i++) {
		if (!next_word(reader, &word))
			return fail_too_few(reader);
	}
	return CAROM_OK;
}

/* Is the word the name of a model that this place of the deck can see? */
static bool is_model(const struct reader *reader, const struct word *word)
{
	const struct carom_circuit *circuit = reader->circuit;

	for (; circuit; circuit = circuit->parent) {
		uint32_t name = name_find(circuit->names, reader->text + word->begin, word->length);

		if (name_index_get(&circuit->model_of_name, name))
			return true;
	}
	return false;
}

static bool has_letter(const struct reader *reader, const struct word *word)
{
	for (uint32_t i = 0; i < word->length; i++) {
		char c = reader->text[word->begin + i] | 0x20;

		if (c >= 'a' && c <= 'z')
			return true;
	}
	return false;
}

/* May the word stand behind a model: a number, an expression, a flag? */
static bool is_tail(const struct reader *reader, const struct word *word)
{
	const char *text = reader->text + word->begin;
	double value;
	size_t used;

	if (word->is_key || strchr("{'\"", text[0]))
		return true;
	if (number_read(text, word->length, &value, &used) && used == word->length)
		return true;
	return element_kind_has_param(reader->kind, "off") && word_is(reader->text, word, "off");
}

/*
 * Of n words the one that names the model: the first behind the least nets that is known as one;
 * else the first that can be a name and has nothing but the tail behind it.
 */
static unsigned find_model(const struct reader *reader, const struct word *words, unsigned n)
{
	for (unsigned i = reader->kind->min_pins; i < n; i++) {
		if (is_model(reader, &words[i]))
			return i;
	}
	for (unsigned i = reader->kind->min_pins; i < n; i++) {
		if (has_letter(reader, &words[i]) && (i + 1 == n || is_tail(reader, &words[i + 1])))
			return i;
	}
	return n;
}

/* D, Q, M: as many nets as stand before the model. */
static int read_variable(struct reader *reader)
{
	enum { MAX_WORDS = 9 };
	struct word words[MAX_WORDS];
	unsigned most = reader->kind->max_pins + 2u;
	unsigned n = 0, model;
	int rc = CAROM_OK;

	while (n < most && next_word(reader, &words[n]) && !words[n].is_key)
		n++;
	model = find_model(reader, words, n);
	if (model >= n || model > reader->kind->max_pins)
		return fail_too_few(reader);
	for (unsigned i = 0; i < model && rc == CAROM_OK; i++)
		rc = add_pin(reader, &words[i]);
	return rc == CAROM_OK ? set_model(reader, &words[model]) : rc;
}

/* X, N, P: nets up to the last word before parameters, which is the model. */
static int read_until_model(struct reader *reader)
{
	struct word word, last = {0, 0, false};
	bool has_last = false;
	int rc = CAROM_OK;

	while (rc == CAROM_OK && next_word(reader, &word) && !word.is_key &&
	       !word_is(reader->text, &word, "params:")) {
		if (has_last)
			rc = add_pin(reader, &last);
		last = word;
		has_last = true;
	}
	if (rc != CAROM_OK)
		return rc;
	return has_last ? set_model(reader, &last) : fail_too_few(reader);
}

/* A: the last word is the model; which of the others are nets only the code model knows. */
static int read_code_model(struct reader *reader)
{
	struct word word, last = {0, 0, false};
	bool has_last = false;

	for (; next_word(reader, &word); has_last = true)
		last = word;
	return has_last ? set_model(reader, &last) : fail_too_few(reader);
}

/* Is this word of an E or G card the start of an expression, so that no controlling nets follow? */
static bool is_expression(const struct reader *reader, const struct word *word)
{
	static const char *const keywords[] = {"vol",     "cur",  "value",     "table",
					       "laplace", "freq", "chebyshev", "func"};

	if (word->is_key || strchr("{'\"", reader->text[word->begin]))
		return true;
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (word_is(reader->text, word, keywords[i]))
			return true;
	}
	return false;
}

/* E and G: two nets, then two controlling ones, poly(n) or a gate with 2 n, or an expression. */
static int read_controlled(struct reader *reader)
{
	struct word word, kind;
	uint32_t after;
	double n = 0;
	size_t used;
	int rc = read_pins(reader, 2);

	if (rc != CAROM_OK)
		return rc;
	after = reader->opened->scanner.at;
	if (!scan_word(reader->text, &after, &word))
		return fail_too_few(reader);
	if (is_expression(reader, &word))
		return CAROM_OK;
	if (!word_has_dimension(reader->text, &word))
		return read_pins(reader, 2);
	kind = word;
	if (!scan_word(reader->text, &after, &word) ||
	    !number_read(reader->text + word.begin, word.length, &n, &used) ||
	    !(n >= 1 && n <= MAX_CONTROLS))
		return circuit_fail_card(reader->circuit, reader->card, reader->err,
					 CAROM_ERROR_SYNTAX,
					 "%s: %.*s needs a dimension from 1 to %d, as in poly(2)",
					 name_text(reader->circuit->names, reader->element.name),
					 (int)kind.length, reader->text + kind.begin, MAX_CONTROLS);
	scanner_seek(&reader->opened->scanner, after);
	return read_pins(reader, 2 * (unsigned)n);
}

/* Can a model's name begin like this word of an R, C or L, or is it a number or an expression? */
static bool may_be_model(const struct reader *reader, const struct word *word)
{
	return !strchr("0123456789+-.{'\"", reader->text[word->begin]);
}

static void skip_value(struct reader *reader)
{
	struct word value;
	uint32_t at = reader->opened->scanner.at;

	scan_value(reader->text, &at, &value);
	scanner_seek(&reader->opened->scanner, at);
}

/* R, C, L: a model may stand behind the nets, before or behind a value. */
static int read_passive(struct reader *reader)
{
	struct word word;
	int rc = read_pins(reader, reader->kind->min_pins);

	if (rc != CAROM_OK)
		return rc;
	while (next_word(reader, &word)) {
		if (word.is_key)
			skip_value(reader);
		else if (may_be_model(reader, &word) && is_model(reader, &word))
			return set_model(reader, &word);
	}
	return CAROM_OK;
}

static int read_fixed(struct reader *reader)
{
	struct word word;
	int rc = read_pins(reader, reader->kind->min_pins);

	if (rc == CAROM_OK)
		rc = skip_names(reader);
	if (rc != CAROM_OK || !reader->kind->has_model)
		return rc;
	if (!next_word(reader, &word) || word.is_key)
		return fail_too_few(reader);
	return set_model(reader, &word);
}

static int read_layout(struct reader *reader)
{
	const struct element_kind *kind = reader->kind;

	if (kind->letter == 'a')
		return read_code_model(reader);
	if (kind->letter == 'e' || kind->letter == 'g')
		return read_controlled(reader);
	if (kind->may_have_model)
		return read_passive(reader);
	if (kind->has_model && kind->max_pins == 0)
		return read_until_model(reader);
	if (kind->min_pins < kind->max_pins)
		return read_variable(reader);
	return read_fixed(reader);
}

void element_card_open(struct element_card *opened, const struct carom_circuit *circuit,
		       uint32_t card)
{
	const struct card *item = &circuit->cards[card];

	opened->card = card;
	opened->n_words = opened->n_names = 0;
	scanner_init(&opened->scanner, item->text, item->length);
}

/* No more than every card of its kind has: where the others stand depends on what they are. */
void element_card_expect(struct element_card *opened, const struct carom_circuit *circuit)
{
	const char *text = opened->scanner.text;
	unsigned most = 1u + element_kind_find(text[0])->min_pins;
	struct word *word = opened->words;

	for (; opened->n_words < most && scanner_next(&opened->scanner, word); word++) {
		unsigned n = opened->n_words++;

		if (opened->n_names < n || word->is_key)
			continue;
		opened->keys[n] =
			name_expect(table_of(circuit, n), text + word->begin, word->length);
		opened->n_names++;
	}
}

/* New ones are interned in the order of the deck, of which the first spelling stays. */
void element_card_find(struct element_card *opened, const struct carom_circuit *circuit)
{
	const char *text = opened->scanner.text;

	for (unsigned i = 0; i < opened->n_names; i++) {
		const struct word *word = &opened->words[i];

		opened->names[i] = name_find_expected(table_of(circuit, i), opened->keys[i],
						      text + word->begin, word->length);
	}
}

int element_card_parse(struct element_card *opened, struct carom_circuit *circuit,
		       struct carom_error *err)
{
	struct reader reader = {.circuit = circuit,
				.card = &circuit->cards[opened->card],
				.opened = opened,
				.err = err};
	size_t n_pins = circuit->n_pins;
	struct word name;
	int rc;

	reader.text = reader.card->text;
	reader.kind = element_kind_find(reader.text[0]);
	next_word(&reader, &name);
	reader.element = (struct element){.card = opened->card,
					  .first_pin = (uint32_t)n_pins,
					  .model = NAME_NONE,
					  .kind = reader.kind->letter};
	reader.element.name = name_of(&reader, 0, &name);
	if (reader.element.name == NAME_NONE)
		return carom_fail_memory(err);
	rc = read_layout(&reader);
	if (rc == CAROM_OK &&
	    circuit_append_element(circuit, &reader.element, err) == CAROM_NO_INDEX)
		rc = CAROM_ERROR_MEMORY;
	if (rc != CAROM_OK)
		circuit->n_pins = n_pins;
	return rc;
}

int circuit_parse_element(struct carom_circuit *circuit, uint32_t card, struct carom_error *err)
{
	struct element_card opened;

	element_card_open(&opened, circuit, card);
	return element_card_parse(&opened, circuit, err);
}
