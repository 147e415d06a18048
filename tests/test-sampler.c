/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of samplers: what each kind draws, and what it draws for a study. */
#include "statistics/sampler.h"

#include <math.h>

#include "base/mem.h"
#include "base/text.h"
#include "statistics/lhs.h"
#include "statistics/philox.h"
#include "support-job.h"

#define A_LADDER \
	"t\nv1 a 0 1\nr1 a b 1k\nr2 b c 1k\nr3 c 0 1k\n.op\n*carom measure top final(v(b))\n"

static struct sampler make(enum carom_sampler kind, uint64_t n_samples, uint32_t n_dimensions)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct sampler sampler;

	assert_int_equal(sampler_init(&sampler, kind, 42, n_samples, n_dimensions, &err), 0);
	assert_ok(&err);
	return sampler;
}

static void plain_draws_are_those_of_philox(void **state)
{
	struct sampler sampler = make(CAROM_SAMPLER_PLAIN, 10, 2);

	(void)state;
	for (uint64_t k = 0; k < 10; k++)
		assert_same_bits(sampler_uniform(&sampler, k, 1, 77), philox_uniform(42, k, 77));
	sampler_release(&sampler);
}

static void lhs_draws_do_not_look_at_the_dimension(void **state)
{
	struct sampler sampler = make(CAROM_SAMPLER_LHS, 10, 2);

	(void)state;
	for (uint64_t k = 0; k < 10; k++) {
		assert_same_bits(sampler_uniform(&sampler, k, 0, 77), lhs_uniform(42, 77, 10, k));
		assert_same_bits(sampler_uniform(&sampler, k, 1, 77), lhs_uniform(42, 77, 10, k));
	}
	sampler_release(&sampler);
}

/* The upper 32 bits are the point's; the others are random. */
static void sobol_draws_are_scrambled_points(void **state)
{
	struct sampler sampler = make(CAROM_SAMPLER_SOBOL, 64, 4);
	struct sobol_dimension dimension;
	double rest = 0;

	(void)state;
	sobol_dimension_init(&dimension, 3);
	for (uint64_t k = 0; k < 64; k++) {
		double u = sampler_uniform(&sampler, k, 3, 77) * 0x1p32;
		uint64_t key = philox_bits(42, PHILOX_NO_SAMPLE, 3);

		assert_true(floor(u) == sobol_scramble(sobol_point(&dimension, (uint32_t)k), key));
		rest += u - floor(u);
	}
	assert_true(rest / 64 > 0.3 && rest / 64 < 0.7);
	sampler_release(&sampler);
}

static void sobol_says_what_to_use_beyond_its_dimensions_and_points(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct sampler sampler;

	(void)state;
	assert_int_equal(sampler_init(&sampler, CAROM_SAMPLER_SOBOL, 1, 8, 1112, &err),
			 CAROM_ERROR_LIMIT);
	assert_error_says(&err, "sampler sobol draws up to 1111 different values, and this study "
				"has 1112: use sampler lhs");
	carom_error_clear(&err);
	assert_int_equal(sampler_init(&sampler, CAROM_SAMPLER_SOBOL, 1, (1ull << 32) + 1, 1, &err),
			 CAROM_ERROR_LIMIT);
	assert_error_says(&err, "sampler sobol has up to 4294967296 samples: use sampler lhs");
}

