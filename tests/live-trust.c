/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Every way that is known by which a deck, or a file beside it, makes ngspice run a command or reach a
 * file: an untrusted one is refused or does without, a trusted one may.
 */
#include "support-folder.h"
#include "support-session.h"

#include <math.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What ngspice asks for the home folder, instead of the C library's. */
__attribute__((visibility("default"))) struct passwd *getpwuid(uid_t uid)
{
	static struct passwd user = {.pw_name = (char *)"nobody"};

	user.pw_uid = uid;
	user.pw_dir = case_folder;
	return &user;
}

/* The session works here, so that whatever a deck writes is found. */
static struct carom_session *open_here(void)
{
	static const struct carom_session_options here = {.size = sizeof(here), .folder = "."};

	return open_session(&here);
}

static void assert_works(struct carom_session *session)
{
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
}

/* ---- commands in a deck ---- */

static const char *const commands[] = {
	"shell touch pwned",
	"echo x > pwned",
	"echo `touch pwned`",
	"write pwned",
	"wrdata pwned v(a)",
	"wrs2p pwned",
	"source other.cir",
	"load other.raw",
	"snsave pwned",
	"codemodel ./evil.cm",
	"osdi ./evil.osdi",
	"pre_osdi ./evil.osdi",
	"cd ..",
	"edit",
	"pre_shell touch pwned",
	"save all\nrun\nwrite pwned",
};

/* %s: a command.  What carom does not pass on. */
static const char *const blocks[] = {
	"t\nv1 a 0 1\nr1 a 0 1\n.op\n.control\n%s\n.endc\n.end\n",
	"t\nv1 a 0 1\nr1 a 0 1\n.op\n \t.CONTROL\n%s\n .EndC\n.end\n",
	"t\nv1 a 0 1\nr1 a 0 1\n.op\n.controlfoo\n%s\n.endcfoo\n.end\n",
	"t\nv1 a 0 1\nr1 a 0 1\n.op\n*#%s\n.end\n",
	"t\nv1 a 0 1\nr1 a 0 1\n.op\n \t*#%s\n.end\n",
	"*#%s\nv1 a 0 1\nr1 a 0 1\n.op\n.end\n",
	"t\n.title *ng_script\nv1 a 0 1\nr1 a 0 1\n.op\n*%s\n.end\n",
	"t\nv1 a 0 1\nr1 a 0 1\n.include block.inc\n.op\n.end\n*%s\n",
};

static void commands_of_an_untrusted_deck_are_not_run(void **state)
{
	struct carom_session *session = open_here();
	char deck[500];
	(void)state;

	write_file("other.cir", "t\n.control\nshell touch pwned\n.endc\n.end\n");
	write_file("block.inc", ".control\nshell touch pwned\n.endc\n*#shell touch pwned\n");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		for (size_t k = 0; k < sizeof(blocks) / sizeof(blocks[0]); k++) {
			struct carom_error err = CAROM_ERROR_INIT;

			if (strchr(commands[i], '\n') && k > 2)
				continue;
			snprintf(deck, sizeof(deck), blocks[k], commands[i]);
			load_deck_text(session, deck, &err);
			if (err.status != CAROM_ERROR_TRUST) {
				assert_ok(&err);
				carom_result_free(run_loaded(session));
			}
			assert_int_equal(count_entries("."), 2);
		}
	}
	assert_works(session);
	carom_session_close(session);
}

struct refused {
	const char *deck;
	int line;
	const char *words;
};

