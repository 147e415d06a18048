/* SPDX-License-Identifier: BSD-3-Clause */
/* Results: plots of vectors that own their columns. */
#include "sim/plot.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "sim/event.h"

#define COLUMN_ALIGNMENT 64 /* a cache line, and the widest vector register */

struct carom_vector {
	char *name;
	const char *unit; /* behind the name, in its memory */
	size_t length;
	bool is_complex;
	const double *column; /* inside memory, or elsewhere; NULL elsewhere: zeros, until moved */
	void *memory;         /* NULL: the column is elsewhere */
};

struct carom_plot {
	char *name;
	char *title;
	struct carom_vector *vectors;
	size_t n_vectors, capacity;
	int scale; /* index, < 0: none */
	struct event_list events;
};

struct carom_result {
	struct carom_plot **plots;
	size_t n_plots, capacity;
	bool is_stopped;
	void (*release)(void *memory); /* NULL: nothing is held */
	void *memory;
};

/* ---- making ---- */

struct carom_result *result_new(void)
{
	return mem_zalloc(1, sizeof(struct carom_result));
}

static void plot_free(struct carom_plot *plot)
{
	for (size_t i = 0; i < plot->n_vectors; i++) {
		mem_free(plot->vectors[i].name);
		mem_free(plot->vectors[i].memory);
	}
	event_list_release(&plot->events);
	mem_free(plot->vectors);
	mem_free(plot->name);
	mem_free(plot->title);
	mem_free(plot);
}

CAROM_API void carom_result_free(struct carom_result *result)
{
	if (!result)
		return;
	for (size_t i = 0; i < result->n_plots; i++)
		plot_free(result->plots[i]);
	if (result->release)
		result->release(result->memory);
	mem_free(result->plots);
	mem_free(result);
}

static struct carom_plot *plot_new(const char *name, const char *title, size_t n_vectors)
{
	struct carom_plot *plot = mem_zalloc(1, sizeof(*plot));

	if (!plot)
		return NULL;
	plot->name = mem_strdup(name);
	plot->title = mem_strdup(title);
	plot->vectors = mem_zalloc(n_vectors, sizeof(*plot->vectors));
	plot->capacity = n_vectors;
	plot->scale = -1;
	if (plot->name && plot->title && plot->vectors)
		return plot;
	plot_free(plot);
	return NULL;
}

struct carom_plot *result_add_plot(struct carom_result *result, const char *name, const char *title,
				   size_t n_vectors)
{
	struct carom_plot *plot;

	if (!mem_reserve(&result->plots, &result->capacity, result->n_plots + 1,
			 sizeof(*result->plots)))
		return NULL;
	plot = plot_new(name, title, n_vectors);
	if (plot)
		result->plots[result->n_plots++] = plot;
	return plot;
}

/* The column's size in bytes; SIZE_MAX: more than there can be. */
static size_t column_size(const struct carom_vector *vector)
{
	size_t size = vector->is_complex ? 2 * sizeof(double) : sizeof(double);

	return vector->length > (SIZE_MAX - COLUMN_ALIGNMENT) / size ? SIZE_MAX
								     : vector->length * size;
}

static struct carom_vector *add_vector(struct carom_plot *plot, const char *name, const char *unit,
				       bool is_complex, size_t length)
{
	struct carom_vector *vector = &plot->vectors[plot->n_vectors];
	size_t name_size = strlen(name) + 1, unit_size = strlen(unit) + 1;

	assert(plot->n_vectors < plot->capacity);
	*vector = (struct carom_vector){.length = length, .is_complex = is_complex};
	vector->name = mem_alloc(name_size + unit_size);
	if (!vector->name)
		return NULL;
	memcpy(vector->name, name, name_size);
	vector->unit = memcpy(vector->name + name_size, unit, unit_size);
	plot->n_vectors++;
	return vector;
}

