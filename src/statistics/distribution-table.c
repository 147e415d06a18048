/* SPDX-License-Identifier: BSD-3-Clause */
/* Tables of values and weights, and the values drawn from them. */
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "statistics/distribution.h"

static int compare_entries(const void *a, const void *b)
{
	const struct table_entry *first = a, *second = b;

	return (first->value > second->value) - (first->value < second->value);
}

/* Equal values become one, values that never occur go. */
static size_t merge(struct table_entry *entries, size_t n)
{
	size_t n_merged = 0;

	qsort(entries, n, sizeof(*entries), compare_entries);
	for (size_t i = 0; i < n; i++) {
		if (entries[i].weight == 0)
			continue;
		if (n_merged > 0 && entries[n_merged - 1].value == entries[i].value)
			entries[n_merged - 1].weight += entries[i].weight;
		else
			entries[n_merged++] = entries[i];
	}
	return n_merged;
}

static bool allocate(struct distribution_table *table, size_t n)
{
	table->values = mem_zalloc(n, sizeof(*table->values));
	table->chances = mem_zalloc(n, sizeof(*table->chances));
	table->n = n;
	if (table->values && table->chances)
		return true;
	distribution_table_release(table);
	return false;
}

/* An empirical distribution function goes through the middle of each value's step. */
int distribution_table_init(struct distribution_table *table, enum distribution_kind kind,
			    struct table_entry *entries, size_t n, struct carom_error *err)
{
	double part = kind == DISTRIBUTION_EMPIRICAL ? 0.5 : 1;
	double total = 0, below = 0;

	if (!allocate(table, merge(entries, n)))
		return carom_fail_memory(err);
	for (size_t i = 0; i < table->n; i++)
		total += entries[i].weight;
	for (size_t i = 0; i < table->n; i++) {
		table->values[i] = entries[i].value;
		table->chances[i] = (below + part * entries[i].weight) / total;
		below += entries[i].weight;
	}
	return 0;
}

int distribution_table_copy(struct distribution_table *copy, const struct distribution_table *table,
			    struct carom_error *err)
{
	if (!allocate(copy, table->n))
		return carom_fail_memory(err);
	memcpy(copy->values, table->values, table->n * sizeof(*table->values));
	memcpy(copy->chances, table->chances, table->n * sizeof(*table->chances));
	return 0;
}

void distribution_table_release(struct distribution_table *table)
{
	mem_free(table->values);
	mem_free(table->chances);
	*table = (struct distribution_table){NULL, NULL, 0};
}

/* The first whose chance is not below; n if there is none. */
static size_t find(const struct distribution_table *table, double chance)
{
	size_t begin = 0, end = table->n;

	while (begin < end) {
		size_t middle = begin + (end - begin) / 2;

		if (table->chances[middle] < chance)
			begin = middle + 1;
		else
			end = middle;
	}
	return begin;
}

double distribution_table_draw(const struct distribution_table *table, enum distribution_kind kind,
			       double chance)
{
	const double *values = table->values, *chances = table->chances;
	size_t i = find(table, chance);
	double part;

	if (i == table->n)
		return values[i - 1];
	if (kind == DISTRIBUTION_DISCRETE || i == 0)
		return values[i];
	part = (chance - chances[i - 1]) / (chances[i] - chances[i - 1]);
	return values[i - 1] + part * (values[i] - values[i - 1]);
}
