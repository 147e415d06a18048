/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of columns behind the Arrow C data interface, with a consumer that keeps to its rules. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "carom-arrow.h"
#include "sim/plot.h"
#include "support.h"

static const double time_values[] = {0, 1e-6, 2e-6};
static const double h_values[] = {1, -1, 2, -2, 3, -3};
static const struct carom_column columns[] = {
	{.name = "time", .unit = "s", .n_points = 3},
	{.name = "h", .n_points = 3, .is_complex = true},
};
static const double *const data[] = {time_values, h_values};

static void count(void *arg)
{
	++*(int *)arg;
}

struct exported {
	struct ArrowSchema schema;
	struct ArrowArray array;
	int n_released;
};

static void export_columns(struct exported *exported)
{
	struct carom_error err = CAROM_ERROR_INIT;

	*exported = (struct exported){.n_released = 0};
	carom_arrow_export(columns, data, 2, 3, count, &exported->n_released, &exported->schema,
			   &exported->array, &err);
	assert_ok(&err);
}

/* "unit" of the metadata: a count, then lengths and strings. */
static void assert_unit(const struct ArrowSchema *field, const char *unit)
{
	int32_t numbers[3];

	assert_non_null(field->metadata);
	memcpy(&numbers[0], field->metadata, 4);
	memcpy(&numbers[1], field->metadata + 4, 4);
	memcpy(&numbers[2], field->metadata + 12, 4);
	assert_int_equal(numbers[0], 1);
	assert_int_equal(numbers[1], 4);
	assert_memory_equal(field->metadata + 8, "unit", 4);
	assert_int_equal(numbers[2], strlen(unit));
	assert_memory_equal(field->metadata + 16, unit, strlen(unit));
}

static void a_schema_names_columns_with_their_units(void **state)
{
	struct exported exported;
	const struct ArrowSchema *schema = &exported.schema;

	(void)state;
	export_columns(&exported);
	assert_string_equal(schema->format, "+s");
	assert_int_equal(schema->n_children, 2);
	assert_string_equal(schema->children[0]->format, "g");
	assert_string_equal(schema->children[0]->name, "time");
	assert_unit(schema->children[0], "s");
	assert_string_equal(schema->children[1]->format, "+w:2");
	assert_string_equal(schema->children[1]->name, "h");
	assert_null(schema->children[1]->metadata);
	assert_string_equal(schema->children[1]->children[0]->format, "g");
	exported.schema.release(&exported.schema);
	assert_null(exported.schema.release);
	assert_int_equal(exported.n_released, 0);
	exported.array.release(&exported.array);
}

static void numbers_stay_where_they_are(void **state)
{
	struct exported exported;
	const struct ArrowArray *array = &exported.array, *pairs;

	(void)state;
	export_columns(&exported);
	assert_int_equal(array->length, 3);
	assert_int_equal(array->null_count, 0);
	assert_int_equal(array->n_buffers, 1);
	assert_int_equal(array->n_children, 2);
	assert_int_equal(array->children[0]->n_buffers, 2);
	assert_null(array->children[0]->buffers[0]);
	assert_ptr_equal(array->children[0]->buffers[1], time_values);
	pairs = array->children[1];
	assert_int_equal(pairs->length, 3);
	assert_int_equal(pairs->n_buffers, 1);
	assert_int_equal(pairs->children[0]->length, 6);
	assert_ptr_equal(pairs->children[0]->buffers[1], h_values);
	exported.schema.release(&exported.schema);
	exported.array.release(&exported.array);
	assert_null(exported.array.release);
	assert_int_equal(exported.n_released, 1);
}

/* A consumer may keep a child: it marks it as released, so that the parent leaves it alone. */
static void a_child_that_was_moved_out_keeps_the_data(void **state)
{
	struct exported exported;
	struct ArrowArray moved;

	(void)state;
	export_columns(&exported);
	moved = *exported.array.children[1];
	exported.array.children[1]->release = NULL;
	exported.array.release(&exported.array);
	assert_int_equal(exported.n_released, 0);
	assert_ptr_equal(moved.children[0]->buffers[1], h_values);
	moved.release(&moved);
	assert_int_equal(exported.n_released, 1);
	exported.schema.release(&exported.schema);
}

