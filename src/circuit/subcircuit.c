/* SPDX-License-Identifier: BSD-3-Clause */
/* The ".subckt" card read: a child circuit with its name, ports and parameters. */
#include <string.h>

#include "base/mem.h"
#include "base/pages.h"
#include "circuit/arena.h"
#include "circuit/edit.h"
#include "circuit/journal.h"
#include "circuit/scan.h"

static unsigned nesting(const struct carom_circuit *circuit)
{
	unsigned depth = 0;

	for (; circuit->parent; circuit = circuit->parent)
		depth++;
	return depth;
}

/* The words up to the parameters are ports; *at stops before the first parameter. */
static int read_ports(struct carom_circuit *child, const char *text, uint32_t *at,
		      struct carom_error *err)
{
	size_t capacity = 0;
	struct word word;
	uint32_t after = *at;

	while (scan_word(text, &after, &word) && !word.is_key && !word_is(text, &word, "params:")) {
		uint32_t net = circuit_intern_net(child, text + word.begin, word.length, err);

		if (net == CAROM_NO_INDEX)
			return CAROM_ERROR_MEMORY;
		if (!mem_reserve(&child->ports, &capacity, child->n_ports + 1,
				 sizeof(*child->ports)))
			return carom_fail_memory(err);
		child->ports[child->n_ports++] = net;
		*at = after;
	}
	return CAROM_OK;
}

int circuit_adopt_subcircuit(struct carom_circuit *circuit, struct carom_circuit *child,
			     const struct card *card, struct carom_error *err)
{
	size_t length = strlen(child->title);
	uint32_t name = circuit_intern(circuit, child->title, length, err);
	struct card item = *card;
	uint32_t *of_name;

	if (name == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	if (!pages_reserve(&circuit->children, &circuit->children_capacity, circuit->n_children + 1,
			   sizeof(struct carom_circuit *)))
		return carom_fail_memory(err);
	of_name =
		circuit_name_slot(circuit, &circuit->child_of_name, SLOT_CHILD_OF_NAME, name, err);
	if (!of_name)
		return CAROM_ERROR_MEMORY;
	item.role = CARD_SUBCIRCUIT;
	item.index = (uint32_t)circuit->n_children;
	child->card = circuit_append_card(circuit, &item, err);
	if (child->card == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	circuit->children[circuit->n_children++] = child;
	if (circuit->is_part)
		journal_adopt(child);
	if (!*of_name)
		*of_name = (uint32_t)circuit->n_children;
	return CAROM_OK;
}

static int read_header(struct carom_circuit *child, const struct card *card,
		       const struct word *name, uint32_t at, struct carom_error *err)
{
	struct card item = *card;
	int rc;

	item.role = CARD_TITLE;
	child->last =
		(struct card){.text = ".ends", .length = 5, .file = NAME_NONE, .role = CARD_OTHER};
	child->title = arena_copy(child->arena, card->text + name->begin, name->length, 0);
	if (!child->title)
		return carom_fail_memory(err);
	if (circuit_append_card(child, &item, err) == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	rc = read_ports(child, card->text, &at, err);
	return rc == CAROM_OK ? circuit_append_params(child, 0, at, err) : rc;
}

/* To ngspice it is one that nobody can call; in an edit it is a slip. */
static int note_no_name(struct carom_circuit *circuit, const struct card *card,
			struct carom_error *err)
{
	static const char text[] = ".subckt needs a name, as in .subckt amp in out";

	if (card->line == 0)
		return circuit_fail_card(circuit, card, err, CAROM_ERROR_SYNTAX, "%s", text);
	return circuit_note(circuit, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYNTAX, err, "%s",
			    text);
}

struct carom_circuit *circuit_make_subcircuit(struct carom_circuit *circuit,
					      const struct card *card, struct carom_error *err)
{
	struct carom_circuit *child;
	struct word name;
	uint32_t at = 0, after;

	scan_word(card->text, &at, &name);
	after = at;
	if (scan_word(card->text, &after, &name) && !name.is_key)
		at = after;
	else if (note_no_name(circuit, card, err) == CAROM_OK)
		name = (struct word){.begin = at};
	else
		return NULL;
	if (nesting(circuit) >= MAX_NESTING) {
		circuit_fail_card(circuit, card, err, CAROM_ERROR_LIMIT,
				  "subcircuit definitions are nested more than %d deep",
				  MAX_NESTING);
		return NULL;
	}
	child = circuit_create(circuit, err);
	if (!child)
		return NULL;
	if (read_header(child, card, &name, at, err) != CAROM_OK) {
		carom_circuit_free(child);
		return NULL;
	}
	return child;
}

struct carom_circuit *circuit_append_subcircuit(struct carom_circuit *circuit,
						const struct card *card, struct carom_error *err)
{
	struct carom_circuit *child = circuit_make_subcircuit(circuit, card, err);

	if (child && circuit_adopt_subcircuit(circuit, child, card, err) != CAROM_OK) {
		carom_circuit_free(child);
		return NULL;
	}
	return child;
}
