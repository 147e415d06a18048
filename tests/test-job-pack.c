/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the job's way through bytes. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "study/job.h"
#include "support.h"

static char *words[] = {(char *)"amp.cir", (char *)"models.lib"};
static struct job_line lines[] = {{(char *)"title", 0, 1},
				  {(char *)"r1 a 0 1k", 0, 2},
				  {(char *)".save v(a)", UINT32_MAX, 0},
				  {(char *)".end", 0, 9}};
static double table_values[] = {1, 2.5}, table_chances[] = {0.25, 1};
static struct distribution_table tables[] = {{NULL, NULL, 0}, {table_values, table_chances, 2}};
static struct job_variable variables[] = {
	{.name = (char *)"r1",
	 .unit = (char *)"ohm",
	 .draw = 0x0123456789abcdef,
	 .distribution =
		 {.kind = DISTRIBUTION_GAUSS, .is_relative = true, .spread = 0.01, .cut = 3},
	 .nominal = 1e3,
	 .is_varied = true,
	 .definition = (char *)"gauss 1%",
	 .target = (char *)"r1",
	 .slot_line = 1,
	 .slot_begin = 7,
	 .slot_length = 2,
	 .has_slot = true},
	{.name = (char *)"q1:bf",
	 .distribution = {.kind = DISTRIBUTION_DISCRETE, .table = &tables[1]},
	 .is_model = true}};
static struct job_copy copies[] = {{.variable = 0,
				    .target = (char *)"@q1[bf]",
				    .slot_line = 1,
				    .slot_begin = 3,
				    .slot_length = 1}};
static struct program_op ops[] = {{.code = PROGRAM_INPUT, .depends = ON_INPUT, .a = 1},
				  {.code = PROGRAM_CONSTANT, .number = 2.5},
				  {.code = PROGRAM_MULTIPLY, .depends = ON_INPUT, .a = 0, .b = 1}};
static struct job_value reached[] = {
	{.value = {2, 0}, .target = (char *)"@r1[resistance]"},
	{.value = {OPERAND_CONSTANT, 7}, .target = (char *)"@q1[is]", .is_model = true}};
/* The first variable itself. */
static struct program_op number[] = {{.code = PROGRAM_INPUT, .depends = ON_INPUT, .a = 0}};
/* Twice the first measurement. */
static struct program_op formula[] = {
	{.code = PROGRAM_INPUT, .depends = ON_INPUT, .a = 2},
	{.code = PROGRAM_CONSTANT, .number = 2},
	{.code = PROGRAM_MULTIPLY, .depends = ON_INPUT, .a = 0, .b = 1}};
static struct job_measure measures[] = {
	{.name = (char *)"top",
	 .plot = (char *)"tran",
	 .measure = {.reducer = MEASURE_MAX, .expressions = {(char *)"v(a)"}},
	 .argument_index = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}},
	{.name = (char *)"when",
	 .plot = (char *)"tran",
	 .measure = {.reducer = MEASURE_FIND,
		     .expressions = {(char *)"v(a)", (char *)"v(b)"},
		     .arguments = {{0, false, (char *)"top"},
				   {MEASURE_RISE, false, NULL},
				   {3, true, NULL}}},
	 .numbers[MEASURE_TO] = {number, 1, {0, 0}},
	 .argument_index = {0, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1},
	 .has_spec = true,
	 .lower = -1,
	 .upper = 2},
	{.name = (char *)"twice",
	 .is_formula = true,
	 .formula = {formula, 3, {2, 0}},
	 .argument_index = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1}}};

static struct job_setting settings[] = {{1, 50, false}};
static struct job_corner corners[] = {
	{.name = (char *)"slow", .settings = settings, .n_settings = 1}, {.name = (char *)"fast"}};
static uint32_t stepped[] = {0, 1};
static double step_values[] = {4, 5, 6};
static struct job_step steps[] = {{NULL, NULL, stepped, 2, step_values, 3},
				  {NULL, NULL, stepped, 1, step_values, 2}};

