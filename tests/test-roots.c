/* SPDX-License-Identifier: BSD-3-Clause */
/* Where an untrusted deck may read: below its roots, whatever the path or the link that leads there. */
#include "circuit/roots.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "carom-circuit.h"
#include "carom-library.h"
#include "carom-study.h"
#include "support-folder.h"

/*
 * deck/parts/in.inc, which may be read; outside/secret.inc, which may not, and links to both from
 * deck.  The case stands in the folder above them.
 */
static int make_tree(void **state)
{
	if (enter_folder(state))
		return -1;
	mkdir("deck", 0755);
	mkdir("deck/parts", 0755);
	mkdir("deck2", 0755);
	mkdir("outside", 0755);
	write_file("deck/parts/in.inc", "r1 a 0 1k\n");
	write_file("deck2/near.inc", "r1 a 0 1k\n");
	write_file("outside/secret.inc", "r1 a 0 1k\n");
	write_file("outside/secret.lib", ".lib tt\nr1 a 0 1k\n.endl\n");
	return symlink("../outside/secret.inc", "deck/link.inc") ||
	       symlink("../outside", "deck/away") || symlink("parts/in.inc", "deck/here.inc");
}

static char *absolute(const char *path)
{
	static char text[4200];

	assert_non_null(getcwd(text, sizeof(text) - 100));
	strcat(text, "/");
	return strcat(text, path);
}

/* Import deck/t.cir with this card as its third line. */
static int import_card(const char *card, const struct carom_import_options *options,
		       struct carom_error *err)
{
	struct carom_circuit *circuit;
	char deck[4400];
	int rc;

	snprintf(deck, sizeof(deck), "t\nv1 a 0 1\n%s\n.op\n.end\n", card);
	write_file("deck/t.cir", deck);
	rc = carom_circuit_import_file(&circuit, "deck/t.cir", options, err);
	carom_circuit_free(circuit);
	return rc;
}

static int import_below(const char *root, const char *card, struct carom_error *err)
{
	const char *roots[] = {"deck/parts", root};
	struct carom_import_options options = {
		.size = sizeof(options), .roots = roots, .n_roots = 2};

	return import_card(card, &options, err);
}

static void assert_reads(const char *root, const char *card)
{
	struct carom_error err = CAROM_ERROR_INIT;

	import_below(root, card, &err);
	assert_ok(&err);
}

static void assert_refused(const char *root, const char *card)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(import_below(root, card, &err), CAROM_ERROR_TRUST);
	assert_string_equal(err.source, "deck/t.cir");
	assert_int_equal(err.line, 3);
	assert_non_null(strstr(err.text, "outside of the folders"));
	assert_non_null(strstr(err.hint, "--root"));
}

/* What becomes of the statement when a study is made of a deck whose root is "deck". */
static int study_card(const char *card, struct carom_error *err)
{
	const char *root = "deck";
	struct carom_import_options options = {
		.size = sizeof(options), .roots = &root, .n_roots = 1};
	struct carom_circuit *circuit;
	char deck[400];

	snprintf(deck, sizeof(deck), "t\nv1 a 0 1\n%s\n.op\n.end\n", card);
	write_file("deck/t.cir", deck);
	assert_int_equal(carom_circuit_import_file(&circuit, "deck/t.cir", &options, err), 0);
	carom_study_free(carom_study_new(circuit, err));
	carom_circuit_free(circuit);
	return err->status;
}

static void a_file_that_a_statement_names_lies_below_a_root_too(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	write_file("deck/parts/values.txt", "1\n2\n");
	study_card("*carom vary v1 empirical parts/values.txt", &err);
	assert_ok(&err);
	assert_int_equal(study_card("*carom vary v1 empirical link.inc", &err), CAROM_ERROR_TRUST);
	assert_string_equal(err.source, "deck/t.cir");
	assert_int_equal(err.line, 3);
	assert_int_equal(err.column, 26);
}

static const char *const outside[] = {
	".include ../outside/secret.inc",
	".inc \"../outside/secret.inc\"",
	".INCLUDE '../outside/secret.inc'",
	".lib ../outside/secret.lib tt",
	".include link.inc",
	".include away/secret.inc",
	".include parts/../../outside/secret.inc",
	".include ../deck2/near.inc", /* "deck2" begins like "deck" */
};

static void what_lies_below_a_root_is_read(void **state)
{
	char card[4300];
	(void)state;

	assert_reads("deck", ".include parts/in.inc");
	assert_reads("deck", ".include here.inc");
	assert_reads("deck", ".include parts/../parts/in.inc");
	assert_reads("outside", ".include link.inc");
	assert_reads("outside/secret.lib", ".lib ../outside/secret.lib tt");
	assert_reads("/", ".include ../outside/secret.inc");
	snprintf(card, sizeof(card), ".include %s", absolute("deck/parts/in.inc"));
	assert_reads("deck", card);
}

