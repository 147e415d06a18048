/* SPDX-License-Identifier: BSD-3-Clause */
/* A session follows the edits of its circuit by values where that does, and loads it otherwise. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "carom-edit.h"
#include "support-update.h"

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

static void the_first_update_loads(void **state)
{
	struct carom_circuit *circuit = import_deck(divider);
	struct carom_update done = update(*state, circuit);

	assert_true(done.was_reloaded);
	assert_string_equal(done.reason, "no circuit was loaded");
	assert_int_equal(done.n_values, 0);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void another_circuit_is_loaded(void **state)
{
	struct carom_circuit *first = import_deck(divider), *second = import_deck(divider);

	load(*state, first);
	assert_string_equal(update(*state, second).reason, "another circuit was loaded");
	assert_false(update(*state, second).was_reloaded);
	carom_circuit_free(first);
	carom_circuit_free(second);
}

static void nothing_is_sent_where_nothing_differs(void **state)
{
	const struct subject *subject = subject_called("a chain of parameters");
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	assert_int_equal(update(*state, circuit).n_values, 0);
	turn(circuit, &subject->knobs[0], 2);
	assert_int_equal(update(*state, circuit).n_values, 5);
	turn(circuit, &subject->knobs[0], 1);
	turn(circuit, &subject->knobs[0], 2);
	assert_int_equal(update(*state, circuit).n_values, 0);
	carom_circuit_free(circuit);
}

static void an_element_of_a_subcircuit_is_set_in_each_instance(void **state)
{
	const struct subject *subject = subject_called("subcircuits");
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	turn(circuit, &subject->knobs[3], 2);
	assert_int_equal(update(*state, circuit).n_values, 2); /* rx of x1 and x2 */
	turn(circuit, &subject->knobs[5], 2);
	assert_int_equal(update(*state, circuit).n_values, 2); /* ds of x3 and x4 */
	turn(circuit, &subject->knobs[1], 2);
	assert_int_equal(update(*state, circuit).n_values,
			 2); /* ra and rb of x2; x1 has its own r */
	carom_circuit_free(circuit);
}

