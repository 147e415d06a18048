/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs that stop and go on, many times: nothing is lost, repeated or changed; on both levels. */
#include <stdlib.h>
#include <string.h>

#include "support-worker.h"

/* Edges that are a thousand times shorter than the steps between. */
#define PULSES "t\nv1 in 0 ac 1 pulse(0 1 10u 1n 1n 20u 50u)\nr1 in out 1k\nc1 out 0 10n\n"
#define SINE "t\nv1 in 0 ac 1 sin(0 1 10k)\nr1 in out 1k\nc1 out 0 10n\n"

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int set_up_isolated(void **state)
{
	*state = open_session(&isolated);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

/* Every value that was streamed. */
struct record {
	double *values;
	size_t n, capacity;
	size_t n_points;  /* so far, of the plot */
	size_t stop_each; /* points; 0: never */
	size_t n_since;
	size_t n_gaps; /* blocks that do not begin where the one before has ended */
};

static void keep(struct record *record, const double *values, size_t n)
{
	if (record->n + n > record->capacity) {
		record->capacity = 2 * (record->n + n);
		record->values = realloc(record->values, record->capacity * sizeof(double));
	}
	memcpy(record->values + record->n, values, n * sizeof(double));
	record->n += n;
}

static bool take(void *arg, const struct carom_block *block)
{
	struct record *record = arg;
	size_t width = block->is_complex ? 2 : 1;

	record->n_gaps += block->first != record->n_points;
	record->n_points += block->n_points;
	for (size_t i = 0; i < block->n_points; i++)
		for (size_t k = 0; k < block->n_columns; k++)
			keep(record, block->columns[k] + i * width, width);
	record->n_since += block->n_points;
	if (record->stop_each == 0 || record->n_since < record->stop_each)
		return true;
	record->n_since = 0;
	return false;
}

static void assert_same_values(const struct record *a, const struct record *b)
{
	assert_int_equal(a->n_gaps + b->n_gaps, 0);
	assert_int_equal(a->n, b->n);
	assert_memory_equal(a->values, b->values, a->n * sizeof(*a->values));
}

/* To the end; the number of stops.  A stop at the last point leaves nothing to go on with. */
static size_t go_on(struct carom_session *session, const struct carom_run_options *options,
		    struct carom_result **result)
{
	size_t n_stops = 0;

	while (carom_result_is_stopped(*result)) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_result *next;
		int status = carom_session_resume(session, options, &next, &err);

		n_stops++;
		if (status == CAROM_ERROR_STATE && strstr(err.text, "no run that can be resumed")) {
			carom_result_free(next);
			break;
		}
		assert_ok(&err);
		carom_result_free(*result);
		*result = next;
	}
	return n_stops;
}

/* With and without stops: the same stream, the same result. */
static void assert_goes_on(struct carom_session *session, const char *analysis, size_t stop_each,
			   bool keeps_nothing)
{
	struct record whole = {.n = 0}, parts = {.stop_each = stop_each};
	struct carom_run_options options = {.size = sizeof(options),
					    .analysis = analysis,
					    .stream = take,
					    .stream_arg = &whole,
					    .block_points = 3,
					    .keeps_nothing = keeps_nothing};
	struct carom_result *expected = run_with(session, &options), *result;

	options.stream_arg = &parts;
	result = run_with(session, &options);
	assert_true(go_on(session, &options, &result) > 5);
	assert_same_values(&whole, &parts);
	assert_true(result_distance(expected, result) == 0);
	carom_result_free(expected);
	carom_result_free(result);
	free(whole.values);
	free(parts.values);
}

static void no_edge_of_a_pulse_is_lost_by_a_stop(void **state)
{
	load_deck(*state, PULSES ".tran 10u 500u\n.end\n");
	assert_goes_on(*state, NULL, 3, false);
	assert_goes_on(*state, NULL, 10, false);
	load_deck(*state, PULSES ".param t=10u\n.tran {t} {50*t} 0 {t/2}\n.end\n");
	assert_goes_on(*state, NULL, 3, false);
}

