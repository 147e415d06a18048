/* SPDX-License-Identifier: BSD-3-Clause */
/* Conditions to stop, going on, breakpoints and what is saved, on the real libngspice. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "support-ng.h"

static void run(struct ng_session *session, const struct carom_run_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;

	ng_session_run_with(session, options, NULL, &err);
	assert_ok(&err);
}

/* Of transients with steps of 10 ns. */
static void go_on(struct ng_session *session, const struct carom_run_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;

	ng_session_resume(session, options, 10e-9, NULL, &err);
	assert_ok(&err);
}

static size_t n_points(struct ng_session *session)
{
	struct ng_vector scale;

	assert_int_equal(ng_session_scale(session, NULL, &scale, NULL), 0);
	return scale.length;
}

static double last(struct ng_session *session, const char *name)
{
	return ng_value(session, name, n_points(session) - 1);
}

static void assert_between(double value, double low, double high)
{
	if (!(value >= low && value <= high))
		fail_msg("%g is not from %g to %g", value, low, high);
}

/* ---- stopping and going on ---- */

static void a_run_stops_when_a_condition_is_met(void **state)
{
	static const struct {
		const char *condition;
		double low, high; /* v(out) at the end */
	} cases[] = {
		{"v(out) > 0.25", 0.25, 0.3}, {"V(OUT)>=0.25", 0.25, 0.3},
		{"0.25 < out", 0.25, 0.3},    {"v(out) > v(in)", 0, 0.7},
		{"time >= 300n", 0.24, 0.27}, {" i(v1) < -0.9m ", 0, 0.11},
		{"v(in) <> 0", 0, 1e-3},
	};
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".tran 10n 5u");
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct carom_run_options options = {.stop_when = cases[i].condition};

		run(session, &options);
		assert_true(ng_session_is_stopped(session));
		assert_between(last(session, "v(out)"), cases[i].low, cases[i].high);
	}
	run(session, NULL);
	assert_false(ng_session_is_stopped(session));
	stop_ng(session);
}

static void what_is_no_condition_is_refused(void **state)
{
	static const char *const bad[] = {"",         "v(out)",       "> 1",       "v(out) >",
					  "1 > 2",    "v(out) >> 1",  "a > b > c", "v(out)*2 > 1",
					  "v(a,b)>1", "v(out) > 1;a", "`a` > 1",   "v(out) > 1 2"};
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".op");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct carom_run_options options = {.stop_when = bad[i]};
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(ng_session_run_with(session, &options, NULL, &err),
				 CAROM_ERROR_ARGUMENT);
		assert_ng_error(&err, CAROM_ERROR_ARGUMENT, "no condition to stop at");
	}
	run(session, NULL);
	stop_ng(session);
}

static void a_condition_on_what_is_not_there_is_an_error(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = {.stop_when = "v(nowhere) > 1"};
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_clipper(session, ".tran 10n 1u");
	assert_int_equal(ng_session_run_with(session, &options, NULL, &err), CAROM_ERROR_VECTOR);
	assert_ng_error(&err, CAROM_ERROR_VECTOR, "nowhere");
	stop_ng(session);
}

static void going_on_gives_the_same_bits_as_not_stopping(void **state)
{
	static const char *const conditions[] = {"v(out) > 0.1", "v(out) > 0.3", "v(out) < 0.29"};
	struct ng_session *session = start_clipper();
	struct carom_run_options options = {.stop_when = conditions[0]};
	double mean, stopped_mean;
	size_t length;

	(void)state;
	load_clipper(session, ".tran 10n 5u");
	run(session, NULL);
	mean = ng_value(session, "mean(v(out))", 0);
	length = n_points(session);
	run(session, &options);
	for (size_t i = 1; i < 3; i++) {
		assert_true(ng_session_is_stopped(session));
		options.stop_when = conditions[i];
		go_on(session, &options);
	}
	go_on(session, NULL);
	assert_false(ng_session_is_stopped(session));
	assert_int_equal(n_points(session), length);
	stopped_mean = ng_value(session, "mean(v(out))", 0);
	assert_same_bits(mean, stopped_mean);
	assert_int_equal(ng_session_resume(session, NULL, 0, NULL, NULL), CAROM_ERROR_STATE);
	stop_ng(session);
}

