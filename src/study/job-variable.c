/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The job's variables: the targets of the vary statements matched against the circuit.
 *
 *	target     matched against                        set by
 *	r1, r*     elements; their main value              alter @r1[resistance]
 *	m1:l       elements; a parameter of the instance   alter @m1[l]
 *	q1:bf      elements; a parameter of their model    altermod @q1[bf], the model being made its own
 *	qn:bf      models of the deck                      altermod qn bf
 *	rload      .param                                  alter of what it reaches (job-value.c), or reload
 *
 * The whole is done in two passes, because models have to be made private before the deck is final:
 * find what is meant, then ask the final circuit where it stands.
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
#include "sim/alter.h"
#include "study/job-build.h"

enum target_kind {
	TARGET_VALUE,
	TARGET_INSTANCE,
	TARGET_PRIVATE_MODEL,
	TARGET_MODEL,
	TARGET_PARAM
};

struct target {
	enum target_kind kind;
	char *path;        /* full name of the element; name of the model or .param */
	const char *param; /* within the statement's words; NULL for a main value */
	const struct study_vary *vary;
};

struct targets {
	struct target *list;
	size_t n, capacity;
	size_t n_matched; /* by the word at hand */
	struct job_builder *builder;
	const struct study_vary *vary; /* at hand */
	const char *param;             /* of the word at hand */
	struct carom_error *err;
};

static void targets_release(struct targets *targets)
{
	for (size_t i = 0; i < targets->n; i++)
		mem_free(targets->list[i].path);
	mem_free(targets->list);
}

/* ---- first pass: what is meant ---- */

static bool is_same_target(const struct target *a, const struct target *b)
{
	if (name_compare(a->path, b->path) != 0 || !a->param != !b->param)
		return false;
	return !a->param || name_compare(a->param, b->param) == 0;
}

/* The last statement about a target wins, in the place of the first. */
static int targets_add(struct targets *targets, enum target_kind kind, const char *path)
{
	struct target target = {kind, NULL, targets->param, targets->vary};

	if (!mem_reserve(&targets->list, &targets->capacity, targets->n + 1,
			 sizeof(*targets->list)) ||
	    !(target.path = mem_strdup(path)))
		return carom_fail_memory(targets->err);
	targets->n_matched++;
	for (size_t i = 0; i < targets->n; i++)
		if (is_same_target(&targets->list[i], &target)) {
			mem_free(targets->list[i].path);
			targets->list[i] = target;
			return 0;
		}
	targets->list[targets->n++] = target;
	return 0;
}

static int take_element(void *arg, const struct carom_circuit *where, struct carom_element element,
			const char *path)
{
	struct targets *targets = arg;
	const struct element *found = &where->elements[element.index];
	const struct element_kind *kind = element_kind_find(found->kind);

	if (!targets->param)
		return targets_add(targets, TARGET_VALUE, path);
	if (kind && element_kind_has_param(kind, targets->param))
		return targets_add(targets, TARGET_INSTANCE, path);
	if (found->model == NAME_NONE)
		return job_fail(targets->err, CAROM_ERROR_PARAMETER, &targets->vary->place,
				"%s has no parameter \"%s\" and no model that could have it", path,
				targets->param);
	return targets_add(targets, TARGET_PRIVATE_MODEL, path);
}

static int add_models(struct targets *targets, const char *pattern)
{
	const struct carom_circuit *circuit = targets->builder->circuit;
	int status = 0;

	for (size_t i = 0; i < circuit->n_models && status == 0; i++) {
		const char *name = name_text(circuit->names, circuit->models[i].name);

		if (circuit->models[i].card != NAME_NONE && name_matches(pattern, name))
			status = targets_add(targets, TARGET_MODEL, name);
	}
	return status;
}

static int add_param(struct targets *targets, const char *name)
{
	const struct carom_circuit *circuit = targets->builder->circuit;
	const struct param *param = circuit_find_param(circuit, name);

	if (!param)
		return 0;
	return targets_add(targets, TARGET_PARAM, name_text(circuit->names, param->name));
}

