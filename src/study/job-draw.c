/* SPDX-License-Identifier: BSD-3-Clause */
/* The values of a sample: its draws turned into values by the variables' distributions. */
#include "statistics/importance.h"
#include "statistics/normal.h"
#include "study/job.h"

static double uniform(const struct job *job, uint64_t sample, size_t variable)
{
	return sampler_uniform(&job->sampler, sample, job->variables[variable].rank,
			       job->variables[variable].draw);
}

/* Of all draws, around the shift.  Returns ln of the sample's weight. */
static double draw_shifted(const struct job *job, uint64_t sample)
{
	const struct job_importance *importance = job->importance;

	for (uint32_t i = 0; i < job->n_draws; i++)
		importance->deviates[i] =
			importance->shift[i] +
			normal_quantile(sampler_uniform(&job->sampler, sample, i, job->draws[i]));
	return importance_log_weight(importance->deviates, importance->shift, importance->n);
}

/* Of the variable's draw by itself. */
static double own_deviate(const struct job *job, uint64_t sample, size_t variable)
{
	return job->importance ? job->importance->deviates[job->variables[variable].rank]
			       : normal_quantile(uniform(job, sample, variable));
}

static void draw_deviates(const struct job *job, uint64_t sample,
			  const struct correlation *correlation)
{
	for (size_t i = 0; i < correlation->n; i++)
		correlation->deviates[i] = own_deviate(job, sample, correlation->variables[i]);
	correlation_apply(correlation);
}

static double deviate_of(const struct job *job, const struct job_variable *variable)
{
	return job->correlations[variable->correlation - 1].deviates[variable->row];
}

static void set_nominal(const struct job *job, double *values)
{
	for (size_t i = 0; i < job->n_variables; i++)
		values[i] = job->variables[i].nominal;
}

static void set_corner(const struct job_corner *corner, double *values)
{
	for (size_t i = 0; i < corner->n_settings; i++)
		values[corner->settings[i].variable] = corner->settings[i].value;
}

/* That whose circuit the sample is of; the nominal run is one of the deck as it stands. */
static uint32_t deck_of(const struct job *job, uint64_t sample)
{
	return job->n_corners == 0 || sample == CAROM_SAMPLE_NOMINAL
		       ? 0
		       : job->corners[cells_place(&job->cells, sample).corner].deck;
}

bool job_owns(const struct job *job, uint64_t sample)
{
	return deck_of(job, sample) == job->deck;
}

uint64_t job_first_own(const struct job *job)
{
	uint64_t n_of_corner = job->cells.n_steps * job->cells.n_draws;

	for (size_t i = 0; i < job->n_corners; i++)
		if (job->corners[i].deck == job->deck)
			return i * n_of_corner;
	return job->n_corners == 0 ? 0 : job->n_samples;
}

const struct job *job_of_sample(const struct job *job, uint64_t sample)
{
	uint32_t deck = deck_of(job, sample);

	return deck == 0 ? job : job->sections[deck - 1];
}

/* The last step is the quickest. */
static void set_steps(const struct job *job, uint64_t step, double *values)
{
	for (size_t i = job->n_steps; i-- > 0; step /= job->steps[i].n_values)
		for (size_t v = 0; v < job->steps[i].n_variables; v++)
			values[job->steps[i].variables[v]] =
				job->steps[i].values[step % job->steps[i].n_values];
}

/* Around the value that is nominal in the sample's cell. */
static double vary(const struct job *job, uint64_t draw, size_t index, double centre)
{
	const struct job_variable *variable = &job->variables[index];

	if (!variable->is_varied)
		return centre;
	if (variable->correlation)
		return distribution_draw_normal(&variable->distribution, centre,
						deviate_of(job, variable));
	return job->importance ? distribution_draw_normal(&variable->distribution, centre,
							  own_deviate(job, draw, index))
			       : distribution_draw(&variable->distribution, centre,
						   uniform(job, draw, index));
}

double job_draw(const struct job *job, uint64_t sample, double *values)
{
	struct cells_place place;
	double log_weight = 0;

	set_nominal(job, values);
	if (sample == CAROM_SAMPLE_NOMINAL)
		return 0;
	place = cells_place(&job->cells, sample);
	if (job->n_corners > 0)
		set_corner(&job->corners[place.corner], values);
	set_steps(job, place.step, values);
	if (job->importance)
		log_weight = draw_shifted(job, place.draw);
	for (size_t i = 0; i < job->n_correlations; i++)
		draw_deviates(job, place.draw, &job->correlations[i]);
	for (size_t i = 0; i < job->n_variables; i++)
		values[i] = vary(job, place.draw, i, values[i]);
	return log_weight;
}
