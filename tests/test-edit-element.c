/* SPDX-License-Identifier: BSD-3-Clause */
/* Elements removed, renamed, connected otherwise, of another model. */
#include <string.h>

#include "carom-edit.h"
#include "carom-graph.h"
#include "circuit/circuit.h"
#include "support-circuit.h"

static void assert_fails(int rc, enum carom_status status, struct carom_error *err,
			 const char *message)
{
	assert_int_equal(rc, status);
	assert_int_equal(err->status, status);
	assert_string_equal(err->text, message);
	carom_error_clear(err);
}

static void a_removed_element_is_nowhere(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1k\nr2 a b 2k\nr3 b 0 3k\n.op\n.end\n");
	struct carom_element r2 = element_called(c, "r2");
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;
	size_t count;

	(void)state;
	assert_int_equal(carom_element_remove(c, r2, &err), 0);
	assert_deck(c, "t\nr1 a 0 1k\nr3 b 0 3k\n.op\n.end\n");
	assert_int_equal(carom_circuit_element_count(c), 2);
	assert_false(carom_element_is_valid(carom_circuit_find_element(c, "r2")));
	assert_string_equal(carom_element_name(c, r2), "");
	assert_string_equal(carom_element_model(c, r2), "");
	assert_int_equal(carom_element_pin_count(c, r2), 0);
	assert_nets(c, "r3", "b 0");
	assert_non_null(carom_net_pins(c, carom_circuit_find_net(c, "a"), &count, &err));
	assert_int_equal(count, 1);
	assert_int_equal(carom_circuit_lint(c, &findings, &err), 0);
	carom_findings_free(findings);
	assert_fails(carom_element_remove(c, r2, &err), CAROM_ERROR_ARGUMENT, &err,
		     "the handle is of no element of this circuit");
	carom_circuit_free(c);
}

static void every_kind_can_be_removed_and_linted(void **state)
{
	struct carom_circuit *c = import_deck(
		"t\n.model d1 d\n.model n1 npn\n.model m1 nmos\n.model s1 sw\n.model w1 csw\n"
		".model u1 urc\n.subckt s a b\nrs a b 1\n.ends\n"
		"v1 a 0 1\nr1 a 0 1\nc1 a 0 1\nl1 a 0 1\nl2 a 0 1\nk1 l1 l2 .5\nd2 a 0 d1\n"
		"q1 a b 0 n1\nm2 a b 0 0 m1\ne1 b 0 a 0 2\nf1 b 0 v1 2\ng1 b 0 a 0 2\nh1 b 0 v1 2\n"
		"b1 b 0 v=v(a)\ni1 b 0 1\nx1 a b s\ns2 a b a 0 s1\nw2 a b v1 w1\nt1 a 0 b 0 z0=50 "
		"td=1n\n.op\n.end\n");
	struct carom_findings *findings;

	(void)state;
	for (uint32_t i = 0; i < c->n_elements; i++) {
		assert_int_equal(carom_element_remove(c, (struct carom_element){i}, NULL), 0);
		assert_int_equal(carom_circuit_lint(c, &findings, NULL), 0);
		carom_findings_free(findings);
	}
	assert_int_equal(carom_circuit_element_count(c), 0);
	assert_deck(c, "t\n.model d1 d\n.model n1 npn\n.model m1 nmos\n.model s1 sw\n"
		       ".model w1 csw\n.model u1 urc\n.subckt s a b\nrs a b 1\n.ends\n.op\n.end\n");
	carom_circuit_free(c);
}

static void the_second_of_a_name_is_found_when_the_first_goes(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\nR1 b 0 2\nr2 a b 1\n.end\n");
	double value;

	(void)state;
	assert_int_equal(carom_element_remove(c, element_called(c, "r1"), NULL), 0);
	assert_int_equal(carom_element_value(c, element_called(c, "r1"), &value, NULL), 0);
	assert_same_bits(value, 2);
	assert_int_equal(carom_element_remove(c, element_called(c, "r1"), NULL), 0);
	assert_false(carom_element_is_valid(carom_circuit_find_element(c, "r1")));
	carom_circuit_free(c);
}

