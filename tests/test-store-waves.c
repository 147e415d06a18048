/* SPDX-License-Identifier: BSD-3-Clause */
/* The kept waveforms of a store: made with it, written by rows, read by anyone. */
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "study/folder.h"
#include "study/store-resume.h"
#include "study/store.h"
#include "support-store.h"

static const double row[FIXTURE_POINTS] = {0.5, 1, 2, NAN, -3, -20};

static void what_is_known_of_a_waveform_is_read(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	const struct carom_wave *wave;

	store_rows_close(fixture_create_keeping(fixture));
	store = fixture_store(fixture);
	assert_int_equal(carom_store_wave_count(store), 2);
	wave = carom_store_wave(store, 1);
	assert_string_equal(wave->name, "gain.db");
	assert_string_equal(wave->unit, "dB");
	assert_string_equal(wave->definition, "ac v(out)");
	assert_string_equal(wave->scale, "frequency");
	assert_string_equal(wave->scale_unit, "Hz");
	assert_string_equal(wave->grid_name, "frequency");
	assert_true(wave->is_log);
	assert_int_equal(wave->n_points, 2);
	assert_true(wave->grid[0] == 10 && wave->grid[1] == 1e3);
	assert_true(isnan(wave->nominal[0]) && isnan(wave->nominal[1]));
	assert_false(carom_store_wave(store, 0)->is_log);
	assert_same_bits(carom_store_wave(store, 0)->grid[3], 4e-3);
	assert_null(carom_store_wave(store, 2));
	carom_store_close(store);
}

static void a_store_without_waveforms_has_none(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;

	fixture_create(fixture);
	store = fixture_store(fixture);
	assert_int_equal(carom_store_wave_count(store), 0);
	assert_null(carom_store_wave(store, 0));
	carom_store_close(store);
}

static void waveforms_that_are_put_are_read(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_rows *rows = fixture_create_keeping(fixture);
	struct carom_store *store = fixture_store(fixture);
	double values[4];

	assert_int_equal(store_rows_put_waves(rows, 3, row, &fixture->err), 0);
	assert_int_equal(store_rows_put_waves(rows, CAROM_SAMPLE_NOMINAL, row, &fixture->err), 0);
	carom_store_wave_read(store, 0, 3, values, &fixture->err);
	assert_ok(&fixture->err);
	assert_true(values[0] == 0.5 && values[2] == 2 && isnan(values[3]));
	carom_store_wave_read(store, 1, 3, values, &fixture->err);
	assert_ok(&fixture->err);
	assert_true(values[0] == -3 && values[1] == -20);
	assert_same_bits(carom_store_wave(store, 0)->nominal[1], 1);
	assert_same_bits(carom_store_wave(store, 1)->nominal[1], -20);
	carom_store_wave_read(store, 1, 2, values, &fixture->err);
	assert_true(isnan(values[0]));
	store_rows_put_waves(rows, 3, NULL, &fixture->err);
	carom_store_wave_read(store, 0, 3, values, &fixture->err);
	assert_ok(&fixture->err);
	assert_true(isnan(values[0]) && isnan(values[2]));
	carom_store_close(store);
	store_rows_close(rows);
}

static void what_is_not_there_is_told(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	double values[4];

	store_rows_close(fixture_create_keeping(fixture));
	store = fixture_store(fixture);
	assert_int_equal(carom_store_wave_read(store, 2, 0, values, NULL), CAROM_ERROR_NOT_FOUND);
	assert_int_equal(carom_store_wave_read(store, 0, 5, values, &fixture->err),
			 CAROM_ERROR_NOT_FOUND);
	assert_string_equal(fixture->err.text, "the store has no waveform 0 of sample 5");
	carom_store_close(store);
}

static void names_that_clash_are_refused(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_draft *draft;

	fixture_keep(fixture);
	fixture->waves[1].name = (char *)"v(out).nominal";
	assert_int_equal(
		store_draft_new(&draft, fixture->path, &fixture->job, false, &fixture->err),
		CAROM_ERROR_ARGUMENT);
	assert_non_null(strstr(fixture->err.text, "two arrays would be called \"v(out).nominal\""));
	carom_error_clear(&fixture->err);
	fixture->waves[1].name = (char *)"time";
	assert_int_equal(
		store_draft_new(&draft, fixture->path, &fixture->job, false, &fixture->err),
		CAROM_ERROR_ARGUMENT);
	assert_non_null(strstr(fixture->err.text, "two arrays would be called \"time\""));
}

static void more_than_a_file_holds_is_refused(void **state)
{
	struct store_fixture *fixture = *state;
	struct store_draft *draft;

	fixture_keep(fixture);
	fixture->grids[0].n = 1000;
	fixture->job.n_samples = INT64_MAX / 200;
	assert_int_equal(
		store_draft_new(&draft, fixture->path, &fixture->job, false, &fixture->err),
		CAROM_ERROR_LIMIT);
}

static int resume(struct store_fixture *fixture)
{
	struct store_draft *draft;
	struct store_left left;
	int status;

	carom_error_clear(&fixture->err);
	status = store_resume(&draft, &fixture->job, false, &left, &fixture->err);
	store_draft_free(draft);
	return status;
}

