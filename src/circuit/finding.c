/* SPDX-License-Identifier: BSD-3-Clause */
/* Findings: each item owns one block that holds its source and its text. */
#include "circuit/finding.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { TEXT_SIZE = 760 }; /* as in struct carom_error: longer texts are cut */

struct carom_findings {
	struct carom_finding *items;
	size_t count, capacity;
};

struct carom_findings *findings_new(void)
{
	return mem_zalloc(1, sizeof(struct carom_findings));
}

CAROM_API void carom_findings_free(struct carom_findings *findings)
{
	if (!findings)
		return;
	for (size_t i = 0; i < findings->count; i++)
		mem_free((char *)findings->items[i].source);
	mem_free(findings->items);
	mem_free(findings);
}

CAROM_API size_t carom_findings_count(const struct carom_findings *findings)
{
	return findings ? findings->count : 0;
}

CAROM_API struct carom_finding carom_findings_get(const struct carom_findings *findings,
						  size_t index)
{
	static const struct carom_finding none = {.id = "", .source = "", .text = ""};

	return index < carom_findings_count(findings) ? findings->items[index] : none;
}

static int append(struct carom_findings *findings, struct carom_finding item, const char *source,
		  const char *text)
{
	size_t source_size = strlen(source) + 1;
	size_t text_size = strlen(text) + 1;
	char *block;

	if (!mem_reserve(&findings->items, &findings->capacity, findings->count + 1, sizeof(item)))
		return CAROM_ERROR_MEMORY;
	block = mem_alloc(source_size + text_size);
	if (!block)
		return CAROM_ERROR_MEMORY;
	item.source = memcpy(block, source, source_size);
	item.text = memcpy(block + source_size, text, text_size);
	findings->items[findings->count++] = item;
	return CAROM_OK;
}

int finding_add(struct carom_findings *findings, const char *id, enum carom_severity severity,
		enum carom_status status, const char *source, int line, const char *format, ...)
{
	struct carom_finding item = {
		.id = id, .severity = severity, .status = status, .line = line};
	char text[TEXT_SIZE];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return append(findings, item, source ? source : "", text);
}

void findings_truncate(struct carom_findings *findings, size_t count)
{
	while (findings->count > count)
		mem_free((char *)findings->items[--findings->count].source);
}
