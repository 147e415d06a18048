/* SPDX-License-Identifier: BSD-3-Clause */
/* Correlations of a job: groups, samples, and coefficients that do not go together. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "support-circuit.h"
#include "support-job.h"

#define FOUR_RESISTORS                                                              \
	"t\nv1 a 0 1\nr1 a b 1k\nr2 b c 1k\nr3 c d 1k\nr4 d 0 1k\nc1 d 0 1u\n.op\n" \
	"*carom measure top final(v(b))\n"
#define EACH "*carom vary r* gauss 1 each\n"

static struct job *job_of(const char *statements)
{
	char text[1000];

	snprintf(text, sizeof(text), "%s%s", FOUR_RESISTORS, statements);
	return resolve_deck(text, CAROM_ROUTE_AUTO);
}

static void assert_job_says(const char *statements, const char *message)
{
	char text[1000];

	snprintf(text, sizeof(text), "%s%s", FOUR_RESISTORS, statements);
	assert_job_refused(text, CAROM_ROUTE_AUTO, CAROM_ERROR_PARAMETER, message);
}

static size_t index_of(const struct job *job, const char *name)
{
	return (size_t)(variable_called(job, name) - job->variables);
}

/* ---- groups ---- */

static void draws_that_a_coefficient_joins_are_a_group(void **state)
{
	struct job *job = job_of("*carom vary c1 uniform 5%\n" EACH
				 "*carom correlate r1 r3 0.5\n*carom correlate r3 r2 0.1\n");

	(void)state;
	assert_int_equal(job->n_correlations, 1);
	assert_int_equal(job->correlations[0].n, 3);
	assert_int_equal(variable_called(job, "r1")->correlation, 1);
	assert_int_equal(variable_called(job, "r2")->correlation, 1);
	assert_int_equal(variable_called(job, "r4")->correlation, 0);
	assert_int_equal(variable_called(job, "c1")->correlation, 0);
	job_free(job);
	job = job_of(EACH "*carom correlate r1 r3 0.5\n*carom correlate r4 r2 0.1\n");
	assert_int_equal(job->n_correlations, 2);
	assert_int_equal(variable_called(job, "r1")->correlation,
			 variable_called(job, "r3")->correlation);
	assert_int_not_equal(variable_called(job, "r1")->correlation,
			     variable_called(job, "r2")->correlation);
	job_free(job);
}

static void who_shares_a_draw_is_correlated_with_it(void **state)
{
	struct job *job = job_of("*carom vary r1 r2 gauss 1%\n*carom vary r3 gauss 1%\n"
				 "*carom correlate r2 r3 0.5\n");
	double values[3];

	(void)state;
	job_draw(job, 3, values);
	assert_int_equal(job->correlations[0].n, 2);
	assert_int_equal(variable_called(job, "r1")->correlation, 1);
	assert_same_bits(values[index_of(job, "r1")], values[index_of(job, "r2")]);
	job_free(job);
}

/* ---- samples ---- */

enum { N_SAMPLES = 40000 };

/* Coefficients of the deviates of r1 ... r4, as drawn; the standard error is below (1 - r^2)/sqrt(n). */
static void assert_correlations(const char *statements, const double expected[6])
{
	struct job *job = job_of(statements);
	double values[4], sums[4][4] = {{0}};
	size_t k = 0;

	for (uint64_t sample = 0; sample < N_SAMPLES; sample++) {
		job_draw(job, sample, values);
		for (size_t i = 0; i < 4; i++)
			for (size_t j = 0; j < 4; j++)
				sums[i][j] += (values[i] - 1e3) * (values[j] - 1e3);
	}
	for (size_t i = 0; i < 4; i++)
		for (size_t j = i + 1; j < 4; j++, k++) {
			double r = sums[i][j] / sqrt(sums[i][i] * sums[j][j]);
			double error = (1 - expected[k] * expected[k]) / sqrt(N_SAMPLES);

			assert_double_equal(r, expected[k], 0, 4 * error);
			assert_double_equal(sums[i][i] / N_SAMPLES, 1, 4 * sqrt(2.0 / N_SAMPLES),
					    0);
		}
	job_free(job);
}

