/* SPDX-License-Identifier: BSD-3-Clause */
/* Results: made as the session makes them, read as a host reads them. */
#include "support.h"

#include <string.h>

#include "base/mem.h"
#include "sim/plot.h"

/* An operating point, two transients and a noise spectrum. */
static int make_result(void **state)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "op1", "amplifier", 2);

	plot_add_vector(plot, "v(out)", "V", false, 1)[0] = 2.5;
	plot_add_vector(plot, "i(v1)", "A", false, 1)[0] = -1e-3;
	plot = result_add_plot(result, "tran1", "amplifier", 6);
	memcpy(plot_add_vector(plot, "v(Out)", "V", false, 3), (double[]){1, 2, 3}, 24);
	memset(plot_add_vector(plot, "v(time)", "V", false, 3), 0, 24);
	memcpy(plot_add_vector(plot, "time", "s", false, 3), (double[]){0, 1e-3, 2e-3}, 24);
	memset(plot_add_vector(plot, "v(x1.n3)", "V", false, 3), 0, 24);
	memset(plot_add_vector(plot, "l1#branch", "A", false, 3), 0, 24);
	memset(plot_add_vector(plot, "@m1[gm]", "", false, 2), 0, 16);
	plot_set_scale(plot, 2);
	result_add_plot(result, "tran2", "amplifier", 0);
	plot = result_add_plot(result, "noise1", "amplifier", 2);
	memcpy(plot_add_vector(plot, "frequency", "Hz", true, 2), (double[]){1, 0, 10, 0}, 32);
	memset(plot_add_vector(plot, "onoise_spectrum", "", true, 2), 0, 32);
	plot_set_scale(plot, 0);
	*state = result;
	return 0;
}

static int free_result(void **state)
{
	carom_result_free(*state);
	return 0;
}

static const struct carom_vector *find(const struct carom_result *result, const char *plot,
				       const char *name)
{
	return carom_plot_find_vector(carom_result_find_plot(result, plot), name);
}

/* Name of what name finds in plot, or "none". */
static const char *found(const struct carom_result *result, const char *plot, const char *name)
{
	const struct carom_vector *vector = find(result, plot, name);

	return vector ? carom_vector_name(vector) : "none";
}

static void plots_are_numbered_in_the_order_of_the_analyses(void **state)
{
	const struct carom_result *result = *state;

	assert_int_equal(carom_result_plot_count(result), 4);
	assert_string_equal(carom_plot_name(carom_result_plot(result, 0)), "op1");
	assert_string_equal(carom_plot_name(carom_result_plot(result, 3)), "noise1");
	assert_null(carom_result_plot(result, 4));
	assert_string_equal(carom_plot_title(carom_result_plot(result, 1)), "amplifier");
}

static void nothing_is_a_result_without_plots_and_a_plot_without_vectors(void **state)
{
	const struct carom_plot *none = carom_result_plot(*state, 4);

	assert_int_equal(carom_result_plot_count(NULL), 0);
	assert_null(carom_result_plot(NULL, 0));
	assert_null(carom_result_find_plot(NULL, "tran1"));
	assert_false(carom_result_is_stopped(NULL));
	assert_string_equal(carom_plot_name(none), "");
	assert_string_equal(carom_plot_title(none), "");
	assert_int_equal(carom_plot_point_count(none), 0);
	assert_int_equal(carom_plot_vector_count(none), 0);
	assert_null(carom_plot_vector(none, 0));
	assert_null(carom_plot_find_vector(none, "v(out)"));
	assert_null(carom_plot_scale(none));
	assert_int_equal(carom_plot_event_count(none), 0);
	assert_null(carom_plot_event(none, 0));
	assert_null(carom_plot_find_event(none, "dout"));
}

static void nothing_is_a_vector_without_values(void **state)
{
	(void)state;
	assert_string_equal(carom_vector_name(NULL), "");
	assert_string_equal(carom_vector_unit(NULL), "");
	assert_false(carom_vector_is_complex(NULL));
	assert_int_equal(carom_vector_length(NULL), 0);
	assert_null(carom_vector_real(NULL));
	assert_null(carom_vector_complex(NULL));
}

static void a_plot_is_found_by_name_or_by_kind(void **state)
{
	const struct carom_result *result = *state;

	assert_ptr_equal(carom_result_find_plot(result, "TRAN2"), carom_result_plot(result, 2));
	assert_ptr_equal(carom_result_find_plot(result, "tran"), carom_result_plot(result, 1));
	assert_ptr_equal(carom_result_find_plot(result, "noise"), carom_result_plot(result, 3));
	assert_null(carom_result_find_plot(result, "tra"));
	assert_null(carom_result_find_plot(result, "tran3"));
	assert_null(carom_result_find_plot(result, "ac"));
	assert_null(carom_result_find_plot(result, ""));
}

