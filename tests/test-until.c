/* SPDX-License-Identifier: BSD-3-Clause */
/* When a study has samples enough: the looks, what they decide, and how often that is wrong. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "statistics/estimate.h"
#include "statistics/normal.h"
#include "statistics/philox.h"
#include "study/store.h"
#include "study/until.h"
#include "support-store.h"

static struct until goal_of(const char *text)
{
	const struct phrase phrase = {text, "", 0, 1};
	struct until until;

	until_init(&until);
	assert_int_equal(until_parse(&until, &phrase, NULL), 0);
	return until;
}

/* ---- the looks ---- */

static void looks_double_up_to_the_last_sample(void **state)
{
	(void)state;
	assert_int_equal(until_next_look(0, 1000), 64);
	assert_int_equal(until_next_look(64, 1000), 128);
	assert_int_equal(until_next_look(512, 1000), 1000);
	assert_int_equal(until_next_look(0, 10), 10);
}

/* At the first look that can decide alpha / 2 is spent, then alpha / 6, alpha / 12. */
static void each_look_spends_a_part_of_alpha(void **state)
{
	static const double level[] = {1 - 0.05 / 2, 1 - 0.05 / 6, 1 - 0.05 / 12};
	struct until until = goal_of("yield 1%");
	struct until_state looked = {0};

	(void)state;
	for (unsigned i = 0; i < 3; i++) {
		uint64_t n = (uint64_t)256 << i;
		const struct until_evidence evidence = {.n = n, .n_pass = n / 2};
		struct carom_interval expected = estimate_clopper_pearson(n / 2, n, level[i]);

		until_look(&until, 0, &looked, &evidence);
		assert_false(looked.is_met);
		assert_int_equal(looked.n_looks, i + 1);
		assert_same_bits(looked.interval.lower, expected.lower);
		assert_same_bits(looked.interval.upper, expected.upper);
	}
	until_release(&until);
}

/* No fail in n gives [x, 1] with x^n = alpha / 4: +-1 % takes 217 samples. */
static void looks_that_cannot_decide_cost_nothing(void **state)
{
	struct until until = goal_of("yield 1%");
	struct until_state looked = {0};

	(void)state;
	until_look(&until, 0, &looked, &(struct until_evidence){.n = 64, .n_pass = 64});
	until_look(&until, 0, &looked, &(struct until_evidence){.n = 128, .n_pass = 128});
	assert_int_equal(looked.n_looks, 0);
	until_look(&until, 0, &looked, &(struct until_evidence){.n = 216, .n_pass = 216});
	assert_int_equal(looked.n_looks, 0);
	until_look(&until, 0, &looked, &(struct until_evidence){.n = 217, .n_pass = 217});
	assert_int_equal(looked.n_looks, 1);
	assert_true(looked.is_met);
	assert_double_equal(looked.interval.lower, pow(0.0125, 1 / 217.0), 1e-12, 0);
	until_release(&until);
}

static void what_is_decided_stays_decided(void **state)
{
	struct until until = goal_of("yield 10%");
	struct until_state looked = {0};

	(void)state;
	until_look(&until, 0, &looked, &(struct until_evidence){.n = 256, .n_pass = 256});
	assert_true(looked.is_met);
	until_look(&until, 0, &looked, &(struct until_evidence){.n = 512, .n_pass = 256});
	assert_true(looked.is_met && looked.n == 256 && looked.n_looks == 1);
	until_release(&until);
}

static void a_spec_is_proven_or_disproven(void **state)
{
	struct until until = goal_of("spec");
	struct until_state good = {0}, bad = {0}, open = {0};

	(void)state;
	until_look(&until, 0, &good, &(struct until_evidence){.n = 512, .n_pass = 512});
	assert_true(good.is_met && good.interval.lower >= 0.99);
	until_look(&until, 0, &bad, &(struct until_evidence){.n = 64, .n_pass = 55});
	assert_true(bad.is_met && bad.interval.upper < 0.99);
	until_look(&until, 0, &open, &(struct until_evidence){.n = 64, .n_pass = 64});
	assert_false(open.is_met);
	until.target = 0.9;
	until_look(&until, 0, &open, &(struct until_evidence){.n = 128, .n_pass = 128});
	assert_true(open.is_met);
	until_release(&until);
}

