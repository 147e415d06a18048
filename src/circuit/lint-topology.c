/* SPDX-License-Identifier: BSD-3-Clause */
/* Topology circuit by circuit: nets with one connection, dead references, loops of sources. */
#include "circuit/lint-topology.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/card-expression.h"
#include "circuit/scan.h"

const char *topology_element_name(const struct topology *topology, uint32_t index)
{
	const struct carom_circuit *circuit = topology->path.circuit;

	return name_text(circuit->names, circuit->elements[index].name);
}

const char *topology_net_name(const struct topology *topology, uint32_t net)
{
	size_t length;

	return circuit_net_name(topology->path.circuit, net, &length);
}

void topology_append_where(struct text *text, const struct carom_circuit *circuit)
{
	if (circuit->parent)
		text_printf(text, " in subcircuit %s", circuit->title);
}

void topology_report(struct topology *topology, uint32_t element, enum lint_rule rule,
		     struct text *text)
{
	const struct carom_circuit *circuit = topology->path.circuit;

	if (text->failed)
		topology->lint->failed = true;
	else
		lint_add(topology->lint, circuit, circuit->elements[element].card, rule, "%s",
			 text_string(text));
	text_release(text);
}

bool topology_is_held(const struct topology *topology, uint32_t net)
{
	const char *name = topology_net_name(topology, net);

	return name_count(topology->held) > 0 &&
	       name_find(topology->held, name, strlen(name)) != NAME_NONE;
}

/* ---- nets held from outside ---- */

static void hold(struct topology *topology, const char *name, size_t length)
{
	if (name_intern(topology->held, name, length) == NAME_NONE)
		topology->lint->failed = true;
}

/* ".ic v(x1.out)=1": the net "out" in any circuit, which may excuse too many. */
static void hold_reference(void *arg, const struct reference *reference)
{
	const char *dot;

	if (reference->kind != REFERENCE_VOLTAGE)
		return;
	dot = memrchr(reference->text, '.', reference->length);
	if (dot)
		hold(arg, dot + 1, reference->length - (size_t)(dot + 1 - reference->text));
	else
		hold(arg, reference->text, reference->length);
}

static void hold_globals(struct topology *topology, const char *text)
{
	struct word word;
	uint32_t at = 0;

	scan_word(text, &at, &word);
	while (scan_word(text, &at, &word))
		hold(topology, text + word.begin, word.length);
}

/* .ic holds nets in the operating point of .tran, not in those of the other analyses. */
static void collect_held(struct topology *topology)
{
	const struct carom_circuit *root = topology->lint->root;

	for (size_t i = 0; i < root->n_cards; i++) {
		const struct card *card = &root->cards[i];

		if (card->role != CARD_OTHER)
			continue;
		if (card_is(card, ".global"))
			hold_globals(topology, card->text);
		else if (card_is(card, ".ic") && !topology->lint->needs_pure_op)
			expression_each_reference(card->text, card->length, LANGUAGE_BEHAVIOUR,
						  hold_reference, topology);
	}
}

/* ---- dangling nets ---- */

/* Names that say that nothing is to be connected: "nc", "nc1", "unconnected", "open_2". */
static bool is_no_connect(const char *name)
{
	static const char *const beginnings[] = {"nc",     "n_c",  "no_con", "noconn", "unconn",
						 "unused", "open", "float",  "dummy",  "dnc"};

	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++) {
		size_t length = strlen(beginnings[i]);

		if (name_compare_n(name, beginnings[i], length) == 0)
			return true;
	}
	return false;
}

/*
 * Outputs of a subcircuit, a line or a code model may be left open, a source may have no load, and a
 * transistor's pins from the fourth on are its substrate and its temperature.
 */
static bool may_be_open(const struct path_circuit *path, uint32_t index, uint32_t net)
{
	const struct element *element = &path->circuit->elements[index];
	bool is_transistor = strchr("mq", element->kind) != NULL;

	for (uint32_t k = 3; is_transistor && k < element->n_pins; k++) {
		if (path->circuit->pins[element->first_pin + k] == net)
			return true;
	}
	return strchr("rcldjmqszw", element->kind) == NULL;
}

