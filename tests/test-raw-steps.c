/* SPDX-License-Identifier: BSD-3-Clause */
/* Steps of a plot: where they begin, and their values from the log beside the file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support-circuit.h"
#include "support-simulators.h"

static const struct signals stepped = {.n_variables = 3, .n_points = 60, .n_steps = 3};
static const struct signals whole = {.n_variables = 3, .n_points = 60};
static const struct signals points = {.n_variables = 3, .n_points = 3};

#define LOG                                                         \
	"Circuit: x.asc\r\n\r\n.step rload=1000 temp=27\r\n"        \
	".step rload=2000 temp=27 \r\n.step rload=3000 temp=27\r\n" \
	"\r\nTotal elapsed time: 0.1 seconds.\r\n"

struct fixture {
	char folder[64];
	struct carom_raw *raw;
	struct carom_raw_steps *steps;
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	strcpy(fixture->folder, "/tmp/carom-raw-XXXXXX");
	*state = fixture;
	return mkdtemp(fixture->folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;
	char command[128];
	int status;

	snprintf(command, sizeof(command), "rm -r %s", fixture->folder);
	status = system(command);
	carom_raw_steps_free(fixture->steps);
	carom_raw_close(fixture->raw);
	free(fixture);
	return status;
}

static void write_named(const struct fixture *fixture, const char *name, const char *bytes,
			size_t length)
{
	char path[128];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, length, file), length);
	assert_int_equal(fclose(file), 0);
}

/* Write the file, and find the steps of its one plot. */
static void find_steps(struct fixture *fixture, const char *name, enum carom_raw_dialect dialect,
		       const struct signals *signals)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text file = TEXT_INIT;
	char path[128];

	write_signals(&file, dialect, signals, 0);
	write_named(fixture, name, file.data, file.length);
	text_release(&file);
	snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	carom_raw_open(&fixture->raw, path, NULL, &err);
	carom_raw_plot_find_steps(carom_raw_plot(fixture->raw, 0), NULL, &fixture->steps, &err);
	assert_ok(&err);
}

static void assert_three(const struct fixture *fixture, size_t n_points, const char *second)
{
	assert_int_equal(carom_raw_steps_count(fixture->steps), 3);
	for (size_t i = 0; i <= 3; i++)
		assert_int_equal(carom_raw_steps_first(fixture->steps, i), i * n_points);
	assert_string_equal(carom_raw_steps_values(fixture->steps, 1), second);
	assert_string_equal(carom_raw_steps_values(fixture->steps, 3), "");
}

static void assert_one(const struct fixture *fixture, size_t n_points)
{
	assert_int_equal(carom_raw_steps_count(fixture->steps), 1);
	assert_int_equal(carom_raw_steps_first(fixture->steps, 0), 0);
	assert_int_equal(carom_raw_steps_first(fixture->steps, 1), n_points);
	assert_string_equal(carom_raw_steps_values(fixture->steps, 0), "");
}

static void steps_begin_where_the_axis_does(void **state)
{
	find_steps(*state, "x.raw", CAROM_RAW_LTSPICE, &stepped);
	assert_three(*state, 20, "");
}

static void their_values_are_in_the_log_beside(void **state)
{
	write_named(*state, "x.log", LOG, strlen(LOG));
	find_steps(*state, "x.raw", CAROM_RAW_LTSPICE, &stepped);
	assert_three(*state, 20, "rload=2000 temp=27");
}

static void the_log_may_have_16_bits_and_a_mark(void **state)
{
	char wide[2 * sizeof(LOG)] = "\xff\xfe";

	for (size_t i = 0; i < sizeof(LOG) - 1; i++) {
		wide[2 + 2 * i] = LOG[i];
		wide[3 + 2 * i] = '\0';
	}
	write_named(*state, "x.log", wide, sizeof(wide));
	find_steps(*state, "x.raw", CAROM_RAW_LTSPICE, &stepped);
	assert_three(*state, 20, "rload=2000 temp=27");
}

