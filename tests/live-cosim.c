/* SPDX-License-Identifier: BSD-3-Clause */
/* Co-simulation by a session: the host's part in a run, and the circuits that it cannot have. */
#include <math.h>
#include <string.h>

#include "support-session.h"

static const char divided[] =
	"t\nv1 in 0 external\nr1 in out 1k\nr2 out 0 1k\n.tran 1u 10u\n.end\n";

struct host {
	struct carom_session *session;
	struct carom_error err; /* of a call from within a callback */
	double value;
	char name[20];
	double last_time, longest_step;
	size_t n_steps;
};

static double give_value(void *arg, const char *name, double time)
{
	struct host *host = arg;

	strcpy(host->name, name);
	if (host->session)
		carom_session_alter(host->session, "r1", 1, &host->err);
	return time > 0 ? host->value : 0;
}

static bool see_step(void *arg, const struct carom_step *step)
{
	struct host *host = arg;

	host->n_steps++;
	if (!step->is_rejected) {
		assert_true(step->time > host->last_time);
		host->last_time = step->time;
		host->longest_step = fmax(host->longest_step, step->delta);
	}
	*step->next_delta = fmin(*step->next_delta, 20e-9);
	return true;
}

static struct carom_session *open_with(struct host *host, carom_step_fn *step)
{
	const struct carom_session_options options = {
		.size = sizeof(options), .source = give_value, .step = step, .cosim_arg = host};

	return open_session(&options);
}

static void assert_load_fails(struct carom_session *session, const char *deck,
			      enum carom_status status, int line, const char *message)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(load_deck_text(session, deck, &err), status);
	assert_error_says(&err, message);
	assert_string_equal(err.source, "deck.cir");
	assert_int_equal(err.line, line);
}

static void the_host_gives_the_values_of_sources(void **state)
{
	struct host host = {.value = 3};
	struct carom_session *session = open_with(&host, NULL);
	struct carom_result *result;

	(void)state;
	load_deck(session, divided);
	result = run_loaded(session);
	assert_double_equal(carom_vector_real(find_vector(result, "tran1", "v(out)"))[5], 1.5, 1e-9,
			    0);
	assert_string_equal(host.name, "v1");
	carom_result_free(result);
	carom_session_close(session);
}

static void the_host_is_told_of_steps_and_shortens_them(void **state)
{
	struct host host = {.value = 1};
	struct carom_session *session = open_with(&host, see_step);
	struct carom_result *result;

	(void)state;
	load_deck(session, divided);
	result = run_loaded(session);
	assert_true(host.n_steps >= 500);
	assert_true(host.longest_step <= 20e-9 * (1 + 1e-9));
	assert_double_equal(host.last_time, 10e-6, 1e-6, 0);
	carom_result_free(result);
	carom_session_close(session);
}

static void a_value_that_is_not_finite_is_an_error(void **state)
{
	struct host host = {.value = INFINITY};
	struct carom_session *session = open_with(&host, NULL);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result;

	(void)state;
	load_deck(session, divided);
	assert_int_equal(carom_session_run(session, &result, &err), CAROM_ERROR_ARGUMENT);
	assert_non_null(strstr(err.text, "inf as the value of the external source v1 at "));
	carom_result_free(result);
	host.value = 1;
	load_deck(session, divided);
	carom_result_free(run_loaded(session));
	carom_session_close(session);
}

static void a_callback_must_not_call_the_session(void **state)
{
	struct host host = {.value = 1};
	struct carom_session *session = open_with(&host, NULL);

	(void)state;
	load_deck(session, divided);
	host.session = session;
	carom_result_free(run_loaded(session));
	assert_int_equal(host.err.status, CAROM_ERROR_STATE);
	carom_session_close(session);
}

static void a_session_without_a_host_has_no_external_sources(void **state)
{
	struct carom_session *session = open_session(NULL);

	(void)state;
	assert_load_fails(session, divided, CAROM_ERROR_STATE, 2,
			  "v1: the value of an external source is the host's to give\nopen the "
			  "session with a source callback");
	load_deck(session, divider);
	assert_double_equal(run_op(session, "v(out)"), 5, 1e-9, 0);
	carom_session_close(session);
}

static void what_ngspice_crashes_at_is_refused(void **state)
{
	struct host host = {.value = 1};
	struct carom_session *session = open_with(&host, NULL);

	(void)state;
	assert_load_fails(session, "t\nr1 a 0 1\nv1 a 0 dc 1 external\n.op\n.end\n",
			  CAROM_ERROR_STATE, 3,
			  "v1: ngspice 39 crashes at \"external\" together with a dc value; leave "
			  "the value out");
	assert_load_fails(session, "t\nr1 a 0 1\nv1 a 0 external\n.sens v(a)\n.end\n",
			  CAROM_ERROR_STATE, 4,
			  ".sens: ngspice 39 crashes at external sources\ntake the card out");
	carom_session_close(session);
}

static void the_value_of_an_external_source_is_not_altered(void **state)
{
	struct host host = {.value = 1};
	struct carom_session *session = open_with(&host, NULL);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_deck(session, "t\nv1 a 0 external\nv2 b 0 1\nx1 a s\nr1 b 0 1\n.subckt s a\n"
			   "v7 c 0 external\nr1 c a 1\n.ends\n.tran 1u 2u\n.end\n");
	assert_int_equal(carom_session_alter(session, "V1", 2, &err), CAROM_ERROR_PARAMETER);
	assert_string_equal(err.text, "v1: the value of an external source is the host's to give, "
				      "by the source callback");
	carom_error_clear(&err);
	assert_int_equal(carom_session_alter(session, "x1.v7:dc", 2, &err), CAROM_ERROR_PARAMETER);
	set_value(session, "v2", 2);
	set_value(session, "x1.r1", 2);
	carom_result_free(run_loaded(session));
	carom_session_close(session);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test(the_host_gives_the_values_of_sources),
		cmocka_unit_test(the_host_is_told_of_steps_and_shortens_them),
		cmocka_unit_test(a_value_that_is_not_finite_is_an_error),
		cmocka_unit_test(a_session_without_a_host_has_no_external_sources),
		cmocka_unit_test(what_ngspice_crashes_at_is_refused),
		cmocka_unit_test(the_value_of_an_external_source_is_not_altered),
	};
	const struct CMUnitTest one[] = {
		cmocka_unit_test(a_callback_must_not_call_the_session),
	};

	return run_on_both_levels(both, one);
}
