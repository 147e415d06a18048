/* SPDX-License-Identifier: BSD-3-Clause */
/* Finding carom-worker: named by the caller, by the environment, or near the running program. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "sim/worker-path.h"
#include "support.h"

#define NOWHERE "/nonexistent" /* where none is installed */

/* A prefix with bin/ and libexec/carom/, and nothing in them. */
struct tree {
	char prefix[64];
	char bin[96];
	char path[256];
	struct carom_error err;
};

static void make_folder(const struct tree *tree, const char *name)
{
	char path[128];

	snprintf(path, sizeof(path), "%s/%s", tree->prefix, name);
	assert_int_equal(mkdir(path, 0777), 0);
}

static void make_file(const struct tree *tree, const char *name, mode_t mode)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", tree->prefix, name);
	fd = open(path, O_CREAT | O_WRONLY | O_EXCL, mode);
	assert_true(fd >= 0);
	close(fd);
}

static int set_up(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));

	tree->err = (struct carom_error)CAROM_ERROR_INIT;
	strcpy(tree->prefix, "/tmp/carom-test-XXXXXX");
	assert_non_null(mkdtemp(tree->prefix));
	snprintf(tree->bin, sizeof(tree->bin), "%s/bin", tree->prefix);
	make_folder(tree, "bin");
	make_folder(tree, "libexec");
	make_folder(tree, "libexec/carom");
	unsetenv("CAROM_WORKER");
	*state = tree;
	return 0;
}

static int tear_down(void **state)
{
	static const char *const names[] = {"libexec/carom/carom-worker",
					    "bin/carom-worker",
					    "carom-worker",
					    "libexec/carom",
					    "libexec",
					    "bin",
					    ""};
	struct tree *tree = *state;
	char path[128];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", tree->prefix, names[i]);
		remove(path);
	}
	free(tree);
	return 0;
}

static int find_near(struct tree *tree)
{
	const char *folder = tree->bin;

	return worker_find_near(tree->path, sizeof(tree->path), &folder, 1, NOWHERE, &tree->err);
}

static void assert_found(const struct tree *tree, const char *name)
{
	char expected[128];

	snprintf(expected, sizeof(expected), "%s/%s", tree->bin, name);
	assert_string_equal(tree->path, expected);
	assert_int_equal(tree->err.status, CAROM_OK);
}

static void the_one_below_the_prefix_of_the_program_comes_first(void **state)
{
	struct tree *tree = *state;

	make_file(tree, "libexec/carom/carom-worker", 0755);
	make_file(tree, "bin/carom-worker", 0755);
	make_file(tree, "carom-worker", 0755);
	assert_int_equal(find_near(tree), 0);
	assert_found(tree, "../libexec/carom/carom-worker");
}

static void the_one_beside_the_program_comes_next(void **state)
{
	struct tree *tree = *state;

	make_file(tree, "bin/carom-worker", 0755);
	make_file(tree, "carom-worker", 0755);
	assert_int_equal(find_near(tree), 0);
	assert_found(tree, "carom-worker");
}

static void a_program_in_a_folder_of_the_build_tree_finds_the_one_above(void **state)
{
	struct tree *tree = *state;

	make_file(tree, "carom-worker", 0755);
	assert_int_equal(find_near(tree), 0);
	assert_found(tree, "../carom-worker");
}

static void a_file_that_cannot_be_run_is_passed_over(void **state)
{
	struct tree *tree = *state;

	make_file(tree, "bin/carom-worker", 0644);
	make_file(tree, "carom-worker", 0755);
	assert_int_equal(find_near(tree), 0);
	assert_found(tree, "../carom-worker");
}

static void a_path_that_does_not_fit_is_passed_over(void **state)
{
	struct tree *tree = *state;
	size_t size = strlen(tree->bin) + strlen("/../carom-worker") + 1;
	const char *folder = tree->bin;

	make_file(tree, "libexec/carom/carom-worker", 0755);
	make_file(tree, "carom-worker", 0755);
	assert_int_equal(worker_find_near(tree->path, size, &folder, 1, NOWHERE, &tree->err), 0);
	assert_found(tree, "../carom-worker");
}

static void the_first_folder_that_has_one_wins(void **state)
{
	struct tree *tree = *state;
	char libexec[128];
	const char *folders[] = {libexec, tree->bin};

	snprintf(libexec, sizeof(libexec), "%s/libexec/carom", tree->prefix);
	make_file(tree, "bin/carom-worker", 0755);
	assert_int_equal(
		worker_find_near(tree->path, sizeof(tree->path), folders, 2, NOWHERE, &tree->err),
		0);
	assert_found(tree, "carom-worker");
	make_file(tree, "libexec/carom/carom-worker", 0755);
	assert_int_equal(
		worker_find_near(tree->path, sizeof(tree->path), folders, 2, NOWHERE, &tree->err),
		0);
	assert_non_null(strstr(tree->path, "/libexec/carom/carom-worker"));
}

