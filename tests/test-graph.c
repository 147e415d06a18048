/* SPDX-License-Identifier: BSD-3-Clause */
/* Questions to the graph: small circuits by name, random ones against plain models, edits. */
#include "circuit/graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "carom-edit.h"
#include "circuit/edit.h"
#include "support-circuit.h"

/* ---- small circuits, answers as names ---- */

static const char amplifier[] = "t\n"
				"vcc vcc 0 12\n"
				"vin in 0 ac 1\n"
				"r1 vcc c 1k\n"
				"r2 in b 1k\n"
				"q1 c b 0 n\n"
				"r3 vcc x 1k\n"
				"r4 x c 1k\n"
				"r9 p q 1k\n"
				"k1 l1 l2 0.5\n"
				".model n npn\n"
				".end\n";

static int open_amplifier(void **state)
{
	*state = import_deck(amplifier);
	return 0;
}

static int close_circuit(void **state)
{
	carom_circuit_free(*state);
	return 0;
}

static struct carom_net net_called(const struct carom_circuit *circuit, const char *name)
{
	struct carom_net net = carom_circuit_find_net(circuit, name);

	assert_true(carom_net_is_valid(net));
	return net;
}

static char *append(char *end, const char *name)
{
	return end + sprintf(end, "%s ", name);
}

static const char *pins_of(const struct carom_circuit *circuit, const char *net)
{
	static char all[256];
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;
	const struct carom_pin *pins =
		carom_net_pins(circuit, net_called(circuit, net), &count, &err);
	char *end = all;

	assert_ok(&err);
	assert_int_equal(carom_net_degree(circuit, net_called(circuit, net), &err), count);
	*end = '\0';
	for (size_t i = 0; i < count; i++)
		end += sprintf(end, "%s.%u ", carom_element_name(circuit, pins[i].element),
			       pins[i].number);
	return all;
}

static const char *nets_near(const struct carom_circuit *circuit, const char *net,
			     enum carom_through through)
{
	static char all[256];
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_net *nets;
	size_t count;
	char *end = all;

	assert_int_equal(carom_net_neighbours(circuit, net_called(circuit, net), through, &nets,
					      &count, &err),
			 CAROM_OK);
	*end = '\0';
	for (size_t i = 0; i < count; i++)
		end = append(end, carom_net_name(circuit, nets[i]));
	free(nets);
	return all;
}

static const char *elements_near(const struct carom_circuit *circuit, const char *element,
				 enum carom_through through)
{
	static char all[256];
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_element *elements;
	size_t count;
	char *end = all;

	assert_int_equal(carom_element_neighbours(circuit, element_called(circuit, element),
						  through, &elements, &count, &err),
			 CAROM_OK);
	*end = '\0';
	for (size_t i = 0; i < count; i++)
		end = append(end, carom_element_name(circuit, elements[i]));
	free(elements);
	return all;
}

/* "a -r1- b -r2- c", or the message. */
static const char *path_between(const struct carom_circuit *circuit, const char *from,
				const char *to, enum carom_through through)
{
	static char all[512];
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_path path;
	char *end = all;

	if (carom_net_path(circuit, net_called(circuit, from), net_called(circuit, to), through,
			   &path, &err)) {
		assert_int_equal(err.status, CAROM_ERROR_NOT_FOUND);
		assert_null(path.nets);
		return strcpy(all, err.text);
	}
	end += sprintf(end, "%s", carom_net_name(circuit, path.nets[0]));
	for (size_t i = 0; i < path.length; i++)
		end += sprintf(end, " -%s- %s", carom_element_name(circuit, path.elements[i]),
			       carom_net_name(circuit, path.nets[i + 1]));
	carom_path_release(&path);
	assert_null(path.elements);
	return all;
}

static void a_net_knows_its_pins(void **state)
{
	assert_string_equal(pins_of(*state, "c"), "r1.1 q1.0 r4.1 ");
	assert_string_equal(pins_of(*state, "0"), "vcc.1 vin.1 q1.2 ");
}

