/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Intervals against known values (SciPy 1.10 of Debian's python3-scipy, by the
 * expressions named), exact facts and how often they hold the truth.
 */
#include <math.h>

#include "statistics/estimate.h"
#include "statistics/normal.h"
#include "statistics/philox.h"
#include "support.h"

#define N_OF(array) (sizeof(array) / sizeof(*(array)))

/* The same in mpmath: lower at (0.025, k, n - k + 1), upper at (0.975, k + 1, n - k). */
static void the_exact_interval_has_its_known_ends(void **state)
{
	static const struct {
		uint64_t k, n;
		double lower, upper;
	} cases[] = {
		{0, 10, 0, 0.308497107818760824},
		{1, 10, 0.0025285785444617845, 0.44501611702819542},
		{5, 10, 0.187086028447398532, 0.812913971552601468},
		{10, 10, 0.691502892181239176, 1},
		{0, 1000, 0, 0.00368208389686567209},
		{950, 1000, 0.934609512084506352, 0.962664602395338232},
		{999, 1000, 0.994441075720173327, 0.999974682512508706},
		{1000, 1000, 0.996317916103134328, 1},
		{9950, 10000, 0.993413373570920081, 0.996286693820444512},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct carom_interval c = estimate_clopper_pearson(cases[i].k, cases[i].n, 0.95);

		assert_double_equal(c.lower, cases[i].lower, 1e-13, 0);
		assert_double_equal(c.upper, cases[i].upper, 1e-13, 0);
	}
}

/* mpmath as above at 0.005 and 0.995 */
static void a_higher_level_widens_the_interval(void **state)
{
	struct carom_interval c = estimate_clopper_pearson(18, 20, 0.99);

	(void)state;
	assert_double_equal(c.lower, 0.612874742932473799, 1e-13, 0);
	assert_double_equal(c.upper, 0.994704850525228174, 1e-13, 0);
}

static void no_trial_says_nothing(void **state)
{
	struct carom_interval c = estimate_clopper_pearson(0, 0, 0.95);

	(void)state;
	assert_true(c.lower == 0 && c.upper == 1);
}

/* The probability that the interval holds the true proportion, summed over every outcome. */
static double coverage(struct carom_interval (*interval)(uint64_t, uint64_t, double),
		       double proportion, uint64_t n)
{
	double sum = 0;

	for (uint64_t k = 0; k <= n; k++) {
		struct carom_interval c = interval(k, n, 0.95);
		double ways = lgamma(n + 1.0) - lgamma(k + 1.0) - lgamma((double)(n - k) + 1);

		if (c.lower <= proportion && proportion <= c.upper)
			sum += exp(ways + (double)k * log(proportion) +
				   (double)(n - k) * log1p(-proportion));
	}
	return sum;
}

static void the_exact_interval_covers_at_least_what_it_says(void **state)
{
	(void)state;
	for (double proportion = 0.01; proportion < 1; proportion += 0.0333) {
		assert_true(coverage(estimate_clopper_pearson, proportion, 7) >= 0.95);
		assert_true(coverage(estimate_clopper_pearson, proportion, 60) >= 0.95);
	}
	assert_true(coverage(estimate_clopper_pearson, 0.5, 60) <
		    0.98); /* but it is not arbitrarily wide */
}

/* Millions of samples: symmetric about a half, and close to the normal approximation. */
static void the_exact_interval_holds_for_a_million_trials(void **state)
{
	struct carom_interval c = estimate_clopper_pearson(500000, 1000000, 0.95);

	(void)state;
	assert_double_equal(c.lower, 1 - c.upper, 1e-11, 0);
	assert_double_equal(c.upper - c.lower, 2 * 1.959963984540054 * 0.5e-3, 2e-3, 0);
}

/*
 * Both lie around the share; their ends are known by scipy.stats.binomtest(k,
 * n).proportion_ci(0.95, 'wilson').
 */
