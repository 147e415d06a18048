/* SPDX-License-Identifier: BSD-3-Clause */
/* What a host owns of its process is as it was, while a session is open and after it. */
#include "support-folder.h"
#include "support-session.h"

#include <errno.h>
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __SSE2__
#include <xmmintrin.h>
#endif

enum { N_SIGNALS = 32 };

struct stream {
	int flags;
	off_t offset;
	struct stat file;
};

struct host {
	char folder[4096];
	char locale[256];
	char *environment; /* all variables, each with its NUL */
	size_t n_environment;
	struct sigaction actions[N_SIGNALS];
	sigset_t mask;
	cpu_set_t cpus;
	int rounding, exceptions;
	unsigned mxcsr; /* with the modes for denormals */
	mode_t umask;
	struct stream streams[3];
	struct rlimit limits[RLIM_NLIMITS];
};

extern char **environ;

static void copy_environment(struct host *host)
{
	FILE *stream = open_memstream(&host->environment, &host->n_environment);

	for (char **variable = environ; *variable; variable++)
		fwrite(*variable, 1, strlen(*variable) + 1, stream);
	fclose(stream);
}

static void look_at_calculation(struct host *host)
{
	host->rounding = fegetround();
	host->exceptions = fegetexcept();
#ifdef __SSE2__
	host->mxcsr = _mm_getcsr() & ~(unsigned)_MM_EXCEPT_MASK;
#endif
}

static struct host look_at_host(void)
{
	struct host host;

	memset(&host, 0, sizeof(host));
	assert_non_null(getcwd(host.folder, sizeof(host.folder)));
	strncpy(host.locale, setlocale(LC_ALL, NULL), sizeof(host.locale) - 1);
	copy_environment(&host);
	for (int i = 1; i < N_SIGNALS; i++)
		sigaction(i, NULL, &host.actions[i]);
	pthread_sigmask(SIG_SETMASK, NULL, &host.mask);
	sched_getaffinity(0, sizeof(host.cpus), &host.cpus);
	look_at_calculation(&host);
	host.umask = umask(0);
	umask(host.umask);
	for (int i = 0; i < 3; i++) {
		host.streams[i].flags = fcntl(i, F_GETFL);
		host.streams[i].offset = i == 1 ? 0 : lseek(i, 0, SEEK_CUR); /* 1: this report's */
		fstat(i, &host.streams[i].file);
	}
	for (int i = 0; i < RLIM_NLIMITS; i++)
		getrlimit((__rlimit_resource_t)i, &host.limits[i]);
	return host;
}

static void assert_same_actions(const struct host *a, const struct host *b)
{
	for (int i = 1; i < N_SIGNALS; i++) {
		const struct sigaction *x = &a->actions[i], *y = &b->actions[i];

		if (x->sa_handler != y->sa_handler || x->sa_flags != y->sa_flags ||
		    sigismember(&x->sa_mask, SIGUSR2) != sigismember(&y->sa_mask, SIGUSR2))
			fail_msg("the action of signal %d has changed", i);
	}
}

static void assert_same_streams(const struct host *a, const struct host *b)
{
	for (int i = 0; i < 3; i++) {
		assert_int_equal(a->streams[i].flags, b->streams[i].flags);
		assert_int_equal(a->streams[i].offset, b->streams[i].offset);
		assert_int_equal(a->streams[i].file.st_ino, b->streams[i].file.st_ino);
		assert_int_equal(a->streams[i].file.st_dev, b->streams[i].file.st_dev);
	}
}

static void assert_same_host(const struct host *a)
{
	struct host now = look_at_host();
	const struct host *b = &now;

	assert_string_equal(a->folder, b->folder);
	assert_string_equal(a->locale, b->locale);
	assert_int_equal(a->n_environment, b->n_environment);
	assert_memory_equal(a->environment, b->environment, a->n_environment);
	assert_same_actions(a, b);
	assert_memory_equal(&a->mask, &b->mask, sizeof(a->mask));
	assert_true(CPU_EQUAL(&a->cpus, &b->cpus));
	assert_int_equal(a->rounding, b->rounding);
	assert_int_equal(a->exceptions, b->exceptions);
	assert_int_equal(a->mxcsr, b->mxcsr);
	assert_int_equal(a->umask, b->umask);
	assert_same_streams(a, b);
	assert_memory_equal(a->limits, b->limits, sizeof(a->limits));
	free(now.environment);
}

/* ---- a host that is not as every other ---- */

static void on_signal(int number, siginfo_t *info, void *context)
{
	(void)number;
	(void)info;
	(void)context;
}