static void a_transient_whose_edges_would_be_lost_stays_where_it_is(void **state)
{
	struct carom_run_options options = {.stop_when = "v(out) > 0.1"};
	struct ng_session *session = start_clipper();
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_clipper(session, ".tran 10n 5u");
	run(session, &options);
	assert_int_equal(ng_session_resume(session, NULL, 0, NULL, &err), CAROM_ERROR_STATE);
	assert_ng_error(&err, CAROM_ERROR_STATE, "lose edges");
	assert_int_equal(ng_session_resume(session, NULL, NAN, NULL, NULL), CAROM_ERROR_STATE);
	assert_true(ng_session_is_stopped(session));
	go_on(session, NULL);
	load_clipper(session, ".tran 10n 5u\n.options minbreak=1p");
	run(session, &options);
	assert_int_equal(ng_session_resume(session, NULL, 0, NULL, NULL), 0);
	stop_ng(session);
}

static void values_may_be_altered_before_going_on(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = {.stop_when = "time >= 0.5u"};

	(void)state;
	load_clipper(session, ".tran 10n 0.99u");
	run(session, &options);
	assert_int_equal(ng_session_alter(session, "r1", 1e6, NULL), 0);
	go_on(session, NULL);
	assert_double_equal(last(session, "v(out)"), 0.39, 0, 0.02); /* it nearly stays */
	stop_ng(session);
}

static void a_sweep_of_frequencies_goes_on_and_one_of_a_source_does_not(void **state)
{
	struct carom_run_options options = {.analysis = "ac dec 20 1 1g",
					    .stop_when = "frequency > 1k"};
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".op");
	run(session, &options);
	assert_true(n_points(session) < 181);
	go_on(session, NULL);
	assert_int_equal(n_points(session), 181);
	options = (struct carom_run_options){.analysis = "dc v1 0 1 0.01",
					     .stop_when = "v(out) >= 0.5"};
	run(session, &options);
	assert_true(ng_session_is_stopped(session));
	assert_int_equal(ng_session_resume(session, NULL, 0, NULL, NULL), CAROM_ERROR_STATE);
	stop_ng(session);
}

static void a_transient_ends_at_its_stop_time(void **state)
{
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".tran 10n 5u");
	for (int i = 1; i < 50; i++) {
		double time = 5e-6 * i / 51.3;
		struct carom_run_options options = {.stop_time = time};

		run(session, &options);
		assert_true(ng_session_is_stopped(session));
		assert_double_equal(last(session, "time"), time, 1e-14, 0);
	}
	stop_ng(session);
}

static void a_condition_met_at_the_end_does_not_stop_the_next_run(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_run_options options = {.analysis = "op", .stop_when = "v(in) > 0.5"};

	(void)state;
	load_clipper(session, ".tran 10n 5u");
	run(session, &options);
	assert_true(ng_session_is_stopped(session));
	assert_false(ng_session_can_run(session, NULL));
	load_clipper(session, ".tran 10n 5u");
	run(session, NULL);
	assert_double_equal(last(session, "time"), 5e-6, 0, 1e-12);
	stop_ng(session);
}

/* ---- breakpoints ---- */

static bool has_point(struct ng_session *session, double time)
{
	struct ng_vector scale;
	size_t i = 0;

	assert_int_equal(ng_session_scale(session, NULL, &scale, NULL), 0);
	while (i < scale.length && fabs(scale.data[i] - time) > 1e-12 * time)
		i++;
	return i < scale.length;
}

