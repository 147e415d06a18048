/* SPDX-License-Identifier: BSD-3-Clause */
/* Measurements that are calculated from others and from .param, and numbers that .param gives. */
#include <string.h>

#include "base/mem.h"
#include "circuit/expression.h"
#include "circuit/formula.h"
#include "study/job-build.h"

/*
 * Names of the inputs: varied parameters by the number of their variable, then the measurements
 * that the text names, of which each has to be there.
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
		   const struct job_asked *asked, struct job_formula *formula,
		   struct carom_error *err)
{
	const struct job *job = builder->job;
	struct carom_error reason = CAROM_ERROR_INIT;
	const char **names = input_names(job, text, n_measures);
	struct program program = {.n_ops = 0};
	int status =
		names ? formula_compile(builder->deck, text, names, job->n_variables + n_measures,
					&program, &formula->value, &reason)
		      : CAROM_ERROR_MEMORY;

	formula->ops = program.ops;
	formula->n_ops = program.n_ops;
	mem_free(names);
	if (status == CAROM_ERROR_MEMORY)
		return carom_fail_memory(err);
	return status ? job_fail(err, (enum carom_status)status, asked->place, "%s %s: %s",
				 asked->word, asked->name, reason.text)
		      : 0;
}

/* Those made before this one can be inputs. */
static size_t count_before(const struct job *job, const struct job_measure *measure)
{
	return (size_t)(measure - job->measures);
}

int job_resolve_formula(const struct job_builder *builder, struct job_measure *measure,
			const struct study_measure *asked, struct carom_error *err)
{
	struct job_asked by = {"measure", asked->name, NULL, "", &asked->place};

	measure->is_formula = true;
	return compile(builder, asked->formula, count_before(builder->job, measure), &by,
		       &measure->formula, err);
}

/* "{vdd/2}", without its name if it is one number for all. */
static int resolve_braces(const struct job_builder *builder, struct measure_argument *argument,
			  size_t n_measures, const struct job_asked *asked,
			  struct job_formula *formula, struct carom_error *err)
{
	char *text = mem_strndup(argument->name + 1, strlen(argument->name) - 2);
	int status = text ? compile(builder, text, n_measures, asked, formula, err)
			  : carom_fail_memory(err);

	mem_free(text);
	if (status || !operand_is_constant(formula->value))
		return status;
	mem_free(argument->name);
	mem_free(formula->ops);
	argument->name = NULL;
	argument->number = formula->value.number;
	*formula = (struct job_formula){.ops = NULL};
	return 0;
}

int job_resolve_argument(const struct job_builder *builder, struct job_measure *measure,
			 size_t argument, const struct job_asked *asked, struct carom_error *err)
{
	return resolve_braces(builder, &measure->measure.arguments[argument],
			      count_before(builder->job, measure), asked,
			      &measure->numbers[argument], err);
}

int job_resolve_number(const struct job_builder *builder, struct measure_argument *argument,
		       const struct job_asked *asked, struct carom_error *err)
{
	struct job_formula formula = {.ops = NULL};
	int status = resolve_braces(builder, argument, 0, asked, &formula, err);

	if (!status && argument->name)
		status = job_fail(err, CAROM_ERROR_PARAMETER, asked->place,
				  "%s %s: %s varies, and has to be one number for all samples",
				  asked->word, asked->name, argument->name);
	mem_free(formula.ops);
	return status;
}
