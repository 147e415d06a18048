/* SPDX-License-Identifier: BSD-3-Clause */
/* Full names of elements: "x1.x2.r3" is r3 in the subcircuit of x2 in the subcircuit of x1. */
#include <string.h>

#include "base/name.h"
#include "base/text.h"
#include "circuit/circuit.h"

/* The subcircuit that an instance stands for; NULL for other elements and unknown subcircuits. */
static const struct carom_circuit *circuit_of(const struct carom_circuit *where, uint32_t index)
{
	const struct element *element = &where->elements[index];

	if (element->kind != 'x' || element->model == NAME_NONE)
		return NULL;
	return circuit_resolve_subcircuit(where, name_text(where->names, element->model));
}

static struct carom_element find_n(const struct carom_circuit *circuit, const char *name,
				   size_t length)
{
	uint32_t number = name_find(circuit->names, name, length);
	uint32_t at = number < circuit->by_name_capacity ? circuit->element_of_name[number] : 0;

	return (struct carom_element){at ? at - 1 : CAROM_NO_INDEX};
}

struct carom_element circuit_find_path(const struct carom_circuit *circuit, const char *path,
				       const struct carom_circuit **where)
{
	const struct carom_element none = {CAROM_NO_INDEX};

	for (;;) {
		struct carom_element element = find_n(circuit, path, strlen(path));
		size_t length = strcspn(path, ".");

		if (carom_element_is_valid(element)) {
			if (where)
				*where = circuit;
			return element;
		}
		if (path[length] == '\0')
			return none;
		element = find_n(circuit, path, length);
		if (carom_element_is_valid(element))
			circuit = circuit_of(circuit, element.index);
		if (!carom_element_is_valid(element) || !circuit)
			return none;
		path += length + 1;
	}
}

/* ---- matching ---- */

/* One level of the walk through instances. */
struct level {
	const struct carom_circuit *circuit;
	const struct level *outer;
};

struct walk {
	const char *pattern;
	size_t literal; /* bytes of the pattern before its first wildcard */
	bool is_deep;   /* the pattern has a dot */
	struct text path;
	circuit_visit_fn *visit;
	void *arg;
};

static bool is_open(const struct level *level, const struct carom_circuit *circuit)
{
	for (; level; level = level->outer) {
		if (level->circuit == circuit)
			return true;
	}
	return false;
}

/* Can a name that begins with the path match at all? */
static bool may_match_below(const struct walk *walk)
{
	size_t length = walk->path.length < walk->literal ? walk->path.length : walk->literal;

	return walk->is_deep && name_compare_n(walk->path.data, walk->pattern, length) == 0;
}

static void cut_path(struct walk *walk, size_t length)
{
	if (walk->path.failed)
		return;
	walk->path.length = length;
	walk->path.data[length] = '\0';
}

static int walk_level(struct walk *walk, const struct carom_circuit *circuit,
		      const struct level *outer);

static int visit_element(struct walk *walk, const struct level *level, uint32_t index)
{
	const struct carom_circuit *child;
	int rc = 0;

	if (name_matches(walk->pattern, walk->path.data))
		rc = walk->visit(walk->arg, level->circuit, (struct carom_element){index},
				 walk->path.data);
	if (rc != 0 || level->circuit->elements[index].kind != 'x')
		return rc;
	text_append_char(&walk->path, '.');
	if (walk->path.failed)
		return CAROM_ERROR_MEMORY;
	child = may_match_below(walk) ? circuit_of(level->circuit, index) : NULL;
	if (child && !is_open(level, child)) /* one that contains itself is lint's to find */
		rc = walk_level(walk, child, level);
	return rc;
}

static int walk_level(struct walk *walk, const struct carom_circuit *circuit,
		      const struct level *outer)
{
	struct level level = {circuit, outer};
	size_t length = walk->path.length;
	int rc = 0;

	for (size_t i = 0; i < circuit->n_elements && rc == 0; i++) {
		text_append(&walk->path, name_text(circuit->names, circuit->elements[i].name));
		if (walk->path.failed)
			return CAROM_ERROR_MEMORY;
		rc = visit_element(walk, &level, (uint32_t)i);
		cut_path(walk, length);
	}
	return rc;
}

int circuit_match(const struct carom_circuit *circuit, const char *pattern, circuit_visit_fn *visit,
		  void *arg)
{
	struct walk walk = {.pattern = pattern,
			    .literal = strcspn(pattern, "*?"),
			    .is_deep = strchr(pattern, '.') != NULL,
			    .visit = visit,
			    .arg = arg};
	int rc;

	if (pattern[walk.literal] == '\0') { /* no wildcard: a look-up */
		const struct carom_circuit *where = circuit;
		struct carom_element element = circuit_find_path(circuit, pattern, &where);

		return carom_element_is_valid(element) ? visit(arg, where, element, pattern) : 0;
	}
	text_init(&walk.path);
	rc = walk_level(&walk, circuit, NULL);
	text_release(&walk.path);
	return rc;
}

void circuit_append_ngspice_name(struct text *text, const char *path)
{
	const char *dot = strrchr(path, '.');

	if (dot) {
		text_append_char(text, dot[1]);
		text_append_char(text, '.');
	}
	text_append(text, path);
}
