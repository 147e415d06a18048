/* SPDX-License-Identifier: BSD-3-Clause */
/* Events of digital nodes, each node's in columns of its own. */
#include "sim/event.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"

/* Digital nodes have twelve values; what comes behind as many others is not looked for. */
enum { MOST_SHARED = 16 };

bool event_list_add(struct event_list *list, const char *name, size_t n)
{
	struct event_node *node;

	if (!mem_reserve(&list->nodes, &list->capacity, list->n + 1, sizeof(*list->nodes)))
		return false;
	node = &list->nodes[list->n++];
	node->name = mem_strdup(name);
	node->times = mem_zalloc(n, sizeof(*node->times));
	node->values = mem_zalloc(n, sizeof(*node->values));
	node->events = (struct carom_events){node->name, n, node->times, node->values};
	return node->name && node->times && node->values;
}

static const char *keep(struct event_list *list, const char *value)
{
	char *text;

	for (size_t i = 0; i < list->n_texts && i < MOST_SHARED; i++)
		if (strcmp(list->texts[i], value) == 0)
			return list->texts[i];
	if (!mem_reserve(&list->texts, &list->texts_capacity, list->n_texts + 1,
			 sizeof(*list->texts)))
		return NULL;
	text = mem_strdup(value);
	if (text)
		list->texts[list->n_texts++] = text;
	return text;
}

bool event_list_set(struct event_list *list, size_t i, double time, const char *value)
{
	struct event_node *node = &list->nodes[list->n - 1];

	node->times[i] = time;
	node->values[i] = keep(list, value);
	return node->values[i] != NULL;
}

void event_list_release(struct event_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		mem_free(list->nodes[i].name);
		mem_free(list->nodes[i].times);
		mem_free(list->nodes[i].values);
	}
	for (size_t i = 0; i < list->n_texts; i++)
		mem_free(list->texts[i]);
	mem_free(list->nodes);
	mem_free(list->texts);
	*list = (struct event_list){.n = 0};
}

/* ---- reading ---- */

/* Nothing of the plot is changed: it is the reader that is const. */
static const struct event_list *events_of(const struct carom_plot *plot)
{
	static const struct event_list none = {.n = 0};

	return plot ? plot_events((struct carom_plot *)plot) : &none;
}

CAROM_API size_t carom_plot_event_count(const struct carom_plot *plot)
{
	return events_of(plot)->n;
}

CAROM_API const struct carom_events *carom_plot_event(const struct carom_plot *plot, size_t index)
{
	const struct event_list *list = events_of(plot);

	return index < list->n ? &list->nodes[index].events : NULL;
}

CAROM_API const struct carom_events *carom_plot_find_event(const struct carom_plot *plot,
							   const char *name)
{
	const struct event_list *list = events_of(plot);

	for (size_t i = 0; i < list->n; i++)
		if (name_compare(list->nodes[i].name, name) == 0)
			return &list->nodes[i].events;
	return NULL;
}
