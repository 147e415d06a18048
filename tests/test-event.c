/* SPDX-License-Identifier: BSD-3-Clause */
/* Events of a plot: made as the session makes them, read as a host reads them. */
#include "sim/event.h"

#include <stdio.h>

#include "sim/plot.h"
#include "support-circuit.h"

static int make_result(void **state)
{
	struct carom_result *result = result_new();
	struct event_list *list = plot_events(result_add_plot(result, "tran1", "gates", 0));

	assert_true(event_list_add(list, "din", 2));
	assert_true(event_list_set(list, 0, 0, "0s"));
	assert_true(event_list_set(list, 1, 1e-9, "1s"));
	assert_true(event_list_add(list, "x1.Q", 1));
	assert_true(event_list_set(list, 0, 0, "1s"));
	result_add_plot(result, "ac1", "gates", 0);
	*state = result;
	return 0;
}

static int free_result(void **state)
{
	carom_result_free(*state);
	return 0;
}

static void nodes_are_numbered_in_their_order(void **state)
{
	const struct carom_plot *plot = carom_result_plot(*state, 0);

	assert_int_equal(carom_plot_event_count(plot), 2);
	assert_string_equal(carom_plot_event(plot, 0)->name, "din");
	assert_string_equal(carom_plot_event(plot, 1)->name, "x1.Q");
	assert_null(carom_plot_event(plot, 2));
}

static void a_node_has_its_times_and_values(void **state)
{
	const struct carom_events *events = carom_plot_event(carom_result_plot(*state, 0), 0);

	assert_int_equal(events->n, 2);
	assert_same_bits(events->times[0], 0);
	assert_same_bits(events->times[1], 1e-9);
	assert_string_equal(events->values[0], "0s");
	assert_string_equal(events->values[1], "1s");
}

static void a_node_is_found_by_its_name(void **state)
{
	const struct carom_plot *plot = carom_result_plot(*state, 0);

	assert_ptr_equal(carom_plot_find_event(plot, "X1.q"), carom_plot_event(plot, 1));
	assert_null(carom_plot_find_event(plot, "q"));
}

static void a_plot_without_events_has_none(void **state)
{
	const struct carom_plot *plot = carom_result_plot(*state, 1);

	assert_int_equal(carom_plot_event_count(plot), 0);
	assert_null(carom_plot_event(plot, 0));
	assert_null(carom_plot_find_event(plot, "din"));
}

static void equal_values_share_their_text(void **state)
{
	const struct carom_plot *plot = carom_result_plot(*state, 0);

	assert_ptr_equal(carom_plot_event(plot, 0)->values[1],
			 carom_plot_event(plot, 1)->values[0]);
}

static void any_number_of_values_is_kept(void **state)
{
	struct event_list list = {.n = 0};

	(void)state;
	assert_true(event_list_add(&list, "real", 100));
	for (int i = 0; i < 100; i++) {
		char value[20];

		snprintf(value, sizeof(value), "%d.5", i);
		assert_true(event_list_set(&list, (size_t)i, i, value));
	}
	assert_string_equal(list.nodes[0].events.values[0], "0.5");
	assert_string_equal(list.nodes[0].events.values[99], "99.5");
	event_list_release(&list);
}

static int attempt(void *arg)
{
	struct event_list list = {.n = 0};
	bool is_made = event_list_add(&list, "a", 1) && event_list_set(&list, 0, 0, "0s");

	(void)arg;
	event_list_release(&list);
	return is_made ? CAROM_OK : CAROM_ERROR_MEMORY;
}

static void no_memory_is_an_error(void **state)
{
	(void)state;
	assert_survives_no_memory(attempt, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(nodes_are_numbered_in_their_order, make_result,
						free_result),
		cmocka_unit_test_setup_teardown(a_node_has_its_times_and_values, make_result,
						free_result),
		cmocka_unit_test_setup_teardown(a_node_is_found_by_its_name, make_result,
						free_result),
		cmocka_unit_test_setup_teardown(a_plot_without_events_has_none, make_result,
						free_result),
		cmocka_unit_test_setup_teardown(equal_values_share_their_text, make_result,
						free_result),
		cmocka_unit_test(any_number_of_values_is_kept),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
