/* SPDX-License-Identifier: BSD-3-Clause */
/* The table of reducers: what each takes, gives and is called. */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "sim/measure-wave.h"

#define Y                                     \
	{                                     \
		"y", MEASURE_EXPRESSION, NULL \
	}
#define RESPONSE                                     \
	{                                            \
		"response", MEASURE_EXPRESSION, NULL \
	}
#define STEP                                \
	{"initial", MEASURE_NUMBER, ""},    \
	{                                   \
		"final", MEASURE_NUMBER, "" \
	}
#define EDGE_TIMES                                                                \
	{                                                                         \
		Y, {"low", MEASURE_LEVEL, "10%"}, {"high", MEASURE_LEVEL, "90%"}, \
			{"n", MEASURE_COUNT, "1"}, STEP                           \
	}
#define PERIODIC                                      \
	{                                             \
		Y,                                    \
		{                                     \
			"level", MEASURE_LEVEL, "50%" \
		}                                     \
	}

static const struct measure_rule rules[MEASURE_N_REDUCERS] = {
	[MEASURE_MAX] =
		{"max", {Y}, UNIT_VALUE, false, take_max, "largest value", "top max(v(out))"},
	[MEASURE_MIN] = {"min",
			 {Y},
			 UNIT_VALUE,
			 false,
			 take_min,
			 "smallest value",
			 "low min(v(out), from=2m, to=4m)"},
	[MEASURE_PP] = {"pp",
			{Y},
			UNIT_VALUE,
			false,
			take_pp,
			"largest less smallest value",
			"swing pp(v(out))"},
	[MEASURE_ARGMAX] = {"argmax",
			    {Y},
			    UNIT_SCALE,
			    false,
			    take_argmax,
			    "where on the scale the largest value is; the first of several",
			    "t_top argmax(v(out))"},
	[MEASURE_ARGMIN] = {"argmin",
			    {Y},
			    UNIT_SCALE,
			    false,
			    take_argmin,
			    "where on the scale the smallest value is; the first of several",
			    "t_low argmin(v(out))"},
	[MEASURE_AVG] = {"avg",
			 {Y},
			 UNIT_VALUE,
			 false,
			 take_avg,
			 "mean over the scale, by trapezoids; of one point, the point",
			 "mean avg(v(out))"},
	[MEASURE_RMS] = {"rms",
			 {Y},
			 UNIT_VALUE,
			 false,
			 take_rms,
			 "root of the mean square over the scale, by trapezoids",
			 "effective rms(v(out))"},
	[MEASURE_INTEGRAL] = {"integral",
			      {Y},
			      UNIT_VALUE_SCALE,
			      false,
			      take_integral,
			      "over the scale, upwards, by trapezoids",
			      "charge integral(i(v1))"},
	[MEASURE_FINAL] = {"final",
			   {Y},
			   UNIT_VALUE,
			   false,
			   take_final,
			   "the last point; of an operating point, the point",
			   "end final(v(out))"},
	[MEASURE_AT] = {"at",
			{Y, {"x", MEASURE_NUMBER, NULL}},
			UNIT_VALUE,
			false,
			take_at,
			"the value where the scale is x",
			"early at(v(out), 1.2m)"},
	[MEASURE_SLOPE] = {"slope",
			   {Y, {"x", MEASURE_NUMBER, NULL}},
			   UNIT_VALUE_PER_SCALE,
			   false,
			   take_slope,
			   "steepness at x: of the line through the points on either side",
			   "steep slope(v(out), 1.2m)"},
	[MEASURE_CROSS] = {"cross",
			   {Y,
			    {"level", MEASURE_NUMBER, NULL},
			    {"edge", MEASURE_EDGE, "either"},
			    {"n", MEASURE_COUNT, "1"}},
			   UNIT_SCALE,
			   false,
			   take_cross,
			   "where on the scale y crosses the level for the n-th time",
			   "t_half cross(v(out), 0.5, rise, 1)"},
	[MEASURE_FIND] = {"find",
			  {Y,
			   {"y2", MEASURE_EXPRESSION, NULL},
			   {"level", MEASURE_NUMBER, NULL},
			   {"edge", MEASURE_EDGE, "either"},
			   {"n", MEASURE_COUNT, "1"}},
			  UNIT_VALUE,
			  false,
			  take_find,
			  "value of y where y2 crosses the level for the n-th time",
			  "lag find(v(in), v(out), 0.5, fall)"},
	[MEASURE_DELAY] = {"delay",
			   {Y,
			    {"y2", MEASURE_EXPRESSION, NULL},
			    {"level", MEASURE_LEVEL, "50%"},
			    {"level2", MEASURE_LEVEL, ""},
			    {"edge", MEASURE_EDGE, "either"},
			    {"edge2", MEASURE_EDGE, "either"},
			    {"n", MEASURE_COUNT, "1"},
			    {"n2", MEASURE_COUNT, "1"},
			    {"at", MEASURE_NUMBER, ""},
			    {"at2", MEASURE_NUMBER, ""},
			    {"td", MEASURE_NUMBER, ""},
			    {"td2", MEASURE_NUMBER, ""}},
			   UNIT_SCALE,
			   false,
			   take_delay,
			   "from a crossing of y (or at) to one of y2 (or at2)",
			   "t_pd delay(v(in), v(out), 50%, edge=rise, edge2=rise)"},
	[MEASURE_RISE_TIME] = {"rise_time", EDGE_TIMES, UNIT_SCALE, false, take_rise_time,
			       "of the n-th rising edge, from the low to the high level",
			       "t_rise rise_time(v(out), from=0, to=2.9m)"},
	[MEASURE_FALL_TIME] = {"fall_time", EDGE_TIMES, UNIT_SCALE, false, take_fall_time,
			       "of the n-th falling edge, from the high to the low level",
			       "t_fall fall_time(v(out), 20%, 80%, initial=1, final=0)"},
	[MEASURE_OVERSHOOT] = {"overshoot",
			       {Y, STEP},
			       UNIT_PERCENT,
			       false,
			       take_overshoot,
			       "how far y goes beyond its final level, in % of the step",
			       "over overshoot(v(ring), to=2.9m)"},
	[MEASURE_UNDERSHOOT] = {"undershoot",
				{Y, STEP},
				UNIT_PERCENT,
				false,
				take_undershoot,
				"how far y goes beyond its initial level, in % of the step",
				"under undershoot(v(ring), from=3m, initial=1, final=0)"},
	[MEASURE_SETTLE] = {"settle",
			    {Y, {"band", MEASURE_LEVEL, "1%"}, STEP},
			    UNIT_SCALE,
			    false,
			    take_settle,
			    "from the window's begin to where y stays within final -+ band",
			    "t_settle settle(v(out), 2%, from=1m, to=2.9m)"},
	[MEASURE_PERIOD] = {"period", PERIODIC, UNIT_SCALE, false, take_period,
			    "mean of all whole periods, from rise to rise",
			    "t_osc period(v(sine))"},
	[MEASURE_FREQUENCY] = {"frequency", PERIODIC, UNIT_PER_SCALE, false, take_frequency,
			       "1 / period", "f_osc frequency(v(sine), 0)"},
	[MEASURE_DUTY] = {"duty", PERIODIC, UNIT_PERCENT, false, take_duty,
			  "share of all whole periods in which y is above the level",
			  "high duty(v(sine))"},
	[MEASURE_UNITY_GAIN] = {"unity_gain",
				{RESPONSE},
				UNIT_SCALE,
				true,
				take_unity_gain,
				"frequency where the gain first falls through 1",
				"f_unity ac unity_gain(v(loop)/v(in))"},
	[MEASURE_PHASE_MARGIN] = {"phase_margin",
				  {RESPONSE},
				  UNIT_DEGREE,
				  true,
				  take_phase_margin,
				  "180 degrees + phase where the gain crosses 1; the least of all",
				  "pm ac phase_margin(v(loop)/v(in))"},
	[MEASURE_GAIN_MARGIN] = {"gain_margin",
				 {RESPONSE},
				 UNIT_DECIBEL,
				 true,
				 take_gain_margin,
				 "- gain where the phase crosses -180 degrees; the least of all",
				 "gm ac gain_margin(v(loop)/v(in))"},
	[MEASURE_BW3DB] = {"bw3db",
			   {RESPONSE},
			   UNIT_SCALE,
			   true,
			   take_bw3db,
			   "bandwidth: between the half-power points on either side of the peak",
			   "bandwidth ac bw3db(v(loop))"},
	[MEASURE_THD] = {"thd",
			 {Y,
			  {"f", MEASURE_NUMBER, NULL},
			  {"harmonics", MEASURE_NUMBER, "9"},
			  {"periods", MEASURE_NUMBER, "1"},
			  {"points", MEASURE_NUMBER, "200"}},
			 UNIT_PERCENT,
			 false,
			 take_thd,
			 "total harmonic distortion of the last periods of the frequency f",
			 "distortion thd(v(clip), 1k)"},
};

