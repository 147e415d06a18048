/* SPDX-License-Identifier: BSD-3-Clause */
/* Parts of carom graph: answers as JSON, which print as text too, and the picture. */
#ifndef CLI_GRAPH_H
#define CLI_GRAPH_H

#include <jansson.h>

#include "carom.h"

/* Answers; NULL with *err set on failure. */
json_t *graph_summary(const struct carom_circuit *circuit, struct carom_error *err);
json_t *graph_order(const struct carom_circuit *circuit, struct carom_error *err);
json_t *graph_net(const struct carom_circuit *circuit, const char *name, enum carom_through through,
		  struct carom_error *err);
json_t *graph_element(const struct carom_circuit *circuit, const char *path,
		      enum carom_through through, struct carom_error *err);
json_t *graph_path(const struct carom_circuit *circuit, const char *from, const char *to,
		   enum carom_through through, struct carom_error *err);

/* "key value" lines; lists are broken into lines of 80 columns. */
void graph_print(const json_t *answer);

/* The circuit in Graphviz's language on standard output.  Returns 0 or a status. */
int graph_draw(const struct carom_circuit *circuit, struct carom_error *err);

#endif
