/* SPDX-License-Identifier: BSD-3-Clause */
/* Building by calls: each element is written as the card it would be in a deck. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "circuit/arena.h"
#include "circuit/edit.h"
#include "circuit/scan.h"

static const struct carom_net no_net = {CAROM_NO_INDEX};

static bool has_failed(const struct carom_error *err)
{
	return err && err->status != CAROM_OK;
}

/* ---- words a card can be made of ---- */

/* May the text be the rest of a card: on one line, brackets and quotes closed? */
static bool is_tail(const char *text)
{
	uint32_t alone;

	return scan_is_line(text) && scan_is_balanced(text, &alone);
}

/* Who asks for a net will use it soon: what add_net reads of it is fetched meanwhile. */
static struct carom_net find_net(const struct carom_circuit *circuit, const char *name,
				 size_t length)
{
	uint32_t number = name_find(circuit->net_table, name, length);
	uint32_t known = circuit_net_of_number(circuit, number);

	if (!known)
		return no_net;
	name_prefetch(circuit->net_table, number);
	return (struct carom_net){known - 1};
}

CAROM_API struct carom_net carom_net(struct carom_circuit *circuit, const char *name,
				     struct carom_error *err)
{
	size_t length = strlen(name);
	struct carom_net net = has_failed(err) ? no_net : find_net(circuit, name, length);

	if (carom_net_is_valid(net) || has_failed(err))
		return net;
	if (!scan_is_name(name)) {
		carom_fail(err, CAROM_ERROR_ARGUMENT, "\"%s\" cannot be the name of a net", name);
		return no_net;
	}
	return (struct carom_net){circuit_intern_net(circuit, name, length, err)};
}

/* ---- a card in the making ---- */

struct draft {
	struct carom_circuit *circuit;
	struct carom_error *err;
	const char *name;
	size_t name_length;
	uint64_t key; /* of the name */
	struct element element;
	size_t n_pins; /* of the circuit, before */
	bool failed;
};

static void fail_draft(struct draft *draft, const char *what)
{
	if (!draft->failed)
		carom_fail(draft->err, CAROM_ERROR_ARGUMENT, "%s: %s", draft->name, what);
	draft->failed = true;
}

/* NAME_ROOM bytes of a name can be read, so that most are copied at once. */
static void add_net_name(struct draft *draft, uint32_t net)
{
	size_t length;
	const char *text = circuit_net_name(draft->circuit, net, &length);
	char *end = arena_room(draft->circuit->arena, 1 + NAME_ROOM + length);

	if (!end)
		return;
	*end++ = ' ';
	memcpy(end, text, NAME_ROOM);
	if (length > NAME_ROOM)
		memcpy(end, text, length);
	arena_extend(draft->circuit->arena, 1 + length);
}

static struct draft begin(struct carom_circuit *circuit, const char *name, char letter,
			  struct carom_error *err)
{
	struct draft draft = {.circuit = circuit,
			      .err = err,
			      .name = name,
			      .element = {.kind = letter,
					  .first_pin = (uint32_t)circuit->n_pins,
					  .model = NAME_NONE},
			      .n_pins = circuit->n_pins,
			      .failed = has_failed(err)};

	if (draft.failed)
		return draft;
	if (!scan_is_name(name) || (name[0] | 0x20) != letter) {
		carom_fail(err, CAROM_ERROR_ARGUMENT,
			   "\"%s\": the name must be one word that begins with %c", name, letter);
		draft.failed = true;
		return draft;
	}
	draft.name_length = strlen(name);
	draft.key = name_expect(circuit->names, name, draft.name_length);
	arena_append(circuit->arena, name, draft.name_length);
	return draft;
}

static void add_net(struct draft *draft, struct carom_net net)
{
	if (draft->failed)
		return;
	if (net.index >= draft->circuit->n_nets) {
		fail_draft(draft, "a net is not one of this circuit");
		return;
	}
	add_net_name(draft, net.index);
	draft->failed = circuit_append_pin(draft->circuit, net.index, draft->err) != CAROM_OK;
	draft->element.n_pins++;
}

