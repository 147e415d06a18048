/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of jobs: studies resolved against their decks. */
#include "study/job.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "study/study.h"
#include "support-circuit.h"
#include "support-job.h"

/* What most decks of this file end with. */
#define AN_OP ".op\n*carom measure top final(v(a))\n"
#define A_DIVIDER "t\nv1 a 0 2\nr1 a b 1k\nr2 b 0 3k\n" AN_OP
#define TWO_INSTANCES                                                  \
	"t\nv1 a 0 1\n.subckt part p q\nr1 p n 1k\nr2 n q 2k\n.ends\n" \
	"x1 a 0 part\nx2 a 0 part\n" AN_OP
#define TWO_TRANSISTORS                                      \
	"t\nv1 a 0 5\nr1 a c 1k\nq1 c a 0 qn\nq2 c a 0 qn\n" \
	".model qn npn(bf=100 is=1e-15)\n" AN_OP

static void assert_target(const struct job *job, const char *name, const char *target,
			  bool is_model)
{
	const struct job_variable *variable = variable_called(job, name);

	assert_string_equal(variable->target, target);
	assert_int_equal(variable->is_model, is_model);
}

/* ---- draws ---- */

static void targets_of_one_statement_share_a_draw(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r1 r2 gauss 1%\n", CAROM_ROUTE_AUTO);
	double values[2];

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_true(job->variables[0].draw == job->variables[1].draw);
	job_draw(job, 7, values);
	assert_true(values[0] != 1e3);
	assert_double_equal(values[1] / values[0], 3, 1e-15, 0);
	job_free(job);
}

static void a_table_outlives_the_study(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r1 gauss 1%\n"
						 "*carom vary r2 discrete 2k 4k each\n",
				       CAROM_ROUTE_AUTO);
	double values[2];
	unsigned n_small = 0;

	(void)state;
	for (uint64_t k = 0; k < 100; k++) {
		job_draw(job, k, values);
		assert_true(values[1] == 2e3 || values[1] == 4e3);
		n_small += values[1] == 2e3;
	}
	assert_true(n_small > 30 && n_small < 70);
	job_free(job);
}

static void with_each_they_draw_apart(void **state)
{
	struct job *job =
		resolve_deck(A_DIVIDER "*carom vary r1 r2 gauss 1% each\n", CAROM_ROUTE_AUTO);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_true(job->variables[0].draw != job->variables[1].draw);
	job_free(job);
}

static void a_draw_of_each_hangs_on_the_name_alone(void **state)
{
	struct job *all = resolve_deck(A_DIVIDER "*carom vary R* gauss 1% each\n", 0);
	struct job *one = resolve_deck(A_DIVIDER "*carom vary v1 gauss 1% each\n"
						 "*carom vary R2 uniform 5 each\n",
				       0);

	(void)state;
	assert_true(variable_called(all, "r2")->draw == variable_called(one, "r2")->draw);
	job_free(all);
	job_free(one);
}

static void a_shared_draw_hangs_on_the_targets_as_written(void **state)
{
	struct job *a = resolve_deck(A_DIVIDER "*carom vary r1  r2 gauss 1%\n", 0);
	struct job *b = resolve_deck(A_DIVIDER "*carom vary R1 R2 uniform 3%\n", 0);
	struct job *c = resolve_deck(A_DIVIDER "*carom vary r2 r1 gauss 1%\n", 0);

	(void)state;
	assert_true(a->variables[0].draw == b->variables[0].draw);
	assert_true(a->variables[0].draw != c->variables[0].draw);
	job_free(a);
	job_free(b);
	job_free(c);
}

/* ---- targets ---- */

static void a_glob_takes_the_top_in_the_order_of_the_deck(void **state)
{
	struct job *job = resolve_deck("t\nr9 a 0 1\n.subckt s p\nr5 p 0 1\n.ends\nR1 a 0 2\n"
				       "x1 a s\ni1 0 a 1\n" AN_OP "*carom vary r* gauss 1%\n",
				       0);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_string_equal(job->variables[0].name, "r9");
	assert_string_equal(job->variables[1].name, "r1");
	job_free(job);
}

static void an_element_of_an_instance_varies_by_itself(void **state)
{
	struct job *job = resolve_deck(TWO_INSTANCES "*carom vary X1.R1 gauss 1%\n", 0);

	(void)state;
	assert_int_equal(job->n_variables, 1);
	assert_target(job, "x1.r1", "@r.x1.r1[resistance]", false);
	assert_same_bits(job->variables[0].nominal, 1e3);
	assert_false(job->variables[0].has_slot); /* its line is x2's as well */
	assert_int_equal(job->route, CAROM_ROUTE_ALTER);
	job_free(job);
}

