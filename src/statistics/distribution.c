/* SPDX-License-Identifier: BSD-3-Clause */
/* Draws: the inverses of distribution functions, which turn a uniform number into a value. */
#include "statistics/distribution.h"

#include <math.h>

#include "statistics/normal.h"

/* A place in a distribution: the probabilities on either side, of which the smaller is exact. */
struct chance {
	double below, above;
};

const char *distribution_kind_name(enum distribution_kind kind)
{
	static const char *const names[] = {
		[DISTRIBUTION_GAUSS] = "gauss",         [DISTRIBUTION_UNIFORM] = "uniform",
		[DISTRIBUTION_LOGNORMAL] = "lognormal", [DISTRIBUTION_TRIANGULAR] = "triangular",
		[DISTRIBUTION_DISCRETE] = "discrete",   [DISTRIBUTION_EMPIRICAL] = "empirical",
		[DISTRIBUTION_PELGROM] = "pelgrom",
	};

	return names[kind];
}

static double scale_of(const struct distribution *distribution, double nominal)
{
	return distribution->is_relative ? distribution->spread * fabs(nominal)
					 : distribution->spread;
}

/* A negative nominal value grows, as the deviate does, when its magnitude shrinks. */
static double draw_at_deviate(const struct distribution *distribution, double nominal, double z)
{
	if (distribution->kind == DISTRIBUTION_LOGNORMAL)
		return nominal * exp(copysign(distribution->spread, nominal) * z);
	return nominal + scale_of(distribution, nominal) * z;
}

static double draw_from_table(const struct distribution *distribution, double nominal,
			      struct chance chance)
{
	bool is_reversed = distribution->is_relative && nominal < 0;
	double value = distribution_table_draw(distribution->table, distribution->kind,
					       is_reversed ? chance.above : chance.below);

	return distribution->is_relative ? nominal + nominal * value : value;
}

/* Within -1 and 1. */
static double triangular_quantile(struct chance chance)
{
	return chance.below < chance.above ? sqrt(2 * chance.below) - 1
					   : 1 - sqrt(2 * chance.above);
}

static double draw_at_chance(const struct distribution *distribution, double nominal,
			     struct chance chance)
{
	switch (distribution->kind) {
	case DISTRIBUTION_GAUSS:
	case DISTRIBUTION_LOGNORMAL:
		return draw_at_deviate(
			distribution, nominal,
			distribution->cut > 0
				? normal_cut_quantile(chance.below, chance.above, distribution->cut)
				: normal_quantile(chance.below));
	case DISTRIBUTION_UNIFORM:
		return nominal + scale_of(distribution, nominal) * (2 * chance.below - 1);
	case DISTRIBUTION_TRIANGULAR:
		return nominal + scale_of(distribution, nominal) * triangular_quantile(chance);
	case DISTRIBUTION_DISCRETE:
	case DISTRIBUTION_EMPIRICAL:
		return draw_from_table(distribution, nominal, chance);
	case DISTRIBUTION_PELGROM: /* a job has none: job-pelgrom.c */
		break;
	}
	return NAN;
}

double distribution_draw(const struct distribution *distribution, double nominal, double u)
{
	return draw_at_chance(distribution, nominal, (struct chance){u, 1 - u});
}

double distribution_draw_normal(const struct distribution *distribution, double nominal, double z)
{
	bool is_normal = distribution->kind == DISTRIBUTION_GAUSS ||
			 distribution->kind == DISTRIBUTION_LOGNORMAL;

	if (is_normal && !(distribution->cut > 0))
		return draw_at_deviate(distribution, nominal, z);
	return draw_at_chance(distribution, nominal,
			      (struct chance){normal_cdf(z), normal_cdf(-z)});
}
