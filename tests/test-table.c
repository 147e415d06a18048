/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of tables as files; that NumPy and ngspice read them is tested in tests/cli-run.sh. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "carom-table.h"
#include "support.h"

struct fixture {
	char folder[64], path[96];
	struct carom_error err;
	int n_reads;
	char *content; /* of the file, as read last */
	size_t length;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/carom-test.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->path, sizeof(fixture->path), "%s/out", fixture->folder);
	fixture->err = (struct carom_error)CAROM_ERROR_INIT;
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	unlink(fixture->path);
	assert_int_equal(rmdir(fixture->folder), 0); /* nothing else was left */
	free(fixture->content);
	free(fixture);
	return 0;
}

/* ---- tables ---- */

/* time: the point's number; v(out): half of it; h: (number, -number). */
static double number_of(size_t column, size_t part, size_t point)
{
	if (column == 1)
		return (double)point / 2;
	return part == 0 ? (double)point : -(double)point;
}

static int read_numbers(const struct carom_column *columns, size_t n_columns, size_t first,
			size_t n, double *values)
{
	for (size_t i = 0; i < n_columns; i++) {
		size_t width = columns[i].is_complex ? 2 : 1;

		for (size_t k = 0; k < width * n; k++)
			*values++ = number_of(i, k % width, first + k / width);
	}
	return 0;
}

#define TIME                                               \
	{                                                  \
		.name = "time", .unit = "s", .n_points = 3 \
	}
#define OUT                                                  \
	{                                                    \
		.name = "v(out)", .unit = "V", .n_points = 3 \
	}
#define H                                                      \
	{                                                      \
		.name = "h", .n_points = 3, .is_complex = true \
	}

static const struct carom_column real_columns[] = {TIME, OUT};
static const struct carom_column complex_columns[] = {TIME, OUT, H};

static int read_real(void *arg, size_t first, size_t n, double *values, struct carom_error *err)
{
	(void)err;
	if (arg)
		((struct fixture *)arg)->n_reads++;
	return read_numbers(real_columns, 2, first, n, values);
}

static int read_complex(void *arg, size_t first, size_t n, double *values, struct carom_error *err)
{
	(void)arg;
	(void)err;
	return read_numbers(complex_columns, 3, first, n, values);
}

static const struct carom_table real_table = {.title = "rc",
					      .name = "Transient Analysis",
					      .date = "Mon Nov 23 18:04:25 2026",
					      .n_points = 3,
					      .n_columns = 2,
					      .columns = real_columns,
					      .read = read_real};
static const struct carom_table complex_table = {.title = "rc",
						 .name = "AC Analysis",
						 .date = "Mon Nov 23 18:04:25 2026",
						 .n_points = 3,
						 .n_columns = 3,
						 .columns = complex_columns,
						 .read = read_complex};

static void read_file(struct fixture *fixture)
{
	FILE *file = fopen(fixture->path, "r");

	assert_non_null(file);
	free(fixture->content);
	fseek(file, 0, SEEK_END);
	fixture->length = (size_t)ftell(file);
	rewind(file);
	fixture->content = calloc(fixture->length + 1, 1);
	assert_int_equal(fread(fixture->content, 1, fixture->length, file), fixture->length);
	fclose(file);
}

static void write_table(struct fixture *fixture, const struct carom_table *table,
			enum carom_format format)
{
	carom_tables_write(table, 1, format, fixture->path, NULL, &fixture->err);
	assert_ok(&fixture->err);
	read_file(fixture);
}

/* The head is that text, and what follows those numbers, or nothing. */
static void assert_head_and_numbers(const struct fixture *fixture, const char *head,
				    const double *numbers, size_t n)
{
	size_t length = strlen(head);

	assert_true(fixture->length >= length);
	assert_memory_equal(fixture->content, head, length);
	assert_int_equal(fixture->length, length + n * sizeof(*numbers));
	assert_memory_equal(fixture->content + length, numbers, n * sizeof(*numbers));
}

