/* SPDX-License-Identifier: BSD-3-Clause */
/* carom raw diff: where two files differ first, and where most. */
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

#include "raw.h"

enum { BLOCK = 4 << 20 }; /* bytes of either file's values that are compared together */

/* Two values of a variable that are not within the tolerance. */
struct difference {
	size_t point;
	double a, b;
};

/* A variable that both plots have. */
struct pair {
	const char *name;
	size_t of_a, of_b;
	size_t width; /* doubles of a point */
	size_t n_different;
	struct difference first, largest;
};

struct comparison {
	const struct raw_options *options;
	const struct carom_raw_plot *a, *b;
	size_t number; /* of the plot, from 1 */
	bool differs;
	struct pair *pairs;
	size_t n_pairs;
};

/* ---- values ---- */

static double distance(const struct difference *difference)
{
	double distance = fabs(difference->a - difference->b);

	return isnan(distance) ? (double)INFINITY : distance;
}

/* NAN is the same as NAN, and an infinity as itself. */
static bool is_same(const struct raw_options *options, double a, double b)
{
	double larger = fmax(fabs(a), fabs(b));

	if (a == b || (isnan(a) && isnan(b)))
		return true;
	return fabs(a - b) <= options->absolute + options->relative * larger && isfinite(larger);
}

/* Of a complex value the part counts that differs more. */
static void compare_values(const struct raw_options *options, struct pair *pair, size_t first,
			   size_t n, const double *a, const double *b)
{
	size_t last = SIZE_MAX;

	for (size_t i = 0; i < pair->width * n; i++) {
		struct difference here = {first + i / pair->width, a[i], b[i]};

		if (is_same(options, here.a, here.b))
			continue;
		if (pair->n_different == 0)
			pair->first = pair->largest = here;
		else if (distance(&here) > distance(&pair->largest))
			pair->largest = here;
		pair->n_different += here.point != last;
		last = here.point;
	}
}

/* The variables of the pairs, of both plots, from the first point on. */
struct block {
	size_t most; /* points */
	size_t *variables[2];
	double **columns[2];
	double *values[2];
};

static void block_release(struct block *block)
{
	for (int i = 0; i < 2; i++) {
		free(block->variables[i]);
		free(block->columns[i]);
		free(block->values[i]);
	}
}

static bool block_init(struct block *block, const struct comparison *comparison)
{
	size_t width = 0, n = comparison->n_pairs;
	bool failed = false;

	*block = (struct block){.most = 0};
	for (size_t i = 0; i < n; i++)
		width += comparison->pairs[i].width;
	block->most = BLOCK / sizeof(double) / (width + 1) + 1;
	for (int i = 0; i < 2; i++) {
		block->variables[i] = calloc(n + 1, sizeof(*block->variables[i]));
		block->columns[i] = calloc(n + 1, sizeof(*block->columns[i]));
		block->values[i] = calloc(width * block->most + 1, sizeof(double));
		failed |= !block->variables[i] || !block->columns[i] || !block->values[i];
	}
	for (size_t i = 0, at = 0; i < n && !failed; i++) {
		block->variables[0][i] = comparison->pairs[i].of_a;
		block->variables[1][i] = comparison->pairs[i].of_b;
		block->columns[0][i] = block->values[0] + at;
		block->columns[1][i] = block->values[1] + at;
		at += comparison->pairs[i].width * block->most;
	}
	return !failed;
}

static int compare_points(struct comparison *comparison, struct block *block, size_t n,
			  struct carom_error *err)
{
	for (size_t first = 0; first < n; first += block->most) {
		struct carom_raw_range range = {.size = sizeof(range), .first = first};

		range.n_points = n - first < block->most ? n - first : block->most;
		if (carom_raw_plot_read(comparison->a, block->variables[0], comparison->n_pairs,
					block->columns[0], &range, err) ||
		    carom_raw_plot_read(comparison->b, block->variables[1], comparison->n_pairs,
					block->columns[1], &range, err))
			return (int)err->status;
		for (size_t i = 0; i < comparison->n_pairs; i++)
			compare_values(comparison->options, &comparison->pairs[i], first,
				       range.n_points, block->columns[0][i], block->columns[1][i]);
	}
	return CAROM_OK;
}

/* ---- what is told ---- */

