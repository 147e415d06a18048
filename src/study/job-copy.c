/* SPDX-License-Identifier: BSD-3-Clause */
/* A value of a model goes to the copies of it, too, that single elements were given. */
#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "sim/alter.h"
#include "study/job-build.h"

static const struct model *model_of(const struct carom_circuit *circuit, const char *path,
				    const struct carom_circuit **where)
{
	struct carom_element element = circuit_find_path(circuit, path, where);

	return circuit_resolve_model(
		*where, name_text((*where)->names, (*where)->elements[element.index].model), where);
}

/* As the user wrote it, before models were copied: does the element use this model? */
static bool uses_model(const struct carom_circuit *circuit, const char *path, const char *model)
{
	const struct carom_circuit *where;

	return model_of(circuit, path, &where) == circuit_find_model(circuit, model);
}

/* A number below the top of the deck cannot be written by a reload: nor can the variable, then. */
static int place_copy(const struct job_builder *builder, const char *path, const char *param,
		      struct job_copy *copy, struct carom_error *err)
{
	const struct carom_circuit *where;
	const struct model *model = model_of(builder->circuit, path, &where);
	struct value_place place;
	int status = circuit_model_param_place(where, model, param, &place, err);

	if (status)
		return status;
	if (where != builder->circuit)
		builder->job->variables[copy->variable].has_slot = false;
	copy->slot_line = job_line_of_card(builder, where, place.card);
	copy->slot_begin = place.begin;
	copy->slot_length = place.length;
	return 0;
}

static int find_alter(const char *path, const char *param, struct job_copy *copy,
		      struct carom_error *err)
{
	struct text words = TEXT_INIT;
	struct alter alter;
	int status;

	text_printf(&words, "%s:%s", path, param);
	status = words.failed ? carom_fail_memory(err)
			      : alter_init(&alter, text_string(&words), 0, err);
	text_release(&words);
	if (status == 0)
		copy->target = alter.target;
	return status;
}

int job_add_copy(struct job_builder *builder, uint32_t variable, const char *model,
		 const char *path, const char *param, struct carom_error *err)
{
	struct job *job = builder->job;
	struct job_copy *copy;
	int status;

	if (!uses_model(builder->study->circuit, path, model))
		return 0;
	if (!mem_reserve(&job->copies, &builder->copies_capacity, job->n_copies + 1,
			 sizeof(*job->copies)))
		return carom_fail_memory(err);
	copy = &job->copies[job->n_copies++];
	*copy = (struct job_copy){.variable = variable};
	status = find_alter(path, param, copy, err);
	return status ? status : place_copy(builder, path, param, copy, err);
}
