/* SPDX-License-Identifier: BSD-3-Clause */
/* The ranges of analyses, and how far a point is in them. */
#include "sim/sweep.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "carom-circuit.h"
#include "support-circuit.h"
#include "support.h"

static void assert_fraction(const char *text, double at, size_t n_points, double fraction)
{
	struct sweep sweep;

	assert_true(sweep_read(&sweep, text, NULL));
	assert_double_equal(sweep_fraction(&sweep, at, n_points), fraction, 1e-9, 1e-12);
}

static void a_transient_goes_to_its_stop_time(void **state)
{
	(void)state;
	assert_fraction("tran 1u 1m", 0, 1, 0);
	assert_fraction("tran 1u 1m 0.5m uic", 0.75e-3, 100, 0.75);
	assert_fraction(".TRAN 1u 1m", 1e-3, 100, 1);
	assert_fraction("tran 1u 1m", 1.1e-3, 100, 1);
}

static void assert_max_step(const char *text, double max_step)
{
	struct sweep sweep;

	assert_true(sweep_read(&sweep, text, NULL));
	assert_double_equal(sweep.max_step, max_step, 1e-15, 0);
}

/* As TRANinit of ngspice 39 sets it. */
static void steps_of_a_transient_are_its_step_a_fiftieth_or_as_the_card_says(void **state)
{
	struct sweep sweep;

	(void)state;
	assert_max_step("tran 1u 1m", 1e-6);
	assert_max_step("tran 1u 1m uic", 1e-6);
	assert_max_step("tran 1m 2m", 40e-6);
	assert_max_step("tran 1m 2m 1m", 20e-6);
	assert_max_step("tran 1m 2m 1m uic", 20e-6);
	assert_max_step("tran 1u 1m 0 5u uic", 5e-6);
	assert_true(sweep_read(&sweep, "tran {t} 1m", NULL));
	assert_true(isnan(sweep.max_step));
	assert_true(sweep_read(&sweep, "tran 1u 1m {t}", NULL));
	assert_true(isnan(sweep.max_step));
}

static void frequencies_go_by_factors_or_steps(void **state)
{
	(void)state;
	assert_fraction("ac dec 10 1 1meg", 1e3, 31, 0.5);
	assert_fraction("ac oct 10 1 1meg", 1e6, 31, 1);
	assert_fraction("ac lin 11 0 1k", 250, 3, 0.25);
	assert_fraction("noise v(out) v1 dec 10 1 100", 10, 11, 0.5);
	assert_fraction("noise v(out, ref) v1 lin 10 100 200 1", 150, 5, 0.5);
	assert_fraction("sens v(out) ac dec 10 1 100", 10, 11, 0.5);
}

static void a_dc_sweep_goes_by_its_points(void **state)
{
	(void)state;
	assert_fraction("dc v1 0 1 0.1", 0.4, 5, 5.0 / 11);
	assert_fraction("dc v1 1 -1 -0.5", 0, 3, 0.6);
	assert_fraction("dc v1 0 1 0.1 temp 0 100 50", 0.4, 11, 1.0 / 3);
}

static void what_is_no_sweep_or_not_known_is_none(void **state)
{
	static const char *const none[] = {
		"op",          "tf v(out) v1",      "sens v(out)", "tran 1u",
		"tran 1u {t}", "ac dec 10 {f} 1k",  "dc v1 0 1",   "",
		"dc v1 0 1 0", "pz a 0 b 0 vol pol"};
	struct sweep sweep;

	(void)state;
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
		assert_false(sweep_read(&sweep, none[i], NULL));
}

static const char deck[] = "t\n.param t=2m f=1k\nr1 a 0 1\n.tran 1u {t}\n.op\n.ac dec 10 1 {2*f}\n"
			   ".tran 1u 't/2'\n.end\n";

static void the_sweeps_of_a_deck_are_found_by_kind_and_number(void **state)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct sweep_list sweeps;

	(void)state;
	assert_int_equal(sweep_list_init(&sweeps, circuit, NULL), 0);
	assert_double_equal(sweep_list_find(&sweeps, "tran", 1)->to, 2e-3, 1e-12, 0);
	assert_double_equal(sweep_list_find(&sweeps, "tran", 0)->to, 1e-3, 1e-12, 0);
	assert_double_equal(sweep_list_find(&sweeps, "ac", 0)->to, 2e3, 1e-12, 0);
	assert_null(sweep_list_find(&sweeps, "ac", 1));
	assert_null(sweep_list_find(&sweeps, "op", 0));
	sweep_list_release(&sweeps);
	carom_circuit_free(circuit);
}

