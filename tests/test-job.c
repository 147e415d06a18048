/* SPDX-License-Identifier: BSD-3-Clause */
/* Jobs: what of a deck is sent, by which route values are set, places of lines. */
#include "study/job.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "study/study.h"
#include "support-circuit.h"
#include "support-folder.h"
#include "support-job.h"

/* ---- what is sent ---- */

#define LIBRARY                                                                       \
	"t\n.param rl=1k x={y}\n.param y=2 z=3\n.model dd d\n.subckt s p\nr1 p 0 1\n" \
	".ends\nv1 a 0 1\nr1 a 0 {rl}\n" AN_OP

static bool has_line(const struct job *job, const char *text)
{
	for (size_t i = 0; i < job->n_lines; i++)
		if (strcmp(job->lines[i].text, text) == 0)
			return true;
	return false;
}

static void only_what_is_used_is_in_the_job(void **state)
{
	struct job *job = resolve_deck(LIBRARY "*carom vary v1 gauss 1%\n", CAROM_ROUTE_AUTO);

	(void)state;
	assert_true(has_line(job, ".param rl=1k"));
	assert_false(has_line(job, ".model dd d"));
	assert_false(has_line(job, ".subckt s p"));
	job_free(job);
}

static void the_card_of_a_varied_parameter_is_sent_as_it_is(void **state)
{
	struct job *job = resolve_deck(LIBRARY "*carom vary rl gauss 1%\n", CAROM_ROUTE_AUTO);

	(void)state;
	assert_true(has_line(job, ".param rl=1k x={y}"));
	assert_true(has_line(job, ".param y=2"));
	assert_slot(job, variable_called(job, "rl"), "1k");
	job_free(job);
}

static void what_nothing_uses_cannot_vary(void **state)
{
	(void)state;
	assert_job_refused(LIBRARY "*carom vary x gauss 1%\n", CAROM_ROUTE_AUTO,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:12:13: x: nothing in the circuit uses this parameter, so nothing "
			   "would vary");
}

static void a_study_may_send_all(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(LIBRARY "*carom vary v1 gauss 1%\n");
	struct carom_study *study = carom_study_new(circuit, &err);
	struct job *job;

	(void)state;
	study->sends_all = true;
	job_new(&job, study, CAROM_ROUTE_AUTO, &err);
	assert_ok(&err);
	assert_true(has_line(job, ".param y=2 z=3"));
	assert_true(has_line(job, ".model dd d"));
	assert_true(has_line(job, ".subckt s p"));
	job_free(job);
	carom_study_free(study);
	carom_circuit_free(circuit);
}

/* ---- routes ---- */

static void a_param_in_a_behavioural_source_is_enough_for_the_reload_route(void **state)
{
	struct job *job = resolve_deck("t\n.param rl=1k x=2\nv1 a 0 1\nb1 a 0 i=v(a)/rl\n" AN_OP
				       "*carom vary RL v1 gauss 1%\n",
				       CAROM_ROUTE_AUTO);

	(void)state;
	assert_int_equal(job->route, CAROM_ROUTE_RELOAD);
	assert_false(job->route_is_forced);
	assert_null(variable_called(job, "rl")->target);
	assert_slot(job, variable_called(job, "rl"), "1k");
	assert_slot(job, variable_called(job, "v1"), "1");
	assert_same_bits(job->variables[0].nominal, 1e3);
	assert_string_equal(job->variables[0].unit, "");
	job_free(job);
}

static void a_route_that_cannot_set_a_variable_is_refused(void **state)
{
	(void)state;
	assert_job_refused(
		"t\n.param rl=1k\nv1 a 0 1\nb1 a 0 i=v(a)/rl\n" AN_OP "*carom vary rl gauss 1%\n",
		CAROM_ROUTE_ALTER, CAROM_ERROR_PARAMETER,
		"rl cannot be set in the loaded circuit (t.cir:4: b1: the change reaches "
		"an expression that ngspice evaluates while it runs, which is not set in "
		"a loaded circuit): use --route reload");
	assert_job_refused(TWO_INSTANCES "*carom vary x1.r1 gauss 1%\n", CAROM_ROUTE_RELOAD,
			   CAROM_ERROR_PARAMETER,
			   "x1.r1 can only be set in the loaded circuit, so the study cannot "
			   "reload the deck: give each instance a parameter of its own and vary "
			   "that");
}

static void a_forced_route_is_kept(void **state)
{
	static const enum carom_route routes[] = {CAROM_ROUTE_ALTER, CAROM_ROUTE_RESET,
						  CAROM_ROUTE_FORK, CAROM_ROUTE_RELOAD};

	(void)state;
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++) {
		struct job *job = resolve_deck(A_DIVIDER "*carom vary r1 gauss 1%\n", routes[i]);

		assert_int_equal(job->route, routes[i]);
		assert_true(job->route_is_forced);
		assert_null(job->hazard);
		job_free(job);
	}
}

/* A deck of so many lines, .save included, with coupled inductors. */
static struct job *resolve_coupled(size_t n_lines)
{
	static const char head[] =
		"t\nv1 a 0 1\nl1 a 0 1\nl2 b 0 1\nk1 l1 l2 0.5\n" AN_OP "*carom vary v1 gauss 1%\n";
	static char deck[10000];
	size_t n = 8; /* the head's, without statements, with .save and .end */
	char *end = deck + snprintf(deck, sizeof(deck), "%s", head);

	for (; n < n_lines; n++)
		end += sprintf(end, "r%zu b 0 1\n", n);
	return resolve_deck(deck, CAROM_ROUTE_AUTO);
}

