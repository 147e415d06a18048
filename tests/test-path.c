/* SPDX-License-Identifier: BSD-3-Clause */
/* Full names through the hierarchy: look-up, globs, ngspice's names. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "carom-graph.h"
#include "circuit/circuit.h"
#include "support-circuit.h"

static int set_up(void **state)
{
	*state = import_deck("t\n"
			     ".subckt inner a b\n"
			     "r1 a b 1\n"
			     "m1 a b 0 0 nm\n"
			     ".ends\n"
			     ".subckt outer a\n"
			     "x1 a 0 inner\n"
			     "x2 a 0 INNER\n"
			     "r1 a 0 2\n"
			     ".ends\n"
			     "r1 in 0 3\n"
			     "x1 in outer\n"
			     "x2 in 0 inner\n"
			     "r2 in 0 4\n"
			     "x9 in nowhere\n");
	return 0;
}

static int tear_down(void **state)
{
	carom_circuit_free(*state);
	return 0;
}

static void assert_found(const struct carom_circuit *c, const char *path, const char *holder)
{
	const struct carom_circuit *where = NULL;
	struct carom_element element = circuit_find_path(c, path, &where);
	const char *last = strrchr(path, '.');

	assert_true(carom_element_is_valid(element));
	assert_string_equal(carom_circuit_title(where), holder);
	assert_int_equal(name_compare(carom_element_name(where, element), last ? last + 1 : path),
			 0);
}

static void a_path_leads_through_instances(void **state)
{
	assert_found(*state, "r1", "t");
	assert_found(*state, "R2", "t");
	assert_found(*state, "x1", "t");
	assert_found(*state, "x1.r1", "outer");
	assert_found(*state, "X1.X2.R1", "inner");
	assert_found(*state, "x2.m1", "inner");
	assert_true(carom_element_is_valid(circuit_find_path(*state, "x1.r1", NULL)));
}

static void a_path_that_leads_nowhere_finds_nothing(void **state)
{
	static const char *const paths[] = {"r3", "x3.r1", "r1.r1", "x1.x3.r1", "x9.r1",      "",
					    ".",  "x1.",   ".r1",   "x1..r1",   "x1.x1.r1.r1"};

	for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		assert_false(carom_element_is_valid(circuit_find_path(*state, paths[i], NULL)));
}

static void a_name_with_a_dot_of_its_own_is_found(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1.5 a 0 1\n");
	struct carom_element element = circuit_find_path(c, "r1.5", NULL);

	(void)state;
	assert_string_equal(carom_element_name(c, element), "r1.5");
	carom_circuit_free(c);
}

struct matches {
	char paths[512];
	int stop_at;
	int count;
};

static int note_match(void *arg, const struct carom_circuit *where, struct carom_element element,
		      const char *path)
{
	struct matches *matches = arg;
	const char *last = strrchr(path, '.');

	assert_int_equal(name_compare(carom_element_name(where, element), last ? last + 1 : path),
			 0);
	strcat(strcat(matches->paths, matches->count > 0 ? " " : ""), path);
	return ++matches->count == matches->stop_at ? 42 : 0;
}

static void assert_matches(const struct carom_circuit *c, const char *pattern, const char *expected)
{
	struct matches matches = {.paths = ""};

	assert_int_equal(circuit_match(c, pattern, note_match, &matches), 0);
	assert_string_equal(matches.paths, expected);
}

static void a_pattern_without_a_dot_matches_at_the_top(void **state)
{
	assert_matches(*state, "r*", "r1 r2");
	assert_matches(*state, "R?", "r1 r2");
	assert_matches(*state, "*", "r1 x1 x2 r2 x9");
	assert_matches(*state, "m*", "");
}

static void a_pattern_with_a_dot_matches_full_names(void **state)
{
	assert_matches(*state, "x1.r*", "x1.r1");
	assert_matches(*state, "x1.*", "x1.x1 x1.x1.r1 x1.x1.m1 x1.x2 x1.x2.r1 x1.x2.m1 x1.r1");
	assert_matches(*state, "x?.m1", "x2.m1");
	assert_matches(*state, "*.m1", "x1.x1.m1 x1.x2.m1 x2.m1");
	assert_matches(*state, "X1.X?.R1", "x1.x1.r1 x1.x2.r1");
	assert_matches(*state, "y*.r1", "");
}

static void a_pattern_without_wildcards_is_a_name(void **state)
{
	assert_matches(*state, "x1.x2.r1", "x1.x2.r1");
	assert_matches(*state, "r1", "r1");
	assert_matches(*state, "r7", "");
}

static void a_visit_can_stop_the_walk(void **state)
{
	struct matches matches = {.paths = "", .stop_at = 2};

	assert_int_equal(circuit_match(*state, "*.m1", note_match, &matches), 42);
	assert_string_equal(matches.paths, "x1.x1.m1 x1.x2.m1");
	matches = (struct matches){.paths = "", .stop_at = 1};
	assert_int_equal(circuit_match(*state, "r1", note_match, &matches), 42);
}

static void a_subcircuit_that_contains_itself_is_entered_once(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.subckt s a\nr1 a 0 1\nx1 a s\nx2 a s\n.ends\nx1 a s\n");

	(void)state;
	assert_matches(c, "*.*", "x1.r1 x1.x1 x1.x2");
	carom_circuit_free(c);
}

static int match_all(void *arg)
{
	struct matches matches = {.paths = ""};

	return circuit_match(arg, "*.m1", note_match, &matches);
}

static void matching_survives_the_want_of_memory(void **state)
{
	assert_survives_no_memory(match_all, *state);
}

static void ngspice_puts_the_letter_of_an_inner_element_first(void **state)
{
	static const char *const cases[][2] = {
		{"r3", "r3"}, {"x1.r3", "r.x1.r3"}, {"X1.x2.Q3", "Q.X1.x2.Q3"}};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct text text = TEXT_INIT;

		circuit_append_ngspice_name(&text, NULL, cases[i][0]);
		assert_string_equal(text_string(&text), cases[i][1]);
		text_release(&text);
	}
}

/* As "show" of ngspice lists them. */
static void what_is_defined_inside_another_gets_more_letters(void **state)
{
	static const char *const cases[][2] = {
		{"x9.rc", "r.x9.rc"},
		{"x1.ra", "r.x1.ra"},
		{"x1.x4.rc", "r.x1.x4.rc"},
		{"x1.x2.rb", "r.x1.r.x2.rb"},
		{"x1.x2.x5.rd", "r.x1.r.x2.r.x5.rd"},
		{"x1.x2.x3.rc", "r.x1.x2.x3.rc"},
		{"x1.x2.x6.re", "r.x1.r.x2.x6.re"},
		{"r.x1.ra", "r.x1.ra"},
	};
	struct carom_circuit *circuit =
		import_deck("t\nx1 1 0 a\nx9 1 0 c\n.subckt c p n\nrc p n 1k\n.ends\n"
			    ".subckt a p n\nx2 p n b\nx4 p n c\nra p n 1k\n"
			    ".subckt e p n\nre p n 1k\n.ends\n"
			    ".subckt b p n\nrb p n 1k\nx3 p n c\nx5 p n d\nx6 p n e\n"
			    ".subckt d p n\nrd p n 1k\n.ends\n.ends\n.ends\n.end\n");

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text text = TEXT_INIT;

		circuit_append_ngspice_name(&text, circuit, cases[i][0]);
		assert_string_equal(text_string(&text), cases[i][1]);
		text_release(&text);
	}
	carom_circuit_free(circuit);
}

