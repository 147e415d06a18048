/* SPDX-License-Identifier: BSD-3-Clause */
/* Measurements taken from arrays. */
#include "support-measure.h"

static double take(const char *text, const struct measure_column columns[2], const char **why)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double values[MEASURE_MAX_ARGUMENTS], result;
	struct measure measure;

	if (measure_parse(&measure, text, &err))
		fail_msg("%s: %s", text, err.text);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		values[i] = measure.arguments[i].number;
	result = measure_take(&measure, columns, values, why);
	measure_release(&measure);
	assert_true(isnan(result) == (*why != NULL));
	return result;
}

double take_two(const char *text, const double *x, const double *y, const double *y2, size_t n,
		const char **why)
{
	return take(text,
		    (struct measure_column[]){{x, 1, y, false, n},
					      {.x = x, .x_stride = 1, .y = y2, .n = n}},
		    why);
}

double take_real(const char *text, const double *x, const double *y, size_t n, const char **why)
{
	return take_two(text, x, y, y, n, why);
}

double take_complex(const char *text, const double *x, const double *y, size_t n, const char **why)
{
	return take(text, (struct measure_column[]){{x, 1, y, true, n}, {.n = 0}}, why);
}

static double require(const char *text, double result, const char *why)
{
	if (why)
		fail_msg("%s: %s", text, why);
	return result;
}

double taken(const char *text, const double *x, const double *y, size_t n)
{
	const char *why;
	double result = take_real(text, x, y, n, &why);

	return require(text, result, why);
}

double taken_complex(const char *text, const double *x, const double *y, size_t n)
{
	const char *why;
	double result = take_complex(text, x, y, n, &why);

	return require(text, result, why);
}

double taken_of_two(const char *text, const double *x, const double *y, const double *y2, size_t n)
{
	const char *why;
	double result = take_two(text, x, y, y2, n, &why);

	return require(text, result, why);
}

static void assert_reason(const char *text, const char *why, const char *reason)
{
	if (!why)
		fail_msg("%s was taken", text);
	else
		assert_string_equal(why, reason);
}

void assert_not_taken(const char *text, const double *x, const double *y, size_t n,
		      const char *reason)
{
	const char *why;

	take_real(text, x, y, n, &why);
	assert_reason(text, why, reason);
}

void assert_not_taken_complex(const char *text, const double *x, const double *y, size_t n,
			      const char *reason)
{
	const char *why;

	take_complex(text, x, y, n, &why);
	assert_reason(text, why, reason);
}
