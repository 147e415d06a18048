/* SPDX-License-Identifier: BSD-3-Clause */
/* Decks under lint. */
#include "support-lint.h"

#include <string.h>

#include "base/text.h"
#include "support-circuit.h"

static void append_finding(struct text *text, const struct carom_finding *finding)
{
	static const char *const severities[] = {"note", "warning", "error"};

	text_printf(text, "%d %s %s: %s\n", finding->line, severities[finding->severity],
		    finding->id, finding->text);
}

void support_assert_lint(const char *deck, const char *expected, bool with_dangling,
			 const char *file, int line)
{
	struct carom_circuit *circuit = support_import(deck, file, line);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;
	struct text text = TEXT_INIT;

	carom_circuit_lint(circuit, &findings, &err);
	support_assert_ok(&err, file, line);
	for (size_t i = 0; i < carom_findings_count(findings); i++) {
		struct carom_finding finding = carom_findings_get(findings, i);

		if (with_dangling || strcmp(finding.id, "dangling-net") != 0)
			append_finding(&text, &finding);
	}
	_assert_string_equal(text_string(&text), expected, file, line);
	text_release(&text);
	carom_findings_free(findings);
	carom_circuit_free(circuit);
}
