/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as SPICE writes them: read correctly rounded, printed shortest, whatever the locale. */
#include "base/number.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * A double and the midpoint between two have at most 768 significant digits (1.1 × 2^-1074 written
 * out); whatever follows the kept digits only says "a little more", which one digit says as well.
 */
#define KEPT_DIGITS 800
#define MIL_DIGITS 3 /* multiplying by 254 makes a number longer by this at most */

/* A value as digits × 10^exponent. */
struct decimal {
	bool negative;
	bool has_more; /* digits that are not 0 follow those kept */
	int n_digits;  /* kept, without leading zeros */
	int64_t exponent;
	char digits[MIL_DIGITS + KEPT_DIGITS + 1 + sizeof("e-99999")];
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static size_t scan_digits(struct decimal *decimal, const char *s, size_t length)
{
	size_t used = 0;

	for (; used < length && is_digit(s[used]); used++) {
		if (decimal->n_digits == 0 && s[used] == '0')
			continue;
		if (decimal->n_digits < KEPT_DIGITS) {
			decimal->digits[decimal->n_digits++] = s[used];
		} else {
			decimal->exponent++;
			decimal->has_more |= s[used] != '0';
		}
	}
	return used;
}

/* Sign, digits and fraction; returns the bytes used, 0 if there is no digit. */
static size_t scan_mantissa(struct decimal *decimal, const char *s, size_t length)
{
	size_t used = length > 0 && (s[0] == '+' || s[0] == '-');
	size_t n_whole;
	size_t n_fraction = 0;

	decimal->negative = used > 0 && s[0] == '-';
	decimal->has_more = false;
	decimal->n_digits = 0;
	decimal->exponent = 0;
	n_whole = scan_digits(decimal, s + used, length - used);
	used += n_whole;
	if (used < length && s[used] == '.') {
		n_fraction = scan_digits(decimal, s + used + 1, length - used - 1);
		decimal->exponent -= (int64_t)n_fraction;
		used += 1 + n_fraction;
	}
	return n_whole + n_fraction > 0 ? used : 0;
}

/* What follows the exponent's letter; 0 bytes if it is not a number. */
static size_t scan_exponent(struct decimal *decimal, const char *s, size_t length)
{
	size_t start = length > 0 && (s[0] == '+' || s[0] == '-');
	size_t used = start;
	int64_t exponent = 0;

	for (; used < length && is_digit(s[used]); used++) {
		if (exponent < INT64_MAX / 100)
			exponent = 10 * exponent + (s[used] - '0');
	}
	if (used == start)
		return 0;
	decimal->exponent += start > 0 && s[0] == '-' ? -exponent : exponent;
	return used;
}

static uint64_t digits_to_integer(const char *digits, int n_digits)
{
	uint64_t integer = 0;

	for (int i = 0; i < n_digits; i++)
		integer = 10 * integer + (uint64_t)(digits[i] - '0');
	return integer;
}

/*
 * Both the integer and the power of ten are exact doubles, so one operation rounds once (Clinger,
 * How to read floating point numbers accurately, PLDI 1990).  False if the number is not like that.
 */
static bool convert_exactly(uint64_t integer, int64_t exponent, double *value)
{
	static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
					1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
					1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

	if (integer > (uint64_t)1 << 53 || exponent < -22 || exponent > 22)
		return false;
	*value = exponent < 0 ? (double)integer / powers[-exponent]
			      : (double)integer * powers[exponent];
	return true;
}

/* strtod is given no decimal point, so the locale does not matter to it. */
static double convert_any(struct decimal *decimal)
{
	int64_t exponent = decimal->exponent;

	if (decimal->has_more) {
		decimal->digits[decimal->n_digits++] = '1';
		exponent--;
	}
	if (exponent > 99999)
		exponent = 99999;
	if (exponent < -99999)
		exponent = -99999;
	sprintf(decimal->digits + decimal->n_digits, "e%d", (int)exponent);
	return strtod(decimal->digits, NULL);
}

static double to_double(struct decimal *decimal)
{
	double value = 0;

	if (decimal->n_digits > 0 &&
	    (decimal->n_digits > 16 ||
	     !convert_exactly(digits_to_integer(decimal->digits, decimal->n_digits),
			      decimal->exponent, &value)))
		value = convert_any(decimal);
	return decimal->negative ? -value : value;
}

/* Digit by digit from the right, as on paper. */
static void multiply(struct decimal *decimal, unsigned int factor)
{
	char product[MIL_DIGITS + KEPT_DIGITS];
	int at = sizeof(product);
	unsigned int carry = 0;

	for (int i = decimal->n_digits; i-- > 0 || carry > 0; carry /= 10) {
		if (i >= 0)
			carry += factor * (unsigned int)(decimal->digits[i] - '0');
		product[--at] = (char)('0' + carry % 10);
	}
	decimal->n_digits = (int)sizeof(product) - at;
	memcpy(decimal->digits, product + at, (size_t)decimal->n_digits);
}

/* Fold the scale suffix at s, if there is one, into the decimal. */
static void apply_suffix(struct decimal *decimal, const char *s, size_t length)
{
	static const char letters[] = "tgkmunpfaTGKMUNPFA";
	static const signed char exponents[] = {12, 9, 3, -3, -6, -9, -12, -15, -18};
	const char *letter = length > 0 && s[0] ? strchr(letters, s[0]) : NULL;

	if (!letter)
		return;
	if (length >= 3 && strncasecmp(s, "meg", 3) == 0) {
		decimal->exponent += 6;
	} else if (length >= 3 && strncasecmp(s, "mil", 3) == 0) {
		multiply(decimal, 254);
		decimal->exponent -= 7;
	} else {
		decimal->exponent += exponents[(size_t)(letter - letters) % sizeof(exponents)];
	}
}

bool number_read(const char *s, size_t length, double *value, size_t *used)
{
	struct decimal decimal;
	size_t at = scan_mantissa(&decimal, s, length);

	if (at == 0)
		return false;
	/* A letter without digits is skipped all the same, and a suffix may follow it. */
	if (at < length && memchr("eEdD", s[at], 4)) {
		at++;
		at += scan_exponent(&decimal, s + at, length - at);
	}
	apply_suffix(&decimal, s + at, length - at);
	while (at < length && is_letter(s[at]))
		at++;
	*value = to_double(&decimal);
	*used = at;
	return true;
}

bool number_parse(const char *string, double *value)
{
	size_t length = strlen(string);
	double read;
	size_t used;

	if (!number_read(string, length, &read, &used) || used != length)
		return false;
	*value = read;
	return true;
}

static bool parse_special(const char *string, double *value)
{
	bool negative = string[0] == '-';
	const char *word = string + (negative || string[0] == '+');

	if (strcasecmp(word, "inf") == 0 || strcasecmp(word, "infinity") == 0)
		*value = negative ? -(double)INFINITY : (double)INFINITY;
	else if (strcasecmp(word, "nan") == 0)
		*value = negative ? -(double)NAN : (double)NAN;
	else
		return false;
	return true;
}

bool number_parse_plain(const char *string, double *value)
{
	struct decimal decimal;
	size_t length = strlen(string);
	size_t at = scan_mantissa(&decimal, string, length);

	if (at == 0)
		return parse_special(string, value);
	if (at < length && (string[at] == 'e' || string[at] == 'E')) {
		size_t used = scan_exponent(&decimal, string + at + 1, length - at - 1);

		at += used > 0 ? used + 1 : 0;
	}
	if (at != length)
		return false;
	*value = to_double(&decimal);
	return true;
}

/* Digits of a value in scientific notation: d.ddd × 10^exponent, without the point. */
struct scientific {
	bool negative;
	int n_digits;
	int exponent;
	char digits[NUMBER_SIZE];
};

static void take_digits(struct scientific *number, double value, int n_digits)
{
	char printed[NUMBER_SIZE + 16];
	const char *mark;

	/* The point between the first digit and the others is the locale's and may be any bytes. */
	snprintf(printed, sizeof(printed), "%.*e", n_digits - 1, fabs(value));
	mark = strchr(printed, 'e');
	number->negative = signbit(value);
	number->n_digits = n_digits;
	number->digits[0] = printed[0];
	memcpy(number->digits + 1, mark - (n_digits - 1), (size_t)n_digits - 1);
	number->exponent = atoi(mark + 1);
}

static void drop_zeros(struct scientific *number)
{
	while (number->n_digits > 1 && number->digits[number->n_digits - 1] == '0')
		number->n_digits--;
}

static char *put(char *at, const char *bytes, int n)
{
	memcpy(at, bytes, (size_t)n);
	return at + n;
}

/* The digits with n_whole (at least 1) of them before the point, filled up with zeros. */
static char *put_digits(char *at, const struct scientific *number, int n_whole)
{
	int n_given = number->n_digits < n_whole ? number->n_digits : n_whole;

	at = put(at, number->digits, n_given);
	for (int i = n_given; i < n_whole; i++)
		*at++ = '0';
	if (number->n_digits > n_whole) {
		*at++ = '.';
		at = put(at, number->digits + n_whole, number->n_digits - n_whole);
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
		at += sprintf(at, "e%c%02d", number->exponent < 0 ? '-' : '+',
			      abs(number->exponent));
	} else if (number->exponent < 0) {
		at = put(at, "0.000", 1 - number->exponent);
		at = put(at, number->digits, number->n_digits);
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

static double read_back(const struct scientific *number)
{
	struct decimal decimal = {.negative = number->negative, .n_digits = number->n_digits};

	memcpy(decimal.digits, number->digits, (size_t)number->n_digits);
	decimal.exponent = number->exponent - (number->n_digits - 1);
	return to_double(&decimal);
}

size_t number_print(char buffer[NUMBER_SIZE], double value)
{
	struct scientific number;
	int n_digits = 15;

	if (!isfinite(value))
		return put_special(buffer, value);
	take_digits(&number, value, n_digits);
	while (n_digits < 17 && read_back(&number) != value)
		take_digits(&number, value, ++n_digits);
	return put_general(buffer, &number, n_digits);
}

static int clamp_digits(int digits)
{
	return digits < 1 ? 1 : digits > 17 ? 17 : digits;
}

size_t number_print_digits(char buffer[NUMBER_SIZE], double value, int digits)
{
	struct scientific number;

	if (!isfinite(value))
		return put_special(buffer, value);
	take_digits(&number, value, clamp_digits(digits));
	return put_general(buffer, &number, clamp_digits(digits));
}

size_t number_print_si(char buffer[NUMBER_SIZE], double value, int digits)
{
	static const char *const suffixes[] = {"a", "f", "p",   "n", "u", "m",
					       "",  "k", "meg", "g", "t"};
	struct scientific number;
	char *at = buffer;
	int group;

	if (!isfinite(value))
		return put_special(buffer, value);
	take_digits(&number, value, clamp_digits(digits));
	group = (number.exponent + 18) / 3;
	if (number.exponent < -18 || number.exponent > 14)
		return put_general(buffer, &number, clamp_digits(digits));
	drop_zeros(&number);
	if (number.negative)
		*at++ = '-';
	at = put_digits(at, &number, number.exponent + 18 - 3 * group + 1);
	strcpy(at, suffixes[group]);
	return strlen(buffer);
}
