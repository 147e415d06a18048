/* SPDX-License-Identifier: BSD-3-Clause */
/* A libngspice of a few functions, with plots that a test lays out. */
#include "support-plots.h"

#include <string.h>

#include "support.h"

struct laid laid;

static char *writable(const char *text)
{
	return (char *)(uintptr_t)text;
}

static void answer_status(void)
{
	const char *line = laid.list;

	while (line && *line) {
		ng_stop_list_add(laid.session->callbacks.listing, line);
		line += strcspn(line, "\n");
		line += *line == '\n';
	}
}

static int command(char *text)
{
	assert_true(strlen(laid.said) + strlen(text) + 2 < sizeof(laid.said));
	strcat(strcat(laid.said, text), ";");
	if (strcmp(text, "status") == 0)
		answer_status();
	else if (strcmp(text, "destroy all") == 0)
		laid.plots = NULL;
	else if (strcmp(text, "op") == 0) {
		laid.plots = laid.by_op;
		laid.session->callbacks.asked_to_exit = laid.exits_by_op;
	}
	return 0;
}

/* The latest first, and the constants last, as libngspice lists them. */
static char **all_plots(void)
{
	static char *names[LAID_PLOTS + 2];
	size_t n = 0, i = 0;

	while (laid.plots && laid.plots[n].name)
		n++;
	assert_true(n <= LAID_PLOTS);
	for (; i < n; i++)
		names[i] = writable(laid.plots[n - 1 - i].name);
	names[i] = writable("const");
	names[i + 1] = NULL;
	return names;
}

static const struct laid_plot *find_plot(const char *name, size_t length)
{
	const struct laid_plot *plot = laid.plots;

	while (plot && plot->name &&
	       (strlen(plot->name) != length || strncmp(plot->name, name, length) != 0))
		plot++;
	return plot && plot->name ? plot : NULL;
}

static size_t count_vectors(const struct laid_plot *plot)
{
	size_t n = 0;

	while (n < LAID_VECTORS && plot->vectors[n].name)
		n++;
	return n;
}

static char **all_vectors(char *name)
{
	static char *names[LAID_VECTORS + 1];
	const struct laid_plot *plot = find_plot(name, strlen(name));
	size_t n = plot ? count_vectors(plot) : 0;

	for (size_t i = 0; i < n; i++)
		names[i] = writable(plot->vectors[n - 1 - i].name);
	names[n] = NULL;
	return names;
}

static pvector_info vector_info_of(char *name)
{
	static vector_info info;
	size_t length = strcspn(name, ".");
	const struct laid_plot *plot = find_plot(name, length);
	size_t n = plot ? count_vectors(plot) : 0;

	for (size_t i = 0; i < n; i++) {
		const struct laid_vector *vector = &plot->vectors[i];

		if (strcmp(vector->name, name + length + 1) != 0)
			continue;
		info = (vector_info){.v_name = writable(vector->name),
				     .v_type = 3, /* a voltage */
				     .v_length = vector->length,
				     .v_flags = vector->is_complex ? 128 : 129};
		info.v_realdata = vector->is_complex ? NULL : (double *)(uintptr_t)vector->values;
		info.v_compdata =
			vector->is_complex ? (ngcomplex_t *)(uintptr_t)vector->values : NULL;
		return &info;
	}
	return NULL;
}

void lay_out(struct ng_session *session)
{
	laid = (struct laid){.session = session};
	session->api = (struct ng_api){.command = command,
				       .all_plots = all_plots,
				       .all_vecs = all_vectors,
				       .vec_info = vector_info_of};
}
