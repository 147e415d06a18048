/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads what a study is to go on until. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/number.h"
#include "study/until.h"

#define DEFAULT_CONFIDENCE 0.95
#define DEFAULT_TARGET 0.99

static const char *const kinds[] = {
	[UNTIL_YIELD] = "yield",
	[UNTIL_MEAN] = "mean",
	[UNTIL_SPEC] = "spec",
	[UNTIL_ERROR] = "error",
};
#define N_KINDS (sizeof(kinds) / sizeof(kinds[0]))

void until_init(struct until *until)
{
	*until = (struct until){.confidence = DEFAULT_CONFIDENCE, .target = DEFAULT_TARGET};
}

static void goal_release(struct until_goal *goal)
{
	mem_free(goal->name);
}

static void drop_all(struct until *until)
{
	for (size_t i = 0; i < until->n; i++)
		goal_release(&until->goals[i]);
	until->n = 0;
}

void until_release(struct until *until)
{
	drop_all(until);
	mem_free(until->goals);
	until->goals = NULL;
	until->capacity = 0;
}

/* ---- words ---- */

/* A plus or minus sign is passed by: "+-", "+/-", as UTF-8 or Latin-1. */
static const char *pass_sign(const char *word)
{
	static const char *const signs[] = {"+-", "+/-", "\xc2\xb1", "\xb1"};

	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (strncmp(word, signs[i], strlen(signs[i])) == 0)
			return word + strlen(signs[i]);
	return word;
}

/* "1%" is 0.01 and a share; false unless the word is a positive number. */
static bool read_number(const char *word, size_t length, double *number, bool *is_share)
{
	size_t used;

	*is_share = length > 0 && word[length - 1] == '%';
	length -= *is_share;
	if (!number_read(word, length, number, &used) || used != length || !(*number > 0) ||
	    !isfinite(*number))
		return false;
	*number /= *is_share ? 100 : 1;
	return true;
}

int until_parse_share(const struct phrase *phrase, double *share, struct carom_error *err)
{
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);
	double number;
	bool is_share;

	if (!word)
		return phrase_fail(phrase, phrase->text, err, "a share is missing here, as 99%%");
	if (!read_number(word, length, &number, &is_share) || number >= 1)
		return phrase_fail(phrase, word, err,
				   "\"%.*s\" is no share between 0 and 1, such as 99%%",
				   WORD_SHOWN(length), word);
	*share = number;
	return phrase_expect_end(phrase, at, err);
}

/* ---- goals ---- */

static int parse_kind(const struct phrase *phrase, const char *word, size_t length,
		      enum until_kind *kind, struct carom_error *err)
{
	for (size_t i = 0; word && i < N_KINDS; i++)
		if (phrase_word_is(word, length, kinds[i])) {
			*kind = (enum until_kind)i;
			return 0;
		}
	return phrase_fail(
		phrase, word ? word : phrase->text, err,
		"until what?\nsay \"yield +-1%%\", \"mean NAME +-0.1%%\", \"spec\" or \"error "
		"10%%\"");
}

static bool is_name(const char *word)
{
	return (*word >= 'a' && *word <= 'z') || (*word >= 'A' && *word <= 'Z') || *word == '_';
}

/* A word that begins as names do: else it is the width's. */
static int parse_name(const struct phrase *phrase, const char **at, struct until_goal *goal,
		      struct carom_error *err)
{
	const char *next = *at;
	size_t length;
	const char *word = phrase_word(&next, &length);

	if (word && is_name(word)) {
		*at = next;
		goal->name = mem_strndup(word, length);
		return goal->name ? 0 : carom_fail_memory(err);
	}
	if (goal->kind == UNTIL_MEAN)
		return phrase_fail(phrase, word ? word : phrase_end(phrase), err,
				   "the mean of what?\nname a measurement");
	return 0;
}

static int parse_width(const struct phrase *phrase, const char **at, struct until_goal *goal,
		       struct carom_error *err)
{
	size_t length;
	const char *word = phrase_word(at, &length);
	const char *number = word ? pass_sign(word) : NULL;

	if (word && number == word + length) /* a sign alone: the number is the next word */
		number = word = phrase_word(at, &length);
	if (!word)
		return phrase_fail(phrase, phrase_end(phrase), err,
				   "how well is it to be known?\nsay \"+-1%%\"");
	if (!read_number(number, length - (size_t)(number - word), &goal->width,
			 &goal->is_relative))
		return phrase_fail(phrase, word, err, "\"%.*s\" is no width, such as +-1%%",
				   WORD_SHOWN(length), word);
	if (goal->kind == UNTIL_YIELD && goal->width >= 0.5)
		return phrase_fail(phrase, word, err,
				   "a yield is known to +-50%% before the first sample");
	if (goal->kind == UNTIL_ERROR && goal->width >= 1)
		return phrase_fail(phrase, word, err, "an error of 100%% says nothing");
	return 0;
}

static bool is_same(const struct until_goal *a, const struct until_goal *b)
{
	if (a->kind != b->kind || !a->name != !b->name)
		return false;
	return !a->name || name_compare(a->name, b->name) == 0;
}

/* The goal is taken over. */
static int add_goal(struct until *until, const struct until_goal *goal, struct carom_error *err)
{
	for (size_t i = 0; i < until->n; i++)
		if (is_same(&until->goals[i], goal)) {
			goal_release(&until->goals[i]);
			until->goals[i] = *goal;
			return 0;
		}
	if (!mem_reserve(&until->goals, &until->capacity, until->n + 1, sizeof(*goal)))
		return carom_fail_memory(err);
	until->goals[until->n++] = *goal;
	until->is_never = false;
	return 0;
}

int until_parse(struct until *until, const struct phrase *phrase, struct carom_error *err)
{
	struct until_goal goal = {0};
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);
	int status;

	if (phrase_word_is(word, length, "never")) {
		status = phrase_expect_end(phrase, at, err);
		if (!status) {
			drop_all(until);
			until->is_never = true;
		}
		return status;
	}
	status = parse_kind(phrase, word, length, &goal.kind, err);
	if (!status && goal.kind != UNTIL_ERROR)
		status = parse_name(phrase, &at, &goal, err);
	if (!status && goal.kind != UNTIL_SPEC)
		status = parse_width(phrase, &at, &goal, err);
	if (!status)
		status = phrase_expect_end(phrase, at, err);
	if (!status)
		status = add_goal(until, &goal, err);
	if (status)
		goal_release(&goal);
	return status;
}

void until_goal_print(const struct until_goal *goal, struct text *text)
{
	text_append(text, kinds[goal->kind]);
	if (goal->name)
		text_printf(text, " %s", goal->name);
	if (goal->kind == UNTIL_SPEC)
		return;
	text_append(text, goal->kind == UNTIL_ERROR ? " " : " +-");
	text_printf(text, goal->is_relative ? "%.4g%%" : "%.4g",
		    goal->is_relative ? 100 * goal->width : goal->width);
}
