/* SPDX-License-Identifier: BSD-3-Clause */
/* The session against a stand-in that misbehaves as its deck says. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "support-ng.h"

static struct ng_session *start_fake(const struct ng_options *given)
{
	struct ng_options options = given ? *given : (struct ng_options){0};

	options.library = getenv("CAROM_FAKE_NGSPICE");
	assert_non_null(options.library);
	return start_ng(&options);
}

static int run_once(struct ng_session *session, const char *text, struct carom_error *err)
{
	int status = load_ng(session, text, err);

	return status ? status : ng_session_run(session, err);
}

static void a_run_leaves_results(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);
	struct ng_names names;
	struct ng_plot plot;
	struct ng_vector vector;

	(void)state;
	assert_string_equal(ng_session_version(session), "0.fake");
	run_ng(session, "t\nr1 a 0 1");
	assert_int_equal(ng_session_plot_count(session), 1);
	ng_session_plot(session, 0, &plot, &err);
	assert_string_equal(plot.name, "op1");
	assert_int_equal(plot.n_vectors, 1);
	names = ng_session_names(session, "op1");
	ng_session_vector(session, "op1", ng_names_next(&names), &vector, &err);
	assert_string_equal(vector.name, "v(out)");
	assert_null(ng_names_next(&names));
	assert_int_equal(vector.length, 1);
	assert_ok(&err);
	stop_ng(session);
}

static void values_are_altered_with_all_their_digits(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	run_ng(session, "t\nr1 a 0 1");
	ng_session_alter(session, "r1", 1.0 / 3.0, &err);
	ng_session_altermod(session, "@q1[bf]", 1e-300, &err);
	ng_session_run(session, &err);
	assert_same_bits(ng_value(session, "r1", 0), 1.0 / 3.0);
	assert_same_bits(ng_value(session, "@q1[bf]", 0), 1e-300);
	assert_ok(&err);
	stop_ng(session);
}

static void a_run_that_says_it_failed_has_failed(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	assert_int_equal(run_once(session,
				  "t\n*fake run say stderr doAnalyses: TRAN:  Timestep too small; "
				  "time = 1e-6\n*fake run abort",
				  &err),
			 CAROM_ERROR_TIMESTEP);
	assert_int_equal(ng_session_plot_count(session), 1); /* as far as it came */
	assert_true(ng_session_is_loaded(session));
	stop_ng(session);
}

static void a_failure_in_words_of_its_own_is_noticed(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	assert_int_equal(
		run_once(session, "t\n*fake run say stderr es ging nicht\n*fake run abort", &err),
		CAROM_ERROR_SIMULATOR);
	assert_ng_error(&err, CAROM_ERROR_SIMULATOR, "es ging nicht");
	stop_ng(session);
}

static void words_alone_do_not_fail_a_run(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	assert_int_equal(
		run_once(session, "t\n*fake run say stderr Error: no such vector as v(x).", &err),
		0);
	assert_ok(&err);
	assert_double_equal(ng_value(session, "v(out)", 0), 1, 0, 0);
	stop_ng(session);
}

static void a_run_without_results_has_failed(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	assert_int_equal(run_once(session, "t\n*fake run nothing", &err), CAROM_ERROR_SIMULATOR);
	assert_ng_error(&err, CAROM_ERROR_SIMULATOR, "left no results");
	carom_error_clear(&err);
	assert_int_equal(run_once(session, "t\n*fake run huge 0", &err), CAROM_ERROR_ARGUMENT);
	assert_ng_error(&err, CAROM_ERROR_ARGUMENT, "op1 has no points");
	stop_ng(session);
}

static void a_later_run_without_results_has_failed(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	run_ng(session, "t\n*fake run if r1>5 nothing");
	ng_session_alter(session, "r1", 6, &err);
	assert_ok(&err);
	assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_SIMULATOR);
	ng_session_alter(session, "r1", 5, &err);
	assert_int_equal(ng_session_run(session, &err), 0);
	stop_ng(session);
}

static void a_circuit_that_is_lost_is_not_loaded(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	run_ng(session, "the circuit before\nr1 a 0 1");
	assert_int_equal(load_ng(session, "t\n*fake load lose", &err), CAROM_ERROR_SYNTAX);
	assert_ng_error(&err, CAROM_ERROR_SYNTAX, "did not say why");
	assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_STATE);
	stop_ng(session);
}

static void a_complaint_of_a_load_is_a_failure(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	assert_int_equal(load_ng(session, "t\n*fake load say stderr Error: new words", &err),
			 CAROM_ERROR_SYNTAX);
	assert_ng_error(&err, CAROM_ERROR_SYNTAX, "new words");
	assert_false(ng_session_is_loaded(session));
	stop_ng(session);
}

