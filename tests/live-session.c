/* SPDX-License-Identifier: BSD-3-Clause */
/* The session with the real libngspice: circuits in, numbers out, and a host left as it was. */
#include "support.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "carom-session.h"

static const char divider[] = "divider\n"
			      "v1 in 0 dc 10\n"
			      "r1 in out 1k\n"
			      "r2 out 0 1k\n"
			      ".op\n"
			      ".end\n";

/* Lines and columns do not matter to these; the sine makes several points. */
static const char lowpass[] = "low-pass\n"
			      "v1 in 0 dc 1 ac 1 sin(0 1 1k)\n"
			      "r1 in out 1k\n"
			      "c1 out 0 100n\n"
			      ".ac dec 10 10 100k\n"
			      ".tran 10u 2m\n"
			      ".end\n";

static const char transformer[] = "transformer\n"
				  "v1 in 0 sin(0 1 1k)\n"
				  "r1 in a 10\n"
				  "l1 a 0 1m\n"
				  "l2 b 0 1m\n"
				  "k1 l1 l2 0.9\n"
				  "rload b 0 50\n"
				  ".tran 10u 2.3m\n"
				  ".end\n";

/* ---- helpers ---- */

static struct carom_circuit *import(const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, text, strlen(text), "deck.cir", NULL, &err);
	assert_ok(&err);
	return circuit;
}

static int load_text(struct carom_session *session, const char *text, struct carom_error *err)
{
	struct carom_circuit *circuit = import(text);
	int status = carom_session_load(session, circuit, err);

	carom_circuit_free(circuit);
	return status;
}

static void load(struct carom_session *session, const char *text)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(load_text(session, text, &err), 0);
	assert_ok(&err);
}

static void alter(struct carom_session *session, const char *target, double value)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(carom_session_alter(session, target, value, &err), 0);
	assert_ok(&err);
}

static struct carom_result *run(struct carom_session *session)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	assert_int_equal(carom_session_run(session, &result, &err), 0);
	assert_ok(&err);
	return result;
}

static const struct carom_vector *find(const struct carom_result *result, const char *plot,
				       const char *name)
{
	const struct carom_plot *found = carom_result_find_plot(result, plot);
	const struct carom_vector *vector = found ? carom_plot_find_vector(found, name) : NULL;

	if (!vector)
		fail_msg("the result has no %s in a plot %s", name, plot);
	return vector;
}

/* Run and read one value of the operating point. */
static double run_op(struct carom_session *session, const char *name)
{
	struct carom_result *result = run(session);
	double value = carom_vector_real(find(result, "op", name))[0];

	carom_result_free(result);
	return value;
}

static struct carom_session *open_session(const struct carom_session_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;

	assert_int_equal(carom_session_open(&session, options, &err), 0);
	assert_ok(&err);
	return session;
}

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

/* ---- life ---- */

static void a_session_tells_its_library_and_version(void **state)
{
	assert_non_null(strstr(carom_session_library(*state), "libngspice"));
	assert_true(atof(carom_session_version(*state)) >= 30);
}

