/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads the statements of a study: vary, measure and spec. */
#include "study/statement.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/number.h"
#include "study/nearest.h"
#include "study/store-name.h"

bool place_init(struct place *place, const struct phrase *phrase)
{
	*place = (struct place){mem_strdup(phrase->source), phrase->line, phrase->column};
	return place->source != NULL;
}

/* ---- vary ---- */

static bool is_distribution(const char *word, size_t length)
{
	for (unsigned kind = 0; kind < N_DISTRIBUTION_KINDS; kind++) {
		const char *name = distribution_kind_name((enum distribution_kind)kind);

		if (phrase_word_is(word, length, name))
			return true;
	}
	return false;
}

static int fail_without_distribution(const struct phrase *phrase, struct carom_error *err)
{
	const char *kinds[N_DISTRIBUTION_KINDS];
	const char *at = phrase->text;
	const char *word;
	size_t length;

	for (unsigned kind = 0; kind < N_DISTRIBUTION_KINDS; kind++)
		kinds[kind] = distribution_kind_name((enum distribution_kind)kind);
	while ((word = phrase_word(&at, &length))) {
		const char *meant = nearest_word(word, length, kinds, N_DISTRIBUTION_KINDS);

		if (meant)
			return phrase_fail(phrase, word, err,
					   "unknown distribution \"%.*s\"\ndid you mean \"%s\"?",
					   WORD_SHOWN(length), word, meant);
	}
	return phrase_fail(phrase, phrase_end(phrase), err,
			   "no distribution\nafter the targets say " DISTRIBUTION_KINDS_SHOWN);
}

/* The word that names the distribution; targets are what stands before it. */
static int find_distribution(const struct phrase *phrase, const char **found,
			     struct carom_error *err)
{
	const char *at = phrase->text;
	size_t n_targets = 0;
	size_t length;

	while ((*found = phrase_word(&at, &length)) && !is_distribution(*found, length))
		n_targets++;
	if (!*found)
		return fail_without_distribution(phrase, err);
	if (n_targets == 0)
		return phrase_fail(phrase, *found, err,
				   "nothing to vary\nname elements before \"%.*s\"",
				   WORD_SHOWN(length), *found);
	return 0;
}

static int parse_each(const struct phrase *phrase, const char *at, bool *each,
		      struct carom_error *err)
{
	size_t length;
	const char *word = phrase_word(&at, &length);

	*each = phrase_word_is(word, length, "each");
	if (!word || *each)
		return phrase_expect_end(phrase, at, err);
	return phrase_fail(phrase, word, err,
			   "unexpected \"%.*s\"\nonly \"each\" may follow the distribution",
			   WORD_SHOWN(length), word);
}

int study_vary_parse(struct study_vary *vary, const struct phrase *phrase,
		     const struct distribution_files *files, struct carom_error *err)
{
	struct carom_error inner = CAROM_ERROR_INIT;
	const char *distribution;
	size_t used;
	int status;

	*vary = (struct study_vary){0};
	status = find_distribution(phrase, &distribution, err);
	if (status)
		return status;
	if (distribution_parse(&vary->distribution, distribution, files, &used, &inner))
		return phrase_fail_inside(phrase, distribution, &inner, err);
	status = parse_each(phrase, distribution + used, &vary->each, err);
	if (status == 0 && vary->distribution.kind == DISTRIBUTION_PELGROM && !vary->each)
		status = phrase_fail(phrase, phrase_end(phrase), err,
				     "pelgrom is of mismatch, which each transistor has for itself"
				     "\nadd \"each\"");
	if (status == 0) {
		vary->targets = phrase_fold(phrase->text, distribution);
		vary->definition = phrase_fold(distribution, phrase_end(phrase));
		if (!vary->targets || !vary->definition || !place_init(&vary->place, phrase))
			status = carom_fail_memory(err);
	}
	if (status)
		study_vary_release(vary);
	return status;
}

void study_vary_release(struct study_vary *vary)
{
	distribution_release(&vary->distribution);
	mem_free(vary->targets);
	mem_free(vary->definition);
	mem_free(vary->place.source);
}

/* ---- measure ---- */

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

int study_measure_check_name(const struct phrase *phrase, const char *word, const char *name,
			     struct carom_error *err)
{
	const char *problem = store_name_problem(name);
	const char *c = name;

	if (!is_letter(*c) && *c != '_')
		return phrase_fail(phrase, word, err,
				   "the name of a measure begins with a letter or \"_\"");
	while (is_letter(*c) || is_digit(*c) || (*c && strchr("_.+-", *c)))
		c++;
	if (*c == '(')
		return phrase_fail(phrase, word, err,
				   "a measure begins with its name, as in \"gain max(v(out))\"");
	if (*c)
		return phrase_fail(phrase, word + (c - name), err,
				   "the name of a measure has letters, digits and \"_.+-\" only");
	if (problem)
		return phrase_fail(phrase, word, err, "a measure cannot be called \"%s\": it %s",
				   name, problem);
	return 0;
}

static int parse_name(const struct phrase *phrase, const char **at, char **name,
		      struct carom_error *err)
{
	size_t length;
	const char *word = phrase_word(at, &length);

	if (!word)
		return phrase_fail(phrase, phrase->text, err,
				   "a measure is a name, perhaps an analysis, and a reducer, as in "
				   "\"gain ac max(db(v(out)))\"");
	*name = mem_strndup(word, length);
	if (!*name)
		return carom_fail_memory(err);
	return study_measure_check_name(phrase, word, *name, err);
}

