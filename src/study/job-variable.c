/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The job's variables: what the statements name, where it stands and how it is set.
 *
 * That is done in two passes, because models have to be made private before the deck is final: find
 * what is meant (job-target.c), then ask the final circuit where it stands.
 */
#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "base/number.h"
#include "base/text.h"
#include "circuit/element-kind.h"
#include "circuit/evaluate.h"
#include "circuit/temperature.h"
#include "sim/alter.h"
#include "study/job-build.h"
#include "study/job-target.h"
#include "study/phrase.h"

/* ---- second pass: where it stands ---- */

/* Parameters that a card need not name, because their absence means a known number. */
static const struct {
	const char *param;
	double value;
} known_defaults[] = {{"delvto", 0}, {"mulu0", 1}, {"m", 1}, {"area", 1}, {"dtemp", 0}};

static bool known_default(const char *param, double *value)
{
	for (size_t i = 0; i < sizeof(known_defaults) / sizeof(known_defaults[0]); i++)
		if (name_compare(known_defaults[i].param, param) == 0) {
			*value = known_defaults[i].value;
			return true;
		}
	return false;
}

static const char *unit_of(char kind, const char *param)
{
	if (param)
		return "";
	switch (kind) {
	case 'r':
		return "ohm";
	case 'c':
		return "F";
	case 'l':
		return "H";
	case 'v':
		return "V";
	case 'i':
		return "A";
	default:
		return "";
	}
}

static char *variable_name(const struct target *target)
{
	struct text text = TEXT_INIT;

	text_append(&text, target->path);
	if (target->param) {
		text_append_char(&text, ':');
		text_append(&text, target->param);
	}
	for (size_t i = 0; i < text.length; i++)
		text.data[i] = (char)tolower((unsigned char)text.data[i]);
	return text_take(&text);
}

static uint64_t draw_key(const struct study_vary *vary, const char *name)
{
	const char *key = !vary || vary->each ? name : vary->targets;

	return name_hash(key, strlen(key));
}

/*
 * What alter and altermod are told: "@r1[resistance]", "@q.x1.q1[bf]", "qn bf".  Left NULL where
 * libngspice cannot set it in place.
 */
static int find_alter(const struct job_builder *builder, const struct target *target,
		      struct job_variable *variable, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	struct text text = TEXT_INIT;
	struct alter alter;
	int status;

	if (target->kind == TARGET_PARAM)
		return 0;
	if (target->kind == TARGET_MODEL) {
		text_printf(&text, "%s %s", target->path, target->param);
		variable->target = text_take(&text);
		variable->is_model = true;
		return variable->target ? 0 : carom_fail_memory(err);
	}
	status = alter_init(&alter, builder->circuit, variable->name, 0, &reason);
	if (status == CAROM_ERROR_PARAMETER)
		return 0;
	if (status)
		return job_fail(err, (enum carom_status)status, target->place, "%s\n%s",
				reason.text, reason.hint);
	variable->target = alter.target;
	variable->is_model = alter.is_model;
	return 0;
}

static int find_place(const struct job_builder *builder, const struct target *target,
		      const struct carom_circuit **where, struct value_place *place,
		      struct carom_error *err)
{
	const struct carom_circuit *circuit = *where = builder->circuit;
	const struct model *model;
	struct carom_element element;
	int status;

	if (target->kind == TARGET_PARAM)
		return circuit_param_place(circuit, target->path, place, err);
	if (target->kind == TARGET_MODEL)
		return circuit_model_param_place(circuit, circuit_find_model(circuit, target->path),
						 target->param, place, err);
	element = circuit_find_path(circuit, target->path, where);
	if (target->kind == TARGET_VALUE)
		return circuit_element_value_place(*where, element, place, err);
	if (target->kind == TARGET_INSTANCE)
		return circuit_element_param_place(*where, element, target->param, place, err);
	status = circuit_find_model_of(circuit, target->path, where, &model, err);
	return status ? status
		      : circuit_model_param_place(*where, model, target->param, place, err);
}

static const char *unit_of_target(const struct job_builder *builder, const struct target *target)
{
	const struct carom_circuit *where;
	struct carom_element element;

	if (target->kind == TARGET_TEMPERATURE)
		return "degC";
	if (target->kind != TARGET_VALUE)
		return "";
	element = circuit_find_path(builder->circuit, target->path, &where);
	return unit_of(where->elements[element.index].kind, target->param);
}

