/* SPDX-License-Identifier: BSD-3-Clause */
/* Findings of import and lint, for people and for programs. */
#ifndef CLI_FINDINGS_H
#define CLI_FINDINGS_H

#include <stdio.h>

#include <jansson.h>

#include "carom.h"

/* Which findings are shown and counted. */
struct findings_filter {
	enum carom_severity least;
	const char *const *ignored; /* identifiers */
	size_t n_ignored;
};

/* One a line: "amp.cir:3: error: text [id]".  Returns how many errors are among those shown. */
size_t findings_print(FILE *file, const struct carom_findings *findings,
		      const struct findings_filter *filter);

/* Append to a JSON array of objects.  Returns as findings_print. */
size_t findings_append_json(json_t *array, const struct carom_findings *findings,
			    const struct findings_filter *filter);

/* The error that import failed with, as a finding. */
void findings_append_error(json_t *array, const struct carom_error *err);

/* "note", "warning" or "error" to its number; false for any other word. */
bool findings_read_severity(const char *word, enum carom_severity *severity);

/* Can lint find it? */
bool findings_know(const char *id);

#endif
