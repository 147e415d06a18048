/* SPDX-License-Identifier: BSD-3-Clause */
/* What importance sampling says: how probable a failure is, and where it happens. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "summary.h"

/* ---- where ---- */

#define MOST_DEVIATES 6
#define LEAST_DEVIATE 0.1 /* of the distance */

struct deviate {
	size_t parameter;
	double value;
};

static int compare_deviates(const void *a, const void *b)
{
	double first = fabs(((const struct deviate *)a)->value);
	double second = fabs(((const struct deviate *)b)->value);

	return (first < second) - (first > second);
}

/* Largest first; the caller frees them.  NULL: no memory, or no parameters. */
static struct deviate *sorted_deviates(const struct carom_store *store, size_t n)
{
	struct deviate *list = n ? malloc(n * sizeof(*list)) : NULL;

	for (size_t i = 0; list && i < n; i++)
		list[i] = (struct deviate){i, carom_store_deviate(store, i)};
	if (list)
		qsort(list, n, sizeof(*list), compare_deviates);
	return list;
}

static void print_place(const struct summary *summary)
{
	const struct carom_failure *failure = &summary->failure;
	size_t n = carom_store_parameter_count(summary->store), shown = 0;
	struct deviate *list = sorted_deviates(summary->store, n);

	printf("  %-12s %.3g sigma away, found by %" PRIu64 " samples more\n", "shift",
	       failure->distance, failure->n_searched);
	while (list && shown < n && shown < MOST_DEVIATES &&
	       fabs(list[shown].value) >= LEAST_DEVIATE * failure->distance &&
	       list[shown].value != 0) {
		printf("  %-12s %s %+.3g sigma\n", shown ? "" : "where",
		       carom_store_parameter_name(summary->store, list[shown].parameter),
		       list[shown].value);
		shown++;
	}
	free(list);
}

/* ---- how probable ---- */

static void print_probability(const struct carom_failure *failure)
{
	printf("  %-12s %-10.3g %.3g .. %.3g (%.4g %%)\n", "probability", failure->probability,
	       failure->ci.lower, failure->ci.upper, 100 * failure->confidence);
	printf("  %-12s %-10.3f %.3f .. %.3f\n", "sigma", failure->sigma, failure->sigma_ci.lower,
	       failure->sigma_ci.upper);
	printf("  %-12s %.3g %% of the probability\n", "error", 100 * failure->relative_error);
}

void summary_print_failure(const struct summary *summary)
{
	const struct carom_failure *failure = &summary->failure;
	char limit[24];

	printf("\nimportance sampling: %s %s %s%s fails\n", failure->measurement,
	       failure->is_upper ? "above" : "below", summary_number(failure->limit, limit),
	       failure->unit);
	if (failure->n_failed > 0)
		print_probability(failure);
	printf("  %-12s %" PRIu64 " of %" PRIu64 " samples, worth %.3g of equal weight\n",
	       "failures", failure->n_failed, failure->n, failure->effective);
	if (failure->n_missing > 0)
		printf("  %-12s %" PRIu64 " of these have no value\n", "", failure->n_missing);
	print_place(summary);
	if (*failure->doubt)
		printf("  doubtful: %s\n", failure->doubt);
	printf("(failures elsewhere, if there are any, are not in it; "
	       "samples have weights, so that no other\nstatistics are told)\n");
}

json_t *summary_failure(const struct summary *summary)
{
	const struct carom_failure *f = &summary->failure;

	if (!f->measurement)
		return json_null();
	return json_pack(
		"{s:s, s:s, s:f, s:s, s:I, s:I, s:I, s:o, s:o, s:[o, o], s:o, s:o, s:[o, o], s:o, "
		"s:I, s:I, s:s}",
		"measurement", f->measurement, "unit", f->unit, "limit", f->limit, "side",
		f->is_upper ? "upper" : "lower", "samples", (json_int_t)f->n, "failed",
		(json_int_t)f->n_failed, "missing", (json_int_t)f->n_missing, "effective",
		command_json_number(f->effective), "probability",
		command_json_number(f->probability), "ci", command_json_number(f->ci.lower),
		command_json_number(f->ci.upper), "relative_error",
		command_json_number(f->relative_error), "sigma", command_json_number(f->sigma),
		"sigma_ci", command_json_number(f->sigma_ci.lower),
		command_json_number(f->sigma_ci.upper), "distance",
		command_json_number(f->distance), "batches", (json_int_t)f->n_batches, "searched",
		(json_int_t)f->n_searched, "doubt", f->doubt);
}
