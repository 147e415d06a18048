/* SPDX-License-Identifier: BSD-3-Clause */
/* Arrays of a series that grow with it, at either end. */
#include "base/name-series.h"

#include "base/pages.h"

#define LEAST 1024 /* places of an array */
#define THIN 16    /* places for each name, at most, when an array grows */

/* Places behind the last. */
static bool extend(struct name_series *series, size_t capacity)
{
	uint32_t *names = pages_resize(series->names, series->capacity * sizeof(*names),
				       capacity * sizeof(*names));

	if (!names)
		return false;
	memset(names + series->capacity, 0, (capacity - series->capacity) * sizeof(*names));
	series->names = names;
	series->capacity = capacity;
	return true;
}

/* Places before the first. */
static bool precede(struct name_series *series, size_t first)
{
	size_t n = series->first - first, capacity = n + series->capacity;
	uint32_t *names = pages_alloc(capacity * sizeof(*names));

	if (!names)
		return false;
	memset(names, 0, n * sizeof(*names));
	memcpy(names + n, series->names, series->capacity * sizeof(*names));
	name_series_release(series);
	series->names = names;
	series->first = first;
	series->capacity = capacity;
	return true;
}

/* Room for the number and half as much again on its side, unless most of it would stay empty. */
static bool make_room(struct name_series *series, size_t number)
{
	size_t first = series->first, end = series->first + series->capacity;
	size_t slack = series->capacity / 2;

	if (series->capacity == 0) {
		series->first = first = number - number % LEAST;
		end = first + LEAST;
	} else if (number < first) {
		first = number > slack ? number - slack : 0;
	} else {
		end = number + 1 + slack;
	}
	if (end - first > LEAST && end - first > THIN * series->n + LEAST)
		return false;
	return first < series->first ? precede(series, first) : extend(series, end - first);
}

bool name_series_add(struct name_series *series, uint64_t key, uint32_t name)
{
	size_t number = name_key_number(key);

	series->prefix = key & ~NAME_KEY_NUMBER;
	series->n++;
	if (number - series->first >= series->capacity && !make_room(series, number)) {
		series->n_apart++;
		return false;
	}
	series->names[number - series->first] = name + 1;
	return true;
}

void name_series_release(struct name_series *series)
{
	pages_free(series->names, series->capacity * sizeof(*series->names));
}
