/* SPDX-License-Identifier: BSD-3-Clause */
/* What the nominal run gave, and the cells of corners and steps, for people and for programs. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "summary.h"

#define CELLS_SHOWN 24 /* unless details are asked for */
#define LABEL_WIDTH 30

/* ---- nominal ---- */

static void print_nominal_value(const struct summary *summary, size_t index)
{
	const struct carom_measurement_summary *m = &summary->statistics.measurements[index];
	double nominal = carom_store_nominal(summary->store, index), shift = m->mean - nominal;
	char value[24], difference[24];

	printf("%-12s %10s %12s", m->name, summary_number(nominal, value),
	       summary_number(shift, difference));
	if (m->sd > 0 && isfinite(shift))
		printf(" %9.2f\n", shift / m->sd);
	else
		printf(" %9s\n", "-");
}

void summary_print_nominal(const struct summary *summary)
{
	const char *message;
	enum carom_sample_status status = carom_store_nominal_status(summary->store, &message);

	if (status == CAROM_SAMPLE_PENDING)
		return;
	if (status != CAROM_SAMPLE_OK)
		printf("\nnominal run: %s: %s\n", carom_sample_status_text(status), message);
	if ((status != CAROM_SAMPLE_OK && status != CAROM_SAMPLE_MEASURE) ||
	    summary->statistics.n_measurements == 0)
		return;
	printf("\n%-12s %10s %12s %9s\n", "nominal", "value", "mean - value", "in sd");
	for (size_t i = 0; i < summary->statistics.n_measurements; i++)
		print_nominal_value(summary, i);
}

/* ---- cells ---- */

static bool has_cells(const struct summary *summary)
{
	return carom_store_cell_corner(summary->store, 0) ||
	       carom_store_step_count(summary->store) > 0;
}

/* "slow rl=10k" */
static const char *cell_label(const struct summary *summary, size_t cell, char *label, size_t size)
{
	const char *corner = carom_store_cell_corner(summary->store, cell);
	size_t length = 0;
	char value[24];

	length += (size_t)snprintf(label, size, "%s", corner ? corner : "");
	for (size_t i = 0; i < carom_store_step_count(summary->store) && length < size; i++)
		length += (size_t)snprintf(
			label + length, size - length, "%s%s=%s", length ? " " : "",
			carom_store_step_name(summary->store, i),
			summary_number(carom_store_step_value(summary->store, i, cell), value));
	return label;
}

static void print_share(uint64_t n_pass, uint64_t n)
{
	if (n > 0)
		printf(" %8.2f\n", 100 * (double)n_pass / (double)n);
	else
		printf(" %8s\n", "-");
}

static void print_row(const struct summary *summary, size_t index, size_t measurement)
{
	const struct carom_cell *cell = &summary->cells.list[index];
	const struct carom_cell_measurement *m = &cell->measurements[measurement];
	char label[LABEL_WIDTH + 1], mean[24], sd[24];

	printf("%-*s %8" PRIu64 " %10s %10s", LABEL_WIDTH,
	       cell_label(summary, index, label, sizeof(label)), m->n,
	       summary_number(m->mean, mean), summary_number(m->sd, sd));
	if (summary->statistics.measurements[measurement].has_spec)
		print_share(m->n_pass, cell->n_tried);
	else
		printf("\n");
}

static void print_cells_of(const struct summary *summary, size_t measurement, size_t most)
{
	const struct carom_measurement_summary *m = &summary->statistics.measurements[measurement];
	size_t n = summary->cells.n;

	printf("\n%-*s %8s %10s %10s%s\n", LABEL_WIDTH, m->name, "n", "mean", "sd",
	       m->has_spec ? "  yield %" : "");
	for (size_t i = 0; i < n && i < most; i++)
		print_row(summary, i, measurement);
	if (n > most)
		printf("and %zu more: carom summary --details\n", n - most);
}

static void print_worst_cell(const struct summary *summary)
{
	const struct carom_cells *cells = &summary->cells;
	char label[256];

	if (!cells->has_spec || cells->list[cells->worst].n_tried == 0)
		return;
	printf("\nworst of the %zu: %s, where %.2f %% meet every spec\n", cells->n,
	       cell_label(summary, cells->worst, label, sizeof(label)),
	       100 * (double)cells->list[cells->worst].n_pass /
		       (double)cells->list[cells->worst].n_tried);
}

void summary_print_cells(const struct summary *summary, const struct summary_options *options)
{
	if (!has_cells(summary))
		return;
	for (size_t i = 0; i < summary->statistics.n_measurements; i++)
		print_cells_of(summary, i, options->has_details ? SIZE_MAX : CELLS_SHOWN);
	print_worst_cell(summary);
}

/* ---- for programs ---- */

json_t *summary_nominal(const struct summary *summary)
{
	json_t *nominal = json_object_get(summary->manifest, "nominal");

	return nominal ? json_incref(nominal) : json_null();
}

static json_t *steps_to_json(const struct summary *summary, size_t cell)
{
	json_t *steps = json_object();

	for (size_t i = 0; i < carom_store_step_count(summary->store); i++)
		json_object_set_new(
			steps, carom_store_step_name(summary->store, i),
			command_json_number(carom_store_step_value(summary->store, i, cell)));
	return steps;
}

static json_t *measurements_to_json(const struct summary *summary, const struct carom_cell *cell)
{
	json_t *list = json_object();

	for (size_t i = 0; i < summary->statistics.n_measurements; i++) {
		const struct carom_measurement_summary *whole =
			&summary->statistics.measurements[i];
		const struct carom_cell_measurement *m = &cell->measurements[i];
		json_t *object = json_pack(
			"{s:I, s:o, s:o, s:o, s:o}", "n", (json_int_t)m->n, "mean",
			command_json_number(m->mean), "sd", command_json_number(m->sd), "min",
			command_json_number(m->min), "max", command_json_number(m->max));

		if (whole->has_spec) {
			json_object_set_new(object, "pass", json_integer((json_int_t)m->n_pass));
			json_object_set_new(object, "cpk", command_json_number(m->cpk));
		}
		json_object_set_new(list, whole->name, object);
	}
	return list;
}

static json_t *cell_to_json(const struct summary *summary, size_t index)
{
	const struct carom_cell *cell = &summary->cells.list[index];
	const char *corner = carom_store_cell_corner(summary->store, index);
	uint64_t first = index * carom_store_cell_samples(summary->store);
	json_t *object = json_pack("{s:s?, s:o, s:I, s:I, s:o}", "corner", corner, "steps",
				   steps_to_json(summary, index), "first", (json_int_t)first,
				   "tried", (json_int_t)cell->n_tried, "measurements",
				   measurements_to_json(summary, cell));

	if (summary->cells.has_spec)
		json_object_set_new(object, "pass", json_integer((json_int_t)cell->n_pass));
	return object;
}

void summary_add_cells(const struct summary *summary, json_t *all)
{
	json_t *cells;

	if (!has_cells(summary))
		return;
	cells = json_array();
	for (size_t i = 0; i < summary->cells.n; i++)
		json_array_append_new(cells, cell_to_json(summary, i));
	json_object_set_new(all, "cells", cells);
	if (summary->cells.has_spec)
		json_object_set_new(all, "worst_cell",
				    json_integer((json_int_t)summary->cells.worst));
}
