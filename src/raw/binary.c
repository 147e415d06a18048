/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Points are read in panels that fit a near cache, so that lines which several variables share come
 * from memory once.  Threads have ranges of points each.
 */
#include "raw/binary.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>

#include "base/mem.h"
#include "raw/gather.h"

enum {
	PANEL_BYTES = 256 << 10,
	LARGE_BYTES = 4 << 20, /* from here on results do not stay in caches, and threads pay */
	MOST_THREADS = 4,      /* that are taken unasked: memory is busy with fewer */
	LINE = 64 / sizeof(double)
};

struct part {
	struct reading *reading;
	const struct layout *layout;
	size_t first, end; /* points */
	bool is_callers;   /* thread */
	pthread_t thread;
};

static unsigned width_of(const struct reading *reading, size_t variable)
{
	return reading->of_plot[variable].is_complex ? 2 : 1;
}

/* Where the value of this point goes. */
static double *place_of(const struct reading *reading, size_t column, size_t point)
{
	return reading->columns[column] +
	       (point - reading->first) * width_of(reading, reading->variables[column]);
}

static void fill_with_nan(double *to, size_t n)
{
	for (size_t i = 0; i < n; i++)
		to[i] = (double)NAN;
}

static void drop_signs(double *values, size_t n)
{
	for (size_t i = 0; i < n; i++)
		values[i] = fabs(values[i]);
}

static void read_variable(const struct part *part, size_t column, size_t point, size_t end)
{
	const struct reading *reading = part->reading;
	size_t variable = reading->variables[column];
	double *to = place_of(reading, column, point);
	unsigned width = width_of(reading, variable);

	while (point < end) {
		struct run run = layout_run(part->layout, variable, point);

		if (run.n == 0) {
			fill_with_nan(to, (end - point) * width);
			return;
		}
		if (run.n > end - point)
			run.n = end - point;
		gather(to, reading->source->bytes + run.offset, &run,
		       part->layout->fields[variable].kind, part->layout->is_swapped);
		if (variable == 0 && part->layout->is_magnitude)
			drop_signs(to, run.n * width);
		point += run.n;
		to += run.n * width;
	}
}

/* Are the variables from this column on a group that is transposed at once? */
static bool is_group(const struct part *part, size_t column)
{
	const struct layout *layout = part->layout;
	const size_t *variables = part->reading->variables + column;

	if (part->reading->n - column < GATHER_GROUP || layout->pieces || layout->is_by_variable ||
	    layout->is_swapped || (variables[0] == 0 && layout->is_magnitude))
		return false;
	for (size_t i = 0; i < GATHER_GROUP; i++)
		if (variables[i] != variables[0] + i ||
		    layout->fields[variables[i]].kind != VALUE_DOUBLE)
			return false;
	return true;
}

static void read_group(const struct part *part, size_t column, size_t point, size_t end)
{
	const struct reading *reading = part->reading;
	struct run run = layout_run(part->layout, reading->variables[column], point);
	double *to[GATHER_GROUP];

	for (size_t i = 0; i < GATHER_GROUP; i++)
		to[i] = place_of(reading, column + i, point);
	gather_group(to, reading->source->bytes + run.offset, run.stride, end - point,
		     reading->total >= LARGE_BYTES);
}

static void read_panel(const struct part *part, size_t point, size_t end)
{
	for (size_t column = 0; column < part->reading->n;) {
		if (is_group(part, column)) {
			read_group(part, column, point, end);
			column += GATHER_GROUP;
		} else {
			read_variable(part, column++, point, end);
		}
	}
}

static size_t panel_points(const struct layout *layout)
{
	size_t n = layout->record > 0 ? PANEL_BYTES / layout->record / LINE * LINE : 0;

	return n > 2 * LINE ? n : 2 * LINE;
}

static void read_part(struct part *part)
{
	size_t step = panel_points(part->layout);
	size_t bytes = part->reading->total / part->reading->n_points;
	bool goes_on = true;

	for (size_t point = part->first; point < part->end && goes_on; point += step) {
		size_t end = part->end - point < step ? part->end : point + step;

		read_panel(part, point, end);
		goes_on = part->is_callers ? reading_go_on(part->reading, (end - point) * bytes)
					   : reading_add(part->reading, (end - point) * bytes);
	}
}

/* ---- threads ---- */

static void *run_part(void *arg)
{
	struct part *part = arg;
	struct guard guard;

	source_begin(part->reading->source, &guard);
	read_part(part);
	source_leave(part->reading->source, &guard);
	return NULL;
}

static unsigned count_cpus(void)
{
	cpu_set_t cpus;

	if (sched_getaffinity(0, sizeof(cpus), &cpus) < 0)
		return 1;
	return (unsigned)CPU_COUNT(&cpus);
}

static size_t choose_threads(const struct reading *reading)
{
	size_t most = (reading->n_points + LINE - 1) / LINE;
	size_t n = reading->n_threads;

	if (n == 0 && reading->total < LARGE_BYTES)
		n = 1;
	else if (n == 0)
		n = count_cpus() < MOST_THREADS ? count_cpus() : MOST_THREADS;
	return n < most ? n : most;
}

/* Of n parts, in whole lines of the columns. */
static size_t begin_of(const struct reading *reading, size_t part, size_t n)
{
	size_t lines = (reading->n_points + LINE - 1) / LINE;
	size_t begin = (lines / n * part + lines % n * part / n) * LINE;

	return reading->first + (begin < reading->n_points ? begin : reading->n_points);
}

/* Whatever thread cannot be had, its part is the caller's. */
static void read_parts(struct part *parts, size_t n)
{
	size_t n_started = 1;

	while (n_started < n &&
	       pthread_create(&parts[n_started].thread, NULL, run_part, &parts[n_started]) == 0)
		n_started++;
	parts[0].is_callers = true;
	read_part(&parts[0]);
	for (size_t i = n_started; i < n; i++) {
		parts[i].is_callers = true;
		read_part(&parts[i]);
	}
	for (size_t i = 1; i < n_started; i++)
		pthread_join(parts[i].thread, NULL);
}

int binary_read(struct reading *reading, const struct layout *layout, struct carom_error *err)
{
	size_t n = choose_threads(reading);
	struct part *parts = mem_zalloc(n, sizeof(*parts));
	size_t i = 0;

	if (!parts)
		return carom_fail_memory(err);
	do
		parts[i] = (struct part){.reading = reading,
					 .layout = layout,
					 .first = begin_of(reading, i, n),
					 .end = begin_of(reading, i + 1, n)};
	while (++i < n);
	read_parts(parts, n);
	mem_free(parts);
	return atomic_load(&reading->is_over)
		       ? carom_fail(err, CAROM_ERROR_CANCELLED, "the read was cancelled")
		       : 0;
}