static void a_column_that_is_too_short_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct exported exported = {.n_released = 0};

	(void)state;
	assert_int_equal(carom_arrow_export(columns, data, 2, 4, count, &exported.n_released,
					    &exported.schema, &exported.array, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_error_says(&err, "time has 3 points, not 4\nleave it out");
	assert_null(exported.schema.release);
	assert_null(exported.array.release);
	assert_int_equal(exported.n_released, 0);
}

static void no_columns_are_an_array_without_children(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct exported exported = {.n_released = 0};

	(void)state;
	assert_int_equal(carom_arrow_export(NULL, NULL, 0, 7, NULL, NULL, &exported.schema,
					    &exported.array, &err),
			 0);
	assert_int_equal(exported.array.length, 7);
	assert_int_equal(exported.schema.n_children, 0);
	exported.schema.release(&exported.schema);
	exported.array.release(&exported.array);
}

static void without_memory_nothing_is_filled_and_nothing_released(void **state)
{
	int status = CAROM_ERROR_MEMORY, n = 0;
	struct exported exported;

	(void)state;
	for (; status == CAROM_ERROR_MEMORY; n++) {
		struct carom_error err = CAROM_ERROR_INIT;

		exported = (struct exported){.n_released = 0};
		mem_fail_after(n);
		status = carom_arrow_export(columns, data, 2, 3, count, &exported.n_released,
					    &exported.schema, &exported.array, &err);
		mem_fail_after(-1);
		assert_int_equal(exported.n_released, 0);
		assert_true((exported.schema.release != NULL) == (status == 0));
	}
	assert_int_equal(status, 0);
	assert_true(n > 10);
	exported.schema.release(&exported.schema);
	exported.array.release(&exported.array);
	assert_int_equal(exported.n_released, 1);
}

/* ---- results and RAW files ---- */

static void a_result_is_the_arrays_once_exported(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "tran1", "rc", 1);
	double *column = plot_add_vector(plot, "v(out)", "V", false, 2);
	struct exported exported;

	(void)state;
	column[0] = 1;
	column[1] = 2;
	assert_int_equal(
		carom_arrow_export_result(result, 1, &exported.schema, &exported.array, &err),
		CAROM_ERROR_NOT_FOUND);
	err = (struct carom_error)CAROM_ERROR_INIT;
	carom_arrow_export_result(result, 0, &exported.schema, &exported.array, &err);
	assert_ok(&err);
	assert_ptr_equal(exported.array.children[0]->buffers[1], column);
	assert_string_equal(exported.schema.children[0]->name, "v(out)");
	assert_unit(exported.schema.children[0], "V");
	exported.schema.release(&exported.schema);
	exported.array.release(&exported.array);
}

static const char file[] = "Title: rc\nPlotname: AC Analysis\nFlags: complex\nNo. Variables: 2\n"
			   "No. Points: 2\nVariables:\n\t0\tfrequency\tfrequency\n"
			   "\t1\tv(out)\tvoltage\nValues:\n"
			   " 0\t1,0\n\t0.5,-0.5\n\n 1\t10,0\n\t0.25,-0.125\n\n";

static void a_raw_file_is_read_into_an_array(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;
	int status = CAROM_ERROR_MEMORY, n = 0;
	struct exported exported;
	const double *frequency, *out;

	(void)state;
	carom_raw_open_memory(&raw, file, sizeof(file) - 1, "ac.raw", NULL, &err);
	assert_ok(&err);
	for (; status == CAROM_ERROR_MEMORY; n++) {
		err = (struct carom_error)CAROM_ERROR_INIT;
		mem_fail_after(n);
		status = carom_arrow_read_raw(carom_raw_plot(raw, 0), NULL, 0, NULL,
					      &exported.schema, &exported.array, &err);
		mem_fail_after(-1);
	}
	assert_ok(&err);
	assert_true(n > 10);
	carom_raw_close(raw);
	frequency = exported.array.children[0]->buffers[1];
	out = exported.array.children[1]->children[0]->buffers[1];
	assert_same_bits(frequency[1], 10);
	assert_same_bits(out[2], 0.25);
	assert_same_bits(out[3], -0.125);
	assert_unit(exported.schema.children[0], "Hz");
	exported.schema.release(&exported.schema);
	exported.array.release(&exported.array);
}

static void a_variable_that_is_not_there_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;
	const size_t variable = 2;
	struct exported exported;

	(void)state;
	carom_raw_open_memory(&raw, file, sizeof(file) - 1, "ac.raw", NULL, &err);
	assert_ok(&err);
	assert_int_equal(carom_arrow_read_raw(carom_raw_plot(raw, 0), &variable, 1, NULL,
					      &exported.schema, &exported.array, &err),
			 CAROM_ERROR_ARGUMENT);
	carom_raw_close(raw);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_schema_names_columns_with_their_units),
		cmocka_unit_test(numbers_stay_where_they_are),
		cmocka_unit_test(a_child_that_was_moved_out_keeps_the_data),
		cmocka_unit_test(a_column_that_is_too_short_is_refused),
		cmocka_unit_test(no_columns_are_an_array_without_children),
		cmocka_unit_test(without_memory_nothing_is_filled_and_nothing_released),
		cmocka_unit_test(a_result_is_the_arrays_once_exported),
		cmocka_unit_test(a_raw_file_is_read_into_an_array),
		cmocka_unit_test(a_variable_that_is_not_there_is_refused),
	};

	return run_all_tests(tests);
}