static void a_glob_reaches_into_instances(void **state)
{
	struct job *job = resolve_deck(TWO_INSTANCES "*carom vary x*.r2 gauss 1% each\n", 0);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_target(job, "x1.r2", "@r.x1.r2[resistance]", false);
	assert_target(job, "x2.r2", "@r.x2.r2[resistance]", false);
	job_free(job);
}

static void the_later_statement_wins_in_the_place_of_the_first(void **state)
{
	struct job *job = resolve_deck(A_DIVIDER "*carom vary r* gauss 1% each\n"
						 "*carom vary R1 uniform 5 each\n",
				       0);

	(void)state;
	assert_int_equal(job->n_variables, 2);
	assert_string_equal(job->variables[0].name, "r1");
	assert_string_equal(job->variables[0].definition, "uniform 5 each");
	assert_string_equal(job->variables[1].definition, "gauss 1% each");
	job_free(job);
}

static void one_value_under_two_names_is_refused(void **state)
{
	(void)state;
	assert_job_refused(A_DIVIDER "*carom vary r1 gauss 1%\n*carom vary r1:r gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:8:13: r1:r is the same value as r1, which varies already");
	assert_job_refused(TWO_INSTANCES "*carom vary x1.r1 x1.r1:resistance gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:11:13: x1.r1:resistance is the same value as x1.r1, which "
			   "varies already");
}

static void units_and_definitions_are_told(void **state)
{
	struct job *job = resolve_deck(
		"t\nv1 a 0 2\ni1 a 0 1\nr1 a b 1k\nc1 b 0 1u\nl1 b 0 1m\ne1 d 0 a 0 2\n"
		"d1 b 0 dm 2\n.model dm d(is=1e-14)\n" AN_OP
		"*carom vary v1 i1 r1 c1 l1 e1 uniform 2.5%\n*carom vary d1:area gauss 10m each\n",
		0);
	static const char *const units[] = {"V", "A", "ohm", "F", "H", "", ""};

	(void)state;
	assert_int_equal(job->n_variables, 7);
	for (size_t i = 0; i < 7; i++)
		assert_string_equal(job->variables[i].unit, units[i]);
	assert_string_equal(job->variables[0].definition, "uniform 2.5%");
	assert_string_equal(job->variables[6].definition, "gauss 10m each");
	assert_same_bits(job->variables[6].nominal, 2);
	assert_slot(job, &job->variables[3], "1u");
	job_free(job);
}

static void a_target_that_does_not_exist_is_told_with_its_place(void **state)
{
	(void)state;
	assert_job_refused(A_DIVIDER "*carom vary r1 r7 gauss 1%\n", 0, CAROM_ERROR_NOT_FOUND,
			   "t.cir:7:13: \"r7\" is no element or .param of the circuit");
	assert_job_refused(A_DIVIDER "*carom vary q*:bf gauss 1%\n", 0, CAROM_ERROR_NOT_FOUND,
			   "t.cir:7:13: \"q*:bf\" is no element or model of the circuit");
	assert_job_refused(TWO_INSTANCES "*carom vary x3.r1 gauss 1%\n", 0, CAROM_ERROR_NOT_FOUND,
			   "t.cir:11:13: \"x3.r1\" is no element or .param of the circuit");
	assert_job_refused(A_DIVIDER "*carom vary v1:bf gauss 1%\n", 0, CAROM_ERROR_PARAMETER,
			   "t.cir:7:13: v1 has no parameter \"bf\" and no model that could have "
			   "it");
}

static void a_study_of_nothing_is_refused(void **state)
{
	(void)state;
	assert_job_refused("t\nr1 a 0 1\n.op\n*carom vary r1 gauss 1%\n", 0, CAROM_ERROR_ARGUMENT,
			   "t.cir: no measurement: add one, such as \"*carom measure vout "
			   "max(v(out))\" or --measure, or keep a waveform");
	assert_job_refused("t\nr1 a 0 1\n" AN_OP, 0, CAROM_ERROR_ARGUMENT,
			   "t.cir: nothing varies: add a statement such as \"*carom vary r1 gauss "
			   "1%\" or --vary");
}

/* ---- nominal values ---- */

