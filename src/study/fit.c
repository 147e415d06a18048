/* SPDX-License-Identifier: BSD-3-Clause */
/* What drives the measurements of a store: correlations and a linear fit, a column at a time. */
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "statistics/rank.h"
#include "statistics/regression.h"
#include "statistics/stats.h"
#include "study/population.h"
#include "study/store.h"

#define CHUNK 4 /* measurements whose columns are held at a time */
#define NOISE_MARGIN 16

/* How a column becomes one of mean 0 and sd 1. */
struct scaling {
	double mean, sd; /* sd 0: it does not vary */
	double noise;    /* of rounding, in sd */
};

/* Measurements that have values in the same samples, and the work on them. */
struct group {
	const struct population *population;
	size_t *samples; /* with values */
	size_t n;
	size_t *measurements; /* indices */
	size_t n_measurements;
	size_t n_parameters;
	struct scaling *parameters;    /* of all */
	struct scaling *responses;     /* of all measurements of the group */
	double *column, *ranks;        /* n each */
	double *standard[CHUNK];       /* columns of responses, n each */
	double *standard_ranks[CHUNK]; /* likewise */
	struct rank_entry *scratch;    /* 2 n */
	struct carom_fit *fits;        /* of the store's measurements */
};

/* ---- columns ---- */

static void gather(const struct group *group, const double *from, double *column)
{
	for (size_t i = 0; i < group->n; i++)
		column[i] = from[group->samples[i]];
	store_drop_column(group->population->store, from);
}

/* What is no more than rounding is no variation. */
static struct scaling scaling_of(const double *column, size_t n)
{
	struct stats_moments moments = stats_moments(column, n);
	double rounding = DBL_EPSILON * fmax(fabs(moments.min), fabs(moments.max));
	struct scaling scaling = {moments.mean, moments.sd, 0};

	if (!(moments.sd > rounding))
		scaling.sd = 0;
	else
		scaling.noise = rounding / moments.sd;
	return scaling;
}

/* All zero if it does not vary. */
static void standardise(double *column, size_t n, const struct scaling *scaling)
{
	for (size_t i = 0; i < n; i++)
		column[i] = scaling->sd > 0 ? (column[i] - scaling->mean) / scaling->sd : 0;
}

static void standardise_ranks(struct group *group, const double *column, double *ranks)
{
	struct scaling scaling;

	rank_values(column, group->n, group->scratch, ranks);
	scaling = scaling_of(ranks, group->n);
	standardise(ranks, group->n, &scaling);
}

/* Correlation of standardised columns; NAN if one does not vary. */
static double correlate(const double *a, const double *b, size_t n)
{
	double sum = 0, squares_a = 0, squares_b = 0;

	for (size_t i = 0; i < n; i++) {
		sum += a[i] * b[i];
		squares_a += a[i] * a[i];
		squares_b += b[i] * b[i];
	}
	if (squares_a == 0 || squares_b == 0)
		return NAN;
	return fmax(-1, fmin(1, sum / sqrt(squares_a * squares_b)));
}

/* ---- correlations ---- */

static void load_responses(struct group *group, size_t first, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t measurement = group->measurements[first + i];
		double *column = group->standard[i];

		gather(group, carom_store_measurement(group->population->store, measurement),
		       column);
		group->responses[first + i] = scaling_of(column, group->n);
		standardise_ranks(group, column, group->standard_ranks[i]);
		standardise(column, group->n, &group->responses[first + i]);
	}
}

static void correlate_parameter(struct group *group, size_t parameter, size_t first, size_t n)
{
	struct scaling *scaling = &group->parameters[parameter];

	gather(group, carom_store_parameter(group->population->store, parameter), group->column);
	*scaling = scaling_of(group->column, group->n);
	standardise_ranks(group, group->column, group->ranks);
	standardise(group->column, group->n, scaling);
	for (size_t i = 0; i < n; i++) {
		struct carom_fit *fit = &group->fits[group->measurements[first + i]];
		bool varies = scaling->sd > 0 && group->responses[first + i].sd > 0;

		fit->list[parameter] = (struct carom_driver){
			.parameter = parameter,
			.kind = scaling->sd > 0 ? CAROM_DRIVER_REGRESSOR : CAROM_DRIVER_CONSTANT,
			.collinear_with = parameter,
			.pearson = varies ? correlate(group->column, group->standard[i], group->n)
					  : (double)NAN,
			.spearman =
				varies ? correlate(group->ranks, group->standard_ranks[i], group->n)
				       : (double)NAN,
			.coefficient = NAN,
		};
	}
}

/* A few measurements at a time, so that memory does not go with their number. */
static void find_correlations(struct group *group)
{
	for (size_t first = 0; first < group->n_measurements; first += CHUNK) {
		size_t left = group->n_measurements - first;
		size_t n = left < CHUNK ? left : CHUNK;

		load_responses(group, first, n);
		for (size_t j = 0; j < group->n_parameters; j++)
			correlate_parameter(group, j, first, n);
	}
}

