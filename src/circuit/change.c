/* SPDX-License-Identifier: BSD-3-Clause */
/* The log of new values: a ring, so that it is bounded; begun when somebody first asks. */
#include "circuit/change.h"

#include <stdatomic.h>

#include "base/mem.h"

enum {
	LOG_SIZE = 4096
}; /* a reload is cheaper than as many alters: 3 us a card, 2.7 us an alter */

struct change_log {
	uint64_t floor; /* changes up to this serial are not in the log */
	size_t n;       /* written since the beginning; the last LOG_SIZE are kept */
	struct logged {
		uint64_t serial;
		struct change change;
	} ring[LOG_SIZE];
};

uint64_t change_new_id(void)
{
	static _Atomic uint64_t last;

	return atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
}

void change_log_free(struct change_log *log)
{
	mem_free(log);
}

struct circuit_state circuit_state(const struct carom_circuit *circuit)
{
	struct changes *changes = &circuit->root->changes;

	/* Without memory for it there is no log, and its readers are told to load anew. */
	if (!changes->log) {
		changes->log = mem_alloc(sizeof(*changes->log));
		if (changes->log) {
			changes->log->floor = changes->serial;
			changes->log->n = 0;
		}
	}
	return (struct circuit_state){changes->id, changes->serial};
}

static bool is_same(const struct change *a, const struct change *b)
{
	return a->circuit == b->circuit && a->kind == b->kind && a->index == b->index &&
	       a->name == b->name;
}

void circuit_changed_value(struct carom_circuit *circuit, enum change_kind kind, uint32_t index,
			   uint32_t name)
{
	struct changes *changes = &circuit->root->changes;
	struct logged new = {++changes->serial, {circuit, kind, index, name}};
	struct change_log *log = changes->log;
	struct logged *slot;

	if (!log)
		return;
	/* One number set again and again takes one place. */
	if (log->n > 0) {
		slot = &log->ring[(log->n - 1) % LOG_SIZE];
		if (is_same(&slot->change, &new.change)) {
			slot->serial = new.serial;
			return;
		}
	}
	slot = &log->ring[log->n % LOG_SIZE];
	if (log->n >= LOG_SIZE)
		log->floor = slot->serial;
	*slot = new;
	log->n++;
}

int circuit_changes_since(const struct carom_circuit *circuit, const struct circuit_state *state,
			  circuit_change_fn *visit, void *arg)
{
	const struct changes *changes = &circuit->root->changes;
	const struct change_log *log = changes->log;
	size_t first;
	int rc = 0;

	if (state->id != changes->id || state->serial < changes->structure || !log ||
	    state->serial < log->floor)
		return 1;
	for (first = log->n; first > 0 && log->n - first < LOG_SIZE; first--) {
		if (log->ring[(first - 1) % LOG_SIZE].serial <= state->serial)
			break;
	}
	for (size_t i = first; i < log->n && rc == 0; i++)
		rc = visit(arg, &log->ring[i % LOG_SIZE].change);
	return rc;
}