/* word: "r1" or "q1:bf", cut in two here. */
static int match_word(struct targets *targets, char *word)
{
	char *colon = strchr(word, ':');
	int status;

	targets->n_matched = 0;
	targets->param = NULL;
	if (colon) {
		*colon = '\0';
		targets->param = colon + 1;
	}
	status = circuit_match(targets->builder->circuit, word, take_element, targets);
	if (status == CAROM_ERROR_MEMORY)
		return carom_fail_memory(targets->err);
	if (status == 0 && targets->n_matched == 0)
		status = colon ? add_models(targets, word) : add_param(targets, word);
	if (status || targets->n_matched > 0)
		return status;
	return job_fail(targets->err, CAROM_ERROR_NOT_FOUND, &targets->vary->place,
			"\"%s%s%s\" is no element%s of the circuit", word, colon ? ":" : "",
			colon ? colon + 1 : "", colon ? " or model" : " or .param");
}

static int match_vary(struct targets *targets, char *words)
{
	char *rest = words;
	int status = 0;

	for (char *word; status == 0 && (word = strtok_r(rest, " \t", &rest));)
		status = match_word(targets, word);
	return status;
}

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
	const char *key = vary->each ? name : vary->targets;

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
		return job_fail(err, (enum carom_status)status, &target->vary->place, "%s\n%s",
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

	if (target->kind != TARGET_VALUE)
		return "";
	element = circuit_find_path(builder->circuit, target->path, &where);
	return unit_of(where->elements[element.index].kind, target->param);
}

static int check_nominal(const struct job_builder *builder, const struct target *target,
			 const struct job_variable *variable, struct carom_error *err)
{
	if (isnan(variable->nominal))
		return job_fail(err, CAROM_ERROR_PARAMETER, &target->vary->place,
				"%s: its value %.*s is no plain number: write one on its card, or "
				"vary the .param it is made of",
				variable->name, (int)variable->slot_length,
				builder->job->lines[variable->slot_line].text +
					variable->slot_begin);
	if (variable->nominal == 0 && variable->distribution.is_relative)
		return job_fail(err, CAROM_ERROR_PARAMETER, &target->vary->place,
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
		return job_fail(err, CAROM_ERROR_PARAMETER, &target->vary->place, "%s: %s",
				variable->name, reason.text);
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
	if (target->kind == TARGET_MODEL || target->kind == TARGET_PARAM)
		return job_fail(err, CAROM_ERROR_PARAMETER, &target->vary->place,
				"%s is no parameter of an element, so pelgrom finds no area\n"
				"name transistors, as in \"m*:delvto pelgrom 4m each\"",
				variable->name);
	status = job_apply_pelgrom(builder, variable, target->path, &reason);
	if (status == 0 || status == CAROM_ERROR_MEMORY)
		return status ? carom_fail_memory(err) : 0;
	return job_fail(err, (enum carom_status)status, &target->vary->place, "%s: %s\n%s",
			variable->name, reason.text, reason.hint);
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
	variable->distribution = target->vary->distribution;
	if (variable->distribution.table)
		variable->distribution.table = &job->tables[target->vary - builder->study->varies];
	variable->name = variable_name(target);
	variable->unit = mem_strdup(unit_of_target(builder, target));
	variable->definition = mem_strdup(target->vary->definition);
	if (!variable->name || !variable->unit || !variable->definition)
		return carom_fail_memory(err);
	variable->draw = draw_key(target->vary, variable->name);
	variable->is_param = target->kind == TARGET_PARAM;
	variable->selects_bin = selects_bin(builder, target);
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
	return job_fail(err, (enum carom_status)status, &target->vary->place, "vary %s: %s",
			target->path, reason.text);
}

/* ---- after the passes ---- */

/* Do two names mean one value, such as "r1" and "r1:resistance"?  Lines of subcircuits are shared. */
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
					&targets->list[index].vary->place,
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
		return job_fail(targets->err, CAROM_ERROR_PARAMETER, &target->vary->place,
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

int job_build_variables(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_study *study = builder->study;
	struct targets targets = {.builder = builder, .err = err};
	char **words = mem_zalloc(study->n_varies + 1, sizeof(*words));
	int status = words ? copy_tables(builder, err) : carom_fail_memory(err);

	for (size_t i = 0; i < study->n_varies && status == 0; i++) {
		targets.vary = &study->varies[i];
		words[i] = mem_strdup(study->varies[i].targets);
		status = words[i] ? match_vary(&targets, words[i]) : carom_fail_memory(err);
	}
	if (status == 0)
		status = build_from_targets(&targets);
	for (size_t i = 0; words && i < study->n_varies; i++)
		mem_free(words[i]);
	mem_free(words);
	targets_release(&targets);
	return status;
}
