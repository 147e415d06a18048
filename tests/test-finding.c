/* SPDX-License-Identifier: BSD-3-Clause */
/* The list of findings. */
#include <string.h>

#include "base/mem.h"
#include "circuit/finding.h"
#include "support.h"

static void findings_are_kept_in_order(void **state)
{
	struct carom_findings *list = findings_new();
	struct carom_finding item;

	(void)state;
	assert_int_equal(finding_add(list, "some-id", CAROM_SEVERITY_NOTE, CAROM_ERROR_TRUST,
				     "a.cir", 3, "first %d", 1),
			 0);
	assert_int_equal(finding_add(list, "some-id", CAROM_SEVERITY_ERROR, CAROM_ERROR_MODEL, NULL,
				     0, "%s", "second"),
			 0);
	assert_int_equal(carom_findings_count(list), 2);
	item = carom_findings_get(list, 0);
	assert_string_equal(item.id, "some-id");
	assert_int_equal(item.severity, CAROM_SEVERITY_NOTE);
	assert_int_equal(item.status, CAROM_ERROR_TRUST);
	assert_string_equal(item.source, "a.cir");
	assert_int_equal(item.line, 3);
	assert_string_equal(item.text, "first 1");
	item = carom_findings_get(list, 1);
	assert_int_equal(item.severity, CAROM_SEVERITY_ERROR);
	assert_string_equal(item.source, "");
	assert_string_equal(item.text, "second");
	carom_findings_free(list);
}

static void strings_stay_where_they_are_while_the_list_grows(void **state)
{
	struct carom_findings *list = findings_new();
	const char *first;

	(void)state;
	finding_add(list, "some-id", CAROM_SEVERITY_NOTE, CAROM_OK, "f", 1, "the first");
	first = carom_findings_get(list, 0).text;
	for (int i = 0; i < 1000; i++)
		finding_add(list, "some-id", CAROM_SEVERITY_NOTE, CAROM_OK, "f", i, "another");
	assert_ptr_equal(carom_findings_get(list, 0).text, first);
	assert_string_equal(first, "the first");
	carom_findings_free(list);
}

static void a_text_without_end_is_cut(void **state)
{
	struct carom_findings *list = findings_new();
	char longer[5000];

	(void)state;
	memset(longer, 'x', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	assert_int_equal(
		finding_add(list, "some-id", CAROM_SEVERITY_NOTE, CAROM_OK, "f", 1, "%s", longer),
		0);
	assert_int_equal(strlen(carom_findings_get(list, 0).text), 759);
	carom_findings_free(list);
}

static void no_list_is_an_empty_list(void **state)
{
	(void)state;
	assert_int_equal(carom_findings_count(NULL), 0);
	assert_string_equal(carom_findings_get(NULL, 0).text, "");
	carom_findings_free(NULL);
}

static void an_index_behind_the_end_gives_empty_strings(void **state)
{
	struct carom_findings *list = findings_new();

	(void)state;
	assert_string_equal(carom_findings_get(list, 0).text, "");
	assert_string_equal(carom_findings_get(list, 0).source, "");
	carom_findings_free(list);
}

static void no_memory_leaves_the_list_as_it_was(void **state)
{
	struct carom_findings *list = findings_new();

	(void)state;
	for (int n = 0; n < 2; n++) {
		mem_fail_after(n);
		assert_int_equal(
			finding_add(list, "some-id", CAROM_SEVERITY_NOTE, CAROM_OK, "f", 1, "text"),
			CAROM_ERROR_MEMORY);
		mem_fail_after(-1);
		assert_int_equal(carom_findings_count(list), 0);
	}
	assert_int_equal(
		finding_add(list, "some-id", CAROM_SEVERITY_NOTE, CAROM_OK, "f", 1, "text"), 0);
	carom_findings_free(list);
	mem_fail_after(0);
	assert_null(findings_new());
	mem_fail_after(-1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_are_kept_in_order),
		cmocka_unit_test(strings_stay_where_they_are_while_the_list_grows),
		cmocka_unit_test(a_text_without_end_is_cut),
		cmocka_unit_test(no_list_is_an_empty_list),
		cmocka_unit_test(an_index_behind_the_end_gives_empty_strings),
		cmocka_unit_test(no_memory_leaves_the_list_as_it_was),
	};

	return run_all_tests(tests);
}
