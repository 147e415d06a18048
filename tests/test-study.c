/* SPDX-License-Identifier: BSD-3-Clause */
/* The study: statements of a deck, of calls, and what replaces what. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "circuit/circuit.h"
#include "study/study.h"
#include "support.h"

/* A circuit of statements alone; file 0 is "amp.cir". */
struct deck {
	char *files[1];
	struct statement statements[8];
	struct carom_circuit circuit;
	struct carom_error err;
};

static void deck_init(struct deck *deck)
{
	*deck = (struct deck){.files = {(char *)"amp.cir"}, .err = CAROM_ERROR_INIT};
	deck->circuit.root = &deck->circuit;
	deck->circuit.files = deck->files;
	deck->circuit.n_files = 1;
	deck->circuit.statements = deck->statements;
}

static void deck_say(struct deck *deck, const char *text)
{
	uint32_t n = (uint32_t)deck->circuit.n_statements++;

	deck->statements[n] = (struct statement){text, 0, 10 + n, 8};
}

static struct carom_study *study_of(struct deck *deck)
{
	struct carom_study *study = carom_study_new(&deck->circuit, &deck->err);

	assert_ok(&deck->err);
	assert_non_null(study);
	return study;
}

static void a_study_of_a_deck_without_statements_has_the_defaults(void **state)
{
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	study = study_of(&deck);
	assert_ptr_equal(study->circuit, &deck.circuit);
	assert_int_equal(carom_study_samples(study), 1000);
	assert_int_equal(carom_study_seed(study), 1);
	assert_int_equal(carom_study_sampler(study), CAROM_SAMPLER_PLAIN);
	assert_true(study->time_limit_s == 0);
	assert_int_equal(study->n_varies + study->n_measures + study->n_specs, 0);
	assert_int_equal(carom_study_facts(study)->n_done, 0);
	assert_false(study->is_cancelled);
	carom_study_free(study);
}

static void the_statements_of_the_deck_are_taken_in(void **state)
{
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	deck_say(&deck, "vary    r1 r2  gauss 1%   ; relative");
	deck_say(&deck, "measure gain   ac max(db(v(out)))");
	deck_say(&deck, "spec    gain   38 42");
	deck_say(&deck, "SAMPLES 200");
	deck_say(&deck, "seed 18446744073709551615");
	deck_say(&deck, "time-limit 2.5");
	deck_say(&deck, "sampler  LHS");
	study = study_of(&deck);
	assert_int_equal(study->n_varies, 1);
	assert_string_equal(study->varies[0].targets, "r1 r2");
	assert_string_equal(study->varies[0].place.source, "amp.cir");
	assert_int_equal(study->varies[0].place.line, 10);
	assert_int_equal(study->varies[0].place.column, 16);
	assert_int_equal(study->n_measures, 1);
	assert_int_equal(study->measures[0].place.line, 11);
	assert_int_equal(study->n_specs, 1);
	assert_same_bits(study->specs[0].upper, 42);
	assert_int_equal(carom_study_samples(study), 200);
	assert_true(carom_study_seed(study) == UINT64_MAX);
	assert_same_bits(study->time_limit_s, 2.5);
	assert_int_equal(carom_study_sampler(study), CAROM_SAMPLER_LHS);
	carom_study_free(study);
}

static void an_error_in_the_deck_has_its_place(void **state)
{
	struct deck deck;
	char message[512];

	(void)state;
	deck_init(&deck);
	deck_say(&deck, "seed 3");
	deck_say(&deck, "spec  gain 38 x42");
	assert_null(carom_study_new(&deck.circuit, &deck.err));
	assert_string_equal(carom_error_format(&deck.err, message, sizeof(message)),
			    "amp.cir:11:22: \"x42\" is no number; \"-\" means no limit");
}

static void a_statement_that_is_unknown_is_told_the_nearest(void **state)
{
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	study = study_of(&deck);
	assert_int_equal(carom_study_statement(study, " meassure gain max(v(out))", &deck.err),
			 CAROM_ERROR_SYNTAX);
	assert_error_says(&deck.err, "unknown statement \"meassure\"\ndid you mean \"measure\"?");
	assert_int_equal(deck.err.column, 2);
	assert_string_equal(deck.err.source, "");
	carom_error_clear(&deck.err);
	carom_study_statement(study, "exhaust ff", &deck.err);
	assert_error_says(&deck.err,
			  "unknown statement \"exhaust\"\nknown are vary, correlate, measure, "
			  "spec, samples, seed, sampler, time-limit, until, target, "
			  "confidence, step, corner, keep, importance");
	carom_error_clear(&deck.err);
	carom_study_statement(study, "  ; nothing", &deck.err);
	assert_string_equal(deck.err.text, "the statement is empty");
	carom_study_free(study);
}

