/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of plots as files. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "sim/plot.h"
#include "support.h"

struct fixture {
	char path[64];
	struct carom_result *result;
	struct carom_error err;
};

/* A plot of two points: out, the scale, and g, which has but one number. */
static void add_plot(struct carom_result *result, const char *name, const char *scale)
{
	struct carom_plot *plot = result_add_plot(result, name, "rc", 3);

	memcpy(plot_add_vector(plot, "v(out)", "V", false, 2), (double[]){0.5, 0.25}, 16);
	memcpy(plot_add_vector(plot, scale, "s", false, 2), (double[]){0, 1}, 16);
	plot_add_vector(plot, "g", "", false, 1)[0] = 7;
	plot_set_scale(plot, 1);
}

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));
	int file;

	snprintf(fixture->path, sizeof(fixture->path), "/tmp/carom-test.XXXXXX");
	file = mkstemp(fixture->path);
	close(file);
	fixture->err = (struct carom_error)CAROM_ERROR_INIT;
	fixture->result = result_new();
	add_plot(fixture->result, "tran1", "time");
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	unlink(fixture->path);
	carom_result_free(fixture->result);
	free(fixture);
	return 0;
}

static size_t read_file(const struct fixture *fixture, char *content, size_t size)
{
	FILE *file = fopen(fixture->path, "r");
	size_t n = fread(content, 1, size - 1, file);

	fclose(file);
	content[n] = '\0';
	return n;
}

static void the_scale_comes_first_and_short_vectors_end(void **state)
{
	struct fixture *fixture = *state;
	char content[256];

	assert_int_equal(carom_plot_write(carom_result_plot(fixture->result, 0), CAROM_FORMAT_CSV,
					  fixture->path, &fixture->err),
			 0);
	read_file(fixture, content, sizeof(content));
	assert_string_equal(content, "\"time [s]\",\"v(out) [V]\",g\n0,0.5,7\n1,0.25,\n");
}

static void a_raw_file_has_all_plots_by_ngspices_names(void **state)
{
	static const char *const kinds[][2] = {{"ac2", "AC Analysis"},
					       {"op1", "Operating Point"},
					       {"dc1", "DC transfer characteristic"},
					       {"noise1", "Noise Spectral Density Curves"},
					       {"unknown1", "unknown1"}};
	enum { N = sizeof(kinds) / sizeof(kinds[0]) };
	struct fixture *fixture = *state;
	char content[4096];
	const char *at = content;

	for (size_t i = 0; i < N; i++)
		add_plot(fixture->result, kinds[i][0], "x");
	assert_int_equal(carom_result_write(fixture->result, CAROM_FORMAT_ASCII, fixture->path,
					    &fixture->err),
			 0);
	read_file(fixture, content, sizeof(content));
	at = strstr(at, "Plotname: Transient Analysis\n");
	for (size_t i = 0; i < N; i++) {
		assert_non_null(at);
		at = strstr(at + 1, "Plotname: ");
		assert_non_null(at);
		assert_memory_equal(at + 10, kinds[i][1], strlen(kinds[i][1]));
	}
	assert_null(strstr(at + 1, "Plotname: "));
}

static void noise_without_a_scale_is_the_integrated_one(void **state)
{
	struct fixture *fixture = *state;
	struct carom_plot *plot = result_add_plot(fixture->result, "noise2", "rc", 1);
	char content[512];

	plot_add_vector(plot, "onoise_total", "V", false, 1)[0] = 1e-6;
	assert_int_equal(carom_plot_write(plot, CAROM_FORMAT_ASCII, fixture->path, &fixture->err),
			 0);
	read_file(fixture, content, sizeof(content));
	assert_non_null(strstr(content, "\nPlotname: Integrated Noise\n"));
	assert_non_null(strstr(content, "\n 0\t1e-06\n"));
}

static void no_result_is_nothing_to_write(void **state)
{
	struct fixture *fixture = *state;

	assert_int_equal(carom_result_write(NULL, CAROM_FORMAT_RAW, fixture->path, &fixture->err),
			 CAROM_ERROR_ARGUMENT);
	assert_error_says(&fixture->err, "no table to write");
}

static void without_memory_what_was_there_stays(void **state)
{
	struct fixture *fixture = *state;
	int status = CAROM_ERROR_MEMORY, n = 0;
	char content[256];

	for (; status == CAROM_ERROR_MEMORY; n++) {
		assert_int_equal(read_file(fixture, content, sizeof(content)), 0);
		fixture->err = (struct carom_error)CAROM_ERROR_INIT;
		mem_fail_after(n);
		status = carom_result_write(fixture->result, CAROM_FORMAT_CSV, fixture->path,
					    &fixture->err);
		mem_fail_after(-1);
	}
	assert_int_equal(status, 0);
	assert_true(n > 5);
	assert_true(read_file(fixture, content, sizeof(content)) > 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_scale_comes_first_and_short_vectors_end),
		CASE(a_raw_file_has_all_plots_by_ngspices_names),
		CASE(noise_without_a_scale_is_the_integrated_one),
		CASE(no_result_is_nothing_to_write),
		CASE(without_memory_what_was_there_stays),
	};

	return run_all_tests(tests);
}
