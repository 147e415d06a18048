/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the list of reducers for hosts. */
#include <string.h>

#include "base/mem.h"
#include "carom-study.h"
#include "sim/measure.h"
#include "support.h"

static void each_reducer_is_told_whole(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_reducer reducer;
	(void)state;

	assert_int_equal(carom_reducer_count(), MEASURE_N_REDUCERS);
	for (size_t i = 0; i < carom_reducer_count(); i++) {
		assert_int_equal(carom_reducer(i, &reducer, &err), 0);
		assert_ok(&err);
		assert_string_equal(reducer.name, measure_reducer_name((enum measure_reducer)i));
		assert_memory_equal(reducer.usage, reducer.name, strlen(reducer.name));
		assert_int_equal(reducer.usage[strlen(reducer.usage) - 1], ')');
		assert_non_null(strstr(reducer.example, reducer.name));
		assert_true(strlen(reducer.help) > 0);
	}
}

static void fallbacks_show_in_the_usage(void **state)
{
	struct carom_reducer reducer;
	(void)state;

	assert_int_equal(carom_reducer(MEASURE_CROSS, &reducer, NULL), 0);
	assert_string_equal(reducer.usage, "cross(y, level, edge=either, n=1)");
	assert_int_equal(carom_reducer(MEASURE_OVERSHOOT, &reducer, NULL), 0);
	assert_string_equal(reducer.usage, "overshoot(y, initial=, final=)");
}

static void one_beyond_the_last_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_reducer reducer;
	(void)state;

	assert_int_equal(carom_reducer(carom_reducer_count(), &reducer, &err),
			 CAROM_ERROR_NOT_FOUND);
	assert_string_equal(err.text, "there is no reducer number 27");
}

static void a_lack_of_memory_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_reducer reducer;
	(void)state;

	mem_fail_after(0);
	assert_int_equal(carom_reducer(0, &reducer, &err), CAROM_ERROR_MEMORY);
	mem_fail_after(-1);
	assert_int_equal(err.status, CAROM_ERROR_MEMORY);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_reducer_is_told_whole),
		cmocka_unit_test(fallbacks_show_in_the_usage),
		cmocka_unit_test(one_beyond_the_last_is_refused),
		cmocka_unit_test(a_lack_of_memory_is_told),
	};

	return run_all_tests(tests);
}
