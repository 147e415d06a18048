/* SPDX-License-Identifier: BSD-3-Clause */
/* Logical lines; comments as in ngspice 39 src/frontend/inpcom.c (inp_stripcomments_line). */
#include "circuit/deck-line.h"

#include <string.h>

#include "base/name.h"
#include "circuit/arena.h"
#include "circuit/edit.h"
#include "circuit/scan.h"

enum line_kind { LINE_BLANK, LINE_COMMENT, LINE_STATEMENT, LINE_MORE, LINE_CARD };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool deck_line_raw(struct deck_source *source, struct raw_line *raw)
{
	const char *begin = source->text + source->at;
	const char *limit = source->text + source->length;
	const char *end = begin < limit ? memchr(begin, '\n', (size_t)(limit - begin)) : NULL;
	const char *p = begin;

	if (begin >= limit)
		return false;
	if (!end)
		end = limit;
	source->at = (size_t)(end - source->text) + 1;
	while (end > begin && (is_blank(end[-1]) || end[-1] == '\r'))
		end--;
	while (p < end && is_blank(*p))
		p++;
	*raw = (struct raw_line){.text = p,
				 .length = (size_t)(end - p),
				 .line = source->line++,
				 .column = (uint32_t)(p - begin) + 1};
	return true;
}

bool raw_line_begins(const struct raw_line *raw, const char *keyword)
{
	size_t length = strlen(keyword);

	return raw->length >= length && name_compare_n(raw->text, keyword, length) == 0;
}

/* ---- comments ---- */

/* Is the comment a statement for carom: "*carom" and a blank, or "*carom+"? */
static enum line_kind comment_kind(const struct raw_line *raw)
{
	static const char word[] = "*carom";

	if (!raw_line_begins(raw, word))
		return LINE_COMMENT;
	if (raw->length == sizeof(word) - 1 || is_blank(raw->text[sizeof(word) - 1]))
		return LINE_STATEMENT;
	return raw->text[sizeof(word) - 1] == '+' ? LINE_MORE : LINE_COMMENT;
}

/* A form feed, or the ^Z that ended files of DOS. */
static bool is_lone_control(const struct raw_line *raw)
{
	unsigned char c = (unsigned char)raw->text[0];

	return c == '\f' || ((c < ' ' || c == 127) && (raw->length == 1 || is_blank(raw->text[1])));
}

static enum line_kind kind_of(const struct deck_source *source, const struct raw_line *raw)
{
	if (raw->length == 0)
		return LINE_BLANK;
	switch (raw->text[0]) {
	case '*':
		if (source->root->is_trusted && raw_line_begins(raw, "*#"))
			return LINE_CARD; /* a command in a comment, which ngspice runs */
		return comment_kind(raw);
	case '$':
	case '#':
		return LINE_COMMENT;
	case '/':
		return raw->length > 1 && raw->text[1] == '/' ? LINE_COMMENT : LINE_CARD;
	default:
		return is_lone_control(raw) ? LINE_COMMENT : LINE_CARD;
	}
}

/* Which bytes may end the visible part of a line, or must not stand in it. */
static const char watched[256] = {
	[0] = 2,  [1] = 2,  [2] = 2,  [3] = 2,   [4] = 2,   [5] = 2,   [6] = 2,
	[7] = 2,  [8] = 2,  [10] = 2, [11] = 2,  [12] = 2,  [13] = 2,  [14] = 2,
	[15] = 2, [16] = 2, [17] = 2, [18] = 2,  [19] = 2,  [20] = 2,  [21] = 2,
	[22] = 2, [23] = 2, [24] = 2, [25] = 2,  [26] = 2,  [27] = 2,  [28] = 2,
	[29] = 2, [30] = 2, [31] = 2, [';'] = 1, ['$'] = 1, ['/'] = 1, [127] = 2,
};

/*
 * ";" anywhere, "$" at the beginning or behind a blank, comma or "+", "//" begin a comment; file
 * names may hold "//".
 */
static bool begins_comment(const struct raw_line *raw, size_t at, bool names_file)
{
	const char *p = raw->text + at;

	switch (*p) {
	case ';':
		return true;
	case '$':
		return at == 0 || is_blank(p[-1]) || p[-1] == ',' || (at == 1 && p[-1] == '+');
	default:
		return !names_file && at + 1 < raw->length && p[1] == '/';
	}
}