/* ---- CSV ---- */

static void csv_is_a_line_for_each_point(void **state)
{
	struct fixture *fixture = *state;

	write_table(fixture, &complex_table, CAROM_FORMAT_CSV);
	assert_string_equal(fixture->content, "\"time [s]\",\"v(out) [V]\",\"h re\",\"h im\"\n"
					      "0,0,0,-0\n"
					      "1,0.5,1,-1\n"
					      "2,1,2,-2\n");
}

static void csv_quotes_names_that_need_it(void **state)
{
	struct fixture *fixture = *state;
	struct carom_column columns[] = {{.name = "a,b", .n_points = 1},
					 {.name = "say \"x\"", .n_points = 1}};
	struct carom_table table = real_table;

	table.columns = columns;
	table.n_points = 1;
	write_table(fixture, &table, CAROM_FORMAT_CSV);
	assert_string_equal(fixture->content, "\"a,b\",\"say \"\"x\"\"\"\n0,0\n");
}

static void csv_is_empty_behind_the_end_of_a_column(void **state)
{
	struct fixture *fixture = *state;
	struct carom_column columns[] = {TIME, OUT, H};
	struct carom_table table = complex_table;

	table.columns = columns;
	columns[1].n_points = 1;
	columns[2].n_points = 2;
	write_table(fixture, &table, CAROM_FORMAT_CSV);
	assert_string_equal(strchr(fixture->content, '\n') + 1, "0,0,0,-0\n1,,1,-1\n2,,,\n");
}

/* ---- RAW ---- */

#define RAW_HEAD(plot, flags, n)                                                       \
	"Title: rc\nDate: Mon Nov 23 18:04:25 2026\nPlotname: " plot "\nFlags: " flags \
	"\nNo. Variables: " n "\nNo. Points: 3\n"

static void raw_has_point_behind_point(void **state)
{
	static const double numbers[] = {0, 0, 1, 0.5, 2, 1};
	struct fixture *fixture = *state;

	write_table(fixture, &real_table, CAROM_FORMAT_RAW);
	assert_head_and_numbers(
		fixture,
		RAW_HEAD("Transient Analysis", "real",
			 "2") "Variables:\n\t0\ttime\ttime\n\t1\tv(out)\tvoltage\nBinary:\n",
		numbers, 6);
}

static void raw_is_complex_altogether(void **state)
{
	static const double numbers[] = {0, 0, 0,  0, 0, -0.0, 1, 0, 0.5,
					 0, 1, -1, 2, 0, 1,    0, 2, -2};
	struct fixture *fixture = *state;

	write_table(fixture, &complex_table, CAROM_FORMAT_RAW);
	assert_head_and_numbers(fixture,
				RAW_HEAD("AC Analysis", "complex",
					 "3") "Variables:\n\t0\ttime\ttime\n\t1\tv(out)\tvoltage\n"
					      "\t2\th\tnotype\nBinary:\n",
				numbers, 18);
}

static void raw_holds_several_tables(void **state)
{
	static const double numbers[] = {0, 0, 1, 0.5, 2, 1};
	const struct carom_table tables[] = {real_table, real_table};
	struct fixture *fixture = *state;
	size_t half;

	carom_tables_write(tables, 2, CAROM_FORMAT_RAW, fixture->path, NULL, &fixture->err);
	assert_ok(&fixture->err);
	read_file(fixture);
	half = fixture->length / 2;
	assert_memory_equal(fixture->content, fixture->content + half, half);
	assert_memory_equal(fixture->content + half - sizeof(numbers), numbers, sizeof(numbers));
}

static void raw_of_numbers_as_text(void **state)
{
	struct fixture *fixture = *state;
	const char *values;

	write_table(fixture, &complex_table, CAROM_FORMAT_ASCII);
	values = strstr(fixture->content, "Values:\n");
	assert_non_null(values);
	assert_string_equal(values, "Values:\n"
				    " 0\t0,0\n\t0,0\n\t0,-0\n\n"
				    " 1\t1,0\n\t0.5,0\n\t1,-1\n\n"
				    " 2\t2,0\n\t1,0\n\t2,-2\n\n");
}

