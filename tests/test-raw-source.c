/* SPDX-License-Identifier: BSD-3-Clause */
/* Files: what cannot be mapped, and what becomes shorter while it is read. */
#include "raw/source.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support-simulators.h"
#include "support.h"

static const struct signals large = {.n_variables = 16, .n_points = 4096};

struct fixture {
	char folder[64], path[128];
	struct carom_error err;
	struct carom_raw *raw;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	strcpy(fixture->folder, "/tmp/carom-raw-XXXXXX");
	if (!mkdtemp(fixture->folder))
		return -1;
	snprintf(fixture->path, sizeof(fixture->path), "%s/x.raw", fixture->folder);
	carom_error_clear(&fixture->err);
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	carom_raw_close(fixture->raw);
	unlink(fixture->path);
	rmdir(fixture->folder);
	free(fixture);
	return 0;
}

static void write_file(const struct fixture *fixture, const struct signals *signals, unsigned flags)
{
	FILE *file = fopen(fixture->path, "w");
	struct text text = TEXT_INIT;

	write_signals(&text, CAROM_RAW_NGSPICE, signals, flags);
	assert_non_null(file);
	assert_int_equal(fwrite(text.data, 1, text.length, file), text.length);
	assert_int_equal(fclose(file), 0);
	text_release(&text);
}

static void open_file(struct fixture *fixture)
{
	carom_raw_open(&fixture->raw, fixture->path, NULL, &fixture->err);
	assert_ok(&fixture->err);
}

static int open_path(struct fixture *fixture)
{
	return carom_raw_open(&fixture->raw, fixture->path, NULL, &fixture->err);
}

static int read_all(struct fixture *fixture)
{
	struct carom_raw_columns *columns = NULL;
	int status = carom_raw_plot_read_columns(carom_raw_plot(fixture->raw, 0), NULL, 0, NULL,
						 &columns, &fixture->err);

	carom_raw_columns_free(columns);
	return status;
}

static void a_file_reads_as_its_bytes_do(void **state)
{
	struct fixture *fixture = *state;

	write_file(fixture, &large, 0);
	open_file(fixture);
	assert_signals(carom_raw_plot(fixture->raw, 0), &large);
}

static void a_missing_file_is_told(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(open_path(fixture), CAROM_ERROR_SYSTEM);
	assert_non_null(strstr(fixture->err.text, "x.raw: No such file"));
	assert_null(fixture->raw);
}

static void an_empty_file_is_told(void **state)
{
	struct fixture *fixture = *state;

	close(creat(fixture->path, 0600));
	assert_int_equal(open_path(fixture), CAROM_ERROR_FORMAT);
	assert_string_equal(fixture->err.text, "the file is empty");
	assert_int_equal(fixture->err.offset, 0);
}

