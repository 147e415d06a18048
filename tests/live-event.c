/* SPDX-License-Identifier: BSD-3-Clause */
/* Events of digital nodes with the real library: what gates and bridges do, in each analysis. */
#include <stdlib.h>
#include <string.h>

#include "support-session.h"

#define GATES                                                                         \
	"gates\nv1 in 0 pulse(0 5 1u 10n 10n 2u 5u)\nr1 in 0 1k\na1 [in] [din] adc\n" \
	"a2 din dout inv\na3 [dout] [out] dac\nx1 din y sub\nr2 out 0 1k\n"           \
	".subckt sub p q\na1 p inside inv\na2 inside q inv\n.ends\n"                  \
	".model adc adc_bridge(in_low=1 in_high=2 rise_delay=1n fall_delay=1n)\n"     \
	".model dac dac_bridge(out_low=0 out_high=5)\n"                               \
	".model inv d_inverter(rise_delay=10n fall_delay=20n)\n"

static const struct carom_plot *plot_of(const struct carom_result *result, const char *name)
{
	const struct carom_plot *plot = carom_result_find_plot(result, name);

	assert_non_null(plot);
	return plot;
}

static const struct carom_events *events_of(const struct carom_result *result, const char *plot,
					    const char *node)
{
	const struct carom_events *events = carom_plot_find_event(plot_of(result, plot), node);

	assert_non_null(events);
	return events;
}

/* The last value of the node at or before the time. */
static const char *value_at(const struct carom_events *events, double time)
{
	const char *value = "";

	for (size_t i = 0; i < events->n && events->times[i] <= time; i++)
		value = events->values[i];
	return value;
}

static struct carom_result *run_deck(struct carom_session *session, const char *deck)
{
	load_deck(session, deck);
	return run_loaded(session);
}

static void gates_switch_with_their_delays(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result = run_deck(session, GATES ".tran 10n 10u\n.end\n");
	const struct carom_events *din = events_of(result, "tran1", "din");
	const struct carom_events *dout = events_of(result, "tran1", "dout");

	(void)state;
	assert_int_equal(carom_plot_event_count(plot_of(result, "tran1")), 4);
	assert_string_equal(value_at(din, 0.5e-6), "0s");
	assert_string_equal(value_at(din, 2e-6), "1s");
	assert_string_equal(value_at(din, 4e-6), "0s");
	assert_string_equal(value_at(dout, 0.5e-6), "1s");
	assert_string_equal(value_at(dout, 2e-6), "0s");
	assert_string_equal(value_at(dout, 4e-6), "1s");
	for (size_t i = 1; i < din->n; i++) {
		bool rises = strcmp(dout->values[i], "1s") == 0;

		assert_true(din->times[i] > din->times[i - 1]);
		if (strcmp(dout->values[i], "Us") != 0)
			assert_double_equal(dout->times[i] - din->times[i], rises ? 10e-9 : 20e-9,
					    1e-6, 0);
	}
	assert_string_equal(value_at(events_of(result, "tran1", "y"), 2e-6), "1s");
	assert_string_equal(value_at(events_of(result, "tran1", "x1.inside"), 2e-6), "0s");
	carom_result_free(result);
	carom_session_close(session);
}

static void each_analysis_has_events_of_its_own(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result =
		run_deck(session, GATES ".op\n.tran 10n 2u\n.dc v1 0 5 1\n.ac dec 1 1 10\n.end\n");

	(void)state;
	assert_int_equal(events_of(result, "op1", "dout")->n, 1);
	assert_string_equal(events_of(result, "op1", "dout")->values[0], "1s");
	assert_same_bits(events_of(result, "op1", "dout")->times[0], 0);
	assert_string_equal(value_at(events_of(result, "dc1", "dout"), 0), "1s");
	assert_string_equal(value_at(events_of(result, "dc1", "dout"), 5), "0s");
	assert_string_equal(value_at(events_of(result, "tran1", "dout"), 2e-6), "0s");
	assert_int_equal(carom_plot_event_count(plot_of(result, "ac1")), 0);
	carom_result_free(result);
	carom_session_close(session);
}

