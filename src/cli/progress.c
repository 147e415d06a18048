/* SPDX-License-Identifier: BSD-3-Clause */
/* The progress line: done of all, failed, rate, time to go. */
#include "progress.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

const char *progress_time(double seconds, char buffer[32])
{
	long s;

	if (isnan(seconds) || seconds > 1e8) {
		snprintf(buffer, 32, "?");
		return buffer;
	}
	s = lround(seconds);
	if (s < 60)
		snprintf(buffer, 32, "%ld s", s);
	else if (s < 3600)
		snprintf(buffer, 32, "%ld:%02ld", s / 60, s % 60);
	else
		snprintf(buffer, 32, "%ld:%02ld:%02ld", s / 3600, s / 60 % 60, s % 60);
	return buffer;
}

/* Once, so that a deck that fails is not run a thousand times unnoticed. */
static void tell_nominal(struct progress_study *shown)
{
	const struct carom_study_facts *facts = carom_study_facts(shown->study);

	if (shown->has_told)
		return;
	shown->has_told = true;
	if (facts->nominal_status == CAROM_SAMPLE_PENDING ||
	    facts->nominal_status == CAROM_SAMPLE_OK)
		return;
	fprintf(stderr, "carom: the nominal run, with the values of the deck: %s: %s\n",
		carom_sample_status_text(facts->nominal_status), facts->nominal_message);
}

bool progress_show(void *arg, const struct carom_progress *progress)
{
	char eta[32], failed[32] = "", search[48] = "";

	tell_nominal(arg);
	if (!isatty(STDERR_FILENO))
		return true;
	if (progress->n_failed)
		snprintf(failed, sizeof(failed), ", %" PRIu64 " failed", progress->n_failed);
	if (progress->search)
		snprintf(search, sizeof(search),
			 "search for failures, batch %u: ", progress->search);
	fprintf(stderr,
		"\r%s%" PRIu64 " of %" PRIu64 " samples (%.0f %%%s), %.4g/s, %s to go%s%s\033[K",
		search, progress->n_done, progress->n_samples,
		100.0 * (double)progress->n_done / (double)progress->n_samples, failed,
		progress->rate_hz, progress_time(progress->eta_s, eta),
		*progress->reached ? "; " : "", progress->reached);
	return true;
}

/* Below this an estimate is a guess. */
static const double least_fraction = 0.001;

void progress_show_run(const struct carom_run_progress *progress)
{
	double fraction = progress->fraction, to_go = (double)NAN;
	char eta[32];

	if (!isatty(STDERR_FILENO))
		return;
	if (isnan(fraction)) {
		fprintf(stderr, "\r%s: %zu points\033[K", progress->plot, progress->n_points);
		return;
	}
	if (fraction > least_fraction)
		to_go = progress->elapsed_s * (1 - fraction) / fraction;
	fprintf(stderr, "\r%s: %.1f %%, %zu points, %s to go\033[K", progress->plot, 100 * fraction,
		progress->n_points, progress_time(to_go, eta));
}

void progress_show_share(double share, double elapsed_s)
{
	double to_go = share > least_fraction ? elapsed_s * (1 - share) / share : (double)NAN;
	char eta[32];

	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r%.0f %%, %s to go\033[K", 100 * share,
			progress_time(to_go, eta));
}

void progress_end(void)
{
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "\r\033[K");
}
