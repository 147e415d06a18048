/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of a deck: .include and .lib, relative to the file that names them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "circuit/circuit.h"
#include "circuit/include.h"
#include "support-circuit.h"
#include "support-folder.h"

static struct carom_circuit *import(const char *path)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;

	carom_circuit_import_file(&c, path, NULL, &err);
	assert_ok(&err);
	return c;
}

static void assert_file_refused(const char *path, enum carom_status status, const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;
	char formatted[1100];

	assert_int_equal(carom_circuit_import_file(&c, path, NULL, &err), status);
	assert_string_equal(carom_error_format(&err, formatted, sizeof(formatted)), message);
	assert_null(c);
}

static void an_include_is_replaced_by_the_cards_of_the_file(void **state)
{
	struct carom_circuit *c;

	(void)state;
	write_file("deck.cir",
		   "t\nr1 a 0 1\n.include parts.inc ; x\n.INC \"parts 2.inc\"\nr4 a 0 4\n");
	write_file("parts.inc", "* no title here\nr2 a 0 2\n.end\nr22 a 0 2\n");
	write_file("parts 2.inc", "r3 a 0 3\n*carom seed 1\n");
	c = import("deck.cir");
	assert_deck(c, "t\nr1 a 0 1\nr2 a 0 2\nr22 a 0 2\nr3 a 0 3\nr4 a 0 4\n.end\n");
	assert_string_equal(circuit_file(c, c->cards[2].file), "parts.inc");
	assert_int_equal(c->cards[2].line, 2);
	assert_string_equal(circuit_file(c, c->cards[4].file), "parts 2.inc");
	assert_string_equal(circuit_file(c, c->statements[0].file), "parts 2.inc");
	assert_string_equal(circuit_file(c, c->cards[5].file), "deck.cir");
	assert_int_equal(c->cards[5].line, 5);
	carom_circuit_free(c);
}

static void files_are_relative_to_the_file_that_names_them(void **state)
{
	struct carom_circuit *c;

	(void)state;
	mkdir("a", 0700);
	mkdir("a/b", 0700);
	write_file("a/deck.cir", "t\n.include b/one.inc\n");
	write_file("a/b/one.inc", ".include two.inc\n.include ../three.inc\n");
	write_file("a/b/two.inc", "r2 a 0 2\n");
	write_file("a/three.inc", "r3 a 0 3\n");
	c = import("a/deck.cir");
	assert_deck(c, "t\nr2 a 0 2\nr3 a 0 3\n.end\n");
	assert_string_equal(circuit_file(c, c->cards[1].file), "a/b/two.inc");
	carom_circuit_free(c);
}

static void a_file_next_to_the_deck_is_found_from_anywhere(void **state)
{
	struct carom_circuit *c;

	(void)state;
	mkdir("lib", 0700);
	write_file("deck.cir", "t\n.include lib/one.inc\n");
	write_file("lib/one.inc", ".include common.inc\n");
	write_file("common.inc", "r2 a 0 2\n");
	c = import("deck.cir");
	assert_deck(c, "t\nr2 a 0 2\n.end\n");
	carom_circuit_free(c);
}

static void only_the_section_of_a_library_is_read(void **state)
{
	struct carom_circuit *c;

	(void)state;
	write_file("deck.cir", "t\n.lib 'p.lib' TT\nr9 a 0 9\n.lib \"p.lib\" ff\n");
	write_file("p.lib", "* library\n"
			    "r0 never\n"
			    ".lib ss\nr1 broken\n.include nowhere\n.endl ss\n"
			    ".lib tt ; typical\nr2 a 0 2\n.lib p.lib common\n.endl tt\n"
			    ".LIB ff\nr3 a 0 3\n.ENDL\n"
			    ".lib common\nr4 a 0 4\n.endl\n");
	c = import("deck.cir");
	assert_deck(c, "t\nr2 a 0 2\nr4 a 0 4\nr9 a 0 9\nr3 a 0 3\n.end\n");
	assert_int_equal(c->cards[1].line, 8);
	carom_circuit_free(c);
}

static void what_a_library_has_wrong_is_carried_with_a_warning(void **state)
{
	struct carom_circuit *c;
	struct carom_finding note;

	(void)state;
	write_file("deck.cir", "t\nr1 a 0 1\n.lib p.lib tt\n");
	write_file("p.lib", ".lib tt\n.include more.inc\n.endl\n");
	write_file("more.inc", "include \"x\"\nr2 a 0 2\n");
	c = import("deck.cir");
	assert_deck(c, "t\nr1 a 0 1\ninclude \"x\"\nr2 a 0 2\n.end\n");
	assert_int_equal(carom_circuit_element_count(c), 2);
	assert_int_equal(c->cards[2].role, CARD_OTHER);
	note = carom_findings_get(carom_circuit_notes(c), 0);
	assert_int_equal(note.severity, CAROM_SEVERITY_NOTE);
	assert_string_equal(note.id, "library");
	assert_string_equal(note.source, "more.inc");
	assert_int_equal(note.line, 1);
	assert_string_equal(note.text, "\"include\" without a dot is read as an element (current "
				       "source); did you mean .include?");
	carom_circuit_free(c);
	write_file("more.inc", "q1 a\nr2 a 0 2\n");
	carom_circuit_free(import("deck.cir"));
	write_file("deck.cir", "t\nr1 a 0 1\n.include more.inc\n");
	assert_file_refused(
		"deck.cir", CAROM_ERROR_SYNTAX,
		"more.inc:1: q1: a bipolar transistor needs at least 3 nets and a model");
}