static void raw_keeps_the_type_that_is_known_and_words_whole(void **state)
{
	struct carom_column columns[] = {
		{.name = "temp sweep", .unit = "C", .type = "temp-sweep", .n_points = 3}, OUT};
	struct fixture *fixture = *state;
	struct carom_table table = real_table;

	table.columns = columns;
	table.title = "two\nlines";
	write_table(fixture, &table, CAROM_FORMAT_RAW);
	assert_non_null(strstr(fixture->content, "\n\t0\ttemp_sweep\ttemp-sweep\n"));
	assert_memory_equal(fixture->content, "Title: two lines\nDate", 21);
}

static void raw_has_nan_behind_the_end_of_a_column(void **state)
{
	struct carom_column columns[] = {TIME, OUT};
	struct fixture *fixture = *state;
	struct carom_table table = real_table;
	double numbers[6];

	table.columns = columns;
	columns[1].n_points = 1;
	write_table(fixture, &table, CAROM_FORMAT_RAW);
	memcpy(numbers, fixture->content + fixture->length - sizeof(numbers), sizeof(numbers));
	assert_same_bits(numbers[1], 0);
	assert_true(isnan(numbers[3]) && isnan(numbers[5]));
	assert_same_bits(numbers[4], 2);
}

static void ltspice_has_its_head_in_utf_16(void **state)
{
	static const double numbers[] = {0, 0, 1, 0.5, 2, 1};
	struct fixture *fixture = *state;
	char narrow[1024] = "";
	size_t head;

	write_table(fixture, &real_table, CAROM_FORMAT_LTSPICE);
	head = fixture->length - sizeof(numbers);
	for (size_t i = 0; i < head; i += 2) {
		narrow[i / 2] = fixture->content[i];
		assert_int_equal(fixture->content[i + 1], 0);
	}
	assert_memory_equal(narrow,
			    RAW_HEAD("Transient Analysis", "real forward double", "2") "Offset: ",
			    strlen(RAW_HEAD("Transient Analysis", "real forward double", "2")) + 8);
	assert_non_null(strstr(narrow, "\nCommand: LTspice"));
	assert_non_null(strstr(narrow, "\n\t1\tv(out)\tvoltage\nBinary:\n"));
	assert_memory_equal(fixture->content + head, numbers, sizeof(numbers));
}

/* ---- NumPy ---- */

static void npy_is_an_array_of_records(void **state)
{
	static const double numbers[] = {0, 0, 0, -0.0, 1, 0.5, 1, -1, 2, 1, 2, -2};
	static const char dictionary[] =
		"{'descr': [('time', '<f8'), ('v(out)', '<f8'), ('h', '<c16'), ], "
		"'fortran_order': False, 'shape': (3,), }";
	struct fixture *fixture = *state;
	size_t head;

	write_table(fixture, &complex_table, CAROM_FORMAT_NPY);
	head = fixture->length - sizeof(numbers);
	assert_int_equal(head % 64, 0);
	assert_memory_equal(fixture->content, "\x93NUMPY\x01\x00", 8);
	assert_int_equal((unsigned char)fixture->content[8] + 256 * fixture->content[9], head - 10);
	assert_memory_equal(fixture->content + 10, dictionary, strlen(dictionary));
	assert_int_equal(fixture->content[head - 1], '\n');
	assert_memory_equal(fixture->content + head, numbers, sizeof(numbers));
}

static void npy_tells_columns_of_one_name_apart(void **state)
{
	struct carom_column columns[] = {{.name = "it's", .n_points = 3},
					 {.name = "it's", .n_points = 3}};
	struct fixture *fixture = *state;
	struct carom_table table = real_table;

	table.columns = columns;
	write_table(fixture, &table, CAROM_FORMAT_NPY);
	assert_non_null(
		strstr(fixture->content + 10, "[('it\\'s', '<f8'), ('it\\'s_2', '<f8'), ]"));
}