static void a_directory_is_told(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(carom_raw_open(&fixture->raw, fixture->folder, NULL, &fixture->err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(fixture->err.text, "this is a directory");
	assert_string_equal(fixture->err.source, fixture->folder);
}

static void a_pipe_is_told_and_not_waited_for(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(mkfifo(fixture->path, 0600), 0);
	assert_int_equal(open_path(fixture), CAROM_ERROR_ARGUMENT);
	assert_error_says(&fixture->err, "this is a pipe\nsave the data in a file first");
}

static void a_device_is_told(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(carom_raw_open(&fixture->raw, "/dev/zero", NULL, &fixture->err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(fixture->err.text, "this is a device");
}

/* ---- large files ---- */

/* Kilobytes of files that count as this process's memory. */
static long resident_of_files(void)
{
	FILE *file = fopen("/proc/self/status", "r");
	long kilobytes = -1;
	char line[128];

	assert_non_null(file);
	while (fgets(line, sizeof(line), file) && kilobytes < 0)
		sscanf(line, "RssFile: %ld kB", &kilobytes);
	fclose(file);
	assert_true(kilobytes > 0);
	return kilobytes;
}

/* All zeros, which a file system need not store. */
static void write_large(const struct fixture *fixture, size_t n_variables, size_t n_points)
{
	FILE *file = fopen(fixture->path, "w");

	assert_non_null(file);
	fprintf(file, "Title: x\nFlags: real\nNo. Variables: %zu\nNo. Points: %zu\nVariables:\n",
		n_variables, n_points);
	for (size_t i = 0; i < n_variables; i++)
		fprintf(file, "\t%zu\tv%zu\tvoltage\n", i, i);
	fprintf(file, "Binary:\n");
	assert_int_equal(fflush(file), 0);
	assert_int_equal(ftruncate(fileno(file), ftell(file) + (off_t)(8 * n_variables * n_points)),
			 0);
	assert_int_equal(fclose(file), 0);
}

static void a_large_file_that_is_read_in_parts_stays_out_of_memory(void **state)
{
	enum { N_VARIABLES = 500, N_POINTS = 35000, PART = 3500 };
	static double column[PART], *to = column;
	struct fixture *fixture = *state;
	const size_t variable = 3;
	long before;

	write_large(fixture, N_VARIABLES, N_POINTS);
	open_file(fixture);
	before = resident_of_files();
	for (size_t first = 0; first < N_POINTS; first += PART) {
		const struct carom_raw_range range = {
			.size = sizeof(range), .first = first, .n_points = PART};

		carom_raw_plot_read(carom_raw_plot(fixture->raw, 0), &variable, 1, &to, &range,
				    &fixture->err);
		assert_ok(&fixture->err);
	}
	assert_true(resident_of_files() - before < 8 * N_VARIABLES * N_POINTS / 1024 / 4);
}

/* ---- files that become shorter ---- */

static void assert_shorter(struct fixture *fixture)
{
	assert_int_equal(read_all(fixture), CAROM_ERROR_SYSTEM);
	assert_error_says(&fixture->err,
			  "the file became shorter, or cannot be read\nopen it again");
	assert_string_equal(fixture->err.source, fixture->path);
}

/* To nothing, within a page, and in between. */
static void a_file_that_became_shorter_is_an_error_for_ever(void **state)
{
	static const off_t sizes[] = {0, 100, 4096, 300000, 524500};
	struct fixture *fixture = *state;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		for (unsigned flags = 0; flags <= WRITER_TEXT; flags += WRITER_TEXT) {
			write_file(fixture, &large, flags);
			open_file(fixture);
			assert_int_equal(truncate(fixture->path, sizes[i]), 0);
			assert_shorter(fixture);
			carom_error_clear(&fixture->err);
			write_file(fixture, &large, flags); /* as long as before */
			assert_shorter(fixture);
			carom_raw_close(fixture->raw);
			fixture->raw = NULL;
			carom_error_clear(&fixture->err);
		}
	}
}

struct cutting {
	const char *path;
	unsigned n_calls;
};

static int cut_file(void *arg, uint64_t done, uint64_t total)
{
	struct cutting *cutting = arg;

	assert_true(done <= total);
	if (cutting->n_calls++ == 0)
		assert_int_equal(truncate(cutting->path, 1000), 0);
	return 0;
}

static void a_file_may_become_shorter_while_threads_read_it(void **state)
{
	static double values[16][4096];
	struct fixture *fixture = *state;
	struct cutting cutting = {fixture->path, 0};
	const struct carom_raw_range range = {.size = sizeof(range),
					      .n_threads = 3,
					      .progress = cut_file,
					      .progress_arg = &cutting};
	double *columns[16];
	size_t variables[16];

	for (size_t i = 0; i < 16; i++) {
		columns[i] = values[i];
		variables[i] = i;
	}
	write_file(fixture, &large, 0);
	open_file(fixture);
	assert_int_equal(carom_raw_plot_read(carom_raw_plot(fixture->raw, 0), variables, 16,
					     columns, &range, &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_true(cutting.n_calls > 0);
}

/* ---- the host's own handler ---- */

static void exit_by_handler(int number)
{
	_exit(number == SIGBUS ? 77 : 1);
}

/* Has the host's handler what is not the library's, while a file is open and read? */
static int raise_while_reading(void *arg, uint64_t done, uint64_t total)
{
	(void)arg;
	(void)done;
	(void)total;
	raise(SIGBUS);
	return 0;
}

static int status_of_child(const struct fixture *fixture, bool has_handler)
{
	const struct carom_raw_range range = {.size = sizeof(range),
					      .progress = raise_while_reading};
	const size_t variable = 1;
	double values[4096], *column = values;
	struct carom_raw *raw = NULL;
	int status;
	pid_t child = fork();

	if (child == 0) {
		signal(SIGBUS, has_handler ? exit_by_handler : SIG_DFL);
		carom_raw_open(&raw, fixture->path, NULL, NULL);
		carom_raw_plot_read(carom_raw_plot(raw, 0), &variable, 1, &column, &range, NULL);
		_exit(2);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static void signals_that_are_not_the_librarys_are_the_hosts(void **state)
{
	struct fixture *fixture = *state;
	int status;

	write_file(fixture, &large, 0);
	status = status_of_child(fixture, true);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 77);
}

static void the_hosts_handler_is_back_when_a_call_ends(void **state)
{
	struct fixture *fixture = *state;
	struct sigaction before, after;

	write_file(fixture, &large, 0);
	sigaction(SIGBUS, NULL, &before);
	open_file(fixture);
	assert_int_equal(read_all(fixture), 0);
	sigaction(SIGBUS, NULL, &after);
	assert_true(before.sa_handler == after.sa_handler);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_file_reads_as_its_bytes_do),
		CASE(a_missing_file_is_told),
		CASE(an_empty_file_is_told),
		CASE(a_directory_is_told),
		CASE(a_pipe_is_told_and_not_waited_for),
		CASE(a_device_is_told),
		CASE(a_large_file_that_is_read_in_parts_stays_out_of_memory),
		CASE(a_file_that_became_shorter_is_an_error_for_ever),
		CASE(a_file_may_become_shorter_while_threads_read_it),
		CASE(signals_that_are_not_the_librarys_are_the_hosts),
		CASE(the_hosts_handler_is_back_when_a_call_ends),
	};

	return run_all_tests(tests);
}
