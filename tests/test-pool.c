/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Tests of the host's side of a run.  The template process is this program once more, started under
 * the name of carom-worker, which plays the part that PART names.
 */
#include "study/pool.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "carom-topology.h"
#include "study/folder.h"
#include "study/store-resume.h"
#include "support-folder.h"
#include "support.h"

#define PART "CAROM_TEST_PART"

/* ---- the template ---- */

static void *map_fd(int fd, size_t *size)
{
	struct stat st;
	void *bytes;

	if (fstat(fd, &st))
		_exit(90);
	*size = (size_t)st.st_size;
	bytes = mmap(NULL, *size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (bytes == MAP_FAILED)
		_exit(91);
	return bytes;
}

static void send_report(enum pool_report_kind kind, uint64_t magic, enum carom_status status,
			const char *text)
{
	struct pool_report report = {.magic = magic,
				     .kind = kind,
				     .library = "/lib/fake.so",
				     .version = "0",
				     .error = {.status = status}};

	snprintf(report.error.text, sizeof(report.error.text), "%s", text);
	if (send(POOL_FD_CONTROL, &report, sizeof(report), 0) != (ssize_t)sizeof(report))
		_exit(92);
}

static void report(enum pool_report_kind kind, const char *text)
{
	send_report(kind, POOL_MAGIC, CAROM_OK, text);
}

static void play_work(struct pool_shared *shared)
{
	report(POOL_REPORT_READY, "");
	for (uint32_t i = 0; i < shared->n_workers; i++) {
		shared->slot[i].n_done = 10 + i;
		shared->slot[i].n_failed = i;
		shared->slot[i].n_restarted = 2 * i;
		shared->slot[i].simulator_ns = 1000000000;
		shared->slot[i].busy_ns = 1500000000;
	}
	shared->slot[0].is_bound = true;
	shared->route = CAROM_ROUTE_FORK;
	report(POOL_REPORT_NOTE, "first");
	report(POOL_REPORT_NOTE, "second");
	report(POOL_REPORT_DONE, "");
}

/* Tells the title of the job and the descriptors that it was given. */
static void play_tell(struct pool_shared *shared)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;
	size_t size;
	void *bytes = map_fd(POOL_FD_JOB, &size);
	char text[100];
	int n_open = 0;

	for (int fd = 0; fd < 200; fd++)
		n_open += fcntl(fd, F_GETFD) >= 0;
	if (job_unpack(&job, bytes, size, &err))
		_exit(93);
	snprintf(text, sizeof(text), "%s, %u workers, %d descriptors, %s", job->title,
		 shared->n_workers, n_open,
		 cpu_set_is_empty(&shared->slot[0].cpus) ? "unbound" : "bound");
	job_free(job);
	report(POOL_REPORT_NOTE, text);
	report(POOL_REPORT_DONE, "");
}

/* Each life of the template takes one index; the one numbered n comes to its end. */
static void play_dying(struct pool_shared *shared, uint64_t n)
{
	report(POOL_REPORT_READY, "");
	if (atomic_fetch_add(&shared->next, 1) < n)
		raise(SIGKILL);
	shared->slot[0].n_done = 7;
	report(POOL_REPORT_DONE, "");
}

/* Each life does one sample, the tenth is the last. */
static void play_dying_at_work(struct pool_shared *shared)
{
	report(POOL_REPORT_READY, "");
	if (++shared->slot[0].n_done < 10)
		raise(SIGKILL);
	report(POOL_REPORT_DONE, "");
}

static void play_tell_origin(const struct pool_shared *shared)
{
	char text[100];

	snprintf(text, sizeof(text), "%s, %s", carom_route_name(shared->made_route),
		 shared->made_version);
	report(POOL_REPORT_NOTE, text);
	report(POOL_REPORT_DONE, "");
}

/* Until a byte or the end comes from the host; tells whether it was asked to stop. */
static void play_wait(struct pool_shared *shared)
{
	char wake;

	report(POOL_REPORT_READY, "");
	shared->slot[1].n_done = 1;
	if (recv(POOL_FD_CONTROL, &wake, 1, 0) != 1 || shared->stop != POOL_STOP)
		_exit(94);
	report(POOL_REPORT_DONE, "");
}

/* The same, but not ready before. */
static void play_linger(const struct pool_shared *shared)
{
	char wake;

	if (recv(POOL_FD_CONTROL, &wake, 1, 0) != 1 || shared->stop != POOL_STOP)
		_exit(94);
	report(POOL_REPORT_DONE, "");
}

