/* SPDX-License-Identifier: BSD-3-Clause */
/* Lists of values with weights, in a statement or in a file. */
#include "statistics/distribution-entries.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/number.h"
#include "circuit/include.h"

/* ---- words ---- */

bool word_ends_with(struct word word, const char *ending)
{
	size_t length = strlen(ending);

	return word.length >= length &&
	       name_compare_n(word.start + word.length - length, ending, length) == 0;
}

bool word_to_number(struct word word, double *value)
{
	size_t used;

	return number_read(word.start, word.length, value, &used) && used == word.length &&
	       isfinite(*value);
}

bool word_to_amount(struct word word, double *value, bool *is_relative)
{
	*is_relative = word_ends_with(word, "%");
	word.length -= *is_relative;
	if (!word_to_number(word, value))
		return false;
	*value /= *is_relative ? 100 : 1;
	return true;
}

/* ---- entries ---- */

enum entry_problem entries_add(struct entries *entries, struct word value, struct word weight)
{
	struct table_entry entry = {0, 1};
	bool is_relative;

	if (!word_to_amount(value, &entry.value, &is_relative))
		return ENTRY_VALUE;
	if (weight.length > 0 && (!word_to_number(weight, &entry.weight) || entry.weight < 0))
		return ENTRY_WEIGHT;
	if (entries->n > 0 && is_relative != entries->is_relative)
		return ENTRY_MIXED;
	if (!mem_reserve(&entries->list, &entries->capacity, entries->n + 1,
			 sizeof(*entries->list)))
		return ENTRY_MEMORY;
	entries->is_relative = is_relative;
	entries->total += entry.weight;
	entries->list[entries->n++] = entry;
	return ENTRY_OK;
}

const char *entry_problem_text(enum entry_problem problem)
{
	static const char *const texts[] = {
		[ENTRY_OK] = "",
		[ENTRY_VALUE] = "is no number",
		[ENTRY_WEIGHT] = "is no weight\na weight is a number that is not negative",
		[ENTRY_MIXED] = "does not go with those before it\ngive all in %, or none",
		[ENTRY_MEMORY] = "",
	};

	return texts[problem];
}

void entries_release(struct entries *entries)
{
	mem_free(entries->list);
	*entries = (struct entries){0};
}

/* ---- files ---- */

#define BLANKS " \t\r,"

/* Where reading stands. */
struct cursor {
	const char *path;
	const char *line; /* its first byte */
	const char *end;  /* its last byte + 1, without a comment */
	int number;       /* of the line, from 1 */
	struct carom_error *err;
};

static bool is_among(char c, const char *set)
{
	return c != '\0' && strchr(set, c);
}

/* The next word of the line at or after at; of no length at its end. */
static struct word next_word(const struct cursor *cursor, const char *at)
{
	struct word word;

	while (at < cursor->end && is_among(*at, BLANKS))
		at++;
	word.start = at;
	while (at < cursor->end && !is_among(*at, BLANKS))
		at++;
	word.length = (size_t)(at - word.start);
	return word;
}

static int fail_at_word(const struct cursor *cursor, struct word word, const char *text)
{
	return carom_fail_at(cursor->err, CAROM_ERROR_SYNTAX, cursor->path, cursor->number,
			     (int)(word.start - cursor->line) + 1, "\"%.*s\" %s", word_shown(word),
			     word.start, text);
}

static int read_line(const struct cursor *cursor, struct entries *entries)
{
	struct word value = next_word(cursor, cursor->line);
	struct word weight = next_word(cursor, value.start + value.length);
	struct word more = next_word(cursor, weight.start + weight.length);
	enum entry_problem problem;

	if (value.length == 0)
		return 0;
	if (more.length > 0)
		return fail_at_word(cursor, more,
				    "is too much\na line has a value and perhaps a weight");
	problem = entries_add(entries, value, weight);
	if (problem == ENTRY_MEMORY)
		return carom_fail_memory(cursor->err);
	return problem ? fail_at_word(cursor, problem == ENTRY_WEIGHT ? weight : value,
				      entry_problem_text(problem))
		       : 0;
}

int entries_read_text(struct entries *entries, const char *path, const char *text, size_t length,
		      struct carom_error *err)
{
	struct cursor cursor = {.path = path, .err = err};
	const char *end = text + length;
	size_t n_before = entries->n;
	int status = 0;

	while (text < end && status == 0) {
		const char *line_end = memchr(text, '\n', (size_t)(end - text));

		cursor.line = cursor.end = text;
		cursor.number++;
		text = line_end ? line_end + 1 : end;
		while (cursor.end < (line_end ? line_end : end) && !is_among(*cursor.end, "#*;"))
			cursor.end++;
		status = read_line(&cursor, entries);
	}
	if (status == 0 && entries->n == n_before)
		status = carom_fail_at(err, CAROM_ERROR_SYNTAX, path, cursor.number, 0,
				       "the file has no values\nwrite one in each line");
	return status;
}

int entries_read_file(struct entries *entries, const char *path, const struct roots *roots,
		      struct carom_error *err)
{
	size_t length;
	char *text;
	int status = include_read_file(path, false, roots, MAX_DECK_BYTES, &text, &length, err);

	if (status)
		return status;
	status = entries_read_text(entries, path, text, length, err);
	mem_free(text);
	return status;
}