/* Its version says that the head is UTF-8, or longer than version 1 can have it. */
static void npy_has_the_version_that_its_head_needs(void **state)
{
	enum { N = 4000 };
	struct fixture *fixture = *state;
	struct carom_column beyond_ascii[] = {TIME, {.name = "v(µ)", .n_points = 3}};
	struct carom_column *many = calloc(N, sizeof(*many));
	struct carom_table table = real_table;

	table.columns = beyond_ascii;
	write_table(fixture, &table, CAROM_FORMAT_NPY);
	assert_memory_equal(fixture->content, "\x93NUMPY\x03\x00", 8);
	for (size_t i = 0; i < N; i++)
		many[i] = (struct carom_column){.name = "name"};
	table.columns = many;
	table.n_columns = N;
	table.n_points = 0;
	write_table(fixture, &table, CAROM_FORMAT_NPY);
	assert_memory_equal(fixture->content, "\x93NUMPY\x02\x00", 8);
	assert_int_equal(fixture->length % 64, 0);
	free(many);
}

static void npz_is_an_archive_of_aligned_arrays(void **state)
{
	struct fixture *fixture = *state;
	const char *at, *end;
	int n = 0;

	write_table(fixture, &complex_table, CAROM_FORMAT_NPZ);
	end = fixture->content + fixture->length;
	assert_memory_equal(fixture->content, "PK\3\4", 4);
	for (at = fixture->content; at + 6 < end; at++) {
		if (memcmp(at, "\x93NUMPY", 6) == 0) {
			assert_int_equal((at - fixture->content) % 64, 0);
			n++;
		}
	}
	assert_int_equal(n, 3);
	assert_memory_equal(end - 22, "PK\5\6", 4);
}

static void npz_needs_a_file(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(carom_tables_write(&real_table, 1, CAROM_FORMAT_NPZ, "/dev/null", NULL,
					    &fixture->err),
			 CAROM_ERROR_ARGUMENT);
	assert_error_says(&fixture->err, "/dev/null is no file, which npz needs");
}

/* ---- all ---- */

static void formats_are_known_by_name_and_by_the_end_of_a_path(void **state)
{
	(void)state;
	assert_int_equal(carom_format_of_name("npz"), CAROM_FORMAT_NPZ);
	assert_int_equal(carom_format_of_name("LTspice"), CAROM_FORMAT_LTSPICE);
	assert_int_equal(carom_format_of_name("ascii"), CAROM_FORMAT_ASCII);
	assert_int_equal(carom_format_of_name(""), CAROM_FORMAT_NONE);
	assert_int_equal(carom_format_of_name("xls"), CAROM_FORMAT_NONE);
	assert_int_equal(carom_format_of_path("a.b/c.RAW"), CAROM_FORMAT_RAW);
	assert_int_equal(carom_format_of_path("c.csv"), CAROM_FORMAT_CSV);
	assert_int_equal(carom_format_of_path("csv"), CAROM_FORMAT_NONE);
	assert_int_equal(carom_format_of_path("a.csv/c"), CAROM_FORMAT_NONE);
	assert_string_equal(carom_format_name(CAROM_FORMAT_NPY), "npy");
	assert_string_equal(carom_format_name((enum carom_format)77), "");
}

