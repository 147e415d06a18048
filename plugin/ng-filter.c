/* SPDX-License-Identifier: BSD-3-Clause */
/* What must not reach ngspice: lines that run commands, and names and expressions that would. */
#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "ng-session.h"

enum { LONGEST_EXPRESSION = 800 /* ngspice cuts commands at 1023 bytes */ };

#define LETTERS_AND_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

/*
 * Lines of a deck that make ngspice run commands, load code or read files, by how they begin after
 * blanks; case does not count.
 */
static const struct {
	const char *start;
	const char *reason;
} refusals[] = {
	{".control", ".control runs commands, shell commands among them"},
	{".endc", ".endc ends a block of commands"},
	{"*#", "*# runs a command, although it looks like a comment"},
	{"pre_", "pre_ runs a command"},
	{".pre_", ".pre_ runs a command"},
	{".inc", ".include reads a file"},
	{".lib", ".lib reads a file"},
};

/* Code models that start programs or load libraries, from ngspice 42 on. */
static const char *const refused_models[] = {"d_process", "d_cosim"};

static bool starts_with(const char *line, const char *start)
{
	return strncasecmp(line, start, strlen(start)) == 0;
}

static bool is_word_byte(char c)
{
	return c && strchr(LETTERS_AND_DIGITS "_", c);
}

static bool has_word(const char *line, const char *word)
{
	size_t length = strlen(word);
	const char *at = line;

	while ((at = strcasestr(at, word)) != NULL) {
		bool begins = at == line || !is_word_byte(at[-1]);

		if (begins && !is_word_byte(at[length]))
			return true;
		at += length;
	}
	return false;
}

static bool has_control_character(const char *line)
{
	for (const unsigned char *c = (const unsigned char *)line; *c; c++) {
		if ((*c < 0x20 && *c != '\t') || *c == 0x7f)
			return true;
	}
	return false;
}

/* The next word, as INPgetTok separates them. */
static const char *next_word(const char **at, size_t *length)
{
	static const char separators[] = " \t=(),";
	const char *word = *at + strspn(*at, separators);

	*length = strcspn(word, separators);
	*at = word + *length;
	return word;
}

/* ".model NAME TYPE" of CIDER. */
static bool is_numerical_model(const char *line)
{
	static const char *const types[] = {"numd", "numd2", "nbjt", "nbjt2", "numos"};
	const char *type;
	size_t length;

	if (!starts_with(line, ".model"))
		return false;
	for (int i = 0; i < 3; i++)
		type = next_word(&line, &length);
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (strlen(types[i]) == length && strncasecmp(type, types[i], length) == 0)
			return true;
	}
	return false;
}

/*
 * CIDER reads and writes files that the lines of a numerical model (they alone begin with "+" here)
 * or ic.file of a device name.  Names without a folder stay in the scratch folder.
 */
static bool names_file_elsewhere(const char *line)
{
	bool may_name = line[0] == '+' || is_numerical_model(line) || strcasestr(line, "ic.file");

	return may_name && strpbrk(line, "/~");
}

static const char *model_refusal(const char *line)
{
	if (line[0] == '*')
		return NULL;
	for (size_t i = 0; i < sizeof(refused_models) / sizeof(refused_models[0]); i++) {
		if (has_word(line, refused_models[i]))
			return "the models d_process and d_cosim run programs";
	}
	if (names_file_elsewhere(line))
		return "a numerical model (CIDER) reads or writes a file in another folder";
	return NULL;
}

const char *ng_line_refusal(const char *line, bool is_title)
{
	if (has_control_character(line))
		return "a control character inside the line";
	line += strspn(line, " \t");
	for (size_t i = 0; i < sizeof(refusals) / sizeof(refusals[0]); i++) {
		if (starts_with(line, refusals[i].start))
			return refusals[i].reason;
	}
	if (is_title)
		return starts_with(line, "*ng_script")
			       ? "the title *ng_script makes every line a command"
			       : NULL;
	return model_refusal(line);
}

/*
 * Left out: ; ` $ ! > < & separate, substitute and redirect; quotes, braces, ~ and \ are expanded
 * on the way to the expression's parser.
 */
bool ng_expression_is_safe(const char *text)
{
	size_t length = strlen(text);

	if (length == 0 || length > LONGEST_EXPRESSION)
		return false;
	for (const unsigned char *c = (const unsigned char *)text; *c; c++) {
		if (*c < 0x20 || *c > 0x7e || strchr(";`$!><&'\"\\{}~", *c))
			return false;
	}
	return true;
}

/* strspn, with as many characters, takes longer to prepare than to look at a name. */
size_t ng_name_span(const char *text, const char *signs)
{
	size_t length = 0;

	for (char c; (c = text[length]); length++) {
		bool is_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';

		if (!is_letter && !(c >= '0' && c <= '9') && !strchr(signs, c))
			break;
	}
	return length;
}

bool ng_name_is_safe(const char *text)
{
	size_t length = ng_name_span(text, "_.:#+-@[]");

	return length > 0 && length <= LONGEST_EXPRESSION && text[length] == '\0';
}
