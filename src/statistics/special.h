/* SPDX-License-Identifier: BSD-3-Clause */
/* Special functions of statistics: incomplete beta and gamma functions, and quantiles by them. */
#ifndef STATISTICS_SPECIAL_H
#define STATISTICS_SPECIAL_H

/*
 * I_x(a, b), the regularised incomplete beta function, a and b positive: the
 * probability that a beta variable is below x.  Good to some 1e-13 of the
 * smaller of it and its complement's unit. Sources: continued fraction
 * DLMF 8.17.22, by the modified method of Lentz; the factor before it by
 * Loader's saddle-point expansion (Fast and accurate computation of binomial
 * probabilities, 2000).
 */
double special_beta(double x, double a, double b);
double special_beta_quantile(double p, double a, double b); /* NAN unless 0 <= p <= 1 */

/*
 * P(a, x), the regularised lower incomplete gamma function, a positive.
 * Sources: series DLMF 8.11.4 below x = a + 1, continued fraction DLMF 8.9.2
 * above.
 */
double special_gamma(double x, double a);

/* Quantiles of the chi-square and of Student's t distribution, degrees of freedom > 0. */
double special_chi_square_quantile(double p, double freedom);
double special_t_quantile(double p, double freedom);

/* P(K <= k) of a binomial variable K of n trials with probability p.  Source: DLMF 8.17.24. */
double special_binomial(double k, double n, double p);

#endif
