/* SPDX-License-Identifier: BSD-3-Clause */
/* The job's measurements: each tied to a plot of the deck, its vectors checked and saved. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "ng-session.h"
#include "study/job-build.h"
#include "study/job-vector.h"

/* ---- analyses of the deck ---- */

/* First word of a card without its dot, lower case: "ac" of ".AC dec 10 1 1meg". */
static void analysis_word(const struct card *card, char word[16])
{
	size_t n = 0;

	while (n < 15 && isalnum((unsigned char)card->text[n + 1])) {
		word[n] = (char)tolower((unsigned char)card->text[n + 1]);
		n++;
	}
	word[n] = '\0';
}

/* Number of analyses of that kind ("" counts all); last (may be NULL) receives the last one's. */
static size_t count_analyses(const struct carom_circuit *circuit, const char *kind, char last[16])
{
	size_t n = 0;

	for (size_t i = 0; i < circuit->n_cards; i++) {
		char word[16];

		if (circuit->cards[i].role != CARD_ANALYSIS)
			continue;
		analysis_word(&circuit->cards[i], word);
		if (*kind && strcmp(kind, word) != 0)
			continue;
		if (last)
			strcpy(last, word);
		n++;
	}
	return n;
}

static bool is_every_analysis_plain(const struct carom_circuit *circuit)
{
	static const char *const plain[] = {"op", "dc", "ac", "tran"};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		n += count_analyses(circuit, plain[i], NULL);
	return n == count_analyses(circuit, "", NULL);
}

/* "ac2" -> "ac", 2; "ac" -> "ac", 1 */
static size_t split_plot(const char *plot, char kind[16])
{
	size_t n = strcspn(plot, "0123456789");

	n = n > 15 ? 15 : n;
	for (size_t i = 0; i < n; i++)
		kind[i] = (char)tolower((unsigned char)plot[i]);
	kind[n] = '\0';
	return plot[n] ? (size_t)strtoul(plot + n, NULL, 10) : 1;
}

/* The spectrum and its integral are plots of their own. */
static size_t plots_of_card(const char *kind)
{
	return strcmp(kind, "noise") == 0 ? 2 : 1;
}

/*
 * ngspice runs the cards of a kind from the last to the first; the user counts from the first.  A
 * plot that is the only one of its kind has no number.
 */
static char *plot_in_run(const char *kind, size_t number, size_t n_plots)
{
	size_t n_each = plots_of_card(kind);
	size_t card = (number - 1) / n_each, part = (number - 1) % n_each;
	struct text text = TEXT_INIT;

	text_append(&text, kind);
	if (n_plots > 1)
		text_printf(&text, "%zu", n_plots - (card + 1) * n_each + part + 1);
	return text_take(&text);
}

static int find_only_analysis(const struct job_builder *builder, const struct study_measure *asked,
			      char kind[16], struct carom_error *err)
{
	size_t n = count_analyses(builder->circuit, "", kind);

	if (n == 0)
		return job_fail(err, CAROM_ERROR_ARGUMENT, &asked->place,
				"no analysis\nadd .op, .tran, .ac, ... to the deck");
	if (n > 1)
		return job_fail(err, CAROM_ERROR_ARGUMENT, &asked->place,
				"measure %s: the deck has %zu analyses\nsay which: "
				"\"measure %s %s ...\"",
				asked->name, n, asked->name, kind);
	return 0;
}

static int resolve_plot(const struct job_builder *builder, const struct study_measure *asked,
			struct job_measure *measure, struct carom_error *err)
{
	char kind[16] = "";
	size_t n, number = 1;
	int status = 0;

	if (asked->analysis)
		number = split_plot(asked->analysis, kind);
	else
		status = find_only_analysis(builder, asked, kind, err);
	if (status)
		return status;
	n = count_analyses(builder->circuit, kind, NULL) * plots_of_card(kind);
	if (n == 0)
		return job_fail(err, CAROM_ERROR_ARGUMENT, &asked->place,
				"measure %s: the deck has no .%s analysis", asked->name, kind);
	if (number == 0 || number > n)
		return job_fail(
			err, CAROM_ERROR_ARGUMENT, &asked->place,
			"measure %s: there is no plot \"%s\"\nthe deck's .%s cards make %zu",
			asked->name, asked->analysis, kind, n);
	measure->plot = plot_in_run(kind, number, n);
	return measure->plot ? 0 : carom_fail_memory(err);
}

