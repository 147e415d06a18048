/* SPDX-License-Identifier: BSD-3-Clause */
/* The data of the normal quantile plot, of the running yield, and of the failures. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "statistics/estimate.h"
#include "statistics/normal.h"
#include "support-report.h"

static double at(const json_t *object, const char *name, size_t index)
{
	const json_t *value = json_array_get(json_object_get(object, name), index);

	assert_true(json_is_number(value));
	return json_number_value(value);
}

static size_t length_of(const json_t *object, const char *name)
{
	return json_array_size(json_object_get(object, name));
}

/* ---- normal quantiles ---- */

static void few_values_are_all_there(void **state)
{
	const double values[] = {1, 2, 4, 8, 16};
	json_t *plot = report_quantile_plot(values, 5, 0.95);

	(void)state;
	assert_int_equal(length_of(plot, "z"), 5);
	for (size_t i = 0; i < 5; i++) {
		assert_double_equal(at(plot, "value", i), values[i], 1e-6, 0);
		assert_double_equal(at(plot, "z", i), normal_quantile(((double)i + 0.5) / 5), 0,
				    1e-6);
		assert_true(at(plot, "lower", i) < at(plot, "z", i));
		assert_true(at(plot, "upper", i) > at(plot, "z", i));
	}
	json_decref(plot);
}

/* The least of 5: 1 - (1 - p)^5 is its distribution, so statistics.NormalDist().inv_cdf(1 - 0.975**0.2) of Python; the middle one is symmetric. */
static void the_band_is_that_of_order_statistics(void **state)
{
	const double values[] = {1, 2, 4, 8, 16};
	json_t *plot = report_quantile_plot(values, 5, 0.95);

	(void)state;
	assert_double_equal(at(plot, "lower", 0), -2.572334, 0, 2e-5);
	assert_double_equal(at(plot, "upper", 0), 0.054732, 0, 2e-5);
	assert_double_equal(at(plot, "upper", 2), -at(plot, "lower", 2), 0, 1e-5);
	json_decref(plot);
}

static void many_values_are_thinned_but_in_the_tails(void **state)
{
	const size_t n = 100000;
	double *values = calloc(n, sizeof(*values));
	json_t *plot;
	size_t length;

	(void)state;
	for (size_t i = 0; i < n; i++)
		values[i] = (double)i;
	plot = report_quantile_plot(values, n, 0.95);
	length = length_of(plot, "z");
	assert_in_range(length, REPORT_MOST_QUANTILES / 2, REPORT_MOST_QUANTILES);
	for (size_t i = 1; i < length; i++)
		assert_true(at(plot, "value", i) > at(plot, "value", i - 1));
	assert_double_equal(at(plot, "value", 0), 0, 0, 0);
	assert_double_equal(at(plot, "value", 1), 1, 0, 0);
	assert_double_equal(at(plot, "value", length - 1), (double)n - 1, 1e-6, 0);
	json_decref(plot);
	free(values);
}

static void no_value_has_no_quantile(void **state)
{
	json_t *plot = report_quantile_plot(NULL, 0, 0.95);

	(void)state;
	assert_int_equal(length_of(plot, "z"), 0);
	json_decref(plot);
}

/* ---- running yield ---- */

/* Every fourth fails by its gain, every tenth is pending, every seventh has failed. */
static enum carom_sample_status mixed_row(uint64_t k, double parameters[2], double values[3])
{
	normal_row(k, parameters, values);
	values[0] = k % 4 ? 40 : 30;
	values[1] = 2e6;
	return k % 10 == 9  ? CAROM_SAMPLE_PENDING
	       : k % 7 == 6 ? CAROM_SAMPLE_NO_CONVERGENCE
			    : CAROM_SAMPLE_OK;
}

static void a_short_run_has_each_sample(void **state)
{
	struct report report;
	json_t *running;
	struct carom_yield eight;

	report_open(&report, *state, 12, mixed_row);
	running = report_running(&report);
	assert_int_equal(length_of(running, "n"), 11); /* sample 9 is pending */
	for (size_t i = 0; i < 11; i++)
		assert_double_equal(at(running, "n", i), (double)i + 1, 0, 0);
	eight = estimate_yield(5, 8, 0.95); /* 0 and 4 fail, 6 has failed */
	assert_double_equal(at(running, "yield", 7), eight.value, 0, 1e-6);
	assert_double_equal(at(running, "lower", 7), eight.exact.lower, 0, 1e-6);
	assert_double_equal(at(running, "upper", 7), eight.exact.upper, 0, 1e-6);
	json_decref(running);
	report_close(&report);
}