static const struct refused refused[] = {
	{"t\nv1 a 0 1\nr1 a 0 1\npre_osdi evil.osdi\n.op\n.end\n", 4, "pre_"},
	{"t\nv1 a 0 1\nr1 a 0 1\n.pre_osdi evil.osdi\n.op\n.end\n", 4, "pre_"},
	{"t\nv1 a 0 1\na1 [a] [b] m\n.model m d_process(process_file=\"touch\" "
	 "process_params=[\"pwned\"])\n.op\n.end\n",
	 4, "d_process"},
	{"t\nv1 a 0 1\na1 [a] [b] m\n.model m\n+ D_COSIM(simulation=\"./evil.so\")\n.op\n.end\n", 4,
	 "d_cosim"},
	{"t\nv1 a 0 1\nd1 a 0 m ic.file=\"/pwned\"\n.model m numd level=1\n+ x.mesh loc=0 "
	 "n=1\n.op\n.end\n",
	 3, "CIDER"},
	{"t\nv1 a 0 1\nd1 a 0 m\n.model m numd2 level=2\n+ output "
	 "rootfile=\"./pwned\"\n.op\n.end\n",
	 5, "CIDER"},
	{"t\nv1 a 0 1\nq1 a a 0 m\n.model m NBJT2 level=1 rootfile=~/pwned\n.op\n.end\n", 4,
	 "CIDER"},
	{"t\nv1 a 0 1\nm1 a a 0 0 m\n.model m numos\n+ doping infile=../pwned\n.op\n.end\n", 5,
	 "CIDER"},
};

static void a_card_that_reaches_out_is_refused_with_file_and_line(void **state)
{
	struct carom_session *session = open_here();
	(void)state;

	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(load_deck_text(session, refused[i].deck, &err), CAROM_ERROR_TRUST);
		assert_string_equal(err.source, "deck.cir");
		assert_int_equal(err.line, refused[i].line);
		if (!strstr(err.text, refused[i].words))
			fail_msg("\"%s\" lacks \"%s\"", err.text, refused[i].words);
		assert_non_null(strstr(err.hint, "trusted"));
		assert_int_equal(count_entries("."), 0);
	}
	assert_works(session);
	carom_session_close(session);
}

static void the_line_is_that_of_the_included_file(void **state)
{
	struct carom_session *session = open_here();
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	write_file("models.inc",
		   "* models\n\n.model m numd level=1\n+ output rootfile=\"/pwned\"\n");
	assert_int_equal(load_deck_text(session,
					"t\nv1 a 0 1\n.include models.inc\nd1 a 0 m\n.op\n.end\n",
					&err),
			 CAROM_ERROR_TRUST);
	assert_string_equal(err.source, "models.inc");
	assert_int_equal(err.line, 4);
	carom_session_close(session);
}

