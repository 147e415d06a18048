/* SPDX-License-Identifier: BSD-3-Clause */
/* The probe: tries route after route, each in a process that does not outlive the trial. */
#include "study/probe.h"

#include <stdio.h>

#define MAX_DEATHS 8 /* of probes, for one route */

static enum carom_route next_route(enum carom_route route)
{
	return route == CAROM_ROUTE_ALTER ? CAROM_ROUTE_RESET : CAROM_ROUTE_FORK;
}

/*
 * A process that was killed says nothing of the sample it was at, once.  One that crashed or hung
 * says that it will again.
 */
static bool may_follow_death(struct crew *crew, unsigned *n_deaths)
{
	struct pool_probe *probe = &crew->shared->probe;
	uint64_t sample = crew->shared->slot[0].sample;

	if (++*n_deaths > MAX_DEATHS)
		return false;
	if (sample != POOL_NO_SAMPLE && (!crew->was_killed || *n_deaths % 2 == 0))
		probe->sample = sample + 1;
	return true;
}

/* An error may lie in the values of one sample: then another is tried, by another process. */
static bool may_probe_again(struct crew *crew, unsigned *n_deaths)
{
	const struct pool_probe *probe = &crew->shared->probe;
	bool is_another = false;

	if (probe->outcome == POOL_PROBE_DIED)
		is_another = may_follow_death(crew, n_deaths);
	else if (probe->outcome == POOL_PROBE_FAILED)
		is_another = probe->error.status != CAROM_ERROR_VECTOR && probe->sample > 0;
	return is_another && probe->sample < POOL_PROBE_SAMPLES &&
	       probe->sample < crew->job->n_samples && crew->shared->stop == POOL_GO;
}

static int run_probe(struct crew *crew, struct carom_error *err)
{
	unsigned n_deaths = 0;
	int status;

	crew->shared->probe.sample = 0;
	crew->task = CREW_PROBE;
	do {
		crew->shared->probe.outcome = POOL_PROBE_DIED;
		status = crew_start(crew, 1, err);
		if (status == 0)
			status = crew_supervise(crew, err);
	} while (status == 0 && may_probe_again(crew, &n_deaths));
	crew->task = CREW_SAMPLES;
	return status;
}

/* Find the fastest route from the job's on that gives one result for one sample. */
int probe_route(struct crew *crew, probe_note_fn *note, struct carom_error *err)
{
	struct pool_shared *shared = crew->shared;

	shared->route = crew->job->route;
	for (;;) {
		char text[160];
		int status = run_probe(crew, err);

		if (status)
			return status;
		if (shared->probe.outcome == POOL_PROBE_FAILED) {
			*err = shared->probe.error;
			return err->status;
		}
		if (shared->probe.outcome != POOL_PROBE_DIFFERENT ||
		    shared->route == CAROM_ROUTE_FORK)
			return 0; /* FORK: the second run of a probe means nothing there */
		if (crew->job->route_is_forced || shared->route == CAROM_ROUTE_RELOAD) {
			note(crew, "a sample that is run again does not repeat its result");
			return 0;
		}
		snprintf(text, sizeof(text),
			 "route %s does not repeat its results with this circuit; %s taken",
			 carom_route_name((enum carom_route)shared->route),
			 carom_route_name(next_route((enum carom_route)shared->route)));
		note(crew, text);
		shared->route = next_route((enum carom_route)shared->route);
	}
}
