/* SPDX-License-Identifier: BSD-3-Clause */
/* What shared memory tells of a run: progress while it goes on, facts after it. */
#include <stdio.h>
#include <string.h>

#include "study/pool.h"

void pool_add_note(struct carom_study_facts *facts, const char *note)
{
	size_t length = strlen(facts->notes);

	snprintf(facts->notes + length, sizeof(facts->notes) - length, "%s%s", length ? "\n" : "",
		 note);
}

/* Whole numbers only: of very many workers the last are left out. */
static void append_cpu(struct carom_study_facts *facts, int32_t cpu)
{
	size_t length = strlen(facts->cpus);
	char word[16] = "-";

	if (cpu >= 0)
		snprintf(word, sizeof(word), "%d", cpu);
	if (length + strlen(word) + 2 <= sizeof(facts->cpus))
		snprintf(facts->cpus + length, sizeof(facts->cpus) - length, "%s%s",
			 length ? " " : "", word);
}

void pool_count(const struct pool_shared *shared, uint64_t *n_done, uint64_t *n_failed)
{
	*n_done = *n_failed = 0;
	for (uint32_t i = 0; i < shared->n_workers; i++) {
		*n_done += shared->slot[i].n_done;
		*n_failed += shared->slot[i].n_failed;
	}
}

void pool_fill_facts(const struct pool_shared *shared, struct carom_study_facts *facts)
{
	facts->route = (enum carom_route)shared->route;
	facts->n_workers = shared->n_workers;
	for (uint32_t i = 0; i < shared->n_workers; i++) {
		const struct pool_slot *slot = &shared->slot[i];

		facts->n_done += slot->n_done;
		facts->simulator_s += 1e-9 * (double)slot->simulator_ns;
		facts->busy_s += 1e-9 * (double)slot->busy_ns;
		facts->n_pinned += slot->cpu_seen >= 0;
		facts->n_restarted += slot->n_started > 1 ? slot->n_started - 1 : 0;
		append_cpu(facts, slot->cpu_seen);
	}
}
