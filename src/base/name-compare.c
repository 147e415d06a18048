/* SPDX-License-Identifier: BSD-3-Clause */
/* Names without their case: comparison, globs and a hash. */
#include "base/fold.h"
#include "base/name.h"

uint64_t name_hash(const char *name, size_t length)
{
	uint64_t hash = 0xcbf29ce484222325u;

	for (size_t i = 0; i < length; i++) {
		hash ^= fold(name[i]);
		hash *= 0x100000001b3u;
	}
	return hash;
}

int name_compare_n(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int difference = fold(a[i]) - fold(b[i]);

		if (difference != 0 || a[i] == '\0')
			return difference;
	}
	return 0;
}

int name_compare(const char *a, const char *b)
{
	return name_compare_n(a, b, SIZE_MAX);
}

/*
 * Only the last star is ever retried: whatever an earlier one might swallow more, the later one can
 * swallow too.  So the time is at most the product of both lengths.
 */
int name_matches(const char *pattern, const char *name)
{
	const char *after_star = NULL;
	const char *retry = NULL;

	while (*name) {
		if (*pattern == '*') {
			after_star = ++pattern;
			retry = name;
		} else if (*pattern && (*pattern == '?' || fold(*pattern) == fold(*name))) {
			pattern++;
			name++;
		} else if (after_star) {
			pattern = after_star;
			name = ++retry;
		} else {
			return 0;
		}
	}
	while (*pattern == '*')
		pattern++;
	return *pattern == '\0';
}