static void breakpoints_are_points_in_each_run(void **state)
{
	static const double times[] = {0.777e-6, 0.123e-6, 3.333333e-6, 9e-6, 0, -1};
	struct ng_session *session = start_clipper();
	struct carom_run_options options = {.breakpoints = times, .n_breakpoints = 6};

	(void)state;
	load_clipper(session, ".tran 10n 5u\n.tran 10n 4u");
	for (int i = 0; i < 3; i++) {
		run(session, &options);
		for (size_t k = 0; k < 3; k++)
			assert_true(has_point(session, times[k]));
	}
	run(session, NULL);
	assert_false(has_point(session, times[0]));
	stop_ng(session);
}

/* ---- what is saved ---- */

static void assert_vectors(struct ng_session *session, const char *names)
{
	struct ng_names walk;
	struct ng_plot plot;
	struct ng_vector vector;
	char found[300] = "";
	size_t index = ng_session_plot_count(session) - 1;

	assert_int_equal(ng_session_plot(session, index, &plot, NULL), 0);
	walk = ng_session_names(session, plot.name);
	for (const char *name; (name = ng_names_next(&walk));) {
		assert_int_equal(ng_session_vector(session, plot.name, name, &vector, NULL), 0);
		strcat(strcat(found, vector.name), " ");
	}
	assert_string_equal(found, names);
}

static void run_saving(struct ng_session *session, const char *a, const char *b)
{
	const char *const save[] = {a, b};
	struct carom_run_options options = {.save = save, .n_save = a ? b ? 2 : 1 : 0};

	run(session, &options);
}

static void a_run_saves_what_it_is_asked_to(void **state)
{
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".tran 10n 1u");
	run_saving(session, "v(out)", NULL);
	assert_vectors(session, "time v(out) ");
	run_saving(session, "I(V1)", "@D1[ID]");
	assert_vectors(session, "time i(v1) @d1[id] ");
	run_saving(session, "I(V1)", "@D1[ID]");
	assert_vectors(session, "time i(v1) @d1[id] ");
	run_saving(session, "in", "@c1[i]");
	assert_vectors(session, "time v(in) @c1[i] ");
	run_saving(session, NULL, NULL);
	assert_vectors(session, "time v(in) v(out) i(v1) ");
	run_saving(session, "all", "@r1[resistance]");
	assert_vectors(session, "time v(in) v(out) i(v1) @r1[resistance] ");
	stop_ng(session);
}

static void the_saves_of_a_deck_come_back_with_the_deck(void **state)
{
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".tran 10n 1u\n.save v(in)");
	run(session, NULL);
	assert_vectors(session, "time v(in) ");
	run_saving(session, "v(out)", NULL);
	assert_vectors(session, "time v(out) ");
	assert_false(ng_session_can_run(session, NULL));
	assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_STATE);
	load_clipper(session, ".tran 10n 1u\n.save v(in)");
	run(session, NULL);
	assert_vectors(session, "time v(in) ");
	stop_ng(session);
}

static void saves_hold_through_a_reset(void **state)
{
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".tran 10n 1u\n.save v(in)");
	run_saving(session, "v(out)", NULL);
	assert_int_equal(ng_session_reset(session, NULL), 0);
	run_saving(session, "v(out)", NULL);
	assert_vectors(session, "time v(out) ");
	stop_ng(session);
}

static void a_save_that_is_none_is_refused(void **state)
{
	static const char *const bad[] = {"v(out)*2", "v(a,b)", "a b", "`ls`", "", "none;quit"};
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".op");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct carom_run_options options = {.save = &bad[i], .n_save = 1};

		assert_int_equal(ng_session_run_with(session, &options, NULL, NULL),
				 CAROM_ERROR_ARGUMENT);
	}
	stop_ng(session);
}

static void a_save_of_nothing_that_is_there_is_an_error(void **state)
{
	static const char *const save[] = {"v(out)", "v(nowhere)"};
	struct ng_session *session = start_clipper();
	struct carom_run_options options = {.save = save, .n_save = 2};
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_clipper(session, ".tran 10n 1u");
	assert_int_equal(ng_session_run_with(session, &options, NULL, &err), CAROM_ERROR_VECTOR);
	assert_ng_error(&err, CAROM_ERROR_VECTOR, "v(nowhere)");
	stop_ng(session);
}

