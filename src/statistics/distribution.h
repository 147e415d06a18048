/* SPDX-License-Identifier: BSD-3-Clause */
/* Distributions: from a uniform number and a nominal value to a drawn value. */
#ifndef STATISTICS_DISTRIBUTION_H
#define STATISTICS_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"
#include "circuit/roots.h"

enum distribution_kind {
	DISTRIBUTION_GAUSS,      /* nominal + sigma z */
	DISTRIBUTION_UNIFORM,    /* nominal +- spread */
	DISTRIBUTION_LOGNORMAL,  /* nominal * exp(sigma z); the nominal is the median */
	DISTRIBUTION_TRIANGULAR, /* nominal +- spread, the nominal most often */
	DISTRIBUTION_DISCRETE,   /* one of the table's values */
	DISTRIBUTION_EMPIRICAL,  /* one of the table's values or between two of them */
	DISTRIBUTION_PELGROM /* a gauss: sigma is the spread in um over the root of a gate's area */
};
#define N_DISTRIBUTION_KINDS (DISTRIBUTION_PELGROM + 1)
#define DISTRIBUTION_KINDS_SHOWN \
	"gauss, uniform, lognormal, triangular, discrete, empirical or pelgrom"

/*
 * n >= 1 values, ascending, and with each a probability, ascending.  Discrete: of this value or a
 * smaller one, the last is 1.  Empirical: where the distribution function goes through this value.
 */
struct distribution_table {
	double *values;
	double *chances;
	size_t n;
};

struct distribution {
	enum distribution_kind kind;
	bool is_relative; /* spread, or the table's values, are fractions of the nominal value */
	double spread;    /* gauss, lognormal: one sigma; uniform, triangular: half the width */
	double cut;       /* gauss, lognormal: only deviates up to so many sigmas; 0: all */
	const struct distribution_table *table; /* discrete, empirical; else NULL */
};

const char *distribution_kind_name(enum distribution_kind kind);

/* u in (0, 1).  Inverse of the distribution function, so monotone in u. */
double distribution_draw(const struct distribution *distribution, double nominal, double u);

/* The same from a standard normal deviate, u being its normal_cdf, without loss in the tails. */
double distribution_draw_normal(const struct distribution *distribution, double nominal, double z);

/* ---- distribution-parse.c ---- */

/* Which file a relative name starts from, and where files must lie (NULL: anywhere). */
struct distribution_files {
	const char *naming_path;
	const struct roots *roots;
};

/*
 * Parse the words after the targets: "gauss 1%", "gauss 3% at 3 sigma trunc 4", "uniform 5m",
 * "discrete 1k 2k:0.3", "empirical measured.txt".  *used: bytes taken, so that options ("each") may
 * follow.  err->column counts from 1 within text, unless err->source names a file that was read.
 * The caller releases *distribution if 0 is returned; else it is as it was.
 */
int distribution_parse(struct distribution *distribution, const char *text,
		       const struct distribution_files *files, size_t *used,
		       struct carom_error *err);
void distribution_release(struct distribution *distribution); /* one that was parsed */

/* ---- distribution-table.c ---- */

struct table_entry {
	double value, weight;
};

/*
 * Copies what it takes.  n >= 1 entries in any order, which are sorted; the weights' sum is above
 * 0.
 */
int distribution_table_init(struct distribution_table *table, enum distribution_kind kind,
			    struct table_entry *entries, size_t n, struct carom_error *err);
int distribution_table_copy(struct distribution_table *copy, const struct distribution_table *table,
			    struct carom_error *err);
void distribution_table_release(struct distribution_table *table);

/* Of this probability on the side of the small values. */
double distribution_table_draw(const struct distribution_table *table, enum distribution_kind kind,
			       double chance);

#endif
