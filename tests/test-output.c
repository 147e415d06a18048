/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of files that are whole or not there. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/output.h"
#include "support.h"

struct fixture {
	char folder[64], path[96];
	struct carom_error err;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	snprintf(fixture->folder, sizeof(fixture->folder), "/tmp/carom-test.XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->path, sizeof(fixture->path), "%s/out.csv", fixture->folder);
	fixture->err = (struct carom_error)CAROM_ERROR_INIT;
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	unlink(fixture->path);
	assert_int_equal(rmdir(fixture->folder), 0); /* nothing else was left */
	free(fixture);
	return 0;
}

static struct output *open_output(struct fixture *fixture)
{
	struct output *output;

	assert_int_equal(output_open(&output, fixture->path, &fixture->err), 0);
	return output;
}

static int n_entries(const struct fixture *fixture)
{
	DIR *folder = opendir(fixture->folder);
	int n = -2; /* "." and ".." */

	while (readdir(folder))
		n++;
	closedir(folder);
	return n;
}

static void assert_content(const struct fixture *fixture, const char *expected)
{
	char content[256];
	FILE *file = fopen(fixture->path, "r");
	size_t n;

	assert_non_null(file);
	n = fread(content, 1, sizeof(content) - 1, file);
	content[n] = '\0';
	fclose(file);
	assert_string_equal(content, expected);
}

static void write_content(struct fixture *fixture, const char *content)
{
	struct output *output = open_output(fixture);

	output_puts(output, content);
	assert_int_equal(output_finish(output, true, &fixture->err), 0);
}

static void it_has_its_name_when_it_is_whole(void **state)
{
	struct fixture *fixture = *state;
	struct output *output = open_output(fixture);

	output_puts(output, "a,b\n");
	assert_int_equal(access(fixture->path, F_OK), -1);
	output_write(output, "1,2\n", 4);
	assert_int_equal(output_finish(output, true, &fixture->err), 0);
	assert_content(fixture, "a,b\n1,2\n");
	assert_int_equal(n_entries(fixture), 1);
}

static void what_had_the_name_stays_until_then(void **state)
{
	struct fixture *fixture = *state;
	struct output *output;

	write_content(fixture, "old");
	output = open_output(fixture);
	output_puts(output, "new");
	assert_content(fixture, "old");
	assert_int_equal(output_finish(output, false, &fixture->err), 0);
	assert_content(fixture, "old");
	write_content(fixture, "new");
	assert_content(fixture, "new");
	assert_int_equal(n_entries(fixture), 1);
}

static void two_at_a_time_do_not_mix(void **state)
{
	struct fixture *fixture = *state;
	struct output *one = open_output(fixture), *other = open_output(fixture);

	output_puts(one, "one");
	output_puts(other, "other");
	assert_int_equal(output_finish(one, true, &fixture->err), 0);
	assert_int_equal(output_finish(other, true, &fixture->err), 0);
	assert_content(fixture, "other");
}

static void more_than_the_buffer_holds_goes_out_in_order(void **state)
{
	enum { N = 1 << 20 };
	struct fixture *fixture = *state;
	struct output *output = open_output(fixture);
	char *bytes = malloc(N), *read = malloc(N + 8);
	FILE *file;

	for (size_t i = 0; i < N; i++)
		bytes[i] = (char)random_below(256);
	output_puts(output, "head");
	output_write(output, bytes, N);
	output_puts(output, "tail");
	assert_int_equal(output_finish(output, true, &fixture->err), 0);
	file = fopen(fixture->path, "r");
	assert_int_equal(fread(read, 1, N + 8, file), N + 8);
	assert_int_equal(fgetc(file), EOF);
	assert_memory_equal(read, "head", 4);
	assert_memory_equal(read + 4, bytes, N);
	assert_memory_equal(read + 4 + N, "tail", 4);
	fclose(file);
	free(bytes);
	free(read);
}

static void bytes_can_be_placed(void **state)
{
	struct fixture *fixture = *state;
	struct output *output = open_output(fixture);

	assert_true(output_can_place(output));
	output_place(output, 4, "efg", 3);
	output_place(output, 0, "abcd", 4);
	assert_int_equal(output_finish(output, true, &fixture->err), 0);
	assert_content(fixture, "abcdefg");
}

static void permissions_are_those_of_any_file(void **state)
{
	struct fixture *fixture = *state;
	struct stat found;
	mode_t mask = umask(027);

	write_content(fixture, "x");
	umask(mask);
	assert_int_equal(stat(fixture->path, &found), 0);
	assert_int_equal(found.st_mode & 0777, 0640);
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
	struct fixture *fixture = *state;
	struct output *output;

	assert_int_equal(output_open(&output, "/nonexistent/x.csv", &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_null(output);
	assert_error_says(&fixture->err,
			  "cannot write /nonexistent/x.csv: No such file or directory");
}

/* A folder there is no file, and it cannot be written to. */
static void a_folder_cannot_be_written(void **state)
{
	struct fixture *fixture = *state;
	struct output *output;

	assert_int_equal(output_open(&output, "/tmp", &fixture->err), CAROM_ERROR_SYSTEM);
	assert_error_says(&fixture->err, "cannot write /tmp: Is a directory");
}

static void a_full_disk_is_an_error_in_the_end(void **state)
{
	struct fixture *fixture = *state;
	struct output *output;
	char zeros[4096] = {0};

	assert_int_equal(output_open(&output, "/dev/full", &fixture->err), 0);
	assert_false(output_can_place(output));
	for (int i = 0; i < 100; i++)
		output_write(output, zeros, sizeof(zeros));
	assert_true(output_has_failed(output));
	assert_int_equal(output_finish(output, true, &fixture->err), CAROM_ERROR_SYSTEM);
	assert_error_says(&fixture->err, "cannot write /dev/full: No space left on device");
}

static void a_pipe_is_written_to_as_it_is(void **state)
{
	struct fixture *fixture = *state;
	struct output *output;
	char read_back[8] = "";
	int reader;

	assert_int_equal(mkfifo(fixture->path, 0600), 0);
	reader = open(fixture->path, O_RDONLY | O_NONBLOCK);
	output = open_output(fixture);
	assert_false(output_can_place(output));
	output_puts(output, "1,2\n");
	assert_int_equal(output_finish(output, true, &fixture->err), 0);
	assert_int_equal(read(reader, read_back, sizeof(read_back)), 4);
	assert_memory_equal(read_back, "1,2\n", 4);
	close(reader);
}

static void without_memory_nothing_is_left(void **state)
{
	struct fixture *fixture = *state;
	struct output *output;
	int status = CAROM_ERROR_MEMORY, n = 0;

	for (; status == CAROM_ERROR_MEMORY; n++) {
		fixture->err = (struct carom_error)CAROM_ERROR_INIT;
		mem_fail_after(n);
		status = output_open(&output, fixture->path, &fixture->err);
		mem_fail_after(-1);
	}
	assert_int_equal(status, 0);
	assert_true(n > 2);
	assert_int_equal(output_finish(output, false, &fixture->err), 0);
	assert_int_equal(n_entries(fixture), 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(it_has_its_name_when_it_is_whole),
		CASE(what_had_the_name_stays_until_then),
		CASE(two_at_a_time_do_not_mix),
		CASE(more_than_the_buffer_holds_goes_out_in_order),
		CASE(bytes_can_be_placed),
		CASE(permissions_are_those_of_any_file),
		CASE(a_folder_that_is_not_there_is_an_error),
		CASE(a_folder_cannot_be_written),
		CASE(a_full_disk_is_an_error_in_the_end),
		CASE(a_pipe_is_written_to_as_it_is),
		CASE(without_memory_nothing_is_left),
	};

	return run_all_tests(tests);
}