/* ---- one measurement ---- */

static int find_measure(const struct job *job, size_t before, const char *name)
{
	for (size_t i = 0; i < before; i++)
		if (name_compare(job->measures[i].name, name) == 0)
			return (int)i;
	return -1;
}

static int copy_measure(struct measure *copy, const struct measure *measure)
{
	bool is_whole = true;

	*copy = *measure;
	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS; i++)
		if (measure->expressions[i]) {
			copy->expressions[i] = mem_strdup(measure->expressions[i]);
			is_whole = is_whole && copy->expressions[i];
		}
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		if (measure->arguments[i].name) {
			copy->arguments[i].name = mem_strdup(measure->arguments[i].name);
			is_whole = is_whole && copy->arguments[i].name;
		}
	return is_whole ? 0 : CAROM_ERROR_MEMORY;
}

static int resolve_arguments(const struct job_builder *builder, size_t index,
			     const struct study_measure *asked, struct carom_error *err)
{
	const struct job *job = builder->job;
	struct job_measure *measure = &job->measures[index];

	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++) {
		struct measure_argument *argument = &measure->measure.arguments[i];
		const char *name = argument->name;

		measure->argument_index[i] = -1;
		if (name && *name == '{') {
			int status = job_resolve_number(builder, argument, asked, err);

			if (status)
				return status;
			continue;
		}
		if (!name)
			continue;
		measure->argument_index[i] = find_measure(job, index, name);
		if (measure->argument_index[i] < 0)
			return job_fail(err, CAROM_ERROR_NOT_FOUND, &asked->place,
					"measure %s: \"%s\" is neither a number nor an earlier "
					"measurement",
					asked->name, name);
	}
	return 0;
}

static char *definition_of(const struct study_measure *asked)
{
	struct text text = TEXT_INIT;

	if (asked->analysis && !asked->formula)
		text_printf(&text, "%s ", asked->analysis);
	if (asked->formula)
		text_printf(&text, "= %s", asked->formula);
	else
		measure_print(&asked->measure, &text);
	return text_take(&text);
}

static const char *scale_unit(const char *plot)
{
	if (strncmp(plot, "tran", 4) == 0)
		return "s";
	if (strncmp(plot, "ac", 2) == 0 || strncmp(plot, "noise", 5) == 0)
		return "Hz";
	return "";
}

static char *unit_of(const struct measure *measure, const char *plot)
{
	struct text text = TEXT_INIT;

	measure_append_unit(measure->reducer, job_vector_unit(measure->expressions[0]),
			    scale_unit(plot), &text);
	return text_take(&text);
}

static int check_expressions(const struct study_measure *asked, struct carom_error *err)
{
	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS; i++)
		if (asked->measure.expressions[i] &&
		    !ng_expression_is_safe(asked->measure.expressions[i]))
			return job_fail(err, CAROM_ERROR_TRUST, &asked->place,
					"measure %s: an expression may not contain ; ` $ ! > & or "
					"quotes",
					asked->name);
	return 0;
}

static int resolve_waveform(struct job_builder *builder, size_t index,
			    const struct study_measure *asked, struct carom_error *err)
{
	struct job_measure *measure = &builder->job->measures[index];
	int status;

	if (copy_measure(&measure->measure, &asked->measure))
		return carom_fail_memory(err);
	if ((status = check_expressions(asked, err)) ||
	    (status = resolve_plot(builder, asked, measure, err)) ||
	    (status = resolve_arguments(builder, index, asked, err)) ||
	    (status = job_vector_check(builder->circuit, asked, measure->plot, err)))
		return status;
	measure->unit = unit_of(&asked->measure, measure->plot);
	return measure->unit ? 0 : carom_fail_memory(err);
}

