/* SPDX-License-Identifier: BSD-3-Clause */
/* How times grow with the number of components: each case against the one with a tenth of them. */
#include "growth.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static json_int_t components(const json_t *one)
{
	return json_integer_value(json_object_get(json_object_get(one, "facts"), "components"));
}

static const char *case_name(const json_t *one)
{
	return json_string_value(json_object_get(one, "name"));
}

/* Are they of one name but for what stands behind the last "-"? */
static bool is_of_one_kind(const json_t *a, const json_t *b)
{
	const char *dash = strrchr(case_name(a), '-');
	size_t length = dash ? (size_t)(dash - case_name(a)) + 1 : 0;

	return dash && strncmp(case_name(a), case_name(b), length) == 0 &&
	       !strchr(case_name(b) + length, '-');
}

static const json_t *find_tenth(const json_t *cases, const json_t *large)
{
	const json_t *small;
	size_t i;

	json_array_foreach(cases, i, small) if (components(small) > 0 &&
						10 * components(small) == components(large) &&
						is_of_one_kind(large, small)) return small;
	return NULL;
}

static double median(const json_t *one, size_t path)
{
	const json_t *result = json_array_get(json_object_get(one, "paths"), path);

	return json_real_value(json_object_get(result, "median_us"));
}

static void print_growth(const json_t *large, const json_t *small)
{
	const json_t *paths = json_object_get(large, "paths");
	const json_t *path;
	size_t i;

	printf("\n%s: times as long as %s\n ", case_name(large), case_name(small));
	json_array_foreach(paths, i, path)
		printf(" %s %.2f", json_string_value(json_object_get(path, "name")),
		       median(large, i) / median(small, i));
	putchar('\n');
}

void growth_print(const json_t *cases)
{
	const json_t *large;
	size_t i;

	json_array_foreach(cases, i, large)
	{
		const json_t *small = find_tenth(cases, large);

		if (small)
			print_growth(large, small);
	}
	fflush(stdout);
}
