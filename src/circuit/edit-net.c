/* SPDX-License-Identifier: BSD-3-Clause */
/* A net renamed, on every card that names it. */
#include <string.h>

#include "carom-graph.h"
#include "circuit/card-expression.h"
#include "circuit/change.h"
#include "circuit/edit.h"
#include "circuit/journal.h"
#include "circuit/mention.h"
#include "circuit/places.h"
#include "circuit/scan.h"

/* Does a .global card of the deck say the name? */
static int check_global(const struct carom_circuit *circuit, const char *name,
			struct carom_error *err)
{
	struct carom_circuit *root = circuit->root;

	if (!mention_list(root))
		return carom_fail_memory(err);
	for (size_t i = 0; i < root->mentions.n_cards; i++) {
		const struct card *card = &root->cards[root->mentions.cards[i]];
		struct word word;
		uint32_t at = 0;

		if (card->role != CARD_OTHER || !card_is(card, ".global"))
			continue;
		while (scan_word(card->text, &at, &word)) {
			if (word_is(card->text, &word, name))
				return carom_fail(err, CAROM_ERROR_ARGUMENT,
						  "net %s is global: other circuits know it so",
						  name);
		}
	}
	return CAROM_OK;
}

static int check(const struct carom_circuit *circuit, struct carom_net net, const char *name,
		 struct carom_error *err)
{
	struct carom_net other;
	int rc;

	if (err && err->status)
		return err->status;
	if (net.index >= circuit->n_nets)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "the net is not of this circuit");
	if (net.index == 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "ground keeps its name");
	if (!scan_is_name(name))
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "\"%s\" cannot be the name of a net",
				  name);
	other = carom_circuit_find_net(circuit, name);
	if (carom_net_is_valid(other) && other.index != net.index)
		return carom_fail(err, CAROM_ERROR_EXISTS,
				  "net %s: the circuit has a net of this name", name);
	rc = check_global(circuit, name, err);
	return rc == CAROM_OK ? check_global(circuit, carom_net_name(circuit, net), err) : rc;
}

/* The pins at the net, the ports that it is, and what mentions it. */
static int find_places(struct places *places, struct carom_circuit *circuit, struct carom_net net,
		       struct carom_error *err)
{
	size_t n_pins;
	const struct carom_pin *pins = carom_net_pins(circuit, net, &n_pins, err);

	if (!pins)
		return CAROM_ERROR_MEMORY;
	for (size_t i = 0; i < n_pins; i++)
		places_add_pin(places, circuit, pins[i].element.index, pins[i].number);
	for (uint32_t i = 0; i < circuit->n_ports; i++) {
		if (circuit->ports[i] == net.index)
			places_add_word(places, circuit, 0, 2 + i);
	}
	places_add_net_mentions(places, circuit, net.index);
	return CAROM_OK;
}

static int rename_net(struct carom_circuit *circuit, struct carom_net net, const char *name,
		      struct places *places, struct carom_error *err)
{
	uint32_t old = circuit->net_names[net.index];
	uint32_t number = name_intern(circuit->net_table, name, strlen(name));
	int rc = number == NAME_NONE ? carom_fail_memory(err)
				     : find_places(places, circuit, net, err);

	if (rc == CAROM_OK)
		rc = places_prepare(places, circuit, strlen(name), err);
	if (rc != CAROM_OK)
		return rc;
	if (circuit_keep(circuit, SLOT_NET_NAME, net.index, err) < 0 ||
	    circuit_keep(circuit, SLOT_NET_OF_NAME, old, err) < 0 ||
	    !circuit_name_slot(circuit, &circuit->net_of_name, SLOT_NET_OF_NAME, number, err))
		return CAROM_ERROR_MEMORY;
	places_replace(places, circuit, name);
	circuit->net_of_name.at[old] = 0;
	circuit->net_of_name.at[number] = net.index + 1;
	circuit->net_names[net.index] = number;
	circuit->nets_count_apart = true;
	circuit_changed_structure(circuit);
	return CAROM_OK;
}

CAROM_API int carom_net_rename(struct carom_circuit *circuit, struct carom_net net,
			       const char *name, struct carom_error *err)
{
	struct places places = {NULL, 0, 0, false};
	int rc = check(circuit, net, name, err);

	if (rc == CAROM_OK)
		rc = rename_net(circuit, net, name, &places, err);
	places_release(&places);
	return rc;
}