static void a_sampler_that_is_unknown_is_told_the_nearest(void **state)
{
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	study = study_of(&deck);
	assert_int_equal(carom_study_statement(study, "sampler sobel", &deck.err),
			 CAROM_ERROR_SYNTAX);
	assert_error_says(&deck.err, "unknown sampler \"sobel\"\ndid you mean \"sobol\"?");
	assert_int_equal(deck.err.column, 9);
	carom_error_clear(&deck.err);
	carom_study_statement(study, "sampler halton", &deck.err);
	assert_error_says(&deck.err, "unknown sampler \"halton\"\nsay plain, lhs or sobol");
	carom_error_clear(&deck.err);
	carom_study_statement(study, "sampler", &deck.err);
	assert_error_says(&deck.err, "which sampler?\nsay plain, lhs or sobol");
	carom_study_free(study);
}

static void calls_say_the_same_as_statements(void **state)
{
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	study = study_of(&deck);
	carom_study_vary(study, "q1:bf uniform 20% each", &deck.err);
	carom_study_measure(study, "top max(v(out))", &deck.err);
	carom_study_spec(study, "top - 5", &deck.err);
	carom_study_set_samples(study, 10, &deck.err);
	carom_study_set_seed(study, 0, &deck.err);
	carom_study_set_sampler(study, CAROM_SAMPLER_SOBOL, &deck.err);
	carom_study_statement(study, "Vary\tr1\ngauss 1%", &deck.err);
	carom_study_statement(study, "time-limit 10s", &deck.err);
	assert_ok(&deck.err);
	assert_int_equal(study->n_varies, 2);
	assert_true(study->varies[0].each);
	assert_string_equal(study->varies[0].place.source, "");
	assert_int_equal(study->varies[0].place.line, 0);
	assert_string_equal(study->varies[1].targets, "r1");
	assert_int_equal(study->n_measures, 1);
	assert_true(isnan(study->specs[0].lower));
	assert_int_equal(carom_study_samples(study), 10);
	assert_int_equal(carom_study_seed(study), 0);
	assert_same_bits(study->time_limit_s, 10);
	assert_int_equal(carom_study_sampler(study), CAROM_SAMPLER_SOBOL);
	carom_study_free(study);
}

static void a_later_vary_of_the_same_targets_replaces_the_earlier(void **state)
{
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	deck_say(&deck, "vary r1 r2 gauss 1%");
	deck_say(&deck, "vary r* uniform 2%");
	study = study_of(&deck);
	carom_study_vary(study, "R1   R2 gauss 5%", &deck.err);
	carom_study_vary(study, "r1 gauss 6%", &deck.err);
	assert_ok(&deck.err);
	assert_int_equal(study->n_varies, 3);
	assert_string_equal(study->varies[0].targets, "r*");
	assert_string_equal(study->varies[1].targets, "R1 R2");
	assert_double_equal(study->varies[1].distribution.spread, 0.05, 1e-15, 0);
	assert_string_equal(study->varies[2].targets, "r1");
	carom_study_free(study);
}

static void a_later_measure_or_spec_takes_the_place_of_the_earlier(void **state)
{
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	deck_say(&deck, "measure top max(v(out))");
	deck_say(&deck, "measure later at(v(out), top)");
	deck_say(&deck, "spec top 1 2");
	deck_say(&deck, "spec later 1 2");
	study = study_of(&deck);
	carom_study_measure(study, "TOP min(v(out))", &deck.err);
	carom_study_spec(study, "Top 3 4", &deck.err);
	assert_ok(&deck.err);
	assert_int_equal(study->n_measures, 2);
	assert_string_equal(study->measures[0].name, "TOP");
	assert_int_equal(study->measures[0].measure.reducer, MEASURE_MIN);
	assert_int_equal(study->n_specs, 2);
	assert_same_bits(study->specs[0].lower, 3);
	assert_same_bits(study->specs[1].lower, 1);
	carom_study_free(study);
}

