/* SPDX-License-Identifier: BSD-3-Clause */
/* Ports for S parameters, voltage sources with portnum: their numbers, over the whole deck. */
#include <math.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/number.h"
#include "circuit/lint.h"
#include "circuit/scan.h"
#include "circuit/sensitivity.h"

struct port {
	const struct element *element;
	double number;
};

struct ports {
	struct port *list;
	size_t count, capacity;
	bool are_known; /* false: some number is an expression or none, or stands in a subcircuit */
};

/* The number behind the word; NAN if there is none that can be read. */
static double number_behind(const char *text, const char *key)
{
	struct word word;
	uint32_t at = 0;
	double number;
	size_t used;

	while (scan_word(text, &at, &word)) {
		if (word_is(text, &word, key))
			return scan_word(text, &at, &word) &&
					       number_read(text + word.begin, word.length, &number,
							   &used)
				       ? number
				       : NAN;
	}
	return NAN;
}

/* ngspice rounds the number, and takes a source without an impedance for no port. */
static bool add_port(struct ports *ports, const struct carom_circuit *circuit,
		     const struct element *element)
{
	const char *text = circuit->cards[element->card].text;
	double number = number_behind(text, "portnum"), z0 = number_behind(text, "z0");

	if (z0 <= 0)
		return true;
	if (!(number >= 1) || isnan(z0) || circuit->parent)
		ports->are_known = false;
	if (!mem_reserve(&ports->list, &ports->capacity, ports->count + 1, sizeof(*ports->list)))
		return false;
	ports->list[ports->count++] = (struct port){element, floor(number + 0.5)};
	return true;
}

static bool collect(struct ports *ports, const struct reached *reached)
{
	const struct carom_circuit *circuit = reached->circuit;

	for (size_t i = 0; i < circuit->n_elements; i++) {
		const struct element *element = &circuit->elements[i];

		if (!element_is_port(circuit, element))
			continue;
		if (reached_is_conditional(reached, element->card))
			ports->are_known = false;
		if (!add_port(ports, circuit, element))
			return false;
	}
	return true;
}

static int compare(const void *a, const void *b)
{
	const struct port *left = a, *right = b;

	if (left->number != right->number)
		return left->number < right->number ? -1 : 1;
	return (left->element > right->element) - (left->element < right->element);
}

static void check_numbers(struct lint *lint, struct ports *ports)
{
	const struct carom_circuit *root = lint->root;

	if (ports->count > 0)
		qsort(ports->list, ports->count, sizeof(*ports->list), compare);
	for (size_t i = 0; i < ports->count; i++) {
		const struct port *port = &ports->list[i];

		if (port->number == (double)(i + 1))
			continue;
		lint_add(lint, root, port->element->card, RULE_PORT_NUMBER,
			 "%s: port %g where port %zu is to come; number the ports from 1 on, each "
			 "once",
			 name_text(root->names, port->element->name), port->number, i + 1);
		return;
	}
}

void lint_ports(struct lint *lint)
{
	struct ports ports = {.are_known = true};

	for (size_t i = 0; i < lint->reach.count && !lint->failed; i++)
		lint->failed |= !collect(&ports, &lint->reach.list[i]);
	if (ports.are_known && !lint->failed)
		check_numbers(lint, &ports);
	mem_free(ports.list);
}
