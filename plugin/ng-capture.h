/* SPDX-License-Identifier: BSD-3-Clause */
/* Results after a run: plots and vectors as views into ngspice's memory. */
#ifndef PLUGIN_NG_CAPTURE_H
#define PLUGIN_NG_CAPTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"
#include "ng-api.h"
#include "ng-session.h"

enum {
	NG_NAME_SIZE = sizeof(((struct ng_vector *)0)->name),
	NG_PLOT_SIZE = sizeof(((struct ng_plot *)0)->name),
	NG_COMMAND_SIZE = 1000, /* ngspice cuts commands at 1023 bytes, without a NUL */
};

/*
 * A vector's name as users write it: node "out" is "v(out)", "V(1)" is "v(1)", "v1#branch" is
 * "i(v1)".  Kept as they are: scales, "@m1[gm]", and all vectors of noise, tf, pz and sens, which
 * are no nodes.  Cut to fit in size bytes; returns the length of the whole name.
 */
size_t ng_name_from_ng(const char *plot, const char *name, char *user_name, size_t size);

/* The whole name of a vector whose name was cut; the caller's to free.  NULL: no memory. */
bool ng_vector_is_cut(const struct ng_vector *vector);
char *ng_vector_whole_name(const char *plot, const struct ng_vector *vector);

/* Is this vector of ngspice's the one the host means: "out" and "v(out)", "i(v1)" and "v1#branch"? */
bool ng_name_matches(const char *plot, const char *name, const char *wanted);

/* "time", "frequency", "v-sweep" */
bool ng_is_scale(const char *name);

/*
 * A quantity that does not exist.  Saved behind all others (ng_saves_guard) it is in every plot; none
 * of the functions below shows it.
 */
extern const char ng_guard_name[];
bool ng_is_guard(const char *name);

/* Plots without "const"; the order is that of their making. */
size_t ng_capture_plot_count(const struct ng_api *api);
const char *ng_capture_plot_name(const struct ng_api *api, size_t index); /* NULL: no such */
bool ng_capture_has_plot(const struct ng_api *api, const char *plot);

int ng_capture_plot(const struct ng_api *api, size_t index, struct ng_plot *plot,
		    struct carom_error *err);

/* See ng_session_names().  The vector of one of these names, and the first of all. */
struct ng_names ng_capture_names(const struct ng_api *api, const char *plot);
int ng_capture_vector(const struct ng_api *api, const char *plot, const char *name,
		      struct ng_vector *vector, struct carom_error *err);
int ng_capture_first(const struct ng_api *api, const char *plot, struct ng_vector *vector,
		     struct carom_error *err);

/* Is this the name of one vector, and nothing to calculate: out, v(out), i(v1), @m1[gm]? */
bool ng_is_plain_name(const char *expression);

enum ng_found {
	NG_FOUND,
	NG_NOT_FOUND,
	NG_FLEETING, /* ngspice made it up for this look-up: calculate with it to keep it */
};

/* Look up one vector of one plot, by a plain name. */
enum ng_found ng_capture_find(const struct ng_api *api, const char *plot, const char *name,
			      struct ng_vector *vector);

/* The vector that the plot was swept over; ERROR_VECTOR if there is none. */
int ng_capture_scale(const struct ng_api *api, const char *plot, struct ng_vector *vector,
		     struct carom_error *err);

#endif
