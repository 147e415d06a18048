/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads the statement "correlate". */
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "study/statement.h"

static bool word_is_number(const char *word, size_t length, double *number)
{
	size_t used;

	return number_read(word, length, number, &used) && used == length;
}

/* The names, up to the first number: what stands behind them. */
static const char *parse_names(struct study_correlate *correlate, const char *at)
{
	const char *next = at;
	const char *word;
	size_t length;
	double number;

	while ((word = phrase_word(&next, &length)) && !word_is_number(word, length, &number)) {
		correlate->names_length += length + (correlate->n_names > 0);
		correlate->n_names++;
		correlate->has_pattern |= memchr(word, '*', length) || memchr(word, '?', length);
		at = next;
	}
	return at;
}

static int parse_coefficients(struct study_correlate *correlate, const struct phrase *phrase,
			      const char *at, struct carom_error *err)
{
	size_t capacity = 0, length;
	const char *word;
	double number;

	while ((word = phrase_word(&at, &length))) {
		if (!word_is_number(word, length, &number))
			return phrase_fail(phrase, word, err,
					   "\"%.*s\" is no coefficient\nthe names stand before all "
					   "of them, as in \"r1 r2 r3 0.5 0.2 0.1\"",
					   WORD_SHOWN(length), word);
		if (!(number > -1 && number < 1))
			return phrase_fail(
				phrase, word, err,
				"\"%.*s\": a coefficient lies between -1 and 1\nvary "
				"them by one statement without \"each\" to let them share "
				"a draw",
				WORD_SHOWN(length), word);
		if (!mem_reserve(&correlate->coefficients, &capacity, correlate->n_coefficients + 1,
				 sizeof(number)))
			return carom_fail_memory(err);
		correlate->coefficients[correlate->n_coefficients++] = number;
	}
	return 0;
}

/* One for all pairs, or one for each; of a pattern it is not known how many it names. */
static int check_count(const struct study_correlate *correlate, const struct phrase *phrase,
		       struct carom_error *err)
{
	size_t n = correlate->n_names, n_pairs = n * (n - 1) / 2;
	const char *end = phrase_end(phrase);

	if (n == 0)
		return phrase_fail(phrase, phrase->text, err,
				   "nothing to correlate\nsay for example \"r1 r2 0.5\"");
	if (n == 1 && !correlate->has_pattern)
		return phrase_fail(phrase, phrase->text, err,
				   "one name alone\nname what else it is correlated with");
	if (correlate->n_coefficients == 0)
		return phrase_fail(phrase, end, err,
				   "no coefficient\nsay for example \"r1 r2 0.5\"");
	if (correlate->n_coefficients == 1)
		return 0;
	if (correlate->has_pattern)
		return phrase_fail(phrase, end, err,
				   "a pattern takes one coefficient, for every two that it names");
	if (correlate->n_coefficients == n_pairs)
		return 0;
	return phrase_fail(phrase, end, err,
			   "%zu coefficients for the %zu pairs of %zu names\ngive one for all, or "
			   "one for each: the upper triangle of the matrix row by row",
			   correlate->n_coefficients, n_pairs, n);
}

int study_correlate_parse(struct study_correlate *correlate, const struct phrase *phrase,
			  struct carom_error *err)
{
	const char *at;
	int status;

	*correlate = (struct study_correlate){0};
	at = parse_names(correlate, phrase->text);
	status = parse_coefficients(correlate, phrase, at, err);
	if (status == 0)
		status = check_count(correlate, phrase, err);
	if (status == 0) {
		correlate->text = phrase_fold(phrase->text, phrase_end(phrase));
		if (!correlate->text || !place_init(&correlate->place, phrase))
			status = carom_fail_memory(err);
	}
	if (status)
		study_correlate_release(correlate);
	return status;
}

void study_correlate_release(struct study_correlate *correlate)
{
	mem_free(correlate->text);
	mem_free(correlate->coefficients);
	mem_free(correlate->place.source);
}
