/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as SPICE writes them: printing. */
#include "base/number.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/decimal.h"
#include "base/digits.h"

static int clamp_digits(int n_digits)
{
	return n_digits < 1 ? 1 : n_digits > DIGITS_MOST ? DIGITS_MOST : n_digits;
}

/* An integer of few digits, which is often and quick; 0 if it is none. */
static size_t put_integer(char buffer[NUMBER_SIZE], double value)
{
	double size = fabs(value);
	char *at = buffer;

	if (size >= 1e15 || size != (double)(uint64_t)size)
		return 0;
	if (signbit(value))
		*at++ = '-';
	at = decimal_put_integer(at, (uint64_t)size);
	*at = '\0';
	return (size_t)(at - buffer);
}

static char *put(char *at, const char *bytes, int n)
{
	memcpy(at, bytes, (size_t)n);
	return at + n;
}

/* The digits with n_whole (at least 1) of them before the point, filled up with zeros. */
static char *put_digits(char *at, const struct digits *number, int n_whole)
{
	char digits[DIGITS_MOST + 3];
	int n_digits = (int)(decimal_put_integer(digits, number->integer) - digits);
	int n_given = n_digits < n_whole ? n_digits : n_whole;

	at = put(at, digits, n_given);
	at = put(at, "00000000000000000", n_whole - n_given);
	if (n_digits > n_whole) {
		*at++ = '.';
		at = put(at, digits + n_whole, n_digits - n_whole);
	}
	return at;
}

/* As %g of this precision: C11 7.21.6.1. */
static size_t put_general(char buffer[NUMBER_SIZE], struct digits *number, int precision)
{
	char *at = buffer;

	digits_drop_zeros(number);
	if (number->negative)
		*at++ = '-';
	if (number->exponent < -4 || number->exponent >= precision) {
		at = put_digits(at, number, 1);
		at = decimal_put_exponent(at, number->exponent);
	} else if (number->exponent < 0) {
		at = put(at, "0.000", 1 - number->exponent);
		at = decimal_put_integer(at, number->integer);
	} else {
		at = put_digits(at, number, number->exponent + 1);
	}
	*at = '\0';
	return (size_t)(at - buffer);
}

static size_t put_special(char buffer[NUMBER_SIZE], double value)
{
	const char *word = isnan(value) ? "nan" : value < 0 ? "-inf" : "inf";

	strcpy(buffer, word);
	return strlen(word);
}

size_t number_print(char buffer[NUMBER_SIZE], double value)
{
	struct digits number;
	size_t length;

	if (!isfinite(value))
		return put_special(buffer, value);
	length = put_integer(buffer, value);
	if (length > 0)
		return length;
	number = digits_take_shortest(value);
	return put_general(buffer, &number, number.n_digits);
}

size_t number_print_digits(char buffer[NUMBER_SIZE], double value, int digits)
{
	struct digits number;

	if (!isfinite(value))
		return put_special(buffer, value);
	number = digits_take(value, clamp_digits(digits));
	return put_general(buffer, &number, number.n_digits);
}

size_t number_print_si(char buffer[NUMBER_SIZE], double value, int digits)
{
	static const char *const suffixes[] = {"f", "p", "n", "u", "m", "", "k", "meg", "g", "t"};
	struct digits number;
	char *at = buffer;
	int group;

	if (!isfinite(value))
		return put_special(buffer, value);
	number = digits_take(value, clamp_digits(digits));
	if (number.exponent < -15 || number.exponent > 14)
		return put_general(buffer, &number, number.n_digits);
	group = (number.exponent + 15) / 3;
	digits_drop_zeros(&number);
	if (number.negative)
		*at++ = '-';
	at = put_digits(at, &number, number.exponent + 15 - 3 * group + 1);
	strcpy(at, suffixes[group]);
	return strlen(buffer);
}