static int play(const char *part)
{
	size_t size;
	struct pool_shared *shared = map_fd(POOL_FD_SHARED, &size);

	if (shared->magic != POOL_MAGIC)
		return 95;
	if (strcmp(part, "work") == 0)
		play_work(shared);
	else if (strcmp(part, "tell") == 0)
		play_tell(shared);
	else if (strcmp(part, "die twice") == 0)
		play_dying(shared, 2);
	else if (strcmp(part, "die always") == 0)
		play_dying(shared, UINT64_MAX);
	else if (strcmp(part, "die at work") == 0)
		play_dying_at_work(shared);
	else if (strcmp(part, "tell origin") == 0)
		play_tell_origin(shared);
	else if (strcmp(part, "wait") == 0)
		play_wait(shared);
	else if (strcmp(part, "linger") == 0)
		play_linger(shared);
	else if (strcmp(part, "refuse") == 0)
		send_report(POOL_REPORT_FAILED, POOL_MAGIC, CAROM_ERROR_LIBRARY, "no libngspice");
	else if (strcmp(part, "babble") == 0)
		send_report(POOL_REPORT_FAILED, ~POOL_MAGIC, CAROM_ERROR_LIBRARY, "not from us");
	return 7;
}

/* ---- the host ---- */

struct run {
	struct carom_study_options options;
	struct carom_study_facts facts;
	struct carom_error err;
	atomic_bool is_cancelled;
	struct store_left made;
	struct carom_progress progress; /* the last one told */
	unsigned n_progress;
	bool is_patient;         /* progress goes on */
	bool is_taken;           /* the store's place, in the meantime */
	bool is_in_place;        /* the store, in the end */
	enum carom_route origin; /* what the store tells of the run, then */
	char origin_version[32];
};

static bool take_progress(void *arg, const struct carom_progress *progress)
{
	struct run *run = arg;

	run->progress = *progress;
	run->n_progress++;
	return run->is_patient;
}

/* Before facts are written at the end. */
static void read_origin(struct run *run, const char *path)
{
	struct text manifest = TEXT_INIT;
	int folder = folder_open(AT_FDCWD, path);

	run->origin = CAROM_ROUTE_AUTO;
	if (folder < 0)
		return;
	store_resume_route(path, &run->origin, NULL);
	folder_read_file(folder, ".zattrs", &manifest, NULL);
	if (strstr(text_string(&manifest), "\"ngspice_version\": \"0\""))
		strcpy(run->origin_version, "0");
	text_release(&manifest);
	close(folder);
}

static int run_part(struct run *run, const char *part)
{
	char folder[] = "/tmp/carom-test-XXXXXX", path[64];
	static struct job_line lines[] = {{(char *)"the title", 0, 1}, {(char *)".end", 0, 2}};
	const struct job job = {.lines = lines,
				.n_lines = 2,
				.cells = {40, 1, 1},
				.n_samples = 40,
				.route = CAROM_ROUTE_ALTER,
				.deck_hash = (char *)"0123456789abcdef",
				.title = (char *)"the title",
				.store = path};
	const struct carom_plan_options machine = {
		.size = sizeof(machine), .synthetic = "core:2 pu:1", .quota_cpus = -1};
	struct store_draft *store;
	struct carom_plan *plan;
	int status;

	run->err = (struct carom_error)CAROM_ERROR_INIT;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/x.zarr", folder);
	store_draft_new(&store, path, &job, false, &run->err);
	assert_ok(&run->err);
	if (run->is_taken)
		assert_int_equal(mkdir(path, 0777), 0);
	run->options.size = sizeof(run->options);
	run->options.progress = take_progress;
	run->options.progress_arg = run;
	if (!run->options.worker)
		run->options.worker = "/proc/self/exe";
	setenv(PART, part, 1);
	carom_plan_new(&plan, &machine, &run->err);
	assert_ok(&run->err);
	status = pool_run(&job, plan, store, &run->made, &run->options, &run->is_cancelled, NULL,
			  &run->facts, &run->err);
	read_origin(run, path);
	run->is_in_place = store_draft_is_in_place(store);
	store_draft_free(store);
	folder_remove(AT_FDCWD, folder, NULL);
	carom_plan_free(plan);
	assert_int_equal(status, run->err.status);
	return status;
}

