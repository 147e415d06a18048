/* SPDX-License-Identifier: BSD-3-Clause */
/* A value of a model goes to the copies of it, too, that single elements were given. */
#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "circuit/evaluate.h"
#include "sim/alter.h"
#include "study/job-build.h"

struct walk {
	struct job_builder *builder;
	uint32_t variable;
	const char *model, *param;
	bool is_deep; /* below the top of the deck */
	bool is_used; /* an element has the model itself */
	struct carom_error *err;
};

static bool uses_model(const struct carom_circuit *circuit, const char *path, const char *model)
{
	const struct carom_circuit *where;
	const struct model *found;

	return circuit_find_model_of(circuit, path, &where, &found, NULL) == 0 &&
	       found == circuit_find_model(circuit, model);
}

/* A number below the top of the deck cannot be written by a reload: nor can the variable, then. */
static int place_copy(const struct job_builder *builder, const char *path, const char *param,
		      struct job_copy *copy, struct carom_error *err)
{
	const struct carom_circuit *where;
	const struct model *model;
	struct value_place place;
	int status = circuit_find_model_of(builder->circuit, path, &where, &model, err);

	if (status == 0)
		status = circuit_model_param_place(where, model, param, &place, err);
	if (status)
		return status;
	if (where != builder->circuit)
		builder->job->variables[copy->variable].has_slot = false;
	copy->slot_line = job_line_of_card(builder, where, place.card);
	copy->slot_begin = place.begin;
	copy->slot_length = place.length;
	return 0;
}

static int find_alter(const struct carom_circuit *circuit, const char *words, struct job_copy *copy,
		      struct carom_error *err)
{
	struct alter alter;
	int status = alter_init(&alter, circuit, words, 0, err);

	if (status == 0)
		copy->target = alter.target;
	return status;
}

static int add_copy(const struct walk *walk, const char *path, const char *words)
{
	struct job_builder *builder = walk->builder;
	struct job *job = builder->job;
	struct job_copy *copy;
	int status;

	if (!mem_reserve(&job->copies, &builder->copies_capacity, job->n_copies + 1,
			 sizeof(*job->copies)))
		return carom_fail_memory(walk->err);
	copy = &job->copies[job->n_copies++];
	*copy = (struct job_copy){.variable = walk->variable};
	status = find_alter(builder->circuit, words, copy, walk->err);
	return status ? status : place_copy(builder, path, walk->param, copy, walk->err);
}

static bool is_variable(const struct job *job, const char *name)
{
	for (size_t i = 0; i < job->n_variables; i++)
		if (name_compare(job->variables[i].name, name) == 0)
			return true;
	return false;
}

/* An element whose model is another than the user wrote has a copy of it. */
static int visit_element(void *arg, const struct carom_circuit *where, struct carom_element element,
			 const char *path)
{
	struct walk *walk = arg;
	const struct job_builder *builder = walk->builder;
	struct text words = TEXT_INIT;
	int status = 0;

	(void)element;
	if ((where != builder->circuit) != walk->is_deep ||
	    !uses_model(builder->deck, path, walk->model))
		return 0;
	if (uses_model(builder->circuit, path, walk->model)) {
		walk->is_used = true;
		return 0;
	}
	text_printf(&words, "%s:%s", path, walk->param);
	if (words.failed)
		status = carom_fail_memory(walk->err);
	else if (!is_variable(builder->job, text_string(&words)))
		status = add_copy(walk, path, text_string(&words));
	text_release(&words);
	return status;
}

/*
 * ngspice forgets a model that no element uses, and refuses to change it: the last of the copies,
 * which all get the same value, stands for the variable then.
 */
static void replace_by_copy(struct job *job, struct job_variable *variable)
{
	struct job_copy *copy = &job->copies[--job->n_copies];

	mem_free(variable->target);
	variable->target = copy->target;
	variable->slot_line = copy->slot_line;
	variable->slot_begin = copy->slot_begin;
	variable->slot_length = copy->slot_length;
}

/* All instances of a subcircuit have its copy, also where another instance was named. */
int job_add_copies(struct job_builder *builder, uint32_t variable, const char *model,
		   const char *param, struct carom_error *err)
{
	struct job *job = builder->job;
	struct walk walk = {builder, variable, model, param, false, false, err};
	size_t n_before = job->n_copies;
	int status;

	if (!builder->copy)
		return 0;
	status = circuit_match(builder->circuit, "*", visit_element, &walk);
	walk.is_deep = true;
	if (status == 0)
		status = circuit_match(builder->circuit, "*.*", visit_element, &walk);
	if (status == 0 && !walk.is_used && job->n_copies > n_before)
		replace_by_copy(job, &job->variables[variable]);
	return status == CAROM_ERROR_MEMORY ? carom_fail_memory(err) : status;
}