/* A line of the answer; with --quiet its status is all of it. */
static void tell(struct comparison *comparison, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void tell(struct comparison *comparison, const char *format, ...)
{
	va_list arguments;

	comparison->differs = true;
	if (comparison->options->is_quiet)
		return;
	va_start(arguments, format);
	vprintf(format, arguments);
	va_end(arguments);
}

/* "first at point 3 (time = 1e-06): 1 against 2" */
static void tell_difference(struct comparison *comparison, const char *which,
			    const struct difference *difference)
{
	struct carom_raw_range range = {
		.size = sizeof(range), .first = difference->point, .n_points = 1};
	const size_t scale = 0;
	double value[2] = {(double)NAN, 0}, *column = value;
	struct carom_error err = CAROM_ERROR_INIT;

	carom_raw_plot_read(comparison->a, &scale, 1, &column, &range, &err);
	tell(comparison, "%s at point %zu (%s = %.9g): %.17g against %.17g", which,
	     difference->point, carom_raw_plot_variable(comparison->a, scale)->name, value[0],
	     difference->a, difference->b);
}

static void tell_pair(struct comparison *comparison, const struct pair *pair, size_t n)
{
	tell(comparison, "plot %zu, %s: %zu of %zu values differ; ", comparison->number, pair->name,
	     pair->n_different, n);
	tell_difference(comparison, "first", &pair->first);
	if (pair->largest.point != pair->first.point) {
		tell(comparison, "; ");
		tell_difference(comparison, "most", &pair->largest);
	}
	tell(comparison, "\n");
}

/* ---- plots ---- */

/* Mostly it has the same place in both. */
static size_t find_variable(const struct carom_raw_plot *plot, const char *name, size_t likely)
{
	const struct carom_raw_variable *variable = carom_raw_plot_variable(plot, likely);

	if (variable && strcasecmp(variable->name, name) == 0)
		return likely;
	return carom_raw_plot_find_variable(plot, name);
}

static void add_pair(struct comparison *comparison, size_t of_a)
{
	const struct carom_raw_variable *a = carom_raw_plot_variable(comparison->a, of_a);
	size_t of_b = find_variable(comparison->b, a->name, of_a);
	const struct carom_raw_variable *b = carom_raw_plot_variable(comparison->b, of_b);

	if (!b)
		tell(comparison, "plot %zu, %s: not in %s\n", comparison->number, a->name,
		     comparison->options->files[1]);
	else if (a->is_complex != b->is_complex)
		tell(comparison, "plot %zu, %s: %s against %s\n", comparison->number, a->name,
		     a->is_complex ? "complex" : "real", b->is_complex ? "complex" : "real");
	else
		comparison->pairs[comparison->n_pairs++] =
			(struct pair){.name = a->name,
				      .of_a = of_a,
				      .of_b = of_b,
				      .width = a->is_complex ? 2 : 1};
}

static bool find_pairs(struct comparison *comparison)
{
	size_t n_a = carom_raw_plot_variable_count(comparison->a);
	size_t n_b = carom_raw_plot_variable_count(comparison->b);

	comparison->n_pairs = 0;
	comparison->pairs = calloc(n_a + 1, sizeof(*comparison->pairs));
	if (!comparison->pairs)
		return false;
	for (size_t i = 0; i < n_a; i++)
		add_pair(comparison, i);
	for (size_t i = 0; i < n_b; i++) {
		const char *name = carom_raw_plot_variable(comparison->b, i)->name;

		if (find_variable(comparison->a, name, i) == SIZE_MAX)
			tell(comparison, "plot %zu, %s: not in %s\n", comparison->number, name,
			     comparison->options->files[0]);
	}
	return true;
}

/* Points that both have are compared, one by one. */
static int compare_plots(struct comparison *comparison, struct carom_error *err)
{
	size_t n_a = carom_raw_plot_point_count(comparison->a);
	size_t n_b = carom_raw_plot_point_count(comparison->b);
	size_t n = n_a < n_b ? n_a : n_b;
	struct block block = {.most = 0};

	if (n_a != n_b)
		tell(comparison, "plot %zu: %zu points against %zu\n", comparison->number, n_a,
		     n_b);
	if (find_pairs(comparison) && block_init(&block, comparison))
		compare_points(comparison, &block, n, err);
	else
		err->status = CAROM_ERROR_MEMORY;
	for (size_t i = 0; i < comparison->n_pairs && err->status == 0; i++) {
		if (comparison->pairs[i].n_different > 0)
			tell_pair(comparison, &comparison->pairs[i], n);
	}
	block_release(&block);
	free(comparison->pairs);
	return (int)err->status;
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
	if (n_a != n_b)
		tell(&comparison, "%zu plots against %zu\n", n_a, n_b);
	compare_all(&comparison, a, b, &err);
	if (err.status)
		return command_fail(&err);
	return comparison.differs ? EXIT_DIFFERENT : EXIT_DONE;
}
