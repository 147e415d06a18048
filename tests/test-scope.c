/* SPDX-License-Identifier: BSD-3-Clause */
/* Which definition a name means in an instance. */
#include "circuit/scope.h"

#include <string.h>

#include "support-circuit.h"

struct fixture {
	struct carom_circuit *circuit;
	struct scope *top;
};

static struct fixture make(const char *deck)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct fixture fixture;

	fixture.circuit = import_deck(deck);
	fixture.top = scope_new(fixture.circuit, &err);
	assert_ok(&err);
	return fixture;
}

static void drop(struct fixture *fixture)
{
	scope_free(fixture->top);
	carom_circuit_free(fixture->circuit);
}

static void assert_value(struct fixture *fixture, const char *path, const char *expression,
			 double expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct scope *scope = scope_find(fixture->top, path, &err);
	double value = 0;

	assert_ok(&err);
	scope_evaluate(scope, expression, strlen(expression), &value, &err);
	assert_ok(&err);
	assert_double_equal(value, expected, 1e-15, 0);
}

static void an_instance_has_its_own_values(void **state)
{
	struct fixture f = make("t\n.param a=2\n.subckt s p w=1 l={w*2}\n.param r={l*10} k={a}\n"
				".ends\nx1 1 s\nx2 1 s w=7\nx3 1 s params: l={w+1} w=3\n"
				"x4 1 s r=11 nobody=5\n.end\n");
	(void)state;

	assert_value(&f, "x1", "w+l+r+k", 1 + 2 + 20 + 2);
	assert_value(&f, "x2", "r", 140);
	assert_value(&f, "x3", "l", 4); /* w is 3 already, a plain number */
	assert_value(&f, "x4", "r", 11);
	assert_ptr_equal(scope_circuit(f.top), f.circuit);
	drop(&f);
}

static void names_are_looked_up_along_the_instances(void **state)
{
	struct fixture f = make("t\n.param a=1\n.subckt in p\n.param b={a}\n.ends\n"
				".subckt out p a=5\nx1 p in\n.ends\n"
				"x1 1 out\nx2 1 out a={a+1}\nx3 1 in\n.end\n");
	(void)state;

	assert_value(&f, "x1.x1", "b", 5);
	assert_value(&f, "x2.x1", "b", 2);
	assert_value(&f, "x3", "b", 1);
	assert_value(&f, "", "a", 1);
	drop(&f);
}

/* The order in which ngspice evaluates a subcircuit's parameters decides whose "l" that is. */
static void what_an_instance_gives_sees_what_comes_before_it(void **state)
{
	struct fixture f = make("t\n.param w=10 l=20\n.func half(x) {x/2+w*0}\n"
				".subckt s p w={1+1} l={half(w)}\n.ends\n"
				"x1 1 s l={w}\nx2 1 s w={l}\nx3 1 s w={w+1} l={l+1}\n.end\n");
	(void)state;

	assert_value(&f, "x1", "l", 2);
	assert_value(&f, "x2", "w", 20);
	assert_value(&f, "x3", "w", 11);
	assert_value(&f, "x3", "l", 21);
	drop(&f);
}

/* Of one level, those that depend on nothing else on the .subckt line come first. */
static void parameters_of_the_line_are_sorted_before_those_inside(void **state)
{
	struct fixture f = make("t\n.param b=3 e=2\n"
				".subckt s p e={d} d=1 b={a}\n.param a=7\n.ends\n"
				".subckt r p e={d} d=1 b={a} a=7\n.ends\n"
				"x1 1 s e={b}\nx2 1 r e={b}\n.end\n");
	(void)state;

	assert_value(&f, "x1", "e", 7);
	assert_value(&f, "x2", "e", 3);
	drop(&f);
}

static void the_last_definition_counts_wherever_it_stands(void **state)
{
	struct fixture f = make("t\n.param b={a} a=1\n.param a=2\n.param a=3\n.end\n");
	(void)state;

	assert_value(&f, "", "b", 3);
	drop(&f);
}

