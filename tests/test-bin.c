/* SPDX-License-Identifier: BSD-3-Clause */
/* Limits of bins, sizes of transistors, and which is in which. */
#include "circuit/bin.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "circuit/evaluate.h"
#include "support-circuit.h"

/* ---- names and ranges ---- */

static void a_bin_is_a_name_with_a_number_behind_a_dot(void **state)
{
	(void)state;
	assert_int_equal(bin_base_length("nch.1", 5), 3);
	assert_int_equal(bin_base_length("nch.12", 6), 3);
	assert_int_equal(bin_base_length("a.b.3", 5), 3);
	assert_int_equal(bin_base_length("nch", 3), 0);
	assert_int_equal(bin_base_length("nch.", 4), 0);
	assert_int_equal(bin_base_length("nch.1a", 6), 0);
	assert_int_equal(bin_base_length("nch1", 4), 0);
	assert_int_equal(bin_base_length(".1", 2), 0);
	assert_int_equal(bin_base_length("12", 2), 0);
	assert_int_equal(bin_base_length("", 0), 0);
}

static void limits_belong_to_a_bin_and_a_nanometre_beyond(void **state)
{
	static const struct bin_limits limits = {1e-6, 2e-6, 1e-6, 10e-6};
	static const struct {
		struct bin_size size;
		bool is_in;
	} cases[] = {
		{{1.5e-6, 5e-6}, true},     {{1e-6, 1e-6}, true},
		{{2e-6, 10e-6}, true},      {{2.0009e-6, 5e-6}, true},
		{{2.0011e-6, 5e-6}, false}, {{0.9991e-6, 5e-6}, true},
		{{0.9989e-6, 5e-6}, false}, {{1.5e-6, 10.0011e-6}, false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(bin_contains(&limits, &cases[i].size, BIN_TOLERANCE),
				 cases[i].is_in);
	assert_true(bin_contains(&limits, &cases[4].size, 2 * BIN_TOLERANCE));
}

/* ---- limits ---- */

static bool read_limits(const char *params, bool has_scope, struct bin_limits *limits)
{
	char deck[500];
	struct carom_circuit *circuit;
	struct scope *scope;
	bool found;

	snprintf(deck, sizeof(deck), "t\n.param a=3u b={c}\n.model n.1 nmos (%s)\n.end\n", params);
	circuit = import_deck(deck);
	scope = scope_new(circuit, NULL);
	found = bin_limits_read(circuit, &circuit->models[0], has_scope ? scope : NULL, limits);
	scope_free(scope);
	carom_circuit_free(circuit);
	return found;
}

static void limits_are_numbers_or_expressions(void **state)
{
	struct bin_limits limits;

	(void)state;
	assert_true(read_limits("LMIN=1u lmax = 2u, wmin= 1.5e-6 vth0=0.3 wmax=3.0e-06", false,
				&limits));
	assert_double_equal(limits.l_min, 1e-6, 1e-15, 0);
	assert_double_equal(limits.l_max, 2e-6, 1e-15, 0);
	assert_double_equal(limits.w_min, 1.5e-6, 1e-15, 0);
	assert_double_equal(limits.w_max, 3e-6, 1e-15, 0);
	assert_true(read_limits("lmin=1u lmax={2*a} wmin='1u' wmax=a", true, &limits));
	assert_double_equal(limits.l_max, 6e-6, 1e-15, 0);
	assert_double_equal(limits.w_max, 3e-6, 1e-15, 0);
	assert_true(read_limits("lmin=1u lmax=2u wmin=1u wmax=2u lmax=5u", false, &limits));
	assert_double_equal(limits.l_max, 5e-6, 1e-15, 0);
}

static void limits_that_are_not_known_are_said_to_be(void **state)
{
	struct bin_limits limits;

	(void)state;
	assert_false(read_limits("lmin=1u lmax=2u wmin=1u", true, &limits));
	assert_false(read_limits("lmin=1u lmax=2u wmin=1u wmaxx=1u", true, &limits));
	assert_false(read_limits("lmin=1u lmax=2u wmin=1u wmax={b}", true, &limits));
	assert_false(read_limits("lmin=1u lmax=2u wmin=1u wmax={a}", false, &limits));
	assert_false(read_limits("lmin=1u lmax=2u wmin=1u wmax={agauss(1,1,1)}", true, &limits));
	assert_false(read_limits("vth0={lmin==lmax} wmin=1u wmax=2u", true, &limits));
}

/* ---- sizes ---- */

static bool read_size(const char *cards, const char *params, struct bin_size *size)
{
	char deck[500];
	struct carom_circuit *circuit;
	struct scope *scope;
	bool found;

	snprintf(deck, sizeof(deck), "t\nm1 d g s b n %s\n.model n nmos\n.param p=2\n%s\n.end\n",
		 params, cards);
	circuit = import_deck(deck);
	scope = scope_new(circuit, NULL);
	found = bin_size_read(scope, element_called(circuit, "m1").index, size);
	scope_free(scope);
	carom_circuit_free(circuit);
	return found;
}

static void check_size(const char *cards, const char *params, double l, double w, int line)
{
	struct bin_size size = {NAN, NAN};

	if (!read_size(cards, params, &size))
		print_error("test-bin.c:%d: no size\n", line);
	assert_double_equal(size.l, l, 1e-14, 0);
	assert_double_equal(size.w, w, 1e-14, 0);
}

#define assert_size(cards, params, l, w) check_size(cards, params, l, w, __LINE__)

static void assert_no_size(const char *cards, const char *params)
{
	struct bin_size size;

	assert_false(read_size(cards, params, &size));
}

static void a_size_is_what_the_card_says(void **state)
{
	(void)state;
	assert_size("", "w=2u l=1u", 1e-6, 2e-6);
	assert_size("", "L={p*1u} W='3u' m=4", 2e-6, 3e-6);
	assert_size("", "w=2u l=1u w=5u", 1e-6, 5e-6);
	assert_size("", "w=2u off l = {p*1u} off", 2e-6, 2e-6);
	assert_size("", "w=2u,l=1u", 1e-6, 2e-6);
	assert_no_size("", "w=2u");
	assert_no_size("", "l=2u");
	assert_no_size("", "l=2u w={nosuch}");
	assert_no_size("", "l=2u w={aunif(1,2)}");
	assert_no_size("", "l=2u w={temper}");
	assert_no_size("", "l=2u w={1/0}");
	assert_no_size("", "l=2u w=2u * 3");
}

static void scale_multiplies(void **state)
{
	(void)state;
	assert_size(".options scale=1u", "w=2 l=1", 1e-6, 2e-6);
	assert_size(".option reltol=1m scale={p*1e-6}", "w=2 l=1", 2e-6, 4e-6);
	assert_size(".option scale=1u\n.options SCALE=1e-6", "w=2 l=1", 1e-6, 2e-6);
	assert_size(".options scale=1u nopage", "w=2 l=1", 1e-6, 2e-6);
	assert_size(".subckt s p\n.options scale=1u\n.ends", "w=2 l=1", 1e-6, 2e-6);
	assert_no_size(".option scale=1u\n.options scale=2u", "w=2 l=1");
	assert_no_size(".option scale=1u\n.subckt s p\n.options scale=2u\n.ends", "w=2 l=1");
	assert_no_size(".option scale={nosuch}", "w=2 l=1");
}

static void fingers_count_where_wnflag_says_so(void **state)
{
	(void)state;
	assert_size("", "w=8u l=1u nf=4", 1e-6, 8e-6);
	assert_size(".options wnflag=1", "w=8u l=1u nf=4", 1e-6, 2e-6);
	assert_size(".options wnflag=1", "w=8u l=1u", 1e-6, 8e-6);
	assert_size(".options wnflag=0", "w=8u l=1u nf=4", 1e-6, 8e-6);
	assert_size(".options wnflag", "w=8u l=1u nf=4", 1e-6, 8e-6);
	assert_size("", "w=8u l=1u nf=4 wnflag=1", 1e-6, 2e-6);
	assert_size(".options wnflag=1", "w=8u l=1u nf=4 wnflag=0", 1e-6, 8e-6);
	assert_size("", "w=8u l=1u nf={nosuch}", 1e-6, 8e-6);
	assert_no_size(".options wnflag=1", "w=8u l=1u nf={nosuch}");
	assert_no_size(".options wnflag={nosuch}", "w=8u l=1u nf=2");
	assert_no_size("", "w=8u l=1u nf=2 wnflag={nosuch}");
}

/* ---- the model of an element ---- */

static void the_model_of_an_element_is_its_bin(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\nx1 s w=1u\nx2 s w=2u\nx3 s w=9u\nd1 a 0 dd\nr1 a 0 1\n.model dd d\n"
			    ".subckt s w=1u\nm1 d g s b n w={w} l=1u\n"
			    ".model n.1 nmos lmin=0 lmax=1 wmin=0.5u wmax=1.5u\n"
			    ".model n.2 nmos lmin=0 lmax=1 wmin=1.5u wmax=2.5u\n.ends\n.end\n");
	const struct carom_circuit *where;
	struct carom_error err = CAROM_ERROR_INIT;
	const struct model *model;

	(void)state;
	assert_int_equal(circuit_find_model_of(circuit, "x1.m1", &where, &model, &err), 0);
	assert_ptr_equal(model, &where->models[0]);
	assert_int_equal(circuit_find_model_of(circuit, "x2.m1", &where, &model, &err), 0);
	assert_ptr_equal(where, circuit->children[0]);
	assert_ptr_equal(model, &where->models[1]);
	assert_int_equal(circuit_find_model_of(circuit, "d1", &where, &model, &err), 0);
	assert_ptr_equal(model, &circuit->models[0]);
	assert_int_equal(circuit_find_model_of(circuit, "x3.m1", &where, &model, &err),
			 CAROM_ERROR_MODEL);
	assert_string_equal(err.text, "which bin of its model it has is not known");
	assert_int_equal(circuit_find_model_of(circuit, "r1", &where, &model, NULL),
			 CAROM_ERROR_MODEL);
	carom_circuit_free(circuit);
}

static int try_model_of(void *arg)
{
	const struct carom_circuit *where;
	struct carom_error err = CAROM_ERROR_INIT;
	const struct model *model;
	int status = circuit_find_model_of(arg, "x1.m1", &where, &model, &err);

	assert_int_equal(status, err.status);
	return status;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\nx1 s w=1u\n.subckt s w=1u\nm1 d g s b n w=1u l=1u\n"
			    ".model n.1 nmos lmin=0 lmax=1 wmin=0.5u wmax=1.5u\n.ends\n.end\n");

	(void)state;
	assert_survives_no_memory(try_model_of, circuit);
	carom_circuit_free(circuit);
}

