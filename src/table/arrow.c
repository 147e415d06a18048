/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Columns as arrays of the Arrow C data interface.  A consumer may keep a child and release the
 * rest, so each array holds what all share.  Source: the specification's text, arrow.apache.org.
 */
#include <stdatomic.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "carom-arrow.h"

/* ---- what the arrays share ---- */

struct shared {
	atomic_size_t n_holders;
	void (*release)(void *arg);
	void *arg;
};

static void let_go(struct shared *shared)
{
	if (atomic_fetch_sub(&shared->n_holders, 1) > 1)
		return;
	if (shared->release)
		shared->release(shared->arg);
	mem_free(shared);
}

/* ---- arrays ---- */

/* With its buffers: no bits of validity, and the numbers. */
struct array_memory {
	struct shared *shared;
	const void *buffers[2];
};

static void release_array(struct ArrowArray *array)
{
	struct array_memory *memory = array->private_data;

	for (int64_t i = 0; i < array->n_children; i++) {
		if (array->children[i] && array->children[i]->release)
			array->children[i]->release(array->children[i]);
		mem_free(array->children[i]);
	}
	mem_free(array->children);
	let_go(memory->shared);
	mem_free(memory);
	array->release = NULL;
}

/* data: NULL for arrays that have children in its place.  False without memory: nothing is made. */
static bool make_array(struct ArrowArray *array, struct shared *shared, const double *data,
		       size_t length, size_t n_children)
{
	struct array_memory *memory = mem_zalloc(1, sizeof(*memory));
	struct ArrowArray **children = mem_zalloc(n_children, sizeof(*children));

	if (!memory || !children) {
		mem_free(memory);
		mem_free(children);
		return false;
	}
	memory->shared = shared;
	memory->buffers[1] = data;
	atomic_fetch_add(&shared->n_holders, 1);
	*array = (struct ArrowArray){.length = (int64_t)length,
				     .n_buffers = data ? 2 : 1,
				     .n_children = (int64_t)n_children,
				     .buffers = memory->buffers,
				     .children = children,
				     .release = release_array,
				     .private_data = memory};
	return true;
}

static struct ArrowArray *add_child(struct ArrowArray *array, size_t index)
{
	return array->children[index] = mem_zalloc(1, sizeof(struct ArrowArray));
}

static bool add_column(struct ArrowArray *array, size_t index, const struct carom_column *column,
		       const double *data, size_t n_points)
{
	struct shared *shared = ((struct array_memory *)array->private_data)->shared;
	struct ArrowArray *child = add_child(array, index);

	if (!child)
		return false;
	if (!column->is_complex)
		return make_array(child, shared, data, n_points, 0);
	return make_array(child, shared, NULL, n_points, 1) && (array = child) &&
	       (child = add_child(array, 0)) && make_array(child, shared, data, 2 * n_points, 0);
}

/* ---- schemas ---- */

static void release_schema(struct ArrowSchema *schema)
{
	for (int64_t i = 0; i < schema->n_children; i++) {
		if (schema->children[i] && schema->children[i]->release)
			schema->children[i]->release(schema->children[i]);
		mem_free(schema->children[i]);
	}
	mem_free(schema->children);
	mem_free((char *)schema->name);
	mem_free((char *)schema->metadata);
	schema->release = NULL;
}

static void append_counted(struct text *text, const char *string)
{
	int32_t length = (int32_t)strlen(string);

	text_append_n(text, (const char *)&length, sizeof(length));
	text_append(text, string);
}

/* One pair, "unit" and its value, in the order of bytes of the machine; to be freed with mem_free. */
static char *make_metadata(const char *unit)
{
	struct text text = TEXT_INIT;
	int32_t n = 1;

	text_append_n(&text, (const char *)&n, sizeof(n));
	append_counted(&text, "unit");
	append_counted(&text, unit);
	return text_take(&text);
}

/* To be released even if it fails. */
static bool make_schema(struct ArrowSchema *schema, const char *format, const char *name,
			size_t n_children)
{
	*schema =
		(struct ArrowSchema){.format = format,
				     .name = mem_strdup(name),
				     .children = mem_zalloc(n_children, sizeof(*schema->children)),
				     .release = release_schema};
	if (!schema->name || !schema->children)
		return false;
	schema->n_children = (int64_t)n_children;
	return true;
}

static struct ArrowSchema *add_field(struct ArrowSchema *schema, size_t index)
{
	return schema->children[index] = mem_zalloc(1, sizeof(struct ArrowSchema));
}

static bool describe_column(struct ArrowSchema *schema, size_t index,
			    const struct carom_column *column)
{
	struct ArrowSchema *field = add_field(schema, index), *item;
	bool is_complex = column->is_complex;

	if (!field || !make_schema(field, is_complex ? "+w:2" : "g", column->name, is_complex))
		return false;
	if (column->unit && *column->unit) {
		field->metadata = make_metadata(column->unit);
		if (!field->metadata)
			return false;
	}
	if (!is_complex)
		return true;
	item = add_field(field, 0);
	return item && make_schema(item, "g", "item", 0);
}

/* ---- both ---- */

static int check_lengths(const struct carom_column *columns, size_t n_columns, size_t n_points,
			 struct carom_error *err)
{
	for (size_t i = 0; i < n_columns; i++) {
		if (columns[i].n_points < n_points)
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "%s has %zu points, not %zu\nleave it out",
					  columns[i].name, columns[i].n_points, n_points);
	}
	return CAROM_OK;
}

static bool fill(const struct carom_column *columns, const double *const *data, size_t n_columns,
		 size_t n_points, struct ArrowSchema *schema, struct ArrowArray *array)
{
	for (size_t i = 0; i < n_columns; i++) {
		if (!describe_column(schema, i, &columns[i]) ||
		    !add_column(array, i, &columns[i], data[i], n_points))
			return false;
	}
	return true;
}

CAROM_API int carom_arrow_export(const struct carom_column *columns, const double *const *data,
				 size_t n_columns, size_t n_points, void (*release)(void *arg),
				 void *arg, struct ArrowSchema *schema, struct ArrowArray *array,
				 struct carom_error *err)
{
	struct ArrowSchema described;
	struct ArrowArray filled;
	struct shared *shared;
	int status = check_lengths(columns, n_columns, n_points, err);

	if (status != CAROM_OK)
		return status;
	shared = mem_zalloc(1, sizeof(*shared));
	if (!shared || !make_array(&filled, shared, NULL, n_points, n_columns)) {
		mem_free(shared);
		return carom_fail_memory(err);
	}
	if (!make_schema(&described, "+s", "", n_columns) ||
	    !fill(columns, data, n_columns, n_points, &described, &filled)) {
		described.release(&described);
		filled.release(&filled); /* and what is shared, of which the data is not part yet */
		return carom_fail_memory(err);
	}
	shared->release = release;
	shared->arg = arg;
	*schema = described;
	*array = filled;
	return CAROM_OK;
}
