/* SPDX-License-Identifier: BSD-3-Clause */
/* Runs with options: streaming, ending early, going on, limits, on the real libngspice. */
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support-ng.h"

/* ---- what was streamed, compared with what was kept ---- */

enum { MOST_COLUMNS = 200, MOST_POINTS = 4000 };

struct taken {
	char plots[100];
	char names[300]; /* of the last plot */
	size_t n, n_columns, n_blocks;
	size_t end_at; /* points of the plot; 0: never */
	double columns[MOST_COLUMNS][2 * MOST_POINTS];
	struct ng_control *cancels; /* at end_at, instead of false */
};

static struct taken taken;

static bool take(void *arg, const struct carom_block *block)
{
	size_t width = block->is_complex ? 2 : 1;

	assert_ptr_equal(arg, &taken);
	assert_true(block->n_points > 0);
	if (block->first == 0) {
		strcat(taken.plots, block->plot);
		strcat(taken.plots, " ");
		taken.names[0] = '\0';
		for (size_t i = 0; i < block->n_columns; i++) {
			strcat(taken.names, block->names[i]);
			strcat(taken.names, " ");
		}
		taken.n = 0;
	}
	assert_int_equal(block->first, taken.n);
	for (size_t i = 0; i < block->n_columns; i++)
		memcpy(&taken.columns[i][width * block->first], block->columns[i],
		       width * block->n_points * sizeof(double));
	taken.n += block->n_points;
	taken.n_columns = block->n_columns;
	taken.n_blocks++;
	if (taken.end_at == 0 || taken.n < taken.end_at)
		return true;
	if (taken.cancels)
		ng_control_cancel(taken.cancels);
	return taken.cancels != NULL;
}

static struct carom_run_options streaming(void)
{
	memset(&taken, 0, sizeof(taken));
	return (struct carom_run_options){
		.size = sizeof(struct carom_run_options), .stream = take, .stream_arg = &taken};
}

static void run(struct ng_session *session, const struct carom_run_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;

	ng_session_run_with(session, options, NULL, &err);
	assert_ok(&err);
}

/* The last plot of the run is what was streamed, bit for bit. */
static void assert_taken(struct ng_session *session)
{
	struct ng_names names;
	struct ng_plot plot;
	struct ng_vector vector;
	size_t last = ng_session_plot_count(session) - 1;

	assert_int_equal(ng_session_plot(session, last, &plot, NULL), 0);
	assert_int_equal(plot.n_vectors, taken.n_columns);
	names = ng_session_names(session, plot.name);
	for (size_t i = 0; i < plot.n_vectors; i++) {
		assert_int_equal(
			ng_session_vector(session, plot.name, ng_names_next(&names), &vector, NULL),
			0);
		assert_int_equal(vector.length, taken.n);
		assert_memory_equal(vector.data, taken.columns[i],
				    vector.length * (vector.is_complex ? 2 : 1) * sizeof(double));
	}
}

static void points_come_while_an_analysis_runs(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = streaming();

	(void)state;
	load_clipper(session, ".op\n.ac dec 10 1 1meg\n.tran 10n 5u");
	run(session, &options);
	assert_string_equal(taken.plots, "ac1 op1 tran1 ");
	assert_string_equal(taken.names, "time v(in) v(out) i(v1) ");
	assert_taken(session);
	stop_ng(session);
}

static void every_analysis_is_streamed_as_it_is_kept(void **state)
{
	static const char *const analyses[] = {"op",
					       "tran 10n 3u uic",
					       "tran 10n 3u 1u 1n",
					       "ac lin 11 1 1k",
					       "dc v1 0 1 0.1",
					       "dc v1 0 1 0.5 temp 0 100 25",
					       "dc r1 1k 2k 100",
					       "noise v(out) v1 dec 5 1 1meg 1",
					       "tf v(out) v1",
					       "sens v(out)",
					       "sens v(out) ac dec 2 1 1k",
					       "pz in 0 out 0 vol pol",
					       "disto dec 5 1 1k",
					       "  TRAN 10n 3u"};
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".op");
	for (size_t i = 0; i < sizeof(analyses) / sizeof(analyses[0]); i++) {
		struct carom_run_options options = streaming();

		options.analysis = analyses[i];
		options.block_points = 1 + 7 * i;
		run(session, &options);
		assert_taken(session);
	}
	stop_ng(session);
}

static void blocks_are_full_but_for_the_last(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = streaming();

	(void)state;
	load_clipper(session, ".dc v1 0 1 0.01");
	options.block_points = 10;
	run(session, &options);
	assert_int_equal(taken.n, 101);
	assert_int_equal(taken.n_blocks, 11);
	stop_ng(session);
}

static void chosen_columns_come_in_their_order_behind_the_scale(void **state)
{
	static const char *const columns[] = {"I(V1)", "out", "time"};
	struct ng_session *session = start_clipper();
	struct carom_run_options options = streaming();
	struct ng_vector out;

	(void)state;
	load_clipper(session, ".op\n.tran 10n 1u");
	options.columns = columns;
	options.n_columns = 3;
	run(session, &options);
	assert_string_equal(taken.plots, "op1 tran1 ");
	assert_string_equal(taken.names, "time i(v1) v(out) ");
	ng_session_evaluate(session, NULL, "s", "v(out)", &out, NULL);
	assert_memory_equal(out.data, taken.columns[2], out.length * sizeof(double));
	stop_ng(session);
}