static void every_place_that_was_tried_is_named(void **state)
{
	struct tree *tree = *state;

	assert_int_equal(find_near(tree), CAROM_ERROR_NOT_FOUND);
	assert_string_equal(tree->path, "");
	assert_non_null(strstr(tree->err.text, "/bin/../libexec/carom/carom-worker, "));
	assert_non_null(strstr(tree->err.text, "/bin/carom-worker, "));
	assert_non_null(strstr(tree->err.text, "/bin/../carom-worker, "));
	assert_non_null(strstr(tree->err.text, NOWHERE "/carom-worker"));
	assert_non_null(strstr(tree->err.hint, "set CAROM_WORKER"));
}

static void the_installed_one_comes_last(void **state)
{
	struct tree *tree = *state;
	const char *folder = "/nonexistent";

	make_file(tree, "bin/carom-worker", 0755);
	assert_int_equal(
		worker_find_near(tree->path, sizeof(tree->path), &folder, 1, tree->bin, &tree->err),
		0);
	assert_found(tree, "carom-worker");
}

static void memory_that_runs_out_costs_only_the_list_of_places(void **state)
{
	struct tree *tree = *state;

	make_file(tree, "carom-worker", 0755);
	mem_fail_after(0);
	assert_int_equal(find_near(tree), 0);
	mem_fail_after(-1);
	assert_found(tree, "../carom-worker");
}

static void the_one_the_caller_names_wins_over_the_environment(void **state)
{
	struct tree *tree = *state;
	char asked[128];

	make_file(tree, "carom-worker", 0755);
	snprintf(asked, sizeof(asked), "%s/carom-worker", tree->prefix);
	setenv("CAROM_WORKER", "/nonexistent", 1);
	assert_int_equal(worker_find(tree->path, sizeof(tree->path), asked, &tree->err), 0);
	assert_string_equal(tree->path, asked);
}

static void the_one_in_the_environment_wins_over_what_is_near(void **state)
{
	struct tree *tree = *state;
	char named[128];

	make_file(tree, "bin/carom-worker", 0755);
	snprintf(named, sizeof(named), "%s/bin/carom-worker", tree->prefix);
	setenv("CAROM_WORKER", named, 1);
	assert_int_equal(worker_find(tree->path, sizeof(tree->path), NULL, &tree->err), 0);
	assert_string_equal(tree->path, named);
}

static void a_named_one_that_is_missing_is_an_error_and_not_replaced(void **state)
{
	struct tree *tree = *state;

	setenv("CAROM_WORKER", "/nonexistent/worker", 1);
	assert_int_equal(worker_find(tree->path, sizeof(tree->path), NULL, &tree->err),
			 CAROM_ERROR_NOT_FOUND);
	assert_string_equal(tree->err.text, "$CAROM_WORKER: /nonexistent/worker is not a program");
	carom_error_clear(&tree->err);
	assert_int_equal(worker_find(tree->path, sizeof(tree->path), "/tmp", &tree->err),
			 CAROM_ERROR_NOT_FOUND);
	assert_string_equal(tree->err.text, "worker: /tmp is not a program");
	assert_string_equal(tree->path, "");
}

static void a_named_one_that_does_not_fit_is_an_error(void **state)
{
	struct tree *tree = *state;

	assert_int_equal(worker_find(tree->path, 8, "/bin/true", &tree->err), CAROM_ERROR_LIMIT);
	assert_string_equal(tree->path, "");
}

static void the_running_program_finds_the_worker_of_its_build_tree(void **state)
{
	struct tree *tree = *state;

	assert_int_equal(worker_find(tree->path, sizeof(tree->path), NULL, &tree->err), 0);
	assert_non_null(strstr(tree->path, "/tests/../carom-worker"));
	assert_int_equal(tree->path[0], '/');
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_one_below_the_prefix_of_the_program_comes_first),
		CASE(the_one_beside_the_program_comes_next),
		CASE(a_program_in_a_folder_of_the_build_tree_finds_the_one_above),
		CASE(a_file_that_cannot_be_run_is_passed_over),
		CASE(a_path_that_does_not_fit_is_passed_over),
		CASE(the_first_folder_that_has_one_wins),
		CASE(every_place_that_was_tried_is_named),
		CASE(the_installed_one_comes_last),
		CASE(memory_that_runs_out_costs_only_the_list_of_places),
		CASE(the_one_the_caller_names_wins_over_the_environment),
		CASE(the_one_in_the_environment_wins_over_what_is_near),
		CASE(a_named_one_that_is_missing_is_an_error_and_not_replaced),
		CASE(a_named_one_that_does_not_fit_is_an_error),
		CASE(the_running_program_finds_the_worker_of_its_build_tree),
	};

	return run_all_tests(tests);
}
