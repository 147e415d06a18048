/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Finds the vectors in an expression of ngspice's language, which is evaluated by ngspice itself.
 */
#include "study/job-vector.h"

#include <ctype.h>
#include <string.h>

#include "base/name.h"
#include "base/text.h"
#include "ng-session.h"
#include "study/job-build.h"

enum vector_kind { VECTOR_VOLTAGE, VECTOR_CURRENT, VECTOR_DEVICE, VECTOR_OTHER };

struct vector_name {
	enum vector_kind kind;
	const char *text; /* voltage: the net; current: the element; else as it stands */
	size_t length;
};

/* Returns 0 to go on. */
typedef int vector_visit_fn(void *arg, const struct vector_name *name);

static bool is_word_char(char c)
{
	return isalnum((unsigned char)c) || (c && strchr("_.#:", c));
}

static size_t word_length(const char *s)
{
	size_t n = 0;

	while (is_word_char(s[n]))
		n++;
	return n;
}

static bool is_one_of(const char *word, size_t length, const char *const *list)
{
	for (; *list; list++)
		if (strlen(*list) == length && name_compare_n(*list, word, length) == 0)
			return true;
	return false;
}

/* ngspice's own constants and the scales, which are always there. */
static bool is_constant(const char *word, size_t length)
{
	static const char *const constants[] = {
		"pi",  "e",  "c",    "i",     "j",         "kelvin", "boltz", "echarge", "planck",
		"yes", "no", "true", "false", "frequency", "time",   "and",   "or",      "not",
		"gt",  "lt", "ge",   "le",    "eq",        "ne",     NULL};

	return is_one_of(word, length, constants);
}

/* v(a), v(a,b), i(x) and their relatives take names, not expressions, in parentheses. */
static bool takes_nets(const char *word, size_t length)
{
	static const char *const functions[] = {"v", "vm", "vp", "vr", "vi", "vdb", NULL};

	return is_one_of(word, length, functions);
}

static bool takes_element(const char *word, size_t length)
{
	static const char *const functions[] = {"i", "im", "ip", "ir", "ii", "idb", NULL};

	return is_one_of(word, length, functions);
}

/* Names between "(" and ")", separated by commas.  *end: after the ")". */
static int visit_names(const char *s, enum vector_kind kind, vector_visit_fn *visit, void *arg,
		       const char **end)
{
	int status = 0;

	while (*s && *s != ')' && status == 0) {
		struct vector_name name = {kind, NULL, 0};

		s += strspn(s, " \t,");
		name.text = s;
		name.length = strcspn(s, " \t,)");
		s += name.length;
		if (name.length)
			status = visit(arg, &name);
		s += strspn(s, " \t");
	}
	*end = *s ? s + 1 : s;
	return status;
}

static int visit_word(const char *s, vector_visit_fn *visit, void *arg, const char **end)
{
	size_t length = word_length(s);
	const char *after = s + length + strspn(s + length, " \t");
	struct vector_name name = {VECTOR_OTHER, s, length};

	*end = s + length;
	if (*after == '(') {
		if (takes_nets(s, length))
			return visit_names(after + 1, VECTOR_VOLTAGE, visit, arg, end);
		if (takes_element(s, length))
			return visit_names(after + 1, VECTOR_CURRENT, visit, arg, end);
		return 0;
	}
	return is_constant(s, length) ? 0 : visit(arg, &name);
}

static int visit_vectors(const char *expression, vector_visit_fn *visit, void *arg)
{
	const char *s = expression;
	int status = 0;

	while (*s && status == 0) {
		if (*s == '@') {
			struct vector_name name = {VECTOR_DEVICE, s, strcspn(s, "]") + 1};

			if (s[name.length - 1] != ']')
				return 0;
			status = visit(arg, &name);
			s += name.length;
		} else if (isdigit((unsigned char)*s) || *s == '.') {
			/* a number with its exponent and suffix: 1e-3, 2.2meg */
			while (isalnum((unsigned char)*s) || *s == '.' ||
			       ((*s == '+' || *s == '-') && tolower((unsigned char)s[-1]) == 'e'))
				s++;
		} else if (is_word_char(*s)) {
			status = visit_word(s, visit, arg, &s);
		} else {
			s++;
		}
	}
	return status;
}

/* ---- check ---- */

struct check {
	const struct carom_circuit *circuit;
	const struct job_asked *asked;
	const char *plot;
	struct carom_error *err;
};

static bool is_port(const struct carom_circuit *circuit, struct carom_net net)
{
	for (size_t i = 0; i < circuit->n_ports; i++)
		if (circuit->ports[i] == net.index)
			return true;
	return false;
}

/* The subcircuit that "x1.x2" is an instance of; NULL if there is none. */
static const struct carom_circuit *find_inside(const struct carom_circuit *circuit,
					       const char *path, size_t length)
{
	const struct carom_circuit *where;
	const struct element *element;
	struct carom_element instance;
	char name[256];

	if (length >= sizeof(name))
		return NULL;
	memcpy(name, path, length);
	name[length] = '\0';
	instance = circuit_find_path(circuit, name, &where);
	if (!carom_element_is_valid(instance))
		return NULL;
	element = &where->elements[instance.index];
	if (element->kind != 'x' || element->model == NAME_NONE)
		return NULL;
	return circuit_resolve_subcircuit(where, name_text(where->names, element->model));
}

