/* SPDX-License-Identifier: BSD-3-Clause */
/* Stores of corners and steps: what their cells are, and the summary of each. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "carom-statistics.h"
#include "study/store-json.h"
#include "study/store.h"
#include "support-circuit.h"
#include "support-store.h"

/* Two corners and three values of r1, two samples in each: 12 rows. */
static struct job_setting settings[] = {{.variable = 1, .value = 50}};
static struct job_corner corners[] = {
	{.name = "slow", .settings = settings, .n_settings = 1},
	{.name = "fast, cold"},
};
static uint32_t stepped[] = {0};
static double values[] = {1e3, 2e3, 5e3};
static struct job_step steps[] = {{"r1", "list 1k 2k 5k", stepped, 1, values, 3}};
#define N_ROWS 12

static void divide(struct store_fixture *fixture)
{
	struct job *job = &fixture->job;

	job->corners = corners;
	job->n_corners = 2;
	job->steps = steps;
	job->n_steps = 1;
	job->cells = (struct cells){.n_draws = 2, .n_corners = 2, .n_steps = 3};
	job->n_samples = N_ROWS;
}

/* gain: 40 plus the number of the sample, but for a failed one; f3db and offset are always good. */
static void put(struct store_fixture *fixture, uint64_t n)
{
	const double parameters[] = {1e3, 100};
	struct store_rows *writer;

	writer = fixture_rows(fixture);
	for (uint64_t k = 0; k < n; k++) {
		const double row[] = {k == 8 ? 30 : 40 + (double)k, 2e6, 0};

		store_rows_put(writer, k, parameters, row, 0.001, 0,
			       k == 3 ? CAROM_SAMPLE_NO_CONVERGENCE : CAROM_SAMPLE_OK);
	}
	store_rows_close(writer);
}

static struct carom_store *filled(struct store_fixture *fixture, uint64_t n)
{
	divide(fixture);
	fixture_create(fixture);
	put(fixture, n);
	return fixture_store(fixture);
}

static struct carom_cells summarised(const struct carom_store *store)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_cells cells;

	carom_store_summarise_cells(store, NULL, &cells, &err);
	assert_ok(&err);
	return cells;
}

static void a_store_knows_its_cells(void **state)
{
	struct carom_store *store = filled(*state, 0);

	assert_int_equal(carom_store_cell_count(store), 6);
	assert_int_equal(carom_store_cell_samples(store), 2);
	assert_int_equal(carom_store_step_count(store), 1);
	assert_string_equal(carom_store_step_name(store, 0), "r1");
	assert_null(carom_store_step_name(store, 1));
	for (uint64_t cell = 0; cell < 6; cell++) {
		assert_string_equal(carom_store_cell_corner(store, cell), corners[cell / 3].name);
		assert_same_bits(carom_store_step_value(store, 0, cell), values[cell % 3]);
	}
	assert_null(carom_store_cell_corner(store, 6));
	assert_true(isnan(carom_store_step_value(store, 1, 0)));
	carom_store_close(store);
}

static void a_store_without_corners_is_one_cell(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	struct carom_cells cells;

	fixture_create(fixture);
	store = fixture_store(fixture);
	cells = summarised(store);
	assert_int_equal(carom_store_cell_count(store), 1);
	assert_int_equal(carom_store_cell_samples(store), 5);
	assert_int_equal(carom_store_step_count(store), 0);
	assert_null(carom_store_cell_corner(store, 0));
	assert_true(cells.n == 1 && cells.list[0].n_tried == 0);
	carom_cells_release(&cells);
	carom_store_close(store);
}

/* Values of the last step follow one another quickest, here as in the samples. */
static void several_steps_are_unravelled(void **state)
{
	static struct job_step two[] = {{"r1", "list 1k 2k 5k", stepped, 1, values, 3},
					{"c1", "list 1k 2k", stepped, 1, values, 2}};
	struct store_fixture *fixture = *state;
	struct carom_store *store;

	divide(fixture);
	fixture->job.steps = two;
	fixture->job.n_steps = 2;
	fixture->job.cells = (struct cells){.n_draws = 1, .n_corners = 2, .n_steps = 6};
	fixture_create(fixture);
	store = fixture_store(fixture);
	for (uint64_t cell = 0; cell < 12; cell++) {
		assert_same_bits(carom_store_step_value(store, 0, cell), values[cell % 6 / 2]);
		assert_same_bits(carom_store_step_value(store, 1, cell), values[cell % 2]);
	}
	carom_store_close(store);
}