static void set_handlers(struct sigaction before[N_SIGNALS])
{
	struct sigaction mine = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_NODEFER};

	sigaddset(&mine.sa_mask, SIGUSR2);
	for (int i = 1; i < N_SIGNALS; i++)
		sigaction(i, &mine, &before[i]);
}

static void reset_handlers(const struct sigaction before[N_SIGNALS])
{
	for (int i = 1; i < N_SIGNALS; i++)
		sigaction(i, &before[i], NULL);
}

/* Denormals are zero, rounding is upwards: a simulator that inherited it would give other numbers. */
static void calculate_oddly(void)
{
	fesetround(FE_UPWARD);
#ifdef __SSE2__
	_mm_setcsr(_mm_getcsr() | 0x8040);
#endif
}

static void calculate_as_usual(void)
{
	fesetenv(FE_DFL_ENV);
}

static void ignore_line(void *arg, enum carom_log_level level, const char *line)
{
	(void)arg;
	(void)level;
	(void)line;
}

/* Loads, expressions, failures that heal: all that is known to touch the process. */
static void use_a_session(const struct host *before)
{
	static const struct carom_session_options options = {.size = sizeof(options),
							     .log = ignore_line};
	struct carom_session *session = open_session(&options);

	assert_same_host(before);
	load_deck(session, lowpass);
	assert_same_host(before);
	set_value(session, "r1", 2e3);
	carom_result_free(run_loaded(session));
	assert_same_host(before);
	load_deck_text(session, "t\nv1 a 0 1\nr1 a 0 {rload}\n.op\n.end\n", NULL);
	load_deck(session, transformer);
	carom_result_free(run_loaded(session));
	carom_result_free(run_loaded(session));
	assert_same_host(before);
	carom_session_close(session);
	assert_same_host(before);
}

static void the_process_is_left_as_it_was(void **state)
{
	struct sigaction actions[N_SIGNALS];
	struct host before;
	(void)state;

	setenv("SPICE_SCRIPTS", "/nowhere", 1);
	umask(031);
	set_handlers(actions);
	before = look_at_host();
	use_a_session(&before);
	reset_handlers(actions);
	umask(022);
	unsetenv("SPICE_SCRIPTS");
	free(before.environment);
}

static struct carom_result *simulate(void)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result;

	load_deck(session, lowpass);
	result = run_loaded(session);
	carom_session_close(session);
	return result;
}

static void a_host_that_calculates_oddly_goes_on_so_and_gets_the_usual_numbers(void **state)
{
	struct carom_result *usual = simulate(), *got;
	struct host before;
	(void)state;

	calculate_oddly();
	before = look_at_host();
	got = simulate();
	assert_same_host(&before);
	calculate_as_usual();
	assert_same_bits(result_distance(usual, got), 0);
	free(before.environment);
	carom_result_free(usual);
	carom_result_free(got);
}

static void a_division_by_zero_that_traps_in_the_host_does_not_in_the_simulator(void **state)
{
	struct carom_session *session;
	struct carom_result *result;
	(void)state;

	feenableexcept(FE_DIVBYZERO | FE_OVERFLOW);
	session = open_session(NULL);
	load_deck(session, "t\nv1 a 0 0\nb1 b 0 v=1/v(a)\nr1 b 0 1\n.op\n.end\n");
	carom_session_run(session, &result, NULL);
	carom_result_free(result);
	assert_int_equal(fegetexcept(), FE_DIVBYZERO | FE_OVERFLOW);
	calculate_as_usual();
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	carom_session_close(session);
}

static void random_numbers_of_the_host_go_on_as_they_would(void **state)
{
	int by_rand;
	long by_random, by_rand48;
	struct host before = look_at_host();
	(void)state;

	srand(7);
	by_rand = (rand(), rand());
	srand48(7);
	by_rand48 = (lrand48(), lrand48());
	srandom(9);
	by_random = (random(), random());
	srand48(7);
	lrand48();
	srandom(9);
	random();
	use_a_session(&before);
	assert_int_equal(random(), by_random);
	assert_int_equal(lrand48(), by_rand48);
	srand(7);
	rand();
	use_a_session(&before);
	assert_int_equal(rand(), by_rand);
	free(before.environment);
}

/* An input that is read in part, and must not be read on or made to block. */
static void standard_input_stays_where_it_is(void **state)
{
	int input = dup(0), file = open("/tmp", O_TMPFILE | O_RDWR | O_NONBLOCK, 0600);
	struct host before;
	(void)state;

	assert_int_equal(write(file, "shell touch pwned\n", 18), 18);
	assert_int_equal(lseek(file, 6, SEEK_SET), 6);
	assert_int_equal(dup2(file, 0), 0);
	before = look_at_host();
	use_a_session(&before);
	assert_int_equal(lseek(0, 0, SEEK_CUR), 6);
	dup2(input, 0);
	close(input);
	close(file);
	free(before.environment);
}