static void columns_hold_what_was_filled_in(void **state)
{
	const struct carom_plot *plot = carom_result_find_plot(*state, "tran1");
	const struct carom_vector *out = carom_plot_vector(plot, 0);

	assert_int_equal(carom_plot_vector_count(plot), 6);
	assert_int_equal(carom_plot_point_count(plot), 3);
	assert_string_equal(carom_vector_unit(out), "V");
	assert_int_equal(carom_vector_length(out), 3);
	assert_same_bits(carom_vector_real(out)[2], 3);
	assert_null(carom_plot_vector(plot, 6));
}

static void a_complex_vector_has_no_real_column_and_a_real_one_no_complex(void **state)
{
	const struct carom_vector *real = carom_plot_scale(carom_result_find_plot(*state, "tran1"));
	const struct carom_vector *complex =
		carom_plot_scale(carom_result_find_plot(*state, "noise1"));

	assert_false(carom_vector_is_complex(real));
	assert_non_null(carom_vector_real(real));
	assert_null(carom_vector_complex(real));
	assert_true(carom_vector_is_complex(complex));
	assert_null(carom_vector_real(complex));
	assert_same_bits(carom_vector_complex(complex)[2], 10);
}

static void an_operating_point_has_one_point_and_no_scale(void **state)
{
	const struct carom_result *result = *state;

	assert_null(carom_plot_scale(carom_result_plot(result, 0)));
	assert_int_equal(carom_plot_point_count(carom_result_plot(result, 0)), 1);
	assert_int_equal(carom_plot_point_count(carom_result_plot(result, 2)), 0);
}

static void a_vector_is_found_however_users_write_it(void **state)
{
	assert_string_equal(found(*state, "op1", "out"), "v(out)");
	assert_string_equal(found(*state, "op1", "V(OUT)"), "v(out)");
	assert_string_equal(found(*state, "tran1", "v(out)"), "v(Out)");
	assert_string_equal(found(*state, "tran1", "X1.N3"), "v(x1.n3)");
	assert_string_equal(found(*state, "op1", "I(V1)"), "i(v1)");
	assert_string_equal(found(*state, "op1", "v1#branch"), "i(v1)");
	assert_string_equal(found(*state, "tran1", "i(L1)"), "l1#branch");
	assert_string_equal(found(*state, "tran1", "L1#Branch"), "l1#branch");
	assert_string_equal(found(*state, "tran1", "@M1[GM]"), "@m1[gm]");
	assert_string_equal(found(*state, "noise1", "v(onoise_spectrum)"), "onoise_spectrum");
}

static void a_bare_name_is_the_vector_of_that_name_before_it_is_a_voltage(void **state)
{
	assert_string_equal(found(*state, "tran1", "time"), "time");
	assert_string_equal(found(*state, "tran1", "v(time)"), "v(time)");
}

static void what_is_not_there_is_not_found(void **state)
{
	assert_string_equal(found(*state, "op1", "v(in)"), "none");
	assert_string_equal(found(*state, "op1", "i(out)"), "none");
	assert_string_equal(found(*state, "op1", "v(v1)"), "none");
	assert_string_equal(found(*state, "op1", "v1"), "none");
	assert_string_equal(found(*state, "op1", "v()"), "none");
	assert_string_equal(found(*state, "op1", "#branch"), "none");
	assert_string_equal(found(*state, "op1", "v(out"), "none");
	assert_string_equal(found(*state, "op1", ""), "none");
}

static void columns_begin_at_cache_lines(void **state)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "tran1", "", 20);
	(void)state;

	for (size_t length = 0; length < 20; length++)
		assert_int_equal(
			(uintptr_t)plot_add_vector(plot, "v(a)", "V", length % 2, length) % 64, 0);
	carom_result_free(result);
}

static void a_column_longer_than_memory_is_refused(void **state)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "tran1", "", 1);
	(void)state;

	assert_null(plot_add_vector(plot, "v(a)", "V", true, SIZE_MAX / 16));
	assert_null(plot_add_vector(plot, "v(a)", "V", false, SIZE_MAX / 8));
	assert_int_equal(carom_plot_vector_count(plot), 0);
	carom_result_free(result);
}

static void add_views(struct carom_result *result, const double *numbers)
{
	struct carom_plot *plot = result_add_plot(result, "ac1", "", 3);

	assert_true(plot_add_view(plot, "frequency", "Hz", true, 2, numbers));
	assert_true(plot_add_view(plot, "@m1[is]", "A", true, 2, NULL));
	plot_add_vector(plot, "v(a)", "V", false, 1)[0] = 7;
	plot = result_add_plot(result, "op1", "", 1);
	assert_true(plot_add_view(plot, "v(b)", "V", false, 1, numbers + 1));
}

