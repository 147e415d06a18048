/* SPDX-License-Identifier: BSD-3-Clause */
/* A number as decimal digits, on the way between text and double. */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A double and the midpoint between two have at most 768 significant digits (1.1 × 2^-1074 written
 * out); whatever follows the kept digits only says "a little more", which one digit says as well.
 */
#define DECIMAL_KEPT 800
#define DECIMAL_GROWTH 3 /* digits more by decimal_multiply */

/* ± digits × 10^exponent. */
struct decimal {
	bool negative;
	bool has_more; /* digits that are not 0 follow those kept */
	int n_digits;  /* kept, without leading zeros */
	int64_t exponent;
	char digits[DECIMAL_KEPT + DECIMAL_GROWTH + 1 + sizeof("e-99999")];
};

/* Read sign, digits and fraction, whatever the locale.  Bytes used, 0 if there is no digit. */
size_t decimal_scan(struct decimal *decimal, const char *s, size_t length);

/* Read what follows the letter of an exponent.  Bytes used, 0 if it is not a number. */
size_t decimal_scan_exponent(struct decimal *decimal, const char *s, size_t length);

/*
 * Multiply by a factor below 1000, once.  Exact, unless there are more digits than are kept: then
 * the value may be off by less than one in the last kept place.
 */
void decimal_multiply(struct decimal *decimal, unsigned int factor);

/* The nearest double, ties to even.  Uses the decimal up. */
double decimal_to_double(struct decimal *decimal);

/*
 * The double nearest to integer × 10^exponent, ties to even.
 * Source: Lemire, Number parsing at a gigabyte per second, Software: Practice and Experience 51
 * (2021); Mushtak & Lemire, Fast number parsing without fallback, ibid. 53 (2023).
 */
double decimal_round(uint64_t integer, int64_t exponent);

/* The integer of these digits, at most DECIMAL_ROUNDED. */
#define DECIMAL_ROUNDED 19
uint64_t decimal_get_integer(const char *digits, int n_digits);

/*
 * Write an integer, or "e-06" (sign and at least two digits as printf does, |exponent| < 100000),
 * without a NUL.  Return the end.
 */
char *decimal_put_integer(char *at, uint64_t integer);
char *decimal_put_exponent(char *at, int exponent);

#endif
