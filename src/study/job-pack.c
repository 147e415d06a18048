/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The job as bytes and back.  One description serves both directions: pass_<thing>() moves a field
 * from the job into the bytes or from the bytes into the job, whichever the cursor is made for.
 * Both ends are the same build, so numbers travel as they lie in memory.
 */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "study/job.h"

#define PACK_MAGIC 0x63726d6a6f623031ull /* "crmjob01" */
#define PACK_NULL UINT32_MAX             /* length of a string that is not there */

struct cursor {
	struct text *out; /* packing; NULL when unpacking */
	const unsigned char *in;
	size_t left;
	bool failed; /* damage or no memory: everything after it is a no-op */
};

static void pass_bytes(struct cursor *cursor, void *bytes, size_t size)
{
	if (cursor->failed)
		return;
	if (cursor->out) {
		text_append_n(cursor->out, bytes, size);
		cursor->failed = cursor->out->failed;
	} else if (cursor->left < size) {
		cursor->failed = true;
	} else {
		memcpy(bytes, cursor->in, size);
		cursor->in += size;
		cursor->left -= size;
	}
}

#define pass_field(cursor, field) pass_bytes(cursor, &(field), sizeof(field))

/* Any byte is a truth value, so that damage cannot make one that is neither. */
static void pass_bool(struct cursor *cursor, bool *value)
{
	unsigned char byte = *value;

	pass_field(cursor, byte);
	*value = byte != 0;
}

static void pass_string(struct cursor *cursor, char **string)
{
	uint32_t length = *string ? (uint32_t)strlen(*string) : PACK_NULL;

	pass_field(cursor, length);
	if (cursor->failed || length == PACK_NULL)
		return;
	if (cursor->out) {
		pass_bytes(cursor, *string, length);
		return;
	}
	if (length > cursor->left || !(*string = mem_strndup((const char *)cursor->in, length))) {
		cursor->failed = true;
		return;
	}
	cursor->in += length;
	cursor->left -= length;
}

/*
 * Number of elements, and when unpacking their zeroed array.  No element takes less than a byte, so
 * a count beyond the bytes left is damage.
 */
static void *pass_array(struct cursor *cursor, void *array, size_t *count, size_t size)
{
	uint64_t n = *count;

	pass_field(cursor, n);
	if (cursor->failed || cursor->out)
		return array;
	if (n > cursor->left || !(array = mem_zalloc(n + 1, size))) {
		cursor->failed = true;
		return NULL;
	}
	*count = n;
	return array;
}

static void pass_line(struct cursor *cursor, struct job_line *line)
{
	pass_string(cursor, &line->text);
	pass_field(cursor, line->file);
	pass_field(cursor, line->line);
}

static void pass_variable(struct cursor *cursor, struct job_variable *variable)
{
	pass_string(cursor, &variable->name);
	pass_string(cursor, &variable->unit);
	pass_field(cursor, variable->draw);
	pass_field(cursor, variable->distribution.kind);
	pass_bool(cursor, &variable->distribution.is_relative);
	pass_field(cursor, variable->distribution.spread);
	pass_field(cursor, variable->nominal);
	pass_string(cursor, &variable->definition);
	pass_string(cursor, &variable->target);
	pass_bool(cursor, &variable->is_model);
	pass_bool(cursor, &variable->is_param);
	pass_bool(cursor, &variable->selects_bin);
	pass_field(cursor, variable->slot_line);
	pass_field(cursor, variable->slot_begin);
	pass_field(cursor, variable->slot_length);
	pass_bool(cursor, &variable->has_slot);
}

static void pass_copy(struct cursor *cursor, struct job_copy *copy)
{
	pass_field(cursor, copy->variable);
	pass_string(cursor, &copy->target);
	pass_field(cursor, copy->slot_line);
	pass_field(cursor, copy->slot_begin);
	pass_field(cursor, copy->slot_length);
}

static void pass_op(struct cursor *cursor, struct program_op *op)
{
	pass_field(cursor, op->code);
	pass_field(cursor, op->depends);
	pass_field(cursor, op->a);
	pass_field(cursor, op->b);
	pass_field(cursor, op->c);
	pass_field(cursor, op->number);
}

static void pass_value(struct cursor *cursor, struct job_value *value)
{
	pass_field(cursor, value->value.op);
	pass_field(cursor, value->value.number);
	pass_string(cursor, &value->target);
	pass_bool(cursor, &value->is_model);
}

static void pass_taking(struct cursor *cursor, struct measure *measure)
{
	pass_field(cursor, measure->reducer);
	pass_string(cursor, &measure->expression);
	pass_field(cursor, measure->n_arguments);
	if (measure->n_arguments > MEASURE_MAX_ARGUMENTS) {
		measure->n_arguments = 0;
		cursor->failed = true;
	}
	for (size_t i = 0; i < measure->n_arguments; i++) {
		pass_field(cursor, measure->arguments[i].number);
		pass_string(cursor, &measure->arguments[i].name);
	}
	pass_field(cursor, measure->edge);
	pass_field(cursor, measure->count);
}

static void pass_measure(struct cursor *cursor, struct job_measure *measure)
{
	pass_string(cursor, &measure->name);
	pass_string(cursor, &measure->unit);
	pass_string(cursor, &measure->plot);
	pass_string(cursor, &measure->definition);
	pass_taking(cursor, &measure->measure);
	pass_field(cursor, measure->argument_index);
	pass_bool(cursor, &measure->has_spec);
	pass_field(cursor, measure->lower);
	pass_field(cursor, measure->upper);
	pass_string(cursor, &measure->source);
	pass_field(cursor, measure->line);
}

