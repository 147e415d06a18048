/* SPDX-License-Identifier: BSD-3-Clause */
/* Measurements that are calculated from others and from .param, and numbers that .param gives. */
#include <string.h>

#include "base/mem.h"
#include "circuit/expression.h"
#include "circuit/formula.h"
#include "study/job-build.h"

/*
 * Names of the inputs: varied parameters by the number of their variable, then the measurements that
 * the text names, of which each has to be there.
 */
static const char **input_names(const struct job *job, const char *text, size_t n_measures)
{
	const char **names = mem_zalloc(job->n_variables + n_measures, sizeof(*names));

	for (size_t i = 0; names && i < job->n_variables; i++)
		names[i] = job->variables[i].is_param ? job->variables[i].name : NULL;
	for (size_t i = 0; names && i < n_measures; i++)
		if (expression_has_word(text, strlen(text), job->measures[i].name))
			names[job->n_variables + i] = job->measures[i].name;
	return names;
}

/* The place within the text is that of the statement. */
static int compile(const struct job_builder *builder, const char *text, size_t n_measures,
		   const struct job_asked *asked, struct program *program, struct operand *value,
		   struct carom_error *err)
{
	const struct job *job = builder->job;
	struct carom_error reason = CAROM_ERROR_INIT;
	const char **names = input_names(job, text, n_measures);
	int status = names ? formula_compile(builder->deck, text, names,
					     job->n_variables + n_measures, program, value, &reason)
			   : CAROM_ERROR_MEMORY;

	mem_free(names);
	if (status == CAROM_ERROR_MEMORY)
		return carom_fail_memory(err);
	return status ? job_fail(err, (enum carom_status)status, asked->place, "%s %s: %s",
				 asked->word, asked->name, reason.text)
		      : 0;
}

/* Those made before this one can be inputs. */
int job_resolve_formula(const struct job_builder *builder, struct job_measure *measure,
			const struct study_measure *asked, struct carom_error *err)
{
	struct job_asked by = {"measure", asked->name, NULL, "", &asked->place};
	size_t n_before = (size_t)(measure - builder->job->measures);
	struct program program = {.n_ops = 0};
	int status =
		compile(builder, asked->formula, n_before, &by, &program, &measure->formula, err);

	measure->is_formula = true;
	measure->ops = program.ops;
	measure->n_ops = program.n_ops;
	return status;
}

/* "{vdd/2}": its number, the same in all samples. */
int job_resolve_number(const struct job_builder *builder, struct measure_argument *argument,
		       const struct job_asked *asked, struct carom_error *err)
{
	char *text = mem_strndup(argument->name + 1, strlen(argument->name) - 2);
	struct program program = {.n_ops = 0};
	struct operand value = operand_constant(0);
	int status = text ? compile(builder, text, 0, asked, &program, &value, err)
			  : carom_fail_memory(err);

	if (!status && !operand_is_constant(value))
		status = job_fail(err, CAROM_ERROR_PARAMETER, asked->place,
				  "%s %s: %s varies\nlet a measurement \"NAME = EXPRESSION\" "
				  "follow it, and name that",
				  asked->word, asked->name, argument->name);
	if (!status) {
		mem_free(argument->name);
		argument->name = NULL;
		argument->number = value.number;
	}
	program_release(&program);
	mem_free(text);
	return status;
}
