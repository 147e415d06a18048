/* SPDX-License-Identifier: BSD-3-Clause */
/* Distributions: from a uniform number and a nominal value to a drawn value. */
#ifndef STUDY_DISTRIBUTION_H
#define STUDY_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

enum distribution_kind {
	DISTRIBUTION_GAUSS,    /* nominal + sigma z */
	DISTRIBUTION_UNIFORM,  /* nominal +- spread */
	DISTRIBUTION_LOGNORMAL /* nominal * exp(sigma z); the nominal is the median */
};

struct distribution {
	enum distribution_kind kind;
	bool is_relative; /* spread is a fraction of |nominal| */
	double spread;    /* gauss, lognormal: one sigma; uniform: half the width */
};

/*
 * Parse the words after the targets: "gauss 1%", "gauss 3% 3sigma", "uniform 5m", "lognormal 10%".
 * A lognormal's tolerance is relative.  *used: bytes taken, so that options ("each") may follow.
 * err->column counts from 1 within text.
 */
int distribution_parse(struct distribution *distribution, const char *text, size_t *used,
		       struct carom_error *err);
const char *distribution_kind_name(enum distribution_kind kind);

/* u in (0, 1).  Inverse of the distribution function, so monotone in u. */
double distribution_draw(const struct distribution *distribution, double nominal, double u);

/*
 * Inverse of the standard normal distribution function, relative accuracy about 1e-16.
 * Source: Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988).
 */
double distribution_normal_quantile(double p);

#endif
