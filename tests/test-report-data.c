/* SPDX-License-Identifier: BSD-3-Clause */
/* The data of a page are those of the summary, and bounded. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "support-report.h"

static json_t *data_of(struct report *report, struct store_fixture *fixture, uint64_t n,
		       report_row_maker make)
{
	json_t *data;

	report_open(report, fixture, n, make);
	assert_int_equal(report_data(report, &data, &fixture->err), 0);
	return data;
}

static const json_t *measurement(const json_t *data, size_t index)
{
	return json_array_get(json_object_get(data, "measurements"), index);
}

static void assert_interval(const json_t *object, const char *name, struct carom_interval expected)
{
	const json_t *interval = json_object_get(object, name);

	assert_same_bits(json_number_value(json_array_get(interval, 0)), expected.lower);
	assert_same_bits(json_number_value(json_array_get(interval, 1)), expected.upper);
}

static void figures_are_those_of_the_summary(void **state)
{
	struct report report;
	json_t *data = data_of(&report, *state, 500, normal_row);

	for (size_t i = 0; i < 2; i++) {
		const struct carom_measurement_summary *m = &report.summary.measurements[i];
		const json_t *object = measurement(data, i),
			     *spec = json_object_get(object, "spec");

		assert_string_equal(json_string_value(json_object_get(object, "name")), m->name);
		assert_string_equal(json_string_value(json_object_get(object, "unit")), m->unit);
		assert_same_bits(number_at(object, "n"), (double)m->n);
		assert_same_bits(number_at(object, "mean"), m->mean);
		assert_same_bits(number_at(object, "sd"), m->sd);
		assert_same_bits(number_at(object, "min"), m->min);
		assert_same_bits(number_at(object, "max"), m->max);
		assert_same_bits(number_at(object, "skew"), m->skew);
		assert_same_bits(number_at(object, "kurtosis"), m->kurtosis);
		assert_interval(object, "mean_ci", m->mean_ci);
		assert_interval(object, "sd_ci", m->sd_ci);
		assert_same_bits(number_at(spec, "cpk"), m->capability.cpk);
		assert_interval(spec, "cpk_ci", m->capability.cpk_ci);
		assert_same_bits(number_at(spec, "lower"), m->lower);
		assert_same_bits(number_at(spec, "yield.all.pass"), (double)m->yield.n_pass);
		assert_same_bits(number_at(spec, "yield.all.value"), m->yield.value);
	}
	assert_same_bits(number_at(data, "yield.all.value"), report.summary.yield.value);
	assert_same_bits(number_at(data, "yield.of_values.n"),
			 (double)report.summary.yield_of_values.n);
	assert_interval(json_object_get(json_object_get(data, "yield"), "all"), "exact",
			report.summary.yield.exact);
	json_decref(data);
	report_close(&report);
}

static void histograms_hold_every_value(void **state)
{
	struct report report;
	json_t *data = data_of(&report, *state, 500, normal_row);
	const json_t *histogram = json_object_get(measurement(data, 0), "histogram");
	const json_t *counts = json_object_get(histogram, "counts");
	double n = 0;

	for (size_t i = 0; i < json_array_size(counts); i++)
		n += json_number_value(json_array_get(counts, i));
	assert_double_equal(n, 500, 0, 0);
	assert_same_bits(number_at(histogram, "lower"), report.summary.measurements[0].min);
	json_decref(data);
	report_close(&report);
}

static void drivers_and_points_go_with_the_fit(void **state)
{
	struct report report;
	json_t *data = data_of(&report, *state, 500, normal_row);
	const json_t *f3db = measurement(data, 1);
	const json_t *first =
		json_array_get(json_object_get(json_object_get(f3db, "fit"), "drivers"), 0);
	const json_t *points = json_object_get(f3db, "points");
	const json_t *shown = json_array_get(json_object_get(f3db, "shown"), 0);
	const json_t *x = json_array_get(json_object_get(points, "drivers"), 0);

	assert_string_equal(json_string_value(json_object_get(first, "name")), "q1:bf");
	assert_double_equal(number_at(first, "coefficient"), 1, 0, 1e-6);
	assert_string_equal(json_string_value(json_object_get(shown, "name")), "q1:bf");
	assert_int_equal(json_array_size(x), 500);
	assert_double_equal(json_number_value(json_array_get(x, 7)),
			    carom_store_parameter(report.store, 1)[7], 0, 1e-4);
	assert_double_equal(json_number_value(json_array_get(json_object_get(points, "value"), 7)),
			    carom_store_measurement(report.store, 1)[7], 0, 2);
	json_decref(data);
	report_close(&report);
}

static void worst_samples_have_their_parameters(void **state)
{
	struct report report;
	json_t *data = data_of(&report, *state, 500, normal_row);
	const json_t *list = json_object_get(measurement(data, 0), "worst");
	const json_t *worst = json_array_get(list, 0);
	size_t k = (size_t)number_at(worst, "sample");

	assert_int_equal(json_array_size(list), REPORT_WORST);
	assert_same_bits(number_at(worst, "value"), report.summary.measurements[0].min);
	assert_same_bits(json_number_value(json_array_get(json_object_get(worst, "parameters"), 0)),
			 carom_store_parameter(report.store, 0)[k]);
	assert_int_equal(json_array_size(json_object_get(measurement(data, 2), "worst")), 0);
	json_decref(data);
	report_close(&report);
}

/* ---- stores that have little to show ---- */

