/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Fuzz target: any bytes as the text of a measurement, and as a .meas card.  What parses is taken from
 * a small wave, and its own text reads as the same.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "sim/measure.h"
#include "study/measure-card.h"
#include "study/statement.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A measurement is a number or has a reason, and an error has a place within the text. */
static void check_measure(const struct measure *measure)
{
	static const double x[] = {0, 1, 2, 3}, y[] = {-1, 0, 2, -3, 1, 1, 0.5, -1};
	const struct measure_rule *rule = measure_rule(measure->reducer);
	const struct measure_column column = {x, 1, y, rule->is_of_complex, 4};
	const struct measure_column columns[MEASURE_MAX_EXPRESSIONS] = {column, column};
	double values[MEASURE_MAX_ARGUMENTS];
	const char *why;
	double result;

	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		values[i] = measure->arguments[i].number;
	result = measure_take(measure, columns, values, &why);
	if (isfinite(result) != !why || !measure->expressions[0][0])
		abort();
}

static void check_text(const struct measure *measure)
{
	struct text once = TEXT_INIT, twice = TEXT_INIT;
	struct measure again;

	measure_print(measure, &once);
	if (measure_parse(&again, text_string(&once), NULL))
		abort();
	measure_print(&again, &twice);
	if (strcmp(text_string(&once), text_string(&twice)) != 0)
		abort();
	measure_release(&again);
	text_release(&once);
	text_release(&twice);
}

static void check_card(const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_measure measure;

	if (measure_card_read(&measure, text, "", 1, &err)) {
		if (!err.text[0])
			abort();
		return;
	}
	if (!measure.formula) {
		check_measure(&measure.measure);
		check_text(&measure.measure);
	} else if (!measure.formula[0]) {
		abort();
	}
	study_measure_release(&measure);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct measure measure;
	char *text = mem_strndup((const char *)data, size);

	if (!text)
		return 0;
	if (measure_parse(&measure, text, &err) == 0) {
		check_measure(&measure);
		check_text(&measure);
		measure_release(&measure);
	} else if (err.column < 1 || (size_t)err.column > strlen(text) + 1 || !err.text[0]) {
		abort();
	}
	check_card(text);
	mem_free(text);
	return 0;
}