static void a_subcircuit_may_be_made_of_files(void **state)
{
	struct carom_circuit *c;

	(void)state;
	write_file("deck.cir", "t\n.subckt s a\n.include body.inc\n.ends\nx1 a s\n");
	write_file("body.inc", "r1 a 0 1\n");
	c = import("deck.cir");
	assert_deck(c, "t\n.subckt s a\nr1 a 0 1\n.ends\nx1 a s\n.end\n");
	carom_circuit_free(c);
}

static void missing_files_and_sections_are_told_with_the_place(void **state)
{
	(void)state;
	assert_file_refused("deck.cir", CAROM_ERROR_SYSTEM,
			    "cannot open \"deck.cir\": No such file or directory");
	write_file("deck.cir", "t\nr1 a 0 1\n.include x.lib\n");
	assert_file_refused("deck.cir", CAROM_ERROR_SYSTEM,
			    "deck.cir:3: cannot open \"x.lib\": No such file or directory");
	write_file("deck.cir", "t\n.lib p.lib zz\n");
	write_file("p.lib", ".lib tt\nr1 a 0 1\n");
	assert_file_refused("deck.cir", CAROM_ERROR_NOT_FOUND,
			    "deck.cir:2: \"p.lib\" has no section \"zz\"");
	write_file("deck.cir", "t\n.lib p.lib tt\n");
	assert_file_refused("deck.cir", CAROM_ERROR_SYNTAX, "p.lib:3: the section has no .endl");
	write_file("deck.cir", "t\n.lib p.lib\n");
	assert_file_refused("deck.cir", CAROM_ERROR_SYNTAX,
			    "deck.cir:2: .lib needs a file and a section; a file without sections "
			    "is read by .include");
	write_file("deck.cir", "t\n.include\n");
	assert_file_refused("deck.cir", CAROM_ERROR_SYNTAX, "deck.cir:2: the card names no file");
}

static void an_error_in_a_file_names_that_file(void **state)
{
	(void)state;
	write_file("deck.cir", "t\n.include p.inc\n");
	write_file("p.inc", "r1 a 0 1\n+ \x01\n");
	assert_file_refused("deck.cir", CAROM_ERROR_SYNTAX, "p.inc:2:3: control character 0x01");
}

static void files_that_include_each_other_are_refused(void **state)
{
	(void)state;
	write_file("deck.cir", "t\n.include a.inc\n");
	write_file("a.inc", "\n.include b.inc\n");
	write_file("b.inc", ".include a.inc\n");
	assert_file_refused("deck.cir", CAROM_ERROR_LIMIT,
			    "a.inc:2: files include files more than 32 deep: "
			    "... > b.inc > a.inc > b.inc > a.inc");
}

static void only_regular_files_are_included(void **state)
{
	(void)state;
	mkdir("folder", 0700);
	assert_int_equal(mkfifo("fifo", 0600), 0);
	write_file("deck.cir", "t\n.lib folder tt\n");
	assert_file_refused("deck.cir", CAROM_ERROR_SYSTEM,
			    "deck.cir:2: cannot open \"folder\": Is a directory");
	write_file("deck.cir", "t\n.include fifo\n"); /* nobody writes into it: must not wait */
	assert_file_refused("deck.cir", CAROM_ERROR_SYSTEM,
			    "deck.cir:2: cannot open \"fifo\": Invalid argument");
	write_file("deck.cir", "t\n.include /dev/zero\n");
	assert_file_refused("deck.cir", CAROM_ERROR_SYSTEM,
			    "deck.cir:2: cannot open \"/dev/zero\": Invalid argument");
	assert_file_refused("folder", CAROM_ERROR_SYSTEM, "cannot open \"folder\": Is a directory");
}

static void a_file_larger_than_the_limit_is_refused(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char *text;
	size_t length;

	(void)state;
	write_file("x", "0123456789");
	assert_int_equal(include_read_file("x", true, NULL, 10, &text, &length, &err), 0);
	assert_int_equal(length, 10);
	assert_memory_equal(text, "0123456789", 10);
	mem_free(text);
	assert_int_equal(include_read_file("x", true, NULL, 9, &text, &length, &err),
			 CAROM_ERROR_LIMIT);
}