/* Built by calls: nothing was left out at import. */
static void cards_of_a_circuit_that_was_built_are_looked_at_too(void **state)
{
	static const char *const cards[] = {".control", ".include /etc/passwd",
					    ".lib /etc/passwd tt", "*#shell touch pwned", ".endc"};
	struct carom_session *session = open_here();
	(void)state;

	for (size_t i = 0; i < sizeof(cards) / sizeof(cards[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct carom_circuit *c = carom_circuit_new(NULL, &err);

		carom_add_resistor(c, "r1", carom_net(c, "a", &err), carom_circuit_ground(c), 1,
				   &err);
		if (carom_circuit_add_card(c, cards[i], &err) == 0)
			carom_session_load(session, c, &err);
		if (err.status == CAROM_OK)
			fail_msg("%s is let through", cards[i]);
		carom_circuit_free(c);
	}
	assert_int_equal(count_entries("."), 0);
	carom_session_close(session);
}

static void a_trusted_deck_runs_its_commands(void **state)
{
	struct carom_session *session = open_here();
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	load_trusted_text(session,
			  "t\nv1 a 0 1\nr1 a 0 1\n.op\n.control\nshell touch by-block\n.endc\n"
			  "*#shell touch by-comment\n.end\n",
			  &err);
	assert_ok(&err);
	carom_session_close(session);
	assert_int_equal(access("by-block", F_OK), 0);
	assert_int_equal(access("by-comment", F_OK), 0);
}

/* ---- files that ngspice looks for ---- */

static void use_a_session(void)
{
	struct carom_session *session = open_session(NULL);

	assert_works(session);
	load_deck_text(session, "t\nr1 a 0 {nowhere}\n.op\n.end\n", NULL); /* loaded anew then */
	assert_works(session);
	carom_session_close(session);
}

/* The folder is the working directory and, for a session of this process, the home folder. */
static void no_spiceinit_is_run(void **state)
{
	(void)state;
	write_file(".spiceinit", "shell touch pwned\n");
	write_file("spice.rc", "shell touch pwned\n");
	use_a_session();
	assert_int_equal(count_entries("."), 2);
}

static void no_spiceinit_of_the_home_folder_is_run(void **state)
{
	(void)state;
	write_file(".spiceinit", "shell touch pwned\n");
	assert_int_equal(mkdir("elsewhere", 0755), 0);
	assert_int_equal(chdir("elsewhere"), 0);
	setenv("HOME", case_folder, 1);
	use_a_session();
	assert_int_equal(count_entries("."), 0);
	assert_int_equal(chdir(".."), 0);
	assert_int_equal(count_entries("."), 2);
}

static void no_spinit_of_the_working_directory_is_run(void **state)
{
	(void)state;
	assert_int_equal(mkdir("scripts", 0755), 0);
	write_file("scripts/spinit", "shell touch pwned\n");
	write_file("spinit", "shell touch pwned\n");
	setenv("SPICE_SCRIPTS", "scripts", 1);
	use_a_session();
	setenv("SPICE_SCRIPTS", ".", 1);
	use_a_session();
	unsetenv("SPICE_SCRIPTS");
	setenv("SPICE_LIB_DIR", ".", 1);
	use_a_session();
	unsetenv("SPICE_LIB_DIR");
	assert_int_equal(count_entries("."), 2);
}

/* ---- files that code models read ---- */

#define TABLE_DECK                                                      \
	"t\nvx x 0 1\nvy y 0 0.5\na1 %%vd(x 0) %%vd(y 0) %%id(0 i) m\n" \
	"r1 i 0 1k\n.model m table2d(order=2 file=\"%s\")\n.op\n.end\n"

/* A current of 1 mA (1 + x). */
static void write_table(const char *path)
{
	write_file(path, "* columns\n4\n* rows\n3\n* x\n0 1 2 3\n* y\n0 1 2\n"
			 "1e-3 2e-3 3e-3 4e-3\n1e-3 2e-3 3e-3 4e-3\n1e-3 2e-3 3e-3 4e-3\n");
}

static double value_of_table(struct carom_session *session, const char *path)
{
	char text[400];

	snprintf(text, sizeof(text), TABLE_DECK, path);
	load_deck(session, text);
	return fabs(run_op(session, "v(i)"));
}

/* The process of an untrusted deck reads these files and no others, for which it is another one. */
static void files_of_code_models_are_read_wherever_they_are(void **state)
{
	struct carom_session *session;
	(void)state;

	assert_int_equal(mkdir("here", 0755) | mkdir("there", 0755), 0);
	write_table("here/table");
	write_table("there/table");
	assert_int_equal(chdir("here"), 0);
	session = open_session(NULL);
	for (int i = 0; i < 2; i++) {
		assert_double_equal(value_of_table(session, "table"), 2, 1e-6, 0);
		assert_double_equal(value_of_table(session, "../there/table"), 2, 1e-6, 0);
	}
	carom_session_close(session);
	assert_int_equal(chdir(".."), 0);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)
	const struct CMUnitTest both[] = {
		CASE(commands_of_an_untrusted_deck_are_not_run),
		CASE(a_card_that_reaches_out_is_refused_with_file_and_line),
		CASE(cards_of_a_circuit_that_was_built_are_looked_at_too),
		CASE(a_trusted_deck_runs_its_commands),
		CASE(the_line_is_that_of_the_included_file),
		CASE(no_spiceinit_is_run),
		CASE(no_spiceinit_of_the_home_folder_is_run),
		CASE(no_spinit_of_the_working_directory_is_run),
		CASE(files_of_code_models_are_read_wherever_they_are),
	};

	return support_run_levels(both, sizeof(both) / sizeof(both[0]), NULL, 0);
}
