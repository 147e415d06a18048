/* SPDX-License-Identifier: BSD-3-Clause */
/* What one element's card says: words that ngspice cannot do without, or dies of. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/lint-element.h"

/* The key's value in the card's tail; false if there is no such key. */
bool lint_find_value(const struct lint_subject *subject, const char *key, struct word *value)
{
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;

	while (scan_word(text, &at, &word)) {
		if (!word.is_key)
			continue;
		if (word_is(text, &word, key)) {
			scan_value(text, &at, value);
			return true;
		}
	}
	return false;
}

bool lint_read_number(const struct lint_subject *subject, const struct word *word, double *number)
{
	const char *text = subject->card->text + word->begin;
	size_t length = word->length, used;

	if (length > 2 && text[0] == '{' && text[length - 1] == '}') {
		length -= 2;
		return number_read(text + 1, length, number, &used) && used == length;
	}
	return number_read(text, length, number, &used);
}

/* ---- behavioural and controlled sources ---- */

static void check_behavioural(const struct lint_subject *subject)
{
	const char *text = subject->card->text;
	struct word value = {0};
	bool has_i = lint_find_value(subject, "i", &value);
	bool has_v = lint_find_value(subject, "v", &value);

	if (has_v == has_i)
		LINT_REPORT(subject, RULE_BAD_SOURCE, "%s: a behavioural source needs %s",
			    subject->name,
			    has_v ? "v= or i=, not both" : "v=EXPRESSION or i=EXPRESSION");
	else if (value.length == 0)
		LINT_REPORT(subject, RULE_MISSING_VALUE, "%s: there is no expression behind \"=\"",
			    subject->name);
	else if (value.length > 4 && name_compare_n(text + value.begin, "pwl(", 4) == 0)
		lint_behaviour(subject->lint, subject->circuit, subject->element->card, NULL,
			       text + value.begin, value.length);
}

/* "value", "value=", "value={}" without anything in it. */
static void check_controlled(const struct lint_subject *subject)
{
	static const char *const keywords[] = {"value", "vol", "cur"};
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;

	if (!scan_word(text, &at, &word))
		return;
	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++) {
		const char *rest = text + at + strspn(text + at, " \t=");

		if (word_is(text, &word, keywords[i]) &&
		    (*rest == '\0' || strspn(rest, "{} \t'") == strlen(rest)))
			LINT_REPORT(subject, RULE_MISSING_VALUE,
				    "%s: there is no expression behind \"%s\"", subject->name,
				    keywords[i]);
	}
}

/* ---- lines ---- */

static void check_line(const struct lint_subject *subject)
{
	struct word value;
	double z0;

	if (!lint_find_value(subject, "z0", &value) && !lint_find_value(subject, "zo", &value))
		LINT_REPORT(subject, RULE_MISSING_VALUE,
			    "%s: a lossless line needs z0=", subject->name);
	else if (lint_read_number(subject, &value, &z0) && z0 == 0)
		LINT_REPORT(subject, RULE_BAD_VALUE, "%s: z0 must not be 0", subject->name);
}

/* ---- values ---- */

/* R of 0 becomes 1 mOhm. */
static void check_zero(const struct lint_subject *subject)
{
	if (subject->is_number && subject->number == 0)
		LINT_REPORT(subject, RULE_ZERO_RESISTANCE,
			    "%s: ngspice takes 0 ohm for 1 mOhm; write a voltage source of 0 for a "
			    "wire",
			    subject->name);
}

/* "1M", "1F": a unit or a mega that is read as a scale. */
static void check_suffix(const struct lint_subject *subject)
{
	const struct word *word = &subject->first;
	const char *suffix = subject->text + word->begin + word->length - 1;
	bool is_resistor = subject->element->kind == 'r';

	if (!subject->is_number || *suffix != (is_resistor ? 'M' : 'F') || word->length < 2 ||
	    strchr("0123456789.", suffix[-1]) == NULL)
		return;
	if (is_resistor)
		LINT_REPORT(subject, RULE_SUFFIX,
			    "%s: M is milli: %.*s is %g ohm; write meg for mega", subject->name,
			    (int)word->length, subject->text + word->begin, subject->number);
	else
		LINT_REPORT(subject, RULE_SUFFIX,
			    "%s: F is femto: %.*s is %g farad; leave the unit out", subject->name,
			    (int)word->length, subject->text + word->begin, subject->number);
}

/* Is a letter, but no exponent's, in front of the last digits and their sign? */
static bool has_letter_inside(const char *text, const struct word *word)
{
	uint32_t at = word->begin + word->length;
	char letter;

	while (at > word->begin && strchr("0123456789", text[at - 1]))
		at--;
	if (at > word->begin && strchr("+-", text[at - 1]))
		at--;
	letter = at > word->begin ? (char)(text[at - 1] | 0x20) : '\0';
	return letter >= 'a' && letter <= 'z' && letter != 'e';
}