static void a_second_run_has_the_same_events(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *first = run_deck(session, GATES ".tran 10n 10u\n.end\n");
	struct carom_result *second = run_loaded(session);
	const struct carom_events *a = events_of(first, "tran1", "dout");
	const struct carom_events *b = events_of(second, "tran1", "dout");

	(void)state;
	assert_int_equal(a->n, b->n);
	for (size_t i = 0; i < a->n; i++) {
		assert_same_bits(a->times[i], b->times[i]);
		assert_string_equal(a->values[i], b->values[i]);
	}
	carom_result_free(first);
	carom_result_free(second);
	carom_session_close(session);
}

static void nodes_of_numbers_have_numbers(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_result *result =
		run_deck(session, "t\nv1 in 0 pulse(0 5 1u 10n 10n 2u 5u)\nr1 in 0 1k\n"
				  "a1 [in] [din] adc\na2 din null real conv\n"
				  ".model adc adc_bridge(in_low=1 in_high=2)\n"
				  ".model conv d_to_real(zero=-2 one=3)\n.tran 10n 2u\n.end\n");
	const struct carom_events *events = events_of(result, "tran1", "real");

	(void)state;
	assert_double_equal(strtod(value_at(events, 0.5e-6), NULL), -2, 0, 0);
	assert_double_equal(strtod(value_at(events, 2e-6), NULL), 3, 0, 0);
	carom_result_free(result);
	carom_session_close(session);
}

static void count_errors(void *arg, enum carom_log_level level, const char *line)
{
	int *n_errors = arg;

	(void)line;
	*n_errors += level == CAROM_LOG_ERROR;
}

static void circuits_without_digital_nodes_have_no_events(void **state)
{
	int n_errors = 0;
	const struct carom_session_options options = {
		.size = sizeof(options), .log = count_errors, .log_arg = &n_errors};
	struct carom_session *session = open_session(&options);
	struct carom_result *result = run_deck(session, divider);

	(void)state;
	assert_int_equal(carom_plot_event_count(plot_of(result, "op1")), 0);
	carom_result_free(result);
	result = run_deck(session,
			  "t\nv1 a 0 1\na1 a b g\nr1 b 0 1\n.model g gain(gain=2)\n.op\n.end\n");
	assert_int_equal(carom_plot_event_count(plot_of(result, "op1")), 0);
	assert_int_equal(n_errors, 0);
	carom_result_free(result);
	result = run_deck(session, GATES ".op\n.end\n");
	assert_int_equal(carom_plot_event_count(plot_of(result, "op1")), 4);
	carom_result_free(result);
	result = run_deck(session, divider);
	assert_int_equal(carom_plot_event_count(plot_of(result, "op1")), 0);
	carom_result_free(result);
	carom_session_close(session);
}

static void without_the_librarys_help_there_are_no_events(void **state)
{
	const struct carom_session_options options = {.size = sizeof(options),
						      .library = getenv("CAROM_FAKE_NGSPICE")};
	struct carom_session *session = open_session(&options);
	struct carom_result *result = run_deck(session, GATES ".op\n.end\n");

	(void)state;
	assert_non_null(options.library);
	assert_int_equal(carom_plot_event_count(plot_of(result, "op1")), 0);
	carom_result_free(result);
	carom_session_close(session);
}

static bool take_back(void *arg, const struct carom_step *step)
{
	(void)arg;
	if (step->time < 1e-6)
		return true;
	*step->next_delta = step->delta / 2;
	return false;
}

static void steps_with_events_are_not_taken_back(void **state)
{
	const struct carom_session_options options = {.size = sizeof(options), .step = take_back};
	struct carom_session *session = open_session(&options);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	(void)state;
	load_deck(session, GATES ".tran 10n 10u\n.end\n");
	assert_int_equal(carom_session_run(session, &result, &err), CAROM_ERROR_STATE);
	assert_non_null(strstr(err.text, "does not take back the events"));
	carom_result_free(result);
	carom_session_close(session);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test(gates_switch_with_their_delays),
		cmocka_unit_test(each_analysis_has_events_of_its_own),
		cmocka_unit_test(a_second_run_has_the_same_events),
		cmocka_unit_test(nodes_of_numbers_have_numbers),
		cmocka_unit_test(circuits_without_digital_nodes_have_no_events),
		cmocka_unit_test(steps_with_events_are_not_taken_back),
	};
	const struct CMUnitTest one[] = {
		cmocka_unit_test(without_the_librarys_help_there_are_no_events),
	};

	return run_on_both_levels(both, one);
}
