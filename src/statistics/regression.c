/* SPDX-License-Identifier: BSD-3-Clause */
/* Least squares by Householder's QR, a block of rows at a time. */
#include "statistics/regression.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"

struct regression {
	size_t n_regressors, n_responses, n_columns;
	double *block;        /* column by column, REGRESSION_BLOCK rows each */
	double *triangle;     /* row by row, n_columns each: R, and to its right what
                       became of the responses */
	double *residual;     /* sum of squares of each response that no regressor reaches */
	double *coefficients; /* response by response */
	size_t *pivots;       /* row of the triangle -> its regressor, after solve */
	size_t *partners;
	size_t rank;
};

struct regression *regression_new(size_t n_regressors, size_t n_responses)
{
	struct regression *r = mem_zalloc(1, sizeof(*r));
	size_t n_columns = n_regressors + n_responses;

	if (!r)
		return NULL;
	r->n_regressors = n_regressors;
	r->n_responses = n_responses;
	r->n_columns = n_columns;
	r->block = mem_zalloc(n_columns, REGRESSION_BLOCK * sizeof(double));
	r->triangle = mem_zalloc(n_columns, n_regressors * sizeof(double));
	r->residual = mem_zalloc(n_responses, sizeof(double));
	r->coefficients = mem_zalloc(n_responses, n_regressors * sizeof(double));
	r->pivots = mem_zalloc(n_regressors, sizeof(*r->pivots));
	r->partners = mem_zalloc(n_regressors, sizeof(*r->partners));
	if (r->block && r->triangle && r->residual && r->coefficients && r->pivots && r->partners)
		return r;
	regression_free(r);
	return NULL;
}

void regression_free(struct regression *r)
{
	if (!r)
		return;
	mem_free(r->block);
	mem_free(r->triangle);
	mem_free(r->residual);
	mem_free(r->coefficients);
	mem_free(r->pivots);
	mem_free(r->partners);
	mem_free(r);
}

double *regression_column(struct regression *r, size_t column)
{
	return r->block + column * REGRESSION_BLOCK;
}

static double *row_of(const struct regression *r, size_t row)
{
	return r->triangle + row * r->n_columns;
}

/* ---- columns of a block ---- */

/* Compilers make vector instructions of these: here is where the time goes. */
typedef double lanes __attribute__((vector_size(32), aligned(8), may_alias));
#define N_LANES (sizeof(lanes) / sizeof(double))

static double dot(const double *a, const double *b)
{
	const lanes *x = (const lanes *)a, *y = (const lanes *)b;
	lanes even = {0}, odd = {0};

	for (size_t i = 0; i < REGRESSION_BLOCK / N_LANES; i += 2) {
		even += x[i] * y[i];
		odd += x[i + 1] * y[i + 1];
	}
	even += odd;
	return (even[0] + even[1]) + (even[2] + even[3]);
}

/* a -= factor b */
static void subtract(double *a, double factor, const double *b)
{
	const lanes *y = (const lanes *)b;
	lanes *x = (lanes *)a;

	for (size_t i = 0; i < REGRESSION_BLOCK / N_LANES; i++)
		x[i] -= factor * y[i];
}

/* ---- rows in ---- */

/* Reflect so that column j of the block is zero: it goes into the diagonal of the triangle. */
static void eliminate(struct regression *r, size_t j)
{
	const double *v = regression_column(r, j);
	double *row = row_of(r, j);
	double below = dot(v, v);
	double diagonal, top, scale;

	if (below == 0)
		return;
	diagonal = -copysign(sqrt(row[j] * row[j] + below), row[j]);
	top = row[j] - diagonal;
	scale = 2 / (top * top + below);
	row[j] = diagonal;
	for (size_t k = j + 1; k < r->n_columns; k++) {
		double *column = regression_column(r, k);
		double factor = scale * (top * row[k] + dot(v, column));

		row[k] -= factor * top;
		subtract(column, factor, v);
	}
}

