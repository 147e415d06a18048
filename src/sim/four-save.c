/* SPDX-License-Identifier: BSD-3-Clause */
/* The vectors in the expressions of .four cards. */
#include "sim/four-save.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/number.h"

#define BLANKS " \t"
#define NO_NAME " \t()+-*/^,={}'\""

bool is_four_card(const char *line)
{
	return strncasecmp(line, ".four", 5) == 0;
}

/* "a, b)" behind "v(": a save of each.  Returns what is behind. */
static const char *save_nodes(struct text *text, const char *at, char letter)
{
	for (;;) {
		size_t length;

		at += strspn(at, BLANKS ",");
		length = strcspn(at, BLANKS ",()");
		if (length == 0)
			return at;
		text_printf(text, " %c(%.*s)", letter, (int)length, at);
		at += length;
	}
}

/* "v(", "vdb(", "i(": a probe; any other name before a parenthesis is a function. */
static char probe_letter(const char *name, size_t length)
{
	return length > 0 && length <= 3 && strchr("vViI", name[0]) ? name[0] : '\0';
}

static const char *save_name(struct text *text, const char *at)
{
	size_t length = strcspn(at, NO_NAME);
	double number;
	size_t used;

	if (length == 0)
		return at + 1;
	if (at[length] == '(') {
		char letter = probe_letter(at, length);

		return letter ? save_nodes(text, at + length + 1, letter) : at + length + 1;
	}
	if (!number_read(at, length, &number, &used))
		text_printf(text, " %.*s", (int)length, at);
	return at + length;
}

bool four_save(struct text *text, const char *four)
{
	const char *at = four + strcspn(four, BLANKS);
	size_t begin;

	at += strspn(at, BLANKS);
	if (*at == '{' || *at == '\'') /* the frequency */
		at += 1 + strcspn(at + 1, "}'");
	at += strcspn(at, BLANKS);
	text_printf(text, ".save");
	begin = text->length;
	while (*at)
		at = save_name(text, at);
	return !text->failed && text->length > begin;
}
