/* SPDX-License-Identifier: BSD-3-Clause */
/* A store is made whole or not at all, and nothing else is touched. */
#include <fcntl.h>
#include <math.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "study/store-json.h"
#include "study/store.h"
#include "support-store.h"

static int create(struct store_fixture *fixture, bool overwrite)
{
	return create_store(fixture->path, &fixture->job, overwrite, &fixture->err);
}

static void assert_message(const struct store_fixture *fixture, const char *message)
{
	char expected[512];

	snprintf(expected, sizeof(expected), "%s: %s", fixture->path, message);
	assert_string_equal(fixture->err.text, expected);
}

/* Samples in the manifest of the store at the fixture's path; 0 if there is none. */
static long long samples_of(const struct store_fixture *fixture)
{
	int folder = folder_open(AT_FDCWD, fixture->path);
	json_t *manifest = NULL;
	long long n = 0;

	if (folder < 0)
		return 0;
	store_json_read(folder, ".zattrs", NULL, &manifest, NULL);
	n = json_integer_value(json_object_get(json_object_get(manifest, "study"), "samples"));
	json_decref(manifest);
	close(folder);
	return n;
}

static void a_store_has_a_folder_for_each_array(void **state)
{
	static const char *const names[] = {".zgroup",      ".zattrs",  "r1/0",     "q1:bf/.zattrs",
					    "gain/.zarray", "f3db/0",   "offset/0", "status/0",
					    "seconds/0",    "worker/0", "message/0"};
	struct store_fixture *fixture = *state;

	assert_int_equal(create(fixture, false), 0);
	assert_ok(&fixture->err);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(access(fixture_file(fixture, names[i]), R_OK), 0);
	assert_int_equal(samples_of(fixture), 5);
	assert_int_equal(fixture_count_entries(fixture), 1);
}

static void the_mode_of_the_folder_is_left_to_the_umask(void **state)
{
	struct store_fixture *fixture = *state;
	mode_t before = umask(027);
	struct stat stat_buffer;

	create(fixture, false);
	umask(before);
	assert_int_equal(stat(fixture->path, &stat_buffer), 0);
	assert_int_equal(stat_buffer.st_mode & 0777, 0750);
	assert_int_equal(stat(fixture_file(fixture, "gain/0"), &stat_buffer), 0);
	assert_int_equal(stat_buffer.st_mode & 0777, 0640);
}

static void slashes_at_the_end_do_not_count(void **state)
{
	struct store_fixture *fixture = *state;

	strcat(fixture->path, "//");
	assert_int_equal(create(fixture, false), 0);
	assert_int_equal(samples_of(fixture), 5);
}

static void a_name_without_a_folder_is_made_where_we_are(void **state)
{
	struct store_fixture *fixture = *state;
	int before = open(".", O_RDONLY | O_DIRECTORY);

	assert_int_equal(chdir(fixture->folder), 0);
	strcpy(fixture->path, "here.zarr");
	assert_int_equal(create(fixture, false), 0);
	assert_int_equal(samples_of(fixture), 5);
	assert_int_equal(fchdir(before), 0);
	close(before);
}

static void what_is_no_name_is_refused(void **state)
{
	static const char *const bad[] = {"", "/", ".", "..", "a/..", "/tmp/."};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const struct store_fixture *fixture = *state;

		assert_int_equal(create_store(bad[i], &fixture->job, true, NULL),
				 CAROM_ERROR_ARGUMENT);
	}
}

static void a_folder_that_is_missing_is_not_made(void **state)
{
	struct store_fixture *fixture = *state;

	strcat(fixture->path, "/b/c.zarr");
	assert_int_equal(create(fixture, false), CAROM_ERROR_SYSTEM);
	assert_non_null(strstr(fixture->err.text, "No such file or directory"));
	assert_int_equal(fixture_count_entries(fixture), 0);
}

static void what_exists_is_left_alone_unless_asked(void **state)
{
	struct store_fixture *fixture = *state;

	fixture_create(fixture);
	fixture->job.n_samples = 9;
	assert_int_equal(create(fixture, false), CAROM_ERROR_EXISTS);
	assert_message(fixture, "already exists");
	assert_int_equal(samples_of(fixture), 5);
}

