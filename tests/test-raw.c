/* SPDX-License-Identifier: BSD-3-Clause */
/* RAW files of every simulator: the same signals read back equal, whoever wrote them. */
#include <string.h>

#include "base/mem.h"
#include "support-circuit.h"
#include "support-simulators.h"

static const struct signals real = {.n_variables = 11, .n_points = 77};
static const struct signals complex = {.n_variables = 5, .n_points = 19, .is_complex = true};

/* Write, open and compare; the file must be taken for this dialect's, without a warning. */
static void assert_reads_back(enum carom_raw_dialect dialect, const struct signals *signals,
			      unsigned flags)
{
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	write_signals(&file, dialect, signals, flags);
	raw = open_bytes(&file);
	assert_int_equal(carom_raw_plot_count(raw), 1);
	assert_string_equal(carom_raw_dialect_name(carom_raw_dialect(raw)),
			    carom_raw_dialect_name(dialect));
	assert_int_equal(carom_raw_warning_count(raw), 0);
	assert_null(carom_raw_warning(raw, 0));
	assert_int_equal(carom_raw_plot_is_text(carom_raw_plot(raw, 0)),
			 (flags & WRITER_TEXT) != 0);
	assert_signals(carom_raw_plot(raw, 0), signals);
	carom_raw_close(raw);
	text_release(&file);
}

static void assert_reads_back_both(enum carom_raw_dialect dialect, unsigned flags)
{
	assert_reads_back(dialect, &real, flags);
	assert_reads_back(dialect, &complex, flags);
}

static void files_of_ngspice_read_back_equal(void **state)
{
	(void)state;
	assert_reads_back_both(CAROM_RAW_NGSPICE, 0);
	assert_reads_back_both(CAROM_RAW_NGSPICE, WRITER_OLD);
	assert_reads_back_both(CAROM_RAW_NGSPICE, WRITER_SWAPPED);
	assert_reads_back_both(CAROM_RAW_NGSPICE, WRITER_TEXT);
}

static void files_of_ltspice_read_back_equal(void **state)
{
	(void)state;
	assert_reads_back_both(CAROM_RAW_LTSPICE, 0);
	assert_reads_back_both(CAROM_RAW_LTSPICE, WRITER_NARROW);
	assert_reads_back_both(CAROM_RAW_LTSPICE, WRITER_DOUBLE);
	assert_reads_back_both(CAROM_RAW_LTSPICE, WRITER_FASTACCESS);
	assert_reads_back_both(CAROM_RAW_LTSPICE, WRITER_FASTACCESS | WRITER_DOUBLE);
	assert_reads_back_both(CAROM_RAW_LTSPICE, WRITER_TEXT);
}

static void files_of_qspice_read_back_equal(void **state)
{
	(void)state;
	assert_reads_back_both(CAROM_RAW_QSPICE, 0);
}

static void files_of_xyce_read_back_equal(void **state)
{
	(void)state;
	assert_reads_back_both(CAROM_RAW_XYCE, 0);
	assert_reads_back_both(CAROM_RAW_XYCE, WRITER_TEXT);
}

static void files_of_spectre_read_back_equal(void **state)
{
	(void)state;
	assert_reads_back_both(CAROM_RAW_SPECTRE, 0);
	assert_reads_back_both(CAROM_RAW_SPECTRE, WRITER_TEXT);
}

static void signs_of_times_of_ltspice_mean_nothing(void **state)
{
	(void)state;
	assert_reads_back(CAROM_RAW_LTSPICE, &real, WRITER_NEGATIVE);
	assert_reads_back(CAROM_RAW_LTSPICE, &real, WRITER_NEGATIVE | WRITER_DOUBLE);
	assert_reads_back(CAROM_RAW_LTSPICE, &real, WRITER_NEGATIVE | WRITER_FASTACCESS);
	assert_reads_back(CAROM_RAW_LTSPICE, &real, WRITER_NEGATIVE | WRITER_TEXT);
}

static void stepped_plots_are_all_their_points(void **state)
{
	const struct signals stepped = {.n_variables = 3, .n_points = 60, .n_steps = 4};

	(void)state;
	assert_reads_back(CAROM_RAW_LTSPICE, &stepped, 0);
	assert_reads_back(CAROM_RAW_LTSPICE, &stepped, WRITER_TEXT);
	assert_reads_back(CAROM_RAW_QSPICE, &stepped, 0);
}

