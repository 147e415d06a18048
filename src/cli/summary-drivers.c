/* SPDX-License-Identifier: BSD-3-Clause */
/* What drives a measurement, and its worst samples, in words. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "summary.h"

#define BAR_WIDTH 20
#define MOST_NAMES 6

static const char *name_of(const struct summary *summary, size_t parameter)
{
	return carom_store_parameter_name(summary->store, parameter);
}

static void print_cell(double value)
{
	if (isnan(value))
		printf(" %11s", "-");
	else
		printf(" %11.3f", value);
}

static void print_driver(const struct summary *summary, const struct carom_driver *driver)
{
	double weight = isnan(driver->coefficient) ? driver->pearson : driver->coefficient;
	long length = isnan(weight) ? 0 : lround(BAR_WIDTH * fmin(fabs(weight), 1));

	printf("  %-18s", name_of(summary, driver->parameter));
	print_cell(driver->coefficient);
	print_cell(driver->pearson);
	print_cell(driver->spearman);
	printf("  ");
	for (long i = 0; i < length; i++)
		putchar('#');
	printf("\n");
}

/* "  not varied: r5 r6" or "  follow from others: r2 (r1)", and how many more. */
static void print_others(const struct summary *summary, const struct carom_fit *fit,
			 enum carom_driver_kind kind, const char *what)
{
	size_t n = 0;

	for (size_t i = 0; i < fit->n_list; i++) {
		const struct carom_driver *driver = &fit->list[i];

		if (driver->kind != kind)
			continue;
		if (n == 0)
			printf("  %s:", what);
		if (n++ >= MOST_NAMES)
			continue;
		printf(" %s", name_of(summary, driver->parameter));
		if (kind == CAROM_DRIVER_COLLINEAR)
			printf(" (%s)", name_of(summary, driver->collinear_with));
	}
	if (n > MOST_NAMES)
		printf(" and %zu more", n - MOST_NAMES);
	if (n > 0)
		printf("\n");
}

static void print_heading(const char *name, const struct carom_fit *fit)
{
	if (isnan(fit->r2))
		printf("\nwhat drives %s: too few values for a linear fit\n", name);
	else
		printf("\nwhat drives %s: a linear fit explains %.2f %% of its variance\n", name,
		       100 * fit->r2);
	if (fit->has_few_samples)
		printf("  note: %" PRIu64 " values for %zu parameters; below 10 for each, "
		       "coefficients are uncertain\n",
		       fit->n, fit->n_regressors);
	printf("  %-18s %11s %11s %11s\n", "parameter", "coefficient", "Pearson", "Spearman");
}

void summary_print_drivers(const struct summary *summary, size_t measurement, size_t most)
{
	const struct carom_fit *fit = &summary->fits.list[measurement];
	size_t n = 0;

	if (fit->n < 2 || most == 0)
		return;
	print_heading(carom_store_measurement_name(summary->store, measurement), fit);
	for (size_t i = 0; i < fit->n_list; i++) {
		if (fit->list[i].kind == CAROM_DRIVER_REGRESSOR && n++ < most)
			print_driver(summary, &fit->list[i]);
	}
	if (n > most)
		printf("  and %zu more\n", n - most);
	print_others(summary, fit, CAROM_DRIVER_COLLINEAR, "follow from others");
	print_others(summary, fit, CAROM_DRIVER_CONSTANT, "not varied");
}

/* ---- worst samples ---- */

static void print_sample(const struct summary *summary, const struct carom_fit *fit,
			 const struct carom_worst *worst)
{
	char value[24], margin[24], parameter[24];
	size_t n = 0;

	printf("  %10" PRIu64 " %11s %11s  ", worst->sample, summary_number(worst->value, value),
	       summary_number(worst->margin, margin));
	for (size_t i = 0; i < fit->n_list && n < 3; i++) {
		size_t j = fit->list[i].parameter;

		if (fit->list[i].kind != CAROM_DRIVER_REGRESSOR)
			continue;
		n++;
		printf(" %s=%s", name_of(summary, j),
		       summary_number(carom_store_parameter(summary->store, j)[worst->sample],
				      parameter));
	}
	printf("\n");
}

int summary_print_worst(const struct summary *summary, size_t measurement, size_t most,
			struct carom_error *err)
{
	struct carom_worst list[SUMMARY_MOST_WORST];
	size_t n = most;
	int status =
		carom_store_worst(summary->store, &summary->options, measurement, list, &n, err);

	if (n > 0)
		printf("\nworst samples of %s\n  %10s %11s %11s   %s\n",
		       carom_store_measurement_name(summary->store, measurement), "sample", "value",
		       "margin", "largest drivers");
	for (size_t i = 0; i < n; i++)
		print_sample(summary, &summary->fits.list[measurement], &list[i]);
	return status;
}