static void a_missing_parameter_counts_as_its_default(void **state)
{
	static const struct {
		const char *param;
		double nominal;
	} cases[] = {{"delvto", 0}, {"mulu0", 1}, {"m", 1}, {"dtemp", 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char deck[300];
		struct job *job;

		snprintf(deck, sizeof(deck),
			 "t\nm1 a a 0 0 nch l=1u w=1u\n.model nch nmos level=8\nv1 a 0 1\n" AN_OP
			 "*carom vary m1:%s gauss 5m\n",
			 cases[i].param);
		job = resolve_deck(deck, 0);
		assert_same_bits(job->variables[0].nominal, cases[i].nominal);
		assert_false(job->variables[0].has_slot);
		assert_int_equal(job->route, CAROM_ROUTE_ALTER);
		job_free(job);
	}
}

static void the_area_of_a_diode_counts_as_one(void **state)
{
	struct job *job = resolve_deck(
		"t\nd1 a 0 dm\n.model dm d\nv1 a 0 1\n" AN_OP "*carom vary d1:area gauss 5%\n", 0);

	(void)state;
	assert_same_bits(job->variables[0].nominal, 1);
	job_free(job);
}

static void a_relative_tolerance_of_zero_is_refused(void **state)
{
	(void)state;
	assert_job_refused("t\nv1 a 0 0\nr1 a 0 1\n" AN_OP "*carom vary v1 gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:6:13: v1: the nominal value is 0, so a tolerance in % means "
			   "nothing: give an absolute one");
	assert_job_refused("t\nm1 a a 0 0 nch l=1u w=1u\n.model nch nmos level=8\nv1 a 0 1\n" AN_OP
			   "*carom vary m1:delvto gauss 1%\n",
			   0, CAROM_ERROR_PARAMETER,
			   "t.cir:7:13: m1:delvto: the nominal value is 0, so a tolerance in % "
			   "means nothing: give an absolute one");
}

static void a_missing_nominal_value_is_refused(void **state)
{
	(void)state;
	assert_job_refused("t\n.param x=1\nr1 a 0 {2*x}\nv1 a 0 1\n" AN_OP
			   "*carom vary r1 gauss 1%\n",
			   0, CAROM_ERROR_PARAMETER,
			   "t.cir:7:13: r1: its value {2*x} is no plain number: write one on its "
			   "card, or vary the .param it is made of");
	assert_job_refused(TWO_TRANSISTORS "*carom vary q1:vaf gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:9:13: q1:vaf: model qn_q1 does not say vaf");
	assert_job_refused(TWO_TRANSISTORS "*carom vary qn:vaf gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER, "t.cir:9:13: qn:vaf: model qn does not say vaf");
	assert_job_refused("t\nb1 a 0 v=1\nr1 a 0 1\n" AN_OP "*carom vary b1 gauss 1%\n", 0,
			   CAROM_ERROR_PARAMETER,
			   "t.cir:6:13: b1: b1: the card has no value that is a number of its own");
}

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

static void write_file(const char *folder, const char *name, const char *text)
{
	char path[300];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(text, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void remove_files(const char *folder)
{
	static const char *const names[] = {"top.cir", "part.inc"};
	char path[300];

	for (size_t i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
		unlink(path);
	}
	rmdir(folder);
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
	char folder[] = "/tmp/carom-test-XXXXXX", path[300];
	struct carom_circuit *circuit;
	struct carom_study *study;
	struct job *job;

	assert_non_null(mkdtemp(folder));
	write_file(folder, "part.inc", "* a comment\n.model qn npn\n+ bf=100\nr7 a 0 1\n");
	write_file(folder, "top.cir",
		   "t\nv1 a 0 1\n.include part.inc\n.subckt s p\nr1 p 0 1\n.ends\nq1 a a 0 qn\n"
		   "x1 a s\n" AN_OP "q2 a a 0 qn\n");
	snprintf(path, sizeof(path), "%s/top.cir", folder);
	carom_circuit_import_file(&circuit, path, NULL, &err);
	remove_files(folder);
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
		cmocka_unit_test(targets_of_one_statement_share_a_draw),
		cmocka_unit_test(a_table_outlives_the_study),
		cmocka_unit_test(with_each_they_draw_apart),
		cmocka_unit_test(a_draw_of_each_hangs_on_the_name_alone),
		cmocka_unit_test(a_shared_draw_hangs_on_the_targets_as_written),
		cmocka_unit_test(a_glob_takes_the_top_in_the_order_of_the_deck),
		cmocka_unit_test(an_element_of_an_instance_varies_by_itself),
		cmocka_unit_test(a_glob_reaches_into_instances),
		cmocka_unit_test(the_later_statement_wins_in_the_place_of_the_first),
		cmocka_unit_test(one_value_under_two_names_is_refused),
		cmocka_unit_test(units_and_definitions_are_told),
		cmocka_unit_test(a_target_that_does_not_exist_is_told_with_its_place),
		cmocka_unit_test(a_study_of_nothing_is_refused),
		cmocka_unit_test(a_missing_parameter_counts_as_its_default),
		cmocka_unit_test(the_area_of_a_diode_counts_as_one),
		cmocka_unit_test(a_relative_tolerance_of_zero_is_refused),
		cmocka_unit_test(a_missing_nominal_value_is_refused),
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
		cmocka_unit_test(lines_have_their_places_in_the_files_they_come_from),
		cmocka_unit_test(lines_of_a_copy_have_them_too),
		cmocka_unit_test(no_memory_is_told),
	};

	return run_all_tests(tests);
}