static struct job make_job(void)
{
	return (struct job){.files = words,
			    .n_files = 2,
			    .lines = lines,
			    .n_lines = 4,
			    .tables = tables,
			    .n_tables = 2,
			    .variables = variables,
			    .n_variables = 2,
			    .copies = copies,
			    .n_copies = 1,
			    .ops = ops,
			    .n_ops = 3,
			    .values = reached,
			    .n_values = 2,
			    .measures = measures,
			    .n_measures = 3,
			    .corners = corners,
			    .n_corners = 2,
			    .steps = steps,
			    .n_steps = 2,
			    .cells = {.n_draws = 1000, .n_corners = 2, .n_steps = 6},
			    .n_samples = 12000,
			    .seed = 42,
			    .sampler.kind = CAROM_SAMPLER_LHS,
			    .time_limit_s = 1.5,
			    .route = CAROM_ROUTE_RESET,
			    .hazard = (char *)"k1 couples inductors",
			    .deck_hash = (char *)"0011223344556677",
			    .title = (char *)"title",
			    .store = (char *)"/tmp/x.zarr",
			    .folder = (char *)"/tmp"};
}

static void pack(struct text *bytes)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job job = make_job();

	assert_int_equal(job_pack(&job, bytes, &err), 0);
	assert_ok(&err);
}

static void a_job_comes_back_as_it_was(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text bytes = TEXT_INIT;
	struct job *job;

	(void)state;
	pack(&bytes);
	assert_int_equal(job_unpack(&job, bytes.data, bytes.length, &err), 0);
	assert_ok(&err);
	assert_int_equal(job->n_lines, 4);
	assert_string_equal(job->lines[2].text, ".save v(a)");
	assert_int_equal(job->lines[2].file, UINT32_MAX);
	assert_string_equal(job->files[1], "models.lib");
	assert_string_equal(job->folder, "/tmp");
	assert_int_equal(job->sampler.kind, CAROM_SAMPLER_LHS);
	assert_true(job->sampler.n_samples == 1000 && job->sampler.seed == 42);
	assert_true(job->variables[0].draw == 0x0123456789abcdef);
	assert_same_bits(job->variables[0].distribution.spread, 0.01);
	assert_same_bits(job->variables[0].distribution.cut, 3);
	assert_null(job->variables[0].distribution.table);
	assert_ptr_equal(job->variables[1].distribution.table, &job->tables[1]);
	assert_int_equal(job->tables[0].n, 0);
	assert_int_equal(job->tables[1].n, 2);
	assert_same_bits(job->tables[1].values[1], 2.5);
	assert_same_bits(job->tables[1].chances[0], 0.25);
	assert_true(job->variables[0].is_varied && !job->variables[1].is_varied);
	assert_int_equal(job->n_corners, 2);
	assert_int_equal(job->corners[0].settings[0].variable, 1);
	assert_same_bits(job->corners[0].settings[0].value, 50);
	assert_int_equal(job->steps[0].variables[1], 1);
	assert_true(job->steps[1].n_values == 2 && job->steps[0].values[2] == 6);
	assert_true(job->cells.n_draws == 1000 && job->cells.n_steps == 6);
	assert_true(job->variables[0].has_slot);
	assert_null(job->variables[1].target);
	assert_true(job->variables[1].is_model);
	assert_int_equal(job->n_copies, 1);
	assert_string_equal(job->copies[0].target, "@q1[bf]");
	assert_int_equal(job->copies[0].slot_begin, 3);
	assert_int_equal(job->n_ops, 3);
	assert_int_equal(job->ops[0].a, 1);
	assert_int_equal(job->ops[2].code, PROGRAM_MULTIPLY);
	assert_int_equal(job->ops[2].depends, ON_INPUT);
	assert_same_bits(job->ops[1].number, 2.5);
	assert_int_equal(job->n_values, 2);
	assert_int_equal(job->values[0].value.op, 2);
	assert_string_equal(job->values[1].target, "@q1[is]");
	assert_true(job->values[1].is_model);
	assert_same_bits(job->values[1].value.number, 7);
	assert_string_equal(job->measures[1].measure.arguments[0].name, "top");
	assert_string_equal(job->measures[1].measure.expressions[1], "v(b)");
	assert_true(job->measures[1].measure.arguments[2].is_percent);
	assert_same_bits(job->measures[1].measure.arguments[2].number, 3);
	assert_int_equal(job->measures[1].argument_index[0], 0);
	assert_true(job->measures[2].is_formula);
	assert_int_equal(job->measures[2].formula.n_ops, 3);
	assert_int_equal(job->measures[2].formula.ops[0].a, 2);
	assert_int_equal(job->measures[2].formula.value.op, 2);
	assert_int_equal(job->measures[1].numbers[MEASURE_TO].n_ops, 1);
	assert_int_equal(job->measures[1].numbers[MEASURE_FROM].n_ops, 0);
	assert_same_bits(job->measures[1].upper, 2);
	assert_int_equal(job->route, CAROM_ROUTE_RESET);
	assert_string_equal(job->hazard, "k1 couples inductors");
	assert_null(job->library);
	job_free(job);
	text_release(&bytes);
}

