/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding and opening a library, and saying why it cannot be opened. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "ng-api.h"
#include "support-ng.h"

static const char *fake_path(void)
{
	const char *path = getenv("CAROM_FAKE_NGSPICE");

	assert_non_null(path);
	return path;
}

static void a_library_is_opened_by_its_path(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_api api;

	(void)state;
	assert_int_equal(ng_api_open(&api, fake_path(), &err), 0);
	assert_ok(&err);
	assert_non_null(api.init);
	assert_non_null(api.vec_info);
	assert_string_equal(api.cur_plot(), "const");
	assert_int_equal(access(api.path, R_OK), 0);
	assert_non_null(strstr(api.path, "fake-ngspice"));
	ng_api_close(&api);
	assert_null(api.handle);
	ng_api_close(&api);
}

static void the_environment_names_a_library(void **state)
{
	struct ng_api api;

	(void)state;
	setenv("CAROM_NGSPICE", fake_path(), 1);
	assert_int_equal(ng_api_open(&api, NULL, NULL), 0);
	assert_non_null(strstr(api.path, "fake-ngspice"));
	ng_api_close(&api);
	unsetenv("CAROM_NGSPICE");
}

static void a_named_library_that_is_missing_is_not_replaced_by_another(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_api api;

	(void)state;
	assert_int_equal(ng_api_open(&api, "/nonexistent/libngspice.so", &err),
			 CAROM_ERROR_LIBRARY);
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, "/nonexistent/libngspice.so");
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, "No such file");
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, "libngspice0");
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, "CAROM_NGSPICE");
	assert_null(api.handle);
}

static void a_library_that_is_not_ngspice_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_api api;

	(void)state;
	assert_int_equal(ng_api_open(&api, "libanl.so.1", &err), CAROM_ERROR_LIBRARY);
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, "libanl.so.1 has no ngSpice_Init");
	assert_null(api.handle);
}

static void a_library_that_is_in_use_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_api first, second;

	(void)state;
	assert_int_equal(ng_api_open(&first, fake_path(), NULL), 0);
	assert_int_equal(ng_api_open(&second, fake_path(), &err), CAROM_ERROR_LIBRARY);
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, "already in use");
	ng_api_close(&first);
	assert_int_equal(ng_api_open(&second, fake_path(), NULL), 0);
	ng_api_close(&second);
}

static void without_memory_the_error_still_comes(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_api api;

	(void)state;
	mem_fail_after(0);
	assert_int_equal(ng_api_open(&api, "/nonexistent/libngspice.so", &err),
			 CAROM_ERROR_LIBRARY);
	mem_fail_after(-1);
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, "libngspice cannot be opened");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_library_is_opened_by_its_path),
		cmocka_unit_test(the_environment_names_a_library),
		cmocka_unit_test(a_named_library_that_is_missing_is_not_replaced_by_another),
		cmocka_unit_test(a_library_that_is_not_ngspice_is_refused),
		cmocka_unit_test(a_library_that_is_in_use_is_refused),
		cmocka_unit_test(without_memory_the_error_still_comes),
	};

	return run_all_tests(tests);
}
