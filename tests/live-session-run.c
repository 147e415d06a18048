/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs of a session with options: streamed, ended early, in the background; on both levels. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "support-worker.h"

#define CIRCUIT                                                                                   \
	"t\nv1 in 0 dc 1 ac 1 pulse(0 1 0 1n 1n 1u 2u)\nr1 in out 1k\nc1 out 0 1n\nd1 out 0 dd\n" \
	".model dd d(is=1e-14)\n"

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

static const struct carom_run_options none = {.size = sizeof(none)};

static size_t n_points(const struct carom_result *result)
{
	size_t n = carom_result_plot_count(result);

	return carom_plot_point_count(carom_result_plot(result, n - 1));
}

/* The same plots with the same bits. */
static void assert_same(const struct carom_result *a, const struct carom_result *b)
{
	assert_int_equal(carom_result_plot_count(a), carom_result_plot_count(b));
	assert_int_equal(n_points(a), n_points(b));
	assert_true(result_distance(a, b) == 0);
}

/* ---- analyses ---- */

static void an_analysis_by_call_is_that_of_its_card(void **state)
{
	static const char *const analyses[] = {"op",
					       "tran 10n 3u uic",
					       "ac dec 5 1 1meg",
					       "dc v1 0 1 0.1 temp 0 100 50",
					       "noise v(out) v1 dec 5 1 1meg",
					       "sens v(out) ac dec 2 1 1k",
					       "tf v(out) v1",
					       "pz in 0 out 0 vol pol",
					       "disto dec 5 1 1k"};

	for (size_t i = 0; i < sizeof(analyses) / sizeof(analyses[0]); i++) {
		struct carom_run_options options = none;
		struct carom_result *by_call, *by_card;
		char deck[400];

		load_deck(*state, CIRCUIT ".op\n.end\n");
		options.analysis = analyses[i];
		by_call = run_with(*state, &options);
		snprintf(deck, sizeof(deck), CIRCUIT ".%s\n.end\n", analyses[i]);
		load_deck(*state, deck);
		by_card = run_with(*state, NULL);
		assert_same(by_call, by_card);
		carom_result_free(by_call);
		carom_result_free(by_card);
	}
}

static void what_is_asked_for_wrongly_is_refused(void **state)
{
	struct carom_run_options options[5] = {none, none, none, none, none};
	static const char *const save[] = {"v(out);"};
	static const double nan_time[] = {NAN};

	load_deck(*state, CIRCUIT ".tran 10n 1u\n.end\n");
	options[0].analysis = "run";
	options[1].stop_when = "out";
	options[2].save = save;
	options[2].n_save = 1;
	options[3].breakpoints = nan_time;
	options[3].n_breakpoints = 1;
	options[4].size = 0;
	for (size_t i = 0; i < 5; i++) {
		struct carom_result *result;

		assert_int_equal(carom_session_run_with(*state, &options[i], &result, NULL),
				 CAROM_ERROR_ARGUMENT);
		assert_null(result);
	}
	carom_result_free(run_with(*state, NULL));
}

static void the_saves_of_the_deck_come_back(void **state)
{
	static const char *const save[] = {"v(out)", "@d1[id]"};
	struct carom_run_options options = none;
	struct carom_result *result;

	load_deck(*state, CIRCUIT ".tran 10n 1u\n.save v(in)\n.end\n");
	set_value(*state, "r1", 2e3);
	options.save = save;
	options.n_save = 2;
	for (int i = 0; i < 3; i++) {
		result = run_with(*state, i == 1 ? NULL : &options);
		assert_int_equal(carom_plot_vector_count(carom_result_plot(result, 0)),
				 i == 1 ? 2 : 3);
		find_vector(result, "tran1", i == 1 ? "v(in)" : "@d1[id]");
		carom_result_free(result);
	}
}

/* ---- streaming ---- */

struct stream {
	double sum;
	_Atomic size_t n; /* others look at it while the run goes on */
	size_t n_columns;
	char names[100];
	size_t end_at;
	struct carom_session *session; /* to be cancelled at end_at, instead of false */
};

