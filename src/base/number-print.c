/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as SPICE writes them: printing. */
#include "base/number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

#define MAX_DIGITS 17 /* any double is told from all others by these */

/* A finite value rounded to n_digits: ± integer × 10^(exponent - n_digits + 1). */
struct scientific {
	bool negative;
	int n_digits;
	int exponent;
	uint64_t integer;
};

static int clamp_digits(int n_digits)
{
	return n_digits < 1 ? 1 : n_digits > MAX_DIGITS ? MAX_DIGITS : n_digits;
}

static struct scientific take_digits(double value, int n_digits)
{
	struct scientific number = {.negative = signbit(value), .n_digits = n_digits};
	char printed[NUMBER_SIZE + 16];
	const char *mark;

	snprintf(printed, sizeof(printed), "%.*e", n_digits - 1, fabs(value));
	mark = strchr(printed, 'e');
	number.exponent = atoi(mark + 1);
	/* The point after the first digit is the locale's and may be any bytes. */
	memmove(printed + 1, mark - (n_digits - 1), (size_t)n_digits - 1);
	number.integer = decimal_get_integer(printed, n_digits);
	return number;
}

/* The value itself if it is an integer of few digits, which is often and quick. */
static bool take_integer(double value, struct scientific *number)
{
	double size = fabs(value);

	if (size >= 1e15 || size != floor(size))
		return false;
	*number = (struct scientific){.negative = signbit(value), .integer = (uint64_t)size};
	for (uint64_t rest = number->integer; rest >= 10; rest /= 10)
		number->exponent++;
	number->n_digits = number->exponent + 1;
	return true;
}

static bool reads_back(const struct scientific *number, double value)
{
	struct decimal decimal;
	int64_t exponent = number->exponent - (number->n_digits - 1);
	double again;

	if (!decimal_convert_exactly(number->integer, exponent, &again)) {
		decimal.negative = false;
		decimal.has_more = false;
		decimal.n_digits = (int)(decimal_put_integer(decimal.digits, number->integer) -
					 decimal.digits);
		decimal.exponent = exponent;
		again = decimal_to_double(&decimal);
	}
	return again == fabs(value);
}

/*
 * The value rounded to fewer digits, by rounding its longest form once more.  That gives the same
 * as rounding the value, unless exactly a half is cut off: it may come from either side.
 */
static struct scientific shorten(const struct scientific *longest, double value, int n_digits)
{
	struct scientific number = *longest;
	uint64_t unit = longest->n_digits - n_digits == 1 ? 10 : 100;
	uint64_t cut = longest->integer % unit;

	if (2 * cut == unit)
		return take_digits(value, n_digits);
	number.n_digits = n_digits;
	number.integer = longest->integer / unit + (2 * cut > unit);
	if (number.integer == (uint64_t)1000000000000000 * (unit == 10 ? 10 : 1)) {
		number.integer /= 10;
		number.exponent++;
	}
	return number;
}

static void drop_zeros(struct scientific *number)
{
	while (number->n_digits > 1 && number->integer % 10 == 0) {
		number->integer /= 10;
		number->n_digits--;
	}
}

static char *put(char *at, const char *bytes, int n)
{
	memcpy(at, bytes, (size_t)n);
	return at + n;
}

/* The digits with n_whole (at least 1) of them before the point, filled up with zeros. */
static char *put_digits(char *at, const struct scientific *number, int n_whole)
{
	char digits[MAX_DIGITS + 3];
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
static size_t put_general(char buffer[NUMBER_SIZE], struct scientific *number, int precision)
{
	char *at = buffer;

	drop_zeros(number);
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
	struct scientific longest;
	struct scientific number;

	if (!isfinite(value))
		return put_special(buffer, value);
	if (take_integer(value, &number))
		return put_general(buffer, &number, 15);
	longest = take_digits(value, MAX_DIGITS);
	for (int n_digits = 15; n_digits < MAX_DIGITS; n_digits++) {
		number = shorten(&longest, value, n_digits);
		if (reads_back(&number, value))
			return put_general(buffer, &number, n_digits);
	}
	return put_general(buffer, &longest, MAX_DIGITS);
}

size_t number_print_digits(char buffer[NUMBER_SIZE], double value, int digits)
{
	struct scientific number;

	if (!isfinite(value))
		return put_special(buffer, value);
	number = take_digits(value, clamp_digits(digits));
	return put_general(buffer, &number, number.n_digits);
}

size_t number_print_si(char buffer[NUMBER_SIZE], double value, int digits)
{
	static const char *const suffixes[] = {"f", "p", "n", "u", "m", "", "k", "meg", "g", "t"};
	struct scientific number;
	char *at = buffer;
	int group;

	if (!isfinite(value))
		return put_special(buffer, value);
	number = take_digits(value, clamp_digits(digits));
	if (number.exponent < -15 || number.exponent > 14)
		return put_general(buffer, &number, number.n_digits);
	group = (number.exponent + 15) / 3;
	drop_zeros(&number);
	if (number.negative)
		*at++ = '-';
	at = put_digits(at, &number, number.exponent + 15 - 3 * group + 1);
	strcpy(at, suffixes[group]);
	return strlen(buffer);
}
