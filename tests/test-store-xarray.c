/* SPDX-License-Identifier: BSD-3-Clause */
/* What zarr, xarray and numpy see of a store: tests/zarr-open.py looks. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "study/store.h"
#include "support-store.h"

static void put_rows(struct store_fixture *fixture)
{
	const double parameters[3][2] = {{1000.5, 100}, {1001.5, 101}, {1003.5, 103}};
	const double all[] = {40, 1e6, 0.1};
	const double some[] = {41, NAN, 0.1};
	struct store_rows *rows = NULL;

	rows = fixture_rows(fixture);
	store_rows_put(rows, 0, parameters[0], all, 0.5, 0, CAROM_SAMPLE_OK);
	store_rows_put_message(rows, 1, "f3db: never crosses the level");
	store_rows_put(rows, 1, parameters[1], some, 0.5, 1, CAROM_SAMPLE_MEASURE);
	store_rows_put_message(rows, 3, "died of signal 9");
	store_rows_put(rows, 3, parameters[2], NULL, 0.5, 1, CAROM_SAMPLE_CRASHED);
	store_rows_close(rows);
}

/* Exit status of the script; what it has to say goes to the test's output. */
static int run_script(const char *path)
{
	const char *source = getenv("CAROM_SRCDIR");
	char script[512];
	int status = -1;
	pid_t child;

	snprintf(script, sizeof(script), "%s/tests/zarr-open.py", source ? source : ".");
	child = fork();
	if (child == 0) {
		execl("/usr/bin/python3", "/usr/bin/python3", "-I", script, path, (char *)NULL);
		_exit(127);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void xarray_opens_the_store_as_it_is(void **state)
{
	struct store_fixture *fixture = *state;

	fixture_create(fixture);
	put_rows(fixture);
	write_run(fixture->path, &fixture->job, "{\"n_workers\": 2, \"rate_hz\": 12.5}",
		  &fixture->err);
	assert_ok(&fixture->err);
	assert_int_equal(run_script(fixture->path), 0);
}

static void a_store_without_the_facts_of_its_run_is_told_from_it(void **state)
{
	struct store_fixture *fixture = *state;

	fixture_create(fixture);
	put_rows(fixture);
	assert_int_equal(run_script(fixture->path), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(xarray_opens_the_store_as_it_is),
		STORE_CASE(a_store_without_the_facts_of_its_run_is_told_from_it),
	};

	return run_all_tests(tests);
}
