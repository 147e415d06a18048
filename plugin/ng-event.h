/* SPDX-License-Identifier: BSD-3-Clause */
/* Event-driven (digital) nodes of XSPICE: which there are, and what they did. */
#ifndef PLUGIN_NG_EVENT_H
#define PLUGIN_NG_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "carom-error.h"

struct ng_session;

/*
 * As libngspice has them; its header hides these behind #ifdef XSPICE.  Layouts of 39 to 46.
 */
struct ng_event {
	int is_op;   /* of an operating point */
	double step; /* time, or value of a dc sweep */
	char *value; /* "0s", "1s", "Us", ...; a number for nodes of other types */
};

struct ng_event_list {
	struct ng_event **events;
	int n;
};

/* The events of a node in one plot; valid during the call. */
struct ng_events {
	const char *node;
	size_t n;
	struct ng_event *const *events;
};
typedef int ng_events_fn(void *arg, const struct ng_events *events, struct carom_error *err);

/* Has the circuit such nodes?  False too if the library cannot tell. */
bool ng_has_event_nodes(struct ng_session *session);

/*
 * Call take for each event-driven node, in the plot of that number, of an op, dc or tran; none for
 * other analyses, which have no events.  Ends with the first that does not return 0, and returns it.
 */
int ng_session_events(struct ng_session *session, size_t plot, ng_events_fn *take, void *arg,
		      struct carom_error *err);

#endif
