/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The circuit as a picture in Graphviz's language, laid out as people draw circuits: supplies
 * above, ground and negative supplies below, and what lies between in the order of its voltage, as
 * far as that can be told from the connections alone.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "graph.h"

enum { N_SWEEPS = 100, HUB_DEGREE = 4 };

struct drawing {
	const struct carom_circuit *circuit;
	size_t n_nets, n_elements;
	double *height; /* per net, from -1 to 1 */
	double *sum;    /* per net, of the heights that pull at it in a sweep */
	unsigned *n_sum;
	bool *is_fixed;  /* per net: ground and supplies */
	bool *is_symbol; /* per net: drawn at each pin anew */
	struct carom_error *err;
};

/* Does current flow through the pin, or does it only control: base, gate, controlling nets? */
static bool is_control(char kind, size_t pin)
{
	if (strchr("qmjz", kind))
		return pin == 1;
	return strchr("egs", kind) && pin >= 2;
}

/* ---- heights ---- */

static double element_height(const struct drawing *drawing, struct carom_element element)
{
	char kind = carom_element_kind(drawing->circuit, element);
	double sum = 0;
	size_t count, n = 0;
	const struct carom_net *nets = carom_element_nets(drawing->circuit, element, &count);

	for (size_t i = 0; i < count; i++) {
		if (!is_control(kind, i)) {
			sum += drawing->height[nets[i].index];
			n++;
		}
	}
	return n ? sum / (double)n : 0;
}

/* A supply is as high as its sign; the source's other net is ground, which is 0. */
static void fix_supplies(struct drawing *drawing)
{
	const struct carom_circuit *circuit = drawing->circuit;
	size_t count;
	const struct carom_element *sources =
		carom_circuit_elements_of_kind(circuit, 'v', &count, drawing->err);

	drawing->is_fixed[0] = drawing->is_symbol[0] = true;
	for (size_t i = 0; i < count; i++) {
		size_t n_nets;
		const struct carom_net *nets = carom_element_nets(circuit, sources[i], &n_nets);
		struct carom_net net = nets[nets[0].index == 0 ? 1 : 0];
		double value = 1;

		if (!carom_net_is_supply(circuit, net, drawing->err) || net.index == 0)
			continue;
		carom_element_value(circuit, sources[i], &value, NULL);
		drawing->is_fixed[net.index] = value != 0;
		drawing->height[net.index] = (value > 0) - (value < 0);
		if (nets[0].index == 0)
			drawing->height[net.index] = -drawing->height[net.index];
		drawing->is_symbol[net.index] =
			carom_net_degree(circuit, net, drawing->err) >= HUB_DEGREE;
	}
}

/* Each net goes to the mean of the elements that conduct to it, as if they were equal resistors. */
static void sweep(struct drawing *drawing)
{
	memset(drawing->sum, 0, drawing->n_nets * sizeof(*drawing->sum));
	memset(drawing->n_sum, 0, drawing->n_nets * sizeof(*drawing->n_sum));
	for (uint32_t e = 0; e < drawing->n_elements; e++) {
		struct carom_element element = {e};
		char kind = carom_element_kind(drawing->circuit, element);
		double height = element_height(drawing, element);
		size_t count;
		const struct carom_net *nets =
			carom_element_nets(drawing->circuit, element, &count);

		for (size_t i = 0; i < count; i++) {
			if (!is_control(kind, i)) {
				drawing->sum[nets[i].index] += height;
				drawing->n_sum[nets[i].index]++;
			}
		}
	}
	for (size_t n = 0; n < drawing->n_nets; n++) {
		if (!drawing->is_fixed[n] && drawing->n_sum[n])
			drawing->height[n] = drawing->sum[n] / drawing->n_sum[n];
	}
}

/* ---- words ---- */

/* A name between quotes. */
static void print_quoted(const char *text)
{
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putchar('\\');
		putchar(*text);
	}
}

/* 4700 as "4.7k". */
static void print_value(double value)
{
	static const char *const suffixes[] = {"f", "p", "n", "u", "m", "", "k", "meg", "g", "t"};
	int third = value != 0 ? (int)floor(log10(fabs(value)) / 3 + 1e-9) : 0;

	if (third < -5 || third > 4)
		printf("%.4g", value);
	else
		printf("%.4g%s", value / pow(10, 3 * third), suffixes[third + 5]);
}

/* ---- nodes ---- */

static const char *shape_of(char kind)
{
	static const struct {
		const char *kinds, *attributes;
	} shapes[] = {
		{"r", "shape=box, fillcolor=\"#fdf6e3\""},
		{"c", "shape=box, style=\"filled,rounded\", fillcolor=\"#e8f1fa\""},
		{"l", "shape=box, style=\"filled,rounded\", fillcolor=\"#e6f4ea\""},
		{"vi", "shape=circle, fillcolor=\"#fde9d9\""},
		{"befgh", "shape=diamond, fillcolor=\"#fde9d9\""},
		{"d", "shape=invtriangle, fillcolor=\"#f3e8fd\""},
		{"qmjz", "shape=ellipse, fillcolor=\"#f3e8fd\""},
		{"sw", "shape=hexagon, fillcolor=\"#ffffff\""},
		{"topuy", "shape=cds, fillcolor=\"#ffffff\""},
		{"x", "shape=box3d, fillcolor=\"#eeeeee\""},
	};

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (strchr(shapes[i].kinds, kind))
			return shapes[i].attributes;
	}
	return "shape=component, fillcolor=\"#eeeeee\"";
}