static void a_study_that_keeps_something_else_is_another(void **state)
{
	struct store_fixture *fixture = *state;

	store_rows_close(fixture_create_keeping(fixture));
	assert_int_equal(resume(fixture), 0);
	fixture->grids[0].n = 3;
	assert_int_equal(resume(fixture), CAROM_ERROR_ARGUMENT);
	assert_non_null(strstr(fixture->err.text, "study.grids[0]."));
	fixture_keep(fixture);
	fixture->waves[1].definition = (char *)"ac v(in)";
	assert_int_equal(resume(fixture), CAROM_ERROR_ARGUMENT);
	assert_non_null(strstr(fixture->err.text, "study.keeps[1].definition"));
	fixture_keep(fixture);
	fixture->job.n_waves = 1;
	assert_int_equal(resume(fixture), CAROM_ERROR_ARGUMENT);
}

/* One word of the manifest is another. */
static void replace_in_manifest(const struct store_fixture *fixture, const char *from,
				const char *to)
{
	struct text text = TEXT_INIT, changed = TEXT_INIT;
	int store = folder_open(AT_FDCWD, fixture->path);
	const char *at;

	assert_int_equal(folder_read_file(store, ".zattrs", &text, NULL), 0);
	at = strstr(text_string(&text), from);
	assert_non_null(at);
	text_append_n(&changed, text.data, (size_t)(at - text.data));
	text_printf(&changed, "%s%s", to, at + strlen(from));
	fixture_write(fixture, ".zattrs", text_string(&changed));
	text_release(&text);
	text_release(&changed);
	close(store);
}

static void a_damaged_manifest_or_array_is_refused(void **state)
{
	static const struct {
		const char *from, *to;
	} cases[] = {
		{"\"grid\": \"time\"", "\"grid\": \"../time\""},
		{"\"grid\": \"time\"", "\"grid\": \"frequency\""}, /* of two points */
		{"\"grid\": \"time\"", "\"grid\": 7"},
		{"\"grid\": \"time\"", "\"grid\": \"gain\""}, /* no grid */
		{"\"name\": \"v(out)\"", "\"name\": \"nope\""},
		{"\"name\": \"v(out)\"", "\"name\": \".\""},
		{"\"definition\": \"tran v(out)\"", "\"definition\": null"},
		{"\"keeps\": [", "\"keeps\": [7, "},
	};
	struct store_fixture *fixture = *state;
	struct carom_store *store;

	store_rows_close(fixture_create_keeping(fixture));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		carom_error_clear(&fixture->err);
		replace_in_manifest(fixture, cases[i].from, cases[i].to);
		assert_int_not_equal(carom_store_open(&store, fixture->path, &fixture->err), 0);
		assert_null(store);
		replace_in_manifest(fixture, cases[i].to, cases[i].from);
	}
	assert_int_equal(carom_store_open(&store, fixture->path, NULL), 0);
	carom_store_close(store);
	fixture_write(fixture, "gain.db.nominal/0", "short");
	assert_int_equal(carom_store_open(&store, fixture->path, &fixture->err),
			 CAROM_ERROR_FORMAT);
}

/* Of the many allocations of a manifest some, others in each place. */
static void memory_that_runs_out_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = NULL;
	struct store_rows *rows = NULL;
	int status = 1;

	fixture_keep(fixture);
	support_fail_jansson_too(true);
	for (int64_t n = 0; status; n += 1 + random_below(12)) {
		struct store_draft *draft;

		mem_fail_after(n);
		status = store_draft_new(&draft, fixture->path, &fixture->job, false, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		if (status == 0)
			store_draft_put_in_place(draft, &fixture->err);
		store_draft_free(draft);
	}
	assert_ok(&fixture->err);
	support_fail_jansson_too(false);
	for (int64_t n = 0; !rows; n++) {
		mem_fail_after(n);
		status = fixture_open_rows(fixture, &rows);
		mem_fail_after(-1);
		assert_int_equal(status, rows ? 0 : CAROM_ERROR_MEMORY);
	}
	store_rows_close(rows);
	for (int64_t n = 0; !store; n++) {
		mem_fail_after(n);
		status = carom_store_open(&store, fixture->path, NULL);
		mem_fail_after(-1);
		assert_int_equal(status, store ? 0 : CAROM_ERROR_MEMORY);
	}
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(what_is_known_of_a_waveform_is_read),
		STORE_CASE(a_store_without_waveforms_has_none),
		STORE_CASE(waveforms_that_are_put_are_read),
		STORE_CASE(what_is_not_there_is_told),
		STORE_CASE(names_that_clash_are_refused),
		STORE_CASE(more_than_a_file_holds_is_refused),
		STORE_CASE(a_study_that_keeps_something_else_is_another),
		STORE_CASE(a_damaged_manifest_or_array_is_refused),
		STORE_CASE(memory_that_runs_out_is_an_error),
	};

	return run_all_tests(tests);
}
