/* SPDX-License-Identifier: BSD-3-Clause */
/* Events of a plot, being made: what the session fills, the host then reads through carom-plot.h. */
#ifndef SIM_EVENT_H
#define SIM_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-plot.h"

struct event_node {
	struct carom_events events; /* what it points to is the node's, the values are the list's */
	char *name;
	double *times;
	const char **values;
};

/* A zeroed one is empty. */
struct event_list {
	struct event_node *nodes;
	size_t n, capacity;
	char **texts; /* values, of which there are few; all nodes share them */
	size_t n_texts, texts_capacity;
};

/* Append a node with n events, which are not set yet.  False when out of memory. */
bool event_list_add(struct event_list *list, const char *name, size_t n);

/* Set event i of the node added last.  False when out of memory. */
bool event_list_set(struct event_list *list, size_t i, double time, const char *value);

void event_list_release(struct event_list *list);

/* Of a plot being made. */
struct event_list *plot_events(struct carom_plot *plot);

#endif
