/* SPDX-License-Identifier: BSD-3-Clause */
/* Dot-cards that break off, or are not of their form: ngspice 39 crashes at them, or stops. */
#include <string.h>

#include "base/name.h"
#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/lint.h"
#include "circuit/scan.h"

#define BLANKS " \t"

enum { MEASURE_WORDS = 6 }; /* of a measurement, that decide whether it is whole */

/* ---- .meas ---- */

static bool is_text(const char *word, size_t length, const char *text)
{
	return length == strlen(text) && name_compare_n(word, text, length) == 0;
}

/* Of the word at p; ngspice has taken the blanks around "=" out, so that they separate nothing. */
static size_t length_of_word(const char *p)
{
	const char *end = p, *next;

	do {
		end += strcspn(end, BLANKS);
		next = end + strspn(end, BLANKS);
		if (*next != '=' && (end == p || end[-1] != '='))
			return (size_t)(end - p);
		end = next;
	} while (*end);
	return (size_t)(end - p);
}

/*
 * ".meas tran NAME", "... NAME =1", "... when", "... find v(a)", "... find v(a) when",
 * "... find v(a) =1n"
 */
static bool breaks_off_measure(const char *text)
{
	const char *words[MEASURE_WORDS + 1] = {text}, *last = text;
	size_t lengths[MEASURE_WORDS + 1] = {0}, last_length = 0, n = 0;

	for (const char *p = text; *p; p += strspn(p, BLANKS ",")) {
		size_t length = length_of_word(p);

		last = p;
		last_length = length;
		words[n] = p;
		lengths[n] = length;
		n += n < MEASURE_WORDS;
		p += length;
	}
	if (n < 2)
		return true;
	if (lengths[1] > strcspn(words[1], "="))
		return true;
	if (!is_text(words[1], lengths[1], "tran") && !is_text(words[1], lengths[1], "ac") &&
	    !is_text(words[1], lengths[1], "dc"))
		return false;
	return n < 4 || is_text(last, last_length, "when") ||
	       (n < MEASURE_WORDS && is_text(words[3], lengths[3], "find"));
}

/* ---- .ic and .nodeset ---- */

/* The last thing of the card is a "v" without a net. */
static bool breaks_off_net(const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(BLANKS "(),=", text[length - 1]))
		length--;
	return length > 1 && name_compare_n(text + length - 1, "v", 1) == 0 &&
	       strchr(BLANKS, text[length - 2]);
}

/* "v()": the value is taken for the net, and what follows for nothing. */
static bool has_empty_net(const char *text)
{
	for (const char *open = strchr(text, '('); open; open = strchr(open + 1, '(')) {
		if (open[1 + strspn(open + 1, BLANKS)] == ')')
			return true;
	}
	return false;
}

static bool is_value(const char *text, const struct word *word)
{
	double number;
	size_t used;

	return strchr("{'\"", text[word->begin]) ||
	       number_read(text + word->begin, word->length, &number, &used);
}

/* Words that are no "v NET [VALUE]", as parser/inppas3.c takes them; .nodeset has "all" as well. */
static bool has_stray_word(const struct card *card, struct word *word)
{
	const char *text = card->text;
	struct word net, value;
	uint32_t at = 0, next;

	scan_word(text, &at, word);
	while (scan_word(text, &at, word)) {
		if (word_is(text, word, "all") && card_is(card, ".nodeset"))
			return false;
		if (!word_is(text, word, "v") || !scan_word(text, &at, &net))
			return true;
		next = at;
		if (!scan_word(text, &next, &value))
			return false;
		if (is_value(text, &value) || text[value.begin - 1] == '=')
			at = next;
	}
	return false;
}

static void check_start(struct lint *lint, const struct carom_circuit *circuit, uint32_t index)
{
	const struct card *card = &circuit->cards[index];
	const char *rest = card->text + strcspn(card->text, BLANKS);
	struct word word;

	if (breaks_off_net(card->text) || has_empty_net(rest))
		lint_add(lint, circuit, index, DEADLY(RULE_MISSING_VALUE),
			 "%.*s breaks off, and ngspice crashes at it: .ic v(NET)=VALUE",
			 (int)strcspn(card->text, BLANKS), card->text);
	else if (has_stray_word(card, &word))
		lint_add(lint, circuit, index, RULE_START_VALUE,
			 "%.*s: \"%.*s\" is not understood; write v(NET)=VALUE",
			 (int)strcspn(card->text, BLANKS), card->text, (int)word.length,
			 card->text + word.begin);
}

