/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Cards of .param that ngspice 39 does not take apart: it finds no name in front of "=", or no end
 * of the card (inpcom.c, inp_split_multi_param_lines; numparam/xpressn.c, nupa_assignment).
 */
#include <string.h>

#include "circuit/lint.h"
#include "circuit/scan.h"

#define BLANKS " \t"

/* A .param card under check. */
struct definition {
	struct lint *lint;
	const struct carom_circuit *circuit;
	uint32_t card;
	const char *begin; /* of what is behind the keyword */
	bool is_one;       /* there is but one "=", and all in front of it may be a name */
};

#define REPORT(definition, rule, ...) \
	lint_add((definition)->lint, (definition)->circuit, (definition)->card, rule, __VA_ARGS__)

/* Bytes that numparam begins a name with: mystring.c, alfa. */
static bool has_letter(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char lower = (char)(text[i] | 0x20);

		if ((lower >= 'a' && lower <= 'z') || strchr("_[]", text[i]) || (text[i] & 0x80))
			return true;
	}
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static void check_name(const struct definition *definition, const char *equals)
{
	const char *end = equals, *begin;

	while (end > definition->begin && is_blank(end[-1]))
		end--;
	for (begin = end; begin > definition->begin && !is_blank(begin[-1]);)
		begin--;
	if (definition->is_one)
		begin = definition->begin;
	if (begin == end || memchr(begin, '=', (size_t)(end - begin)) ||
	    has_letter(begin, (size_t)(end - begin)))
		return;
	REPORT(definition, RULE_BAD_PARAM,
	       ".param: \"%.*s\" is no name; one begins with a letter or \"_\"", (int)(end - begin),
	       begin);
}

/* A string is passed over; a comma outside of parentheses is where ngspice stays for ever. */
static bool never_ends(const char *value)
{
	unsigned n_braces = 0, n_brackets = 0;
	bool is_quoted = false;

	for (const char *p = value; *p; p++) {
		bool is_inside = n_braces > 0 || n_brackets > 0 || is_quoted;

		if (*p == '"')
			p += strcspn(p + 1, "\"") + (strchr(p + 1, '"') != NULL);
		else if (is_blank(*p) && !is_inside)
			return false;
		else if (*p == ',' && n_brackets == 0)
			return true;
		is_quoted ^= *p == '\'';
		n_braces += *p == '{';
		n_braces -= *p == '}' && n_braces > 0;
		n_brackets += *p == '(';
		n_brackets -= *p == ')' && n_brackets > 0;
	}
	return false;
}

/* The "=" in front of a value. */
static const char *equals_before(const char *value)
{
	do
		value--;
	while (*value != '=');
	return value;
}

/* A first word with "(" makes it a function: "f(x)=...". */
static bool is_function(const struct definition *definition)
{
	const char *open = definition->begin + strcspn(definition->begin, " \t=(");

	if (*open != '(')
		return false;
	if (!strchr(open, ')'))
		REPORT(definition, RULE_BAD_FUNCTION,
		       ".param: the arguments of a function must be in parentheses: f(x)={x*x}");
	return true;
}

static void check_card(struct definition *definition)
{
	const char *text = definition->circuit->cards[definition->card].text;
	struct assignment assignment;
	bool is_endless = false;
	uint32_t at;

	at = (uint32_t)strcspn(text, BLANKS "=");
	at += (uint32_t)strspn(text + at, BLANKS);
	definition->begin = text + at;
	if (is_function(definition))
		return;
	definition->is_one =
		scan_assignment(text, &at, &assignment) && !scan_assignment(text, &at, &assignment);
	at = (uint32_t)(definition->begin - text);
	while (scan_assignment(text, &at, &assignment)) {
		const char *value = text + assignment.value.begin;

		check_name(definition, equals_before(value));
		is_endless |= !definition->is_one && never_ends(value);
	}
	if (is_endless)
		REPORT(definition, RULE_BAD_PARAM,
		       ".param: ngspice never gets over a comma between values; write blanks");
}

/* ".subckt s a 1x=2": there ngspice makes a card ".param 1x=2" of it, which it reads by its rules. */
static void check_line(struct lint *lint, const struct carom_circuit *child)
{
	const struct card *card = &child->parent->cards[child->card];
	struct assignment assignment;
	uint32_t at = 0;

	while (scan_assignment(card->text, &at, &assignment)) {
		const char *name = card->text + assignment.name.begin;

		if (strchr("0123456789", *name))
			lint_add(lint, child->parent, child->card, RULE_BAD_PARAM,
				 ".subckt: \"%.*s\" is no name; one begins with a letter",
				 (int)assignment.name.length, name);
	}
}

void lint_definitions(struct lint *lint)
{
	for (size_t i = 0; i < lint->reach.count; i++) {
		const struct carom_circuit *circuit = lint->reach.list[i].circuit;

		if (circuit->parent)
			check_line(lint, circuit);
		for (uint32_t k = 0; k < circuit->n_cards; k++) {
			struct definition definition = {lint, circuit, k, NULL, false};

			if (circuit->cards[k].role == CARD_PARAM)
				check_card(&definition);
		}
	}
}
