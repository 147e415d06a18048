/* SPDX-License-Identifier: BSD-3-Clause */
/* What reading a RAW file costs, against C without a library. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "bench.h"
#include "carom-raw.h"

static const char about[] =
	"Microseconds for a RAW file of 10, 100 or 1000 variables, from the page cache:\n"
	"  plain    mapped and transposed by loops over blocks of 32 x 32, into one piece of "
	"memory\n"
	"  cat      read by a system call for each 128 KiB, and nothing made of it\n"
	"  all      every column by carom-raw.h, one thread\n"
	"  all-2    the same by two threads\n"
	"  column   one column out of all\n"
	"  open     the headers alone\n"
	"and for one of 100 variables as text, strtod for each value in place of plain. All but "
	"open\n"
	"and cat must give the same numbers, or nothing is measured.\n";

enum { N_POINTS = 10000, BLOCK = 32, CAT_BYTES = 128 << 10 };

struct subject {
	const char *name, *text;
	size_t n_variables;
	bool is_text;
};

static const struct subject subjects[] = {
	{"raw-10", "10 variables x 10,000 points, binary", 10, false},
	{"raw-100", "100 variables x 10,000 points, binary", 100, false},
	{"raw-1000", "1000 variables x 10,000 points, binary", 1000, false},
	{"raw-text", "100 variables x 10,000 points, text", 100, true},
};

struct workshop {
	const struct subject *subject;
	char path[64];
	size_t head; /* bytes before the data */
	size_t size; /* of the file */
	struct carom_raw *raw;
	unsigned n_threads;
	double sum; /* of what was read last: all paths must find the same */
};

/* ---- the file ---- */

static double value_of(const struct subject *subject, size_t variable, size_t point)
{
	double at = (double)(point * subject->n_variables + variable);

	return variable == 0 ? 1e-9 * (double)point : 1.0 / (1 + at);
}

static void print_file(struct text *file, const struct subject *subject, size_t *head)
{
	text_printf(file,
		    "Title: bench\nPlotname: Transient Analysis\nFlags: real\n"
		    "No. Variables: %zu\nNo. Points: %d\nVariables:\n",
		    subject->n_variables, N_POINTS);
	for (size_t i = 0; i < subject->n_variables; i++)
		text_printf(file, "\t%zu\t%s%zu\t%s\n", i, i ? "v" : "time", i,
			    i ? "voltage" : "time");
	text_append(file, subject->is_text ? "Values:\n" : "Binary:\n");
	*head = file->length;
	for (size_t point = 0; point < N_POINTS; point++) {
		if (subject->is_text)
			text_printf(file, "%zu\t", point);
		for (size_t i = 0; i < subject->n_variables; i++) {
			double value = value_of(subject, i, point);

			if (subject->is_text)
				text_printf(file, "\t%.15e\n", value);
			else
				text_append_n(file, (const char *)&value, sizeof(value));
		}
	}
}

static int write_file(struct workshop *workshop, struct carom_error *err)
{
	struct text text = TEXT_INIT;
	int fd = mkstemp(strcpy(workshop->path, "/tmp/carom-bench-XXXXXX"));
	int status = 0;

	print_file(&text, workshop->subject, &workshop->head);
	workshop->size = text.length;
	if (text.failed)
		status = carom_fail_memory(err);
	else if (fd < 0 || write(fd, text.data, text.length) != (ssize_t)text.length)
		status = carom_fail_errno(err, "%s", workshop->path);
	text_release(&text);
	if (fd >= 0)
		close(fd);
	return status;
}

/* ---- paths ---- */

/* One value of each column, so that all of them are known to be there. */
static double sum_of(const double *columns, size_t n_columns, size_t stride)
{
	double sum = 0;

	for (size_t i = 0; i < n_columns; i++)
		sum += columns[i * stride + i * 7 % N_POINTS];
	return sum;
}

static void transpose(double *to, const char *from, size_t n)
{
	for (size_t i = 0; i < N_POINTS; i += BLOCK)
		for (size_t k = 0; k < n; k += BLOCK)
			for (size_t column = k; column < k + BLOCK && column < n; column++)
				for (size_t point = i; point < i + BLOCK && point < N_POINTS;
				     point++)
					memcpy(to + column * N_POINTS + point,
					       from + (point * n + column) * sizeof(double),
					       sizeof(double));
}

static void convert(double *to, char *text, size_t n)
{
	for (size_t point = 0; point < N_POINTS; point++) {
		strtoul(text, &text, 10);
		for (size_t i = 0; i < n; i++)
			to[i * N_POINTS + point] = strtod(text, &text);
	}
}

