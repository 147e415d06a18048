/* SPDX-License-Identifier: BSD-3-Clause */
/* Importance sampling in a job: what it is about, and samples around a shift. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "statistics/importance.h"
#include "statistics/normal.h"
#include "study/study.h"
#include "support-circuit.h"
#include "support-job.h"

#define DECK                                                                        \
	"t\nv1 a 0 1\nr1 a b 1k\nr2 b c 1k\nr3 c d 1k\nr4 d 0 1k\nc1 d 0 1u\n.op\n" \
	"*carom measure top final(v(b))\n*carom measure low final(v(d))\n"
#define GAUSS "*carom vary r* gauss 10 each\n"

static struct job *job_of(const char *statements)
{
	char text[1000];

	snprintf(text, sizeof(text), "%s%s", DECK, statements);
	return resolve_deck(text, CAROM_ROUTE_AUTO);
}

static void assert_wrong(const char *statements, enum carom_status status, const char *message)
{
	char text[1000];

	snprintf(text, sizeof(text), "%s%s", DECK, statements);
	assert_job_refused(text, CAROM_ROUTE_AUTO, status, message);
}

static size_t index_of(const struct job *job, const char *name)
{
	return (size_t)(variable_called(job, name) - job->variables);
}

/* ---- the statement ---- */

static void the_side_is_the_one_that_there_is(void **state)
{
	struct job *job = job_of(GAUSS "*carom spec low - 0.3\n*carom importance low\n");

	(void)state;
	assert_true(job->importance->is_upper);
	assert_int_equal(job->importance->measure, 1);
	assert_int_equal(job->importance->n, 4);
	assert_same_bits(job_importance_limit(job), 0.3);
	assert_int_equal(job->n_samples, 10000);
	job_free(job);
	job = job_of(GAUSS
		     "*carom spec low 0.2 0.3\n*carom importance LOW lower\n*carom samples 7\n");
	assert_false(job->importance->is_upper);
	assert_same_bits(job_importance_limit(job), 0.2);
	assert_int_equal(job->n_samples, 7);
	job_free(job);
	job = job_of(GAUSS
		     "*carom spec low 0.2 -\n*carom importance low\n*carom importance never\n");
	assert_null(job->importance);
	assert_int_equal(job->n_samples, 1000);
	job_free(job);
}

static void what_cannot_be_is_told_at_the_statement(void **state)
{
	(void)state;
	assert_wrong(GAUSS "*carom importance nix\n", CAROM_ERROR_NOT_FOUND,
		     "t.cir:12:19: importance: there is no measurement \"nix\"");
	assert_wrong(GAUSS "*carom importance top\n", CAROM_ERROR_ARGUMENT,
		     "t.cir:12:19: importance: top has no spec, so nothing fails; add a statement "
		     "\"spec\"");
	assert_wrong(
		GAUSS "*carom spec top 0 1\n*carom importance top\n", CAROM_ERROR_ARGUMENT,
		"t.cir:13:19: importance: the spec of top has two limits, which fail apart from "
		"each other; say \"top lower\" or \"top upper\", and study the other as well: "
		"the two probabilities add up");
	assert_wrong(GAUSS "*carom spec top 0 -\n*carom importance top upper\n",
		     CAROM_ERROR_ARGUMENT,
		     "t.cir:13:19: importance: the spec of top has no upper limit");
	assert_wrong(GAUSS "*carom spec top 0 -\n*carom importance top\n*carom sampler sobol\n",
		     CAROM_ERROR_ARGUMENT,
		     "t.cir:13:19: importance: the sampler is plain, not sobol");
	assert_wrong(
		GAUSS "*carom spec top 0 -\n*carom importance top\n*carom step c1 list 1u 2u\n",
		CAROM_ERROR_ARGUMENT,
		"t.cir:13:19: importance: corners and steps fail in different places; study one "
		"at a time, as in --corner never --corner \"slow: temp=125\", --step never, or "
		"leave "
		"importance out (importance never)");
	assert_wrong(
		GAUSS "*carom spec top 0 -\n*carom importance top\n*carom corner a: c1=1u\n"
		      "*carom corner b: c1=2u\n",
		CAROM_ERROR_ARGUMENT,
		"t.cir:13:19: importance: corners and steps fail in different places; study one "
		"at a time, as in --corner never --corner \"slow: temp=125\", --step never, or "
		"leave importance out (importance never)");
}