static void what_the_workers_did_is_told_as_facts(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	run_part(&run, "work");
	assert_ok(&run.err);
	assert_int_equal(run.facts.route, CAROM_ROUTE_FORK);
	assert_string_equal(run.facts.library, "/lib/fake.so");
	assert_string_equal(run.facts.version, "0");
	assert_int_equal(run.facts.n_workers, 2);
	assert_int_equal(run.facts.n_pinned, 1);
	assert_int_equal(run.facts.n_restarted, 2);
	assert_string_equal(run.facts.cpus, "0 -");
	assert_int_equal(run.facts.n_done, 21);
	assert_double_equal(run.facts.simulator_s, 2, 1e-12, 0);
	assert_double_equal(run.facts.busy_s, 3, 1e-12, 0);
	assert_true(run.facts.start_s > 0 && run.facts.elapsed_s > run.facts.start_s);
	assert_double_equal(run.facts.rate_hz, 21 / (run.facts.elapsed_s - run.facts.start_s), 1e-9,
			    0);
	assert_string_equal(run.facts.notes, "first\nsecond");
}

static void progress_is_told_to_the_end(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	run_part(&run, "work");
	assert_true(run.n_progress > 0);
	assert_int_equal(run.progress.n_samples, 40);
	assert_int_equal(run.progress.n_done, 21);
	assert_int_equal(run.progress.n_failed, 1);
	assert_true(run.progress.elapsed_s > 0 && run.progress.rate_hz > 0);
	assert_double_equal(run.progress.eta_s, 19 / run.progress.rate_hz, 1e-9, 0);
}