static void a_renamed_element_is_followed_by_those_that_name_it(void **state)
{
	struct carom_circuit *c =
		import_deck("t\nv1 a 0 1\nl1 a 0 1\nl2 a 0 1\nk1 l1 l2 .5\nf1 b 0 v1 2\nh1 b 0 "
			    "poly(2) v1 V1 1 1 1\n"
			    "w1 b 0 v1 ws\nb1 b 0 i=i(v1)+2*v(v1)\n.model ws csw\n.dc v1 0 1 "
			    ".1\n.noise v(b) v1 dec "
			    "1 1 10\n.tf v(b) v1\n.save i(v1) @v1[p] v1#branch v1\n.end\n");

	(void)state;
	assert_int_equal(carom_element_rename(c, element_called(c, "v1"), "vsupply", NULL), 0);
	assert_int_equal(carom_element_rename(c, element_called(c, "l1"), "l", NULL), 0);
	assert_deck(c, "t\nvsupply a 0 1\nl a 0 1\nl2 a 0 1\nk1 l l2 .5\nf1 b 0 vsupply 2\n"
		       "h1 b 0 poly(2) vsupply vsupply 1 1 1\nw1 b 0 vsupply ws\n"
		       "b1 b 0 i=i(vsupply)+2*v(v1)\n.model ws csw\n.dc vsupply 0 1 .1\n"
		       ".noise v(b) vsupply dec 1 1 10\n.tf v(b) vsupply\n"
		       ".save i(vsupply) @vsupply[p] vsupply#branch v1\n.end\n");
	assert_false(carom_element_is_valid(carom_circuit_find_element(c, "v1")));
	carom_circuit_free(c);
}

static void full_names_follow_a_renamed_instance(void **state)
{
	struct carom_circuit *c = import_deck(
		"t\n.subckt s a\nr1 a m 1\nm1 a m 0 0 n\n.ends\n.model n nmos\nx1 in s\n"
		".save v(x1.m) @m.x1.m1[id] @r.x1.r1[i] v(x11.m)\n.end\n");

	(void)state;
	assert_int_equal(carom_element_rename(c, element_called(c, "x1"), "xamp", NULL), 0);
	assert_deck(c, "t\n.subckt s a\nr1 a m 1\nm1 a m 0 0 n\n.ends\n.model n nmos\nxamp in s\n"
		       ".save v(xamp.m) @m.xamp.m1[id] @r.xamp.r1[i] v(x11.m)\n.end\n");
	carom_circuit_free(c);
}

static void a_name_that_cannot_be_is_refused(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\nr2 a 0 1\n.end\n");
	struct carom_element r1 = element_called(c, "r1");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_fails(carom_element_rename(c, r1, "c1", &err), CAROM_ERROR_ARGUMENT, &err,
		     "\"c1\": the name must be one word that begins with r");
	assert_fails(carom_element_rename(c, r1, "r 1", &err), CAROM_ERROR_ARGUMENT, &err,
		     "\"r 1\": the name must be one word that begins with r");
	assert_fails(carom_element_rename(c, r1, "r\n1", &err), CAROM_ERROR_ARGUMENT, &err,
		     "\"r\n1\": the name must be one word that begins with r");
	assert_fails(carom_element_rename(c, r1, "R2", &err), CAROM_ERROR_EXISTS, &err,
		     "R2: the circuit has an element of this name");
	assert_int_equal(carom_element_rename(c, r1, "R1", &err), 0);
	assert_deck(c, "t\nR1 a 0 1\nr2 a 0 1\n.end\n");
	carom_circuit_free(c);
}

