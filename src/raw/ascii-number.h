/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers in text, at hundreds of megabytes a second, correctly rounded. */
#ifndef RAW_ASCII_NUMBER_H
#define RAW_ASCII_NUMBER_H

#include <stddef.h>

/*
 * Read the number at s, of which there are length bytes, up to a blank, a comma, a parenthesis or the
 * end: as strtod would in the C locale, but nothing in hexadecimal.  Bytes used, 0 if it is none.
 */
size_t ascii_number_read(const char *s, size_t length, double *value);

#endif
