/* SPDX-License-Identifier: BSD-3-Clause */
/* docs/lint.md: the first deck of each section has the finding it is about, the second has not. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "support-circuit.h"

/* The whole reference, to be freed. */
static char *read_reference(void)
{
	struct text path = TEXT_INIT;
	char *content;
	FILE *file;
	long size;

	text_printf(&path, "%s/docs/lint.md", getenv("CAROM_SRCDIR"));
	file = fopen(text_string(&path), "r");
	assert_non_null(file);
	text_release(&path);
	fseek(file, 0, SEEK_END);
	size = ftell(file);
	rewind(file);
	content = malloc((size_t)size + 1);
	assert_int_equal(fread(content, 1, (size_t)size, file), size);
	content[size] = '\0';
	fclose(file);
	return content;
}

/* Does lint of the deck give this finding with this severity? */
static bool finds(const char *deck, const char *id, enum carom_severity severity)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;
	bool is_found = false;

	carom_circuit_lint(circuit, &findings, &err);
	assert_ok(&err);
	for (size_t i = 0; i < carom_findings_count(findings); i++) {
		struct carom_finding finding = carom_findings_get(findings, i);

		is_found |= strcmp(finding.id, id) == 0 && finding.severity == severity;
	}
	carom_findings_free(findings);
	carom_circuit_free(circuit);
	return is_found;
}

/* The deck in the next "```spice" block at or after *at, which moves behind it. */
static char *next_deck(const char **at)
{
	const char *begin = strstr(*at, "```spice\n");
	const char *end;

	assert_non_null(begin);
	begin += strlen("```spice\n");
	end = strstr(begin, "```\n");
	assert_non_null(end);
	*at = end + strlen("```\n");
	return strndup(begin, (size_t)(end - begin));
}

static void each_finding_has_an_example_and_a_remedy_that_hold(void **state)
{
	char *reference = read_reference();
	enum carom_severity severity;
	const char *id;

	(void)state;
	for (size_t i = 0; (id = carom_lint_id(i, &severity)) != NULL; i++) {
		struct text heading = TEXT_INIT;
		char *bad, *good;
		const char *at;

		text_printf(&heading, "\n### `%s`\n", id);
		at = strstr(reference, text_string(&heading));
		if (!at)
			fail_msg("docs/lint.md has no section \"%s\"", id);
		bad = next_deck(&at);
		good = next_deck(&at);
		if (!finds(bad, id, severity))
			fail_msg("%s: not found in its example", id);
		if (finds(good, id, severity))
			fail_msg("%s: still there after its remedy", id);
		free(bad);
		free(good);
		text_release(&heading);
	}
	free(reference);
}

/* A remedy must not be worse than the fault. */
static void no_remedy_leads_to_an_error(void **state)
{
	char *reference = read_reference();
	const char *at = reference;
	enum carom_severity severity;

	(void)state;
	while (strstr(at, "```spice\n")) {
		char *good;

		free(next_deck(&at));
		good = next_deck(&at);
		for (size_t i = 0; carom_lint_id(i, &severity); i++) {
			if (severity == CAROM_SEVERITY_ERROR &&
			    finds(good, carom_lint_id(i, NULL), severity))
				fail_msg("%s in:\n%s", carom_lint_id(i, NULL), good);
		}
		free(good);
	}
	free(reference);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_finding_has_an_example_and_a_remedy_that_hold),
		cmocka_unit_test(no_remedy_leads_to_an_error),
	};

	return run_all_tests(tests);
}
