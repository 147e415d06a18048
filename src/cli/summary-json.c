/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary for programs. */
#include <math.h>

#include "summary.h"

static json_t *interval(struct carom_interval ci)
{
	return json_pack("[o, o]", command_json_number(ci.lower), command_json_number(ci.upper));
}

/* ---- a measurement ---- */

static void set_quantiles(json_t *object, const struct carom_measurement_summary *m)
{
	static const char *const names[CAROM_QUANTILE_COUNT] = {
		[CAROM_QUANTILE_05] = "q05",        [CAROM_QUANTILE_25] = "q25",
		[CAROM_QUANTILE_MEDIAN] = "median", [CAROM_QUANTILE_75] = "q75",
		[CAROM_QUANTILE_95] = "q95",
	};
	json_t *list = json_array();

	for (int i = 0; i < CAROM_QUANTILE_COUNT; i++) {
		const struct carom_quantile *quantile = &m->quantiles[i];

		if (names[i])
			json_object_set_new(object, names[i], command_json_number(quantile->value));
		json_array_append_new(list, json_pack("{s:f, s:o, s:o}", "p", quantile->p, "value",
						      command_json_number(quantile->value), "ci",
						      interval(quantile->ci)));
	}
	json_object_set_new(object, "quantiles", list);
}

static json_t *shares_to_json(const struct carom_yield *yield)
{
	return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o}", "pass", (json_int_t)yield->n_pass,
			 "tried", (json_int_t)yield->n, "yield", command_json_number(yield->value),
			 "yield_ci", interval(yield->exact), "yield_wilson",
			 interval(yield->wilson), "sigma", command_json_number(yield->sigma),
			 "sigma_ci", interval(yield->sigma_ci));
}

/* With failed samples as fails, and without them. */
static json_t *yields_to_json(const struct carom_yield *all, const struct carom_yield *of_values)
{
	json_t *object = shares_to_json(all);

	json_object_set_new(object, "of_values", shares_to_json(of_values));
	return object;
}

static json_t *spec_to_json(const struct carom_measurement_summary *m)
{
	json_t *object = yields_to_json(&m->yield, &m->yield_of_values);
	json_t *rest = json_pack(
		"{s:o, s:o, s:o, s:o, s:o, s:o}", "lower", command_json_number(m->lower), "upper",
		command_json_number(m->upper), "cp", command_json_number(m->capability.cp), "cp_ci",
		interval(m->capability.cp_ci), "cpk", command_json_number(m->capability.cpk),
		"cpk_ci", interval(m->capability.cpk_ci));

	json_object_update(object, rest);
	json_decref(rest);
	return object;
}

/* ---- what drives it ---- */

static json_t *driver_to_json(const struct summary *summary, const struct carom_driver *driver)
{
	const char *name = carom_store_parameter_name(summary->store, driver->parameter);
	json_t *object = json_pack("{s:s, s:o, s:o, s:o}", "parameter", name, "coefficient",
				   command_json_number(driver->coefficient), "pearson",
				   command_json_number(driver->pearson), "spearman",
				   command_json_number(driver->spearman));

	if (driver->kind == CAROM_DRIVER_COLLINEAR)
		json_object_set_new(object, "collinear_with",
				    json_string(carom_store_parameter_name(
					    summary->store, driver->collinear_with)));
	if (driver->kind == CAROM_DRIVER_CONSTANT)
		json_object_set_new(object, "constant", json_true());
	return object;
}

static json_t *fit_to_json(const struct summary *summary, const struct carom_fit *fit)
{
	json_t *drivers = json_array();

	for (size_t i = 0; i < fit->n_list; i++)
		json_array_append_new(drivers, driver_to_json(summary, &fit->list[i]));
	return json_pack("{s:I, s:I, s:o, s:o, s:b, s:o}", "n", (json_int_t)fit->n, "regressors",
			 (json_int_t)fit->n_regressors, "r2", command_json_number(fit->r2),
			 "r2_adjusted", command_json_number(fit->r2_adjusted), "few_samples",
			 fit->has_few_samples, "drivers", drivers);
}

static json_t *sample_to_json(const struct summary *summary, const struct carom_worst *worst)
{
	json_t *parameters = json_object();

	for (size_t j = 0; j < carom_store_parameter_count(summary->store); j++)
		json_object_set_new(parameters, carom_store_parameter_name(summary->store, j),
				    command_json_number(carom_store_parameter(summary->store,
									      j)[worst->sample]));
	return json_pack("{s:I, s:o, s:o, s:o}", "sample", (json_int_t)worst->sample, "value",
			 command_json_number(worst->value), "margin",
			 command_json_number(worst->margin), "parameters", parameters);
}

