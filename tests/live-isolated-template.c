/* SPDX-License-Identifier: BSD-3-Clause */
/* Isolated sessions: the template that has opened ngspice, and the workers that are forked from it. */
#include <errno.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support-folder.h"
#include "support-worker.h"

static const char endless[] = "long\nv1 in 0 sin(0 1 1k)\nr1 in out 1k\nc1 out 0 100n\n"
			      ".tran 1n 100 0 1n\n.end\n";

static int set_up(void **state)
{
	*state = open_session(&isolated);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

static int count_in_proc(pid_t pid, const char *what)
{
	char path[64];

	snprintf(path, sizeof(path), "/proc/%d/%s", (int)pid, what);
	return count_entries(path);
}

/* ---- forks ---- */

static void a_worker_is_forked_at_the_first_load(void **state)
{
	pid_t template = child_of(getpid());

	assert_true(template > 0);
	assert_int_equal(worker_of(getpid()), 0);
	load_deck(*state, divider);
	assert_true(worker_of(getpid()) > 0);
	assert_int_equal(child_of(getpid()), template);
}

static void a_restart_is_another_fork_of_the_same_template(void **state)
{
	pid_t template = child_of(getpid()), worker;

	for (int i = 0; i < 3; i++) {
		assert_works(*state);
		worker = worker_of(getpid());
		kill_worker();
		assert_works(*state);
		assert_int_equal(child_of(getpid()), template);
		assert_int_not_equal(worker_of(getpid()), worker);
		assert_false(exists(worker)); /* and is no zombie */
	}
}

/* What is forked beside other threads may find their locks taken for good. */
static void a_template_has_one_thread_and_keeps_no_descriptor_of_workers(void **state)
{
	pid_t template = child_of(getpid());
	int n_files = count_in_proc(template, "fd");

	for (int i = 0; i < 3; i++) {
		assert_int_equal(count_in_proc(template, "task"), 1);
		assert_works(*state);
		kill_worker();
	}
	assert_works(*state);
	assert_int_equal(count_in_proc(template, "task"), 1);
	assert_int_equal(count_in_proc(template, "fd"), n_files);
}

static void read_link(pid_t pid, const char *what, char path[4096])
{
	char link[64];
	ssize_t length;

	snprintf(link, sizeof(link), "/proc/%d/%s", (int)pid, what);
	length = readlink(link, path, 4095);
	assert_true(length > 0);
	path[length] = '\0';
}

static void each_worker_has_a_folder_of_its_own_which_goes_with_it(void **state)
{
	char first[4096], second[4096], home[4096], left[4200];

	assert_works(*state);
	read_link(child_of(getpid()), "cwd", home);
	read_link(worker_of(getpid()), "cwd", first);
	snprintf(left, sizeof(left), "%s/left", first);
	fclose(fopen(left, "w"));
	kill_worker();
	assert_works(*state);
	read_link(worker_of(getpid()), "cwd", second);
	assert_string_not_equal(first, second);
	assert_int_equal(access(first, F_OK), -1);
	assert_memory_equal(first, home, strlen(home));
	assert_int_equal(count_entries(second), 1); /* .spiceinit */
}

static void a_folder_of_the_options_is_that_of_every_worker(void **state)
{
	struct carom_session_options options = isolated;
	char folder[] = "/tmp/carom-isolated-XXXXXX", path[4096];
	struct carom_session *session;
	(void)state;

	options.folder = mkdtemp(folder);
	session = open_session(&options);
	for (int i = 0; i < 2; i++) {
		assert_works(session);
		read_link(worker_of(getpid()), "cwd", path);
		assert_string_equal(path, folder);
		kill_worker();
	}
	carom_session_close(session);
	assert_int_equal(rmdir(folder), 0);
}

/* ngspice draws from the numbers it began with, in each worker as in a process of its own. */
static void results_are_the_same_in_every_worker(void **state)
{
	double first = 0;

	for (int i = 0; i < 3; i++) {
		double value;

		load_deck(*state, "t\nv1 a 0 {agauss(1, 0.1, 1)}\nr1 a 0 1k\n.op\n.end\n");
		value = run_op(*state, "v(a)");
		if (i == 0)
			first = value;
		assert_same_bits(value, first);
		kill_worker();
	}
}

/* ---- faults ---- */

static void a_template_that_is_killed_takes_its_worker_with_it_and_is_replaced(void **state)
{
	pid_t template, worker;

	assert_works(*state);
	template = child_of(getpid());
	worker = worker_of(getpid());
	kill_template();
	assert_ends(worker);
	assert_run_crashes(*state, "Killed");
	assert_works(*state);
	assert_int_not_equal(child_of(getpid()), template);
	assert_int_equal(count_children(), 1);
}

static void a_load_does_not_mind_a_template_that_was_killed_meanwhile(void **state)
{
	kill_template();
	assert_works(*state);
	for (int i = 0; i < 3; i++) {
		kill_template();
		assert_works(*state);
	}
}

static void a_load_does_not_mind_that_both_were_killed_meanwhile(void **state)
{
	for (int i = 0; i < 3; i++) {
		pid_t worker;

		assert_works(*state);
		worker = worker_of(getpid());
		kill_worker();
		kill_template();
		assert_ends(worker);
	}
	assert_works(*state);
}

static void a_hang_costs_the_worker_and_not_the_template(void **state)
{
	struct carom_run_options options = {.size = sizeof(options), .time_limit_s = 0.1};
	pid_t template = child_of(getpid());

	for (int i = 0; i < 2; i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_result *result;

		load_deck(*state, divider);
		kill(worker_of(getpid()), SIGSTOP);
		carom_session_run_with(*state, &options, &result, &err);
		assert_int_equal(err.status, CAROM_ERROR_LIMIT);
		assert_works(*state);
		assert_int_equal(child_of(getpid()), template);
	}
}

static void a_template_that_does_not_answer_is_ended(void **state)
{
	pid_t template = child_of(getpid()), worker;

	assert_works(*state);
	worker = worker_of(getpid());
	kill(template, SIGSTOP);
	kill(worker, SIGKILL);
	assert_run_crashes(*state, "ngspice");
	assert_false(exists(template));
	assert_works(*state);
}

static void one_of_two_sessions_loses_its_processes_and_the_other_does_not_mind(void **state)
{
	pid_t first = child_of(getpid());
	struct carom_session *other = open_session(&isolated);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load_deck(*state, divider);
	load_deck(other, divider);
	kill_process(child_of(first));
	assert_double_equal(run_op(other, "v(out)"), 5, 1e-9, 0);
	assert_run_crashes(*state, "Killed");
	load_deck(*state, divider);
	kill_process(first);
	set_value(other, "r1", 3e3);
	assert_double_equal(run_op(other, "v(out)"), 2.5, 1e-9, 0);
	assert_int_equal(carom_session_run(*state, &result, &err), CAROM_ERROR_CRASHED);
	assert_works(*state);
	assert_double_equal(run_op(other, "v(out)"), 2.5, 1e-9, 0);
	carom_session_close(other);
}

/* ---- kills at any time ---- */

struct killer {
	pthread_t thread;
	unsigned seed;
	atomic_bool is_done;
	int n_killed;
};

/* The template, the worker, or both in either order. */
static void kill_some(unsigned which)
{
	pid_t template = child_of(getpid()), worker = worker_of(getpid());
	pid_t first = which & 1 ? worker : template, second = which & 1 ? template : worker;

	if (first > 0)
		kill(first, SIGKILL);
	if (second > 0 && which & 2)
		kill(second, SIGKILL);
}

/* And wait: what has been killed may live for a while on a busy machine, and be of use until then. */
static void kill_both(void)
{
	pid_t pids[] = {worker_of(getpid()), child_of(getpid())};

	for (int i = 0; i < 2; i++) {
		if (pids[i] > 0) {
			kill(pids[i], SIGKILL);
			assert_ends(pids[i]);
		}
	}
}

static void *kill_again_and_again(void *arg)
{
	struct killer *killer = arg;

	while (!killer->is_done) {
		usleep((useconds_t)(rand_r(&killer->seed) % 12000));
		kill_some((unsigned)rand_r(&killer->seed) / 8);
		killer->n_killed++;
	}
	return NULL;
}

/* Right, or said to have crashed. */
static bool try_session(struct carom_session *session, double ohms)
{
	struct carom_circuit *circuit = import_deck(divider);
	struct carom_result *result = NULL;
	int status = carom_session_load(session, circuit, NULL);

	if (!status)
		status = carom_session_alter(session, "r2", ohms, NULL);
	if (!status)
		status = carom_session_run(session, &result, NULL);
	if (!status)
		assert_double_equal(op_voltage(result, "out"), 10 * ohms / (1000 + ohms), 1e-9, 0);
	else
		assert_int_equal(status, CAROM_ERROR_CRASHED);
	carom_result_free(result);
	carom_circuit_free(circuit);
	return !status;
}

static void kills_at_any_time_are_errors_and_leave_nothing(void **state)
{
	static char parent[] = "/tmp/carom-isolated-XXXXXX";
	struct killer killer = {.seed = 1};
	int n_files = count_entries("/proc/self/fd"), n_good = 0, n_tried = 0;
	struct carom_session *session;
	(void)state;

	assert_non_null(mkdtemp(parent));
	setenv("TMPDIR", parent, 1);
	session = open_session(&isolated);
	pthread_create(&killer.thread, NULL, kill_again_and_again, &killer);
	for (double end = now_s() + 1; now_s() < end || n_good == n_tried; n_tried++)
		n_good += try_session(session, 1000 + n_tried);
	killer.is_done = true;
	pthread_join(killer.thread, NULL);
	assert_true(killer.n_killed > 0);
	kill_both();
	assert_works(session);
	carom_session_close(session);
	unsetenv("TMPDIR");
	assert_int_equal(count_children(), 0);
	assert_int_equal(count_entries("/proc/self/fd"), n_files);
	assert_int_equal(rmdir(parent), 0);
}

static void restarts_leave_neither_memory_nor_descriptors(void **state)
{
	enum { N = 200, N_FIRST = 20 };
	pid_t template = child_of(getpid());
	int n_files = 0, n_files_there = 0;
	long before = 0;

	for (int i = 0; i < N; i++) {
		assert_works(*state);
		kill_worker();
		if (i == N_FIRST) {
			before = memory_of(template);
			n_files = count_entries("/proc/self/fd");
			n_files_there = count_in_proc(template, "fd");
		}
	}
	assert_works(*state);
	assert_int_equal(child_of(getpid()), template);
	assert_int_equal(count_entries("/proc/self/fd"), n_files);
	assert_int_equal(count_in_proc(template, "fd"), n_files_there);
	assert_true(memory_of(template) <= before + (HAS_SHADOW ? 1024 : 64));
}

/* ---- hosts ---- */

enum { OUTLIVING_S = 6 };

/* With a run that would go on for ever, and a fork which holds on to all that the host has. */
static void play_host(int end)
{
	struct carom_session *session;
	pid_t pids[2];

	session = open_session(&isolated);
	load_deck(session, endless);
	pids[0] = child_of(getpid());
	pids[1] = worker_of(getpid());
	if (fork() == 0) {
		sleep(OUTLIVING_S);
		_exit(0);
	}
	if (write(end, pids, sizeof(pids)) == (ssize_t)sizeof(pids))
		carom_session_run(session, &(struct carom_result *){NULL}, NULL);
	_exit(1);
}

static void kill_host(pid_t host)
{
	kill(host, SIGKILL);
	waitpid(host, NULL, 0);
}

/* What is sent to the template before may be 0. */
static void assert_end_with_host(int signal_before)
{
	pid_t host, pids[2] = {0, 0};
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	host = fork();
	if (host == 0)
		play_host(ends[1]);
	assert_int_equal(read(ends[0], pids, sizeof(pids)), sizeof(pids));
	assert_true(is_running(pids[0]) && is_running(pids[1]));
	kill(pids[0], signal_before);
	kill_host(host);
	assert_ends(pids[0]);
	assert_ends(pids[1]);
	close(ends[0]);
	close(ends[1]);
}

static void template_and_worker_end_with_their_host_even_if_a_fork_lives_on(void **state)
{
	(void)state;
	assert_end_with_host(0);
}

static void a_template_that_is_stopped_ends_with_its_host(void **state)
{
	(void)state;
	assert_end_with_host(SIGSTOP);
}

static void open_with(const char *worker)
{
	struct carom_session_options options = isolated;
	struct carom_session *session;

	options.worker = worker;
	_exit(carom_session_open(&session, &options, NULL) ? 1 : 0);
}

/* Before there is anything of ours in it. */
static void a_template_that_is_stopped_before_it_begins_ends_with_its_host(void **state)
{
	static const char program[] = "#!/bin/sh\nkill -STOP $$\n";
	char path[] = "/tmp/carom-isolated-XXXXXX";
	int fd = mkstemp(path);
	pid_t host, template;
	(void)state;

	assert_int_equal(write(fd, program, sizeof(program) - 1), sizeof(program) - 1);
	assert_int_equal(fchmod(fd, 0700), 0);
	close(fd);
	host = fork();
	if (host == 0)
		open_with(path);
	while (!(template = child_of(host)) || !is_stopped(template))
		usleep(1000);
	kill_host(host);
	assert_ends(template);
	unlink(path);
}

/* Only a user who is not root can run out of processes. */
static int load_without_processes(void)
{
	const struct rlimit none = {0, 0};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;

	if (geteuid() == 0 && setuid(getpwnam("nobody")->pw_uid))
		return 1;
	session = open_session(&isolated);
	if (prlimit(child_of(getpid()), RLIMIT_NPROC, &none, NULL))
		return 2;
	if (load_deck_text(session, divider, &err) != CAROM_ERROR_SYSTEM)
		return 3;
	return strstr(err.text, "no process can be forked") ? 0 : 4;
}

static void a_worker_that_cannot_be_forked_is_an_error(void **state)
{
	int wait_status;
	pid_t host = fork();
	(void)state;

	if (host == 0)
		_exit(load_without_processes());
	assert_int_equal(waitpid(host, &wait_status, 0), host);
	assert_int_equal(wait_status, 0);
}

#define WITH_SESSION(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SESSION(a_worker_is_forked_at_the_first_load),
		WITH_SESSION(a_restart_is_another_fork_of_the_same_template),
		WITH_SESSION(a_template_has_one_thread_and_keeps_no_descriptor_of_workers),
		WITH_SESSION(each_worker_has_a_folder_of_its_own_which_goes_with_it),
		cmocka_unit_test(a_folder_of_the_options_is_that_of_every_worker),
		WITH_SESSION(results_are_the_same_in_every_worker),
		WITH_SESSION(a_template_that_is_killed_takes_its_worker_with_it_and_is_replaced),
		WITH_SESSION(a_load_does_not_mind_a_template_that_was_killed_meanwhile),
		WITH_SESSION(a_load_does_not_mind_that_both_were_killed_meanwhile),
		WITH_SESSION(a_hang_costs_the_worker_and_not_the_template),
		WITH_SESSION(a_template_that_does_not_answer_is_ended),
		WITH_SESSION(one_of_two_sessions_loses_its_processes_and_the_other_does_not_mind),
		cmocka_unit_test(kills_at_any_time_are_errors_and_leave_nothing),
		WITH_SESSION(restarts_leave_neither_memory_nor_descriptors),
		cmocka_unit_test(template_and_worker_end_with_their_host_even_if_a_fork_lives_on),
		cmocka_unit_test(a_template_that_is_stopped_ends_with_its_host),
		cmocka_unit_test(a_template_that_is_stopped_before_it_begins_ends_with_its_host),
		cmocka_unit_test(a_worker_that_cannot_be_forked_is_an_error),
	};

	/* Crashes of workers are the kernel's to tell, not a sanitizer's. */
	setenv("ASAN_OPTIONS", "handle_segv=0:detect_leaks=0", 1);
	setenv("TSAN_OPTIONS", "handle_segv=0", 1);
	return run_all_tests(tests);
}
