/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Statistics of a store: moments, quantiles, capability, yield, what drives a measurement, worst
 * samples.
 */
#ifndef CAROM_STATISTICS_H
#define CAROM_STATISTICS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carom-error.h"
#include "carom-store.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * All of this is computed from a store alone, while a run goes on too.  Where
 * too few values say nothing, a figure is NAN.  docs/statistics.md explains
 * each figure and names its source.
 */

struct carom_statistics_options {
	size_t size;       /* sizeof(struct carom_statistics_options) */
	double confidence; /* of every interval, in (0, 1); 0: 0.95 */
	/* The first samples alone; 0: those that count, all unless the study ended early. */
	uint64_t n_samples;
};

/*
 * Samples of importance sampling (carom_store_log_weight) are not drawn as what varies is
 * distributed.  So their summary has counts alone, no measurements and no yield, and there are no
 * fits; cells, worst samples and histograms are ERROR_STATE.  carom_store_failure() is what they
 * are for.
 */

/* ---- summary ---- */

/* Ends of a two-sided interval with equal tails; infinite on a side on which nothing is known. */
struct carom_interval {
	double lower, upper;
};

/* A share of samples. */
struct carom_yield {
	uint64_t n_pass, n;
	double value;                   /* n_pass / n */
	struct carom_interval exact;    /* Clopper-Pearson: covers at least the confidence */
	struct carom_interval wilson;   /* Wilson: covers it on average, and is shorter */
	double sigma;                   /* z below which that share of a normal distribution lies */
	struct carom_interval sigma_ci; /* of the exact interval; infinite for a yield of 0 or 1 */
};

/* How well a distribution lies within its limits; of one with one limit, cpk alone. */
struct carom_capability {
	double cp; /* (upper - lower) / (6 sd) */
	struct carom_interval cp_ci;
	double cpk; /* distance of the mean from the nearer limit / (3 sd) */
	struct carom_interval cpk_ci;
};

struct carom_quantile {
	double p; /* 0.5: the median */
	double value;
	struct carom_interval ci; /* between two values, whatever the distribution */
};

/*
 * The quantiles of a summary: 0.00135 and 0.99865 are those of a normal distribution at -3 and 3
 * sigma.
 */
enum carom_quantile_index {
	CAROM_QUANTILE_LOW,
	CAROM_QUANTILE_05,
	CAROM_QUANTILE_25,
	CAROM_QUANTILE_MEDIAN,
	CAROM_QUANTILE_75,
	CAROM_QUANTILE_95,
	CAROM_QUANTILE_HIGH,
	CAROM_QUANTILE_COUNT
};

struct carom_measurement_summary {
	const char *name;
	const char *unit;
	uint64_t n;      /* finite values of samples that are ok or lack another measurement */
	double mean, sd; /* sample standard deviation, n - 1 */
	struct carom_interval mean_ci;
	struct carom_interval sd_ci; /* of a normal distribution */
	double skew, kurtosis;       /* bias-corrected; both 0 for a normal distribution */
	double min, max;
	struct carom_quantile quantiles[CAROM_QUANTILE_COUNT]; /* Hyndman & Fan type 7 */
	bool has_spec;
	double lower, upper; /* the spec; NAN for none on that side */
	struct carom_capability capability;
	struct carom_yield yield;           /* failed samples count as fails */
	struct carom_yield yield_of_values; /* of the samples that have a value */
};

struct carom_summary {
	double confidence;  /* of every interval */
	uint64_t n_samples; /* looked at */
	uint64_t n_tried;   /* of them finished, whatever the outcome */
	uint64_t n_status[CAROM_SAMPLE_STATUS_COUNT];
	size_t n_measurements;
	struct carom_measurement_summary *measurements;
	bool has_spec;                      /* any */
	struct carom_yield yield;           /* samples that meet every spec */
	struct carom_yield yield_of_values; /* of the samples with a value for each spec */
};