static void a_manifest_that_does_not_go_with_the_samples_is_of_one_cell(void **state)
{
	struct carom_store *store;
	struct store_fixture *fixture = *state;

	divide(fixture);
	fixture->job.cells.n_draws = 7;
	fixture_create(fixture);
	store = fixture_store(fixture);
	assert_int_equal(carom_store_cell_count(store), 1);
	assert_int_equal(carom_store_cell_samples(store), N_ROWS);
	carom_store_close(store);
}

static void each_row_tells_its_corner(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = filled(fixture, 0);
	int32_t corner[N_ROWS];
	FILE *file = fopen(fixture_file(fixture, "corner/0"), "r");

	assert_non_null(file);
	assert_int_equal(fread(corner, sizeof(*corner), N_ROWS, file), N_ROWS);
	fclose(file);
	for (int k = 0; k < N_ROWS; k++)
		assert_int_equal(corner[k], k / 6);
	carom_store_close(store);
}

static void each_cell_has_its_figures(void **state)
{
	struct carom_store *store = filled(*state, N_ROWS);
	struct carom_cells cells = summarised(store);
	const struct carom_cell_measurement *gain = &cells.list[2].measurements[0];

	assert_true(cells.n == 6 && cells.has_spec && cells.n_measurements == 3);
	assert_int_equal(gain->n, 2);
	assert_same_bits(gain->mean, 44.5);
	assert_double_equal(gain->sd, sqrt(0.5), 1e-15, 0);
	assert_true(gain->min == 44 && gain->max == 45 && gain->n_pass == 2);
	assert_true(isnan(cells.list[2].measurements[2].cpk));
	assert_int_equal(cells.list[2].measurements[2].n_pass, 0);
	carom_cells_release(&cells);
	carom_store_close(store);
}

/* Sample 3 failed, sample 8 is out of its limits. */
static void a_sample_that_failed_does_not_pass_in_its_cell(void **state)
{
	struct carom_store *store = filled(*state, N_ROWS);
	struct carom_cells cells = summarised(store);

	assert_true(cells.list[0].n_pass == 2 && cells.list[0].n_tried == 2);
	assert_true(cells.list[1].n_pass == 1 && cells.list[1].n_tried == 2);
	assert_int_equal(cells.list[1].measurements[0].n, 1);
	assert_int_equal(cells.list[1].measurements[1].n_pass, 1);
	assert_int_equal(cells.list[4].n_pass, 1);
	assert_int_equal(cells.list[4].measurements[1].n_pass, 2);
	carom_cells_release(&cells);
	carom_store_close(store);
}

/* Cells 1 and 4 pass by half; the gain of 4 is spread to both sides of its limit. */
static void the_worst_cell_is_that_of_the_least_yield(void **state)
{
	struct carom_store *store = filled(*state, N_ROWS);
	struct carom_cells cells = summarised(store);

	assert_int_equal(cells.worst, 4);
	carom_cells_release(&cells);
	carom_store_close(store);
}

static void cells_that_are_not_begun_are_none_to_judge(void **state)
{
	struct carom_store *store = filled(*state, 3);
	struct carom_cells cells = summarised(store);

	assert_int_equal(cells.list[1].n_tried, 1);
	assert_int_equal(cells.list[5].n_tried, 0);
	assert_int_not_equal(cells.worst, 5);
	carom_cells_release(&cells);
	carom_store_close(store);
}

static void csv_has_the_name_of_the_corner(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = filled(fixture, N_ROWS);
	char path[128], line[200];
	FILE *file;

	snprintf(path, sizeof(path), "%s/a.csv", fixture->folder);
	carom_store_write_csv(store, path, &fixture->err);
	assert_ok(&fixture->err);
	file = fopen(path, "r");
	assert_non_null(fgets(line, sizeof(line), file));
	assert_string_equal(line, "sample,status,corner,r1,q1:bf,gain,f3db,offset\n");
	for (int k = 0; k < 7; k++)
		assert_non_null(fgets(line, sizeof(line), file));
	assert_string_equal(line, "6,ok,\"fast, cold\",1000,100,46,2000000,0\n");
	fclose(file);
	carom_store_close(store);
}

static int attempt(void *store)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_cells cells;
	int status = carom_store_summarise_cells(store, NULL, &cells, &err);

	if (status)
		assert_true(cells.n == 0 && !cells.list && !cells.measurements);
	carom_cells_release(&cells);
	return status;
}

