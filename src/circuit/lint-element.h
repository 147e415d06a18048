/* SPDX-License-Identifier: BSD-3-Clause */
/* One element under check, for the files that read its card: lint-element.c and those it calls. */
#ifndef CIRCUIT_LINT_ELEMENT_H
#define CIRCUIT_LINT_ELEMENT_H

#include "circuit/element-kind.h"
#include "circuit/lint.h"
#include "circuit/scan.h"

struct lint_subject {
	struct lint *lint;
	const struct carom_circuit *circuit;
	const struct element *element;
	const struct element_kind *kind;
	const struct card *card;
	const char *name;
	uint32_t tail; /* byte behind the nets */
};

#define LINT_REPORT(subject, rule, ...) \
	lint_add((subject)->lint, (subject)->circuit, (subject)->element->card, rule, __VA_ARGS__)

/* The key's value in the card's tail; false if there is no such key. */
bool lint_find_value(const struct lint_subject *subject, const char *key, struct word *value);

/* The number that the word of the card is; false if it is an expression or a name. */
bool lint_read_number(const struct lint_subject *subject, const struct word *word, double *number);

void lint_source(const struct lint_subject *subject);  /* lint-source.c: V and I */
void lint_coupled(const struct lint_subject *subject); /* lint-coupled.c: P */
void lint_tail(const struct lint_subject *subject);    /* lint-tail.c: parameters of the device */

#endif
