/* SPDX-License-Identifier: BSD-3-Clause */
/* Co-simulation with the real library: what the host is asked, and what its answers do. */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "support-ng.h"

enum { MOST_STEPS = 2000 };

/* A host: its answers, and what it was asked. */
struct host {
	double source_value; /* at times > 0; before them 0 */
	double bad_from;     /* time from which the source has no value; 0: never */
	char names[100];     /* of the sources, in the order they were first asked for */

	double longest;      /* next step; 0: as ngspice likes */
	double landing;      /* a time that a step must end at; 0: none */
	double answer;       /* to be the next step in any case; 0: none */
	bool takes_all_back; /* each step, with half of it in its place */
	struct ng_step steps[MOST_STEPS];
	double suggested[MOST_STEPS];
	size_t n_steps;

	double times[MOST_STEPS]; /* of the points */
	size_t n_times;
};

static double answer_source(void *arg, const char *name, double time)
{
	struct host *host = arg;

	if (!strstr(host->names, name)) {
		strcat(host->names, name);
		strcat(host->names, " ");
	}
	if (host->bad_from > 0 && time >= host->bad_from)
		return NAN;
	return time > 0 ? host->source_value : 0;
}

static bool answer_step(void *arg, const struct ng_step *step)
{
	struct host *host = arg;
	bool is_beyond = host->landing > 0 && step->time > host->landing * (1 + 1e-9) &&
			 step->time - step->delta < host->landing * (1 - 1e-9);

	assert_true(host->n_steps < MOST_STEPS);
	host->suggested[host->n_steps] = *step->next_delta;
	host->steps[host->n_steps++] = *step;
	if (host->longest > 0)
		*step->next_delta = fmin(*step->next_delta, host->longest);
	if (host->answer != 0)
		*step->next_delta = host->answer;
	if (is_beyond)
		*step->next_delta = host->landing - (step->time - step->delta);
	if (host->takes_all_back)
		*step->next_delta = step->delta / 2;
	return !is_beyond && !host->takes_all_back;
}

static bool note_time(void *arg, const struct carom_block *block)
{
	struct host *host = arg;

	assert_string_equal(block->names[0], "time");
	assert_true(host->n_times < MOST_STEPS);
	host->times[host->n_times++] = block->columns[0][0];
	return true;
}

static struct ng_session *start(struct host *host, bool has_source, bool has_step)
{
	struct ng_options options = {.source = has_source ? answer_source : NULL,
				     .step = has_step ? answer_step : NULL,
				     .cosim_arg = host,
				     .sees_points = true};

	return start_ng(&options);
}

static void run_noting_times(struct ng_session *session, const char *deck, struct host *host)
{
	struct carom_run_options options = {.stream = note_time, .stream_arg = host};
	struct carom_error err = CAROM_ERROR_INIT;

	load_ng(session, deck, &err);
	ng_session_run_with(session, &options, NULL, &err);
	assert_ok(&err);
}

/* Loads and runs; the run fails so. */
static void assert_run_fails(struct ng_session *session, const char *deck, enum carom_status status,
			     const char *words)
{
	struct carom_error err = CAROM_ERROR_INIT;

	load_ng(session, deck, &err);
	assert_ok(&err);
	ng_session_run(session, &err);
	assert_ng_error(&err, status, words);
}

static const char follower[] = "t\nv1 in 0 external\nr1 in out 1k\nr2 out 0 1k\n.tran 1u 10u";
static const char lowpass[] = "t\nv1 in 0 external\nr1 in out 1k\nc1 out 0 1n\n.tran 0.1u 5u";
static const char plain[] = "t\nv1 in 0 pulse(0 1 1u 1n 1n 2u 5u)\nr1 in out 1k\nc1 out 0 1n\n"
			    ".tran 0.1u 5u";

static const char rectifier[] =
	"t\nv1 in 0 sin(0 10 100k)\nd1 in out dm\nr1 out 0 1k\nc1 out 0 1n\n"
	".model dm d tt=100n cjo=10p\n.tran 1u 50u";

/* ---- sources ---- */

static void a_voltage_source_has_the_value_of_the_host(void **state)
{
	struct host host = {.source_value = 3};
	struct ng_session *session = start(&host, true, false);

	(void)state;
	run_ng(session, follower);
	assert_double_equal(ng_value(session, "v(in)", 0), 0, 0, 1e-12);
	assert_double_equal(ng_value(session, "v(out)", 5), 1.5, 1e-9, 0);
	assert_string_equal(host.names, "v1 ");
	stop_ng(session);
}