static void poison_at_any_stage_is_healed_by_the_next_load(void **state)
{
	static const char *const decks[] = {"t\n*fake load poison", "t\n*fake run poison",
					    "t\n*fake alter poison", "t\n*fake let poison"};
	struct ng_session *session = start_fake(NULL);

	(void)state;
	for (size_t i = 0; i < 20 * sizeof(decks) / sizeof(decks[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct ng_vector vector;
		int status = run_once(session, decks[i % 4], &err);

		if (!status)
			status = i % 4 == 2 ? ng_session_alter(session, "r1", 1, &err)
					    : ng_session_evaluate(session, NULL, "s", "1+1",
								  &vector, &err);
		assert_int_equal(status, CAROM_ERROR_POISONED);
		assert_false(ng_session_is_loaded(session));
		assert_int_equal(ng_session_plot_count(session), 0);
		assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_STATE);
		run_ng(session, "t\nr1 a 0 1");
	}
	stop_ng(session);
}

static void a_library_that_will_not_start_is_an_error(void **state)
{
	struct ng_options options = {.library = getenv("CAROM_FAKE_NGSPICE")};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session;

	(void)state;
	setenv("CAROM_FAKE_NGSPICE_SCRIPT", "init say stderr Error: no spinit|init poison", 1);
	assert_int_equal(ng_session_open(&session, &options, &err), CAROM_ERROR_LIBRARY);
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, "no spinit");
	assert_null(session);
	unsetenv("CAROM_FAKE_NGSPICE_SCRIPT");
	session = start_fake(NULL);
	stop_ng(session);
}

static void healing_that_fails_is_tried_again_at_the_next_load(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);

	(void)state;
	assert_true(load_ng(session, "t\n*fake load poison", NULL) < 0);
	setenv("CAROM_FAKE_NGSPICE_SCRIPT", "init poison", 1);
	assert_int_equal(load_ng(session, "t\nr1 a 0 1", &err), CAROM_ERROR_LIBRARY);
	unsetenv("CAROM_FAKE_NGSPICE_SCRIPT");
	run_ng(session, "t\nr1 a 0 1");
	stop_ng(session);
}

