/* SPDX-License-Identifier: BSD-3-Clause */
/* Draws of a deck: which there are, what each is called and which values it is for. */
#include <string.h>

#include "base/text.h"
#include "circuit/resolve.h"
#include "support-circuit.h"

static struct resolution resolve_drawing(const char *cards)
{
	struct text deck = TEXT_INIT;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct resolution resolution;

	text_printf(&deck, "t\n%sv1 1 0 1\n.op\n.end\n", cards);
	circuit = import_deck(text_string(&deck));
	assert_int_equal(resolution_init_drawing(&resolution, circuit, NULL, 0, &err), 0);
	assert_ok(&err);
	carom_circuit_free(circuit);
	text_release(&deck);
	return resolution;
}

/* "r1=r1#1 x1.r1=-": each value with the draws it changes with; "-": the card of one that is not set. */
static void assert_uses(const char *cards, const char *expected)
{
	struct resolution resolution = resolve_drawing(cards);
	const struct program *program = &resolution.program;
	double inputs[16] = {0}, nominal[64], moved[64];
	struct text text = TEXT_INIT;

	assert_true(resolution.n_draws < 16 && program->n_ops < 64);
	program_run(program->ops, program->n_ops, inputs, nominal);
	for (size_t i = 0; i < resolution.n_values; i++) {
		struct resolved_value *value = &resolution.values[i];
		const char *separator = "=";

		text_printf(&text, "%s%s", i ? " " : "", value->target ? value->target : "-");
		for (size_t d = 0; d < resolution.n_draws; d++) {
			inputs[d] = 1;
			program_run(program->ops, program->n_ops, inputs, moved);
			inputs[d] = 0;
			if (operand_value(value->value, moved) ==
			    operand_value(value->value, nominal))
				continue;
			text_printf(&text, "%s%s", separator, resolution.draws[d].name);
			separator = ",";
		}
	}
	assert_string_equal(text_string(&text), expected);
	text_release(&text);
	resolution_release(&resolution);
}

static void each_use_draws_and_one_indirection_draws_once(void **state)
{
	(void)state;
	assert_uses("r1 1 0 {agauss(1,2,3)}\nr2 1 0 {agauss(1,2,3)+agauss(1,2,3)}\n",
		    "r1=r1#1 r2=r2#1,r2#2");
	assert_uses(".param x=agauss(1,2,3)\nr1 1 0 {x}\nr2 1 0 {x}\n", "r1=r1#1 r2=r2#1");
	assert_uses(".param x=agauss(1,2,3) y={x}\nr1 1 0 {y}\nr2 1 0 {y}\n", "r1=y#1 r2=y#1");
	assert_uses(".func f(n) {agauss(n,2,3)}\nr1 1 0 {f(2)}\nr2 1 0 {f(2)+f(3)}\n",
		    "r1=r1#1 r2=r2#1,r2#2");
	assert_uses(".func f(n) {unif(n,2)}\n.param y={f(2)}\nr1 1 0 {y}\nr2 1 0 {y}\n",
		    "r1=y#1 r2=y#1");
}

static void instances_draw_by_themselves(void **state)
{
	(void)state;
	assert_uses(".param x=unif(1,2)\n.subckt s a\nr1 a 0 {x}\n.param z={x}\nr2 a 0 {z}\n"
		    "r3 a 0 {z}\n.ends\nx1 1 s\nx2 1 s\n",
		    "x1.r1=x1.r1#1 x1.r2=x1:z#1 x1.r3=x1:z#1 "
		    "x2.r1=x2.r1#1 x2.r2=x2:z#1 x2.r3=x2:z#1");
	assert_uses(".param x=unif(1,2)\n.subckt s a q=1\nr1 a 0 {q}\nr2 a 0 {q}\n.ends\n"
		    "x1 1 s q={x}\nx2 1 s\n",
		    "x1.r1=x1:q#1 x1.r2=x1:q#1");
}