static void an_element_knows_its_nets_and_kind(void **state)
{
	struct carom_element q1 = element_called(*state, "q1");
	size_t count;
	const struct carom_net *nets = carom_element_nets(*state, q1, &count);

	assert_int_equal(count, 3);
	assert_string_equal(carom_net_name(*state, nets[1]), "b");
	assert_int_equal(carom_element_kind(*state, q1), 'q');
	assert_int_equal(carom_element_kind(*state, (struct carom_element){99}), 0);
	assert_null(carom_element_nets(*state, (struct carom_element){99}, &count));
	assert_int_equal(count, 0);
	assert_string_equal(carom_kind_name('q'), "bipolar transistor");
	assert_string_equal(carom_kind_name('Q'), "bipolar transistor");
	assert_null(carom_kind_name('*'));
}

static void a_supply_is_tied_to_ground_by_a_voltage_source(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = import_deck("t\nv1 a b 1\nv2 0 0 1\nv3 0 c 1\ni1 d 0 1\n");

	assert_true(carom_net_is_supply(*state, net_called(*state, "vcc"), &err));
	assert_true(carom_net_is_supply(*state, net_called(*state, "in"), &err));
	assert_false(carom_net_is_supply(*state, net_called(*state, "b"), &err));
	assert_false(carom_net_is_supply(*state, net_called(*state, "0"), &err));
	assert_false(carom_net_is_supply(c, net_called(c, "a"), &err));
	assert_false(carom_net_is_supply(c, net_called(c, "0"), &err));
	assert_true(carom_net_is_supply(c, net_called(c, "c"), &err));
	assert_false(carom_net_is_supply(c, net_called(c, "d"), &err));
	assert_ok(&err);
	carom_circuit_free(c);
}

static void neighbours_are_found_through_the_nets_one_chooses(void **state)
{
	assert_string_equal(nets_near(*state, "c", CAROM_THROUGH_NETS), "vcc b x ");
	assert_string_equal(nets_near(*state, "c", CAROM_THROUGH_SIGNALS), "b x ");
	assert_string_equal(nets_near(*state, "c", CAROM_THROUGH_ALL), "0 vcc b x ");
	assert_string_equal(elements_near(*state, "q1", CAROM_THROUGH_NETS), "r1 r2 r4 ");
	assert_string_equal(elements_near(*state, "q1", CAROM_THROUGH_ALL), "vcc vin r1 r2 r4 ");
	assert_string_equal(elements_near(*state, "r1", CAROM_THROUGH_NETS), "vcc q1 r3 r4 ");
	assert_string_equal(elements_near(*state, "r1", CAROM_THROUGH_SIGNALS), "q1 r4 ");
	assert_string_equal(elements_near(*state, "k1", CAROM_THROUGH_ALL), "");
}

static void a_path_avoids_ground_and_supplies_unless_told(void **state)
{
	assert_string_equal(path_between(*state, "in", "x", CAROM_THROUGH_NETS),
			    "in -r2- b -q1- c -r4- x");
	assert_string_equal(path_between(*state, "in", "x", CAROM_THROUGH_ALL),
			    "in -vin- 0 -vcc- vcc -r3- x");
	assert_string_equal(path_between(*state, "x", "b", CAROM_THROUGH_SIGNALS),
			    "x -r4- c -q1- b");
	assert_string_equal(path_between(*state, "vcc", "0", CAROM_THROUGH_SIGNALS), "vcc -vcc- 0");
	assert_string_equal(path_between(*state, "c", "c", CAROM_THROUGH_NETS), "c");
	assert_string_equal(path_between(*state, "c", "p", CAROM_THROUGH_ALL),
			    "no path from c to p");
}