double *plot_add_vector(struct carom_plot *plot, const char *name, const char *unit,
			bool is_complex, size_t length)
{
	struct carom_vector *vector = add_vector(plot, name, unit, is_complex, length);
	size_t size = vector ? column_size(vector) : SIZE_MAX;
	uintptr_t column;

	if (size != SIZE_MAX)
		vector->memory = mem_alloc(size + COLUMN_ALIGNMENT - 1);
	if (vector && !vector->memory) {
		mem_free(vector->name);
		plot->n_vectors--;
	}
	if (!vector || !vector->memory)
		return NULL;
	column = ((uintptr_t)vector->memory + COLUMN_ALIGNMENT - 1) &
		 ~(uintptr_t)(COLUMN_ALIGNMENT - 1);
	vector->column = (double *)column;
	return (double *)column;
}

bool plot_add_view(struct carom_plot *plot, const char *name, const char *unit, bool is_complex,
		   size_t length, const double *column)
{
	struct carom_vector *vector = add_vector(plot, name, unit, is_complex, length);

	if (vector)
		vector->column = column;
	return vector != NULL;
}

/* Room for a column: what follows is aligned again. */
static size_t view_size(const struct carom_vector *vector)
{
	size_t size = vector->memory ? 0 : column_size(vector);

	return size == SIZE_MAX ? size
				: (size + COLUMN_ALIGNMENT - 1) & ~(size_t)(COLUMN_ALIGNMENT - 1);
}

size_t result_view_size(const struct carom_result *result)
{
	size_t sum = 0;

	for (size_t i = 0; i < result->n_plots; i++)
		for (size_t j = 0; j < result->plots[i]->n_vectors; j++) {
			size_t size = view_size(&result->plots[i]->vectors[j]);

			if (size > SIZE_MAX - sum)
				return SIZE_MAX;
			sum += size;
		}
	return sum;
}

void result_move_views(struct carom_result *result, void *room)
{
	char *at = room;

	for (size_t i = 0; i < result->n_plots; i++)
		for (size_t j = 0; j < result->plots[i]->n_vectors; j++) {
			struct carom_vector *vector = &result->plots[i]->vectors[j];

			if (vector->memory)
				continue;
			if (vector->column)
				memcpy(at, vector->column, column_size(vector));
			else
				memset(at, 0, column_size(vector));
			vector->column = (const void *)at;
			at += view_size(vector);
		}
}

void result_hold(struct carom_result *result, void (*release)(void *memory), void *memory)
{
	assert(!result->release);
	result->release = release;
	result->memory = memory;
}

void result_set_stopped(struct carom_result *result, bool is_stopped)
{
	result->is_stopped = is_stopped;
}

void plot_set_scale(struct carom_plot *plot, int index)
{
	assert(index < (int)plot->n_vectors);
	plot->scale = index;
}

struct event_list *plot_events(struct carom_plot *plot)
{
	return &plot->events;
}

/* ---- reading ---- */

CAROM_API bool carom_result_is_stopped(const struct carom_result *result)
{
	return result && result->is_stopped;
}

CAROM_API size_t carom_result_plot_count(const struct carom_result *result)
{
	return result ? result->n_plots : 0;
}

CAROM_API const struct carom_plot *carom_result_plot(const struct carom_result *result,
						     size_t index)
{
	return result && index < result->n_plots ? result->plots[index] : NULL;
}

/* "tran" is the kind of "tran1" and "tran2". */
static bool is_kind(const char *kind, const char *plot_name)
{
	size_t length = strcspn(plot_name, "0123456789");

	return strlen(kind) == length && name_compare_n(kind, plot_name, length) == 0;
}

CAROM_API const struct carom_plot *carom_result_find_plot(const struct carom_result *result,
							  const char *name)
{
	size_t n_plots = carom_result_plot_count(result);

	for (size_t i = 0; i < n_plots; i++)
		if (name_compare(result->plots[i]->name, name) == 0)
			return result->plots[i];
	for (size_t i = 0; i < n_plots; i++)
		if (is_kind(name, result->plots[i]->name))
			return result->plots[i];
	return NULL;
}

CAROM_API const char *carom_plot_name(const struct carom_plot *plot)
{
	return plot ? plot->name : "";
}

