/* SPDX-License-Identifier: BSD-3-Clause */
/* Nets without a DC path to ground, nets with one connection, loops of voltage sources. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "circuit/card-expression.h"
#include "circuit/connectivity.h"
#include "circuit/lint-path.h"
#include "circuit/lint.h"
#include "circuit/scan.h"

/* A set of joined nets; kept at its leader. */
struct island {
	uint32_t n_nets;
	uint32_t net;          /* the first that something touches */
	uint32_t element;      /* that touches it; NAME_NONE: none does */
	uint32_t source;       /* a current source at one of its nets, or NAME_NONE */
	enum path_stamp stamp; /* the last of those of its pins */
	bool has_port;
	bool is_known; /* one of its nets was reported in another view */
};

struct checker {
	struct lint *lint;
	struct name_table *held;  /* names of nets that something outside holds: .global, .ic */
	struct path_ports *ports; /* per circuit in reach */

	/* of the circuit under check, per net */
	struct path_circuit path;
	struct connectivity graph;
	uint32_t *touches; /* pins and couplings */
	uint32_t *toucher; /* the first element among them */
	bool *is_port, *is_reported;
	struct island *islands;
	uint32_t *scratch;
};

static const char *element_name(const struct checker *checker, uint32_t index)
{
	const struct carom_circuit *circuit = checker->path.circuit;

	return name_text(circuit->names, circuit->elements[index].name);
}

static const char *net_name(const struct checker *checker, uint32_t net)
{
	const struct carom_circuit *circuit = checker->path.circuit;

	return name_text(circuit->names, circuit->net_names[net]);
}

/* " in subcircuit amp", or nothing at the top */
static void append_where(struct text *text, const struct carom_circuit *circuit)
{
	if (circuit->parent)
		text_printf(text, " in subcircuit %s", circuit->title);
}

/* A finding with this text at the element's card; releases text. */
static void report(struct checker *checker, uint32_t element, enum carom_severity severity,
		   struct text *text)
{
	const struct carom_circuit *circuit = checker->path.circuit;

	if (text->failed)
		checker->lint->failed = true;
	else
		lint_add(checker->lint, circuit, circuit->elements[element].card, severity,
			 CAROM_ERROR_TOPOLOGY, "%s", text_string(text));
	text_release(text);
}

/* ---- nets held from outside ---- */

