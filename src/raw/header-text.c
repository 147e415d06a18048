/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines of headers: 8 bits or UTF-16 (LTspice), to UTF-8. */
#include "raw/header-text.h"

#include <ctype.h>
#include <string.h>

#include "base/mem.h"

/* ---- bytes ---- */

static size_t unit_size(bool is_wide)
{
	return is_wide ? 2 : 1;
}

/* Do these bytes, in any case, stand at this one? */
static bool stands_at(const struct source *source, size_t at, const char *word, bool is_wide)
{
	size_t length = strlen(word), unit = unit_size(is_wide);

	if (source->size < at || (source->size - at) / unit < length)
		return false;
	for (size_t i = 0; i < length; i++) {
		const unsigned char *here = source->bytes + at + i * unit;

		if (tolower(here[0]) != tolower((unsigned char)word[i]) ||
		    (is_wide && here[1] != 0))
			return false;
	}
	return true;
}

bool header_text_begins(const struct source *source, size_t at, bool *is_wide)
{
	*is_wide = at + 1 < source->size && source->bytes[at + 1] == 0;
	return stands_at(source, at, "Title:", *is_wide) ||
	       stands_at(source, at, "Plotname:", *is_wide);
}

/* The byte of the line's end, the file's size if it has none. */
static size_t find_line_end(const struct source *source, size_t at, bool is_wide)
{
	const unsigned char *found;
	size_t from = at;

	while ((found = memchr(source->bytes + from, '\n', source->size - from))) {
		size_t end = (size_t)(found - source->bytes);

		if (!is_wide)
			return end;
		from = end + 1;
		if ((end - at) % 2 == 0 && from < source->size && source->bytes[from] == 0)
			return end;
	}
	return source->size;
}

/* The first character 0 before the end; the end if there is none. */
static size_t find_nul(const struct source *source, size_t at, size_t end, bool is_wide)
{
	for (size_t unit = unit_size(is_wide); at < end; at += unit)
		if (source->bytes[at] == 0 && (!is_wide || source->bytes[at + 1] == 0))
			break;
	return at;
}

/* Behind the line that ends the header; 0 if the file ends before. */
static size_t find_end(const struct source *source, size_t at, bool is_wide)
{
	while (at < source->size) {
		bool is_last = stands_at(source, at, "Binary:", is_wide) ||
			       stands_at(source, at, "Values:", is_wide);
		size_t end = find_line_end(source, at, is_wide);

		if (end == source->size)
			return 0;
		at = end + unit_size(is_wide);
		if (is_last)
			return at;
	}
	return 0;
}

/* ---- encodings ---- */

/* Bytes of the UTF-8 sequence at s; 0 if there is none. */
static size_t sequence_length(const unsigned char *s, size_t length)
{
	size_t n = s[0] < 0x80 ? 1 : s[0] < 0xc2 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

	if (s[0] > 0xf4 || n > length)
		return 0;
	for (size_t i = 1; i < n; i++)
		if ((s[i] & 0xc0) != 0x80)
			return 0;
	return n;
}

static bool is_utf8(const unsigned char *s, size_t length)
{
	size_t n;

	for (; length > 0; s += n, length -= n)
		if ((n = sequence_length(s, length)) == 0)
			return false;
	return true;
}

static char *put_character(char *out, unsigned c)
{
	if (c < 0x80) {
		*out++ = (char)c;
	} else if (c < 0x800) {
		*out++ = (char)(0xc0 | c >> 6);
		*out++ = (char)(0x80 | (c & 0x3f));
	} else if (c < 0x10000) {
		*out++ = (char)(0xe0 | c >> 12);
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
		*out++ = (char)(0x80 | (c & 0x3f));
	} else {
		*out++ = (char)(0xf0 | c >> 18);
		*out++ = (char)(0x80 | (c >> 12 & 0x3f));
		*out++ = (char)(0x80 | (c >> 6 & 0x3f));
		*out++ = (char)(0x80 | (c & 0x3f));
	}
	return out;
}

static unsigned wide_unit(const unsigned char *s)
{
	return s[0] | (unsigned)s[1] << 8;
}

/* Halves of a pair without the other become U+FFFD. */
static unsigned next_wide(const unsigned char **s, const unsigned char *end)
{
	unsigned first = wide_unit(*s), second;

	*s += 2;
	if (first < 0xd800 || first > 0xdfff)
		return first;
	second = end - *s >= 2 ? wide_unit(*s) : 0;
	if (first > 0xdbff || second < 0xdc00 || second > 0xdfff)
		return 0xfffd;
	*s += 2;
	return 0x10000 + ((first & 0x3ff) << 10 | (second & 0x3ff));
}

static char *convert(const struct header_text *text, const unsigned char *s,
		     const unsigned char *end, char *out)
{
	if (text->is_wide) {
		while (end - s >= 2)
			out = put_character(out, next_wide(&s, end));
	} else if (text->is_utf8) {
		memcpy(out, s, (size_t)(end - s));
		out += end - s;
	} else {
		while (s < end)
			out = put_character(out, *s++);
	}
	return out;
}

/* ---- lines ---- */

int header_text_init(struct header_text *text, const struct source *source, size_t at,
		     struct carom_error *err)
{
	size_t end, nul;

	*text = (struct header_text){.source = source, .at = at};
	if (!header_text_begins(source, at, &text->is_wide))
		return source_fail(
			source, at, err,
			"no header of a RAW file begins here, which would be \"Title:\"");
	end = find_end(source, at, text->is_wide);
	if (end == 0)
		return source_fail(
			source, source->size, err,
			"the file ends within a header, before \"Binary:\" or \"Values:\"");
	nul = find_nul(source, at, end, text->is_wide);
	if (nul < end)
		return source_fail(source, nul, err, "a NUL character within the header");
	text->is_utf8 = is_utf8(source->bytes + at, end - at);
	text->block = mem_alloc(2 * (end - at));
	return text->block ? 0 : carom_fail_memory(err);
}

void header_text_release(struct header_text *text)
{
	mem_free(text->block);
}

char *header_text_next(struct header_text *text, size_t *at)
{
	const unsigned char *bytes = text->source->bytes;
	size_t end = find_line_end(text->source, text->at, text->is_wide);
	char *line = text->block + text->used;
	char *out = convert(text, bytes + text->at, bytes + end, line);

	if (out > line && out[-1] == '\r')
		out--;
	*out++ = '\0';
	text->used = (size_t)(out - text->block);
	*at = text->at;
	text->at = end + unit_size(text->is_wide);
	return line;
}
