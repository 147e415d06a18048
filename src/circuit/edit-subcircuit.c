/* SPDX-License-Identifier: BSD-3-Clause */
/* A subcircuit given other contents. */
#include <string.h>

#include "base/text.h"
#include "circuit/cache.h"
#include "circuit/card-expression.h"
#include "circuit/change.h"
#include "circuit/edit.h"
#include "circuit/journal.h"
#include "circuit/scan.h"

CAROM_API struct carom_circuit *carom_circuit_find_subcircuit(const struct carom_circuit *circuit,
							      const char *name)
{
	return circuit_find_child(circuit, name);
}

/* ---- contents copied ---- */

/* Is it a card of a part of a circuit, as opposed to one of a whole deck? */
static bool belongs_inside(const struct card *card)
{
	static const char *const words[] = {".func", ".if", ".elseif", ".else", ".endif"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (card->role == CARD_OTHER && card_is(card, words[i]))
			return true;
	}
	if (card->role == CARD_OTHER) /* of a library: no element, but passed on */
		return card->text[0] != '.' && card->text[0] != '*';
	return card->role == CARD_ELEMENT || card->role == CARD_MODEL || card->role == CARD_PARAM ||
	       card->role == CARD_SUBCIRCUIT;
}

static int copy_cards(struct carom_circuit *circuit, const struct carom_circuit *from,
		      struct carom_error *err);

static int copy_subcircuit(struct carom_circuit *circuit, const struct card *card,
			   const struct carom_circuit *from, struct carom_error *err)
{
	struct carom_circuit *child = circuit_append_subcircuit(circuit, card, err);

	return child ? copy_cards(child, from, err) : CAROM_ERROR_MEMORY;
}

static int copy_card(struct carom_circuit *circuit, const struct carom_circuit *from,
		     const struct card *card, struct carom_error *err)
{
	struct card copy;
	int rc = circuit_copy_card(circuit, card->text, card->length, &copy, err);

	if (rc != CAROM_OK)
		return rc;
	if (card->role == CARD_SUBCIRCUIT)
		return copy_subcircuit(circuit, &copy, from->children[card->index], err);
	if (card->text[0] == '.')
		return circuit_append_dot_card(circuit, &copy, err);
	copy.role = card->role; /* elements are read later, when all models are known */
	return circuit_append_card(circuit, &copy, err) == NAME_NONE ? CAROM_ERROR_MEMORY
								     : CAROM_OK;
}

static int copy_cards(struct carom_circuit *circuit, const struct carom_circuit *from,
		      struct carom_error *err)
{
	int rc = CAROM_OK;

	for (size_t i = 1; i < from->n_cards && rc == CAROM_OK; i++) {
		if (belongs_inside(&from->cards[i]))
			rc = copy_card(circuit, from, &from->cards[i], err);
	}
	return rc;
}

static int read_elements(struct carom_circuit *circuit, struct carom_error *err)
{
	int rc = CAROM_OK;

	for (size_t i = 1; i < circuit->n_cards && rc == CAROM_OK; i++) {
		const struct card *card = &circuit->cards[i];

		if (card->role == CARD_ELEMENT)
			rc = circuit_parse_element(circuit, (uint32_t)i, err);
		else if (card->role == CARD_SUBCIRCUIT)
			rc = read_elements(circuit->children[card->index], err);
	}
	return rc;
}

/* ---- the first line ---- */

static int check_ports(const struct carom_circuit *old, const struct carom_circuit *contents,
		       struct carom_error *err)
{
	if (contents->parent && contents->n_ports != old->n_ports)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "%s has %zu ports, %s has %zu",
				  old->title, old->n_ports, contents->title, contents->n_ports);
	for (size_t i = 0; !contents->parent && i < old->n_ports; i++) {
		const char *port = carom_net_name(old, (struct carom_net){old->ports[i]});

		if (!carom_net_is_valid(carom_circuit_find_net(contents, port)))
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "%s: the new contents have no net for the port %s",
					  old->title, port);
	}
	return CAROM_OK;
}

/* The old name with the ports and parameters of the one that has some. */
static int make_header(const struct carom_circuit *old, const struct carom_circuit *contents,
		       struct card *header, struct carom_error *err)
{
	const struct carom_circuit *from = contents->parent ? contents : old;
	const char *text = from->cards[0].text;
	struct text line = TEXT_INIT;
	struct word word;
	uint32_t at = 0;
	int rc;

	scan_word(text, &at, &word);
	scan_word(text, &at, &word);
	text_printf(&line, ".subckt %s%s", old->title, text + at);
	rc = line.failed
		     ? carom_fail_memory(err)
		     : circuit_copy_card(old->parent, text_string(&line), line.length, header, err);
	text_release(&line);
	return rc;
}

/* ---- replacement ---- */

static int install(struct carom_circuit *circuit, struct carom_circuit *old,
		   struct carom_circuit *new, struct carom_error *err)
{
	struct card *card = &circuit->cards[old->card];
	int kept = circuit_keep(circuit, SLOT_CARD, old->card, err);

	if (kept >= 0)
		kept = circuit_keep(circuit, SLOT_CHILD, card->index, err);
	if (kept < 0)
		return CAROM_ERROR_MEMORY;
	new->card = old->card;
	card->text = new->cards[0].text;
	card->length = new->cards[0].length;
	card->capacity = new->cards[0].capacity;
	circuit->children[card->index] = new;
	if (circuit->is_part)
		journal_adopt(new);
	circuit_changed_structure(circuit);
	if (!kept) /* else the journal has it */
		journal_drop_circuit(old);
	return CAROM_OK;
}

static struct carom_circuit *make_new(struct carom_circuit *circuit,
				      const struct carom_circuit *old,
				      const struct carom_circuit *contents, struct carom_error *err)
{
	struct carom_circuit *new;
	struct card header;

	if (check_ports(old, contents, err) != CAROM_OK ||
	    make_header(old, contents, &header, err) != CAROM_OK)
		return NULL;
	new = circuit_make_subcircuit(circuit, &header, err);
	if (new &&
	    (copy_cards(new, contents, err) != CAROM_OK || read_elements(new, err) != CAROM_OK)) {
		carom_circuit_free(new);
		return NULL;
	}
	return new;
}

CAROM_API struct carom_circuit *
carom_circuit_replace_subcircuit(struct carom_circuit *circuit, const char *name,
				 const struct carom_circuit *contents, struct carom_error *err)
{
	struct carom_circuit *old, *new;

	if (err && err->status)
		return NULL;
	old = circuit_find_child(circuit, name);
	if (!old) {
		carom_fail(err, CAROM_ERROR_NOT_FOUND, "the circuit has no subcircuit %s", name);
		return NULL;
	}
	circuit_flush(contents);
	circuit_flush(circuit); /* the old one is on the list no more */
	new = make_new(circuit, old, contents, err);
	if (new &&install(circuit, old, new, err) != CAROM_OK) {
		carom_circuit_free(new);
		return NULL;
	}
	return new;
}
