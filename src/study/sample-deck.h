/* SPDX-License-Identifier: BSD-3-Clause */
/* The deck of one sample: its values as numbers on the cards. */
#ifndef STUDY_SAMPLE_DECK_H
#define STUDY_SAMPLE_DECK_H

#include "carom-study.h"

struct job;

/* ERROR_ARGUMENT unless the study has this sample. */
int sample_check(const struct job *job, uint64_t sample, struct carom_error *err);

#endif