static void another_structure_is_loaded(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(*state, divider);

	carom_add_element(circuit, "r3 out 0 1k", &err);
	assert_ok(&err);
	assert_string_equal(update(*state, circuit).reason, "more than numbers was changed");
	assert_double_equal(run_op(*state, "v(out)"), 10.0 / 3, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void an_expression_that_becomes_a_number_is_loaded(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit =
		load_new(*state, "expression\n.param a=1k b={a}\nv1 in 0 10\nr1 in out {b}\n"
				 "r2 out 0 1k\n.op\n.end\n");

	carom_circuit_set_param(circuit, "b", 3e3, &err);
	assert_ok(&err);
	assert_true(update(*state, circuit).was_reloaded);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	carom_circuit_set_param(circuit, "a", 9e3, &err);
	assert_int_equal(update(*state, circuit).n_values, 0); /* nothing has it any more */
	carom_circuit_set_param(circuit, "b", 4e3, &err);
	assert_int_equal(update(*state, circuit).n_values, 1);
	assert_double_equal(run_op(*state, "v(out)"), 2, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void a_rollback_is_followed(void **state)
{
	const struct subject *subject = subject_called("subcircuits");
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	carom_circuit_mark(circuit, &err);
	for (size_t i = 0; i < count_knobs(subject); i++)
		turn(circuit, &subject->knobs[i], 1.5);
	assert_false(update(*state, circuit).was_reloaded);
	carom_result_free(run_loaded(*state));
	carom_circuit_rollback(circuit, &err);
	assert_ok(&err);
	assert_true(update(*state, circuit).was_reloaded);
	assert_in_line(*state, circuit, "rollback");
	carom_circuit_free(circuit);
}

static void a_hazard_starts_afresh_with_the_new_values(void **state)
{
	const struct subject *subject = subject_called("transformer");
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	carom_result_free(run_loaded(*state));
	turn(circuit, &subject->knobs[0], 2);
	turn(circuit, &subject->knobs[1], 0.5);
	assert_int_equal(update(*state, circuit).n_values, 2);
	carom_result_free(run_loaded(*state));
	turn(circuit, &subject->knobs[0], 3);
	assert_int_equal(update(*state, circuit).n_values, 1);
	carom_result_free(run_loaded(*state));
	assert_in_line(*state, circuit, "transformer");
	carom_circuit_free(circuit);
}

/* Elements "r0 b 0 5k", "r1 b 0 5k", ... */
static void add_elements(struct carom_circuit *circuit, char letter, const char *tail, int n)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char card[64];

	for (int i = 0; i < n; i++) {
		snprintf(card, sizeof(card), "%cmany%d %s", letter, i, tail);
		carom_add_element(circuit, card, &err);
	}
	assert_ok(&err);
}

static void a_hazard_keeps_many_values(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(subject_called("transformer")->deck);
	size_t n = carom_circuit_element_count(circuit);

	add_elements(circuit, 'r', "b 0 5k", 100);
	load(*state, circuit);
	carom_result_free(run_loaded(*state));
	for (uint32_t round = 0; round < 3; round++) {
		for (uint32_t i = 0; i < 100; i++)
			carom_element_set_value(circuit, (struct carom_element){(uint32_t)n + i},
						5e3 + 100 * round + i, &err);
		assert_ok(&err);
		assert_int_equal(update(*state, circuit).n_values, 100);
		carom_result_free(run_loaded(*state));
	}
	assert_in_line(*state, circuit, "many values");
	carom_circuit_free(circuit);
}

/* Each number of a model has ngspice look at the whole circuit again. */
static void very_many_numbers_of_models_are_loaded(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit =
		import_deck("models\n.param p=1\nv1 a 0 0.5\n.subckt s a b\nd1 a b dm\n"
			    ".model dm d n={p}\n.ends\nxlast a 0 s\n.op\n.end\n");

	add_elements(circuit, 'x', "a 0 s", 200);
	load(*state, circuit);
	carom_circuit_set_param(circuit, "p", 1.25, &err);
	assert_string_equal(update(*state, circuit).reason,
			    "setting 201 numbers of models takes longer");
	carom_element_remove(circuit, carom_circuit_find_element(circuit, "xlast"), &err);
	load(*state, circuit);
	carom_circuit_set_param(circuit, "p", 1.5, &err);
	assert_ok(&err);
	assert_int_equal(update(*state, circuit).n_values, 200);
	carom_circuit_free(circuit);
}

static int try_update(struct carom_session *session, const struct carom_circuit *circuit, int n)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_update done;
	int status;

	mem_fail_after(n);
	status = carom_session_update(session, circuit, &done, &err);
	mem_fail_after(-1);
	assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
	assert_int_equal(err.status, status);
	return status;
}

static void a_lack_of_memory_is_told_and_made_good(void **state)
{
	const struct subject *subject = subject_called("subcircuits");
	struct carom_circuit *circuit = import_deck(subject->deck);
	int n_failures = 0;

	for (int status = -1; status; n_failures += status != 0) {
		load(*state, circuit);
		for (size_t i = 0; i < count_knobs(subject); i++)
			turn(circuit, &subject->knobs[i], 1 + 0.001 * (n_failures + 1));
		status = try_update(*state, circuit, n_failures);
		if (status) {
			assert_int_equal(update(*state, circuit).n_values, 0);
			assert_in_line(*state, circuit, "after a lack of memory");
		}
	}
	assert_in_line(*state, circuit, "with all memory");
	assert_true(n_failures > 20);
	carom_circuit_free(circuit);
}

static void a_value_that_was_altered_in_between_is_set_again(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(*state, divider);
	struct carom_element r1 = carom_circuit_find_element(circuit, "r1");

	carom_element_set_value(circuit, r1, 3e3, &err);
	update(*state, circuit);
	set_value(*state, "r1", 9e3);
	carom_element_set_value(circuit, r1, 3e3, &err);
	assert_int_equal(update(*state, circuit).n_values, 1);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void what_a_reason_is_about_has_a_place(void **state)
{
	const struct subject *subject = subject_called("what cannot be set");
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	turn(circuit, &subject->knobs[0], 2);
	assert_string_equal(
		update(*state, circuit).reason,
		"deck.cir:3: v1: the change reaches its waveform, which is not set in a "
		"loaded circuit");
	turn(circuit, &subject->knobs[3], 1);
	assert_string_equal(update(*state, circuit).reason,
			    "deck.cir:8: .model: this parameter of the model is not set in a "
			    "loaded circuit");
	carom_circuit_free(circuit);
}

static void conditions_are_left_to_ngspice(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(
		*state, "conditions\n.param a=1\nv1 in 0 10\n.if (a > 2)\nr1 in out 3k\n.else\n"
			"r1 in out 1k\n.endif\nr2 out 0 1k\n.op\n.end\n");

	carom_circuit_set_param(circuit, "a", 3, &err);
	assert_true(update(*state, circuit).was_reloaded);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void a_failed_load_leaves_none_and_the_next_update_loads(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(*state, divider);
	struct carom_update done;
	struct carom_element bad;

	bad = carom_add_element(circuit, "r3 out 0 {undefined}", &err);
	assert_ok(&err);
	assert_int_not_equal(carom_session_update(*state, circuit, &done, &err), 0);
	carom_error_clear(&err);
	carom_element_remove(circuit, bad, &err);
	assert_string_equal(update(*state, circuit).reason, "no circuit was loaded");
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void an_update_does_nothing_once_the_error_is_set(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(divider);

	err.status = CAROM_ERROR_STATE;
	assert_int_equal(carom_session_update(*state, circuit, NULL, &err), CAROM_ERROR_STATE);
	carom_error_clear(&err);
	assert_int_equal(carom_session_update(NULL, circuit, NULL, &err), CAROM_ERROR_ARGUMENT);
	carom_circuit_free(circuit);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_first_update_loads),
		CASE(another_circuit_is_loaded),
		CASE(nothing_is_sent_where_nothing_differs),
		CASE(an_element_of_a_subcircuit_is_set_in_each_instance),
		CASE(another_structure_is_loaded),
		CASE(an_expression_that_becomes_a_number_is_loaded),
		CASE(a_rollback_is_followed),
		CASE(a_hazard_starts_afresh_with_the_new_values),
		CASE(a_hazard_keeps_many_values),
		CASE(very_many_numbers_of_models_are_loaded),
		CASE(a_lack_of_memory_is_told_and_made_good),
		CASE(a_value_that_was_altered_in_between_is_set_again),
		CASE(what_a_reason_is_about_has_a_place),
		CASE(conditions_are_left_to_ngspice),
		CASE(a_failed_load_leaves_none_and_the_next_update_loads),
		CASE(an_update_does_nothing_once_the_error_is_set),
	};

	return run_all_on_both_levels(tests);
}
