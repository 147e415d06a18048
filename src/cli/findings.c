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
	const char *known;

	if (strcmp(id, "import") == 0 || strcmp(id, "library") == 0)
		return true;
	for (size_t i = 0; (known = carom_lint_id(i, NULL)) != NULL; i++) {
		if (strcmp(id, known) == 0)
			return true;
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

typedef void show_fn(void *where, const struct carom_finding *finding);

/* Returns how many errors are among those shown. */
static size_t show(const struct carom_findings *findings, const struct findings_filter *filter,
		   show_fn *show_one, void *where)
{
	size_t n_errors = 0;

	for (size_t i = 0; i < carom_findings_count(findings); i++) {
		struct carom_finding finding = carom_findings_get(findings, i);

		if (!is_shown(filter, &finding))
			continue;
		n_errors += finding.severity == CAROM_SEVERITY_ERROR;
		show_one(where, &finding);
	}
	return n_errors;
}

static void print(void *where, const struct carom_finding *finding)
{
	FILE *file = where;

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
	return show(findings, filter, print, file);
}

/* Decks need not be UTF-8, JSON must: what is not is left out of the string. */
static json_t *string(const char *text)
{
	json_t *json = json_string(text);

	return json ? json : json_string("?");
}

static void append(void *where, const struct carom_finding *finding)
{
	json_array_append_new(where, json_pack("{s:o, s:i, s:s, s:s, s:o}", "file",
					       string(finding->source), "line", finding->line,
					       "severity", severities[finding->severity], "id",
					       finding->id, "text", string(finding->text)));
}

size_t findings_append_json(json_t *array, const struct carom_findings *findings,
			    const struct findings_filter *filter)
{
	return show(findings, filter, append, array);
}

void findings_append_error(json_t *array, const struct carom_error *err)
{
	char text[sizeof(*err)];
	struct carom_finding finding = {.id = "import",
					.severity = CAROM_SEVERITY_ERROR,
					.source = err->source,
					.line = err->line,
					.text = text};

	snprintf(text, sizeof(text), "%s%s%s", err->text, err->hint[0] ? "; " : "", err->hint);
	append(array, &finding);
}