static void without_memory_there_is_no_sobol(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct sampler sampler;

	(void)state;
	mem_fail_after(0);
	assert_int_equal(sampler_init(&sampler, CAROM_SAMPLER_SOBOL, 1, 8, 3, &err),
			 CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
}

static void samplers_have_names(void **state)
{
	(void)state;
	assert_string_equal(carom_sampler_name(CAROM_SAMPLER_PLAIN), "plain");
	assert_string_equal(carom_sampler_name(CAROM_SAMPLER_LHS), "lhs");
	assert_string_equal(carom_sampler_name(CAROM_SAMPLER_SOBOL), "sobol");
	assert_string_equal(carom_sampler_name((enum carom_sampler)3), "?");
}

/* ---- studies ---- */

/* The draws of r1 and r2 share a dimension, whatever else varies and in which order it is said. */
static void dimensions_do_not_hang_on_the_order_of_statements(void **state)
{
	struct job *a = resolve_deck(A_LADDER "*carom sampler sobol\n*carom samples 8\n"
					      "*carom vary r1 r2 gauss 1%\n"
					      "*carom vary r3 uniform 5%\n",
				     0);
	struct job *b = resolve_deck(A_LADDER "*carom vary r3 uniform 5%\n*carom samples 8\n"
					      "*carom vary r1 r2 gauss 1%\n"
					      "*carom sampler sobol\n",
				     0);
	double x[3], y[3];

	(void)state;
	assert_int_equal(variable_called(a, "r1")->rank, variable_called(a, "r2")->rank);
	assert_true(variable_called(a, "r1")->rank + variable_called(a, "r3")->rank == 1);
	for (uint64_t k = 0; k < 8; k++) {
		job_draw(a, k, x);
		job_draw(b, k, y);
		assert_same_bits(x[0], y[1]);
		assert_same_bits(x[2], y[0]);
	}
	job_free(a);
	job_free(b);
}

/* Nor do they change with the order in which samples are drawn, or in another process. */
static void a_job_that_has_travelled_draws_the_same(void **state)
{
	static const char *const samplers[] = {"plain", "lhs", "sobol"};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct text deck = TEXT_INIT, bytes = TEXT_INIT;
		struct carom_error err = CAROM_ERROR_INIT;
		double here[3], there[3];
		struct job *job, *travelled;

		text_printf(&deck,
			    A_LADDER "*carom vary r* gauss 1%% each\n*carom samples 20\n"
				     "*carom sampler %s\n",
			    samplers[i]);
		job = resolve_deck(deck.data, 0);
		mem_free(job->store);
		job->store = mem_strdup("/s");
		assert_int_equal(job_pack(job, &bytes, &err), 0);
		assert_int_equal(job_unpack(&travelled, bytes.data, bytes.length, &err), 0);
		assert_string_equal(carom_sampler_name(travelled->sampler.kind), samplers[i]);
		for (uint64_t k = 20; k-- > 0;) {
			job_draw(travelled, k, there);
			job_draw(job, k, here);
			for (int v = 0; v < 3; v++)
				assert_same_bits(here[v], there[v]);
		}
		job_free(job);
		job_free(travelled);
		text_release(&deck);
		text_release(&bytes);
	}
}

/* With lhs, a value's draws stay when another begins to vary: the hash of its name is its key. */
static void lhs_draws_stay_when_another_value_varies(void **state)
{
	struct job *one = resolve_deck(A_LADDER "*carom vary r1 gauss 1%\n*carom sampler LHS\n", 0);
	struct job *two = resolve_deck(A_LADDER "*carom vary r1 gauss 1%\n*carom sampler lhs\n"
						"*carom vary r2 gauss 1%\n",
				       0);
	double x[1], y[2];

	(void)state;
	for (uint64_t k = 0; k < 50; k++) {
		job_draw(one, k, x);
		job_draw(two, k, y);
		assert_same_bits(x[0], y[0]);
	}
	job_free(one);
	job_free(two);
}

static void a_study_with_too_many_draws_for_sobol_is_refused(void **state)
{
	struct text deck = TEXT_INIT;

	(void)state;
	text_append(&deck, "t\nv1 a 0 1\n");
	for (int i = 0; i < SOBOL_MAX_DIMENSIONS + 1; i++)
		text_printf(&deck, "r%d a 0 1k\n", i);
	text_append(&deck, ".op\n*carom measure top final(v(a))\n*carom vary r* gauss 1% each\n"
			   "*carom sampler sobol\n");
	assert_job_refused(deck.data, 0, CAROM_ERROR_LIMIT,
			   "sampler sobol draws up to 1111 different values, and this study has "
			   "1112: use sampler lhs");
	text_release(&deck);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_draws_are_those_of_philox),
		cmocka_unit_test(lhs_draws_do_not_look_at_the_dimension),
		cmocka_unit_test(sobol_draws_are_scrambled_points),
		cmocka_unit_test(sobol_says_what_to_use_beyond_its_dimensions_and_points),
		cmocka_unit_test(without_memory_there_is_no_sobol),
		cmocka_unit_test(samplers_have_names),
		cmocka_unit_test(dimensions_do_not_hang_on_the_order_of_statements),
		cmocka_unit_test(a_job_that_has_travelled_draws_the_same),
		cmocka_unit_test(lhs_draws_stay_when_another_value_varies),
		cmocka_unit_test(a_study_with_too_many_draws_for_sobol_is_refused),
	};

	return run_all_tests(tests);
}
