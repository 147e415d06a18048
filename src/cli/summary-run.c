/* SPDX-License-Identifier: BSD-3-Clause */
/* The run that filled a store, in words, from what its manifest says. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "summary.h"

static double number(const json_t *run, const char *key)
{
	return json_number_value(json_object_get(run, key));
}

static const char *text(const json_t *object, const char *key)
{
	const char *string = json_string_value(json_object_get(object, key));

	return string ? string : "";
}

static void print_workers(const json_t *run)
{
	double n = number(run, "workers");

	printf("%.0f worker%s (%s), ", n, n == 1 ? "" : "s", text(run, "pin_reason"));
	if (number(run, "pinned") == n)
		printf("pinned to CPU %s\n", text(run, "cpus"));
	else
		printf("%.0f pinned (CPUs: %s)\n", number(run, "pinned"), text(run, "cpus"));
}

static void print_route(const json_t *run)
{
	double busy = number(run, "busy_s");
	const char *reason = text(run, "route_reason");

	printf("route %s%s%s%s, ngspice %s, %.1f %% of the workers' time in the "
	       "simulator\n",
	       text(run, "route"), *reason ? " (" : "", reason, *reason ? ")" : "",
	       text(run, "ngspice_version"),
	       busy > 0 ? 100 * number(run, "simulator_s") / busy : 0);
}

static void print_facts(const struct summary *summary, const json_t *run)
{
	double n_restarted = number(run, "restarted"), n_kept = number(run, "kept");
	const char *sampler = carom_store_sampler(summary->store);

	if (n_kept > 0)
		printf("%.0f of %" PRIu64 " samples were in the store\n", n_kept,
		       carom_store_sample_count(summary->store));
	if (number(run, "workers") == 0)
		return; /* no more was to be done */
	printf("%.0f of %" PRIu64 " samples in %.3g s: %.4g samples/s, %.3g s to start\n",
	       number(run, "done"), carom_store_sample_count(summary->store),
	       number(run, "elapsed_s"), number(run, "rate_hz"), number(run, "start_s"));
	print_workers(run);
	print_route(run);
	if (strcmp(sampler, carom_sampler_name(CAROM_SAMPLER_PLAIN)) != 0)
		printf("sampler %s: intervals are wider than need be\n", sampler);
	if (n_restarted > 0)
		printf("%.0f worker process%s started anew\n", n_restarted,
		       n_restarted == 1 ? "" : "es");
	if (*text(run, "notes"))
		printf("note: %s\n", text(run, "notes"));
}

static void print_statuses(const struct carom_summary *statistics)
{
	const char *comma = "";

	for (int i = CAROM_SAMPLE_OK; i < CAROM_SAMPLE_STATUS_COUNT; i++)
		if (statistics->n_status[i] || i == CAROM_SAMPLE_OK) {
			printf("%s%" PRIu64 " %s", comma, statistics->n_status[i],
			       carom_sample_status_text((enum carom_sample_status)i));
			comma = ", ";
		}
	if (statistics->n_status[CAROM_SAMPLE_PENDING])
		printf(", %" PRIu64 " not simulated", statistics->n_status[CAROM_SAMPLE_PENDING]);
	printf("\n");
}

void summary_print_run(const struct summary *summary)
{
	const json_t *run = json_object_get(summary->manifest, "run");
	const json_t *until = json_object_get(run, "until");

	printf("%s\n", text(summary->manifest, "title"));
	if (run)
		print_facts(summary, run);
	if (until)
		printf("%s\n", text(until, "text"));
	print_statuses(&summary->statistics);
}