/* ---- all ---- */

/* ".model_x" is a .model to ngspice, and needs its words as well. */
static bool lacks_words(const char *text)
{
	uint32_t at = 0;
	struct word word;
	unsigned count = 0;

	while (count < 3 && scan_word(text, &at, &word))
		count++;
	return count < 3;
}

static bool lacks_assignment(const char *text)
{
	const char *name = text + strcspn(text, BLANKS "=");

	name += strspn(name, BLANKS);
	return *name == '=' || !strchr(name, '=');
}

/* How the card is to be written if it breaks off. */
static const char *broken_usage(const struct card *card)
{
	if (card_begins(card, ".csparam") && lacks_assignment(card->text))
		return ".csparam NAME=VALUE";
	if (card_begins(card, ".model") && lacks_words(card->text))
		return ".model NAME TYPE(...)";
	if ((card_is(card, ".meas") || card_is(card, ".measure")) && breaks_off_measure(card->text))
		return ".meas ANALYSIS NAME FUNCTION OF-WHAT [WHERE]";
	return NULL;
}

static void check_circuit(struct lint *lint, const struct reached *reached)
{
	const struct carom_circuit *circuit = reached->circuit;

	for (uint32_t i = 0; i < circuit->n_cards; i++) {
		const struct card *card = &circuit->cards[i];
		const char *usage;

		if (card->role != CARD_OTHER || reached_is_conditional(reached, i))
			continue;
		usage = broken_usage(card);
		if (usage)
			lint_add(lint, circuit, i, DEADLY(RULE_MISSING_VALUE),
				 "%.*s breaks off, and ngspice crashes at it: %s",
				 (int)strcspn(card->text, BLANKS), card->text, usage);
		else if (card_is(card, ".ic") || card_is(card, ".nodeset"))
			check_start(lint, circuit, i);
	}
}

/* The first .sens frees matrix elements that the second loads (cktsens.c; use after free). */
static void check_sens(struct lint *lint)
{
	const struct carom_circuit *root = lint->root;
	const struct reached *reached = &lint->reach.list[lint->reach.count - 1];
	unsigned count = 0;

	for (uint32_t i = 0; i < root->n_cards; i++) {
		const struct card *card = &root->cards[i];

		if (card->role != CARD_ANALYSIS || !card_is(card, ".sens") ||
		    reached_is_conditional(reached, i))
			continue;
		if (++count > 1)
			lint_add(lint, root, i, DEADLY(RULE_CRASHING_SENS),
				 ".sens: ngspice 39 crashes at the second of one deck; leave one");
	}
}

/* The first analysis of that kind; NAME_NONE: there is none. */
static uint32_t find_analysis(const struct lint *lint, const char *keyword)
{
	const struct carom_circuit *root = lint->root;
	const struct reached *reached = &lint->reach.list[lint->reach.count - 1];

	for (uint32_t i = 0; i < root->n_cards; i++) {
		const struct card *card = &root->cards[i];

		if (card->role == CARD_ANALYSIS && card_is(card, keyword) &&
		    !reached_is_conditional(reached, i))
			return i;
	}
	return NAME_NONE;
}

/* .pz frees the matrix whose elements the ports of .sp write to (vsrcacld.c; use after free). */
static void check_pz(struct lint *lint)
{
	uint32_t card = find_analysis(lint, ".pz");

	if (card != NAME_NONE && find_analysis(lint, ".sp") != NAME_NONE)
		lint_add(lint, lint->root, card, DEADLY(RULE_BAD_ANALYSIS),
			 ".pz: ngspice 39 crashes at it and .sp in one deck; leave one");
}

void lint_whole(struct lint *lint)
{
	for (size_t i = 0; i < lint->reach.count; i++)
		check_circuit(lint, &lint->reach.list[i]);
	check_sens(lint);
	check_pz(lint);
}
