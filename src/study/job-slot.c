/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Values that draws reach written into the deck, so that it can be loaded with those of a sample.
 *
 *	r1 a b {q*2}			r1 a b {0}				slot: the 0
 *	x1 1 0 s			x1 1 0 s carom_1=0			slot: the 0
 *	.subckt s a b			.subckt s a b carom_1=0
 *	r1 a b {q*2}			r1 a b {carom_1}
 *
 * An expression inside of a subcircuit becomes a parameter of it, which is handed down from the
 * top.
 */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "study/job-build.h"

/* A text that takes the place of an expression in a subcircuit. */
struct replacement {
	uint32_t line, begin, length;
	uint32_t param;
};

struct slot_writer {
	struct job_builder *builder;
	struct name_table *params; /* "circuit:card:place" of each parameter that was made */
	struct replacement *replacements;
	size_t n_replacements, capacity;
	struct carom_error *err;
};

#define PARAM_FORMAT "carom_%u"

/* ---- lines ---- */

static int append_to_line(struct slot_writer *writer, uint32_t line, const struct text *words)
{
	char **text = &writer->builder->job->lines[line].text;
	struct text joined = TEXT_INIT;

	text_append(&joined, *text);
	text_append(&joined, text_string(words));
	if (joined.failed || words->failed) {
		text_release(&joined);
		return carom_fail_memory(writer->err);
	}
	mem_free(*text);
	*text = text_take(&joined);
	return 0;
}

static int append_number(struct slot_writer *writer, uint32_t line, uint32_t param)
{
	struct text words = TEXT_INIT;
	int status;

	text_printf(&words, " " PARAM_FORMAT "=0", param);
	status = append_to_line(writer, line, &words);
	text_release(&words);
	return status;
}

static int append_param(struct slot_writer *writer, uint32_t line, uint32_t param, uint32_t outer)
{
	struct text words = TEXT_INIT;
	int status;

	text_printf(&words, " " PARAM_FORMAT "={" PARAM_FORMAT "}", param, outer);
	status = append_to_line(writer, line, &words);
	text_release(&words);
	return status;
}

/* ---- parameters ---- */

/* The parameter of the circuit for this place on a card; *is_new: it was made. */
static int find_param(struct slot_writer *writer, const struct carom_circuit *circuit,
		      uint32_t card, uint32_t place, uint32_t *param, bool *is_new)
{
	size_t before = name_count(writer->params);
	struct text key = TEXT_INIT;

	text_printf(&key, "%p:%u:%u", (const void *)circuit, card, place);
	*param =
		key.failed ? NAME_NONE : name_intern(writer->params, text_string(&key), key.length);
	text_release(&key);
	if (*param == NAME_NONE)
		return carom_fail_memory(writer->err);
	*is_new = name_count(writer->params) > before;
	return *is_new ? append_number(writer, job_line_of_card(writer->builder, circuit, 0),
				       *param)
		       : 0;
}

static int replace(struct slot_writer *writer, const struct resolved_value *value, uint32_t line,
		   uint32_t param)
{
	if (!mem_reserve(&writer->replacements, &writer->capacity, writer->n_replacements + 1,
			 sizeof(*writer->replacements)))
		return carom_fail_memory(writer->err);
	writer->replacements[writer->n_replacements++] =
		(struct replacement){line, value->begin, value->length, param};
	return 0;
}

/* ---- values ---- */

static void set_slot(struct job_value *value, uint32_t line, uint32_t begin, uint32_t length)
{
	value->has_slot = true;
	value->slot_line = line;
	value->slot_begin = begin;
	value->slot_length = length;
}

/* The X elements from the top down to the instance; the caller frees the array. */
static struct carom_element *elements_of_path(const struct carom_circuit *circuit, const char *path,
					      const struct carom_circuit **circuits, size_t *n)
{
	struct carom_element *elements = mem_zalloc(strlen(path) + 1, sizeof(*elements));

	*n = 0;
	while (elements && *path) {
		size_t length = strcspn(path, ".");
		uint32_t at = circuit_element_of_name(circuit, path, length);
		const struct element *x = &circuit->elements[at - 1];

		circuits[*n] = circuit;
		elements[(*n)++] = (struct carom_element){at - 1};
		circuit = circuit_resolve_subcircuit(circuit, name_text(circuit->names, x->model));
		path += length;
		path += *path == '.';
	}
	return elements;
}