static void wilsons_interval_has_its_known_ends(void **state)
{
	static const struct {
		uint64_t k, n;
		double lower, upper;
	} cases[] = {
		{0, 10, 0, 0.27753279986288926},
		{1, 10, 0.017876213095072896, 0.4041500267952385},
		{5, 10, 0.236593090512564, 0.7634069094874361},
		{10, 10, 0.7224672001371109, 1},
		{950, 1000, 0.9346861797557491, 0.9618697376072511},
		{999, 1000, 0.9943574414020421, 0.9998234536293739},
		{9950, 10000, 0.9934147426838684, 0.9962050989291618},
	};

	(void)state;
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct carom_interval c = estimate_wilson(cases[i].k, cases[i].n, 0.95);

		assert_double_equal(c.lower, cases[i].lower, 1e-12, 0);
		assert_double_equal(c.upper, cases[i].upper, 1e-12, 0);
	}
	assert_double_equal(estimate_wilson(18, 20, 0.99).lower, 0.6205022134712957, 1e-12, 0);
	assert_true(estimate_wilson(0, 0, 0.95).lower == 0 &&
		    estimate_wilson(0, 0, 0.95).upper == 1);
}

/* Averaged over proportions it covers what it says, and where none failed it is the shorter one. */
static void wilsons_interval_covers_on_average_and_is_shorter(void **state)
{
	double sum = 0;
	int n = 0;

	(void)state;
	for (double proportion = 0.01; proportion < 1; proportion += 0.0333, n++)
		sum += coverage(estimate_wilson, proportion, 60);
	assert_true(sum / n > 0.94 && sum / n < 0.96);
	assert_true(estimate_wilson(1000, 1000, 0.95).lower >
		    estimate_clopper_pearson(1000, 1000, 0.95).lower - 1e-3);
	assert_true(estimate_wilson(500, 1000, 0.95).upper <
		    estimate_clopper_pearson(500, 1000, 0.95).upper);
}

/* No fail in n: the exact one-sided bound, known as the rule of three. */
static void no_fail_in_n_is_the_rule_of_three(void **state)
{
	(void)state;
	for (uint64_t n = 100; n < 1000000; n *= 10) {
		double lower = estimate_clopper_pearson(n, n, 0.90).lower;

		assert_double_equal(lower, pow(0.05, 1 / (double)n), 1e-13, 0);
		assert_double_equal(1 - lower, 3 / (double)n, 0.02, 0);
	}
}

static void a_yield_is_told_as_sigma(void **state)
{
	struct carom_yield y = estimate_yield(950, 1000, 0.95);

	(void)state;
	assert_int_equal(y.n_pass, 950);
	assert_int_equal(y.n, 1000);
	assert_same_bits(y.value, 0.95);
	/* scipy.stats.norm.ppf of the yield and of the ends of its exact interval */
	assert_double_equal(y.sigma, 1.6448536269514722, 1e-14, 0);
	assert_double_equal(y.sigma_ci.lower, 1.51102934, 1e-8, 0);
	assert_double_equal(y.sigma_ci.upper, 1.78248119, 1e-8, 0);
	y = estimate_yield(10, 10, 0.95);
	assert_true(y.sigma == INFINITY && y.sigma_ci.upper == INFINITY);
	assert_true(y.sigma_ci.lower > 0.5 && y.sigma_ci.lower < 0.51);
	y = estimate_yield(0, 0, 0.95);
	assert_true(isnan(y.value) && isnan(y.sigma) && y.exact.lower == 0 && y.wilson.upper == 1);
}

/* ---- mean, deviation, quantiles, capability ---- */

static const double few[] = {3.1, -2, 8, 0.5, 7.25, 8, 1e-3};

/* few.mean() -+ 2.4469118511449692 few.std(ddof=1) / sqrt(7), Student's t by mpmath */
static void the_interval_of_a_mean_is_students(void **state)
{
	struct stats_moments m = stats_moments(few, N_OF(few));
	struct carom_interval c = estimate_mean(&m, 0.95);

	(void)state;
	assert_double_equal(c.lower, -0.3407712646454475, 1e-12, 0);
	assert_double_equal(c.upper, 7.441056978931163, 1e-12, 0);
	m = stats_moments(few, 1);
	assert_true(isnan(estimate_mean(&m, 0.95).lower) && isnan(estimate_sd(&m, 0.95).upper));
}

