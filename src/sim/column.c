/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads an expression by recursive descent; each part of it is a column. */
#include "sim/column.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/number.h"

#define BLANKS " \t"
#define NO_NAME " \t()+-*/^,={}'\""

enum { DEEPEST = 100 };

struct reader {
	const struct carom_plot *plot;
	size_t n; /* points */
	const char *text, *at;
	int depth;
	struct carom_error *err;
};

static double *read_sum(struct reader *reader);

static char look(struct reader *reader)
{
	reader->at += strspn(reader->at, BLANKS);
	return *reader->at;
}

static double *refuse(struct reader *reader)
{
	carom_fail(reader->err, CAROM_ERROR_VECTOR,
		   "\"%s\" is no expression of vectors at \"%.20s\"", reader->text, reader->at);
	return NULL;
}

static double *make(struct reader *reader)
{
	double *made = mem_zalloc(reader->n, sizeof(*made));

	if (!made)
		carom_fail_memory(reader->err);
	return made;
}

static double *copy(struct reader *reader, const char *name)
{
	const struct carom_vector *vector = carom_plot_find_vector(reader->plot, name);
	double *made;

	if (!vector)
		carom_fail(reader->err, CAROM_ERROR_VECTOR,
			   "%s has no vector %s\ncheck the name, and .save cards",
			   carom_plot_name(reader->plot), name);
	else if (!carom_vector_real(vector) || carom_vector_length(vector) != reader->n)
		carom_fail(reader->err, CAROM_ERROR_VECTOR,
			   "%s is no real vector over the scale of %s", name,
			   carom_plot_name(reader->plot));
	else if ((made = make(reader)))
		return memcpy(made, carom_vector_real(vector), reader->n * sizeof(*made));
	return NULL;
}

/* What is left of a and b, which are not needed any more. */
static double *combine(const struct reader *reader, double *a, char operation, double *b)
{
	for (size_t i = 0; a && b && i < reader->n; i++)
		switch (operation) {
		case '+':
			a[i] += b[i];
			break;
		case '-':
			a[i] -= b[i];
			break;
		case '*':
			a[i] *= b[i];
			break;
		default:
			a[i] /= b[i];
		}
	if (!b) {
		mem_free(a);
		a = NULL;
	}
	mem_free(b);
	return a;
}

/* "a)" or "a, b)" behind "v(" or "i(". */
static double *read_probe(struct reader *reader, char letter)
{
	double *difference = NULL;

	for (int i = 0; i < 2; i++) {
		char name[128];
		size_t length = (look(reader), strcspn(reader->at, BLANKS ",()"));
		double *column;

		snprintf(name, sizeof(name), "%c(%.*s)", letter, (int)length, reader->at);
		reader->at += length;
		column = copy(reader, name);
		difference = i == 0 ? column : combine(reader, difference, '-', column);
		if (!difference || look(reader) != ',')
			break;
		reader->at++;
	}
	if (difference && look(reader) != ')') {
		mem_free(difference);
		return refuse(reader);
	}
	reader->at += difference != NULL;
	return difference;
}

static double *read_parenthesis(struct reader *reader)
{
	double *column = read_sum(reader);

	if (column && look(reader) != ')') {
		mem_free(column);
		return refuse(reader);
	}
	reader->at += column != NULL;
	return column;
}

static double *read_function(struct reader *reader, const char *name, size_t length)
{
	double *column;

	if (length == 1 && strchr("vViI", name[0]))
		return read_probe(reader, name[0]);
	if (length > 0 && !(length == 3 && strncasecmp(name, "abs", 3) == 0)) {
		reader->at = name;
		return refuse(reader);
	}
	column = read_parenthesis(reader);
	for (size_t i = 0; column && length > 0 && i < reader->n; i++)
		column[i] = fabs(column[i]);
	return column;
}

static double *read_operand(struct reader *reader)
{
	char name[128];
	const char *begin = (look(reader), reader->at);
	size_t length = strcspn(begin, NO_NAME), used;
	double number, *column;

	if (begin[length] == '(') {
		reader->at += length + 1;
		return read_function(reader, begin, length);
	}
	if (number_read(begin, strlen(begin), &number, &used)) {
		reader->at += used;
		column = make(reader);
		for (size_t i = 0; column && i < reader->n; i++)
			column[i] = number;
		return column;
	}
	if (length == 0)
		return refuse(reader);
	reader->at += length;
	snprintf(name, sizeof(name), "%.*s", (int)length, begin);
	return copy(reader, name);
}

static double *read_factor(struct reader *reader)
{
	char sign = look(reader);
	double *column;

	if (reader->depth == DEEPEST)
		return refuse(reader);
	if (sign != '-' && sign != '+')
		return read_operand(reader);
	reader->at++;
	reader->depth++;
	column = read_factor(reader);
	reader->depth--;
	for (size_t i = 0; column && sign == '-' && i < reader->n; i++)
		column[i] = -column[i];
	return column;
}

static double *read_product(struct reader *reader)
{
	double *column = read_factor(reader);

	while (column && (look(reader) == '*' || *reader->at == '/')) {
		char operation = *reader->at++;

		column = combine(reader, column, operation, read_factor(reader));
	}
	return column;
}

static double *read_sum(struct reader *reader)
{
	double *column;

	if (reader->depth == DEEPEST)
		return refuse(reader);
	reader->depth++;
	column = read_product(reader);
	while (column && (look(reader) == '+' || *reader->at == '-')) {
		char operation = *reader->at++;

		column = combine(reader, column, operation, read_product(reader));
	}
	reader->depth--;
	return column;
}

int column_calculate(const struct carom_plot *plot, const char *text, double **values,
		     struct carom_error *err)
{
	const struct carom_vector *scale = carom_plot_scale(plot);
	struct carom_error reason = CAROM_ERROR_INIT;
	struct reader reader = {.plot = plot,
				.n = scale ? carom_vector_length(scale) : 0,
				.text = text,
				.at = text,
				.err = &reason};

	*values = read_sum(&reader);
	if (*values && look(&reader) != '\0') {
		mem_free(*values);
		*values = refuse(&reader);
	}
	return *values ? 0 : carom_fail_as(err, &reason);
}