static void a_parameter_may_be_made_of_the_one_it_hides(void **state)
{
	struct fixture f =
		make("t\n.param a=3\n.subckt s p\n.param a={a*2}\n.ends\nx1 1 s\n.end\n");
	(void)state;

	assert_value(&f, "x1", "a", 6);
	drop(&f);
}

static void a_multiplier_is_known_inside(void **state)
{
	struct fixture f = make("t\n.subckt s p\nr1 p 0 1\n.ends\nx1 1 s m={2+1}\n.end\n");
	(void)state;

	assert_value(&f, "x1", "m*2", 6);
	drop(&f);
}

static void values_end_where_ngspice_ends_them(void **state)
{
	struct fixture f = make("t\n.param alone=2 + 1\n.param first=2 + 1 second=(1 + 1)\n"
				".param torn=alone + 1\n.param braces={1}+1\n.param minus=-alone\n"
				".param inner={1 + 2} x quoted='2 * 2' * 2 string=\"a b\" c\n"
				".end\n");
	static const char *const wrong[] = {"torn", "braces"};
	(void)state;

	assert_value(&f, "", "alone", 3);
	assert_value(&f, "", "first", 2);
	assert_value(&f, "", "second", 2);
	assert_value(&f, "", "minus", -3);
	assert_value(&f, "", "inner", 3);
	assert_value(&f, "", "quoted", 4);
	for (int i = 0; i < 2; i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		double value;

		assert_int_equal(scope_evaluate(f.top, wrong[i], strlen(wrong[i]), &value, &err),
				 CAROM_ERROR_SYNTAX);
		assert_int_equal(err.line, 4 + i);
	}
	drop(&f);
}

static void scopes_are_found_by_path(void **state)
{
	struct fixture f =
		make("t\n.subckt s p\nr1 p 0 1\n.ends\nx1 1 s\nx2 1 none\nr2 1 0 1\n.end\n");
	static const char *const wrong[] = {"x3", "r2", "x1.x1", "x2", "x1."};
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	assert_ptr_equal(scope_find(f.top, "", &err), f.top);
	assert_non_null(scope_find(f.top, "X1", &err));
	assert_ptr_equal(scope_find(f.top, "x1", &err), scope_find(f.top, "x1", &err));
	for (int i = 0; i < 4; i++) {
		carom_error_clear(&err);
		assert_null(scope_find(f.top, wrong[i], &err));
		assert_int_equal(err.status, CAROM_ERROR_NOT_FOUND);
	}
	carom_error_clear(&err);
	assert_null(scope_enter(f.top, (struct carom_element){99}, &err));
	assert_int_equal(err.status, CAROM_ERROR_ARGUMENT);
	drop(&f);
}

static int use_scopes(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct scope *top = scope_new(arg, &err);
	struct scope *scope = top ? scope_find(top, "x1.x1", &err) : NULL;
	double value;

	if (scope)
		scope_evaluate(scope, "f(b)", 4, &value, &err);
	scope_free(top);
	return err.status;
}

static void scopes_survive_a_lack_of_memory(void **state)
{
	struct carom_circuit *circuit =
		import_deck("t\n.func f(x) {x}\n.subckt in p\n.param b={a}\n.ends\n"
			    ".subckt out p a=5\nx1 p in\n.ends\nx1 1 out\n.end\n");
	(void)state;

	assert_survives_no_memory(use_scopes, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_instance_has_its_own_values),
		cmocka_unit_test(names_are_looked_up_along_the_instances),
		cmocka_unit_test(what_an_instance_gives_sees_what_comes_before_it),
		cmocka_unit_test(parameters_of_the_line_are_sorted_before_those_inside),
		cmocka_unit_test(the_last_definition_counts_wherever_it_stands),
		cmocka_unit_test(a_parameter_may_be_made_of_the_one_it_hides),
		cmocka_unit_test(a_multiplier_is_known_inside),
		cmocka_unit_test(values_end_where_ngspice_ends_them),
		cmocka_unit_test(scopes_are_found_by_path),
		cmocka_unit_test(scopes_survive_a_lack_of_memory),
	};

	return run_all_tests(tests);
}