/* ngspice makes a function of it, which what an X gives does not change. */
static void a_param_that_draws_wins_over_what_is_given(void **state)
{
	(void)state;
	assert_uses(".subckt s a r={agauss(1,2,3)}\nr1 a 0 {r}\n.ends\nx1 1 s r=5\n",
		    "x1.r1=x1.r1#1");
	assert_uses(".param x=agauss(1,2,3)\n.subckt s a x=7\nr1 a 0 {x}\n.ends\nx1 1 s x=5\n",
		    "x1.r1=x1.r1#1");
}

static void a_model_draws_once_for_all_that_have_it(void **state)
{
	(void)state;
	assert_uses("d1 1 0 dm\nd2 1 0 dm\n.model dm d is={agauss(1,2,3)}\n", "d1:is=dm:is#1");
	assert_uses(
		".subckt s a\nd1 a 0 dm\nd2 a 0 dm\n.model dm d is={agauss(1,2,3)} n={unif(1,2)}\n"
		".ends\nx1 1 s\n",
		"x1.d1:n=x1:n#1 x1.d1:is=x1:is#1");
}

static void unused_draws_are_left_out(void **state)
{
	(void)state;
	assert_uses(".param x=agauss(1,2,3) y={x}\nr1 1 0 1k\n.model dm d is={y}\n", "");
	assert_uses("r1 1 0 1k\n", "");
}

static void what_cannot_be_set_is_listed(void **state)
{
	struct resolution resolution;
	(void)state;

	assert_uses("v2 2 0 sin(0 {aunif(1,2)} 1k)\nr1 2 0 {unif(1,2)}\n", "-=v2#1 r1=r1#1");
	assert_uses(".param y={unif(1,2)} g={y}\nb1 2 0 v=g*v(1)+unif(2,1)*2\n", "-=g#1 -=b1#1");
	assert_uses(
		"r1 2 0 1k m={unif(1,2)}\n.subckt s a\nr1 a 0 1 m={unif(1,2)}\n.ends\nx1 1 s m=2\n",
		"r1:m=r1:m#1 -=x1.r1:m#1");
	resolution = resolve_drawing("v2 2 0 sin(0 {aunif(1,2)} 1k)\n");
	assert_int_equal(resolution.values[0].begin, strlen("v2 2 0 sin(0 {"));
	assert_int_equal(resolution.values[0].length, strlen("aunif(1,2)"));
	assert_string_equal(resolution.values[0].instance, "");
	assert_non_null(strstr(resolution.obstacle.text, "its waveform"));
	assert_int_equal(resolution.blocker.status, 0);
	resolution_release(&resolution);
}