static bool count(void *arg, const struct carom_block *block)
{
	*(size_t *)arg += block->n_points;
	return true;
}

/* libngspice 39 crashes if it is to tell of such points. */
static void parameters_that_do_not_exist_crash_nothing(void **state)
{
	static const char *const decks[] = {
		".tran 10n 1u\n.save @r1[nix] v(out)",
		".tran 10n 1u\n.save v(out) @r1[nix]",
		".ac dec 5 1 1k\n.save @c1[i] v(out)",
		".ac dec 5 1 1k\n.op\n.tran 10n 1u\n.save @c1[i] v(out)",
		".ac dec 5 1 1k\n.options savecurrents",
		".noise v(out) v1 dec 5 1 1k\n.options savecurrents",
	};
	struct ng_session *session = start_clipper();

	(void)state;
	for (size_t i = 0; i < 3 * sizeof(decks) / sizeof(decks[0]); i++) {
		size_t n = 0;
		struct carom_run_options options = {.stream = i % 3 == 0 ? NULL : count,
						    .stream_arg = &n};

		if (i % 3 < 2)
			load_clipper(session, decks[i / 3]);
		run(session, &options);
		assert_int_equal(n > 0, options.stream != NULL);
		ng_session_destroy_plots(session);
	}
	stop_ng(session);
}

static bool note_first(void *arg, const struct carom_block *block)
{
	bool *came_while_running = arg;

	*came_while_running |= block->n_points == 1 && block->first == 0;
	return false;
}

static void parameters_that_exist_are_seen_as_they_come(void **state)
{
	static const char *const save[] = {"@d1[gd]", "v(out)"};
	struct ng_session *session = start_clipper();
	bool is_first = false;
	struct carom_run_options options = {
		.stream = note_first, .stream_arg = &is_first, .save = save, .n_save = 2};

	(void)state;
	load_clipper(session, ".tran 10n 1u");
	run(session, &options);
	assert_true(is_first);
	assert_true(ng_session_is_stopped(session));
	assert_int_equal(n_points(session), 2);
	stop_ng(session);
}

/* AddressSanitizer keeps what was freed, so there is nothing to see under it. */
static long resident_kb(void)
{
	struct rusage usage = {.ru_maxrss = 0};

#ifndef __SANITIZE_ADDRESS__
	getrusage(RUSAGE_SELF, &usage);
#endif
	return usage.ru_maxrss;
}

static bool add_up(void *arg, const struct carom_block *block)
{
	double *sum = arg;

	for (size_t i = 0; i < block->n_points; i++)
		*sum += block->columns[1][i];
	return true;
}

static void a_run_that_keeps_nothing_needs_no_memory(void **state)
{
	static const char *const columns[] = {"v(out)"};
	struct ng_session *session = start_clipper();
	double sum = 0, sum_kept = 0;
	long before;
	struct carom_run_options options = {.analysis = "tran 10n 5u",
					    .stream = add_up,
					    .stream_arg = &sum_kept,
					    .columns = columns,
					    .n_columns = 1,
					    .block_points = 1000};

	(void)state;
	load_clipper(session, ".op");
	run(session, &options);
	options.keeps_nothing = true;
	options.stream_arg = &sum;
	run(session, &options);
	assert_same_bits(sum, sum_kept);
	options.analysis = "tran 10n 50u";
	run(session, &options);
	before = resident_kb();
	options.analysis = "tran 10n 2m"; /* 200,000 points of 4 vectors: 6.4 MB */
	run(session, &options);
	assert_true(resident_kb() - before < 1000);
	assert_false(ng_session_can_run(session, NULL));
	assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_STATE);
	load_clipper(session, ".tran 10n 5u");
	run(session, NULL);
	assert_true(n_points(session) > 500);
	stop_ng(session);
}

