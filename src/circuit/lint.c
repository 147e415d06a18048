/* SPDX-License-Identifier: BSD-3-Clause */
/* Checks before simulation: runs them all and orders what they find by file and line. */
#include "circuit/lint.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "circuit/deadly.h"
#include "circuit/finding.h"

/* ---- findings ---- */

const struct lint_rule_info lint_rules[N_LINT_RULES] = {
#define LINT_RULE_INFO(rule, id, severity, status) \
	{id, CAROM_SEVERITY_##severity, CAROM_ERROR_##status},
	LINT_RULE_LIST(LINT_RULE_INFO)
#undef LINT_RULE_INFO
};

CAROM_API const char *carom_lint_id(size_t index, enum carom_severity *severity)
{
	if (index >= N_LINT_RULES)
		return NULL;
	if (severity)
		*severity = lint_rules[index].severity;
	return lint_rules[index].id;
}

static struct lint_place place_of(const struct carom_circuit *where, uint32_t card)
{
	struct lint_place place = {NAME_NONE, 0, 0, false};

	if (card != NAME_NONE) {
		place.file = where->cards[card].file;
		place.line = where->cards[card].line;
	} else if (circuit_root(where)->n_files > 0) {
		place.file = 0;
	}
	return place;
}

void lint_add(struct lint *lint, const struct carom_circuit *where, uint32_t card,
	      enum lint_rule rule, const char *format, ...)
{
	const struct lint_rule_info *info = &lint_rules[rule & ~LINT_DEADLY];
	struct lint_place place = place_of(where, card);
	char text[sizeof(((struct carom_error *)NULL)->text)];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	place.index = (uint32_t)lint->n_places;
	place.is_deadly = rule & LINT_DEADLY;
	if (!mem_reserve(&lint->places, &lint->places_capacity, lint->n_places + 1,
			 sizeof(*lint->places)) ||
	    finding_add(lint->findings, info->id, info->severity, info->status,
			circuit_file(where, place.file), (int)place.line, "%s", text) != CAROM_OK)
		lint->failed = true;
	else
		lint->places[lint->n_places++] = place;
}

static int compare_places(const void *a, const void *b)
{
	const struct lint_place *left = a, *right = b;

	if (left->file != right->file)
		return left->file < right->file ? -1 : 1;
	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	return (left->index > right->index) - (left->index < right->index);
}

/* A new list with the findings by file (in the order of reading) and line; NULL without memory. */
static struct carom_findings *sorted_findings(struct lint *lint)
{
	struct carom_findings *sorted = findings_new();

	if (lint->n_places > 0)
		qsort(lint->places, lint->n_places, sizeof(*lint->places), compare_places);
	for (size_t i = 0; sorted && i < lint->n_places; i++) {
		struct carom_finding finding =
			carom_findings_get(lint->findings, lint->places[i].index);

		if (finding_add(sorted, finding.id, finding.severity, finding.status,
				finding.source, finding.line, "%s", finding.text) == CAROM_OK)
			continue;
		carom_findings_free(sorted);
		sorted = NULL;
	}
	return sorted;
}

/* ---- all checks ---- */

static int open_lint(struct lint *lint, const struct carom_circuit *circuit,
		     struct carom_error *err)
{
	*lint = (struct lint){.root = circuit_root(circuit), .findings = findings_new()};
	return lint->findings ? reach_init(&lint->reach, lint->root, err) : carom_fail_memory(err);
}

static void close_lint(struct lint *lint)
{
	reach_release(&lint->reach);
	mem_free(lint->places);
	carom_findings_free(lint->findings);
}

CAROM_API int carom_circuit_lint(const struct carom_circuit *circuit,
				 struct carom_findings **findings, struct carom_error *err)
{
	struct lint lint;
	int status = open_lint(&lint, circuit, err);

	*findings = NULL;
	if (status == CAROM_OK) {
		lint_analyses(&lint);
		lint_conditions(&lint);
		lint_whole(&lint);
		lint_definitions(&lint);
		lint_depth(&lint);
		lint_duplicates(&lint);
		lint_outputs(&lint);
		lint_names(&lint);
		lint_areas(&lint);
		lint_ports(&lint);
		lint_params(&lint);
		lint_topology(&lint);
		*findings = lint.failed ? NULL : sorted_findings(&lint);
		if (!*findings)
			status = carom_fail_memory(err);
	}
	close_lint(&lint);
	return status;
}

/* ---- what a host does not survive ---- */

static int refuse(const struct lint *lint, size_t index, struct carom_error *err)
{
	struct carom_finding finding = carom_findings_get(lint->findings, index);

	return carom_fail_at(err, finding.status, finding.source, finding.line, 0,
			     "%s (%s): ngspice would end this process\n"
			     "correct it, or open an isolated session",
			     finding.text, finding.id);
}

int circuit_check_deadly(const struct carom_circuit *circuit, struct carom_error *err)
{
	struct lint lint;
	int status = open_lint(&lint, circuit, err);

	if (status == CAROM_OK) {
		lint_whole(&lint);
		lint_names(&lint);
		if (lint.failed)
			status = carom_fail_memory(err);
	}
	for (size_t i = 0; i < lint.n_places && status == CAROM_OK; i++)
		if (lint.places[i].is_deadly)
			status = refuse(&lint, i, err);
	close_lint(&lint);
	return status;
}