static void a_current_source_has_the_value_of_the_host(void **state)
{
	struct host host = {.source_value = 1e-3};
	struct ng_session *session = start(&host, true, false);

	(void)state;
	run_ng(session, "t\ni1 0 out external\nr1 out 0 2k\n.tran 1u 10u");
	assert_double_equal(ng_value(session, "v(out)", 5), 2, 1e-9, 0);
	assert_string_equal(host.names, "i1 ");
	stop_ng(session);
}

static void sources_inside_of_subcircuits_are_asked_for_by_their_path(void **state)
{
	struct host host = {.source_value = 1};
	struct ng_session *session = start(&host, true, false);

	(void)state;
	run_ng(session, "t\nx1 out outer\nr1 out 0 1k\n.subckt inner a\nV2 a 0 EXTERNAL\n.ends\n"
			".subckt outer a\nxi b inner\nr1 b a 1k\n.ends\n.tran 1u 10u");
	assert_double_equal(ng_value(session, "v(out)", 5), 0.5, 1e-9, 0);
	assert_string_equal(host.names, "x1.xi.v2 ");
	stop_ng(session);
}

static void outside_of_a_transient_the_time_is_zero(void **state)
{
	struct host host = {.source_value = 1};
	struct ng_session *session = start(&host, true, false);

	(void)state;
	run_ng(session, "t\nv1 in 0 ac 1 external\nr1 in 0 1k\n.ac dec 1 1 10");
	assert_double_equal(ng_value(session, "v(in)", 0), 1, 1e-12, 0);
	run_ng(session, "t\nv1 in 0 external\nr1 in 0 1k\n.op");
	assert_double_equal(ng_value(session, "v(in)", 0), 0, 0, 1e-12);
	stop_ng(session);
}

static void a_value_that_is_not_finite_ends_the_run(void **state)
{
	struct host host = {.source_value = 1, .bad_from = 1e-6};
	struct ng_session *session = start(&host, true, false);

	(void)state;
	assert_run_fails(session, follower, CAROM_ERROR_ARGUMENT, "external source v1 at ");
	host.bad_from = 0;
	run_ng(session, follower);
	assert_double_equal(ng_value(session, "v(out)", 5), 0.5, 1e-9, 0);
	stop_ng(session);
}

static void a_value_that_is_not_finite_fails_the_load_whose_commands_run(void **state)
{
	struct host host = {.source_value = NAN};
	struct ng_options options = {
		.source = answer_source, .cosim_arg = &host, .is_trusted = true};
	struct ng_session *session = start_ng(&options);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	load_ng(session, "t\nv1 in 0 external\nr1 in 0 1k\n.tran 1u 3u\n.control\nrun\n.endc",
		&err);
	assert_ng_error(&err, CAROM_ERROR_ARGUMENT, "external source v1 at ");
	assert_false(ng_session_is_loaded(session));
	stop_ng(session);
}

static void without_a_host_a_run_fails(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	assert_run_fails(session, follower, CAROM_ERROR_POISONED, "v1");
	stop_ng(session);
}

/* ---- steps ---- */

static void each_point_is_the_end_of_a_step(void **state)
{
	struct host host = {.source_value = 1};
	struct ng_session *session = start(&host, true, true);
	size_t n = 1;

	(void)state;
	run_noting_times(session, lowpass, &host);
	assert_true(host.times[0] == 0);
	for (size_t i = 0; i < host.n_steps; i++) {
		const struct ng_step *step = &host.steps[i];

		assert_double_equal(step->time - step->delta, host.times[n - 1], 1e-9, 1e-15);
		if (!step->is_rejected)
			assert_same_bits(step->time, host.times[n++]);
	}
	assert_int_equal(n, host.n_times);
	stop_ng(session);
}

static void steps_that_ngspice_rejects_are_told(void **state)
{
	struct host host = {0};
	struct ng_session *session = start(&host, false, true);
	size_t n_rejected = 0;

	(void)state;
	run_noting_times(session, rectifier, &host);
	for (size_t i = 0; i + 1 < host.n_steps; i++) {
		const struct ng_step *step = &host.steps[i];

		if (!step->is_rejected)
			continue;
		n_rejected++;
		assert_true(host.suggested[i] < step->delta);
		assert_double_equal(host.steps[i + 1].time - host.steps[i + 1].delta,
				    step->time - step->delta, 1e-9, 0);
	}
	assert_true(n_rejected > 0);
	stop_ng(session);
}

static void the_next_step_is_not_longer_than_the_host_wants(void **state)
{
	struct host host = {.source_value = 1, .longest = 10e-9};
	struct ng_session *session = start(&host, true, true);

	(void)state;
	run_noting_times(session, lowpass, &host);
	assert_true(host.n_times > 490);
	for (size_t i = 2; i < host.n_times; i++)
		assert_true(host.times[i] - host.times[i - 1] < 10.0001e-9);
	stop_ng(session);
}

