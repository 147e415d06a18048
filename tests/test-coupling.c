/* SPDX-License-Identifier: BSD-3-Clause */
/* What elements depend on besides their pins. */
#include "circuit/coupling.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "support-circuit.h"

struct fixture {
	struct carom_circuit *circuit;
	struct couplings couplings;
};

static void open_deck(struct fixture *fixture, const char *deck)
{
	fixture->circuit = import_deck(deck);
	assert_true(couplings_init(&fixture->couplings, fixture->circuit));
}

static void close_deck(struct fixture *fixture)
{
	couplings_release(&fixture->couplings);
	carom_circuit_free(fixture->circuit);
}

static const char *net_name(const struct fixture *fixture, uint32_t net)
{
	return carom_net_name(fixture->circuit, (struct carom_net){net});
}

/* "b1:a-b", with a star for code models. */
static const char *couplings_of(const struct fixture *fixture)
{
	static char all[256];
	size_t used = 0;

	all[0] = '\0';
	for (size_t i = 0; i < fixture->couplings.count; i++) {
		const struct coupling *coupling = &fixture->couplings.list[i];
		struct carom_element element = {coupling->element};

		used += (size_t)snprintf(
			all + used, sizeof(all) - used, "%s%s:%s-%s%s", used ? " " : "",
			carom_element_name(fixture->circuit, element),
			net_name(fixture, coupling->a), net_name(fixture, coupling->b),
			coupling->is_code_model ? "*" : "");
	}
	return all;
}

static bool is_sensed(const struct fixture *fixture, const char *name)
{
	return fixture->couplings.is_sensed[element_called(fixture->circuit, name).index];
}

static void expressions_read_voltages(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\nr1 a b 1\nr2 c 0 1\nb1 a 0 v=v(b)+V( c , a )\n"
			    "e1 c 0 value={v(a)}\nr3 a 0 r='v(b)'\n.end\n");
	assert_string_equal(couplings_of(&fixture), "b1:b-0 b1:c-a e1:a-0 r3:b-0");
	close_deck(&fixture);
}

/* "v nothing", "i vx" */
static const char *dead_of(const struct fixture *fixture)
{
	static char all[256];
	size_t used = 0;

	all[0] = '\0';
	for (size_t i = 0; i < fixture->couplings.n_dead; i++) {
		const struct dead_reference *dead = &fixture->couplings.dead[i];

		used += (size_t)snprintf(all + used, sizeof(all) - used, "%s%c %.*s",
					 used ? ", " : "", dead->is_current ? 'i' : 'v',
					 (int)dead->length, dead->name);
	}
	return all;
}

static void references_to_nothing_are_dead(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\nr1 a 0 1\nb1 a 0 i=v(no)+v(a, none)+i( vx )+i(b1)+v()\n.end\n");
	assert_string_equal(couplings_of(&fixture), "");
	assert_string_equal(dead_of(&fixture), "v no, v none, i vx");
	close_deck(&fixture);
}

static void names_inside_of_others_are_not_looked_up(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\nr1 a 0 1\nb1 a 0 i=v(x1.m)+i(v.x1.v1)+v(q1#base)\n.end\n");
	assert_string_equal(dead_of(&fixture), "");
	close_deck(&fixture);
}

static void nets_of_code_models_are_not_known(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\nr1 a 0 1\nb1 a 0 i=v(y)\na1 a y m\n.model m gain\n.end\n");
	assert_string_equal(dead_of(&fixture), "");
	close_deck(&fixture);
}

static void a_function_of_the_deck_may_read_any_voltage(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\n.func f(x) {x*v(a)}\nr1 a 0 1\nb1 a b i=f(1)+max(1,2)\n.end\n");
	assert_string_equal(couplings_of(&fixture), "b1:a-0 b1:b-0");
	close_deck(&fixture);
}

static void controls_by_pins_are_no_couplings(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture,
		  "t\ne1 a 0 b 0 2\ng1 a 0 poly(1) b 0 1 1\nr1 a b {p}\n.param p=1\n.end\n");
	assert_string_equal(couplings_of(&fixture), "");
	close_deck(&fixture);
}

static void code_models_are_connected_to_all_nets_they_name(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\nr1 a b 1\nr2 c 0 1\na1 %v([a ~b]) %vd(c 0) digital m\n"
			    ".model m gain\n.end\n");
	assert_string_equal(couplings_of(&fixture), "a1:a-0* a1:b-0* a1:c-0* a1:0-0*");
	close_deck(&fixture);
}

static void currents_are_sensed_by_name(void **state)
{
	struct fixture fixture;

	(void)state;
	open_deck(&fixture, "t\nv1 a 0 1\nv2 a b 0\nv3 b 0 1\nv4 c 0 1\nv5 c 0 1\nv6 c 0 1\n"
			    "f1 a 0 V1 2\nh1 c 0 poly(2) v2 v3 0 1 1\nb1 a 0 i=i(v4)\n"
			    "a1 %vnam(v6) b m\n.model m gain\n.end\n");
	for (const char *const *name = (const char *const[]){"v1", "v2", "v3", "v4", "v6", NULL};
	     *name; name++)
		assert_true(is_sensed(&fixture, *name));
	assert_false(is_sensed(&fixture, "v5"));
	assert_false(is_sensed(&fixture, "f1"));
	close_deck(&fixture);
}

static int try_couplings(void *arg)
{
	struct couplings couplings;
	bool is_done = couplings_init(&couplings, arg);

	couplings_release(&couplings);
	return is_done ? 0 : CAROM_ERROR_MEMORY;
}

static void each_allocation_may_fail(void **state)
{
	struct carom_circuit *circuit = import_deck("t\nr1 a 0 1\nb1 a 0 i=v(a)+v(none)\n.end\n");

	(void)state;
	assert_survives_no_memory(try_couplings, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expressions_read_voltages),
		cmocka_unit_test(references_to_nothing_are_dead),
		cmocka_unit_test(names_inside_of_others_are_not_looked_up),
		cmocka_unit_test(nets_of_code_models_are_not_known),
		cmocka_unit_test(a_function_of_the_deck_may_read_any_voltage),
		cmocka_unit_test(controls_by_pins_are_no_couplings),
		cmocka_unit_test(code_models_are_connected_to_all_nets_they_name),
		cmocka_unit_test(currents_are_sensed_by_name),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