static void a_hazard_is_met_by_reset_up_to_300_lines_and_by_fork_above(void **state)
{
	struct job *small = resolve_coupled(300), *large = resolve_coupled(301);

	(void)state;
	assert_int_equal(small->n_lines, 300);
	assert_int_equal(small->route, CAROM_ROUTE_RESET);
	assert_string_equal(small->hazard, "k1 couples inductors");
	assert_int_equal(large->n_lines, 301);
	assert_int_equal(large->route, CAROM_ROUTE_FORK);
	job_free(small);
	job_free(large);
}

/* ---- the deck ---- */

static void the_hash_is_that_of_the_deck(void **state)
{
	struct job *first = resolve_deck(A_DIVIDER "*carom vary r1 gauss 1%\n", 0);
	struct job *again = resolve_deck(A_DIVIDER "*carom vary r1 uniform 7\n*carom seed 4\n", 0);
	struct job *other = resolve_deck(
		"t\nv1 a 0 2\nr1 a b 1k\nr2 b 0 3.1k\n" AN_OP "*carom vary r1 gauss 1%\n", 0);

	(void)state;
	assert_int_equal(strlen(first->deck_hash), 16);
	assert_int_equal(strspn(first->deck_hash, "0123456789abcdef"), 16);
	assert_string_equal(first->deck_hash, again->deck_hash);
	assert_string_not_equal(first->deck_hash, other->deck_hash);
	job_free(first);
	job_free(again);
	job_free(other);
}

static void what_the_study_says_is_in_the_job(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r1 gauss 1%\n*carom samples 77\n"
						 "*carom seed 9\n*carom time-limit 2.5\n",
				       0);

	(void)state;
	assert_true(job->n_samples == 77 && job->seed == 9);
	assert_same_bits(job->time_limit_s, 2.5);
	assert_string_equal(job->title, "t");
	assert_false(job->is_trusted);
	job_free(job);
}

static void assert_place(const struct job *job, const char *beginning, const char *file,
			 uint32_t line)
{
	const struct job_line *found = line_beginning(job, beginning);

	assert_true(found->file < job->n_files);
	assert_string_equal(strrchr(job->files[found->file], '/') + 1, file);
	assert_int_equal(found->line, line);
}

/* vary: what makes the deck a copy, or not. */
static void check_places(const char *vary)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char path[300];
	struct carom_circuit *circuit;
	struct carom_study *study;
	struct job *job;

	write_file("part.inc", "* a comment\n.model qn npn\n+ bf=100\nr7 a 0 1\n");
	write_file("top.cir",
		   "t\nv1 a 0 1\n.include part.inc\n.subckt s p\nr1 p 0 1\n.ends\nq1 a a 0 qn\n"
		   "x1 a s\n" AN_OP "q2 a a 0 qn\n");
	snprintf(path, sizeof(path), "%s/top.cir", case_folder);
	carom_circuit_import_file(&circuit, path, NULL, &err);
	unlink("top.cir");
	unlink("part.inc");
	assert_ok(&err);
	study = carom_study_new(circuit, &err);
	carom_study_vary(study, vary, &err);
	job_new(&job, study, CAROM_ROUTE_AUTO, &err);
	assert_ok(&err);
	assert_place(job, "v1", "top.cir", 2);
	assert_place(job, ".model qn npn", "part.inc", 2);
	assert_place(job, "r7", "part.inc", 4);
	assert_place(job, "r1", "top.cir", 5);
	assert_place(job, "q1", "top.cir", 7);
	assert_place(job, ".op", "top.cir", 9);
	assert_int_equal(line_beginning(job, ".save")->file, UINT32_MAX);
	job_free(job);
	carom_study_free(study);
	carom_circuit_free(circuit);
}

static void lines_have_their_places_in_the_files_they_come_from(void **state)
{
	(void)state;
	check_places("r7 gauss 1%");
}

static void lines_of_a_copy_have_them_too(void **state)
{
	(void)state;
	check_places("q1:bf gauss 1%");
}

/* ---- memory ---- */

static int attempt(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;
	int status = job_new(&job, arg, CAROM_ROUTE_AUTO, &err);

	assert_int_equal(err.status, status);
	assert_true((job != NULL) == (status == 0));
	job_free(job);
	return status;
}

static void no_memory_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(
		"t\nv1 a 0 5\nk1 l1 l2 0.5\nl1 a 0 1\nl2 b 0 1\nq2 a a 0 qn\n"
		".subckt s c\nq1 c c 0 qn\n.ends\nx1 a s\n.model qn npn(bf=100 is=1e-15)\n"
		".op\n*carom measure top final(v(a))\n*carom measure far at(v(b), top)\n"
		"*carom spec top 1 -\n*carom vary q2:bf x*.q1:bf qn:is l* gauss 1%\n"
		"*carom vary v1 discrete 4 5\n");
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
		cmocka_unit_test(only_what_is_used_is_in_the_job),
		cmocka_unit_test(the_card_of_a_varied_parameter_is_sent_as_it_is),
		cmocka_unit_test(what_nothing_uses_cannot_vary),
		cmocka_unit_test(a_study_may_send_all),
		cmocka_unit_test(a_param_in_a_behavioural_source_is_enough_for_the_reload_route),
		cmocka_unit_test(a_route_that_cannot_set_a_variable_is_refused),
		cmocka_unit_test(a_forced_route_is_kept),
		cmocka_unit_test(a_hazard_is_met_by_reset_up_to_300_lines_and_by_fork_above),
		cmocka_unit_test(the_hash_is_that_of_the_deck),
		cmocka_unit_test(what_the_study_says_is_in_the_job),
		FOLDER_CASE(lines_have_their_places_in_the_files_they_come_from),
		FOLDER_CASE(lines_of_a_copy_have_them_too),
		cmocka_unit_test(no_memory_is_told),
	};

	return run_all_tests(tests);
}
