/* SPDX-License-Identifier: BSD-3-Clause */
/* Rows written by workers: whole or not at all, seen by readers at once, without holding memory. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "carom-statistics.h"
#include "study/store.h"
#include "support-store.h"

static struct store_rows *create_rows(struct store_fixture *fixture)
{
	fixture_create(fixture);
	return fixture_rows(fixture);
}

static const double parameters[] = {1001.5, 93.25};
static const double measurements[] = {40.5, 1.5e6, -0.25};

static void a_row_that_is_put_is_read(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows = create_rows(fixture);
	struct carom_store *store = fixture_store(fixture);

	assert_int_equal(store_rows_status(rows, 3), CAROM_SAMPLE_PENDING);
	store_rows_put(rows, 3, parameters, measurements, 0.125, 1, CAROM_SAMPLE_OK);
	assert_int_equal(store_rows_status(rows, 3), CAROM_SAMPLE_OK);
	assert_int_equal(store_rows_status(rows, 2), CAROM_SAMPLE_PENDING);
	assert_int_equal(carom_store_status(store)[3], CAROM_SAMPLE_OK);
	assert_same_bits(carom_store_parameter(store, 0)[3], 1001.5);
	assert_same_bits(carom_store_parameter(store, 1)[3], 93.25);
	assert_same_bits(carom_store_measurement(store, 0)[3], 40.5);
	assert_same_bits(carom_store_measurement(store, 2)[3], -0.25);
	assert_same_bits(carom_store_seconds(store)[3], 0.125);
	assert_int_equal(carom_store_worker(store)[3], 1);
	assert_true(isnan(carom_store_parameter(store, 0)[2]));
	assert_int_equal(carom_store_worker(store)[4], -1);
	carom_store_close(store);
	store_rows_close(rows);
}

static void what_was_not_measured_is_nan_whatever_was_there(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows = create_rows(fixture);
	struct carom_store *store = fixture_store(fixture);

	store_rows_put(rows, 0, parameters, measurements, 1, 0, CAROM_SAMPLE_PENDING);
	store_rows_put(rows, 0, parameters, NULL, 2, 0, CAROM_SAMPLE_CRASHED);
	assert_same_bits(carom_store_parameter(store, 0)[0], 1001.5);
	assert_true(isnan(carom_store_measurement(store, 0)[0]));
	assert_int_equal(carom_store_status(store)[0], CAROM_SAMPLE_CRASHED);
	carom_store_close(store);
	store_rows_close(rows);
}

static void a_row_put_by_another_process_outlives_it(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows = create_rows(fixture);
	int status;
	pid_t child = fork();

	if (child == 0) {
		store_rows_put(rows, 4, parameters, measurements, 1, 0, CAROM_SAMPLE_OK);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(store_rows_status(rows, 4), CAROM_SAMPLE_OK);
	store_rows_close(rows);
	rows = fixture_rows(fixture);
	assert_int_equal(store_rows_status(rows, 4), CAROM_SAMPLE_OK);
	store_rows_close(rows);
}

static void assert_message(struct store_fixture *fixture, uint64_t sample, const char *expected)
{
	struct carom_store *store = fixture_store(fixture);
	char buffer[2 * STORE_MESSAGE_SIZE];

	carom_store_message(store, sample, buffer, sizeof(buffer));
	assert_string_equal(buffer, expected);
	carom_store_close(store);
}

static void a_message_is_kept_for_its_sample(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows = create_rows(fixture);

	store_rows_put_message(rows, 1, "a longer message than the next");
	store_rows_put_message(rows, 1, "timestep too small");
	assert_message(fixture, 1, "timestep too small");
	assert_message(fixture, 0, "");
	assert_message(fixture, 2, "");
	store_rows_close(rows);
}

static void a_message_is_cut_at_a_character(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows = create_rows(fixture);
	char message[STORE_MESSAGE_SIZE + 10];

	memset(message, 'x', sizeof(message) - 1);
	message[sizeof(message) - 1] = '\0';
	store_rows_put_message(rows, 0, message);
	memcpy(message + STORE_MESSAGE_SIZE - 2, "\xe2\x84\xa6",
	       3); /* its third byte is too many */
	store_rows_put_message(rows, 4, message);
	message[STORE_MESSAGE_SIZE - 2] = '\0';
	assert_message(fixture, 4, message);
	memset(message, 'x', STORE_MESSAGE_SIZE);
	message[STORE_MESSAGE_SIZE] = '\0';
	assert_message(fixture, 0, message);
	store_rows_close(rows);
}

