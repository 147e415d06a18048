/* SPDX-License-Identifier: BSD-3-Clause */
/* Corners with other sections of the libraries: a job for each. */
#include <stdio.h>
#include <string.h>

#include "study/study.h"
#include "support-circuit.h"
#include "support-folder.h"
#include "support-job.h"

static const char parts[] = ".lib tt\n.param r=1k spread=agauss(0,1,1)\n.endl\n"
			    ".lib ss\n.param r=2k spread=agauss(0,1,1)\n.endl\n"
			    ".lib ff\n.param r=500 spread=agauss(0,1,1)\n.endl\n"
			    ".lib flat\n.param r=1k spread=0\n.endl\n";
#define A_DECK                                                                          \
	"t\n.lib 'parts.lib' tt\nv1 a 0 1\nr1 a b {r*(1+spread/100)}\nr2 b 0 1k\n.op\n" \
	"*carom measure half final(v(b))\n*carom samples 10\n"

/* Each case stands in a folder of its own, with the library. */
static int enter_with_parts(void **state)
{
	int status = enter_folder(state);

	write_file("parts.lib", parts);
	return status;
}

static int make(struct job **job, const char *statements, enum carom_route route,
		struct carom_error *err)
{
	struct carom_circuit *circuit;
	struct carom_study *study;
	char text[1000];
	int status;

	snprintf(text, sizeof(text), "%s%s", A_DECK, statements);
	write_file("t.cir", text);
	carom_circuit_import_file(&circuit, "t.cir", NULL, err);
	assert_ok(err);
	study = carom_study_new(circuit, err);
	assert_ok(err);
	status = job_new(job, study, route, err);
	carom_study_free(study);
	carom_circuit_free(circuit);
	return status;
}

static struct job *make_ok(const char *statements)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;

	make(&job, statements, CAROM_ROUTE_AUTO, &err);
	assert_ok(&err);
	return job;
}

static void corners_of_one_section_share_a_job(void **state)
{
	struct job *job = make_ok("*carom corner t:\n*carom corner s: lib=ss\n"
				  "*carom corner f: lib=ff\n*carom corner hot: temp=100 lib=ss\n");

	(void)state;
	assert_int_equal(job->n_sections, 2);
	assert_true(job->corners[0].deck == 0 && job->corners[1].deck == 1 &&
		    job->corners[2].deck == 2 && job->corners[3].deck == 1);
	assert_true(job->sections[1]->corners[3].deck == 1 && job->sections[1]->deck == 2);
	assert_non_null(strstr(line_beginning(job->sections[0], ".param r=")->text, "r=2k"));
	assert_non_null(strstr(line_beginning(job->sections[1], ".param r=")->text, "r=500"));
	assert_non_null(strstr(line_beginning(job, ".param r=")->text, "r=1k"));
	assert_ptr_equal(job_of_sample(job, 25), job->sections[1]);
	assert_null(job->sections[0]->nominal);
	job_free(job);
}

/* Corners differ by what they are, not by chance. */
static void a_sample_draws_the_same_in_each(void **state)
{
	struct job *job = make_ok("*carom corner t:\n*carom corner s: lib=ss\n");
	double typical[8], slow[8];

	(void)state;
	job_draw(job, 3, typical);
	job_draw(job->sections[0], 13, slow);
	assert_int_equal(job->n_variables, 1);
	assert_same_bits(typical[0], slow[0]);
	assert_true(typical[0] != 0);
	job_free(job);
}

static void a_deviation_is_one_of_the_sections_value(void **state)
{
	struct job *job = make_ok("*carom corner t: r=10%\n*carom corner s: lib=ss r=10%\n");
	double values[8];

	(void)state;
	job_draw(job, 0, values);
	assert_same_bits(values[variable_called(job, "r") - job->variables],
			 1e3 * (1 + 10.0 / 100));
	job_draw(job->sections[0], 10, values);
	assert_same_bits(values[variable_called(job, "r") - job->variables],
			 2e3 * (1 + 10.0 / 100));
	assert_same_bits(job->corners[1].settings[0].value, 2e3 * (1 + 10.0 / 100));
	job_free(job);
}

/* Nothing is drawn, set or stepped. */
static void sections_alone_are_something_to_study(void **state)
{
	struct job *job;

	(void)state;
	write_file("parts.lib", ".lib tt\n.param r=1k spread=0\n.endl\n"
				".lib ss\n.param r=2k spread=0\n.endl\n");
	job = make_ok("*carom corner t:\n*carom corner s: lib=ss\n");
	assert_int_equal(job->n_variables, 0);
	assert_int_equal(job->n_samples, 2);
	job_free(job);
}

static void another_section_is_another_deck(void **state)
{
	struct job *one = make_ok("*carom corner s: lib=ss\n");
	struct job *other = make_ok("*carom corner s: lib=ff\n");

	(void)state;
	assert_string_not_equal(one->deck_hash, other->deck_hash);
	job_free(one);
	job_free(other);
}

static void assert_bad(const char *statements, enum carom_status status, const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;
	char text[1100];

	assert_int_equal(make(&job, statements, CAROM_ROUTE_AUTO, &err), status);
	assert_null(job);
	assert_string_equal(carom_error_format(&err, text, sizeof(text)), message);
}

static void what_is_wrong_with_a_section_is_said(void **state)
{
	(void)state;
	assert_bad("*carom corner s: lib=zz\n", CAROM_ERROR_NOT_FOUND,
		   "t.cir:2: corner s: section zz: \"parts.lib\" has no section \"zz\"");
	assert_bad("*carom corner s: lib:zz=ss\n", CAROM_ERROR_NOT_FOUND,
		   "t.cir: corner s: section zz=ss: no .lib card of the deck names section \"zz\"");
	assert_bad("*carom corner s: lib=flat\n", CAROM_ERROR_PARAMETER,
		   "t.cir:9: corner s: section flat: what varies is not the same as without: r1#1");
}

static int make_sections(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job *job;
	int status = job_new(&job, arg, CAROM_ROUTE_AUTO, &err);

	job_free(job);
	return status;
}

static void making_sections_survives_no_memory(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_study *study;

	(void)state;
	write_file("t.cir", A_DECK "*carom corner t: r=1%\n*carom corner s: lib=ss\n"
				   "*carom corner f: lib:tt=ff\n");
	carom_circuit_import_file(&circuit, "t.cir", NULL, &err);
	study = carom_study_new(circuit, &err);
	assert_ok(&err);
	assert_survives_no_memory(make_sections, study);
	carom_study_free(study);
	carom_circuit_free(circuit);
}

#define with_parts(function) \
	cmocka_unit_test_setup_teardown(function, enter_with_parts, leave_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		with_parts(corners_of_one_section_share_a_job),
		with_parts(a_sample_draws_the_same_in_each),
		with_parts(a_deviation_is_one_of_the_sections_value),
		with_parts(sections_alone_are_something_to_study),
		with_parts(another_section_is_another_deck),
		with_parts(what_is_wrong_with_a_section_is_said),
		with_parts(making_sections_survives_no_memory),
	};

	return run_all_tests(tests);
}
