/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes only the lines that hold a varied number; all others are pointers into the job. */
#include "study/reload.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"

/* The number of a variable, or of a value that is computed. */
struct slot {
	uint32_t line, begin, length;
	size_t variable;
	const struct job_value *value; /* NULL: the variable's */
};

struct reload {
	const struct job *job;
	const char **lines;
	struct slot *slots; /* by line, then by place in it */
	size_t n_slots;
	struct text *texts; /* one for each slot; the first slot of a line uses its own */
	double *results;    /* of the job's program */
};

static int compare_slots(const void *a, const void *b)
{
	const struct slot *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return (x->begin > y->begin) - (x->begin < y->begin);
}

static void collect_slots(struct reload *reload)
{
	const struct job *job = reload->job;

	for (size_t i = 0; i < job->n_variables; i++) {
		const struct job_variable *variable = &job->variables[i];

		if (variable->has_slot)
			reload->slots[reload->n_slots++] =
				(struct slot){variable->slot_line, variable->slot_begin,
					      variable->slot_length, i, NULL};
	}
	for (size_t i = 0; i < job->n_copies; i++) {
		const struct job_copy *copy = &job->copies[i];

		if (job->variables[copy->variable].has_slot)
			reload->slots[reload->n_slots++] =
				(struct slot){copy->slot_line, copy->slot_begin, copy->slot_length,
					      copy->variable, NULL};
	}
	for (size_t i = 0; i < job->n_values; i++) {
		const struct job_value *value = &job->values[i];

		if (value->has_slot)
			reload->slots[reload->n_slots++] = (struct slot){
				value->slot_line, value->slot_begin, value->slot_length, 0, value};
	}
	qsort(reload->slots, reload->n_slots, sizeof(*reload->slots), compare_slots);
}

struct reload *reload_new(const struct job *job)
{
	struct reload *reload = mem_zalloc(1, sizeof(*reload));
	size_t n_slots = job->n_variables + job->n_copies + job->n_values;

	if (!reload)
		return NULL;
	reload->job = job;
	reload->lines = mem_zalloc(job->n_lines, sizeof(*reload->lines));
	reload->slots = mem_zalloc(n_slots, sizeof(*reload->slots));
	reload->texts = mem_zalloc(n_slots, sizeof(*reload->texts));
	reload->results = mem_zalloc(job->n_ops, sizeof(*reload->results));
	if (!reload->lines || !reload->slots || !reload->texts || !reload->results) {
		reload_free(reload);
		return NULL;
	}
	for (size_t i = 0; i < job->n_lines; i++)
		reload->lines[i] = job->lines[i].text;
	collect_slots(reload);
	return reload;
}

void reload_free(struct reload *reload)
{
	if (!reload)
		return;
	for (size_t i = 0; reload->texts && i < reload->n_slots; i++)
		text_release(&reload->texts[i]);
	mem_free(reload->texts);
	mem_free(reload->results);
	mem_free(reload->slots);
	mem_free(reload->lines);
	mem_free(reload);
}

static double number_of(const struct reload *reload, const struct slot *slot, const double *values)
{
	return slot->value ? operand_value(slot->value->value, reload->results)
			   : values[slot->variable];
}

/* Writes the line of slot first; returns the slot after its last one. */
static size_t write_line(struct reload *reload, size_t first, const double *values)
{
	uint32_t line = reload->slots[first].line;
	const char *original = reload->job->lines[line].text;
	struct text *text = &reload->texts[first];
	size_t i, copied = 0;

	text_clear(text);
	for (i = first; i < reload->n_slots && reload->slots[i].line == line; i++) {
		const struct slot *slot = &reload->slots[i];

		text_append_n(text, original + copied, slot->begin - copied);
		text_append_number(text, number_of(reload, slot, values));
		copied = slot->begin + slot->length;
	}
	text_append(text, original + copied);
	reload->lines[line] = text->data;
	return i;
}

const char *const *reload_lines(struct reload *reload, const double *values)
{
	program_run(reload->job->ops, reload->job->n_ops, values, reload->results);
	for (size_t i = 0; i < reload->n_slots;) {
		size_t first = i;

		i = write_line(reload, first, values);
		if (reload->texts[first].failed)
			return NULL;
	}
	return reload->lines;
}
