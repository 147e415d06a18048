/* SPDX-License-Identifier: BSD-3-Clause */
/* The session's thread: calls are made there, one after the other, with no signal of the host's. */
#include "support.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <unistd.h>

#include "base/mem.h"
#include "sim/session-thread.h"

static int start(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct session_thread *thread;

	assert_int_equal(session_thread_start(&thread, 0, &err), 0);
	assert_ok(&err);
	*state = thread;
	return 0;
}

static int stop(void **state)
{
	session_thread_stop(*state);
	return 0;
}

static void note_thread(void *arg)
{
	*(pthread_t *)arg = pthread_self();
}

static void add_one(void *arg)
{
	++*(int *)arg;
}

static void calls_are_made_on_one_other_thread(void **state)
{
	pthread_t first, second;

	session_thread_call(*state, note_thread, &first);
	session_thread_call(*state, note_thread, &second);
	assert_false(pthread_equal(first, pthread_self()));
	assert_true(pthread_equal(first, second));
}

static void a_call_has_returned_when_the_caller_goes_on(void **state)
{
	int n = 0;

	for (int i = 0; i < 20000; i++) {
		session_thread_call(*state, add_one, &n);
		assert_int_equal(n, i + 1);
	}
}

static void wait_a_little(void *arg)
{
	usleep(3000);
	add_one(arg);
}

static void both_sides_may_fall_asleep(void **state)
{
	int n = 0;

	for (int i = 0; i < 5; i++) {
		usleep(3000); /* longer than the thread's patience */
		session_thread_call(*state, wait_a_little, &n); /* and than the caller's */
	}
	assert_int_equal(n, 5);
}

struct question {
	struct session_thread *thread;
	bool answer;
};

static void ask_is_current(void *arg)
{
	struct question *question = arg;

	question->answer = session_thread_is_current(question->thread);
}

static void the_thread_knows_itself(void **state)
{
	struct question question = {*state, false};

	session_thread_call(*state, ask_is_current, &question);
	assert_true(question.answer);
	ask_is_current(&question);
	assert_false(question.answer);
}

static void note_mask(void *arg)
{
	pthread_sigmask(SIG_SETMASK, NULL, arg);
}

static void signals_of_the_host_are_blocked_and_faults_are_not(void **state)
{
	sigset_t mask;

	session_thread_call(*state, note_mask, &mask);
	assert_true(sigismember(&mask, SIGINT));
	assert_true(sigismember(&mask, SIGTERM));
	assert_true(sigismember(&mask, SIGALRM));
	assert_true(sigismember(&mask, SIGUSR1));
	assert_true(sigismember(&mask, SIGCHLD));
	assert_false(sigismember(&mask, SIGSEGV));
	assert_false(sigismember(&mask, SIGILL));
	assert_false(sigismember(&mask, SIGFPE));
	assert_false(sigismember(&mask, SIGBUS));
}

static void the_starter_keeps_its_own_mask(void **state)
{
	sigset_t mask;
	(void)state;

	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	assert_false(sigismember(&mask, SIGINT));
	assert_false(sigismember(&mask, SIGSEGV));
}

static void note_cpus(void *arg)
{
	sched_getaffinity(0, sizeof(cpu_set_t), arg);
}

/* The CPUs a thread started with this core runs on. */
static cpu_set_t cpus_of(int core)
{
	struct session_thread *thread;
	cpu_set_t cpus;

	assert_int_equal(session_thread_start(&thread, core, NULL), 0);
	session_thread_call(thread, note_cpus, &cpus);
	session_thread_stop(thread);
	return cpus;
}

static void a_core_is_pinned_to_and_the_starter_is_not(void **state)
{
	cpu_set_t before, after, cpus;
	int cpu = sched_getcpu();
	(void)state;

	note_cpus(&before);
	cpus = cpus_of(cpu + 1);
	note_cpus(&after);
	assert_int_equal(CPU_COUNT(&cpus), 1);
	assert_true(CPU_ISSET(cpu, &cpus));
	assert_true(CPU_EQUAL(&before, &after));
}

static void a_core_that_is_not_there_is_passed_over(void **state)
{
	cpu_set_t here, cpus;
	(void)state;

	note_cpus(&here);
	cpus = cpus_of(CPU_SETSIZE);
	assert_true(CPU_EQUAL(&here, &cpus));
	cpus = cpus_of(CPU_SETSIZE + 1);
	assert_true(CPU_EQUAL(&here, &cpus));
	cpus = cpus_of(-1);
	assert_true(CPU_EQUAL(&here, &cpus));
}

static void starting_without_memory_says_so(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct session_thread *thread;
	(void)state;

	mem_fail_after(0);
	assert_int_equal(session_thread_start(&thread, 0, &err), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	assert_null(thread);
	assert_int_equal(err.status, CAROM_ERROR_MEMORY);
}

static void stopping_nothing_is_legal(void **state)
{
	(void)state;
	session_thread_stop(NULL);
}

#define WITH_THREAD(name) cmocka_unit_test_setup_teardown(name, start, stop)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_THREAD(calls_are_made_on_one_other_thread),
		WITH_THREAD(a_call_has_returned_when_the_caller_goes_on),
		WITH_THREAD(both_sides_may_fall_asleep),
		WITH_THREAD(the_thread_knows_itself),
		WITH_THREAD(signals_of_the_host_are_blocked_and_faults_are_not),
		WITH_THREAD(the_starter_keeps_its_own_mask),
		cmocka_unit_test(a_core_is_pinned_to_and_the_starter_is_not),
		cmocka_unit_test(a_core_that_is_not_there_is_passed_over),
		cmocka_unit_test(starting_without_memory_says_so),
		cmocka_unit_test(stopping_nothing_is_legal),
	};

	return run_all_tests(tests);
}
