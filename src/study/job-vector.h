/* SPDX-License-Identifier: BSD-3-Clause */
/* The vectors a measurement's expression looks at: checked against the circuit, saved, given units. */
#ifndef STUDY_JOB_VECTOR_H
#define STUDY_JOB_VECTOR_H

#include "circuit/circuit.h"
#include "study/study.h"

struct text;

/*
 * Nets and sources that the expressions name must be of the circuit: ERROR_VECTOR with the place.
 * plot: what it is evaluated in, "ac" or "tran2".
 */
int job_vector_check(const struct carom_circuit *circuit, const struct study_measure *measure,
		     const char *plot, struct carom_error *err);

/* Append " v(out) i(v1) @m1[gm] ..." for each vector of the measurement's expressions. */
void job_vector_append_saves(struct text *text, const struct measure *measure);

/* "V" for v(...), "A" for i(...), "dB" for db(...) and vdb(...), else "". */
const char *job_vector_unit(const char *expression);

#endif