static bool take(void *arg, const struct carom_block *block)
{
	struct stream *stream = arg;

	assert_int_equal(block->first, stream->n);
	stream->names[0] = '\0';
	for (size_t i = 0; i < block->n_columns; i++)
		strcat(strcat(stream->names, block->names[i]), " ");
	for (size_t i = 0; i < block->n_points; i++)
		stream->sum += block->columns[1][i];
	stream->n += block->n_points;
	if (stream->end_at == 0 || stream->n < stream->end_at)
		return true;
	if (stream->session)
		carom_session_cancel(stream->session);
	return stream->session != NULL;
}

static double sum_of(const struct carom_result *result, const char *name)
{
	const struct carom_vector *vector = find_vector(result, "tran1", name);
	double sum = 0;

	for (size_t i = 0; i < carom_vector_length(vector); i++)
		sum += carom_vector_real(vector)[i];
	return sum;
}

static void what_is_streamed_is_what_is_kept(void **state)
{
	static const char *const columns[] = {"v(out)"};
	static const size_t sizes[] = {0, 1, 7, 100, 100000};

	load_deck(*state, CIRCUIT ".tran 10n 5u\n.end\n");
	for (size_t i = 0; i < 5; i++) {
		struct stream stream = {0};
		struct carom_run_options options = none;
		struct carom_result *result;

		options.stream = take;
		options.stream_arg = &stream;
		options.columns = columns;
		options.n_columns = 1;
		options.block_points = sizes[i];
		result = run_with(*state, &options);
		assert_string_equal(stream.names, "time v(out) ");
		assert_int_equal(stream.n, n_points(result));
		assert_same_bits(stream.sum, sum_of(result, "v(out)"));
		carom_result_free(result);
	}
}

static void a_run_that_keeps_nothing_has_no_plots_and_the_next_one_has(void **state)
{
	struct stream streams[2] = {{.n = 0}, {.n = 0}};
	struct carom_run_options options = none;
	struct carom_result *result;

	load_deck(*state, CIRCUIT ".tran 10n 5u\n.end\n");
	set_value(*state, "r1", 2e3);
	options.stream = take;
	options.block_points = 50;
	for (int i = 0; i < 2; i++) {
		options.stream_arg = &streams[i];
		options.keeps_nothing = i == 0;
		result = run_with(*state, &options);
		assert_int_equal(carom_result_plot_count(result), i);
		carom_result_free(result);
	}
	assert_int_equal(streams[0].n, streams[1].n);
	assert_same_bits(streams[0].sum, streams[1].sum);
}

/* ---- ending early ---- */

static void a_callback_ends_a_run_and_it_goes_on(void **state)
{
	struct carom_run_options options = none;
	struct carom_result *whole, *part, *rest;
	struct stream stream = {.end_at = 20};
	struct carom_error err = CAROM_ERROR_INIT;

	load_deck(*state, CIRCUIT ".tran 10n 5u\n.end\n");
	whole = run_with(*state, NULL);
	assert_false(carom_result_is_stopped(whole));
	options.stream = take;
	options.stream_arg = &stream;
	part = run_with(*state, &options);
	assert_true(carom_result_is_stopped(part));
	assert_int_equal(n_points(part), 21);
	assert_int_equal(stream.n, 21);
	stream.end_at = 0;
	carom_session_resume(*state, &options, &rest, &err);
	assert_ok(&err);
	assert_same(whole, rest);
	assert_int_equal(stream.n, n_points(rest));
	carom_result_free(part);
	assert_int_equal(carom_session_resume(*state, NULL, &part, NULL), CAROM_ERROR_STATE);
	carom_result_free(whole);
	carom_result_free(rest);
}