static void pass_arrays(struct cursor *cursor, struct job *job)
{
	job->files = pass_array(cursor, job->files, &job->n_files, sizeof(*job->files));
	for (size_t i = 0; i < job->n_files; i++)
		pass_string(cursor, &job->files[i]);
	job->lines = pass_array(cursor, job->lines, &job->n_lines, sizeof(*job->lines));
	for (size_t i = 0; i < job->n_lines; i++)
		pass_line(cursor, &job->lines[i]);
	job->variables =
		pass_array(cursor, job->variables, &job->n_variables, sizeof(*job->variables));
	for (size_t i = 0; i < job->n_variables; i++)
		pass_variable(cursor, &job->variables[i]);
	job->copies = pass_array(cursor, job->copies, &job->n_copies, sizeof(*job->copies));
	for (size_t i = 0; i < job->n_copies; i++)
		pass_copy(cursor, &job->copies[i]);
	job->ops = pass_array(cursor, job->ops, &job->n_ops, sizeof(*job->ops));
	for (size_t i = 0; i < job->n_ops; i++)
		pass_op(cursor, &job->ops[i]);
	job->values = pass_array(cursor, job->values, &job->n_values, sizeof(*job->values));
	for (size_t i = 0; i < job->n_values; i++)
		pass_value(cursor, &job->values[i]);
	job->measures = pass_array(cursor, job->measures, &job->n_measures, sizeof(*job->measures));
	for (size_t i = 0; i < job->n_measures; i++)
		pass_measure(cursor, &job->measures[i]);
}

static void pass_job(struct cursor *cursor, struct job *job)
{
	uint64_t magic = PACK_MAGIC;

	pass_field(cursor, magic);
	if (magic != PACK_MAGIC)
		cursor->failed = true;
	pass_arrays(cursor, job);
	pass_field(cursor, job->n_samples);
	pass_field(cursor, job->seed);
	pass_field(cursor, job->time_limit_s);
	pass_field(cursor, job->route);
	pass_bool(cursor, &job->route_is_forced);
	pass_string(cursor, &job->hazard);
	pass_string(cursor, &job->deck_hash);
	pass_string(cursor, &job->title);
	pass_string(cursor, &job->library);
	pass_string(cursor, &job->store);
	pass_bool(cursor, &job->is_trusted);
}

int job_pack(const struct job *job, struct text *bytes, struct carom_error *err)
{
	struct cursor cursor = {.out = bytes};

	/* Packing reads the job only; the same code writes it when unpacking. */
	pass_job(&cursor, (struct job *)job);
	return cursor.failed ? carom_fail_memory(err) : 0;
}

static bool is_slot(const struct job *job, uint32_t line, uint32_t begin, uint32_t length)
{
	return line < job->n_lines && (uint64_t)begin + length <= strlen(job->lines[line].text);
}

static bool is_consistent_copy(const struct job *job, const struct job_copy *copy)
{
	return copy->variable < job->n_variables && copy->target &&
	       (!job->variables[copy->variable].has_slot ||
		is_slot(job, copy->slot_line, copy->slot_begin, copy->slot_length));
}

static bool is_consistent_value(const struct job *job, const struct job_value *value)
{
	return value->target && (operand_is_constant(value->value) || value->value.op < job->n_ops);
}

/* What the rest of the code takes for granted of a job. */
static bool is_consistent(const struct job *job)
{
	if (job->n_lines < 2 || !job->store || !job->deck_hash || !job->title)
		return false;
	for (size_t i = 0; i < job->n_lines; i++)
		if (!job->lines[i].text)
			return false;
	for (size_t i = 0; i < job->n_variables; i++) {
		const struct job_variable *variable = &job->variables[i];

		if (!variable->name ||
		    (variable->has_slot && !is_slot(job, variable->slot_line, variable->slot_begin,
						    variable->slot_length)))
			return false;
	}
	for (size_t i = 0; i < job->n_copies; i++)
		if (!is_consistent_copy(job, &job->copies[i]))
			return false;
	if (!program_is_valid(job->ops, job->n_ops, job->n_variables))
		return false;
	for (size_t i = 0; i < job->n_values; i++)
		if (!is_consistent_value(job, &job->values[i]))
			return false;
	for (size_t i = 0; i < job->n_measures; i++) {
		const struct job_measure *measure = &job->measures[i];

		if (!measure->name || !measure->plot || !measure->measure.expression)
			return false;
		for (size_t j = 0; j < MEASURE_MAX_ARGUMENTS; j++)
			if (measure->argument_index[j] >= (int)i)
				return false;
	}
	return true;
}

int job_unpack(struct job **job, const void *bytes, size_t length, struct carom_error *err)
{
	struct cursor cursor = {.in = bytes, .left = length};
	struct job *unpacked = mem_zalloc(1, sizeof(*unpacked));

	*job = NULL;
	if (!unpacked)
		return carom_fail_memory(err);
	pass_job(&cursor, unpacked);
	if (cursor.failed || cursor.left != 0 || !is_consistent(unpacked)) {
		job_free(unpacked);
		return carom_fail(err, CAROM_ERROR_FORMAT,
				  "damaged job: command and carom-worker are of different builds?");
	}
	*job = unpacked;
	return 0;
}
