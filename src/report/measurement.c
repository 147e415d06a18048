/* SPDX-License-Identifier: BSD-3-Clause */
/* What a page shows of one measurement. */
#include "base/error.h"
#include "report/report.h"
#include "report/thin.h"
#include "statistics/stats.h"
#include "study/store-json.h"

/* ---- figures ---- */

static json_t *yield_to_json(const struct carom_yield *yield)
{
	return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "pass", (json_int_t)yield->n_pass,
			 "n", (json_int_t)yield->n, "value", store_json_number(yield->value),
			 "exact", thin_interval(yield->exact), "wilson",
			 thin_interval(yield->wilson), "sigma", store_json_number(yield->sigma),
			 "sigma_ci", thin_interval(yield->sigma_ci));
}

json_t *report_yields(const struct carom_yield *all, const struct carom_yield *of_values)
{
	return json_pack("{s:o, s:o}", "all", yield_to_json(all), "of_values",
			 yield_to_json(of_values));
}

static json_t *spec_to_json(const struct carom_measurement_summary *m)
{
	if (!m->has_spec)
		return json_null();
	return json_pack(
		"{s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "lower", store_json_number(m->lower),
		"upper", store_json_number(m->upper), "cp", store_json_number(m->capability.cp),
		"cp_ci", thin_interval(m->capability.cp_ci), "cpk",
		store_json_number(m->capability.cpk), "cpk_ci", thin_interval(m->capability.cpk_ci),
		"yield", report_yields(&m->yield, &m->yield_of_values));
}

static json_t *quantiles_to_json(const struct carom_measurement_summary *m)
{
	json_t *list = json_array();
	bool is_whole = list != NULL;

	for (int i = 0; i < CAROM_QUANTILE_COUNT && is_whole; i++) {
		const struct carom_quantile *quantile = &m->quantiles[i];

		is_whole = json_array_append_new(
				   list, json_pack("{s:f, s:o, s:o}", "p", quantile->p, "value",
						   store_json_number(quantile->value), "ci",
						   thin_interval(quantile->ci))) == 0;
	}
	return store_json_drop_unless(is_whole, list);
}

static json_t *figures(const struct carom_measurement_summary *m)
{
	return json_pack("{s:o, s:o, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
			 "name", store_json_string(m->name), "unit", store_json_string(m->unit),
			 "n", (json_int_t)m->n, "mean", store_json_number(m->mean), "mean_ci",
			 thin_interval(m->mean_ci), "sd", store_json_number(m->sd), "sd_ci",
			 thin_interval(m->sd_ci), "skew", store_json_number(m->skew), "kurtosis",
			 store_json_number(m->kurtosis), "min", store_json_number(m->min), "max",
			 store_json_number(m->max), "quantiles", quantiles_to_json(m), "spec",
			 spec_to_json(m));
}

/* ---- charts ---- */

static json_t *counts_to_json(const struct carom_histogram *histogram)
{
	json_t *counts = json_array();
	bool is_whole = counts != NULL;

	for (size_t i = 0; i < histogram->n_bins && is_whole; i++)
		is_whole = json_array_append_new(
				   counts, json_integer((json_int_t)histogram->counts[i])) == 0;
	return store_json_drop_unless(is_whole, counts);
}

static int add_histogram(const struct report *report, size_t index, json_t *object,
			 struct carom_error *err)
{
	struct carom_histogram histogram;
	int status =
		carom_store_histogram(report->store, &report->options, index, 0, &histogram, err);
	json_t *value = NULL;

	if (status == 0) {
		value = json_pack("{s:o, s:o, s:o}", "lower", store_json_number(histogram.lower),
				  "width", store_json_number(histogram.width), "counts",
				  counts_to_json(&histogram));
		if (json_object_set_new(object, "histogram", value))
			status = carom_fail_memory(err);
	}
	carom_histogram_release(&histogram);
	return status;
}

static json_t *quantile_plot(const struct report *report, size_t index)
{
	size_t n = population_values(&report->population, index, report->values);

	stats_sort(report->values, n);
	return report_quantile_plot(report->values, n, report->summary.confidence);
}

/* ---- samples ---- */

static json_t *names_to_json(const struct report *report, const size_t *list, size_t n)
{
	json_t *names = json_array();
	bool is_whole = names != NULL;

	for (size_t i = 0; i < n && is_whole; i++)
		is_whole = json_array_append_new(
				   names, json_pack("{s:o, s:o}", "name",
						    store_json_string(carom_store_parameter_name(
							    report->store, list[i])),
						    "unit",
						    store_json_string(carom_store_parameter_unit(
							    report->store, list[i])))) == 0;
	return store_json_drop_unless(is_whole, names);
}

/* The worst samples, each with the parameters that drive it most. */
static int add_worst(const struct report *report, size_t index, json_t *object,
		     struct carom_error *err)
{
	struct carom_worst list[REPORT_WORST];
	size_t n = REPORT_WORST, shown[REPORT_SHOWN];
	size_t n_shown = report_strongest(report, index, shown, REPORT_SHOWN);
	json_t *worst = json_array();
	int status = carom_store_worst(report->store, &report->options, index, list, &n, err);

	for (size_t i = 0; i < n && worst && status == 0; i++) {
		json_t *sample =
			json_pack("{s:I, s:o, s:o, s:o}", "sample", (json_int_t)list[i].sample,
				  "value", store_json_number(list[i].value), "margin",
				  store_json_number(list[i].margin), "parameters",
				  report_row(report, list[i].sample, shown, n_shown));

		if (json_array_append_new(worst, sample))
			status = carom_fail_memory(err);
	}
	if (json_object_set_new(object, "worst", worst) ||
	    json_object_set_new(object, "shown", names_to_json(report, shown, n_shown)))
		status = carom_fail_memory(err);
	return status;
}

int report_measurement(const struct report *report, size_t index, json_t **object,
		       struct carom_error *err)
{
	int status;

	*object = figures(&report->summary.measurements[index]);
	if (!*object)
		return carom_fail_memory(err);
	status = add_histogram(report, index, *object, err);
	if (!status)
		status = add_worst(report, index, *object, err);
	if (!status &&
	    (json_object_set_new(*object, "quantile_plot", quantile_plot(report, index)) ||
	     json_object_set_new(*object, "fit", report_fit(report, index)) ||
	     json_object_set_new(*object, "points", report_points(report, index))))
		status = carom_fail_memory(err);
	return status;
}
