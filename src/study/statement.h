/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of a statement, read into what they say. */
#ifndef STUDY_STATEMENT_H
#define STUDY_STATEMENT_H

#include "study/study.h"

/* The words after a statement's keyword, and where they stand. */
struct phrase {
	const char *text;
	const char *source; /* file, "" for a call */
	int line;
	int column; /* of text, from 1 */
};

/* Fail at a byte of the phrase's text. */
int phrase_fail(const struct phrase *phrase, const char *at, struct carom_error *err,
		const char *format, ...) __attribute__((format(printf, 4, 5)));

/*
 * Read one statement.  The target needs no initialisation; it is to be released if 0 is returned.
 * Errors say where in the phrase the offending word stands.
 */
int study_vary_parse(struct study_vary *vary, const struct phrase *phrase, struct carom_error *err);
int study_measure_parse(struct study_measure *measure, const struct phrase *phrase,
			struct carom_error *err);
int study_spec_parse(struct study_spec *spec, const struct phrase *phrase, struct carom_error *err);

void study_vary_release(struct study_vary *vary);
void study_measure_release(struct study_measure *measure);
void study_spec_release(struct study_spec *spec);

/* A whole number of 64 bits: digits ("18446744073709551615") or a SPICE number ("10k"). */
int phrase_count(const struct phrase *phrase, uint64_t *count, struct carom_error *err);
/* A positive number of seconds: "10", "0.5", "10s".  No suffix: "10m" would be 10 ms. */
int phrase_seconds(const struct phrase *phrase, double *seconds, struct carom_error *err);

/* The next word from *at on: *at goes behind it, *length is its length.  NULL if there is none. */
const char *phrase_word(const char **at, size_t *length);

/* For "%.*s" of a word in a message. */
#define WORD_SHOWN(length) ((int)((length) < 40 ? (length) : 40))

#endif
