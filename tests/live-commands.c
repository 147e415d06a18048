/* SPDX-License-Identifier: BSD-3-Clause */
/* Decks that run commands, in a session with the real libngspice. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "carom-session.h"
#include "support-folder.h"
#include "support-ng.h"
#include "support-session.h"

static const char commands[] = "a block\n"
			       "v1 a 0 dc 1 ac 1\n"
			       "r1 a b 1k\n"
			       "c1 b 0 1u\n"
			       ".op\n"
			       ".control\n"
			       "tran 10u 1m\n"
			       "alter c1 = 2u\n"
			       "ac dec 2 1 1k\n"
			       "let gain = db(v(b))\n"
			       "wrdata written.txt v(b)\n"
			       ".endc\n"
			       ".end\n";

static struct carom_result *plots_of(struct carom_session *session)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	carom_session_plots(session, &result, &err);
	assert_ok(&err);
	return result;
}

static void commands_leave_their_plots_and_a_run_replaces_them(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	(void)state;
	load_trusted_text(session, commands, &err);
	assert_ok(&err);
	result = plots_of(session);
	assert_int_equal(carom_result_plot_count(result), 2);
	assert_non_null(find_vector(result, "tran1", "v(b)"));
	assert_string_equal(carom_vector_unit(find_vector(result, "ac1", "gain")), "dB");
	assert_string_equal(carom_vector_name(find_vector(result, "ac1", "gain")), "gain");
	carom_result_free(result);
	result = run_loaded(session);
	assert_int_equal(carom_result_plot_count(result), 1);
	assert_non_null(find_vector(result, "op1", "v(b)"));
	carom_result_free(result);
	carom_session_close(session);
}

/* "fourier" leaves frequencies, magnitudes and phases as rows; a third dimension changes nothing. */
static void vectors_of_several_dimensions_are_rows_one_behind_the_other(void **state)
{
	static const char deck[] = "t\nv1 in 0 sin(0 3 5k)\nr1 in 0 1k\n.control\ntran 1u 1m\n"
				   "fourier 5k v(in)\nlet cube = vector(24)\n"
				   "reshape cube [2][3][4]\nop\n.endc\n.end\n";
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;
	const struct carom_vector *table, *cube;
	(void)state;

	load_trusted_text(session, deck, &err);
	assert_ok(&err);
	for (int i = 0; i < 2; i++) {
		result = plots_of(session);
		table = find_vector(result, "tran1", "fourier11");
		assert_int_equal(carom_vector_length(table), 30);
		assert_double_equal(carom_vector_real(table)[1], 5e3, 1e-6, 0);
		assert_double_equal(carom_vector_real(table)[10 + 1], 3, 1e-2, 0);
		cube = find_vector(result, "tran1", "cube");
		assert_int_equal(carom_vector_length(cube), 24);
		for (size_t k = 0; k < 24; k++)
			assert_same_bits(carom_vector_real(cube)[k], (double)k);
		assert_non_null(find_vector(result, "op1", "v(in)"));
		carom_result_free(result);
	}
	carom_session_close(session);
}

static void a_deck_without_commands_has_no_plots_yet(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result;

	(void)state;
	load_deck(session, divider);
	result = plots_of(session);
	assert_int_equal(carom_result_plot_count(result), 0);
	carom_result_free(result);
	carom_session_close(session);
}

static void without_a_circuit_there_are_no_plots_to_ask_for(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	(void)state;
	assert_int_equal(carom_session_plots(session, &result, &err), CAROM_ERROR_STATE);
	assert_null(result);
	carom_session_close(session);
}

static void a_command_that_quits_fails_the_load_and_not_the_session(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_trusted_text(session, "t\nv1 a 0 1\nr1 a 0 1\n.control\nop\nquit\n.endc\n.end\n",
			  &err);
	assert_int_equal(err.status, CAROM_ERROR_POISONED);
	assert_string_equal(err.text,
			    "a command of the deck quit ngspice, and what it had is gone");
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5.0, 1e-9, 0);
	carom_session_close(session);
}

static void commands_write_into_the_folder_of_the_session(void **state)
{
	char folder[] = "/tmp/carom-commands-XXXXXX", path[100], before[4096], after[4096];
	struct carom_session_options options = {.size = sizeof(options), .folder = folder};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	struct stat written;

	(void)state;
	assert_non_null(mkdtemp(folder));
	assert_non_null(getcwd(before, sizeof(before)));
	session = open_session(&options);
	load_trusted_text(session, commands, &err);
	assert_ok(&err);
	carom_session_close(session);
	snprintf(path, sizeof(path), "%s/written.txt", folder);
	assert_int_equal(stat(path, &written), 0);
	assert_true(written.st_size > 0);
	assert_string_equal(getcwd(after, sizeof(after)), before);
	unlink(path);
	assert_int_equal(rmdir(folder), 0); /* nothing else was left in it */
}

