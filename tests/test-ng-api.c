/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding and opening a library, and saying why it cannot be opened. */
#include <stdio.h>
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

static void write_bytes(const char *path, const char *bytes, size_t size)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, size, file), size);
	assert_int_equal(fclose(file), 0);
}

static void assert_cannot_be_opened(const char *path, const char *words)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_api api;

	assert_int_equal(ng_api_open(&api, path, &err), CAROM_ERROR_LIBRARY);
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, words);
	assert_ng_error(&err, CAROM_ERROR_LIBRARY, path);
	assert_string_equal(err.hint, "install it (Debian: libngspice0) or set CAROM_NGSPICE to "
				      "its path");
	assert_null(api.handle);
}

static void a_file_that_is_no_library_is_refused_with_the_loaders_words(void **state)
{
	/* An ELF header of 32 bits, of a library for the i386. */
	static const char elf32[100] = "\177ELF\001\001\001\0\0\0\0\0\0\0\0\0\003\0\003\0\001";
	char folder[] = "/tmp/carom-test-XXXXXX", path[64];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/libngspice.so", folder);
	assert_cannot_be_opened(path, "No such file");
	write_bytes(path,
		    "this is a text, longer than an ELF header would be, and not one at all\n", 71);
	assert_cannot_be_opened(path, "libngspice.so");
	write_bytes(path, "", 0);
	assert_cannot_be_opened(path, "file too short");
	write_bytes(path, elf32, sizeof(elf32));
	assert_cannot_be_opened(path, "wrong ELF class");
	assert_int_equal(unlink(path), 0);
	assert_cannot_be_opened(folder, "cannot read file data");
	assert_int_equal(rmdir(folder), 0);
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
		cmocka_unit_test(a_file_that_is_no_library_is_refused_with_the_loaders_words),
		cmocka_unit_test(a_library_that_is_in_use_is_refused),
		cmocka_unit_test(without_memory_the_error_still_comes),
	};

	return run_all_tests(tests);
}
