/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * What analyses sweep over, so that it can be told how far one has come, and through which values.
 */
#ifndef SIM_SWEEP_H
#define SIM_SWEEP_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

struct carom_circuit;

/* How one value of the scale follows from the one before. */
enum sweep_law {
	SWEEP_FREE, /* as the simulator likes: a transient */
	SWEEP_STEPS,
	SWEEP_POINTS, /* so many in all, at equal distances */
	SWEEP_DECADES,
	SWEEP_OCTAVES
};

struct sweep {
	char kind[8]; /* of the analysis: "tran"; the plots are tran1, tran2, ... */
	bool is_log;  /* the scale goes up by factors */
	double from, to;
	double n_points; /* of a dc sweep; else 0 */
	double max_step; /* of a transient: the longest step ngspice takes; NAN if it is not known */
	enum sweep_law law;
	double first, last; /* of the scale; NAN: not known */
	double by;          /* step, points in all, points for each decade or octave */
	bool is_nested;     /* a dc sweep for each value of another */
};

/* Those of a deck, in the order of its cards; of analyses that go through several points only. */
struct sweep_list {
	struct sweep *list;
	size_t n, capacity;
};

/*
 * "tran 1u 1m".  circuit: in whose scope expressions are evaluated, NULL for none.  False if it is
 * no sweep, or its numbers cannot be known.
 */
bool sweep_read(struct sweep *sweep, const char *text, const struct carom_circuit *circuit);

/*
 * ERROR_ARGUMENT, with its place, of a dc sweep whose step is 0.  The list needs no initialisation; releasing a
 * zeroed one is legal.
 */
int sweep_list_init(struct sweep_list *sweeps, const struct carom_circuit *circuit,
		    struct carom_error *err);
void sweep_list_release(struct sweep_list *sweeps);

/*
 * The number-th (from 0) of this kind, as ngspice runs them: the last card first; NULL if there is
 * none.
 */
const struct sweep *sweep_list_find(const struct sweep_list *sweeps, const char *kind,
				    size_t number);

/*
 * The values of the scale, calculated as ngspice does, to be freed with mem_free; none of a
 * transient, and none where ngspice would make none.  ERROR_LIMIT if they are more than
 * SWEEP_MOST_VALUES.
 */
#define SWEEP_MOST_VALUES 1000000
int sweep_values(const struct sweep *sweep, double **values, size_t *n, struct carom_error *err);

/* How far it has come, from 0 to 1: the last of n points is at this value of the scale. */
double sweep_fraction(const struct sweep *sweep, double at, size_t n_points);

#endif