static void a_mean_is_known_to_a_part_of_itself_or_to_a_value(void **state)
{
	struct until part = goal_of("mean gain 1%"), value = goal_of("mean gain 0.5");
	struct until_state looked = {0};
	/* t(0.9875, 63) is 2.295, so +-0.287 */
	struct until_evidence evidence = {.n = 64, .moments = {.n = 64, .mean = -40, .sd = 1}};

	(void)state;
	until_look(&part, 0, &looked, &evidence);
	assert_true(looked.is_met);
	assert_double_equal(looked.interval.upper + 40, 2.295 / 8, 1e-3, 0);
	evidence.moments.mean = 0;
	memset(&looked, 0, sizeof(looked));
	until_look(&part, 0, &looked, &evidence);
	assert_false(looked.is_met);
	until_look(&value, 0, &looked, &evidence);
	assert_true(looked.is_met);
	until_release(&part);
	until_release(&value);
}

/* ---- how often it is wrong ---- */

enum { TRIALS = 1500, CEILING = 4096 };

/* Ends where the goal is met; false if what it says then is wrong. */
static bool trial_is_right(const struct until *until, uint64_t trial, double yield)
{
	struct until_state looked = {0};
	struct until_evidence evidence = {0};
	bool is_right = true;

	for (uint64_t n = until_next_look(0, CEILING); is_right && !looked.is_met;
	     n = until_next_look(n, CEILING)) {
		for (; evidence.n < n; evidence.n++)
			evidence.n_pass += philox_uniform(5, trial, (uint32_t)evidence.n) < yield;
		until_look(until, 0, &looked, &evidence);
		is_right = looked.n_looks == 0 ||
			   (looked.interval.lower <= yield && yield <= looked.interval.upper);
		if (n == CEILING)
			break;
	}
	return is_right;
}

/* Every interval of every look holds at once in 95 % of the studies: a fixed one at each look would not. */
static void a_yield_that_ended_a_study_is_right_as_often_as_said(void **state)
{
	static const double yields[] = {0.5, 0.9, 0.99};
	struct until until = goal_of("yield 2%");

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		int right = 0;

		for (uint64_t trial = 0; trial < TRIALS; trial++)
			right += trial_is_right(&until, trial, yields[i]);
		assert_true(right >= 0.95 * TRIALS);
	}
	until_release(&until);
}

/* At a yield just below the target, a proof would be wrong. */
static void a_spec_is_not_proven_by_looking_often(void **state)
{
	struct until until = goal_of("spec");
	int proven = 0;

	(void)state;
	until.target = 0.9;
	for (uint64_t trial = 0; trial < TRIALS; trial++)
		proven += !trial_is_right(&until, trial, 0.8999);
	assert_true(proven <= 0.05 * TRIALS);
	until_release(&until);
}

static void a_mean_that_ended_a_study_is_right_as_often_as_said(void **state)
{
	struct until until = goal_of("mean gain 0.1");
	int right = 0;

	(void)state;
	for (uint64_t trial = 0; trial < TRIALS / 3; trial++) {
		struct until_state looked = {0};
		double values[1024];
		bool holds = true;

		for (uint64_t n = 0; n < 1024 && !looked.is_met && holds;) {
			uint64_t next = until_next_look(n, 1024);

			for (; n < next; n++)
				values[n] = normal_quantile(philox_uniform(6, trial, (uint32_t)n));
			until_look(&until, 0, &looked,
				   &(struct until_evidence){.n = n,
							    .moments = stats_moments(values, n)});
			holds = looked.interval.lower <= 0 && 0 <= looked.interval.upper;
		}
		right += holds;
	}
	assert_true(right >= 0.95 * (TRIALS / 3));
	until_release(&until);
}

