/* SPDX-License-Identifier: BSD-3-Clause */
/* What shared memory tells of a run: progress while it goes on, facts after it. */
#include <stdio.h>
#include <string.h>

#include "carom-topology.h"
#include "study/pool.h"

void pool_add_note(struct carom_study_facts *facts, const char *note)
{
	size_t length = strlen(facts->notes);

	snprintf(facts->notes + length, sizeof(facts->notes) - length, "%s%s", length ? "\n" : "",
		 note);
}

/* Whole lists only: of very many workers the last are left out. */
static void append_cpus(struct carom_study_facts *facts, const char *cpus)
{
	size_t length = strlen(facts->cpus);

	if (length + strlen(cpus) + 2 <= sizeof(facts->cpus))
		snprintf(facts->cpus + length, sizeof(facts->cpus) - length, "%s%s",
			 length ? " " : "", cpus);
}

void pool_count(const struct pool_shared *shared, uint64_t *n_done, uint64_t *n_failed)
{
	*n_done = *n_failed = 0;
	for (uint32_t i = 0; i < shared->n_workers; i++) {
		*n_done += shared->slot[i].n_done;
		*n_failed += shared->slot[i].n_failed;
	}
}

void pool_fill_facts(const struct pool_shared *shared, const struct carom_plan *plan,
		     struct carom_study_facts *facts)
{
	facts->route = (enum carom_route)shared->route;
	facts->n_workers = shared->n_workers;
	for (uint32_t i = 0; i < shared->n_workers; i++) {
		const struct pool_slot *slot = &shared->slot[i];

		facts->n_done += slot->n_done;
		facts->simulator_s += 1e-9 * (double)slot->simulator_ns;
		facts->busy_s += 1e-9 * (double)slot->busy_ns;
		facts->n_pinned += slot->is_bound;
		facts->n_memory_bound += slot->is_memory_bound;
		facts->n_restarted += slot->n_restarted;
		append_cpus(facts, slot->is_bound ? carom_plan_cpus(plan, i) : "-");
	}
}
