/* SPDX-License-Identifier: BSD-3-Clause */
/* Voltage and current sources: waveforms, and words without which ngspice 39 crashes over others. */
#include <math.h>
#include <string.h>

#include "circuit/expression.h"
#include "circuit/external.h"
#include "circuit/lint-element.h"

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

static void check_waveform(const struct lint_subject *subject)
{
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;

	while (scan_word(text, &at, &word)) {
		for (size_t i = 0; i < sizeof(waveforms) / sizeof(waveforms[0]); i++) {
			if (word_is(text, &word, waveforms[i].name) &&
			    count_words(text, at) < waveforms[i].least)
				LINT_REPORT(subject, RULE_BAD_WAVEFORM,
					    "%s: %s needs %u number%s at least", subject->name,
					    waveforms[i].name, waveforms[i].least,
					    waveforms[i].least > 1 ? "s" : "");
		}
	}
}

/* pwl(t1 v1 t2 v2 ...): times must not go back; expressions are given the benefit of the doubt. */
static void check_pwl_times(const struct lint_subject *subject)
{
	const char *text = subject->card->text;
	double time = -1e99, next, value;
	struct word word, of_value;
	uint32_t at = subject->tail;

	while (scan_word(text, &at, &word) && !word_is(text, &word, "pwl"))
		;
	while (scan_word(text, &at, &word) && lint_read_number(subject, &word, &next) &&
	       scan_word(text, &at, &of_value) && lint_read_number(subject, &of_value, &value)) {
		if (next < time) {
			LINT_REPORT(subject, RULE_BAD_WAVEFORM,
				    "%s: the times of pwl go back at \"%.*s\"; put them in order",
				    subject->name, (int)word.length, text + word.begin);
			return;
		}
		time = next;
	}
}

/* "ac ()": ngspice puts "1 0" where nothing follows, and crashes where brackets do. */
static void check_ac(const struct lint_subject *subject)
{
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;

	while (scan_word(text, &at, &word)) {
		const char *rest = text + at + strspn(text + at, " \t");

		if (!word_is(text, &word, "ac") || *rest != '(')
			continue;
		rest += strspn(rest, "( \t");
		if (*rest == '\0' || *rest == ')')
			LINT_REPORT(subject, DEADLY(RULE_MISSING_VALUE),
				    "%s: there is no magnitude in the brackets of ac, for which "
				    "ngspice crashes",
				    subject->name);
	}
}

/* Is there a number or an expression at the byte? */
static bool has_number(const struct lint_subject *subject, uint32_t at)
{
	struct word word;
	double number;

	return scan_word(subject->text, &at, &word) && (strchr("{'\"", subject->text[word.begin]) ||
							lint_read_number(subject, &word, &number));
}

/* "distof1" and "distof2" are magnitudes, and ngspice has none for those without. */
static void check_distortion(const struct lint_subject *subject)
{
	const char *text = subject->text;
	uint32_t at = subject->tail;
	struct word word;

	while (scan_word(text, &at, &word)) {
		if (word.is_key || has_number(subject, at) ||
		    (!word_is(text, &word, "distof1") && !word_is(text, &word, "distof2")))
			continue;
		LINT_REPORT(subject, RULE_MISSING_VALUE,
			    "%s: there is no magnitude behind %.*s; write one, as in distof1 1",
			    subject->name, (int)word.length, text + word.begin);
	}
}

static bool is_waveform(const char *text, const struct word *word)
{
	for (size_t i = 0; i < sizeof(waveforms) / sizeof(waveforms[0]); i++) {
		if (word_is(text, word, waveforms[i].name))
			return true;
	}
	return word_is(text, word, "sine");
}

/* "r=0" repeats the pwl in front of it; without a waveform there ngspice crashes. */
static void check_repetition(const struct lint_subject *subject)
{
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;

	while (scan_word(text, &at, &word)) {
		if (is_waveform(text, &word))
			return;
		if (word_is(text, &word, "r")) {
			LINT_REPORT(subject, DEADLY(RULE_BAD_WAVEFORM),
				    "%s: r= repeats the pwl in front of it, and there is none",
				    subject->name);
			return;
		}
	}
}

/* The number behind the word; NAN if there is none that can be read. */
static double number_behind(const struct lint_subject *subject, const char *key)
{
	const char *text = subject->card->text;
	uint32_t at = subject->tail;
	struct word word;
	double number;

	while (scan_word(text, &at, &word)) {
		if (word_is(text, &word, key))
			return scan_word(text, &at, &word) &&
					       lint_read_number(subject, &word, &number)
				       ? number
				       : NAN;
	}
	return NAN;
}

/* ngspice sets a port up if it has a number and an impedance, and crashes at half of it. */
static void check_port(const struct lint_subject *subject)
{
	const char *tail = subject->card->text + subject->tail;
	size_t length = subject->card->length - subject->tail;

	if (!expression_has_word(tail, length, "portnum") || memchr(tail, '{', length) ||
	    memchr(tail, '\'', length))
		return;
	if (!(number_behind(subject, "portnum") >= 1) || isnan(number_behind(subject, "z0")))
		LINT_REPORT(subject, DEADLY(RULE_BAD_VALUE),
			    "%s: a port needs a number from 1 on and an impedance, as in portnum 1 "
			    "z0 50; ngspice crashes without",
			    subject->name);
}

static void check_external(const struct lint_subject *subject)
{
	const char *fault = external_fault(subject->circuit, subject->element);

	if (fault)
		LINT_REPORT(subject, RULE_EXTERNAL_DC, "%s: %s", subject->name, fault);
	else if (element_is_external(subject->circuit, subject->element))
		LINT_REPORT(subject, RULE_EXTERNAL_SOURCE,
			    "%s: an external source takes its value from a host program; the "
			    "commands run, mc and ngspice -b have none",
			    subject->name);
}

void lint_source(const struct lint_subject *subject)
{
	check_waveform(subject);
	check_pwl_times(subject);
	check_ac(subject);
	check_distortion(subject);
	if (subject->element->kind == 'v') {
		check_repetition(subject);
		check_port(subject);
	}
	check_external(subject);
}