static int check_nominal(const struct job_builder *builder, const struct target *target,
			 const struct job_variable *variable, struct carom_error *err)
{
	if (isnan(variable->nominal))
		return job_fail(err, CAROM_ERROR_PARAMETER, target->place,
				"%s: its value %.*s is no plain number: write one on its card, or "
				"vary the .param it is made of",
				variable->name, (int)variable->slot_length,
				builder->job->lines[variable->slot_line].text +
					variable->slot_begin);
	if (variable->nominal == 0 && variable->distribution.is_relative)
		return job_fail(err, CAROM_ERROR_PARAMETER, target->place,
				"%s: the nominal value is 0, so a tolerance in %% means nothing: "
				"give an absolute one",
				variable->name);
	return 0;
}

/* Nominal value and, where the number stands at the top of the deck, its bytes there. */
static int place_variable(const struct job_builder *builder, const struct target *target,
			  struct job_variable *variable, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	const struct carom_circuit *where;
	struct value_place place;

	if (find_place(builder, target, &where, &place, &reason) == 0) {
		variable->nominal = place.number;
		variable->has_slot = where == builder->circuit;
		variable->slot_line = job_line_of_card(builder, where, place.card);
		variable->slot_begin = place.begin;
		variable->slot_length = place.length;
	} else if (target->kind != TARGET_INSTANCE ||
		   !known_default(target->param, &variable->nominal)) {
		return job_fail(err, CAROM_ERROR_PARAMETER, target->place, "%s: %s", variable->name,
				reason.text);
	}
	return check_nominal(builder, target, variable, err);
}

static bool is_binned(const struct carom_circuit *circuit, const struct element *element)
{
	const char *name = name_text(circuit->names, element->model);
	const struct carom_circuit *owner;
	const struct model *model = circuit_resolve_model(circuit, name, &owner);

	return model && name_compare(name_text(owner->names, model->name), name) != 0;
}

/* l, w or nf of a transistor whose model is one of several. */
static bool selects_bin(const struct job_builder *builder, const struct target *target)
{
	const struct carom_circuit *where;
	const struct element *element;
	struct carom_element found;

	if (target->kind != TARGET_INSTANCE ||
	    (name_compare(target->param, "l") != 0 && name_compare(target->param, "w") != 0 &&
	     name_compare(target->param, "nf") != 0))
		return false;
	found = circuit_find_path(builder->circuit, target->path, &where);
	element = &where->elements[found.index];
	return element->kind == 'm' && element->model != NAME_NONE && is_binned(where, element);
}

static int apply_pelgrom(struct job_builder *builder, const struct target *target,
			 struct job_variable *variable, struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	int status;

	if (variable->distribution.kind != DISTRIBUTION_PELGROM)
		return 0;
	if (target->kind != TARGET_VALUE && target->kind != TARGET_INSTANCE &&
	    target->kind != TARGET_PRIVATE_MODEL)
		return job_fail(err, CAROM_ERROR_PARAMETER, target->place,
				"%s is no parameter of an element, so pelgrom finds no area\n"
				"name transistors, as in \"m*:delvto pelgrom 4m each\"",
				variable->name);
	status = job_apply_pelgrom(builder, variable, target->path, &reason);
	if (status == 0 || status == CAROM_ERROR_MEMORY)
		return status ? carom_fail_memory(err) : 0;
	return job_fail(err, (enum carom_status)status, target->place, "%s: %s\n%s", variable->name,
			reason.text, reason.hint);
}

/* A line of its own, behind those of the deck: of several cards ngspice takes the last. */
static int add_temperature_line(struct job_builder *builder, struct job_variable *variable,
				struct carom_error *err)
{
	struct text line = TEXT_INIT;
	char *text;

	text_append(&line, ".temp ");
	variable->slot_begin = (uint32_t)line.length;
	text_append_number(&line, variable->nominal);
	variable->slot_length = (uint32_t)line.length - variable->slot_begin;
	variable->slot_line = (uint32_t)builder->job->n_lines - 1; /* where ".end" is */
	variable->has_slot = true;
	text = text_take(&line);
	return text ? job_add_line(builder, text, err) : carom_fail_memory(err);
}

