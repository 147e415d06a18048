/* SPDX-License-Identifier: BSD-3-Clause */
/* The standard normal distribution function and its inverse. */
#include "statistics/normal.h"

#include <math.h>

/* a[0] + a[1] x + ... + a[7] x^7 */
static double polynomial(const double a[8], double x)
{
	double sum = a[7];

	for (int i = 6; i >= 0; i--)
		sum = sum * x + a[i];
	return sum;
}

#define MIDDLE 0.425

/* q = p - 1/2, within +-MIDDLE */
static double quantile_in_the_middle(double q)
{
	static const double numerator[] = {
		3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
		1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
		3.3430575583588128105e+4, 2.5090809287301226727e+3,
	};
	static const double denominator[] = {
		1.0,
		4.2313330701600911252e+1,
		6.8718700749205790830e+2,
		5.3941960214247511077e+3,
		2.1213794301586595867e+4,
		3.9307895800092710610e+4,
		2.8729085735721942674e+4,
		5.2264952788528545610e+3,
	};
	double r = 0.180625 - q * q;

	return q * polynomial(numerator, r) / polynomial(denominator, r);
}

/* r = sqrt(-log(tail)) <= 5: tails down to 1.4e-11 */
static double quantile_near(double r)
{
	static const double numerator[] = {
		1.42343711074968357734e0,  4.63033784615654529590e0,  5.76949722146069140550e0,
		3.64784832476320460504e0,  1.27045825245236838258e0,  2.41780725177450611770e-1,
		2.27238449892691845833e-2, 7.74545014278341407640e-4,
	};
	static const double denominator[] = {
		1.0,
		2.05319162663775882187e0,
		1.67638483018380384940e0,
		6.89767334985100004550e-1,
		1.48103976427480074590e-1,
		1.51986665636164571966e-2,
		5.47593808499534494600e-4,
		1.05075007164441684324e-9,
	};

	return polynomial(numerator, r - 1.6) / polynomial(denominator, r - 1.6);
}

static double quantile_far(double r)
{
	static const double numerator[] = {
		6.65790464350110377720e0,  5.46378491116411436990e0,  1.78482653991729133580e0,
		2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
		2.71155556874348757815e-5, 2.01033439929228813265e-7,
	};
	static const double denominator[] = {
		1.0,
		5.99832206555887937690e-1,
		1.36929880922735805310e-1,
		1.48753612908506148525e-2,
		7.86869131145613259100e-4,
		1.84631831751005468180e-5,
		1.42151175831644588870e-7,
		2.04426310338993978564e-15,
	};

	return polynomial(numerator, r - 5) / polynomial(denominator, r - 5);
}

/* tail: below 0.075; positive, for the upper one */
static double quantile_of_tail(double tail)
{
	double r = sqrt(-log(tail));

	return r <= 5 ? quantile_near(r) : quantile_far(r);
}

double normal_quantile(double p)
{
	double q = p - 0.5;

	if (!(p > 0 && p < 1))
		return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
	if (fabs(q) <= MIDDLE)
		return quantile_in_the_middle(q);
	return copysign(quantile_of_tail(q < 0 ? p : 1 - p), q);
}

/*
 * p = Phi(-cut) + below (1 - 2 Phi(-cut)), and in the middle, where that loses digits, its distance
 * from 1/2.
 */
double normal_cut_quantile(double below, double above, double cut)
{
	double mass = erf(cut * M_SQRT1_2);
	double q = (below < above ? below - 0.5 : 0.5 - above) * mass;
	double z = fabs(q) <= MIDDLE
			   ? quantile_in_the_middle(fabs(q))
			   : quantile_of_tail(normal_cdf(-cut) + fmin(below, above) * mass);

	return copysign(fmin(z, cut), q);
}

/*
 * erfc(x) / 2 at x = -z / sqrt(2).  x as a double is off by rest; at z = -37 that alone would be
 * 1e-13 of the result, so the derivative, -exp(-x^2) / sqrt(pi), takes it along.
 */
double normal_cdf(double z)
{
	static const double rest_of_sqrt1_2 = -4.833646656726457e-17; /* sqrt(1/2) - M_SQRT1_2 */
	double x = -z * M_SQRT1_2;
	double rest = -fma(z, M_SQRT1_2, x) - z * rest_of_sqrt1_2;
	double p = erfc(x) / 2;

	return isfinite(x) ? p - rest * exp(-x * x) * (M_2_SQRTPI / 2) : p;
}
