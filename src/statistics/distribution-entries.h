/* SPDX-License-Identifier: BSD-3-Clause */
/* Lists of values with weights, in a statement or in a file. */
#ifndef STATISTICS_DISTRIBUTION_ENTRIES_H
#define STATISTICS_DISTRIBUTION_ENTRIES_H

#include "statistics/distribution.h"

/* A part of a text; length 0: none. */
struct word {
	const char *start;
	size_t length;
};

/* For "%.*s" in a message. */
static inline int word_shown(struct word word)
{
	return (int)(word.length < 40 ? word.length : 40);
}

bool word_ends_with(struct word word, const char *ending); /* whatever the case */

/* The whole word is a finite number of SPICE. */
bool word_to_number(struct word word, double *value);

/* "5m", or "1%", which is 0.01 and relative. */
bool word_to_amount(struct word word, double *value, bool *is_relative);

struct entries {
	struct table_entry *list;
	size_t n, capacity;
	double total; /* of the weights */
	bool is_relative;
};

enum entry_problem { ENTRY_OK, ENTRY_VALUE, ENTRY_WEIGHT, ENTRY_MIXED, ENTRY_MEMORY };

/* A weight of no length is 1. */
enum entry_problem entries_add(struct entries *entries, struct word value, struct word weight);
const char *entry_problem_text(enum entry_problem problem); /* "is no number" */

/*
 * Add what a text says: a value in each line, or a value and its weight with blanks or a comma
 * between; "#", "*" and ";" begin comments.  Errors have path as source, with line and column.
 */
int entries_read_text(struct entries *entries, const char *path, const char *text, size_t length,
		      struct carom_error *err);

/* The same of a file; the error of one that cannot be read has no place. */
int entries_read_file(struct entries *entries, const char *path, const struct roots *roots,
		      struct carom_error *err);

void entries_release(struct entries *entries);

#endif