static enum carom_sample_status failed_row(uint64_t k, double parameters[2], double values[3])
{
	normal_row(k, parameters, values);
	values[0] = values[1] = values[2] = NAN;
	return CAROM_SAMPLE_TIMEOUT;
}

static enum carom_sample_status pending_row(uint64_t k, double parameters[2], double values[3])
{
	normal_row(k, parameters, values);
	return CAROM_SAMPLE_PENDING;
}

static void one_sample_is_a_report(void **state)
{
	struct report report;
	json_t *data = data_of(&report, *state, 1, normal_row);

	assert_double_equal(number_at(measurement(data, 0), "n"), 1, 0, 0);
	assert_true(json_is_null(json_object_get(measurement(data, 0), "sd")));
	json_decref(data);
	report_close(&report);
}

static void no_value_is_a_report(void **state)
{
	struct report report;
	json_t *data = data_of(&report, *state, 30, failed_row);
	const json_t *gain = measurement(data, 0);

	assert_double_equal(number_at(gain, "n"), 0, 0, 0);
	assert_int_equal(
		json_array_size(json_object_get(json_object_get(gain, "histogram"), "counts")), 0);
	assert_double_equal(number_at(data, "yield.all.pass"), 0, 0, 0);
	assert_double_equal(number_at(data, "status.timeout"), 30, 0, 0);
	json_decref(data);
	report_close(&report);
}

static void no_sample_is_a_report(void **state)
{
	struct report report;
	json_t *data = data_of(&report, *state, 3, pending_row);

	assert_double_equal(number_at(data, "tried"), 0, 0, 0);
	assert_true(json_is_null(
		json_object_get(json_object_get(json_object_get(data, "yield"), "all"), "value")));
	json_decref(data);
	report_close(&report);
}

/* ---- bounds ---- */

static size_t size_of(const json_t *data)
{
	struct text page = TEXT_INIT;
	size_t length;

	report_page(&page, data, "{}");
	assert_false(page.failed);
	length = page.length;
	text_release(&page);
	return length;
}

static void the_page_does_not_grow_with_the_samples(void **state)
{
	struct store_fixture *fixture = *state;
	struct report few, many;
	json_t *data = data_of(&few, fixture, 2000, normal_row);
	size_t small = size_of(data);

	json_decref(data);
	report_close(&few);
	strcpy(fixture->path + strlen(fixture->path) - strlen(".zarr"), "2");
	data = data_of(&many, fixture, 60000, normal_row);
	assert_true(size_of(data) < small + small / 10);
	json_decref(data);
	report_close(&many);
}

static void samples_can_be_counted_to_a_number(void **state)
{
	struct store_fixture *fixture = *state;
	const struct carom_store *store = report_store(fixture, 100, normal_row);
	const struct carom_statistics_options options = {
		.size = sizeof(options), .confidence = 0.99, .n_samples = 40};
	struct report report;
	json_t *data;

	assert_int_equal(report_init(&report, store, &options, &fixture->err), 0);
	assert_int_equal(report_data(&report, &data, &fixture->err), 0);
	assert_double_equal(number_at(measurement(data, 0), "n"), 40, 0, 0);
	assert_double_equal(number_at(data, "confidence"), 0.99, 0, 0);
	json_decref(data);
	report_close(&report);
}

