/* SPDX-License-Identifier: BSD-3-Clause */
/* Circuits of any size: a generator of components, and two who write down what it says. */
#include "netlist.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK 100    /* components of a subcircuit */
#define HUBS 16      /* nets that are met far more often than others */
#define CARD_SIZE 80 /* room for the longest card */
#define NAME_SIZE 16

#define D_MODEL "is=1e-14 n=1.05"
#define M_MODEL "vto=0.5 kp=100u"
#define M_PARAMS "w=2u l=0.18u"
#define SOURCE_TAIL "dc 1 ac 1"

/* ---- what the circuit consists of ---- */

struct part {
	char letter;
	unsigned number;
	unsigned nets[4];
	unsigned n_nets;
	double value; /* of R and C */
};

struct generator {
	enum netlist_shape shape;
	unsigned number; /* of the part before */
	unsigned index;  /* of the part before in its circuit or subcircuit */
	unsigned n_nets; /* of that, if random */
	uint32_t random;
};

static unsigned draw(struct generator *generator, unsigned below)
{
	generator->random = generator->random * 1664525u + 1013904223u;
	return (unsigned)((uint64_t)generator->random * below >> 32);
}

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Every fourth is a hub. */
static unsigned draw_net(struct generator *generator, unsigned below)
{
	return draw(generator, draw(generator, 4) ? below : least(HUBS, below));
}

/* Whole ohms and picofarads: "%g" prints them as they are. */
static double value_of(char letter, unsigned number)
{
	return letter == 'r' ? 1000 + number % 1000 : (1 + number % 100) / 1e12;
}

static void next_of_ladder(const struct generator *generator, struct part *part)
{
	unsigned stage = (generator->index + 1) / 2;

	part->letter = generator->index % 2 ? 'r' : 'c';
	part->n_nets = 2;
	part->nets[0] = part->letter == 'r' ? stage : stage + 1;
	part->nets[1] = part->letter == 'r' ? stage + 1 : 0;
}

/* First a tree of resistors, so that every net has a path to ground, then anything anywhere. */
static void next_of_random(struct generator *generator, struct part *part)
{
	bool is_tree = generator->index < generator->n_nets;

	part->letter = is_tree ? 'r' : "rcccdmmd"[draw(generator, 8)];
	part->n_nets = part->letter == 'm' ? 4 : 2;
	part->nets[0] = is_tree ? generator->index : draw_net(generator, generator->n_nets);
	part->nets[1] = draw_net(generator, is_tree ? generator->index : part->nets[0]);
	for (unsigned i = 2; i < part->n_nets; i++)
		part->nets[i] = draw_net(generator, generator->n_nets);
}

static struct part next(struct generator *generator)
{
	struct part part = {.number = ++generator->number};

	generator->index++;
	if (generator->shape == NETLIST_LADDER)
		next_of_ladder(generator, &part);
	else
		next_of_random(generator, &part);
	part.value = value_of(part.letter, part.number);
	return part;
}

/* The parts that follow are n of one circuit or subcircuit. */
static void enter(struct generator *generator, unsigned n)
{
	generator->index = 0;
	generator->n_nets = n / 4 + 2;
}

/* ---- by calls ---- */

/* A letter and a number, as a host would have it at hand: quicker than sprintf. */
static const char *name(char *buffer, char letter, unsigned number)
{
	char digits[NAME_SIZE];
	char *at = digits + sizeof(digits);
	size_t length;

	do
		*--at = (char)('0' + number % 10);
	while (number /= 10);
	length = (size_t)(digits + sizeof(digits) - at);
	buffer[0] = letter;
	memcpy(buffer + 1, at, length);
	buffer[1 + length] = '\0';
	return buffer;
}

static struct carom_net net(struct carom_circuit *circuit, unsigned number, struct carom_error *err)
{
	char buffer[NAME_SIZE + 1];

	return number ? carom_net(circuit, name(buffer, 'n', number), err)
		      : carom_circuit_ground(circuit);
}

static void add_part(struct carom_circuit *circuit, const struct part *part,
		     struct carom_error *err)
{
	char buffer[NAME_SIZE + 1];
	struct carom_net nets[4] = {{0}};