static void check_dangling(struct topology *topology)
{
	const struct path_circuit *path = &topology->path;

	for (uint32_t net = 1; net < path->circuit->n_nets; net++) {
		uint32_t element = topology->toucher[net];
		struct text text = TEXT_INIT;

		if (topology->touches[net] != 1 || topology->is_port[net] ||
		    topology->is_reported[net] || topology_is_held(topology, net) ||
		    may_be_open(path, element, net) ||
		    is_no_connect(topology_net_name(topology, net)) ||
		    reached_is_conditional(path->reached, path->circuit->elements[element].card))
			continue;
		text_printf(&text, "net \"%s\"", topology_net_name(topology, net));
		topology_append_where(&text, path->circuit);
		text_printf(&text, " is connected to %s only; is its name spelt right?",
			    topology_element_name(topology, element));
		topology_report(topology, element, RULE_DANGLING_NET, &text);
	}
}

/* ---- dead references ---- */

/* A net that an expression alone knows makes the matrix of an operating point singular. */
static enum lint_rule rule_of_dead(const struct lint *lint, const struct dead_reference *dead)
{
	if (dead->is_current)
		return RULE_MISSING_ELEMENT;
	return lint->needs_op && !lint->has_rshunt ? RULE_MISSING_NET : RULE_UNKNOWN_NET;
}

static void report_dead(struct topology *topology, const struct dead_reference *dead)
{
	struct text text = TEXT_INIT;

	text_append(&text, topology_element_name(topology, dead->element));
	topology_append_where(&text, topology->path.circuit);
	text_printf(&text, ": there is no %s \"%.*s\"; is its name spelt right?",
		    dead->is_current ? "element" : "net", (int)dead->length, dead->name);
	topology_report(topology, dead->element, rule_of_dead(topology->lint, dead), &text);
}

static void check_dead(struct topology *topology)
{
	const struct path_circuit *path = &topology->path;

	for (size_t i = 0; i < path->couplings.n_dead; i++) {
		const struct dead_reference *dead = &path->couplings.dead[i];
		const struct element *element = &path->circuit->elements[dead->element];

		if (!reached_is_conditional(path->reached, element->card) &&
		    name_find(topology->held, dead->name, dead->length) == NAME_NONE)
			report_dead(topology, dead);
	}
}

/* ---- loops ---- */

static void report_loop(struct topology *topology, uint32_t index, bool has_inductor)
{
	const struct carom_circuit *circuit = topology->path.circuit;
	const struct element *element = &circuit->elements[index];
	const uint32_t *nets = circuit->pins + element->first_pin;
	struct text text = TEXT_INIT;

	text_append(&text, topology_element_name(topology, index));
	topology_append_where(&text, circuit);
	if (element->n_pins == 2 && nets[0] == nets[1])
		text_printf(&text, ": both ends are at net \"%s\"; correct one of them",
			    topology_net_name(topology, nets[0]));
	else if (element->kind == 'x')
		text_printf(&text,
			    ": what is in it closes a loop of voltage sources%s; put a small "
			    "resistor in series",
			    has_inductor ? " and inductors" : "");
	else
		text_printf(&text,
			    ": closes a loop of voltage sources%s between nets \"%s\" and \"%s\"; "
			    "put a small resistor in series",
			    has_inductor ? " and inductors" : "",
			    topology_net_name(topology, nets[0]),
			    topology_net_name(topology, nets[1]));
	topology_report(topology, index, has_inductor ? RULE_INDUCTOR_LOOP : RULE_VOLTAGE_LOOP,
			&text);
}

/*
 * ngspice fails at loops of sources in every analysis.  With an inductor in it, the operating point
 * is found by its last resort, a transient run of 10 us, which is no operating point but ends well.
 */
static void check_loops(struct topology *topology, enum path_view view, struct path_ports *ports)
{
	bool has_inductor = view == PATH_SHORT;

	for (uint32_t e = 0; e < topology->path.circuit->n_elements; e++) {
		path_join_element(&topology->path, e, view);
		if (topology->path.is_closed && (!has_inductor || topology->lint->needs_op))
			report_loop(topology, e, has_inductor);
	}
	path_export(&topology->path, view, ports, topology->scratch);
}

/* ---- one circuit ---- */

static void touch(struct topology *topology, uint32_t net, uint32_t element)
{
	if (topology->touches[net]++ == 0)
		topology->toucher[net] = element;
}

