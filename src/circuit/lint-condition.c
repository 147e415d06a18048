/* SPDX-License-Identifier: BSD-3-Clause */
/* Conditions of .if and .elseif, branches without .if, bytes, dot-cards and options that do nothing. */
#include <string.h>

#include "base/name.h"
#include "circuit/card-expression.h"
#include "circuit/dot-card.h"
#include "circuit/lint.h"
#include "circuit/scan.h"

/* ngspice looks for nothing but "(" behind the keyword; its parser dies of anything else. */
static void check_condition(struct lint *lint, const struct carom_circuit *circuit, uint32_t index)
{
	const char *text = circuit->cards[index].text;
	size_t length = strcspn(text, " \t(={");

	if (text[length + strspn(text + length, " \t")] != '(')
		lint_add(lint, circuit, index, RULE_CONDITION,
			 "%.*s: the condition must be in parentheses, as in %.*s (a == 1)",
			 (int)length, text, (int)length, text);
}

static void check_branch(struct lint *lint, const struct reached *reached, uint32_t index)
{
	const char *text = reached->circuit->cards[index].text;

	if (!reached_is_conditional(reached, index))
		lint_add(lint, reached->circuit, index, RULE_CONDITION, "%.*s without .if",
			 (int)strcspn(text, " \t(={"), text);
}

/* ngspice takes some by their beginning ("paramfoo"), and passes over the marks of encrypted files. */
static void check_known(struct lint *lint, const struct carom_circuit *circuit, uint32_t index)
{
	static const char *const beginnings[] = {".opt",    ".para",   ".probe", ".global",
						 ".title",  ".model",  ".save",  ".prot",
						 ".unprot", ".csparam"};
	const char *text = circuit->cards[index].text;
	size_t length;

	if (text[0] != '.' || dot_card_kind(text, &length) != DOT_UNKNOWN)
		return;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
		if (name_compare_n(text, beginnings[i], strlen(beginnings[i])) == 0)
			return;
	}
	lint_add(lint, circuit, index, RULE_UNKNOWN_CARD,
		 "ngspice has no card %.*s, and stops at it; correct it or take it out",
		 (int)length, text);
}

/* inpcom.c, utf8_check: the micro of Latin-1 is taken for "u"; two noncharacters are refused. */
static size_t character_length(const unsigned char *s)
{
	size_t length = s[0] < 0x80 || s[0] == 0xb5 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

	if (length == 1)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	for (size_t i = 1; i < length; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	}
	if ((s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xed && s[1] > 0x9f) ||
	    (s[0] == 0xef && s[1] == 0xbf && s[2] > 0xbd) || (s[0] == 0xf0 && s[1] < 0x90) ||
	    (s[0] == 0xf4 && s[1] > 0x8f))
		return 0;
	return length;
}

static bool is_ascii(const char *text, size_t length)
{
	uint64_t bytes, all = 0;
	size_t i = 0;

	for (; i + sizeof(bytes) <= length; i += sizeof(bytes)) {
		memcpy(&bytes, text + i, sizeof(bytes));
		all |= bytes;
	}
	for (; i < length; i++)
		all |= text[i] & 0x80;
	return (all & 0x8080808080808080) == 0;
}

static bool is_title(const struct carom_circuit *circuit, uint32_t index)
{
	return (index == 0 && !circuit->parent) || card_is(&circuit->cards[index], ".title");
}

static void check_characters(struct lint *lint, const struct carom_circuit *circuit, uint32_t index)
{
	const unsigned char *s = (const unsigned char *)circuit->cards[index].text;

	for (size_t length = 1; *s; s += length) {
		length = character_length(s);
		if (length > 0)
			continue;
		lint_add(lint, circuit, index, RULE_UNKNOWN_CARD,
			 "a byte that is no UTF-8 (0x%02x), at which ngspice stops; save the file "
			 "as UTF-8",
			 *s);
		return;
	}
}

/* ngspice has read the whole deck by its mode when it comes to the options. */
static void check_mode(struct lint *lint, const struct carom_circuit *circuit, uint32_t index)
{
	const char *text = circuit->cards[index].text;
	struct word word;
	uint32_t at = 0;

	while (scan_word(text, &at, &word)) {
		if (word_is(text, &word, "ngbehavior"))
			lint_add(lint, circuit, index, RULE_COMPAT_MODE,
				 "ngbehavior on a card does nothing: the deck is read without a "
				 "compatibility mode");
	}
}

static void check_circuit(struct lint *lint, const struct reached *reached)
{
	const struct carom_circuit *circuit = reached->circuit;

	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];

		if (!is_title(circuit, i) && !is_ascii(card->text, card->length))
			check_characters(lint, circuit, i);
		if (card->role != CARD_OTHER)
			continue;
		if (card_is(card, ".if") || card_is(card, ".elseif"))
			check_condition(lint, circuit, i);
		if (card_begins(card, ".opt"))
			check_mode(lint, circuit, i);
		if (card_is(card, ".else") || card_is(card, ".elseif"))
			check_branch(lint, reached, i);
		else if (!reached_is_conditional(reached, i))
			check_known(lint, circuit, i);
	}
}

void lint_conditions(struct lint *lint)
{
	for (size_t i = 0; i < lint->reach.count; i++)
		check_circuit(lint, &lint->reach.list[i]);
}