/* ---- a store that is being written ---- */

/* gain: good (at least 38) but for each tenth; f3db: always good. */
static void put(struct store_rows *rows, uint64_t k)
{
	const double values[] = {k % 10 == 3 ? 30 : 40, 2e6, 0};

	store_rows_put(rows, k, (const double[]){1e3, 100}, values, 0.001, 0, CAROM_SAMPLE_OK);
}

static void only_the_first_samples_decide(void **state)
{
	struct store_fixture *fixture = *state;
	struct until until = goal_of("yield gain 8%");
	struct until_watch *watch;
	struct store_rows *rows;

	fixture->job.n_samples = 2000;
	watch = until_watch_new(&until, fixture->path, 2000);
	assert_false(until_watch_poll(watch)); /* there is no store yet */
	fixture_create(fixture);
	rows = fixture_rows(fixture);
	assert_false(until_watch_poll(watch));
	for (uint64_t k = 1; k < 1500; k++)
		put(rows, k);
	assert_false(until_watch_poll(watch)); /* the first is missing */
	put(rows, 0);
	assert_true(until_watch_poll(watch));
	assert_true(until_watch_is_met(watch));
	/* 64 samples give +-9.4 % at 97.5 %; 115 good of 128, +-7.4 % at 99.17 % */
	assert_int_equal(until_watch_counted(watch), 128);
	until_watch_free(watch);
	store_rows_close(rows);
	until_release(&until);
}

/* The same however the samples came in: one by one, all at once, from the end. */
static void the_order_of_the_samples_does_not_matter(void **state)
{
	struct store_fixture *fixture = *state;
	struct until until = goal_of("yield 4%");
	struct until_watch *watch, *later;
	struct store_rows *rows;

	fixture->job.n_samples = 2000;
	fixture_create(fixture);
	rows = fixture_rows(fixture);
	watch = until_watch_new(&until, fixture->path, 2000);
	for (uint64_t block = 0; block < 2000; block += 50) {
		for (uint64_t k = block + 50; k-- > block;)
			put(rows, k);
		until_watch_poll(watch);
	}
	later = until_watch_new(&until, fixture->path, 2000);
	assert_true(until_watch_poll(later));
	assert_int_equal(until_watch_counted(later), until_watch_counted(watch));
	assert_int_equal(until_watch_counted(later), 1024);
	until_watch_free(watch);
	until_watch_free(later);
	store_rows_close(rows);
	until_release(&until);
}

static void all_goals_are_to_be_met(void **state)
{
	struct store_fixture *fixture = *state;
	struct until until = goal_of("yield f3db 4%");
	const struct phrase phrase = {"mean gain +-0.5", "", 0, 1};
	struct until_watch *watch;
	struct text text = TEXT_INIT;
	struct store_rows *rows;

	assert_int_equal(until_parse(&until, &phrase, NULL), 0);
	fixture->job.n_samples = 700;
	fixture_create(fixture);
	rows = fixture_rows(fixture);
	for (uint64_t k = 0; k < 700; k++)
		put(rows, k);
	watch = until_watch_new(&until, fixture->path, 700);
	assert_true(until_watch_poll(watch));
	/* sd 3.0: +-0.5 takes z = 2.86 to 2.93 and some 300 samples; a yield of all takes 64 */
	assert_int_equal(until_watch_counted(watch), 512);
	until_watch_print(watch, &text);
	assert_non_null(
		strstr(text_string(&text), "512 of 700 samples are enough: yield f3db +-4%: "));
	assert_non_null(strstr(text_string(&text), "; mean gain +-0.5: 38."));
	text_release(&text);
	until_watch_free(watch);
	store_rows_close(rows);
	until_release(&until);
}