static void count_touches(struct topology *topology)
{
	const struct carom_circuit *circuit = topology->path.circuit;
	const struct couplings *couplings = &topology->path.couplings;

	memset(topology->toucher, 0xff, circuit->n_nets * sizeof(*topology->toucher));
	for (uint32_t e = 0; e < circuit->n_elements; e++) {
		const struct element *element = &circuit->elements[e];

		for (uint32_t k = 0; k < element->n_pins; k++)
			touch(topology, circuit->pins[element->first_pin + k], e);
	}
	for (size_t i = 0; i < couplings->count; i++) {
		touch(topology, couplings->list[i].a, couplings->list[i].element);
		touch(topology, couplings->list[i].b, couplings->list[i].element);
	}
	for (size_t i = 0; i < circuit->n_ports; i++)
		topology->is_port[circuit->ports[i]] = true;
}

static bool open_circuit(struct topology *topology, uint32_t index)
{
	size_t n_nets = topology->lint->reach.list[index].circuit->n_nets;

	topology->touches = mem_zalloc(n_nets, sizeof(*topology->touches));
	topology->toucher = mem_zalloc(n_nets, sizeof(*topology->toucher));
	topology->is_port = mem_zalloc(n_nets, sizeof(*topology->is_port));
	topology->is_reported = mem_zalloc(n_nets, sizeof(*topology->is_reported));
	topology->islands = mem_zalloc(n_nets, sizeof(*topology->islands));
	topology->scratch = mem_zalloc(n_nets, sizeof(*topology->scratch));
	return path_circuit_init(&topology->path, topology->lint, index, topology->ports) &&
	       connectivity_init(&topology->graph, topology->path.circuit, NULL) == CAROM_OK &&
	       topology->touches && topology->toucher && topology->is_port &&
	       topology->is_reported && topology->islands && topology->scratch;
}

static void close_circuit(struct topology *topology)
{
	path_circuit_release(&topology->path);
	connectivity_release(&topology->graph);
	mem_free(topology->touches);
	mem_free(topology->toucher);
	mem_free(topology->is_port);
	mem_free(topology->is_reported);
	mem_free(topology->islands);
	mem_free(topology->scratch);
}

static bool ports_init(struct path_ports *ports, size_t n_ports)
{
	for (int view = 0; view < N_PATH_VIEWS; view++) {
		ports->joined[view] = mem_zalloc(n_ports, sizeof(*ports->joined[view]));
		if (!ports->joined[view])
			return false;
	}
	ports->stamps = mem_zalloc(n_ports, sizeof(*ports->stamps));
	return ports->stamps != NULL;
}

static void ports_release(struct path_ports *ports)
{
	for (int view = 0; view < N_PATH_VIEWS; view++)
		mem_free(ports->joined[view]);
	mem_free(ports->stamps);
}

static void export_stamps(struct topology *topology, struct path_ports *ports)
{
	const struct carom_circuit *circuit = topology->path.circuit;

	for (size_t i = 0; i < circuit->n_ports; i++) {
		uint32_t leader = union_find_leader(&topology->path.sets, circuit->ports[i]);

		if (circuit->ports[i] != 0)
			ports->stamps[i] = topology->islands[leader].stamp;
	}
}

static void check_circuit(struct topology *topology, struct path_ports *ports)
{
	count_touches(topology);
	topology_check_floating(topology, PATH_VOLTAGE, ports);
	topology_check_floating(topology, PATH_CURRENT, ports);
	export_stamps(topology, ports);
	check_dangling(topology);
	check_dead(topology);
	path_reset(&topology->path);
	check_loops(topology, PATH_SOURCE, ports);
	check_loops(topology, PATH_SHORT, ports);
}

/* False when out of memory. */
static bool check_next(struct topology *topology, uint32_t index, struct path_ports *ports)
{
	bool is_open =
		open_circuit(topology, index) && ports_init(ports, topology->path.circuit->n_ports);

	if (is_open)
		check_circuit(topology, ports);
	close_circuit(topology);
	return is_open;
}

void lint_topology(struct lint *lint)
{
	size_t count = lint->reach.count;
	struct path_ports *ports = mem_zalloc(count, sizeof(*ports));
	struct topology topology = {.lint = lint, .held = name_table_new(), .ports = ports};

	if (topology.held && ports)
		collect_held(&topology);
	else
		lint->failed = true;
	for (uint32_t i = 0; i < count && !lint->failed; i++) {
		if (!check_next(&topology, i, &ports[i]))
			lint->failed = true;
	}
	for (size_t i = 0; ports && i < count; i++)
		ports_release(&ports[i]);
	mem_free(ports);
	name_table_free(topology.held);
}
