/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The layout of a plot's binary data: what the dialect would write, if the file's size or the next
 * header agrees, else what else agrees.
 */
#include <endian.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "raw/layout.h"
#include "raw/ragged.h"

/* The kinds of the first variable and of all others. */
struct shape {
	enum value_kind first, other;
};

static const struct shape doubles = {VALUE_DOUBLE, VALUE_DOUBLE};
static const struct shape floats = {VALUE_DOUBLE, VALUE_FLOAT};
static const struct shape all_floats = {VALUE_FLOAT, VALUE_FLOAT};
static const struct shape complexes = {VALUE_COMPLEX, VALUE_COMPLEX};
static const struct shape real_axis = {VALUE_DOUBLE, VALUE_COMPLEX};

enum { MOST_SHAPES = 3 };

/* What the dialect may have written, the most likely first; how many. */
static size_t list_shapes(const struct layout_question *question, struct shape shapes[MOST_SHAPES])
{
	bool is_qspice = question->dialect == CAROM_RAW_QSPICE;
	size_t n = 0;

	if (question->header->flags & HEADER_COMPLEX) {
		shapes[n++] = is_qspice ? real_axis : complexes;
		if (is_qspice)
			shapes[n++] = complexes;
	} else if (question->dialect == CAROM_RAW_LTSPICE &&
		   !(question->header->flags & HEADER_DOUBLE)) {
		shapes[n++] = floats;
		shapes[n++] = doubles;
		shapes[n++] = all_floats;
	} else {
		shapes[n++] = doubles;
	}
	return n;
}

/* Bytes of a point; 0 if there are no variables.  Each takes bytes of the header: no overflow. */
static size_t record_size(struct shape shape, size_t n_variables)
{
	if (n_variables == 0)
		return 0;
	return value_size(shape.first) + (n_variables - 1) * value_size(shape.other);
}

/* ---- what follows ---- */

static bool begins_header(const struct source *source, size_t at)
{
	bool is_wide;

	return header_text_begins(source, at, &is_wide);
}

/* By the letters that values never have, T and P. */
static size_t find_header(const struct source *source, size_t at, size_t end, char letter)
{
	while (at < end) {
		const unsigned char *found = memchr(source->bytes + at, letter, end - at);

		if (!found)
			break;
		at = (size_t)(found - source->bytes);
		if (begins_header(source, at))
			return at;
		at++;
	}
	return end;
}

size_t layout_next_header(const struct source *source, size_t at)
{
	size_t end = find_header(source, at, source->size, 'T');

	return find_header(source, at, end, 'P');
}

/* ---- which shape ---- */

/* Do the data end where the file does, or a header begins? */
static bool ends_well(const struct layout_question *question, size_t record)
{
	size_t begin = question->header->end, length;

	if (__builtin_mul_overflow(question->header->n_points, record, &length) ||
	    length > question->source->size - begin)
		return false;
	return begin + length == question->source->size ||
	       begins_header(question->source, begin + length);
}

/*
 * Points of a run that was aborted: the count is 0 but data follow.  They go up to the end of the
 * file, or to a header behind a whole number of points.
 */
static size_t count_points(const struct layout_question *question, size_t record)
{
	size_t begin = question->header->end, at = begin;

	if (record == 0)
		return 0;
	do
		at = layout_next_header(question->source, at + (at > begin));
	while (at < question->source->size && (at - begin) % record != 0);
	return (at - begin) / record;
}

static bool is_aborted(const struct layout_question *question)
{
	return question->header->n_points == 0 && question->header->end < question->source->size &&
	       !begins_header(question->source, question->header->end);
}

/* Are there more points than promised, as LTspice leaves a record of zeros, and nothing else? */
static bool has_more_points(const struct layout_question *question, size_t record)
{
	size_t left = question->source->size - question->header->end;

	return record > 0 && left % record == 0 && left / record > question->header->n_points;
}

/* The first shape with which the data end well; the first of all if there is none. */
static struct shape choose_shape(const struct layout_question *question)
{
	size_t n_variables = question->header->n_variables;
	struct shape shapes[MOST_SHAPES];
	size_t n = list_shapes(question, shapes);

	for (size_t i = 0; i < n; i++)
		if (ends_well(question, record_size(shapes[i], n_variables)))
			return shapes[i];
	for (size_t i = 0; i < n; i++)
		if (has_more_points(question, record_size(shapes[i], n_variables)))
			return shapes[i];
	return shapes[0];
}

