/* SPDX-License-Identifier: BSD-3-Clause */
/* The nominal run, before the samples, so that a deck that fails says so at once. */
#include "study/nominal.h"

#include "base/error.h"

#define MAX_TRIES 8 /* after kills from outside, which say nothing of the deck */

static void tell_death(struct crew *crew)
{
	struct pool_nominal *nominal = &crew->shared->nominal;
	bool timed_out = crew->timed_out[0];

	carom_error_clear(&nominal->error);
	if (timed_out)
		carom_fail(&nominal->error, CAROM_ERROR_LIMIT, "over the time limit of %g s",
			   crew->job->time_limit_s);
	else
		carom_fail(&nominal->error, CAROM_ERROR_CRASHED, "the simulator ended its process");
	nominal->status = timed_out ? CAROM_SAMPLE_TIMEOUT : CAROM_SAMPLE_CRASHED;
}

static int try_once(struct crew *crew, struct carom_error *err)
{
	int status;

	crew->was_killed = false;
	crew->task = CREW_NOMINAL;
	status = crew_start(crew, 1, err);
	if (status == 0)
		status = crew_supervise(crew, err);
	crew->task = CREW_SAMPLES;
	return status;
}

int nominal_run(struct crew *crew, struct carom_error *err)
{
	const struct pool_nominal *nominal = &crew->shared->nominal;
	int status = 0;

	if (!crew->shared->wants_nominal)
		return 0;
	for (int i = 0; i < MAX_TRIES && status == 0 && nominal->status == CAROM_SAMPLE_PENDING &&
			crew->shared->stop == POOL_GO;
	     i++) {
		status = try_once(crew, err);
		if (status == 0 && nominal->status == CAROM_SAMPLE_PENDING && !crew->was_killed)
			tell_death(crew);
	}
	return status;
}