bool statement_is_analysis(const char *word, size_t length)
{
	static const char *const names[] = {"op",   "dc", "ac", "tran",  "noise",
					    "sens", "tf", "pz", "disto", "sp"};

	while (length > 0 && is_digit(word[length - 1]))
		length--;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (phrase_word_is(word, length, names[i]))
			return true;
	}
	return false;
}

/* A word that is no call, "max(...)" or "max (...)", names the analysis. */
static int parse_analysis(const struct phrase *phrase, const char **at, char **analysis,
			  struct carom_error *err)
{
	const char *word = *at + strspn(*at, PHRASE_BLANKS);
	size_t length = strcspn(word, PHRASE_BLANKS "(");
	const char *next = word + length + strspn(word + length, PHRASE_BLANKS);

	*at = word;
	if (length == 0 || *next == '(')
		return 0;
	if (!statement_is_analysis(word, length))
		return phrase_fail(
			phrase, word, err,
			"\"%.*s\" is neither an analysis (op, dc, ac, tran, noise, ...) nor "
			"a reducer, as in \"max(v(out))\"",
			WORD_SHOWN(length), word);
	*at = next;
	*analysis = phrase_lower(word, length);
	return *analysis ? 0 : carom_fail_memory(err);
}

/* "= f3/gbw" */
static bool is_formula(const char **at)
{
	const char *s = *at + strspn(*at, PHRASE_BLANKS);

	if (*s != '=')
		return false;
	*at = s + 1 + strspn(s + 1, PHRASE_BLANKS);
	return true;
}

static int parse_formula(struct study_measure *measure, const struct phrase *phrase, const char *at,
			 struct carom_error *err)
{
	const char *end = phrase_end(phrase);

	if (at >= end)
		return phrase_fail(phrase, end, err, "an expression is missing behind \"=\"");
	measure->formula = mem_strndup(at, (size_t)(end - at));
	return measure->formula && place_init(&measure->place, phrase) ? 0 : carom_fail_memory(err);
}

static int parse_measure_words(struct study_measure *measure, const struct phrase *phrase,
			       struct carom_error *err)
{
	struct carom_error inner = CAROM_ERROR_INIT;
	const char *at = phrase->text;
	int status = parse_name(phrase, &at, &measure->name, err);

	if (!status && is_formula(&at))
		return parse_formula(measure, phrase, at, err);
	if (!status)
		status = parse_analysis(phrase, &at, &measure->analysis, err);
	if (!status && *at == '\0')
		status = phrase_fail(phrase, phrase_end(phrase), err,
				     "\"%s\" measures nothing\nadd a reducer, as in "
				     "\"max(v(out))\"",
				     measure->name);
	if (!status && !place_init(&measure->place, phrase))
		status = carom_fail_memory(err);
	if (!status && measure_parse(&measure->measure, at, &inner))
		status = phrase_fail_inside(phrase, at, &inner, err);
	return status;
}

int study_measure_parse(struct study_measure *measure, const struct phrase *phrase,
			struct carom_error *err)
{
	int status;

	*measure = (struct study_measure){0};
	status = parse_measure_words(measure, phrase, err);
	if (status)
		study_measure_release(measure);
	return status;
}

void study_measure_release(struct study_measure *measure)
{
	mem_free(measure->name);
	mem_free(measure->analysis);
	mem_free(measure->formula);
	mem_free(measure->place.source);
	measure_release(&measure->measure);
}

/* ---- spec ---- */

static int parse_limit(const struct phrase *phrase, const char **at, double *limit,
		       struct carom_error *err)
{
	size_t length, used;
	const char *word = phrase_word(at, &length);

	if (!word)
		return phrase_fail(phrase, phrase_end(phrase), err,
				   "a spec is a name, a lower and an upper limit (\"-\" for none)");
	*limit = NAN;
	if (length == 1 && *word == '-')
		return 0;
	if (number_read(word, length, limit, &used) && used == length && isfinite(*limit))
		return 0;
	return phrase_fail(phrase, word, err, "\"%.*s\" is no number\n\"-\" means no limit",
			   WORD_SHOWN(length), word);
}

static int parse_limits(struct study_spec *spec, const struct phrase *phrase, const char *at,
			struct carom_error *err)
{
	const char *limits = at + strspn(at, PHRASE_BLANKS);
	int status = parse_limit(phrase, &at, &spec->lower, err);

	if (!status)
		status = parse_limit(phrase, &at, &spec->upper, err);
	if (!status)
		status = phrase_expect_end(phrase, at, err);
	if (!status && spec->lower > spec->upper)
		status = phrase_fail(phrase, limits, err, "the lower limit is above the upper one");
	if (!status && isnan(spec->lower) && isnan(spec->upper))
		status = phrase_fail(phrase, limits, err, "a spec needs a limit on one side");
	return status;
}

int study_spec_parse(struct study_spec *spec, const struct phrase *phrase, struct carom_error *err)
{
	const char *at = phrase->text;
	size_t length;
	const char *word = phrase_word(&at, &length);
	int status;

	*spec = (struct study_spec){0};
	status = parse_limits(spec, phrase, at, err);
	if (status)
		return status;
	spec->name = mem_strndup(word, length);
	if (!spec->name || !place_init(&spec->place, phrase)) {
		study_spec_release(spec);
		return carom_fail_memory(err);
	}
	return 0;
}

void study_spec_release(struct study_spec *spec)
{
	mem_free(spec->name);
	mem_free(spec->place.source);
}
