/* SPDX-License-Identifier: BSD-3-Clause */
/* Text of headers and logs: 8 bits or UTF-16 (LTspice), to UTF-8. */
#include "raw/encoding.h"

#include <string.h>

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

enum encoding encoding_find(const unsigned char *s, size_t length, bool is_wide)
{
	if (is_wide)
		return ENCODING_UTF_16;
	return is_utf8(s, length) ? ENCODING_UTF_8 : ENCODING_LATIN_1;
}

char *encoding_convert(enum encoding encoding, const unsigned char *s, const unsigned char *end,
		       char *out)
{
	if (encoding == ENCODING_UTF_16) {
		while (end - s >= 2)
			out = put_character(out, next_wide(&s, end));
	} else if (encoding == ENCODING_UTF_8) {
		memcpy(out, s, (size_t)(end - s));
		out += end - s;
	} else {
		while (s < end)
			out = put_character(out, *s++);
	}
	return out;
}