static void what_lies_elsewhere_is_refused_with_file_and_line(void **state)
{
	char card[4300];
	(void)state;

	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		assert_refused("deck", outside[i]);
	snprintf(card, sizeof(card), ".include %s", absolute("outside/secret.inc"));
	assert_refused("deck", card);
	assert_refused("deck", ".include /etc/passwd");
}

static void a_tilde_is_no_folder(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	setenv("HOME", absolute("outside"), 1);
	assert_int_equal(import_below("deck", ".include ~/secret.inc", &err), CAROM_ERROR_SYSTEM);
}

static void an_included_file_may_not_read_what_the_deck_may_not(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	write_file("deck/parts/next.inc", "* next\n.include ../../outside/secret.inc\n");
	assert_int_equal(import_below("deck", ".include parts/next.inc", &err), CAROM_ERROR_TRUST);
	assert_int_equal(err.line, 2);
	assert_non_null(strstr(err.source, "parts/next.inc"));
}

static void without_roots_and_in_a_trusted_deck_all_is_read(void **state)
{
	const char *roots[] = {"deck"};
	struct carom_import_options trusted = {
		.size = sizeof(trusted), .is_trusted = true, .roots = roots, .n_roots = 1};
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++) {
		import_card(outside[i], NULL, &err);
		import_card(outside[i], &trusted, &err);
		assert_ok(&err);
	}
}

static void files_of_code_models_lie_below_a_root_too(void **state)
{
	static const char *const cards[] = {
		".model m filesource(file=\"../outside/secret.inc\" amploffset=[0])",
		".model m filesource file \"link.inc\"",
		".model m d_source(input_file=\"away/secret.inc\")",
		".model m d_state(state_file = ../outside/secret.inc)",
		".MODEL m table2D(offset=0 FILE=\"../outside/secret.inc\")",
		".model m table3d\n+ (file=\"../outside/secret.inc\")",
	};
	(void)state;

	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++)
		assert_refused("deck", cards[i]);
	assert_reads("deck", ".model m filesource(file=\"parts/in.inc\")");
	assert_reads("deck", ".model profile d(is=1e-14)");
}

static void a_file_of_a_code_model_inside_a_subcircuit_counts(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	assert_int_equal(
		import_below("deck",
			     ".subckt s a\n.model m d_source(input_file=\"link.inc\")\n.ends",
			     &err),
		CAROM_ERROR_TRUST);
	assert_int_equal(err.line, 4);
	carom_error_clear(&err);
	assert_int_equal(import_below("deck", ".model m d_source(input_file=\"nowhere\")", &err),
			 CAROM_ERROR_SYSTEM);
	assert_int_equal(err.line, 3);
}

static void a_library_is_the_callers_choice_and_what_it_includes_is_not(void **state)
{
	const char *roots[] = {"deck"};
	struct carom_import_options options = {
		.size = sizeof(options), .roots = roots, .n_roots = 1};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_library *library;
	(void)state;

	write_file("outside/models.lib", ".model d1 d\n");
	carom_library_import_file(&library, "outside/models.lib", NULL, &options, &err);
	assert_ok(&err);
	carom_library_free(library);
	write_file("outside/models.lib", ".model d1 d\n.include secret.inc\n");
	assert_int_equal(
		carom_library_import_file(&library, "outside/models.lib", NULL, &options, &err),
		CAROM_ERROR_TRUST);
	assert_null(library);
}

static void a_root_that_is_not_there_is_an_error(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	assert_int_equal(import_below("nowhere", "", &err), CAROM_ERROR_SYSTEM);
	assert_non_null(strstr(err.text, "the root \"nowhere\""));
}

static void memory_that_runs_out_is_an_error_at_every_allocation(void **state)
{
	(void)state;

	for (unsigned n = 0; n < 1000; n++) {
		struct carom_error err = CAROM_ERROR_INIT;
		int rc;

		mem_fail_after(n);
		rc = import_below("deck", ".model m d_source(input_file=\"parts/in.inc\")", &err);
		mem_fail_after(-1);
		if (rc == CAROM_OK)
			return;
		assert_int_equal(rc, CAROM_ERROR_MEMORY);
	}
	fail_msg("it never succeeded");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, make_tree, leave_folder)
	const struct CMUnitTest tests[] = {
		CASE(what_lies_below_a_root_is_read),
		CASE(what_lies_elsewhere_is_refused_with_file_and_line),
		CASE(a_file_that_a_statement_names_lies_below_a_root_too),
		CASE(a_tilde_is_no_folder),
		CASE(an_included_file_may_not_read_what_the_deck_may_not),
		CASE(without_roots_and_in_a_trusted_deck_all_is_read),
		CASE(files_of_code_models_lie_below_a_root_too),
		CASE(a_file_of_a_code_model_inside_a_subcircuit_counts),
		CASE(a_library_is_the_callers_choice_and_what_it_includes_is_not),
		CASE(a_root_that_is_not_there_is_an_error),
		CASE(memory_that_runs_out_is_an_error_at_every_allocation),
	};

	return run_all_tests(tests);
}
