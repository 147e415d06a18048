/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Doubles to decimal digits.  Values of the sizes that circuits have are done in whole numbers of
 * 128 bits, without rounding before the last step; all others by the C library.
 */
#include "base/digits.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/decimal.h"

__extension__ typedef unsigned __int128 wide;

enum { LARGEST_POWER = 32 }; /* 2^53 × 5^32 is less than 2^128 */

static const uint64_t power_of_10[] = {1u,
				       10u,
				       100u,
				       1000u,
				       10000u,
				       100000u,
				       1000000u,
				       10000000u,
				       100000000u,
				       1000000000u,
				       10000000000u,
				       100000000000u,
				       1000000000000u,
				       10000000000000u,
				       100000000000000u,
				       1000000000000000u,
				       10000000000000000u,
				       100000000000000000u};

/*
 * |value| = fraction × 2^exponent, scaled to 17 digits before the point:
 * |value| × 10^power = product / 2^shift = integer and a rest, where product = fraction × 5^power.
 */
struct scaled {
	uint64_t fraction;
	wide power_of_5;
	wide product;
	int shift;    /* 1 to 127 */
	int exponent; /* of the first digit: 16 - power */
	uint64_t integer;
};

static wide raise_5(int power)
{
	static const uint64_t fives[] = {
		1u,         5u,          25u,         125u,         625u,         3125u,
		15625u,     78125u,      390625u,     1953125u,     9765625u,     48828125u,
		244140625u, 1220703125u, 6103515625u, 30517578125u, 152587890625u};

	return power <= 16 ? (wide)fives[power] : (wide)fives[16] * fives[power - 16];
}

/* Scale for an exponent that may be wrong by one; false if the numbers get too large. */
static bool try_scale(struct scaled *scaled, int binary_exponent, int exponent)
{
	int power = 16 - exponent;

	if (power < 0 || power > LARGEST_POWER)
		return false;
	scaled->exponent = exponent;
	scaled->shift = -(binary_exponent + power);
	if (scaled->shift < 1 || scaled->shift > 127)
		return false;
	scaled->power_of_5 = raise_5(power);
	scaled->product = scaled->fraction * scaled->power_of_5;
	scaled->integer = (uint64_t)(scaled->product >> scaled->shift);
	return true;
}

/* False if the value, which is finite, is too large or too small to be done here, or 0. */
static bool scale(struct scaled *scaled, double value)
{
	const uint64_t hidden_bit = (uint64_t)1 << 52;
	uint64_t bits;
	int binary_exponent, exponent;

	memcpy(&bits, &value, sizeof(bits));
	binary_exponent = (int)(bits >> 52 & 0x7ff) - 1075;
	if (binary_exponent < -112 || binary_exponent > 0)
		return false;
	scaled->fraction = (bits & (hidden_bit - 1)) | hidden_bit;
	exponent = (int)floor((binary_exponent + 52) * 0.30102999566398120); /* log10(2) */
	if (!try_scale(scaled, binary_exponent, exponent))
		return false;
	return scaled->integer < power_of_10[DIGITS_MOST] ||
	       try_scale(scaled, binary_exponent, exponent + 1);
}

static struct digits round_scaled(const struct scaled *scaled, int n_digits)
{
	uint64_t unit = power_of_10[DIGITS_MOST - n_digits];
	uint64_t kept = scaled->integer / unit;
	wide rest = scaled->product - ((wide)(kept * unit) << scaled->shift);
	wide whole = (wide)unit << scaled->shift;
	struct digits digits = {.n_digits = n_digits, .exponent = scaled->exponent};

	digits.integer = kept + (rest > whole - rest || (rest == whole - rest && kept % 2 == 1));
	if (digits.integer == power_of_10[n_digits]) {
		digits.integer /= 10;
		digits.exponent++;
	}
	return digits;
}

/*
 * Is the value the double nearest to the digits?  Doubles lie 5^power apart here, half as far below
 * a power of two; as that is odd and all else whole, none lies in the middle.
 */
static bool is_nearest(const struct scaled *scaled, const struct digits *digits)
{
	int n_more = DIGITS_MOST - digits->n_digits + (digits->exponent - scaled->exponent);
	wide read = (wide)(digits->integer * power_of_10[n_more]) << scaled->shift;

	if (read >= scaled->product)
		return 2 * (read - scaled->product) < scaled->power_of_5;
	if (scaled->fraction == (uint64_t)1 << 52)
		return 4 * (scaled->product - read) < scaled->power_of_5;
	return 2 * (scaled->product - read) < scaled->power_of_5;
}

/* ---- by the C library ---- */

static struct digits print(double value, int n_digits)
{
	struct digits digits = {.n_digits = n_digits};
	char printed[64];
	const char *mark;

	snprintf(printed, sizeof(printed), "%.*e", n_digits - 1, fabs(value));
	mark = strchr(printed, 'e');
	digits.exponent = atoi(mark + 1);
	/* The point after the first digit is the locale's and may be any bytes. */
	memmove(printed + 1, mark - (n_digits - 1), (size_t)n_digits - 1);
	digits.integer = decimal_get_integer(printed, n_digits);
	return digits;
}

static bool reads_back(const struct digits *digits, double value)
{
	struct decimal decimal = {.exponent = digits->exponent - (digits->n_digits - 1)};

	decimal.n_digits =
		(int)(decimal_put_integer(decimal.digits, digits->integer) - decimal.digits);
	return decimal_to_double(&decimal) == fabs(value);
}

/* ---- either way ---- */

struct digits digits_take(double value, int n_digits)
{
	struct scaled scaled;
	struct digits digits =
		scale(&scaled, value) ? round_scaled(&scaled, n_digits) : print(value, n_digits);

	digits.negative = signbit(value);
	return digits;
}

struct digits digits_take_shortest(double value)
{
	struct scaled scaled;
	bool is_scaled = scale(&scaled, value);
	struct digits digits = {.n_digits = 0};

	for (int n_digits = 15; n_digits <= DIGITS_MOST; n_digits++) {
		digits = is_scaled ? round_scaled(&scaled, n_digits) : print(value, n_digits);
		if (n_digits == DIGITS_MOST ||
		    (is_scaled ? is_nearest(&scaled, &digits) : reads_back(&digits, value)))
			break;
	}
	digits.negative = signbit(value);
	return digits;
}

void digits_drop_zeros(struct digits *digits)
{
	for (int n = 8; n > 0; n /= 2) {
		while (digits->n_digits > n && digits->integer % power_of_10[n] == 0) {
			digits->integer /= power_of_10[n];
			digits->n_digits -= n;
		}
	}
}
