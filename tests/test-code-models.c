/* SPDX-License-Identifier: BSD-3-Clause */
/* Which circuits may need code models: by the letters of their elements. */
#include "study/code-models.h"

#include <string.h>

#include "support.h"

static bool is_needed_by(const char *card)
{
	char title[] = "a title", first[] = "v1 in 0 1", last[] = ".end", text[64];
	struct job_line lines[] = {
		{.text = title}, {.text = first}, {.text = text}, {.text = last}};
	struct job job = {.lines = lines, .n_lines = 4};

	assert_true(strlen(card) < sizeof(text));
	strcpy(text, card);
	return code_models_are_needed(&job);
}

static void a_circuit_of_common_elements_needs_none(void **state)
{
	static const char *const cards[] = {"r1 in out 1k",         "C1 out 0 1n",
					    "l1 in out 1m",         "d1 in out dm",
					    "q1 c b e qm",          "j1 d g s jm",
					    "m1 d g s b mm",        "x1 in out amp",
					    "b1 out 0 v=v(in)*2",   "k1 l1 l2 1",
					    "t1 a 0 b 0 z0=50",     "i1 in 0 1",
					    ".model gm d(is=1f)",   "* a comment",
					    ".param a=1",           "+ a=2",
					    "s1 in out c 0 switch", "",
					    "w1 in out v1 current"};

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++)
		if (is_needed_by(cards[i]))
			fail_msg("\"%s\" needs code models", cards[i]);
}

static void what_may_be_one_or_become_one_needs_them(void **state)
{
	static const char *const cards[] = {
		"a1 in out gain",       "A1 in out gain", " \ta1 in out gain",   "e1 out 0 in 0 2",
		"E1 out 0 poly(1) 1 0", "f1 out 0 v1 2",  "g1 out 0 in 0 1m",    "h1 out 0 v1 2",
		"n1 in out osdi",       "u1 inv in out",  "  U1 inv(1) in out d"};

	(void)state;
	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++)
		if (!is_needed_by(cards[i]))
			fail_msg("\"%s\" needs no code models", cards[i]);
}

static void commands_may_do_anything(void **state)
{
	char title[] = "title", last[] = ".end";
	struct job_line lines[] = {{.text = title}, {.text = last}};
	struct job job = {.lines = lines, .n_lines = 2};

	(void)state;
	assert_false(code_models_are_needed(&job));
	job.is_trusted = true;
	assert_true(code_models_are_needed(&job));
}

static void they_are_left_out_if_that_is_said(void **state)
{
	(void)state;
	assert_false(code_models_are_left_out());
	code_models_leave_out(true);
	assert_true(code_models_are_left_out());
	code_models_leave_out(false);
	assert_false(code_models_are_left_out());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_circuit_of_common_elements_needs_none),
		cmocka_unit_test(what_may_be_one_or_become_one_needs_them),
		cmocka_unit_test(commands_may_do_anything),
		cmocka_unit_test(they_are_left_out_if_that_is_said),
	};

	return run_all_tests(tests);
}
