/* SPDX-License-Identifier: BSD-3-Clause */
/* Fuzz target: any bytes as the text of a measurement; what parses is taken from a small wave. */
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/measure.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A measurement is a number or has a reason, and an error has a place within the text. */
static void check_measure(const struct measure *measure)
{
	static const double x[] = {0, 1, 2, 3}, y[] = {-1, 0, 2, -3};
	const double values[MEASURE_MAX_ARGUMENTS] = {measure->arguments[0].number, 0};
	const char *why;
	double result = measure_take(measure, x, 1, y, 1, 4, values, &why);

	if (isfinite(result) != !why || !measure->expression[0])
		abort();
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
		measure_release(&measure);
	} else if (err.column < 1 || (size_t)err.column > strlen(text) + 1 || !err.text[0]) {
		abort();
	}
	mem_free(text);
	return 0;
}