static void the_correlations_of_many_samples_are_those_of_the_matrix(void **state)
{
	static const double matrix[] = {0.5, 0.2, 0, 0.1, 0, 0};
	static const double equal[] = {0.7, 0.7, 0.7, 0.7, 0.7, 0.7};
	static const double chain[] = {0.6, 0, 0, -0.6, 0, 0.4};

	(void)state;
	assert_correlations(EACH "*carom correlate r1 r2 r3 0.5 0.2 0.1\n", matrix);
	assert_correlations(EACH "*carom correlate r* 0.7\n", equal);
	assert_correlations(EACH "*carom correlate r1 r2 0.6\n*carom correlate r3 r2 -0.6\n"
				 "*carom correlate r4 r3 0.4\n",
			    chain);
}

static void what_is_said_later_of_a_pair_counts(void **state)
{
	static const double expected[] = {0.3, 0.3, 0.3, -0.2, 0.3, 0.3};

	(void)state;
	assert_correlations(EACH "*carom correlate r* 0.3\n*carom correlate r3 r2 -0.2\n",
			    expected);
}

/* The copula keeps each law: of a uniform draw the rank correlation is (6/pi) asin(r/2). */
static void a_correlated_draw_keeps_its_distribution(void **state)
{
	struct job *job = job_of("*carom vary r1 r2 uniform 1 each\n*carom correlate r1 r2 0.8\n");
	double values[2], sums[3] = {0}, expected = 6 / M_PI * asin(0.4);
	double outside = 0;

	(void)state;
	for (uint64_t sample = 0; sample < N_SAMPLES; sample++) {
		job_draw(job, sample, values);
		outside += values[1] < 999.5;
		sums[0] += (values[0] - 1e3) * (values[0] - 1e3);
		sums[1] += (values[0] - 1e3) * (values[1] - 1e3);
		sums[2] += (values[1] - 1e3) * (values[1] - 1e3);
		assert_true(fabs(values[1] - 1e3) <= 1);
	}
	assert_double_equal(outside / N_SAMPLES, 0.25, 0, 4 * sqrt(0.1875 / N_SAMPLES));
	assert_double_equal(sums[2] / N_SAMPLES, 1.0 / 3, 4 * sqrt(0.8 / N_SAMPLES), 0);
	assert_double_equal(sums[1] / sqrt(sums[0] * sums[2]), expected, 0, 4 / sqrt(N_SAMPLES));
	job_free(job);
}

static void the_order_of_statements_changes_no_bit(void **state)
{
	static const char *const statements[] = {
		EACH "*carom correlate r1 r2 0.5\n*carom correlate r1 r3 0.2\n"
		     "*carom correlate r2 r3 0.1\n",
		"*carom correlate r3 r2 r1 0.1 0.2 0.5\n*carom vary c1 gauss 1%\n" EACH,
		"*carom vary c1 gauss 1%\n*carom vary r4 r3 r1 r2 gauss 1 each\n"
		"*carom correlate r2 r3 0.1\n*carom correlate c1 r4 0.9\n"
		"*carom correlate r3 r1 0.2\n*carom correlate r2 r1 0.5\n",
	};
	static const char *const names[] = {"r1", "r2", "r3"};
	double first[3], values[5];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct job *job = job_of(statements[i]);

		job_draw(job, 11, values);
		for (size_t j = 0; j < 3; j++) {
			double value = values[index_of(job, names[j])];

			if (i == 0)
				first[j] = value;
			assert_same_bits(value, first[j]);
		}
		job_free(job);
	}
}

static void what_is_not_correlated_keeps_its_draws(void **state)
{
	struct job *with = job_of(EACH "*carom correlate r1 r2 0.5\n"), *without = job_of(EACH);
	double a[4], b[4];

	(void)state;
	job_draw(with, 5, a);
	job_draw(without, 5, b);
	assert_same_bits(a[2], b[2]);
	assert_same_bits(a[3], b[3]);
	assert_true(a[0] != b[0] || a[1] != b[1]);
	job_free(with);
	job_free(without);
}

static void a_packed_job_draws_the_same(void **state)
{
	struct job *job = job_of(EACH "*carom correlate r1 r2 r3 0.5 0.2 0.1\n"), *unpacked;
	struct carom_error err = CAROM_ERROR_INIT;
	struct text bytes = TEXT_INIT;
	double a[4], b[4];

	(void)state;
	job->store = mem_strdup("/tmp/x.zarr");
	assert_int_equal(job_pack(job, &bytes, &err), 0);
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), 0);
	job_draw(job, 9, a);
	job_draw(unpacked, 9, b);
	assert_memory_equal(a, b, sizeof(a));
	job->variables[0].row = 3;
	text_clear(&bytes);
	assert_int_equal(job_pack(job, &bytes, &err), 0);
	job_free(unpacked);
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), CAROM_ERROR_FORMAT);
	text_release(&bytes);
	job_free(job);
}