CAROM_API const char *carom_plot_title(const struct carom_plot *plot)
{
	return plot ? plot->title : "";
}

CAROM_API size_t carom_plot_point_count(const struct carom_plot *plot)
{
	size_t longest = 0;

	if (plot && plot->scale >= 0)
		return plot->vectors[plot->scale].length;
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++)
		if (plot->vectors[i].length > longest)
			longest = plot->vectors[i].length;
	return longest;
}

CAROM_API size_t carom_plot_vector_count(const struct carom_plot *plot)
{
	return plot ? plot->n_vectors : 0;
}

CAROM_API const struct carom_vector *carom_plot_vector(const struct carom_plot *plot, size_t index)
{
	return plot && index < plot->n_vectors ? &plot->vectors[index] : NULL;
}

CAROM_API const struct carom_vector *carom_plot_scale(const struct carom_plot *plot)
{
	return !plot || plot->scale < 0 ? NULL : &plot->vectors[plot->scale];
}

CAROM_API const char *carom_vector_name(const struct carom_vector *vector)
{
	return vector ? vector->name : "";
}

CAROM_API const char *carom_vector_unit(const struct carom_vector *vector)
{
	return vector ? vector->unit : "";
}

CAROM_API bool carom_vector_is_complex(const struct carom_vector *vector)
{
	return vector && vector->is_complex;
}

CAROM_API size_t carom_vector_length(const struct carom_vector *vector)
{
	return vector ? vector->length : 0;
}

CAROM_API const double *carom_vector_real(const struct carom_vector *vector)
{
	return vector && !vector->is_complex ? vector->column : NULL;
}

CAROM_API const double *carom_vector_complex(const struct carom_vector *vector)
{
	return vector && vector->is_complex ? vector->column : NULL;
}

/* ---- finding a vector ---- */

enum quantity { QUANTITY_ANY, QUANTITY_VOLTAGE, QUANTITY_CURRENT };

/* A vector's name taken apart: "v(out)" is the voltage of "out", "v1#branch" the current of "v1". */
struct reference {
	enum quantity quantity;
	const char *name;
	size_t length;
};

static struct reference read_reference(const char *text)
{
	static const char branch[] = "#branch";
	const size_t n_branch = sizeof(branch) - 1;
	struct reference reference = {QUANTITY_ANY, text, strlen(text)};
	bool is_call = reference.length > 3 && text[1] == '(' && text[reference.length - 1] == ')';

	if (is_call && (text[0] == 'v' || text[0] == 'V'))
		reference.quantity = QUANTITY_VOLTAGE;
	else if (is_call && (text[0] == 'i' || text[0] == 'I'))
		reference.quantity = QUANTITY_CURRENT;
	if (reference.quantity != QUANTITY_ANY) {
		reference.name += 2;
		reference.length -= 3;
	} else if (reference.length > n_branch &&
		   name_compare(text + reference.length - n_branch, branch) == 0) {
		reference.quantity = QUANTITY_CURRENT;
		reference.length -= n_branch;
	}
	return reference;
}

/* A bare name is a vector of that name if there is one, else a voltage. */
static const struct carom_vector *
find_quantity(const struct carom_plot *plot, const struct reference *wanted, enum quantity quantity)
{
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		struct reference has = read_reference(plot->vectors[i].name);

		if (has.quantity == quantity && has.length == wanted->length &&
		    name_compare_n(has.name, wanted->name, has.length) == 0)
			return &plot->vectors[i];
	}
	return NULL;
}

CAROM_API const struct carom_vector *carom_plot_find_vector(const struct carom_plot *plot,
							    const char *name)
{
	struct reference wanted = read_reference(name);
	const struct carom_vector *vector = find_quantity(plot, &wanted, wanted.quantity);

	if (!vector && wanted.quantity == QUANTITY_ANY)
		vector = find_quantity(plot, &wanted, QUANTITY_VOLTAGE);
	else if (!vector) /* as RAW files say it: "v(v-sweep)", "i(@r1[i])" */
		vector = find_quantity(plot, &wanted, QUANTITY_ANY);
	return vector;
}
