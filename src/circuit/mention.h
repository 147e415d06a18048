/* SPDX-License-Identifier: BSD-3-Clause */
/* Where the text of cards names nets and elements otherwise than by a pin. */
#ifndef CIRCUIT_MENTION_H
#define CIRCUIT_MENTION_H

#include "circuit/circuit.h"

enum mention_kind { MENTION_NET, MENTION_ELEMENT };

typedef void mention_fn(void *arg, enum mention_kind kind, uint32_t begin, uint32_t length);

/*
 * Call visit for each name on the card that stands for a net or an element there; the name may be
 * that of none, and may be a full one such as "x1.out".
 */
void mention_each(const struct carom_circuit *circuit, const struct card *card, mention_fn *visit,
		  void *arg);

/* The circuit's list of the cards that name anything, brought up to date.  False: no memory. */
bool mention_list(struct carom_circuit *circuit);

/* Cards were dropped from the end; others may say more than when they were looked at. */
void mention_forget(struct carom_circuit *circuit);
void mention_restart(struct carom_circuit *circuit);

#endif
