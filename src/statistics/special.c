/* SPDX-License-Identifier: BSD-3-Clause */
/* Incomplete beta and gamma functions, and the quantiles that are found by them. */
#include "statistics/special.h"

#include <float.h>
#include <math.h>

static const double two_pi = 6.283185307179586477;

/* ---- the factors before series and fractions ---- */

/* log(z!) less Stirling's formula for it; by its series (DLMF 5.11.1) where that is exact. */
static double stirling_error(double z)
{
	static const double terms[] = {1 / 12.0, -1 / 360.0, 1 / 1260.0, -1 / 1680.0, 1 / 1188.0};
	double sum = 0;
	int sign; /* lgamma keeps it in a global */

	if (z < 40)
		return lgamma_r(z + 1, &sign) - (z + 0.5) * log(z) + z - 0.5 * log(two_pi);
	for (int i = (int)(sizeof(terms) / sizeof(*terms)) - 1; i >= 0; i--)
		sum = sum / (z * z) + terms[i];
	return sum / z;
}

/* x log(x / mean) + mean - x, which cancels where x is close to the mean: Loader's bd0. */
static double deviance(double x, double mean)
{
	double ratio = (x - mean) / (x + mean);
	double sum = (x - mean) * ratio;
	double term = 2 * x * ratio;

	if (!(fabs(ratio) < 0.1))
		return x * log(x / mean) + mean - x;
	for (int k = 3;; k += 2) { /* each term is less than a hundredth of the one before */
		double next;

		term *= ratio * ratio;
		next = sum + term / k;
		if (next == sum)
			return sum;
		sum = next;
	}
}

/* x^a (1-x)^b / (a B(a, b)) */
static double beta_front(double x, double a, double b)
{
	const double n = a + b;
	double log_shape = stirling_error(n) - stirling_error(a) - stirling_error(b) -
			   deviance(a, n * x) - deviance(b, n * (1 - x));

	return exp(log_shape) * sqrt(b / (two_pi * a * n));
}

/* x^a e^-x / Gamma(a + 1) */
static double gamma_front(double x, double a)
{
	return exp(-stirling_error(a) - deviance(a, x)) / sqrt(two_pi * a);
}

/* ---- continued fractions ---- */

/* Lentz's method divides by what may be zero: kept away from it, the error cancels. */
static double away_from_zero(double x)
{
	return fabs(x) < DBL_MIN ? DBL_MIN : x;
}

/* The coefficient d_m of DLMF 8.17.23. */
static double beta_coefficient(unsigned m, double x, double a, double b)
{
	const unsigned half = m / 2;
	const double k = half;

	if (m % 2 == 0)
		return k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k));
	return -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
}

/* Some multiple of the square root of the larger argument, so that a fraction ends with any. */
static unsigned most_terms(double larger)
{
	return 500 + (unsigned)(10 * sqrt(fmin(larger, 1e12)));
}

/* 1 + d1 / (1 + d2 / (1 + ...)): some sqrt(max(a, b)) terms where x < (a + 1) / (a + b + 2). */
static double beta_fraction(double x, double a, double b)
{
	const unsigned most = most_terms(fmax(a, b));
	double c = 1, d = 0, value = 1, factor = 0;

	for (unsigned m = 1; m <= most && fabs(factor - 1) > DBL_EPSILON; m++) {
		double coefficient = beta_coefficient(m, x, a, b);

		d = 1 / away_from_zero(1 + coefficient * d);
		c = away_from_zero(1 + coefficient / c);
		factor = c * d;
		value *= factor;
	}
	return value;
}

/* x + 1 - a + 1 (a - 1) / (x + 3 - a + 2 (a - 2) / (x + 5 - a + ...)) */
static double gamma_fraction(double x, double a)
{
	const unsigned most = most_terms(a);
	double b = x + 1 - a;
	double c = away_from_zero(b), d = 0;
	double value = c, factor = 0;

	for (unsigned m = 1; m <= most && fabs(factor - 1) > DBL_EPSILON; m++) {
		double coefficient = -(double)m * ((double)m - a);

		b += 2;
		d = 1 / away_from_zero(b + coefficient * d);
		c = away_from_zero(b + coefficient / c);
		factor = c * d;
		value *= factor;
	}
	return value;
}