static int place_temperature(struct job_builder *builder, const struct target *target,
			     struct job_variable *variable, struct carom_error *err)
{
	variable->is_temperature = true;
	variable->nominal = circuit_temperature(builder->circuit);
	variable->target = mem_strdup(target->path);
	if (!variable->target)
		return carom_fail_memory(err);
	if (isnan(variable->nominal))
		return job_fail(err, CAROM_ERROR_PARAMETER, target->place,
				"temp: the temperature on the deck's card is no plain number: "
				"write one");
	if (apply_pelgrom(builder, target, variable, err))
		return CAROM_ERROR_PARAMETER;
	return add_temperature_line(builder, variable, err);
}

static void take_distribution(const struct job_builder *builder, const struct study_vary *vary,
			      struct job_variable *variable)
{
	variable->is_varied = true;
	variable->distribution = vary->distribution;
	if (vary->distribution.table)
		variable->distribution.table = &builder->job->tables[vary - builder->study->varies];
}

static int add_variable(struct job_builder *builder, const struct target *target,
			struct carom_error *err)
{
	struct job *job = builder->job;
	struct job_variable *variable;
	int status;

	if (!mem_reserve(&job->variables, &builder->variables_capacity, job->n_variables + 1,
			 sizeof(*job->variables)))
		return carom_fail_memory(err);
	variable = &job->variables[job->n_variables++];
	memset(variable, 0, sizeof(*variable));
	if (target->vary)
		take_distribution(builder, target->vary, variable);
	variable->name = variable_name(target);
	variable->unit = mem_strdup(unit_of_target(builder, target));
	variable->definition = mem_strdup(target->vary ? target->vary->definition : "set");
	if (!variable->name || !variable->unit || !variable->definition)
		return carom_fail_memory(err);
	variable->draw = draw_key(target->vary, variable->name);
	variable->is_param = target->kind == TARGET_PARAM;
	variable->selects_bin = selects_bin(builder, target);
	if (target->kind == TARGET_TEMPERATURE)
		return place_temperature(builder, target, variable, err);
	status = find_alter(builder, target, variable, err);
	if (status == 0)
		status = place_variable(builder, target, variable, err);
	return status ? status : apply_pelgrom(builder, target, variable, err);
}

/* ---- between the passes: models of their own ---- */

static int privatise(struct job_builder *builder, const struct target *target,
		     struct carom_error *err)
{
	struct carom_error reason = CAROM_ERROR_INIT;
	const struct carom_circuit *where;
	struct carom_element element;
	int status = job_build_copy(builder, err);

	if (status)
		return status;
	element = circuit_find_path(builder->copy, target->path, &where);
	/* The copy is ours to change; look-ups give it back as const. */
	status = circuit_privatise_model((struct carom_circuit *)where, element, &reason);
	if (status == 0 || status == CAROM_ERROR_MEMORY)
		return status ? carom_fail_memory(err) : 0;
	/* The reason's place is a line of the copy, which the user never saw. */
	return job_fail(err, (enum carom_status)status, target->place, "vary %s: %s", target->path,
			reason.text);
}

/* ---- after the passes ---- */

/*
 * Do two names mean one value, such as "r1" and "r1:resistance"?  Lines of subcircuits are shared.
 */
static bool is_same_place(const struct targets *targets, size_t i, size_t j)
{
	const struct job_variable *a = &targets->builder->job->variables[i];
	const struct job_variable *b = &targets->builder->job->variables[j];

	return a->slot_length > 0 && b->slot_length > 0 && a->slot_line == b->slot_line &&
	       a->slot_begin == b->slot_begin &&
	       (a->has_slot || name_compare(targets->list[i].path, targets->list[j].path) == 0);
}

/* Variables are in the order of the targets. */
static int check_apart(const struct targets *targets, size_t index)
{
	const struct job *job = targets->builder->job;

	for (size_t i = 0; i < index; i++)
		if (is_same_place(targets, i, index))
			return job_fail(targets->err, CAROM_ERROR_PARAMETER,
					targets->list[index].place,
					"%s is the same value as %s, which varies already",
					job->variables[index].name, job->variables[i].name);
	return 0;
}

/* What selects a bin of a transistor's model: other bins will be needed than the nominal ones. */
static void keep_bins(struct job_builder *builder, const struct target *target)
{
	const struct carom_circuit *where;
	struct carom_element found = circuit_find_path(builder->circuit, target->path, &where);

	if (selects_bin(builder, target))
		prune_keep(&builder->prune,
			   name_text(where->names, where->elements[found.index].model));
}

