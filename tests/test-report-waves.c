/* SPDX-License-Identifier: BSD-3-Clause */
/* What a page shows of kept waveforms. */

#include "base/mem.h"
#include "support-report.h"

static const json_t *item(const json_t *object, const char *name, size_t index)
{
	const json_t *value = json_array_get(json_object_get(object, name), index);

	assert_non_null(value);
	return value;
}

static double at(const json_t *list, size_t index)
{
	const json_t *value = json_array_get(list, index);

	assert_true(json_is_number(value));
	return json_number_value(value);
}

static json_t *waves_of(const struct report *report)
{
	struct carom_error err = CAROM_ERROR_INIT;
	json_t *waves;

	report_waves(report, &waves, &err);
	assert_ok(&err);
	return waves;
}

static void an_envelope_has_the_quantiles_of_each_point(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_measurement_summary *gain;
	struct report report;
	const json_t *wave;
	json_t *waves;

	fixture_keep(fixture);
	report_open(&report, fixture, 101, normal_row);
	gain = &report.summary.measurements[0];
	waves = waves_of(&report);
	assert_int_equal(json_array_size(waves), 2);
	wave = json_array_get(waves, 0);
	assert_string_equal(json_string_value(json_object_get(wave, "name")), "v(out)");
	assert_string_equal(json_string_value(json_object_get(wave, "scale_unit")), "s");
	assert_true(number_at(wave, "n") == 101 && number_at(wave, "points") == 4);
	assert_same_bits(at(json_object_get(wave, "x"), 3), 4e-3);
	assert_same_bits(at(json_object_get(wave, "p"), 3), 0.5);
	for (size_t i = 0; i < 4; i++)
		assert_double_equal(at(item(wave, "quantiles", 3), i),
				    (double)(i + 1) * gain->quantiles[CAROM_QUANTILE_MEDIAN].value,
				    1e-5, 0);
	assert_double_equal(at(item(wave, "quantiles", 5), 0),
			    gain->quantiles[CAROM_QUANTILE_95].value, 1e-5, 0);
	assert_true(json_is_true(json_object_get(json_array_get(waves, 1), "log")));
	assert_true(json_is_null(item(wave, "nominal", 0)));
	json_decref(waves);
	report_close(&report);
}

static void the_worst_sample_of_each_spec_is_there_once(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_worst worst;
	struct report report;
	const json_t *list;
	json_t *waves;
	size_t n = 1;

	fixture_keep(fixture);
	report_open(&report, fixture, 101, normal_row);
	carom_store_worst(report.store, NULL, 0, &worst, &n, &fixture->err);
	assert_ok(&fixture->err);
	waves = waves_of(&report);
	list = json_object_get(json_array_get(waves, 0), "worst");
	assert_int_equal(json_array_size(list), 2); /* offset has no spec */
	assert_true(number_at(json_array_get(list, 0), "sample") == (double)worst.sample);
	assert_string_equal(json_string_value(json_object_get(json_array_get(list, 0), "of")),
			    "gain");
	assert_double_equal(at(json_object_get(json_array_get(list, 0), "values"), 1),
			    2 * worst.value, 1e-5, 0);
	json_decref(waves);
	report_close(&report);
}

static void many_points_are_thinned(void **state)
{
	struct store_fixture *fixture = *state;
	static double places[1001];
	struct carom_store *store;
	struct report report;
	const json_t *x;
	json_t *waves;

	fixture_keep(fixture);
	for (size_t i = 0; i < 1001; i++)
		places[i] = (double)i;
	fixture->grids[1].values = places;
	fixture->grids[1].n = 1001;
	fixture->job.n_samples = 1;
	fixture_create(fixture);
	store = fixture_store(fixture);
	report_init(&report, store, NULL, &fixture->err);
	assert_ok(&fixture->err);
	waves = waves_of(&report);
	x = json_object_get(json_array_get(waves, 1), "x");
	assert_int_equal(json_array_size(x), REPORT_WAVE_POINTS);
	assert_true(at(x, 0) == 0 && at(x, REPORT_WAVE_POINTS - 1) == 1000);
	assert_true(number_at(json_array_get(waves, 1), "points") == 1001);
	assert_true(number_at(json_array_get(waves, 1), "n") == 0);
	json_decref(waves);
	report_close(&report);
}

static enum carom_sample_status rising_row(uint64_t k, double parameters[2], double values[3])
{
	enum carom_sample_status status = normal_row(k, parameters, values);

	values[0] = (double)k + 1;
	return status;
}

static void each_corner_has_an_envelope_of_its_own(void **state)
{
	struct store_fixture *fixture = *state;
	struct job_corner corners[] = {{.name = (char *)"slow"}, {.name = (char *)"fast"}};
	struct report report;
	const json_t *cells;
	json_t *waves;

	fixture_keep(fixture);
	fixture->job.corners = corners;
	fixture->job.n_corners = 2;
	fixture->job.cells = (struct cells){.n_draws = 3, .n_corners = 2, .n_steps = 1};
	report_open(&report, fixture, 6, rising_row);
	waves = waves_of(&report);
	cells = json_object_get(json_array_get(waves, 0), "cells");
	assert_int_equal(json_array_size(cells), 2);
	for (size_t i = 0; i < 2; i++) {
		const json_t *cell = json_array_get(cells, i);

		assert_true(number_at(cell, "n") == 3);
		assert_same_bits(at(json_object_get(cell, "p"), 3), 0.5);
		assert_double_equal(at(item(cell, "quantiles", 3), 1), 2 * (double)(2 + 3 * i),
				    1e-5, 0);
	}
	json_decref(waves);
	report_close(&report);
	fixture->job.corners = NULL;
	fixture->job.n_corners = 0;
}

static void a_store_without_waveforms_shows_none(void **state)
{
	struct report report;
	json_t *waves;

	report_open(&report, *state, 3, normal_row);
	waves = waves_of(&report);
	assert_int_equal(json_array_size(waves), 0);
	json_decref(waves);
	report_close(&report);
}

static void running_out_of_memory_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct report report;
	json_t *waves;
	int status = 1;
	int64_t n;

	fixture_keep(fixture);
	report_open(&report, fixture, 5, normal_row);
	support_fail_jansson_too(true);
	for (n = 0; status; n++) {
		mem_fail_after(n);
		status = report_waves(&report, &waves, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		json_decref(waves);
	}
	support_fail_jansson_too(false);
	assert_true(n > 50);
	report_close(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(an_envelope_has_the_quantiles_of_each_point),
		STORE_CASE(the_worst_sample_of_each_spec_is_there_once),
		STORE_CASE(many_points_are_thinned),
		STORE_CASE(each_corner_has_an_envelope_of_its_own),
		STORE_CASE(a_store_without_waveforms_shows_none),
		STORE_CASE(running_out_of_memory_is_an_error),
	};

	return run_all_tests(tests);
}