struct walk {
	char text[512];
	int stop_at, count;
};

static int note_visit(void *arg, const struct carom_visit *visit)
{
	struct walk *walk = arg;
	const char *last = strrchr(visit->path, '.');

	assert_int_equal(name_compare(carom_element_name(visit->circuit, visit->element),
				      last ? last + 1 : visit->path),
			 0);
	sprintf(walk->text + strlen(walk->text), "%u:%s ", visit->depth, visit->path);
	return ++walk->count == walk->stop_at ? 7 : 0;
}

static void a_walk_visits_instances_before_what_is_inside(void **state)
{
	struct walk walk = {.text = ""};

	assert_int_equal(carom_circuit_walk(*state, note_visit, &walk), 0);
	assert_string_equal(walk.text, "0:r1 0:x1 1:x1.x1 2:x1.x1.r1 2:x1.x1.m1 1:x1.x2 2:x1.x2.r1 "
				       "2:x1.x2.m1 1:x1.r1 0:x2 1:x2.r1 1:x2.m1 0:r2 0:x9 ");
	walk = (struct walk){.text = "", .stop_at = 3};
	assert_int_equal(carom_circuit_walk(*state, note_visit, &walk), 7);
	assert_string_equal(walk.text, "0:r1 0:x1 1:x1.x1 ");
}

