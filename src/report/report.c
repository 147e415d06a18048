/* SPDX-License-Identifier: BSD-3-Clause */
/* Writes the report of a store. */
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "report/embedded.h"
#include "report/report.h"

static int write_text(const struct text *text, const char *path, struct carom_error *err)
{
	bool is_stdout = strcmp(path, "-") == 0;
	FILE *file = is_stdout ? stdout : fopen(path, "we");
	bool is_written;

	if (!file)
		return carom_fail_errno(err, "%s", path);
	is_written = fwrite(text->data, 1, text->length, file) == text->length;
	if ((is_stdout ? fflush(file) : fclose(file)) || !is_written)
		return carom_fail_errno(err, "%s: cannot be written",
					is_stdout ? "standard output" : path);
	return 0;
}

/* The data are let go before the page is written. */
static int make_page(const struct report *report, struct text *page, struct carom_error *err)
{
	json_t *data;
	int status = report_data(report, &data, err);

	if (status == 0)
		report_page(page, data, carom_store_manifest(report->store));
	json_decref(data);
	return status == 0 && page->failed ? carom_fail_memory(err) : status;
}

CAROM_API int carom_report_write(const struct carom_store *store,
				 const struct carom_statistics_options *options, const char *path,
				 struct carom_error *err)
{
	struct report report;
	struct text page = TEXT_INIT;
	int status;

	if (report_library.size == 0)
		return carom_fail(err, CAROM_ERROR_NOT_FOUND,
				  "no reports: carom was built without Chart.js\n"
				  "install it (Debian: libjs-chart.js), configure and build again");
	status = report_init(&report, store, options, err);
	if (status == 0)
		status = make_page(&report, &page, err);
	if (status == 0)
		status = write_text(&page, path, err);
	text_release(&page);
	report_release(&report);
	return status;
}
