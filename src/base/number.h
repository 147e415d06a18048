/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as SPICE writes them, independent of the process's locale. */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>

#define NUMBER_SIZE 32 /* enough for any output of number_print, with its NUL */

/*
 * Read a SPICE number at the start of s[0..length): optional sign, digits, fraction, exponent (e, or
 * d without a sign), then a scale suffix (t g meg k mil m u n p f, any case, and the micro sign) and
 * a unit of letters that is ignored.
 * Sets *value and *used (bytes read, suffix and unit included).  False if there is no number.
 * What follows is left, as the 7 of "4k7" and the x10 of "0x10", which ngspice passes over: whoever
 * wants to know whether a word is a number compares *used.
 * Source: ngspice 39 src/spicelib/parser/inpeval.c for the syntax, and what ngspice 39.3 makes of the
 * cards of tests/live-number.c.  The value is correctly rounded; ngspice's own is off by an ulp or
 * two in a third of the numbers that have 17 digits.
 */
bool number_read(const char *s, size_t length, double *value, size_t *used);

/* The whole of the string is one number. */
bool number_parse(const char *string, double *value);

/* Plain C number (no suffix), whole string; C locale whatever the process's is. */
bool number_parse_plain(const char *string, double *value);

/* Shortest of %.15g, %.16g, %.17g that reads back equal; "nan", "inf", "-inf".  Returns length. */
size_t number_print(char buffer[NUMBER_SIZE], double value);

/* printf("%.*g") in the C locale. */
size_t number_print_digits(char buffer[NUMBER_SIZE], double value, int digits);

/* Engineering notation for people: 4.7k, 33n, 1.25meg; digits significant digits. */
size_t number_print_si(char buffer[NUMBER_SIZE], double value, int digits);

#endif
