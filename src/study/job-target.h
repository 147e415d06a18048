/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What the words of statements name: they are matched against the circuit.
 *
 *	target     matched against                       set by
 *	r1, r*     elements; their main value            alter @r1[resistance]
 *	m1:l       elements; a parameter of the instance alter @m1[l]
 *	q1:bf      elements; a parameter of their model  altermod @q1[bf], of a model of its own
 *	qn:bf      models of the deck                    altermod qn bf
 *	rload      .param                                alter of what it reaches, or reload
 *	temp       the temperature of the circuit        option temp
 */
#ifndef STUDY_JOB_TARGET_H
#define STUDY_JOB_TARGET_H

#include "study/job-build.h"

enum target_kind {
	TARGET_VALUE,
	TARGET_INSTANCE,
	TARGET_PRIVATE_MODEL,
	TARGET_MODEL,
	TARGET_PARAM,
	TARGET_TEMPERATURE
};

struct target {
	enum target_kind kind;
	char *path;                    /* full name of the element; name of the model or .param */
	char *param;                   /* of it; NULL for a main value */
	const struct study_vary *vary; /* NULL: it is set by corners and steps alone */
	const struct place *place;     /* of a statement that names it */
};

/* Target i is variable i of the job. */
struct targets {
	struct target *list;
	size_t n, capacity;
	uint32_t *matched; /* by the word at hand, in their order */
	size_t n_matched, matched_capacity;
	struct job_builder *builder;
	const struct study_vary *vary; /* at hand; NULL: of a corner or a step */
	const struct place *place;     /* of the statement at hand */
	const char *param;             /* of the word at hand */
	struct carom_error *err;
};

/*
 * Find what a word of length bytes names; the targets' matched says what.  One that is there
 * already gets the vary at hand in place of its own, if there is one.
 */
int targets_match(struct targets *targets, const char *word, size_t length);
void targets_release(struct targets *targets);

/* job-cells.c: the corners and steps of the study into the job, and what they set into targets. */
int job_match_cells(struct targets *targets);

#endif
