/* SPDX-License-Identifier: BSD-3-Clause */
/* Nets renamed. */
#include "carom-edit.h"
#include "support-circuit.h"

static void rename_net(struct carom_circuit *c, const char *old, const char *new,
		       struct carom_error *err)
{
	carom_net_rename(c, carom_circuit_find_net(c, old), new, err);
}

static void a_renamed_net_is_followed_everywhere(void **state)
{
	struct carom_circuit *c = import_deck(
		"t\nr1 in in 1\nr2 (in, out) 1\ne1 out 0 poly(1) in 0 0 1\nb1 out 0 "
		"v=v(IN)*v(out,in)\n"
		"r3 out 0 r='v(in)+in'\nc1 in 0 1\na1 in %v(in) out am\n.model am gain\n"
		"d1 in 0 in\n.model in d\n.ic v(in)=1 v(out)=2\n.nodeset v(in)=in\n"
		".save in v(in) vm(in) @r1[i]\n.pz in 0 out 0 cur pz\n.noise v(out,in) vin dec 1 1 "
		"1\n"
		".meas tran m find v(in) at=1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_element_set_value(c, element_called(c, "c1"), 1.25e-7, &err);
	rename_net(c, "in", "input", &err);
	assert_ok(&err);
	assert_deck(c,
		    "t\nr1 input input 1\nr2 (input, out) 1\ne1 out 0 poly(1) input 0 0 1\n"
		    "b1 out 0 v=v(input)*v(out,input)\nr3 out 0 r='v(input)+in'\n"
		    "c1 input 0 1.25e-07\na1 input %v(input) out am\n.model am gain\n"
		    "d1 input 0 in\n.model in d\n.ic v(input)=1 v(out)=2\n.nodeset v(input)=in\n"
		    ".save input v(input) vm(input) @r1[i]\n.pz input 0 out 0 cur pz\n"
		    ".noise v(out,input) vin dec 1 1 1\n.meas tran m find v(input) at=1\n.end\n");
	assert_false(carom_net_is_valid(carom_circuit_find_net(c, "in")));
	assert_nets(c, "r1", "input input");
	carom_circuit_free(c);
}

static void a_renamed_port_stays_a_port(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.subckt s in out w=1\nr1 in out {w}\n.ends\nx1 a b s w=2\n.end\n");
	struct carom_circuit *s = carom_circuit_find_subcircuit(c, "s");
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	(void)state;
	rename_net(s, "out", "o", &err);
	rename_net(s, "in", "a_longer_name_than_before", &err);
	assert_ok(&err);
	assert_deck(c, "t\n.subckt s a_longer_name_than_before o w=1\n"
		       "r1 a_longer_name_than_before o {w}\n.ends\nx1 a b s w=2\n.end\n");
	carom_circuit_set_param(s, "w", 7, &err);
	assert_int_equal(carom_circuit_param(s, "w", &value, &err), 0);
	assert_same_bits(value, 7);
	assert_nets(c, "x1", "a b");
	carom_circuit_free(c);
}

static void assert_refused_name(struct carom_circuit *c, const char *old, const char *new,
				enum carom_status status, const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;

	rename_net(c, old, new, &err);
	assert_int_equal(err.status, status);
	assert_string_equal(err.text, message);
}

static void a_name_that_cannot_be_is_refused(void **state)
{
	struct carom_circuit *c =
		import_deck("t\n.global vdd\n.subckt s a\nr1 a vdd 1\n.ends\nr1 a b 1\nr2 vdd 0 1\n"
			    "x1 a s\n.end\n");
	struct carom_circuit *s = carom_circuit_find_subcircuit(c, "s");

	(void)state;
	assert_refused_name(c, "a", "B", CAROM_ERROR_EXISTS,
			    "net B: the circuit has a net of this name");
	assert_refused_name(c, "a", "gnd", CAROM_ERROR_EXISTS,
			    "net gnd: the circuit has a net of this name");
	assert_refused_name(c, "gnd", "x", CAROM_ERROR_ARGUMENT, "ground keeps its name");
	assert_refused_name(c, "a", "a b", CAROM_ERROR_ARGUMENT,
			    "\"a b\" cannot be the name of a net");
	assert_refused_name(c, "a", "", CAROM_ERROR_ARGUMENT, "\"\" cannot be the name of a net");
	assert_refused_name(c, "none", "x", CAROM_ERROR_ARGUMENT, "the net is not of this circuit");
	assert_refused_name(c, "vdd", "vcc", CAROM_ERROR_ARGUMENT,
			    "net vdd is global: other circuits know it so");
	assert_refused_name(s, "vdd", "vcc", CAROM_ERROR_ARGUMENT,
			    "net vdd is global: other circuits know it so");
	assert_refused_name(s, "a", "VDD", CAROM_ERROR_EXISTS,
			    "net VDD: the circuit has a net of this name");
	assert_deck(c, "t\n.global vdd\n.subckt s a\nr1 a vdd 1\n.ends\nr1 a b 1\nr2 vdd 0 1\n"
		       "x1 a s\n.end\n");
	carom_circuit_free(c);
}

static void only_the_spelling_may_change(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.save v(a)\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	rename_net(c, "a", "A", &err);
	assert_ok(&err);
	assert_deck(c, "t\nr1 A 0 1\n.save v(A)\n.end\n");
	assert_true(carom_net_is_valid(carom_circuit_find_net(c, "a")));
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_renamed_net_is_followed_everywhere),
		cmocka_unit_test(a_renamed_port_stays_a_port),
		cmocka_unit_test(a_name_that_cannot_be_is_refused),
		cmocka_unit_test(only_the_spelling_may_change),
	};

	return run_all_tests(tests);
}