static void components_depend_on_the_nets_one_looks_through(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_net c = net_called(*state, "c"), p = net_called(*state, "p");

	assert_int_equal(carom_circuit_component_count(*state, CAROM_THROUGH_ALL, &err), 2);
	assert_int_equal(carom_net_component(*state, c, CAROM_THROUGH_ALL, &err), 0);
	assert_int_equal(carom_net_component(*state, p, CAROM_THROUGH_ALL, &err), 1);
	/* ground; vcc c in b x; p q */
	assert_int_equal(carom_circuit_component_count(*state, CAROM_THROUGH_NETS, &err), 3);
	assert_int_equal(carom_net_component(*state, c, CAROM_THROUGH_NETS, &err), 1);
	/* ground, vcc, in; c b x; p q */
	assert_int_equal(carom_circuit_component_count(*state, CAROM_THROUGH_SIGNALS, &err), 5);
	assert_ok(&err);
}

static void an_element_is_in_the_component_of_its_open_nets(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	uint32_t of_c =
		carom_net_component(*state, net_called(*state, "c"), CAROM_THROUGH_SIGNALS, &err);
	uint32_t of_vcc =
		carom_net_component(*state, net_called(*state, "vcc"), CAROM_THROUGH_SIGNALS, &err);

	assert_int_equal(carom_element_component(*state, element_called(*state, "r1"),
						 CAROM_THROUGH_SIGNALS, &err),
			 of_c);
	assert_int_equal(carom_element_component(*state, element_called(*state, "vcc"),
						 CAROM_THROUGH_SIGNALS, &err),
			 of_vcc);
	assert_int_equal(carom_element_component(*state, element_called(*state, "k1"),
						 CAROM_THROUGH_ALL, &err),
			 CAROM_NO_INDEX);
	assert_ok(&err);
}

static void elements_come_by_kind(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;
	const struct carom_element *found =
		carom_circuit_elements_of_kind(*state, 'R', &count, &err);

	assert_int_equal(count, 5);
	assert_string_equal(carom_element_name(*state, found[0]), "r1");
	assert_string_equal(carom_element_name(*state, found[4]), "r9");
	assert_non_null(carom_circuit_elements_of_kind(*state, 'z', &count, &err));
	assert_int_equal(count, 0);
	assert_ok(&err);
	assert_null(carom_circuit_elements_of_kind(*state, '*', &count, &err));
	assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
}