static void add_nets(struct draft *draft, struct carom_net a, struct carom_net b)
{
	add_net(draft, a);
	add_net(draft, b);
}

static void add_word(struct draft *draft, const char *word)
{
	if (draft->failed)
		return;
	if (scan_is_name(word))
		arena_append_word(draft->circuit->arena, word, strlen(word));
	else
		fail_draft(draft, "a name it refers to is not a word");
}

static void add_number(struct draft *draft, double value)
{
	struct arena *arena = draft->circuit->arena;
	char *end;

	if (draft->failed)
		return;
	if (!isfinite(value)) {
		fail_draft(draft, "the value must be finite");
		return;
	}
	end = arena_room(arena, 1 + NUMBER_SIZE);
	if (!end)
		return;
	*end = ' ';
	arena_extend(arena, 1 + number_print(end + 1, value));
}

static void add_tail(struct draft *draft, const char *tail)
{
	if (draft->failed || !tail || !*tail)
		return;
	if (is_tail(tail))
		arena_append_word(draft->circuit->arena, tail, strlen(tail));
	else
		fail_draft(draft, "control character, or bracket or quote that is alone");
}

static void add_model(struct draft *draft, const char *model, const char *tail)
{
	const struct arena *arena = draft->circuit->arena;

	draft->element.model_begin = (uint32_t)(arena->end - arena->begin) + 1;
	add_word(draft, model);
	if (draft->failed)
		return;
	draft->element.model = circuit_intern(draft->circuit, model, strlen(model), draft->err);
	draft->failed = draft->element.model == NAME_NONE;
	add_tail(draft, tail);
}

/* Its number, unless an element has it. */
static bool take_name(struct draft *draft)
{
	const struct carom_circuit *circuit = draft->circuit;
	uint32_t number =
		name_intern_expected(circuit->names, draft->key, draft->name, draft->name_length);

	draft->element.name = number;
	if (number == NAME_NONE)
		carom_fail_memory(draft->err);
	else if (name_index_get(&circuit->element_of_name, number))
		carom_fail(draft->err, CAROM_ERROR_EXISTS,
			   "%s: the circuit has an element of this name", draft->name);
	else
		return true;
	return false;
}

static struct carom_element finish(struct draft *draft)
{
	struct carom_circuit *circuit = draft->circuit;
	struct card card = {.file = NAME_NONE, .role = CARD_ELEMENT};
	uint32_t index = CAROM_NO_INDEX;
	size_t length;

	if (draft->failed || !take_name(draft))
		goto out;
	card.text = arena_close(circuit->arena, &length);
	if (!card.text) {
		carom_fail_memory(draft->err);
		goto out;
	}
	card.length = card.capacity = (uint32_t)length;
	draft->element.card = circuit_append_card(circuit, &card, draft->err);
	if (draft->element.card == NAME_NONE)
		goto out;
	index = circuit_append_element(circuit, &draft->element, draft->err);
	if (index == CAROM_NO_INDEX)
		circuit->n_cards--;
out:
	if (index == CAROM_NO_INDEX) {
		arena_drop(circuit->arena);
		circuit->n_pins = draft->n_pins;
	}
	return (struct carom_element){index};
}

/* ---- elements ---- */

static struct carom_element add_passive(struct carom_circuit *circuit, const char *name,
					char letter, struct carom_net a, struct carom_net b,
					double value, struct carom_error *err)
{
	struct draft draft = begin(circuit, name, letter, err);

	add_nets(&draft, a, b);
	add_number(&draft, value);
	return finish(&draft);
}

CAROM_API struct carom_element carom_add_resistor(struct carom_circuit *circuit, const char *name,
						  struct carom_net a, struct carom_net b,
						  double ohms, struct carom_error *err)
{
	return add_passive(circuit, name, 'r', a, b, ohms, err);
}

CAROM_API struct carom_element carom_add_capacitor(struct carom_circuit *circuit, const char *name,
						   struct carom_net a, struct carom_net b,
						   double farads, struct carom_error *err)
{
	return add_passive(circuit, name, 'c', a, b, farads, err);
}

