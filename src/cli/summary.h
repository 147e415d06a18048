/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary of a study, for people and for programs. */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include <jansson.h>

#include "carom.h"

void summary_print_text(const struct carom_summary *summary, const struct carom_study_facts *facts,
			const char *title, const char *path);
void summary_print_json(const struct carom_summary *summary, const struct carom_store *store,
			const char *path);

/* Which values the draws of the deck itself are for, and which share one; nothing without draws. */
void summary_print_draws(const struct carom_store *store);
json_t *summary_draws(const json_t *manifest); /* [{name, definition, unit, nominal, uses}, ...] */

#endif
