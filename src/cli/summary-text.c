/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary for people: tables of at most 80 columns. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "summary.h"

/* "9.75k .. 10.2k" */
static const char *range(struct carom_interval interval, char buffer[56])
{
	char lower[24], upper[24];

	snprintf(buffer, 56, "%s .. %s", summary_number(interval.lower, lower),
		 summary_number(interval.upper, upper));
	return buffer;
}

/* A number of some digits; "-" for none. */
static const char *plain(double value, int digits, char buffer[24])
{
	snprintf(buffer, 24, "%.*f", digits, value);
	return isnan(value) ? "-" : buffer;
}

/* ---- moments and quantiles ---- */

static void print_moments(const struct carom_summary *statistics)
{
	char mean[24], half[24], sd[24], sd_range[56];

	printf("\n%-12s %-4s %8s %10s %10s %10s   %.4g %% interval\n", "measurement", "unit", "n",
	       "mean", "+-", "sd", 100 * statistics->confidence);
	for (size_t i = 0; i < statistics->n_measurements; i++) {
		const struct carom_measurement_summary *m = &statistics->measurements[i];

		printf("%-12s %-4s %8" PRIu64 " %10s %10s %10s   %s\n", m->name, m->unit, m->n,
		       summary_number(m->mean, mean),
		       summary_number((m->mean_ci.upper - m->mean_ci.lower) / 2, half),
		       summary_number(m->sd, sd), range(m->sd_ci, sd_range));
	}
}

static void print_quantiles(const struct carom_summary *statistics)
{
	printf("\n%-12s %9s %9s %9s %9s %9s %8s %8s\n", "", "min", "5 %", "median", "95 %", "max",
	       "skew", "kurtosis");
	for (size_t i = 0; i < statistics->n_measurements; i++) {
		const struct carom_measurement_summary *m = &statistics->measurements[i];
		const double columns[] = {m->min, m->quantiles[CAROM_QUANTILE_05].value,
					  m->quantiles[CAROM_QUANTILE_MEDIAN].value,
					  m->quantiles[CAROM_QUANTILE_95].value, m->max};
		char cell[24], skew[24], kurtosis[24];

		printf("%-12s", m->name);
		for (size_t c = 0; c < sizeof(columns) / sizeof(columns[0]); c++)
			printf(" %9s", summary_number(columns[c], cell));
		printf(" %8s %8s\n", plain(m->skew, 3, skew), plain(m->kurtosis, 3, kurtosis));
	}
}

/* With their intervals, one a line. */
static void print_details(const struct carom_summary *statistics, size_t measurement)
{
	const struct carom_measurement_summary *m = &statistics->measurements[measurement];
	char value[24], interval[56];

	printf("\nquantiles of %s, %.4g %% interval\n", m->name, 100 * statistics->confidence);
	for (int i = 0; i < CAROM_QUANTILE_COUNT; i++)
		printf("%10.3f %% %10s   %s\n", 100 * m->quantiles[i].p,
		       summary_number(m->quantiles[i].value, value),
		       range(m->quantiles[i].ci, interval));
}

/* ---- yield ---- */

/* Two digits, more of them near to all: 99.9985. */
static void print_percents(struct carom_interval interval)
{
	double upper = interval.upper < 1 ? interval.upper : interval.lower;

	if (upper > 0.999)
		printf("  %7.4f .. %-7.4f", 100 * interval.lower, 100 * interval.upper);
	else
		printf("  %7.2f .. %-7.2f", 100 * interval.lower, 100 * interval.upper);
}

/* Of no fail it is but known above which it is. */
static const char *sigma_of(const struct carom_yield *yield, char buffer[24])
{
	if (yield->n == 0 || yield->n_pass < yield->n)
		return plain(yield->sigma, 2, buffer);
	snprintf(buffer, 24, ">%.2f", yield->sigma_ci.lower);
	return buffer;
}

static void print_yield(const char *name, const struct carom_yield *yield)
{
	char passed[48], percent[24], sigma[24];

	snprintf(passed, sizeof(passed), "%" PRIu64 "/%" PRIu64, yield->n_pass, yield->n);
	printf("%-12s %12s %6s", name, passed, plain(100 * yield->value, 2, percent));
	print_percents(yield->exact);
	print_percents(yield->wilson);
	printf(" %5s\n", sigma_of(yield, sigma));
}

