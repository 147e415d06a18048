/* SPDX-License-Identifier: BSD-3-Clause */
/* EXTERNAL sources: which elements are, and which circuits with them may be loaded. */
#include "circuit/external.h"

#include <stdio.h>
#include <string.h>

#include "circuit/prune.h"
#include "support-circuit.h"

/* The names found, in their order; "" for none. */
static void assert_accepted(const char *deck, bool has_host, const char *expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = import_deck(deck);
	struct name_table *names;
	char found[100] = "";

	circuit_check_external(c, NULL, has_host, &names, &err);
	assert_ok(&err);
	assert_int_equal(names != NULL, expected[0] != '\0');
	for (uint32_t i = 0; names && i < name_count(names); i++) {
		strcat(found, i ? " " : "");
		strcat(found, name_text(names, i));
	}
	assert_string_equal(found, expected);
	name_table_free(names);
	carom_circuit_free(c);
}

static void assert_not_accepted(const char *deck, bool has_host, int line, const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = import_deck(deck);
	struct name_table *names;

	assert_int_equal(circuit_check_external(c, NULL, has_host, &names, &err),
			 CAROM_ERROR_STATE);
	assert_error_says(&err, message);
	assert_string_equal(err.source, "t.cir");
	assert_int_equal(err.line, line);
	assert_null(names);
	carom_circuit_free(c);
}

static void sources_are_known_by_the_word(void **state)
{
	(void)state;
	assert_accepted("t\nv1 a 0 external\nI2 a 0 ac 1 EXTERNAL\nv3 a 0 1\nrexternal a 0 1\n"
			"v4 external 0 1\nb1 a 0 v=v(external)\n",
			true, "v1 I2");
	assert_accepted("t\nv1 a 0\n+ external\n", true, "v1");
	assert_accepted("t\nv1 a 0 1\n", true, "");
}

static void sources_are_found_in_subcircuits(void **state)
{
	(void)state;
	assert_accepted("t\nx1 a s\nv1 a 0 external\n.subckt s a\nx2 a u\n.subckt u a\n"
			"v2 a 0 external\n.ends\n.ends\n",
			true, "v2 v1");
}

static void without_a_host_they_are_refused(void **state)
{
	(void)state;
	assert_not_accepted("t\nr1 a 0 1\nv1 a 0 external\n", false, 3,
			    "v1: the value of an external source is the host's to give\nopen the "
			    "session with a source callback");
	assert_accepted("t\nr1 a 0 1\nv1 a 0 1\n", false, "");
}

static void a_dc_value_beside_it_is_refused(void **state)
{
	static const char *const cards[] = {"v1 a 0 dc 0 external", "v1 a 0 5 external",
					    "i1 a 0 {x} external", "i1 a 0 external dc 1"};

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		char deck[100], message[200];

		snprintf(deck, sizeof(deck), "t\n.param x=1\n%s\n", cards[i]);
		snprintf(message, sizeof(message),
			 "%.2s: ngspice 39 crashes at \"external\" together with a dc value; leave "
			 "the value out",
			 cards[i]);
		assert_not_accepted(deck, true, 3, message);
	}
}

static void an_ac_value_stands_before_it(void **state)
{
	(void)state;
	assert_accepted("t\nv1 a 0 ac 1 external\n", true, "v1");
	assert_not_accepted("t\nr1 a 0 1\nv1 a 0 external ac 1\n", true, 3,
			    "v1: ngspice takes \"ac\" behind \"external\" for a number; write ac "
			    "before external");
}

static void a_sensitivity_beside_it_is_refused(void **state)
{
	(void)state;
	assert_not_accepted("t\nv1 a 0 external\nr1 a 0 1\n.sens v(a)\n", true, 4,
			    ".sens: ngspice 39 crashes at external sources\ntake the card out");
	assert_accepted("t\nv1 a 0 1\nr1 a 0 1\n.sens v(a)\n", true, "");
}

static void what_is_not_sent_does_not_count(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c =
		import_deck("t\nr1 a 0 1\n.subckt s a\nv1 a 0 external\n.ends\n.op\n");
	struct name_table *names;
	struct prune prune;

	(void)state;
	prune_init(&prune, c, &err);
	assert_ok(&err);
	circuit_check_external(c, &prune, false, &names, &err);
	assert_ok(&err);
	assert_null(names);
	prune_release(&prune);
	carom_circuit_free(c);
}

static int attempt(void *arg)
{
	struct name_table *names;
	int status = circuit_check_external(arg, NULL, true, &names, NULL);

	name_table_free(names);
	return status;
}

static void no_memory_is_an_error(void **state)
{
	struct carom_circuit *c = import_deck("t\nv1 a 0 external\nv2 a 0 external\n");

	(void)state;
	assert_survives_no_memory(attempt, c);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sources_are_known_by_the_word),
		cmocka_unit_test(sources_are_found_in_subcircuits),
		cmocka_unit_test(without_a_host_they_are_refused),
		cmocka_unit_test(a_dc_value_beside_it_is_refused),
		cmocka_unit_test(an_ac_value_stands_before_it),
		cmocka_unit_test(a_sensitivity_beside_it_is_refused),
		cmocka_unit_test(what_is_not_sent_does_not_count),
		cmocka_unit_test(no_memory_is_an_error),
	};

	return run_all_tests(tests);
}
