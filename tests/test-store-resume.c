/* SPDX-License-Identifier: BSD-3-Clause */
/* Going on with a store: which are taken, what is left to do. */
#include "study/store-resume.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "study/folder.h"
#include "support-store.h"

static void put(struct store_fixture *fixture, uint64_t sample, enum carom_sample_status status)
{
	static const double parameters[] = {1001, 99}, measurements[] = {40, 2e6, 0.1};
	struct store_rows *rows;

	rows = fixture_rows(fixture);
	if (status != CAROM_SAMPLE_OK)
		store_rows_put_message(rows, sample, "it did not");
	store_rows_put(rows, sample, parameters, measurements, 1e-3, 0, status);
	store_rows_close(rows);
}

/* Sample 0 is ok, 1 crashed, 3 lacks a measurement; 2 and 4 are pending. */
static void make_half(struct store_fixture *fixture)
{
	fixture_create(fixture);
	put(fixture, 0, CAROM_SAMPLE_OK);
	put(fixture, 1, CAROM_SAMPLE_CRASHED);
	put(fixture, 3, CAROM_SAMPLE_MEASURE);
}

static int resume(struct store_fixture *fixture, bool retries_failed, struct store_left *left)
{
	struct store_draft *draft;
	int status = store_resume(&draft, &fixture->job, retries_failed, left, &fixture->err);

	assert_true((draft != NULL) == (status == 0));
	if (draft)
		assert_true(store_draft_is_in_place(draft));
	store_draft_free(draft);
	return status;
}

static void what_is_finished_is_kept(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_left left;

	make_half(fixture);
	assert_int_equal(resume(fixture, false, &left), 0);
	assert_int_equal(left.n_kept, 3);
	assert_int_equal(left.n_kept_failed, 2);
	assert_int_equal(left.n_pending, 2);
	assert_int_equal(left.route, CAROM_ROUTE_AUTO);
	assert_string_equal(left.version, "");
}

static void what_failed_becomes_pending_where_asked(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_left left;
	struct carom_store *store;
	char message[100];

	make_half(fixture);
	assert_int_equal(resume(fixture, true, &left), 0);
	assert_int_equal(left.n_kept, 1);
	assert_int_equal(left.n_kept_failed, 0);
	assert_int_equal(left.n_pending, 4);
	store = fixture_store(fixture);
	for (uint64_t i = 0; i < 5; i++) {
		assert_int_equal(carom_store_status(store)[i], i == 0 ? 1 : 0);
		assert_string_equal(carom_store_message(store, i, message, sizeof(message)), "");
	}
	carom_store_close(store);
}

static void route_and_version_are_those_of_the_run_before(void **state)
{
	struct store_fixture *fixture = *state;
	enum carom_route route = CAROM_ROUTE_FORK;
	struct store_left left;

	fixture_create(fixture);
	store_resume_route(fixture->path, &route, &fixture->err);
	assert_int_equal(route, CAROM_ROUTE_AUTO);
	write_run(fixture->path, &fixture->job,
		  "{\"route\": \"reload\", \"ngspice_version\": \"39.3\"}", &fixture->err);
	store_resume_route(fixture->path, &route, &fixture->err);
	assert_ok(&fixture->err);
	assert_int_equal(route, CAROM_ROUTE_RELOAD);
	assert_int_equal(resume(fixture, false, &left), 0);
	assert_int_equal(left.route, CAROM_ROUTE_RELOAD);
	assert_string_equal(left.version, "39.3");
}

static void assert_other_study(struct store_fixture *fixture, const char *difference)
{
	char message[300];
	struct store_left left;

	assert_int_equal(resume(fixture, true, &left), CAROM_ERROR_ARGUMENT);
	snprintf(message, sizeof(message),
		 "%s: was made by another study: %s\ngo on with the same deck and options, or name "
		 "another store",
		 fixture->path, difference);
	assert_error_says(&fixture->err, message);
	carom_error_clear(&fixture->err);
}

static void another_study_is_told_by_its_first_difference(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_left left;
	struct job *job = &fixture->job;

	make_half(fixture);
	job->deck_hash = (char *)"fedcba9876543210";
	assert_other_study(fixture, "deck_hash is \"0123456789abcdef\" in the store and "
				    "\"fedcba9876543210\" now");
	job->deck_hash = (char *)"0123456789abcdef";
	job->seed = 8;
	assert_other_study(fixture, "study.seed is 7 in the store and 8 now");
	job->seed = 7;
	job->n_samples = 4;
	assert_other_study(fixture, "study.samples is 5 in the store and 4 now");
	job->n_samples = 5;
	fixture->variables[1].definition = (char *)"uniform 25%";
	assert_other_study(fixture,
			   "study.varies[1].definition is \"uniform 20%\" in the store and "
			   "\"uniform 25%\" now");
	fixture->variables[1].definition = (char *)"uniform 20%";
	fixture->variables[0].nominal = 1000.5;
	assert_other_study(fixture,
			   "study.varies[0].nominal is 1000.0 in the store and 1000.5 now");
	fixture->variables[0].nominal = 1e3;
	job->n_measures = 2;
	assert_other_study(fixture, "measurements[2] is \"offset\" in the store and not there now");
	job->n_measures = 3;
	fixture->measures[2].has_spec = true;
	fixture->measures[2].lower = fixture->measures[2].upper = 1;
	assert_other_study(fixture, "study.specs.offset is not there in the store and "
				    "{\"lower\":1.0,\"upper\":1.0} now");
	fixture->measures[2].has_spec = false;
	assert_int_equal(resume(fixture, false, &left), 0);
	assert_int_equal(left.n_kept, 3);
}

