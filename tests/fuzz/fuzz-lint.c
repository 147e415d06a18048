/* SPDX-License-Identifier: BSD-3-Clause */
/* Fuzz target: any deck that can be imported can be checked; findings are in order and have texts. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "carom-circuit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_findings(const struct carom_findings *findings)
{
	int line = 0;

	for (size_t i = 0; i < carom_findings_count(findings); i++) {
		struct carom_finding finding = carom_findings_get(findings, i);

		if (!finding.text[0] || finding.status == CAROM_OK || finding.line < line)
			abort();
		line = finding.line;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_findings *findings;

	carom_circuit_import_text(&circuit, (const char *)data, size, "/nonexistent/deck.cir", NULL,
				  &err);
	if (!circuit)
		return 0;
	if (carom_circuit_lint(circuit, &findings, &err) != CAROM_OK)
		abort();
	check_findings(findings);
	carom_findings_free(findings);
	carom_circuit_free(circuit);
	return 0;
}