/* ---- several plots, and what is odd ---- */

static void plots_follow_one_another(void **state)
{
	static const enum carom_raw_dialect dialects[] = {CAROM_RAW_NGSPICE, CAROM_RAW_XYCE,
							  CAROM_RAW_SPECTRE};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (unsigned flags = 0; flags <= WRITER_TEXT; flags += WRITER_TEXT) {
			struct text file = TEXT_INIT;
			struct carom_raw *raw;

			write_signals(&file, dialects[i], &real, flags);
			write_signals(&file, dialects[i], &complex, flags | WRITER_LATER);
			write_signals(&file, dialects[i], &real, WRITER_LATER);
			raw = open_bytes(&file);
			assert_int_equal(carom_raw_plot_count(raw), 3);
			assert_int_equal(carom_raw_warning_count(raw), 0);
			assert_signals(carom_raw_plot(raw, 0), &real);
			assert_signals(carom_raw_plot(raw, 1), &complex);
			assert_signals(carom_raw_plot(raw, 2), &real);
			assert_true(
				strstr(carom_raw_plot_title(carom_raw_plot(raw, 2)), "signals"));
			carom_raw_close(raw);
			text_release(&file);
		}
	}
}

/* The one plot of the file with one warning. */
static void assert_warned(enum carom_raw_dialect dialect, unsigned flags, const char *warning)
{
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	write_signals(&file, dialect, &real, flags);
	raw = open_bytes(&file);
	assert_int_equal(carom_raw_plot_count(raw), 1);
	assert_int_equal(carom_raw_warning_count(raw), 1);
	assert_string_equal(carom_raw_warning(raw, 0), warning);
	assert_signals(carom_raw_plot(raw, 0), &real);
	carom_raw_close(raw);
	text_release(&file);
}

static void points_of_a_run_that_was_aborted_are_counted(void **state)
{
	const char *warning = "plot 1: no count of points, the run was aborted; 77 are there";

	(void)state;
	assert_warned(CAROM_RAW_NGSPICE, WRITER_NO_COUNT, warning);
	assert_warned(CAROM_RAW_NGSPICE, WRITER_NO_COUNT | WRITER_TEXT, warning);
	assert_warned(CAROM_RAW_XYCE, WRITER_NO_COUNT, warning);
	assert_warned(CAROM_RAW_XYCE, WRITER_NO_COUNT | WRITER_TEXT, warning);
	assert_warned(CAROM_RAW_SPECTRE, WRITER_NO_COUNT, warning);
	assert_warned(CAROM_RAW_LTSPICE, WRITER_NO_COUNT, warning);
	assert_warned(CAROM_RAW_LTSPICE, WRITER_NO_COUNT | WRITER_DOUBLE, warning);
}

static void a_plot_without_a_count_may_be_followed_by_another(void **state)
{
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	(void)state;
	write_signals(&file, CAROM_RAW_XYCE, &complex, WRITER_NO_COUNT | WRITER_TEXT);
	write_signals(&file, CAROM_RAW_XYCE, &complex, WRITER_TEXT);
	write_signals(&file, CAROM_RAW_XYCE, &real, WRITER_NO_COUNT);
	write_signals(&file, CAROM_RAW_XYCE, &real, 0);
	raw = open_bytes(&file);
	assert_int_equal(carom_raw_plot_count(raw), 4);
	assert_signals(carom_raw_plot(raw, 0), &complex);
	assert_signals(carom_raw_plot(raw, 1), &complex);
	assert_signals(carom_raw_plot(raw, 2), &real);
	assert_signals(carom_raw_plot(raw, 3), &real);
	carom_raw_close(raw);
	text_release(&file);
}

static void what_stands_behind_the_data_is_told(void **state)
{
	(void)state;
	assert_warned(CAROM_RAW_LTSPICE, WRITER_ZERO_RECORD,
		      "plot 1: 48 bytes behind the data are no plot");
	assert_warned(CAROM_RAW_LTSPICE, WRITER_ZERO_RECORD | WRITER_DOUBLE,
		      "plot 1: 88 bytes behind the data are no plot");
	assert_warned(CAROM_RAW_XYCE, WRITER_ADJOINT,
		      "plot 1: 38 bytes behind the data are no plot");
}