static void a_pin_is_connected_to_another_net(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1k\ne1 o 0 poly(2) a 0 b 0 1 1\ne2 o 0 a "
					      "b 2\nx1 a (b) c s\n.subckt s 1 2 3\n"
					      "r 1 2 3\n.ends\nr2 new 0 1\n.end\n");
	struct carom_net new = carom_circuit_find_net(c, "new");
	struct carom_element e1 = element_called(c, "e1");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_element_set_value(c, element_called(c, "r1"), 5e-13, &err);
	carom_element_reconnect(c, element_called(c, "r1"), 1, new, &err);
	carom_element_reconnect(c, e1, 0, new, &err);
	carom_element_reconnect(c, e1, 4, new, &err);
	carom_element_reconnect(c, element_called(c, "e2"), 3, new, &err);
	carom_element_reconnect(c, element_called(c, "x1"), 1, new, &err);
	assert_ok(&err);
	assert_nets(c, "e1", "new 0 a 0 new 0");
	assert_deck(c, "t\nr1 a new 5e-13\ne1 new 0 poly(2) a 0 new 0 1 1\ne2 o 0 a new 2\n"
		       "x1 a (new) c s\n.subckt s 1 2 3\nr 1 2 3\n.ends\nr2 new 0 1\n.end\n");
	assert_fails(carom_element_reconnect(c, e1, 6, new, &err), CAROM_ERROR_ARGUMENT, &err,
		     "e1 has no pin 6: it has 6");
	assert_fails(carom_element_reconnect(c, e1, 0, (struct carom_net){99}, &err),
		     CAROM_ERROR_ARGUMENT, &err, "e1: the net is not of this circuit");
	carom_circuit_free(c);
}

static void a_model_is_set_where_it_is_named(void **state)
{
	struct carom_circuit *c = import_deck("t\n.model d1 d\n.model rm r\n.subckt s a\nr a 0 1\n"
					      ".ends\nd1 a 0 d1 2\nr1 a 0 10 rm tc1=1\nx1 a s\n"
					      "r2 a 0 1\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_element_set_value(c, element_called(c, "r1"), 0.123456789, &err);
	assert_string_equal(carom_element_model(c, element_called(c, "r1")), "rm");
	carom_element_set_model(c, element_called(c, "d1"), "longer", &err);
	carom_element_set_model(c, element_called(c, "r1"), "m", &err);
	carom_element_set_model(c, element_called(c, "x1"), "other", &err);
	assert_ok(&err);
	assert_string_equal(carom_element_model(c, element_called(c, "r1")), "m");
	assert_deck(c, "t\n.model d1 d\n.model rm r\n.subckt s a\nr a 0 1\n.ends\nd1 a 0 longer 2\n"
		       "r1 a 0 0.123456789 m tc1=1\nx1 a other\nr2 a 0 1\n.end\n");
	assert_fails(carom_element_set_model(c, element_called(c, "r2"), "m", &err),
		     CAROM_ERROR_MODEL, &err, "r2 has no model");
	assert_fails(carom_element_set_model(c, element_called(c, "d1"), "a b", &err),
		     CAROM_ERROR_ARGUMENT, &err, "\"a b\" cannot be a model's name");
	carom_circuit_free(c);
}

static void an_edit_does_nothing_once_the_error_is_set(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.end\n");
	struct carom_element r1 = element_called(c, "r1");
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	carom_element_rename(c, r1, "x", &err);
	assert_int_equal(carom_element_remove(c, r1, &err), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_element_rename(c, r1, "r2", &err), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_element_set_model(c, r1, "m", &err), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_element_reconnect(c, r1, 0, (struct carom_net){0}, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_deck(c, "t\nr1 a 0 1\n.end\n");
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_removed_element_is_nowhere),
		cmocka_unit_test(every_kind_can_be_removed_and_linted),
		cmocka_unit_test(the_second_of_a_name_is_found_when_the_first_goes),
		cmocka_unit_test(a_renamed_element_is_followed_by_those_that_name_it),
		cmocka_unit_test(full_names_follow_a_renamed_instance),
		cmocka_unit_test(a_name_that_cannot_be_is_refused),
		cmocka_unit_test(a_pin_is_connected_to_another_net),
		cmocka_unit_test(a_model_is_set_where_it_is_named),
		cmocka_unit_test(an_edit_does_nothing_once_the_error_is_set),
	};

	return run_all_tests(tests);
}
