/* SPDX-License-Identifier: BSD-3-Clause */
/* Parses the text of a measurement: reducer, expression, arguments. */
#include "sim/measure.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "base/number.h"
#include "base/text.h"

#define MAX_DEPTH 64 /* brackets within brackets */
#define MAX_PARTS 5  /* the four of cross, and the first that is too many */

struct rule {
	const char *name;
	size_t min_parts, max_parts; /* the expression is one of them */
	const char *usage;
};

static const struct rule rules[] = {
	[MEASURE_MAX] = {"max", 1, 1, "max(expression)"},
	[MEASURE_MIN] = {"min", 1, 1, "min(expression)"},
	[MEASURE_PP] = {"pp", 1, 1, "pp(expression)"},
	[MEASURE_AVG] = {"avg", 1, 1, "avg(expression)"},
	[MEASURE_RMS] = {"rms", 1, 1, "rms(expression)"},
	[MEASURE_FINAL] = {"final", 1, 1, "final(expression)"},
	[MEASURE_AT] = {"at", 2, 2, "at(expression, x)"},
	[MEASURE_CROSS] = {"cross", 2, 4, "cross(expression, level, rise|fall|either, n)"},
};
#define N_RULES (sizeof(rules) / sizeof(rules[0]))

static const char *const edges[] = {
	[MEASURE_EITHER] = "either",
	[MEASURE_RISE] = "rise",
	[MEASURE_FALL] = "fall",
};

/* A stretch of the text without the blanks around it. */
struct part {
	const char *begin;
	size_t length;
};

struct parser {
	const char *text;
	struct part parts[MAX_PARTS]; /* those beyond are counted only */
	size_t n_parts;
	const char *close; /* the parenthesis that ends the list */
	struct carom_error *err;
};

static int fail_at(const struct parser *parser, const char *at, const char *message)
{
	int column = (int)(at - parser->text) + 1;

	return carom_fail_at(parser->err, CAROM_ERROR_SYNTAX, NULL, 0, column, "%s", message);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (c >= '0' && c <= '9');
}

static bool is_name(const char *s)
{
	if (*s >= '0' && *s <= '9')
		return false;
	while (is_name_char(*s))
		s++;
	return *s == '\0';
}

static const char *skip_blanks(const char *s)
{
	while (is_blank(*s))
		s++;
	return s;
}

static bool part_is(const struct part *part, const char *word)
{
	return strlen(word) == part->length && name_compare_n(part->begin, word, part->length) == 0;
}

/* Length in letters of the common start: enough to guess what was meant among eight short names. */
static size_t common_start(const struct part *part, const char *word)
{
	size_t i = 0;

	while (i < part->length && word[i] && name_compare_n(part->begin + i, word + i, 1) == 0)
		i++;
	return i;
}

static int fail_unknown_reducer(const struct parser *parser, const struct part *word)
{
	struct text message = TEXT_INIT;
	const char *nearest = NULL;
	size_t best = 1; /* a single letter in common is a coincidence */
	int status;

	for (size_t i = 0; i < N_RULES; i++) {
		if (common_start(word, rules[i].name) > best) {
			best = common_start(word, rules[i].name);
			nearest = rules[i].name;
		}
	}
	if (nearest)
		text_printf(&message, "did you mean \"%s\"? ", nearest);
	text_append(&message, nearest ? "Known are" : "known are");
	for (size_t i = 0; i < N_RULES; i++)
		text_printf(&message, "%s %s", i ? "," : "", rules[i].name);
	status = message.failed ? carom_fail_memory(parser->err)
				: carom_fail_at(parser->err, CAROM_ERROR_SYNTAX, NULL, 0,
						(int)(word->begin - parser->text) + 1,
						"unknown reducer \"%.*s\"\n%s",
						(int)(word->length > 40 ? 40 : word->length),
						word->begin, text_string(&message));
	text_release(&message);
	return status;
}

static int parse_reducer(const struct parser *parser, enum measure_reducer *reducer,
			 const char **open)
{
	struct part word = {skip_blanks(parser->text), 0};

	while (is_name_char(word.begin[word.length]))
		word.length++;
	*open = skip_blanks(word.begin + word.length);
	if (word.length == 0)
		return fail_at(parser, word.begin,
			       "a measurement begins with a reducer, as in "
			       "\"max(v(out))\"");
	for (size_t i = 0; i < N_RULES; i++) {
		if (part_is(&word, rules[i].name)) {
			*reducer = (enum measure_reducer)i;
			return **open == '(' ? 0 : fail_at(parser, *open, "expected \"(\"");
		}
	}
	return fail_unknown_reducer(parser, &word);
}

static void add_part(struct parser *parser, const char *begin, const char *end)
{
	begin = skip_blanks(begin);
	while (end > begin && is_blank(end[-1]))
		end--;
	if (parser->n_parts < MAX_PARTS)
		parser->parts[parser->n_parts] = (struct part){begin, (size_t)(end - begin)};
	parser->n_parts++;
}

