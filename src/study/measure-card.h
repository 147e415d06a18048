/* SPDX-License-Identifier: BSD-3-Clause */
/* The .meas cards of a deck as measurements of the study. */
#ifndef STUDY_MEASURE_CARD_H
#define STUDY_MEASURE_CARD_H

#include "study/study.h"

/* ".meas" or ".measure", in any case. */
bool is_measure_card(const char *text);

/* Is it one of those that ngspice computes after all others: param=? */
bool measure_card_is_formula(const char *text);

/*
 * Read a card ".meas tran tr trig v(a) val=0.1 rise=1 targ v(b) val=0.9 rise=1".  What ngspice has
 * no word for, or what cannot be had from a waveform, is ERROR_SYNTAX.  The target needs no
 * initialisation; it is to be released if 0 is returned.
 */
int measure_card_read(struct study_measure *measure, const char *text, const char *source, int line,
		      struct carom_error *err);

#endif
