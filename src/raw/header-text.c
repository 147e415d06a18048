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
	text->encoding = encoding_find(source->bytes + at, end - at, text->is_wide);
	text->block = mem_alloc(ENCODING_GROWTH * (end - at));
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
	char *out = encoding_convert(text->encoding, bytes + text->at, bytes + end, line);

	if (out > line && out[-1] == '\r')
		out--;
	*out++ = '\0';
	text->used = (size_t)(out - text->block);
	*at = text->at;
	text->at = end + unit_size(text->is_wide);
	return line;
}