static void summarising_survives_no_memory(void **state)
{
	struct carom_store *store = filled(*state, N_ROWS);

	assert_survives_no_memory(attempt, store);
	carom_store_close(store);
}

/* ---- nominal ---- */

static struct job_nominal *nominal_of(enum carom_sample_status status, const char *message)
{
	struct job_nominal *nominal = mem_zalloc(1, sizeof(*nominal) + 3 * sizeof(double));

	nominal->status = status;
	strcpy(nominal->message, message);
	nominal->values[0] = 42;
	nominal->values[1] = 1.5e6;
	nominal->values[2] = NAN;
	return nominal;
}

/* The attribute of an array, or null. */
static double attribute(const struct store_fixture *fixture, const char *array)
{
	char path[64];
	json_t *attributes;
	double value;

	snprintf(path, sizeof(path), "%s/.zattrs", array);
	attributes = json_load_file(fixture_file(fixture, path), 0, NULL);
	assert_non_null(attributes);
	value = json_object_get(attributes, "nominal")
			? json_number_value(json_object_get(attributes, "nominal"))
			: NAN;
	json_decref(attributes);
	return value;
}

static void write_nominal(struct store_fixture *fixture, enum carom_sample_status status,
			  const char *message)
{
	struct store_draft *draft;

	fixture->job.nominal = nominal_of(status, message);
	store_draft_new(&draft, fixture->path, &fixture->job, false, &fixture->err);
	assert_ok(&fixture->err);
	store_write_nominal(store_draft_folder(draft), &fixture->job, &fixture->err);
	store_write_run(store_draft_folder(draft), &fixture->job, "{}", &fixture->err);
	store_draft_put_in_place(draft, &fixture->err);
	assert_ok(&fixture->err);
	store_draft_free(draft);
	mem_free(fixture->job.nominal);
	fixture->job.nominal = NULL;
}

static void nominal_values_are_attributes_and_in_the_manifest(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	const char *message;

	write_nominal(fixture, CAROM_SAMPLE_MEASURE, "offset: never settles");
	store = fixture_store(fixture);
	assert_int_equal(carom_store_nominal_status(store, &message), CAROM_SAMPLE_MEASURE);
	assert_string_equal(message, "offset: never settles");
	assert_same_bits(carom_store_nominal(store, 0), 42);
	assert_same_bits(carom_store_nominal(store, 1), 1.5e6);
	assert_true(isnan(carom_store_nominal(store, 2)) && isnan(carom_store_nominal(store, 3)));
	assert_same_bits(attribute(fixture, "gain"), 42);
	assert_true(isnan(attribute(fixture, "offset")));
	carom_store_close(store);
}

static void a_nominal_run_that_failed_has_no_values(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;

	write_nominal(fixture, CAROM_SAMPLE_NO_CONVERGENCE, "singular matrix");
	store = fixture_store(fixture);
	assert_int_equal(carom_store_nominal_status(store, NULL), CAROM_SAMPLE_NO_CONVERGENCE);
	assert_true(isnan(carom_store_nominal(store, 0)) && isnan(attribute(fixture, "gain")));
	carom_store_close(store);
}

static void without_a_nominal_run_there_is_none(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store;
	const char *message;

	fixture_create(fixture);
	store = fixture_store(fixture);
	assert_int_equal(carom_store_nominal_status(store, &message), CAROM_SAMPLE_PENDING);
	assert_string_equal(message, "");
	assert_true(isnan(carom_store_nominal(store, 0)));
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(a_store_knows_its_cells),
		STORE_CASE(a_store_without_corners_is_one_cell),
		STORE_CASE(several_steps_are_unravelled),
		STORE_CASE(a_manifest_that_does_not_go_with_the_samples_is_of_one_cell),
		STORE_CASE(each_row_tells_its_corner),
		STORE_CASE(each_cell_has_its_figures),
		STORE_CASE(a_sample_that_failed_does_not_pass_in_its_cell),
		STORE_CASE(the_worst_cell_is_that_of_the_least_yield),
		STORE_CASE(cells_that_are_not_begun_are_none_to_judge),
		STORE_CASE(csv_has_the_name_of_the_corner),
		STORE_CASE(summarising_survives_no_memory),
		STORE_CASE(nominal_values_are_attributes_and_in_the_manifest),
		STORE_CASE(a_nominal_run_that_failed_has_no_values),
		STORE_CASE(without_a_nominal_run_there_is_none),
	};

	return run_all_tests(tests);
}
