/* SPDX-License-Identifier: BSD-3-Clause */
/* What is odd about a file but no error. */
#ifndef RAW_WARNINGS_H
#define RAW_WARNINGS_H

#include <stddef.h>

#include "base/error.h"

struct warnings {
	char **texts;
	size_t n, capacity;
};

int warnings_add(struct warnings *warnings, struct carom_error *err, const char *format, ...)
	CAROM_PRINTF(3, 4);
void warnings_release(struct warnings *warnings);

#endif
