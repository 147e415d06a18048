/* SPDX-License-Identifier: BSD-3-Clause */
/* Translates the words for a value of the circuit and keeps the list of what was set. */
#include "sim/alter.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "circuit/circuit.h"
#include "circuit/element-kind.h"
#include "ng-session.h"

#define NO_PLACE UINT32_MAX

/* "x1.m1:l" taken apart. */
struct words {
	char *path;        /* "x1.m1"; owned */
	const char *param; /* "l", inside path's memory; NULL: the main value */
	const struct element_kind *kind;
};

static int fail_words(struct carom_error *err, const char *words)
{
	return carom_fail(
		err, CAROM_ERROR_ARGUMENT,
		"\"%s\" names no value of an element\nwrite \"r1\", \"m1:l\", \"q1:bf\" or "
		"\"x1.r1\"",
		words);
}

static const struct element_kind *kind_of_path(const char *path)
{
	const char *dot = (path[0] | 0x20) == 'x' ? strrchr(path, '.') : NULL;

	return element_kind_find(dot ? dot[1] : path[0]);
}

static int words_init(struct words *words, const char *text, struct carom_error *err)
{
	char *colon;

	*words = (struct words){NULL, NULL, NULL};
	if (!ng_name_is_safe(text))
		return fail_words(err, text);
	words->path = mem_strdup(text);
	if (!words->path)
		return carom_fail_memory(err);
	colon = strchr(words->path, ':');
	words->param = colon ? colon + 1 : NULL;
	if (colon)
		*colon = '\0';
	words->kind = kind_of_path(words->path);
	if (words->kind && (!colon || *words->param))
		return 0;
	mem_free(words->path);
	return fail_words(err, text);
}

/* The parameter to set: the one named, or that of the main value; NULL and an error if none can be. */
static const char *param_to_set(const struct words *words, bool *is_model, struct carom_error *err)
{
	const struct element_kind *kind = words->kind;

	*is_model = words->param && !element_kind_has_param(kind, words->param);
	if (words->param && kind->letter != 'x' &&
	    (!*is_model || kind->has_model || kind->may_have_model))
		return words->param;
	if (!words->param && kind->can_alter)
		return kind->value_param;
	if (words->param)
		carom_fail(err, CAROM_ERROR_PARAMETER,
			   "%s: a %s has no parameter \"%s\" that can be set in place\nchange the "
			   "circuit and load it again",
			   words->path, kind->name, words->param);
	else
		carom_fail(err, CAROM_ERROR_PARAMETER,
			   "%s: a %s has no main value that can be set in place\nname a parameter "
			   "(\"%s:...\"), or change the circuit and load it again",
			   words->path, kind->name, words->path);
	return NULL;
}

/* libngspice keeps names in lower case. */
static void lower(char *s)
{
	for (; *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s - 'A' + 'a');
}

static char *target_to_ng(const struct carom_circuit *circuit, const char *path, const char *param)
{
	struct text text = TEXT_INIT;
	char *target;

	text_append_char(&text, '@');
	circuit_append_ngspice_name(&text, circuit, path);
	text_printf(&text, "[%s]", param);
	target = text_take(&text);
	if (target)
		lower(target);
	return target;
}

int alter_init(struct alter *alter, const struct carom_circuit *circuit, const char *words,
	       double value, struct carom_error *err)
{
	struct words parts;
	const char *param;
	int status;

	if (!isfinite(value))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%s cannot be set to %g", words,
				  value);
	status = words_init(&parts, words, err);
	if (status)
		return status;
	alter->value = value;
	param = param_to_set(&parts, &alter->is_model, err);
	alter->is_size = param && parts.kind->letter == 'm' &&
			 (name_compare(param, "l") == 0 || name_compare(param, "w") == 0);
	alter->target = param ? target_to_ng(circuit, parts.path, param) : NULL;
	mem_free(parts.path);
	if (alter->target)
		return 0;
	return param ? carom_fail_memory(err) : CAROM_ERROR_PARAMETER;
}

void alter_release(struct alter *alter)
{
	mem_free(alter->target);
	alter->target = NULL;
}

int alter_list_reserve(struct alter_list *alters, const struct alter *alter,
		       struct carom_error *err)
{
	uint32_t number;

	if (!alters->targets)
		alters->targets = name_table_new();
	number = alters->targets
			 ? name_intern(alters->targets, alter->target, strlen(alter->target))
			 : NAME_NONE;
	if (number == NAME_NONE ||
	    !mem_reserve(&alters->place_of_target, &alters->places_capacity,
			 name_count(alters->targets), sizeof(*alters->place_of_target)) ||
	    !mem_reserve(&alters->list, &alters->capacity, alters->n + 1, sizeof(*alters->list)))
		return carom_fail_memory(err);
	for (; alters->n_places <= number; alters->n_places++)
		alters->place_of_target[alters->n_places] = NO_PLACE;
	return 0;
}

static uint32_t *place_of(const struct alter_list *alters, const char *target)
{
	return &alters->place_of_target[name_find(alters->targets, target, strlen(target))];
}

/* Take out what was set again later, once that is half of the list. */
static void compact(struct alter_list *alters)
{
	size_t kept = 0;

	if (alters->n_gone <= alters->n / 2)
		return;
	for (size_t i = 0; i < alters->n; i++) {
		if (!alters->list[i].target)
			continue;
		*place_of(alters, alters->list[i].target) = (uint32_t)kept;
		alters->list[kept++] = alters->list[i];
	}
	alters->n = kept;
	alters->n_gone = 0;
}

/* Two targets may be one value (a model that elements share), so that the order counts. */
void alter_list_add(struct alter_list *alters, struct alter *alter)
{
	uint32_t *place = place_of(alters, alter->target);

	if (*place != NO_PLACE) {
		alter_release(&alters->list[*place]);
		alters->n_gone++;
	}
	*place = (uint32_t)alters->n;
	alters->list[alters->n++] = *alter;
	alter->target = NULL;
	compact(alters);
}

void alter_list_release(struct alter_list *alters)
{
	for (size_t i = 0; i < alters->n; i++)
		alter_release(&alters->list[i]);
	mem_free(alters->list);
	mem_free(alters->place_of_target);
	name_table_free(alters->targets);
	*alters = (struct alter_list){.list = NULL};
}