static void draw_element(const struct drawing *drawing, struct carom_element element)
{
	const struct carom_circuit *circuit = drawing->circuit;
	const struct carom_circuit *inside = carom_element_subcircuit(circuit, element);
	double value;

	printf("\te%u [%s, label=\"", element.index,
	       shape_of(carom_element_kind(circuit, element)));
	print_quoted(carom_element_name(circuit, element));
	if (inside) {
		printf("\\n");
		print_quoted(carom_circuit_title(inside));
	} else if (carom_element_value(circuit, element, &value, NULL) == CAROM_OK) {
		printf("\\n");
		print_value(value);
	}
	printf("\"];\n");
}

static void draw_net(const struct drawing *drawing, struct carom_net net)
{
	printf("\tn%u [shape=plain, fontcolor=\"#1f4e79\", label=\"", net.index);
	print_quoted(carom_net_name(drawing->circuit, net));
	printf("\"];\n");
}

/* ---- pins ---- */

/* Ground and supplies have a symbol of their own at each pin. */
static void draw_symbol(const struct drawing *drawing, struct carom_net net, const char *id)
{
	if (net.index == 0) {
		printf("\t%s [shape=invtriangle, label=\"\", width=0.16, height=0.12, "
		       "fillcolor=\"#555555\"];\n",
		       id);
		return;
	}
	printf("\t%s [shape=underline, fontcolor=\"#a61c00\", height=0.2, width=0.3, "
	       "margin=0.02, fillcolor=white, label=\"",
	       id);
	print_quoted(carom_net_name(drawing->circuit, net));
	printf("\"];\n");
}

/* An edge from what is above to what is below. */
static void draw_pin(const struct drawing *drawing, struct carom_element element, size_t pin,
		     struct carom_net net)
{
	double net_height = drawing->height[net.index];
	double height = element_height(drawing, element);
	bool is_above = net_height > height || (net_height == height && pin == 0);
	bool is_weak = is_control(carom_element_kind(drawing->circuit, element), pin);
	char id[40];

	if (drawing->is_symbol[net.index]) {
		snprintf(id, sizeof(id), "s%u_%zu", element.index, pin);
		draw_symbol(drawing, net, id);
	} else {
		snprintf(id, sizeof(id), "n%u", net.index);
	}
	if (is_above)
		printf("\t%s -> e%u", id, element.index);
	else
		printf("\te%u -> %s", element.index, id);
	printf("%s;\n", is_weak ? " [style=dashed, weight=0, minlen=0]" : "");
}

static void draw(const struct drawing *drawing)
{
	const struct carom_circuit *circuit = drawing->circuit;

	printf("digraph \"");
	print_quoted(carom_circuit_title(circuit));
	printf("\" {\n"
	       "\tgraph [rankdir=TB, nodesep=0.2, ranksep=0.25, splines=true];\n"
	       "\tnode [fontname=Helvetica, fontsize=10, style=filled, color=\"#555555\", "
	       "fillcolor=white, height=0.3, width=0.5, margin=\"0.06,0.03\"];\n"
	       "\tedge [dir=none, color=\"#555555\"];\n");
	for (uint32_t n = 0; n < drawing->n_nets; n++) {
		if (!drawing->is_symbol[n] &&
		    carom_net_degree(circuit, (struct carom_net){n}, drawing->err) > 0)
			draw_net(drawing, (struct carom_net){n});
	}
	for (uint32_t e = 0; e < drawing->n_elements; e++) {
		struct carom_element element = {e};
		size_t count;
		const struct carom_net *nets = carom_element_nets(circuit, element, &count);

		if (!carom_element_kind(circuit, element))
			continue;
		draw_element(drawing, element);
		for (size_t i = 0; i < count; i++)
			draw_pin(drawing, element, i, nets[i]);
	}
	printf("}\n");
}

int graph_draw(const struct carom_circuit *circuit, struct carom_error *err)
{
	size_t n_nets = carom_circuit_net_count(circuit);
	struct drawing drawing = {.circuit = circuit,
				  .n_nets = n_nets,
				  .n_elements = carom_circuit_element_count(circuit),
				  .height = calloc(n_nets, sizeof(double)),
				  .sum = calloc(n_nets, sizeof(double)),
				  .n_sum = calloc(n_nets, sizeof(unsigned)),
				  .is_fixed = calloc(n_nets, sizeof(bool)),
				  .is_symbol = calloc(n_nets, sizeof(bool)),
				  .err = err};

	if (!drawing.height || !drawing.sum || !drawing.n_sum || !drawing.is_fixed ||
	    !drawing.is_symbol)
		err->status = CAROM_ERROR_MEMORY;
	if (err->status == CAROM_OK)
		fix_supplies(&drawing);
	for (unsigned i = 0; i < N_SWEEPS && err->status == CAROM_OK; i++)
		sweep(&drawing);
	if (err->status == CAROM_OK)
		draw(&drawing);
	free(drawing.height);
	free(drawing.sum);
	free(drawing.n_sum);
	free(drawing.is_fixed);
	free(drawing.is_symbol);
	return (int)err->status;
}
