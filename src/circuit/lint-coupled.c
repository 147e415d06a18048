/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Lines: ngspice 39 believes what their cards and models say, of coupled ones (P) the number of nets
 * and the lists of the model, and ends the library where that does not fit (parser/inp2p.c, inp2y.c,
 * devices/cpl/cplsetup.c, txl/txlsetup.c).
 */
#include <math.h>
#include <string.h>

#include "circuit/lint-element.h"

/* 8: MAX_CP_TX_LINES in ngspice/swec.h, the length of its arrays. */
enum { MAX_LINES = 8, MAX_ENTRIES = MAX_LINES * (MAX_LINES + 1) / 2 };

/* The numbers behind "name=" on the card of the model: how many, and are they numbers all? */
struct entries {
	double value[MAX_ENTRIES];
	unsigned count;
	bool is_known;
};

struct line_model {
	const struct lint_subject *subject; /* the P */
	const struct carom_circuit *circuit;
	const struct model *model;
	unsigned n_lines;
};

#define REPORT(line, rule, ...) \
	lint_add((line)->subject->lint, (line)->circuit, (line)->model->card, rule, __VA_ARGS__)

static bool read_entries(const struct line_model *line, const char *name, struct entries *entries)
{
	const struct lint_subject of_model = {.card = &line->circuit->cards[line->model->card]};
	const char *text = of_model.card->text;
	struct word word;
	uint32_t at = 0;
	bool is_found = false, is_inside = false;

	*entries = (struct entries){.is_known = true};
	for (int i = 0; i < 3; i++) /* .model NAME TYPE */
		scan_word(text, &at, &word);
	while (scan_word(text, &at, &word)) {
		if (word_is(text, &word, name)) {
			is_found = is_inside = true;
			*entries = (struct entries){.is_known = true}; /* the last one counts */
		} else if (word.is_key) {
			is_inside = false;
		} else if (is_inside && entries->count < MAX_ENTRIES) {
			entries->is_known &= lint_read_number(&of_model, &word,
							      &entries->value[entries->count++]);
		}
	}
	return is_found;
}

/*
 * Cholesky's decomposition of the symmetrical matrix whose upper triangle the entries are, row by
 * row; it exists for positive definite ones alone.
 */
static bool is_positive_definite(const struct entries *entries, unsigned n)
{
	double factor[MAX_LINES][MAX_LINES];
	unsigned at = 0;

	for (unsigned row = 0; row < n; row++) {
		for (unsigned column = row; column < n; column++) {
			double sum = entries->value[at++];

			for (unsigned k = 0; k < row; k++)
				sum -= factor[row][k] * factor[column][k];
			if (column > row)
				factor[column][row] = sum / factor[row][row];
			else if (sum > 0)
				factor[row][row] = sqrt(sum);
			else
				return false;
		}
	}
	return true;
}

/* may_be_zero: r and g, which are not inverted. */
static void check_matrix(const struct line_model *line, const char *name, bool may_be_zero)
{
	unsigned n_needed = line->n_lines * (line->n_lines + 1) / 2;
	const char *model = name_text(line->circuit->names, line->model->name);
	struct entries entries;

	if (!read_entries(line, name, &entries))
		REPORT(line, RULE_MISSING_VALUE, "model %s: coupled lines need %s=", model, name);
	else if (entries.count < n_needed) /* ngspice reads on, and for r= writes */
		REPORT(line, DEADLY(RULE_BAD_VALUE),
		       "model %s: %s of %u lines needs %u numbers, not %u", model, name,
		       line->n_lines, n_needed, entries.count);
	else if (!may_be_zero && entries.is_known && !is_positive_definite(&entries, line->n_lines))
		REPORT(line, RULE_BAD_VALUE,
		       "model %s: the matrix %s is not positive definite: its diagonal must "
		       "outweigh "
		       "the rest",
		       model, name);
}

/* The word behind the model's name; of a P it may be either, of a Y it counts as "len" alone. */
static bool has_own_length(const struct lint_subject *subject, double *length)
{
	const char *text = subject->card->text;
	uint32_t at = subject->element->model_begin;
	struct word word;

	scan_word(text, &at, &word);
	if (!scan_word(text, &at, &word) ||
	    !(word_is(text, &word, "len") ||
	      (subject->element->kind == 'p' && word_is(text, &word, "length"))))
		return false;
	*length = 0;
	if (scan_word(text, &at, &word) && !lint_read_number(subject, &word, length))
		*length = NAN;
	return true;
}

