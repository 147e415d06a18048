/* SPDX-License-Identifier: BSD-3-Clause */
/* What .ic, .save, .print, .meas and the like name that is not there. */
#include <string.h>

#include "base/name.h"
#include "circuit/card-expression.h"
#include "circuit/lint.h"

#define BLANKS " \t"

struct output {
	struct lint *lint;
	uint32_t card;
};

static bool has_name(const struct carom_circuit *root, bool is_net, const char *name, size_t length)
{
	return is_net ? circuit_net_of_name(root, name, length) > 0
		      : circuit_element_of_name(root, name, length) > 0;
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
	if (!is_plain(name, length) || has_name(root, is_net, name, length))
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

void lint_outputs(struct lint *lint)
{
	const struct carom_circuit *root = lint->root;
	bool names_are_known = !circuit_has_code_models(root);

	for (uint32_t i = 0; i < root->n_cards; i++) {
		struct output output = {lint, i};

		if (root->cards[i].text[0] != '.')
			continue;
		if (names_are_known && is_output(&root->cards[i]))
			expression_each_reference(root->cards[i].text, root->cards[i].length,
						  LANGUAGE_BEHAVIOUR, see_reference, &output);
	}
}
