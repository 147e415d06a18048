/* SPDX-License-Identifier: BSD-3-Clause */
/* What .ic, .save, .print, .meas and the like name that is not there, and those that break off. */
#include <string.h>

#include "base/name.h"
#include "circuit/card-expression.h"
#include "circuit/lint.h"

#define BLANKS " \t"

struct output {
	struct lint *lint;
	uint32_t card;
};

static bool has_name(const struct carom_circuit *root, const struct name_index *index,
		     const char *name, size_t length)
{
	return name_index_get(index, name_find(root->names, name, length)) > 0;
}

/*
 * What is in a subcircuit or a device has a name with one of these; that is not looked up, nor are
 * the results of a noise analysis: "inoise_spectrum".
 */
static bool is_plain(const char *name, size_t length)
{
	if (length > 6 && name_compare_n(name + 1, "noise", 5) == 0)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (strchr(".#:{}'\"@*$", name[i]))
			return false;
	}
	return length > 0;
}

static void check_name(const struct output *output, bool is_net, const char *name, size_t length)
{
	const struct carom_circuit *root = output->lint->root;
	const char *text = root->cards[output->card].text;

	while (length > 0 && strchr(" \t", *name)) {
		name++;
		length--;
	}
	while (length > 0 && strchr(" \t", name[length - 1]))
		length--;
	if (!is_plain(name, length) ||
	    has_name(root, is_net ? &root->net_of_name : &root->element_of_name, name, length))
		return;
	lint_add(output->lint, root, output->card, RULE_UNKNOWN_OUTPUT,
		 "%.*s: there is no %s \"%.*s\"; is its name spelt right?",
		 (int)strcspn(text, " \t"), text, is_net ? "net" : "element", (int)length, name);
}

/* v(a), v(a, b), i(v1) */
static void see_reference(void *arg, const struct reference *reference)
{
	const struct output *output = arg;
	const char *name = reference->text, *end = name + reference->length;
	const char *comma = memchr(name, ',', reference->length);

	if (reference->kind == REFERENCE_CURRENT) {
		check_name(output, false, name, reference->length);
	} else if (reference->kind == REFERENCE_VOLTAGE) {
		check_name(output, true, name, (size_t)((comma ? comma : end) - name));
		if (comma)
			check_name(output, true, comma + 1, (size_t)(end - comma - 1));
	}
}

static bool is_output(const struct card *card)
{
	static const char *const keywords[] = {".ic",   ".nodeset", ".save",    ".print", ".plot",
					       ".four", ".meas",    ".measure", ".noise", ".tf"};

	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		if (card_is(card, keywords[i]))
			return true;
	}
	return false;
}

/* A code model may have nets that the graph does not know. */
static bool has_code_models(const struct carom_circuit *root)
{
	for (size_t i = 0; i < root->n_elements; i++) {
		if (root->elements[i].kind == 'a')
			return true;
	}
	return false;
}

enum { MEASURE_WORDS = 6 }; /* of a measurement, that decide whether it is whole */

static bool is_text(const char *word, size_t length, const char *text)
{
	return length == strlen(text) && name_compare_n(word, text, length) == 0;
}

/* ".meas tran NAME", "... when", "... find v(a)", "... find v(a) when" */
static bool breaks_off_measure(const char *text)
{
	const char *words[MEASURE_WORDS + 1] = {text}, *last = text;
	size_t lengths[MEASURE_WORDS + 1] = {0}, n = 0;

	for (const char *p = text; *p; p += strspn(p, BLANKS)) {
		size_t length = strcspn(p, BLANKS);

		last = p;
		words[n] = p;
		lengths[n] = length;
		n += n < MEASURE_WORDS;
		p += length;
	}
	if (n < 2)
		return true;
	if (!is_text(words[1], lengths[1], "tran") && !is_text(words[1], lengths[1], "ac") &&
	    !is_text(words[1], lengths[1], "dc"))
		return false;
	return n < 4 || is_text(last, strcspn(last, BLANKS), "when") ||
	       (n < MEASURE_WORDS && is_text(words[3], lengths[3], "find"));
}

/* The last thing of the card is a "v" without a net. */
static bool breaks_off_net(const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(BLANKS "(),=", text[length - 1]))
		length--;
	return length > 1 && name_compare_n(text + length - 1, "v", 1) == 0 &&
	       strchr(BLANKS, text[length - 2]);
}

/* ngspice reads on behind the end of these, and crashes. */
static void check_is_whole(struct lint *lint, uint32_t index)
{
	const struct card *card = &lint->root->cards[index];
	const char *usage = NULL;

	if (card_is(card, ".csparam") && !strchr(card->text, '='))
		usage = ".csparam NAME=VALUE";
	else if ((card_is(card, ".meas") || card_is(card, ".measure")) &&
		 breaks_off_measure(card->text))
		usage = ".meas ANALYSIS NAME FUNCTION OF-WHAT [WHERE]";
	else if ((card_is(card, ".ic") || card_is(card, ".nodeset")) && breaks_off_net(card->text))
		usage = ".ic v(NET)=VALUE";
	if (usage)
		lint_add(lint, lint->root, index, RULE_MISSING_VALUE,
			 "%.*s breaks off, and ngspice crashes at it: %s",
			 (int)strcspn(card->text, BLANKS), card->text, usage);
}

void lint_outputs(struct lint *lint)
{
	const struct carom_circuit *root = lint->root;
	bool names_are_known = !has_code_models(root);

	for (uint32_t i = 0; i < root->n_cards; i++) {
		struct output output = {lint, i};

		if (root->cards[i].text[0] != '.')
			continue;
		check_is_whole(lint, i);
		if (names_are_known && is_output(&root->cards[i]))
			expression_each_reference(root->cards[i].text, root->cards[i].length,
						  LANGUAGE_BEHAVIOUR, see_reference, &output);
	}
}