static void hold(struct checker *checker, const char *name, size_t length)
{
	if (name_intern(checker->held, name, length) == NAME_NONE)
		checker->lint->failed = true;
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

static void hold_globals(struct checker *checker, const char *text)
{
	struct word word;
	uint32_t at = 0;

	scan_word(text, &at, &word);
	while (scan_word(text, &at, &word))
		hold(checker, text + word.begin, word.length);
}

/* .ic holds nets in the operating point of .tran, not in those of the other analyses. */
static void collect_held(struct checker *checker)
{
	const struct carom_circuit *root = checker->lint->root;

	for (size_t i = 0; i < root->n_cards; i++) {
		const struct card *card = &root->cards[i];

		if (card->role != CARD_OTHER)
			continue;
		if (card_is(card, ".global"))
			hold_globals(checker, card->text);
		else if (card_is(card, ".ic") && !checker->lint->needs_pure_op)
			expression_each_reference(card->text, card->length, LANGUAGE_BEHAVIOUR,
						  hold_reference, checker);
	}
}

static bool is_held(const struct checker *checker, uint32_t net)
{
	const char *name = net_name(checker, net);

	return name_count(checker->held) > 0 &&
	       name_find(checker->held, name, strlen(name)) != NAME_NONE;
}

/* ---- floating nets ---- */

static void gather_islands(struct checker *checker)
{
	const struct carom_circuit *circuit = checker->path.circuit;

	memset(checker->islands, 0, circuit->n_nets * sizeof(*checker->islands));
	for (uint32_t net = 0; net < circuit->n_nets; net++) {
		uint32_t leader = union_find_leader(&checker->path.sets, net);
		struct island *island = &checker->islands[leader];

		if (island->n_nets++ == 0)
			island->element = island->source = NAME_NONE;
		island->has_port |= checker->is_port[net];
		island->is_known |= checker->is_reported[net];
		if (island->element != NAME_NONE || checker->toucher[net] == NAME_NONE)
			continue;
		island->net = net;
		island->element = checker->toucher[net];
	}
}

static void add_stamp(struct checker *checker, uint32_t net, enum path_stamp stamp)
{
	struct island *island = &checker->islands[union_find_leader(&checker->path.sets, net)];

	if (island->stamp < stamp)
		island->stamp = stamp;
}

/* What the pins and couplings say about the islands they are at. */
static void gather_pins(struct checker *checker)
{
	struct path_circuit *path = &checker->path;
	const struct carom_circuit *circuit = path->circuit;

	for (uint32_t e = 0; e < circuit->n_elements; e++) {
		const struct element *element = &circuit->elements[e];
		bool is_source = strchr("ifg", element->kind) != NULL;

		for (uint32_t k = 0; k < element->n_pins; k++) {
			uint32_t net = circuit->pins[element->first_pin + k];

			add_stamp(checker, net, path_pin_stamp(path, e, k));
			if (is_source && k < 2)
				checker->islands[union_find_leader(&path->sets, net)].source = e;
		}
	}
	for (size_t i = 0; i < path->couplings.count; i++)
		add_stamp(checker, path->couplings.list[i].a, STAMP_EXACT);
}

/* "(c1, m2, ...)": what the net is connected to. */
static void append_elements(struct text *text, const struct checker *checker, uint32_t net)
{
	enum { MOST = 3 };
	uint32_t degree = connectivity_degree(&checker->graph, net);

	for (uint32_t k = 0; k < degree && k < MOST; k++)
		text_printf(text, "%s%s", k == 0 ? " (" : ", ",
			    element_name(checker, connectivity_element(&checker->graph, net, k)));
	if (degree > 0)
		text_append(text, degree > MOST ? ", ...)" : ")");
}

static void report_island(struct checker *checker, const struct island *island)
{
	struct text text = TEXT_INIT;
	bool is_error = checker->lint->needs_op && island->stamp == STAMP_EXACT;

	text_printf(&text, "net \"%s\"", net_name(checker, island->net));
	append_where(&text, checker->path.circuit);
	append_elements(&text, checker, island->net);
	if (island->n_nets > 1)
		text_printf(&text, " and %u net%s joined to it have", island->n_nets - 1,
			    island->n_nets > 2 ? "s" : "");
	else
		text_append(&text, " has");
	text_append(&text, " no DC path to ground");
	if (island->source != NAME_NONE)
		text_printf(&text, ", so the current of %s has nowhere to go",
			    element_name(checker, island->source));
	text_append(&text, "; add one, for instance a resistor of 1g");
	report(checker, island->element, is_error ? CAROM_SEVERITY_ERROR : CAROM_SEVERITY_WARNING,
	       &text);
}

static void mark_reported(struct checker *checker)
{
	const struct carom_circuit *circuit = checker->path.circuit;

	for (uint32_t net = 0; net < circuit->n_nets; net++) {
		uint32_t leader = union_find_leader(&checker->path.sets, net);
		const struct island *island = &checker->islands[leader];

		if (leader != 0 && !island->has_port && island->element != NAME_NONE)
			checker->is_reported[net] = true;
	}
}

static void check_floating(struct checker *checker, enum path_view view, struct path_ports *ports)
{
	const struct carom_circuit *circuit = checker->path.circuit;

	path_reset(&checker->path);
	for (uint32_t net = 1; net < circuit->n_nets; net++) {
		if (is_held(checker, net))
			path_join(&checker->path, 0, net);
	}
	for (uint32_t e = 0; e < circuit->n_elements; e++)
		path_join_element(&checker->path, e, view);
	path_join_couplings(&checker->path, view);
	path_export(&checker->path, view, ports, checker->scratch);
	if (checker->lint->has_rshunt)
		return;
	gather_islands(checker);
	gather_pins(checker);
	for (uint32_t net = 1; net < circuit->n_nets; net++) {
		const struct island *island = &checker->islands[net];

		if (island->n_nets > 0 && island->element != NAME_NONE && !island->has_port &&
		    !island->is_known)
			report_island(checker, island);
	}
	mark_reported(checker);
}

/* ---- dangling nets ---- */

static void check_dangling(struct checker *checker)
{
	const struct path_circuit *path = &checker->path;

	for (uint32_t net = 1; net < path->circuit->n_nets; net++) {
		uint32_t element = checker->toucher[net];
		struct text text = TEXT_INIT;

		if (checker->touches[net] != 1 || checker->is_port[net] ||
		    checker->is_reported[net] || is_held(checker, net) ||
		    path->circuit->elements[element].kind == 'a' ||
		    reached_is_conditional(path->reached, path->circuit->elements[element].card))
			continue;
		text_printf(&text, "net \"%s\"", net_name(checker, net));
		append_where(&text, path->circuit);
		text_printf(&text, " is connected to %s only; is its name spelt right?",
			    element_name(checker, element));
		report(checker, element, CAROM_SEVERITY_WARNING, &text);
	}
}

/* ---- loops ---- */

static void report_loop(struct checker *checker, uint32_t index, bool has_inductor)
{
	const struct carom_circuit *circuit = checker->path.circuit;
	const struct element *element = &circuit->elements[index];
	const uint32_t *nets = circuit->pins + element->first_pin;
	struct text text = TEXT_INIT;

	text_append(&text, element_name(checker, index));
	append_where(&text, circuit);
	if (element->n_pins == 2 && nets[0] == nets[1])
		text_printf(&text, ": both ends are at net \"%s\"; correct one of them",
			    net_name(checker, nets[0]));
	else if (element->kind == 'x')
		text_printf(&text,
			    ": what is in it closes a loop of voltage sources%s; put a small "
			    "resistor in series",
			    has_inductor ? " and inductors" : "");
	else
		text_printf(&text,
			    ": closes a loop of voltage sources%s between nets \"%s\" and \"%s\"; "
			    "put a small resistor in series",
			    has_inductor ? " and inductors" : "", net_name(checker, nets[0]),
			    net_name(checker, nets[1]));
	report(checker, index, has_inductor ? CAROM_SEVERITY_WARNING : CAROM_SEVERITY_ERROR, &text);
}

/*
 * ngspice fails at loops of sources in every analysis.  With an inductor in it, the operating point
 * is found by its last resort, a transient run of 10 us, which is no operating point but ends well.
 */
static void check_loops(struct checker *checker, enum path_view view, struct path_ports *ports)
{
	bool has_inductor = view == PATH_SHORT;

	for (uint32_t e = 0; e < checker->path.circuit->n_elements; e++) {
		path_join_element(&checker->path, e, view);
		if (checker->path.is_closed && (!has_inductor || checker->lint->needs_op))
			report_loop(checker, e, has_inductor);
	}
	path_export(&checker->path, view, ports, checker->scratch);
}

/* ---- one circuit ---- */

static void touch(struct checker *checker, uint32_t net, uint32_t element)
{
	if (checker->touches[net]++ == 0)
		checker->toucher[net] = element;
}

static void count_touches(struct checker *checker)
{
	const struct carom_circuit *circuit = checker->path.circuit;
	const struct couplings *couplings = &checker->path.couplings;

	memset(checker->toucher, 0xff, circuit->n_nets * sizeof(*checker->toucher));
	for (uint32_t e = 0; e < circuit->n_elements; e++) {
		const struct element *element = &circuit->elements[e];

		for (uint32_t k = 0; k < element->n_pins; k++)
			touch(checker, circuit->pins[element->first_pin + k], e);
	}
	for (size_t i = 0; i < couplings->count; i++) {
		touch(checker, couplings->list[i].a, couplings->list[i].element);
		touch(checker, couplings->list[i].b, couplings->list[i].element);
	}
	for (size_t i = 0; i < circuit->n_ports; i++)
		checker->is_port[circuit->ports[i]] = true;
}

static bool open_circuit(struct checker *checker, uint32_t index)
{
	size_t n_nets = checker->lint->reach.list[index].circuit->n_nets;

	checker->touches = mem_zalloc(n_nets, sizeof(*checker->touches));
	checker->toucher = mem_zalloc(n_nets, sizeof(*checker->toucher));
	checker->is_port = mem_zalloc(n_nets, sizeof(*checker->is_port));
	checker->is_reported = mem_zalloc(n_nets, sizeof(*checker->is_reported));
	checker->islands = mem_zalloc(n_nets, sizeof(*checker->islands));
	checker->scratch = mem_zalloc(n_nets, sizeof(*checker->scratch));
	return path_circuit_init(&checker->path, checker->lint, index, checker->ports) &&
	       connectivity_init(&checker->graph, checker->path.circuit, NULL) == CAROM_OK &&
	       checker->touches && checker->toucher && checker->is_port && checker->is_reported &&
	       checker->islands && checker->scratch;
}

static void close_circuit(struct checker *checker)
{
	path_circuit_release(&checker->path);
	connectivity_release(&checker->graph);
	mem_free(checker->touches);
	mem_free(checker->toucher);
	mem_free(checker->is_port);
	mem_free(checker->is_reported);
	mem_free(checker->islands);
	mem_free(checker->scratch);
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

static void export_stamps(struct checker *checker, struct path_ports *ports)
{
	const struct carom_circuit *circuit = checker->path.circuit;

	for (size_t i = 0; i < circuit->n_ports; i++) {
		uint32_t leader = union_find_leader(&checker->path.sets, circuit->ports[i]);

		ports->stamps[i] = checker->islands[leader].stamp;
	}
}

static void check_circuit(struct checker *checker, struct path_ports *ports)
{
	count_touches(checker);
	check_floating(checker, PATH_VOLTAGE, ports);
	check_floating(checker, PATH_CURRENT, ports);
	export_stamps(checker, ports);
	check_dangling(checker);
	path_reset(&checker->path);
	check_loops(checker, PATH_SOURCE, ports);
	check_loops(checker, PATH_SHORT, ports);
}

void lint_topology(struct lint *lint)
{
	struct checker checker = {.lint = lint, .held = name_table_new()};
	size_t count = lint->reach.count;

	checker.ports = mem_zalloc(count, sizeof(*checker.ports));
	if (!checker.held || !checker.ports) {
		lint->failed = true;
		count = 0;
	} else {
		collect_held(&checker);
	}
	for (uint32_t i = 0; i < count && !lint->failed; i++) {
		if (open_circuit(&checker, i) &&
		    ports_init(&checker.ports[i], checker.path.circuit->n_ports))
			check_circuit(&checker, &checker.ports[i]);
		else
			lint->failed = true;
		close_circuit(&checker);
	}
	for (size_t i = 0; checker.ports && i < lint->reach.count; i++)
		ports_release(&checker.ports[i]);
	mem_free(checker.ports);
	name_table_free(checker.held);
}