static void a_match_tells_the_depth(void **state)
{
	struct walk walk = {.text = ""};

	assert_int_equal(carom_circuit_match(*state, "x1.x?.r1", note_visit, &walk), 0);
	assert_int_equal(carom_circuit_match(*state, "x1.x2.m1", note_visit, &walk), 0);
	assert_int_equal(carom_circuit_match(*state, "r2", note_visit, &walk), 0);
	assert_string_equal(walk.text, "2:x1.x1.r1 2:x1.x2.r1 2:x1.x2.m1 0:r2 ");
}

static int count_visit(void *arg, const struct carom_visit *visit)
{
	(void)visit;
	((struct walk *)arg)->count++;
	return 0;
}

/* The top holds an x of s0, which holds one of s1, ... */
static void a_walk_ends_where_instances_are_too_deep(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = carom_circuit_new("t", &err), *inside = c;
	struct walk walk = {.stop_at = 0};

	(void)state;
	for (unsigned i = 0; i <= CAROM_MAX_DEPTH + 1; i++) {
		char name[16], card[32];

		sprintf(name, "s%u", i);
		sprintf(card, "x1 0 s%u", i);
		carom_add_element(inside, card, &err);
		inside = carom_circuit_add_subcircuit(c, name, (const char *[]){"p"}, 1, &err);
	}
	assert_ok(&err);
	assert_int_equal(carom_circuit_walk(c, count_visit, &walk), CAROM_ERROR_LIMIT);
	assert_int_equal(walk.count, CAROM_MAX_DEPTH + 1);
	carom_circuit_free(c);
}

#define WITH_DECK(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_DECK(a_path_leads_through_instances),
		WITH_DECK(a_path_that_leads_nowhere_finds_nothing),
		cmocka_unit_test(a_name_with_a_dot_of_its_own_is_found),
		WITH_DECK(a_pattern_without_a_dot_matches_at_the_top),
		WITH_DECK(a_pattern_with_a_dot_matches_full_names),
		WITH_DECK(a_pattern_without_wildcards_is_a_name),
		WITH_DECK(a_visit_can_stop_the_walk),
		WITH_DECK(a_walk_visits_instances_before_what_is_inside),
		WITH_DECK(a_match_tells_the_depth),
		cmocka_unit_test(a_walk_ends_where_instances_are_too_deep),
		cmocka_unit_test(a_subcircuit_that_contains_itself_is_entered_once),
		WITH_DECK(matching_survives_the_want_of_memory),
		cmocka_unit_test(ngspice_puts_the_letter_of_an_inner_element_first),
		cmocka_unit_test(what_is_defined_inside_another_gets_more_letters),
	};

	return run_all_tests(tests);
}