/* ---- gates ---- */

/* Of x1.x2.m1, or of what is at this path. */
static struct gate gate_at(const char *deck, const char *path, const char *element)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct scope *top = scope_new(circuit, NULL);
	struct scope *scope = scope_find(top, path, NULL);
	struct gate gate;

	assert_non_null(scope);
	gate_read(scope, element_called(scope_circuit(scope), element).index, &gate);
	scope_free(top);
	carom_circuit_free(circuit);
	return gate;
}

static void a_gate_is_that_of_all_fingers(void **state)
{
	struct gate gate =
		gate_at("t\n.options scale=1u wnflag=1\nm1 d g s b n w=8 l={p/2} nf=4 m=3\n"
			".param p=1\n.model n nmos\n",
			"", "m1");

	(void)state;
	assert_double_equal(gate.w, 8e-6, 1e-14, 0);
	assert_double_equal(gate.l, 0.5e-6, 1e-14, 0);
	assert_double_equal(gate.m, 3, 0, 0);
	gate = gate_at("t\nr1 a 0 poly w=2u l={nosuch}\n.model poly r\n", "", "r1");
	assert_double_equal(gate.w, 2e-6, 1e-14, 0);
	assert_true(isnan(gate.l));
	assert_double_equal(gate.m, 1, 0, 0);
}

