/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The deck of one sample: its values as numbers on the cards, or as commands where no card has
 * them.
 */
#include "study/sample-deck.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "carom-session.h"
#include "circuit/circuit.h"
#include "study/reload.h"
#include "study/study.h"

/* ---- what the cards cannot say ---- */

/* name: as carom_session_alter takes it; target: as ngspice's command does. */
typedef int setting_fn(void *arg, const char *name, const char *target, bool is_model,
		       double value);

static bool has_draws(const struct job *job)
{
	for (size_t i = 0; i < job->n_variables; i++)
		if (job->variables[i].is_drawn)
			return true;
	return false;
}

static bool is_drawn(const struct job *job, const struct job_value *value)
{
	return !operand_is_constant(value->value) && (job->ops[value->value.op].depends & ON_DRAW);
}

/* What a varied parameter reaches follows it on the cards; what a draw reaches need not. */
static int list_drawn(const struct job *job, const double *values, setting_fn *take, void *arg)
{
	double *results;
	int status = 0;

	if (!has_draws(job))
		return 0;
	results = mem_zalloc(job->n_ops, sizeof(*results));
	if (!results)
		return CAROM_ERROR_MEMORY;
	program_run(job->ops, job->n_ops, values, results);
	for (size_t i = 0; i < job->n_values && status == 0; i++) {
		const struct job_value *value = &job->values[i];

		if (is_drawn(job, value) && !value->has_slot && value->target)
			status = take(arg, value->name, value->target, value->is_model,
				      operand_value(value->value, results));
	}
	mem_free(results);
	return status;
}

static int list_settings(const struct job *job, const double *values, setting_fn *take, void *arg)
{
	int status = 0;

	for (size_t i = 0; i < job->n_variables && status == 0; i++) {
		const struct job_variable *variable = &job->variables[i];

		if (!variable->has_slot && variable->target)
			status = take(arg, variable->name, variable->target, variable->is_model,
				      values[i]);
	}
	for (size_t i = 0; i < job->n_copies && status == 0; i++) {
		const struct job_copy *copy = &job->copies[i];

		if (!job->variables[copy->variable].has_slot)
			status =
				take(arg, copy->target, copy->target, true, values[copy->variable]);
	}
	return status ? status : list_drawn(job, values, take, arg);
}

/* ---- the text ---- */

static int append_command(void *arg, const char *name, const char *target, bool is_model,
			  double value)
{
	struct text *text = arg;

	(void)name;
	text_printf(text, "%s %s=%.17g\n", is_model ? "altermod" : "alter", target, value);
	return 0;
}

/* The vectors that measurements need were added to what is saved; here it is everything. */
static void append_line(struct text *text, const struct job_line *line, const char *words)
{
	static const char save[] = ".save ";
	bool is_ours = line->file == UINT32_MAX && strncmp(words, save, strlen(save)) == 0;

	text_append(text, is_ours ? ".save all " : "");
	text_append(text, is_ours ? words + strlen(save) : words);
	text_append_char(text, '\n');
}

static int append_commands(struct text *text, const struct job *job, const double *values)
{
	struct text commands = TEXT_INIT;
	int status = list_settings(job, values, append_command, &commands);

	if (commands.length > 0)
		text_printf(text, ".control\n%s.endc\n", commands.data);
	if (commands.failed)
		status = CAROM_ERROR_MEMORY;
	text_release(&commands);
	return status;
}

/* The last line is ".end". */
static int append_deck(struct text *text, const struct job *job, const double *values)
{
	struct reload *reload = reload_new(job);
	const char *const *lines = reload ? reload_lines(reload, values) : NULL;
	int status = lines ? 0 : CAROM_ERROR_MEMORY;

	for (size_t i = 0; i + 1 < job->n_lines && status == 0; i++)
		append_line(text, &job->lines[i], lines[i]);
	if (!status)
		status = append_commands(text, job, values);
	if (!status)
		append_line(text, &job->lines[job->n_lines - 1], lines[job->n_lines - 1]);
	reload_free(reload);
	return status ? status : text->failed ? CAROM_ERROR_MEMORY : 0;
}

/* ---- the sample ---- */

struct sample {
	struct job *whole;
	const struct job *job; /* that owns the sample */
	double *values;
	struct text text;
};

static void sample_release(struct sample *sample)
{
	text_release(&sample->text);
	mem_free(sample->values);
	job_free(sample->whole);
}

int sample_check(const struct job *job, uint64_t sample, struct carom_error *err)
{
	return sample < job->n_samples || sample == CAROM_SAMPLE_NOMINAL
		       ? 0
		       : carom_fail(err, CAROM_ERROR_ARGUMENT,
				    "the study has no sample %llu: its last is %llu",
				    (unsigned long long)sample,
				    (unsigned long long)job->n_samples - 1);
}

static int sample_init(struct sample *sample, const struct carom_study *study, uint64_t index,
		       struct carom_error *err)
{
	int status;

	*sample = (struct sample){.text = TEXT_INIT};
	if (!study)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no study");
	status = job_new(&sample->whole, study, CAROM_ROUTE_AUTO, err);
	if (!status)
		status = sample_check(sample->whole, index, err);
	if (!status)
		status = job_recall_shift(sample->whole, study, index, err);
	if (status)
		return status;
	sample->job = job_of_sample(sample->whole, index);
	sample->values = mem_zalloc(sample->job->n_variables, sizeof(*sample->values));
	if (!sample->values)
		return carom_fail_memory(err);
	job_draw(sample->job, index, sample->values);
	return append_deck(&sample->text, sample->job, sample->values) ? carom_fail_memory(err) : 0;
}

CAROM_API char *carom_study_sample_deck(const struct carom_study *study, uint64_t sample,
					struct carom_error *err)
{
	struct sample made;
	char *text = NULL;

	if (sample_init(&made, study, sample, err) == 0)
		text = strdup(made.text.data);
	if (!text)
		carom_fail_memory(err);
	sample_release(&made);
	return text;
}

struct altering {
	struct carom_session *session;
	struct carom_error *err;
};

static int alter(void *arg, const char *name, const char *target, bool is_model, double value)
{
	struct altering *altering = arg;

	(void)target, (void)is_model;
	return carom_session_alter(altering->session, name, value, altering->err);
}

/*
 * As little trusted as the circuit itself: an import drops the commands, and calls set the values.
 */
static int load(const struct sample *sample, const struct carom_study *study,
		struct carom_session *session, struct carom_error *err)
{
	const struct carom_circuit *root = circuit_root(study->circuit);
	struct carom_import_options options = {.size = sizeof(options)};
	struct altering altering = {session, err};
	struct carom_circuit *circuit;
	int status = carom_circuit_import_text(&circuit, sample->text.data, sample->text.length,
					       circuit_file(root, 0), &options, err);

	if (!status)
		status = carom_session_load(session, circuit, err);
	carom_circuit_free(circuit);
	return status ? status : list_settings(sample->job, sample->values, alter, &altering);
}

CAROM_API int carom_study_load_sample(const struct carom_study *study, uint64_t sample,
				      struct carom_session *session, struct carom_error *err)
{
	struct sample made;
	int status = sample_init(&made, study, sample, err);

	if (!status)
		status = load(&made, study, session, err);
	sample_release(&made);
	return status;
}
