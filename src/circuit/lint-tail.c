/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Parameters of elements: what follows nets, names, model and value.  ngspice 39 does not run a deck
 * with a word there that is none (parser/inpdpar.c), and with coupled lines in it crashes over that.
 */
#include <string.h>

#include "circuit/card-expression.h"
#include "circuit/lint-element.h"

enum { MAX_PARAM = 32 }; /* bytes of a parameter's name */

/* What a number at this place of the card is. */
enum place {
	AT_VALUE, /* the one without a name: a resistance, an area */
	AT_PARAM, /* the value of the parameter in front of it, or one of them */
	AT_END    /* one too many */
};

bool lint_is_param(const struct lint_subject *subject, const struct word *word)
{
	char name[MAX_PARAM];

	if (word->length >= sizeof(name))
		return false;
	memcpy(name, subject->text + word->begin, word->length);
	name[word->length] = '\0';
	return element_kind_has_param(subject->kind, name);
}

static bool is_value(const struct lint_subject *subject, const struct word *word)
{
	double number;

	return strchr("{'\"", subject->text[word->begin]) ||
	       lint_read_number(subject, word, &number);
}

static void report(const struct lint_subject *subject, const struct word *word, bool is_number)
{
	const char *text = subject->text + word->begin;

	if (is_number)
		LINT_REPORT(subject, RULE_ELEMENT_PARAM,
			    "%s: \"%.*s\" is one number too many; name the parameter it is for",
			    subject->name, (int)word->length, text);
	else
		LINT_REPORT(subject, RULE_ELEMENT_PARAM, "%s: a %s has no parameter \"%.*s\"",
			    subject->name, subject->kind->name, (int)word->length, text);
}

static void check_params(const struct lint_subject *subject, uint32_t at, enum place place)
{
	const char *text = subject->text;
	struct word word, value;

	while (scan_word(text, &at, &word)) {
		bool is_number = !word.is_key && is_value(subject, &word);

		if (is_number ? place == AT_END : !lint_is_param(subject, &word)) {
			report(subject, &word, is_number);
			return;
		}
		if (is_number && place == AT_VALUE)
			place = AT_END;
		else if (!is_number)
			place = AT_PARAM;
		if (word.is_key)
			scan_value(text, &at, &value);
	}
}

/* ---- where they begin ---- */

/* Does the model stand behind the nets at once? */
static bool has_model_first(const struct carom_circuit *circuit, const struct element *element)
{
	const char *text = circuit->cards[element->card].text;
	uint32_t at = 0;
	struct word word;

	for (uint32_t i = 0; i <= element->n_pins; i++)
		scan_word(text, &at, &word);
	return scan_word(text, &at, &word) && word.begin == element->model_begin;
}

/* Does another element of the circuit and the kind have the model there? */
static bool is_used_elsewhere(const struct lint_subject *subject)
{
	const struct carom_circuit *circuit = subject->circuit;

	for (size_t i = 0; i < circuit->n_elements; i++) {
		const struct element *element = &circuit->elements[i];

		if (element->kind == subject->element->kind &&
		    element->model == subject->element->model && has_model_first(circuit, element))
			return true;
	}
	return false;
}

/*
 * Is it a model behind a value, "1k rmod"?  ngspice drops models that it does not see in use, and
 * with capacitors and inductors looks for them in front of the value alone.
 */
static bool is_model(const struct lint_subject *subject, const struct word *word)
{
	return !word->is_key && subject->element->model != NAME_NONE &&
	       subject->element->model_begin == word->begin &&
	       (subject->element->kind == 'r' || is_used_elsewhere(subject));
}

/* "1k= 2": ngspice reads a number first, and "=" as a blank. */
static bool is_key(const struct lint_subject *subject)
{
	double number;

	return subject->first.is_key && !lint_read_number(subject, &subject->first, &number);
}

/* R, C, L: "1k", "1k rmod", "rmod 1k"; the first word is checked in lint-name.c. */
static uint32_t behind_value(const struct lint_subject *subject)
{
	uint32_t at = subject->first.begin + subject->first.length, next = at;
	struct word word;

	if (subject->first.length == 0 || is_key(subject) ||
	    (!subject->is_number && lint_is_param(subject, &subject->first)))
		return subject->tail;
	return scan_word(subject->text, &next, &word) && is_model(subject, &word) ? next : at;
}

/* "e1 a 0 b 0 2", as opposed to poly(), value=, table and the like. */
static bool is_linear(const struct lint_subject *subject)
{
	uint32_t at = 0;
	struct word word;

	if (subject->element->n_pins < subject->kind->max_pins ||
	    card_is_behavioural(subject->card, subject->element->kind))
		return false;
	for (unsigned i = 0; i < 4; i++) {
		if (!scan_word(subject->text, &at, &word) ||
		    word_has_dimension(subject->text, &word))
			return false;
	}
	return true;
}

/* More numbers than one make a polynomial of them: its coefficients. */
static void check_gain(const struct lint_subject *subject)
{
	uint32_t at = subject->tail;
	struct word word;

	if (!is_linear(subject))
		return;
	for (unsigned i = 0; i < subject->kind->n_names; i++)
		scan_word(subject->text, &at, &word);
	if (scan_word(subject->text, &at, &word))
		check_params(subject, word.begin, AT_PARAM);
	else
		LINT_REPORT(subject, RULE_MISSING_VALUE,
			    "%s: there is no gain; write it at the end", subject->name);
}

static void check_device(const struct lint_subject *subject)
{
	uint32_t at = subject->element->model_begin;
	struct word word;

	/* numerical devices have file names there */
	if (subject->element->model == NAME_NONE || strcasestr(subject->text, "ic.file"))
		return;
	scan_word(subject->text, &at, &word);
	check_params(subject, at, subject->element->kind == 'm' ? AT_END : AT_VALUE);
}

void lint_tail(const struct lint_subject *subject)
{
	switch (subject->element->kind) {
	case 'c':
	case 'l':
	case 'r':
		if (!subject->is_behavioural)
			check_params(subject, behind_value(subject), AT_VALUE);
		break;
	case 'e':
	case 'f':
	case 'g':
	case 'h':
		check_gain(subject);
		break;
	case 'i':
	case 't':
	case 'v':
		check_params(subject, subject->tail, AT_VALUE);
		break;
	case 'd':
	case 'j':
	case 'm':
	case 'o':
	case 'q':
	case 's':
	case 'u':
	case 'w':
	case 'z':
		check_device(subject);
		break;
	default: /* a, b, k, n, p, x, y: read in ways of their own */
		break;
	}
}
