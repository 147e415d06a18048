/* SPDX-License-Identifier: BSD-3-Clause */
/* A job and a folder to make its store in: for the tests of stores. */
#include "support-store.h"

#include <fcntl.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "study/store.h"
#include "support-folder.h"

static void describe(struct store_fixture *fixture)
{
	struct job_variable *variables = fixture->variables;
	struct job_measure *measures = fixture->measures;

	variables[0] = (struct job_variable){
		.name = "r1", .unit = "ohm", .nominal = 1e3, .definition = "gauss 1%"};
	variables[1] = (struct job_variable){
		.name = "q1:bf", .unit = "", .nominal = 100, .definition = "uniform 20%"};
	measures[0] = (struct job_measure){.name = "gain",
					   .unit = "dB",
					   .plot = "ac1",
					   .definition = "ac max(db(v(out)))",
					   .has_spec = true,
					   .lower = 38,
					   .upper = NAN};
	measures[1] = (struct job_measure){.name = "f3db",
					   .unit = "Hz",
					   .plot = "ac1",
					   .definition = "ac cross(db(v(out)), -3, fall, 1)",
					   .has_spec = true,
					   .lower = 1e6,
					   .upper = 2.5e6};
	measures[2] =
		(struct job_measure){.name = "offset", .unit = "V", .definition = "final(v(out))"};
	fixture->job = (struct job){.variables = variables,
				    .n_variables = 2,
				    .measures = measures,
				    .n_measures = 3,
				    .n_samples = 5,
				    .seed = 7,
				    .time_limit_s = 0.1,
				    .deck_hash = "0123456789abcdef",
				    .title = "an amplifier",
				    .store = fixture->path};
}

int store_set_up(void **state)
{
	struct store_fixture *fixture = calloc(1, sizeof(*fixture));

	if (!fixture)
		return -1;
	fixture->err = (struct carom_error)CAROM_ERROR_INIT;
	strcpy(fixture->folder, "/tmp/carom-test-XXXXXX");
	if (!mkdtemp(fixture->folder))
		return -1;
	snprintf(fixture->path, sizeof(fixture->path), "%s/amp.zarr", fixture->folder);
	describe(fixture);
	*state = fixture;
	return 0;
}

int store_tear_down(void **state)
{
	struct store_fixture *fixture = *state;
	int status;

	mem_fail_after(-1);
	support_fail_jansson_too(false);
	status = folder_remove(AT_FDCWD, fixture->folder, NULL);
	free(fixture);
	return status;
}

void fixture_keep(struct store_fixture *fixture)
{
	static double times[] = {0, 1e-3, 2e-3, 4e-3}, frequencies[] = {10, 1e3};

	fixture->grids[0] = (struct job_grid){
		.name = "time", .unit = "s", .label = "time", .values = times, .n = 4};
	fixture->grids[1] = (struct job_grid){.name = "frequency",
					      .unit = "Hz",
					      .label = "frequency",
					      .is_log = true,
					      .values = frequencies,
					      .n = 2};
	fixture->waves[0] = (struct job_wave){.name = "v(out)",
					      .unit = "V",
					      .plot = "tran",
					      .expression = "v(out)",
					      .definition = "tran v(out)"};
	fixture->waves[1] = (struct job_wave){.name = "gain.db",
					      .unit = "dB",
					      .plot = "ac",
					      .expression = "v(out)",
					      .definition = "ac v(out)",
					      .part = JOB_PART_DB,
					      .grid = 1};
	fixture->job.grids = fixture->grids;
	fixture->job.n_grids = 2;
	fixture->job.waves = fixture->waves;
	fixture->job.n_waves = 2;
}

void fixture_create(struct store_fixture *fixture)
{
	create_store(fixture->path, &fixture->job, false, &fixture->err);
	assert_ok(&fixture->err);
}

int create_store(const char *path, const struct job *job, bool overwrite, struct carom_error *err)
{
	struct store_draft *draft;
	int status = store_draft_new(&draft, path, job, overwrite, err);

	if (!status)
		status = store_draft_put_in_place(draft, err);
	store_draft_free(draft);
	return status;
}

int write_run(const char *path, const struct job *job, const char *run_json,
	      struct carom_error *err)
{
	int folder = folder_open(AT_FDCWD, path);
	int status;

	assert_true(folder >= 0);
	status = store_write_run(folder, job, run_json, err);
	close(folder);
	return status;
}

int fixture_open_rows(struct store_fixture *fixture, struct store_rows **rows)
{
	int folder = folder_open(AT_FDCWD, fixture->path);
	int status;

	assert_true(folder >= 0);
	status = store_rows_open(rows, folder, &fixture->job, &fixture->err);
	close(folder);
	return status;
}

struct store_rows *fixture_rows(struct store_fixture *fixture)
{
	struct store_rows *rows;

	fixture_open_rows(fixture, &rows);
	assert_ok(&fixture->err);
	return rows;
}

struct store_rows *fixture_create_keeping(struct store_fixture *fixture)
{
	fixture_keep(fixture);
	fixture_create(fixture);
	return fixture_rows(fixture);
}

struct carom_store *fixture_store(struct store_fixture *fixture)
{
	struct carom_store *store;

	carom_store_open(&store, fixture->path, &fixture->err);
	assert_ok(&fixture->err);
	return store;
}

const char *fixture_file(const struct store_fixture *fixture, const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", fixture->path, name);
	return path;
}

void fixture_write(const struct store_fixture *fixture, const char *name, const char *content)
{
	int fd = open(fixture_file(fixture, name), O_WRONLY | O_CREAT | O_TRUNC, 0666);

	assert_true(fd >= 0);
	assert_int_equal(folder_write_all(fd, content, strlen(content)), 0);
	close(fd);
}

int fixture_count_entries(const struct store_fixture *fixture)
{
	return count_entries(fixture->folder);
}

void support_fail_jansson_too(bool too)
{
	if (too)
		json_set_alloc_funcs(mem_alloc, mem_free);
	else
		json_set_alloc_funcs(malloc, free);
}
