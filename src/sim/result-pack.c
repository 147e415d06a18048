/* SPDX-License-Identifier: BSD-3-Clause */
/* Results as bytes and back, but for the numbers. */
#include "sim/result-pack.h"

#include <stdint.h>

#include "sim/event.h"
#include "sim/plot.h"

/* One plot, or one vector, as it is packed. */
struct plot_head {
	const char *name, *title;
	uint64_t n_vectors;
	int32_t scale;
};

struct vector_head {
	const char *name, *unit;
	bool is_complex;
	uint64_t length;
	uint64_t offset; /* of the column in the memory */
};

static void pass_plot(struct pack *pack, struct plot_head *plot)
{
	pack_borrowed(pack, &plot->name);
	pack_borrowed(pack, &plot->title);
	pack_field(pack, plot->n_vectors);
	pack_field(pack, plot->scale);
}

static void pass_vector(struct pack *pack, struct vector_head *vector)
{
	pack_borrowed(pack, &vector->name);
	pack_borrowed(pack, &vector->unit);
	pack_bool(pack, &vector->is_complex);
	pack_field(pack, vector->length);
	pack_field(pack, vector->offset);
}

/* ---- there ---- */

static int32_t scale_index(const struct carom_plot *plot)
{
	for (size_t i = 0; carom_plot_scale(plot) && i < carom_plot_vector_count(plot); i++)
		if (carom_plot_vector(plot, i) == carom_plot_scale(plot))
			return (int32_t)i;
	return -1;
}

static void pack_vector(struct pack *pack, const struct carom_vector *vector, const char *memory)
{
	const double *column = carom_vector_is_complex(vector) ? carom_vector_complex(vector)
							       : carom_vector_real(vector);
	struct vector_head head = {
		.name = carom_vector_name(vector),
		.unit = carom_vector_unit(vector),
		.is_complex = carom_vector_is_complex(vector),
		.length = carom_vector_length(vector),
		.offset = (uint64_t)((const char *)column - memory),
	};

	pass_vector(pack, &head);
}

static void pack_events(struct pack *pack, const struct carom_plot *plot)
{
	uint64_t n_nodes = carom_plot_event_count(plot);

	pack_field(pack, n_nodes);
	for (size_t i = 0; i < n_nodes; i++) {
		const struct carom_events *events = carom_plot_event(plot, i);
		const char *name = events->name;
		uint64_t n = events->n;

		pack_borrowed(pack, &name);
		pack_field(pack, n);
		for (size_t k = 0; k < n; k++) {
			double time = events->times[k];
			const char *value = events->values[k];

			pack_field(pack, time);
			pack_borrowed(pack, &value);
		}
	}
}

static void pack_plot(struct pack *pack, const struct carom_plot *plot, const char *memory)
{
	struct plot_head head = {
		.name = carom_plot_name(plot),
		.title = carom_plot_title(plot),
		.n_vectors = carom_plot_vector_count(plot),
		.scale = scale_index(plot),
	};

	pass_plot(pack, &head);
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++)
		pack_vector(pack, carom_plot_vector(plot, i), memory);
	pack_events(pack, plot);
}

void result_pack(struct pack *pack, const struct carom_result *result, const char *memory)
{
	uint64_t n = carom_result_plot_count(result);
	bool is_stopped = carom_result_is_stopped(result);

	pack_field(pack, n);
	pack_bool(pack, &is_stopped);
	for (size_t i = 0; i < n; i++)
		pack_plot(pack, carom_result_plot(result, i), memory);
}

/* ---- and back ---- */

/* Does the column lie within the memory, where doubles may lie? */
static bool is_within(const struct vector_head *head, size_t size)
{
	uint64_t item = head->is_complex ? 2 * sizeof(double) : sizeof(double);

	return head->name && head->unit && head->offset % sizeof(double) == 0 &&
	       head->offset <= size && head->length <= (size - head->offset) / item;
}

static int unpack_vector(struct pack *pack, struct carom_plot *plot, const char *memory,
			 size_t size)
{
	struct vector_head head;

	pass_vector(pack, &head);
	if (pack->failed || !is_within(&head, size))
		return CAROM_ERROR_FORMAT;
	return plot_add_view(plot, head.name, head.unit, head.is_complex, (size_t)head.length,
			     (const double *)(const void *)(memory + head.offset))
		       ? 0
		       : CAROM_ERROR_MEMORY;
}

static int unpack_node(struct pack *pack, struct event_list *list)
{
	const char *name = NULL;
	uint64_t n = 0;

	pack_borrowed(pack, &name);
	pack_field(pack, n);
	if (pack->failed || !name || n > pack->left)
		return CAROM_ERROR_FORMAT;
	if (!event_list_add(list, name, (size_t)n))
		return CAROM_ERROR_MEMORY;
	for (size_t i = 0; i < n; i++) {
		double time = 0;
		const char *value = NULL;

		pack_field(pack, time);
		pack_borrowed(pack, &value);
		if (pack->failed || !value)
			return CAROM_ERROR_FORMAT;
		if (!event_list_set(list, i, time, value))
			return CAROM_ERROR_MEMORY;
	}
	return 0;
}

static int unpack_events(struct pack *pack, struct carom_plot *plot)
{
	uint64_t n_nodes = 0;
	int status = 0;

	pack_field(pack, n_nodes);
	if (pack->failed || n_nodes > pack->left)
		return CAROM_ERROR_FORMAT;
	for (size_t i = 0; i < n_nodes && !status; i++)
		status = unpack_node(pack, plot_events(plot));
	return status;
}

static int unpack_plot(struct pack *pack, struct carom_result *result, const char *memory,
		       size_t size)
{
	struct plot_head head;
	struct carom_plot *plot;
	int status = 0;

	pass_plot(pack, &head);
	if (pack->failed || !head.name || !head.title || head.n_vectors > pack->left ||
	    head.scale < -1 || head.scale >= (int64_t)head.n_vectors)
		return CAROM_ERROR_FORMAT;
	plot = result_add_plot(result, head.name, head.title, (size_t)head.n_vectors);
	if (!plot)
		return CAROM_ERROR_MEMORY;
	for (size_t i = 0; i < head.n_vectors && !status; i++)
		status = unpack_vector(pack, plot, memory, size);
	if (!status)
		status = unpack_events(pack, plot);
	if (!status)
		plot_set_scale(plot, head.scale);
	return status;
}

int result_unpack(struct carom_result **result, struct pack *pack, const char *memory, size_t size)
{
	uint64_t n = 0;
	bool is_stopped = false;
	int status = 0;

	*result = result_new();
	if (!*result)
		return CAROM_ERROR_MEMORY;
	pack_field(pack, n);
	pack_bool(pack, &is_stopped);
	result_set_stopped(*result, is_stopped);
	if (pack->failed || n > pack->left)
		status = CAROM_ERROR_FORMAT;
	for (size_t i = 0; i < n && !status; i++)
		status = unpack_plot(pack, *result, memory, size);
	if (status) {
		carom_result_free(*result);
		*result = NULL;
	}
	return status;
}
