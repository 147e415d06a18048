/* SPDX-License-Identifier: BSD-3-Clause */
/* Takes a measurement: columns over their scales become one number, or no number and the reason. */
#include <math.h>

#include "sim/measure-wave.h"

/*
 * A value that is not a number makes a measurement impossible if it is among the points looked at:
 * all for most reducers; the last for final; the two neighbours of x for at; for crossings those up
 * to it.  So does a result that is infinite.
 */
static const char not_finite[] = "the result is not a finite number";

static bool is_given(const struct measure *measure, size_t argument)
{
	return measure->arguments[argument].name || !isnan(measure->arguments[argument].number);
}

static const char *check_arguments(const struct measure *measure, const double *values)
{
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		if (is_given(measure, i) && isnan(values[i]))
			return "an earlier measurement that is needed has no value";
	return NULL;
}

static const char *check_column(const struct measure_rule *rule,
				const struct measure_column *column)
{
	if (column->n == 0)
		return "there are no points";
	if (column->is_complex && !rule->is_of_complex)
		return "the expression is complex: measure db(), mag(), cph(), real() or imag() of "
		       "it";
	if (!column->is_complex && rule->is_of_complex)
		return "the expression is real: a complex response is needed, such as "
		       "v(out)/v(in)";
	return NULL;
}

static void cut(struct wave *wave, bool clips, const double *values, const char **why)
{
	double from = values[MEASURE_FROM], to = values[MEASURE_TO];

	if (clips && wave->x) {
		double first = wave_x(wave, 0), last = wave_x(wave, wave->n - 1);

		from = from < fmin(first, last) ? NAN : from;
		to = to > fmax(first, last) ? NAN : to;
	}
	wave_cut(wave, from, to, why);
}

double measure_take(const struct measure *measure, const struct measure_column *columns,
		    const double values[MEASURE_MAX_ARGUMENTS], const char **why)
{
	const struct measure_rule *rule = measure_rule(measure->reducer);
	struct taking taking = {.measure = measure, .values = values};
	bool has_window = is_given(measure, MEASURE_FROM) || is_given(measure, MEASURE_TO);
	double result;

	*why = check_arguments(measure, values);
	for (size_t i = 0; i < measure_rule_expressions(rule) && !*why; i++) {
		*why = check_column(rule, &columns[i]);
		taking.waves[i] = wave_of(&columns[i]);
		if (!*why && has_window)
			cut(&taking.waves[i], measure->clips_window, values, why);
	}
	if (*why)
		return NAN;
	result = rule->take(&taking, why);
	if (*why)
		return NAN;
	return isfinite(result) ? result : measure_fail(why, not_finite);
}
