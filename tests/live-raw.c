/* SPDX-License-Identifier: BSD-3-Clause */
/* What the installed ngspice writes: by its command line, by "write" in every form, when killed. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "carom-raw.h"
#include "support-raw.h"
#include "support.h"

#define CIRCUIT                                                    \
	"* low-pass\nv1 in 0 dc 1 ac 1 pulse(0 1 0 1n 1n 1u 2u)\n" \
	"r1 in out 1k\nc1 out 0 1n\n"

static char folder[64];

static int set_up(void **state)
{
	(void)state;
	strcpy(folder, "/tmp/carom-raw-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int tear_down(void **state)
{
	char command[128];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static void run_ngspice(const char *deck, const char *options)
{
	char path[128], command[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/deck.cir", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(deck, file);
	fclose(file);
	snprintf(command, sizeof(command), "cd %s && ngspice -b %s deck.cir >log 2>&1", folder,
		 options);
	assert_int_equal(system(command), 0);
}

static struct carom_raw *open_named(const char *name)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	carom_raw_open(&raw, path, NULL, &err);
	assert_ok(&err);
	assert_int_equal(carom_raw_dialect(raw), CAROM_RAW_NGSPICE);
	assert_int_equal(carom_raw_warning_count(raw), 0);
	return raw;
}

static struct carom_raw_columns *read_plot(const struct carom_raw_plot *plot)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw_columns *columns = NULL;

	carom_raw_plot_read_columns(plot, NULL, 0, NULL, &columns, &err);
	assert_ok(&err);
	return columns;
}

/* The plain reader of tests/support-raw.c keeps the imaginary part of a frequency. */
static void compare_plot(const struct carom_raw_plot *plot, const struct raw_plot *plain)
{
	struct carom_raw_columns *columns = read_plot(plot);

	assert_string_equal(carom_raw_plot_name(plot), plain->name);
	assert_int_equal(carom_raw_plot_is_complex(plot), plain->is_complex);
	assert_int_equal(carom_raw_plot_point_count(plot), plain->n_points);
	assert_int_equal(carom_raw_plot_variable_count(plot), plain->n_vectors);
	for (size_t i = 0; i < plain->n_vectors; i++) {
		const struct carom_raw_variable *variable = carom_raw_plot_variable(plot, i);
		size_t width = variable->is_complex ? 2 : 1, step = plain->is_complex ? 2 : 1;

		assert_string_equal(variable->name, plain->vectors[i].name);
		for (size_t k = 0; k < plain->n_points; k++)
			assert_memory_equal(carom_raw_columns_data(columns, i) + width * k,
					    plain->vectors[i].data + step * k,
					    width * sizeof(double));
	}
	carom_raw_columns_free(columns);
}

static void every_plot_of_a_batch_run_is_read(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct raw_file plain;
	struct carom_raw *raw;
	char path[128];

	(void)state;
	run_ngspice(CIRCUIT ".op\n.tran 10n 3u\n.ac dec 5 1k 1meg\n.dc v1 0 1 0.25\n"
			    ".noise v(out) v1 dec 3 1k 100k\n.end\n",
		    "-r x.raw");
	snprintf(path, sizeof(path), "%s/x.raw", folder);
	raw_read(&plain, path, &err);
	assert_ok(&err);
	raw = open_named("x.raw");
	assert_int_equal(plain.n_plots, 6);
	assert_int_equal(carom_raw_plot_count(raw), 6);
	for (size_t i = 0; i < 6; i++)
		compare_plot(carom_raw_plot(raw, i), &plain.plots[i]);
	carom_raw_close(raw);
	raw_release(&plain);
}

/* The same plot from both files; text has 16 digits, which may be one unit off. */
static void compare_files(const char *a, const char *b)
{
	struct carom_raw *left = open_named(a), *right = open_named(b);
	const struct carom_raw_plot *plot = carom_raw_plot(left, 0),
				    *other = carom_raw_plot(right, 0);
	struct carom_raw_columns *columns = read_plot(plot), *others = read_plot(other);

	assert_true(carom_raw_plot_point_count(plot) > 5);
	assert_int_equal(carom_raw_plot_point_count(plot), carom_raw_plot_point_count(other));
	assert_int_equal(carom_raw_plot_is_complex(plot), carom_raw_plot_is_complex(other));
	for (size_t i = 0; i < carom_raw_plot_variable_count(plot); i++) {
		const struct carom_raw_variable *variable = carom_raw_plot_variable(plot, i);
		size_t n = variable->n_points * (variable->is_complex ? 2 : 1);

		assert_string_equal(variable->name, carom_raw_plot_variable(other, i)->name);
		for (size_t k = 0; k < n; k++)
			assert_double_equal(carom_raw_columns_data(columns, i)[k],
					    carom_raw_columns_data(others, i)[k], 1e-15, 0);
	}
	carom_raw_columns_free(columns);
	carom_raw_columns_free(others);
	carom_raw_close(left);
	carom_raw_close(right);
}

static void the_short_vector_ends(const char *name, bool is_padded)
{
	struct carom_raw *raw = open_named(name);
	const struct carom_raw_plot *plot = carom_raw_plot(raw, 0);
	size_t variable = carom_raw_plot_find_variable(plot, "short");
	struct carom_raw_columns *columns;

	assert_true(variable != SIZE_MAX);
	columns = read_plot(plot);
	assert_int_equal(carom_raw_plot_variable(plot, variable)->n_points,
			 is_padded ? carom_raw_plot_point_count(plot) : 4);
	for (size_t i = 0; i < 4; i++)
		assert_same_bits(carom_raw_columns_data(columns, variable)[i], (double)i);
	assert_int_equal(!isnan(carom_raw_columns_data(columns, variable)[4]), is_padded);
	carom_raw_columns_free(columns);
	carom_raw_close(raw);
}

static void what_write_leaves_in_every_form_is_read(void **state)
{
	(void)state;
	run_ngspice(CIRCUIT ".control\ntran 10n 1u\nlet short = vector(4)\n"
			    "write padded.raw in out short\nset nopadding\n"
			    "write ragged.raw in out short\nset filetype=ascii\n"
			    "write ragged.txt in out short\nunset nopadding\n"
			    "write padded.txt in out short\n"
			    "ac dec 5 1k 100k\nwrite ac.txt\nset filetype=binary\nwrite ac.raw\n"
			    "quit 0\n.endc\n.end\n",
		    "");
	the_short_vector_ends("padded.raw", true);
	the_short_vector_ends("padded.txt", true);
	the_short_vector_ends("ragged.raw", false);
	the_short_vector_ends("ragged.txt", false);
	compare_files("padded.raw", "padded.txt");
	compare_files("ragged.raw", "ragged.txt");
	compare_files("ac.raw", "ac.txt");
}

static void the_text_of_a_batch_run_is_read(void **state)
{
	(void)state;
	run_ngspice(CIRCUIT ".tran 10n 3u\n.end\n", "-r x.raw");
	assert_int_equal(setenv("SPICE_ASCIIRAWFILE", "1", 1), 0);
	run_ngspice(CIRCUIT ".tran 10n 3u\n.end\n", "-r x.txt");
	unsetenv("SPICE_ASCIIRAWFILE");
	compare_files("x.raw", "x.txt");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(every_plot_of_a_batch_run_is_read),
		CASE(what_write_leaves_in_every_form_is_read),
		CASE(the_text_of_a_batch_run_is_read),
	};

	return run_all_tests(tests);
}