/* From the innermost parameter up to the line of the X at the top, which gets the number. */
static int hand_down(struct slot_writer *writer, struct job_value *value, uint32_t param,
		     const struct carom_circuit **circuits, const struct carom_element *elements,
		     size_t n)
{
	const struct job *job = writer->builder->job;
	uint32_t outer, line;
	bool is_new;
	int status;

	while (n > 1) {
		const struct carom_circuit *circuit = circuits[--n];
		uint32_t card = circuit->elements[elements[n].index].card;

		status = find_param(writer, circuit, card, param, &outer, &is_new);
		if (status == 0 && is_new)
			status = append_param(writer,
					      job_line_of_card(writer->builder, circuit, card),
					      param, outer);
		if (status)
			return status;
		param = outer;
	}
	line = job_line_of_card(writer->builder, circuits[0],
				circuits[0]->elements[elements[0].index].card);
	status = append_number(writer, line, param);
	if (status == 0)
		set_slot(value, line, (uint32_t)strlen(job->lines[line].text) - 1, 1);
	return status;
}

static int write_inside(struct slot_writer *writer, const struct resolved_value *resolved,
			struct job_value *value, uint32_t line)
{
	size_t most = strlen(resolved->instance) + 1, n = 0;
	const struct carom_circuit **circuits = mem_zalloc(most, sizeof(*circuits));
	struct carom_element *elements = NULL;
	uint32_t param;
	bool is_new;
	int status;

	if (circuits)
		elements = elements_of_path(writer->builder->circuit, resolved->instance, circuits,
					    &n);
	status = elements ? find_param(writer, resolved->circuit, resolved->card, resolved->begin,
				       &param, &is_new)
			  : carom_fail_memory(writer->err);
	if (status == 0 && is_new)
		status = replace(writer, resolved, line, param);
	if (status == 0)
		status = hand_down(writer, value, param, circuits, elements, n);
	mem_free(circuits);
	mem_free(elements);
	return status;
}

static int write_value(struct slot_writer *writer, const struct resolved_value *resolved,
		       struct job_value *value)
{
	uint32_t line = job_line_of_card(writer->builder, resolved->circuit, resolved->card);

	if (line == UINT32_MAX) /* a bin that is not sent */
		return 0;
	if (*resolved->instance)
		return write_inside(writer, resolved, value, line);
	set_slot(value, line, resolved->begin, resolved->length);
	return 0;
}

/* ---- replacements, from the last of a line to its first ---- */

static int compare_replacements(const void *a, const void *b)
{
	const struct replacement *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (x->begin < y->begin) - (x->begin > y->begin);
}

static int apply(struct slot_writer *writer, const struct replacement *replacement)
{
	char **text = &writer->builder->job->lines[replacement->line].text;
	struct text written = TEXT_INIT;

	text_append_n(&written, *text, replacement->begin);
	text_printf(&written, PARAM_FORMAT, replacement->param);
	text_append(&written, *text + replacement->begin + replacement->length);
	if (written.failed) {
		text_release(&written);
		return carom_fail_memory(writer->err);
	}
	mem_free(*text);
	*text = text_take(&written);
	return 0;
}

int job_write_slots(struct job_builder *builder, const struct resolution *resolution,
		    struct carom_error *err)
{
	struct slot_writer writer = {.builder = builder, .params = name_table_new(), .err = err};
	struct job *job = builder->job;
	int status = writer.params ? 0 : carom_fail_memory(err);

	for (size_t i = 0; i < job->n_values && status == 0; i++) {
		struct operand value = job->values[i].value;

		if (!operand_is_constant(value) && (job->ops[value.op].depends & ON_DRAW))
			status = write_value(&writer, &resolution->values[i], &job->values[i]);
	}
	if (writer.n_replacements > 1)
		qsort(writer.replacements, writer.n_replacements, sizeof(*writer.replacements),
		      compare_replacements);
	for (size_t i = 0; i < writer.n_replacements && status == 0; i++)
		status = apply(&writer, &writer.replacements[i]);
	mem_free(writer.replacements);
	name_table_free(writer.params);
	return status;
}