/* few.std(ddof=1) * sqrt(6 / scipy.stats.chi2.ppf([0.975, 0.025], 6)), and at 99 % */
static void the_interval_of_a_deviation_is_chi_squares(void **state)
{
	struct stats_moments m = stats_moments(few, N_OF(few));
	struct carom_interval c = estimate_sd(&m, 0.95);

	(void)state;
	assert_double_equal(c.lower, 2.71102442, 1e-8, 0);
	assert_double_equal(c.upper, 9.2643018, 1e-8, 0);
	c = estimate_sd(&m, 0.99);
	assert_double_equal(c.lower, 2.39284348, 1e-8, 0);
	assert_double_equal(c.upper, 12.53638732, 1e-8, 0);
}

/*
 * Ranks r and s, from 1, such that scipy.stats.binom.cdf(r - 1, n, p) and
 * binom.sf(s - 1, n, p) are at most 0.025, the largest r and the smallest s; 0:
 * there is none.
 */
static void the_interval_of_a_quantile_lies_between_ranks(void **state)
{
	static const struct {
		size_t n;
		double p;
		size_t lower, upper;
	} cases[] = {
		{5, 0.5, 0, 0},        {6, 0.5, 1, 6},        {10, 0.5, 2, 9},
		{100, 0.5, 40, 61},    {100, 0.05, 1, 11},    {1000, 0.95, 936, 964},
		{1000, 0.00135, 0, 5}, {3000, 0.00135, 1, 9}, {58, 0.05, 0, 8},
	};
	double sorted[3000];

	(void)state;
	for (size_t i = 0; i < N_OF(sorted); i++)
		sorted[i] = (double)(i + 1);
	for (size_t i = 0; i < N_OF(cases); i++) {
		struct carom_interval c = estimate_quantile(sorted, cases[i].n, cases[i].p, 0.95);

		assert_true(c.lower == (cases[i].lower ? (double)cases[i].lower : -INFINITY));
		assert_true(c.upper == (cases[i].upper ? (double)cases[i].upper : INFINITY));
	}
	assert_true(isnan(estimate_quantile(sorted, 0, 0.5, 0.95).lower));
}

/* Of few with limits -10 and 12, by the formulas of the header in numpy and scipy.stats */
static void capability_has_its_known_values(void **state)
{
	struct stats_moments m = stats_moments(few, N_OF(few));
	struct carom_capability c = estimate_capability(&m, -10, 12, 0.95);

	(void)state;
	assert_double_equal(c.cp, 0.8715435424741691, 1e-13, 0);
	assert_double_equal(c.cp_ci.lower, 0.39578446, 1e-7, 0);
	assert_double_equal(c.cp_ci.upper, 1.35250226, 1e-7, 0);
	assert_double_equal(c.cpk, 0.669492584335125, 1e-13, 0);
	assert_double_equal(c.cpk_ci.lower, 0.21731947, 1e-7, 0);
	assert_double_equal(c.cpk_ci.upper, 1.1216657, 1e-7, 0);
}

static void one_limit_has_a_cpk_alone(void **state)
{
	struct stats_moments m = stats_moments(few, N_OF(few));
	struct carom_capability below = estimate_capability(&m, NAN, 12, 0.95);
	struct carom_capability above = estimate_capability(&m, -10, NAN, 0.95);

	(void)state;
	assert_true(isnan(below.cp) && isnan(below.cp_ci.lower));
	assert_double_equal(below.cpk, (12 - m.mean) / (3 * m.sd), 1e-14, 0);
	assert_double_equal(above.cpk, (m.mean + 10) / (3 * m.sd), 1e-14, 0);
	assert_true(isnan(estimate_capability(&m, NAN, NAN, 0.95).cpk));
	m.sd = 0;
	assert_true(isnan(estimate_capability(&m, -10, 12, 0.95).cpk));
}