static void a_store_is_overwritten_whole(void **state)
{
	struct store_fixture *fixture = *state;

	fixture_create(fixture);
	fixture_write(fixture, "notes.txt", "of the old store");
	fixture->job.n_samples = 9;
	assert_int_equal(create(fixture, true), 0);
	assert_ok(&fixture->err);
	assert_int_equal(samples_of(fixture), 9);
	assert_int_not_equal(access(fixture_file(fixture, "notes.txt"), F_OK), 0);
	assert_int_equal(fixture_count_entries(fixture), 1);
}

static void a_draft_leaves_what_is_there_until_it_is_put_in_place(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_draft *draft;

	fixture_create(fixture);
	fixture->job.n_samples = 6;
	store_draft_new(&draft, fixture->path, &fixture->job, true, &fixture->err);
	assert_ok(&fixture->err);
	assert_int_equal(samples_of(fixture), 5);
	store_draft_free(draft);
	assert_int_equal(samples_of(fixture), 5);
	assert_int_equal(fixture_count_entries(fixture), 1);
	store_draft_new(&draft, fixture->path, &fixture->job, true, &fixture->err);
	assert_false(store_draft_is_in_place(draft));
	store_draft_put_in_place(draft, &fixture->err);
	assert_ok(&fixture->err);
	assert_true(store_draft_is_in_place(draft));
	assert_int_equal(samples_of(fixture), 6);
	store_draft_free(draft);
	assert_int_equal(samples_of(fixture), 6);
	assert_int_equal(fixture_count_entries(fixture), 1);
}

static void overwriting_what_is_not_there_is_making(void **state)
{
	struct store_fixture *fixture = *state;

	assert_int_equal(create(fixture, true), 0);
	assert_int_equal(samples_of(fixture), 5);
}

static void assert_not_overwritten(struct store_fixture *fixture)
{
	carom_error_clear(&fixture->err);
	assert_int_equal(create(fixture, true), CAROM_ERROR_EXISTS);
	assert_message(fixture, "exists and is not a store of carom's, so it is not overwritten");
	assert_int_equal(fixture_count_entries(fixture), 1);
}

static void only_a_store_is_overwritten(void **state)
{
	struct store_fixture *fixture = *state;

	assert_int_equal(mkdir(fixture->path, 0777), 0);
	assert_not_overwritten(fixture);
	fixture_write(fixture, ".zgroup", "{\"zarr_format\": 2}");
	assert_not_overwritten(fixture);
	fixture_write(fixture, ".zattrs", "{\"title\": \"the store of another program\"}");
	assert_not_overwritten(fixture);
	fixture_write(fixture, ".zattrs", "not even JSON");
	assert_not_overwritten(fixture);
	assert_int_equal(access(fixture_file(fixture, ".zattrs"), F_OK), 0);
}

static void a_file_is_not_overwritten(void **state)
{
	struct store_fixture *fixture = *state;

	close(open(fixture->path, O_WRONLY | O_CREAT, 0666));
	assert_not_overwritten(fixture);
}

static void a_link_to_a_store_is_not_overwritten(void **state)
{
	struct store_fixture *fixture = *state;
	char linked[128];

	fixture_create(fixture);
	snprintf(linked, sizeof(linked), "%s/link.zarr", fixture->folder);
	assert_int_equal(symlink("amp.zarr", linked), 0);
	assert_int_equal(create_store(linked, &fixture->job, true, &fixture->err),
			 CAROM_ERROR_EXISTS);
	assert_int_equal(samples_of(fixture), 5);
}

static void a_link_to_nothing_is_in_the_way(void **state)
{
	struct store_fixture *fixture = *state;

	assert_int_equal(symlink("nothing", fixture->path), 0);
	assert_int_equal(create(fixture, false), CAROM_ERROR_EXISTS);
	assert_not_overwritten(fixture);
}

static void what_a_crash_left_is_not_in_the_way(void **state)
{
	struct store_fixture *fixture = *state;
	char left[160];

	snprintf(left, sizeof(left), "%s.tmp-%ld-0", fixture->path, (long)getpid());
	assert_int_equal(mkdir(left, 0777), 0);
	assert_int_equal(create(fixture, false), 0);
	assert_int_equal(samples_of(fixture), 5);
	assert_int_equal(fixture_count_entries(fixture), 2);
}

