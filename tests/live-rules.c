/* SPDX-License-Identifier: BSD-3-Clause */
/* The rules of docs/rules.md: what may be freed or written over, and when, on both levels. */
#include <stdlib.h>
#include <string.h>

#include "carom-spectrum.h"
#include "support-session.h"

#define GATE                                                                                 \
	"gate\nv1 in 0 pulse(0 5 1u 10n 10n 2u 5u)\na1 [in] [din] adc\na2 din dout inv\n"    \
	".model adc adc_bridge(in_low=1 in_high=2)\n.model inv d_inverter(rise_delay=10n)\n" \
	".tran 10n 10u\n.end\n"

/* A string that is written over before it is freed, so that who kept the pointer reads nonsense. */
static void spoil(char *string)
{
	memset(string, '#', strlen(string));
	free(string);
}

static char *copy(const char *string)
{
	char *made = strdup(string);

	assert_non_null(made);
	return made;
}

static void strings_of_a_session_are_copied(void **state)
{
	char *library = copy("libngspice.so.0"), *folder = copy(".");
	const struct carom_session_options options = {
		.size = sizeof(options), .library = library, .folder = folder};
	struct carom_session *session = open_session(&options);
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	spoil(library);
	spoil(folder);
	/* a parameter that is not defined: ngspice has to be unloaded and found again */
	assert_int_not_equal(load_deck_text(session, "t\nr1 a 0 {none}\n.op\n.end\n", &err),
			     CAROM_OK);
	load_deck(session, divider);
	assert_double_equal(run_op(session, "out"), 5, 1e-9, 0);
	carom_session_close(session);
}

static void strings_of_a_run_in_the_background_are_copied(void **state)
{
	char *analysis = copy("dc v1 0 10 1"), *vector = copy("v(out)"),
	     *condition = copy("v(out) > 99");
	const char *save[] = {vector};
	struct carom_run_options options = {.size = sizeof(options),
					    .analysis = analysis,
					    .save = save,
					    .n_save = 1,
					    .stop_when = condition};
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;
	(void)state;

	load_deck(session, divider);
	carom_session_start(session, &options, &err);
	spoil(analysis);
	spoil(vector);
	spoil(condition);
	memset(&options, '#', sizeof(options));
	carom_session_wait(session, -1, &result, &err);
	assert_ok(&err);
	assert_int_equal(carom_vector_length(find_vector(result, "dc", "v(out)")), 11);
	carom_result_free(result);
	carom_session_close(session);
}

static void a_loaded_circuit_may_be_freed(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_circuit *circuit = import_deck(divider), *other = import_deck(divider);
	struct carom_error err = CAROM_ERROR_INIT;
	(void)state;

	carom_session_load(session, circuit, &err);
	carom_circuit_free(circuit);
	set_value(session, "r1", 4e3);
	assert_double_equal(run_op(session, "out"), 2, 1e-9, 0);
	carom_session_update(session, other, NULL, &err);
	carom_circuit_free(other);
	assert_ok(&err);
	assert_double_equal(run_op(session, "out"), 5, 1e-9, 0);
	carom_session_close(session);
}

static void what_is_made_of_a_result_outlives_it(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *tran, *even, *spectrum;
	struct carom_fourier *fourier;
	struct carom_error err = CAROM_ERROR_INIT;
	const double times[] = {1e-3, 2e-3};
	const struct carom_plot *plot;
	(void)state;

	load_deck(session, "t\nv1 in 0 sin(0 1 1k)\nr1 in 0 1k\n.tran 10u 3m 0 10u\n.end\n");
	tran = run_loaded(session);
	carom_session_close(session);
	plot = carom_result_plot(tran, 0);
	carom_plot_interpolate(plot, times, 2, &even, &err);
	carom_plot_spectrum(plot, NULL, &spectrum, &err);
	carom_plot_fourier(plot, "v(in)", 1e3, NULL, &fourier, &err);
	assert_ok(&err);
	carom_result_free(tran);
	assert_int_equal(carom_vector_length(find_vector(even, "tran", "v(in)")), 2);
	assert_string_equal(carom_vector_unit(find_vector(spectrum, "spectrum", "v(in)")), "V");
	assert_string_equal(fourier->vector, "v(in)");
	carom_result_free(even);
	carom_result_free(spectrum);
	carom_fourier_free(fourier);
}

static void events_outlive_the_session(void **state)
{
	struct carom_session *session = open_session(NULL);
	const struct carom_events *events;
	struct carom_result *result;
	(void)state;

	load_deck(session, GATE);
	result = run_loaded(session);
	load_deck(session, divider);
	carom_session_close(session);
	events = carom_plot_find_event(carom_result_plot(result, 0), "dout");
	assert_non_null(events);
	assert_string_equal(events->values[0], "1s");
	carom_result_free(result);
}

static struct carom_session *opening;

static void call_from_the_log(void *n_lines, enum carom_log_level level, const char *line)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = NULL;
	(void)level;
	(void)line;

	++*(unsigned *)n_lines;
	if (carom_session_run(opening, &result, &err) == CAROM_OK)
		carom_result_free(result);
	carom_session_cancel(opening);
	carom_session_version(opening);
	carom_session_close(opening);
}

static void the_log_may_call_while_the_session_is_opened(void **state)
{
	unsigned n_lines = 0;
	const struct carom_session_options options = {.size = sizeof(options),
						      .log = call_from_the_log,
						      .log_arg = &n_lines,
						      .is_isolated = is_isolated_case()};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	(void)state;

	carom_session_open(&opening, &options, &err);
	assert_ok(&err);
	session = opening;
	opening = NULL;
	assert_true(n_lines > 0);
	load_deck(session, divider);
	assert_double_equal(run_op(session, "out"), 5, 1e-9, 0);
	carom_session_close(session);
}

static void nothing_is_not_a_session(void **state)
{
	struct carom_circuit *none = NULL;
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;
	(void)state;

	assert_int_equal(carom_session_run(NULL, &result, NULL), CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_session_wait(NULL, 0, &result, NULL), CAROM_ERROR_ARGUMENT);
	assert_false(carom_session_is_running(NULL));
	assert_string_equal(carom_session_version(NULL), "");
	assert_string_equal(carom_session_library(NULL), "");
	assert_int_equal(carom_session_load(session, none, &err), CAROM_ERROR_ARGUMENT);
	assert_string_equal(err.text, "there is no circuit to load");
	carom_session_close(session);
}

static void findings_outlive_the_circuit(void **state)
{
	struct carom_circuit *circuit = import_deck("t\nv1 a 0 1\nd1 a 0 none\n.op\n.end\n");
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings;
	(void)state;

	carom_circuit_lint(circuit, &findings, &err);
	carom_circuit_free(circuit);
	assert_ok(&err);
	assert_int_equal(carom_findings_count(findings), 1);
	assert_string_equal(carom_findings_get(findings, 0).source, "deck.cir");
	assert_non_null(strstr(carom_findings_get(findings, 0).text, "none"));
	carom_findings_free(findings);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test(strings_of_a_session_are_copied),
		cmocka_unit_test(strings_of_a_run_in_the_background_are_copied),
		cmocka_unit_test(a_loaded_circuit_may_be_freed),
		cmocka_unit_test(what_is_made_of_a_result_outlives_it),
		cmocka_unit_test(events_outlive_the_session),
		cmocka_unit_test(the_log_may_call_while_the_session_is_opened),
		cmocka_unit_test(nothing_is_not_a_session),
	};
	const struct CMUnitTest one[] = {
		cmocka_unit_test(findings_outlive_the_circuit),
	};

	return run_on_both_levels(both, one);
}