/*
 * Statistics of what is finished.  A sample meets a spec if it was simulated
 * and its value is finite and within the limits; every other one fails it.
 * Where there is no spec, yield and capability are NAN and their counts 0; [0,
 * 1] is the interval of a yield while no sample is finished.  options: NULL for
 * defaults.  *summary owns its array (release when done) and borrows names and
 * units from the store. After a failure it is empty, all zero.
 */
int carom_store_summarise(const struct carom_store *store,
			  const struct carom_statistics_options *options,
			  struct carom_summary *summary, struct carom_error *err);
void carom_summary_release(struct carom_summary *summary);

/* ---- cells: corners and steps ---- */

struct carom_cell_measurement {
	uint64_t n; /* values, as of a summary */
	double mean, sd, min, max;
	uint64_t n_pass; /* of the samples that were tried; 0 where there is no spec */
	double cpk;      /* NAN where there is no spec */
};

struct carom_cell {
	uint64_t n_tried;
	uint64_t n_pass; /* samples that meet every spec */
	struct carom_cell_measurement *measurements;
};

struct carom_cells {
	size_t n;                /* carom_store_cell_count() */
	struct carom_cell *list; /* of which: carom_store_cell_corner(), carom_store_step_value() */
	bool has_spec;           /* any */
	size_t worst;            /* the least yield; among equals the least cpk, then the first */
	size_t n_measurements;
	struct carom_cell_measurement *measurements; /* of all cells, one behind the other */
};

/*
 * Of a study without corners and steps there is one cell.  To be released; empty after a failure.
 */
int carom_store_summarise_cells(const struct carom_store *store,
				const struct carom_statistics_options *options,
				struct carom_cells *cells, struct carom_error *err);
void carom_cells_release(struct carom_cells *cells);

/* ---- envelopes of kept waveforms ---- */

/*
 * Point by point over the samples, not waveforms themselves: a quantile need not look like any of
 * them.
 */
struct carom_envelope {
	size_t n_points, n_quantiles;
	double *p;         /* which quantiles: 0.5 the median */
	double *quantiles; /* n_quantiles by n_points: [i * n_points + point] */
	uint64_t *n;       /* samples with a finite value at each point */
};

/* The samples of all cells. */
#define CAROM_EVERY_CELL UINT64_MAX

/*
 * Quantiles (Hyndman & Fan type 7) of a kept waveform at each of its points, over the samples of a
 * cell or of all that are ok or lack a measurement; NAN where none has a finite value.  p: n_p
 * shares from 0 to 1; NULL: 1, 5, 25, 50, 75, 95 and 99 %.  Points are looked at in blocks: it
 * takes 32 MB of memory at most, or that of one point of all samples.  ERROR_STATE: the samples
 * have weights; ERROR_NOT_FOUND: no such waveform or cell; ERROR_ARGUMENT: a p that is none.  To be
 * released when done; empty after a failure.
 */
int carom_store_envelope(const struct carom_store *store,
			 const struct carom_statistics_options *options, size_t wave, uint64_t cell,
			 const double *p, size_t n_p, struct carom_envelope *envelope,
			 struct carom_error *err);
void carom_envelope_release(struct carom_envelope *envelope);

/* ---- rare failures: importance sampling ---- */

struct carom_failure {
	const char *measurement; /* borrowed from the store */
	const char *unit;
	double limit;
	bool is_upper;      /* values above the limit fail, or else those below it */
	double confidence;  /* of the intervals */
	uint64_t n;         /* samples that are finished */
	uint64_t n_failed;  /* of them; those without a value among them */
	uint64_t n_missing; /* those alone */
	double effective;   /* as many failures of equal weight would tell as much */
	double probability; /* of a failure; NAN while no sample failed */
	struct carom_interval ci;
	double relative_error; /* standard error of the probability over it */
	double sigma;          /* as much lies above it of a normal distribution */
	struct carom_interval sigma_ci;
	double distance;     /* of the samples' middle from the nominal one, in sigmas */
	unsigned n_batches;  /* of the search that found it */
	uint64_t n_searched; /* samples of these, which are in no store */
	const char *doubt;   /* why it should not be believed, "" otherwise; a constant */
};