/* Length of the line without its comment.  *bad: where a control character stands, or SIZE_MAX. */
static size_t visible_length(const struct raw_line *raw, size_t *bad)
{
	bool names_file;
	size_t at = 0;

	*bad = SIZE_MAX;
	if (scan_is_plain(raw->text, raw->length))
		return raw->length;
	names_file = raw_line_begins(raw, ".inc") || raw_line_begins(raw, ".lib");
	for (; at < raw->length; at++) {
		char watch = watched[(unsigned char)raw->text[at]];

		if (watch == 0)
			continue;
		if (watch == 1 && begins_comment(raw, at, names_file))
			break;
		if (watch == 2 && *bad == SIZE_MAX)
			*bad = at;
	}
	while (at > 0 && is_blank(raw->text[at - 1]))
		at--;
	return at;
}

void raw_line_cut_comment(struct raw_line *raw)
{
	size_t bad;

	raw->length = visible_length(raw, &bad);
}

static int check_bytes(const struct deck_source *source, const struct raw_line *raw, size_t bad,
		       struct carom_error *err)
{
	if (bad == SIZE_MAX)
		return CAROM_OK;
	return carom_fail_at(err, CAROM_ERROR_SYNTAX, source->name, (int)raw->line,
			     (int)(raw->column + bad), "control character 0x%02x",
			     (unsigned char)raw->text[bad]);
}

/* ---- statements ---- */

/* What a statement's line says, behind prefix bytes: without comment and outer blanks. */
static int cut_statement(const struct deck_source *source, struct raw_line *raw, size_t prefix,
			 struct carom_error *err)
{
	const char *semicolon = memchr(raw->text, ';', raw->length);

	if (semicolon)
		raw->length = (size_t)(semicolon - raw->text);
	while (prefix < raw->length && is_blank(raw->text[prefix]))
		prefix++;
	raw->text += prefix;
	raw->length -= prefix;
	raw->column += (uint32_t)prefix;
	while (raw->length > 0 && is_blank(raw->text[raw->length - 1]))
		raw->length--;
	for (size_t i = 0; i < raw->length; i++) {
		if (watched[(unsigned char)raw->text[i]] == 2)
			return check_bytes(source, raw, i, err);
	}
	return CAROM_OK;
}

/* The "*carom+" lines that follow at once. */
static int append_more(struct deck_source *source, struct carom_error *err)
{
	struct deck_source ahead = *source;
	struct raw_line raw;

	while (deck_line_raw(&ahead, &raw) && kind_of(source, &raw) == LINE_MORE) {
		int rc = cut_statement(source, &raw, strlen("*carom+"), err);

		if (rc != CAROM_OK)
			return rc;
		arena_append(source->root->arena, " ", 1);
		arena_append(source->root->arena, raw.text, raw.length);
		source->at = ahead.at;
		source->line = ahead.line;
	}
	return CAROM_OK;
}

static int record_statement(struct deck_source *source, struct raw_line *raw,
			    struct carom_error *err)
{
	struct statement statement = {.file = source->file, .line = raw->line};
	struct arena *arena = source->root->arena;
	int rc = cut_statement(source, raw, strlen("*carom"), err);

	if (rc != CAROM_OK)
		return rc;
	statement.column = raw->column;
	arena_append(arena, raw->text, raw->length);
	rc = append_more(source, err);
	if (rc != CAROM_OK) {
		arena_drop(arena);
		return rc;
	}
	statement.text = arena_close(arena, NULL);
	if (!statement.text)
		return carom_fail_memory(err);
	if (statement.text[0] == '\0')
		return CAROM_OK;
	return circuit_append_statement(source->root, &statement, err);
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* "*#shell ls", as opposed to a rule of "*#####" */
static bool is_command(const struct raw_line *raw)
{
	size_t at = 2;

	while (at < raw->length && is_blank(raw->text[at]))
		at++;
	return raw->length > at && raw_line_begins(raw, "*#") && is_letter(raw->text[at]);
}

static int note_command(const struct deck_source *source, const struct raw_line *raw,
			struct carom_error *err)
{
	struct card place = {.file = source->file, .line = raw->line};

