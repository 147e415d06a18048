/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The vectors a measurement's expression looks at: checked against the circuit, saved, given units.
 */
#ifndef STUDY_JOB_VECTOR_H
#define STUDY_JOB_VECTOR_H

#include "circuit/circuit.h"
#include "study/study.h"

struct job_asked;
struct text;

/*
 * Nets and sources that the expression names must be of the circuit: ERROR_VECTOR with the place of
 * the statement.  ERROR_TRUST for one that ngspice could take for more than an expression.
 * plot: what it is evaluated in, "ac" or "tran2".
 */
int job_vector_check(const struct carom_circuit *circuit, const struct job_asked *asked,
		     const char *expression, const char *plot, struct carom_error *err);

/* Append " v(out) i(v1) @m1[gm] ..." for each vector of the expression. */
void job_vector_append_saves(struct text *text, const char *expression);

/* Is it one call of a function that makes real values of complex ones, as in "db(v(out))"? */
bool job_vector_is_real(const char *expression);

/* "V" for v(...), "A" for i(...), "dB" for db(...) and vdb(...), with a minus too; else "". */
const char *job_vector_unit(const char *expression);

#endif
