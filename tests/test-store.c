/* SPDX-License-Identifier: BSD-3-Clause */
/* A store as its reader sees it, and what is no store or a damaged one. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "study/store.h"
#include "support-store.h"

/* The message ends with this, after the path of the store. */
static void assert_refused(struct store_fixture *fixture, int status, const char *message)
{
	struct carom_store *store = (struct carom_store *)fixture;
	char expected[512];

	snprintf(expected, sizeof(expected), "%s: %s", fixture->path, message);
	carom_error_clear(&fixture->err);
	assert_int_equal(carom_store_open(&store, fixture->path, &fixture->err), status);
	assert_null(store);
	assert_string_equal(fixture->err.text, expected);
}

static void a_new_store_has_names_units_and_no_results(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	char buffer[8] = "x";

	fixture_create(fixture);
	store = fixture_store(fixture);
	assert_int_equal(carom_store_sample_count(store), 5);
	assert_int_equal(carom_store_parameter_count(store), 2);
	assert_int_equal(carom_store_measurement_count(store), 3);
	assert_string_equal(carom_store_parameter_name(store, 0), "r1");
	assert_string_equal(carom_store_parameter_unit(store, 0), "ohm");
	assert_string_equal(carom_store_parameter_name(store, 1), "q1:bf");
	assert_string_equal(carom_store_parameter_unit(store, 1), "");
	assert_string_equal(carom_store_measurement_name(store, 1), "f3db");
	assert_string_equal(carom_store_measurement_unit(store, 1), "Hz");
	for (int k = 0; k < 5; k++) {
		assert_int_equal(carom_store_status(store)[k], CAROM_SAMPLE_PENDING);
		assert_int_equal(carom_store_worker(store)[k], -1);
		assert_true(isnan(carom_store_seconds(store)[k]));
		assert_true(isnan(carom_store_parameter(store, 1)[k]));
		assert_true(isnan(carom_store_measurement(store, 2)[k]));
	}
	assert_string_equal(carom_store_message(store, 4, buffer, sizeof(buffer)), "");
	carom_store_close(store);
}

static void specs_are_those_of_the_study(void **state)
{
	struct store_fixture *fixture = *state;
	double lower = 0, upper = 0;
	struct carom_store *store;

	fixture_create(fixture);
	store = fixture_store(fixture);
	assert_true(carom_store_spec(store, 0, &lower, &upper));
	assert_same_bits(lower, 38);
	assert_true(isnan(upper));
	assert_true(carom_store_spec(store, 1, &lower, &upper));
	assert_same_bits(lower, 1e6);
	assert_same_bits(upper, 2.5e6);
	assert_false(carom_store_spec(store, 2, &lower, &upper));
	assert_false(carom_store_spec(store, 3, &lower, &upper));
	carom_store_close(store);
}

static void an_index_beyond_the_last_gives_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	char buffer[8] = "x";

	fixture_create(fixture);
	store = fixture_store(fixture);
	assert_null(carom_store_parameter_name(store, 2));
	assert_null(carom_store_parameter_unit(store, 2));
	assert_null(carom_store_parameter(store, 2));
	assert_null(carom_store_measurement_name(store, 3));
	assert_null(carom_store_measurement_unit(store, 3));
	assert_null(carom_store_measurement(store, 3));
	assert_string_equal(carom_store_message(store, 5, buffer, sizeof(buffer)), "");
	carom_store_close(store);
}

static void a_message_is_cut_to_the_buffer(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows;
	struct carom_store *store;
	char buffer[8] = "x";

	fixture_create(fixture);
	store = fixture_store(fixture);
	rows = fixture_rows(fixture);
	store_rows_put_message(rows, 2, "timestep too small");
	assert_string_equal(carom_store_message(store, 2, buffer, 8), "timeste");
	assert_string_equal(carom_store_message(store, 2, buffer, 1), "");
	buffer[0] = 'x';
	carom_store_message(store, 2, buffer, 0);
	assert_int_equal(buffer[0], 'x');
	store_rows_close(rows);
	carom_store_close(store);
}

static void the_manifest_is_the_text_of_the_file(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	struct text text = TEXT_INIT;
	int folder;

	fixture_create(fixture);
	write_run(fixture->path, &fixture->job, "{\"n_workers\": 2}", &fixture->err);
	store = fixture_store(fixture);
	folder = folder_open(AT_FDCWD, fixture->path);
	folder_read_file(folder, ".zattrs", &text, &fixture->err);
	assert_string_equal(carom_store_manifest(store), text_string(&text));
	assert_non_null(strstr(carom_store_manifest(store), "\"n_workers\": 2"));
	text_release(&text);
	close(folder);
	carom_store_close(store);
}

static void statuses_have_texts(void **state)
{
	(void)state;
	assert_string_equal(carom_sample_status_text(CAROM_SAMPLE_PENDING), "pending");
	assert_string_equal(carom_sample_status_text(CAROM_SAMPLE_NO_CONVERGENCE),
			    "no convergence");
	assert_string_equal(carom_sample_status_text(CAROM_SAMPLE_ERROR), "error");
	assert_string_equal(carom_sample_status_text((enum carom_sample_status)99), "?");
	assert_string_equal(carom_sample_status_text((enum carom_sample_status) - 1), "?");
}