static void a_cancelled_run_keeps_its_points_and_the_circuit(void **state)
{
	static const char *const analyses[] = {"tran 10n 9u", "dc v1 0 1 0.001", "ac dec 100 1 1g",
					       "noise v(out) v1 dec 50 1 1g"};
	struct carom_result *before, *after;

	load_deck(*state, CIRCUIT ".op\n.end\n");
	set_value(*state, "r1", 3e3);
	before = run_with(*state, NULL);
	for (size_t i = 0; i < 8; i++) {
		struct stream stream = {.end_at = 15, .session = *state};
		struct carom_run_options options = none;
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_result *result;

		options.analysis = analyses[i % 4];
		options.stream = take;
		options.stream_arg = &stream;
		assert_int_equal(carom_session_run_with(*state, &options, &result, &err),
				 CAROM_ERROR_CANCELLED);
		assert_non_null(result);
		assert_int_equal(n_points(result), stream.n);
		assert_in_range(stream.n, 15, 17);
		carom_result_free(result);
		after = run_with(*state, NULL);
		assert_same(before, after);
		carom_result_free(after);
	}
	carom_result_free(before);
}

/* ngspice asks for room for all points there might be: 3 GB, which must not be written first. */
static void a_run_of_a_tiny_step_that_is_cancelled_keeps_its_points(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state, HAS_SHADOW ? CIRCUIT ".tran 1n 1m 0 1n\n.end\n"
				     : CIRCUIT ".tran 1n 0.1 0 1n\n.end\n");
	carom_session_start(*state, NULL, &err);
	assert_ok(&err);
	usleep(100000);
	carom_session_cancel(*state);
	assert_int_equal(carom_session_wait(*state, -1, &result, &err), CAROM_ERROR_CANCELLED);
	assert_non_null(result);
	assert_true(n_points(result) > 0);
	carom_result_free(result);
}

static void a_time_limit_keeps_what_there_is(void **state)
{
	struct carom_run_options options = none;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state, CIRCUIT ".tran 1n 100\n.end\n");
	options.time_limit_s = 0.05;
	assert_int_equal(carom_session_run_with(*state, &options, &result, &err),
			 CAROM_ERROR_LIMIT);
	assert_non_null(result);
	assert_true(n_points(result) > 10);
	carom_result_free(result);
}

static void a_run_that_does_not_converge_keeps_what_there_is(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state,
		  "t\nv1 in 0 pulse(0 1 1u 1n 1n 1u 2u)\nr1 in out 1k\nc1 out 0 1n\n"
		  "b1 x 0 v = time > 2u ? (v(x) > 0.5 ? -1 : 2) : v(out)\n.tran 10n 5u\n.end\n");
	assert_true(carom_session_run(*state, &result, &err) < 0);
	assert_non_null(result);
	assert_true(n_points(result) > 50);
	carom_result_free(result);
	load_deck(*state, divider);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

/* ---- progress ---- */

struct told {
	char plots[100];
	char plot[20];
	double fraction;
	size_t n;
};

static bool hear(void *arg, const struct carom_run_progress *progress)
{
	struct told *told = arg;

	if (strcmp(told->plot, progress->plot) != 0) {
		snprintf(told->plot, sizeof(told->plot), "%s", progress->plot);
		strcat(strcat(told->plots, progress->plot), " ");
		told->fraction = 0;
	}
	if (!isnan(progress->fraction)) {
		assert_true(progress->fraction >= told->fraction && progress->fraction <= 1);
		told->fraction = progress->fraction;
	}
	told->n++;
	return true;
}

static struct told run_telling(struct carom_session *session, const char *analysis, double stop)
{
	struct told told = {.n = 0};
	struct carom_run_options options = none;

	options.analysis = analysis;
	options.stop_time = stop;
	options.progress = hear;
	options.progress_arg = &told;
	options.progress_interval_s = 1e-9;
	carom_result_free(run_with(session, &options));
	return told;
}

static bool hear_transient(void *arg, const struct carom_run_progress *progress)
{
	double stop = strcmp(progress->plot, "tran1") == 0 ? 2e-6 : 10e-6;

	assert_double_equal(progress->fraction, progress->at / stop, 1e-9, 1e-9);
	++*(int *)arg;
	return true;
}