	return circuit_note(source->root, &place, CAROM_SEVERITY_NOTE, CAROM_ERROR_TRUST, err,
			    "the command behind \"*#\" is not executed");
}

static int pass_over(struct deck_source *source, struct raw_line *raw, enum line_kind kind,
		     struct carom_error *err)
{
	if (kind == LINE_COMMENT && is_command(raw))
		return note_command(source, raw, err);
	if (kind == LINE_STATEMENT)
		return record_statement(source, raw, err);
	if (kind == LINE_MORE)
		return carom_fail_at(err, CAROM_ERROR_SYNTAX, source->name, (int)raw->line, 0,
				     "*carom+ continues no statement");
	return CAROM_OK;
}

/* ---- cards ---- */

/* "\\" ends a line that goes on in the next one, whatever that begins with. */
static bool ends_open(const struct raw_line *raw)
{
	return raw->length >= 2 && memcmp(raw->text + raw->length - 2, "\\\\", 2) == 0;
}

static bool is_continuation(const struct deck_source *source, const struct raw_line *raw)
{
	return !source->keeps_lines && raw->length > 0 && raw->text[0] == '+' &&
	       kind_of(source, raw) == LINE_CARD;
}

/* Does a line begin at at with a letter or digit, or a "." of a dot-card, in its first column? */
static bool is_card_at(const struct deck_source *source, size_t at)
{
	char c = at < source->length ? source->text[at] : '\0';

	return is_letter(c) || (c >= '0' && c <= '9') || c == '.';
}

/*
 * Find where the card whose first line was just read ends: *end is the state of source behind its
 * last line.  source itself moves to the next card, over comments, which are dealt with.
 */
static int find_end(struct deck_source *source, bool is_open, struct deck_source *end,
		    struct carom_error *err)
{
	struct deck_source ahead = *source;
	struct raw_line raw;
	int rc = CAROM_OK;

	*end = *source;
	while (rc == CAROM_OK && deck_line_raw(&ahead, &raw)) {
		if (is_open || is_continuation(source, &raw)) {
			is_open = ends_open(&raw);
			*end = ahead;
		} else {
			enum line_kind kind = kind_of(source, &raw);

			if (kind == LINE_CARD)
				return CAROM_OK;
			rc = pass_over(&ahead, &raw, kind, err);
		}
		*source = ahead;
	}
	return rc;
}

/* Length of the text without the backslashes and blanks at its end. */
static size_t without_backslashes(const char *text, size_t length)
{
	for (;;) {
		if (length >= 2 && memcmp(text + length - 2, "\\\\", 2) == 0)
			length -= 2;
		else if (length > 0 && is_blank(text[length - 1]))
			length--;
		else
			return length;
	}
}

/* Append what is visible of a line behind its first skipped bytes. */
static int append_line(const struct deck_source *source, const struct raw_line *raw, size_t skipped,
		       struct carom_error *err)
{
	size_t bad;
	size_t length = visible_length(raw, &bad);

	if (ends_open(raw) && length == raw->length)
		length = without_backslashes(raw->text, length);
	if (length > skipped)
		arena_append(source->root->arena, raw->text + skipped, length - skipped);
	return check_bytes(source, raw, bad, err);
}

/* Append the continuation lines between the states at (behind the first line) and end. */
static int append_continuations(struct deck_source at, const struct deck_source *end, bool is_open,
				struct carom_error *err)
{
	struct raw_line raw;
	int rc = CAROM_OK;

	while (rc == CAROM_OK && at.at < end->at && deck_line_raw(&at, &raw)) {
		bool has_plus = is_continuation(&at, &raw);

		if (!is_open && !has_plus)
			continue;
		is_open = ends_open(&raw);
		arena_append(at.root->arena, " ", 1);
		rc = append_line(&at, &raw, has_plus, err);
	}
	return rc;
}

/* The card's text, of all its lines, into the arena. */
static int join_lines(struct deck_source *source, const struct raw_line *first, bool is_open,
		      char **text, size_t *length, struct carom_error *err)
{
	struct arena *arena = source->root->arena;
	struct deck_source behind_first = *source;
	struct deck_source end;
	int rc = find_end(source, is_open, &end, err);

	if (rc == CAROM_OK)
		rc = append_line(&behind_first, first, 0, err);
	if (rc == CAROM_OK)
		rc = append_continuations(behind_first, &end, is_open, err);
	if (rc != CAROM_OK) {
		arena_drop(arena);
		return rc;
	}
	*text = arena_close(arena, length);
	return *text ? CAROM_OK : carom_fail_memory(err);
}

/* The same of a line that is the whole card, as most are. */
static int copy_line(const struct deck_source *source, const struct raw_line *line, char **text,
		     size_t *length, struct carom_error *err)
{
	size_t bad;

	*length = visible_length(line, &bad);
	if (bad != SIZE_MAX)
		return check_bytes(source, line, bad, err);
	*text = arena_copy(source->root->arena, line->text, *length, 0);
	return *text ? CAROM_OK : carom_fail_memory(err);
}

/*
 * In front of a comment "\\" does not continue the card and ngspice reads on with it; but nothing
 * can be sent so that it ends in "\\" and is not continued.
 */
static int trim(struct deck_source *source, struct card *card, struct carom_error *err)
{
	size_t length = without_backslashes(card->text, card->length);
	bool has_backslashes = memchr(card->text + length, '\\', card->length - length);

	((char *)card->text)[length] = '\0';
	card->length = card->capacity = (uint32_t)length;
	if (!has_backslashes)
		return CAROM_OK;
	return circuit_note(source->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, err,
			    "\\\\ in front of a comment does not continue the card; left out");
}

static struct card card_of(const struct deck_source *source, const char *text, size_t length,
			   uint32_t line)
{
	return (struct card){.text = text,
			     .length = (uint32_t)length,
			     .capacity = (uint32_t)length,
			     .file = source->file,
			     .line = line,
			     .index = NAME_NONE,
			     .role = CARD_OTHER};
}

static int read_card(struct deck_source *source, const struct raw_line *first, struct card *card,
		     struct carom_error *err)
{
	bool is_open = ends_open(first);
	size_t length;
	char *text = NULL;
	int rc = !is_open && is_card_at(source, source->at)
			 ? copy_line(source, first, &text, &length, err)
			 : join_lines(source, first, is_open, &text, &length, err);