static void assert_values(const char *text, size_t n, double first, double second, double last)
{
	struct sweep sweep;
	double *values;
	size_t count;

	assert_true(sweep_read(&sweep, text, NULL));
	assert_int_equal(sweep_values(&sweep, &values, &count, NULL), 0);
	assert_int_equal(count, n);
	assert_same_bits(values[0], first);
	assert_double_equal(values[1 % n], second, 1e-12, 0);
	assert_double_equal(values[n - 1], last, 1e-12, 0);
	mem_free(values);
}

/* As seen in the RAW files of ngspice 39.3. */
static void the_values_of_a_sweep_are_those_of_ngspice(void **state)
{
	(void)state;
	assert_values("ac dec 7 3 2.5meg", 42, 3, 0x1.0bbd273c3a0ccp+2, 2.5e6);
	assert_values("ac oct 3 3 2.5k", 30, 3, 0x1.e3cf476542bd0p+1, 2438.2480158220747);
	assert_values("ac lin 7 3 2.5k", 7, 3, 0x1.a32aaaaaaaaabp+8, 2500);
	assert_values("ac lin 2 3 2.5k", 1, 3, 3, 3); /* a peculiarity */
	assert_values("ac dec 10 100 100", 1, 100, 100, 100);
	assert_values("noise v(out) v1 dec 10 10 1k", 21, 10, 12.589254117941673, 1e3);
	assert_values("noise v(out) v1 lin 2 10 1k", 2, 10, 1e3, 1e3);
	assert_values("dc v1 0 1 0.07", 15, 0, 0.07, 0.98);
	assert_values("dc v1 1 -1 -0.3", 7, 1, 0.7, -0.8);
	assert_values("dc v1 0 1 0.1", 11, 0, 0.1, 1);
}

static void a_transient_begins_where_it_says_and_has_no_values_before(void **state)
{
	struct sweep sweep;
	double *values;
	size_t n;

	(void)state;
	assert_true(sweep_read(&sweep, "tran 1u 3m 1m uic", NULL));
	assert_same_bits(sweep.first, 1e-3);
	assert_same_bits(sweep.last, 3e-3);
	assert_true(sweep_read(&sweep, "tran 1u 3m uic", NULL));
	assert_same_bits(sweep.first, 0);
	assert_int_equal(sweep_values(&sweep, &values, &n, NULL), 0);
	assert_int_equal(n, 0);
	mem_free(values);
	assert_true(sweep_read(&sweep, "dc v1 0 1 0.1 r1 1k 2k 1k", NULL));
	assert_true(sweep.is_nested);
	assert_true(sweep_read(&sweep, "dc v1 0 1 -0.1", NULL));
	assert_int_equal(sweep_values(&sweep, &values, &n, NULL), 0);
	assert_int_equal(n, 0);
	mem_free(values);
}

static void too_many_values_are_an_error_and_so_is_no_memory(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct sweep sweep;
	double *values;
	size_t n;

	(void)state;
	assert_true(sweep_read(&sweep, "ac lin 2meg 1 1k", NULL));
	assert_int_equal(sweep_values(&sweep, &values, &n, &err), CAROM_ERROR_LIMIT);
	assert_string_equal(err.text, "a sweep of more than 1000000 points");
	assert_null(values);
	mem_fail_after(0);
	assert_int_equal(sweep_values(&sweep, &values, &n, NULL), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	assert_null(values);
}

static void running_out_of_memory_is_an_error(void **state)
{
	struct carom_circuit *circuit = import_deck("t\nr1 a 0 1\n.tran 1u 1m\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	struct sweep_list sweeps;

	(void)state;
	mem_fail_after(0);
	assert_int_equal(sweep_list_init(&sweeps, circuit, &err), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	assert_int_equal(sweeps.n, 0);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_transient_goes_to_its_stop_time),
		cmocka_unit_test(steps_of_a_transient_are_its_step_a_fiftieth_or_as_the_card_says),
		cmocka_unit_test(frequencies_go_by_factors_or_steps),
		cmocka_unit_test(a_dc_sweep_goes_by_its_points),
		cmocka_unit_test(what_is_no_sweep_or_not_known_is_none),
		cmocka_unit_test(the_sweeps_of_a_deck_are_found_by_kind_and_number),
		cmocka_unit_test(the_values_of_a_sweep_are_those_of_ngspice),
		cmocka_unit_test(a_transient_begins_where_it_says_and_has_no_values_before),
		cmocka_unit_test(too_many_values_are_an_error_and_so_is_no_memory),
		cmocka_unit_test(running_out_of_memory_is_an_error),
	};

	return run_all_tests(tests);
}
