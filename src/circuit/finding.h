/* SPDX-License-Identifier: BSD-3-Clause */
/* A growing list of findings: notes of import, results of lint. */
#ifndef CIRCUIT_FINDING_H
#define CIRCUIT_FINDING_H

#include "base/error.h"
#include "carom-circuit.h"

struct carom_findings *findings_new(void); /* NULL when out of memory */

/*
 * Append one finding; id lives for ever, source may be NULL.  Returns 0 or ERROR_MEMORY, the list as
 * it was.
 */
int finding_add(struct carom_findings *findings, const char *id, enum carom_severity severity,
		enum carom_status status, const char *source, int line, const char *format, ...)
	CAROM_PRINTF(7, 8);

/* Only the first count findings stay. */
void findings_truncate(struct carom_findings *findings, size_t count);

#endif
