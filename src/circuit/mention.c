/* SPDX-License-Identifier: BSD-3-Clause */
/* Names of nets and elements in expressions, controls and dot-cards. */
#include "circuit/mention.h"

#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/card-expression.h"
#include "circuit/scan.h"

struct reader {
	const char *text;
	mention_fn *visit;
	void *arg;
};

static void mention(const struct reader *reader, enum mention_kind kind, const char *begin,
		    size_t length)
{
	if (length > 0)
		reader->visit(reader->arg, kind, (uint32_t)(begin - reader->text),
			      (uint32_t)length);
}

/* ---- v(...), i(...), @name[...], name#branch: anywhere in a text ---- */

static bool is_name_byte(char c)
{
	return c == '_' || (c & 0x80) || (c >= '0' && c <= '9') ||
	       ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* "v", "vm", "vdb", "i", ...: does the function read a voltage or a current?  0: neither. */
static char probe_of(const char *name, size_t length)
{
	static const char *const parts[] = {"", "m", "p", "r", "i", "db", "g"};
	char letter = (char)(name[0] | 0x20);

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (strlen(parts[i]) + 1 == length &&
		    name_compare_n(name + 1, parts[i], length - 1) == 0)
			return letter == 'v' || letter == 'i' ? letter : (char)0;
	}
	return 0;
}

/* The names between the parentheses. */
static const char *read_arguments(const struct reader *reader, char probe, const char *open)
{
	const char *p = open + 1;

	while (*p != '\0' && *p != ')') {
		size_t length = strcspn(p, " \t,)");
		const char *branch = memchr(p, '#', length);

		if (branch) /* v(l1#branch) */
			mention(reader, MENTION_ELEMENT, p, (size_t)(branch - p));
		else
			mention(reader, probe == 'v' ? MENTION_NET : MENTION_ELEMENT, p, length);
		p += length;
		p += strspn(p, " \t,");
	}
	return p;
}

static const char *read_word(const struct reader *reader, const char *begin)
{
	const char *end = begin;
	const char *next;
	char probe;

	while (is_name_byte(*end) || *end == '.')
		end++;
	next = end + strspn(end, " \t");
	probe = *next == '(' ? probe_of(begin, (size_t)(end - begin)) : (char)0;
	if (probe)
		return read_arguments(reader, probe, next);
	if (*end == '#')
		mention(reader, MENTION_ELEMENT, begin, (size_t)(end - begin));
	return end;
}

static void read_text(const struct reader *reader, const char *p)
{
	if (!strpbrk(p, "(@#")) /* most cards have none: look at them by words */
		return;
	while (*p != '\0') {
		if (*p == '@') {
			size_t length = strcspn(++p, "[ \t,()+-*/");

			mention(reader, MENTION_ELEMENT, p, length);
			p += length;
		} else if (is_name_byte(*p)) {
			p = read_word(reader, p);
		} else {
			p++;
		}
	}
}

/* ---- bare words ---- */

/* The words from number first to number last, counted from 0 for the card's own. */
static void read_words(const struct reader *reader, enum mention_kind kind, unsigned first,
		       unsigned last)
{
	uint32_t at = 0;
	struct word word;

	for (unsigned i = 0; i <= last && scan_word(reader->text, &at, &word); i++) {
		if (i >= first && !word.is_key)
			mention(reader, kind, reader->text + word.begin, word.length);
	}
}

/* A: the words up to the model are connections, "%vnam(v1)" a source. */
static void read_code_model(const struct reader *reader, const struct card *card)
{
	const char *end = card->text + card->length;
	const char *p = card->text + strcspn(card->text, " \t");
	bool is_source = false;

	while (end > p && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	while (end > p && end[-1] != ' ' && end[-1] != '\t')
		end--;
	while (p < end) {
		size_t length = strcspn(p, " \t,()[]~%");

		if (p > card->text && p[-1] == '%')
			is_source = length == 4 && name_compare_n(p, "vnam", 4) == 0;
		else if (length > 0) {
			mention(reader, is_source ? MENTION_ELEMENT : MENTION_NET, p, length);
			is_source = false;
		}
		p += length + 1;
	}
}

/* .save and .probe: words that are no function and no device's quantity. */
static void read_saved(const struct reader *reader, const char *p)
{
	while (*(p += strspn(p, " \t")) != '\0') {
		size_t length = strcspn(p, " \t");

		if (!memchr(p, '(', length) && !memchr(p, '@', length) && !memchr(p, '#', length))
			mention(reader, MENTION_NET, p, length);
		p += length;
	}
}

static void read_dot_card(const struct reader *reader, const struct card *card)
{
	const char *tail = card->text + strcspn(card->text, " \t");

	if (card->role == CARD_SAVE)
		read_saved(reader, tail);
	else if (card_is(card, ".pz"))
		read_words(reader, MENTION_NET, 1, 4);
	else if (card_is(card, ".global"))
		read_words(reader, MENTION_NET, 1, UINT32_MAX - 1);
	else if (card_is(card, ".dc") || card_is(card, ".noise") || card_is(card, ".tf"))
		read_words(reader, MENTION_ELEMENT, 1, UINT32_MAX - 1);
	read_text(reader, tail);
}

static void read_element(const struct reader *reader, const struct element *element,
			 const struct card *card)
{
	unsigned behind = 1 + element->n_pins;

	if (element->kind == 'a') {
		read_code_model(reader, card);
		return;
	}
	if (element->kind == 'k' || strchr("fhw", element->kind))
		read_words(reader, MENTION_ELEMENT, behind, UINT32_MAX - 1);
	read_text(reader, card->text + strcspn(card->text, " \t"));
}

void mention_each(const struct carom_circuit *circuit, const struct card *card, mention_fn *visit,
		  void *arg)
{
	struct reader reader = {card->text, visit, arg};

	switch (card->role) {
	case CARD_ELEMENT:
		read_element(&reader, &circuit->elements[card->index], card);
		break;
	case CARD_ANALYSIS:
	case CARD_SAVE:
	case CARD_OTHER:
		read_dot_card(&reader, card);
		break;
	case CARD_TITLE:
	case CARD_MODEL:
	case CARD_PARAM:
	case CARD_SUBCIRCUIT:
	case CARD_REMOVED:
		break;
	}
}

/* ---- the list of cards that name anything ---- */

static void note_mention(void *arg, enum mention_kind kind, uint32_t begin, uint32_t length)
{
	(void)kind;
	(void)begin;
	(void)length;
	*(bool *)arg = true;
}

bool mention_list(struct carom_circuit *circuit)
{
	struct mentions *list = &circuit->mentions;

	for (; list->n_seen < circuit->n_cards; list->n_seen++) {
		bool names_any = false;

		mention_each(circuit, &circuit->cards[list->n_seen], note_mention, &names_any);
		if (!names_any)
			continue;
		if (!mem_reserve(&list->cards, &list->capacity, list->n_cards + 1,
				 sizeof(*list->cards)))
			return false;
		list->cards[list->n_cards++] = (uint32_t)list->n_seen;
	}
	return true;
}

void mention_forget(struct carom_circuit *circuit)
{
	struct mentions *list = &circuit->mentions;

	if (list->n_seen <= circuit->n_cards)
		return;
	list->n_seen = circuit->n_cards;
	while (list->n_cards > 0 && list->cards[list->n_cards - 1] >= list->n_seen)
		list->n_cards--;
}

void mention_restart(struct carom_circuit *circuit)
{
	circuit->mentions.n_cards = circuit->mentions.n_seen = 0;
}