/* 1 + x/(a+1) + x^2/((a+1)(a+2)) + ... */
static double gamma_series(double x, double a)
{
	double sum = 1, term = 1;

	for (double k = a + 1; term > DBL_EPSILON * sum; k++) {
		term *= x / k;
		sum += term;
	}
	return sum;
}

/* ---- the functions ---- */

double special_beta(double x, double a, double b)
{
	if (!(x > 0 && x < 1))
		return x <= 0 ? 0 : x >= 1 ? 1 : NAN;
	if (x > (a + 1) / (a + b + 2))
		return 1 - beta_front(1 - x, b, a) / beta_fraction(1 - x, b, a);
	return beta_front(x, a, b) / beta_fraction(x, a, b);
}

double special_gamma(double x, double a)
{
	if (!(x > 0 && x < INFINITY))
		return x <= 0 ? 0 : x > 0 ? 1 : NAN;
	if (x < a + 1)
		return gamma_front(x, a) * gamma_series(x, a);
	return 1 - gamma_front(x, a) * a / gamma_fraction(x, a);
}

double special_binomial(double k, double n, double p)
{
	if (k < 0)
		return 0;
	return k >= n ? 1 : special_beta(1 - p, n - k, k + 1);
}

/* ---- quantiles ---- */

/* A distribution function of x >= 0 with its density. */
struct curve {
	double (*value)(double x, double a, double b);
	double (*slope)(double x, double a, double b);
	double a, b;
	double upper; /* end of the range */
};

/* Newton's method from x, kept inside a bracket that shrinks with every step. */
static double invert(const struct curve *curve, double p, double x)
{
	enum { MOST_STEPS = 1100 }; /* halving gets from 1 to the smallest double in 1075 */
	double lower = 0, upper = curve->upper;

	for (int i = 0; i < MOST_STEPS; i++) {
		double excess = curve->value(x, curve->a, curve->b) - p;
		double next = x - excess / curve->slope(x, curve->a, curve->b);

		if (excess < 0)
			lower = x;
		else
			upper = x;
		if (!(next > lower && next < upper))
			next = upper < INFINITY ? lower + (upper - lower) / 2 : 2 * x + 1;
		if (fabs(next - x) <= 1e-15 * x)
			return next;
		x = next;
	}
	return x;
}

static double beta_slope(double x, double a, double b)
{
	return a * beta_front(x, a, b) / (x * (1 - x));
}

double special_beta_quantile(double p, double a, double b)
{
	const struct curve curve = {special_beta, beta_slope, a, b, 1};

	if (!(p > 0 && p < 1))
		return p == 0 ? 0 : p == 1 ? 1 : NAN;
	return invert(&curve, p, a / (a + b));
}

static double gamma_value(double x, double a, double unused)
{
	(void)unused;
	return special_gamma(x, a);
}

static double gamma_slope(double x, double a, double unused)
{
	(void)unused;
	return a * gamma_front(x, a) / x;
}

/* A chi-square variable is twice a gamma variable of half its degrees of freedom. */
double special_chi_square_quantile(double p, double freedom)
{
	const struct curve curve = {gamma_value, gamma_slope, freedom / 2, 0, INFINITY};

	if (!(p > 0 && p < 1))
		return p == 0 ? 0 : p == 1 ? (double)INFINITY : (double)NAN;
	return 2 * invert(&curve, p, freedom / 2);
}

/*
 * Source: Abramowitz & Stegun 26.7.1: t^2 / (t^2 + freedom) and freedom / (t^2
 * + freedom) are beta variables; that one is taken whose quantile tells t best.
 */
double special_t_quantile(double p, double freedom)
{
	double tail = p < 0.5 ? p : 1 - p;
	double x, t;

	if (!(p > 0 && p < 1))
		return p == 0 ? -(double)INFINITY : p == 1 ? (double)INFINITY : (double)NAN;
	if (tail < 0.01) {
		x = special_beta_quantile(2 * tail, freedom / 2, 0.5);
		t = sqrt(freedom * (1 - x) / x);
	} else {
		x = special_beta_quantile(1 - 2 * tail, 0.5, freedom / 2);
		t = sqrt(freedom * x / (1 - x));
	}
	return p < 0.5 ? -t : t;
}