static char closing(char open)
{
	return open == '(' ? ')' : open == '[' ? ']' : '}';
}

/* Cut what stands in the parentheses at the commas that are inside no other bracket. */
static int split(struct parser *parser, const char *open)
{
	const char *opened[MAX_DEPTH] = {open};
	size_t depth = 1;
	const char *begin = open + 1;

	for (const char *s = begin; *s; s++) {
		if (strchr("([{", *s)) {
			if (depth == MAX_DEPTH)
				return fail_at(parser, s, "too many brackets within brackets");
			opened[depth++] = s;
		} else if (strchr(")]}", *s)) {
			if (*s != closing(*opened[depth - 1]))
				return fail_at(parser, s, "this bracket closes none that is open");
			if (--depth == 0) {
				add_part(parser, begin, s);
				parser->close = s;
				return 0;
			}
		} else if (*s == ',' && depth == 1) {
			add_part(parser, begin, s);
			begin = s + 1;
		}
	}
	return fail_at(parser, opened[depth - 1], "this bracket is not closed");
}

static int check_parts(const struct parser *parser, const struct rule *rule)
{
	const char *rest = skip_blanks(parser->close + 1);
	size_t n = parser->n_parts;
	const char *at = n > rule->max_parts ? parser->parts[rule->max_parts].begin : parser->close;

	if (*rest)
		return fail_at(parser, rest, "nothing may follow the closing parenthesis");
	for (size_t i = 0; i < n && i < MAX_PARTS; i++)
		if (parser->parts[i].length == 0)
			return fail_at(parser, parser->parts[i].begin,
				       i ? "an argument is missing here"
					 : "the expression to measure is missing here");
	if (n < rule->min_parts || n > rule->max_parts)
		return carom_fail_at(parser->err, CAROM_ERROR_SYNTAX, NULL, 0,
				     (int)(at - parser->text) + 1, "too %s arguments\nwrite %s",
				     n < rule->min_parts ? "few" : "many", rule->usage);
	return 0;
}

static int parse_argument(const struct parser *parser, const struct part *part,
			  struct measure_argument *argument)
{
	char *word = mem_strndup(part->begin, part->length);

	if (!word)
		return carom_fail_memory(parser->err);
	if (is_name(word)) {
		argument->name = word;
		argument->number = NAN;
		return 0;
	}
	argument->name = NULL;
	if (!number_parse(word, &argument->number) || !isfinite(argument->number)) {
		mem_free(word);
		return fail_at(parser, part->begin,
			       "expected a number or the name of an earlier measurement");
	}
	mem_free(word);
	return 0;
}

static int parse_edge(const struct parser *parser, const struct part *part, enum measure_edge *edge)
{
	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
		if (part_is(part, edges[i])) {
			*edge = (enum measure_edge)i;
			return 0;
		}
	}
	return fail_at(parser, part->begin, "expected rise, fall or either");
}

static int parse_count(const struct parser *parser, const struct part *part, unsigned *count)
{
	unsigned n = 0;

	for (size_t i = 0; i < part->length; i++) {
		unsigned digit = (unsigned)(part->begin[i] - '0');

		if (digit > 9 || n > (INT_MAX - digit) / 10)
			return fail_at(parser, part->begin,
				       "which crossing: expected a whole number from 1");
		n = n * 10 + digit;
	}
	*count = n;
	return n ? 0 : fail_at(parser, part->begin, "crossings are counted from 1");
}

static int parse_arguments(const struct parser *parser, struct measure *measure)
{
	const struct part *parts = parser->parts;
	int status = 0;

	if (parser->n_parts > 1) {
		status = parse_argument(parser, &parts[1], &measure->arguments[0]);
		measure->n_arguments = status ? 0 : 1;
	}
	if (!status && parser->n_parts > 2)
		status = parse_edge(parser, &parts[2], &measure->edge);
	if (!status && parser->n_parts > 3)
		status = parse_count(parser, &parts[3], &measure->count);
	return status;
}

int measure_parse(struct measure *measure, const char *text, struct carom_error *err)
{
	struct parser parser = {.text = text, .err = err};
	const char *open;
	int status;

	*measure = (struct measure){.edge = MEASURE_EITHER, .count = 1};
	status = parse_reducer(&parser, &measure->reducer, &open);
	if (!status)
		status = split(&parser, open);
	if (!status)
		status = check_parts(&parser, &rules[measure->reducer]);
	if (!status)
		status = parse_arguments(&parser, measure);
	if (!status) {
		measure->expression = mem_strndup(parser.parts[0].begin, parser.parts[0].length);
		if (!measure->expression)
			status = carom_fail_memory(err);
	}
	if (status)
		measure_release(measure);
	return status;
}

void measure_release(struct measure *measure)
{
	for (size_t i = 0; i < measure->n_arguments; i++)
		mem_free(measure->arguments[i].name);
	mem_free(measure->expression);
	*measure = (struct measure){.count = 1};
}

const char *measure_reducer_name(enum measure_reducer reducer)
{
	return rules[reducer].name;
}
