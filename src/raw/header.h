/* SPDX-License-Identifier: BSD-3-Clause */
/* The header of one plot, taken apart; what its dialect makes of it comes later. */
#ifndef RAW_HEADER_H
#define RAW_HEADER_H

#include "carom-raw.h"
#include "raw/header-text.h"

enum header_flag {
	HEADER_COMPLEX = 1 << 0,
	HEADER_UNPADDED = 1 << 1,
	HEADER_DOUBLE = 1 << 2,
	HEADER_FASTACCESS = 1 << 3,
	HEADER_STEPPED = 1 << 4,
	HEADER_FORWARD = 1 << 5 /* written by LTspice and QSPICE only */
};

struct header {
	struct header_text text; /* owns all strings */
	struct carom_raw_line *lines;
	size_t n_lines, lines_capacity;
	struct carom_raw_variable *variables; /* n_points is the layout's to set */
	size_t n_variables, variables_capacity;
	size_t n_wanted;     /* as "No. Variables:" says */
	size_t n_points;     /* as "No. Points:" says: 0 of a run that was aborted */
	unsigned flags;      /* enum header_flag */
	bool is_text;        /* "Values:" */
	bool starts_on_line; /* the first variable stands on the line "Variables:", as Spectre's */
	size_t points_width; /* bytes behind "No. Points:" */
	size_t begin, end;   /* bytes of the file; the data begin at the end */
};

/* Released in any case. */
int header_read(struct header *header, const struct source *source, size_t at,
		struct carom_error *err);
void header_release(struct header *header);

/* Value of the first line with this key, in any case; NULL if there is none. */
const char *header_find(const struct header *header, const char *key);

#endif