static void a_plot_follows_what_stands_behind_the_data(void **state)
{
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	(void)state;
	write_signals(&file, CAROM_RAW_XYCE, &real, WRITER_ADJOINT);
	write_signals(&file, CAROM_RAW_XYCE, &complex, 0);
	raw = open_bytes(&file);
	assert_int_equal(carom_raw_plot_count(raw), 2);
	assert_int_equal(carom_raw_warning_count(raw), 1);
	assert_signals(carom_raw_plot(raw, 0), &real);
	assert_signals(carom_raw_plot(raw, 1), &complex);
	carom_raw_close(raw);
	text_release(&file);
}

static void a_header_alone_is_a_plot_without_points(void **state)
{
	const struct signals none = {.n_variables = 2, .n_points = 0};
	struct text file = TEXT_INIT;
	struct carom_raw *raw;

	(void)state;
	write_signals(&file, CAROM_RAW_NGSPICE, &none, 0);
	write_signals(&file, CAROM_RAW_NGSPICE, &real, 0);
	write_signals(&file, CAROM_RAW_NGSPICE, &none, WRITER_TEXT);
	raw = open_bytes(&file);
	assert_int_equal(carom_raw_plot_count(raw), 3);
	assert_int_equal(carom_raw_warning_count(raw), 0);
	assert_signals(carom_raw_plot(raw, 0), &none);
	assert_signals(carom_raw_plot(raw, 1), &real);
	assert_signals(carom_raw_plot(raw, 2), &none);
	carom_raw_close(raw);
	text_release(&file);
}

/* ---- the dialect may be told ---- */

static void the_dialect_that_is_told_is_taken(void **state)
{
	const struct carom_raw_options options = {.size = sizeof(options),
						  .dialect = CAROM_RAW_LTSPICE};
	struct carom_error err = CAROM_ERROR_INIT;
	struct text file = TEXT_INIT;
	struct carom_raw *raw = NULL;

	(void)state;
	write_signals(&file, CAROM_RAW_NGSPICE, &real, WRITER_OLD);
	carom_raw_open_memory(&raw, file.data, file.length, "memory", &options, &err);
	assert_ok(&err);
	assert_int_equal(carom_raw_dialect(raw), CAROM_RAW_LTSPICE);
	assert_signals(carom_raw_plot(raw, 0), &real); /* the file's size says doubles */
	carom_raw_close(raw);
	text_release(&file);
}