static void what_is_not_reached_is_said(void **state)
{
	struct store_fixture *fixture = *state;
	struct until until = goal_of("spec gain");
	struct until_watch *watch;
	struct text text = TEXT_INIT;
	struct store_rows *rows;

	until.target = 0.9;
	fixture->job.n_samples = 100;
	fixture_create(fixture);
	rows = fixture_rows(fixture);
	for (uint64_t k = 0; k < 100; k++)
		put(rows, k);
	watch = until_watch_new(&until, fixture->path, 100);
	assert_false(until_watch_poll(watch));
	assert_int_equal(until_watch_counted(watch), 100);
	until_watch_print(watch, &text);
	assert_non_null(strstr(text_string(&text), "100 samples are not enough: spec gain: "));
	assert_non_null(strstr(text_string(&text), ", undecided at 90 %"));
	text_release(&text);
	until_watch_free(watch);
	store_rows_close(rows);
	until_release(&until);
}

static void a_goal_needs_its_measurement_and_its_spec(void **state)
{
	struct store_fixture *fixture = *state;
	static const struct {
		const char *goal, *says;
	} bad[] = {
		{"mean nix 1%", "until: there is no measurement \"nix\""},
		{"yield offset 1%", "until: offset has no spec, so there is no yield\nadd a "
				    "statement \"spec\""},
	};
	struct until until = goal_of("mean offset 1%");

	assert_int_equal(until_check(&until, &fixture->job, NULL), 0);
	until_release(&until);
	for (size_t i = 0; i < 2; i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		until = goal_of(bad[i].goal);
		until_check(&until, &fixture->job, &err);
		assert_error_says(&err, bad[i].says);
		until_release(&until);
	}
	until = goal_of("yield 1%");
	assert_int_equal(until_check(&until, &fixture->job, NULL), 0);
	fixture->measures[0].has_spec = fixture->measures[1].has_spec = false;
	assert_int_equal(until_check(&until, &fixture->job, NULL), CAROM_ERROR_ARGUMENT);
	until_release(&until);
}

static void memory_that_runs_out_puts_off_the_decision(void **state)
{
	struct store_fixture *fixture = *state;
	struct until until = goal_of("yield gain 8%");
	struct until_watch *watch;
	struct store_rows *rows;

	fixture->job.n_samples = 200;
	fixture_create(fixture);
	rows = fixture_rows(fixture);
	for (uint64_t k = 0; k < 200; k++)
		put(rows, k);
	for (int nth = 0; nth < 2; nth++) {
		mem_fail_after(nth);
		assert_null(until_watch_new(&until, fixture->path, 200));
		mem_fail_after(-1);
	}
	watch = until_watch_new(&until, fixture->path, 200);
	for (int nth = 0; nth < 3; nth++) {
		mem_fail_after(nth);
		assert_false(until_watch_poll(watch));
		mem_fail_after(-1);
	}
	assert_true(until_watch_poll(watch));
	assert_int_equal(until_watch_counted(watch), 128);
	until_watch_free(watch);
	until_watch_free(NULL);
	store_rows_close(rows);
	until_release(&until);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_double_up_to_the_last_sample),
		cmocka_unit_test(each_look_spends_a_part_of_alpha),
		cmocka_unit_test(looks_that_cannot_decide_cost_nothing),
		cmocka_unit_test(what_is_decided_stays_decided),
		cmocka_unit_test(a_spec_is_proven_or_disproven),
		cmocka_unit_test(a_mean_is_known_to_a_part_of_itself_or_to_a_value),
		cmocka_unit_test(a_yield_that_ended_a_study_is_right_as_often_as_said),
		cmocka_unit_test(a_spec_is_not_proven_by_looking_often),
		cmocka_unit_test(a_mean_that_ended_a_study_is_right_as_often_as_said),
		STORE_CASE(only_the_first_samples_decide),
		STORE_CASE(the_order_of_the_samples_does_not_matter),
		STORE_CASE(all_goals_are_to_be_met),
		STORE_CASE(what_is_not_reached_is_said),
		STORE_CASE(a_goal_needs_its_measurement_and_its_spec),
		STORE_CASE(memory_that_runs_out_puts_off_the_decision),
	};

	return run_all_tests(tests);
}
