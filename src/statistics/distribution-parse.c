/* SPDX-License-Identifier: BSD-3-Clause */
/* Distributions as they are written in a statement. */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "circuit/include.h"
#include "statistics/distribution-entries.h"

struct parser {
	const char *text;
	struct word word; /* at hand */
	const char *end;  /* of what was taken */
	const struct distribution_files *files;
	struct distribution *distribution;
	struct carom_error *err;
};

/* ---- words ---- */

static struct word first_word(const char *text)
{
	struct word word = {text + strspn(text, " \t"), 0};

	word.length = strcspn(word.start, " \t");
	return word;
}

/* The word at hand was understood. */
static void take_word(struct parser *parser)
{
	parser->end = parser->word.start + parser->word.length;
	parser->word = first_word(parser->end);
}

static bool word_is_text(struct word word, const char *text)
{
	return word.length == strlen(text) && word_ends_with(word, text);
}

static bool word_looks_like_a_number(struct word word)
{
	return word.length > 0 && strchr("0123456789+-.", *word.start);
}

/* The word at hand is wrong. */
#define fail_at_word(parser, ...)                                 \
	carom_fail_at((parser)->err, CAROM_ERROR_SYNTAX, NULL, 0, \
		      (int)((parser)->word.start - (parser)->text) + 1, __VA_ARGS__)

/* ---- kinds with a tolerance ---- */

/* "1%" of the nominal value, or "5m" in the unit of the value; of a logarithm 0.1 is 10%. */
static int parse_tolerance(struct parser *parser)
{
	struct distribution *distribution = parser->distribution;
	const char *kind = distribution_kind_name(distribution->kind);
	struct word word = parser->word;

	if (word.length == 0)
		return fail_at_word(parser, "tolerance missing\nsay for example \"%s 1%%\"", kind);
	if (!word_to_amount(word, &distribution->spread, &distribution->is_relative))
		return fail_at_word(parser,
				    "\"%.*s\" is not a tolerance\nsay for example \"%s 1%%\"",
				    word_shown(word), word.start, kind);
	if (distribution->spread < 0)
		return fail_at_word(parser, "tolerance \"%.*s\" is negative\nleave out its sign",
				    word_shown(word), word.start);
	distribution->is_relative |= distribution->kind == DISTRIBUTION_LOGNORMAL;
	take_word(parser);
	return 0;
}

static bool is_normal(const struct distribution *distribution)
{
	return distribution->kind == DISTRIBUTION_GAUSS ||
	       distribution->kind == DISTRIBUTION_LOGNORMAL;
}

static int check_has_sigma(const struct parser *parser)
{
	if (is_normal(parser->distribution))
		return 0;
	return fail_at_word(parser, "the tolerance of %s is its half width\nleave out \"%.*s\"",
			    distribution_kind_name(parser->distribution->kind),
			    word_shown(parser->word), parser->word.start);
}

/* "3sigma", "3 sigma" or, where that is enough, "3". */
static int parse_sigmas(struct parser *parser, bool needs_sigma, double *sigmas)
{
	struct word word = parser->word;
	struct word next = first_word(word.start + word.length);
	bool is_one_word = word_ends_with(word, "sigma");

	if (is_one_word)
		word.length -= strlen("sigma");
	if (!word_to_number(word, sigmas) ||
	    (needs_sigma && !is_one_word && !word_is_text(next, "sigma")))
		return fail_at_word(parser,
				    "\"%.*s\" is no number of sigmas\nsay for example \"3sigma\"",
				    word_shown(parser->word), word.start);
	if (!(*sigmas > 0))
		return fail_at_word(parser, "\"%.*s\": the number of sigmas must be above zero",
				    word_shown(parser->word), word.start);
	take_word(parser);
	if (!is_one_word && word_is_text(parser->word, "sigma"))
		take_word(parser);
	return 0;
}

/* "at 3 sigma", "3sigma": the tolerance is so many standard deviations. */
static int parse_meaning(struct parser *parser)
{
	bool has_at = word_is_text(parser->word, "at");
	double sigmas;
	int status;

	if (!has_at && !word_looks_like_a_number(parser->word))
		return 0;
	status = check_has_sigma(parser);
	if (status)
		return status;
	if (has_at)
		take_word(parser);
	status = parse_sigmas(parser, true, &sigmas);
	if (status == 0)
		parser->distribution->spread /= sigmas;
	return status;
}

/* "trunc 3": no deviate beyond 3 sigma. */
static int parse_cut(struct parser *parser)
{
	int status;

	if (!word_is_text(parser->word, "trunc"))
		return 0;
	status = check_has_sigma(parser);
	if (status)
		return status;
	take_word(parser);
	return parse_sigmas(parser, false, &parser->distribution->cut);
}

static int parse_spread(struct parser *parser)
{
	int status = parse_tolerance(parser);

	if (status == 0)
		status = parse_meaning(parser);
	return status ? status : parse_cut(parser);
}

/* "4m", in um times the unit of what varies; "pair": that of the difference of two alike. */
static int parse_pelgrom(struct parser *parser)
{
	int status = parse_tolerance(parser);

	if (status || !word_is_text(parser->word, "pair"))
		return status;
	parser->distribution->spread *= M_SQRT1_2;
	take_word(parser);
	return 0;
}

/* ---- kinds with a table ---- */

/* The entries become the table. */
static int make_table(struct parser *parser, struct entries *entries)
{
	struct distribution *distribution = parser->distribution;
	struct distribution_table *table;
	int status;

	if (!(entries->total > 0) || !isfinite(entries->total))
		return fail_at_word(parser, "the sum of the weights must be above zero");
	table = mem_zalloc(1, sizeof(*table));
	status = table ? distribution_table_init(table, distribution->kind, entries->list,
						 entries->n, parser->err)
		       : carom_fail_memory(parser->err);

	if (status) {
		mem_free(table);
		return status;
	}
	distribution->is_relative = entries->is_relative;
	distribution->table = table;
	return 0;
}

