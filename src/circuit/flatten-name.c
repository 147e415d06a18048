/* SPDX-License-Identifier: BSD-3-Clause */
/* What nets and elements of an instance are called in the flat circuit: as libngspice does. */
#include <string.h>

#include "base/mem.h"
#include "circuit/edit.h"
#include "circuit/flatten.h"

void frame_append_path(const struct frame *frame, struct text *text, char separator)
{
	if (!frame->caller)
		return;
	text_append_n(text, frame->flattening->path.data, frame->path_length);
	text_append_char(text, separator);
}

void frame_append_net(const struct frame *frame, struct text *text, const char *name, size_t length)
{
	const struct carom_circuit *circuit = frame->circuit;
	uint32_t net = circuit_net_of_name(circuit, name, length);
	const char *own;

	if (net) {
		own = circuit_net_name(frame->flattening->flat, frame->nets[net - 1], &length);
		text_append_n(text, own, length);
		return;
	}
	/* One that no pin is at; of a code model, perhaps. */
	if (name_find(frame->flattening->globals.names, name, length) == NAME_NONE)
		frame_append_path(frame, text, '.');
	text_append_n(text, name, length);
}

void frame_append_element(const struct frame *frame, struct text *text, const char *name,
			  size_t length)
{
	if (frame->caller) {
		text_append_char(text, name[0]);
		text_append_char(text, '.');
	}
	frame_append_path(frame, text, '.');
	text_append_n(text, name, length);
}

const struct frame *frame_of(const struct frame *frame, const struct carom_circuit *circuit)
{
	while (frame->circuit != circuit && frame->caller)
		frame = frame->caller;
	return frame;
}

/* A net of its own in each instance, unless it is global. */
static uint32_t add_net(const struct frame *frame, uint32_t net)
{
	const struct carom_circuit *circuit = frame->circuit;
	struct flattening *flattening = frame->flattening;
	struct text name = TEXT_INIT;
	uint32_t number = CAROM_NO_INDEX;
	const char *own;
	size_t length;

	if (!globals_has(&flattening->globals, circuit, net))
		frame_append_path(frame, &name, '.');
	own = circuit_net_name(circuit, net, &length);
	text_append_n(&name, own, length);
	if (!name.failed)
		number =
			circuit_intern_net(flattening->flat, text_string(&name), name.length, NULL);
	text_release(&name);
	return number;
}

int frame_map_nets(struct frame *frame, uint32_t instance)
{
	const struct carom_circuit *circuit = frame->circuit;
	const struct frame *caller = frame->caller;
	const struct element *x = caller ? &caller->circuit->elements[instance] : NULL;

	frame->nets = mem_alloc(circuit->n_nets * sizeof(*frame->nets));
	if (!frame->nets)
		return carom_fail_memory(frame->flattening->err);
	memset(frame->nets, 0xff, circuit->n_nets * sizeof(*frame->nets));
	frame->nets[0] = 0;
	for (uint32_t i = 0; x && i < x->n_pins; i++) {
		if (frame->nets[circuit->ports[i]] == CAROM_NO_INDEX)
			frame->nets[circuit->ports[i]] =
				caller->nets[caller->circuit->pins[x->first_pin + i]];
	}
	for (uint32_t n = 1; n < circuit->n_nets; n++) {
		if (frame->nets[n] == CAROM_NO_INDEX)
			frame->nets[n] = add_net(frame, n);
		if (frame->nets[n] == CAROM_NO_INDEX)
			return carom_fail_memory(frame->flattening->err);
	}
	return CAROM_OK;
}
