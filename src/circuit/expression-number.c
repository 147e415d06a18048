/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers in expressions: mantissa, exponent, then a suffix that multiplies. */
#include "circuit/expression-number.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/name.h"
#include "base/number.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* mystring.c, alfa. */
static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '[' ||
	       c == ']' || (c & 0x80);
}

static bool is_either(char c, char lower)
{
	return (c | 0x20) == lower;
}

static const char *skip_digits(const char *s, const char *end)
{
	while (s < end && is_digit(*s))
		s++;
	return s;
}

/* Behind the letter of an exponent, its sign and digits; *has_digits: there are any. */
static const char *skip_exponent(const char *s, const char *end, bool *has_digits)
{
	const char *digits;

	s++;
	s += s < end && (*s == '+' || *s == '-');
	digits = s;
	s = skip_digits(s, end);
	*has_digits = s > digits;
	return s;
}

/* A letter without digits is read over. */
static const char *read_decimal(const char *s, const char *end, double *value)
{
	const char *mantissa = skip_digits(s, end);
	const char *at;
	bool has_exponent = false;
	size_t used;

	if (mantissa < end && *mantissa == '.')
		mantissa = skip_digits(mantissa + 1, end);
	at = mantissa;
	if (at < end && is_either(*at, 'e'))
		at = skip_exponent(at, end, &has_exponent);
	if (!number_read(s, (size_t)((has_exponent ? at : mantissa) - s), value, &used))
		return NULL;
	return at;
}

static int hexadecimal_digit(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind "0x". */
static const char *read_hexadecimal(const char *s, const char *end, double *value)
{
	const char *point = NULL;
	int n_digits = 0, n_fraction = 0;

	for (*value = 0; s < end; s++) {
		int digit = hexadecimal_digit(*s);

		if (digit < 0 && (*s != '.' || point))
			break;
		if (digit < 0) {
			point = s;
			continue;
		}
		*value = *value * 16 + digit;
		n_digits++;
		n_fraction += point != NULL;
	}
	*value = ldexp(*value, -4 * n_fraction);
	return n_digits > 0 ? s : NULL;
}

static const char *read_binary_exponent(const char *s, const char *end, double *value)
{
	bool has_digits;
	const char *behind = skip_exponent(s, end, &has_digits);
	double exponent = 0;
	size_t used;

	if (has_digits)
		number_read(s + 1, (size_t)(behind - s - 1), &exponent, &used);
	*value = ldexp(*value, (int)fmax(-5000, fmin(exponent, 5000)));
	return behind;
}

static double scale_of(const char *s, const char *end)
{
	static const struct {
		char letter;
		double scale;
	} scales[] = {{'t', 1e12}, {'g', 1e9},  {'k', 1e3},   {'m', 1e-3},
		      {'u', 1e-6}, {'n', 1e-9}, {'p', 1e-12}, {'f', 1e-15}};

	if (end - s >= 3 && name_compare_n(s, "meg", 3) == 0)
		return 1e6;
	for (size_t i = 0; s < end && i < sizeof(scales) / sizeof(scales[0]); i++) {
		if (is_either(*s, scales[i].letter))
			return scales[i].scale;
	}
	return 1;
}

const char *expression_read_number(const char *s, const char *end, double *value)
{
	if (end - s > 1 && s[0] == '0' && is_either(s[1], 'x')) {
		s = read_hexadecimal(s + 2, end, value);
		if (s && s < end && is_either(*s, 'p'))
			s = read_binary_exponent(s, end, value);
	} else {
		s = read_decimal(s, end, value);
	}
	if (!s)
		return NULL;
	*value *= scale_of(s, end);
	while (s < end && is_letter(*s))
		s++;
	return s;
}