static void a_job_cut_short_anywhere_is_refused(void **state)
{
	struct text bytes = TEXT_INIT;
	struct job *job;

	(void)state;
	pack(&bytes);
	for (size_t length = 0; length < bytes.length; length++) {
		struct carom_error err = CAROM_ERROR_INIT;
		char *cut = mem_alloc(length); /* of that size, so that a sanitizer sees */

		memcpy(cut, bytes.data, length);
		assert_int_equal(job_unpack(&job, cut, length, &err), CAROM_ERROR_FORMAT);
		assert_null(job);
		mem_free(cut);
	}
	text_release(&bytes);
}

/* Whatever the bytes are: an error or a job that can be used, never a fault. */
static void a_damaged_job_does_no_harm(void **state)
{
	struct text bytes = TEXT_INIT;
	double values[2];

	(void)state;
	pack(&bytes);
	for (int round = 0; round < 20000; round++) {
		struct carom_error err = CAROM_ERROR_INIT;
		size_t at = random_bits() % bytes.length;
		char saved = bytes.data[at];
		struct job *job;

		bytes.data[at] = (char)random_bits();
		if (job_unpack(&job, bytes.data, bytes.length, &err) == 0 && job->n_variables == 2)
			job_draw(job, 7, values);
		job_free(job);
		bytes.data[at] = saved;
	}
	text_release(&bytes);
}

/* Corner 1 has the section. */
static void pack_with_section(struct text *bytes, struct job *section, uint32_t deck)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct job job = make_job(), *sections[] = {section};
	struct job_corner in_job[2] = {job.corners[0], job.corners[1]};
	struct job_corner in_section[2] = {job.corners[0], job.corners[1]};

	in_job[1].deck = in_section[1].deck = deck;
	job.corners = in_job;
	section->corners = in_section;
	job.sections = sections;
	job.n_sections = 1;
	assert_int_equal(job_pack(&job, bytes, &err), 0);
	section->corners = NULL;
}

static void a_section_comes_back_with_its_corners(void **state)
{
	struct job section = make_job(), *job;
	struct carom_error err = CAROM_ERROR_INIT;
	struct text bytes = TEXT_INIT;
	uint64_t n_of_corner;

	(void)state;
	section.deck = 1;
	section.title = (char *)"of the section";
	pack_with_section(&bytes, &section, 1);
	assert_int_equal(job_unpack(&job, bytes.data, bytes.length, &err), 0);
	assert_ok(&err);
	assert_int_equal(job->n_sections, 1);
	assert_string_equal(job->sections[0]->title, "of the section");
	n_of_corner = job->cells.n_draws * job->cells.n_steps;
	assert_true(job_owns(job, n_of_corner - 1) && !job_owns(job, n_of_corner));
	assert_true(job_owns(job->sections[0], n_of_corner) && !job_owns(job->sections[0], 0));
	assert_true(job_first_own(job) == 0 && job_first_own(job->sections[0]) == n_of_corner);
	assert_true(job_owns(job, CAROM_SAMPLE_NOMINAL) &&
		    !job_owns(job->sections[0], CAROM_SAMPLE_NOMINAL));
	assert_ptr_equal(job_of_sample(job, CAROM_SAMPLE_NOMINAL), job);
	assert_ptr_equal(job_of_sample(job, 0), job);
	assert_ptr_equal(job_of_sample(job, n_of_corner), job->sections[0]);
	for (uint64_t k = 0; k < n_of_corner; k += 999) {
		double here[2], there[2];

		job_draw(job, k, here);
		job_draw(job->sections[0], k, there);
		assert_memory_equal(here, there, sizeof(here));
	}
	job_free(job);
	text_release(&bytes);
}

static void a_section_that_does_not_go_with_the_job_is_refused(void **state)
{
	(void)state;
	for (int wrong = 0; wrong < 5; wrong++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct text bytes = TEXT_INIT;
		struct job section = make_job(), *job;

		section.deck = wrong == 0 ? 0 : 1;
		section.n_variables -= wrong == 1;
		section.n_measures -= wrong == 2;
		section.n_lines = wrong == 3 ? 1 : section.n_lines;
		pack_with_section(&bytes, &section, wrong == 4 ? 2 : 1);
		assert_int_equal(job_unpack(&job, bytes.data, bytes.length, &err),
				 CAROM_ERROR_FORMAT);
		assert_null(job);
		text_release(&bytes);
	}
}

