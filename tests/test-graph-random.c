/* SPDX-License-Identifier: BSD-3-Clause */
/* Questions to the graphs of random circuits, against plain models. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "circuit/graph.h"
#include "support-circuit.h"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_circuits_agree_with_plain_models),
	};

	return run_all_tests(tests);
}
