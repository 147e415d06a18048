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

#define MAX_DIGITS 17 /* that any double needs and number_print writes */

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

/* "e-06": the sign and at least two digits, as printf does it; |exponent| < 100000. */
static char *put_exponent(char *at, int exponent)
{
	char digits[5];
	int n_digits = 0;
	int rest = abs(exponent);

	*at++ = 'e';
	*at++ = exponent < 0 ? '-' : '+';
	for (; rest > 0 || n_digits < 2; rest /= 10)
		digits[n_digits++] = (char)('0' + rest % 10);
	while (n_digits > 0)
		*at++ = digits[--n_digits];
	return at;
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
	*put_exponent(decimal->digits + decimal->n_digits, (int)exponent) = '\0';
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

/*
 * Fold the scale suffix at s, if there is one, into the decimal.  Returns its bytes.
 * No "a": to ngspice 39 it is a unit (1a is 1), although later versions take it for atto.
 */
static size_t apply_suffix(struct decimal *decimal, const char *s, size_t length)
{
	static const struct {
		const char *text;
		unsigned int factor;
		int exponent;
	} suffixes[] = {
		{"meg", 1, 6},       {"mil", 254, -7}, {"k", 1, 3},   {"m", 1, -3},
		{"u", 1, -6},        {"n", 1, -9},     {"p", 1, -12}, {"f", 1, -15},
		{"\xc2\xb5", 1, -6}, {"g", 1, 9},      {"t", 1, 12},
	};

	for (size_t i = 0; length > 0 && i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		size_t n = strlen(suffixes[i].text);

		if (n > length || strncasecmp(s, suffixes[i].text, n) != 0)
			continue;
		if (suffixes[i].factor > 1)
			multiply(decimal, suffixes[i].factor);
		decimal->exponent += suffixes[i].exponent;
		return n;
	}
	return 0;
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
	at += apply_suffix(&decimal, s + at, length - at);
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
	number.integer = digits_to_integer(printed, n_digits);
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

static char *put_integer(char *at, uint64_t integer)
{
	char digits[20];
	int n_digits = 0;

	do
		digits[n_digits++] = (char)('0' + integer % 10);
	while (integer /= 10);
	while (n_digits > 0)
		*at++ = digits[--n_digits];
	return at;
}

static double read_back(const struct scientific *number)
{
	struct decimal decimal;

	decimal.negative = number->negative;
	decimal.has_more = false;
	decimal.n_digits = (int)(put_integer(decimal.digits, number->integer) - decimal.digits);
	decimal.exponent = number->exponent - (number->n_digits - 1);
	return to_double(&decimal);
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
	int n_digits = (int)(put_integer(digits, number->integer) - digits);
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
		at = put_exponent(at, number->exponent);
	} else if (number->exponent < 0) {
		at = put(at, "0.000", 1 - number->exponent);
		at = put_integer(at, number->integer);
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
		if (read_back(&number) == value)
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