static int run_plain(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct workshop *workshop = context;
	size_t n_variables = workshop->subject->n_variables;

	(void)seconds;
	for (unsigned i = 0; i < n; i++) {
		int fd = open(workshop->path, O_RDONLY);
		char *bytes = mmap(NULL, workshop->size + 1, PROT_READ, MAP_PRIVATE, fd, 0);
		double *columns = mem_alloc(n_variables * N_POINTS * sizeof(*columns));

		close(fd);
		if (bytes == MAP_FAILED || !columns)
			return carom_fail_memory(err);
		if (workshop->subject->is_text)
			convert(columns, bytes + workshop->head, n_variables);
		else
			transpose(columns, bytes + workshop->head, n_variables);
		workshop->sum = sum_of(columns, n_variables, N_POINTS);
		munmap(bytes, workshop->size + 1);
		mem_free(columns);
	}
	return 0;
}

static int run_cat(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	static char bytes[CAT_BYTES];
	const struct workshop *workshop = context;

	(void)seconds;
	for (unsigned i = 0; i < n; i++) {
		int fd = open(workshop->path, O_RDONLY);
		ssize_t got;

		while ((got = read(fd, bytes, sizeof(bytes))) > 0)
			;
		close(fd);
		if (got < 0)
			return carom_fail_errno(err, "%s", workshop->path);
	}
	return 0;
}

static int read_all(struct workshop *workshop, unsigned n_threads, unsigned n,
		    struct carom_error *err)
{
	const struct carom_raw_range range = {.size = sizeof(range), .n_threads = n_threads};

	for (unsigned i = 0; i < n; i++) {
		struct carom_raw_columns *columns = NULL;
		struct carom_raw *raw = NULL;

		if (carom_raw_open(&raw, workshop->path, NULL, err) ||
		    carom_raw_plot_read_columns(carom_raw_plot(raw, 0), NULL, 0, &range, &columns,
						err)) {
			carom_raw_close(raw);
			return err->status;
		}
		workshop->sum = 0;
		for (size_t k = 0; k < carom_raw_columns_count(columns); k++)
			workshop->sum += carom_raw_columns_data(columns, k)[k * 7 % N_POINTS];
		carom_raw_columns_free(columns);
		carom_raw_close(raw);
	}
	return 0;
}

static int run_all(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	(void)seconds;
	return read_all(context, 1, n, err);
}

static int run_all_2(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	(void)seconds;
	return read_all(context, 2, n, err);
}

/* Of a file that is open, the last one. */
static int run_column(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	static double column[N_POINTS];
	const struct workshop *workshop = context;
	const size_t variable = workshop->subject->n_variables - 1;
	double *to = column;

	(void)seconds;
	for (unsigned i = 0; i < n; i++)
		if (carom_raw_plot_read(carom_raw_plot(workshop->raw, 0), &variable, 1, &to, NULL,
					err))
			return err->status;
	return 0;
}

static int run_open(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct workshop *workshop = context;

	(void)seconds;
	for (unsigned i = 0; i < n; i++) {
		struct carom_raw *raw = NULL;

		if (carom_raw_open(&raw, workshop->path, NULL, err))
			return err->status;
		carom_raw_close(raw);
	}
	return 0;
}

/* ---- cases ---- */

static int check(struct workshop *workshop, struct carom_error *err)
{
	int status = run_plain(workshop, 1, NULL, err);
	double expected = workshop->sum;

	for (unsigned n_threads = 1; n_threads <= 2 && !status; n_threads++) {
		status = read_all(workshop, n_threads, 1, err);
		if (!status && workshop->sum != expected)
			status = carom_fail(err, CAROM_ERROR_STATE, "%s: other numbers",
					    workshop->subject->name);
	}
	return status;
}

static int measure(struct bench *bench, struct workshop *workshop, struct carom_error *err)
{
	struct bench_case the_case = {.name = workshop->subject->name,
				      .text = workshop->subject->text,
				      .paths = {{"plain", run_plain, workshop, 0, NULL},
						{"cat", run_cat, workshop, 0, NULL},
						{"all", run_all, workshop, 0, NULL},
						{"all-2", run_all_2, workshop, 0, "all"},
						{"column", run_column, workshop, 0, NULL},
						{"open", run_open, workshop, 0, NULL}},
				      .n_paths = 6};
	int status;

	the_case.facts = json_pack("{s:i, s:i}", "variables", (int)workshop->subject->n_variables,
				   "file_bytes", (int)workshop->size);
	status = bench_run(bench, &the_case, err);
	json_decref(the_case.facts);
	return status;
}

static int run_subject(struct bench *bench, const struct subject *subject, struct carom_error *err)
{
	struct workshop workshop = {.subject = subject};
	int status = write_file(&workshop, err);

	if (!status)
		status = check(&workshop, err);
	if (!status)
		status = carom_raw_open(&workshop.raw, workshop.path, NULL, err);
	if (!status)
		status = measure(bench, &workshop, err);
	carom_raw_close(workshop.raw);
	unlink(workshop.path);
	return status;
}

int main(int argc, char **argv)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct bench bench;
	int status = bench_open(&bench, argc, argv, about, &err);

	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]) && !status; i++)
		if (bench_wants(&bench, subjects[i].name))
			status = run_subject(&bench, &subjects[i], &err);
	return bench_close(&bench, status, &err);
}