/* "4k7" is 4k to ngspice, and "1d-3" is 1: digits behind a letter that is no exponent's. */
static void check_notation(const struct lint_subject *subject)
{
	const struct word *word = &subject->first;
	char last;

	if (!subject->is_number)
		return;
	last = subject->text[word->begin + word->length - 1];
	if (last >= '0' && last <= '9' && has_letter_inside(subject->text, word))
		LINT_REPORT(
			subject, RULE_SUFFIX,
			"%s: ngspice reads \"%.*s\" as %g; write it with a point and one scale, as "
			"in 4.7k or 1e-3",
			subject->name, (int)word->length, subject->text + word->begin,
			subject->number);
}

static void note_expression(void *arg, const struct card_expression *expression)
{
	(void)expression;
	*(bool *)arg = true;
}

/*
 * "1k time": ngspice takes an R, C or L with such a word for a behavioural one, and its first {...}
 * for the expression; what stands behind "=" and is no number it has put in braces before.
 */
static void check_braces(const struct lint_subject *subject)
{
	const char *tail = subject->text + subject->tail;
	bool has_expression = false;

	if (!subject->is_behavioural)
		return;
	card_each_expression(subject->card, subject->element->kind, note_expression,
			     &has_expression);
	if (!has_expression && tail[strspn(tail, " \t")] != '(')
		LINT_REPORT(
			subject, RULE_BAD_EXPRESSION,
			"%s: with time, temper, hertz, v() or i() on its card its value must be "
			"in braces",
			subject->name);
}

/* The third word of a K. */
static void check_factor(const struct lint_subject *subject)
{
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;
	double value;
	size_t used;

	for (unsigned i = 0; i < 3; i++) {
		if (!scan_word(text, &at, &word))
			return;
	}
	if (number_read(text + word.begin, word.length, &value, &used) && fabs(value) > 1)
		LINT_REPORT(subject, RULE_COUPLING_FACTOR,
			    "%s: a coupling of %g makes energy from nothing; it must not exceed 1",
			    subject->name, value);
	if (!word.is_key && scan_word(text, &at, &word))
		LINT_REPORT(subject, RULE_ELEMENT_PARAM,
			    "%s: \"%.*s\" stands behind two inductors and their coupling; couple "
			    "more in pairs",
			    subject->name, (int)word.length, text + word.begin);
}

/* ---- all ---- */

static void check_element(const struct lint_subject *subject)
{
	switch (subject->element->kind) {
	case 'a':
		lint_code_model(subject);
		break;
	case 'b':
		check_behavioural(subject);
		break;
	case 'e':
	case 'g':
		check_controlled(subject);
		break;
	case 'i':
	case 'v':
		lint_source(subject);
		break;
	case 't':
		check_line(subject);
		break;
	case 'r':
		check_zero(subject);
		check_suffix(subject);
		check_notation(subject);
		check_braces(subject);
		break;
	case 'c':
		check_suffix(subject);
		check_notation(subject);
		check_braces(subject);
		break;
	case 'l':
		check_notation(subject);
		check_braces(subject);
		break;
	case 'k':
		check_factor(subject);
		break;
	case 'p':
		lint_coupled(subject);
		break;
	case 'y':
		lint_single(subject);
		break;
	default:
		break;
	}
	lint_tail(subject);
}

/*
 * ngspice puts numbers for {temper} where numparam does not, and looks for the word all over the
 * card: where it is no part of an expression it crashes.
 */
void lint_temper(struct lint *lint, const struct carom_circuit *circuit, uint32_t index,
		 const char *name)
{
	const struct card *card = &circuit->cards[index];
	struct word word, value;
	uint32_t at = 0;

	if (!scan_may_depend(card->text, card->length) ||
	    !expression_has_word(card->text, card->length, "temper"))
		return;
	while (scan_word(card->text, &at, &word)) {
		if (word.is_key)
			scan_value(card->text, &at, &value);
		else if (word_is(card->text, &word, "temper"))
			lint_add(lint, circuit, index, DEADLY(RULE_RESERVED_NAME),
				 "%s: \"temper\" is the temperature; a net, a model or an element "
				 "of this name crashes ngspice",
				 name);
	}
}

void lint_subject_read(struct lint_subject *subject)
{
	const char *text = subject->text;
	struct scanner scanner;
	struct word *first = &subject->first;
	size_t used;

	scanner_init(&scanner, text, subject->card->length);
	for (uint32_t i = 0; i <= subject->element->n_pins; i++)
		scanner_next(&scanner, first);
	subject->tail = scanner.at;
	if (!scanner_next(&scanner, first))
		first->length = 0;
	subject->is_number =
		first->length > 0 && !first->is_key &&
		number_read(text + first->begin, first->length, &subject->number, &used);
	subject->is_behavioural = subject->kind->may_have_model &&
				  card_is_behavioural(subject->card, subject->kind->letter);
}

void lint_element(const struct lint_subject *subject)
{
	if (!strchr("vbiegfhx", subject->element->kind)) /* in these it does not look */
		lint_temper(subject->lint, subject->circuit, subject->element->card, subject->name);
	check_element(subject);
}