static void a_column_that_no_plot_has_is_an_error(void **state)
{
	static const char *const columns[] = {"v(out)", "v(nowhere)"};
	struct ng_session *session = start_clipper();
	struct carom_run_options options = streaming();
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_clipper(session, ".tran 10n 1u");
	options.columns = columns;
	options.n_columns = 2;
	assert_int_equal(ng_session_run_with(session, &options, NULL, &err), CAROM_ERROR_VECTOR);
	assert_ng_error(&err, CAROM_ERROR_VECTOR, "v(nowhere)");
	assert_int_equal(ng_session_plot_count(session), 1);
	run(session, NULL);
	stop_ng(session);
}

static double run_mean(struct ng_session *session)
{
	run(session, NULL);
	return ng_value(session, "mean(v(out))", 0);
}

static void seeing_points_does_not_change_a_bit(void **state)
{
	struct ng_session *session = start_ng(NULL);
	double plain, seen;

	(void)state;
	load_clipper(session, ".tran 10n 5u");
	plain = run_mean(session);
	stop_ng(session);
	session = start_clipper();
	load_clipper(session, ".tran 10n 5u");
	seen = run_mean(session);
	assert_same_bits(plain, seen);
	stop_ng(session);
}

static void a_session_that_sees_no_points_streams_at_the_end(void **state)
{
	struct ng_session *session = start_ng(NULL);
	struct carom_run_options options = streaming();

	(void)state;
	load_clipper(session, ".op\n.ac dec 10 1 1meg");
	options.block_points = 16;
	run(session, &options);
	assert_string_equal(taken.plots, "ac1 op1 ");
	load_clipper(session, ".ac dec 10 1 1meg");
	run(session, &options);
	assert_taken(session);
	stop_ng(session);
}

/* ---- ending early ---- */

static const char *const long_ones[] = {"tran 10n 20u", "ac dec 100 1 1g", "dc v1 0 1 0.001",
					"noise v(out) v1 dec 100 1 1g"};
enum { N_LONG = sizeof(long_ones) / sizeof(long_ones[0]) };

static void a_callback_ends_a_run_which_is_no_error(void **state)
{
	struct ng_session *session = start_clipper();

	(void)state;
	for (size_t i = 0; i < 10 * N_LONG; i++) {
		struct carom_run_options options = streaming();
		struct carom_error err = CAROM_ERROR_INIT;

		if (!ng_session_can_run(session, &options))
			load_clipper(session, ".op");
		options.analysis = long_ones[i % N_LONG];
		taken.end_at = 1 + i;
		ng_session_run_with(session, &options, NULL, &err);
		assert_ok(&err);
		assert_true(ng_session_is_stopped(session));
		assert_int_equal(taken.n, 2 + i);
		assert_taken(session);
		ng_session_destroy_plots(session);
	}
	stop_ng(session);
}

static void a_run_is_cancelled_and_keeps_what_it_has(void **state)
{
	struct ng_session *session = start_clipper();
	struct ng_control control;

	(void)state;
	for (size_t i = 0; i < 10 * N_LONG; i++) {
		struct carom_run_options options = streaming();
		struct carom_error err = CAROM_ERROR_INIT;

		if (!ng_session_can_run(session, &options))
			load_clipper(session, ".op");
		ng_control_clear(&control);
		options.analysis = long_ones[i % N_LONG];
		taken.end_at = 1 + i;
		taken.cancels = &control;
		assert_int_equal(ng_session_run_with(session, &options, &control, &err),
				 CAROM_ERROR_CANCELLED);
		assert_ng_error(&err, CAROM_ERROR_CANCELLED, "cancelled");
		assert_taken(session);
		ng_session_destroy_plots(session);
	}
	stop_ng(session);
}

static void after_an_end_the_circuit_runs_as_before(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = streaming();
	double before, after;

	(void)state;
	load_clipper(session, ".tran 10n 5u");
	before = run_mean(session);
	taken.end_at = 40;
	run(session, &options);
	after = run_mean(session);
	assert_same_bits(before, after);
	stop_ng(session);
}

static void a_sweep_that_was_ended_needs_its_circuit_loaded_again(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = streaming();

	(void)state;
	load_clipper(session, ".dc v1 0 1 0.01");
	taken.end_at = 3;
	run(session, &options);
	assert_true(ng_session_is_loaded(session));
	assert_false(ng_session_can_run(session, NULL));
	assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_STATE);
	load_clipper(session, ".dc v1 0 1 0.01");
	run(session, NULL);
	stop_ng(session);
}

