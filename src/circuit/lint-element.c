/* SPDX-License-Identifier: BSD-3-Clause */
/* What one element's card says: words that ngspice cannot do without, or dies of. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/element-kind.h"
#include "circuit/external.h"
#include "circuit/lint.h"
#include "circuit/scan.h"

struct subject {
	struct lint *lint;
	const struct carom_circuit *circuit;
	const struct element *element;
	const struct card *card;
	const char *name;
	uint32_t tail; /* byte behind the nets */
};

#define REPORT(subject, rule, ...) \
	lint_add((subject)->lint, (subject)->circuit, (subject)->element->card, rule, __VA_ARGS__)

/* The key's value in the card's tail; false if there is no such key. */
static bool find_value(const struct subject *subject, const char *key, struct word *value)
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

static double number_of(const struct subject *subject, const struct word *word)
{
	double value;
	size_t used;

	if (number_read(subject->card->text + word->begin, word->length, &value, &used))
		return value;
	return 1; /* an expression: in doubt for it */
}

/* ---- any element ---- */

/* "ic=" at the end of a card. */
static void check_last_word(const struct subject *subject)
{
	const char *text = subject->card->text;
	uint32_t length = subject->card->length;

	while (length > 0 && strchr(" \t", text[length - 1]))
		length--;
	if (length > 0 && text[length - 1] == '=')
		REPORT(subject, RULE_MISSING_VALUE, "%s: there is no value behind the last \"=\"",
		       subject->name);
}

/* ngspice stops at a parameter that the device does not have. */
static void check_params(const struct subject *subject)
{
	const struct element_kind *kind = element_kind_find(subject->element->kind);
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word, value;

	while (scan_word(text, &at, &word)) {
		char param[32];

		if (!word.is_key)
			continue;
		scan_value(text, &at, &value);
		if (word.length >= sizeof(param))
			continue;
		memcpy(param, text + word.begin, word.length);
		param[word.length] = '\0';
		if (!element_kind_has_param(kind, param))
			REPORT(subject, RULE_ELEMENT_PARAM, "%s: a %s has no parameter \"%s\"",
			       subject->name, kind->name, param);
	}
}

/* ---- sources ---- */

/* "pulse(0 1)": how many numbers there are at least. */
static const struct {
	const char *name;
	unsigned least;
} waveforms[] = {{"pulse", 2}, {"sin", 2}, {"exp", 2},     {"sffm", 2},
		 {"am", 2},    {"pwl", 2}, {"trnoise", 1}, {"trrandom", 1}};

static unsigned count_words(const char *text, uint32_t at)
{
	struct word word;
	unsigned count = 0;

	while (scan_word(text, &at, &word))
		count++;
	return count;
}

static void check_waveform(const struct subject *subject)
{
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;

	while (scan_word(text, &at, &word)) {
		for (size_t i = 0; i < sizeof(waveforms) / sizeof(waveforms[0]); i++) {
			if (word_is(text, &word, waveforms[i].name) &&
			    count_words(text, at) < waveforms[i].least)
				REPORT(subject, RULE_BAD_WAVEFORM,
				       "%s: %s needs %u number%s at least", subject->name,
				       waveforms[i].name, waveforms[i].least,
				       waveforms[i].least > 1 ? "s" : "");
		}
	}
}

/* pwl(t1 v1 t2 v2 ...): times must not go back; expressions are given the benefit of the doubt. */
static void check_pwl_times(const struct subject *subject)
{
	const char *text = subject->card->text;
	double time = -1e99, next;
	uint32_t at = subject->tail;
	struct word word;
	size_t used;

	while (scan_word(text, &at, &word) && !word_is(text, &word, "pwl"))
		;
	for (unsigned i = 0; scan_word(text, &at, &word); i++) {
		if (!number_read(text + word.begin, word.length, &next, &used))
			return;
		if (i % 2 != 0)
			continue;
		if (next < time) {
			REPORT(subject, RULE_BAD_WAVEFORM,
			       "%s: the times of pwl go back at \"%.*s\"; put them in order",
			       subject->name, (int)word.length, text + word.begin);
			return;
		}
		time = next;
	}
}

static void check_source(const struct subject *subject)
{
	const char *fault = external_fault(subject->circuit, subject->element);

	check_waveform(subject);
	check_pwl_times(subject);
	if (fault)
		REPORT(subject, RULE_EXTERNAL_DC, "%s: %s", subject->name, fault);
	else if (element_is_external(subject->circuit, subject->element))
		REPORT(subject, RULE_EXTERNAL_SOURCE,
		       "%s: an external source takes its value from a host program; the commands "
		       "run, mc and ngspice -b have none",
		       subject->name);
}

/* ---- behavioural and controlled sources ---- */

