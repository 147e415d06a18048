/* SPDX-License-Identifier: BSD-3-Clause */
/* Findings as lines of text and as JSON. */
#include "findings.h"

#include <string.h>

static const char *const severities[] = {"note", "warning", "error"};

enum { N_SEVERITIES = sizeof(severities) / sizeof(severities[0]) };

bool findings_read_severity(const char *word, enum carom_severity *severity)
{
	for (int i = 0; i < N_SEVERITIES; i++) {
		if (strcmp(word, severities[i]) == 0) {
			*severity = (enum carom_severity)i;
			return true;
		}
	}
	return false;
}

bool findings_know(const char *id)
{
	const char *known = "import";

	for (size_t i = 0; known; i++) {
		if (strcmp(id, known) == 0)
			return true;
		known = carom_lint_id(i, NULL);
	}
	return false;
}

static bool is_shown(const struct findings_filter *filter, const struct carom_finding *finding)
{
	for (size_t i = 0; i < filter->n_ignored; i++) {
		if (strcmp(filter->ignored[i], finding->id) == 0)
			return false;
	}
	return finding->severity >= filter->least;
}

static void print(FILE *file, const struct carom_finding *finding)
{
	if (*finding->source)
		fprintf(file, "%s:", finding->source);
	if (finding->line > 0)
		fprintf(file, "%d:", finding->line);
	fprintf(file, "%s%s: %s [%s]\n", *finding->source || finding->line > 0 ? " " : "",
		severities[finding->severity], finding->text, finding->id);
}

size_t findings_print(FILE *file, const struct carom_findings *findings,
		      const struct findings_filter *filter)
{
	size_t n_errors = 0;

	for (size_t i = 0; i < carom_findings_count(findings); i++) {
		struct carom_finding finding = carom_findings_get(findings, i);

		if (!is_shown(filter, &finding))
			continue;
		n_errors += finding.severity == CAROM_SEVERITY_ERROR;
		print(file, &finding);
	}
	return n_errors;
}

/* Decks need not be UTF-8, JSON must: what is not is left out of the string. */
static json_t *string(const char *text)
{
	json_t *json = json_string(text);

	return json ? json : json_string("?");
}

static void append(json_t *array, const char *file, int line, enum carom_severity severity,
		   const char *id, const char *text)
{
	json_array_append_new(array, json_pack("{s:o, s:i, s:s, s:s, s:o}", "file", string(file),
					       "line", line, "severity", severities[severity], "id",
					       id, "text", string(text)));
}

size_t findings_append_json(json_t *array, const struct carom_findings *findings,
			    const struct findings_filter *filter)
{
	size_t n_errors = 0;

	for (size_t i = 0; i < carom_findings_count(findings); i++) {
		struct carom_finding finding = carom_findings_get(findings, i);

		if (!is_shown(filter, &finding))
			continue;
		n_errors += finding.severity == CAROM_SEVERITY_ERROR;
		append(array, finding.source, finding.line, finding.severity, finding.id,
		       finding.text);
	}
	return n_errors;
}

void findings_append_error(json_t *array, const struct carom_error *err)
{
	append(array, err->source, err->line, CAROM_SEVERITY_ERROR, "import", err->text);
}