static void how_it_is_run_may_differ(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_left left;

	make_half(fixture);
	fixture->job.time_limit_s = 20;
	fixture->job.library = (char *)"/opt/libngspice.so";
	assert_int_equal(resume(fixture, false, &left), 0);
}

static void no_store_is_told_from_a_damaged_one(void **state)
{
	struct store_fixture *fixture = *state;
	enum carom_route route;
	struct store_left left;

	assert_int_equal(store_resume_route(fixture->path, &route, NULL), CAROM_ERROR_NOT_FOUND);
	assert_int_equal(resume(fixture, false, &left), CAROM_ERROR_NOT_FOUND);
	carom_error_clear(&fixture->err);
	fixture_create(fixture);
	fixture_write(fixture, "r1/0", "short");
	assert_int_equal(resume(fixture, false, &left), CAROM_ERROR_FORMAT);
	carom_error_clear(&fixture->err);
	fixture_write(fixture, ".zattrs", "{\"other\": 1}");
	assert_int_equal(resume(fixture, false, &left), CAROM_ERROR_FORMAT);
	assert_int_equal(store_resume_route(fixture->path, &route, NULL), CAROM_ERROR_FORMAT);
	carom_error_clear(&fixture->err);
	fixture_write(fixture, ".zattrs", "{");
	assert_int_equal(resume(fixture, false, &left), CAROM_ERROR_FORMAT);
}

static void a_store_that_another_run_writes_is_left_alone(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_draft *draft;
	struct store_left left;
	int other;

	make_half(fixture);
	other = folder_open(AT_FDCWD, fixture->path);
	assert_int_equal(folder_lock(other, &fixture->err), 0);
	assert_int_equal(resume(fixture, true, &left), CAROM_ERROR_SYSTEM);
	assert_non_null(strstr(fixture->err.text, "another run is writing this store"));
	carom_error_clear(&fixture->err);
	assert_int_equal(store_draft_new(&draft, fixture->path, &fixture->job, true, &fixture->err),
			 CAROM_ERROR_SYSTEM);
	carom_error_clear(&fixture->err);
	close(other);
	assert_int_equal(resume(fixture, false, &left), 0);
	assert_int_equal(left.n_kept, 3);
}

static void memory_that_runs_out_leaves_the_store_as_it_was(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_left left;
	int status = 1;
	int64_t n = 0;

	make_half(fixture);
	for (; status; n++) {
		struct store_draft *draft;

		mem_fail_after(n);
		status = store_resume(&draft, &fixture->job, false, &left, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		store_draft_free(draft);
	}
	assert_true(n > 10);
	assert_int_equal(left.n_kept, 3);
}

/* ---- the search of importance sampling ---- */

static void a_search_is_gone_on_with_where_it_was(void **state)
{
	struct store_fixture *fixture = *state;
	double shift[] = {0.1, -3}, none[] = {0, 0};
	struct job_importance there = {
		.shift = shift, .n = 2, .n_batches = 3, .batch_samples = 500, .level = 1.0 / 3};
	struct job_importance here = {.shift = none, .n = 2};
	struct store_left left;

	fixture->job.importance = &there;
	make_half(fixture);
	fixture->job.importance = &here;
	assert_int_equal(resume(fixture, false, &left), 0);
	assert_memory_equal(none, shift, sizeof(shift));
	assert_false(here.is_found);
	assert_int_equal(here.n_batches, 3);
	assert_int_equal(here.batch_samples, 500);
	assert_same_bits(here.level, there.level);
	here.measure = 1;
	assert_int_equal(resume(fixture, false, &left), CAROM_ERROR_ARGUMENT);
	assert_non_null(strstr(fixture->err.text, "study.importance.measurement is \"gain\""));
}

static void a_shift_of_other_draws_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	double shift[] = {0.1, -3, 0};
	struct job_importance importance = {.shift = shift, .n = 2, .is_found = true};
	struct store_left left;

	fixture->job.importance = &importance;
	make_half(fixture);
	importance.n = 3;
	assert_int_equal(resume(fixture, false, &left), CAROM_ERROR_FORMAT);
	assert_non_null(strstr(fixture->err.text, "the shift is not one of this study's"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(what_is_finished_is_kept),
		STORE_CASE(what_failed_becomes_pending_where_asked),
		STORE_CASE(route_and_version_are_those_of_the_run_before),
		STORE_CASE(another_study_is_told_by_its_first_difference),
		STORE_CASE(how_it_is_run_may_differ),
		STORE_CASE(no_store_is_told_from_a_damaged_one),
		STORE_CASE(a_store_that_another_run_writes_is_left_alone),
		STORE_CASE(memory_that_runs_out_leaves_the_store_as_it_was),
		STORE_CASE(a_search_is_gone_on_with_where_it_was),
		STORE_CASE(a_shift_of_other_draws_is_refused),
	};

	return run_all_tests(tests);
}
