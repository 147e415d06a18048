/* SPDX-License-Identifier: BSD-3-Clause */
/* The deck kept as lines. */
#include <stdlib.h>
#include <string.h>

#include "carom-edit.h"
#include "support-circuit.h"

static void assert_lines(const struct carom_circuit *c)
{
	size_t n, i = 0;
	const char *const *lines = carom_circuit_lines(c, &n, NULL);
	char *text = carom_circuit_to_text(c, NULL);

	for (char *line = text; *line; i++) {
		char *end = strchr(line, '\n');

		*end = '\0';
		assert_string_equal(lines[i], line);
		line = end + 1;
	}
	assert_int_equal(i, n);
	assert_null(lines[n]);
	free(text);
}

static const char deck[] = "t\nr1 a 0 1\n.subckt s a w=1\nr1 a 0 1\n.subckt u b\nr1 b 0 1\n.ends\n"
			   "x1 a u\n.ends\nx1 a s\n.op\n.end\n";

static void lines_are_the_deck(void **state)
{
	struct carom_circuit *c = import_deck(deck);

	(void)state;
	assert_lines(c);
	carom_circuit_free(c);
}

static void an_unchanged_circuit_gives_the_same_array(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	const char *const *lines = carom_circuit_lines(c, NULL, NULL);
	const char *line = lines[1];

	(void)state;
	assert_ptr_equal(carom_circuit_lines(c, NULL, NULL), lines);
	assert_ptr_equal(lines[1], line);
	carom_circuit_free(c);
}

static void new_values_appear_in_the_same_array(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_circuit *s = carom_circuit_find_subcircuit(c, "s");
	const char *const *lines = carom_circuit_lines(c, NULL, NULL);

	(void)state;
	carom_element_set_value(c, element_called(c, "r1"), 1.2345678901234568e-300, NULL);
	carom_element_set_value(s, element_called(s, "r1"), 1.2345678901234568e-300, NULL);
	carom_circuit_set_param(s, "w", 1.2345678901234568e-300, NULL);
	assert_ptr_equal(carom_circuit_lines(c, NULL, NULL), lines);
	assert_string_equal(lines[1], "r1 a 0 1.2345678901234568e-300");
	assert_string_equal(lines[2], ".subckt s a w=1.2345678901234568e-300");
	assert_lines(c);
	carom_circuit_free(c);
}

static void other_edits_have_it_made_anew(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	size_t n;

	(void)state;
	carom_circuit_lines(c, &n, NULL);
	assert_int_equal(n, 12);
	carom_element_remove(c, element_called(c, "r1"), NULL);
	assert_lines(c);
	carom_circuit_mark(c, NULL);
	carom_add_element(c, "r9 a 0 1", NULL);
	assert_lines(c);
	carom_circuit_rollback(c, NULL);
	assert_lines(c);
	carom_net_rename(c, carom_circuit_find_net(c, "a"), "q", NULL);
	assert_lines(c);
	carom_circuit_lines(c, &n, NULL);
	assert_int_equal(n, 11);
	carom_circuit_free(c);
}

static void a_subcircuit_alone_is_no_deck(void **state)
{
	struct carom_circuit *c = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;
	size_t n = 7;

	(void)state;
	assert_null(carom_circuit_lines(carom_circuit_find_subcircuit(c, "s"), &n, &err));
	assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
	assert_int_equal(n, 0);
	assert_null(carom_circuit_lines(c, NULL, &err));
	carom_circuit_free(c);
}

static int attempt(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;

	carom_circuit_lines(arg, NULL, &err);
	return err.status;
}

static void lines_survive_the_want_of_memory(void **state)
{
	struct carom_circuit *c = import_deck(deck);

	(void)state;
	assert_survives_no_memory(attempt, c);
	assert_lines(c);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_are_the_deck),
		cmocka_unit_test(an_unchanged_circuit_gives_the_same_array),
		cmocka_unit_test(new_values_appear_in_the_same_array),
		cmocka_unit_test(other_edits_have_it_made_anew),
		cmocka_unit_test(a_subcircuit_alone_is_no_deck),
		cmocka_unit_test(lines_survive_the_want_of_memory),
	};

	return run_all_tests(tests);
}
