/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any bytes as what stands behind "vary", "correlate" and "keep", and as a file of values.
 * What is understood draws numbers that grow, and an error has a place within the text.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "statistics/distribution-entries.h"
#include "study/statement.h"
#include "study/store-name.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A value may overflow, and then stay infinite or be no number. */
static void check_draws(const struct distribution *distribution)
{
	static const double u[] = {0x1p-53, 0.1, 0.5, 0.9, 1 - 0x1p-53};
	double before = -INFINITY;

	if (distribution->kind == DISTRIBUTION_PELGROM)
		return;
	for (size_t i = 0; i < sizeof(u) / sizeof(u[0]); i++) {
		double value = distribution_draw(distribution, 1e3, u[i]);

		if (value < before)
			abort();
		before = value;
	}
}

static void check_error(const struct carom_error *err, const char *text)
{
	if (err->column < 1 || (size_t)err->column > strlen(text) + 1 || !err->text[0])
		abort();
}

static void try_vary(const char *text)
{
	char *nowhere = (char *)"/nonexistent";
	struct roots roots = {&nowhere, 1};
	struct distribution_files files = {"t.cir", &roots};
	struct phrase phrase = {text, "t.cir", 1, 1};
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_vary vary;

	if (study_vary_parse(&vary, &phrase, &files, &err)) {
		check_error(&err, text);
		return;
	}
	check_draws(&vary.distribution);
	study_vary_release(&vary);
}

static void try_correlate(const char *text)
{
	struct phrase phrase = {text, "t.cir", 1, 1};
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_correlate correlate;

	if (study_correlate_parse(&correlate, &phrase, &err))
		check_error(&err, text);
	else
		study_correlate_release(&correlate);
}

static void try_file(const char *text, size_t length)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct entries entries = {0};

	if (entries_read_text(&entries, "values.txt", text, length, &err) &&
	    (!err.text[0] || strcmp(err.source, "values.txt") != 0))
		abort();
	entries_release(&entries);
}

static void try_keep(const char *text)
{
	struct phrase phrase = {text, "t.cir", 1, 1};
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_keep *list;
	size_t n;

	if (study_keep_parse(&list, &n, &phrase, &err))
		check_error(&err, text);
	for (size_t i = 0; i < n; i++) {
		if (store_name_problem(list[i].name) || !list[i].expression[0])
			abort();
		study_keep_release(&list[i]);
	}
	mem_free(list);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_strndup((const char *)data, size);

	if (!text)
		return 0;
	try_file((const char *)data, size);
	if (!strpbrk(text, "\n\r")) {
		try_vary(text);
		try_correlate(text);
		try_keep(text);
	}
	mem_free(text);
	return 0;
}
