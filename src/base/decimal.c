/* SPDX-License-Identifier: BSD-3-Clause */
/* Decimal digits to the nearest double, without a decimal point that a locale could spell. */
#include "base/decimal.h"

#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static size_t scan_digits(struct decimal *decimal, const char *s, size_t length)
{
	size_t used = 0;

	for (; used < length && is_digit(s[used]); used++) {
		if (decimal->n_digits == 0 && s[used] == '0')
			continue;
		if (decimal->n_digits < DECIMAL_KEPT) {
			decimal->digits[decimal->n_digits++] = s[used];
		} else {
			decimal->exponent++;
			decimal->has_more |= s[used] != '0';
		}
	}
	return used;
}

size_t decimal_scan(struct decimal *decimal, const char *s, size_t length)
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

size_t decimal_scan_exponent(struct decimal *decimal, const char *s, size_t length)
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

uint64_t decimal_get_integer(const char *digits, int n_digits)
{
	uint64_t integer = 0;

	for (int i = 0; i < n_digits; i++)
		integer = 10 * integer + (uint64_t)(digits[i] - '0');
	return integer;
}

char *decimal_put_exponent(char *at, int exponent)
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
	*decimal_put_exponent(decimal->digits + decimal->n_digits, (int)exponent) = '\0';
	return strtod(decimal->digits, NULL);
}

double decimal_to_double(struct decimal *decimal)
{
	double value;

	if (decimal->n_digits <= DECIMAL_ROUNDED)
		value = decimal_round(decimal_get_integer(decimal->digits, decimal->n_digits),
				      decimal->exponent);
	else
		value = convert_any(decimal);
	return decimal->negative ? -value : value;
}

/* Digit by digit from the right, as on paper. */
void decimal_multiply(struct decimal *decimal, unsigned int factor)
{
	char product[DECIMAL_KEPT + DECIMAL_GROWTH];
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

char *decimal_put_integer(char *at, uint64_t integer)
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
