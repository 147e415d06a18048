/* SPDX-License-Identifier: BSD-3-Clause */
/* Names that tell columns apart. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "table/table.h"

/* The name, or with the least number behind it that makes it another. */
static char *make_name(struct name_table *taken, const char *name)
{
	const char *base = *name ? name : "column";
	size_t size = strlen(base) + 12;
	char *made = mem_alloc(size);

	if (!made)
		return NULL;
	snprintf(made, size, "%s", base);
	for (unsigned i = 2; name_find(taken, made, strlen(made)) != NAME_NONE; i++)
		snprintf(made, size, "%s_%u", base, i);
	if (name_intern(taken, made, strlen(made)) != NAME_NONE)
		return made;
	mem_free(made);
	return NULL;
}

char **names_make(const struct carom_table *table)
{
	char **names = mem_zalloc(table->n_columns, sizeof(*names));
	struct name_table *taken = name_table_new();
	bool failed = !names || !taken;

	for (size_t i = 0; i < table->n_columns && !failed; i++) {
		names[i] = make_name(taken, table->columns[i].name);
		failed = !names[i];
	}
	name_table_free(taken);
	if (!failed)
		return names;
	names_free(names, table->n_columns);
	return NULL;
}

void names_free(char **names, size_t n)
{
	for (size_t i = 0; names && i < n; i++)
		mem_free(names[i]);
	mem_free(names);
}
