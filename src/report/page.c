/* SPDX-License-Identifier: BSD-3-Clause */
/* The page: its files put together, with the data in it. */
#include <string.h>

#include "report/embedded.h"
#include "report/report.h"

#define DIGITS 15 /* as "carom summary --json" has them */

/*
 * Within a script element: "</script" and "<!--" would end it.  JSON has these characters in
 * strings alone, which take them as escapes too.  Everything that came with a deck is in the data,
 * and goes through here; the page's script makes text of it, never markup.
 */
static int append_safely(const char *bytes, size_t length, void *page)
{
	for (size_t i = 0; i < length; i++) {
		if (strchr("<>&", bytes[i]))
			text_printf(page, "\\u%04x", (unsigned)(unsigned char)bytes[i]);
		else
			text_append_char(page, bytes[i]);
	}
	return 0;
}

static void append_data(struct text *page, const json_t *data)
{
	if (json_dump_callback(data, append_safely, page,
			       JSON_COMPACT | JSON_REAL_PRECISION(DIGITS)))
		page->failed = true;
}

static bool is_called(const char *name, size_t length, const char *expected)
{
	return strlen(expected) == length && memcmp(name, expected, length) == 0;
}

static void append_file(struct text *page, const char *name, size_t length)
{
	static const struct {
		const char *name;
		const struct report_file *file;
	} files[] = {
		{"style", &report_page_css},   {"library", &report_library},
		{"number", &report_number_js}, {"element", &report_element_js},
		{"chart", &report_chart_js},   {"plots", &report_plots_js},
		{"waves", &report_waves_js},   {"page", &report_page_js},
	};

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		if (is_called(name, length, files[i].name))
			text_append_n(page, (const char *)files[i].file->data, files[i].file->size);
	}
}

/* What "@name@" stands for. */
static void append_part(struct text *page, const char *name, size_t length, const json_t *data,
			const char *manifest)
{
	if (is_called(name, length, "data"))
		append_data(page, data);
	else if (is_called(name, length, "manifest"))
		append_safely(manifest, strlen(manifest), page);
	else
		append_file(page, name, length);
}

void report_page(struct text *page, const json_t *data, const char *manifest)
{
	const char *at = (const char *)report_page_html.data, *mark, *end;

	for (; (mark = strchr(at, '@')) && (end = strchr(mark + 1, '@')); at = end + 1) {
		text_append_n(page, at, (size_t)(mark - at));
		append_part(page, mark + 1, (size_t)(end - mark - 1), data, manifest);
	}
	text_append(page, at);
}
