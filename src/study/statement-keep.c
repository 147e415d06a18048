/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads the statement "keep". */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "base/number.h"
#include "base/text.h"
#include "study/statement.h"
#include "study/store-name.h"

#define MOST_DEPTH 64 /* brackets within brackets */

/* A word of the statement: "v(a, b)", "gain=db(v(out))", "points=51". */
struct part {
	const char *begin;  /* of the name, if there is one */
	size_t name_length; /* of what stands before "=", or 0 */
	const char *value;
	size_t length; /* of the value */
};

struct parser {
	const struct phrase *phrase;
	struct study_keep options; /* those of the statement, for each of its waveforms */
	struct carom_error *err;
};

#define fail_at(parser, at, ...) phrase_fail((parser)->phrase, (at), (parser)->err, __VA_ARGS__)

/* ---- words ---- */

static char closing(char open)
{
	return open == '(' ? ')' : open == '[' ? ']' : '}';
}

/* Blanks within brackets belong to the word.  *end: behind it. */
static int find_end(const struct parser *parser, const char *begin, const char **end)
{
	const char *opened[MOST_DEPTH];
	size_t depth = 0;
	const char *s = begin;

	for (; *s && (depth > 0 || !strchr(PHRASE_BLANKS, *s)); s++) {
		if (strchr("([{", *s)) {
			if (depth == MOST_DEPTH)
				return fail_at(parser, s, "too many brackets within brackets");
			opened[depth++] = s;
		} else if (strchr(")]}", *s)) {
			if (depth == 0 || *s != closing(*opened[depth - 1]))
				return fail_at(parser, s, "this bracket closes none that is open");
			depth--;
		}
	}
	*end = s;
	return depth ? fail_at(parser, opened[depth - 1], "this bracket is not closed") : 0;
}

/* Letters, digits and "_.+-" before a "=" that is no comparison. */
static size_t named_part(const char *word)
{
	size_t n = 0;

	while ((word[n] >= 'a' && word[n] <= 'z') || (word[n] >= 'A' && word[n] <= 'Z') ||
	       (word[n] >= '0' && word[n] <= '9') || (word[n] && strchr("_.+-", word[n])))
		n++;
	return n > 0 && word[n] == '=' && word[n + 1] != '=' ? n : 0;
}

/* The next one; its begin is NULL behind the last. */
static int next_part(const struct parser *parser, const char **at, struct part *part)
{
	const char *begin = *at + strspn(*at, PHRASE_BLANKS), *end;
	int status = find_end(parser, begin, &end);

	if (status)
		return status;
	*at = end;
	*part = (struct part){*begin ? begin : NULL, named_part(begin), begin, 0};
	if (part->name_length)
		part->value += part->name_length + 1;
	part->length = (size_t)(end - part->value);
	return 0;
}

static bool is_named(const struct part *part, const char *name)
{
	return phrase_word_is(part->begin, part->name_length, name);
}

static bool is_option(const struct part *part)
{
	return is_named(part, "plot") || is_named(part, "from") || is_named(part, "to") ||
	       is_named(part, "points");
}

/* ---- options ---- */

static int parse_place(struct parser *parser, const struct part *part,
		       struct measure_argument *place)
{
	mem_free(place->name);
	*place = (struct measure_argument){.number = NAN};
	if (part->length > 2 && part->value[0] == '{') {
		place->name = mem_strndup(part->value, part->length);
		return place->name ? 0 : carom_fail_memory(parser->err);
	}
	return phrase_number(parser->phrase, part->value, part->length, &place->number,
			     parser->err);
}

static int parse_points(struct parser *parser, const struct part *part)
{
	double points = 0;
	size_t used;

	if (part->length == 0 || !number_read(part->value, part->length, &points, &used) ||
	    used != part->length || points != floor(points) || !(points >= 2) ||
	    !(points <= STUDY_MOST_POINTS))
		return fail_at(parser, part->value,
			       "\"%.*s\" points: say a whole number from 2 to %d",
			       WORD_SHOWN(part->length), part->value, STUDY_MOST_POINTS);
	parser->options.n_points = (size_t)points;
	return 0;
}

static int parse_plot(struct parser *parser, const struct part *part)
{
	mem_free(parser->options.analysis);
	parser->options.analysis = NULL;
	if (!statement_is_analysis(part->value, part->length))
		return fail_at(parser, part->value,
			       "\"%.*s\" is no analysis\nsay tran, ac, dc or noise",
			       WORD_SHOWN(part->length), part->value);
	parser->options.analysis = phrase_lower(part->value, part->length);
	return parser->options.analysis ? 0 : carom_fail_memory(parser->err);
}

static int parse_option(struct parser *parser, const struct part *part)
{
	if (is_named(part, "plot"))
		return parse_plot(parser, part);
	if (is_named(part, "points"))
		return parse_points(parser, part);
	return parse_place(parser, part,
			   is_named(part, "from") ? &parser->options.from : &parser->options.to);
}

/* ---- waveforms ---- */

