/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as SPICE writes them: reading. */
#include "base/number.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "base/decimal.h"

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Fold the scale suffix at s, if there is one, into the decimal.  Returns its bytes.
 * No "a": to ngspice 39 it is a unit (1a is 1), although later versions take it for atto.
 */
static size_t apply_suffix(struct decimal *decimal, const char *s, size_t length)
{
	static const struct {
		const char *text;
		unsigned int factor;
		int exponent;
	} suffixes[] = {
		{"meg", 1, 6},       {"mil", 254, -7}, {"k", 1, 3},   {"m", 1, -3},
		{"u", 1, -6},        {"n", 1, -9},     {"p", 1, -12}, {"f", 1, -15},
		{"\xc2\xb5", 1, -6}, {"g", 1, 9},      {"t", 1, 12},
	};

	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		size_t n = strlen(suffixes[i].text);

		if (n > length || strncasecmp(s, suffixes[i].text, n) != 0)
			continue;
		if (suffixes[i].factor > 1)
			decimal_multiply(decimal, suffixes[i].factor);
		decimal->exponent += suffixes[i].exponent;
		return n;
	}
	return 0;
}

/*
 * Read the exponent that may stand at s.  A letter without digits is skipped all the same, and a
 * suffix may follow it.  No sign behind a "d": ngspice splits cards there, and "1d-3" is 1, then -3.
 */
static size_t scan_exponent(struct decimal *decimal, const char *s, size_t length)
{
	if (length == 0 || !memchr("eEdD", s[0], 4))
		return 0;
	if (length > 1 && (s[0] | 0x20) == 'd' && (s[1] == '+' || s[1] == '-'))
		return 1;
	return 1 + decimal_scan_exponent(decimal, s + 1, length - 1);
}

bool number_read(const char *s, size_t length, double *value, size_t *used)
{
	struct decimal decimal;
	size_t at = decimal_scan(&decimal, s, length);

	if (at == 0)
		return false;
	at += scan_exponent(&decimal, s + at, length - at);
	at += apply_suffix(&decimal, s + at, length - at);
	while (at < length && is_letter(s[at]))
		at++;
	*value = decimal_to_double(&decimal);
	*used = at;
	return true;
}

bool number_parse(const char *string, double *value)
{
	size_t length = strlen(string);
	double read;
	size_t used;

	if (!number_read(string, length, &read, &used) || used != length)
		return false;
	*value = read;
	return true;
}

static bool parse_special(const char *string, double *value)
{
	bool negative = string[0] == '-';
	const char *word = string + (negative || string[0] == '+');

	if (strcasecmp(word, "inf") == 0 || strcasecmp(word, "infinity") == 0)
		*value = negative ? -(double)INFINITY : (double)INFINITY;
	else if (strcasecmp(word, "nan") == 0)
		*value = negative ? -(double)NAN : (double)NAN;
	else
		return false;
	return true;
}

bool number_parse_plain(const char *string, double *value)
{
	struct decimal decimal;
	size_t length = strlen(string);
	size_t at = decimal_scan(&decimal, string, length);

	if (at == 0)
		return parse_special(string, value);
	if (at < length && (string[at] == 'e' || string[at] == 'E')) {
		size_t used = decimal_scan_exponent(&decimal, string + at + 1, length - at - 1);

		at += used > 0 ? used + 1 : 0;
	}
	if (at != length)
		return false;
	*value = decimal_to_double(&decimal);
	return true;
}
