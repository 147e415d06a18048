/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of the data that a page shows: JSON, of a size that does not grow with the samples. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include <jansson.h>

#include "base/text.h"
#include "carom-report.h"
#include "study/population.h"

enum {
	REPORT_MOST_DRIVERS = 12,  /* bars of a measurement */
	REPORT_SHOWN = 2,          /* of them those that samples are shown with */
	REPORT_WORST = 8,          /* samples of a measurement */
	REPORT_MOST_POINTS = 1000, /* of a scatter plot; fewer where there are many measurements */
	REPORT_ALL_POINTS = 20000, /* of the page, about */
	REPORT_MOST_QUANTILES = 160,
	REPORT_MOST_RUNNING = 160,
	REPORT_WAVE_POINTS = 400, /* of a kept waveform */
	REPORT_WAVE_WORST = 3,    /* samples that are drawn beside its envelope */
	REPORT_WAVE_CELLS = 12,   /* corners and steps that have one of their own */
	REPORT_MOST_REASONS = 40,
	REPORT_MOST_CELLS = 120,
	REPORT_REASON_SAMPLES = 8 /* that are named */
};

/* What the parts are made from. */
struct report {
	const struct carom_store *store;
	struct carom_statistics_options options; /* the same samples for all of them */
	struct carom_summary summary;
	struct carom_fits fits;
	struct carom_failure failure; /* measurement NULL: samples have no weights */
	struct population population;
	double *values;   /* room for a column */
	uint64_t n_draws; /* samples of each corner and step */
};

/* Release it in any case. */
int report_init(struct report *report, const struct carom_store *store,
		const struct carom_statistics_options *options, struct carom_error *err);
void report_release(struct report *report);

/*
 * The i-th sample of those that are shown in turn: the first of each corner and step, the second of
 * each, and so on, so that the first few of them are of all.
 */
uint64_t report_nth(const struct report *report, uint64_t i);

/*
 * All of these return NULL, or fail, when out of memory only.  The caller's to decref.
 */

int report_data(const struct report *report, json_t **data, struct carom_error *err);
int report_measurement(const struct report *report, size_t index, json_t **object,
		       struct carom_error *err);

/*
 * {"n", "worst", "steps": names, "list": the first cells}; one cell where there are no corners or
 * steps.
 */
int report_cells(const struct report *report, json_t **object, struct carom_error *err);

/* {"all": samples that failed are fails, "of_values": they are left out}. */
json_t *report_yields(const struct carom_yield *all, const struct carom_yield *of_values);

/* Its fit: {"r2", "drivers": [...], ...}. */
json_t *report_fit(const struct report *report, size_t index);
/* Indices of the parameters that drive it most into list; returns how many, at most most. */
size_t report_strongest(const struct report *report, size_t index, size_t *list, size_t most);
/* Parameters of a sample in that order. */
json_t *report_row(const struct report *report, uint64_t sample, const size_t *list, size_t n);
/*
 * Samples of it beside the two strongest: {"sample": [...], "value": [...], "drivers": [[...],
 * [...]]}.
 */
json_t *report_points(const struct report *report, size_t index);

/*
 * Sorted values against normal scores, each with the scores between which the value of that rank
 * lies: {"z", "value", "lower", "upper"}.  Plotting positions (i - 1/2) / n: Hazen, Storage to be
 * provided in impounding reservoirs, Trans. ASCE 77 (1914).  The i-th of n uniform values is a beta
 * variable with i and n - i + 1: David & Nagaraja, Order Statistics (2003), section 2.1.
 */
json_t *report_quantile_plot(const double *sorted, size_t n, double confidence);

/* The yield of all specs of the first samples, ever more of them, with its interval. */
json_t *report_running(const struct report *report);

/*
 * The kept waveforms; none where samples have weights: [{"name", "x", "quantiles", "nominal",
 * "worst", "cells", ...}]: the envelopes of the first corners and steps, none where there is one
 * cell.
 */
int report_waves(const struct report *report, json_t **list, struct carom_error *err);

/*
 * Why samples failed, the most frequent reason first: {"reasons": [{"status", "message", "count",
 * "samples"}], "others": how many have yet another one}.
 */
int report_failures(const struct report *report, json_t **list, struct carom_error *err);

/* ---- the page ---- */

/* Append the page to text.  manifest: the store's. */
void report_page(struct text *page, const json_t *data, const char *manifest);

#endif