/* ---- regression ---- */

static void fill_column(const struct group *group, struct regression *regression, size_t column,
			const double *from, const struct scaling *scaling, size_t first, size_t n)
{
	double *to = regression_column(regression, column);

	for (size_t i = 0; i < n; i++)
		to[i] = from[group->samples[first + i]];
	standardise(to, n, scaling);
}

static void take_rows(const struct group *group, struct regression *regression,
		      const size_t *regressors, size_t n_regressors)
{
	const struct carom_store *store = group->population->store;

	for (size_t first = 0; first < group->n; first += REGRESSION_BLOCK) {
		if (first % STORE_DROP_ROWS == 0)
			store_drop_columns(store);
		size_t left = group->n - first;
		size_t n = left < REGRESSION_BLOCK ? left : REGRESSION_BLOCK;

		for (size_t j = 0; j < n_regressors; j++)
			fill_column(group, regression, j,
				    carom_store_parameter(store, regressors[j]),
				    &group->parameters[regressors[j]], first, n);
		for (size_t i = 0; i < group->n_measurements; i++)
			fill_column(group, regression, n_regressors + i,
				    carom_store_measurement(store, group->measurements[i]),
				    &group->responses[i], first, n);
		regression_take(regression, n);
	}
}

static void take_fit(const struct group *group, const struct regression *regression,
		     const size_t *regressors, size_t n_regressors, size_t response)
{
	struct carom_fit *fit = &group->fits[group->measurements[response]];
	const double freedom = (double)(group->n - 1);
	double unexplained = regression_residual(regression, response) / freedom;

	for (size_t j = 0; j < n_regressors; j++) {
		struct carom_driver *driver = &fit->list[regressors[j]];
		size_t partner = regression_partner(regression, j);

		if (partner != REGRESSION_NONE) {
			driver->kind = CAROM_DRIVER_COLLINEAR;
			driver->collinear_with = regressors[partner];
		} else if (group->responses[response].sd > 0) {
			driver->coefficient = regression_coefficient(regression, response, j);
		}
	}
	fit->n_regressors = regression_rank(regression);
	fit->has_few_samples = group->n < 10 * fit->n_regressors;
	if (group->responses[response].sd > 0) {
		fit->r2 = 1 - unexplained;
		fit->r2_adjusted =
			1 - unexplained * freedom / (freedom - (double)fit->n_regressors);
	}
}

/* Two columns are as far apart as rounding sets them: no closer can be told from the same. */
static double tolerance_of(const struct group *group, const size_t *regressors, size_t n)
{
	double noise = DBL_EPSILON * sqrt((double)group->n);

	for (size_t j = 0; j < n; j++)
		noise = fmax(noise, group->parameters[regressors[j]].noise);
	return NOISE_MARGIN * noise;
}

static bool regress(const struct group *group, const size_t *regressors, size_t n_regressors)
{
	struct regression *regression = regression_new(n_regressors, group->n_measurements);
	bool is_solved;

	if (!regression)
		return false;
	take_rows(group, regression, regressors, n_regressors);
	is_solved = regression_solve(regression, tolerance_of(group, regressors, n_regressors));
	for (size_t i = 0; i < group->n_measurements && is_solved; i++)
		take_fit(group, regression, regressors, n_regressors, i);
	regression_free(regression);
	return is_solved;
}

/* As many values as unknowns would be explained whatever they are. */
static bool find_coefficients(const struct group *group)
{
	size_t *regressors = mem_zalloc(group->n_parameters, sizeof(*regressors));
	size_t n = 0;
	bool is_done = true;

	if (!regressors)
		return false;
	for (size_t j = 0; j < group->n_parameters; j++) {
		if (group->parameters[j].sd > 0)
			regressors[n++] = j;
	}
	if (n > 0 && n + 1 < group->n)
		is_done = regress(group, regressors, n);
	mem_free(regressors);
	return is_done;
}

/* ---- order ---- */

static double weight(const struct carom_driver *driver)
{
	double value = isnan(driver->coefficient) ? driver->pearson : driver->coefficient;

	return isnan(value) ? 0 : fabs(value);
}

/* Regressors, those that follow from them, constants; each by weight. */
static int compare(const void *a, const void *b)
{
	const struct carom_driver *x = a, *y = b;
	const enum carom_driver_kind order[] = {[CAROM_DRIVER_REGRESSOR] = 0,
						[CAROM_DRIVER_COLLINEAR] = 1,
						[CAROM_DRIVER_CONSTANT] = 2};

	if (order[x->kind] != order[y->kind])
		return order[x->kind] < order[y->kind] ? -1 : 1;
	if (weight(x) != weight(y))
		return weight(x) > weight(y) ? -1 : 1;
	return (x->parameter > y->parameter) - (x->parameter < y->parameter);
}

/* ---- groups ---- */

