/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary for programs. */
#include <jansson.h>
#include <math.h>

#include "summary.h"

/* JSON has no NaN: it becomes null. */
static json_t *number(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *interval(struct carom_interval ci)
{
	return json_pack("[o, o]", number(ci.lower), number(ci.upper));
}

static json_t *measurement_to_json(const struct carom_measurement_summary *m, uint64_t n_tried)
{
	json_t *object =
		json_pack("{s:s, s:s, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "name",
			  m->name, "unit", m->unit, "n", (json_int_t)m->n, "mean", number(m->mean),
			  "sd", number(m->sd), "min", number(m->min), "max", number(m->max), "q05",
			  number(m->q05), "q25", number(m->q25), "median", number(m->median), "q75",
			  number(m->q75), "q95", number(m->q95));

	if (m->has_spec)
		json_object_set_new(object, "spec",
				    json_pack("{s:o, s:o, s:I, s:I, s:o, s:o}", "lower",
					      number(m->lower), "upper", number(m->upper), "pass",
					      (json_int_t)m->n_pass, "tried", (json_int_t)n_tried,
					      "yield", number(m->yield), "yield_ci95",
					      interval(m->yield_ci)));
	return object;
}

/* What the store's manifest says already, the title as UTF-8 among it. */
static json_t *from_manifest(const json_t *manifest, const char *key)
{
	json_t *value = json_object_get(manifest, key);

	return value ? json_incref(value) : json_null();
}

static json_t *statuses_to_json(const struct carom_summary *summary)
{
	json_t *object = json_object();

	for (int i = 0; i < CAROM_SAMPLE_STATUS_COUNT; i++)
		json_object_set_new(object, carom_sample_status_text((enum carom_sample_status)i),
				    json_integer((json_int_t)summary->n_status[i]));
	return object;
}

void summary_print_json(const struct carom_summary *summary, const struct carom_store *store,
			const char *path)
{
	json_t *manifest = json_loads(carom_store_manifest(store), 0, NULL);
	json_t *measurements = json_array(), *all;

	for (size_t i = 0; i < summary->n_measurements; i++)
		json_array_append_new(measurements, measurement_to_json(&summary->measurements[i],
									summary->n_tried));
	all = json_pack("{s:o, s:s, s:I, s:I, s:o, s:o, s:o, s:o}", "title",
			from_manifest(manifest, "title"), "store", path, "samples",
			(json_int_t)summary->n_samples, "tried", (json_int_t)summary->n_tried,
			"status", statuses_to_json(summary), "measurements", measurements, "draws",
			summary_draws(manifest), "run", from_manifest(manifest, "run"));
	if (summary->has_spec) {
		json_object_set_new(all, "pass", json_integer((json_int_t)summary->n_pass));
		json_object_set_new(all, "yield", number(summary->yield));
		json_object_set_new(all, "yield_ci95", interval(summary->yield_ci));
	}
	json_dumpf(all, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
	printf("\n");
	json_decref(all);
	json_decref(manifest);
}