static void no_thread_and_no_descriptor_is_left(void **state)
{
	struct host before = look_at_host();
	int n_threads, n_descriptors;
	(void)state;

	use_a_session(&before); /* what the first one leaves for all later ones: libraries */
	n_threads = count_entries("/proc/self/task");
	n_descriptors = count_entries("/proc/self/fd");
	for (int i = 0; i < 3; i++)
		use_a_session(&before);
	assert_int_equal(count_entries("/proc/self/task"), n_threads);
	assert_int_equal(count_entries("/proc/self/fd"), n_descriptors);
	assert_int_equal(n_threads, 1);
	free(before.environment);
}

/* ---- hosts with children of their own ---- */

static volatile sig_atomic_t n_reaped;

static void reap(int number)
{
	int error = errno;

	(void)number;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		n_reaped++;
	errno = error;
}

/* CIDER calls exit(): the mesh has no domain. */
static const char exiting[] = "t\nv1 a 0 1\nd1 a 0 dn\n.model dn numd level=1\n"
			      "+ x.mesh loc=0 n=1\n.op\n.end\n";

static void work_and_crash(void)
{
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;

	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	if (is_isolated_case()) {
		load_trusted_text(session, exiting, &err);
		carom_session_run(session, &(struct carom_result *){NULL}, &err);
		assert_int_equal(err.status, CAROM_ERROR_CRASHED);
	}
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	carom_session_close(session);
}

static void a_host_may_ignore_the_end_of_children(void **state)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, before;
	(void)state;

	sigaction(SIGCHLD, &ignore, &before);
	work_and_crash();
	sigaction(SIGCHLD, &before, NULL);
}

static void a_host_may_reap_all_children_itself(void **state)
{
	struct sigaction reaps = {.sa_handler = reap, .sa_flags = SA_RESTART}, before;
	(void)state;

	sigaction(SIGCHLD, &reaps, &before);
	work_and_crash();
	sigaction(SIGCHLD, &before, NULL);
}

/* ---- forks of the host ---- */

static struct carom_session *parents;

/* In the child: no call works, none harms the parent. */
static bool child_is_turned_away(void)
{
	struct carom_error errors[5] = {CAROM_ERROR_INIT, CAROM_ERROR_INIT, CAROM_ERROR_INIT,
					CAROM_ERROR_INIT, CAROM_ERROR_INIT};
	struct carom_circuit *circuit = carom_circuit_new(NULL, NULL);
	struct carom_result *result;

	carom_session_load(parents, circuit, &errors[0]);
	carom_session_run(parents, &result, &errors[1]);
	carom_session_alter(parents, "r1", 1, &errors[2]);
	carom_session_plots(parents, &result, &errors[3]);
	carom_session_start(parents, NULL, &errors[4]);
	carom_session_cancel(parents);
	carom_session_close(parents);
	carom_circuit_free(circuit);
	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].status != CAROM_ERROR_STATE)
			return false;
	return true;
}

static void a_fork_of_the_host_cannot_use_the_session_nor_harm_it(void **state)
{
	pid_t child;
	int status;
	(void)state;

	parents = open_session(NULL);
	load_deck(parents, divider);
	child = fork();
	if (child == 0)
		_exit(child_is_turned_away() ? 0 : 1);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_double_equal(run_op(parents, "v(out)"), 5, 1e-9, 0);
	carom_session_close(parents);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test(the_process_is_left_as_it_was),
		cmocka_unit_test(
			a_host_that_calculates_oddly_goes_on_so_and_gets_the_usual_numbers),
		cmocka_unit_test(
			a_division_by_zero_that_traps_in_the_host_does_not_in_the_simulator),
		cmocka_unit_test(random_numbers_of_the_host_go_on_as_they_would),
		cmocka_unit_test(standard_input_stays_where_it_is),
		cmocka_unit_test(no_thread_and_no_descriptor_is_left),
		cmocka_unit_test(a_host_may_ignore_the_end_of_children),
		cmocka_unit_test(a_host_may_reap_all_children_itself),
		cmocka_unit_test(a_fork_of_the_host_cannot_use_the_session_nor_harm_it),
	};

	return support_run_levels(both, sizeof(both) / sizeof(both[0]), NULL, 0);
}
