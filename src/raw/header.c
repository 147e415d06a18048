/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines "Key: value", counts, flags, and the variables. */
#include "raw/header.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/unit.h"

static const char blanks[] = " \t\v\f\r";

static char *skip_blanks(char *text)
{
	return text + strspn(text, blanks);
}

static void cut_blanks(char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(blanks, text[length - 1]))
		length--;
	text[length] = '\0';
}

/* Cut the text behind the word it begins with; what follows it. */
static char *cut_word(char *text)
{
	char *end = text + strcspn(text, blanks);

	if (*end)
		*end++ = '\0';
	return skip_blanks(end);
}

/* ---- counts and flags ---- */

static int read_count(const struct header *header, const char *text, size_t at, size_t *count,
		      struct carom_error *err)
{
	const char *digit = text;

	*count = 0;
	for (; isdigit((unsigned char)*digit); digit++)
		if (__builtin_mul_overflow(*count, 10, count) ||
		    __builtin_add_overflow(*count, (size_t)(*digit - '0'), count))
			return source_fail(header->text.source, at, err, "the count is too large");
	if (digit == text)
		return source_fail(header->text.source, at, err, "\"%.20s\" is no count", text);
	return 0;
}

static unsigned find_flag(const char *word)
{
	static const struct {
		const char *word;
		enum header_flag flag;
	} flags[] = {
		{"complex", HEADER_COMPLEX}, {"unpadded", HEADER_UNPADDED},
		{"double", HEADER_DOUBLE},   {"fastaccess", HEADER_FASTACCESS},
		{"stepped", HEADER_STEPPED}, {"forward", HEADER_FORWARD},
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strcasecmp(word, flags[i].word) == 0)
			return flags[i].flag;
	return 0;
}

static unsigned read_flags(const char *text)
{
	unsigned flags = 0;

	while (*(text += strspn(text, blanks))) {
		char word[16] = "";
		size_t length = strcspn(text, blanks);

		if (length < sizeof(word))
			memcpy(word, text, length);
		flags |= find_flag(word);
		text += length;
	}
	return flags;
}

/* ---- lines ---- */

static int add_line(struct header *header, const char *key, char *value, struct carom_error *err)
{
	if (!mem_reserve(&header->lines, &header->lines_capacity, header->n_lines + 1,
			 sizeof(*header->lines)))
		return carom_fail_memory(err);
	cut_blanks(value);
	header->lines[header->n_lines++] = (struct carom_raw_line){key, value};
	return 0;
}

/* ".param a=1" has the key ".param". */
static char *split_line(char *line, const char **key)
{
	char *colon = strchr(line, ':');

	*key = "";
	if (line[0] == '.') {
		*key = line;
		return cut_word(line);
	}
	if (!colon)
		return line;
	*key = line;
	*colon = '\0';
	return skip_blanks(colon + 1);
}

/*
 * ngspice leaves 8 places for the points of a run and puts them in when it ends; more than that
 * overwrite the end of the line, so that "Variables:" follows the count, or what is left of it.
 */
static bool is_run_together(const char *value)
{
	static const char word[] = "Variables:";
	size_t length = strspn(value, "0123456789");
	size_t rest = strlen(value + length);

	return length > 8 && rest > 1 && rest < sizeof(word) &&
	       strcasecmp(value + length, word + sizeof(word) - 1 - rest) == 0;
}

static int take_line(struct header *header, const char *key, const char *value, size_t at,
		     struct carom_error *err)
{
	if (strcasecmp(key, "Flags") == 0)
		header->flags |= read_flags(value);
	if (strcasecmp(key, "No. Variables") == 0)
		return read_count(header, value, at, &header->n_wanted, err);
	if (strcasecmp(key, "No. Points") == 0) {
		header->points_width = strlen(value);
		return read_count(header, value, at, &header->n_points, err);
	}
	return 0;
}

/* ---- variables ---- */