static void a_store_without_samples_is_refused(void **state)
{
	struct store_fixture *fixture = *state;

	fixture->job.n_samples = 0;
	assert_int_equal(create(fixture, false), CAROM_ERROR_ARGUMENT);
	assert_message(fixture, "a store has at least 1 sample");
	carom_error_clear(&fixture->err);
	fixture->job.n_samples = UINT64_MAX;
	assert_int_equal(create(fixture, false), CAROM_ERROR_LIMIT);
	assert_int_equal(fixture_count_entries(fixture), 0);
}

static void a_store_without_columns_is_still_a_store(void **state)
{
	struct store_fixture *fixture = *state;

	fixture->job.n_variables = 0;
	fixture->job.n_measures = 0;
	assert_int_equal(create(fixture, false), 0);
	assert_int_equal(samples_of(fixture), 5);
}

static void a_name_that_cannot_be_an_array_is_refused(void **state)
{
	struct store_fixture *fixture = *state;

	fixture->variables[1].name = (char *)"x1/r1";
	assert_int_equal(create(fixture, false), CAROM_ERROR_ARGUMENT);
	assert_message(fixture, "\"x1/r1\" cannot be an array: it contains a slash");
	carom_error_clear(&fixture->err);
	fixture->variables[1].name = (char *)"worker";
	create(fixture, false);
	assert_message(fixture,
		       "\"worker\" cannot be an array: it is a name that the store uses itself");
	assert_int_equal(fixture_count_entries(fixture), 0);
}

static void two_arrays_of_one_name_are_refused(void **state)
{
	struct store_fixture *fixture = *state;

	fixture->measures[2].name = (char *)"R1";
	assert_int_equal(create(fixture, false), CAROM_ERROR_ARGUMENT);
	assert_message(fixture, "two arrays would be called \"R1\"");
	assert_int_equal(fixture_count_entries(fixture), 0);
}

/* ---- a disk that is full ---- */

/* Limits of the process that calls: files of at most 64 KiB. */
static int make_limited(const struct store_fixture *fixture)
{
	struct rlimit small = {65536, 65536};

	(void)fixture;
	signal(SIGXFSZ, SIG_IGN);
	return setrlimit(RLIMIT_FSIZE, &small);
}

/* A disk of 512 KiB for it alone, if this is root. */
static int make_scarce(const struct store_fixture *fixture)
{
	if (unshare(CLONE_NEWNS) == 0 && mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("tmpfs", fixture->folder, "tmpfs", 0, "size=512k") == 0)
		return 0;
	return make_limited(fixture);
}

/* Exit status of the process: what failed, 0 for nothing. */
static int try_to_fill(struct store_fixture *fixture)
{
	if (create(fixture, false))
		return 2; /* the small store must fit */
	fixture->job.n_samples = 100000;
	if (create(fixture, true) != CAROM_ERROR_SYSTEM)
		return 3;
	if (!strstr(fixture->err.text, "No space left") && !strstr(fixture->err.text, "too large"))
		return 4;
	if (samples_of(fixture) != 5)
		return 5; /* the old store is still there, */
	if (fixture_count_entries(fixture) != 1)
		return 6; /* what was made is not, */
	fixture->job.n_samples = 6;
	return create(fixture, true) ? 7 : 0; /* and its space is free again */
}

