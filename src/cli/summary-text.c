/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary for people. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "summary.h"

/* 1.2345e-5 -> "12.345u": SPICE's suffixes, so that a number can go back into a deck. */
static const char *scaled(double value, char buffer[24])
{
	static const struct {
		double scale;
		const char *suffix;
	} scales[] = {{1e12, "t"}, {1e9, "g"},  {1e6, "meg"}, {1e3, "k"},   {1, ""},
		      {1e-3, "m"}, {1e-6, "u"}, {1e-9, "n"},  {1e-12, "p"}, {1e-15, "f"}};

	if (isnan(value) || value == 0) {
		snprintf(buffer, 24, "%s", isnan(value) ? "-" : "0");
		return buffer;
	}
	for (size_t i = 0; i < sizeof(scales) / sizeof(scales[0]); i++)
		/* Half a unit of the last digit below: 999.95 is 1k and not 1000. */
		if (fabs(value) >= scales[i].scale * 0.99995) {
			snprintf(buffer, 24, "%.4g%s", value / scales[i].scale, scales[i].suffix);
			return buffer;
		}
	snprintf(buffer, 24, "%.3e", value);
	return buffer;
}

static void print_facts(const struct carom_summary *summary, const struct carom_study_facts *facts)
{
	double spent = facts->busy_s > 0 ? 100 * facts->simulator_s / facts->busy_s : 0;

	if (facts->n_kept)
		printf("%" PRIu64 " of %" PRIu64 " samples were in the store\n", facts->n_kept,
		       summary->n_samples);
	if (facts->n_workers == 0)
		return; /* no more was to be done */
	printf("%" PRIu64 " of %" PRIu64 " samples in %.3g s: %.4g samples/s, %.3g s to start\n",
	       facts->n_done, summary->n_samples, facts->elapsed_s, facts->rate_hz, facts->start_s);
	printf("%u worker%s (%s), ", facts->n_workers, facts->n_workers == 1 ? "" : "s",
	       facts->pin_reason);
	if (facts->n_pinned == facts->n_workers)
		printf("pinned to CPU %s\n", facts->cpus);
	else
		printf("%u pinned (CPUs: %s)\n", facts->n_pinned, facts->cpus);
	printf("route %s%s%s%s, ngspice %s, %.1f %% of the workers' time in the simulator\n",
	       carom_route_name(facts->route), *facts->route_reason ? " (" : "",
	       facts->route_reason, *facts->route_reason ? ")" : "", facts->version, spent);
	if (facts->n_restarted)
		printf("%u worker process%s started anew\n", facts->n_restarted,
		       facts->n_restarted == 1 ? "" : "es");
	if (*facts->notes)
		printf("note: %s\n", facts->notes);
}

static void print_statuses(const struct carom_summary *summary)
{
	const char *comma = "";

	for (int i = CAROM_SAMPLE_OK; i < CAROM_SAMPLE_STATUS_COUNT; i++)
		if (summary->n_status[i] || i == CAROM_SAMPLE_OK) {
			printf("%s%" PRIu64 " %s", comma, summary->n_status[i],
			       carom_sample_status_text((enum carom_sample_status)i));
			comma = ", ";
		}
	if (summary->n_status[CAROM_SAMPLE_PENDING])
		printf(", %" PRIu64 " not simulated", summary->n_status[CAROM_SAMPLE_PENDING]);
	printf("\n");
}

static void print_measurement(const struct carom_measurement_summary *m)
{
	const double columns[] = {m->mean, m->sd, m->min, m->q05, m->median, m->q95, m->max};
	char cell[24];

	printf("%-12s %-4s", m->name, m->unit);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		printf(" %10s", scaled(columns[i], cell));
	printf("\n");
}

static void print_yield(const char *name, uint64_t n_pass, uint64_t n_tried, double yield,
			struct carom_interval ci)
{
	printf("%-12s %6.2f %%  (%" PRIu64 " of %" PRIu64 "; 95 %% interval %.2f .. %.2f %%)", name,
	       100 * yield, n_pass, n_tried, 100 * ci.lower, 100 * ci.upper);
}

static void print_yields(const struct carom_summary *summary)
{
	char lower[24], upper[24];

	printf("\nyield (failed samples count as fails)\n");
	for (size_t i = 0; i < summary->n_measurements; i++) {
		const struct carom_measurement_summary *m = &summary->measurements[i];

		if (!m->has_spec)
			continue;
		print_yield(m->name, m->n_pass, summary->n_tried, m->yield, m->yield_ci);
		printf("  spec %s .. %s\n", scaled(m->lower, lower), scaled(m->upper, upper));
	}
	print_yield("overall", summary->n_pass, summary->n_tried, summary->yield,
		    summary->yield_ci);
	printf("\n");
}

void summary_print_text(const struct carom_summary *summary, const struct carom_study_facts *facts,
			const char *title, const char *path)
{
	printf("%s\n", title);
	print_facts(summary, facts);
	print_statuses(summary);
	printf("\n%-12s %-4s %10s %10s %10s %10s %10s %10s %10s\n", "measurement", "unit", "mean",
	       "sd", "min", "5 %", "median", "95 %", "max");
	for (size_t i = 0; i < summary->n_measurements; i++)
		print_measurement(&summary->measurements[i]);
	if (summary->has_spec && summary->n_tried)
		print_yields(summary);
	printf("\nstore: %s\n", path);
}
