/* SPDX-License-Identifier: BSD-3-Clause */
/* What carom graph says about a circuit, a net, an element, a path. */
#include <stdlib.h>
#include <string.h>

#include "graph.h"

enum { MAX_HUBS = 8 };

/* ---- names ---- */

static json_t *element_name(const struct carom_circuit *circuit, struct carom_element element)
{
	return json_string(carom_element_name(circuit, element));
}

static json_t *net_name(const struct carom_circuit *circuit, struct carom_net net)
{
	return json_string(carom_net_name(circuit, net));
}

static json_t *element_names(const struct carom_circuit *circuit,
			     const struct carom_element *elements, size_t count)
{
	json_t *names = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(names, element_name(circuit, elements[i]));
	return names;
}

static json_t *net_names(const struct carom_circuit *circuit, const struct carom_net *nets,
			 size_t count)
{
	json_t *names = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(names, net_name(circuit, nets[i]));
	return names;
}

static json_t *fail(struct carom_error *err, enum carom_status status, const char *what,
		    const char *name)
{
	err->status = status;
	snprintf(err->text, sizeof(err->text), "there is no %s \"%s\"", what, name);
	return NULL;
}

/* ---- the whole ---- */

static json_t *large_number(uint64_t value)
{
	return value <= INT64_MAX ? json_integer((json_int_t)value) : json_real((double)value);
}

static json_t *kinds_of(const struct carom_statistics *statistics, bool is_flat)
{
	json_t *kinds = json_object();

	for (unsigned k = 0; k < 26; k++) {
		const char name[2] = {(char)('a' + k), '\0'};
		uint64_t count = is_flat ? statistics->flat_by_kind[k] : statistics->by_kind[k];

		if (count > 0)
			json_object_set_new(kinds, name, large_number(count));
	}
	return kinds;
}

struct hub {
	struct carom_net net;
	size_t degree;
};

static int compare_hubs(const void *a, const void *b)
{
	const struct hub *left = a, *right = b;

	if (left->degree != right->degree)
		return left->degree < right->degree ? 1 : -1;
	return left->net.index < right->net.index ? -1 : 1;
}

/* The nets of highest degree, ground among them. */
static json_t *hubs_of(const struct carom_circuit *circuit, struct carom_error *err)
{
	size_t n_nets = carom_circuit_net_count(circuit);
	struct hub *hubs = calloc(n_nets, sizeof(*hubs));
	json_t *list = json_object();

	for (uint32_t n = 0; hubs && n < n_nets; n++) {
		hubs[n].net.index = n;
		hubs[n].degree = carom_net_degree(circuit, hubs[n].net, err);
	}
	if (hubs)
		qsort(hubs, n_nets, sizeof(*hubs), compare_hubs);
	for (size_t i = 0; hubs && i < n_nets && i < MAX_HUBS; i++)
		json_object_set_new(list, carom_net_name(circuit, hubs[i].net),
				    json_integer((json_int_t)hubs[i].degree));
	free(hubs);
	return list;
}

json_t *graph_order(const struct carom_circuit *circuit, struct carom_error *err)
{
	size_t count;
	const struct carom_element *order = carom_circuit_breadth_first(circuit, &count, err);

	if (!order)
		return NULL;
	return json_pack("{s:o}", "order", element_names(circuit, order, count));
}

static json_t *components_of(const struct carom_circuit *circuit, struct carom_error *err)
{
	static const struct {
		const char *name;
		enum carom_through through;
	} choices[] = {{"all", CAROM_THROUGH_ALL},
		       {"without_ground", CAROM_THROUGH_NETS},
		       {"signals", CAROM_THROUGH_SIGNALS}};
	json_t *components = json_object();

	for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
		size_t count = carom_circuit_component_count(circuit, choices[i].through, err);

		json_object_set_new(components, choices[i].name, json_integer((json_int_t)count));
	}
	return components;
}

static json_t *degrees_of(const struct carom_statistics *s)
{
	return json_pack("{s:I, s:I, s:I}", "min", (json_int_t)s->degree_min, "median",
			 (json_int_t)s->degree_median, "max", (json_int_t)s->degree_max);
}

static json_t *flat_sizes(const struct carom_statistics *s)
{
	return json_pack("{s:o, s:o}", "nets", large_number(s->flat_nets), "elements",
			 large_number(s->flat_elements));
}

json_t *graph_summary(const struct carom_circuit *circuit, struct carom_error *err)
{
	struct carom_statistics s;
	json_t *summary;

	if (carom_circuit_statistics(circuit, &s, err))
		return NULL;
	summary = json_pack("{s:s, s:I, s:I, s:o, s:I, s:o, s:I, s:o, s:o, s:o, s:o, s:o}", "title",
			    carom_circuit_title(circuit), "nets", (json_int_t)s.nets, "elements",
			    (json_int_t)s.elements, "kinds", kinds_of(&s, false), "subcircuits",
			    (json_int_t)s.subcircuits, "instances", large_number(s.instances),
			    "depth", (json_int_t)s.depth, "flat", flat_sizes(&s), "flat_kinds",
			    kinds_of(&s, true), "components", components_of(circuit, err),
			    "degrees", degrees_of(&s), "hubs", hubs_of(circuit, err));
	if (err->status == CAROM_OK)
		return summary;
	json_decref(summary);
	return NULL;
}

