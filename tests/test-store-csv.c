/* SPDX-License-Identifier: BSD-3-Clause */
/* The samples of a store as CSV. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "study/store.h"
#include "support-store.h"

/* A store with rows 0 (ok), 1 (a measurement is missing) and 3 (crashed). */
static struct carom_store *make_store(struct store_fixture *fixture)
{
	const double parameters[] = {1001.5, 1.0 / 3};
	const double measurements[] = {40, 1e6, -0.25};
	const double partial[] = {INFINITY, NAN, 0};
	struct carom_store *store = NULL;
	struct store_rows *rows = NULL;

	fixture_create(fixture);
	rows = fixture_rows(fixture);
	store_rows_put(rows, 0, parameters, measurements, 1, 0, CAROM_SAMPLE_OK);
	store_rows_put(rows, 1, parameters, partial, 1, 0, CAROM_SAMPLE_MEASURE);
	store_rows_put(rows, 2, parameters, measurements, 1, 0, CAROM_SAMPLE_PENDING);
	store_rows_put(rows, 3, parameters, NULL, 1, 0, CAROM_SAMPLE_CRASHED);
	store_rows_close(rows);
	store = fixture_store(fixture);
	return store;
}

static const char expected[] = "sample,status,r1,q1:bf,gain,f3db,offset\n"
			       "0,ok,1001.5,0.3333333333333333,40,1000000,-0.25\n"
			       "1,measure,1001.5,0.3333333333333333,inf,,0\n"
			       "2,pending,,,,,\n"
			       "3,crashed,1001.5,0.3333333333333333,,,\n"
			       "4,pending,,,,,\n";

static void assert_file(const char *path, const char *content)
{
	struct text text = TEXT_INIT;

	assert_int_equal(folder_read_file(AT_FDCWD, path, &text, NULL), 0);
	assert_string_equal(text_string(&text), content);
	text_release(&text);
}

static void each_sample_is_a_line_and_what_is_missing_is_empty(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = make_store(fixture);
	char path[128];

	snprintf(path, sizeof(path), "%s/amp.csv", fixture->folder);
	assert_int_equal(carom_store_write_csv(store, path, &fixture->err), 0);
	assert_ok(&fixture->err);
	assert_file(path, expected);
	carom_store_close(store);
}

static void a_dash_is_standard_output(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = make_store(fixture);
	char path[128];
	int before, file, status;

	snprintf(path, sizeof(path), "%s/out", fixture->folder);
	fflush(stdout);
	before = dup(STDOUT_FILENO);
	file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
	dup2(file, STDOUT_FILENO);
	status = carom_store_write_csv(store, "-", &fixture->err);
	dup2(before, STDOUT_FILENO);
	close(before);
	close(file);
	assert_int_equal(status, 0);
	assert_file(path, expected);
	carom_store_close(store);
}

static void a_name_with_a_comma_is_quoted(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	struct text text = TEXT_INIT;
	char path[128];

	fixture->variables[1].name = (char *)"v(a,b)";
	fixture->measures[2].name = (char *)"the \"gain\"";
	store = make_store(fixture);
	snprintf(path, sizeof(path), "%s/amp.csv", fixture->folder);
	carom_store_write_csv(store, path, &fixture->err);
	assert_ok(&fixture->err);
	folder_read_file(AT_FDCWD, path, &text, NULL);
	*strchr(text.data, '\n') = '\0';
	assert_string_equal(text.data,
			    "sample,status,r1,\"v(a,b)\",gain,f3db,\"the \"\"gain\"\"\"");
	text_release(&text);
	carom_store_close(store);
}

static void weights_are_a_column(void **state)
{
	struct store_fixture *fixture = *state;
	double shift[] = {1, 2};
	struct job_importance importance = {.shift = shift, .n = 2};
	struct carom_store *store;
	struct text text = TEXT_INIT;
	char path[128];

	fixture->job.importance = &importance;
	store = make_store(fixture);
	snprintf(path, sizeof(path), "%s/amp.csv", fixture->folder);
	assert_int_equal(carom_store_write_csv(store, path, &fixture->err), 0);
	folder_read_file(AT_FDCWD, path, &text, NULL);
	assert_memory_equal(text.data, "sample,status,log_weight,r1,", 28);
	assert_non_null(strstr(text.data, "\n0,ok,,"));
	text_release(&text);
	carom_store_close(store);
}

static void a_file_that_cannot_be_written_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = make_store(fixture);

	assert_int_equal(carom_store_write_csv(store, "/nonexistent/a.csv", &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_string_equal(fixture->err.text, "/nonexistent/a.csv: No such file or directory");
	carom_error_clear(&fixture->err);
	assert_int_equal(carom_store_write_csv(store, "/dev/full", &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_string_equal(fixture->err.text,
			    "/dev/full: cannot be written: No space left on device");
	carom_store_close(store);
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = make_store(fixture);

	mem_fail_after(0);
	assert_int_equal(carom_store_write_csv(store, "/dev/null", NULL), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	assert_int_equal(carom_store_write_csv(store, "/dev/null", NULL), 0);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(each_sample_is_a_line_and_what_is_missing_is_empty),
		STORE_CASE(a_dash_is_standard_output),
		STORE_CASE(a_name_with_a_comma_is_quoted),
		STORE_CASE(weights_are_a_column),
		STORE_CASE(a_file_that_cannot_be_written_is_an_error),
		STORE_CASE(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
