/* SPDX-License-Identifier: BSD-3-Clause */
/* Mismatch by area in a job. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "support-circuit.h"
#include "support-job.h"

#define MIRROR                                                                                 \
	"t\nv1 d 0 1\nm1 d d 0 0 n l=1u w=4u\nm2 d d 0 0 n l={l0*2} w=8u nf=4 m=2\nx1 d cell " \
	"w=16u\n"                                                                              \
	"x2 d cell m=4\n.param l0=1u\n.model n nmos level=14\n"                                \
	".subckt cell d w=1u\nm1 d d 0 0 n l=0.25u w={w}\n.ends\n.op\n"                        \
	"*carom measure id final(i(v1))\n"

static struct job *job_of(const char *statement)
{
	char text[1000];

	snprintf(text, sizeof(text), "%s*carom vary %s\n", MIRROR, statement);
	return resolve_deck(text, CAROM_ROUTE_AUTO);
}

static void assert_sigma(const struct job *job, const char *name, double sigma)
{
	const struct distribution *distribution = &variable_called(job, name)->distribution;

	assert_int_equal(distribution->kind, DISTRIBUTION_GAUSS);
	assert_double_equal(distribution->spread, sigma, 1e-14, 0);
}

/* 4 mV um: 2 mV of 1 x 4 um^2, 1 mV of m = 2 times 2 x 8, ... */
static void sigma_is_by_the_root_of_the_area_of_each_transistor(void **state)
{
	struct job *job = job_of("m*:delvto x*.m1:delvto pelgrom 4m each");

	(void)state;
	assert_int_equal(job->n_variables, 4);
	assert_sigma(job, "m1:delvto", 2e-3);
	assert_sigma(job, "m2:delvto", 4e-3 / sqrt(32));
	assert_sigma(job, "x1.m1:delvto", 2e-3);
	assert_sigma(job, "x2.m1:delvto", 4e-3);
	assert_false(job->variables[0].distribution.is_relative);
	job_free(job);
}

static void the_constant_of_a_pair_is_that_of_the_difference(void **state)
{
	struct job *job = job_of("m*:delvto pelgrom 4m pair each");

	(void)state;
	assert_sigma(job, "m1:delvto", 2e-3 / sqrt(2));
	job_free(job);
}

static void a_percentage_is_of_the_nominal_value(void **state)
{
	struct job *job = job_of("m*:mulu0 pelgrom 1% each");
	const struct job_variable *variable = variable_called(job, "m1:mulu0");
	double values[2];
	double squares = 0;

	(void)state;
	assert_true(variable->distribution.is_relative);
	assert_sigma(job, "m1:mulu0", 0.005);
	assert_same_bits(variable->nominal, 1);
	for (uint64_t k = 0; k < 10000; k++) {
		job_draw(job, k, values);
		squares += (values[0] - 1) * (values[0] - 1);
	}
	assert_double_equal(sqrt(squares / 10000), 0.005, 4 / sqrt(20000), 0);
	job_free(job);
}

static void the_definition_tells_the_sigma(void **state)
{
	struct job *job = job_of("m1:delvto pelgrom  4m each");

	(void)state;
	assert_string_equal(job->variables[0].definition, "pelgrom 4m each, sigma 0.002");
	job_free(job);
	job = job_of("m1:mulu0 pelgrom 2% pair each");
	assert_string_equal(job->variables[0].unit, "");
	assert_int_equal(strncmp(job->variables[0].definition,
				 "pelgrom 2% pair each, sigma 0.70710678118654", 44),
			 0);
	job_free(job);
}

/* A value of the model, which each transistor gets as its own. */
static void a_model_of_ones_own_has_the_size_of_the_transistor(void **state)
{
	struct job *job =
		resolve_deck("t\nv1 d 0 1\nm1 d d 0 0 n l=1u w=4u\nm2 d d 0 0 n l=4u w=4u\n"
			     ".model n nmos level=14 vth0=0.4\n.op\n"
			     "*carom measure id final(i(v1))\n"
			     "*carom vary m*:vth0 pelgrom 4m each\n",
			     CAROM_ROUTE_AUTO);

	(void)state;
	assert_sigma(job, "m1:vth0", 2e-3);
	assert_sigma(job, "m2:vth0", 1e-3);
	job_free(job);
}

static void assert_refused_job(const char *cards, const char *message)
{
	char text[1000];

	snprintf(text, sizeof(text),
		 "t\nv1 d 0 1\n%s\n.model n nmos vto=1\n.op\n*carom measure id final(i(v1))\n",
		 cards);
	assert_job_refused(text, CAROM_ROUTE_AUTO, CAROM_ERROR_PARAMETER, message);
}

static void a_transistor_without_a_size_is_refused(void **state)
{
	(void)state;
	assert_refused_job(
		"m1 d d 0 0 n w=1u\n*carom vary m1:vto pelgrom 4m each",
		"t.cir:4:13: m1:vto: pelgrom needs its l and w, which its card does not give "
		"as numbers; write both there");
	assert_refused_job(
		"m1 d d 0 0 n w=1u l={nosuch}\n*carom vary m1:vto pelgrom 4m each",
		"t.cir:4:13: m1:vto: pelgrom needs its l and w, which its card does not give "
		"as numbers; write both there");
	assert_refused_job(
		"m1 d d 0 0 n w=1u l=0\n*carom vary m1:vto pelgrom 4m each",
		"t.cir:4:13: m1:vto: pelgrom needs an area, but l=0 w=1e-06 m=1 give none");
	assert_refused_job(
		"m1 d d 0 0 n w=1u l=1u\n*carom vary n:vto pelgrom 4m each",
		"t.cir:4:13: n:vto is no parameter of an element, so pelgrom finds no area; "
		"name transistors, as in \"m*:delvto pelgrom 4m each\"");
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
	struct carom_circuit *circuit =
		import_deck(MIRROR "*carom vary x*.m1:delvto m2:delvto pelgrom 4m each\n");
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
		cmocka_unit_test(sigma_is_by_the_root_of_the_area_of_each_transistor),
		cmocka_unit_test(the_constant_of_a_pair_is_that_of_the_difference),
		cmocka_unit_test(a_percentage_is_of_the_nominal_value),
		cmocka_unit_test(the_definition_tells_the_sigma),
		cmocka_unit_test(a_model_of_ones_own_has_the_size_of_the_transistor),
		cmocka_unit_test(a_transistor_without_a_size_is_refused),
		cmocka_unit_test(no_memory_is_told_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