static void progress_is_that_of_the_card_that_runs(void **state)
{
	struct carom_run_options options = none;
	int n = 0;

	load_deck(*state, CIRCUIT ".tran 10n 10u\n.tran 10n 2u\n.end\n");
	options.progress = hear_transient;
	options.progress_arg = &n;
	options.progress_interval_s = 1e-9;
	carom_result_free(run_with(*state, &options));
	assert_true(n > 4);
}

static void progress_is_a_fraction_of_the_analysis(void **state)
{
	struct told told;

	load_deck(*state, CIRCUIT ".param t=5u\n.tran 10n {2*t}\n.tran 10n 2u\n.op\n"
				  ".ac dec 100 1 1g\n.end\n");
	told = run_telling(*state, NULL, 0);
	assert_string_equal(told.plots, "ac1 tran1 tran2 ");
	assert_double_equal(told.fraction, 1, 1e-9, 0);
	told = run_telling(*state, "dc v1 0 1 0.01 temp 0 50 25", 0);
	assert_true(told.n > 3);
	assert_double_equal(told.fraction, 1, 1e-9, 0);
	told = run_telling(*state, "tran 10n 5u", 2e-6);
	assert_true(told.fraction > 0.4);
}

/* ---- in the background ---- */

static void a_run_in_the_background_gives_the_same(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *now, *later;

	load_deck(*state, CIRCUIT ".tran 10n 5u\n.end\n");
	now = run_with(*state, NULL);
	carom_session_start(*state, NULL, &err);
	assert_ok(&err);
	carom_session_wait(*state, -1, &later, &err);
	assert_ok(&err);
	assert_same(now, later);
	carom_result_free(now);
	carom_result_free(later);
	assert_int_equal(carom_session_wait(*state, -1, &later, NULL), CAROM_ERROR_STATE);
}

static void meanwhile_other_calls_are_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state, CIRCUIT ".tran 1n 100\n.end\n");
	carom_session_start(*state, NULL, &err);
	assert_ok(&err);
	assert_true(carom_session_is_running(*state));
	assert_int_equal(carom_session_run(*state, &result, NULL), CAROM_ERROR_STATE);
	assert_int_equal(carom_session_start(*state, NULL, NULL), CAROM_ERROR_STATE);
	assert_int_equal(carom_session_alter(*state, "r1", 1, NULL), CAROM_ERROR_STATE);
	assert_int_equal(carom_session_wait(*state, 0.01, &result, NULL), CAROM_ERROR_LIMIT);
	assert_null(result);
	carom_session_cancel(*state);
	assert_int_equal(carom_session_wait(*state, -1, &result, NULL), CAROM_ERROR_CANCELLED);
	assert_false(carom_session_is_running(*state));
	carom_result_free(result);
}

static void the_options_of_a_background_run_may_go(void **state)
{
	static const char *const names[] = {"v(out)"};
	struct carom_run_options *options = malloc(sizeof(*options));
	char *analysis = strdup("tran 10n 2u");
	double *times = malloc(2 * sizeof(*times));
	struct stream stream = {0};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state, CIRCUIT ".op\n.end\n");
	times[0] = 1.111e-6;
	times[1] = 1.555e-6;
	*options = none;
	options->analysis = analysis;
	options->save = options->columns = names;
	options->n_save = options->n_columns = 1;
	options->breakpoints = times;
	options->n_breakpoints = 2;
	options->stream = take;
	options->stream_arg = &stream;
	carom_session_start(*state, options, &err);
	memset(analysis, 'x', 5);
	free(analysis);
	free(times);
	free(options);
	carom_session_wait(*state, 60, &result, &err);
	assert_ok(&err);
	assert_int_equal(carom_plot_vector_count(carom_result_plot(result, 0)), 2);
	assert_int_equal(stream.n, n_points(result));
	carom_result_free(result);
}

enum { PATIENCE_MS = 20000, STEP_MS = 50 };