static void a_log_of_qspice_is_read(void **state)
{
	static const char log[] = "1 of 3 steps: .step gain=1\n2 of 3 steps: .step gain=2\n"
				  "3 of 3 steps: .step gain=3\n";

	write_named(*state, "x.log", log, strlen(log));
	find_steps(*state, "x.qraw", CAROM_RAW_QSPICE, &stepped);
	assert_three(*state, 20, "gain=2");
}

static void a_line_for_each_point_makes_each_a_step(void **state)
{
	write_named(*state, "x.log", LOG, strlen(LOG));
	find_steps(*state, "x.op.raw", CAROM_RAW_LTSPICE, &points);
	assert_three(*state, 1, "rload=2000 temp=27");
}

static void a_log_of_another_number_of_steps_has_no_values(void **state)
{
	static const char log[] = ".step a=1\n.step a=2\n.step param a list 1 2\n";

	write_named(*state, "x.log", log, strlen(log));
	find_steps(*state, "x.raw", CAROM_RAW_LTSPICE, &stepped);
	assert_three(*state, 20, "");
}

static void any_other_plot_is_one_step(void **state)
{
	write_named(*state, "x.log", LOG, strlen(LOG));
	find_steps(*state, "x.raw", CAROM_RAW_LTSPICE, &whole);
	assert_one(*state, 60);
}

static void logs_beside_files_of_other_simulators_are_left_alone(void **state)
{
	write_named(*state, "x.log", LOG, strlen(LOG));
	find_steps(*state, "x.raw", CAROM_RAW_NGSPICE, &points);
	assert_one(*state, 3);
}

static void a_log_that_cannot_be_read_is_none(void **state)
{
	write_named(*state, "x.log", "", 0);
	find_steps(*state, "x.raw", CAROM_RAW_LTSPICE, &stepped);
	assert_three(*state, 20, "");
}

static void the_log_may_be_named(void **state)
{
	struct fixture *fixture = *state;
	struct carom_error err = CAROM_ERROR_INIT;
	struct text file = TEXT_INIT;
	char path[128];

	write_named(fixture, "other.txt", LOG, strlen(LOG));
	snprintf(path, sizeof(path), "%s/other.txt", fixture->folder);
	write_signals(&file, CAROM_RAW_LTSPICE, &stepped, 0);
	fixture->raw = open_bytes(&file);
	carom_raw_plot_find_steps(carom_raw_plot(fixture->raw, 0), path, &fixture->steps, &err);
	assert_ok(&err);
	assert_three(fixture, 20, "rload=2000 temp=27");
	carom_raw_steps_free(fixture->steps);
	fixture->steps = NULL;
	assert_int_equal(carom_raw_plot_find_steps(carom_raw_plot(fixture->raw, 0), "/nowhere/x",
						   &fixture->steps, &err),
			 CAROM_ERROR_SYSTEM);
	assert_null(fixture->steps);
	text_release(&file);
}

static int find_again(void *arg)
{
	const struct fixture *fixture = arg;
	struct carom_raw_steps *steps = NULL;
	int status = carom_raw_plot_find_steps(carom_raw_plot(fixture->raw, 0), NULL, &steps, NULL);

	carom_raw_steps_free(steps);
	return status;
}

static void no_memory_is_an_error(void **state)
{
	write_named(*state, "x.log", LOG, strlen(LOG));
	find_steps(*state, "x.raw", CAROM_RAW_LTSPICE, &stepped);
	assert_survives_no_memory(find_again, *state);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(steps_begin_where_the_axis_does),
		CASE(their_values_are_in_the_log_beside),
		CASE(the_log_may_have_16_bits_and_a_mark),
		CASE(a_log_of_qspice_is_read),
		CASE(a_line_for_each_point_makes_each_a_step),
		CASE(a_log_of_another_number_of_steps_has_no_values),
		CASE(any_other_plot_is_one_step),
		CASE(logs_beside_files_of_other_simulators_are_left_alone),
		CASE(a_log_that_cannot_be_read_is_none),
		CASE(the_log_may_be_named),
		CASE(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
