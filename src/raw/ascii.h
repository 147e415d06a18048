/* SPDX-License-Identifier: BSD-3-Clause */
/* Values as text: for each point its number, then a value for each variable, between blanks. */
#ifndef RAW_ASCII_H
#define RAW_ASCII_H

#include "raw/reading.h"

/* The text of a plot's values. */
struct ascii {
	size_t begin, end; /* bytes */
	size_t n_variables;
	bool is_magnitude; /* the sign of the first variable means nothing */
};

/* Points that are whole, at most so many. */
size_t ascii_count(const struct ascii *ascii, const struct source *source, size_t most);

/* ERROR_FORMAT with the byte offset if it ends early or has anything but numbers. */
int ascii_read(struct reading *reading, const struct ascii *ascii, struct carom_error *err);

#endif