static int cut(struct layout *layout, const struct layout_question *question, size_t n_there,
	       struct layout_finding *finding, struct carom_error *err)
{
	if (!question->accept_cut)
		return source_fail(question->source, question->source->size, err,
				   "the file ends after %zu of %zu points; accept_cut reads them",
				   n_there, layout->n_points);
	finding->n_missing = layout->n_points - n_there;
	layout->n_points = n_there;
	return 0;
}

/* Points, as many as there are, and the end. */
static int measure(struct layout *layout, const struct layout_question *question,
		   struct layout_finding *finding, struct carom_error *err)
{
	size_t left = question->source->size - layout->begin;
	size_t n_there = layout->record > 0 ? left / layout->record : question->header->n_points;
	int status = 0;

	layout->n_points = is_aborted(question) ? count_points(question, layout->record)
						: question->header->n_points;
	if (layout->n_points > n_there)
		status = cut(layout, question, n_there, finding, err);
	layout->end = layout->begin + layout->n_points * layout->record;
	if (finding->n_missing > 0)
		layout->end = question->source->size;
	return status;
}

/* ---- byte order ---- */

enum { LOOKED_AT = 512 };

/* 0, or of a size that values have: with the bytes reversed most are far from it. */
static bool is_plausible(uint64_t bits)
{
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value == 0 || (fabs(value) > 1e-60 && fabs(value) < 1e60);
}

/* Are the doubles likelier in big-endian order?  The dialect decides if both are as likely. */
static bool is_big_endian(const struct layout_question *question, const struct layout *layout)
{
	size_t n = (layout->end - layout->begin) / sizeof(double);
	int balance = question->dialect == CAROM_RAW_SPECTRE;

	for (size_t i = 0; i < n && i < LOOKED_AT; i++) {
		uint64_t bits;

		memcpy(&bits, question->source->bytes + layout->begin + i * sizeof(bits),
		       sizeof(bits));
		balance += 2 * is_plausible(be64toh(bits)) - 2 * is_plausible(le64toh(bits));
	}
	return balance > 0;
}

/* ---- all of it ---- */

static void set_fields(struct layout *layout, const struct layout_question *question,
		       struct shape shape)
{
	size_t offset = 0;

	for (size_t i = 0; i < layout->n_fields; i++) {
		struct field *field = &layout->fields[i];
		size_t count = layout->is_by_variable ? layout->n_points : 1;

		field->kind = i == 0 ? shape.first : shape.other;
		if (i == 0 && field->kind == VALUE_COMPLEX &&
		    layout_is_axis(&question->header->variables[0]))
			field->kind = VALUE_REAL_PART;
		field->offset = offset;
		offset += count * value_size(field->kind);
	}
}

static int find_regular(struct layout *layout, const struct layout_question *question,
			struct shape shape, struct layout_finding *finding, struct carom_error *err)
{
	const struct source *source = question->source;
	int status;

	layout->record = record_size(shape, layout->n_fields);
	status = measure(layout, question, finding, err);
	if (status)
		return status;
	if (layout->is_by_variable && finding->n_missing > 0)
		return source_fail(source, source->size, err,
				   "the file ends early, and its points do not stand together");
	if (layout->end < source->size && !begins_header(source, layout->end)) {
		size_t next = layout_next_header(source, layout->end);

		finding->n_trailing = next - layout->end;
	}
	ragged_set_lengths(question->header, layout->n_points);
	set_fields(layout, question, shape);
	if (shape.other != VALUE_FLOAT)
		layout->is_swapped = is_big_endian(question, layout) ==
				     (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
	return 0;
}

int layout_find(struct layout *layout, const struct layout_question *question,
		struct layout_finding *finding, struct carom_error *err)
{
	struct header *header = question->header;
	struct shape shape = choose_shape(question);
	int status;

	*finding = (struct layout_finding){.n_missing = 0};
	*layout =
		(struct layout){.fields = mem_zalloc(header->n_variables, sizeof(*layout->fields)),
				.n_fields = header->n_variables,
				.begin = header->end,
				.is_by_variable = header->flags & HEADER_FASTACCESS,
				.is_magnitude = layout_is_magnitude(header, question->dialect),
				.variables = header->variables};
	if (!layout->fields)
		return carom_fail_memory(err);
	ragged_set_lengths(header, header->n_points);
	if (header->flags & HEADER_UNPADDED)
		status = ragged_find(layout, question, shape.other, err);
	else
		status = find_regular(layout, question, shape, finding, err);
	return status;
}
