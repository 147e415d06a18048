/* SPDX-License-Identifier: BSD-3-Clause */
/* Decimal numbers of up to 19 digits to the nearest double, by two products of 64 bits. */
#include "base/decimal.h"

#include <string.h>

#include "base/power-of-five.h"

__extension__ typedef unsigned __int128 wide;

enum {
	FRACTION_BITS = 52,
	BIAS = 1023,
	INFINITE = 0x7ff, /* exponent bits of infinity */
	KEPT_BITS =
		1 + FRACTION_BITS + 1 /* the leading one, which doubles hide; the one that rounds */
};

struct rounding {
	uint64_t fraction; /* KEPT_BITS of the product */
	int exponent;      /* as a double has it, biased */
	bool is_cut;       /* bits that are not 0 may follow */
};

static double assemble(uint64_t fraction, int exponent)
{
	uint64_t bits = (fraction & (((uint64_t)1 << FRACTION_BITS) - 1)) |
			(uint64_t)exponent << FRACTION_BITS;
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

/* normal × 5^exponent, the first 128 bits: more than 64 of them are right, and that is enough. */
static wide multiply(uint64_t normal, int exponent)
{
	const uint64_t *power = power_of_five[exponent - POWER_OF_FIVE_LEAST];
	const uint64_t undecided = UINT64_MAX >> (KEPT_BITS + 1);
	wide product = (wide)normal * power[0];

	if (((uint64_t)(product >> 64) & undecided) == undecided)
		product += ((wide)normal * power[1]) >> 64;
	return product;
}

/* Half a unit is rounded to even only if nothing was cut off. */
static double round_up(struct rounding rounding)
{
	uint64_t fraction = rounding.fraction;

	if (!rounding.is_cut && (fraction & 3) == 1)
		fraction--;
	fraction += fraction & 1;
	fraction >>= 1;
	if (fraction >> (FRACTION_BITS + 1)) {
		fraction >>= 1;
		rounding.exponent++;
	}
	if (rounding.exponent >= INFINITE)
		return assemble(0, INFINITE);
	return assemble(fraction, rounding.exponent);
}

/* No exact half is that small: it would need more digits. */
static double round_subnormal(struct rounding rounding)
{
	int shift = 1 - rounding.exponent;
	uint64_t fraction;

	if (shift >= 64)
		return 0;
	fraction = rounding.fraction >> shift;
	fraction += fraction & 1;
	fraction >>= 1;
	return assemble(fraction, fraction >> FRACTION_BITS ? 1 : 0);
}

/* floor(log2(10^exponent)), in the range of the table. */
static int log2_of_power(int exponent)
{
	return (217706 * exponent) >> 16;
}

double decimal_round(uint64_t integer, int64_t exponent)
{
	struct rounding rounding;
	int n_zeros, upper, shift;
	wide product;

	if (integer == 0 || exponent < POWER_OF_FIVE_LEAST)
		return 0;
	if (exponent > POWER_OF_FIVE_MOST)
		return assemble(0, INFINITE);
	n_zeros = __builtin_clzll(integer);
	product = multiply(integer << n_zeros, (int)exponent);
	upper = (int)(product >> 127);
	shift = 64 - KEPT_BITS - (1 - upper);
	rounding.fraction = (uint64_t)(product >> 64) >> shift;
	rounding.exponent = log2_of_power((int)exponent) + 63 + upper - n_zeros + BIAS;
	if (rounding.exponent <= 0)
		return round_subnormal(rounding);
	rounding.is_cut = (uint64_t)product > 1 || exponent < -4 || exponent > 23 ||
			  rounding.fraction << shift != (uint64_t)(product >> 64);
	return round_up(rounding);
}