static void a_dialect_that_there_is_not_is_refused(void **state)
{
	const struct carom_raw_options options = {.size = sizeof(options),
						  .dialect = (enum carom_raw_dialect)77};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;

	(void)state;
	assert_int_equal(carom_raw_open_memory(&raw, "x", 1, "memory", &options, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_null(raw);
	assert_string_equal(carom_raw_dialect_name((enum carom_raw_dialect)77), "?");
	assert_string_equal(carom_raw_dialect_name(CAROM_RAW_AUTO), "auto");
}

/* ---- files that end early ---- */

static void assert_cut_is_told(enum carom_raw_dialect dialect, unsigned flags, const char *what)
{
	const struct carom_raw_options accept = {.size = sizeof(accept), .accept_cut = true};
	struct signals less = real;
	struct carom_error err = CAROM_ERROR_INIT;
	struct text file = TEXT_INIT;
	struct carom_raw *raw = NULL;

	write_signals(&file, dialect, &real, flags);
	file.length -= 3;
	less.n_points--;
	if (!(flags & WRITER_TEXT)) {
		assert_int_equal(
			carom_raw_open_memory(&raw, file.data, file.length, "memory", NULL, &err),
			CAROM_ERROR_FORMAT);
		assert_string_equal(err.text, what);
		assert_int_equal(err.offset, file.length);
		assert_string_equal(err.source, "memory");
		assert_null(raw);
		carom_error_clear(&err);
	}
	carom_raw_open_memory(&raw, file.data, file.length, "memory", &accept, &err);
	assert_ok(&err);
	assert_int_equal(carom_raw_warning_count(raw), 1);
	assert_string_equal(carom_raw_warning(raw, 0),
			    "plot 1: the file ends early, 1 of 77 points are missing");
	assert_signals(carom_raw_plot(raw, 0), &less);
	carom_raw_close(raw);
	text_release(&file);
}

static void a_file_that_ends_early_is_read_if_that_is_accepted(void **state)
{
	const char *what = "the file ends after 76 of 77 points; accept_cut reads them";

	(void)state;
	assert_cut_is_told(CAROM_RAW_NGSPICE, 0, what);
	assert_cut_is_told(CAROM_RAW_LTSPICE, 0, what);
	assert_cut_is_told(CAROM_RAW_QSPICE, 0, what);
	assert_cut_is_told(CAROM_RAW_NGSPICE, WRITER_TEXT, NULL);
	assert_cut_is_told(CAROM_RAW_XYCE, WRITER_TEXT, NULL);
}

/* The second plot cannot be read up to its end. */
static void assert_second_is_cut(const struct carom_raw *raw, size_t length)
{
	const struct carom_raw_plot *plot = carom_raw_plot(raw, 1);
	struct carom_raw_columns *columns = NULL;
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(carom_raw_plot_read_columns(plot, NULL, 0, NULL, &columns, &err),
			 CAROM_ERROR_FORMAT);
	assert_int_equal(err.offset, length);
	assert_null(columns);
}

/* Wherever it ends: an error, or a plot less; never a number that was not there. */
static void a_file_that_ends_anywhere_is_an_error_or_a_plot_less(void **state)
{
	const struct signals small = {.n_variables = 3, .n_points = 4};
	const size_t mark = strlen("Title:"); /* with less of it there is no second header */
	struct text file = TEXT_INIT;
	size_t first;

	(void)state;
	write_signals(&file, CAROM_RAW_NGSPICE, &small, 0);
	first = file.length;
	write_signals(&file, CAROM_RAW_NGSPICE, &small, WRITER_TEXT);
	for (size_t length = 0; length < file.length; length++) {
		char *bytes = mem_alloc(length); /* so that a sanitizer sees what is read behind */
		struct carom_raw *raw = NULL;

		memcpy(bytes, file.data, length);
		if (carom_raw_open_memory(&raw, bytes, length, "cut", NULL, NULL) == 0) {
			assert_true(length >= first);
			assert_signals(carom_raw_plot(raw, 0), &small);
			assert_int_equal(carom_raw_warning_count(raw),
					 length > first && length < first + mark);
			if (length >= first + mark)
				assert_second_is_cut(raw, length);
		}
		carom_raw_close(raw);
		mem_free(bytes);
	}
	text_release(&file);
}

/* ---- memory ---- */

static int open_and_read(void *arg)
{
	const struct text *file = arg;
	struct carom_raw_columns *columns = NULL;
	struct carom_raw *raw = NULL;
	int status = carom_raw_open_memory(&raw, file->data, file->length, "memory", NULL, NULL);

	for (size_t i = 0; !status && i < carom_raw_plot_count(raw); i++) {
		status = carom_raw_plot_read_columns(carom_raw_plot(raw, i), NULL, 0, NULL,
						     &columns, NULL);
		carom_raw_columns_free(columns);
		columns = NULL;
	}
	carom_raw_close(raw);
	return status;
}

static void no_memory_is_an_error(void **state)
{
	struct text file = TEXT_INIT;

	(void)state;
	write_signals(&file, CAROM_RAW_NGSPICE, &real, WRITER_NO_COUNT);
	write_signals(&file, CAROM_RAW_NGSPICE, &complex, WRITER_TEXT);
	assert_survives_no_memory(open_and_read, &file);
	text_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_of_ngspice_read_back_equal),
		cmocka_unit_test(files_of_ltspice_read_back_equal),
		cmocka_unit_test(files_of_qspice_read_back_equal),
		cmocka_unit_test(files_of_xyce_read_back_equal),
		cmocka_unit_test(files_of_spectre_read_back_equal),
		cmocka_unit_test(signs_of_times_of_ltspice_mean_nothing),
		cmocka_unit_test(stepped_plots_are_all_their_points),
		cmocka_unit_test(plots_follow_one_another),
		cmocka_unit_test(points_of_a_run_that_was_aborted_are_counted),
		cmocka_unit_test(a_plot_without_a_count_may_be_followed_by_another),
		cmocka_unit_test(what_stands_behind_the_data_is_told),
		cmocka_unit_test(a_plot_follows_what_stands_behind_the_data),
		cmocka_unit_test(a_header_alone_is_a_plot_without_points),
		cmocka_unit_test(the_dialect_that_is_told_is_taken),
		cmocka_unit_test(a_dialect_that_there_is_not_is_refused),
		cmocka_unit_test(a_file_that_ends_early_is_read_if_that_is_accepted),
		cmocka_unit_test(a_file_that_ends_anywhere_is_an_error_or_a_plot_less),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
