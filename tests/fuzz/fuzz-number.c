/* SPDX-License-Identifier: BSD-3-Clause */
/* Any bytes as a number: what is read is what strtod reads, and what is printed reads back. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_printing(double value)
{
	char buffer[NUMBER_SIZE];
	double again;

	if (number_print(buffer, value) != strlen(buffer) || !number_parse_plain(buffer, &again))
		abort();
	if (!isnan(value) && (again != value || signbit(again) != signbit(value)))
		abort();
	for (int digits = -1; digits < 20; digits++) {
		if (number_print_digits(buffer, value, digits) != strlen(buffer) ||
		    number_print_si(buffer, value, digits) != strlen(buffer))
			abort();
	}
}

static void check_reading(const char *string)
{
	double value;
	char *end;

	if (number_parse_plain(string, &value) && !isnan(value) &&
	    (strtod(string, &end) != value || *end))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *string = strndup((const char *)data, size);
	double value;
	size_t used;

	if (!string)
		return 0;
	check_reading(string);
	if (number_read((const char *)data, size, &value, &used)) {
		if (used == 0 || used > size || isnan(value))
			abort();
		check_printing(value);
	}
	if (size >= sizeof(value)) {
		memcpy(&value, data, sizeof(value));
		check_printing(value);
	}
	free(string);
	return 0;
}