/* A model may be left with no element, once these have copies: the statement speaks of it still. */
static int keep_target(struct targets *targets, const struct target *target)
{
	struct prune *prune = &targets->builder->prune;

	if (target->kind == TARGET_PARAM && !prune_reaches_param(prune, target->path))
		return job_fail(targets->err, CAROM_ERROR_PARAMETER, target->place,
				"%s: nothing in the circuit uses this parameter, so nothing would "
				"vary",
				target->path);
	if (target->kind == TARGET_PARAM || target->kind == TARGET_MODEL)
		prune_keep(prune, target->path);
	if (target->kind == TARGET_INSTANCE)
		keep_bins(targets->builder, target);
	return 0;
}

/* The parameters that vary; the caller frees the array.  NULL when out of memory. */
static const char **varied_params(const struct targets *targets, size_t *n)
{
	const char **params = mem_zalloc(targets->n, sizeof(*params));

	*n = 0;
	for (size_t i = 0; params && i < targets->n; i++)
		if (targets->list[i].kind == TARGET_PARAM)
			params[(*n)++] = targets->list[i].path;
	return params;
}

/* What is varied is sent as it is written, so that it stands where the circuit says. */
static int build_pruned_deck(struct targets *targets)
{
	struct job_builder *builder = targets->builder;
	const char **params;
	size_t n_params;
	int status;

	params = varied_params(targets, &n_params);
	if (!params)
		return carom_fail_memory(targets->err);
	status = prune_init_varied(&builder->prune, builder->circuit, params, n_params,
				   targets->err);
	mem_free(params);
	builder->prune.sends_all |= builder->study->sends_all;
	for (size_t i = 0; i < targets->n && status == 0; i++)
		status = keep_target(targets, &targets->list[i]);
	return status ? status : job_build_deck(builder, targets->err);
}

static int build_from_targets(struct targets *targets)
{
	struct job_builder *builder = targets->builder;
	int status = 0;

	for (size_t i = 0; i < targets->n && status == 0; i++)
		if (targets->list[i].kind == TARGET_PRIVATE_MODEL)
			status = privatise(builder, &targets->list[i], targets->err);
	if (status == 0)
		status = build_pruned_deck(targets);
	for (size_t i = 0; i < targets->n && status == 0; i++) {
		status = add_variable(builder, &targets->list[i], targets->err);
		if (status == 0)
			status = check_apart(targets, i);
	}
	for (size_t i = 0; i < targets->n && status == 0; i++)
		if (targets->list[i].kind == TARGET_MODEL)
			status = job_add_copies(builder, (uint32_t)i, targets->list[i].path,
						targets->list[i].param, targets->err);
	return status ? status : job_build_values(builder, targets->err);
}

/* The job outlives the study; table i is that of its vary statement i. */
static int copy_tables(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_study *study = builder->study;
	struct job *job = builder->job;
	int status = 0;

	job->tables = mem_zalloc(study->n_varies, sizeof(*job->tables));
	if (!job->tables)
		return carom_fail_memory(err);
	job->n_tables = study->n_varies;
	for (size_t i = 0; i < study->n_varies && status == 0; i++) {
		const struct distribution_table *table = study->varies[i].distribution.table;

		if (table)
			status = distribution_table_copy(&job->tables[i], table, err);
	}
	return status;
}

static int match_varies(struct targets *targets)
{
	const struct carom_study *study = targets->builder->study;
	int status = 0;

	for (size_t i = 0; i < study->n_varies && status == 0; i++) {
		const char *at = study->varies[i].targets, *word;
		size_t length;

		targets->vary = &study->varies[i];
		targets->place = &study->varies[i].place;
		while (status == 0 && (word = phrase_word(&at, &length)))
			status = targets_match(targets, word, length);
	}
	targets->vary = NULL;
	return status;
}

int job_build_variables(struct job_builder *builder, struct carom_error *err)
{
	struct targets targets = {.builder = builder, .err = err};
	int status = copy_tables(builder, err);

	if (status == 0)
		status = match_varies(&targets);
	if (status == 0)
		status = job_match_cells(&targets);
	if (status == 0)
		status = build_from_targets(&targets);
	targets_release(&targets);
	return status;
}