static void check_behavioural(const struct subject *subject)
{
	const char *text = subject->card->text;
	struct word value = {0};
	bool has_i = find_value(subject, "i", &value);
	bool has_v = find_value(subject, "v", &value);

	if (has_v == has_i)
		REPORT(subject, RULE_BAD_SOURCE, "%s: a behavioural source needs %s", subject->name,
		       has_v ? "v= or i=, not both" : "v=EXPRESSION or i=EXPRESSION");
	else if (value.length == 0)
		REPORT(subject, RULE_MISSING_VALUE, "%s: there is no expression behind \"=\"",
		       subject->name);
	else if (value.length > 4 && name_compare_n(text + value.begin, "pwl(", 4) == 0)
		lint_behaviour(subject->lint, subject->circuit, subject->element->card,
			       text + value.begin, value.length);
}

/* "value", "value=", "value={}" without anything in it. */
static void check_controlled(const struct subject *subject)
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
			REPORT(subject, RULE_MISSING_VALUE,
			       "%s: there is no expression behind \"%s\"", subject->name,
			       keywords[i]);
	}
}

/* ---- lines ---- */

static void check_line(const struct subject *subject)
{
	struct word value;

	if (!find_value(subject, "z0", &value) && !find_value(subject, "zo", &value))
		REPORT(subject, RULE_MISSING_VALUE, "%s: a lossless line needs z0=", subject->name);
	else if (number_of(subject, &value) == 0)
		REPORT(subject, RULE_BAD_VALUE, "%s: z0 must not be 0", subject->name);
}

/* ---- values ---- */

/* R of 0 becomes 1 mOhm. */
static void check_resistor(const struct subject *subject)
{
	uint32_t at = subject->tail;
	struct word word;
	double value;
	size_t used;

	if (scan_word(subject->card->text, &at, &word) && !word.is_key &&
	    number_read(subject->card->text + word.begin, word.length, &value, &used) && value == 0)
		REPORT(subject, RULE_ZERO_RESISTANCE,
		       "%s: ngspice takes 0 ohm for 1 mOhm; write a voltage source of 0 for a wire",
		       subject->name);
}

/* "1M", "1F": a unit or a mega that is read as a scale. */
static void check_suffix(const struct subject *subject)
{
	bool is_resistor = subject->element->kind == 'r';
	uint32_t at = subject->tail;
	const char *suffix;
	struct word word;
	double value;
	size_t used;

	if (!scan_word(subject->card->text, &at, &word) || word.is_key || word.length < 2 ||
	    !number_read(subject->card->text + word.begin, word.length, &value, &used))
		return;
	suffix = subject->card->text + word.begin + word.length - 1;
	if (strchr("0123456789.", suffix[-1]) == NULL)
		return;
	if (is_resistor && *suffix == 'M')
		REPORT(subject, RULE_SUFFIX, "%s: M is milli: %.*s is %g ohm; write meg for mega",
		       subject->name, (int)word.length, subject->card->text + word.begin, value);
	else if (subject->element->kind == 'c' && *suffix == 'F')
		REPORT(subject, RULE_SUFFIX, "%s: F is femto: %.*s is %g farad; leave the unit out",
		       subject->name, (int)word.length, subject->card->text + word.begin, value);
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
static void check_notation(const struct subject *subject)
{
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;
	double value;
	size_t used;

	if (!scan_word(text, &at, &word) || word.is_key ||
	    !number_read(text + word.begin, word.length, &value, &used))
		return;
	if (strchr("0123456789", text[word.begin + word.length - 1]) &&
	    has_letter_inside(text, &word))
		REPORT(subject, RULE_SUFFIX,
		       "%s: ngspice reads \"%.*s\" as %g; write it with a point and one scale, as "
		       "in 4.7k or 1e-3",
		       subject->name, (int)word.length, text + word.begin, value);
}

/* The third word of a K. */
static void check_factor(const struct subject *subject)
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
		REPORT(subject, RULE_COUPLING_FACTOR,
		       "%s: a coupling of %g makes energy from nothing; it must not exceed 1",
		       subject->name, value);
}

/* ---- all ---- */

static void check_element(const struct subject *subject)
{
	switch (subject->element->kind) {
	case 'b':
		check_behavioural(subject);
		break;
	case 'e':
	case 'g':
		check_controlled(subject);
		break;
	case 'i':
	case 'v':
		check_source(subject);
		break;
	case 't':
		check_line(subject);
		break;
	case 'r':
		check_resistor(subject);
		check_suffix(subject);
		check_notation(subject);
		break;
	case 'c':
		check_suffix(subject);
		check_notation(subject);
		break;
	case 'l':
		check_notation(subject);
		break;
	case 'k':
		check_factor(subject);
		break;
	default:
		break;
	}
	if (strchr("begx", subject->element->kind) == NULL)
		check_last_word(subject);
	if (strchr("clr", subject->element->kind) &&
	    memchr(subject->card->text, '=', subject->card->length) &&
	    !card_is_behavioural(subject->card, subject->element->kind))
		check_params(subject);
}

void lint_element(struct lint *lint, const struct carom_circuit *circuit,
		  const struct element *element)
{
	const struct card *card = &circuit->cards[element->card];
	struct subject subject = {
		.lint = lint,
		.circuit = circuit,
		.element = element,
		.card = card,
		.name = name_text(circuit->names, element->name),
	};
	struct word word;

	for (uint32_t i = 0; i <= element->n_pins; i++)
		scan_word(card->text, &subject.tail, &word);
	check_element(&subject);
}