CAROM_API struct carom_element carom_add_inductor(struct carom_circuit *circuit, const char *name,
						  struct carom_net a, struct carom_net b,
						  double henries, struct carom_error *err)
{
	return add_passive(circuit, name, 'l', a, b, henries, err);
}

static void add_inductor(struct draft *draft, const char *name)
{
	if (draft->failed)
		return;
	add_word(draft, name);
	if (!carom_element_is_valid(carom_circuit_find_element(draft->circuit, name)) ||
	    (name[0] | 0x20) != 'l')
		fail_draft(draft, "it couples inductors that must exist");
}

CAROM_API struct carom_element carom_add_coupling(struct carom_circuit *circuit, const char *name,
						  const char *inductor1, const char *inductor2,
						  double coefficient, struct carom_error *err)
{
	struct draft draft = begin(circuit, name, 'k', err);

	add_inductor(&draft, inductor1);
	add_inductor(&draft, inductor2);
	if (!(fabs(coefficient) > 0 && fabs(coefficient) <= 1))
		fail_draft(&draft, "the coefficient must be from -1 to 1 and not 0");
	add_number(&draft, coefficient);
	return finish(&draft);
}

static struct carom_element add_source(struct carom_circuit *circuit, const char *name, char letter,
				       struct carom_net plus, struct carom_net minus,
				       const char *tail, struct carom_error *err)
{
	struct draft draft = begin(circuit, name, letter, err);

	add_nets(&draft, plus, minus);
	add_tail(&draft, tail);
	return finish(&draft);
}

CAROM_API struct carom_element carom_add_voltage_source(struct carom_circuit *circuit,
							const char *name, struct carom_net plus,
							struct carom_net minus, const char *tail,
							struct carom_error *err)
{
	return add_source(circuit, name, 'v', plus, minus, tail, err);
}

CAROM_API struct carom_element carom_add_current_source(struct carom_circuit *circuit,
							const char *name, struct carom_net plus,
							struct carom_net minus, const char *tail,
							struct carom_error *err)
{
	return add_source(circuit, name, 'i', plus, minus, tail, err);
}

CAROM_API struct carom_element carom_add_behavioural_source(struct carom_circuit *circuit,
							    const char *name, struct carom_net plus,
							    struct carom_net minus,
							    const char *expression,
							    struct carom_error *err)
{
	return add_source(circuit, name, 'b', plus, minus, expression, err);
}

static struct carom_element add_controlled(struct carom_circuit *circuit, const char *name,
					   char letter, const struct carom_net nets[4], double gain,
					   struct carom_error *err)
{
	struct draft draft = begin(circuit, name, letter, err);

	add_nets(&draft, nets[0], nets[1]);
	add_nets(&draft, nets[2], nets[3]);
	add_number(&draft, gain);
	return finish(&draft);
}

CAROM_API struct carom_element carom_add_vcvs(struct carom_circuit *circuit, const char *name,
					      struct carom_net plus, struct carom_net minus,
					      struct carom_net control_plus,
					      struct carom_net control_minus, double gain,
					      struct carom_error *err)
{
	const struct carom_net nets[4] = {plus, minus, control_plus, control_minus};

	return add_controlled(circuit, name, 'e', nets, gain, err);
}

CAROM_API struct carom_element carom_add_vccs(struct carom_circuit *circuit, const char *name,
					      struct carom_net plus, struct carom_net minus,
					      struct carom_net control_plus,
					      struct carom_net control_minus, double siemens,
					      struct carom_error *err)
{
	const struct carom_net nets[4] = {plus, minus, control_plus, control_minus};

	return add_controlled(circuit, name, 'g', nets, siemens, err);
}

static struct carom_element add_current_controlled(struct carom_circuit *circuit, const char *name,
						   char letter, struct carom_net plus,
						   struct carom_net minus, const char *source,
						   double gain, struct carom_error *err)
{
	struct draft draft = begin(circuit, name, letter, err);

	add_nets(&draft, plus, minus);
	add_word(&draft, source);
	add_number(&draft, gain);
	return finish(&draft);
}

