/* SPDX-License-Identifier: BSD-3-Clause */
/* Sessions that live long: what a cycle leaves behind in the host, and in the simulator's process. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/pages.h"
#include "carom-circuit.h"
#include "support-worker.h"

/*
 * "make life" sets CAROM_LIFE to 10: ten times as many cycles.  Each case begins with a tenth of its
 * cycles that are not looked at, in which everything finds its size.
 */
enum { N_LOOKS = 100 };

/* Bytes that a cycle may leave. */
enum {
	OF_A_RUN = 24,          /* less than a name, or the head of a plot */
	OF_A_SESSION = 64,      /* opened and closed */
	OF_THE_LIBRARY = 12288, /* what libngspice leaves itself: docs/ngspice-seam.md, */
	OF_A_LINE = 1024,       /* and of each line of a load that it was left in */
	OF_PAGES = 128          /* of a worker, whose memory is seen in pages only */
};

typedef size_t memory_fn(void *arg);
typedef void cycle_fn(void *arg);

/* Where there is AddressSanitizer, malloc is its own. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static size_t bytes_of_the_host(void *arg)
{
	struct mallinfo2 info;

	(void)arg;
	if (__sanitizer_get_current_allocated_bytes)
		return __sanitizer_get_current_allocated_bytes();
	info = mallinfo2();
	return info.uordblks + info.hblkhd + pages_used();
}

static size_t bytes_of_a_process(void *arg)
{
	const pid_t *pid = arg;
	char path[64];
	long all, resident = 0;
	FILE *file;

	snprintf(path, sizeof(path), "/proc/%d/statm", *pid);
	file = fopen(path, "r");
	assert_non_null(file);
	assert_int_equal(fscanf(file, "%ld %ld", &all, &resident), 2);
	fclose(file);
	return (size_t)resident * (size_t)sysconf(_SC_PAGESIZE);
}

static unsigned cycles(unsigned n)
{
	const char *factor = getenv("CAROM_LIFE");

	return factor ? n * (unsigned)atoi(factor) : n;
}

/* By least squares, of points whose distance in x is the same. */
static double slope(const double *y, size_t n, double distance)
{
	double middle = (double)(n - 1) / 2, above = 0, below = 0;

	for (size_t i = 0; i < n; i++) {
		above += ((double)i - middle) * y[i];
		below += ((double)i - middle) * ((double)i - middle);
	}
	return above / below / distance;
}

/* What is looked at after each n-th cycle, and what it grows by in a cycle. */
struct watched {
	const char *name;
	memory_fn *memory;
	void *arg;
	double bytes[N_LOOKS];
	double growth;
};

static void live(unsigned n, cycle_fn *cycle, void *arg, struct watched *watched, size_t n_watched)
{
	unsigned step = cycles(n) / N_LOOKS;

	for (unsigned i = 0; i < step * N_LOOKS / 10; i++)
		cycle(arg);
	for (size_t look = 0; look < N_LOOKS; look++) {
		for (unsigned i = 0; i < step; i++)
			cycle(arg);
		for (size_t i = 0; i < n_watched; i++)
			watched[i].bytes[look] = (double)watched[i].memory(watched[i].arg);
	}
	for (size_t i = 0; i < n_watched; i++) {
		watched[i].growth = slope(watched[i].bytes, N_LOOKS, step);
		print_message("# %u cycles, %s: %.2f bytes a cycle, %.2f MB at the end\n",
			      step * N_LOOKS, watched[i].name, watched[i].growth,
			      1e-6 * watched[i].bytes[N_LOOKS - 1]);
	}
}

static double growth_of_the_host(unsigned n, cycle_fn *cycle, void *arg)
{
	struct watched host = {.name = "host", .memory = bytes_of_the_host};

	live(n, cycle, arg, &host, 1);
	return host.growth;
}

static void assert_grows_less(double growth, double limit)
{
	if (!(growth < limit))
		fail_msg("memory grows by %.2f bytes a cycle, not less than %.0f", growth, limit);
}

/* ---- open, load, run, close ---- */

static void open_run_and_close(void *arg)
{
	struct carom_session *session = open_session(arg);

	load_deck(session, divider);
	assert_true(run_op(session, "v(out)") > 0); /* the stand-in says 1 */
	carom_session_close(session);
}

static void sessions_that_are_opened_and_closed_leave_nothing(void **state)
{
	const struct carom_session_options options = {.size = sizeof(options),
						      .library = getenv("CAROM_FAKE_NGSPICE")};

	(void)state;
	assert_non_null(options.library);
	assert_grows_less(growth_of_the_host(1000, open_run_and_close, (void *)&options),
			  OF_A_SESSION);
}

static void isolated_sessions_that_are_opened_and_closed_leave_nothing(void **state)
{
	const struct carom_session_options options = {.size = sizeof(options), .is_isolated = true};

	(void)state;
	assert_grows_less(growth_of_the_host(100, open_run_and_close, (void *)&options),
			  OF_A_SESSION);
}

static void a_library_that_is_unloaded_leaves_little(void **state)
{
	(void)state;
	assert_grows_less(growth_of_the_host(1000, open_run_and_close, NULL), OF_THE_LIBRARY);
}

/* ---- restart ---- */

static void kill_and_load(void *arg)
{
	kill_worker();
	load_deck(arg, divider);
}

