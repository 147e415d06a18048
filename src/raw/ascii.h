/* SPDX-License-Identifier: BSD-3-Clause */
/* Values as text: for each point its number, then a value for each variable, between blanks. */
#ifndef RAW_ASCII_H
#define RAW_ASCII_H

#include "raw/reading.h"

/* Where a reading ended: one that goes on there need not begin in front.  Any thread. */
struct ascii_mark;
struct ascii_mark *ascii_mark_new(void); /* NULL when out of memory */
void ascii_mark_free(struct ascii_mark *mark);

/* The text of a plot's values. */
struct ascii {
	struct ascii_mark *mark;
	size_t begin, end; /* bytes */
	size_t n_variables;
	bool is_magnitude; /* the sign of the first variable means nothing */
};

/* Points that are whole, at most so many. */
size_t ascii_count(const struct ascii *ascii, const struct source *source, size_t most);

/* ERROR_FORMAT with the byte offset if it ends early or has anything but numbers. */
int ascii_read(struct reading *reading, const struct ascii *ascii, struct carom_error *err);

#endif