/* ---- refusals ---- */

static void a_coefficient_that_the_others_do_not_allow_is_told_with_its_range(void **state)
{
	(void)state;
	assert_job_says(EACH "*carom correlate r1 r2 0.9\n*carom correlate r3 r1 0.8\n"
			     "*carom correlate r3 r2 0.1\n",
			"t.cir:13:18: r2 and r3 cannot have the correlation 0.1; "
			"with what is said of the others it has to be between 0.4585 and 0.9815");
	assert_job_says(
		EACH "*carom correlate r1 r2 0.9\n*carom correlate r3 r1 0.8\n",
		"t.cir:12:18: r2 and r3 cannot have the correlation 0, which counts where none is "
		"given; with what is said of the others it has to be between 0.4585 and 0.9815");
	assert_job_says(EACH "*carom correlate r* -0.4\n",
			"t.cir:11:18: r3 and r4 cannot have the correlation -0.4; "
			"with what is said of the others it has to be between 0.0667 and 0.9999");
}

static void what_does_not_vary_cannot_be_correlated(void **state)
{
	(void)state;
	assert_job_says(EACH "*carom correlate r1 c1 0.5\n",
			"t.cir:11:18: \"c1\" does not vary, so it is correlated with nothing; "
			"name what a vary statement varies, such as \"r1\" or \"m1:delvto\"");
	assert_job_says(EACH "*carom correlate r1 x*.r1 0.5\n",
			"t.cir:11:18: \"x*.r1\" does not vary, so it is correlated with nothing; "
			"name what a vary statement varies, such as \"r1\" or \"m1:delvto\"");
}

static void one_draw_is_not_correlated_with_itself(void **state)
{
	(void)state;
	assert_job_says("*carom vary r1 r2 gauss 1%\n*carom correlate r1 r2 0.5\n",
			"t.cir:11:18: r2 has the same draw as another that is named: that of r1; "
			"vary them with \"each\", or by statements of their own");
	assert_job_says(EACH "*carom correlate r1 r1 0.5\n",
			"t.cir:11:18: r1 has the same draw as another that is named; "
			"vary them with \"each\", or by statements of their own");
	assert_job_says(EACH "*carom correlate r?1* r*1 0.5\n",
			"t.cir:11:18: \"r?1*\" does not vary, so it is correlated with nothing; "
			"name what a vary statement varies, such as \"r1\" or \"m1:delvto\"");
	assert_job_says(
		EACH "*carom correlate r*1 0.5\n",
		"t.cir:11:18: \"r*1\" names one draw alone; name what else it is correlated with");
}

static int attempt(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;
	int status = job_new(&job, arg, CAROM_ROUTE_AUTO, &err);

	job_free(job);
	return status;
}

static void no_memory_is_told_and_leaks_nothing(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(
		FOUR_RESISTORS EACH "*carom correlate r1 r2 0.5\n*carom correlate r3 r4 0.5\n");
	struct carom_study *study = carom_study_new(circuit, &err);

	(void)state;
	assert_ok(&err);
	assert_survives_no_memory(attempt, study);
	carom_study_free(study);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(draws_that_a_coefficient_joins_are_a_group),
		cmocka_unit_test(who_shares_a_draw_is_correlated_with_it),
		cmocka_unit_test(the_correlations_of_many_samples_are_those_of_the_matrix),
		cmocka_unit_test(what_is_said_later_of_a_pair_counts),
		cmocka_unit_test(a_correlated_draw_keeps_its_distribution),
		cmocka_unit_test(the_order_of_statements_changes_no_bit),
		cmocka_unit_test(what_is_not_correlated_keeps_its_draws),
		cmocka_unit_test(a_packed_job_draws_the_same),
		cmocka_unit_test(a_coefficient_that_the_others_do_not_allow_is_told_with_its_range),
		cmocka_unit_test(what_does_not_vary_cannot_be_correlated),
		cmocka_unit_test(one_draw_is_not_correlated_with_itself),
		cmocka_unit_test(no_memory_is_told_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
