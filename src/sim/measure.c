/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads and writes the text of a measurement: reducer, expressions, arguments. */
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
#define MAX_PARTS (MEASURE_MAX_EXPRESSIONS + MEASURE_MAX_ARGUMENTS + 1) /* one too many */

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

/* "{vdd/2}" */
static bool is_braced(const char *s)
{
	size_t length = strlen(s);

	return length > 2 && s[0] == '{' && s[length - 1] == '}';
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

static const char *reducer_name(size_t i)
{
	return measure_reducer_name((enum measure_reducer)i);
}

/* Length in letters of the common start: enough to guess what was meant among short names. */
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

	for (size_t i = 0; i < MEASURE_N_REDUCERS; i++) {
		if (common_start(word, reducer_name(i)) > best) {
			best = common_start(word, reducer_name(i));
			nearest = reducer_name(i);
		}
	}
	if (nearest)
		text_printf(&message, "did you mean \"%s\"? ", nearest);
	text_append(&message, nearest ? "Known are" : "known are");
	for (size_t i = 0; i < MEASURE_N_REDUCERS; i++)
		text_printf(&message, "%s %s", i ? "," : "", reducer_name(i));
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
	for (size_t i = 0; i < MEASURE_N_REDUCERS; i++) {
		if (part_is(&word, reducer_name(i))) {
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

/* ---- arguments ---- */

static int fail_usage(const struct parser *parser, const char *at, const struct measure_rule *rule,
		      const char *problem)
{
	struct text usage = TEXT_INIT;
	int status;

	measure_rule_usage(rule, &usage);
	status = usage.failed ? carom_fail_memory(parser->err)
			      : carom_fail_at(parser->err, CAROM_ERROR_SYNTAX, NULL, 0,
					      (int)(at - parser->text) + 1, "%s\nwrite %s", problem,
					      text_string(&usage));
	text_release(&usage);
	return status;
}

static int parse_number(const struct parser *parser, const struct part *part, bool may_be_percent,
			struct measure_argument *argument)
{
	size_t length = part->length;
	char *word;

	argument->is_percent = may_be_percent && part->begin[length - 1] == '%';
	word = mem_strndup(part->begin, length - argument->is_percent);
	if (!word)
		return carom_fail_memory(parser->err);
	if ((is_name(word) && !argument->is_percent && *word) || is_braced(word)) {
		argument->name = word;
		argument->number = NAN;
		return 0;
	}
	if (!number_parse(word, &argument->number) || !isfinite(argument->number)) {
		mem_free(word);
		argument->number = NAN;
		return fail_at(parser, part->begin,
			       "expected a number or the name of an earlier measurement");
	}
	mem_free(word);
	return 0;
}

static int parse_edge(const struct parser *parser, const struct part *part, double *edge)
{
	for (size_t i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
		if (part_is(part, edges[i])) {
			*edge = (double)i;
			return 0;
		}
	}
	return fail_at(parser, part->begin, "expected rise, fall or either");
}

static int parse_count(const struct parser *parser, const struct part *part, double *count)
{
	unsigned n = 0;

	if (part_is(part, "last")) {
		*count = MEASURE_LAST;
		return 0;
	}
	for (size_t i = 0; i < part->length; i++) {
		unsigned digit = (unsigned)(part->begin[i] - '0');

		if (digit > 9 || n > (INT_MAX - digit) / 10)
			return fail_at(parser, part->begin,
				       "which one: expected a whole number from 1, or last");
		n = n * 10 + digit;
	}
	*count = n;
	return n ? 0 : fail_at(parser, part->begin, "these are counted from 1");
}

static int parse_argument(const struct parser *parser, const struct part *part,
			  enum measure_kind kind, struct measure_argument *argument)
{
	if (part->length == 0)
		return fail_at(parser, part->begin, "an argument is missing here");
	switch (kind) {
	case MEASURE_EDGE:
		return parse_edge(parser, part, &argument->number);
	case MEASURE_COUNT:
		return parse_count(parser, part, &argument->number);
	default:
		return parse_number(parser, part, kind == MEASURE_LEVEL, argument);
	}
}

static int parse_expression(const struct parser *parser, const struct part *part, char **expression)
{
	if (part->length == 0)
		return fail_at(parser, part->begin, "the expression to measure is missing here");
	*expression = mem_strndup(part->begin, part->length);
	return *expression ? 0 : carom_fail_memory(parser->err);
}

/* "NAME =" at the begin of a part, which then is what follows; false: there is none. */
static bool take_name(struct part *part, struct part *name)
{
	const char *end = part->begin + part->length, *s;

	*name = (struct part){part->begin, 0};
	while (name->length < part->length && is_name_char(name->begin[name->length]))
		name->length++;
	s = skip_blanks(name->begin + name->length);
	if (name->length == 0 || s >= end || *s != '=')
		return false;
	s = skip_blanks(s + 1);
	*part = s < end ? (struct part){s, (size_t)(end - s)} : (struct part){end, 0};
	return true;
}

/* MEASURE_MAX_ARGUMENTS if the reducer has no argument of that name. */
static size_t find_argument(const struct measure_rule *rule, const struct part *name)
{
	size_t i = 0;

	while (i < MEASURE_MAX_ARGUMENTS) {
		const struct measure_parameter *parameter = measure_rule_argument(rule, i);

		if (parameter && part_is(name, parameter->name))
			break;
		i++;
	}
	return i;
}

/* Argument i, the part of the text; the first time only. */
static int assign(const struct parser *parser, struct measure *measure, size_t i,
		  const struct part *part, bool *is_given)
{
	const struct measure_rule *rule = measure_rule(measure->reducer);

	if (is_given[i])
		return fail_at(parser, part->begin, "this argument is given twice");
	is_given[i] = true;
	return parse_argument(parser, part, measure_rule_argument(rule, i)->kind,
			      &measure->arguments[i]);
}

static int parse_named(const struct parser *parser, struct measure *measure, struct part part,
		       const struct part *name, bool *is_given)
{
	const struct measure_rule *rule = measure_rule(measure->reducer);
	size_t i = find_argument(rule, name);

	if (i == MEASURE_MAX_ARGUMENTS)
		return fail_usage(parser, name->begin, rule, "there is no argument of this name");
	return assign(parser, measure, i, &part, is_given);
}

static int parse_behind_expressions(const struct parser *parser, struct measure *measure,
				    size_t n_expressions, bool *is_given)
{
	const struct measure_rule *rule = measure_rule(measure->reducer);
	bool is_named = false;
	int status = 0;

	for (size_t i = n_expressions; i < parser->n_parts && status == 0; i++) {
		struct part part = i < MAX_PARTS ? parser->parts[i] : (struct part){NULL, 0}, name;
		size_t argument = i - n_expressions;

		if (i >= MAX_PARTS)
			return fail_usage(parser, parser->close, rule, "too many arguments");
		if (take_name(&part, &name)) {
			is_named = true;
			status = parse_named(parser, measure, part, &name, is_given);
		} else if (argument >= MEASURE_FROM || !measure_rule_argument(rule, argument)) {
			status = fail_usage(parser, part.begin, rule, "too many arguments");
		} else if (is_named) {
			status = fail_at(parser, part.begin,
					 "only NAME=VALUE may follow an argument with a name");
		} else {
			status = assign(parser, measure, argument, &part, is_given);
		}
	}
	return status;
}

/* Those that were not given. */
static int add_fallbacks(const struct parser *parser, struct measure *measure, const bool *is_given)
{
	const struct measure_rule *rule = measure_rule(measure->reducer);
	int status = 0;

	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS && status == 0; i++) {
		const struct measure_parameter *parameter = measure_rule_argument(rule, i);
		struct part part;

		if (!parameter || is_given[i])
			continue;
		if (!parameter->fallback)
			return fail_usage(parser, parser->close, rule, "too few arguments");
		part = (struct part){parameter->fallback, strlen(parameter->fallback)};
		if (part.length)
			status = parse_argument(parser, &part, parameter->kind,
						&measure->arguments[i]);
	}
	return status;
}

static int parse_parts(const struct parser *parser, struct measure *measure)
{
	const struct measure_rule *rule = measure_rule(measure->reducer);
	const char *rest = skip_blanks(parser->close + 1);
	size_t n_expressions = measure_rule_expressions(rule);
	bool is_given[MEASURE_MAX_ARGUMENTS] = {false};
	int status = 0;

	if (*rest)
		return fail_at(parser, rest, "nothing may follow the closing parenthesis");
	for (size_t i = 0; i < n_expressions && status == 0; i++)
		status = i < parser->n_parts
				 ? parse_expression(parser, &parser->parts[i],
						    &measure->expressions[i])
				 : fail_usage(parser, parser->close, rule, "too few arguments");
	if (!status)
		status = parse_behind_expressions(parser, measure, n_expressions, is_given);
	return status ? status : add_fallbacks(parser, measure, is_given);
}

int measure_parse(struct measure *measure, const char *text, struct carom_error *err)
{
	struct parser parser = {.text = text, .err = err};
	const char *open;
	int status;

	*measure = (struct measure){.reducer = MEASURE_MAX};
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		measure->arguments[i].number = NAN;
	status = parse_reducer(&parser, &measure->reducer, &open);
	if (!status)
		status = split(&parser, open);
	if (!status)
		status = parse_parts(&parser, measure);
	if (status)
		measure_release(measure);
	return status;
}

void measure_release(struct measure *measure)
{
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		mem_free(measure->arguments[i].name);
	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS; i++)
		mem_free(measure->expressions[i]);
	*measure = (struct measure){.reducer = MEASURE_MAX};
}

/* ---- text out ---- */

static void print_argument(const struct measure_argument *argument, enum measure_kind kind,
			   struct text *text)
{
	if (argument->name)
		text_append(text, argument->name);
	else if (kind == MEASURE_EDGE)
		text_append(text, edges[(size_t)argument->number]);
	else if (kind == MEASURE_COUNT && argument->number == MEASURE_LAST)
		text_append(text, "last");
	else
		text_append_number(text, argument->number);
	if (argument->is_percent)
		text_append_char(text, '%');
}

/* Behind one that is missing all have their names. */
void measure_print(const struct measure *measure, struct text *text)
{
	const struct measure_rule *rule = measure_rule(measure->reducer);
	bool is_named = false;

	text_printf(text, "%s(", rule->name);
	for (size_t i = 0; i < measure_rule_expressions(rule); i++)
		text_printf(text, "%s%s", i ? ", " : "", measure->expressions[i]);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++) {
		const struct measure_parameter *parameter = measure_rule_argument(rule, i);
		const struct measure_argument *argument = &measure->arguments[i];

		if (!parameter || (!argument->name && isnan(argument->number))) {
			is_named = true;
			continue;
		}
		text_append(text, ", ");
		if (is_named || i >= MEASURE_FROM)
			text_printf(text, "%s=", parameter->name);
		print_argument(argument, parameter->kind, text);
	}
	text_append_char(text, ')');
}