/* "<index> <name> <type> <more>", by tabs if there are any: then the name may be empty or have blanks. */
static bool split_variable(char *text, struct carom_raw_variable *variable)
{
	char *name, *type;

	text = skip_blanks(text);
	name = text + strspn(text, "0123456789");
	if (name == text || !*name || !strchr(blanks, *name))
		return false;
	name++;
	if (strchr(name, '\t')) {
		type = strchr(name, '\t');
		*type++ = '\0';
		type = skip_blanks(type);
	} else {
		name = skip_blanks(name);
		type = cut_word(name);
	}
	cut_blanks(type);
	variable->name = name;
	variable->type = type;
	variable->attributes = cut_word(type);
	variable->unit = unit_of_type(type);
	return true;
}

static int add_variable(struct header *header, char *line, size_t at, struct carom_error *err)
{
	struct carom_raw_variable variable = {.n_points = 0};

	if (!split_variable(line, &variable))
		return source_fail(header->text.source, at, err,
				   "variable %zu of %zu has no number, name and type",
				   header->n_variables + 1, header->n_wanted);
	if (!mem_reserve(&header->variables, &header->variables_capacity, header->n_variables + 1,
			 sizeof(variable)))
		return carom_fail_memory(err);
	header->variables[header->n_variables++] = variable;
	return 0;
}

/* Is this the line that ends the header? */
static bool is_end(struct header *header, const char *line)
{
	header->is_text = strncasecmp(line, "Values:", 7) == 0;
	return header->is_text || strncasecmp(line, "Binary:", 7) == 0;
}

/* first: what stands on the line "Variables:". */
static int read_variables(struct header *header, char *first, struct carom_error *err)
{
	size_t at = header->text.at;
	int status = 0;

	header->starts_on_line = *first != '\0';
	if (header->starts_on_line)
		status = add_variable(header, first, at, err);
	while (!status && header->n_variables < header->n_wanted) {
		char *line = header_text_next(&header->text, &at);

		status = add_variable(header, line, at, err);
	}
	return status;
}

/* What stands between the variables and the end: QSPICE has lines here as well. */
static int read_rest(struct header *header, struct carom_error *err)
{
	const char *key;
	char *line;
	size_t at;
	int status = 0;

	while (!status && !is_end(header, line = header_text_next(&header->text, &at))) {
		if (isdigit((unsigned char)*skip_blanks(line)))
			return source_fail(header->text.source, at, err,
					   "more variables than the %zu of \"No. Variables:\"",
					   header->n_wanted);
		line = split_line(line, &key);
		if (*key || *line)
			status = add_line(header, key, line, err);
	}
	header->end = header->text.at;
	return status;
}

/* One line before the variables; *first is what stands on the line "Variables:", else NULL. */
static int read_line(struct header *header, char **first, struct carom_error *err)
{
	const char *key;
	size_t at;
	char *line = header_text_next(&header->text, &at);
	char *value;
	int status;

	if (is_end(header, line))
		return source_fail(header->text.source, at, err,
				   "the header has no \"Variables:\"");
	value = split_line(line, &key);
	*first = strcasecmp(key, "Variables") == 0 ? value : NULL;
	if (*first || (!*key && !*value))
		return 0;
	status = take_line(header, key, value, at, err);
	if (strcasecmp(key, "No. Points") == 0 && is_run_together(value)) {
		*first = value + strlen(value);
		value[strspn(value, "0123456789")] = '\0';
	}
	return status ? status : add_line(header, key, value, err);
}

int header_read(struct header *header, const struct source *source, size_t at,
		struct carom_error *err)
{
	char *first = NULL;
	int status;

	*header = (struct header){.begin = at};
	status = header_text_init(&header->text, source, at, err);
	while (!status && !first)
		status = read_line(header, &first, err);
	if (!status)
		status = read_variables(header, first, err);
	if (!status)
		status = read_rest(header, err);
	return status;
}

void header_release(struct header *header)
{
	header_text_release(&header->text);
	mem_free(header->lines);
	mem_free(header->variables);
}

const char *header_find(const struct header *header, const char *key)
{
	for (size_t i = 0; i < header->n_lines; i++)
		if (strcasecmp(header->lines[i].key, key) == 0)
			return header->lines[i].value;
	return NULL;
}
