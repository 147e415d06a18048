/* SPDX-License-Identifier: BSD-3-Clause */
/* The text of a header: its lines as UTF-8, whatever the file's encoding. */
#ifndef RAW_HEADER_TEXT_H
#define RAW_HEADER_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "raw/encoding.h"
#include "raw/source.h"

/* Lines in turn.  The text of all lies in block, which is made once: strings into it stay. */
struct header_text {
	const struct source *source;
	size_t at;    /* byte of the next line */
	bool is_wide; /* UTF-16, little-endian */
	enum encoding encoding;
	char *block;
	size_t used;
};

/* Does a header begin at this byte: "Title:" or "Plotname:", in 8 or in 16 bits? */
bool header_text_begins(const struct source *source, size_t at, bool *is_wide);

/* A header that begins at this byte, up to its end, the line "Binary:" or "Values:". */
int header_text_init(struct header_text *text, const struct source *source, size_t at,
		     struct carom_error *err);
void header_text_release(struct header_text *text);

/* The next line, without its end and a CR before it; *at is its first byte. */
char *header_text_next(struct header_text *text, size_t *at);

#endif
