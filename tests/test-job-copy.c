/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of models that a study varies: whole, by instance, and both. */
#include "support-job.h"

#include <stdio.h>
#include <string.h>

/* What most decks of this file end with. */
static void a_parameter_by_instance_makes_the_model_its_own(void **state)
{
	struct job *job = resolve_deck(TWO_TRANSISTORS "*carom vary q1:bf gauss 5%\n", 0);

	(void)state;
	assert_target(job, "q1:bf", "@q1[bf]", true);
	assert_string_equal(line_beginning(job, "q1")->text, "q1 c a 0 qn_q1");
	assert_string_equal(line_beginning(job, "q2")->text, "q2 c a 0 qn");
	assert_string_equal(line_beginning(job, ".model qn_q1")->text,
			    ".model qn_q1 npn(bf=100 is=1e-15)");
	assert_slot(job, &job->variables[0], "100");
	assert_ptr_equal(&job->lines[job->variables[0].slot_line],
			 line_beginning(job, ".model qn_q1"));
	assert_same_bits(job->variables[0].nominal, 100);
	job_free(job);
}

static void a_parameter_of_a_model_is_of_all_that_use_it(void **state)
{
	struct job *job = resolve_deck(TWO_TRANSISTORS "*carom vary QN:bf gauss 5%\n", 0);

	(void)state;
	assert_int_equal(job->n_variables, 1);
	assert_target(job, "qn:bf", "qn bf", true);
	assert_int_equal(job->n_copies, 0);
	assert_string_equal(line_beginning(job, "q1")->text, "q1 c a 0 qn");
	job_free(job);
}

static void a_parameter_of_a_model_reaches_its_copies(void **state)
{
	struct job *job = resolve_deck(
		TWO_TRANSISTORS "*carom vary q1:bf gauss 5%\n*carom vary qn:is gauss 1%\n", 0);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_int_equal(job->n_copies, 1);
	assert_string_equal(job->variables[job->copies[0].variable].name, "qn:is");
	assert_string_equal(job->copies[0].target, "@q1[is]");
	assert_slot(job, &job->copies[0], "1e-15");
	assert_ptr_equal(&job->lines[job->copies[0].slot_line],
			 line_beginning(job, ".model qn_q1"));
	job_free(job);
}

static void a_parameter_of_the_copys_own_is_left_to_it(void **state)
{
	struct job *job = resolve_deck(
		TWO_TRANSISTORS "*carom vary q1:bf gauss 5%\n*carom vary qn:bf gauss 1%\n", 0);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_int_equal(job->n_copies, 0);
	job_free(job);
}

/* The subcircuit's q1 has the copy in every instance, whichever of them was named. */
static void a_parameter_of_a_model_reaches_the_copies_of_all_instances(void **state)
{
	struct job *job = resolve_deck("t\nv1 a 0 5\n.subckt s c\nq1 c c 0 qn\n.ends\nx1 a s\n"
				       "x2 a s\nq1 a a 0 qn\n.model qn npn(bf=100 is=1e-15)\n" AN_OP
				       "*carom vary x1.q1:bf gauss 5%\n*carom vary qn:is qn:bf "
				       "gauss 1%\n",
				       0);

	(void)state;
	assert_int_equal(job->n_variables, 3);
	assert_int_equal(job->n_copies, 3);
	assert_string_equal(job->copies[0].target, "@q.x1.q1[is]");
	assert_string_equal(job->copies[1].target, "@q.x2.q1[is]");
	assert_string_equal(job->copies[2].target, "@q.x2.q1[bf]");
	assert_target(job, "qn:is", "qn is", true);
	assert_false(variable_called(job, "qn:is")->has_slot);
	assert_int_equal(job->route, CAROM_ROUTE_ALTER);
	job_free(job);
}

static void a_copy_stands_for_a_model_that_nobody_else_uses(void **state)
{
	struct job *job = resolve_deck(TWO_TRANSISTORS "*carom vary q1:bf q2:bf gauss 5% each\n"
						       "*carom vary qn:is gauss 1%\n",
				       0);
	const struct job_variable *is = variable_called(job, "qn:is");

	(void)state;
	assert_int_equal(job->n_copies, 1);
	assert_string_equal(job->copies[0].target, "@q1[is]");
	assert_target(job, "qn:is", "@q2[is]", true);
	assert_slot(job, is, "1e-15");
	assert_ptr_equal(&job->lines[is->slot_line], line_beginning(job, ".model qn_q2"));
	job_free(job);
}

