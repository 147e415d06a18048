/* SPDX-License-Identifier: BSD-3-Clause */
/* Events of XSPICE nodes, as views into libngspice's memory. */
#include "ng-event.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "ng-state.h"

/* Without such nodes ngspice says so as an error, which is none. */
static char **list_nodes(struct ng_session *session)
{
	char **nodes;

	if (!session->api.all_event_nodes || !session->api.event_info)
		return NULL;
	session->callbacks.is_muted = true;
	nodes = session->api.all_event_nodes();
	session->callbacks.is_muted = false;
	return nodes;
}

bool ng_has_event_nodes(struct ng_session *session)
{
	return list_nodes(session) != NULL;
}

/*
 * Others either have no events of their own, and ngspice would answer with those of the plot before,
 * or have those of their operating point.
 */
static bool may_have_events(const char *plot)
{
	return strncmp(plot, "op", 2) == 0 || strncmp(plot, "dc", 2) == 0 ||
	       strncmp(plot, "tran", 4) == 0;
}

/* ngspice 39 frees all of its answer but the array. */
static void release(struct ng_session *session, struct ng_event_list *list)
{
	struct ng_event **events = list->events;

	session->api.event_info(NULL);
	if (strcmp(ng_session_version(session), "39") == 0)
		mem_free(events);
}

static int take_node(struct ng_session *session, const char *node, ng_events_fn *take, void *arg,
		     struct carom_error *err)
{
	struct ng_event_list *list = session->api.event_info((char *)node);
	struct ng_events events = {.node = node};
	int status;

	if (!list)
		return CAROM_OK;
	events.n = (size_t)list->n;
	events.events = list->events;
	status = take(arg, &events, err);
	release(session, list);
	return status;
}

static int take_nodes(struct ng_session *session, const char *plot, ng_events_fn *take, void *arg,
		      struct carom_error *err)
{
	char **nodes = list_nodes(session);
	char command[NG_COMMAND_SIZE];
	int status = CAROM_OK;

	snprintf(command, sizeof(command), "setplot %s", plot);
	ng_command(session, command);
	for (; nodes && *nodes && !status; nodes++)
		status = take_node(session, *nodes, take, arg, err);
	return status;
}

int ng_session_events(struct ng_session *session, size_t plot, ng_events_fn *take, void *arg,
		      struct carom_error *err)
{
	const char *name;
	char kept[NG_PLOT_SIZE];
	int status;

	if (!session->has_event_nodes)
		return CAROM_OK;
	name = ng_capture_plot_name(&session->api, plot);
	if (!name || !may_have_events(name))
		return CAROM_OK;
	snprintf(kept, sizeof(kept), "%s", name);
	ng_begin(session);
	status = take_nodes(session, kept, take, arg, err);
	ng_end(session);
	return status;
}