static const struct measure_parameter window[] = {{"from", MEASURE_NUMBER, ""},
						  {"to", MEASURE_NUMBER, ""}};

const struct measure_rule *measure_rule(enum measure_reducer reducer)
{
	return &rules[reducer];
}

const char *measure_reducer_name(enum measure_reducer reducer)
{
	return rules[reducer].name;
}

size_t measure_rule_expressions(const struct measure_rule *rule)
{
	size_t n = 0;

	while (rule->parameters[n].kind == MEASURE_EXPRESSION)
		n++;
	return n;
}

const struct measure_parameter *measure_rule_argument(const struct measure_rule *rule, size_t i)
{
	const struct measure_parameter *own = &rule->parameters[measure_rule_expressions(rule)];

	if (i >= MEASURE_FROM)
		return i < MEASURE_MAX_ARGUMENTS ? &window[i - MEASURE_FROM] : NULL;
	for (size_t j = 0; j < i; j++)
		if (own[j].kind == MEASURE_NONE)
			return NULL;
	return own[i].kind == MEASURE_NONE ? NULL : &own[i];
}

void measure_rule_usage(const struct measure_rule *rule, struct text *text)
{
	text_printf(text, "%s(", rule->name);
	for (const struct measure_parameter *p = rule->parameters; p->kind != MEASURE_NONE; p++) {
		text_append(text, p == rule->parameters ? "" : ", ");
		text_append(text, p->name);
		if (p->fallback)
			text_printf(text, "=%s", p->fallback);
	}
	text_append_char(text, ')');
}

/* ---- units ---- */

static void append_product(struct text *text, const char *value, const char *between,
			   const char *scale)
{
	if (*scale)
		text_printf(text, "%s%s%s", value, *value || *between == '/' ? between : "", scale);
	else
		text_append(text, value);
}

void measure_append_unit(enum measure_reducer reducer, const char *value, const char *scale,
			 struct text *text)
{
	switch (rules[reducer].unit) {
	case UNIT_VALUE:
		text_append(text, value);
		break;
	case UNIT_SCALE:
		text_append(text, scale);
		break;
	case UNIT_PER_SCALE:
		if (strcmp(scale, "s") == 0)
			text_append(text, "Hz");
		else
			append_product(text, *scale ? "1" : "", "/", scale);
		break;
	case UNIT_VALUE_SCALE:
		append_product(text, value, " ", scale);
		break;
	case UNIT_VALUE_PER_SCALE:
		append_product(text, *value || !*scale ? value : "1", "/", scale);
		break;
	case UNIT_PERCENT:
		text_append_char(text, '%');
		break;
	case UNIT_DECIBEL:
		text_append(text, "dB");
		break;
	case UNIT_DEGREE:
		text_append(text, "deg");
		break;
	}
}