CAROM_API struct carom_element carom_add_cccs(struct carom_circuit *circuit, const char *name,
					      struct carom_net plus, struct carom_net minus,
					      const char *source, double gain,
					      struct carom_error *err)
{
	return add_current_controlled(circuit, name, 'f', plus, minus, source, gain, err);
}

CAROM_API struct carom_element carom_add_ccvs(struct carom_circuit *circuit, const char *name,
					      struct carom_net plus, struct carom_net minus,
					      const char *source, double ohms,
					      struct carom_error *err)
{
	return add_current_controlled(circuit, name, 'h', plus, minus, source, ohms, err);
}

static struct carom_element add_device(struct carom_circuit *circuit, const char *name, char letter,
				       const struct carom_net *nets, size_t n_nets,
				       const char *model, const char *params,
				       struct carom_error *err)
{
	struct draft draft = begin(circuit, name, letter, err);

	for (size_t i = 0; i < n_nets; i++)
		add_net(&draft, nets[i]);
	add_model(&draft, model, params);
	return finish(&draft);
}

CAROM_API struct carom_element carom_add_diode(struct carom_circuit *circuit, const char *name,
					       struct carom_net anode, struct carom_net cathode,
					       const char *model, const char *params,
					       struct carom_error *err)
{
	const struct carom_net nets[2] = {anode, cathode};

	return add_device(circuit, name, 'd', nets, 2, model, params, err);
}

CAROM_API struct carom_element carom_add_bjt(struct carom_circuit *circuit, const char *name,
					     struct carom_net collector, struct carom_net base,
					     struct carom_net emitter, const char *model,
					     const char *params, struct carom_error *err)
{
	const struct carom_net nets[3] = {collector, base, emitter};

	return add_device(circuit, name, 'q', nets, 3, model, params, err);
}

CAROM_API struct carom_element carom_add_jfet(struct carom_circuit *circuit, const char *name,
					      struct carom_net drain, struct carom_net gate,
					      struct carom_net source, const char *model,
					      const char *params, struct carom_error *err)
{
	const struct carom_net nets[3] = {drain, gate, source};

	return add_device(circuit, name, 'j', nets, 3, model, params, err);
}

CAROM_API struct carom_element carom_add_mosfet(struct carom_circuit *circuit, const char *name,
						struct carom_net drain, struct carom_net gate,
						struct carom_net source, struct carom_net bulk,
						const char *model, const char *params,
						struct carom_error *err)
{
	const struct carom_net nets[4] = {drain, gate, source, bulk};

	return add_device(circuit, name, 'm', nets, 4, model, params, err);
}

CAROM_API struct carom_element carom_add_switch(struct carom_circuit *circuit, const char *name,
						struct carom_net plus, struct carom_net minus,
						struct carom_net control_plus,
						struct carom_net control_minus, const char *model,
						struct carom_error *err)
{
	const struct carom_net nets[4] = {plus, minus, control_plus, control_minus};

	return add_device(circuit, name, 's', nets, 4, model, NULL, err);
}

CAROM_API struct carom_element carom_add_current_switch(struct carom_circuit *circuit,
							const char *name, struct carom_net plus,
							struct carom_net minus, const char *source,
							const char *model, struct carom_error *err)
{
	struct draft draft = begin(circuit, name, 'w', err);

	add_nets(&draft, plus, minus);
	add_word(&draft, source);
	add_model(&draft, model, NULL);
	return finish(&draft);
}

CAROM_API struct carom_element carom_add_line(struct carom_circuit *circuit, const char *name,
					      struct carom_net a_plus, struct carom_net a_minus,
					      struct carom_net b_plus, struct carom_net b_minus,
					      const char *params, struct carom_error *err)
{
	struct draft draft = begin(circuit, name, 't', err);

	add_nets(&draft, a_plus, a_minus);
	add_nets(&draft, b_plus, b_minus);
	add_tail(&draft, params);
	return finish(&draft);
}

CAROM_API struct carom_element carom_add_instance(struct carom_circuit *circuit, const char *name,
						  const struct carom_net *nets, size_t n_nets,
						  const char *subcircuit, const char *params,
						  struct carom_error *err)
{
	return add_device(circuit, name, 'x', nets, n_nets, subcircuit, params, err);
}