static void columns_that_are_elsewhere_can_be_moved_into_room(void **state)
{
	_Alignas(64) char room[3 * 64];
	double numbers[] = {1, 2, 3, 4};
	struct carom_result *result = result_new();
	const struct carom_vector *vector;
	(void)state;

	add_views(result, numbers);
	vector = find(result, "ac1", "frequency");
	assert_ptr_equal(carom_vector_complex(vector), numbers);
	assert_int_equal(result_view_size(result), sizeof(room));
	result_move_views(result, room);
	memset(numbers, 0, sizeof(numbers));
	assert_ptr_equal(carom_vector_complex(vector), room);
	assert_memory_equal(room, ((double[]){1, 2, 3, 4}), sizeof(numbers));
	assert_memory_equal(carom_vector_complex(find(result, "ac1", "@m1[is]")),
			    ((double[]){0, 0, 0, 0}), sizeof(numbers));
	assert_double_equal(carom_vector_real(find(result, "ac1", "v(a)"))[0], 7, 0, 0);
	assert_ptr_equal(carom_vector_real(find(result, "op1", "v(b)")), room + 128);
	assert_double_equal(carom_vector_real(find(result, "op1", "v(b)"))[0], 2, 0, 0);
	carom_result_free(result);
}

static void views_longer_than_memory_have_no_size(void **state)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result_add_plot(result, "tran1", "", 3);
	const double number = 1;
	(void)state;

	assert_true(plot_add_view(plot, "v(a)", "V", false, SIZE_MAX / 16, &number));
	assert_true(plot_add_view(plot, "v(b)", "V", false, SIZE_MAX / 16, &number));
	assert_int_equal(result_view_size(result), SIZE_MAX);
	carom_result_free(result);
	result = result_new();
	plot = result_add_plot(result, "tran1", "", 1);
	assert_true(plot_add_view(plot, "v(a)", "V", true, SIZE_MAX / 8, &number));
	assert_int_equal(result_view_size(result), SIZE_MAX);
	carom_result_free(result);
}

static void release(void *memory)
{
	++*(int *)memory;
}

static void what_a_result_holds_goes_with_it(void **state)
{
	struct carom_result *result = result_new();
	int n_released = 0;
	(void)state;

	result_hold(result, release, &n_released);
	assert_int_equal(n_released, 0);
	carom_result_free(result);
	assert_int_equal(n_released, 1);
}

static void units_are_the_results_own(void **state)
{
	struct carom_result *result = result_new();
	char unit[] = "V";
	(void)state;

	plot_add_vector(result_add_plot(result, "op1", "", 1), "v(a)", unit, false, 1)[0] = 0;
	unit[0] = 'A';
	assert_string_equal(carom_vector_unit(find(result, "op1", "v(a)")), "V");
	carom_result_free(result);
}

/* Returns whether all allocations succeeded. */
static bool make_small_result(void)
{
	struct carom_result *result = result_new();
	struct carom_plot *plot = result ? result_add_plot(result, "op1", "title", 1) : NULL;
	double *column = plot ? plot_add_vector(plot, "v(a)", "V", false, 1) : NULL;

	carom_result_free(result);
	return column != NULL;
}

static void making_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	int nth = 0;
	bool is_made = false;
	(void)state;

	while (!is_made) {
		mem_fail_after(nth++);
		is_made = make_small_result();
		mem_fail_after(-1);
	}
	assert_int_equal(nth - 1, 8); /* result, array, plot and its three, vector's two */
}

static void freeing_nothing_is_legal(void **state)
{
	(void)state;
	carom_result_free(NULL);
}

#define WITH_RESULT(name) cmocka_unit_test_setup_teardown(name, make_result, free_result)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_RESULT(plots_are_numbered_in_the_order_of_the_analyses),
		WITH_RESULT(nothing_is_a_result_without_plots_and_a_plot_without_vectors),
		cmocka_unit_test(nothing_is_a_vector_without_values),
		WITH_RESULT(a_plot_is_found_by_name_or_by_kind),
		WITH_RESULT(columns_hold_what_was_filled_in),
		WITH_RESULT(a_complex_vector_has_no_real_column_and_a_real_one_no_complex),
		WITH_RESULT(an_operating_point_has_one_point_and_no_scale),
		WITH_RESULT(a_vector_is_found_however_users_write_it),
		WITH_RESULT(a_bare_name_is_the_vector_of_that_name_before_it_is_a_voltage),
		WITH_RESULT(what_is_not_there_is_not_found),
		cmocka_unit_test(columns_begin_at_cache_lines),
		cmocka_unit_test(a_column_longer_than_memory_is_refused),
		cmocka_unit_test(columns_that_are_elsewhere_can_be_moved_into_room),
		cmocka_unit_test(views_longer_than_memory_have_no_size),
		cmocka_unit_test(what_a_result_holds_goes_with_it),
		cmocka_unit_test(units_are_the_results_own),
		cmocka_unit_test(making_survives_a_lack_of_memory_at_every_allocation),
		cmocka_unit_test(freeing_nothing_is_legal),
	};

	return run_all_tests(tests);
}