/* The next one of the job; it is the last there is, whole or not. */
static int resolve_measure(struct job_builder *builder, const struct study_measure *asked,
			   struct carom_error *err)
{
	size_t index = builder->job->n_measures++;
	struct job_measure *measure = &builder->job->measures[index];

	measure->lower = measure->upper = NAN;
	measure->name = mem_strdup(asked->name);
	measure->source = mem_strdup(asked->place.source ? asked->place.source : "");
	measure->line = (uint32_t)asked->place.line;
	measure->definition = definition_of(asked);
	if (!measure->name || !measure->source || !measure->definition)
		return carom_fail_memory(err);
	if (!asked->formula)
		return resolve_waveform(builder, index, asked, err);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		measure->argument_index[i] = -1;
	measure->unit = mem_strdup("");
	return measure->unit ? job_resolve_formula(builder, measure, asked, err)
			     : carom_fail_memory(err);
}

/* Of a card that cannot be taken a note is left. */
static int resolve_card(struct job_builder *builder, const struct study_measure *asked,
			struct text *notes, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	struct job *job = builder->job;
	int status = resolve_measure(builder, asked, &reason);

	if (status == 0 || status == CAROM_ERROR_MEMORY)
		return status ? carom_fail_memory(err) : 0;
	job_measure_release(&job->measures[--job->n_measures]);
	job->measures[job->n_measures] = (struct job_measure){.name = NULL};
	text_printf(notes, "%s%s:%d: left out: %s", notes->length ? "\n" : "", asked->place.source,
		    asked->place.line, reason.text);
	return 0;
}

static int resolve_all(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_study *study = builder->study;
	struct text notes = TEXT_INIT;
	int status = 0;

	text_append(&notes, text_string(&study->notes));
	for (size_t i = 0; i < study->n_measures && status == 0; i++)
		status = study->measures[i].is_card
				 ? resolve_card(builder, &study->measures[i], &notes, err)
				 : resolve_measure(builder, &study->measures[i], err);
	if (!status && builder->job->n_measures == 0)
		status = carom_fail_at(err, CAROM_ERROR_ARGUMENT, circuit_file(study->circuit, 0),
				       0, 0, "none of the .meas cards can be taken\n%s",
				       text_string(&notes));
	if (notes.length == 0 && !notes.failed) {
		text_release(&notes);
		return status;
	}
	builder->job->notes = text_take(&notes);
	return status || builder->job->notes ? status : carom_fail_memory(err);
}

static int resolve_spec(struct job *job, const struct study_spec *spec, struct carom_error *err)
{
	int index = find_measure(job, job->n_measures, spec->name);

	if (index < 0)
		return job_fail(err, CAROM_ERROR_NOT_FOUND, &spec->place,
				"spec %s: there is no measurement of that name", spec->name);
	job->measures[index].has_spec = true;
	job->measures[index].lower = spec->lower;
	job->measures[index].upper = spec->upper;
	return 0;
}

/* ---- what the simulator is to save ---- */

/*
 * Saving only what is looked at makes an AC run up to 1.4 times faster.  Left alone where an
 * analysis has vectors of its own names (noise, sens, ...), which a .save would leave out.
 */
static int add_save(struct job_builder *builder, struct carom_error *err)
{
	const struct job *job = builder->job;
	struct text text = TEXT_INIT;
	int status = 0;

	if (!is_every_analysis_plain(builder->circuit))
		return 0;
	text_append(&text, ".save");
	for (size_t i = 0; i < job->n_measures; i++)
		job_vector_append_saves(&text, &job->measures[i].measure);
	if (text.failed)
		status = carom_fail_memory(err);
	else if (text.length > strlen(".save"))
		return job_add_line(builder, text_take(&text), err);
	text_release(&text);
	return status;
}

int job_build_measures(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_study *study = builder->study;
	struct job *job = builder->job;
	int status;

	job->measures = mem_zalloc(study->n_measures, sizeof(*job->measures));
	if (!job->measures)
		return carom_fail_memory(err);
	status = resolve_all(builder, err);
	for (size_t i = 0; i < study->n_specs && status == 0; i++)
		status = resolve_spec(job, &study->specs[i], err);
	return status ? status : add_save(builder, err);
}
