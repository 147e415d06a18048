/* SPDX-License-Identifier: BSD-3-Clause */
/* The page as it is written. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "report/embedded.h"
#include "study/folder.h"
#include "support-report.h"

static char *page_path(const struct store_fixture *fixture)
{
	static char path[160];

	snprintf(path, sizeof(path), "%s/page.html", fixture->folder);
	return path;
}

/* The page of a store of 20 samples, to be freed. */
static char *written(struct store_fixture *fixture)
{
	struct carom_store *store = report_store(fixture, 20, normal_row);
	struct text page = TEXT_INIT;

	carom_report_write(store, NULL, page_path(fixture), &fixture->err);
	assert_ok(&fixture->err);
	carom_store_close(store);
	assert_int_equal(folder_read_file(AT_FDCWD, page_path(fixture), &page, &fixture->err), 0);
	return text_take(&page);
}

static size_t count_of(const char *page, const char *part)
{
	size_t n = 0;

	for (; (page = strstr(page, part)); page += strlen(part))
		n++;
	return n;
}

/* What is in the script element of that id, to be freed. */
static char *json_of(const char *page, const char *id)
{
	const char *start = strstr(page, id);
	const char *end;

	assert_non_null(start);
	start = strchr(start, '>') + 1;
	end = strstr(start, "</script>");
	assert_non_null(end);
	return strndup(start, (size_t)(end - start));
}

/* Nothing in it could be taken for markup. */
static json_t *parsed(const char *page, const char *id)
{
	char *text = json_of(page, id);
	json_t *value = json_loads(text, 0, NULL);

	assert_null(strpbrk(text, "<>&"));
	assert_non_null(value);
	free(text);
	return value;
}

static void a_page_is_whole(void **state)
{
	char *page = written(*state);

	assert_int_equal(strncmp(page, "<!DOCTYPE html>", 15), 0);
	assert_non_null(strstr(page, "</html>"));
	assert_int_equal(count_of(page, "</script>"), 4);
	assert_int_equal(count_of(page, "</style>"), 1);
	assert_non_null(strstr(page, "Released under the MIT License"));
	for (const char *mark = page; (mark = strchr(mark, '@')); mark++)
		assert_int_not_equal(strncmp(mark, "@data@", 6), 0);
	mem_free(page);
}

static void a_page_asks_for_nothing(void **state)
{
	char *page = written(*state);

	assert_non_null(strstr(page, "default-src 'none'"));
	assert_int_equal(count_of(page, " src="), 0);
	assert_int_equal(count_of(page, "@import"), 0);
	assert_int_equal(count_of(page, "url("), 0);
	mem_free(page);
}

static void data_are_json_that_reads_back(void **state)
{
	char *page = written(*state);
	json_t *data = parsed(page, "\"data\"");
	json_t *manifest = parsed(page, "\"manifest\"");

	assert_double_equal(number_at(data, "samples"), 20, 0, 0);
	assert_string_equal(json_string_value(json_object_get(manifest, "title")), "an amplifier");
	json_decref(data);
	json_decref(manifest);
	mem_free(page);
}

static void what_looks_like_markup_is_text(void **state)
{
	static char title[] = "</script><!--<script>alert('x\"&amp;')\xe9 \xc3\xa9";
	static char name[] = "<b>\"gain\"&'\xc2\xb5'";
	struct store_fixture *fixture = *state;
	char *page;
	json_t *data, *manifest;
	const json_t *first;

	fixture->job.title = title;
	fixture->measures[0].name = name;
	fixture->measures[0].definition = title;
	page = written(fixture);
	data = parsed(page, "\"data\"");
	manifest = parsed(page, "\"manifest\"");
	first = json_array_get(json_object_get(data, "measurements"), 0);
	assert_int_equal(count_of(page, "</script>"), 4);
	assert_string_equal(json_string_value(json_object_get(first, "name")), name);
	assert_string_equal(json_string_value(json_object_get(manifest, "title")),
			    "</script><!--<script>alert('x\"&amp;')\xc3\xa9 \xc3\xa9");
	json_decref(data);
	json_decref(manifest);
	mem_free(page);
}

/* Nothing of these may end the element that they are in. */
static void embedded_files_stay_in_their_elements(void **state)
{
	const struct report_file *scripts[] = {&report_library,    &report_number_js,
					       &report_element_js, &report_chart_js,
					       &report_plots_js,   &report_page_js};

	(void)state;
	for (size_t i = 0; i < sizeof(scripts) / sizeof(scripts[0]); i++) {
		assert_true(scripts[i]->size > 0);
		assert_int_equal(strlen((const char *)scripts[i]->data), scripts[i]->size);
		assert_int_equal(count_of((const char *)scripts[i]->data, "</script"), 0);
		assert_int_equal(count_of((const char *)scripts[i]->data, "<!--"), 0);
	}
	assert_int_equal(count_of((const char *)report_page_css.data, "</style"), 0);
}

static void a_file_that_cannot_be_written_is_named(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = report_store(fixture, 3, normal_row);

	assert_int_equal(carom_report_write(store, NULL, "/nosuch/page.html", &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_error_says(&fixture->err, "/nosuch/page.html: No such file or directory");
	fixture->err = (struct carom_error)CAROM_ERROR_INIT;
	assert_int_equal(carom_report_write(store, NULL, "/dev/full", &fixture->err),
			 CAROM_ERROR_SYSTEM);
	assert_error_says(&fixture->err, "/dev/full: cannot be written: No space left on device");
	carom_store_close(store);
}

static void a_wrong_confidence_leaves_no_file(void **state)
{
	const struct carom_statistics_options options = {.size = sizeof(options), .confidence = 2};
	struct store_fixture *fixture = *state;
	struct carom_store *store = report_store(fixture, 3, normal_row);

	assert_int_equal(carom_report_write(store, &options, page_path(fixture), &fixture->err),
			 CAROM_ERROR_ARGUMENT);
	assert_int_equal(access(page_path(fixture), F_OK), -1);
	carom_store_close(store);
}

static void no_memory_for_the_page_is_an_error(void **state)
{
	struct store_fixture *fixture = *state;
	struct carom_store *store = report_store(fixture, 3, normal_row);
	int status = CAROM_ERROR_MEMORY;
	int64_t n;

	for (n = 0; status != 0; n++) {
		struct carom_error err = CAROM_ERROR_INIT;

		mem_fail_after(n);
		status = carom_report_write(store, NULL, page_path(fixture), &err);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		assert_int_equal(access(page_path(fixture), F_OK), status ? -1 : 0);
	}
	assert_true(n > 20);
	carom_store_close(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(a_page_is_whole),
		STORE_CASE(a_page_asks_for_nothing),
		STORE_CASE(data_are_json_that_reads_back),
		STORE_CASE(what_looks_like_markup_is_text),
		cmocka_unit_test(embedded_files_stay_in_their_elements),
		STORE_CASE(a_file_that_cannot_be_written_is_named),
		STORE_CASE(a_wrong_confidence_leaves_no_file),
		STORE_CASE(no_memory_for_the_page_is_an_error),
	};

	return run_all_tests(tests);
}
