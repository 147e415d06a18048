/* SPDX-License-Identifier: BSD-3-Clause */
/* A histogram on a terminal. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "summary.h"

#define MOST_ROWS 16
#define BAR_WIDTH 54

static void print_limit(double limit, const char *name)
{
	char cell[24];

	printf("%12s +------ %s limit\n", summary_number(limit, cell), name);
}

/* The limits that lie in [from, to). */
static void print_limits(const struct carom_measurement_summary *m, double from, double to)
{
	if (m->lower >= from && m->lower < to)
		print_limit(m->lower, "lower");
	if (m->upper >= from && m->upper < to)
		print_limit(m->upper, "upper");
}

static uint64_t highest(const struct carom_histogram *histogram)
{
	uint64_t most = 0;

	for (size_t i = 0; i < histogram->n_bins; i++)
		most = histogram->counts[i] > most ? histogram->counts[i] : most;
	return most;
}

/* A bin that is not empty shows. */
static void print_bin(double lower, uint64_t count, uint64_t most)
{
	long length = lround(BAR_WIDTH * (double)count / (double)most);
	char cell[24];

	if (count > 0 && length == 0)
		length = 1;
	printf("%12s |", summary_number(lower, cell));
	for (long i = 0; i < length; i++)
		putchar('#');
	printf(" %" PRIu64 "\n", count);
}

/* Each row begins with the lower end of its bin, so a limit within a bin comes behind its row. */
static void print_bins(const struct carom_measurement_summary *m,
		       const struct carom_histogram *histogram)
{
	uint64_t most = highest(histogram);
	double lower = histogram->lower;

	printf("\n%s%s%s%s\n", m->name, *m->unit ? " (" : "", m->unit, *m->unit ? ")" : "");
	print_limits(m, -(double)INFINITY, lower);
	for (size_t i = 0; i < histogram->n_bins; i++) {
		double next = histogram->lower + (double)(i + 1) * histogram->width;

		print_bin(lower, histogram->counts[i], most);
		print_limits(m, lower, i + 1 < histogram->n_bins ? next : (double)INFINITY);
		lower = next;
	}
}

int summary_print_histogram(const struct summary *summary, size_t measurement,
			    struct carom_error *err)
{
	struct carom_histogram histogram;
	int status = carom_store_histogram(summary->store, &summary->options, measurement, 0,
					   &histogram, err);

	if (status == 0 && histogram.n_bins > MOST_ROWS) {
		carom_histogram_release(&histogram);
		status = carom_store_histogram(summary->store, &summary->options, measurement,
					       MOST_ROWS, &histogram, err);
	}
	if (status == 0 && histogram.n_bins > 0)
		print_bins(&summary->statistics.measurements[measurement], &histogram);
	carom_histogram_release(&histogram);
	return status;
}