static void restarts_leave_nothing(void **state)
{
	const struct carom_session_options options = {.size = sizeof(options), .is_isolated = true};
	struct carom_session *session = open_session(&options);
	pid_t template = child_of(getpid());
	struct watched watched[] = {
		{.name = "host", .memory = bytes_of_the_host},
		{.name = "template", .memory = bytes_of_a_process, .arg = &template}};

	(void)state;
	load_deck(session, divider);
	live(100, kill_and_load, session, watched, 2);
	assert_int_equal(child_of(getpid()), template);
	assert_grows_less(watched[0].growth, OF_A_SESSION);
	assert_grows_less(watched[1].growth, OF_PAGES);
	carom_session_close(session);
}

/* ---- edit, run ---- */

struct edited {
	struct carom_session *session;
	struct carom_circuit *circuit;
	struct carom_element r2;
	unsigned count;
};

static void edit_and_run(void *arg)
{
	struct edited *edited = arg;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_update update;
	double ohms = 1000 + edited->count++ % 100;

	carom_element_set_value(edited->circuit, edited->r2, ohms, &err);
	carom_session_update(edited->session, edited->circuit, &update, &err);
	assert_ok(&err);
	assert_int_equal(update.was_reloaded, edited->count == 1);
	assert_double_equal(run_op(edited->session, "v(out)"), 10 * ohms / (1000 + ohms), 1e-9, 0);
}

/* AddressSanitizer in a worker, whose pages are counted, is not to hold what was freed. */
static void let_workers_reuse_memory(void)
{
	const char *before = getenv("ASAN_OPTIONS");
	char options[512];

	snprintf(options, sizeof(options),
		 "%s:quarantine_size_mb=0:thread_local_quarantine_size_kb=0", before ? before : "");
	setenv("ASAN_OPTIONS", options, 1);
}

static void edits_and_runs_leave_nothing(void **state)
{
	struct edited edited = {.session = open_session(NULL), .circuit = import_deck(divider)};
	struct watched watched[] = {{.name = "host", .memory = bytes_of_the_host},
				    {.name = "worker", .memory = bytes_of_a_process}};
	pid_t pid;

	(void)state;
	edited.r2 = carom_circuit_find_element(edited.circuit, "r2");
	edit_and_run(&edited);
	pid = worker_of(getpid());
	watched[1].arg = &pid;
	live(10000, edit_and_run, &edited, watched, is_isolated_case() ? 2 : 1);
	assert_grows_less(watched[0].growth, OF_A_RUN);
	assert_grows_less(watched[1].growth, OF_PAGES);
	carom_circuit_free(edited.circuit);
	carom_session_close(edited.session);
}

/* ---- poison, heal ---- */

enum { N_MORE_LINES = 100 };

struct poisoned {
	struct carom_session *session;
	char deck[64 + 32 * N_MORE_LINES];
};

static void write_poison(char *deck, unsigned n_more)
{
	deck += sprintf(deck, "t\nv1 a 0 1\nr1 a 0 {nowhere}\n");
	for (unsigned i = 0; i < n_more; i++)
		deck += sprintf(deck, "rm%u a 0 1k\n", i);
	sprintf(deck, ".op\n.end\n");
}

static void poison_and_heal(void *arg)
{
	struct poisoned *poisoned = arg;
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_not_equal(load_deck_text(poisoned->session, poisoned->deck, &err), 0);
	load_deck(poisoned->session, divider);
	assert_double_equal(run_op(poisoned->session, "v(out)"), 5, 1e-9, 0);
}

/* In this process what libngspice has read of the deck is lost. */
static void a_session_that_is_healed_again_and_again_leaves_little(void **state)
{
	struct poisoned poisoned = {.session = open_session(NULL)};
	double growth;

	(void)state;
	write_poison(poisoned.deck, 0);
	growth = growth_of_the_host(100, poison_and_heal, &poisoned);
	assert_grows_less(growth, is_isolated_case() ? OF_A_SESSION : OF_THE_LIBRARY);
	write_poison(poisoned.deck, N_MORE_LINES);
	growth = growth_of_the_host(100, poison_and_heal, &poisoned) - growth;
	assert_grows_less(growth, is_isolated_case() ? OF_A_SESSION : N_MORE_LINES * OF_A_LINE);
	carom_session_close(poisoned.session);
}

/* ---- the test itself ---- */

struct leak {
	struct leak *next;
};

static void forget_one(void *arg)
{
	struct leak **leaks = arg, *leak = malloc(sizeof(*leak));

	assert_non_null(leak);
	leak->next = *leaks;
	*leaks = leak;
}

/* The smallest piece of memory that there is, lost in each cycle. */
static void a_leak_is_noticed(void **state)
{
	struct leak *leaks = NULL;
	double growth = growth_of_the_host(10000, forget_one, &leaks);

	(void)state;
	assert_true(growth >= (double)sizeof(struct leak));
	while (leaks) {
		struct leak *leak = leaks;

		leaks = leak->next;
		free(leak);
	}
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test(edits_and_runs_leave_nothing),
		cmocka_unit_test(a_session_that_is_healed_again_and_again_leaves_little),
	};
	const struct CMUnitTest one[] = {
		cmocka_unit_test(sessions_that_are_opened_and_closed_leave_nothing),
		cmocka_unit_test(isolated_sessions_that_are_opened_and_closed_leave_nothing),
		cmocka_unit_test(a_library_that_is_unloaded_leaves_little),
		cmocka_unit_test(restarts_leave_nothing),
		cmocka_unit_test(a_leak_is_noticed),
	};

	let_workers_reuse_memory();
	return run_on_both_levels(both, one);
}