/* The second line, of the samples that have a value, where that is something else. */
static void print_both_yields(const char *name, const struct carom_yield *all,
			      const struct carom_yield *of_values)
{
	print_yield(name, all);
	if (of_values->n != all->n)
		print_yield("  of values", of_values);
}

/* (1 - p)^n = 1 - confidence: 3/n at 95 %. */
static void print_rule_of_three(const struct carom_summary *statistics)
{
	double n = (double)statistics->yield.n;

	if (statistics->yield.n_pass < statistics->yield.n)
		return;
	printf("no sample failed, so that with %.4g %% confidence at most %.2g %% do (rule of "
	       "three);\n"
	       "for less see importance sampling: carom mc --importance\n",
	       100 * statistics->confidence, -100 * expm1(log1p(-statistics->confidence) / n));
}

static void print_yields(const struct carom_summary *statistics)
{
	double percent = 100 * statistics->confidence;

	printf("\n%-12s %12s %6s  %.4g %%, exact         %.4g %%, Wilson      sigma\n", "yield",
	       "passed", "%", percent, percent);
	for (size_t i = 0; i < statistics->n_measurements; i++) {
		const struct carom_measurement_summary *m = &statistics->measurements[i];

		if (m->has_spec)
			print_both_yields(m->name, &m->yield, &m->yield_of_values);
	}
	print_both_yields("overall", &statistics->yield, &statistics->yield_of_values);
	printf("(failed samples count as fails%s)\n",
	       statistics->yield_of_values.n != statistics->yield.n
		       ? "; \"of values\": they are left out"
		       : "");
	print_rule_of_three(statistics);
}

static void print_index(double value, struct carom_interval interval)
{
	if (isnan(value))
		printf(" %6s %14s", "-", "");
	else
		printf(" %6.2f  %5.2f .. %5.2f", value, interval.lower, interval.upper);
}

static void print_capabilities(const struct carom_summary *statistics)
{
	char lower[24], upper[24];

	printf("\n%-12s %10s %10s %6s  %.4g %% interval %5s  %.4g %% interval\n", "spec", "lower",
	       "upper", "Cp", 100 * statistics->confidence, "Cpk", 100 * statistics->confidence);
	for (size_t i = 0; i < statistics->n_measurements; i++) {
		const struct carom_measurement_summary *m = &statistics->measurements[i];

		if (!m->has_spec)
			continue;
		printf("%-12s %10s %10s", m->name, summary_number(m->lower, lower),
		       summary_number(m->upper, upper));
		print_index(m->capability.cp, m->capability.cp_ci);
		print_index(m->capability.cpk, m->capability.cpk_ci);
		printf("\n");
	}
}

/* ---- all of it ---- */

static int print_measurement(const struct summary *summary, const struct summary_options *options,
			     size_t index, struct carom_error *err)
{
	int status = 0;

	if (options->has_details)
		print_details(&summary->statistics, index);
	if (options->has_histograms)
		status = summary_print_histogram(summary, index, err);
	summary_print_drivers(summary, index, options->n_drivers);
	if (status == 0)
		status = summary_print_worst(summary, index, options->n_worst, err);
	return status;
}

int summary_print_text(const struct summary *summary, const struct summary_options *options,
		       struct carom_error *err)
{
	const struct carom_summary *statistics = &summary->statistics;
	int status = 0;

	summary_print_run(summary);
	if (summary->failure.measurement) {
		summary_print_failure(summary);
		printf("\nstore: %s\n", summary->path);
		return 0;
	}
	if (statistics->n_measurements > 0) {
		print_moments(statistics);
		print_quantiles(statistics);
	}
	summary_print_nominal(summary);
	summary_print_cells(summary, options);
	if (statistics->has_spec && statistics->n_tried) {
		print_yields(statistics);
		print_capabilities(statistics);
	}
	for (size_t i = 0; i < statistics->n_measurements && status == 0; i++)
		status = print_measurement(summary, options, i, err);
	if (statistics->has_spec && options->n_worst > 0)
		printf("\nto look at a sample again: carom mc DECK --replay SAMPLE\n");
	summary_print_draws(summary->store);
	summary_print_waves(summary->store);
	printf("\nstore: %s\n", summary->path);
	return status;
}