static int worst_to_json(const struct summary *summary, size_t measurement, size_t most,
			 json_t *spec, struct carom_error *err)
{
	struct carom_worst list[SUMMARY_MOST_WORST];
	json_t *samples = json_array();
	size_t n = most;
	int status =
		carom_store_worst(summary->store, &summary->options, measurement, list, &n, err);

	for (size_t i = 0; i < n; i++)
		json_array_append_new(samples, sample_to_json(summary, &list[i]));
	json_object_set_new(spec, "worst", samples);
	return status;
}

static int measurement_to_json(const struct summary *summary, size_t index, size_t n_worst,
			       json_t *object, struct carom_error *err)
{
	const struct carom_measurement_summary *m = &summary->statistics.measurements[index];
	json_t *moments = json_pack(
		"{s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name", m->name, "unit",
		m->unit, "n", (json_int_t)m->n, "mean", command_json_number(m->mean), "mean_ci",
		interval(m->mean_ci), "sd", command_json_number(m->sd), "sd_ci", interval(m->sd_ci),
		"skew", command_json_number(m->skew), "kurtosis", command_json_number(m->kurtosis),
		"min", command_json_number(m->min), "max", command_json_number(m->max));
	int status = 0;

	json_object_update(object, moments);
	json_decref(moments);
	set_quantiles(object, m);
	json_object_set_new(object, "fit", fit_to_json(summary, &summary->fits.list[index]));
	if (m->has_spec) {
		json_t *spec = spec_to_json(m);

		status = worst_to_json(summary, index, n_worst, spec, err);
		json_object_set_new(object, "spec", spec);
	}
	return status;
}

/* ---- all of it ---- */

/* What the store's manifest says already, the title as UTF-8 among it. */
static json_t *from_manifest(const struct summary *summary, const char *key)
{
	json_t *value = json_object_get(summary->manifest, key);

	return value ? json_incref(value) : json_null();
}

static json_t *statuses_to_json(const struct carom_summary *statistics)
{
	json_t *object = json_object();

	for (int i = 0; i < CAROM_SAMPLE_STATUS_COUNT; i++)
		json_object_set_new(object, carom_sample_status_text((enum carom_sample_status)i),
				    json_integer((json_int_t)statistics->n_status[i]));
	return object;
}

static json_t *heading_to_json(const struct summary *summary)
{
	const struct carom_summary *statistics = &summary->statistics;

	return json_pack("{s:o, s:s, s:s, s:I, s:I, s:I, s:o, s:f, s:o, s:o}", "title",
			 from_manifest(summary, "title"), "store", summary->path, "sampler",
			 carom_store_sampler(summary->store), "samples",
			 (json_int_t)carom_store_sample_count(summary->store), "counted",
			 (json_int_t)statistics->n_samples, "tried",
			 (json_int_t)statistics->n_tried, "status", statuses_to_json(statistics),
			 "confidence", statistics->confidence, "draws",
			 summary_draws(summary->manifest), "run", from_manifest(summary, "run"));
}

int summary_print_json(const struct summary *summary, const struct summary_options *options,
		       struct carom_error *err)
{
	const struct carom_summary *statistics = &summary->statistics;
	json_t *all = heading_to_json(summary), *measurements = json_array(), *yields;
	int status = 0;

	for (size_t i = 0; i < statistics->n_measurements && status == 0; i++) {
		json_t *object = json_object();

		status = measurement_to_json(summary, i, options->n_worst, object, err);
		json_array_append_new(measurements, object);
	}
	json_object_set_new(all, "measurements", measurements);
	json_object_set_new(all, "nominal", summary_nominal(summary));
	json_object_set_new(all, "waveforms", summary_waves(summary->store));
	json_object_set_new(all, "failure", summary_failure(summary));
	summary_add_cells(summary, all);
	if (statistics->has_spec) {
		yields = yields_to_json(&statistics->yield, &statistics->yield_of_values);
		json_object_del(yields, "tried"); /* said above */
		json_object_update(all, yields);
		json_decref(yields);
	}
	if (status == 0) {
		json_dumpf(all, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
		printf("\n");
	}
	json_decref(all);
	return status;
}