static void a_model_that_is_not_defined_is_told_with_the_statements_place(void **state)
{
	(void)state;
	assert_job_refused("t\nv1 a 0 1\nq1 a a 0 nope\n" AN_OP "*carom vary q1:bf gauss 1%\n", 0,
			   CAROM_ERROR_MODEL, "t.cir:6:13: vary q1: q1: no model \"nope\"");
}

/* ---- bins ---- */

#define TWO_BINS                                                         \
	"t\nv1 a 0 5\nm1 a a 0 0 n w=1u l=3u\nm2 a a 0 0 n w={k} l=1u\n" \
	".param k=1u j=1k\nr1 a 0 {j}\n"                                 \
	".model n.1 nmos vth0=0.3 lmin=0 lmax=2u wmin=0 wmax=2u\n"       \
	".model n.2 nmos vth0=0.5 lmin=2u lmax=4u wmin=0 wmax=2u\n"      \
	".model n.3 nmos vth0=0.7 lmin=2u lmax=4u wmin=2u wmax=4u\n" AN_OP

static void assert_bins(const char *statement, const char *expected)
{
	char deck[1000], sent[8] = "";
	struct job *job;

	snprintf(deck, sizeof(deck), TWO_BINS "*carom vary %s\n", statement);
	job = resolve_deck(deck, 0);
	for (size_t i = 0; i < job->n_lines; i++)
		if (strncmp(job->lines[i].text, ".model n.", 9) == 0)
			strncat(sent, job->lines[i].text + 9, 1);
	assert_string_equal(sent, expected);
	job_free(job);
}

static void bins_that_nobody_will_have_are_left_out(void **state)
{
	(void)state;
	assert_bins("v1 gauss 1%", "12");
	assert_bins("j gauss 1%", "12");
	assert_bins("m1:m gauss 1%", "12");
}

static void where_sizes_vary_all_bins_are_sent(void **state)
{
	(void)state;
	assert_bins("m1:w gauss 1%", "123");
	assert_bins("m1:l gauss 1%", "123");
	assert_bins("k gauss 1%", "123");
}

static void the_nominal_value_is_that_of_the_bin_in_use(void **state)
{
	struct job *job = resolve_deck(TWO_BINS "*carom vary m1:vth0 gauss 1%\n", 0);

	(void)state;
	assert_same_bits(job->variables[0].nominal, 0.5);
	assert_slot(job, &job->variables[0], "0.5");
	assert_ptr_equal(&job->lines[job->variables[0].slot_line],
			 line_beginning(job, ".model n_m1.2"));
	job_free(job);
}

static void a_bin_that_is_not_known_has_no_nominal_value(void **state)
{
	(void)state;
	assert_job_refused("t\nv1 a 0 1\nm1 a a 0 0 n w=9u l=9u\n"
			   ".model n.1 nmos vth0=0.3 lmin=0 lmax=2u wmin=0 wmax=2u\n" AN_OP
			   "*carom vary m1:vth0 gauss 1%\n",
			   0, CAROM_ERROR_PARAMETER,
			   "t.cir:7:13: m1:vth0: which bin of its model it has is not known");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_parameter_by_instance_makes_the_model_its_own),
		cmocka_unit_test(a_parameter_of_a_model_is_of_all_that_use_it),
		cmocka_unit_test(a_parameter_of_a_model_reaches_its_copies),
		cmocka_unit_test(a_parameter_of_the_copys_own_is_left_to_it),
		cmocka_unit_test(a_parameter_of_a_model_reaches_the_copies_of_all_instances),
		cmocka_unit_test(a_copy_stands_for_a_model_that_nobody_else_uses),
		cmocka_unit_test(a_model_that_is_not_defined_is_told_with_the_statements_place),
		cmocka_unit_test(bins_that_nobody_will_have_are_left_out),
		cmocka_unit_test(where_sizes_vary_all_bins_are_sent),
		cmocka_unit_test(the_nominal_value_is_that_of_the_bin_in_use),
		cmocka_unit_test(a_bin_that_is_not_known_has_no_nominal_value),
	};

	return run_all_tests(tests);
}