static void a_folder_that_is_not_there_is_an_error(void **state)
{
	struct carom_session_options options = {.size = sizeof(options), .folder = "/nosuch"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;

	(void)state;
	assert_int_equal(carom_session_open(&session, &options, &err), CAROM_ERROR_SYSTEM);
	assert_string_equal(err.text, "/nosuch cannot be entered: No such file or directory");
	assert_null(session);
}

/* Its .spiceinit would run in the library's start, also when the library is loaded anew. */
static void a_spiceinit_in_the_folder_is_not_read(void **state)
{
	char folder[] = "/tmp/carom-commands-XXXXXX", init[100], mark[100];
	struct carom_session_options options = {.size = sizeof(options), .folder = folder};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(init, sizeof(init), "%s/.spiceinit", folder);
	snprintf(mark, sizeof(mark), "%s/mark", folder);
	write_file(init, "shell touch mark\n");
	session = open_session(&options);
	load_trusted_text(session, "t\nr1 a 0 {nowhere}\n.op\n.end\n", &err); /* poisons */
	assert_int_not_equal(err.status, CAROM_OK);
	load_deck(session, divider);
	carom_session_close(session);
	assert_int_equal(access(mark, F_OK), -1);
	unlink(init);
	assert_int_equal(rmdir(folder), 0);
}

static void an_analysis_without_points_spoils_no_other(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result;

	(void)state;
	load_deck(session, "t\nv1 a 0 dc 1 ac 1\nr1 a 0 1\n.op\n.ac dec 1 1k 1k\n.end\n");
	result = run_loaded(session);
	assert_int_equal(carom_result_plot_count(result), 2);
	assert_int_equal(carom_vector_length(find_vector(result, "ac1", "v(a)")),
			 is_version_since(carom_session_version(session), 43) ? 1 : 0);
	assert_int_equal(carom_vector_length(find_vector(result, "op1", "v(a)")), 1);
	carom_result_free(result);
	load_deck(session, "t\n* nothing\n.op\n.tran 1u 10u\n.end\n");
	result = run_loaded(session);
	assert_int_equal(carom_plot_vector_count(carom_result_find_plot(result, "op1")), 0);
	assert_non_null(find_vector(result, "tran1", "time"));
	carom_result_free(result);
	carom_session_close(session);
}

static void what_a_device_does_not_have_is_zero(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result;
	const struct carom_vector *missing;

	(void)state;
	load_deck(session, "t\nv1 d 0 1\nm1 d d 0 0 n w=1u l=0.1u\n.model n nmos level=14\n"
			   ".save v(d) @m1[is]\n.dc v1 0 1 0.5\n.end\n");
	result = run_loaded(session);
	missing = find_vector(result, "dc1", "@m1[is]");
	assert_int_equal(carom_vector_length(missing), 3);
	for (size_t i = 0; i < 3; i++)
		assert_same_bits(carom_vector_real(missing)[i], 0.0);
	carom_result_free(result);
	carom_session_close(session);
}

/* libngspice 39 crashes when it removes such a circuit. */
static void coupled_lines_can_be_removed(void **state)
{
	static const char deck[] = "t\n"
				   "v1 a 0 pulse(0 1 1n 1n)\n"
				   "p1 a b 0 c d 0 m\n"
				   "p2 c d 0 e f 0 m\n"
				   "r1 e 0 50\nr2 f 0 50\nr3 b 0 50\n"
				   ".model m cpl r=0.2 0 0.2 l=9.1n 3.3n 9.1n g=0 0 0\n"
				   "+ c=3.6p -0.9p 3.6p length=2\n"
				   ".tran 0.5n 5n\n.end\n";
	struct carom_session *session = open_session(NULL);

	(void)state;
	for (int i = 0; i < 2; i++) {
		load_deck(session, deck);
		carom_result_free(run_loaded(session));
	}
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5.0, 1e-9, 0);
	load_deck(session, deck);
	carom_session_close(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_leave_their_plots_and_a_run_replaces_them),
		cmocka_unit_test(vectors_of_several_dimensions_are_rows_one_behind_the_other),
		cmocka_unit_test(a_deck_without_commands_has_no_plots_yet),
		cmocka_unit_test(without_a_circuit_there_are_no_plots_to_ask_for),
		cmocka_unit_test(a_command_that_quits_fails_the_load_and_not_the_session),
		cmocka_unit_test(commands_write_into_the_folder_of_the_session),
		cmocka_unit_test(a_folder_that_is_not_there_is_an_error),
		cmocka_unit_test(a_spiceinit_in_the_folder_is_not_read),
		cmocka_unit_test(an_analysis_without_points_spoils_no_other),
		cmocka_unit_test(what_a_device_does_not_have_is_zero),
		cmocka_unit_test(coupled_lines_can_be_removed),
	};

	return run_all_on_both_levels(tests);
}