/*
 * "x1.x2.out" is the net out inside the subcircuit that x1.x2 is an instance of.  A port has no
 * such name: it is the net outside that it is connected to.
 */
static bool has_net(const struct carom_circuit *circuit, const char *path)
{
	const char *dot = strrchr(path, '.');
	const struct carom_circuit *inside;
	struct carom_net net;

	if (carom_net_is_valid(carom_circuit_find_net(circuit, path)))
		return true;
	inside = dot ? find_inside(circuit, path, (size_t)(dot - path)) : NULL;
	if (!inside)
		return false;
	net = carom_circuit_find_net(inside, dot + 1);
	return carom_net_is_valid(net) && !is_port(inside, net);
}

/* Elements of subcircuits are named in ngspice's way there ("v.x1.vs"): not checked here. */
static bool has_element(const struct carom_circuit *circuit, const char *name)
{
	return strchr(name, '.') ||
	       carom_element_is_valid(carom_circuit_find_element(circuit, name));
}

/*
 * A word by itself is a net's voltage, or a vector of ngspice's own ("v1#branch",
 * "onoise_spectrum", "v-sweep"): it is judged in the analyses that have no others.
 */
static bool is_net_expected(const struct check *check, const char *word)
{
	static const char *const plain[] = {"op", "ac", "tran"};

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
		if (strncmp(plain[i], check->plot, strlen(plain[i])) == 0)
			return !strchr(word, '#');
	return false;
}

static bool is_known(const struct check *check, const struct vector_name *name, const char *text)
{
	switch (name->kind) {
	case VECTOR_VOLTAGE:
		return has_net(check->circuit, text);
	case VECTOR_CURRENT:
		return has_element(check->circuit, text);
	case VECTOR_OTHER:
		return !is_net_expected(check, text) || has_net(check->circuit, text);
	default:
		return true;
	}
}

static int check_name(void *arg, const struct vector_name *name)
{
	struct check *check = arg;
	char text[256];

	if (name->length >= sizeof(text))
		return 0;
	memcpy(text, name->text, name->length);
	text[name->length] = '\0';
	if (is_known(check, name, text))
		return 0;
	return job_fail(check->err, CAROM_ERROR_VECTOR, check->asked->place,
			"%s %s: the circuit has no %s \"%s\"", check->asked->word,
			check->asked->name, name->kind == VECTOR_CURRENT ? "element" : "net", text);
}

int job_vector_check(const struct carom_circuit *circuit, const struct job_asked *asked,
		     const char *expression, const char *plot, struct carom_error *err)
{
	struct check check = {circuit, asked, plot, err};

	if (!ng_expression_is_safe(expression))
		return job_fail(err, CAROM_ERROR_TRUST, asked->place,
				"%s %s: an expression may not contain ; ` $ ! > & or quotes",
				asked->word, asked->name);
	return visit_vectors(expression, check_name, &check);
}

/* ---- saves and units ---- */

static int append_save(void *arg, const struct vector_name *name)
{
	static const char *const opening[] = {" v(", " i(", " ", " "};
	struct text *text = arg;

	text_append(text, opening[name->kind]);
	text_append_n(text, name->text, name->length);
	if (name->kind == VECTOR_VOLTAGE || name->kind == VECTOR_CURRENT)
		text_append_char(text, ')');
	return 0;
}

void job_vector_append_saves(struct text *text, const char *expression)
{
	visit_vectors(expression, append_save, text);
}

/* Does one call of a function make up the whole expression? */
static bool is_whole_call(const char *expression, size_t word)
{
	const char *s = expression + word;
	int depth = 0;

	if (*s != '(')
		return false;
	for (; *s; s++) {
		depth += (*s == '(') - (*s == ')');
		if (depth == 0)
			return s[1] == '\0';
	}
	return false;
}

bool job_vector_is_real(const char *expression)
{
	static const char *const functions[] = {
		"db",   "mag", "magnitude",   "abs",  "ph", "phase", "cph", "cphase",
		"real", "re",  "group_delay", "imag", "im", "vdb",   "vm",  "vp",
		"vr",   "vi",  "idb",         "ip",   "ir", "ii",    NULL};
	size_t word = word_length(expression);

	return is_one_of(expression, word, functions) && is_whole_call(expression, word);
}

const char *job_vector_unit(const char *expression)
{
	static const struct {
		const char *function, *unit;
	} units[] = {{"v", "V"},    {"vm", "V"},    {"vr", "V"},  {"vi", "V"},
		     {"i", "A"},    {"im", "A"},    {"db", "dB"}, {"vdb", "dB"},
		     {"ph", "rad"}, {"cph", "rad"}, {"vp", "rad"}};
	size_t word;

	expression += strspn(expression, "- ");
	word = word_length(expression);
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (strlen(units[i].function) == word &&
		    name_compare_n(units[i].function, expression, word) == 0 &&
		    is_whole_call(expression, word))
			return units[i].unit;
	return "";
}
