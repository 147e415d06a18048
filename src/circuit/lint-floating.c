/* SPDX-License-Identifier: BSD-3-Clause */
/* Nets without a DC path to ground. */
#include <string.h>

#include "circuit/lint-topology.h"

static void gather_islands(struct topology *topology)
{
	const struct carom_circuit *circuit = topology->path.circuit;

	memset(topology->islands, 0, circuit->n_nets * sizeof(*topology->islands));
	for (uint32_t net = 0; net < circuit->n_nets; net++) {
		uint32_t leader = union_find_leader(&topology->path.sets, net);
		struct island *island = &topology->islands[leader];

		if (island->n_nets++ == 0)
			island->element = island->source = NAME_NONE;
		island->has_port |= topology->is_port[net];
		island->is_known |= topology->is_reported[net];
		if (island->element != NAME_NONE || topology->toucher[net] == NAME_NONE)
			continue;
		island->net = net;
		island->element = topology->toucher[net];
	}
}

static void add_stamp(struct topology *topology, uint32_t net, enum path_stamp stamp)
{
	struct island *island = &topology->islands[union_find_leader(&topology->path.sets, net)];

	if (island->stamp < stamp)
		island->stamp = stamp;
}

/* What the pins and couplings say about the islands they are at. */
static void gather_pins(struct topology *topology)
{
	struct path_circuit *path = &topology->path;
	const struct carom_circuit *circuit = path->circuit;

	for (uint32_t e = 0; e < circuit->n_elements; e++) {
		const struct element *element = &circuit->elements[e];
		bool is_source = strchr("ifg", element->kind) != NULL;

		for (uint32_t k = 0; k < element->n_pins; k++) {
			uint32_t net = circuit->pins[element->first_pin + k];

			add_stamp(topology, net, path_pin_stamp(path, e, k));
			if (is_source && k < 2)
				topology->islands[union_find_leader(&path->sets, net)].source = e;
		}
	}
	for (size_t i = 0; i < path->couplings.count; i++)
		add_stamp(topology, path->couplings.list[i].a, STAMP_EXACT);
}

/* "(c1, m2, ...)": what the net is connected to. */
static void append_elements(struct text *text, const struct topology *topology, uint32_t net)
{
	enum { MOST = 3 };
	uint32_t degree = connectivity_degree(&topology->graph, net);

	for (uint32_t k = 0; k < degree && k < MOST; k++)
		text_printf(text, "%s%s", k == 0 ? " (" : ", ",
			    topology_element_name(topology,
						  connectivity_element(&topology->graph, net, k)));
	if (degree > 0)
		text_append(text, degree > MOST ? ", ...)" : ")");
}

static enum lint_rule rule_of(const struct lint *lint, const struct island *island)
{
	bool is_dead = lint->needs_op && island->stamp == STAMP_DEAD;

	return is_dead || (lint->has_ac && island->stamp == STAMP_EXACT) ? RULE_SINGULAR_NET
									 : RULE_FLOATING_NET;
}

static void report_island(struct topology *topology, const struct island *island)
{
	struct text text = TEXT_INIT;

	text_printf(&text, "net \"%s\"", topology_net_name(topology, island->net));
	topology_append_where(&text, topology->path.circuit);
	append_elements(&text, topology, island->net);
	if (island->n_nets > 1)
		text_printf(&text, " and %u net%s joined to it have", island->n_nets - 1,
			    island->n_nets > 2 ? "s" : "");
	else
		text_append(&text, " has");
	text_append(&text, " no DC path to ground");
	if (island->source != NAME_NONE)
		text_printf(&text, ", so the current of %s has nowhere to go",
			    topology_element_name(topology, island->source));
	text_append(&text, "; add one, for instance a resistor of 1g");
	topology_report(topology, island->element, rule_of(topology->lint, island), &text);
}

static void mark_reported(struct topology *topology)
{
	const struct carom_circuit *circuit = topology->path.circuit;

	for (uint32_t net = 0; net < circuit->n_nets; net++) {
		uint32_t leader = union_find_leader(&topology->path.sets, net);
		const struct island *island = &topology->islands[leader];

		if (leader != 0 && !island->has_port && island->element != NAME_NONE)
			topology->is_reported[net] = true;
	}
}

void topology_check_floating(struct topology *topology, enum path_view view,
			     struct path_ports *ports)
{
	const struct carom_circuit *circuit = topology->path.circuit;

	path_reset(&topology->path);
	for (uint32_t net = 1; net < circuit->n_nets; net++) {
		if (topology_is_held(topology, net))
			path_join(&topology->path, 0, net);
	}
	for (uint32_t e = 0; e < circuit->n_elements; e++)
		path_join_element(&topology->path, e, view);
	path_join_couplings(&topology->path, view);
	path_export(&topology->path, view, ports, topology->scratch);
	if (topology->lint->has_rshunt)
		return;
	gather_islands(topology);
	gather_pins(topology);
	for (uint32_t net = 1; net < circuit->n_nets; net++) {
		const struct island *island = &topology->islands[net];

		if (island->n_nets > 0 && island->element != NAME_NONE && !island->has_port &&
		    !island->is_known)
			report_island(topology, island);
	}
	mark_reported(topology);
}
