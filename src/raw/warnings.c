/* SPDX-License-Identifier: BSD-3-Clause */
/* A list of texts. */
#include "raw/warnings.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/mem.h"

int warnings_add(struct warnings *warnings, struct carom_error *err, const char *format, ...)
{
	char text[200];
	va_list args;
	char *copy;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	if (!mem_reserve(&warnings->texts, &warnings->capacity, warnings->n + 1,
			 sizeof(*warnings->texts)))
		return carom_fail_memory(err);
	copy = mem_strdup(text);
	if (!copy)
		return carom_fail_memory(err);
	warnings->texts[warnings->n++] = copy;
	return 0;
}

void warnings_release(struct warnings *warnings)
{
	for (size_t i = 0; i < warnings->n; i++)
		mem_free(warnings->texts[i]);
	mem_free(warnings->texts);
}