static void a_long_run_ends_with_the_yield_of_all(void **state)
{
	struct report report;
	json_t *running;
	size_t length;

	report_open(&report, *state, 5000, mixed_row);
	running = report_running(&report);
	length = length_of(running, "n");
	assert_in_range(length, REPORT_MOST_RUNNING / 2, REPORT_MOST_RUNNING);
	assert_double_equal(at(running, "n", 0), 1, 0, 0);
	assert_double_equal(at(running, "n", length - 1), 4500, 0, 0);
	assert_double_equal(at(running, "yield", length - 1), report.summary.yield.value, 0, 1e-6);
	for (size_t i = 1; i < length; i++)
		assert_true(at(running, "n", i) > at(running, "n", i - 1));
	json_decref(running);
	report_close(&report);
}

static void without_a_spec_nothing_runs(void **state)
{
	struct store_fixture *fixture = *state;
	struct report report;
	json_t *running;

	fixture->measures[0].has_spec = fixture->measures[1].has_spec = false;
	report_open(&report, fixture, 20, normal_row);
	running = report_running(&report);
	assert_int_equal(length_of(running, "n"), 0);
	json_decref(running);
	report_close(&report);
}

/* ---- failures ---- */

static void reasons_are_counted_the_most_frequent_first(void **state)
{
	struct store_fixture *fixture = *state;
	struct report report;
	json_t *failures;
	const json_t *reasons, *first;
	double n = 0;

	report_open(&report, fixture, 1000, mixed_row);
	assert_int_equal(report_failures(&report, &failures, &fixture->err), 0);
	reasons = json_object_get(failures, "reasons");
	first = json_array_get(reasons, 0);
	assert_int_equal(json_array_size(reasons), 3); /* node n0, n1, n2 */
	assert_string_equal(json_string_value(json_object_get(first, "status")), "no convergence");
	assert_int_equal(json_array_size(json_object_get(first, "samples")), REPORT_REASON_SAMPLES);
	for (size_t i = 0; i < 3; i++) {
		const json_t *reason = json_array_get(reasons, i);

		n += number_at(reason, "count");
		assert_true(number_at(reason, "count") <= number_at(first, "count"));
		assert_memory_equal(json_string_value(json_object_get(reason, "message")), "node n",
				    6);
	}
	assert_double_equal(n, (double)report.summary.n_status[CAROM_SAMPLE_NO_CONVERGENCE], 0, 0);
	assert_double_equal(number_at(failures, "others"), 0, 0, 0);
	json_decref(failures);
	report_close(&report);
}

static enum carom_sample_status failing_row(uint64_t k, double parameters[2], double values[3])
{
	normal_row(k, parameters, values);
	return (enum carom_sample_status)(CAROM_SAMPLE_NO_CONVERGENCE + k % 5);
}

/* 5 statuses with 3 messages are 15 reasons. */
static void a_status_with_another_message_is_another_reason(void **state)
{
	struct store_fixture *fixture = *state;
	struct report report;
	json_t *failures;

	report_open(&report, fixture, 30, failing_row);
	assert_int_equal(report_failures(&report, &failures, &fixture->err), 0);
	assert_int_equal(json_array_size(json_object_get(failures, "reasons")), 15);
	json_decref(failures);
	report_close(&report);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_values_are_all_there),
		cmocka_unit_test(the_band_is_that_of_order_statistics),
		cmocka_unit_test(many_values_are_thinned_but_in_the_tails),
		cmocka_unit_test(no_value_has_no_quantile),
		STORE_CASE(a_short_run_has_each_sample),
		STORE_CASE(a_long_run_ends_with_the_yield_of_all),
		STORE_CASE(without_a_spec_nothing_runs),
		STORE_CASE(reasons_are_counted_the_most_frequent_first),
		STORE_CASE(a_status_with_another_message_is_another_reason),
	};

	return run_all_tests(tests);
}
