/* SPDX-License-Identifier: BSD-3-Clause */
/* Jobs for tests. */
#include "support-job.h"

#include <string.h>

#include "base/name.h"
#include "support-circuit.h"

static int make_job(struct job **job, const char *text, enum carom_route route,
		    struct carom_error *err, const char *file, int line)
{
	struct carom_circuit *circuit = support_import(text, file, line);
	struct carom_study *study = carom_study_new(circuit, err);
	int status;

	support_assert_ok(err, file, line);
	status = job_new(job, study, route, err);
	carom_study_free(study);
	carom_circuit_free(circuit);
	return status;
}

struct job *support_resolve(const char *text, enum carom_route route, const char *file, int line)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;

	make_job(&job, text, route, &err, file, line);
	support_assert_ok(&err, file, line);
	return job;
}

void support_assert_job_refused(const char *text, enum carom_route route, enum carom_status status,
				const char *message, const char *file, int line)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job = (struct job *)text; /* job_new makes it NULL */
	char formatted[1100];
	int rc = make_job(&job, text, route, &err, file, line);

	_assert_string_equal(carom_error_format(&err, formatted, sizeof(formatted)), message, file,
			     line);
	_assert_int_equal((LargestIntegralType)rc, (LargestIntegralType)status, file, line);
	_assert_true(job == NULL, "job == NULL", file, line);
}

const struct job_variable *variable_called(const struct job *job, const char *name)
{
	for (size_t i = 0; i < job->n_variables; i++)
		if (strcmp(job->variables[i].name, name) == 0)
			return &job->variables[i];
	fail_msg("the job has no variable %s", name);
	return NULL;
}

const struct job_measure *measure_called(const struct job *job, const char *name)
{
	for (size_t i = 0; i < job->n_measures; i++)
		if (strcmp(job->measures[i].name, name) == 0)
			return &job->measures[i];
	fail_msg("the job has no measurement %s", name);
	return NULL;
}

void assert_target(const struct job *job, const char *name, const char *target, bool is_model)
{
	const struct job_variable *variable = variable_called(job, name);

	assert_string_equal(variable->target, target);
	assert_int_equal(variable->is_model, is_model);
}

const struct job_line *line_beginning(const struct job *job, const char *beginning)
{
	for (size_t i = 0; i < job->n_lines; i++)
		if (name_compare_n(beginning, job->lines[i].text, strlen(beginning)) == 0)
			return &job->lines[i];
	fail_msg("the job has no line %s", beginning);
	return NULL;
}

void support_assert_slot(const struct job *job, uint32_t line, uint32_t begin, uint32_t length,
			 const char *expected, const char *file, int at)
{
	char bytes[64] = "";

	_assert_true(line < job->n_lines, "line < n_lines", file, at);
	_assert_true(length < sizeof(bytes), "length", file, at);
	_assert_true(begin + length <= strlen(job->lines[line].text), "within the line", file, at);
	memcpy(bytes, job->lines[line].text + begin, length);
	_assert_string_equal(bytes, expected, file, at);
}
