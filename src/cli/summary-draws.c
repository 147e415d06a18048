/* SPDX-License-Identifier: BSD-3-Clause */
/* What the deck draws itself: which values have a number of their own and which share one. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "summary.h"

enum { MOST_SHARED = 10, MOST_WORDS = 4 }; /* shown to people; --json has all */

static const char *text_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

/* Of the draws with one use, or with several; every_nth gets each, NULL: they are counted only. */
static size_t each_draw(const json_t *draws, bool is_shared,
			void (*visit)(const json_t *draw, size_t index))
{
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(draws); i++) {
		const json_t *draw = json_array_get(draws, i);

		if ((json_array_size(json_object_get(draw, "uses")) > 1) != is_shared)
			continue;
		if (visit)
			visit(draw, n);
		n++;
	}
	return n;
}

static void print_single(const json_t *draw, size_t index)
{
	if (index < MOST_WORDS)
		printf("%s%s", index ? ", " : "", text_of(draw, "name"));
}

static void print_shared(const json_t *draw, size_t index)
{
	const json_t *uses = json_object_get(draw, "uses");
	size_t n = json_array_size(uses);

	if (index >= MOST_SHARED)
		return;
	printf("  %-12s %s, shared by", text_of(draw, "name"), text_of(draw, "definition"));
	for (size_t i = 0; i < n && i < MOST_WORDS; i++)
		printf(" %s", json_string_value(json_array_get(uses, i)));
	if (n > MOST_WORDS)
		printf(" and %zu more", n - MOST_WORDS);
	printf("\n");
}

json_t *summary_draws(const json_t *manifest)
{
	const json_t *varies = json_object_get(json_object_get(manifest, "study"), "varies");
	json_t *draws = json_array();

	for (size_t i = 0; i < json_array_size(varies); i++) {
		json_t *vary = json_array_get(varies, i);

		if (json_object_get(vary, "uses"))
			json_array_append(draws, vary);
	}
	return draws;
}

void summary_print_draws(const struct carom_store *store)
{
	json_t *manifest = json_loads(carom_store_manifest(store), 0, NULL);
	json_t *draws = summary_draws(manifest);
	size_t n_single = each_draw(draws, false, NULL), n_shared = each_draw(draws, true, NULL);

	if (n_single + n_shared > 0)
		printf("\nnumbers drawn by the deck: %zu of one value each, %zu shared\n", n_single,
		       n_shared);
	if (n_single > 0) {
		printf("  ");
		each_draw(draws, false, print_single);
		printf("%s\n", n_single > MOST_WORDS ? ", ..." : "");
	}
	each_draw(draws, true, print_shared);
	if (n_shared > MOST_SHARED)
		printf("  ...\n");
	json_decref(draws);
	json_decref(manifest);
}