static void one_corner_is_where_the_samples_are(void **state)
{
	struct job *job = job_of(GAUSS "*carom spec top 0 -\n*carom importance top\n"
				       "*carom corner a: c1=1u\n*carom corner never\n"
				       "*carom step c1 list 1u 2u\n*carom step never\n"
				       "*carom corner b: c1=2u\n");
	(void)state;

	assert_int_equal(job->n_corners, 1);
	assert_string_equal(job->corners[0].name, "b");
	assert_int_equal(job->n_steps, 0);
	assert_non_null(job->importance);
	job_free(job);
}

/* ---- samples ---- */

#define SHIFTED "*carom spec top 0 -\n*carom importance top\n"

/* Without a shift they are those of a plain study, but for the last digits. */
static void a_shift_of_nothing_changes_nothing(void **state)
{
	static const char varies[] = "*carom vary r1 gauss 1%\n*carom vary r2 lognormal 0.1\n"
				     "*carom vary r3 uniform 5%\n*carom vary r4 gauss 1% trunc 2\n"
				     "*carom vary c1 discrete 1u 2u\n";
	char with[500];
	struct job *plain = job_of(varies), *job;

	(void)state;
	snprintf(with, sizeof(with), "%s%s", varies, SHIFTED);
	job = job_of(with);
	for (uint64_t k = 0; k < 50; k++) {
		double a[5], b[5];

		job_draw(plain, k, a);
		assert_same_bits(job_draw(job, k, b), 0);
		for (size_t i = 0; i < 5; i++)
			assert_double_equal(a[i], b[i], 1e-14, 0);
	}
	job_free(plain);
	job_free(job);
}

static void set_shift(const struct job *job, const char *name, double shift)
{
	job->importance->shift[variable_called(job, name)->rank] = shift;
}

static void a_shift_moves_what_is_drawn_and_weighs_it(void **state)
{
	struct job *plain = job_of(GAUSS), *job = job_of(GAUSS SHIFTED);
	double a[4], b[4];

	(void)state;
	set_shift(job, "r1", 3);
	set_shift(job, "r4", -2);
	for (uint64_t k = 0; k < 20; k++) {
		size_t r1 = index_of(job, "r1"), r4 = index_of(job, "r4");
		double log_weight = job_draw(job, k, b);

		assert_same_bits(job_draw(plain, k, a), 0);
		assert_double_equal(b[r1], a[r1] + 30, 1e-13, 0);
		assert_double_equal(b[r4], a[r4] - 20, 1e-13, 0);
		assert_double_equal(b[index_of(job, "r2")], a[index_of(job, "r2")], 1e-13, 0);
		assert_double_equal(log_weight,
				    -3 * (b[r1] - 1000) / 10 + 4.5 + 2 * (b[r4] - 1000) / 10 + 2, 0,
				    1e-10);
	}
	assert_same_bits(job_draw(job, CAROM_SAMPLE_NOMINAL, b), 0);
	assert_same_bits(b[0], 1000);
	job_free(plain);
	job_free(job);
}

/* ln of the ratio of densities, of whatever lies behind the deviate: the uniform number itself here. */
static void other_distributions_are_shifted_by_their_deviates(void **state)
{
	struct job *job =
		job_of("*carom vary r1 uniform 100\n*carom vary r2 lognormal 0.1\n" SHIFTED);
	double values[2];

	(void)state;
	set_shift(job, "r1", 2);
	set_shift(job, "r2", -1);
	for (uint64_t k = 0; k < 20; k++) {
		double log_weight = job_draw(job, k, values);
		double share = (values[index_of(job, "r1")] - 900) / 200;
		double z = log(values[index_of(job, "r2")] / 1000) / 0.1;

		assert_true(share > 0 && share < 1);
		assert_double_equal(log_weight, -2 * normal_quantile(share) + 2 + z + 0.5, 0, 1e-9);
	}
	job_free(job);
}

static void who_shares_a_draw_shares_its_shift_and_weighs_once(void **state)
{
	struct job *job = job_of("*carom vary r1 r2 gauss 10\n" SHIFTED);
	double values[2], log_weight;

	(void)state;
	assert_int_equal(job->importance->n, 1);
	set_shift(job, "r1", 4);
	log_weight = job_draw(job, 9, values);
	assert_double_equal(log_weight, -4 * (values[0] - 1000) / 10 + 8, 0, 1e-10);
	assert_same_bits(values[0], values[1]);
	assert_double_equal(job_importance_deviate(job, 1), 4, 0, 0);
	job_free(job);
}

