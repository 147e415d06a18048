/* SPDX-License-Identifier: BSD-3-Clause */
/* Where in a file the binary values of a plot stand. */
#ifndef RAW_LAYOUT_H
#define RAW_LAYOUT_H

#include "raw/header.h"

enum value_kind {
	VALUE_DOUBLE,
	VALUE_FLOAT,
	VALUE_COMPLEX,
	VALUE_REAL_PART /* of a complex value: a time or frequency has no imaginary part */
};

struct field {
	enum value_kind kind;
	size_t offset; /* in the record; where variables follow one another, in the data */
};

/* Points from first on, up to the next piece, in which the same variables have values. */
struct piece {
	size_t first;
	size_t begin; /* byte */
	size_t record;
};

struct layout {
	struct field *fields; /* one for each variable */
	size_t n_fields;
	size_t n_points;
	size_t record;        /* bytes of a point */
	size_t begin, end;    /* bytes of the file */
	bool is_by_variable;  /* all of one, then all of the next */
	bool is_swapped;      /* of the other byte order */
	bool is_magnitude;    /* the sign of the first variable means nothing: LTspice's time */
	struct piece *pieces; /* NULL unless variables differ in length */
	size_t n_pieces;
	const struct carom_raw_variable *variables; /* the header's, for their lengths */
};

/* n values of a variable, stride bytes apart. */
struct run {
	size_t offset, stride, n;
};

/* What a layout is found by. */
struct layout_question {
	const struct source *source;
	struct header *header; /* its variables get their lengths */
	enum carom_raw_dialect dialect;
	bool accept_cut;
};

/* How much of the data is there, and what follows. */
struct layout_finding {
	size_t n_missing;  /* points that the header promises */
	size_t n_trailing; /* bytes behind the data that are no header */
};

/* Released in any case. */
int layout_find(struct layout *layout, const struct layout_question *question,
		struct layout_finding *finding, struct carom_error *err);
void layout_release(struct layout *layout);

size_t value_size(enum value_kind kind);

/*
 * The run that begins with this point of a variable; n 0: it has no value there.  It may be longer
 * than what is wanted of it.
 */
struct run layout_run(const struct layout *layout, size_t variable, size_t point);

/* Time and frequency are real in complex plots too, and the sign of LTspice's time is a mark. */
bool layout_is_axis(const struct carom_raw_variable *variable);
bool layout_is_magnitude(const struct header *header, enum carom_raw_dialect dialect);

/* The next byte from here on at which a header begins; the file's size if there is none. */
size_t layout_next_header(const struct source *source, size_t at);

#endif
