/* SPDX-License-Identifier: BSD-3-Clause */
/* Digits eight at a time; what has more of them than an integer holds goes the long way. */
#include "raw/ascii-number.h"

#include <endian.h>
#include <string.h>

#include "base/decimal.h"
#include "base/number.h"

/* A number under way: integer × 10^exponent, of n_digits with the zeros in front. */
struct quick {
	const char *at, *end;
	uint64_t integer;
	size_t n_digits;
};

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Eight characters, the first in the lowest byte: how many of them are digits before one is not. */
static unsigned count_digits(uint64_t eight)
{
	uint64_t low = eight ^ 0x3030303030303030u; /* 0 to 9 of a digit */
	uint64_t others =
		(((low & 0x7f7f7f7f7f7f7f7fu) + 0x7676767676767676u) | low) & 0x8080808080808080u;

	return others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
}

/* Neighbours are joined to pairs, pairs to fours, fours to all. */
static uint32_t value_of(uint64_t eight)
{
	eight &= 0x0f0f0f0f0f0f0f0fu;
	eight = eight * 10 + (eight >> 8);
	return (uint32_t)(((eight & 0x000000ff000000ffu) * 0x000f424000000064u +
			   (eight >> 16 & 0x000000ff000000ffu) * 0x0000271000000001u) >>
			  32);
}

/* Up to eight digits; how many. */
static unsigned take_eight(struct quick *quick)
{
	static const uint32_t powers[] = {1,      10,      100,      1000,     10000,
					  100000, 1000000, 10000000, 100000000};
	uint64_t eight;
	unsigned n;

	memcpy(&eight, quick->at, sizeof(eight));
	eight = le64toh(eight);
	n = count_digits(eight);
	if (n == 0)
		return 0;
	quick->integer = quick->integer * powers[n] + value_of(eight << (64 - 8 * n));
	quick->at += n;
	return n;
}

static inline void take_digits(struct quick *quick)
{
	const char *begin = quick->at;
	unsigned n = 8;

	while (n == 8 && quick->end - quick->at >= 8)
		n = take_eight(quick);
	for (; n == 8 && quick->at < quick->end && is_digit(*quick->at); quick->at++)
		quick->integer = quick->integer * 10 + (uint64_t)(*quick->at - '0');
	quick->n_digits += (size_t)(quick->at - begin);
}

static bool take(struct quick *quick, char c)
{
	if (quick->at == quick->end || *quick->at != c)
		return false;
	quick->at++;
	return true;
}

/* Behind the e; false if it has no digits, or more than doubles need. */
static bool take_exponent(struct quick *quick, int *exponent)
{
	bool is_negative = take(quick, '-');
	struct quick digits = {.end = quick->end};

	if (!is_negative)
		take(quick, '+');
	digits.at = quick->at;
	take_digits(&digits);
	quick->at = digits.at;
	*exponent = is_negative ? -(int)digits.integer : (int)digits.integer;
	return digits.n_digits > 0 && digits.n_digits < 5;
}

static bool ends(const struct quick *quick)
{
	if (quick->at == quick->end)
		return true;
	switch (*quick->at) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case ',':
	case ')':
		return true;
	default:
		return false;
	}
}

static size_t read_quickly(const char *s, size_t length, double *value)
{
	struct quick quick = {.at = s, .end = s + length};
	bool is_negative = take(&quick, '-');
	int exponent = 0;
	size_t n_whole;

	if (!is_negative)
		take(&quick, '+');
	take_digits(&quick);
	n_whole = quick.n_digits;
	if (take(&quick, '.'))
		take_digits(&quick);
	if (quick.n_digits == 0 || quick.n_digits > DECIMAL_ROUNDED)
		return 0;
	if ((take(&quick, 'e') || take(&quick, 'E')) && !take_exponent(&quick, &exponent))
		return 0;
	if (!ends(&quick))
		return 0;
	*value = decimal_round(quick.integer, exponent - (int)(quick.n_digits - n_whole));
	if (is_negative)
		*value = -*value;
	return (size_t)(quick.at - s);
}

/* ---- the long way ---- */

static size_t read_special(const char *s, size_t length, double *value)
{
	char word[sizeof("-infinity")];

	if (length >= sizeof(word))
		return 0;
	memcpy(word, s, length);
	word[length] = '\0';
	return number_parse_plain(word, value) ? length : 0;
}

static size_t read_slowly(const char *s, size_t length, double *value)
{
	struct decimal decimal;
	size_t used = decimal_scan(&decimal, s, length);

	if (used == 0)
		return read_special(s, length, value);
	if (used < length && (s[used] == 'e' || s[used] == 'E')) {
		size_t n = decimal_scan_exponent(&decimal, s + used + 1, length - used - 1);

		used += n > 0 ? n + 1 : 0;
	}
	if (used != length)
		return 0;
	*value = decimal_to_double(&decimal);
	return used;
}

size_t ascii_number_read(const char *s, size_t length, double *value)
{
	struct quick rest = {.at = s, .end = s + length};
	size_t used = read_quickly(s, length, value);

	if (used > 0)
		return used;
	while (!ends(&rest))
		rest.at++;
	return read_slowly(s, (size_t)(rest.at - s), value);
}
