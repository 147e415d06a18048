/* SPDX-License-Identifier: BSD-3-Clause */
/* What expressions refer to: parameters, functions, node voltages and branch currents. */
#ifndef CIRCUIT_EXPRESSION_H
#define CIRCUIT_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

/*
 * ngspice has two readers of expressions with different vocabularies: numparam, which puts numbers
 * in the place of {...} once at load, and the B-source parser, evaluated while the circuit runs.
 */
enum expression_language { LANGUAGE_NUMPARAM, LANGUAGE_BEHAVIOUR };

enum reference_kind {
	REFERENCE_NAME,     /* a parameter */
	REFERENCE_FUNCTION, /* name( */
	REFERENCE_VOLTAGE,  /* text is what stands in v(...) */
	REFERENCE_CURRENT   /* text is what stands in i(...) */
};

struct reference {
	enum reference_kind kind;
	const char *text;
	size_t length;
};

typedef void reference_fn(void *arg, const struct reference *reference);

/* Call visit for each reference of the expression, which is not judged otherwise. */
void expression_each_reference(const char *text, size_t length, enum expression_language language,
			       reference_fn *visit, void *arg);

/* Does the language define the name itself: a function, a constant, "time"? */
bool language_has_function(enum expression_language language, const char *name, size_t length);

/* Does the function draw a random number, whatever the count of its arguments: agauss, limit? */
bool is_drawn_function(const char *name, size_t length);
bool language_has_name(enum expression_language language, const char *name, size_t length);

/* Where the text holds this word, as opposed to a part of a longer one; NULL: nowhere. */
const char *expression_find_word(const char *text, size_t length, const char *word);
bool expression_has_word(const char *text, size_t length, const char *word);

/*
 * Are there more parentheses in one another than numparam can count?  It counts those behind the
 * first in a byte.
 */
bool expression_is_too_deep(const char *text, size_t length);

/* Would ngspice turn an R, C, L card with this tail into a B source: v(, i(, time, temper, hertz? */
bool expression_is_behavioural(const char *text, size_t length);

#endif