static void what_is_refused_leaves_the_study_as_it_was(void **state)
{
	static const char *const bad[] = {"vary r1 gauss 1% all", "measure gain max(v(out)",
					  "spec gain 2 1",        "samples 0",
					  "samples -3",           "seed x",
					  "time-limit 0",         "sampler lhs 3"};
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	deck_say(&deck, "vary r1 gauss 1%");
	deck_say(&deck, "measure gain min(v(out))");
	deck_say(&deck, "spec gain 1 2");
	study = study_of(&deck);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(carom_study_statement(study, bad[i], NULL), CAROM_ERROR_SYNTAX);
	assert_int_equal(carom_study_set_samples(study, 0, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_study_set_sampler(study, (enum carom_sampler)3, NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_study_sampler(study), CAROM_SAMPLER_PLAIN);
	assert_int_equal(study->n_varies, 1);
	assert_int_equal(study->n_measures, 1);
	assert_int_equal(study->measures[0].measure.reducer, MEASURE_MIN);
	assert_same_bits(study->specs[0].lower, 1);
	assert_int_equal(carom_study_samples(study), 1000);
	assert_int_equal(carom_study_seed(study), 1);
	assert_true(study->time_limit_s == 0);
	carom_study_free(study);
}

static void what_is_missing_is_an_error_of_the_caller(void **state)
{
	struct deck deck;

	(void)state;
	deck_init(&deck);
	assert_null(carom_study_new(NULL, &deck.err));
	assert_int_equal(deck.err.status, CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_study_vary(NULL, "r1 gauss 1%", NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_study_set_samples(NULL, 1, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_study_set_seed(NULL, 1, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_study_set_sampler(NULL, CAROM_SAMPLER_LHS, NULL),
			 CAROM_ERROR_ARGUMENT);
	carom_study_free(NULL);
}

static void routes_have_names(void **state)
{
	(void)state;
	assert_string_equal(carom_route_name(CAROM_ROUTE_AUTO), "auto");
	assert_string_equal(carom_route_name(CAROM_ROUTE_ALTER), "alter");
	assert_string_equal(carom_route_name(CAROM_ROUTE_RESET), "reset");
	assert_string_equal(carom_route_name(CAROM_ROUTE_FORK), "fork");
	assert_string_equal(carom_route_name(CAROM_ROUTE_RELOAD), "reload");
	assert_string_equal(carom_route_name((enum carom_route)99), "?");
}

static void cancel_is_seen_by_who_runs_the_study(void **state)
{
	struct deck deck;
	struct carom_study *study;

	(void)state;
	deck_init(&deck);
	study = study_of(&deck);
	assert_true(atomic_is_lock_free(&study->is_cancelled));
	carom_study_cancel(study);
	assert_true(study->is_cancelled);
	carom_study_free(study);
}

static void every_allocation_that_fails_is_reported_and_leaks_nothing(void **state)
{
	struct deck deck;
	struct carom_study *study = NULL;
	int64_t n = 0;

	(void)state;
	deck_init(&deck);
	deck_say(&deck, "vary r1 gauss 1%");
	deck_say(&deck, "measure gain ac at(v(out), 1)");
	deck_say(&deck, "spec gain 1 2");
	for (; !study; n++) {
		carom_error_clear(&deck.err);
		mem_fail_after(n);
		study = carom_study_new(&deck.circuit, &deck.err);
		mem_fail_after(-1);
		assert_int_equal(deck.err.status, study ? CAROM_OK : CAROM_ERROR_MEMORY);
	}
	assert_true(n > 15);
	for (n = 0; deck.err.status != CAROM_ERROR_SYNTAX; n++) {
		carom_error_clear(&deck.err);
		mem_fail_after(n);
		carom_study_statement(study, "exhaust ff", &deck.err);
		mem_fail_after(-1);
		assert_true(n > 1 || deck.err.status == CAROM_ERROR_MEMORY);
	}
	carom_study_free(study);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_study_of_a_deck_without_statements_has_the_defaults),
		cmocka_unit_test(the_statements_of_the_deck_are_taken_in),
		cmocka_unit_test(an_error_in_the_deck_has_its_place),
		cmocka_unit_test(a_statement_that_is_unknown_is_told_the_nearest),
		cmocka_unit_test(a_sampler_that_is_unknown_is_told_the_nearest),
		cmocka_unit_test(calls_say_the_same_as_statements),
		cmocka_unit_test(a_later_vary_of_the_same_targets_replaces_the_earlier),
		cmocka_unit_test(a_later_measure_or_spec_takes_the_place_of_the_earlier),
		cmocka_unit_test(what_is_refused_leaves_the_study_as_it_was),
		cmocka_unit_test(what_is_missing_is_an_error_of_the_caller),
		cmocka_unit_test(routes_have_names),
		cmocka_unit_test(cancel_is_seen_by_who_runs_the_study),
		cmocka_unit_test(every_allocation_that_fails_is_reported_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