static void all_analyses_of_a_deck_end(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = streaming();

	(void)state;
	load_clipper(session, ".tran 10n 5u\n.ac dec 100 1 1g\n.tran 10n 9u");
	taken.end_at = 20;
	run(session, &options);
	assert_true(ng_session_is_stopped(session));
	assert_int_equal(ng_session_plot_count(session), 3);
	assert_int_equal(ng_session_resume(session, NULL, 0, NULL, NULL), CAROM_ERROR_STATE);
	stop_ng(session);
}

struct canceller {
	struct ng_control control;
	pthread_t thread;
	bool has_started;
};

static void *cancel_soon(void *arg)
{
	usleep(20000);
	ng_control_cancel(arg);
	return NULL;
}

static void another_thread_cancels_a_run(void **state)
{
	struct ng_session *session = start_clipper();
	struct canceller canceller = {0};

	(void)state;
	load_clipper(session, ".tran 1n 100");
	pthread_create(&canceller.thread, NULL, cancel_soon, &canceller.control);
	assert_int_equal(ng_session_run_with(session, NULL, &canceller.control, NULL),
			 CAROM_ERROR_CANCELLED);
	pthread_join(canceller.thread, NULL);
	assert_true(ng_value(session, "length(time)", 0) > 10);
	stop_ng(session);
}

static void *unpause_soon(void *arg)
{
	usleep(50000);
	ng_control_unpause(arg);
	return NULL;
}

static void a_paused_run_waits(void **state)
{
	struct ng_session *session = start_clipper();
	struct canceller canceller = {0};
	struct carom_run_options options = {.time_limit_s = 0.01};

	(void)state;
	load_clipper(session, ".op");
	ng_control_pause(&canceller.control);
	pthread_create(&canceller.thread, NULL, unpause_soon, &canceller.control);
	assert_int_equal(ng_session_run_with(session, NULL, &canceller.control, NULL), 0);
	assert_int_equal(atomic_load(&canceller.control.flags), 0);
	pthread_join(canceller.thread, NULL);
	ng_control_pause(&canceller.control);
	pthread_create(&canceller.thread, NULL, cancel_soon, &canceller.control);
	options.analysis = "tran 1n 100";
	assert_int_equal(ng_session_run_with(session, &options, &canceller.control, NULL),
			 CAROM_ERROR_CANCELLED);
	pthread_join(canceller.thread, NULL);
	stop_ng(session);
}

static void a_time_limit_ends_a_run(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = {.time_limit_s = 0.02};
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_clipper(session, ".tran 1n 100");
	assert_int_equal(ng_session_run_with(session, &options, NULL, &err), CAROM_ERROR_LIMIT);
	assert_ng_error(&err, CAROM_ERROR_LIMIT, "time limit");
	assert_int_equal(ng_session_plot_count(session), 1);
	stop_ng(session);
}

struct told {
	size_t n;
	double at, elapsed_s;
	size_t n_points, end_at;
};

static bool hear(void *arg, const struct carom_run_progress *progress)
{
	struct told *told = arg;

	assert_true(progress->at >= told->at);
	assert_true(progress->elapsed_s >= told->elapsed_s);
	assert_true(progress->n_points >= told->n_points);
	assert_string_equal(progress->plot, "tran1");
	told->at = progress->at;
	told->elapsed_s = progress->elapsed_s;
	told->n_points = progress->n_points;
	return ++told->n != told->end_at;
}

static void progress_is_told_and_may_end_the_run(void **state)
{
	struct ng_session *session = start_clipper();
	struct told told = {0};
	struct carom_run_options options = {.progress = hear, .progress_arg = &told};

	(void)state;
	load_clipper(session, ".tran 1n 20u");
	options.progress_interval_s = 1e-9;
	run(session, &options);
	assert_true(told.n > 10);
	assert_double_equal(told.at, 20e-6, 0, 1e-9);
	told = (struct told){.end_at = 4};
	run(session, &options);
	assert_int_equal(told.n, 4);
	assert_true(ng_session_is_stopped(session));
	stop_ng(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(points_come_while_an_analysis_runs),
		cmocka_unit_test(every_analysis_is_streamed_as_it_is_kept),
		cmocka_unit_test(blocks_are_full_but_for_the_last),
		cmocka_unit_test(chosen_columns_come_in_their_order_behind_the_scale),
		cmocka_unit_test(a_column_that_no_plot_has_is_an_error),
		cmocka_unit_test(seeing_points_does_not_change_a_bit),
		cmocka_unit_test(a_session_that_sees_no_points_streams_at_the_end),
		cmocka_unit_test(a_callback_ends_a_run_which_is_no_error),
		cmocka_unit_test(a_run_is_cancelled_and_keeps_what_it_has),
		cmocka_unit_test(after_an_end_the_circuit_runs_as_before),
		cmocka_unit_test(a_sweep_that_was_ended_needs_its_circuit_loaded_again),
		cmocka_unit_test(all_analyses_of_a_deck_end),
		cmocka_unit_test(another_thread_cancels_a_run),
		cmocka_unit_test(a_paused_run_waits),
		cmocka_unit_test(a_time_limit_ends_a_run),
		cmocka_unit_test(progress_is_told_and_may_end_the_run),
	};

	return run_all_tests(tests);
}