/* "1k" or "2k:0.3". */
static int add_listed(struct parser *parser, struct entries *entries)
{
	struct word word = parser->word, weight = {word.start, 0};
	const char *colon = memchr(word.start, ':', word.length);
	struct word value = word;
	enum entry_problem problem;

	if (colon) {
		value.length = (size_t)(colon - word.start);
		weight = (struct word){colon + 1, word.length - value.length - 1};
	}
	problem = colon && weight.length == 0 ? ENTRY_WEIGHT : entries_add(entries, value, weight);
	if (problem == ENTRY_MEMORY)
		return carom_fail_memory(parser->err);
	if (problem) {
		word = problem == ENTRY_WEIGHT ? weight : word;
		return fail_at_word(parser, "\"%.*s\" %s", word_shown(word), word.start,
				    entry_problem_text(problem));
	}
	take_word(parser);
	return 0;
}

static int parse_list(struct parser *parser)
{
	struct entries entries = {0};
	int status = 0;

	while (status == 0 && word_looks_like_a_number(parser->word))
		status = add_listed(parser, &entries);
	if (status == 0 && entries.n == 0)
		status = fail_at_word(parser, "values missing\n"
					      "say for example \"discrete 1k 2k\" or, with "
					      "weights, \"discrete 1k:0.7 2k:0.3\"");
	if (status == 0)
		status = make_table(parser, &entries);
	entries_release(&entries);
	return status;
}

/* The word at hand, or what stands in quotes. */
static int take_file_name(struct parser *parser, struct include_names *names)
{
	struct word *word = &parser->word;
	const char *closing;

	if (word->length == 0)
		return fail_at_word(parser, "file name missing\n"
					    "say for example \"empirical measured.txt\"");
	*names = (struct include_names){.file = word->start, .file_length = (int)word->length};
	if (*word->start != '"')
		return 0;
	closing = strchr(word->start + 1, '"');
	if (!closing || closing == word->start + 1)
		return fail_at_word(parser, "the name of the file has no end\nadd a \"");
	word->length = (size_t)(closing + 1 - word->start);
	names->file++;
	names->file_length = (int)word->length - 2;
	return 0;
}

static int read_file(struct parser *parser, const struct include_names *names,
		     struct entries *entries)
{
	const struct distribution_files *files = parser->files;
	struct carom_error reason = CAROM_ERROR_INIT;
	char *path = include_path(files->naming_path, names);
	int status;

	if (!path)
		return carom_fail_memory(parser->err);
	status = entries_read_file(entries, path, files->roots, &reason);
	mem_free(path);
	if (status == 0)
		return 0;
	if (status == CAROM_ERROR_MEMORY || reason.source[0])
		return carom_fail_as(parser->err, &reason);
	return carom_fail_at(parser->err, (enum carom_status)status, NULL, 0,
			     (int)(parser->word.start - parser->text) + 1, "%s\n%s", reason.text,
			     reason.hint);
}

static int parse_empirical(struct parser *parser)
{
	struct entries entries = {0};
	struct include_names names;
	int status = take_file_name(parser, &names);

	if (status == 0)
		status = read_file(parser, &names, &entries);
	if (status == 0)
		status = make_table(parser, &entries);
	if (status == 0)
		take_word(parser);
	entries_release(&entries);
	return status;
}

/* ---- all ---- */

static int (*const kind_parsers[])(struct parser *parser) = {
	[DISTRIBUTION_GAUSS] = parse_spread,     [DISTRIBUTION_UNIFORM] = parse_spread,
	[DISTRIBUTION_LOGNORMAL] = parse_spread, [DISTRIBUTION_TRIANGULAR] = parse_spread,
	[DISTRIBUTION_DISCRETE] = parse_list,    [DISTRIBUTION_EMPIRICAL] = parse_empirical,
	[DISTRIBUTION_PELGROM] = parse_pelgrom,
};

static int parse_kind(struct parser *parser)
{
	struct word word = parser->word;

	if (word.length == 0)
		return fail_at_word(parser, "distribution missing\nsay for example \"gauss 1%%\", "
					    "\"uniform 20%%\" or \"lognormal 10%%\"");
	for (unsigned i = 0; i < N_DISTRIBUTION_KINDS; i++) {
		enum distribution_kind kind = (enum distribution_kind)i;

		if (!word_is_text(word, distribution_kind_name(kind)))
			continue;
		parser->distribution->kind = kind;
		take_word(parser);
		return kind_parsers[kind](parser);
	}
	return fail_at_word(parser, "unknown distribution \"%.*s\"\nuse " DISTRIBUTION_KINDS_SHOWN,
			    word_shown(word), word.start);
}

int distribution_parse(struct distribution *distribution, const char *text,
		       const struct distribution_files *files, size_t *used,
		       struct carom_error *err)
{
	struct distribution parsed = {0};
	struct parser parser = {.text = text,
				.word = first_word(text),
				.files = files,
				.distribution = &parsed,
				.err = err};
	int status = parse_kind(&parser);

	if (status)
		return status;
	*distribution = parsed;
	*used = (size_t)(parser.end - text);
	return 0;
}

void distribution_release(struct distribution *distribution)
{
	/* A parsed one is the owner of its table. */
	struct distribution_table *table = (struct distribution_table *)distribution->table;

	if (table)
		distribution_table_release(table);
	mem_free(table);
	distribution->table = NULL;
}