static void a_slot_beyond_its_line_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text bytes = TEXT_INIT;
	struct job *unpacked, job = make_job();

	(void)state;
	variables[0].slot_length = 3;
	assert_int_equal(job_pack(&job, &bytes, &err), 0);
	variables[0].slot_length = 2;
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), CAROM_ERROR_FORMAT);
	text_release(&bytes);
}

/* Two variables, and one measurement before it. */
static void a_number_of_what_is_measured_later_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text bytes = TEXT_INIT;
	struct job *unpacked, job = make_job();

	(void)state;
	number[0].a = 3;
	assert_int_equal(job_pack(&job, &bytes, &err), 0);
	number[0].a = 0;
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), CAROM_ERROR_FORMAT);
	text_release(&bytes);
}

static void a_copy_of_no_variable_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text bytes = TEXT_INIT;
	struct job *unpacked, job = make_job();

	(void)state;
	copies[0].variable = 2;
	assert_int_equal(job_pack(&job, &bytes, &err), 0);
	copies[0].variable = 0;
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), CAROM_ERROR_FORMAT);
	text_release(&bytes);
}

static void a_distribution_without_its_table_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text bytes = TEXT_INIT;
	struct job *unpacked, job = make_job();

	(void)state;
	variables[1].distribution.table = &tables[0];
	assert_int_equal(job_pack(&job, &bytes, &err), 0);
	variables[1].distribution.table = &tables[1];
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), CAROM_ERROR_FORMAT);
	text_release(&bytes);
}

/* Unpacking what was changed at *place is refused. */
static void assert_refused_with(uint32_t *place, uint32_t wrong)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct text bytes = TEXT_INIT;
	struct job *unpacked, job = make_job();
	uint32_t right = *place;

	*place = wrong;
	assert_int_equal(job_pack(&job, &bytes, &err), 0);
	*place = right;
	assert_int_equal(job_unpack(&unpacked, bytes.data, bytes.length, &err), CAROM_ERROR_FORMAT);
	text_release(&bytes);
}

static void what_reaches_out_is_refused(void **state)
{
	(void)state;
	assert_refused_with(&ops[0].a, 2);
	assert_refused_with(&ops[2].a, 2);
	assert_refused_with(&reached[0].value.op, 3);
	assert_refused_with(&formula[0].a, 4);
	assert_refused_with(&settings[0].variable, 2);
	assert_refused_with(&stepped[1], 2);
	assert_refused_with(&measures[2].formula.value.op, 3);
}

static void no_memory_is_told(void **state)
{
	struct text bytes = TEXT_INIT;
	int status = -1;

	(void)state;
	pack(&bytes);
	for (int64_t n = 0; status != 0; n++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct job *job;

		mem_fail_after(n);
		status = job_unpack(&job, bytes.data, bytes.length, &err);
		mem_fail_after(-1);
		assert_true(status == 0 || (status < 0 && job == NULL));
		job_free(job);
		assert_true(n < 1000);
	}
	text_release(&bytes);
}

static void a_sample_is_a_function_of_its_number(void **state)
{
	struct job job = make_job();
	double a[2], b[2], c[2];

	(void)state;
	assert_int_equal(job_prepare_draws(&job, NULL), 0);
	job_draw(&job, 5, a);
	job_draw(&job, 6, b);
	job_draw(&job, 5, c);
	assert_memory_equal(a, c, sizeof(a));
	assert_true(a[0] != b[0]);
	job.seed++;
	assert_int_equal(job_prepare_draws(&job, NULL), 0);
	job_draw(&job, 5, b);
	assert_true(a[0] != b[0]);
	mem_free(job.draws);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_job_comes_back_as_it_was),
		cmocka_unit_test(a_job_cut_short_anywhere_is_refused),
		cmocka_unit_test(a_damaged_job_does_no_harm),
		cmocka_unit_test(a_section_comes_back_with_its_corners),
		cmocka_unit_test(a_section_that_does_not_go_with_the_job_is_refused),
		cmocka_unit_test(a_slot_beyond_its_line_is_refused),
		cmocka_unit_test(a_number_of_what_is_measured_later_is_refused),
		cmocka_unit_test(a_copy_of_no_variable_is_refused),
		cmocka_unit_test(a_distribution_without_its_table_is_refused),
		cmocka_unit_test(what_reaches_out_is_refused),
		cmocka_unit_test(no_memory_is_told),
		cmocka_unit_test(a_sample_is_a_function_of_its_number),
	};

	return run_all_tests(tests);
}