#define CELLS                                                                                \
	"t\nx1 a s m=3\nx2 a s2 m=3\nx3 a so m={k*4}\nx4 a so\nx5 a sm m=7\n.param k=0.5\n"  \
	".model n nmos\n.subckt s d\nm1 d 0 0 0 n w=1u l=1u\n.ends\n"                        \
	".subckt s2 d\nm1 d 0 0 0 n w=1u l=1u m=2\n.ends\n.subckt so d\nx1 d s m=3\n.ends\n" \
	".subckt sm d m=1\nm1 d 0 0 0 n w=1u l=1u m={m*2}\nx1 d s\n.ends\n"

/* As ngspice 39.3 has it: the current of x1 is 3 times that of one transistor, of x2 and x4 3, of x3 2. */
static void the_outermost_multiplier_of_instances_counts(void **state)
{
	(void)state;
	assert_double_equal(gate_at(CELLS, "x1", "m1").m, 3, 0, 0);
	assert_double_equal(gate_at(CELLS, "x2", "m1").m, 3, 0, 0);
	assert_double_equal(gate_at(CELLS, "x3.x1", "m1").m, 2, 0, 0);
	assert_double_equal(gate_at(CELLS, "x4.x1", "m1").m, 3, 0, 0);
	assert_double_equal(gate_at(CELLS, "x5", "m1").m, 14, 0, 0);
	assert_double_equal(gate_at(CELLS, "x5.x1", "m1").m, 1, 0, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_bin_is_a_name_with_a_number_behind_a_dot),
		cmocka_unit_test(limits_belong_to_a_bin_and_a_nanometre_beyond),
		cmocka_unit_test(limits_are_numbers_or_expressions),
		cmocka_unit_test(limits_that_are_not_known_are_said_to_be),
		cmocka_unit_test(a_size_is_what_the_card_says),
		cmocka_unit_test(scale_multiplies),
		cmocka_unit_test(fingers_count_where_wnflag_says_so),
		cmocka_unit_test(the_model_of_an_element_is_its_bin),
		cmocka_unit_test(each_allocation_may_fail),
		cmocka_unit_test(a_gate_is_that_of_all_fingers),
		cmocka_unit_test(the_outermost_multiplier_of_instances_counts),
	};

	return run_all_tests(tests);
}
