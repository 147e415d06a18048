/* SPDX-License-Identifier: BSD-3-Clause */
/* Marks, and the contents of array slots kept for a rollback. */
#include "circuit/journal.h"

#include <string.h>

#include "base/mem.h"
#include "circuit/arena.h"
#include "circuit/cache.h"
#include "circuit/change.h"
#include "circuit/edit.h"
#include "circuit/finding.h"
#include "circuit/mention.h"

/* The lengths of the arrays, so far as edits append to them. */
struct counts {
	size_t n_cards, n_elements, n_removed, n_nets, n_pins, n_models, n_params, n_children;
};

struct entry {
	struct carom_circuit *circuit;
	uint32_t index;
	uint32_t previous; /* entry + 1 of the same slot that this one hides; 0: none */
	enum journal_slot slot;
	union {
		struct card card;
		struct element element;
		struct model model;
		struct param param;
		struct carom_circuit *child;
		uint32_t number;
		struct counts counts;
	} old;
};

struct mark {
	size_t n_entries; /* before it */
	size_t n_notes;
	struct arena_place place;
};

struct journal {
	struct mark *marks;
	size_t n_marks, marks_capacity;
	struct entry *entries;
	size_t n_entries, entries_capacity;
	/*
	 * Hash of circuit, slot, index -> the newest entry + 1.  Linear probing; entries leave in
	 * the reverse of the order they came, so that no probe ever meets a hole.
	 */
	uint32_t *table;
	size_t table_size;             /* a power of two, filled to a half at most */
	struct carom_circuit *dropped; /* added and dropped since a mark */
};

/* ---- slots ---- */

/* The array that holds the slot, and the size of what it holds. */
static void *slot_of(struct carom_circuit *circuit, enum journal_slot slot, uint32_t index,
		     size_t *size)
{
#define AT(array) (*size = sizeof(*circuit->array), (void *)&circuit->array[index])
	switch (slot) {
	case SLOT_CARD:
		return AT(cards);
	case SLOT_ELEMENT:
		return AT(elements);
	case SLOT_NET_NAME:
		return AT(net_names);
	case SLOT_PIN:
		return AT(pins);
	case SLOT_MODEL:
		return AT(models);
	case SLOT_PARAM:
		return AT(params);
	case SLOT_CHILD:
		return AT(children);
	case SLOT_NET_OF_NAME:
		return AT(net_of_name.at);
	case SLOT_ELEMENT_OF_NAME:
		return AT(element_of_name.at);
	case SLOT_MODEL_OF_NAME:
		return AT(model_of_name.at);
	case SLOT_PARAM_OF_NAME:
		return AT(param_of_name.at);
	case SLOT_CHILD_OF_NAME:
		return AT(child_of_name.at);
	case SLOT_COUNTS:
		break;
	}
	return NULL;
#undef AT
}

static void read_counts(const struct carom_circuit *circuit, struct counts *counts)
{
	*counts = (struct counts){circuit->n_cards,  circuit->n_elements, circuit->n_removed,
				  circuit->n_nets,   circuit->n_pins,     circuit->n_models,
				  circuit->n_params, circuit->n_children};
}

static void drop(struct carom_circuit **list, struct carom_circuit *circuit)
{
	circuit->next_dropped = *list;
	*list = circuit;
}

static void free_dropped(struct carom_circuit *list)
{
	while (list) {
		struct carom_circuit *next = list->next_dropped;

		carom_circuit_free(list);
		list = next;
	}
}

static void write_counts(struct carom_circuit *circuit, const struct counts *counts,
			 struct carom_circuit **dropped)
{
	while (circuit->n_children > counts->n_children)
		drop(dropped, circuit->children[--circuit->n_children]);
	circuit->n_cards = counts->n_cards;
	circuit->n_elements = counts->n_elements;
	circuit->n_removed = counts->n_removed;
	circuit->n_nets = counts->n_nets;
	circuit->n_pins = counts->n_pins;
	circuit->n_models = counts->n_models;
	circuit->n_params = counts->n_params;
	mention_forget(circuit);
}

static void undo(const struct entry *entry, struct carom_circuit **dropped)
{
	struct carom_circuit *circuit = entry->circuit;
	size_t size = 0;
	void *place = slot_of(circuit, entry->slot, entry->index, &size);

	circuit_touch(circuit);
	if (entry->slot == SLOT_COUNTS) {
		write_counts(circuit, &entry->old.counts, dropped);
		return;
	}
	if (entry->slot == SLOT_CHILD)
		drop(dropped, circuit->children[entry->index]);
	if (entry->slot == SLOT_CARD && circuit->cards[entry->index].role == CARD_REMOVED)
		mention_restart(circuit); /* it may have been passed over without its text */
	memcpy(place, &entry->old, size);
	if (entry->slot == SLOT_CARD && entry->old.card.role == CARD_ELEMENT)
		value_forget(circuit, entry->old.card.index);
}

/* ---- the table ---- */

static size_t hash(const struct entry *entry)
{
	uint64_t x = (uintptr_t)entry->circuit / sizeof(void *) * 31 + entry->slot;

	x = (x << 32 ^ x) + entry->index;
	x *= 0x9e3779b97f4a7c15u;
	return (size_t)(x >> 32);
}

static bool is_same(const struct entry *a, const struct entry *b)
{
	return a->index == b->index && a->slot == b->slot && a->circuit == b->circuit;
}

