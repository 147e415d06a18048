/* SPDX-License-Identifier: BSD-3-Clause */
/* carom raw diff: where two files differ first, and where most. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "raw.h"

enum { BLOCK = 65536 }; /* points that are compared together */

/* Two values of a variable that are not within the tolerance. */
struct difference {
	size_t point;
	double a, b;
};

struct comparison {
	const struct carom_raw_plot *a, *b;
	const struct raw_options *options;
	size_t number; /* of the plot, from 1 */
	size_t n;      /* points that both have */
	double *values_a, *values_b;
	bool differs;
};

static double distance(const struct difference *difference)
{
	double distance = fabs(difference->a - difference->b);

	return isnan(distance) ? INFINITY : distance;
}

/* NAN is the same as NAN, and an infinity as itself. */
static bool is_same(const struct raw_options *options, double a, double b)
{
	double larger = fmax(fabs(a), fabs(b));

	if (a == b || (isnan(a) && isnan(b)))
		return true;
	return fabs(a - b) <= options->absolute + options->relative * larger && isfinite(larger);
}

static int read_block(const struct carom_raw_plot *plot, size_t variable, size_t first, size_t n,
		      double *values, struct carom_error *err)
{
	struct carom_raw_range range = {.size = sizeof(range), .first = first, .n_points = n};

	return carom_raw_plot_read(plot, &variable, 1, &values, &range, err);
}

/* " (time = 1e-06)" */
static void print_scale(const struct comparison *comparison, size_t point)
{
	const struct carom_raw_variable *scale = carom_raw_plot_variable(comparison->a, 0);
	struct carom_error err = CAROM_ERROR_INIT;
	double value[2];

	if (read_block(comparison->a, 0, point, 1, value, &err) == CAROM_OK)
		printf(" (%s = %.9g)", scale->name, value[0]);
}

static void print_difference(const struct comparison *comparison, const char *which,
			     const struct difference *difference)
{
	printf("%s at point %zu", which, difference->point);
	print_scale(comparison, difference->point);
	printf(": %.17g against %.17g", difference->a, difference->b);
}

static void tell(struct comparison *comparison, const char *name, size_t n_different,
		 const struct difference *first, const struct difference *largest)
{
	comparison->differs = true;
	if (comparison->options->is_quiet)
		return;
	printf("plot %zu, %s: %zu of %zu values differ; ", comparison->number, name, n_different,
	       comparison->n);
	print_difference(comparison, "first", first);
	if (largest->point != first->point) {
		printf("; ");
		print_difference(comparison, "most", largest);
	}
	printf("\n");
}

/* Real and imaginary part count as one value, of which the part that differs more is told. */
static int compare_variable(struct comparison *comparison, size_t of_a, size_t of_b,
			    struct carom_error *err)
{
	const struct carom_raw_variable *variable = carom_raw_plot_variable(comparison->a, of_a);
	size_t width = variable->is_complex ? 2 : 1, n_different = 0;
	struct difference first = {0, 0, 0}, largest = {0, 0, 0};

	for (size_t at = 0; at < comparison->n; at += BLOCK) {
		size_t n = comparison->n - at < BLOCK ? comparison->n - at : BLOCK;
		size_t last = SIZE_MAX;

		if (read_block(comparison->a, of_a, at, n, comparison->values_a, err) != CAROM_OK ||
		    read_block(comparison->b, of_b, at, n, comparison->values_b, err) != CAROM_OK)
			return (int)err->status;
		for (size_t i = 0; i < width * n; i++) {
			struct difference here = {at + i / width, comparison->values_a[i],
						  comparison->values_b[i]};

			if (is_same(comparison->options, here.a, here.b))
				continue;
			if (n_different == 0)
				first = largest = here;
			else if (distance(&here) > distance(&largest))
				largest = here;
			n_different += here.point != last;
			last = here.point;
		}
	}
	if (n_different > 0)
		tell(comparison, variable->name, n_different, &first, &largest);
	return CAROM_OK;
}