/* Its begin or end shows that blanks cut it out of a longer expression. */
static int check_expression(const struct parser *parser, const struct part *part)
{
	char first = part->value[0], last = part->length ? part->value[part->length - 1] : '\0';

	if (part->length == 0)
		return fail_at(parser, part->value, "an expression is missing behind \"=\"");
	if (statement_is_analysis(part->value, part->length) && !part->name_length)
		return fail_at(parser, part->value, "\"%.*s\" is an analysis\nsay \"plot=%.*s\"",
			       WORD_SHOWN(part->length), part->value, WORD_SHOWN(part->length),
			       part->value);
	if (strchr("*/^%,=<>&|", first) || strchr("*/^%,=<>&|+-", last) ||
	    (!part->name_length && strchr("+-", first)))
		return fail_at(
			parser, part->value,
			"\"%.*s\" is no expression\nblanks stand between waveforms: write each "
			"without blanks, or in parentheses",
			WORD_SHOWN(part->length), part->value);
	return 0;
}

/* The expression without blanks, unless it is given a name. */
static char *name_of(const struct part *part)
{
	struct text name = TEXT_INIT;

	if (part->name_length)
		return mem_strndup(part->begin, part->name_length);
	for (size_t i = 0; i < part->length; i++)
		if (!strchr(PHRASE_BLANKS, part->value[i]))
			text_append_char(&name, part->value[i]);
	return text_take(&name);
}

/* Of a text that need not be there. */
static bool copy_text(char **copy, const char *text)
{
	*copy = text ? mem_strdup(text) : NULL;
	return *copy || !text;
}

static bool copy_options(struct study_keep *keep, const struct study_keep *options)
{
	keep->n_points = options->n_points;
	keep->from.number = options->from.number;
	keep->to.number = options->to.number;
	return copy_text(&keep->analysis, options->analysis) &&
	       copy_text(&keep->from.name, options->from.name) &&
	       copy_text(&keep->to.name, options->to.name);
}

static int parse_waveform(struct parser *parser, const struct part *part, struct study_keep *keep)
{
	const char *problem;
	int status = check_expression(parser, part);

	if (status)
		return status;
	keep->name = name_of(part);
	keep->expression = mem_strndup(part->value, part->length);
	if (!keep->name || !keep->expression || !copy_options(keep, &parser->options) ||
	    !place_init(&keep->place, parser->phrase))
		return carom_fail_memory(parser->err);
	problem = store_name_problem(keep->name);
	if (problem && part->name_length)
		return fail_at(parser, part->begin, "an array cannot be called \"%s\": it %s",
			       keep->name, problem);
	if (problem)
		return fail_at(parser, part->begin,
			       "an array cannot be called \"%s\": it %s\ngive it a name, as in "
			       "\"ratio=v(a)/v(b)\"",
			       keep->name, problem);
	return 0;
}

/* ---- the statement ---- */

static int parse_options(struct parser *parser)
{
	const char *at = parser->phrase->text;
	struct part part;
	int status = next_part(parser, &at, &part);

	while (status == 0 && part.begin) {
		if (is_option(&part))
			status = parse_option(parser, &part);
		if (status == 0)
			status = next_part(parser, &at, &part);
	}
	return status;
}

static int parse_waveforms(struct parser *parser, struct study_keep **list, size_t *n)
{
	const char *at = parser->phrase->text;
	size_t capacity = 0;
	struct part part;
	int status = next_part(parser, &at, &part);

	while (status == 0 && part.begin) {
		if (!is_option(&part)) {
			if (!mem_reserve(list, &capacity, *n + 1, sizeof(**list)))
				return carom_fail_memory(parser->err);
			(*list)[*n] = (struct study_keep){.name = NULL};
			status = parse_waveform(parser, &part, &(*list)[(*n)++]);
		}
		if (status == 0)
			status = next_part(parser, &at, &part);
	}
	if (status == 0 && *n == 0)
		status = fail_at(parser, phrase_end(parser->phrase),
				 "nothing to keep\nname waveforms, as in \"v(out) i(v1)\"");
	return status;
}

int study_keep_parse(struct study_keep **list, size_t *n, const struct phrase *phrase,
		     struct carom_error *err)
{
	struct parser parser = {.phrase = phrase,
				.options = {.from = {.number = NAN}, .to = {.number = NAN}},
				.err = err};
	int status;

	*list = NULL;
	*n = 0;
	status = parse_options(&parser);
	if (status == 0)
		status = parse_waveforms(&parser, list, n);
	study_keep_release(&parser.options);
	if (status == 0)
		return 0;
	for (size_t i = 0; i < *n; i++)
		study_keep_release(&(*list)[i]);
	mem_free(*list);
	*list = NULL;
	*n = 0;
	return status;
}

void study_keep_release(struct study_keep *keep)
{
	mem_free(keep->name);
	mem_free(keep->expression);
	mem_free(keep->analysis);
	mem_free(keep->from.name);
	mem_free(keep->to.name);
	mem_free(keep->place.source);
}
