/* SPDX-License-Identifier: BSD-3-Clause */
/* Analyses and conditions as text of the host, checked before they become commands. */
#include "ng-analysis.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "ng-session.h"

static const struct {
	const char *name;
	unsigned kind;
	struct ng_traces traces;
} analyses[] = {
	{"ac", 1 << 0, {0, NG_TRACE_VALUES}},
	{"dc", NG_KIND_DC, {0, NG_TRACE_STATE | NG_TRACE_VALUES}},
	{"disto", 1 << 1, {0, NG_TRACE_VALUES}},
	{"noise", 1 << 2, {0, NG_TRACE_VALUES}},
	{"op", NG_KIND_DC, {0, NG_TRACE_VALUES}},
	{"pz", NG_KIND_PZ, {0, NG_TRACE_VALUES}},
	{"sens", 1 << 4, {NG_TRACE_VALUES, NG_TRACE_VALUES}},
	{"sp", 1 << 5, {0, NG_TRACE_VALUES}},
	{"tf", 1 << 6, {0, NG_TRACE_VALUES}},
	{"tran", NG_KIND_DC, {NG_TRACE_STATE, NG_TRACE_VALUES}},
};
enum { N_ANALYSES = sizeof(analyses) / sizeof(analyses[0]) };

static size_t word_length(const char *text)
{
	return strcspn(text, " \t");
}

/* Place of the text's first word in the list; N_ANALYSES: it is no analysis. */
static size_t find_analysis(const char *text)
{
	size_t length, i = 0;

	text += strspn(text, " \t");
	length = word_length(text);
	while (i < N_ANALYSES && (strlen(analyses[i].name) != length ||
				  strncasecmp(text, analyses[i].name, length) != 0))
		i++;
	return i;
}

unsigned ng_analysis_kind(const char *text)
{
	size_t i = find_analysis(text);

	return i < N_ANALYSES ? analyses[i].kind : 0;
}

struct ng_traces ng_analysis_traces(const char *text)
{
	size_t i = find_analysis(text);

	return i < N_ANALYSES ? analyses[i].traces : (struct ng_traces){0, 0};
}

/* Behind the dot of a dot-card; NULL if the line is none. */
static const char *keyword_of(const char *line)
{
	line += strspn(line, " \t");
	return line[0] == '.' ? line + 1 : NULL;
}

unsigned ng_analysis_kinds(const char *const *lines, size_t n)
{
	unsigned kinds = 0;

	for (size_t i = 1; i < n; i++) {
		const char *keyword = keyword_of(lines[i]);

		if (keyword)
			kinds |= ng_analysis_kind(keyword);
	}
	return kinds;
}

bool ng_analysis_sweeps_temperature(const char *text)
{
	if (ng_analysis_kind(text) != NG_KIND_DC)
		return false;
	for (; *text; text += word_length(text)) {
		text += strspn(text, " \t");
		if (word_length(text) == 4 && strncasecmp(text, "temp", 4) == 0)
			return true;
	}
	return false;
}

bool ng_analyses_sweep_temperature(const char *const *lines, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		const char *keyword = keyword_of(lines[i]);

		if (keyword && ng_analysis_sweeps_temperature(keyword))
			return true;
	}
	return false;
}

struct ng_traces ng_analysis_traces_of(const char *const *lines, size_t n)
{
	struct ng_traces traces = {0, 0};

	for (size_t i = 1; i < n; i++) {
		const char *keyword = keyword_of(lines[i]);
		struct ng_traces own =
			keyword ? ng_analysis_traces(keyword) : (struct ng_traces){0, 0};

		traces.left |= own.left;
		traces.felt |= own.felt;
	}
	return traces;
}

/* ngspice makes a deck small, but not a command. */
static void copy_small(char *target, const char *text)
{
	do
		*target++ = (char)tolower((unsigned char)*text);
	while (*text++);
}

int ng_analysis_read(const char *text, char command[NG_COMMAND_SIZE], struct carom_error *err)
{
	text += strspn(text, " \t");
	if (text[0] == '.')
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "\"%s\" is a card\ngive the analysis without the dot", text);
	if (!ng_analysis_kind(text))
		return carom_fail(
			err, CAROM_ERROR_ARGUMENT,
			"\"%.*s\" is no analysis\nthere are ac, dc, disto, noise, op, pz, "
			"sens, sp, tf and tran",
			(int)word_length(text), text);
	if (!ng_expression_is_safe(text))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "the analysis \"%s\" has a character that it must not have\n"
				  "expressions have to be calculated before",
				  text);
	copy_small(command, text);
	return CAROM_OK;
}

/* ---- stop conditions ---- */

/* Longer ones first; the words are those of ngspice, which would take the signs for redirections. */
static const struct {
	const char *sign, *word, *mirrored;
} relations[] = {
	{">=", "ge", "le"}, {"<=", "le", "ge"}, {"<>", "ne", "ne"},
	{">", "gt", "lt"},  {"<", "lt", "gt"},  {"=", "eq", "eq"},
};

static bool copy_operand(char operand[NG_OPERAND_SIZE], const char *text, size_t length)
{
	while (length > 0 && isblank((unsigned char)*text))
		text++, length--;
	while (length > 0 && isblank((unsigned char)text[length - 1]))
		length--;
	if (length == 0 || length >= NG_OPERAND_SIZE)
		return false;
	memcpy(operand, text, length);
	operand[length] = '\0';
	copy_small(operand, operand);
	return true;
}

/* ngspice reads "1.5meg" and "2u" as numbers; a name must not begin like one. */
static bool is_number(const char *operand)
{
	char *end;

	strtod(operand, &end);
	return end != operand && strspn(end, "abcdefghijklmnopqrstuvwxyz") == strlen(end);
}

/* Index of the relation at the begin of the text; their number if there is none. */
static size_t find_relation(const char *text)
{
	size_t i = 0;

	while (i < sizeof(relations) / sizeof(relations[0]) &&
	       strncmp(text, relations[i].sign, strlen(relations[i].sign)) != 0)
		i++;
	return i;
}

static bool split_condition(const char *text, struct ng_condition *condition)
{
	size_t length = strcspn(text, "<>=");
	size_t relation = find_relation(text + length);
	const char *after;

	if (relation == sizeof(relations) / sizeof(relations[0]))
		return false;
	after = text + length + strlen(relations[relation].sign);
	condition->relation = relations[relation].word;
	if (!copy_operand(condition->left, text, length) ||
	    !copy_operand(condition->right, after, strlen(after)))
		return false;
	if (!is_number(condition->left))
		return true;
	condition->relation = relations[relation].mirrored;
	return copy_operand(condition->right, text, length) &&
	       copy_operand(condition->left, after, strlen(after));
}

/* ngspice 39 crashes at a condition that begins with a number, so that is turned round. */
int ng_condition_read(const char *text, struct ng_condition *condition, struct carom_error *err)
{
	bool is_condition = split_condition(text, condition);

	condition->is_right_number = is_condition && is_number(condition->right);
	if (!is_condition || is_number(condition->left) || !ng_is_plain_name(condition->left) ||
	    (!condition->is_right_number && !ng_is_plain_name(condition->right)))
		return carom_fail(
			err, CAROM_ERROR_ARGUMENT,
			"\"%s\" is no condition to stop at\nwrite it like \"v(out) > 1.5\"", text);
	return CAROM_OK;
}