static void a_process_has_one_session(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *second;

	assert_int_equal(carom_session_open(&second, NULL, &err), CAROM_ERROR_STATE);
	assert_null(second);
	load(*state, divider);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void sessions_may_follow_each_other(void **state)
{
	(void)state;
	for (int i = 0; i < 3; i++) {
		struct carom_session *session = open_session(NULL);

		load(session, divider);
		assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
		carom_session_close(session);
	}
}

static void a_library_that_is_not_there_is_named(void **state)
{
	struct carom_session_options options = {.size = sizeof(options),
						.library = "/nowhere/libngspice.so.0"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	assert_int_equal(carom_session_open(&session, &options, &err), CAROM_ERROR_LIBRARY);
	assert_null(session);
	assert_non_null(strstr(err.text, "/nowhere/libngspice.so.0"));
	carom_session_close(open_session(NULL));
}

static void options_without_a_size_are_refused(void **state)
{
	struct carom_session_options options = {0};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	assert_int_equal(carom_session_open(&session, &options, &err), CAROM_ERROR_ARGUMENT);
	assert_null(session);
}

static void opening_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	int n_failures = 0;
	(void)state;

	for (int status = -1; status; n_failures += status != 0) {
		struct carom_session *session;

		mem_fail_after(n_failures);
		status = carom_session_open(&session, NULL, NULL);
		mem_fail_after(-1);
		assert_true(status ? !session : !!session);
		carom_session_close(session);
	}
	assert_true(n_failures >= 4); /* session, thread, library, version */
}

static void closing_nothing_is_legal(void **state)
{
	(void)state;
	carom_session_close(NULL);
}

/* ---- results ---- */

static void every_analysis_gives_a_plot(void **state)
{
	struct carom_result *result;

	load(*state, lowpass);
	result = run(*state);
	assert_int_equal(carom_result_plot_count(result), 2);
	assert_string_equal(carom_plot_title(carom_result_plot(result, 0)), "low-pass");
	assert_int_equal(carom_plot_point_count(carom_result_find_plot(result, "ac")), 41);
	assert_true(carom_plot_point_count(carom_result_find_plot(result, "tran")) > 100);
	carom_result_free(result);
}

static void vectors_have_units_and_scales(void **state)
{
	struct carom_result *result;

	load(*state, lowpass);
	result = run(*state);
	assert_string_equal(carom_vector_unit(find(result, "tran", "v(out)")), "V");
	assert_string_equal(carom_vector_unit(find(result, "tran", "i(v1)")), "A");
	assert_ptr_equal(carom_plot_scale(carom_result_find_plot(result, "tran")),
			 find(result, "tran", "time"));
	assert_string_equal(carom_vector_unit(find(result, "tran", "time")), "s");
	assert_string_equal(carom_vector_unit(find(result, "ac", "frequency")), "Hz");
	carom_result_free(result);
}

static void ac_vectors_are_complex_and_right(void **state)
{
	struct carom_result *result;
	const double *out, *frequency;

	load(*state, lowpass);
	result = run(*state);
	out = carom_vector_complex(find(result, "ac", "v(out)"));
	frequency = carom_vector_complex(find(result, "ac", "frequency"));
	for (size_t i = 0; i < 41; i++) {
		double w = 2 * M_PI * frequency[2 * i] * 1e3 * 100e-9;

		assert_double_equal(out[2 * i], 1 / (1 + w * w), 1e-9, 0);
		assert_double_equal(out[2 * i + 1], -w / (1 + w * w), 1e-9, 0);
	}
	carom_result_free(result);
}

static void a_result_outlives_runs_loads_and_the_session(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result;
	(void)state;

	load(session, divider);
	result = run(session);
	alter(session, "r1", 3e3);
	carom_result_free(run(session));
	load(session, lowpass);
	carom_result_free(run(session));
	carom_session_close(session);
	assert_double_equal(carom_vector_real(find(result, "op", "out"))[0], 5, 1e-9, 0);
	carom_result_free(result);
}

/* ---- altering ---- */

static void a_value_is_set_in_place(void **state)
{
	load(*state, divider);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
	alter(*state, "r1", 3e3);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	alter(*state, "V1", 20);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void the_gain_of_a_controlled_source_is_set_in_place(void **state)
{
	load(*state, "gain\nv1 in 0 1\ne1 out 0 in 0 2\nr1 out 0 1k\n.op\n.end\n");
	alter(*state, "e1", 7);
	assert_double_equal(run_op(*state, "v(out)"), 7, 1e-9, 0);
}

static void parameters_of_instances_and_models_are_set_in_place(void **state)
{
	load(*state, "bjt\nvcc c 0 5\nib 0 b 10u\nq1 c b 0 qn\n.model qn npn bf=100\n.op\n.end\n");
	assert_double_equal(run_op(*state, "i(vcc)"), -1e-3, 1e-6, 0);
	alter(*state, "q1:bf", 200);
	assert_double_equal(run_op(*state, "i(vcc)"), -2e-3, 1e-6, 0);
	load(*state, "mos\nvd d 0 5\nvg g 0 2\nm1 d g 0 0 mn l=2u w=10u\n"
		     ".model mn nmos level=1 vto=1 kp=100u\n.op\n.end\n");
	assert_double_equal(run_op(*state, "i(vd)"), -250e-6, 1e-6, 0);
	alter(*state, "m1:l", 1e-6);
	assert_double_equal(run_op(*state, "i(vd)"), -500e-6, 1e-6, 0);
}

static void values_inside_subcircuits_are_set_by_path(void **state)
{
	load(*state, "sub\nv1 in 0 10\nx1 in out cell\nr2 out 0 1k\n"
		     ".subckt cell a b\nr1 a b 1k\n.ends\n.op\n.end\n");
	alter(*state, "x1.r1", 4e3);
	assert_double_equal(run_op(*state, "v(out)"), 2, 1e-9, 0);
}

static void an_element_that_is_not_there_cannot_be_set(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	load(*state, divider);
	assert_int_not_equal(carom_session_alter(*state, "r9", 1, &err), 0);
	assert_true(err.text[0] != '\0');
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void words_that_would_run_commands_reach_nothing(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;

	load(*state, divider);
	assert_int_equal(carom_session_alter(*state, "r1=3k;alter r2", 1, &err),
			 CAROM_ERROR_ARGUMENT);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

/* ---- a second run ---- */

static void assert_same_columns(const struct carom_result *a, const struct carom_result *b,
				const char *name)
{
	const struct carom_vector *x = find(a, "tran", name), *y = find(b, "tran", name);

	assert_int_equal(carom_vector_length(x), carom_vector_length(y));
	for (size_t i = 0; i < carom_vector_length(x); i++)
		assert_same_bits(carom_vector_real(x)[i], carom_vector_real(y)[i]);
}

static void a_second_run_repeats_the_first_even_with_coupled_inductors(void **state)
{
	struct carom_result *first, *second, *third;

	load(*state, transformer);
	first = run(*state);
	second = run(*state);
	third = run(*state);
	assert_same_columns(first, second, "v(b)");
	assert_same_columns(first, third, "v(b)");
	carom_result_free(first);
	carom_result_free(second);
	carom_result_free(third);
}

static void values_that_were_set_survive_the_fresh_start(void **state)
{
	struct carom_result *first, *second;

	load(*state, transformer);
	alter(*state, "rload", 75);
	first = run(*state);
	alter(*state, "rload", 20);
	carom_result_free(run(*state));
	alter(*state, "rload", 75);
	second = run(*state);
	assert_same_columns(first, second, "v(b)");
	carom_result_free(first);
	carom_result_free(second);
}

static void values_that_were_set_are_forgotten_by_a_load(void **state)
{
	load(*state, transformer);
	alter(*state, "rload", 75);
	carom_result_free(run(*state));
	load(*state, "divider and k\nv1 in 0 10\nr1 in out 1k\nrload out 0 1k\n"
		     "l1 out 0 1g\nl2 x 0 1g\nk1 l1 l2 0.5\nrx x 0 1\n"
		     "i1 0 out 0 pulse(0 1m 1n 1n 1n 1 2)\n.tran 1u 10u\n.end\n");
	for (int i = 0; i < 2; i++) {
		struct carom_result *result = run(*state);
		const struct carom_vector *out = find(result, "tran", "v(out)");

		assert_double_equal(carom_vector_real(out)[carom_vector_length(out) - 1], 0.5, 1e-3,
				    0);
		carom_result_free(result);
	}
}

/* ---- failures ---- */

static void nothing_can_be_run_or_set_before_a_load(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	assert_int_equal(carom_session_run(*state, &result, &err), CAROM_ERROR_STATE);
	assert_null(result);
	assert_non_null(strstr(err.text, "no circuit is loaded"));
	assert_int_equal(carom_session_alter(*state, "r1", 1, NULL), CAROM_ERROR_STATE);
}

struct bad_deck {
	const char *text;
	enum carom_status status;
	int line; /* 0: not told */
	const char *words;
};

/* Wherever it is found, at the load or at the run, the error is one and the next deck works. */
static void assert_fails(struct carom_session *session, const struct bad_deck *deck)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = NULL;

	if (load_text(session, deck->text, &err) == 0)
		carom_session_run(session, &result, &err);
	assert_null(result);
	if ((deck->status && err.status != deck->status) || !strstr(err.text, deck->words) ||
	    err.line != deck->line || strcmp(err.source, "deck.cir") != 0)
		fail_msg("%s:%d: %s: %s", err.source, err.line, carom_status_name(err.status),
			 err.text);
	load(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
}

static void a_bad_deck_has_an_error_with_its_place_and_the_next_deck_works(void **state)
{
	static const struct bad_deck decks[] = {
		{"t\n* comment\nv1 a 0 1\n\nr1 a 0 {rload}\n.op\n.end\n", CAROM_ERROR_PARAMETER, 5,
		 "rload"},
		{"t\n* comment\nv1 a 0 1\nd1 a 0 nosuch\n.op\n.end\n", CAROM_ERROR_MODEL, 4,
		 "nosuch"},
		{"t\nv1 a 0 1\nr1 a 0 1k\n.end\n", CAROM_OK, 0, "analys"},
		{"t\nv1 a 0 1\nv2 a 0 2\n.op\n.end\n", CAROM_OK, 0, ""},
	};

	for (size_t i = 0; i < sizeof(decks) / sizeof(decks[0]); i++)
		assert_fails(*state, &decks[i]);
}

static void a_failed_load_leaves_no_circuit(void **state)
{
	struct carom_circuit *circuit = carom_circuit_new("*ng_script", NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	load(*state, divider);
	assert_int_equal(carom_session_load(*state, circuit, &err), CAROM_ERROR_TRUST);
	carom_circuit_free(circuit);
	assert_int_equal(carom_session_run(*state, &result, NULL), CAROM_ERROR_STATE);
	assert_int_equal(load_text(*state, "t\nv1 a 0 1\nr1 a 0 {rload}\n.op\n.end\n", NULL),
			 CAROM_ERROR_PARAMETER);
	assert_int_equal(carom_session_run(*state, &result, NULL), CAROM_ERROR_STATE);
}

static void a_trusted_deck_may_run_commands(void **state)
{
	static const char text[] = "commands\nv1 in 0 10\nr1 in out 1k\nr2 out 0 1k\n.op\n"
				   ".control\nalter r1 = 3k\n.endc\n.end\n";
	struct carom_import_options options = {.size = sizeof(options), .is_trusted = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	carom_circuit_import_text(&circuit, text, strlen(text), "deck.cir", &options, &err);
	assert_ok(&err);
	carom_session_load(*state, circuit, &err);
	assert_ok(&err);
	carom_circuit_free(circuit);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
}

static void loading_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	struct carom_circuit *circuit = import(divider);
	int n_failures = 0;

	for (int status = -1; status; n_failures += status != 0) {
		mem_fail_after(n_failures);
		status = carom_session_load(*state, circuit, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
	}
	assert_true(n_failures >= 7); /* five of the lines, title, source */
	carom_circuit_free(circuit);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
}

static void running_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	int n_failures = 0;

	load(*state, divider);
	for (int status = -1; status; n_failures += status != 0) {
		struct carom_result *result;

		mem_fail_after(n_failures);
		status = carom_session_run(*state, &result, NULL);
		mem_fail_after(-1);
		assert_true(status ? status == CAROM_ERROR_MEMORY && !result : result != NULL);
		carom_result_free(result);
	}
	assert_true(n_failures >= 8); /* result, plot and their members, vectors */
}

static void setting_survives_a_lack_of_memory_at_every_allocation(void **state)
{
	int n_failures = 0;

	load(*state, transformer);
	for (int status = -1; status; n_failures += status != 0) {
		mem_fail_after(n_failures);
		status = carom_session_alter(*state, "rload", 75, NULL);
		mem_fail_after(-1);
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
	}
	assert_true(n_failures >= 3); /* the words, the target, the list */
}

/* ---- the host ---- */

static void nothing(int signal)
{
	(void)signal;
}

static const int watched_signals[] = {SIGILL,  SIGSEGV, SIGINT,  SIGFPE,  SIGBUS,
				      SIGTERM, SIGPIPE, SIGCHLD, SIGALRM, SIGUSR1};
#define N_WATCHED (sizeof(watched_signals) / sizeof(watched_signals[0]))

/* What of the process a simulator might change. */
struct host {
	char folder[4096];
	char locale[256];
	char *environment; /* all variables, each with its NUL */
	size_t n_environment;
	struct sigaction actions[N_WATCHED];
	sigset_t mask;
	cpu_set_t cpus;
};

extern char **environ;

static void copy_environment(struct host *host)
{
	FILE *stream = open_memstream(&host->environment, &host->n_environment);

	for (char **variable = environ; *variable; variable++)
		fwrite(*variable, 1, strlen(*variable) + 1, stream);
	fclose(stream);
}

static struct host look_at_host(void)
{
	struct host host;

	memset(&host, 0, sizeof(host));
	assert_non_null(getcwd(host.folder, sizeof(host.folder)));
	strncpy(host.locale, setlocale(LC_ALL, NULL), sizeof(host.locale) - 1);
	copy_environment(&host);
	for (size_t i = 0; i < N_WATCHED; i++)
		sigaction(watched_signals[i], NULL, &host.actions[i]);
	pthread_sigmask(SIG_SETMASK, NULL, &host.mask);
	sched_getaffinity(0, sizeof(host.cpus), &host.cpus);
	return host;
}

static void assert_same_actions(const struct host *a, const struct host *b)
{
	for (size_t i = 0; i < N_WATCHED; i++) {
		const struct sigaction *x = &a->actions[i], *y = &b->actions[i];

		if (x->sa_handler != y->sa_handler || x->sa_flags != y->sa_flags)
			fail_msg("the action of signal %d has changed", watched_signals[i]);
	}
}

static void assert_same_host(const struct host *a, const struct host *b)
{
	assert_string_equal(a->folder, b->folder);
	assert_string_equal(a->locale, b->locale);
	assert_int_equal(a->n_environment, b->n_environment);
	assert_memory_equal(a->environment, b->environment, a->n_environment);
	assert_same_actions(a, b);
	assert_memory_equal(&a->mask, &b->mask, sizeof(a->mask));
	assert_true(CPU_EQUAL(&a->cpus, &b->cpus));
}

static void set_handlers(void (*handler)(int))
{
	struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};

	for (size_t i = 0; i < N_WATCHED; i++)
		sigaction(watched_signals[i], &action, NULL);
}

/* Loads, expressions, failures that heal: all that is known to touch the process. */
static void use_a_session(const struct host *before)
{
	struct carom_session *session = open_session(NULL);
	struct host host = look_at_host();

	assert_same_host(before, &host);
	free(host.environment);
	load(session, lowpass);
	alter(session, "r1", 2e3);
	carom_result_free(run(session));
	load_text(session, "t\nv1 a 0 1\nr1 a 0 {rload}\n.op\n.end\n", NULL);
	load(session, transformer);
	carom_result_free(run(session));
	carom_result_free(run(session));
	host = look_at_host();
	assert_same_host(before, &host);
	free(host.environment);
	carom_session_close(session);
}

static void the_host_is_left_as_it_was(void **state)
{
	struct host before, after;
	(void)state;

	setenv("SPICE_SCRIPTS", "/nowhere", 1);
	set_handlers(nothing);
	before = look_at_host();
	use_a_session(&before);
	after = look_at_host();
	assert_same_host(&before, &after);
	set_handlers(SIG_DFL);
	unsetenv("SPICE_SCRIPTS");
	free(before.environment);
	free(after.environment);
}

/* A locale whose numbers have a comma, made here because a system may have none. */
static void make_comma_locale(const char *folder)
{
	static const char source[] = "LC_NUMERIC\ndecimal_point \",\"\nthousands_sep \".\"\n"
				     "grouping 3;3\nEND LC_NUMERIC\n";
	char command[200];
	FILE *pipe;

	snprintf(command, sizeof(command), "localedef -c -i - %s/comma 2>/dev/null", folder);
	pipe = popen(command, "w");
	fputs(source, pipe);
	pclose(pipe); /* it warns of what is left out, and its status says so too */
	setenv("LOCPATH", folder, 1);
	assert_non_null(setlocale(LC_NUMERIC, "comma"));
}

static void a_host_with_a_decimal_comma_keeps_it_and_gets_right_numbers(void **state)
{
	char folder[] = "/tmp/carom-test-XXXXXX", command[64];
	struct carom_session *session;
	(void)state;

	assert_non_null(mkdtemp(folder));
	make_comma_locale(folder);
	session = open_session(NULL);
	load(session, divider);
	alter(session, "r1", 1.5e3);
	assert_double_equal(run_op(session, "v(out)"), 4, 1e-9, 0);
	assert_string_equal(localeconv()->decimal_point, ",");
	carom_session_close(session);
	assert_string_equal(setlocale(LC_NUMERIC, NULL), "comma");
	setlocale(LC_NUMERIC, "C");
	unsetenv("LOCPATH");
	snprintf(command, sizeof(command), "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

static void a_folders_spiceinit_is_not_run(void **state)
{
	char folder[] = "/tmp/carom-test-XXXXXX", before[4096];
	struct carom_session *session;
	FILE *file;
	(void)state;

	assert_non_null(getcwd(before, sizeof(before)));
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	file = fopen(".spiceinit", "w");
	fputs("shell touch was-run\n", file);
	fclose(file);
	session = open_session(NULL);
	load(session, divider);
	carom_result_free(run(session));
	carom_session_close(session);
	assert_int_not_equal(access("was-run", F_OK), 0);
	assert_int_equal(unlink(".spiceinit"), 0);
	assert_int_equal(chdir(before), 0);
	assert_int_equal(rmdir(folder), 0);
}

/* ---- threads ---- */

struct log {
	struct carom_session *session;
	int n_lines;
	int status; /* of the call made from inside */
	pthread_t thread;
	cpu_set_t cpus;
};

static void take_log(void *arg, enum carom_log_level level, const char *line)
{
	struct log *log = arg;

	assert_true(level >= CAROM_LOG_TEXT && level <= CAROM_LOG_ERROR && line[0] != '\0');
	log->n_lines++;
	log->thread = pthread_self();
	sched_getaffinity(0, sizeof(log->cpus), &log->cpus);
	if (log->session)
		log->status = carom_session_alter(log->session, "r1", 1, NULL);
}

static void a_log_callback_gets_lines_on_the_sessions_thread_and_may_not_call_back(void **state)
{
	struct log log = {.n_lines = 0};
	struct carom_session_options options = {
		.size = sizeof(options), .log = take_log, .log_arg = &log};
	struct carom_session *session = open_session(&options);
	(void)state;

	log.session = session;
	load(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	assert_true(log.n_lines > 0);
	assert_int_equal(log.status, CAROM_ERROR_STATE);
	assert_false(pthread_equal(log.thread, pthread_self()));
	carom_session_close(session);
}

static void the_sessions_thread_runs_on_the_core_it_is_given(void **state)
{
	struct log log = {.n_lines = 0};
	int cpu = sched_getcpu();
	struct carom_session_options options = {
		.size = sizeof(options), .log = take_log, .log_arg = &log, .core = cpu + 1};
	struct carom_session *session = open_session(&options);
	(void)state;

	load(session, divider);
	carom_result_free(run(session));
	carom_session_close(session);
	assert_int_equal(CPU_COUNT(&log.cpus), 1);
	assert_true(CPU_ISSET(cpu, &log.cpus));
}

static atomic_int n_right;

static void *load_and_run(void *arg)
{
	struct carom_session *session = arg;

	for (int i = 0; i < 25; i++) {
		struct carom_result *result;
		const struct carom_vector *out;

		if (carom_session_run(session, &result, NULL))
			continue;
		out = carom_plot_find_vector(carom_result_plot(result, 0), "out");
		n_right += fabs(carom_vector_real(out)[0] - 5) < 1e-9;
		carom_result_free(result);
	}
	return NULL;
}

static void any_thread_may_call_and_is_served_in_its_turn(void **state)
{
	pthread_t threads[4];

	load(*state, divider);
	n_right = 0;
	for (int i = 0; i < 4; i++)
		pthread_create(&threads[i], NULL, load_and_run, *state);
	for (int i = 0; i < 4; i++)
		pthread_join(threads[i], NULL);
	assert_int_equal(n_right, 100);
}

#define WITH_SESSION(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_SESSION(a_session_tells_its_library_and_version),
		WITH_SESSION(a_process_has_one_session),
		cmocka_unit_test(sessions_may_follow_each_other),
		cmocka_unit_test(a_library_that_is_not_there_is_named),
		cmocka_unit_test(options_without_a_size_are_refused),
		cmocka_unit_test(opening_survives_a_lack_of_memory_at_every_allocation),
		cmocka_unit_test(closing_nothing_is_legal),
		WITH_SESSION(every_analysis_gives_a_plot),
		WITH_SESSION(vectors_have_units_and_scales),
		WITH_SESSION(ac_vectors_are_complex_and_right),
		cmocka_unit_test(a_result_outlives_runs_loads_and_the_session),
		WITH_SESSION(a_value_is_set_in_place),
		WITH_SESSION(the_gain_of_a_controlled_source_is_set_in_place),
		WITH_SESSION(parameters_of_instances_and_models_are_set_in_place),
		WITH_SESSION(values_inside_subcircuits_are_set_by_path),
		WITH_SESSION(an_element_that_is_not_there_cannot_be_set),
		WITH_SESSION(words_that_would_run_commands_reach_nothing),
		WITH_SESSION(a_second_run_repeats_the_first_even_with_coupled_inductors),
		WITH_SESSION(values_that_were_set_survive_the_fresh_start),
		WITH_SESSION(values_that_were_set_are_forgotten_by_a_load),
		WITH_SESSION(nothing_can_be_run_or_set_before_a_load),
		WITH_SESSION(a_bad_deck_has_an_error_with_its_place_and_the_next_deck_works),
		WITH_SESSION(a_failed_load_leaves_no_circuit),
		WITH_SESSION(a_trusted_deck_may_run_commands),
		WITH_SESSION(loading_survives_a_lack_of_memory_at_every_allocation),
		WITH_SESSION(running_survives_a_lack_of_memory_at_every_allocation),
		WITH_SESSION(setting_survives_a_lack_of_memory_at_every_allocation),
		cmocka_unit_test(the_host_is_left_as_it_was),
		cmocka_unit_test(a_host_with_a_decimal_comma_keeps_it_and_gets_right_numbers),
		cmocka_unit_test(a_folders_spiceinit_is_not_run),
		cmocka_unit_test(
			a_log_callback_gets_lines_on_the_sessions_thread_and_may_not_call_back),
		cmocka_unit_test(the_sessions_thread_runs_on_the_core_it_is_given),
		WITH_SESSION(any_thread_may_call_and_is_served_in_its_turn),
	};

	return run_all_tests(tests);
}