/* ---- coverage: how often an interval of 95 % holds what was drawn from ---- */

enum { TRIALS = 4000, DRAWS = 25 };

/* Normal of mean 5 and deviation 2, or else exponential, by their quantiles. */
static void draw(double *values, uint64_t trial, bool is_normal)
{
	for (uint32_t i = 0; i < DRAWS; i++) {
		double u = philox_uniform(11, trial, i);

		values[i] = is_normal ? 5 + 2 * normal_quantile(u) : -log1p(-u);
	}
}

static bool holds(struct carom_interval interval, double value)
{
	return interval.lower <= value && value <= interval.upper;
}

static void intervals_of_normal_values_cover_what_they_say(void **state)
{
	int mean = 0, sd = 0, cp = 0, cpk = 0;
	double values[DRAWS];

	(void)state;
	for (uint64_t trial = 0; trial < TRIALS; trial++) {
		struct stats_moments m;
		struct carom_capability c;

		draw(values, trial, true);
		m = stats_moments(values, DRAWS);
		c = estimate_capability(&m, 0, 12, 0.95);
		mean += holds(estimate_mean(&m, 0.95), 5);
		sd += holds(estimate_sd(&m, 0.95), 2);
		cp += holds(c.cp_ci, 1);
		cpk += holds(c.cpk_ci, 5.0 / 6);
	}
	/*
	 * 4000 trials tell a share to 0.0034 (one sigma); Bissell's interval is an approximation.
	 */
	assert_double_equal(mean / (double)TRIALS, 0.95, 0, 0.011);
	assert_double_equal(sd / (double)TRIALS, 0.95, 0, 0.011);
	assert_double_equal(cp / (double)TRIALS, 0.95, 0, 0.011);
	assert_double_equal(cpk / (double)TRIALS, 0.95, 0, 0.02);
}

static void intervals_of_quantiles_cover_at_least_what_they_say(void **state)
{
	int median = 0, upper = 0;
	double values[DRAWS];

	(void)state;
	for (uint64_t trial = 0; trial < TRIALS; trial++) {
		draw(values, trial, false);
		stats_sort(values, DRAWS);
		median += holds(estimate_quantile(values, DRAWS, 0.5, 0.95), log(2));
		upper += holds(estimate_quantile(values, DRAWS, 0.75, 0.95), log(4));
	}
	assert_true(median / (double)TRIALS > 0.95 && median / (double)TRIALS < 0.975);
	assert_true(upper / (double)TRIALS > 0.945 && upper / (double)TRIALS < 0.985);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_exact_interval_has_its_known_ends),
		cmocka_unit_test(a_higher_level_widens_the_interval),
		cmocka_unit_test(no_trial_says_nothing),
		cmocka_unit_test(the_exact_interval_covers_at_least_what_it_says),
		cmocka_unit_test(the_exact_interval_holds_for_a_million_trials),
		cmocka_unit_test(wilsons_interval_has_its_known_ends),
		cmocka_unit_test(wilsons_interval_covers_on_average_and_is_shorter),
		cmocka_unit_test(no_fail_in_n_is_the_rule_of_three),
		cmocka_unit_test(a_yield_is_told_as_sigma),
		cmocka_unit_test(the_interval_of_a_mean_is_students),
		cmocka_unit_test(the_interval_of_a_deviation_is_chi_squares),
		cmocka_unit_test(the_interval_of_a_quantile_lies_between_ranks),
		cmocka_unit_test(capability_has_its_known_values),
		cmocka_unit_test(one_limit_has_a_cpk_alone),
		cmocka_unit_test(intervals_of_normal_values_cover_what_they_say),
		cmocka_unit_test(intervals_of_quantiles_cover_at_least_what_they_say),
	};

	return run_all_tests(tests);
}
