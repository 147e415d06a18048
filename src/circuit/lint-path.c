/* SPDX-License-Identifier: BSD-3-Clause */
/* Joins per element letter, as measured with ngspice 39; in doubt a net counts as connected. */
#include "circuit/lint-path.h"

#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "circuit/card-expression.h"
#include "circuit/scan.h"

enum { GATE_UNKNOWN, GATE_INSULATES, GATE_LEAKS };

bool path_circuit_init(struct path_circuit *path, const struct lint *lint, uint32_t index,
		       const struct path_ports *ports)
{
	const struct reached *reached = &lint->reach.list[index];

	memset(path, 0, sizeof(*path));
	path->lint = lint;
	path->reached = reached;
	path->circuit = reached->circuit;
	path->ports = ports;
	path->gate_of_model = mem_zalloc(name_count(path->circuit->names), 1);
	return path->gate_of_model && couplings_init(&path->couplings, path->circuit) &&
	       union_find_init(&path->sets, path->circuit->n_nets);
}

void path_circuit_release(struct path_circuit *path)
{
	couplings_release(&path->couplings);
	union_find_release(&path->sets);
	mem_free(path->gate_of_model);
}

void path_reset(struct path_circuit *path)
{
	union_find_reset(&path->sets);
}

void path_join(struct path_circuit *path, uint32_t a, uint32_t b)
{
	if (!union_find_join(&path->sets, a, b))
		path->is_closed = true;
}

/* ---- elements ---- */

static const uint32_t *nets_of(const struct path_circuit *path, const struct element *element)
{
	return circuit_nets(path->circuit, element);
}

static void join_all(struct path_circuit *path, const struct element *element)
{
	const uint32_t *nets = nets_of(path, element);

	for (uint32_t i = 1; i < element->n_pins; i++)
		path_join(path, nets[0], nets[i]);
}

static void join_ground(struct path_circuit *path, const struct element *element)
{
	const uint32_t *nets = nets_of(path, element);

	for (uint32_t i = 0; i < element->n_pins; i++)
		path_join(path, 0, nets[i]);
}

/* Pins first and first + 1, first + 2 and first + 3, ... below end. */
static void join_pairs(struct path_circuit *path, const struct element *element, uint32_t first,
		       uint32_t end)
{
	const uint32_t *nets = nets_of(path, element);

	if (end > element->n_pins)
		end = element->n_pins;
	for (uint32_t i = first; i + 1 < end; i += 2)
		path_join(path, nets[i], nets[i + 1]);
}

/* BSIM4: the gate's tunnelling current is modelled if one of these is set. */
static bool model_leaks(const struct path_circuit *path, uint32_t name)
{
	const struct carom_circuit *where;
	const struct model *model =
		circuit_resolve_model(path->circuit, name_text(path->circuit->names, name), &where);
	const struct card *card;

	if (!model)
		return true;
	card = &where->cards[model->card];
	return expression_has_word(card->text, card->length, "igcmod") ||
	       expression_has_word(card->text, card->length, "igbmod");
}

static bool gate_leaks(struct path_circuit *path, const struct element *element)
{
	unsigned char *gate;

	if (element->model == NAME_NONE)
		return true;
	gate = &path->gate_of_model[element->model];
	if (*gate == GATE_UNKNOWN)
		*gate = model_leaks(path, element->model) ? GATE_LEAKS : GATE_INSULATES;
	return *gate == GATE_LEAKS;
}

static void join_mosfet(struct path_circuit *path, const struct element *element,
			enum path_view view)
{
	const uint32_t *nets = nets_of(path, element);
	bool joins_gate = view == PATH_VOLTAGE || gate_leaks(path, element);

	for (uint32_t i = joins_gate ? 1 : 2; i < element->n_pins; i++)
		path_join(path, nets[0], nets[i]);
}

/* "v=..." as opposed to "i=..." */
static void see_source_kind(void *arg, const struct card_expression *expression)
{
	bool *is_voltage = arg;

	if (expression->name_length == 1 && (*expression->name | 0x20) == 'v')
		*is_voltage = true;
}

static bool is_voltage_source(const struct path_circuit *path, const struct element *element)
{
	const struct card *card = &path->circuit->cards[element->card];
	bool is_voltage = strchr("veh", element->kind) != NULL;

	if (element->kind == 'b')
		card_each_expression(card, 'b', see_source_kind, &is_voltage);
	return is_voltage;
}

/* An RF port ("portnum 1 z0 50") has a resistance within. */
static bool is_ideal(const struct path_circuit *path, uint32_t index)
{
	const struct card *card = &path->circuit->cards[path->circuit->elements[index].card];

	return !path->couplings.is_sensed[index] &&
	       !expression_has_word(card->text, card->length, "portnum");
}

static void join_current(struct path_circuit *path, const struct element *element)
{
	switch (element->kind) {
	case 'i':
	case 'c':
	case 'k':
		break;
	case 'd':
	case 'j':
	case 'o':
	case 'p':
	case 'q':
	case 'u':
	case 'y':
	case 'z':
		join_all(path, element);
		break;
	case 'm':
		join_mosfet(path, element, PATH_CURRENT);
		break;
	case 'n':
		join_ground(path, element);
		break;
	case 't':
		join_pairs(path, element, 0, 4);
		break;
	default:
		join_pairs(path, element, 0, 2);
	}
}

static void join_voltage(struct path_circuit *path, const struct element *element)
{
	switch (element->kind) {
	case 'f':
		break;
	case 'b':
		if (is_voltage_source(path, element))
			join_pairs(path, element, 0, 2);
		break;
	case 'e':
		join_pairs(path, element, 0, element->n_pins);
		break;
	case 'g':
		join_pairs(path, element, 2, element->n_pins);
		break;
	case 'm':
		join_mosfet(path, element, PATH_VOLTAGE);
		break;
	default:
		join_current(path, element);
	}
}