static void a_step_is_taken_back_to_land_at_a_time(void **state)
{
	struct host host = {.source_value = 1, .landing = 1.2345e-6};
	struct ng_session *session = start(&host, true, true);
	bool has_landed = false;

	(void)state;
	run_noting_times(session, lowpass, &host);
	for (size_t i = 0; i < host.n_times; i++)
		has_landed = has_landed || fabs(host.times[i] - host.landing) < 1e-15;
	assert_true(has_landed);
	for (size_t i = 1; i < host.n_times; i++)
		assert_true(host.times[i] > host.times[i - 1]);
	stop_ng(session);
}

static void a_longer_step_than_suggested_is_not_taken(void **state)
{
	struct host host = {0}, wishful = {.answer = 1};
	struct ng_session *session = start(&host, false, true);

	(void)state;
	run_noting_times(session, plain, &host);
	stop_ng(session);
	session = start(&wishful, false, true);
	run_noting_times(session, plain, &wishful);
	assert_int_equal(host.n_times, wishful.n_times);
	assert_memory_equal(host.times, wishful.times, host.n_times * sizeof(double));
	stop_ng(session);
}

static void a_step_callback_that_agrees_changes_nothing(void **state)
{
	struct host host = {0};
	struct ng_session *session = start(&host, false, true);
	bool halves_last_steps = is_version_since(ng_session_version(session), 46);
	double value = 0, n_more;

	(void)state;
	run_noting_times(session, plain, &host);
	value = ng_value(session, "v(out)", host.n_times / 2);
	stop_ng(session);
	session = start(&host, false, false);
	run_ng(session, plain);
	assert_same_bits(ng_value(session, "v(out)", host.n_times / 2), value);
	n_more = (double)host.n_times - ng_value(session, "length(v(out))", 0);
	assert_in_range(n_more, 0, halves_last_steps ? 2 : 0);
	stop_ng(session);
}

static void a_step_cannot_be_made_ever_shorter(void **state)
{
	struct host host = {.takes_all_back = true};
	struct ng_session *session = start(&host, false, true);

	(void)state;
	assert_run_fails(session, plain, CAROM_ERROR_TIMESTEP, "cannot be made shorter");
	host = (struct host){0};
	run_noting_times(session, plain, &host);
	assert_true(host.n_times > 10);
	stop_ng(session);
}

static bool take_back_as_long(void *arg, const struct ng_step *step)
{
	(void)arg;
	*step->next_delta = step->delta;
	return false;
}

static void a_step_that_is_taken_back_needs_a_shorter_one(void **state)
{
	struct ng_options options = {.step = take_back_as_long};
	struct ng_session *session = start_ng(&options);

	(void)state;
	assert_run_fails(session, plain, CAROM_ERROR_ARGUMENT, "without a shorter one");
	stop_ng(session);
}

static void a_step_must_be_positive(void **state)
{
	struct host host = {.answer = -1e-9};
	struct ng_session *session = start(&host, false, true);

	(void)state;
	assert_run_fails(session, plain, CAROM_ERROR_ARGUMENT, "must be positive");
	host = (struct host){.answer = NAN};
	assert_run_fails(session, plain, CAROM_ERROR_ARGUMENT, "must be positive");
	stop_ng(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_voltage_source_has_the_value_of_the_host),
		cmocka_unit_test(a_current_source_has_the_value_of_the_host),
		cmocka_unit_test(sources_inside_of_subcircuits_are_asked_for_by_their_path),
		cmocka_unit_test(outside_of_a_transient_the_time_is_zero),
		cmocka_unit_test(a_value_that_is_not_finite_ends_the_run),
		cmocka_unit_test(a_value_that_is_not_finite_fails_the_load_whose_commands_run),
		cmocka_unit_test(without_a_host_a_run_fails),
		cmocka_unit_test(each_point_is_the_end_of_a_step),
		cmocka_unit_test(steps_that_ngspice_rejects_are_told),
		cmocka_unit_test(the_next_step_is_not_longer_than_the_host_wants),
		cmocka_unit_test(a_step_is_taken_back_to_land_at_a_time),
		cmocka_unit_test(a_longer_step_than_suggested_is_not_taken),
		cmocka_unit_test(a_step_callback_that_agrees_changes_nothing),
		cmocka_unit_test(a_step_cannot_be_made_ever_shorter),
		cmocka_unit_test(a_step_that_is_taken_back_needs_a_shorter_one),
		cmocka_unit_test(a_step_must_be_positive),
	};

	return run_all_tests(tests);
}