static void what_a_format_cannot_hold_is_refused(void **state)
{
	const struct carom_table tables[] = {real_table, real_table};
	struct fixture *fixture = *state;

	assert_int_equal(
		carom_tables_write(tables, 2, CAROM_FORMAT_CSV, fixture->path, NULL, &fixture->err),
		CAROM_ERROR_ARGUMENT);
	assert_error_says(&fixture->err,
			  "a csv file holds one table, not 2\nwrite one file for each");
	assert_int_equal(carom_tables_write(tables, 0, CAROM_FORMAT_RAW, fixture->path, NULL, NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_int_equal(
		carom_tables_write(tables, 1, CAROM_FORMAT_NONE, fixture->path, NULL, NULL),
		CAROM_ERROR_ARGUMENT);
	assert_int_equal(access(fixture->path, F_OK), -1);
}

/* More points than any block holds. */
static struct carom_table long_table(struct fixture *fixture, struct carom_column columns[2])
{
	struct carom_table table = real_table;

	memcpy(columns, real_columns, sizeof(real_columns));
	table.n_points = columns[0].n_points = columns[1].n_points = 3000000;
	table.columns = columns;
	table.arg = fixture;
	return table;
}

static void long_tables_go_block_by_block(void **state)
{
	static const enum carom_format formats[] = {CAROM_FORMAT_RAW, CAROM_FORMAT_NPY,
						    CAROM_FORMAT_LTSPICE};
	struct fixture *fixture = *state;
	struct carom_column columns[2];
	struct carom_table table = long_table(fixture, columns);
	size_t size = 2 * table.n_points * sizeof(double);

	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		const char *numbers;

		fixture->n_reads = 0;
		write_table(fixture, &table, formats[i]);
		assert_true(fixture->n_reads > 10);
		numbers = fixture->content + fixture->length - size;
		for (size_t point = 0; point < table.n_points; point++) {
			double pair[2];

			memcpy(pair, numbers + point * sizeof(pair), sizeof(pair));
			assert_true(pair[0] == (double)point && pair[1] == (double)point / 2);
		}
	}
}

static void npz_of_a_long_table_has_its_columns_whole(void **state)
{
	struct fixture *fixture = *state;
	struct carom_column columns[2];
	struct carom_table table = long_table(fixture, columns);
	const char *numbers;

	write_table(fixture, &table, CAROM_FORMAT_NPZ);
	assert_true(fixture->n_reads > 2);
	numbers = memmem(fixture->content, fixture->length, "(3000000,)", 10);
	assert_non_null(numbers);
	numbers = memchr(numbers, '\n', 128);
	for (size_t point = 0; point < table.n_points; point++) {
		double value;

		memcpy(&value, numbers + 1 + point * sizeof(value), sizeof(value));
		assert_true(value == (double)point);
	}
}

struct telling {
	int n;
	double last;
	int most; /* then it is cancelled */
};

static bool tell(void *arg, double fraction)
{
	struct telling *telling = arg;

	assert_true(fraction >= telling->last && fraction <= 1);
	telling->last = fraction;
	return ++telling->n < telling->most;
}

static void it_can_be_cancelled_and_leaves_nothing(void **state)
{
	struct fixture *fixture = *state;
	struct telling telling = {.most = 1};
	struct carom_table_options options = {
		.size = sizeof(options), .progress = tell, .progress_arg = &telling};
	struct carom_column columns[2];
	struct carom_table table = long_table(fixture, columns);

	assert_int_equal(carom_tables_write(&table, 1, CAROM_FORMAT_CSV, fixture->path, &options,
					    &fixture->err),
			 CAROM_ERROR_CANCELLED);
	assert_int_equal(telling.n, 1);
	assert_int_equal(access(fixture->path, F_OK), -1);
}

static int fail_to_read(void *arg, size_t first, size_t n, double *values, struct carom_error *err)
{
	struct fixture *fixture = arg;

	(void)n;
	(void)values;
	(void)first;
	fixture->n_reads++;
	snprintf(err->text, sizeof(err->text), "the file ends early");
	return err->status = CAROM_ERROR_FORMAT;
}

static void what_cannot_be_read_is_not_written(void **state)
{
	struct fixture *fixture = *state;
	struct carom_table table = real_table;

	table.read = fail_to_read;
	table.arg = fixture;
	for (int i = CAROM_FORMAT_CSV; i <= CAROM_FORMAT_LTSPICE; i++) {
		fixture->err = (struct carom_error)CAROM_ERROR_INIT;
		assert_int_equal(carom_tables_write(&table, 1, (enum carom_format)i, fixture->path,
						    NULL, &fixture->err),
				 CAROM_ERROR_FORMAT);
		assert_error_says(&fixture->err, "the file ends early");
		assert_int_equal(access(fixture->path, F_OK), -1);
	}
	assert_int_equal(fixture->n_reads, 6);
}

static void on_a_full_disk_the_rest_is_not_read(void **state)
{
	struct fixture *fixture = *state;
	struct carom_column columns[2];
	struct carom_table table = long_table(fixture, columns);

	assert_int_equal(
		carom_tables_write(&table, 1, CAROM_FORMAT_RAW, "/dev/full", NULL, &fixture->err),
		CAROM_ERROR_SYSTEM);
	assert_error_says(&fixture->err, "cannot write /dev/full: No space left on device");
	assert_true(fixture->n_reads < 5);
}

static void a_table_without_points_is_a_head(void **state)
{
	struct carom_column columns[] = {TIME, OUT};
	struct fixture *fixture = *state;
	struct carom_table table = real_table;

	table.columns = columns;
	table.n_points = columns[0].n_points = columns[1].n_points = 0;
	write_table(fixture, &table, CAROM_FORMAT_CSV);
	assert_string_equal(fixture->content, "\"time [s]\",\"v(out) [V]\"\n");
	write_table(fixture, &table, CAROM_FORMAT_RAW);
	assert_memory_equal(fixture->content + fixture->length - 8, "Binary:\n", 8);
	write_table(fixture, &table, CAROM_FORMAT_NPZ);
	write_table(fixture, &table, CAROM_FORMAT_NPY);
	assert_non_null(strstr(fixture->content + 10, "'shape': (0,)"));
}

static void without_memory_nothing_is_left(void **state)
{
	struct fixture *fixture = *state;

	for (int i = CAROM_FORMAT_CSV; i <= CAROM_FORMAT_LTSPICE; i++) {
		int status = CAROM_ERROR_MEMORY, n = 0;

		for (; status == CAROM_ERROR_MEMORY; n++) {
			fixture->err = (struct carom_error)CAROM_ERROR_INIT;
			mem_fail_after(n);
			status = carom_tables_write(&complex_table, 1, (enum carom_format)i,
						    fixture->path, NULL, &fixture->err);
			mem_fail_after(-1);
			assert_int_equal(access(fixture->path, F_OK), status == 0 ? 0 : -1);
		}
		assert_int_equal(status, 0);
		assert_true(n > 4);
		unlink(fixture->path);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(csv_is_a_line_for_each_point),
		CASE(csv_quotes_names_that_need_it),
		CASE(csv_is_empty_behind_the_end_of_a_column),
		CASE(raw_has_point_behind_point),
		CASE(raw_is_complex_altogether),
		CASE(raw_holds_several_tables),
		CASE(raw_of_numbers_as_text),
		CASE(raw_keeps_the_type_that_is_known_and_words_whole),
		CASE(raw_has_nan_behind_the_end_of_a_column),
		CASE(ltspice_has_its_head_in_utf_16),
		CASE(npy_is_an_array_of_records),
		CASE(npy_tells_columns_of_one_name_apart),
		CASE(npy_has_the_version_that_its_head_needs),
		CASE(npz_is_an_archive_of_aligned_arrays),
		CASE(npz_needs_a_file),
		cmocka_unit_test(formats_are_known_by_name_and_by_the_end_of_a_path),
		CASE(what_a_format_cannot_hold_is_refused),
		CASE(long_tables_go_block_by_block),
		CASE(npz_of_a_long_table_has_its_columns_whole),
		CASE(it_can_be_cancelled_and_leaves_nothing),
		CASE(what_cannot_be_read_is_not_written),
		CASE(on_a_full_disk_the_rest_is_not_read),
		CASE(a_table_without_points_is_a_head),
		CASE(without_memory_nothing_is_left),
	};

	return run_all_tests(tests);
}
