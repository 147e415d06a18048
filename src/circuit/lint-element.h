/* SPDX-License-Identifier: BSD-3-Clause */
/* One element under check, for the files that read its card: lint-name.c and those it calls. */
#ifndef CIRCUIT_LINT_ELEMENT_H
#define CIRCUIT_LINT_ELEMENT_H

#include "circuit/element-kind.h"
#include "circuit/lint.h"
#include "circuit/scan.h"

struct lint_subject {
	struct lint *lint;
	const struct reached *reached;
	const struct carom_circuit *circuit;
	const struct element *element;
	const struct element_kind *kind;
	const struct card *card;
	const char *text; /* of the card */
	const char *name;
	uint32_t tail; /* byte behind the nets */

	/* the word behind the nets, where a value or a model stands; no length: there is none */
	struct word first;
	bool is_number; /* is it a plain number ... */
	double number;  /* ... which is this */
	bool is_behavioural;
};

/* lint-tail.c: is the word the name of a parameter of such an element? */
bool lint_is_param(const struct lint_subject *subject, const struct word *word);

/* Read the subject's nets and what is behind them; what stands above tail is given. */
void lint_subject_read(struct lint_subject *subject);

#define LINT_REPORT(subject, rule, ...) \
	lint_add((subject)->lint, (subject)->circuit, (subject)->element->card, rule, __VA_ARGS__)

/* The key's value in the card's tail; false if there is no such key. */
bool lint_find_value(const struct lint_subject *subject, const char *key, struct word *value);

/* The number that the word of the card is, "{2}" too; false if it is an expression or a name. */
bool lint_read_number(const struct lint_subject *subject, const struct word *word, double *number);

/* lint-element.c: the card of an element. */
void lint_element(const struct lint_subject *subject);
void lint_code_model(const struct lint_subject *subject); /* lint-code-model.c: A */
void lint_source(const struct lint_subject *subject);     /* lint-source.c: V and I */
/* lint-numerical.c: a model of that type, as CIDER simulates it */
void lint_numerical(const struct lint_subject *subject, const struct model *model,
		    const struct carom_circuit *where);
/* lint-device.c: the nets of a MOSFET with that model */
void lint_nets(const struct lint_subject *subject, const struct model *model,
	       const struct carom_circuit *where);
void lint_coupled(const struct lint_subject *subject); /* lint-coupled.c: P */
void lint_single(const struct lint_subject *subject);  /* ... and Y */
void lint_tail(const struct lint_subject *subject);    /* lint-tail.c: parameters of the device */

#endif