/*
 * The probability that one sample fails, by the weights.  ERROR_STATE where they are all the same.
 */
int carom_store_failure(const struct carom_store *store,
			const struct carom_statistics_options *options,
			struct carom_failure *failure, struct carom_error *err);

/* ---- what drives a measurement ---- */

enum carom_driver_kind {
	CAROM_DRIVER_REGRESSOR, /* has a coefficient, unless the fit has none */
	CAROM_DRIVER_CONSTANT,  /* did not vary */
	CAROM_DRIVER_COLLINEAR  /* follows from parameters before it, such as one with
                             the same draw */
};

/* What one parameter has to do with a measurement. */
struct carom_driver {
	size_t parameter; /* of the store */
	enum carom_driver_kind kind;
	size_t collinear_with; /* of a collinear one: the parameter nearest to it */
	double pearson;        /* correlation: how close to a straight line */
	double spearman;       /* of the ranks: how close to any monotone curve */
	double coefficient;    /* standardised: of a change by one sd, in sd */
};

/* A measurement as a linear function of all parameters. */
struct carom_fit {
	uint64_t n;             /* samples in which it has a value */
	size_t n_regressors;    /* parameters with a coefficient */
	double r2, r2_adjusted; /* share of the variance that the fit explains; NAN without one */
	bool has_few_samples;   /* n < 10 n_regressors: coefficients are uncertain */
	struct carom_driver *list; /* all parameters, by falling |coefficient| or |correlation| */
	size_t n_list;
};

struct carom_fits {
	size_t n; /* measurements of the store */
	struct carom_fit *list;
};

/*
 * A fit for each measurement of the store: least squares by Householder's QR of
 * the standardised columns. There is none (r2 and coefficients NAN) where a
 * measurement does not vary, or has no more values than parameters that vary.
 * For n samples and p parameters it takes some 2 n p^2 operations and memory
 * for p^2 + 16 n numbers.  To be released when done; empty after a failure.
 */
int carom_store_fit(const struct carom_store *store, const struct carom_statistics_options *options,
		    struct carom_fits *fits, struct carom_error *err);
void carom_fits_release(struct carom_fits *fits);

/* ---- single samples ---- */

struct carom_worst {
	uint64_t sample; /* carom_store_parameter() has its parameters */
	double value;
	double margin; /* to the nearer limit of the spec; negative: it fails */
};

/*
 * The samples with the least margins to the spec of a measurement, the worst
 * first, samples with equal margins by number: at most *n, into list; *n
 * becomes how many.  None if there is no spec.  Failed samples have no value
 * and are not among them.
 */
int carom_store_worst(const struct carom_store *store,
		      const struct carom_statistics_options *options, size_t measurement,
		      struct carom_worst *list, size_t *n, struct carom_error *err);

/* ---- histogram ---- */

struct carom_histogram {
	double lower, width; /* bin i holds lower + i width <= value < lower + (i + 1) width */
	size_t n_bins;       /* the last holds its upper end, too */
	uint64_t *counts;
};

/*
 * Of the finite values of a measurement, over their range.  n_bins 0: by the
 * rule of Freedman and Diaconis (1981), at most 40.  No bins where there are no
 * values.  To be released, also after a failure.
 */
int carom_store_histogram(const struct carom_store *store,
			  const struct carom_statistics_options *options, size_t measurement,
			  size_t n_bins, struct carom_histogram *histogram,
			  struct carom_error *err);
void carom_histogram_release(struct carom_histogram *histogram);

#ifdef __cplusplus
}
#endif

#endif