static void a_pipe_is_read_to_its_end(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char *text, path[64];
	size_t length;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(write(ends[1], "0123456789", 10), 10);
	close(ends[1]);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
	assert_int_equal(include_read_file(path, true, NULL, 10000, &text, &length, &err), 0);
	assert_ok(&err);
	assert_int_equal(length, 10000);
	assert_memory_equal(text + 9990, "0123456789", 10);
	mem_free(text);
	close(ends[0]);
}

static void an_empty_file_has_no_cards(void **state)
{
	struct carom_circuit *c;

	(void)state;
	write_file("deck.cir", "t\nr1 a 0 1\n.include empty\n");
	write_file("empty", "");
	c = import("deck.cir");
	assert_deck(c, "t\nr1 a 0 1\n.end\n");
	carom_circuit_free(c);
	assert_file_refused("empty", CAROM_ERROR_SYNTAX, "empty: the deck is empty");
}

static void names_are_read_with_and_without_quotes(void **state)
{
	static const struct {
		const char *card, *file, *section;
	} cases[] = {
		{".include a.inc", "a.inc", ""},
		{".inc 'a b.inc'", "a b.inc", ""},
		{".lib \"p q.lib\" tt", "p q.lib", "tt"},
		{".lib p.lib 'tt'", "p.lib", "tt"},
		{".inc\"x\"", "x", ""},
		{".lib p.lib tt ff", "p.lib", "tt"},
		{".include", "", ""},
		{".include ''", "", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct include_names names;

		assert_int_equal(include_read_names(&(struct card){.text = cases[i].card}, &names),
				 cases[i].file[0] != '\0');
		assert_int_equal(names.file_length, strlen(cases[i].file));
		assert_memory_equal(names.file, cases[i].file, strlen(cases[i].file));
		assert_int_equal(names.section != NULL, cases[i].section[0] != '\0');
		if (names.section)
			assert_memory_equal(names.section, cases[i].section,
					    strlen(cases[i].section));
	}
}

static int import_with_files(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *c;
	int rc = carom_circuit_import_file(&c, arg, NULL, &err);

	assert_int_equal(rc, err.status);
	carom_circuit_free(c);
	return rc;
}

static void reading_files_survives_the_want_of_memory(void **state)
{
	(void)state;
	write_file("deck.cir", "t\n.lib p.lib tt\n");
	write_file("p.lib", ".lib tt\n.include more.inc\n.endl\n");
	write_file("more.inc", "include \"x\"\nr2 a 0 2\n");
	assert_survives_no_memory(import_with_files, "deck.cir");
}

static void the_folder_of_a_file_is_absolute(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char here[4096], *folder;

	(void)state;
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(include_folder(&folder, "deck.cir", &err), 0);
	assert_string_equal(folder, here);
	mem_free(folder);
	assert_int_equal(mkdir("sub", 0777), 0);
	assert_int_equal(include_folder(&folder, "sub/../sub/deck.cir", &err), 0);
	assert_string_equal(folder + strlen(here), "/sub");
	mem_free(folder);
	assert_int_equal(include_folder(&folder, "/deck.cir", &err), 0);
	assert_string_equal(folder, "/");
	mem_free(folder);
}

static void a_file_that_is_nowhere_has_no_folder(void **state)
{
	static const char *const files[] = {"", "nosuch/deck.cir"};
	struct carom_error err = CAROM_ERROR_INIT;
	char *folder;

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		assert_int_equal(include_folder(&folder, files[i], &err), 0);
		assert_null(folder);
	}
}

static int take_folder(void *file)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char *folder;
	int rc = include_folder(&folder, file, &err);

	mem_free(folder);
	return rc;
}

static void finding_a_folder_survives_the_want_of_memory(void **state)
{
	char file[] = "./deck.cir";

	(void)state;
	assert_survives_no_memory(take_folder, file);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(an_include_is_replaced_by_the_cards_of_the_file),
		IN_FOLDER(files_are_relative_to_the_file_that_names_them),
		IN_FOLDER(a_file_next_to_the_deck_is_found_from_anywhere),
		IN_FOLDER(only_the_section_of_a_library_is_read),
		IN_FOLDER(what_a_library_has_wrong_is_carried_with_a_warning),
		IN_FOLDER(a_subcircuit_may_be_made_of_files),
		IN_FOLDER(missing_files_and_sections_are_told_with_the_place),
		IN_FOLDER(an_error_in_a_file_names_that_file),
		IN_FOLDER(files_that_include_each_other_are_refused),
		IN_FOLDER(only_regular_files_are_included),
		IN_FOLDER(a_file_larger_than_the_limit_is_refused),
		IN_FOLDER(a_pipe_is_read_to_its_end),
		IN_FOLDER(an_empty_file_has_no_cards),
		cmocka_unit_test(names_are_read_with_and_without_quotes),
		IN_FOLDER(reading_files_survives_the_want_of_memory),
		IN_FOLDER(the_folder_of_a_file_is_absolute),
		cmocka_unit_test(a_file_that_is_nowhere_has_no_folder),
		cmocka_unit_test(finding_a_folder_survives_the_want_of_memory),
	};

	return run_all_tests(tests);
}
