/* SPDX-License-Identifier: BSD-3-Clause */
/* Distributions: how they are written, and their inverses, which turn a uniform draw into a value. */
#include "study/distribution.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/name.h"
#include "base/number.h"

struct word {
	const char *start;
	size_t length; /* 0 at the end of the text */
};

static const char *const kind_names[] = {
	[DISTRIBUTION_GAUSS] = "gauss",
	[DISTRIBUTION_UNIFORM] = "uniform",
	[DISTRIBUTION_LOGNORMAL] = "lognormal",
};

const char *distribution_kind_name(enum distribution_kind kind)
{
	return kind_names[kind];
}

static struct word first_word(const char *text)
{
	struct word word = {text + strspn(text, " \t"), 0};

	word.length = strcspn(word.start, " \t");
	return word;
}

static struct word word_after(struct word word)
{
	return first_word(word.start + word.length);
}

static bool word_ends_with(struct word word, const char *ending)
{
	size_t length = strlen(ending);

	return word.length >= length &&
	       name_compare_n(word.start + word.length - length, ending, length) == 0;
}

/* What is left of a word that ends with ending. */
static struct word word_before(struct word word, const char *ending)
{
	return (struct word){word.start, word.length - strlen(ending)};
}

static bool word_to_number(struct word word, double *value)
{
	size_t used;

	return number_read(word.start, word.length, value, &used) && used == word.length;
}

static bool word_looks_like_a_number(struct word word)
{
	return word.length > 0 && strchr("0123456789+-.", *word.start);
}

/* Every failure is one of syntax and has the column of the word that is wrong. */
#define fail_at_word(err, text, word, ...)                                                  \
	carom_fail_at((err), CAROM_ERROR_SYNTAX, NULL, 0, (int)((word).start - (text)) + 1, \
		      __VA_ARGS__)

static int parse_kind(struct distribution *distribution, const char *text, struct word word,
		      struct carom_error *err)
{
	if (word.length == 0)
		return fail_at_word(err, text, word,
				    "distribution missing\nsay for example \"gauss 1%%\", "
				    "\"uniform 20%%\" or \"lognormal 10%%\"");
	for (size_t i = 0; i < sizeof(kind_names) / sizeof(*kind_names); i++) {
		if (word.length == strlen(kind_names[i]) && word_ends_with(word, kind_names[i])) {
			distribution->kind = (enum distribution_kind)i;
			return 0;
		}
	}
	return fail_at_word(err, text, word,
			    "unknown distribution \"%.*s\"\nuse gauss, uniform or lognormal",
			    (int)word.length, word.start);
}

/* "1%" of the nominal value, or "5m" in the unit of the value. */
static int parse_tolerance(struct distribution *distribution, const char *text, struct word word,
			   struct carom_error *err)
{
	bool is_percentage = word_ends_with(word, "%");
	const char *kind = distribution_kind_name(distribution->kind);
	double value;

	if (word.length == 0)
		return fail_at_word(err, text, word,
				    "tolerance missing\nsay for example \"%s 1%%\"", kind);
	if (!word_to_number(is_percentage ? word_before(word, "%") : word, &value) ||
	    !isfinite(value))
		return fail_at_word(err, text, word,
				    "\"%.*s\" is not a tolerance\nsay for example \"%s 1%%\"",
				    (int)word.length, word.start, kind);
	if (value < 0)
		return fail_at_word(err, text, word,
				    "tolerance \"%.*s\" is negative\nleave out its sign",
				    (int)word.length, word.start);
	if (!is_percentage && distribution->kind == DISTRIBUTION_LOGNORMAL)
		return fail_at_word(err, text, word,
				    "lognormal tolerance \"%.*s\" is not relative\ngive it as a "
				    "percentage, for example \"lognormal 10%%\"",
				    (int)word.length, word.start);
	distribution->is_relative = is_percentage;
	distribution->spread = is_percentage ? value / 100 : value;
	return 0;
}

/* "3sigma": the tolerance is so many standard deviations. */
static int parse_sigmas(struct distribution *distribution, const char *text, struct word word,
			struct carom_error *err)
{
	double sigmas;

	if (!word_ends_with(word, "sigma") || !word_to_number(word_before(word, "sigma"), &sigmas))
		return fail_at_word(err, text, word,
				    "\"%.*s\" is not understood after a tolerance\nhow many sigmas "
				    "it stands for is one word, for example \"3sigma\"",
				    (int)word.length, word.start);
	if (distribution->kind == DISTRIBUTION_UNIFORM)
		return fail_at_word(
			err, text, word,
			"the tolerance of uniform is its half width\nleave out \"%.*s\"",
			(int)word.length, word.start);
	if (!(sigmas > 0) || !isfinite(sigmas))
		return fail_at_word(err, text, word,
				    "\"%.*s\": the number of sigmas must be above zero",
				    (int)word.length, word.start);
	distribution->spread /= sigmas;
	return 0;
}

int distribution_parse(struct distribution *distribution, const char *text, size_t *used,
		       struct carom_error *err)
{
	struct distribution parsed;
	struct word word = first_word(text);
	struct word next;
	int status = parse_kind(&parsed, text, word, err);

	if (status)
		return status;
	word = word_after(word);
	status = parse_tolerance(&parsed, text, word, err);
	if (status)
		return status;
	next = word_after(word);
	if (word_looks_like_a_number(next)) {
		word = next;
		status = parse_sigmas(&parsed, text, word, err);
		if (status)
			return status;
	}
	*distribution = parsed;
	*used = (size_t)(word.start + word.length - text);
	return 0;
}

double distribution_draw(const struct distribution *distribution, double nominal, double u)
{
	double spread = distribution->spread;
	double scale = distribution->is_relative ? spread * fabs(nominal) : spread;

	switch (distribution->kind) {
	case DISTRIBUTION_GAUSS:
		return nominal + scale * distribution_normal_quantile(u);
	case DISTRIBUTION_UNIFORM:
		return nominal + scale * (2 * u - 1);
	case DISTRIBUTION_LOGNORMAL:
		/* a negative nominal value grows, as u does, when its magnitude shrinks */
		return nominal * exp(copysign(spread, nominal) * distribution_normal_quantile(u));
	}
	return NAN;
}

/* a[0] + a[1] x + ... + a[7] x^7 */
static double polynomial(const double a[8], double x)
{
	double sum = a[7];

	for (int i = 6; i >= 0; i--)
		sum = sum * x + a[i];
	return sum;
}

/* |p - 1/2| <= 0.425 */
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

double distribution_normal_quantile(double p)
{
	double q = p - 0.5;
	double r;

	if (!(p > 0 && p < 1))
		return p == 0 ? -INFINITY : p == 1 ? INFINITY : NAN;
	if (fabs(q) <= 0.425)
		return quantile_in_the_middle(q);
	r = sqrt(-log(q < 0 ? p : 1 - p));
	return copysign(r <= 5 ? quantile_near(r) : quantile_far(r), q);
}
