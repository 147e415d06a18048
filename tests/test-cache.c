/* SPDX-License-Identifier: BSD-3-Clause */
/* Values that wait for their card, and what is counted. */
#include <stdlib.h>
#include <string.h>

#include "circuit/cache.h"
#include "support-circuit.h"

static struct carom_cache_stats stats_of(const struct carom_circuit *c)
{
	struct carom_cache_stats stats;

	carom_circuit_cache_stats(c, &stats);
	return stats;
}

static void a_value_is_read_once(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 4k\nr2 a 0 {x}\n.end\n");
	double value;

	(void)state;
	for (int i = 0; i < 5; i++) {
		assert_int_equal(carom_element_value(c, (struct carom_element){0}, &value, NULL),
				 0);
		assert_same_bits(value, 4e3);
	}
	assert_int_equal(stats_of(c).value_misses, 1);
	assert_int_equal(stats_of(c).value_hits, 4);
	carom_element_value(c, (struct carom_element){1}, &value, NULL);
	carom_element_value(c, (struct carom_element){1}, &value, NULL);
	assert_int_equal(stats_of(c).value_misses, 3);
	carom_circuit_free(c);
}

static void a_million_values_are_written_once(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\nr2 a 0 1\n.end\n");
	double value;

	(void)state;
	for (int i = 1; i <= 1000000; i++)
		carom_element_set_value(c, (struct carom_element){0}, i, NULL);
	assert_string_equal(c->cards[1].text, "r1 a 0 1");
	assert_int_equal(stats_of(c).card_misses, 0);
	assert_int_equal(stats_of(c).card_invalidations, 1);
	carom_element_value(c, (struct carom_element){0}, &value, NULL);
	assert_same_bits(value, 1e6);
	assert_deck(c, "t\nr1 a 0 1000000\nr2 a 0 1\n.end\n");
	assert_int_equal(stats_of(c).card_misses, 1);
	assert_int_equal(stats_of(c).value_misses, 1);
	assert_deck(c, "t\nr1 a 0 1000000\nr2 a 0 1\n.end\n");
	assert_int_equal(stats_of(c).card_misses, 1);
	carom_circuit_free(c);
}

static void cards_given_out_are_counted(void **state)
{
	struct carom_circuit *c = import_deck("t\n.subckt s a\nr1 a 0 1\n.ends\nr1 a 0 1\n.end\n");
	struct carom_cache_stats before;

	(void)state;
	assert_non_null(carom_circuit_lines(c, NULL, NULL));
	before = stats_of(c);
	assert_int_equal(before.card_hits, 6);
	carom_element_set_value(c, (struct carom_element){0}, 2, NULL);
	carom_circuit_lines(c, NULL, NULL);
	assert_int_equal(stats_of(c).card_hits, before.card_hits + 5);
	assert_int_equal(stats_of(c).card_misses, before.card_misses + 1);
	carom_circuit_free(c);
}

static void every_reader_sees_the_new_value(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1 tc1=1\nr2 a 0 1\nv1 a 0 1\n.op\n.end\n");
	struct carom_element r1 = {0};
	struct value_place place;
	char *text;

	(void)state;
	carom_element_set_value(c, r1, 1.5, NULL);
	assert_int_equal(circuit_element_value_place(c, r1, &place, NULL), 0);
	assert_memory_equal(c->cards[place.card].text + place.begin, "1.5", place.length);
	carom_element_set_value(c, r1, 1e-10, NULL);
	assert_int_equal(circuit_element_param_place(c, r1, "tc1", &place, NULL), 0);
	assert_memory_equal(c->cards[place.card].text + place.begin, "1", place.length);
	carom_element_set_value(c, r1, 7, NULL);
	carom_element_set_param(c, r1, "tc1", 12.5, NULL);
	text = carom_circuit_to_text(c, NULL);
	assert_non_null(strstr(text, "r1 a 0 7 tc1=12.5\n"));
	free(text);
	carom_circuit_free(c);
}

static void an_element_is_listed_once(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1 tc1=1\n.end\n");

	(void)state;
	for (int i = 0; i < 1000; i++) {
		carom_element_set_value(c, (struct carom_element){0}, i, NULL);
		carom_element_set_param(c, (struct carom_element){0}, "tc1", i, NULL);
	}
	assert_int_equal(c->cache.n_dirty, 1);
	circuit_flush(c);
	assert_int_equal(c->cache.n_dirty, 0);
	assert_deck(c, "t\nr1 a 0 999 tc1=999\n.end\n");
	carom_circuit_free(c);
}

static void the_longest_number_fits_where_the_shortest_was(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1 tc1=3\n.end\n");

	(void)state;
	for (int i = 0; i < 3; i++) {
		carom_element_set_value(c, (struct carom_element){0}, -2.2250738585072014e-308,
					NULL);
		assert_deck(c, "t\nr1 a 0 -2.2250738585072014e-308 tc1=3\n.end\n");
		carom_element_set_value(c, (struct carom_element){0}, 1, NULL);
		assert_deck(c, "t\nr1 a 0 1 tc1=3\n.end\n");
	}
	carom_circuit_free(c);
}

static void a_value_takes_little_room(void **state)
{
	(void)state;
	assert_true(sizeof(struct value) <= 16);
}

static int attempt(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c = arg;

	carom_circuit_mark(c, &err);
	for (uint32_t i = 0; i < 3; i++)
		carom_element_set_value(c, (struct carom_element){i}, 2, &err);
	if (c->journal && err.status)
		carom_circuit_rollback(c, NULL);
	else
		carom_circuit_commit(c, &err);
	return err.status;
}

static void a_value_without_memory_is_not_set(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\nr2 a 0 1\nr3 a 0 1\n.end\n");

	(void)state;
	assert_survives_no_memory(attempt, c);
	assert_deck(c, "t\nr1 a 0 2\nr2 a 0 2\nr3 a 0 2\n.end\n");
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_read_once),
		cmocka_unit_test(a_million_values_are_written_once),
		cmocka_unit_test(cards_given_out_are_counted),
		cmocka_unit_test(every_reader_sees_the_new_value),
		cmocka_unit_test(an_element_is_listed_once),
		cmocka_unit_test(the_longest_number_fits_where_the_shortest_was),
		cmocka_unit_test(a_value_takes_little_room),
		cmocka_unit_test(a_value_without_memory_is_not_set),
	};

	return run_all_tests(tests);
}