static void a_run_that_keeps_nothing_goes_on(void **state)
{
	load_deck(*state, PULSES ".tran 10u 500u\n.end\n");
	assert_goes_on(*state, NULL, 7, true);
}

/* What comes of @r1[nix] has no points, so the stream comes when the run has stopped. */
static void points_that_come_late_come_once(void **state)
{
	struct record whole = {.n = 0}, parts = {.n = 0};
	struct carom_run_options options = {
		.size = sizeof(options), .stream = take, .stream_arg = &whole, .block_points = 4};
	struct carom_result *result;

	load_deck(*state, SINE ".save v(out) @r1[nix]\n.tran 10u 1m\n.end\n");
	carom_result_free(run_with(*state, &options));
	options.stream_arg = &parts;
	options.stop_when = "v(out) > 0.2";
	result = run_with(*state, &options);
	assert_true(parts.n > 0 && parts.n < whole.n);
	options.stop_when = "v(out) < -0.2";
	assert_true(go_on(*state, &options, &result) > 5);
	assert_int_equal(parts.n, whole.n);
	assert_same_values(&whole, &parts);
	carom_result_free(result);
	free(whole.values);
	free(parts.values);
}

static void an_analysis_by_call_goes_on_where_there_are_no_edges(void **state)
{
	load_deck(*state, SINE ".op\n.end\n");
	assert_goes_on(*state, "tran 1u 0.5m", 7, false);
	assert_goes_on(*state, "ac dec 20 10 10k", 7, false);
	load_deck(*state, PULSES ".op\n.end\n");
	assert_goes_on(*state, "ac dec 20 10 10k", 7, false);
}

/* libngspice 39 would go on wrongly, or for ever. */
static void other_analyses_do_not_go_on(void **state)
{
	static const char *const analyses[] = {
		"dc v1 0 1 0.1", "dc v1 0 1 0.1 temp 0 50 10", "noise v(out) v1 dec 20 10 10k",
		"sens v(out) ac dec 20 10 10k", "disto dec 20 10 10k"};
	struct record part = {.stop_each = 3};
	struct carom_run_options options = {
		.size = sizeof(options), .stream = take, .stream_arg = &part};

	load_deck(*state, SINE ".op\n.end\n");
	for (size_t i = 0; i < sizeof(analyses) / sizeof(analyses[0]); i++) {
		struct carom_result *result, *rest;

		options.analysis = analyses[i];
		result = run_with(*state, &options);
		assert_true(carom_result_is_stopped(result));
		assert_int_equal(carom_session_resume(*state, NULL, &rest, NULL),
				 CAROM_ERROR_STATE);
		carom_result_free(result);
		carom_result_free(rest);
	}
	free(part.values);
}

static void a_transient_by_call_with_edges_is_refused_and_the_card_is_not(void **state)
{
	struct carom_run_options options = {
		.size = sizeof(options), .analysis = "tran 10u 500u", .stop_when = "time > 100u"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state, PULSES ".tran 10u 500u\n.end\n");
	result = run_with(*state, &options);
	assert_true(carom_result_is_stopped(result));
	carom_result_free(result);
	assert_int_equal(carom_session_resume(*state, NULL, &result, &err), CAROM_ERROR_STATE);
	assert_non_null(strstr(err.text, "edges"));
	assert_non_null(strstr(err.hint, "card"));
	carom_result_free(result);
	assert_goes_on(*state, NULL, 10, false);
}

#define ON_BOTH(name)                                                      \
	cmocka_unit_test_setup_teardown(name, set_up, tear_down),          \
	{                                                                  \
		"isolated: " #name, name, set_up_isolated, tear_down, NULL \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ON_BOTH(no_edge_of_a_pulse_is_lost_by_a_stop),
		ON_BOTH(a_run_that_keeps_nothing_goes_on),
		ON_BOTH(points_that_come_late_come_once),
		ON_BOTH(an_analysis_by_call_goes_on_where_there_are_no_edges),
		ON_BOTH(other_analyses_do_not_go_on),
		ON_BOTH(a_transient_by_call_with_edges_is_refused_and_the_card_is_not),
	};

	return run_all_tests(tests);
}
