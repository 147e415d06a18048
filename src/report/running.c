/* SPDX-License-Identifier: BSD-3-Clause */
/* The yield as samples come in. */
#include <math.h>

#include "report/report.h"
#include "report/thin.h"
#include "statistics/estimate.h"
#include "study/store.h"

struct running {
	double n[REPORT_MOST_RUNNING], value[REPORT_MOST_RUNNING];
	double lower[REPORT_MOST_RUNNING], upper[REPORT_MOST_RUNNING];
	size_t length;
};

static bool meets_all(const struct report *report, uint64_t sample)
{
	for (size_t i = 0; i < report->summary.n_measurements; i++) {
		const struct carom_measurement_summary *m = &report->summary.measurements[i];

		if (m->has_spec && !population_meets(&report->population,
						     carom_store_measurement(report->store, i),
						     m->lower, m->upper, sample))
			return false;
	}
	return true;
}

/* How many samples point number index is of: equal ratios, the last of all. */
static uint64_t size_at(size_t index, uint64_t n_all)
{
	double share = (double)(index + 1) / REPORT_MOST_RUNNING;

	return n_all <= REPORT_MOST_RUNNING ? index + 1
					    : (uint64_t)llround(pow((double)n_all, share));
}

static void add(struct running *running, uint64_t n_pass, uint64_t n, double confidence)
{
	struct carom_yield yield = estimate_yield(n_pass, n, confidence);
	size_t at = running->length++;

	running->n[at] = (double)n;
	running->value[at] = yield.value;
	running->lower[at] = yield.exact.lower;
	running->upper[at] = yield.exact.upper;
}

static void fill(struct running *running, const struct report *report)
{
	uint64_t n = 0, n_pass = 0;
	size_t point = 0;

	for (uint64_t i = 0; i < report->population.n; i++) {
		uint64_t k = report_nth(report, i);

		if (i % STORE_DROP_ROWS == 0)
			store_drop_columns(report->store);
		if (report->population.status[k] == CAROM_SAMPLE_PENDING)
			continue;
		n++;
		n_pass += meets_all(report, k);
		if (point == REPORT_MOST_RUNNING || n < size_at(point, report->summary.n_tried))
			continue;
		add(running, n_pass, n, report->summary.confidence);
		while (point < REPORT_MOST_RUNNING && size_at(point, report->summary.n_tried) <= n)
			point++;
	}
}

json_t *report_running(const struct report *report)
{
	struct running running = {.length = 0};

	if (report->summary.has_spec)
		fill(&running, report);
	return json_pack("{s:o, s:o, s:o, s:o}", "n", thin_array(running.n, running.length),
			 "yield", thin_array(running.value, running.length), "lower",
			 thin_array(running.lower, running.length), "upper",
			 thin_array(running.upper, running.length));
}