void regression_take(struct regression *r, size_t n_rows)
{
	assert(n_rows <= REGRESSION_BLOCK);
	for (size_t column = 0; column < r->n_columns; column++)
		memset(regression_column(r, column) + n_rows, 0,
		       (REGRESSION_BLOCK - n_rows) * sizeof(double));
	for (size_t j = 0; j < r->n_regressors; j++)
		eliminate(r, j);
	for (size_t i = 0; i < r->n_responses; i++) {
		const double *rest = regression_column(r, r->n_regressors + i);

		r->residual[i] += dot(rest, rest);
	}
}

/* ---- the solution ---- */

/* Length of column j from row top on, down to its own diagonal: below that it is zero. */
static double column_length(const struct regression *r, size_t j, size_t top)
{
	double length = 0;

	for (size_t row = top; row <= j; row++)
		length = hypot(length, row_of(r, row)[j]);
	return length;
}

/* Reflect rows top .. j so that column j is zero below row top; v: room for as many numbers. */
static void eliminate_rows(struct regression *r, size_t j, size_t top, double length, double *v)
{
	double diagonal = -copysign(length, row_of(r, top)[j]);
	double squares = 0;

	for (size_t row = top; row <= j; row++)
		v[row] = row_of(r, row)[j] - (row == top ? diagonal : 0);
	for (size_t row = top; row <= j; row++)
		squares += v[row] * v[row];
	for (size_t k = j; k < r->n_columns; k++) {
		double sum = 0;

		for (size_t row = top; row <= j; row++)
			sum += v[row] * row_of(r, row)[k];
		for (size_t row = top; row <= j; row++)
			row_of(r, row)[k] -= 2 * sum / squares * v[row];
	}
}

/* x of R x = column, of the regressors found so far; x[row] belongs to pivots[row]. */
static void solve_column(const struct regression *r, size_t column, double *x)
{
	for (size_t row = r->rank; row-- > 0;) {
		double sum = row_of(r, row)[column];

		for (size_t later = row + 1; later < r->rank; later++)
			sum -= row_of(r, row)[r->pivots[later]] * x[later];
		x[row] = sum / row_of(r, row)[r->pivots[row]];
	}
}

static size_t find_partner(const struct regression *r, size_t j, double *x)
{
	size_t largest = 0;

	solve_column(r, j, x);
	for (size_t row = 1; row < r->rank; row++)
		if (fabs(x[row]) > fabs(x[largest]))
			largest = row;
	return r->rank > 0 ? r->pivots[largest] : j;
}

/* Which regressors count, in their order; a dependent one leaves its row to the next. */
static void choose_regressors(struct regression *r, double tolerance, double *scratch)
{
	for (size_t j = 0; j < r->n_regressors; j++) {
		double length = column_length(r, j, r->rank);

		r->partners[j] = REGRESSION_NONE;
		if (!(length > tolerance * column_length(r, j, 0))) {
			r->partners[j] = find_partner(r, j, scratch);
			continue;
		}
		if (r->rank < j)
			eliminate_rows(r, j, r->rank, length, scratch);
		r->pivots[r->rank++] = j;
	}
}

static void solve_response(struct regression *r, size_t response, double *x)
{
	size_t column = r->n_regressors + response;
	double *coefficients = r->coefficients + response * r->n_regressors;

	for (size_t row = r->rank; row < r->n_regressors; row++)
		r->residual[response] += row_of(r, row)[column] * row_of(r, row)[column];
	solve_column(r, column, x);
	for (size_t j = 0; j < r->n_regressors; j++)
		coefficients[j] = NAN;
	for (size_t row = 0; row < r->rank; row++)
		coefficients[r->pivots[row]] = x[row];
}

bool regression_solve(struct regression *r, double tolerance)
{
	double *scratch = mem_zalloc(r->n_regressors, sizeof(*scratch));

	if (!scratch)
		return false;
	choose_regressors(r, tolerance, scratch);
	for (size_t i = 0; i < r->n_responses; i++)
		solve_response(r, i, scratch);
	mem_free(scratch);
	return true;
}

double regression_coefficient(const struct regression *r, size_t response, size_t regressor)
{
	return r->coefficients[response * r->n_regressors + regressor];
}

double regression_residual(const struct regression *r, size_t response)
{
	return r->residual[response];
}

size_t regression_partner(const struct regression *r, size_t regressor)
{
	return r->partners[regressor];
}

size_t regression_rank(const struct regression *r)
{
	return r->rank;
}