/* Where the table holds the slot of the entry, or where it would. */
static uint32_t *find(const struct journal *journal, const struct entry *entry)
{
	size_t at = hash(entry) & (journal->table_size - 1);

	while (journal->table[at] && !is_same(&journal->entries[journal->table[at] - 1], entry))
		at = (at + 1) & (journal->table_size - 1);
	return &journal->table[at];
}

static bool grow_table(struct journal *journal)
{
	enum { FIRST_SIZE = 64 };
	size_t size = journal->table_size ? 2 * journal->table_size : FIRST_SIZE;
	uint32_t *table = mem_zalloc(size, sizeof(*table));

	if (!table)
		return false;
	mem_free(journal->table);
	journal->table = table;
	journal->table_size = size;
	for (size_t i = 0; i < journal->n_entries; i++)
		*find(journal, &journal->entries[i]) = (uint32_t)i + 1;
	return true;
}

int journal_keep(struct carom_circuit *circuit, enum journal_slot slot, uint32_t index,
		 struct carom_error *err)
{
	struct journal *journal = circuit->root->journal;
	struct entry entry = {.circuit = circuit, .index = index, .slot = slot};
	uint32_t *place;
	size_t size;
	void *old = slot_of(circuit, slot, index, &size);

	if (!circuit->is_part)
		return 0;
	if ((2 * journal->n_entries >= journal->table_size && !grow_table(journal)) ||
	    !mem_reserve(&journal->entries, &journal->entries_capacity, journal->n_entries + 1,
			 sizeof(entry)))
		return carom_fail_memory(err);
	place = find(journal, &entry);
	if (*place > journal->marks[journal->n_marks - 1].n_entries)
		return 0;
	if (old)
		memcpy(&entry.old, old, size);
	else
		read_counts(circuit, &entry.old.counts);
	entry.previous = *place;
	journal->entries[journal->n_entries++] = entry;
	*place = (uint32_t)journal->n_entries;
	if (slot == SLOT_CARD) /* what was kept points to the text, which must stay as it is */
		circuit->cards[index].capacity = 0;
	return 1;
}

/* ---- circuits that come and go ---- */

void journal_adopt(struct carom_circuit *circuit)
{
	circuit->is_part = true;
	for (size_t i = 0; i < circuit->n_children; i++)
		journal_adopt(circuit->children[i]);
}

void journal_drop_circuit(struct carom_circuit *circuit)
{
	struct journal *journal = circuit->root->journal;

	if (journal)
		drop(&journal->dropped, circuit);
	else
		carom_circuit_free(circuit);
}

/* ---- marks ---- */

void journal_free(struct journal *journal)
{
	if (!journal)
		return;
	for (size_t i = 0; i < journal->n_entries; i++) {
		if (journal->entries[i].slot == SLOT_CHILD)
			carom_circuit_free(journal->entries[i].old.child);
	}
	free_dropped(journal->dropped);
	mem_free(journal->marks);
	mem_free(journal->entries);
	mem_free(journal->table);
	mem_free(journal);
}

static int check_open(const struct carom_circuit *root, struct carom_error *err)
{
	if (err && err->status)
		return err->status;
	if (!root->journal)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no mark of the circuit is open");
	return CAROM_OK;
}

static void forget_mark(struct carom_circuit *root)
{
	if (--root->journal->n_marks > 0)
		return;
	journal_free(root->journal);
	root->journal = NULL;
}

CAROM_API int carom_circuit_mark(struct carom_circuit *circuit, struct carom_error *err)
{
	struct carom_circuit *root = circuit->root;
	struct journal *journal = root->journal;

	if (err && err->status)
		return err->status;
	if (!journal)
		journal = mem_zalloc(1, sizeof(*journal));
	if (!journal || !mem_reserve(&journal->marks, &journal->marks_capacity,
				     journal->n_marks + 1, sizeof(*journal->marks))) {
		if (!root->journal)
			mem_free(journal);
		return carom_fail_memory(err);
	}
	circuit_flush(root); /* so that a value on its way to a card belongs to no mark */
	journal->marks[journal->n_marks++] = (struct mark){
		journal->n_entries, carom_findings_count(root->notes), arena_place(root->arena)};
	root->journal = journal;
	return CAROM_OK;
}

CAROM_API int carom_circuit_rollback(struct carom_circuit *circuit, struct carom_error *err)
{
	struct carom_circuit *root = circuit->root;
	struct carom_circuit *dropped = NULL;
	struct journal *journal = root->journal;
	const struct mark *mark;
	int rc = check_open(root, err);

	if (rc != CAROM_OK)
		return rc;
	mark = &journal->marks[journal->n_marks - 1];
	circuit_flush(root);
	while (journal->n_entries > mark->n_entries) {
		const struct entry *entry = &journal->entries[journal->n_entries - 1];

		*find(journal, entry) = entry->previous;
		undo(entry, &dropped);
		journal->n_entries--;
	}
	findings_truncate(root->notes, mark->n_notes);
	arena_rewind(root->arena, &mark->place);
	circuit_changed_structure(root);
	forget_mark(root);
	free_dropped(dropped);
	return CAROM_OK;
}

CAROM_API int carom_circuit_commit(struct carom_circuit *circuit, struct carom_error *err)
{
	int rc = check_open(circuit->root, err);

	if (rc == CAROM_OK)
		forget_mark(circuit->root);
	return rc;
}