static bool group_init(struct group *group)
{
	bool is_complete;

	group->samples = mem_zalloc(group->population->n, sizeof(*group->samples));
	group->measurements = mem_zalloc(carom_store_measurement_count(group->population->store),
					 sizeof(*group->measurements));
	group->responses = mem_zalloc(carom_store_measurement_count(group->population->store),
				      sizeof(*group->responses));
	group->parameters = mem_zalloc(group->n_parameters, sizeof(*group->parameters));
	group->column = mem_zalloc(group->population->n, sizeof(double));
	group->ranks = mem_zalloc(group->population->n, sizeof(double));
	group->scratch = mem_zalloc(group->population->n, 2 * sizeof(*group->scratch));
	is_complete = group->samples && group->measurements && group->responses &&
		      group->parameters && group->column && group->ranks && group->scratch;
	for (int i = 0; i < CHUNK; i++) {
		group->standard[i] = mem_zalloc(group->population->n, sizeof(double));
		group->standard_ranks[i] = mem_zalloc(group->population->n, sizeof(double));
		is_complete = is_complete && group->standard[i] && group->standard_ranks[i];
	}
	return is_complete;
}

static void group_release(struct group *group)
{
	mem_free(group->samples);
	mem_free(group->measurements);
	mem_free(group->responses);
	mem_free(group->parameters);
	mem_free(group->column);
	mem_free(group->ranks);
	mem_free(group->scratch);
	for (int i = 0; i < CHUNK; i++) {
		mem_free(group->standard[i]);
		mem_free(group->standard_ranks[i]);
	}
}

static bool has_same_samples(const struct population *population, size_t a, size_t b)
{
	const double *column_a = carom_store_measurement(population->store, a);
	const double *column_b = carom_store_measurement(population->store, b);

	size_t k = 0;

	while (k < population->n && population_has_value(population, column_a, k) ==
					    population_has_value(population, column_b, k))
		k++;
	store_drop_column(population->store, column_b);
	return k == population->n;
}

/* The measurements from first on that have values where it has; they are marked as done. */
static void collect(struct group *group, size_t first, bool *is_done)
{
	const struct population *population = group->population;
	const double *column = carom_store_measurement(population->store, first);

	group->n = group->n_measurements = 0;
	for (size_t k = 0; k < population->n; k++) {
		if (population_has_value(population, column, k))
			group->samples[group->n++] = k;
	}
	for (size_t i = first; i < carom_store_measurement_count(population->store); i++) {
		if (is_done[i] || !has_same_samples(population, first, i))
			continue;
		is_done[i] = true;
		group->measurements[group->n_measurements++] = i;
		group->fits[i].n = group->n;
	}
}

static bool fit_groups(struct group *group, size_t n_measurements)
{
	bool *is_done = mem_zalloc(n_measurements, sizeof(*is_done));
	bool is_good = is_done != NULL;

	for (size_t i = 0; i < n_measurements && is_good; i++) {
		if (is_done[i])
			continue;
		collect(group, i, is_done);
		find_correlations(group);
		is_good = find_coefficients(group);
	}
	mem_free(is_done);
	return is_good;
}

static bool fits_init(struct carom_fits *fits, size_t n, size_t n_parameters)
{
	fits->list = mem_zalloc(n, sizeof(*fits->list));
	for (size_t i = 0; i < n && fits->list; i++) {
		struct carom_fit *fit = &fits->list[i];

		fits->n = i + 1;
		fit->r2 = fit->r2_adjusted = NAN;
		fit->n_list = n_parameters;
		fit->list = mem_zalloc(n_parameters, sizeof(*fit->list));
		if (!fit->list)
			return false;
	}
	return fits->list != NULL;
}

CAROM_API int carom_store_fit(const struct carom_store *store,
			      const struct carom_statistics_options *options,
			      struct carom_fits *fits, struct carom_error *err)
{
	const size_t n_fits =
		carom_store_log_weight(store) ? 0 : carom_store_measurement_count(store);
	struct population population;
	struct group group = {.population = &population,
			      .n_parameters = carom_store_parameter_count(store)};
	int status = population_init(&population, store, options, err);

	*fits = (struct carom_fits){0};
	if (status)
		return status;
	if (fits_init(fits, n_fits, group.n_parameters)) {
		group.fits = fits->list;
		if (!group_init(&group) || !fit_groups(&group, n_fits))
			status = carom_fail_memory(err);
	} else {
		status = carom_fail_memory(err);
	}
	for (size_t i = 0; i < n_fits && status == 0; i++)
		qsort(fits->list[i].list, group.n_parameters, sizeof(struct carom_driver), compare);
	if (status)
		carom_fits_release(fits);
	group_release(&group);
	population_release(&population);
	return status;
}

CAROM_API void carom_fits_release(struct carom_fits *fits)
{
	if (!fits)
		return;
	for (size_t i = 0; i < fits->n; i++)
		mem_free(fits->list[i].list);
	mem_free(fits->list);
	*fits = (struct carom_fits){0};
}
