/* SPDX-License-Identifier: BSD-3-Clause */
/* Libraries in memory: what circuits take of them, and when a deck reads the file after all. */
#include "circuit/library.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support-circuit.h"

/* A folder with files, gone at the end. */
struct fixture {
	char folder[40];
	char path[80]; /* of the library */
};

static void write_file(const struct fixture *fixture, const char *name, const char *text)
{
	char path[80];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void remove_file(const struct fixture *fixture, const char *name)
{
	char path[80];

	snprintf(path, sizeof(path), "%s/%s", fixture->folder, name);
	unlink(path);
}

static const char parts[] = "* parts\n"
			    ".lib tt\n"
			    ".param vt=0.5 wide={2*w0} w0=1u\n"
			    ".param idle=3 idle2=4\n"
			    ".func twice(x) {2*x}\n"
			    ".options scale=1\n"
			    ".subckt inner p\n.model dd d(is={vt*1f})\nd1 p 0 dd\n.ends\n"
			    ".subckt cell p q w=1\nx1 p inner\nr1 p q {twice(w)*wide}\n.ends\n"
			    ".subckt unused p\nr1 p 0 1\n.ends\n"
			    ".model nch.1 nmos(level=8 lmin=1u)\n"
			    ".model nch.2 nmos(level=8 lmin={w0})\n"
			    ".model pch pmos\n"
			    ".endl\n"
			    ".lib ff\n.param vt=0.4\n.endl\n";

static void begin(struct fixture *fixture)
{
	strcpy(fixture->folder, "/tmp/carom-test-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->path, sizeof(fixture->path), "%s/parts.lib", fixture->folder);
	write_file(fixture, "parts.lib", parts);
}

static void end(struct fixture *fixture)
{
	remove_file(fixture, "parts.lib");
	remove_file(fixture, "more.lib");
	rmdir(fixture->folder);
}

static struct carom_library *read_library(const struct fixture *fixture, const char *section)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_library *library;

	carom_library_import_file(&library, fixture->path, section, NULL, &err);
	assert_ok(&err);
	return library;
}

static struct carom_circuit *import_with(const struct fixture *fixture, const char *text,
					 struct carom_library *const *libraries, size_t n)
{
	const struct carom_import_options options = {
		.size = sizeof(options), .libraries = libraries, .n_libraries = n};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	char name[80];

	snprintf(name, sizeof(name), "%s/t.cir", fixture->folder);
	carom_circuit_import_text(&circuit, text, strlen(text), name, &options, &err);
	assert_ok(&err);
	return circuit;
}

/* ---- decks ---- */

static void a_deck_takes_what_it_names_and_no_more(void **state)
{
	struct fixture fixture;
	struct carom_library *library;
	struct carom_circuit *circuit;

	(void)state;
	begin(&fixture);
	library = read_library(&fixture, "tt");
	circuit = import_with(&fixture,
			      "t\nr0 a 0 1\n.lib 'parts.lib' TT\nx1 a 0 cell\nm1 a a 0 0 nch\n"
			      ".op\n.end\n",
			      &library, 1);
	assert_int_equal(circuit->n_libraries, 1);
	assert_deck(circuit, "t\nr0 a 0 1\n.func twice(x) {2*x}\n.options scale=1\nx1 a 0 cell\n"
			     "m1 a a 0 0 nch\n.op\n"
			     ".model nch.1 nmos(level=8 lmin=1u)\n"
			     ".model nch.2 nmos(level=8 lmin={w0})\n.param w0=1u\n"
			     ".subckt cell p q w=1\nx1 p inner\nr1 p q {twice(w)*wide}\n.ends\n"
			     ".param wide={2*w0}\n"
			     ".subckt inner p\n.model dd d(is={vt*1f})\nd1 p 0 dd\n.ends\n"
			     ".param vt=0.5\n.end\n");
	carom_library_free(library); /* the circuit holds it */
	assert_string_equal(
		circuit_file(circuit, circuit_find_child(circuit, "cell")->cards[0].file),
		fixture.path);
	assert_int_equal(circuit_find_child(circuit, "cell")->cards[1].line, 12);
	assert_nets(circuit_find_child(circuit, "cell"), "r1", "p q");
	carom_circuit_free(circuit);
	end(&fixture);
}

static void assert_served(const char *text, bool is_served)
{
	struct fixture fixture;
	struct carom_library *library;
	struct carom_circuit *circuit;

	begin(&fixture);
	library = read_library(&fixture, "tt");
	circuit = import_with(&fixture, text, &library, 1);
	assert_int_equal(circuit->n_libraries, is_served);
	assert_non_null(circuit_find_child(circuit, "cell"));
	assert_int_equal(circuit_find_child(circuit, "unused") == NULL, is_served);
	carom_circuit_free(circuit);
	carom_library_free(library);
	end(&fixture);
}

static void a_deck_that_defines_the_same_names_reads_the_file(void **state)
{
	(void)state;
	assert_served("t\n.lib parts.lib tt\nx1 a 0 cell\n.end\n", true);
	assert_served("t\n.param other=1\n.lib parts.lib tt\nx1 a 0 cell\n.end\n", true);
	assert_served("t\n.param vt=1\n.lib parts.lib tt\nx1 a 0 cell\n.end\n", false);
	assert_served("t\n.lib parts.lib tt\nx1 a 0 cell\n.model pch pmos\n.end\n", false);
	assert_served("t\n.lib parts.lib tt\nx1 a 0 cell\n.subckt inner p\nr1 p 0 1\n.ends\n.end\n",
		      false);
	assert_served("t\n.lib parts.lib tt\nx1 a 0 cell\n.func twice(x) {x}\n.end\n", false);
	assert_served("t\n.lib parts.lib tt\nx1 a 0 cell\n.param f(x)={x}\n.end\n", false);
	assert_served("t\n.if (1)\n.lib parts.lib tt\n.endif\nx1 a 0 cell\n.end\n", false);
	assert_served("t\n.lib parts.lib tt\nx1 a 0 cell\n.lib parts.lib ff\n.end\n", false);
}

static void another_section_and_a_section_in_a_subcircuit_are_read(void **state)
{
	struct fixture fixture;
	struct carom_library *library;
	struct carom_circuit *circuit;

	(void)state;
	begin(&fixture);
	library = read_library(&fixture, "tt");
	circuit = import_with(&fixture, "t\n.lib parts.lib ff\nr1 a 0 {vt}\n.end\n", &library, 1);
	assert_int_equal(circuit->n_libraries, 0);
	assert_deck(circuit, "t\n.param vt=0.4\nr1 a 0 {vt}\n.end\n");
	carom_circuit_free(circuit);
	circuit = import_with(&fixture,
			      "t\n.subckt s p\n.lib parts.lib tt\nr1 p 0 {vt}\n.ends\n.end\n",
			      &library, 1);
	assert_int_equal(circuit->n_libraries, 0);
	assert_non_null(circuit_find_param(circuit_find_child(circuit, "s"), "idle"));
	carom_circuit_free(circuit);
	carom_library_free(library);
	end(&fixture);
}

static void libraries_may_need_each_other(void **state)
{
	struct fixture fixture, second;
	struct carom_library *libraries[2];
	struct carom_circuit *circuit;

	(void)state;
	begin(&fixture);
	second = fixture;
	snprintf(second.path, sizeof(second.path), "%s/more.lib", fixture.folder);
	write_file(&fixture, "more.lib",
		   ".model extra d(is={vt})\n.param deep=1\n"
		   "*carom samples 7\n.subckt top p\nx1 p 0 cell\n.ends\n");
	libraries[0] = read_library(&fixture, "tt");
	libraries[1] = read_library(&second, NULL);
	circuit = import_with(&fixture, "t\n.lib parts.lib tt\n.include more.lib\nx1 a top\n.end\n",
			      libraries, 2);
	assert_int_equal(circuit->n_libraries, 2);
	assert_non_null(circuit_find_child(circuit, "cell"));
	assert_non_null(circuit_find_child(circuit, "inner"));
	assert_null(circuit_find_model(circuit, "extra"));
	assert_int_equal(circuit->n_statements, 1);
	assert_string_equal(circuit->statements[0].text, "samples 7");
	carom_circuit_free(circuit);
	carom_library_free(libraries[0]);
	carom_library_free(libraries[1]);
	end(&fixture);
}

/* ---- circuits built by calls ---- */

static void a_circuit_built_by_calls_takes_what_it_names(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = carom_circuit_new("t", &err);
	struct fixture fixture;
	struct carom_library *library;

	(void)state;
	begin(&fixture);
	library = read_library(&fixture, "tt");
	carom_add_element(circuit, "x1 a b cell", &err);
	carom_circuit_use_library(circuit, library, NULL, &err);
	assert_ok(&err);
	assert_non_null(circuit_find_child(circuit, "inner"));
	assert_nets(circuit_find_child(circuit, "inner"), "d1", "p 0");
	assert_null(circuit_find_model(circuit, "pch"));
	carom_circuit_use_library(circuit, library, "pch", &err);
	carom_circuit_use_library(circuit, library, "pch cell", &err); /* is there already */
	assert_ok(&err);
	assert_int_equal(circuit->n_models, 1);
	assert_int_equal(circuit->n_children, 2);
	assert_int_equal(circuit->n_libraries, 1);
	carom_library_free(library);
	carom_circuit_free(circuit);
	end(&fixture);
}

static void what_the_circuit_defines_itself_is_not_taken(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = carom_circuit_new("t", &err);
	struct fixture fixture;
	struct carom_library *library;

	(void)state;
	begin(&fixture);
	library = read_library(&fixture, "tt");
	carom_circuit_add_model(circuit, "pch", "pmos", "level=1", &err);
	carom_add_element(circuit, "m1 a a 0 0 pch", &err);
	carom_circuit_use_library(circuit, library, NULL, &err);
	assert_ok(&err);
	assert_int_equal(circuit->n_models, 1);
	assert_int_equal(carom_circuit_use_library(circuit_find_child(library->circuit, "cell"),
						   library, NULL, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "a library is used by the circuit as a whole, not by cell");
	carom_library_free(library);
	carom_circuit_free(circuit);
	end(&fixture);
}

static void an_edit_leaves_the_library_as_it_is(void **state)
{
	struct fixture fixture;
	struct carom_library *library;
	struct carom_circuit *circuit;
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	begin(&fixture);
	write_file(&fixture, "parts.lib", ".subckt s p\nr1 p 0 1000\n.ends\n");
	library = read_library(&fixture, NULL);
	circuit = import_with(&fixture, "t\n.include parts.lib\nx1 a s\n.end\n", &library, 1);
	assert_int_equal(circuit->n_libraries, 1);
	carom_element_set_value(circuit_find_child(circuit, "s"),
				element_called(circuit_find_child(circuit, "s"), "r1"), 5, &err);
	assert_ok(&err);
	assert_deck(circuit, "t\nx1 a s\n.subckt s p\nr1 p 0 5\n.ends\n.end\n");
	assert_deck(library->circuit, "library\n.subckt s p\nr1 p 0 1000\n.ends\n.end\n");
	carom_circuit_free(circuit);
	carom_library_free(library);
	end(&fixture);
}

/* ---- refusals ---- */

static void assert_library_refused(const char *text, const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_library *library;
	struct fixture fixture;

	begin(&fixture);
	write_file(&fixture, "parts.lib", text);
	assert_int_equal(carom_library_import_file(&library, fixture.path, NULL, NULL, &err),
			 CAROM_ERROR_SYNTAX);
	assert_null(library);
	assert_non_null(strstr(err.text, message));
	end(&fixture);
}

static void a_library_must_not_depend_on_the_deck_around_it(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_library *library;

	(void)state;
	assert_library_refused(".if (a)\n.param b=1\n.endif\n", ".if (a): a library that circuits "
								"share cannot hold this");
	assert_library_refused(".param b=1\n.title x\n", "cannot hold .title");
	assert_int_equal(carom_library_import_file(&library, "/nosuch/x.lib", "tt", NULL, &err),
			 CAROM_ERROR_SYSTEM);
	assert_null(library);
	carom_library_free(NULL);
}

static void the_notes_of_import_are_kept(void **state)
{
	struct fixture fixture;
	struct carom_library *library;

	(void)state;
	begin(&fixture);
	write_file(&fixture, "parts.lib", ".nosuchcard\n.param b=1\n");
	library = read_library(&fixture, NULL);
	assert_int_equal(carom_findings_count(carom_library_notes(library)), 1);
	carom_library_free(library);
	end(&fixture);
}

/* ---- threads, memory ---- */

struct job {
	const struct fixture *fixture;
	struct carom_library *library;
};

static void *import_many(void *arg)
{
	const struct job *job = arg;

	for (int i = 0; i < 50; i++) {
		struct carom_circuit *circuit = import_with(
			job->fixture, "t\n.lib parts.lib tt\nx1 a 0 cell\nm1 a a 0 0 nch\n.end\n",
			&job->library, 1);

		assert_int_equal(circuit->n_children, 2);
		carom_circuit_free(circuit);
	}
	return NULL;
}

static void threads_share_a_library(void **state)
{
	struct fixture fixture;
	struct job job = {&fixture, NULL};
	pthread_t threads[2];

	(void)state;
	begin(&fixture);
	job.library = read_library(&fixture, "tt");
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, import_many, &job), 0);
	for (int i = 0; i < 2; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(atomic_load(&job.library->n_holders), 1);
	carom_library_free(job.library);
	end(&fixture);
}

static int try_library(void *arg)
{
	const struct fixture *fixture = arg;
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_library *library;
	struct carom_circuit *circuit = NULL;
	static const char deck[] = "t\n.lib parts.lib tt\nx1 a 0 cell\nm1 a a 0 0 nch\n.end\n";
	char name[80];

	snprintf(name, sizeof(name), "%s/t.cir", fixture->folder);
	if (carom_library_import_file(&library, fixture->path, "tt", NULL, &err) == 0) {
		const struct carom_import_options options = {
			.size = sizeof(options), .libraries = &library, .n_libraries = 1};

		carom_circuit_import_text(&circuit, deck, strlen(deck), name, &options, &err);
	}
	carom_circuit_free(circuit);
	carom_library_free(library);
	return err.status;
}

static void each_allocation_may_fail(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	assert_survives_no_memory(try_library, &fixture);
	end(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_deck_takes_what_it_names_and_no_more),
		cmocka_unit_test(a_deck_that_defines_the_same_names_reads_the_file),
		cmocka_unit_test(another_section_and_a_section_in_a_subcircuit_are_read),
		cmocka_unit_test(libraries_may_need_each_other),
		cmocka_unit_test(a_circuit_built_by_calls_takes_what_it_names),
		cmocka_unit_test(what_the_circuit_defines_itself_is_not_taken),
		cmocka_unit_test(an_edit_leaves_the_library_as_it_is),
		cmocka_unit_test(a_library_must_not_depend_on_the_deck_around_it),
		cmocka_unit_test(the_notes_of_import_are_kept),
		cmocka_unit_test(threads_share_a_library),
		cmocka_unit_test(each_allocation_may_fail),
	};

	return run_all_tests(tests);
}
