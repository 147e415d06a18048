/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines of a circuit: their text, their places, and what an untrusted deck may not say. */
#include "support.h"

#include <string.h>

#include "base/mem.h"
#include "sim/line-list.h"

static struct carom_circuit *import(const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, text, strlen(text), "amp.cir", NULL, &err);
	assert_ok(&err);
	return circuit;
}

static struct line_list lines_of(const struct carom_circuit *circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct line_list list;

	assert_int_equal(line_list_init(&list, circuit, NULL, true, &err), 0);
	assert_ok(&err);
	return list;
}

/* Number of the line that has this text, 0 if none. */
static int number_of(const struct line_list *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->lines[i], text) == 0)
			return (int)i + 1;
	return 0;
}

static void lines_begin_with_the_title_and_finish_with_the_end(void **state)
{
	struct carom_circuit *circuit = import("divider\nv1 in 0 1\nr1 in 0 1k\n.op\n.end\n");
	struct line_list list = lines_of(circuit);
	(void)state;

	assert_int_equal(list.n, 5);
	assert_string_equal(list.lines[0], "divider");
	assert_string_equal(list.lines[4], ".end");
	line_list_release(&list);
	carom_circuit_free(circuit);
}

static void lines_outlive_the_circuit(void **state)
{
	struct carom_circuit *circuit = import("divider\nv1 in 0 1\nr1 in 0 1k\n.op\n.end\n");
	struct line_list list = lines_of(circuit);
	int line;
	(void)state;

	carom_circuit_free(circuit);
	assert_string_equal(line_list_place(&list, number_of(&list, "r1 in 0 1k"), &line),
			    "amp.cir");
	assert_int_equal(line, 3);
	line_list_release(&list);
}

static void a_place_is_the_decks_not_the_number_of_the_line_sent(void **state)
{
	struct carom_circuit *circuit =
		import("t\n* a comment\n\nv1 in 0\n+ 1\n\nr1 in 0 1k\n.op\n.end\n");
	struct line_list list = lines_of(circuit);
	int line;
	(void)state;

	assert_string_equal(line_list_place(&list, number_of(&list, "r1 in 0 1k"), &line),
			    "amp.cir");
	assert_int_equal(line, 7);
	line_list_release(&list);
	carom_circuit_free(circuit);
}

static void a_number_of_no_line_has_the_first_lines_file_and_no_line(void **state)
{
	struct carom_circuit *circuit = import("t\nr1 a 0 1\n.op\n.end\n");
	struct line_list list = lines_of(circuit);
	const int numbers[] = {0, -1, (int)list.n + 1};
	(void)state;

	for (size_t i = 0; i < 3; i++) {
		int line = 99;

		assert_string_equal(line_list_place(&list, numbers[i], &line), "amp.cir");
		assert_int_equal(line, 0);
	}
	line_list_release(&list);
	carom_circuit_free(circuit);
}

static void a_circuit_built_by_calls_has_no_places(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = carom_circuit_new("built", &err);
	struct line_list list;
	int line;
	(void)state;

	carom_add_element(circuit, "r1 a 0 1k", &err);
	assert_ok(&err);
	list = lines_of(circuit);
	assert_string_equal(line_list_place(&list, 2, &line), "");
	assert_int_equal(line, 0);
	line_list_release(&list);
	carom_circuit_free(circuit);
}

/* ngspice takes every line after such a title for a command. */
static void a_line_that_runs_commands_is_refused_unless_trusted(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = carom_circuit_new("*ng_script", NULL);
	struct line_list list;
	(void)state;

	assert_int_equal(line_list_init(&list, circuit, NULL, true, &err), CAROM_ERROR_TRUST);
	assert_non_null(strstr(err.text, "untrusted deck"));
	assert_int_equal(line_list_init(&list, circuit, NULL, false, NULL), 0);
	assert_string_equal(list.lines[0], "*ng_script");
	line_list_release(&list);
	carom_circuit_free(circuit);
}

static void collecting_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	struct carom_circuit *circuit = import("t\nv1 in 0 1\nr1 in 0 1k\n.op\n.end\n");
	int n_failures = 0;
	(void)state;

	for (int status = -1; status; n_failures += status != 0) {
		struct line_list list;

		mem_fail_after(n_failures);
		status = line_list_init(&list, circuit, NULL, true, NULL);
		mem_fail_after(-1);
		if (!status)
			line_list_release(&list);
		else
			assert_int_equal(status, CAROM_ERROR_MEMORY);
	}
	assert_true(n_failures >= 5); /* two for the source, places, text, lines */
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_begin_with_the_title_and_finish_with_the_end),
		cmocka_unit_test(lines_outlive_the_circuit),
		cmocka_unit_test(a_place_is_the_decks_not_the_number_of_the_line_sent),
		cmocka_unit_test(a_number_of_no_line_has_the_first_lines_file_and_no_line),
		cmocka_unit_test(a_circuit_built_by_calls_has_no_places),
		cmocka_unit_test(a_line_that_runs_commands_is_refused_unless_trusted),
		cmocka_unit_test(collecting_survives_a_lack_of_memory_at_every_allocation),
	};

	return run_all_tests(tests);
}