/* ---- a net ---- */

/* "q1.2" */
static json_t *pin_names(const struct carom_circuit *circuit, const struct carom_pin *pins,
			 size_t count)
{
	json_t *names = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(
			names, json_sprintf("%s.%u", carom_element_name(circuit, pins[i].element),
					    pins[i].number + 1));
	return names;
}

json_t *graph_net(const struct carom_circuit *circuit, const char *name, enum carom_through through,
		  struct carom_error *err)
{
	struct carom_net net = carom_circuit_find_net(circuit, name), *near;
	const struct carom_pin *pins;
	size_t n_pins, n_near;
	json_t *answer;

	if (!carom_net_is_valid(net))
		return fail(err, CAROM_ERROR_NOT_FOUND, "net", name);
	pins = carom_net_pins(circuit, net, &n_pins, err);
	if (!pins || carom_net_neighbours(circuit, net, through, &near, &n_near, err))
		return NULL;
	answer = json_pack(
		"{s:o, s:I, s:b, s:I, s:o, s:o}", "net", net_name(circuit, net), "degree",
		(json_int_t)n_pins, "supply", carom_net_is_supply(circuit, net, err), "component",
		(json_int_t)carom_net_component(circuit, net, through, err), "pins",
		pin_names(circuit, pins, n_pins), "neighbours", net_names(circuit, near, n_near));
	free(near);
	return answer;
}

/* ---- an element ---- */

json_t *graph_element(const struct carom_circuit *circuit, const char *path,
		      enum carom_through through, struct carom_error *err)
{
	const struct carom_circuit *where = circuit;
	struct carom_element element = carom_circuit_find_path(circuit, path, &where), *near;
	const struct carom_circuit *inside = carom_element_subcircuit(where, element);
	const struct carom_net *nets;
	size_t n_nets, n_near;
	json_t *answer;

	if (!carom_element_is_valid(element))
		return fail(err, CAROM_ERROR_NOT_FOUND, "element", path);
	if (carom_element_neighbours(where, element, through, &near, &n_near, err))
		return NULL;
	nets = carom_element_nets(where, element, &n_nets);
	answer = json_pack("{s:s, s:s, s:o, s:o}", "element", path, "kind",
			   carom_kind_name(carom_element_kind(where, element)), "nets",
			   net_names(where, nets, n_nets), "neighbours",
			   element_names(where, near, n_near));
	if (inside)
		json_object_set_new(answer, "subcircuit", json_string(carom_circuit_title(inside)));
	free(near);
	return answer;
}

/* ---- a path ---- */

json_t *graph_path(const struct carom_circuit *circuit, const char *from, const char *to,
		   enum carom_through through, struct carom_error *err)
{
	struct carom_net a = carom_circuit_find_net(circuit, from);
	struct carom_net b = carom_circuit_find_net(circuit, to);
	struct carom_path path;
	json_t *steps, *answer;

	if (!carom_net_is_valid(a) || !carom_net_is_valid(b))
		return fail(err, CAROM_ERROR_NOT_FOUND, "net", carom_net_is_valid(a) ? to : from);
	if (carom_net_path(circuit, a, b, through, &path, err))
		return NULL;
	steps = net_names(circuit, path.nets, 1);
	for (size_t i = 0; i < path.length; i++) {
		json_array_append_new(steps, element_name(circuit, path.elements[i]));
		json_array_append_new(steps, net_name(circuit, path.nets[i + 1]));
	}
	answer = json_pack("{s:I, s:o}", "length", (json_int_t)path.length, "path", steps);
	carom_path_release(&path);
	return answer;
}

/* ---- as text ---- */

enum { KEY_COLUMN = 16, LINE_COLUMNS = 80 };

/* The value as one word, or several for a list; at is the column reached. */
static void print_word(const char *word, int *at)
{
	int length = (int)strlen(word);

	if (*at > KEY_COLUMN && *at + 1 + length > LINE_COLUMNS) {
		printf("\n%*s", KEY_COLUMN, "");
		*at = KEY_COLUMN;
	}
	*at += printf("%s%s", *at > KEY_COLUMN ? " " : "", word);
}

static void print_value(const json_t *value, const char *label, int *at)
{
	char word[512];

	if (json_is_string(value))
		snprintf(word, sizeof(word), "%s", json_string_value(value));
	else if (json_is_integer(value))
		snprintf(word, sizeof(word), "%s%s%lld", label, *label ? ":" : "",
			 (long long)json_integer_value(value));
	else if (json_is_real(value))
		snprintf(word, sizeof(word), "%s%smore than can be counted", label,
			 *label ? ":" : "");
	else
		snprintf(word, sizeof(word), "%s", json_is_true(value) ? "yes" : "no");
	print_word(word, at);
}

void graph_print(const json_t *answer)
{
	const char *key, *label;
	const json_t *value, *item;
	size_t i;

	json_object_foreach((json_t *)answer, key, value)
	{
		int at = printf("%-*s", KEY_COLUMN, key);

		for (i = 0; i < json_array_size(value); i++)
			print_value(json_array_get(value, i), "", &at);
		json_object_foreach((json_t *)value, label, item)
		{
			print_value(item, label, &at);
		}
		if (!json_is_array(value) && !json_is_object(value))
			print_value(value, "", &at);
		printf("\n");
	}
}