	if (rc != CAROM_OK)
		return rc;
	*card = card_of(source, text, length, first->line);
	if (length > 0 && (is_blank(text[length - 1]) || text[length - 1] == '\\'))
		return trim(source, card, err);
	return CAROM_OK;
}

/*
 * Length of a line that is a whole card as it stands, as most are: that of an element, in the first
 * column, with nothing in it that needs a look, and another card in the first column of the next
 * line.  0 if it has to be read as a line in general, which comes to the same.
 */
static size_t unmarked_card(const struct deck_source *source)
{
	const char *line = source->text + source->at;
	size_t length;

	if (source->at >= source->length || !is_letter(line[0]))
		return 0;
	length = scan_unmarked(line, source->length - source->at);
	if (!is_card_at(source, source->at + length + 1) || line[length] != '\n' ||
	    line[length - 1] == ' ')
		return 0;
	return length;
}

static int read_unmarked(struct deck_source *source, size_t length, struct card *card,
			 struct carom_error *err)
{
	const char *text = arena_copy(source->root->arena, source->text + source->at, length, 0);

	if (!text)
		return carom_fail_memory(err);
	*card = card_of(source, text, length, source->line++);
	source->at += length + 1;
	source->keeps_lines = source->is_numerical = false;
	return CAROM_OK;
}

/*
 * Is it the .model of a numerical device?  The lines that continue it are cards of their own to
 * ngspice, each a mesh, a doping profile or the like.
 */
static bool is_numerical_model(const struct raw_line *raw)
{
	static const char *const types[] = {"numd", "nbjt", "numos"};
	struct raw_line visible = *raw;

	if (!raw_line_begins(raw, ".model"))
		return false;
	raw_line_cut_comment(&visible);
	for (size_t at = 0; at < visible.length; at++) {
		struct raw_line rest = {.text = visible.text + at, .length = visible.length - at};

		for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
			if (raw_line_begins(&rest, types[i]))
				return true;
		}
	}
	return false;
}

static void note_kind(struct deck_source *source, const struct raw_line *first)
{
	source->is_numerical = is_numerical_model(first);
	source->keeps_lines = source->is_numerical || raw_line_begins(first, ".inc") ||
			      raw_line_begins(first, ".lib") || raw_line_begins(first, ".title");
}

int deck_line_next(struct deck_source *source, struct card *card, struct carom_error *err)
{
	struct raw_line raw;
	size_t length = unmarked_card(source);
	int rc = CAROM_OK;

	source->is_unmarked = length > 0;
	if (source->is_unmarked)
		return read_unmarked(source, length, card, err);
	while (rc == CAROM_OK && deck_line_raw(source, &raw)) {
		enum line_kind kind = kind_of(source, &raw);

		if (kind == LINE_CARD && raw.text[0] != '+')
			note_kind(source, &raw);
		if (kind == LINE_CARD)
			return read_card(source, &raw, card, err);
		rc = pass_over(source, &raw, kind, err);
	}
	return rc == CAROM_OK ? 1 : rc;
}
