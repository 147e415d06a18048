/* SPDX-License-Identifier: BSD-3-Clause */
/* Names in random hierarchies and in nested definitions: what they stand for is what ngspice takes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "carom-param.h"
#include "circuit/circuit.h"
#include "circuit/evaluate.h"
#include "support-session.h"

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

/* ---- random hierarchies ---- */

enum { N_NAMES = 5, N_SUBCIRCUITS = 5, N_HIERARCHIES = 60 };

/* Two or three of the names that the mask allows, and numbers. */
static void write_formula(struct text *text, unsigned mask)
{
	for (int i = 0; i < 2; i++) {
		unsigned name = random_below(N_NAMES);

		if (mask & (1u << name))
			text_printf(text, "%c*0.%u+", 'a' + name, 1 + random_below(9));
		else
			text_printf(text, "%u.%u-", random_below(4), random_below(100));
	}
	text_printf(text, "%u", random_below(10));
}

/*
 * A name's own value may use names before it, and itself or names that are not the subcircuit's:
 * those are the callers'.
 */
static void write_definition(struct text *text, unsigned name, unsigned own)
{
	unsigned mask = ((1u << name) - 1) | (1u << name) | ~own;

	text_printf(text, "%c=", 'a' + name);
	if (random_below(3) == 0) {
		text_printf(text, "%u.%u", random_below(5), random_below(10));
		return;
	}
	text_append_char(text, '{');
	write_formula(text, mask);
	text_append_char(text, '}');
}

static void write_instances(struct text *deck, unsigned n_callees)
{
	for (unsigned i = 0; n_callees > 0 && i < 1 + random_below(2); i++) {
		text_printf(deck, "x%u 0 s%u", i, random_below(n_callees));
		for (unsigned name = 0; name < N_NAMES; name++) {
			if (random_below(3) > 0)
				continue;
			text_printf(deck, " %c=", 'a' + name);
			if (random_below(3) == 0) {
				text_printf(deck, "%u.%u", random_below(5), random_below(10));
				continue;
			}
			text_append_char(deck, '{');
			write_formula(deck, ~0u);
			text_append_char(deck, '}');
		}
		text_append_char(deck, '\n');
	}
}

static void write_sources(struct text *deck)
{
	for (unsigned name = 0; name < N_NAMES; name++)
		text_printf(deck, "v%c n%c 0 {%c}\n", 'a' + name, 'a' + name, 'a' + name);
}

static void write_subcircuit(struct text *deck, unsigned number)
{
	unsigned in_head = random_below(1u << N_NAMES);
	unsigned inside = random_below(1u << N_NAMES) & ~in_head;
	unsigned own = in_head | inside;

	text_printf(deck, ".subckt s%u p%s", number, random_below(2) ? " params:" : "");
	for (unsigned i = 0; i < N_NAMES; i++) {
		unsigned name = number % 2 ? i : N_NAMES - 1 - i;

		if (in_head & (1u << name)) {
			text_append_char(deck, ' ');
			write_definition(deck, name, own);
		}
	}
	text_append_char(deck, '\n');
	write_sources(deck);
	for (unsigned i = 0; i < N_NAMES; i++) {
		unsigned name = number % 3 ? i : N_NAMES - 1 - i;

		if (inside & (1u << name)) {
			text_append(deck, ".param ");
			write_definition(deck, name, own);
			text_append_char(deck, '\n');
		}
	}
	write_instances(deck, number);
	text_append(deck, "rp p 0 1\n.ends\n");
}

static char *random_hierarchy(void)
{
	struct text deck = TEXT_INIT;

	text_append(&deck, "hierarchy\n");
	for (unsigned name = 0; name < N_NAMES; name++) {
		text_append(&deck, ".param ");
		write_definition(&deck, name, (1u << N_NAMES) - 1 - (1u << name));
		text_append_char(&deck, '\n');
		text_printf(&deck, ".param %c=%u\n", 'a' + name,
			    random_below(7)); /* the last counts */
	}
	for (unsigned i = 0; i < N_SUBCIRCUITS; i++)
		write_subcircuit(&deck, i);
	write_sources(&deck);
	write_instances(&deck, N_SUBCIRCUITS);
	text_append(&deck, ".op\n.end\n");
	return text_take(&deck);
}

struct walk {
	struct scope *top;
	const struct carom_result *result;
	unsigned n_values, n_wrong;
};

static int compare_source(void *arg, const struct carom_circuit *where,
			  struct carom_element element, const char *path)
{
	struct walk *walk = arg;
	struct carom_error err = CAROM_ERROR_INIT;
	const char *dot = strrchr(path, '.');
	const char *name = carom_element_name(where, element) + 1;
	char prefix[64] = "", node[80];
	double expected, got;
	struct scope *scope;

	if (dot)
		snprintf(prefix, sizeof(prefix), "%.*s", (int)(dot - path), path);
	snprintf(node, sizeof(node), "%s%sn%s", prefix, dot ? "." : "", name);
	scope = scope_find(walk->top, prefix, &err);
	assert_ok(&err);
	scope_evaluate(scope, name, 1, &expected, &err);
	assert_ok(&err);
	got = op_voltage(walk->result, node);
	walk->n_values++;
	if (is_printed_same(got, expected))
		return 0;
	walk->n_wrong++;
	print_error("%s: ngspice %.17g, here %.17g\n", node, got, expected);
	return 0;
}

