/* SPDX-License-Identifier: BSD-3-Clause */
/* Changes followed to their places, and places that cannot be set. */
#include <string.h>

#include "base/text.h"
#include "circuit/resolve.h"
#include "support-circuit.h"

static struct resolution resolve_params(const char *deck, const char *const *params, size_t n)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;
	struct resolution resolution;

	assert_int_equal(resolution_init(&resolution, circuit, params, n, &err), 0);
	assert_ok(&err);
	carom_circuit_free(circuit);
	return resolution;
}

static void several_inputs_and_those_of_an_instance_go_together(void **state)
{
	static const char *const params[] = {"a", "x1:w"};
	struct resolution resolution = resolve_params("t\n.param a=1\n.subckt s p w=1 l={a}\n"
						      "r1 p 0 {w+10*a+l}\n.ends\nx1 1 s\nx2 1 s\n"
						      "v1 1 0 1\n.op\n.end\n",
						      params, 2);
	const double inputs[] = {2, 5};
	double values[64];
	(void)state;

	assert_int_equal(resolution.obstacle.status, 0);
	assert_int_equal(resolution.n_values, 2);
	program_run(resolution.program.ops, resolution.program.n_ops, inputs, values);
	assert_string_equal(resolution.values[0].target, "x1.r1");
	assert_double_equal(operand_value(resolution.values[0].value, values), 27, 0, 0);
	assert_string_equal(resolution.values[1].target, "x2.r1");
	assert_double_equal(operand_value(resolution.values[1].value, values), 23, 0, 0);
	resolution_release(&resolution);
}

/* ---- obstacles ---- */

static void what_cannot_be_set_is_named_with_its_line(void **state)
{
	static const struct {
		const char *cards;
		const char *words;
	} rows[] = {
		{"v1 1 0 pulse(0 {p} 0 1n)\n", "v1: the change reaches its waveform"},
		{"b1 1 0 v={p}*v(2)\n", "evaluates while it runs"},
		{"e1 1 0 value={v(2)*p}\n", "evaluates while it runs"},
		{"e1 1 0 poly(1) 2 0 0 {p}\n", "a value of a list"},
		{"r1 1 0 r='p*v(2)'\n", "evaluates while it runs"},
		{"r1 1 0 {p*temper}\n", "evaluates while it runs"},
		{"r1 1 0 {p*agauss(1,0.1,3)}\n", "statistical"},
		{".if (p>1)\n", ".if: the change reaches what .if and .endif decide"},
		{".if (1)\n", ".if: the change reaches what .if and .endif decide"},
		{".tran {p} 1\n", "an analysis"},
		{".options temp={p}\n", "the card"},
		{".temp {p}\n", "the card"},
		{".ic v(1)={p}\n", "the card"},
		{".meas tran x find v(1) at={p}\n", "the card"},
		{"g1 1 0 2 0 1 m={p}\n", "a parameter of the element"},
		{"f1 1 0 v2 1 m={p}\n", "a parameter of the element"},
		{"r1 1 0 1k tc={p},0\n", "a value of a list"},
		{"d1 1 0 dm\n.model dm d level={p}\n", "a parameter of the model"},
		{"r1 1 0 rm l=1u\n.model rm r rsh=1 tc1={p}\n", "a parameter of the model"},
		{"m1 1 2 0 0 nm w=1u l={p}\n.model nm.1 nmos level=14 lmin=0 lmax=1 wmin=0 "
		 "wmax={p}\n",
		 "the bin"},
		{".subckt s a\nr1 a 0 1\n.ends\nx1 1 s m={p}\n", "the multiplier"},
	};
	static const char *const params[] = {"p"};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct text deck = TEXT_INIT;
		struct resolution resolution;

		text_printf(&deck, "obstacle\n.param p=1\n%sr9 1 0 1\n.endif\n.end\n",
			    rows[i].cards);
		if (strncmp(rows[i].cards, ".if", 3) != 0)
			memcpy(strstr(deck.data, ".endif"), "*endif", 6);
		resolution = resolve_params(deck.data, params, 1);
		if (!strstr(resolution.obstacle.text, rows[i].words))
			fail_msg("%s: \"%s\"", rows[i].cards, resolution.obstacle.text);
		assert_in_range(resolution.obstacle.line, 3, 6);
		assert_string_equal(resolution.obstacle.source, "t.cir");
		resolution_release(&resolution);
		text_release(&deck);
	}
}

static void a_name_that_is_no_parameter_is_refused(void **state)
{
	static const char *const params[] = {"nothing", "x9:w", "a"};
	struct carom_circuit *circuit = import_deck("t\n.param a=1\nr1 1 0 1\n.end\n");
	(void)state;

	for (int i = 0; i < 3; i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct resolution resolution;
		int rc = resolution_init(&resolution, circuit, &params[i], 1, &err);

		assert_int_equal(rc, i < 2 ? CAROM_ERROR_NOT_FOUND : 0);
		resolution_release(&resolution);
	}
	carom_circuit_free(circuit);
}

/* ---- memory ---- */

static int resolve_deck(void *arg)
{
	static const char *const params[] = {"p", "q"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct resolution resolution;
	int rc = resolution_init(&resolution, arg, params, 2, &err);

	resolution_release(&resolution);
	return rc;
}

static void a_resolution_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\n.param p=1 q=2\n.func f(x) {x*p}\n.subckt s a w=1\nr1 a 0 {f(w)}\n"
			    "d1 a 0 dm\n.model dm d is={q*w}\n.ends\nx1 1 s w={p}\nv1 1 0 {q}\n"
			    ".op\n.end\n");
	(void)state;

	assert_survives_no_memory(resolve_deck, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(several_inputs_and_those_of_an_instance_go_together),
		cmocka_unit_test(what_cannot_be_set_is_named_with_its_line),
		cmocka_unit_test(a_name_that_is_no_parameter_is_refused),
		cmocka_unit_test(a_resolution_survives_a_lack_of_memory_at_every_allocation),
	};

	return run_all_tests(tests);
}