static void correlated_draws_are_shifted_before_they_are_joined(void **state)
{
	struct job *plain = job_of("*carom vary r1 r2 gauss 10 each\n*carom correlate r1 r2 0.6\n");
	struct job *job =
		job_of("*carom vary r1 r2 gauss 10 each\n*carom correlate r1 r2 0.6\n" SHIFTED);
	double a[2], b[2];

	(void)state;
	for (size_t i = 0; i < 2; i++)
		job->importance->shift[i] = 1 + (double)i;
	job_draw(plain, 4, a);
	job_draw(job, 4, b);
	for (size_t i = 0; i < 2; i++)
		assert_double_equal(b[i], a[i] + 10 * job_importance_deviate(job, i), 1e-13, 0);
	/* one of them is its own draw, the other 0.6 of that and 0.8 of its own */
	assert_double_equal(fmin(job_importance_deviate(job, 0), job_importance_deviate(job, 1)), 1,
			    0, 1.0001);
	assert_true(job_importance_deviate(job, 0) != job_importance_deviate(job, 1));
	job_free(plain);
	job_free(job);
}

static void what_is_not_varied_has_no_deviate(void **state)
{
	struct job *job = job_of("*carom vary r1 gauss 10\n" SHIFTED);

	(void)state;
	job->variables[0].is_varied = false;
	assert_same_bits(job_importance_deviate(job, 0), 0);
	job_free(job);
}

/* ---- elsewhere ---- */

static void a_packed_job_draws_the_same(void **state)
{
	struct job *job = job_of(GAUSS SHIFTED), *unpacked;
	struct text bytes = TEXT_INIT;
	struct carom_error err = CAROM_ERROR_INIT;
	double a[4], b[4];

	(void)state;
	set_shift(job, "r2", 4.5);
	job->store = mem_strdup("/x.zarr");
	assert_int_equal(job_pack(job, &bytes, &err), 0);
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), 0);
	assert_same_bits(job_draw(job, 12, a), job_draw(unpacked, 12, b));
	assert_memory_equal(a, b, sizeof(a));
	job_free(unpacked);
	job->importance->n--;
	text_clear(&bytes);
	assert_int_equal(job_pack(job, &bytes, &err), 0);
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), CAROM_ERROR_FORMAT);
	job_free(job);
	text_release(&bytes);
}

static void the_shift_of_a_run_is_remembered_by_its_study(void **state)
{
	struct job *job = job_of(GAUSS SHIFTED), *plain = job_of(GAUSS);
	struct carom_study study = {0};
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	assert_int_equal(job_recall_shift(plain, &study, 3, &err), 0);
	assert_int_equal(job_recall_shift(job, &study, 3, &err), CAROM_ERROR_STATE);
	assert_error_says(&err, "the shift of importance sampling is not known\nrun the study "
				"first, or name its store");
	assert_int_equal(job_recall_shift(job, &study, CAROM_SAMPLE_NOMINAL, NULL), 0);
	set_shift(job, "r2", 4.5);
	assert_int_equal(job_remember_shift(job, &study, NULL), 0);
	set_shift(job, "r2", 0);
	assert_int_equal(job_recall_shift(job, &study, 3, NULL), 0);
	assert_same_bits(job_importance_deviate(job, index_of(job, "r2")), 4.5);
	assert_true(job->importance->is_found);
	study.importance.n_shift--;
	assert_int_equal(job_recall_shift(job, &study, 3, NULL), CAROM_ERROR_STATE);
	mem_free(study.importance.shift);
	job_free(plain);
	job_free(job);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_side_is_the_one_that_there_is),
		cmocka_unit_test(what_cannot_be_is_told_at_the_statement),
		cmocka_unit_test(one_corner_is_where_the_samples_are),
		cmocka_unit_test(a_shift_of_nothing_changes_nothing),
		cmocka_unit_test(a_shift_moves_what_is_drawn_and_weighs_it),
		cmocka_unit_test(other_distributions_are_shifted_by_their_deviates),
		cmocka_unit_test(who_shares_a_draw_shares_its_shift_and_weighs_once),
		cmocka_unit_test(correlated_draws_are_shifted_before_they_are_joined),
		cmocka_unit_test(what_is_not_varied_has_no_deviate),
		cmocka_unit_test(a_packed_job_draws_the_same),
		cmocka_unit_test(the_shift_of_a_run_is_remembered_by_its_study),
	};

	return run_all_tests(tests);
}
