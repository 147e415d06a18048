/* SPDX-License-Identifier: BSD-3-Clause */
/* The statement importance: what it says, and what is wrong with it. */
#include "base/mem.h"
#include "study/statement.h"
#include "support-circuit.h"
#include "support.h"

static int parse(struct study_importance *importance, const char *text, struct carom_error *err)
{
	const struct phrase phrase = {text, "t.cir", 3, 19};

	return study_importance_parse(importance, &phrase, err);
}

static void assert_said(const char *text, const char *name, enum study_side side)
{
	struct study_importance importance = {0};

	assert_int_equal(parse(&importance, text, NULL), 0);
	assert_string_equal(importance.name, name);
	assert_int_equal(importance.side, side);
	assert_string_equal(importance.place.source, "t.cir");
	study_importance_release(&importance);
}

static void a_spec_is_named_and_a_side_of_it(void **state)
{
	(void)state;
	assert_said("gain", "gain", SIDE_ONLY);
	assert_said(" gain  lower ", "gain", SIDE_LOWER);
	assert_said("gain UPPER", "gain", SIDE_UPPER);
}

static void what_is_said_later_counts(void **state)
{
	struct study_importance importance = {0};

	(void)state;
	assert_int_equal(parse(&importance, "gain lower", NULL), 0);
	assert_int_equal(parse(&importance, "offset", NULL), 0);
	assert_string_equal(importance.name, "offset");
	assert_int_equal(importance.side, SIDE_ONLY);
	assert_int_equal(parse(&importance, "never", NULL), 0);
	assert_null(importance.name);
	study_importance_release(&importance);
}

static void assert_wrong(const char *text, int column, const char *message)
{
	struct study_importance importance = {0};
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(parse(&importance, "gain lower", NULL), 0);
	assert_int_equal(parse(&importance, text, &err), CAROM_ERROR_SYNTAX);
	assert_error_says(&err, message);
	assert_int_equal(err.column, column);
	assert_string_equal(importance.name, "gain");
	study_importance_release(&importance);
}

static void what_is_wrong_changes_nothing(void **state)
{
	(void)state;
	assert_wrong("", 19, "whose failures?\nname a measurement that has a spec");
	assert_wrong("gain left", 24, "\"left\" is no side of a spec\nsay lower or upper");
	assert_wrong("gain lower 3", 30, "unexpected \"3\"");
	assert_wrong("never ever", 25, "\"ever\" is no side of a spec\nsay lower or upper");
}

static int attempt(void *arg)
{
	struct study_importance importance = {0};
	int status = parse(&importance, "gain lower", arg);

	study_importance_release(&importance);
	return status;
}

static void no_memory_is_told_and_leaks_nothing(void **state)
{
	(void)state;
	assert_survives_no_memory(attempt, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_spec_is_named_and_a_side_of_it),
		cmocka_unit_test(what_is_said_later_counts),
		cmocka_unit_test(what_is_wrong_changes_nothing),
		cmocka_unit_test(no_memory_is_told_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