/* Points that come no more; a run that goes on has some in each step. */
static size_t wait_for_stillness(const struct stream *stream)
{
	for (int ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
		size_t n = stream->n;

		usleep(1000 * STEP_MS);
		if (stream->n == n)
			return n;
	}
	fail_msg("the run goes on");
	return 0;
}

static void wait_for_more(const struct stream *stream, size_t n)
{
	for (int ms = 0; ms < PATIENCE_MS && stream->n <= n; ms += STEP_MS)
		usleep(1000 * STEP_MS);
	assert_true(stream->n > n);
}

static void a_paused_run_stands_still(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;
	struct stream stream = {0};
	struct carom_run_options options = none;
	size_t n;

	load_deck(*state, CIRCUIT ".tran 1n 100\n.end\n");
	options.stream = take;
	options.stream_arg = &stream;
	options.block_points = 10;
	carom_session_start(*state, &options, &err);
	assert_ok(&err);
	wait_for_more(&stream, 0);
	carom_session_pause(*state);
	n = wait_for_stillness(&stream);
	carom_session_unpause(*state);
	wait_for_more(&stream, n);
	carom_session_pause(*state);
	carom_session_cancel(*state);
	assert_int_equal(carom_session_wait(*state, -1, &result, NULL), CAROM_ERROR_CANCELLED);
	carom_result_free(result);
}

static void a_session_is_closed_in_the_midst_of_a_run(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	load_deck(*state, CIRCUIT ".tran 1n 100\n.end\n");
	carom_session_start(*state, NULL, &err);
	assert_ok(&err);
	carom_session_close(*state);
	*state = open_session(NULL);
	load_deck(*state, divider);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void a_cancel_without_a_run_has_no_effect(void **state)
{
	load_deck(*state, divider);
	carom_session_cancel(*state);
	carom_session_pause(*state);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static bool call_back(void *arg, const struct carom_block *block)
{
	struct carom_result *result;

	(void)block;
	assert_int_equal(carom_session_run(arg, &result, NULL), CAROM_ERROR_STATE);
	assert_int_equal(carom_session_wait(arg, -1, &result, NULL), CAROM_ERROR_STATE);
	carom_session_close(arg);
	return true;
}

static void a_callback_that_calls_gets_an_error(void **state)
{
	struct carom_run_options options = none;

	load_deck(*state, divider);
	options.stream = call_back;
	options.stream_arg = *state;
	carom_result_free(run_with(*state, &options));
}

#define WITH_SESSION(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest both[] = {
		WITH_SESSION(an_analysis_by_call_is_that_of_its_card),
		WITH_SESSION(what_is_asked_for_wrongly_is_refused),
		WITH_SESSION(the_saves_of_the_deck_come_back),
		WITH_SESSION(what_is_streamed_is_what_is_kept),
		WITH_SESSION(a_run_that_keeps_nothing_has_no_plots_and_the_next_one_has),
		WITH_SESSION(a_callback_ends_a_run_and_it_goes_on),
		WITH_SESSION(a_cancelled_run_keeps_its_points_and_the_circuit),
		WITH_SESSION(a_run_of_a_tiny_step_that_is_cancelled_keeps_its_points),
		WITH_SESSION(a_time_limit_keeps_what_there_is),
		WITH_SESSION(a_run_that_does_not_converge_keeps_what_there_is),
		WITH_SESSION(progress_is_that_of_the_card_that_runs),
		WITH_SESSION(progress_is_a_fraction_of_the_analysis),
		WITH_SESSION(a_run_in_the_background_gives_the_same),
		WITH_SESSION(meanwhile_other_calls_are_refused),
		WITH_SESSION(the_options_of_a_background_run_may_go),
		WITH_SESSION(a_paused_run_stands_still),
		WITH_SESSION(a_session_is_closed_in_the_midst_of_a_run),
		WITH_SESSION(a_cancel_without_a_run_has_no_effect),
		WITH_SESSION(a_callback_that_calls_gets_an_error),
	};

	return support_run_levels(both, sizeof(both) / sizeof(both[0]), NULL, 0);
}
