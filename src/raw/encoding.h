/* SPDX-License-Identifier: BSD-3-Clause */
/* Encodings of text that simulators write. */
#ifndef RAW_ENCODING_H
#define RAW_ENCODING_H

#include <stdbool.h>
#include <stddef.h>

enum encoding {
	ENCODING_UTF_8,
	ENCODING_LATIN_1,
	ENCODING_UTF_16 /* little-endian */
};

enum { ENCODING_GROWTH = 2 }; /* UTF-8 takes at most so many times the bytes */

/* What 8 bits are: Latin-1 if they are not UTF-8. */
enum encoding encoding_find(const unsigned char *s, size_t length, bool is_wide);

/* Write the bytes up to the end as UTF-8; the end of what was written. */
char *encoding_convert(enum encoding encoding, const unsigned char *s, const unsigned char *end,
		       char *out);

#endif