static void a_confidence_is_a_share(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = report_store(fixture, 3, normal_row);
	const struct carom_statistics_options options = {.size = sizeof(options), .confidence = 2};
	struct report report;

	assert_int_equal(report_init(&report, store, &options, &fixture->err),
			 CAROM_ERROR_ARGUMENT);
	report_release(&report);
	carom_store_close(store);
}

/* ---- corners and steps ---- */

static void samples_of_corners_come_in_turn(void **state)
{
	struct store_fixture *fixture = *state;
	struct report report;

	report_open(&report, fixture, 12, normal_row);
	assert_int_equal(report.n_draws, 12);
	for (uint64_t i = 0; i < 12; i++)
		assert_int_equal(report_nth(&report, i), i);
	report.n_draws = 4;
	assert_int_equal(report_nth(&report, 0), 0);
	assert_int_equal(report_nth(&report, 1), 4);
	assert_int_equal(report_nth(&report, 2), 8);
	assert_int_equal(report_nth(&report, 3), 1);
	assert_int_equal(report_nth(&report, 11), 11);
	report.n_draws = 5; /* of the last corner two samples are there */
	assert_int_equal(report_nth(&report, 1), 5);
	assert_int_equal(report_nth(&report, 11), 11);
	report_close(&report);
}

/* ---- memory ---- */

static int try_data(const struct carom_store *store, struct carom_error *err)
{
	struct report report;
	json_t *data = NULL;
	int status = report_init(&report, store, NULL, err);

	if (status == 0)
		status = report_data(&report, &data, err);
	json_decref(data);
	report_release(&report);
	return status;
}

/* Their weights are not those of the charts. */
static void weighted_samples_have_a_probability_and_no_charts(void **state)
{
	struct store_fixture *fixture = *state;
	double shift[] = {3, 4};
	struct job_importance importance = {.shift = shift, .n = 2, .measure = 1, .is_upper = true};
	struct report report;
	json_t *data;

	fixture->job.importance = &importance;
	data = data_of(&report, fixture, 500, normal_row);
	assert_int_equal(json_array_size(json_object_get(data, "measurements")), 0);
	assert_true(json_is_null(json_object_get(data, "yield")));
	assert_string_equal(
		json_string_value(json_object_get(json_object_get(data, "failure"), "measurement")),
		"f3db");
	assert_same_bits(number_at(data, "failure.limit"), 2.5e6);
	assert_same_bits(number_at(data, "failure.distance"), 5);
	assert_same_bits(number_at(data, "failure.n"), 500);
	assert_same_bits(number_at(data, "tried"), 500);
	json_decref(data);
	report_close(&report);
}

static void running_out_of_memory_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = report_store(fixture, 5, failed_row);
	int status = CAROM_ERROR_MEMORY;
	int64_t n;

	support_fail_jansson_too(true);
	for (n = 0; status != 0; n++) {
		struct carom_error err = CAROM_ERROR_INIT;

		mem_fail_after(n);
		status = try_data(store, &err);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		assert_int_equal(err.status, status);
	}
	support_fail_jansson_too(false);
	assert_true(n > 100);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(figures_are_those_of_the_summary),
		STORE_CASE(histograms_hold_every_value),
		STORE_CASE(drivers_and_points_go_with_the_fit),
		STORE_CASE(worst_samples_have_their_parameters),
		STORE_CASE(one_sample_is_a_report),
		STORE_CASE(no_value_is_a_report),
		STORE_CASE(no_sample_is_a_report),
		STORE_CASE(the_page_does_not_grow_with_the_samples),
		STORE_CASE(samples_can_be_counted_to_a_number),
		STORE_CASE(a_confidence_is_a_share),
		STORE_CASE(samples_of_corners_come_in_turn),
		STORE_CASE(weighted_samples_have_a_probability_and_no_charts),
		STORE_CASE(running_out_of_memory_is_an_error),
	};

	return run_all_tests(tests);
}
