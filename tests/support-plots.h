/* SPDX-License-Identifier: BSD-3-Clause */
/* A libngspice of a few functions, with plots that a test lays out. */
#ifndef TESTS_SUPPORT_PLOTS_H
#define TESTS_SUPPORT_PLOTS_H

#include "ng-state.h"

enum { LAID_VECTORS = 4, LAID_PLOTS = 3 };

struct laid_vector {
	const char *name; /* NULL: there are no more */
	const double *values;
	int length;
	bool is_complex;
};

/* Vectors in the order they were saved, the scale first. */
struct laid_plot {
	const char *name; /* NULL: there are no more */
	struct laid_vector vectors[LAID_VECTORS];
};

struct laid {
	struct ng_session *session;
	const struct laid_plot *plots; /* now, the oldest first; NULL: none */
	const struct laid_plot *by_op; /* after an "op" */
	bool exits_by_op;
	const char *list; /* the answer to "status", lines */
	char said[1000];  /* the commands, each with a semicolon behind it */
};

extern struct laid laid;

/* Have the session use it; what was laid out before is forgotten. */
void lay_out(struct ng_session *session);

#endif