static void parameters_of_random_hierarchies_have_ngspices_values(void **state)
{
	unsigned n_values = 0;

	for (int i = 0; i < N_HIERARCHIES; i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		char *deck = random_hierarchy();
		struct carom_circuit *circuit = import_deck(deck);
		struct walk walk = {.top = scope_new(circuit, &err)};
		struct carom_result *result;

		load_deck(*state, deck);
		walk.result = result = run_loaded(*state);
		circuit_match(circuit, "v?", compare_source, &walk);
		circuit_match(circuit, "x*.v?", compare_source, &walk);
		if (walk.n_wrong > 0)
			print_error("%s", deck);
		assert_int_equal(walk.n_wrong, 0);
		n_values += walk.n_values;
		carom_result_free(result);
		scope_free(walk.top);
		carom_circuit_free(circuit);
		free(deck);
	}
	print_message("# %u values\n", n_values);
	assert_true(n_values > 1000);
}

/* ---- nested definitions ---- */

/* A resistance whose model, function or subcircuit is looked up from inside t, which s calls. */
struct nesting {
	const char *top, *in_s, *in_t; /* definitions there */
	const char *use;               /* t's own card; its resistance is read at the top */
	bool is_inside;                /* t is defined in s, else at the top */
	double ohms;                   /* NAN: ngspice does not find it */
};

#define MODEL(ohms) ".model rr r rsh=" #ohms "\n"
#define FUNCTION(ohms) ".func f(x) {x*" #ohms "}\n"
#define SUBCIRCUIT(ohms) ".subckt u p\nru p 0 " #ohms "\n.ends\n"
#define BY_MODEL "r1 p 0 rr l=1u w=1u\n"
#define BY_FUNCTION "r1 p 0 {f(1)}\n"
#define BY_SUBCIRCUIT "x1 p u\n"

static const struct nesting nestings[] = {
	{MODEL(1), "", "", BY_MODEL, true, 1},
	{MODEL(1), MODEL(2), "", BY_MODEL, true, 2},
	{MODEL(1), MODEL(2), MODEL(3), BY_MODEL, true, 3},
	{MODEL(1), MODEL(2), "", BY_MODEL, false, 1},
	{"", MODEL(2), "", BY_MODEL, false, NAN},
	{FUNCTION(1), FUNCTION(2), "", BY_FUNCTION, true, 2},
	{FUNCTION(1), FUNCTION(2), "", BY_FUNCTION, false, 1},
	{"", FUNCTION(2), "", BY_FUNCTION, false, NAN},
	{SUBCIRCUIT(1), SUBCIRCUIT(2), "", BY_SUBCIRCUIT, true, 2},
	{SUBCIRCUIT(1), SUBCIRCUIT(2), "", BY_SUBCIRCUIT, false, 1},
	{"", SUBCIRCUIT(2), "", BY_SUBCIRCUIT, false, NAN},
};

static void write_nesting(struct text *deck, const struct nesting *nesting)
{
	struct text t = TEXT_INIT;

	text_printf(&t, ".subckt t p\n%s%s.ends\n", nesting->in_t, nesting->use);
	text_printf(deck, "nesting\ni1 0 a 1\nx1 a s\n%s%s.subckt s p\n%s%sx2 p t\n.ends\n",
		    nesting->top, nesting->is_inside ? "" : text_string(&t), nesting->in_s,
		    nesting->is_inside ? text_string(&t) : "");
	text_append(deck, ".op\n.end\n");
	text_release(&t);
}

/* What is computed here, but for a subcircuit, whose resistor has another name. */
static void check_value(const char *deck, const struct nesting *nesting)
{
	bool is_model = strcmp(nesting->use, BY_MODEL) == 0;
	const char *target = is_model                                 ? "x1.x2.r1:rsh"
			     : strcmp(nesting->use, BY_FUNCTION) == 0 ? "x1.x2.r1"
								      : "x1.x2.x1.ru";
	struct carom_circuit *circuit = import_deck(deck);
	double value = NAN;
	int status = carom_circuit_resolve(circuit, target, &value, NULL);

	assert_int_equal(status == 0, !isnan(nesting->ohms));
	if (status == 0)
		assert_double_equal(value, nesting->ohms, 1e-12, 0);
	carom_circuit_free(circuit);
}

static void definitions_are_found_from_where_the_text_stands(void **state)
{
	for (size_t i = 0; i < sizeof(nestings) / sizeof(nestings[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_result *result = NULL;
		struct text deck = TEXT_INIT;
		int status;

		write_nesting(&deck, &nestings[i]);
		check_value(deck.data, &nestings[i]);
		status = load_deck_text(*state, deck.data, &err);
		if (!status)
			status = carom_session_run(*state, &result, &err);
		assert_int_equal(status == 0, !isnan(nestings[i].ohms));
		if (result)
			assert_double_equal(op_voltage(result, "a"), nestings[i].ohms, 1e-9, 0);
		carom_result_free(result);
		text_release(&deck);
	}
}

#define test(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(parameters_of_random_hierarchies_have_ngspices_values),
		test(definitions_are_found_from_where_the_text_stands),
	};

	return run_all_tests(tests);
}