static void what_no_number_can_stand_for_is_told(void **state)
{
	static const struct {
		const char *cards, *words;
	} rows[] = {
		{".param y={unif(1,2)} z={y}\n.subckt s a\nr1 a 0 1\n.ends\nx1 1 s m={z}\nr2 1 0 "
		 "{z}\n",
		 "x1: a statistical function where the multiplier counts"},
		{"r1 1 0 {unif(1,2)}\n.if (1)\nr2 1 0 1\n.endif\n", ".if and .endif decide"},
		{"r1 1 0 {mc(1)}\nr2 1 0 {unif(1,2)}\n", "wrong number of arguments"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct resolution resolution = resolve_drawing(rows[i].cards);

		assert_non_null(strstr(resolution.blocker.text, rows[i].words));
		resolution_release(&resolution);
	}
}

static void conditions_without_draws_block_nothing(void **state)
{
	struct resolution resolution = resolve_drawing("r1 1 0 1\n.if (1)\nr2 1 0 1\n.endif\n");
	(void)state;

	assert_int_equal(resolution.n_draws, 0);
	assert_int_equal(resolution.blocker.status, 0);
	resolution_release(&resolution);
}

/* ---- values ---- */

/* The value of r1 when its only draw is the number. */
static double value_for(const char *expression, double drawn)
{
	struct text card = TEXT_INIT;
	struct resolution resolution;
	double values[32], value;

	text_printf(&card, ".param c=10\nr1 1 0 {%s}\n", expression);
	resolution = resolve_drawing(text_string(&card));
	assert_int_equal(resolution.n_draws, 1);
	drawn = resolution.draws[0].nominal + resolution.draws[0].spread * drawn;
	program_run(resolution.program.ops, resolution.program.n_ops, &drawn, values);
	value = operand_value(resolution.values[0].value, values);
	resolution_release(&resolution);
	text_release(&card);
	return value;
}

static void functions_make_their_values_of_the_number(void **state)
{
	static const struct {
		const char *expression;
		double drawn, value;
	} rows[] = {
		{"agauss(100,6,3)", 1.5, 103},   {"agauss(c*10,c,2)", -2, 90},
		{"gauss(100,0.3,3)", 2, 120},    {"gauss(c,c,5)", 0.5, 20},
		{"aunif(100,5)", 0.5, 102.5},    {"unif(100,0.5)", -0.5, 75},
		{"limit(100,5)", 0.1, 105},      {"limit(100,5)", -0.1, 95},
		{"100+gauss(3)", 2, 106},        {"100+flat(3)", 0.5, 101.5},
		{"mc(100,0.2)", -1, 80},         {"2*agauss(1,1,1)+3", 1, 7},
		{"agauss(c,c,0.5)^2", 0.1, 144}, {"max(unif(1,1),5)", 1, 5},
	};
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_double_equal(value_for(rows[i].expression, rows[i].drawn), rows[i].value,
				    1e-15, 0);
}

static void of_plain_numbers_the_draw_is_the_value(void **state)
{
	struct resolution resolution = resolve_drawing(".param c=2\nr1 1 0 {agauss(1k, 60, 3)}\n"
						       "r2 1 0 {unif(c, 0.5)}\n"
						       "r3 1 0 {limit(5,1)}\n");
	(void)state;

	assert_int_equal(resolution.n_draws, 3);
	assert_string_equal(resolution.draws[0].definition, "agauss(1k, 60, 3)");
	assert_true(resolution.draws[0].is_normal);
	assert_double_equal(resolution.draws[0].nominal, 1000, 0, 0);
	assert_double_equal(resolution.draws[0].spread, 20, 0, 0);
	assert_false(resolution.draws[1].is_normal);
	assert_double_equal(resolution.draws[1].spread, 1, 0, 0);
	assert_double_equal(resolution.draws[2].nominal, 0, 0, 0);
	assert_double_equal(resolution.draws[2].spread, 1, 0, 0);
	resolution_release(&resolution);
}

static void a_function_of_the_deck_may_have_the_name(void **state)
{
	(void)state;
	assert_uses(".func mc(v,t) {v*(1+t)}\n.func gauss(x) {2*x}\nr1 1 0 {mc(1,2)}\n"
		    "r2 1 0 {gauss(3)}\n",
		    "");
	assert_uses(".func mc(v,t) {unif(v,t)}\nr1 1 0 {mc(1,2)}\n", "r1=r1#1");
}

static int resolve(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct resolution resolution;
	int rc = resolution_init_drawing(&resolution, arg, NULL, 0, &err);

	resolution_release(&resolution);
	return rc;
}

static void drawing_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\n.param x=agauss(1,2,3) y={x}\n.func f(n) {unif(n,1)}\n"
			    ".subckt s a\nr1 a 0 {x*y}\nd1 a 0 dm\n.model dm d is={f(y)}\n.ends\n"
			    "x1 1 s\nv1 1 0 sin(0 {y} 1k)\nb1 2 0 v=y*v(1)\n.op\n.end\n");
	(void)state;

	assert_survives_no_memory(resolve, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_use_draws_and_one_indirection_draws_once),
		cmocka_unit_test(instances_draw_by_themselves),
		cmocka_unit_test(a_param_that_draws_wins_over_what_is_given),
		cmocka_unit_test(a_model_draws_once_for_all_that_have_it),
		cmocka_unit_test(unused_draws_are_left_out),
		cmocka_unit_test(what_cannot_be_set_is_listed),
		cmocka_unit_test(what_no_number_can_stand_for_is_told),
		cmocka_unit_test(conditions_without_draws_block_nothing),
		cmocka_unit_test(functions_make_their_values_of_the_number),
		cmocka_unit_test(of_plain_numbers_the_draw_is_the_value),
		cmocka_unit_test(a_function_of_the_deck_may_have_the_name),
		cmocka_unit_test(drawing_survives_a_lack_of_memory_at_every_allocation),
	};

	return run_all_tests(tests);
}