static void tell_missing(struct comparison *comparison, const char *name, int file)
{
	comparison->differs = true;
	if (!comparison->options->is_quiet)
		printf("plot %zu, %s: not in %s\n", comparison->number, name,
		       comparison->options->files[file]);
}

static int compare_variables(struct comparison *comparison, struct carom_error *err)
{
	for (size_t i = 0; i < carom_raw_plot_variable_count(comparison->a); i++) {
		const struct carom_raw_variable *a = carom_raw_plot_variable(comparison->a, i);
		size_t of_b = carom_raw_plot_find_variable(comparison->b, a->name);
		const struct carom_raw_variable *b = carom_raw_plot_variable(comparison->b, of_b);

		if (!b) {
			tell_missing(comparison, a->name, 1);
		} else if (a->is_complex != b->is_complex) {
			comparison->differs = true;
			if (!comparison->options->is_quiet)
				printf("plot %zu, %s: %s against %s\n", comparison->number, a->name,
				       a->is_complex ? "complex" : "real",
				       b->is_complex ? "complex" : "real");
		} else if (compare_variable(comparison, i, of_b, err) != CAROM_OK) {
			return (int)err->status;
		}
	}
	for (size_t i = 0; i < carom_raw_plot_variable_count(comparison->b); i++) {
		const char *name = carom_raw_plot_variable(comparison->b, i)->name;

		if (carom_raw_plot_find_variable(comparison->a, name) == SIZE_MAX)
			tell_missing(comparison, name, 0);
	}
	return CAROM_OK;
}

static int compare_plots(struct comparison *comparison, struct carom_error *err)
{
	size_t n_a = carom_raw_plot_point_count(comparison->a);
	size_t n_b = carom_raw_plot_point_count(comparison->b);

	comparison->n = n_a < n_b ? n_a : n_b;
	if (n_a != n_b) {
		comparison->differs = true;
		if (!comparison->options->is_quiet)
			printf("plot %zu: %zu points against %zu\n", comparison->number, n_a, n_b);
	}
	return compare_variables(comparison, err);
}

/* The plot behind *index, from there on, that is wanted; NULL if there is none. */
static const struct carom_raw_plot *next_plot(const struct carom_raw *raw,
					      const struct raw_options *options, size_t *index)
{
	while (*index < carom_raw_plot_count(raw)) {
		size_t at = (*index)++;

		if (raw_wants_plot(options, raw, at))
			return carom_raw_plot(raw, at);
	}
	return NULL;
}

/* The first of the one with the first of the other, and so on. */
static int compare_all(struct comparison *comparison, const struct carom_raw *a,
		       const struct carom_raw *b, struct carom_error *err)
{
	size_t at_a = 0, at_b = 0;

	for (;;) {
		comparison->a = next_plot(a, comparison->options, &at_a);
		comparison->b = next_plot(b, comparison->options, &at_b);
		if (!comparison->a || !comparison->b)
			return CAROM_OK;
		comparison->number = at_a;
		if (compare_plots(comparison, err) != CAROM_OK)
			return (int)err->status;
	}
}

int raw_compare(const struct carom_raw *a, const struct carom_raw *b,
		const struct raw_options *options)
{
	struct comparison comparison = {.options = options};
	struct carom_error err = CAROM_ERROR_INIT;
	size_t n_a = raw_count_plots(options, a), n_b = raw_count_plots(options, b);

	if (n_a == 0 || n_b == 0)
		return EXIT_BAD_INPUT;
	comparison.differs = n_a != n_b;
	if (comparison.differs && !options->is_quiet)
		printf("%zu plots against %zu\n", n_a, n_b);
	comparison.values_a = malloc(2 * BLOCK * sizeof(double));
	comparison.values_b = malloc(2 * BLOCK * sizeof(double));
	if (comparison.values_a && comparison.values_b)
		compare_all(&comparison, a, b, &err);
	else
		err.status = CAROM_ERROR_MEMORY;
	free(comparison.values_a);
	free(comparison.values_b);
	if (err.status)
		return command_fail(&err);
	return comparison.differs ? EXIT_DIFFERENT : EXIT_DONE;
}