static void what_is_not_of_the_circuit_is_refused(void **state)
{
	const struct carom_net no_net = {77};
	const struct carom_element no_element = {77};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_net *nets;
	struct carom_element *elements;
	struct carom_path path;
	size_t count;

	assert_null(carom_net_pins(*state, no_net, &count, &err));
	assert_string_equal(err.text, "the net is not one of this circuit");
	assert_int_equal(
		carom_net_neighbours(*state, no_net, CAROM_THROUGH_ALL, &nets, &count, NULL),
		CAROM_ERROR_ARGUMENT);
	carom_error_clear(&err);
	assert_int_equal(carom_element_neighbours(*state, no_element, CAROM_THROUGH_ALL, &elements,
						  &count, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "the element is not one of this circuit");
	assert_int_equal(carom_net_path(*state, no_net, (struct carom_net){0}, CAROM_THROUGH_ALL,
					&path, NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_net_component(*state, no_net, CAROM_THROUGH_ALL, NULL),
			 CAROM_NO_INDEX);
	carom_error_clear(&err);
	assert_int_equal(carom_circuit_component_count(*state, (enum carom_through)9, &err), 0);
	assert_string_equal(err.text, "9 is no choice of nets to look through");
}

/* ---- edits ---- */

static void an_edit_drops_what_was_found_out(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = carom_circuit_new("t", &err);
	struct carom_net a = carom_net(c, "a", &err), b;
	size_t count;

	(void)state;
	assert_int_equal(carom_net_degree(c, a, &err), 0);
	assert_non_null(c->graph);
	carom_add_resistor(c, "r1", a, carom_circuit_ground(c), 1, &err);
	assert_null(c->graph);
	assert_int_equal(carom_net_degree(c, a, &err), 1);
	b = carom_net(c, "b", &err);
	assert_null(c->graph);
	assert_int_equal(carom_circuit_component_count(c, CAROM_THROUGH_ALL, &err), 2);
	carom_add_element(c, "r2 a b 1k", &err);
	assert_int_equal(carom_circuit_component_count(c, CAROM_THROUGH_ALL, &err), 1);
	assert_int_equal(carom_net_degree(c, b, &err), 1);
	carom_circuit_breadth_first(c, &count, &err);
	assert_int_equal(count, 2);
	assert_ok(&err);
	carom_circuit_free(c);
}

static void removing_and_reconnecting_drop_it_too(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;

	assert_string_equal(pins_of(*state, "c"), "r1.1 q1.0 r4.1 ");
	carom_circuit_mark(*state, &err);
	carom_element_remove(*state, element_called(*state, "r1"), &err);
	assert_string_equal(pins_of(*state, "c"), "q1.0 r4.1 ");
	assert_string_equal(nets_near(*state, "c", CAROM_THROUGH_NETS), "b x ");
	carom_element_reconnect(*state, element_called(*state, "r4"), 1, net_called(*state, "p"),
				&err);
	assert_string_equal(pins_of(*state, "c"), "q1.0 ");
	assert_string_equal(pins_of(*state, "p"), "r4.1 r9.0 ");
	carom_circuit_elements_of_kind(*state, 'r', &count, &err);
	assert_int_equal(count, 4);
	carom_circuit_breadth_first(*state, &count, &err);
	assert_int_equal(count, 8);
	carom_circuit_rollback(*state, &err);
	assert_string_equal(pins_of(*state, "c"), "r1.1 q1.0 r4.1 ");
	carom_circuit_elements_of_kind(*state, 'r', &count, &err);
	assert_int_equal(count, 5);
	assert_ok(&err);
}

static void a_new_value_drops_nothing(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	size_t count;
	const struct carom_pin *pins =
		carom_net_pins(*state, net_called(*state, "c"), &count, &err);

	carom_element_set_value(*state, element_called(*state, "r1"), 2e3, &err);
	assert_ptr_equal(carom_net_pins(*state, net_called(*state, "c"), &count, &err), pins);
	carom_net(*state, "c", &err); /* which is there already */
	assert_ptr_equal(carom_net_pins(*state, net_called(*state, "c"), &count, &err), pins);
	assert_ok(&err);
}

/* ---- random circuits against plain models ---- */

enum { MAX_NETS = 24, MAX_ELEMENTS = 60, FAR = 1000 };

struct sample {
	struct carom_circuit *circuit;
	uint32_t n_nets, n_elements;
	enum carom_through through;
	bool is_open[MAX_NETS];
	bool is_near[MAX_NETS][MAX_NETS]; /* one element joins them */
	unsigned distance[MAX_NETS][MAX_NETS];
};

/* Nets are few for the elements, or many, or one of them is at nearly all elements. */
static void build_random(struct sample *model)
{
	static const char kinds[] = "rcdmvxq";
	static const unsigned n_pins[] = {2, 2, 2, 4, 2, 5, 3};
	static const char *const tails[] = {"1k", "1n", "dm", "mm", "1", "sub", "qm"};
	struct carom_error err = CAROM_ERROR_INIT;
	bool has_hub = random_bits() % 2;

	model->circuit = carom_circuit_new("random", &err);
	model->n_nets = 2 + (uint32_t)(random_bits() % (MAX_NETS - 2));
	model->n_elements = (uint32_t)(random_bits() % MAX_ELEMENTS);
	for (uint32_t n = 1; n < model->n_nets; n++) {
		char name[16];

		sprintf(name, "n%u", n);
		assert_int_equal(carom_net(model->circuit, name, &err).index, n);
	}
	for (uint32_t e = 0; e < model->n_elements; e++) {
		unsigned k = (unsigned)(random_bits() % (sizeof(kinds) - 1));
		char card[128];
		char *end = card + sprintf(card, "%c%u", kinds[k], e);

		for (unsigned p = 0; p < n_pins[k]; p++) {
			unsigned net = (unsigned)(random_bits() % model->n_nets);

			if (has_hub && random_bits() % 3 == 0)
				net = 1;
			end += net ? sprintf(end, " n%u", net) : sprintf(end, " 0");
		}
		sprintf(end, " %s", tails[k]);
		carom_add_element(model->circuit, card, &err);
	}
	assert_ok(&err);
}

/* The nets of element e, from the card's handles one by one. */
static uint32_t net_at(const struct sample *model, uint32_t e, uint32_t pin)
{
	return carom_element_net(model->circuit, (struct carom_element){e}, pin).index;
}

static uint32_t pins_at(const struct sample *model, uint32_t e)
{
	return (uint32_t)carom_element_pin_count(model->circuit, (struct carom_element){e});
}

static void find_open_nets(struct sample *model)
{
	for (uint32_t n = 0; n < model->n_nets; n++)
		model->is_open[n] = n > 0 || model->through == CAROM_THROUGH_ALL;
	for (uint32_t e = 0; e < model->n_elements; e++) {
		uint32_t a = net_at(model, e, 0), b = net_at(model, e, 1);

		if (model->through != CAROM_THROUGH_SIGNALS ||
		    carom_element_kind(model->circuit, (struct carom_element){e}) != 'v')
			continue;
		if (a == 0)
			model->is_open[b] = false;
		else if (b == 0)
			model->is_open[a] = false;
	}
}

/* Floyd and Warshall; only open nets lie inside of a path. */
static void find_distances(struct sample *model)
{
	memset(model->is_near, 0, sizeof(model->is_near));
	for (uint32_t e = 0; e < model->n_elements; e++) {
		for (uint32_t i = 0; i < pins_at(model, e); i++) {
			for (uint32_t k = 0; k < pins_at(model, e); k++)
				model->is_near[net_at(model, e, i)][net_at(model, e, k)] = true;
		}
	}
	for (uint32_t a = 0; a < model->n_nets; a++) {
		for (uint32_t b = 0; b < model->n_nets; b++)
			model->distance[a][b] = a == b ? 0 : model->is_near[a][b] ? 1 : FAR;
	}
	for (uint32_t k = 0; k < model->n_nets; k++) {
		for (uint32_t a = 0; a < model->n_nets && model->is_open[k]; a++) {
			for (uint32_t b = 0; b < model->n_nets; b++) {
				unsigned by_k = model->distance[a][k] + model->distance[k][b];

				if (by_k < model->distance[a][b])
					model->distance[a][b] = by_k;
			}
		}
	}
}

static void check_pins(const struct sample *model)
{
	struct carom_error err = CAROM_ERROR_INIT;

	for (uint32_t n = 0; n < model->n_nets; n++) {
		size_t count, at = 0;
		const struct carom_pin *pins =
			carom_net_pins(model->circuit, (struct carom_net){n}, &count, &err);

		for (uint32_t e = 0; e < model->n_elements; e++) {
			for (uint32_t p = 0; p < pins_at(model, e); p++) {
				if (net_at(model, e, p) != n)
					continue;
				assert_true(at < count);
				assert_int_equal(pins[at].element.index, e);
				assert_int_equal(pins[at++].number, p);
			}
		}
		assert_int_equal(at, count);
	}
	assert_ok(&err);
}

static void check_net_neighbours(const struct sample *model)
{
	struct carom_error err = CAROM_ERROR_INIT;

	for (uint32_t n = 0; n < model->n_nets; n++) {
		struct carom_net *nets;
		size_t count, at = 0;

		carom_net_neighbours(model->circuit, (struct carom_net){n}, model->through, &nets,
				     &count, &err);
		for (uint32_t m = 0; m < model->n_nets; m++) {
			if (m == n || !model->is_near[n][m] || !model->is_open[m])
				continue;
			assert_true(at < count);
			assert_int_equal(nets[at++].index, m);
		}
		assert_int_equal(at, count);
		free(nets);
	}
	assert_ok(&err);
}

static bool share_an_open_net(const struct sample *model, uint32_t a, uint32_t b)
{
	for (uint32_t i = 0; i < pins_at(model, a); i++) {
		for (uint32_t k = 0; k < pins_at(model, b); k++) {
			uint32_t net = net_at(model, a, i);

			if (net == net_at(model, b, k) && model->is_open[net])
				return true;
		}
	}
	return false;
}

static void check_element_neighbours(const struct sample *model)
{
	struct carom_error err = CAROM_ERROR_INIT;

	for (uint32_t e = 0; e < model->n_elements; e++) {
		struct carom_element *elements;
		size_t count, at = 0;

		carom_element_neighbours(model->circuit, (struct carom_element){e}, model->through,
					 &elements, &count, &err);
		for (uint32_t f = 0; f < model->n_elements; f++) {
			if (f == e || !share_an_open_net(model, e, f))
				continue;
			assert_true(at < count);
			assert_int_equal(elements[at++].index, f);
		}
		assert_int_equal(at, count);
		free(elements);
	}
	assert_ok(&err);
}

/* Every step of the path is one: the element joins the nets, and those inside are open. */
static void check_steps(const struct sample *model, const struct carom_path *path)
{
	for (size_t i = 0; i < path->length; i++) {
		bool has_before = false, has_after = false;
		uint32_t e = path->elements[i].index;

		for (uint32_t p = 0; p < pins_at(model, e); p++) {
			has_before |= net_at(model, e, p) == path->nets[i].index;
			has_after |= net_at(model, e, p) == path->nets[i + 1].index;
		}
		assert_true(has_before && has_after);
		assert_true(i == 0 || model->is_open[path->nets[i].index]);
	}
}

static void check_path(const struct sample *model, uint32_t a, uint32_t b)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_path path;
	int status = carom_net_path(model->circuit, (struct carom_net){a}, (struct carom_net){b},
				    model->through, &path, &err);

	if (model->distance[a][b] >= FAR) {
		assert_int_equal(status, CAROM_ERROR_NOT_FOUND);
		return;
	}
	assert_ok(&err);
	assert_int_equal(path.length, model->distance[a][b]);
	assert_int_equal(path.nets[0].index, a);
	assert_int_equal(path.nets[path.length].index, b);
	check_steps(model, &path);
	carom_path_release(&path);
}

/* Open nets are in one component exactly if there is a path; others are alone. */
static void check_components(const struct sample *model)
{
	struct carom_error err = CAROM_ERROR_INIT;
	uint32_t of[MAX_NETS], next = 0;

	for (uint32_t n = 0; n < model->n_nets; n++) {
		of[n] = carom_net_component(model->circuit, (struct carom_net){n}, model->through,
					    &err);
		assert_true(of[n] <= next);
		next += of[n] == next;
		for (uint32_t m = 0; m < n; m++) {
			bool is_one = model->is_open[n] && model->is_open[m] &&
				      model->distance[n][m] < FAR;

			assert_int_equal(of[n] == of[m], is_one);
		}
	}
	assert_int_equal(carom_circuit_component_count(model->circuit, model->through, &err), next);
	assert_ok(&err);
}

/* Distance of an element from ground: that of its nearest net. */
static unsigned distance_of(const struct sample *model, uint32_t e)
{
	unsigned least = FAR;

	for (uint32_t p = 0; p < pins_at(model, e); p++) {
		unsigned distance = model->distance[0][net_at(model, e, p)];

		least = distance < least ? distance : least;
	}
	return least;
}

static void check_order(const struct sample *model)
{
	struct carom_error err = CAROM_ERROR_INIT;
	bool is_seen[MAX_ELEMENTS] = {false};
	size_t count;
	const struct carom_element *order =
		carom_circuit_breadth_first(model->circuit, &count, &err);
	unsigned last = 0;

	assert_ok(&err);
	assert_int_equal(count, model->n_elements);
	for (size_t i = 0; i < count; i++) {
		unsigned distance = distance_of(model, order[i].index);

		assert_false(is_seen[order[i].index]);
		is_seen[order[i].index] = true;
		assert_true(distance >= last);
		last = distance;
	}
}

static void random_circuits_agree_with_plain_models(void **state)
{
	(void)state;
	for (unsigned round = 0; round < 60; round++) {
		struct sample model = {0};

		build_random(&model);
		check_pins(&model);
		for (unsigned t = 0; t < N_THROUGH; t++) {
			model.through = (enum carom_through)t;
			find_open_nets(&model);
			find_distances(&model);
			check_net_neighbours(&model);
			check_element_neighbours(&model);
			check_components(&model);
			for (uint32_t a = 0; a < model.n_nets; a++) {
				for (uint32_t b = 0; b < model.n_nets; b++)
					check_path(&model, a, b);
			}
		}
		check_order(&model); /* the distances are those through all nets */
		carom_circuit_free(model.circuit);
	}
}

/* ---- memory ---- */

/* Every question once, to a circuit that knows nothing yet. */
static int ask_all(void *arg)
{
	struct carom_circuit *circuit = arg;
	struct carom_error err = CAROM_ERROR_INIT;
	const struct carom_net c = carom_circuit_find_net(circuit, "c");
	struct carom_net *nets;
	struct carom_element *elements;
	struct carom_path path;
	size_t count;

	circuit_touch(circuit);
	if (carom_net_neighbours(circuit, c, CAROM_THROUGH_ALL, &nets, &count, &err) == CAROM_OK)
		free(nets);
	if (!err.status &&
	    carom_element_neighbours(circuit, element_called(circuit, "q1"), CAROM_THROUGH_ALL,
				     &elements, &count, &err) == CAROM_OK)
		free(elements);
	if (!err.status && carom_net_path(circuit, c, carom_circuit_ground(circuit),
					  CAROM_THROUGH_ALL, &path, &err) == CAROM_OK)
		carom_path_release(&path);
	if (!err.status)
		carom_circuit_component_count(circuit, CAROM_THROUGH_SIGNALS, &err);
	if (!err.status)
		carom_circuit_breadth_first(circuit, &count, &err);
	if (!err.status)
		carom_circuit_elements_of_kind(circuit, 'r', &count, &err);
	return (int)err.status;
}

static void each_allocation_may_fail(void **state)
{
	assert_survives_no_memory(ask_all, *state);
}

#define amplifier_test(name) cmocka_unit_test_setup_teardown(name, open_amplifier, close_circuit)

int main(void)
{
	const struct CMUnitTest tests[] = {
		amplifier_test(a_net_knows_its_pins),
		amplifier_test(an_element_knows_its_nets_and_kind),
		amplifier_test(a_supply_is_tied_to_ground_by_a_voltage_source),
		amplifier_test(neighbours_are_found_through_the_nets_one_chooses),
		amplifier_test(a_path_avoids_ground_and_supplies_unless_told),
		amplifier_test(components_depend_on_the_nets_one_looks_through),
		amplifier_test(an_element_is_in_the_component_of_its_open_nets),
		amplifier_test(elements_come_by_kind),
		amplifier_test(what_is_not_of_the_circuit_is_refused),
		cmocka_unit_test(an_edit_drops_what_was_found_out),
		amplifier_test(removing_and_reconnecting_drop_it_too),
		amplifier_test(a_new_value_drops_nothing),
		cmocka_unit_test(random_circuits_agree_with_plain_models),
		amplifier_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