static void a_run_that_fails_keeps_what_it_had(void **state)
{
	struct ng_session *session = start_clipper();
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_ng(session,
		"t\nv1 in 0 pulse(0 1 1u 1n 1n 1u 2u)\nr1 in out 1k\nc1 out 0 1n\n"
		"b1 x 0 v = time > 2u ? (v(x) > 0.5 ? -1 : 2) : v(out)\n.tran 10n 5u",
		&err);
	assert_ok(&err);
	assert_true(ng_session_run(session, &err) < 0);
	assert_true(err.status == CAROM_ERROR_TIMESTEP || err.status == CAROM_ERROR_CONVERGENCE);
	assert_int_equal(ng_session_plot_count(session), 1);
	assert_between(last(session, "time"), 1e-6, 2.1e-6);
	stop_ng(session);
}

/* ---- analyses by call ---- */

static void what_is_no_analysis_is_refused(void **state)
{
	static const char *const bad[] = {
		"",         ".tran 1n 1u", "run",     "quit",      "trann 1n 1u", "tran 1n {t}",
		"op; quit", "op > file",   "ac `ls`", "pss 1 2 3", "shell ls",    "tran 1n $t"};
	struct ng_session *session = start_clipper();

	(void)state;
	load_clipper(session, ".op");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct carom_run_options options = {.analysis = bad[i]};

		assert_int_equal(ng_session_run_with(session, &options, NULL, NULL),
				 CAROM_ERROR_ARGUMENT);
	}
	run(session, NULL);
	stop_ng(session);
}

static void an_analysis_with_bad_words_fails_and_the_next_one_runs(void **state)
{
	static const char *const bad[] = {"tran",    "dc v9 0 1 0.1", "ac dec 10",
					  "noise x", "tf v(nix) v1",  "sp dec 5 1 1k"};
	struct ng_session *session = start_clipper();

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct carom_run_options options = {.analysis = bad[i]};

		if (!ng_session_can_run(session, &options))
			load_clipper(session, ".op");
		assert_true(ng_session_run_with(session, &options, NULL, NULL) < 0);
		if (!ng_session_can_run(session, NULL))
			load_clipper(session, ".op");
		run(session, NULL);
	}
	stop_ng(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_stops_when_a_condition_is_met),
		cmocka_unit_test(what_is_no_condition_is_refused),
		cmocka_unit_test(a_condition_on_what_is_not_there_is_an_error),
		cmocka_unit_test(going_on_gives_the_same_bits_as_not_stopping),
		cmocka_unit_test(a_transient_whose_edges_would_be_lost_stays_where_it_is),
		cmocka_unit_test(values_may_be_altered_before_going_on),
		cmocka_unit_test(a_sweep_of_frequencies_goes_on_and_one_of_a_source_does_not),
		cmocka_unit_test(a_transient_ends_at_its_stop_time),
		cmocka_unit_test(a_condition_met_at_the_end_does_not_stop_the_next_run),
		cmocka_unit_test(breakpoints_are_points_in_each_run),
		cmocka_unit_test(a_run_saves_what_it_is_asked_to),
		cmocka_unit_test(the_saves_of_a_deck_come_back_with_the_deck),
		cmocka_unit_test(saves_hold_through_a_reset),
		cmocka_unit_test(a_save_that_is_none_is_refused),
		cmocka_unit_test(a_save_of_nothing_that_is_there_is_an_error),
		cmocka_unit_test(parameters_that_do_not_exist_crash_nothing),
		cmocka_unit_test(parameters_that_exist_are_seen_as_they_come),
		cmocka_unit_test(a_run_that_keeps_nothing_needs_no_memory),
		cmocka_unit_test(a_run_that_fails_keeps_what_it_had),
		cmocka_unit_test(what_is_no_analysis_is_refused),
		cmocka_unit_test(an_analysis_with_bad_words_fails_and_the_next_one_runs),
	};

	return run_all_tests(tests);
}