/* Kilobytes of the process that are mapped from files. */
static long mapped_kb(void)
{
	FILE *file = fopen("/proc/self/status", "re");
	char line[256];
	long kb = -1;

	assert_non_null(file);
	while (fgets(line, sizeof(line), file)) {
		if (sscanf(line, "RssFile: %ld", &kb) == 1)
			break;
	}
	fclose(file);
	assert_true(kb >= 0);
	return kb;
}

static void pages_that_are_dropped_take_no_memory_and_lose_nothing(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows;
	long before, touched, dropped;

	fixture->job.n_samples = 500000;
	rows = create_rows(fixture);
	before = mapped_kb();
	for (uint64_t k = 0; k < fixture->job.n_samples; k++)
		store_rows_put(rows, k, parameters, measurements, 1, 0, CAROM_SAMPLE_OK);
	touched = mapped_kb();
	store_rows_drop_pages(rows);
	dropped = mapped_kb();
	assert_true(touched - before > 20000);
	assert_true(dropped - before < 2000);
	assert_int_equal(store_rows_status(rows, 499999), CAROM_SAMPLE_OK);
	store_rows_close(rows);
}

/* Five columns of 4 MB, and the statuses. */
static void statistics_let_go_of_what_they_read(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_histogram histogram;
	struct carom_summary summary;
	struct carom_worst worst[3];
	struct carom_store *store;
	struct store_rows *rows;
	struct carom_fits fits;
	size_t n_worst = 3;
	long before;

	fixture->job.n_samples = 500000;
	rows = create_rows(fixture);
	for (uint64_t k = 0; k < fixture->job.n_samples; k++) {
		const double drawn[] = {(double)(k % 7), (double)(k % 11)};
		const double values[] = {(double)(k % 13), (double)k, (double)(k % 17)};

		store_rows_put(rows, k, drawn, values, 1, 0, CAROM_SAMPLE_OK);
	}
	store_rows_close(rows);
	store = fixture_store(fixture);
	before = mapped_kb();
	carom_store_summarise(store, NULL, &summary, &fixture->err);
	carom_store_fit(store, NULL, &fits, &fixture->err);
	carom_store_worst(store, NULL, 0, worst, &n_worst, &fixture->err);
	carom_store_histogram(store, NULL, 1, 0, &histogram, &fixture->err);
	carom_store_write_csv(store, "/dev/null", &fixture->err);
	assert_ok(&fixture->err);
	assert_in_range(mapped_kb() - before, 0, 5000);
	assert_same_bits(carom_store_measurement(store, 1)[499999], 499999);
	carom_histogram_release(&histogram);
	carom_summary_release(&summary);
	carom_fits_release(&fits);
	carom_store_close(store);
}

static void a_store_of_another_study_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows = NULL;

	fixture_create(fixture);
	fixture->job.n_samples = 6;
	assert_int_equal(fixture_open_rows(fixture, &rows), CAROM_ERROR_FORMAT);
	assert_null(rows);
	assert_non_null(strstr(fixture->err.text, "amp.zarr: r1/0: has 40 bytes"));
	fixture->job.n_samples = 5;
	carom_error_clear(&fixture->err);
	fixture->measures[1].name = (char *)"other";
	assert_int_equal(fixture_open_rows(fixture, &rows), CAROM_ERROR_SYSTEM);
	store_rows_close(NULL);
}

static void memory_that_runs_out_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows = NULL;
	int64_t n = 0;

	fixture_create(fixture);
	for (; !rows; n++) {
		int status;

		mem_fail_after(n);
		status = fixture_open_rows(fixture, &rows);
		mem_fail_after(-1);
		assert_int_equal(status, rows ? 0 : CAROM_ERROR_MEMORY);
	}
	assert_int_equal(n, 5);
	store_rows_close(rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(a_row_that_is_put_is_read),
		STORE_CASE(what_was_not_measured_is_nan_whatever_was_there),
		STORE_CASE(a_row_put_by_another_process_outlives_it),
		STORE_CASE(a_message_is_kept_for_its_sample),
		STORE_CASE(a_message_is_cut_at_a_character),
		STORE_CASE(pages_that_are_dropped_take_no_memory_and_lose_nothing),
		STORE_CASE(statistics_let_go_of_what_they_read),
		STORE_CASE(a_store_of_another_study_is_refused),
		STORE_CASE(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