static bool is_inductor(const struct path_circuit *path, uint32_t index)
{
	const struct element *element = &path->circuit->elements[index];
	const struct card *card = &path->circuit->cards[element->card];

	return element->kind == 'l' && !path->lint->has_rseries &&
	       !path->couplings.is_sensed[index] && !card_is_behavioural(card, 'l');
}

/* ---- instances ---- */

static void join_instance(struct path_circuit *path, const struct element *element,
			  const struct path_ports *ports, enum path_view view)
{
	const uint32_t *nets = nets_of(path, element);
	const uint32_t *joined = ports->joined[view];

	for (uint32_t i = 0; i < element->n_pins; i++) {
		/* only what sources left apart is joined by inductors */
		if (view == PATH_SHORT && ports->joined[PATH_SOURCE][i] != i)
			continue;
		if (joined[i] != i)
			path_join(path, nets[i], joined[i] == PATH_GROUND ? 0 : nets[joined[i]]);
	}
}

/* What the X calls; NULL if that is not known or does not fit. */
static const struct path_ports *ports_of(const struct path_circuit *path, uint32_t index)
{
	uint32_t callee = path->reached->callees[index];

	if (callee == NAME_NONE || path->lint->reach.list[callee].circuit->n_ports !=
					   path->circuit->elements[index].n_pins)
		return NULL;
	return &path->ports[callee];
}

void path_join_element(struct path_circuit *path, uint32_t index, enum path_view view)
{
	const struct element *element = &path->circuit->elements[index];
	const struct path_ports *ports = ports_of(path, index);
	bool is_unknown = (element->kind == 'x' && !ports) ||
			  reached_is_conditional(path->reached, element->card);

	path->is_closed = false;
	if (element->kind == 0)
		return;
	if (is_unknown) {
		if (view == PATH_CURRENT || view == PATH_VOLTAGE)
			join_ground(path, element);
	} else if (ports) {
		join_instance(path, element, ports, view);
	} else if (view == PATH_CURRENT) {
		join_current(path, element);
	} else if (view == PATH_VOLTAGE) {
		join_voltage(path, element);
	} else if (view == PATH_SOURCE ? is_voltage_source(path, element) && is_ideal(path, index)
				       : is_inductor(path, index)) {
		join_pairs(path, element, 0, 2);
	}
}

void path_join_couplings(struct path_circuit *path, enum path_view view)
{
	for (size_t i = 0; i < path->couplings.count; i++) {
		const struct coupling *coupling = &path->couplings.list[i];

		if (view == PATH_VOLTAGE || coupling->is_code_model)
			path_join(path, coupling->a, coupling->b);
	}
}

static bool leads_elsewhere(struct path_circuit *path, const struct element *element)
{
	const uint32_t *nets = nets_of(path, element);

	return element->n_pins == 2 &&
	       union_find_leader(&path->sets, nets[0]) != union_find_leader(&path->sets, nets[1]);
}

/* "c1 a b" and "c1 a b 0" have none, and no entries in any matrix. */
static bool has_capacitance(const struct path_circuit *path, const struct element *element)
{
	const char *text = path->circuit->cards[element->card].text;
	struct word word;
	uint32_t at = 0;
	double value;
	size_t used;

	for (int i = 0; i < 3; i++)
		scan_word(text, &at, &word);
	if (!scan_word(text, &at, &word))
		return false;
	return word.is_key || !number_read(text + word.begin, word.length, &value, &used) ||
	       value != 0;
}

enum path_stamp path_pin_stamp(struct path_circuit *path, uint32_t index, uint32_t pin)
{
	const struct path_ports *ports = ports_of(path, index);
	const struct element *element = &path->circuit->elements[index];

	if (ports)
		return ports->stamps[pin];
	switch (element->kind) {
	case 'i':
		return STAMP_NONE;
	case 'b':
	case 'e':
	case 'f':
	case 'g':
	case 'h':
	case 'l':
	case 'v':
		return STAMP_DEAD;
	case 'c':
		if (!leads_elsewhere(path, element))
			return STAMP_DEAD;
		return has_capacitance(path, element) ? STAMP_HELD : STAMP_EXACT;
	case 's':
		return pin < 2 ? STAMP_EXACT : STAMP_NONE;
	case 'm':
		return pin == 1 ? STAMP_HELD : STAMP_INEXACT;
	case 'j':
	case 'q':
		return STAMP_INEXACT;
	default:
		return STAMP_EXACT;
	}
}

void path_export(struct path_circuit *path, enum path_view view, struct path_ports *ports,
		 uint32_t *scratch)
{
	const struct carom_circuit *circuit = path->circuit;

	for (uint32_t i = 0; i < circuit->n_ports; i++) {
		uint32_t leader = union_find_leader(&path->sets, circuit->ports[i]);

		if (scratch[leader] == 0)
			scratch[leader] = i + 1;
		/*
		 * A port called "0" or "gnd" is ground within, and its net outside is on its own;
		 * so is the second of two ports of one name.
		 */
		if (circuit->ports[i] == 0 ||
		    (scratch[leader] != i + 1 &&
		     circuit->ports[scratch[leader] - 1] == circuit->ports[i]))
			ports->joined[view][i] = i;
		else
			ports->joined[view][i] = leader == 0 ? PATH_GROUND : scratch[leader] - 1;
	}
	for (uint32_t i = 0; i < circuit->n_ports; i++)
		scratch[union_find_leader(&path->sets, circuit->ports[i])] = 0;
}
