/* SPDX-License-Identifier: BSD-3-Clause */
/* Where a card holds expressions, and which of ngspice's two languages each is in. */
#ifndef CIRCUIT_CARD_EXPRESSION_H
#define CIRCUIT_CARD_EXPRESSION_H

#include "circuit/circuit.h"
#include "circuit/expression.h"

struct card_expression {
	const char *text; /* in the card, without outer braces or quotes */
	size_t length;
	enum expression_language language;
	const char *name; /* "w" of "w={...}"; NULL if nothing is assigned */
	size_t name_length;
};

typedef void card_expression_fn(void *arg, const struct card_expression *expression);

/*
 * Call visit for each expression of a card: {...}, '...' and a bare word after "=", which ngspice
 * reads as an expression too ("w=width"), of no length where nothing follows.  letter: the element's kind, 0 for a dot-card.  Nothing is
 * found on cards of .param (their values are in the circuit's params) and .func, in lines of
 * .control and behind "param=" of .meas, which may name results; and none on X cards, whose values
 * only count where the subcircuit has the parameter (circuit/scan.h: scan_assignment).
 */
void card_each_expression(const struct card *card, char letter, card_expression_fn *visit,
			  void *arg);

/* Is the element read as a B source: B, E and G with an expression, R, C and L that depend on v()? */
bool card_is_behavioural(const struct card *card, char letter);

/* Is the first word of the card this one (".ic"), or does it begin so, without regard to case? */
bool card_is(const struct card *card, const char *keyword);
bool card_begins(const struct card *card, const char *prefix);

#endif
