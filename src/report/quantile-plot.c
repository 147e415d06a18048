/* SPDX-License-Identifier: BSD-3-Clause */
/* The values of a measurement against those of a normal distribution. */
#include <math.h>

#include "report/report.h"
#include "report/thin.h"
#include "statistics/normal.h"
#include "statistics/special.h"

struct quantile_plot {
	double z[REPORT_MOST_QUANTILES], value[REPORT_MOST_QUANTILES];
	double lower[REPORT_MOST_QUANTILES], upper[REPORT_MOST_QUANTILES];
	size_t n;
};

static double score_of(size_t rank, size_t n)
{
	return normal_quantile(((double)rank + 0.5) / (double)n);
}

static void add(struct quantile_plot *plot, const double *sorted, size_t n, size_t rank,
		double confidence)
{
	double tail = (1 - confidence) / 2, i = (double)rank + 1, others = (double)(n - rank);
	size_t at = plot->n++;

	plot->z[at] = score_of(rank, n);
	plot->value[at] = sorted[rank];
	plot->lower[at] = normal_quantile(special_beta_quantile(tail, i, others));
	plot->upper[at] = normal_quantile(special_beta_quantile(1 - tail, i, others));
}

/*
 * The rank at place i of most, which lie at equal distances of the score: tails have all of theirs.
 */
static size_t rank_at(size_t i, size_t most, size_t n)
{
	double z = score_of(n - 1, n) * (2 * (double)i / (double)(most - 1) - 1);
	size_t rank = (size_t)(normal_cdf(z) * (double)n);

	return rank < n ? rank : n - 1;
}

json_t *report_quantile_plot(const double *sorted, size_t n, double confidence)
{
	struct quantile_plot plot = {.n = 0};
	size_t most = n < REPORT_MOST_QUANTILES ? n : REPORT_MOST_QUANTILES, next = 0;

	for (size_t i = 0; i < most; i++) {
		size_t rank = most == n ? i : rank_at(i, most, n);

		if (rank < next)
			continue;
		add(&plot, sorted, n, rank, confidence);
		next = rank + 1;
	}
	return json_pack("{s:o, s:o, s:o, s:o}", "z", thin_array(plot.z, plot.n), "value",
			 thin_array(plot.value, plot.n), "lower", thin_array(plot.lower, plot.n),
			 "upper", thin_array(plot.upper, plot.n));
}
