/* SPDX-License-Identifier: BSD-3-Clause */
/* Full names of elements: "x1.x2.r3" is r3 in the subcircuit of x2 in the subcircuit of x1. */
#include <string.h>

#include "base/name.h"
#include "base/text.h"
#include "carom-graph.h"
#include "circuit/circuit.h"

/* The subcircuit that an instance stands for; NULL for other elements and unknown subcircuits. */
static struct carom_circuit *circuit_of(const struct carom_circuit *where, uint32_t index)
{
	const struct element *element = &where->elements[index];

	if (element->kind != 'x' || element->model == NAME_NONE)
		return NULL;
	return circuit_resolve_subcircuit(where, name_text(where->names, element->model));
}

static struct carom_element find_n(const struct carom_circuit *circuit, const char *name,
				   size_t length)
{
	uint32_t at = circuit_element_of_name(circuit, name, length);

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

CAROM_API struct carom_element carom_circuit_find_path(const struct carom_circuit *circuit,
						       const char *path,
						       const struct carom_circuit **where)
{
	return circuit_find_path(circuit, path, where);
}

CAROM_API struct carom_circuit *carom_element_subcircuit(const struct carom_circuit *circuit,
							 struct carom_element element)
{
	return element.index < circuit->n_elements ? circuit_of(circuit, element.index) : NULL;
}

/* ---- walking ---- */

/* One level of the walk through instances. */
struct level {
	const struct carom_circuit *circuit;
	const struct level *outer;
	unsigned depth;
};

struct walk {
	const char *pattern; /* NULL: every element is visited */
	size_t literal;      /* bytes of the pattern before its first wildcard */
	bool is_deep;        /* the pattern has a dot */
	struct text path;
	carom_visit_fn *visit;
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

	if (!walk->pattern)
		return true;
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

/* What is inside of an instance, whose path stands. */
static int enter(struct walk *walk, const struct level *level, uint32_t index)
{
	const struct carom_circuit *child;

	text_append_char(&walk->path, '.');
	if (walk->path.failed)
		return CAROM_ERROR_MEMORY;
	child = may_match_below(walk) ? circuit_of(level->circuit, index) : NULL;
	if (!child || is_open(level, child)) /* one that contains itself is lint's to find */
		return 0;
	return level->depth == CAROM_MAX_DEPTH ? CAROM_ERROR_LIMIT : walk_level(walk, child, level);
}

static int visit_element(struct walk *walk, const struct level *level, uint32_t index)
{
	const struct element *element = &level->circuit->elements[index];
	struct carom_visit visit = {
		.circuit = level->circuit, .element = {index}, .depth = level->depth};
	int rc = 0;

	text_append(&walk->path, name_text(level->circuit->names, element->name));
	if (walk->path.failed)
		return CAROM_ERROR_MEMORY;
	visit.path = walk->path.data;
	if (!walk->pattern || name_matches(walk->pattern, visit.path))
		rc = walk->visit(walk->arg, &visit);
	return rc == 0 && element->kind == 'x' ? enter(walk, level, index) : rc;
}

static int walk_level(struct walk *walk, const struct carom_circuit *circuit,
		      const struct level *outer)
{
	struct level level = {circuit, outer, outer ? outer->depth + 1 : 0};
	size_t length = walk->path.length;
	int rc = 0;

	for (size_t i = 0; i < circuit->n_elements && rc == 0; i++) {
		if (!circuit->elements[i].kind)
			continue;
		rc = visit_element(walk, &level, (uint32_t)i);
		cut_path(walk, length);
	}
	return rc;
}

static int run_walk(struct walk *walk, const struct carom_circuit *circuit)
{
	int rc;

	text_init(&walk->path);
	rc = walk_level(walk, circuit, NULL);
	text_release(&walk->path);
	return rc;
}

CAROM_API int carom_circuit_walk(const struct carom_circuit *circuit, carom_visit_fn *visit,
				 void *arg)
{
	struct walk walk = {.visit = visit, .arg = arg};

	return run_walk(&walk, circuit);
}

static unsigned count_dots(const char *text, const char *end)
{
	unsigned count = 0;

	for (; text < end; text++)
		count += *text == '.';
	return count;
}

/* A pattern without a wildcard is a look-up. */
static int visit_one(const struct carom_circuit *circuit, const char *path, carom_visit_fn *visit,
		     void *arg)
{
	struct carom_visit found = {.path = path, .circuit = circuit};
	size_t length;

	found.element = circuit_find_path(circuit, path, &found.circuit);
	if (!carom_element_is_valid(found.element))
		return 0;
	length = strlen(carom_element_name(found.circuit, found.element));
	found.depth = count_dots(path, path + strlen(path) - length);
	return visit(arg, &found);
}

CAROM_API int carom_circuit_match(const struct carom_circuit *circuit, const char *pattern,
				  carom_visit_fn *visit, void *arg)
{
	struct walk walk = {.pattern = pattern,
			    .literal = strcspn(pattern, "*?"),
			    .is_deep = strchr(pattern, '.') != NULL,
			    .visit = visit,
			    .arg = arg};

	if (pattern[walk.literal] == '\0')
		return visit_one(circuit, pattern, visit, arg);
	return run_walk(&walk, circuit);
}

/* The visit of circuit_match, which is told less. */
struct plain_visit {
	circuit_visit_fn *visit;
	void *arg;
};

static int pass_on(void *arg, const struct carom_visit *visit)
{
	const struct plain_visit *plain = arg;

	return plain->visit(plain->arg, visit->circuit, visit->element, visit->path);
}

int circuit_match(const struct carom_circuit *circuit, const char *pattern, circuit_visit_fn *visit,
		  void *arg)
{
	struct plain_visit plain = {visit, arg};

	return carom_circuit_match(circuit, pattern, pass_on, &plain);
}

/* How deep in others its subcircuit is defined, + 1; that of the top where it is not known. */
static char definition_depth(const struct carom_circuit *callee)
{
	char depth = 1;

	while (callee && callee->parent && callee->parent->parent) {
		callee = callee->parent;
		depth++;
	}
	return depth;
}

/* One byte for each instance of the path. */
static void read_depths(struct text *depths, const struct carom_circuit *circuit, const char *path)
{
	for (const char *dot; (dot = strchr(path, '.')); path = dot + 1) {
		struct carom_element x = {CAROM_NO_INDEX};

		if (circuit)
			x = find_n(circuit, path, (size_t)(dot - path));
		circuit = carom_element_is_valid(x) ? circuit_of(circuit, x.index) : NULL;
		text_append_char(depths, definition_depth(circuit));
	}
}

/*
 * ngspice expands what is called within a definition when that is called itself: only what stands
 * in it by then gets a letter.
 */
static void append_instances(struct text *text, const char *depths, const char *path, char letter)
{
	for (const char *dot; (dot = strchr(path, '.')); path = dot + 1, depths++) {
		const char *inner = depths + 1;

		while (*inner > *depths)
			inner++;
		text_append_n(text, path, (size_t)(dot - path) + 1);
		if (depths[1] != '\0' && *inner == '\0')
			text_printf(text, "%c.", letter);
	}
	text_append(text, path);
}

void circuit_append_ngspice_name(struct text *text, const struct carom_circuit *root,
				 const char *path)
{
	const char *dot = strrchr(path, '.');
	struct text depths = TEXT_INIT;

	if (!dot || (path[0] | 0x20) != 'x') {
		text_append(text, path);
		return;
	}
	read_depths(&depths, root, path);
	text_printf(text, "%c.", dot[1]);
	if (!depths.failed)
		append_instances(text, text_string(&depths), path, dot[1]);
	text->failed |= depths.failed;
	text_release(&depths);
}