static int in_child(struct store_fixture *fixture, int (*limit)(const struct store_fixture *))
{
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		_exit(limit(fixture) ? 1 : try_to_fill(fixture));
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void a_full_disk_is_an_error_that_leaves_the_old_store(void **state)
{
	assert_int_equal(in_child(*state, make_scarce), 0);
}

static void a_file_over_the_limit_is_an_error_that_leaves_the_old_store(void **state)
{
	assert_int_equal(in_child(*state, make_limited), 0);
}

/* ---- a maker that is killed ---- */

static void a_maker_that_is_killed_leaves_no_half_store(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	pid_t child;

	fixture->job.n_samples = 500000; /* takes long enough to be caught at it */
	child = fork();
	if (child == 0)
		_exit(create(fixture, false) ? 1 : 0);
	while (fixture_count_entries(fixture) == 0)
		sched_yield();
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	if (access(fixture->path, F_OK) == 0) {
		assert_int_equal(carom_store_open(&store, fixture->path, NULL), 0);
		carom_store_close(store);
	}
	fixture->job.n_samples = 5;
	assert_int_equal(create(fixture, true), 0);
	assert_int_equal(samples_of(fixture), 5);
}

/* ---- the facts of the run ---- */

static void the_facts_of_the_run_replace_the_manifest(void **state)
{
	struct store_fixture *fixture = *state;
	struct text text = TEXT_INIT;
	int folder;

	fixture_create(fixture);
	write_run(fixture->path, &fixture->job, "{\"n_workers\": 1}", &fixture->err);
	write_run(fixture->path, &fixture->job, "{\"n_workers\": 2, \"s\": 0.1}", &fixture->err);
	assert_ok(&fixture->err);
	folder = folder_open(AT_FDCWD, fixture->path);
	folder_read_file(folder, ".zattrs", &text, &fixture->err);
	assert_ok(&fixture->err);
	assert_non_null(strstr(text.data, "\"run\": {\n        \"n_workers\": 2,\n"
					  "        \"s\": 0.1\n    }"));
	assert_null(strstr(text.data, "\"n_workers\": 1"));
	assert_int_equal(samples_of(fixture), 5);
	assert_int_not_equal(access(fixture_file(fixture, ".zattrs.tmp"), F_OK), 0);
	text_release(&text);
	close(folder);
}

static void facts_that_are_no_json_are_refused(void **state)
{
	struct store_fixture *fixture = *state;

	fixture_create(fixture);
	assert_int_equal(write_run(fixture->path, &fixture->job, "{", &fixture->err),
			 CAROM_ERROR_FORMAT);
	assert_non_null(strstr(fixture->err.text, "facts of the run: "));
	assert_int_equal(samples_of(fixture), 5);
}

static void memory_that_runs_out_leaves_nothing_behind(void **state)
{
	struct store_fixture *fixture = *state;
	int status = 1;
	int64_t n = 0;

	support_fail_jansson_too(true);
	for (; status; n++) {
		mem_fail_after(n);
		status = create_store(fixture->path, &fixture->job, false, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		assert_int_equal(fixture_count_entries(fixture), status ? 0 : 1);
	}
	assert_true(n > 100);
	for (n = 0, status = 1; status; n++) {
		mem_fail_after(n);
		status = write_run(fixture->path, &fixture->job, "{}", NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		assert_int_equal(samples_of(fixture), 5);
	}
	assert_true(n > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(a_store_has_a_folder_for_each_array),
		STORE_CASE(the_mode_of_the_folder_is_left_to_the_umask),
		STORE_CASE(slashes_at_the_end_do_not_count),
		STORE_CASE(a_name_without_a_folder_is_made_where_we_are),
		STORE_CASE(what_is_no_name_is_refused),
		STORE_CASE(a_folder_that_is_missing_is_not_made),
		STORE_CASE(what_exists_is_left_alone_unless_asked),
		STORE_CASE(a_store_is_overwritten_whole),
		STORE_CASE(a_draft_leaves_what_is_there_until_it_is_put_in_place),
		STORE_CASE(overwriting_what_is_not_there_is_making),
		STORE_CASE(only_a_store_is_overwritten),
		STORE_CASE(a_file_is_not_overwritten),
		STORE_CASE(a_link_to_a_store_is_not_overwritten),
		STORE_CASE(a_link_to_nothing_is_in_the_way),
		STORE_CASE(what_a_crash_left_is_not_in_the_way),
		STORE_CASE(a_store_without_samples_is_refused),
		STORE_CASE(a_store_without_columns_is_still_a_store),
		STORE_CASE(a_name_that_cannot_be_an_array_is_refused),
		STORE_CASE(two_arrays_of_one_name_are_refused),
		STORE_CASE(a_full_disk_is_an_error_that_leaves_the_old_store),
		STORE_CASE(a_file_over_the_limit_is_an_error_that_leaves_the_old_store),
		STORE_CASE(a_maker_that_is_killed_leaves_no_half_store),
		STORE_CASE(the_facts_of_the_run_replace_the_manifest),
		STORE_CASE(facts_that_are_no_json_are_refused),
		STORE_CASE(memory_that_runs_out_leaves_nothing_behind),
	};

	return run_all_tests(tests);
}
