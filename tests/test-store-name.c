/* SPDX-License-Identifier: BSD-3-Clause */
/* Which names an array of the store may have. */
#include <string.h>

#include "study/store-name.h"
#include "support.h"

static void names_of_parameters_and_measurements_can_be_arrays(void **state)
{
	static const char *const good[] = {"r1",    "q1:bf", "x1.m1:delvto",       "x.y",
					   "f-3db", "a b",   "Verst\xc3\xa4rkung", "~",
					   "0"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_null(store_name_problem(good[i]));
}

static void a_name_that_is_no_file_name_cannot(void **state)
{
	char name[257];

	(void)state;
	assert_string_equal(store_name_problem(""), "is empty");
	assert_string_equal(store_name_problem("."), "begins with a dot");
	assert_string_equal(store_name_problem(".zattrs"), "begins with a dot");
	assert_string_equal(store_name_problem("a/b"), "contains a slash");
	assert_string_equal(store_name_problem("a\nb"), "contains a control character");
	assert_string_equal(store_name_problem("a\x7f"), "contains a control character");
	assert_string_equal(store_name_problem("a\xff"), "is not UTF-8 text");
	memset(name, 'a', sizeof(name) - 1);
	name[256] = '\0';
	assert_string_equal(store_name_problem(name), "is longer than a file name may be");
	name[255] = '\0';
	assert_null(store_name_problem(name));
}

static void a_name_of_the_store_itself_cannot(void **state)
{
	static const char *const taken[] = {"status",  "seconds", "worker",
					    "message", "sample",  "STATUS"};

	(void)state;
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		assert_string_equal(store_name_problem(taken[i]),
				    "is a name that the store uses itself");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_parameters_and_measurements_can_be_arrays),
		cmocka_unit_test(a_name_that_is_no_file_name_cannot),
		cmocka_unit_test(a_name_of_the_store_itself_cannot),
	};

	return run_all_tests(tests);
}
