/* SPDX-License-Identifier: BSD-3-Clause */
/* Matches the words of statements against the circuit. */
#include "study/job-target.h"

#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/element-kind.h"

static void target_release(struct target *target)
{
	mem_free(target->path);
	mem_free(target->param);
}

void targets_release(struct targets *targets)
{
	for (size_t i = 0; i < targets->n; i++)
		target_release(&targets->list[i]);
	mem_free(targets->list);
	mem_free(targets->matched);
}

static bool is_same_target(const struct target *a, const struct target *b)
{
	if (name_compare(a->path, b->path) != 0 || !a->param != !b->param)
		return false;
	return !a->param || name_compare(a->param, b->param) == 0;
}

static size_t find_target(const struct targets *targets, const struct target *target)
{
	size_t i = 0;

	while (i < targets->n && !is_same_target(&targets->list[i], target))
		i++;
	return i;
}

/* The last vary of a target wins, in the place of the first. */
static void put_target(struct targets *targets, size_t index, struct target *target)
{
	struct target *there = &targets->list[index];

	if (index == targets->n) {
		targets->list[targets->n++] = *target;
	} else if (target->vary) {
		target_release(there);
		*there = *target;
	} else {
		target_release(target);
	}
	targets->matched[targets->n_matched++] = (uint32_t)index;
}

static int targets_add(struct targets *targets, enum target_kind kind, const char *path)
{
	struct target target = {.kind = kind, .vary = targets->vary, .place = targets->place};
	bool has_room = mem_reserve(&targets->list, &targets->capacity, targets->n + 1,
				    sizeof(*targets->list)) &&
			mem_reserve(&targets->matched, &targets->matched_capacity,
				    targets->n_matched + 1, sizeof(*targets->matched));

	target.path = mem_strdup(path);
	target.param = targets->param ? mem_strdup(targets->param) : NULL;
	if (!has_room || !target.path || !target.param != !targets->param) {
		target_release(&target);
		return carom_fail_memory(targets->err);
	}
	put_target(targets, find_target(targets, &target), &target);
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
		return job_fail(targets->err, CAROM_ERROR_PARAMETER, targets->place,
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

	if (param)
		return targets_add(targets, TARGET_PARAM, name_text(circuit->names, param->name));
	return name_compare(name, "temp") == 0 ? targets_add(targets, TARGET_TEMPERATURE, "temp")
					       : 0;
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
	return job_fail(targets->err, CAROM_ERROR_NOT_FOUND, targets->place,
			"\"%s%s%s\" is no element%s of the circuit", word, colon ? ":" : "",
			colon ? colon + 1 : "", colon ? " or model" : " or .param");
}

int targets_match(struct targets *targets, const char *word, size_t length)
{
	char *copy = mem_strndup(word, length);
	int status = copy ? match_word(targets, copy) : carom_fail_memory(targets->err);

	mem_free(copy);
	return status;
}
