/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Measurements against what ngspice's own .meas says of the same data: to its six digits where it
 * interpolates as we do.  It takes extremes of a window and the average from whole points, integrals by
 * Simpson's rule where steps are equal.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ng-session.h"
#include "study/measure-card.h"
#include "study/statement.h"
#include "support-measure.h"
#include "support-ng.h"

#define N(array) (sizeof(array) / sizeof((array)[0]))

/* ngspice's line of the measurement "x": "x   =  1.234567e-03 targ= ..." */
static double heard;

static void hear(void *arg, enum ng_message_kind kind, const char *line)
{
	(void)arg;
	(void)kind;
	if (line[0] == 'x' && strspn(line + 1, " ") && strchr(line, '='))
		heard = strtod(strchr(line, '=') + 1, NULL);
}

struct comparison {
	const char *card; /* behind ".meas tran x" */
	double relative;  /* 0: ngspice's digits */
};

static struct measure_column column_of(struct ng_session *session, const char *slot,
				       const char *expression)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_vector y, x;

	ng_session_evaluate(session, NULL, slot, expression, &y, &err);
	ng_session_scale(session, NULL, &x, &err);
	assert_ok(&err);
	return (struct measure_column){x.data, x.is_complex ? 2 : 1, y.data, y.is_complex,
				       y.length};
}

/* The card read and taken as a study does. */
static double ours(struct ng_session *session, const char *card)
{
	static const char *const slots[] = {"left", "right"};
	struct measure_column columns[MEASURE_MAX_EXPRESSIONS];
	double values[MEASURE_MAX_ARGUMENTS], result;
	struct carom_error err = CAROM_ERROR_INIT;
	struct study_measure measure;
	const char *why;

	measure_card_read(&measure, card, "", 1, &err);
	assert_ok(&err);
	for (size_t i = 0; i < MEASURE_MAX_EXPRESSIONS; i++)
		if (measure.measure.expressions[i])
			columns[i] = column_of(session, slots[i], measure.measure.expressions[i]);
	for (size_t i = 0; i < MEASURE_MAX_ARGUMENTS; i++)
		values[i] = measure.measure.arguments[i].number;
	result = measure_take(&measure.measure, columns, values, &why);
	study_measure_release(&measure);
	if (why)
		fail_msg("%s: %s", card, why);
	return result;
}

static void compare(const char *deck, const char *analysis, const struct comparison *comparison)
{
	struct ng_options options = {.log = hear, .is_private_process = true};
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(&options);
	char card[200], text[600];

	snprintf(card, sizeof(card), ".meas %s x %s", analysis, comparison->card);
	snprintf(text, sizeof(text), "%s%s\n", deck, card);
	heard = NAN;
	load_ng(session, text, &err);
	ng_session_run(session, &err);
	assert_ok(&err);
	if (isnan(heard))
		fail_msg("ngspice says nothing of \"%s\"", card);
	assert_double_equal(ours(session, card), heard,
			    comparison->relative ? comparison->relative : 6e-6, 1e-18);
	stop_ng(session);
}

static const char tran[] = "rc\n"
			   "v1 in 0 dc 0 pulse(0 1 1u 0.1u 0.1u 5u 10u)\n"
			   "r1 in out 1k\nc1 out 0 1n\n"
			   ".tran 0.1u 25u\n";

static const char ac[] = "rc\n"
			 "v1 in 0 dc 0 ac 1\n"
			 "r1 in out 1k\nc1 out 0 1n\n"
			 ".ac dec 10 1k 10meg\n";

static void measurements_of_a_transient_are_those_of_ngspice(void **state)
{
	static const struct comparison all[] = {
		{"max v(out)", 0},
		{"max v(out) from=20u to=1", 0},
		{"pp par('v(in)-v(out)')", 0},
		{"trig v(out) val=0.5 td=3u rise=1 targ v(out) val=0.5 td=1u fall=2", 0},
		{"min v(out) from=4u to=9u", 0.1},
		{"pp v(out)", 0},
		{"max_at v(out)", 0},
		{"min_at v(out) from=2u to=9u", 0.1},
		{"integ v(out) from=2u to=9u", 1e-3},
		{"rms v(out) from=2u to=9u", 1e-3},
		{"avg v(out)", 1e-3},
		{"find v(out) at=3.333u", 0},
		{"when v(out)=0.5 rise=2", 0},
		{"when v(out)=0.5 fall=last", 0},
		{"when v(out)=0.5 cross=3", 0},
		{"when v(out)=0.5 td=8u", 0},
		{"when v(out)=v(in) cross=1 td=2u", 0},
		{"find v(in) when v(out)=0.5 fall=1", 0},
		{"trig v(in) val=0.5 rise=1 targ v(out) val=0.5 rise=1", 0},
		{"trig v(out) val=0.1 rise=1 targ v(out) val=0.9 rise=1", 0},
		{"trig at=1u targ v(out) val=0.9 fall=1", 0},
	};

	(void)state;
	for (size_t i = 0; i < N(all); i++)
		compare(tran, "tran", &all[i]);
}

static void measurements_of_a_response_are_those_of_ngspice(void **state)
{
	static const struct comparison all[] = {
		{"when vdb(out)=-3", 0},     {"max vdb(out)", 0},
		{"find vp(out) at=150k", 0}, {"find vm(out) when vdb(out)=-20", 0},
		{"find v(out) at=150k", 0},
	};

	(void)state;
	for (size_t i = 0; i < N(all); i++)
		compare(ac, "ac", &all[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(measurements_of_a_transient_are_those_of_ngspice),
		cmocka_unit_test(measurements_of_a_response_are_those_of_ngspice),
	};

	return run_all_tests(tests);
}
