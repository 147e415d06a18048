/* SPDX-License-Identifier: BSD-3-Clause */
/* What drives a measurement, and its samples beside the two parameters that do so most. */
#include "base/mem.h"
#include "report/report.h"
#include "report/thin.h"
#include "study/store-json.h"

/* ---- the fit ---- */

static json_t *name_json(const struct report *report, size_t parameter)
{
	return store_json_string(carom_store_parameter_name(report->store, parameter));
}

static json_t *driver_to_json(const struct report *report, const struct carom_driver *driver)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "name", name_json(report, driver->parameter),
			 "coefficient", store_json_number(driver->coefficient), "pearson",
			 store_json_number(driver->pearson), "spearman",
			 store_json_number(driver->spearman));
}

/* The first few of a kind, and how many there are. */
static json_t *list_to_json(const struct report *report, const struct carom_fit *fit,
			    enum carom_driver_kind kind, size_t *n)
{
	json_t *list = json_array();
	bool is_whole = list != NULL;

	*n = 0;
	for (size_t i = 0; i < fit->n_list && is_whole; i++) {
		const struct carom_driver *driver = &fit->list[i];

		if (driver->kind == kind && (*n)++ < REPORT_MOST_DRIVERS)
			is_whole =
				json_array_append_new(
					list, kind == CAROM_DRIVER_REGRESSOR
						      ? driver_to_json(report, driver)
						      : name_json(report, driver->parameter)) == 0;
	}
	return store_json_drop_unless(is_whole, list);
}

json_t *report_fit(const struct report *report, size_t index)
{
	const struct carom_fit *fit = &report->fits.list[index];
	size_t n_drivers, n_collinear, n_constant;
	json_t *drivers = list_to_json(report, fit, CAROM_DRIVER_REGRESSOR, &n_drivers);
	json_t *collinear = list_to_json(report, fit, CAROM_DRIVER_COLLINEAR, &n_collinear);
	json_t *constant = list_to_json(report, fit, CAROM_DRIVER_CONSTANT, &n_constant);

	return json_pack("{s:o, s:b, s:o, s:I, s:o, s:I, s:o, s:I}", "r2",
			 store_json_number(fit->r2), "few_samples", fit->has_few_samples, "drivers",
			 drivers, "n_drivers", (json_int_t)n_drivers, "collinear", collinear,
			 "n_collinear", (json_int_t)n_collinear, "constant", constant, "n_constant",
			 (json_int_t)n_constant);
}

size_t report_strongest(const struct report *report, size_t index, size_t *list, size_t most)
{
	const struct carom_fit *fit = &report->fits.list[index];
	size_t n = 0;

	for (size_t i = 0; i < fit->n_list && n < most; i++) {
		if (fit->list[i].kind == CAROM_DRIVER_REGRESSOR)
			list[n++] = fit->list[i].parameter;
	}
	return n;
}

/* ---- samples ---- */

json_t *report_row(const struct report *report, uint64_t sample, const size_t *list, size_t n)
{
	double row[REPORT_SHOWN];

	for (size_t i = 0; i < n; i++)
		row[i] = carom_store_parameter(report->store, list[i])[sample];
	return thin_exact(row, n);
}

struct points {
	double sample[REPORT_MOST_POINTS], value[REPORT_MOST_POINTS];
	double drivers[REPORT_SHOWN][REPORT_MOST_POINTS];
	size_t n;
};

static size_t most_points(const struct report *report)
{
	size_t n = report->summary.n_measurements;
	size_t share = REPORT_ALL_POINTS / (n ? n : 1);

	return share < REPORT_MOST_POINTS ? share : REPORT_MOST_POINTS;
}

/* The first samples, which any sampler spreads well. */
static void take(struct points *points, const struct report *report, size_t index,
		 const size_t *drivers, size_t n_drivers)
{
	const double *column = carom_store_measurement(report->store, index);
	size_t most = most_points(report);

	for (uint64_t at = 0; at < report->population.n && points->n < most; at++) {
		uint64_t k = report_nth(report, at);

		if (!population_has_value(&report->population, column, k))
			continue;
		points->sample[points->n] = (double)k;
		points->value[points->n] = column[k];
		for (size_t i = 0; i < n_drivers; i++)
			points->drivers[i][points->n] =
				carom_store_parameter(report->store, drivers[i])[k];
		points->n++;
	}
}

static json_t *points_to_json(const struct points *points, size_t n_drivers)
{
	json_t *drivers = json_array();
	bool is_whole = drivers != NULL;

	for (size_t i = 0; i < n_drivers && is_whole; i++)
		is_whole = json_array_append_new(drivers,
						 thin_array(points->drivers[i], points->n)) == 0;
	return json_pack("{s:o, s:o, s:o}", "sample", thin_array(points->sample, points->n),
			 "value", thin_array(points->value, points->n), "drivers",
			 store_json_drop_unless(is_whole, drivers));
}

json_t *report_points(const struct report *report, size_t index)
{
	struct points *points = mem_zalloc(1, sizeof(*points));
	size_t drivers[REPORT_SHOWN], n = report_strongest(report, index, drivers, REPORT_SHOWN);
	json_t *object;

	if (!points)
		return NULL;
	take(points, report, index, drivers, n);
	object = points_to_json(points, n);
	mem_free(points);
	return object;
}