/* Descriptors of a worker: standard input, output and error, as far as there are, and its own. */
static int count_expected(void)
{
	int n = POOL_FD_STORE - POOL_FD_JOB + 1;

	for (int fd = 0; fd <= 2; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

static void the_template_gets_job_and_memory_and_no_other_descriptor(void **state)
{
	struct run run = {.is_patient = true};
	char expected[100];

	(void)state;
	run_part(&run, "tell");
	assert_ok(&run.err);
	snprintf(expected, sizeof(expected), "the title, 2 workers, %d descriptors, unbound",
		 count_expected());
	assert_string_equal(run.facts.notes, expected);
}

static void a_study_that_cannot_be_run_is_told_in_the_templates_words(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	assert_int_equal(run_part(&run, "refuse"), CAROM_ERROR_LIBRARY);
	assert_string_equal(run.err.text, "no libngspice");
	assert_int_equal(run.facts.n_done, 0);
	assert_true(run.facts.elapsed_s > 0 && run.facts.start_s == 0);
}

static void a_template_that_ends_before_it_is_ready_is_no_study(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	assert_int_equal(run_part(&run, "leave"), CAROM_ERROR_CRASHED);
	assert_string_equal(run.err.text, "carom-worker ended with status 7");
	assert_int_equal(run.n_progress, 0);
}

static void what_does_not_begin_with_the_magic_is_no_report(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	assert_int_equal(run_part(&run, "babble"), CAROM_ERROR_CRASHED);
}

static void a_template_that_is_killed_is_replaced(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	run_part(&run, "die twice");
	assert_ok(&run.err);
	assert_int_equal(run.facts.n_done, 7);
	assert_string_equal(run.facts.notes,
			    "carom-worker died of signal 9\ncarom-worker died of signal 9");
}

static void a_template_that_is_killed_again_and_again_is_given_up(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	assert_int_equal(run_part(&run, "die always"), CAROM_ERROR_CRASHED);
	assert_string_equal(run.err.text, "carom-worker died of signal 9");
}

static void the_store_is_put_in_place_when_the_workers_are_ready(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	run_part(&run, "refuse");
	assert_false(run.is_in_place);
	run_part(&run, "die twice");
	assert_true(run.is_in_place);
}

static void the_store_tells_from_the_beginning_what_makes_it(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	run_part(&run, "die always");
	assert_int_equal(run.origin, CAROM_ROUTE_ALTER);
	assert_string_equal(run.origin_version, "0");
}

static void what_is_there_already_counts_as_progress(void **state)
{
	struct run run = {.is_patient = true, .made = {.n_kept = 15, .n_kept_failed = 4}};

	(void)state;
	run_part(&run, "work");
	assert_ok(&run.err);
	assert_int_equal(run.progress.n_done, 36);
	assert_int_equal(run.progress.n_failed, 5);
	assert_double_equal(run.progress.eta_s, 4 / run.progress.rate_hz, 1e-9, 0);
	assert_int_equal(run.facts.n_done, 21);
	assert_int_equal(run.facts.n_kept, 15);
}

static void the_template_is_told_what_made_the_store(void **state)
{
	struct run run = {.is_patient = true,
			  .made = {.route = CAROM_ROUTE_RELOAD, .version = "39.3"}};

	(void)state;
	run_part(&run, "tell origin");
	assert_ok(&run.err);
	assert_string_equal(run.facts.notes, "reload, 39.3");
}

static void a_template_that_gets_something_done_is_replaced_as_often_as_it_dies(void **state)
{
	struct run run = {.is_patient = true};

	(void)state;
	run_part(&run, "die at work");
	assert_ok(&run.err);
	assert_int_equal(run.facts.n_done, 10);
}

static void a_place_that_is_taken_meanwhile_ends_the_study(void **state)
{
	struct run run = {.is_patient = true, .is_taken = true};

	(void)state;
	assert_int_equal(run_part(&run, "wait"), CAROM_ERROR_SYSTEM);
	assert_string_equal(run.err.text, "x.zarr: cannot be put in place: File exists");
	assert_false(run.is_in_place);
}

static void a_study_that_did_not_begin_says_so_when_cancelled(void **state)
{
	struct run run = {.is_patient = true, .is_cancelled = true};

	(void)state;
	assert_int_equal(run_part(&run, "linger"), CAROM_ERROR_CANCELLED);
	assert_string_equal(run.err.text, "cancelled before it could begin");
	assert_false(run.is_in_place);
}

static void progress_that_says_no_cancels(void **state)
{
	struct run run = {.is_patient = false};

	(void)state;
	assert_int_equal(run_part(&run, "wait"), CAROM_ERROR_CANCELLED);
	assert_string_equal(run.err.text, "cancelled; what was finished is in the store");
	assert_true(run.is_cancelled);
	assert_int_equal(run.facts.n_done, 1);
}

static void a_cancel_from_outside_wakes_the_template(void **state)
{
	struct run run = {.is_patient = true, .is_cancelled = true};

	(void)state;
	assert_int_equal(run_part(&run, "wait"), CAROM_ERROR_CANCELLED);
}

static void a_worker_that_is_no_program_is_told(void **state)
{
	struct run run = {.is_patient = true, .options = {.worker = "/nowhere/carom-worker"}};

	(void)state;
	assert_int_equal(run_part(&run, "work"), CAROM_ERROR_NOT_FOUND);
	assert_string_equal(run.err.text, "worker: /nowhere/carom-worker is not a program");
}

static int count_descriptors(void)
{
	return count_entries("/proc/self/fd");
}

static void no_descriptor_and_no_process_is_left(void **state)
{
	static const char *const parts[] = {"work", "refuse", "leave", "die twice"};
	size_t before = count_descriptors();

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		struct run run = {.is_patient = true};

		run_part(&run, parts[i]);
		assert_int_equal(count_descriptors(), before);
		assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	}
}

static void notes_are_lines_as_many_as_there_is_room_for(void **state)
{
	static struct carom_study_facts facts;

	(void)state;
	pool_add_note(&facts, "one");
	pool_add_note(&facts, "two");
	assert_string_equal(facts.notes, "one\ntwo");
	for (int i = 0; i < 200; i++)
		pool_add_note(&facts, "again");
	assert_int_equal(strlen(facts.notes), sizeof(facts.notes) - 1);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_the_workers_did_is_told_as_facts),
		cmocka_unit_test(progress_is_told_to_the_end),
		cmocka_unit_test(the_template_gets_job_and_memory_and_no_other_descriptor),
		cmocka_unit_test(a_study_that_cannot_be_run_is_told_in_the_templates_words),
		cmocka_unit_test(a_template_that_ends_before_it_is_ready_is_no_study),
		cmocka_unit_test(what_does_not_begin_with_the_magic_is_no_report),
		cmocka_unit_test(a_template_that_is_killed_is_replaced),
		cmocka_unit_test(a_template_that_is_killed_again_and_again_is_given_up),
		cmocka_unit_test(the_store_is_put_in_place_when_the_workers_are_ready),
		cmocka_unit_test(the_store_tells_from_the_beginning_what_makes_it),
		cmocka_unit_test(what_is_there_already_counts_as_progress),
		cmocka_unit_test(the_template_is_told_what_made_the_store),
		cmocka_unit_test(
			a_template_that_gets_something_done_is_replaced_as_often_as_it_dies),
		cmocka_unit_test(a_place_that_is_taken_meanwhile_ends_the_study),
		cmocka_unit_test(a_study_that_did_not_begin_says_so_when_cancelled),
		cmocka_unit_test(progress_that_says_no_cancels),
		cmocka_unit_test(a_cancel_from_outside_wakes_the_template),
		cmocka_unit_test(a_worker_that_is_no_program_is_told),
		cmocka_unit_test(no_descriptor_and_no_process_is_left),
		cmocka_unit_test(notes_are_lines_as_many_as_there_is_room_for),
	};

	if (argc == 1 && strcmp(argv[0], "carom-worker") == 0)
		return play(getenv(PART));
	return run_all_tests(tests);
}