/* What a child process that runs this deck dies of.  It leaves its scratch folder. */
static int death_of(const char *text, unsigned seconds)
{
	char folder[] = "/tmp/carom-test-XXXXXX", command[100];
	pid_t child;
	int status;

	assert_non_null(mkdtemp(folder));
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	child = fork();
	if (child == 0) {
		struct ng_options options = {.library = getenv("CAROM_FAKE_NGSPICE")};
		struct ng_session *session;

		setenv("TMPDIR", folder, 1);
		signal(SIGSEGV, SIG_DFL);
		alarm(seconds);
		if (!ng_session_open(&session, &options, NULL))
			run_once(session, text, NULL);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(system(command), 0);
	return status;
}

static void what_kills_the_process_kills_it(void **state)
{
	int crash = death_of("t\n*fake run crash", 20);
	int hang = death_of("t\n*fake run hang", 1);
	int leave = death_of("t\n*fake run exit", 20);

	(void)state;
	assert_true(WIFSIGNALED(crash) && WTERMSIG(crash) == SIGSEGV);
	assert_true(WIFSIGNALED(hang) && WTERMSIG(hang) == SIGALRM);
	assert_true(WIFEXITED(leave) && WEXITSTATUS(leave) == 3);
}

static void a_huge_vector_is_seen_where_it_is(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(NULL);
	struct ng_vector vector;

	(void)state;
	run_ng(session, "t\n*fake run huge 10000000");
	ng_session_evaluate(session, "op1", "s", "out", &vector, &err);
	assert_ok(&err);
	assert_int_equal(vector.length, 10000000);
	assert_double_equal(vector.data[9999999], 1, 0, 0);
	stop_ng(session);
}

struct log {
	size_t n[NG_MESSAGE_ERROR + 1];
	char last[100];
};

static void take_log(void *arg, enum ng_message_kind kind, const char *line)
{
	struct log *log = arg;

	log->n[kind]++;
	strncpy(log->last, line, sizeof(log->last) - 1);
}

static void the_log_gets_every_line_with_its_kind(void **state)
{
	struct log log = {0};
	struct ng_options options = {.log = take_log, .log_arg = &log};
	struct ng_session *session = start_fake(&options);

	(void)state;
	assert_int_equal(log.n[NG_MESSAGE_TEXT], 1); /* the banner */
	run_ng(session, "t\n*fake run say stderr Note: n\n*fake run say stderr Warning: w\n"
			"*fake run say stdout t\n*fake run say stderr Warning: last");
	assert_int_equal(log.n[NG_MESSAGE_TEXT], 2);
	assert_int_equal(log.n[NG_MESSAGE_NOTE], 1);
	assert_int_equal(log.n[NG_MESSAGE_WARNING], 2);
	assert_int_equal(log.n[NG_MESSAGE_ERROR], 0);
	assert_string_equal(log.last, "Warning: last");
	stop_ng(session);
}

struct points {
	size_t n;
	size_t stop_at;
	double sum;
	char name[20];
};

static bool take_block(void *arg, const struct carom_block *block)
{
	struct points *points = arg;

	assert_string_equal(block->plot, "op1");
	assert_int_equal(block->first, points->n);
	for (size_t i = 0; i < block->n_points; i++)
		points->sum += block->columns[0][i];
	points->n += block->n_points;
	snprintf(points->name, sizeof(points->name), "%s", block->names[0]);
	return points->stop_at == 0 || points->n < points->stop_at;
}

static int run_to_points(struct ng_session *session, struct points *points, size_t stop_at,
			 struct carom_error *err)
{
	struct carom_run_options options = {.stream = take_block, .stream_arg = points};

	*points = (struct points){.stop_at = stop_at};
	return ng_session_run_with(session, &options, NULL, err);
}

static void points_are_streamed_and_stopped(void **state)
{
	struct points points;
	struct ng_options options = {.sees_points = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_fake(&options);

	(void)state;
	load_ng(session, "t\nr1 a 0 1\n*fake run huge 1000", &err);
	run_to_points(session, &points, 0, &err);
	assert_ok(&err);
	assert_int_equal(points.n, 1000);
	assert_double_equal(points.sum, 1000, 0, 0);
	assert_string_equal(points.name, "v(out)");
	assert_false(ng_session_is_stopped(session));
	run_to_points(session, &points, 7, &err);
	assert_ok(&err);
	assert_int_equal(points.n, 8);
	assert_true(ng_session_is_stopped(session));
	stop_ng(session);
}

static void a_run_that_only_talks_is_left_when_its_time_is_up(void **state)
{
	struct ng_options ng_options = {.sees_points = true};
	struct carom_run_options options = {.time_limit_s = 0.05};
	struct ng_session *session = start_fake(&ng_options);

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(load_ng(session, "t\n*fake run chatter", NULL), 0);
		assert_int_equal(ng_session_run_with(session, &options, NULL, &err),
				 CAROM_ERROR_LIMIT);
		assert_ng_error(&err, CAROM_ERROR_LIMIT, "time limit");
		assert_int_equal(ng_session_plot_count(session), 0);
		assert_int_equal(ng_session_run(session, NULL), CAROM_ERROR_STATE);
	}
	run_ng(session, "t\nr1 a 0 1");
	stop_ng(session);
}

/* Everything that a session allocates, with each allocation failing in turn. */
static int use_a_session(struct carom_error *err)
{
	static const char *const names[] = {"v(out)"};
	struct points points = {0};
	struct ng_options ng_options = {.library = getenv("CAROM_FAKE_NGSPICE"),
					.sees_points = true};
	struct carom_run_options options = {.stream = take_block,
					    .stream_arg = &points,
					    .save = names,
					    .n_save = 1,
					    .columns = names,
					    .n_columns = 1};
	struct ng_session *session;
	int status = ng_session_open(&session, &ng_options, err);

	if (!status)
		status = load_ng(session, "t\nr1 a 0 1", err);
	if (!status)
		status = ng_session_run_with(session, &options, NULL, err);
	stop_ng(session);
	return status;
}

static void running_out_of_memory_anywhere_is_an_error(void **state)
{
	int n_failures = 0;
	int status = CAROM_ERROR_MEMORY;

	(void)state;
	while (status) {
		struct carom_error err = CAROM_ERROR_INIT;

		mem_fail_after(n_failures);
		status = use_a_session(&err);
		mem_fail_after(-1);
		if (status) {
			assert_ng_error(&err, CAROM_ERROR_MEMORY, "memory");
			n_failures++;
		}
	}
	assert_int_equal(n_failures, 9); /* session, lines, names, and six of the stream */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_leaves_results),
		cmocka_unit_test(values_are_altered_with_all_their_digits),
		cmocka_unit_test(a_run_that_says_it_failed_has_failed),
		cmocka_unit_test(a_failure_in_words_of_its_own_is_noticed),
		cmocka_unit_test(words_alone_do_not_fail_a_run),
		cmocka_unit_test(a_run_without_results_has_failed),
		cmocka_unit_test(a_later_run_without_results_has_failed),
		cmocka_unit_test(a_circuit_that_is_lost_is_not_loaded),
		cmocka_unit_test(a_complaint_of_a_load_is_a_failure),
		cmocka_unit_test(poison_at_any_stage_is_healed_by_the_next_load),
		cmocka_unit_test(a_library_that_will_not_start_is_an_error),
		cmocka_unit_test(healing_that_fails_is_tried_again_at_the_next_load),
		cmocka_unit_test(what_kills_the_process_kills_it),
		cmocka_unit_test(a_huge_vector_is_seen_where_it_is),
		cmocka_unit_test(the_log_gets_every_line_with_its_kind),
		cmocka_unit_test(points_are_streamed_and_stopped),
		cmocka_unit_test(a_run_that_only_talks_is_left_when_its_time_is_up),
		cmocka_unit_test(running_out_of_memory_anywhere_is_an_error),
	};

	return run_all_tests(tests);
}
