/* SPDX-License-Identifier: BSD-3-Clause */
/* A double as decimal digits, correctly rounded, on the way to text. */
#ifndef BASE_DIGITS_H
#define BASE_DIGITS_H

#include <stdbool.h>
#include <stdint.h>

#define DIGITS_MOST 17 /* any double is told from all others by these */

/* ± integer × 10^(exponent - n_digits + 1), where integer has n_digits digits. */
struct digits {
	bool negative;
	int n_digits;
	int exponent;
	uint64_t integer;
};

/* The finite value rounded to n_digits, 1 to DIGITS_MOST; a tie goes to the even digit. */
struct digits digits_take(double value, int n_digits);

/* The finite value rounded to 15 digits, 16 or 17: the first that reads back equal. */
struct digits digits_take_shortest(double value);

/* Drop the zeros at the end, but not the last digit. */
void digits_drop_zeros(struct digits *digits);

#endif