static void check_length(const struct line_model *line)
{
	const char *model = name_text(line->circuit->names, line->model->name);
	bool is_coupled = line->subject->element->kind == 'p';
	bool has_own;
	double own;
	struct entries entries;
	bool has_general = read_entries(line, "length", &entries);

	has_own = has_own_length(line->subject, &own);
	if (!has_general && (!is_coupled || !has_own))
		REPORT(line, RULE_MISSING_VALUE, "model %s: %s need%s length=", model,
		       is_coupled ? "coupled lines" : "a line", is_coupled ? "" : "s");
	else if (has_own ? own <= 0
			 : entries.count == 0 || (entries.is_known && entries.value[0] <= 0))
		LINT_REPORT(line->subject, RULE_BAD_VALUE,
			    "%s: the length of a line must be greater than 0", line->subject->name);
}

/* ngspice counts the words of a P: brackets and commas that stand alone, and other parameters. */
static void check_words(const struct lint_subject *subject)
{
	const char *text = subject->card->text;
	uint32_t at = subject->element->model_begin;
	struct word word, value;

	if (strpbrk(text, "()") || strstr(text, " ,"))
		LINT_REPORT(subject, RULE_ELEMENT_PARAM,
			    "%s: ngspice takes brackets and commas for words on a card of coupled "
			    "lines; leave them out",
			    subject->name);
	scan_word(text, &at, &word);
	while (scan_word(text, &at, &word)) {
		if (word.is_key && !word_is(text, &word, "len") && !word_is(text, &word, "length"))
			LINT_REPORT(subject, RULE_ELEMENT_PARAM,
				    "%s: coupled lines have no parameter \"%.*s\"", subject->name,
				    (int)word.length, text + word.begin);
		if (word.is_key)
			scan_value(text, &at, &value);
	}
}

void lint_coupled(const struct lint_subject *subject)
{
	const char *name = name_text(subject->circuit->names, subject->element->model);
	unsigned n_nets = subject->element->n_pins;
	struct line_model line = {.subject = subject, .n_lines = n_nets / 2 - 1};

	check_words(subject);
	if (n_nets < 4 || n_nets % 2 != 0) {
		LINT_REPORT(subject, RULE_PIN_COUNT,
			    "%s: coupled lines need a net per line and a reference, at both ends, "
			    "not %u nets",
			    subject->name, n_nets);
		return;
	}
	if (line.n_lines > MAX_LINES) {
		LINT_REPORT(subject, DEADLY(RULE_PIN_COUNT),
			    "%s: ngspice has room for %d coupled lines, not for %u", subject->name,
			    MAX_LINES, line.n_lines);
		return;
	}
	line.model = circuit_resolve_model(subject->circuit, name, &line.circuit);
	if (!line.model)
		return;
	check_matrix(&line, "r", true);
	check_matrix(&line, "l", false);
	check_matrix(&line, "g", true);
	check_matrix(&line, "c", false);
	check_length(&line);
}

static bool is_single(const struct line_model *line)
{
	return name_compare(name_text(line->circuit->names, line->model->type), "txl") == 0;
}

void lint_single(const struct lint_subject *subject)
{
	static const char *const needed[] = {"r", "l", "g", "c"};
	const char *name = name_text(subject->circuit->names, subject->element->model);
	struct line_model line = {.subject = subject, .n_lines = 1};
	struct entries entries;

	line.model = circuit_resolve_model(subject->circuit, name, &line.circuit);
	if (!line.model || !is_single(&line))
		return;
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (!read_entries(&line, needed[i], &entries))
			REPORT(&line, RULE_MISSING_VALUE, "model %s: a line needs %s=", name,
			       needed[i]);
	}
	if (read_entries(&line, "c", &entries) && entries.count > 0 && entries.value[0] < 0)
		REPORT(&line, RULE_BAD_VALUE, "model %s: c must not be negative", name);
	check_length(&line);
}