static void what_is_no_store_is_refused(void **state)
{
	struct store_fixture *fixture = *state;

	assert_refused(fixture, CAROM_ERROR_NOT_FOUND, "no such store");
	close(open(fixture->path, O_WRONLY | O_CREAT, 0666));
	assert_refused(fixture, CAROM_ERROR_SYSTEM, "cannot be opened: Not a directory");
	unlink(fixture->path);
	mkdir(fixture->path, 0777);
	assert_refused(fixture, CAROM_ERROR_FORMAT, "not a store: no .zgroup and .zattrs");
	fixture_write(fixture, ".zgroup", "{\"zarr_format\": 2}");
	fixture_write(fixture, ".zattrs", "{\"title\": \"of another program\"}");
	assert_refused(fixture, CAROM_ERROR_FORMAT, ".zattrs: not a store of carom's");
	assert_int_equal(carom_store_open(NULL, "x", NULL), CAROM_ERROR_ARGUMENT);
	carom_store_close(NULL);
}

static void a_manifest_that_is_damaged_is_refused(void **state)
{
	static const struct {
		const char *manifest;
		const char *message;
	} bad[] = {
		{"{\"carom\": 1}", ".zattrs: no list of parameters"},
		{"{\"carom\": 1, \"parameters\": []}", ".zattrs: no list of measurements"},
		{"{\"carom\": 1, \"parameters\": [1], \"measurements\": []}",
		 ".zattrs: a name is not a string"},
		{"{\"carom\": 1, \"parameters\": [], \"measurements\": [\"../../etc\"]}",
		 ".zattrs: the name \"../../etc\" begins with a dot"},
		{"{\"carom\": 1, \"parameters\": [\"a/../../b\"], \"measurements\": []}",
		 ".zattrs: the name \"a/../../b\" contains a slash"},
		{"[]", ".zattrs: not a JSON object"},
	};
	struct store_fixture *fixture = *state;

	fixture_create(fixture);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		fixture_write(fixture, ".zattrs", bad[i].manifest);
		assert_refused(fixture, CAROM_ERROR_FORMAT, bad[i].message);
	}
}

static void a_manifest_without_a_study_still_opens(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	double lower, upper;

	fixture_create(fixture);
	fixture_write(fixture, ".zattrs",
		      "{\"carom\": \"9\", \"parameters\": [\"r1\"], \"measurements\": [\"gain\"]}");
	store = fixture_store(fixture);
	assert_string_equal(carom_store_measurement_unit(store, 0), "");
	assert_false(carom_store_spec(store, 0, &lower, &upper));
	carom_store_close(store);
}

static void a_chunk_that_is_truncated_is_refused_by_name(void **state)
{
	struct store_fixture *fixture = *state;

	fixture_create(fixture);
	assert_int_equal(truncate(fixture_file(fixture, "gain/0"), 39), 0);
	assert_refused(fixture, CAROM_ERROR_FORMAT,
		       "gain/0: has 39 bytes, which are not 5 values of 8");
	assert_int_equal(truncate(fixture_file(fixture, "gain/0"), 40), 0);
	assert_int_equal(truncate(fixture_file(fixture, "status/0"), 0), 0);
	assert_refused(fixture, CAROM_ERROR_FORMAT,
		       "status/0: has 0 bytes, which are not 5 values of 1");
	assert_int_equal(truncate(fixture_file(fixture, "status/0"), 5), 0);
	assert_int_equal(truncate(fixture_file(fixture, "message/0"), 1), 0);
	assert_refused(fixture, CAROM_ERROR_FORMAT,
		       "message/0: has 1 bytes, which are not 5 values of 160");
}

static void arrays_of_different_lengths_are_refused(void **state)
{
	struct store_fixture *fixture = *state;
	char from[256];

	fixture_create(fixture);
	fixture->job.n_samples = 6;
	strcat(fixture->path, "2");
	fixture_create(fixture);
	strcpy(from, fixture_file(fixture, "f3db"));
	fixture->path[strlen(fixture->path) - 1] = '\0';
	assert_int_equal(folder_remove(AT_FDCWD, fixture_file(fixture, "f3db"), NULL), 0);
	assert_int_equal(rename(from, fixture_file(fixture, "f3db")), 0);
	assert_refused(fixture, CAROM_ERROR_FORMAT,
		       "f3db/.zarray: not as long as the array of statuses");
}

static void an_array_that_is_missing_is_named(void **state)
{
	struct store_fixture *fixture = *state;

	fixture_create(fixture);
	assert_int_equal(folder_remove(AT_FDCWD, fixture_file(fixture, "gain"), NULL), 0);
	assert_refused(fixture, CAROM_ERROR_SYSTEM, "gain/.zarray: No such file or directory");
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = NULL;
	int64_t n = 0;

	fixture_create(fixture);
	support_fail_jansson_too(true);
	for (; !store; n++) {
		int status;

		mem_fail_after(n);
		status = carom_store_open(&store, fixture->path, NULL);
		mem_fail_after(-1);
		/* jansson takes a string that it cannot keep for a bad one. */
		assert_true(store ? status == 0
				  : status == CAROM_ERROR_MEMORY || status == CAROM_ERROR_FORMAT);
	}
	assert_true(n > 100);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(a_new_store_has_names_units_and_no_results),
		STORE_CASE(specs_are_those_of_the_study),
		STORE_CASE(an_index_beyond_the_last_gives_nothing),
		STORE_CASE(a_message_is_cut_to_the_buffer),
		STORE_CASE(the_manifest_is_the_text_of_the_file),
		STORE_CASE(statuses_have_texts),
		STORE_CASE(what_is_no_store_is_refused),
		STORE_CASE(a_manifest_that_is_damaged_is_refused),
		STORE_CASE(a_manifest_without_a_study_still_opens),
		STORE_CASE(a_chunk_that_is_truncated_is_refused_by_name),
		STORE_CASE(arrays_of_different_lengths_are_refused),
		STORE_CASE(an_array_that_is_missing_is_named),
		STORE_CASE(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