	for (unsigned i = 0; i < part->n_nets; i++)
		nets[i] = net(circuit, part->nets[i], err);
	name(buffer, part->letter, part->number);
	switch (part->letter) {
	case 'r':
		carom_add_resistor(circuit, buffer, nets[0], nets[1], part->value, err);
		break;
	case 'c':
		carom_add_capacitor(circuit, buffer, nets[0], nets[1], part->value, err);
		break;
	case 'd':
		carom_add_diode(circuit, buffer, nets[0], nets[1], "dx", NULL, err);
		break;
	default:
		carom_add_mosfet(circuit, buffer, nets[0], nets[1], nets[2], nets[3], "mx",
				 M_PARAMS, err);
	}
}

static void add_run(struct carom_circuit *circuit, struct generator *generator, unsigned n,
		    struct carom_error *err)
{
	enter(generator, n);
	for (unsigned i = 0; i < n; i++) {
		struct part part = next(generator);

		add_part(circuit, &part, err);
	}
}

static void add_block(struct carom_circuit *circuit, struct generator *generator, unsigned n,
		      unsigned number, struct carom_error *err)
{
	static const char *const ports[] = {"n1"};
	char buffer[NAME_SIZE + 1];
	struct carom_net port = net(circuit, 1, err);
	struct carom_circuit *child =
		carom_circuit_add_subcircuit(circuit, name(buffer, 'b', number), ports, 1, err);

	if (child)
		add_run(child, generator, n, err);
	buffer[0] = 'x';
	carom_add_instance(circuit, buffer, &port, 1, name((char[NAME_SIZE + 1]){0}, 'b', number),
			   NULL, err);
}

static void add_parts(struct carom_circuit *circuit, const struct netlist *netlist,
		      struct carom_error *err)
{
	struct generator generator = {.shape = netlist->shape};

	if (!netlist->is_hierarchical)
		add_run(circuit, &generator, netlist->n, err);
	for (unsigned i = 0; i < netlist->n && netlist->is_hierarchical; i += BLOCK)
		add_block(circuit, &generator, least(BLOCK, netlist->n - i), i / BLOCK + 1, err);
}

struct carom_circuit *netlist_build(const struct netlist *netlist, struct carom_error *err)
{
	struct carom_circuit *circuit = carom_circuit_new("netlist", err);

	if (!circuit)
		return NULL;
	carom_circuit_add_model(circuit, "dx", "d", D_MODEL, err);
	carom_circuit_add_model(circuit, "mx", "nmos", M_MODEL, err);
	carom_add_voltage_source(circuit, "v1", net(circuit, 1, err), carom_circuit_ground(circuit),
				 SOURCE_TAIL, err);
	add_parts(circuit, netlist, err);
	carom_circuit_add_card(circuit, ".op", err);
	if (err->status == CAROM_OK)
		return circuit;
	carom_circuit_free(circuit);
	return NULL;
}

/* ---- by hand ---- */

static char *print_part(char *at, const struct part *part)
{
	at += sprintf(at, "%c%u", part->letter, part->number);
	for (unsigned i = 0; i < part->n_nets; i++)
		at += part->nets[i] ? sprintf(at, " n%u", part->nets[i]) : sprintf(at, " 0");
	switch (part->letter) {
	case 'd':
		return at + sprintf(at, " dx\n");
	case 'm':
		return at + sprintf(at, " mx " M_PARAMS "\n");
	default:
		return at + sprintf(at, " %g\n", part->value);
	}
}

static char *print_parts(char *at, struct generator *generator, unsigned n)
{
	enter(generator, n);
	for (unsigned i = 0; i < n; i++) {
		struct part part = next(generator);

		at = print_part(at, &part);
	}
	return at;
}

static char *print_block(char *at, struct generator *generator, unsigned n, unsigned number)
{
	at += sprintf(at, ".subckt b%u n1\n", number);
	at = print_parts(at, generator, n);
	return at + sprintf(at, ".ends\nx%u n1 b%u\n", number, number);
}

char *netlist_print(const struct netlist *netlist)
{
	struct generator generator = {.shape = netlist->shape};
	char *text = malloc((size_t)CARD_SIZE * (netlist->n + netlist->n / BLOCK * 3 + 10));
	char *at = text;

	if (!text)
		return NULL;
	at += sprintf(at, "netlist\n.model dx d(" D_MODEL ")\n.model mx nmos(" M_MODEL ")\n"
			  "v1 n1 0 " SOURCE_TAIL "\n");
	if (!netlist->is_hierarchical)
		at = print_parts(at, &generator, netlist->n);
	for (unsigned i = 0; i < netlist->n && netlist->is_hierarchical; i += BLOCK)
		at = print_block(at, &generator, least(BLOCK, netlist->n - i), i / BLOCK + 1);
	sprintf(at, ".op\n.end\n");
	return text;
}
