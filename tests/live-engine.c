/* SPDX-License-Identifier: BSD-3-Clause */
/* Samples simulated by the real library in this process, by each route. */
#include "study/engine.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "support-job.h"
#include "support-ng.h"

#define RC                                                                            \
	"rc\nv1 in 0 dc 1 ac 1 pulse(0 1 0 1n 1n 1m 2m)\nr1 in out 1k\nc1 out 0 1u\n" \
	"*carom vary r1 gauss 5%\n*carom vary c1 uniform 10%\n"
#define AC ".ac dec 20 1 100k\n"
#define TRAN ".tran 10u 2m\n"

enum { MOST_LINES = 40 };

struct bench {
	struct job *job;
	struct ng_session *session;
	struct engine *engine;
};

/* Everything of a worker but its process; the deck loaded, no run made. */
static void begin(struct bench *bench, const char *deck, enum carom_route route)
{
	struct carom_error err = CAROM_ERROR_INIT;
	const char *lines[MOST_LINES];

	bench->job = resolve_deck(deck, route);
	bench->session = start_ng(NULL);
	assert_true(bench->job->n_lines <= MOST_LINES);
	for (size_t i = 0; i < bench->job->n_lines; i++)
		lines[i] = bench->job->lines[i].text;
	engine_load(bench->job, bench->session, lines, &err);
	engine_new(&bench->engine, bench->job, bench->session, bench->job->route, &err);
	assert_ok(&err);
}

static void end(struct bench *bench)
{
	engine_free(bench->engine);
	stop_ng(bench->session);
	job_free(bench->job);
}

static void simulate(struct bench *bench, const double *values, double *measurements)
{
	struct carom_error err = CAROM_ERROR_INIT;
	enum carom_sample_status status =
		engine_simulate(bench->engine, values, measurements, &err);

	assert_ok(&err);
	assert_int_equal(status, CAROM_SAMPLE_OK);
}

/* One sample of nominal values, which is not OK. */
static enum carom_sample_status simulate_badly(const char *deck, double *measurements,
					       struct carom_error *err)
{
	enum carom_sample_status status;
	double values[8];
	struct bench bench;

	begin(&bench, deck, CAROM_ROUTE_AUTO);
	for (size_t i = 0; i < bench.job->n_variables; i++)
		values[i] = bench.job->variables[i].nominal;
	status = engine_simulate(bench.engine, values, measurements, err);
	end(&bench);
	assert_true(err->status != CAROM_OK);
	return status;
}

static void assert_message(const struct carom_error *err, const char *expected)
{
	char formatted[1100];

	assert_string_equal(carom_error_format(err, formatted, sizeof(formatted)), expected);
}

/* ---- routes ---- */

#define TWO_MEASURES                                                  \
	"*carom measure f3 ac cross(vdb(out), -3.0102999566, fall)\n" \
	"*carom measure last tran final(v(out))\n"

/* 1 V through r1 = 1 kohm into c1 = 1 uF: the corner is at 1 / (2 pi r c). */
static void the_measurements_of_an_rc_are_those_of_theory(void **state)
{
	static const double samples[][2] = {{1e3, 1e-6}, {2e3, 1e-6}, {1e3, 0.5e-6}};
	struct bench bench;
	double seen[2];

	(void)state;
	begin(&bench, RC AC TRAN TWO_MEASURES, CAROM_ROUTE_ALTER);
	for (size_t i = 0; i < 3; i++) {
		double rc = samples[i][0] * samples[i][1];

		simulate(&bench, samples[i], seen);
		assert_double_equal(seen[0], 1 / (2 * M_PI * rc), 2e-3, 0);
		assert_double_equal(seen[1], (1 - exp(-1e-3 / rc)) * exp(-1e-3 / rc), 0.02, 1e-3);
	}
	end(&bench);
}

static void run_samples(const char *deck, enum carom_route route, double (*seen)[2], size_t n)
{
	struct bench bench;
	double values[8];

	begin(&bench, deck, route);
	for (size_t i = 0; i < n; i++) {
		job_draw(bench.job, i, values);
		simulate(&bench, values, seen[i]);
	}
	end(&bench);
}

static void all_routes_come_to_equal_results(void **state)
{
	static const char deck[] = RC AC TRAN TWO_MEASURES;
	double altered[4][2], reset[4][2], reloaded[4][2];

	(void)state;
	run_samples(deck, CAROM_ROUTE_ALTER, altered, 4);
	run_samples(deck, CAROM_ROUTE_RESET, reset, 4);
	run_samples(deck, CAROM_ROUTE_RELOAD, reloaded, 4);
	assert_true(altered[0][0] != altered[1][0] && altered[0][1] != altered[1][1]);
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 2; j++) {
			assert_same_bits(altered[i][j], reset[i][j]);
			assert_double_equal(altered[i][j], reloaded[i][j], 1e-9, 0);
		}
}

/* The coupled inductors keep their currents over a run: only a reset forgets them. */
static void a_reset_makes_a_second_run_like_the_first(void **state)
{
	static const char deck[] = "t\nv1 in 0 pulse(0 1 0 1n 1n 1m 2m)\nr1 in a 10\nl1 a 0 1m\n"
				   "l2 b 0 1m\nk1 l1 l2 0.9\nr2 b 0 100\n.tran 1u 100u\n"
				   "*carom vary r2 gauss 1%\n*carom measure top max(v(b))\n"
				   "*carom measure last final(v(b))\n";
	const double value = 100;
	double first[2], second[2];
	struct bench bench;

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_AUTO);
	assert_int_equal(bench.job->route, CAROM_ROUTE_RESET);
	simulate(&bench, &value, first);
	simulate(&bench, &value, second);
	end(&bench);
	assert_same_bits(first[0], second[0]);
	assert_same_bits(first[1], second[1]);
}

/* Three transistors as current mirrors: each collector's current tells its own gain. */
static void a_models_value_reaches_the_copies_of_it(void **state)
{
	static const char deck[] =
		"t\nvc c 0 5\nib1 0 b1 1u\nib2 0 b2 1u\nib3 0 b3 1u\nv1 c c1 0\nv2 c c2 0\nv3 c c3 "
		"0\n"
		"q1 c1 b1 0 qn\nx2 c2 b2 part\nx3 c3 b3 part\n.subckt part c b\nq1 c b 0 qn2\n"
		".model qn2 npn(bf=50 is=1e-15)\n.ends\n.model qn npn(bf=100 is=1e-15)\n.op\n"
		"*carom vary x2.q1:bf uniform 10%\n*carom vary qn:bf uniform 10%\n"
		"*carom measure i1 final(i(v1))\n*carom measure i2 final(i(v2))\n"
		"*carom measure i3 final(i(v3))\n";
	const double values[] = {70, 200};
	double seen[3];
	struct bench bench;

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_ALTER);
	simulate(&bench, values, seen);
	end(&bench);
	assert_double_equal(seen[0], 200e-6, 1e-3, 0);
	assert_double_equal(seen[1], 70e-6, 1e-3, 0);
	assert_double_equal(seen[2], 50e-6, 1e-3, 0);
}

/* The subcircuit's transistors use the deck's model; x2's alone was given a gain of its own. */
static void a_models_value_reaches_instances_that_were_not_named(void **state)
{
	static const char deck[] =
		"t\nvc c 0 5\nib2 0 b2 1u\nib3 0 b3 1u\nv2 c c2 0\nv3 c c3 0\n"
		"x2 c2 b2 part\nx3 c3 b3 part\n.subckt part c b\nq1 c b 0 qn\n.ends\n"
		".model qn npn(bf=100 is=1e-15)\n.op\n"
		"*carom vary x2.q1:bf uniform 10%\n*carom vary qn:bf uniform 10%\n"
		"*carom measure i2 final(i(v2))\n*carom measure i3 final(i(v3))\n";
	const double values[] = {70, 200};
	double seen[2];
	struct bench bench;

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_ALTER);
	simulate(&bench, values, seen);
	end(&bench);
	assert_double_equal(seen[0], 70e-6, 1e-3, 0);
	assert_double_equal(seen[1], 200e-6, 1e-3, 0);
}

static void a_param_is_written_into_the_deck(void **state)
{
	static const char deck[] = "t\n.param rl=1k\nv1 in 0 1\nr1 in out 1k\nr2 out 0 {rl}\n.op\n"
				   "*carom vary rl gauss 1%\n*carom measure out final(v(out))\n";
	const double large = 3e3, small = 1e3;
	struct bench bench;
	double seen;

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_RELOAD);
	simulate(&bench, &large, &seen);
	assert_double_equal(seen, 0.75, 1e-9, 0);
	simulate(&bench, &small, &seen);
	assert_double_equal(seen, 0.5, 1e-9, 0);
	end(&bench);
}

static void what_a_param_reaches_is_set_as_a_reload_would(void **state)
{
	static const char deck[] =
		"t\n.param p=2 q={sqrt(p)*3}\nv1 in 0 dc 1 ac 1\nr1 in out {q*1k}\n"
		"x1 out 0 load c={1u/p}\nx2 out 0 load\nd1 in d dm\nrd d 0 1k\n"
		".model dm d is={p*1e-14} n={1+q/100}\n"
		".subckt load a b c=1u\nc1 a b {c}\nr1 a b {q*10k}\n.ends\n"
		".op\n.ac dec 10 1 1k\n*carom vary p gauss 20%\n*carom vary rd uniform 10%\n"
		"*carom measure level op final(v(d))\n*carom measure gain ac at(db(v(out)), 10)\n";
	double altered[8][2], reset[8][2], reloaded[8][2];

	(void)state;
	run_samples(deck, CAROM_ROUTE_AUTO, altered, 8);
	run_samples(deck, CAROM_ROUTE_RESET, reset, 8);
	run_samples(deck, CAROM_ROUTE_RELOAD, reloaded, 8);
	assert_true(altered[0][0] != altered[1][0] && altered[0][1] != altered[1][1]);
	for (size_t i = 0; i < 8; i++)
		for (size_t j = 0; j < 2; j++) {
			assert_same_bits(altered[i][j], reset[i][j]);
			assert_double_equal(altered[i][j], reloaded[i][j], 1e-9, 0);
		}
}

static void a_param_that_gives_no_number_is_told(void **state)
{
	static const char deck[] = "t\n.param p=1\nv1 a 0 1\nr1 a 0 {1/p}\n.op\n"
				   "*carom vary p gauss 1%\n*carom measure top final(v(a))\n";
	struct carom_error err = CAROM_ERROR_INIT;
	const double zero = 0;
	struct bench bench;
	double seen;

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_AUTO);
	assert_int_equal(engine_simulate(bench.engine, &zero, &seen, &err), CAROM_SAMPLE_ERROR);
	assert_message(&err, "alter @r1[resistance]: the value is not a number");
	end(&bench);
}

/* ---- measurements ---- */

static void a_plot_is_found_by_kind_and_number(void **state)
{
	const double values[] = {1e3, 1e-6};
	struct bench bench;
	double seen[3];

	(void)state;
	begin(&bench,
	      RC
	      ".ac lin 3 10 20\n.ac lin 3 30 40\n.op\n*carom measure a ac at(real(frequency), 14)\n"
	      "*carom measure b ac2 at(real(frequency), 34)\n*carom measure c op final(v(in))\n",
	      CAROM_ROUTE_ALTER);
	simulate(&bench, values, seen);
	end(&bench);
	assert_double_equal(seen[0], 14, 1e-9, 0);
	assert_double_equal(seen[1], 34, 1e-9, 0);
	assert_double_equal(seen[2], 1, 1e-9, 0);
}

static void both_plots_of_a_noise_analysis_are_found(void **state)
{
	const double values[] = {1e3, 1e-6};
	struct bench bench;
	double seen[3];

	(void)state;
	begin(&bench,
	      RC ".noise v(out) v1 dec 10 1 1meg\n*carom measure a max(onoise_spectrum)\n"
		 "*carom measure b noise2 final(onoise_total)\n"
		 "*carom measure c noise2 final(inoise_total)\n",
	      CAROM_ROUTE_ALTER);
	simulate(&bench, values, seen);
	end(&bench);
	assert_double_equal(seen[0], sqrt(4 * 1.380649e-23 * 300.15 * 1e3), 1e-3, 0);
	assert_true(seen[2] > seen[1]);
	assert_true(seen[1] > 0); /* kT/C, as V or V^2 by ngspice's settings */
}

static void an_argument_is_the_earlier_measurement_of_the_same_sample(void **state)
{
	const double values[][2] = {{1e3, 1e-6}, {2e3, 1e-6}};
	struct bench bench;
	double seen[2];

	(void)state;
	begin(&bench,
	      RC AC "*carom measure f3 cross(vdb(out), -3.0102999566, fall)\n"
		    "*carom measure gain at(vdb(out), f3)\n",
	      CAROM_ROUTE_ALTER);
	for (size_t i = 0; i < 2; i++) {
		simulate(&bench, values[i], seen);
		assert_double_equal(seen[1], -3.0102999566, 1e-6, 0);
	}
	end(&bench);
}

static void a_formula_is_calculated_from_others_of_the_sample(void **state)
{
	static const char deck[] = "t\n.param p=2\nv1 a 0 {p}\nr1 a b 1k\nr2 b 0 1k\n.op\n"
				   "*carom vary r1 gauss 1%\n*carom vary p gauss 1%\n"
				   "*carom measure half final(v(b))\n"
				   "*carom measure ratio = half/p + max(half, 1k)\n";
	const double values[] = {3e3, 4};
	struct bench bench;
	double seen[2];

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_ALTER);
	simulate(&bench, values, seen);
	end(&bench);
	assert_double_equal(seen[0], 1, 1e-9, 0);
	assert_double_equal(seen[1], 0.25 + 1000, 1e-9, 0);
}

/* v(b) is a ramp of 1 V/ms from 0. */
#define RAMP                                                                             \
	"t\n.param p=2\n.func half(x) {x/2}\nv1 b 0 pwl(0 0 10m 10)\nr1 b 0 1k\nr2 b 0 " \
	"{p}\n.tran 10u 10m\n"                                                           \
	"*carom vary r1 gauss 1%\n*carom vary p gauss 1%\n"

static void a_number_in_braces_is_that_of_the_sample(void **state)
{
	static const char deck[] = RAMP "*carom measure t cross(v(b), {half(p)})\n"
					"*carom measure y at(v(b), {t+1m})\n"
					"*carom measure top max(v(b), to={p*1m})\n"
					".meas tran late when v(b)='p*1.5' td='p/10k'\n"
					".meas tran mean avg v(b) from=0 to={p*1m}\n";
	struct bench bench;

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_ALTER);
	assert_null(bench.job->notes);
	for (double p = 2; p <= 4; p += 2) {
		const double values[] = {1e3, p};
		double seen[5];

		simulate(&bench, values, seen);
		assert_double_equal(seen[0], p * 1.5e-3, 1e-9, 0); /* cards come first */
		assert_double_equal(seen[1], p / 2, 1e-9, 0);
		assert_double_equal(seen[2], p / 2 * 1e-3, 1e-9, 0);
		assert_double_equal(seen[3], p / 2 + 1, 1e-9, 0);
		assert_double_equal(seen[4], p, 1e-9, 0);
	}
	end(&bench);
}

static void without_a_number_in_braces_nothing_is_measured(void **state)
{
	static const char deck[] = RAMP "*carom measure t cross(v(b), 20)\n"
					"*carom measure y max(v(b), from={t/p})\n"
					"*carom measure z max(v(b), to={1m/(p-3)})\n";
	struct carom_error err = CAROM_ERROR_INIT;
	const double values[] = {1e3, 3};
	struct bench bench;
	double seen[3];

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_ALTER);
	assert_int_equal(engine_simulate(bench.engine, values, seen, &err), CAROM_SAMPLE_MEASURE);
	assert_message(&err, "t.cir:10: t: never crosses the level");
	assert_true(isnan(seen[1]) && isnan(seen[2]));
	end(&bench);
}

static void a_formula_of_what_failed_has_no_value(void **state)
{
	static const char deck[] = RC AC "*carom measure never cross(vdb(out), 30)\n"
					 "*carom measure top max(vdb(out))\n"
					 "*carom measure most = max(never, 1)\n"
					 "*carom measure fine = 2*top\n"
					 "*carom measure none = 1/(top-top)\n";
	struct carom_error err = CAROM_ERROR_INIT;
	double seen[5];

	(void)state;
	assert_int_equal(simulate_badly(deck, seen, &err), CAROM_SAMPLE_MEASURE);
	assert_message(&err, "t.cir:8: never: never crosses the level");
	assert_true(isnan(seen[0]) && isnan(seen[2]) && isnan(seen[4]));
	assert_same_bits(seen[3], 2 * seen[1]);
}

static void cards_of_every_analysis_are_taken(void **state)
{
	static const char deck[] =
		RC ".tran 10u 2m\n.ac dec 20 1 100k\n"
		   ".meas ac f3 when vdb(out)=-3.0102999566\n.meas tran twice param='2*top'\n"
		   ".meas tran top max v(out)\n.meas tran far find v(out) at=1\n"
		   ".meas tran bad err1 v(out)\n.meas tran worse max v(nothere)\n"
		   "*carom measure top tran final(v(in))\n";
	struct carom_error err = CAROM_ERROR_INIT;
	struct bench bench;
	double values[] = {1e3, 1e-6}, seen[4];

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_ALTER);
	assert_int_equal(bench.job->n_measures, 4);
	assert_string_equal(bench.job->notes,
			    "t.cir:13: left out: known are max, min, pp, avg, rms, integ, max_at, "
			    "min_at, find, deriv, when, trig and param\n"
			    "t.cir:14: left out: measure worse: the circuit has no net "
			    "\"nothere\"");
	assert_int_equal(engine_simulate(bench.engine, values, seen, &err), CAROM_SAMPLE_MEASURE);
	assert_message(&err, "t.cir:12: far: outside the scale");
	assert_double_equal(seen[measure_called(bench.job, "f3") - bench.job->measures], 159.155,
			    1e-2, 0);
	assert_double_equal(seen[measure_called(bench.job, "twice") - bench.job->measures],
			    2 * seen[measure_called(bench.job, "top") - bench.job->measures], 1e-15,
			    0);
	end(&bench);
}

static void operating_points_of_devices_are_measured(void **state)
{
	static const char deck[] = "t\nvd d 0 2\nvg g 0 1\nm1 d g 0 0 n w=10u l=1u\n"
				   ".model n nmos vto=0.5 kp=100u\n.op\n*carom vary vg gauss 1%\n"
				   "*carom measure gm final(@m1[gm])\n"
				   "*carom measure id op final(@m1[id])\n";
	const double values[] = {1};
	struct bench bench;
	double seen[2];

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_ALTER);
	simulate(&bench, values, seen);
	end(&bench);
	assert_double_equal(seen[0], 100e-6 * 10 * 0.5, 1e-6, 0);
	assert_double_equal(seen[1], 100e-6 * 10 * 0.125, 1e-6, 0);
}

static void a_real_expression_is_no_response(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double seen[1];

	(void)state;
	assert_int_equal(
		simulate_badly(RC AC "*carom measure pm phase_margin(db(v(out)))\n", seen, &err),
		CAROM_SAMPLE_ERROR);
	assert_message(&err,
		       "t.cir:8: measure pm: db(v(out)) is real: phase_margin takes a complex "
		       "response, such as v(out)/v(in)");
}

static void a_measurement_of_no_vector_needs_no_save(void **state)
{
	const double values[] = {1e3, 1e-6};
	struct bench bench;
	double seen;

	(void)state;
	begin(&bench, RC TRAN "*carom measure stop max(time)\n", CAROM_ROUTE_ALTER);
	simulate(&bench, values, &seen);
	end(&bench);
	assert_double_equal(seen, 2e-3, 1e-9, 0);
}

/* ---- what can go wrong ---- */

static void a_complex_expression_is_told_with_its_measure(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double seen[1];

	(void)state;
	assert_int_equal(
		simulate_badly(RC AC "*carom measure gain max(v(out)/v(in))\n", seen, &err),
		CAROM_SAMPLE_ERROR);
	assert_int_equal(err.status, CAROM_ERROR_VECTOR);
	assert_message(&err, "t.cir:8: measure gain: v(out)/v(in) is complex: measure db(), mag(), "
			     "cph(), real() or imag() of it");
	assert_true(isnan(seen[0]));
}

static void a_measurement_that_cannot_be_taken_is_told_and_the_others_are_taken(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double seen[4];

	(void)state;
	assert_int_equal(simulate_badly(RC AC "*carom measure peak max(vdb(out))\n"
					      "*carom measure up cross(vdb(out), 20)\n"
					      "*carom measure then at(vdb(out), up)\n"
					      "*carom measure low at(vdb(out), 1)\n",
					seen, &err),
			 CAROM_SAMPLE_MEASURE);
	assert_int_equal(err.status, CAROM_ERROR_MEASURE);
	assert_message(&err, "t.cir:9: up: never crosses the level");
	assert_double_equal(seen[0], 0, 0, 1e-3);
	assert_true(isnan(seen[1]) && isnan(seen[2]));
	assert_double_equal(seen[3], 0, 0, 1e-3);
}

static void a_circuit_without_an_operating_point_does_not_converge(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double seen[1];

	(void)state;
	assert_int_equal(simulate_badly("t\nv1 in 0 1\nb1 a 0 v=ln(-v(in))\nr1 a 0 1\n.op\n"
					"*carom vary r1 gauss 1%\n"
					"*carom measure m final(v(a))\n",
					seen, &err),
			 CAROM_SAMPLE_NO_CONVERGENCE);
	assert_int_equal(err.status, CAROM_ERROR_CONVERGENCE);
	assert_true(isnan(seen[0]));
}

static void a_parameter_that_ngspice_does_not_know_is_told(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double seen[1];

	(void)state;
	assert_int_equal(simulate_badly("t\nm1 a a 0 0 nch l=1u w=1u\n.model nch nmos level=1\n"
					"v1 a 0 1\n.op\n*carom vary m1:delvto gauss 5m\n"
					"*carom measure m final(v(a))\n",
					seen, &err),
			 CAROM_SAMPLE_ERROR);
	assert_non_null(strstr(err.text, "delvto"));
}

static void a_failed_sample_spoils_no_later_one(void **state)
{
	static const char deck[] = "t\nv1 in 0 1\nb1 a 0 v=ln(v(in))\nr1 a 0 1\n.op\n"
				   "*carom vary v1 gauss 1%\n*carom measure m final(v(a))\n";
	const double bad = -1, good = M_E;
	struct carom_error err = CAROM_ERROR_INIT;
	struct bench bench;
	double seen;

	(void)state;
	begin(&bench, deck, CAROM_ROUTE_ALTER);
	assert_int_equal(engine_simulate(bench.engine, &bad, &seen, &err),
			 CAROM_SAMPLE_NO_CONVERGENCE);
	simulate(&bench, &good, &seen);
	assert_double_equal(seen, 1, 1e-9, 0);
	end(&bench);
}

static void an_error_of_the_load_is_told_with_the_users_line(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	struct job *job = resolve_deck("t\n* a comment\nv1 a 0 1\n+ ac 1\nr1 a 0 nope\n.op\n"
				       "*carom vary v1 gauss 1%\n*carom measure m final(v(a))\n",
				       CAROM_ROUTE_AUTO);
	const char *lines[MOST_LINES];

	(void)state;
	for (size_t i = 0; i < job->n_lines; i++)
		lines[i] = job->lines[i].text;
	assert_true(engine_load(job, session, lines, &err) != 0);
	assert_string_equal(err.source, "t.cir");
	assert_int_equal(err.line, 5);
	stop_ng(session);
	job_free(job);
}

static void the_simulators_time_adds_up(void **state)
{
	const double values[] = {1e3, 1e-6};
	struct bench bench;
	uint64_t first, before;
	double seen[2];

	(void)state;
	begin(&bench, RC AC TRAN TWO_MEASURES, CAROM_ROUTE_ALTER);
	assert_true(engine_simulator_ns(bench.engine) == 0);
	before = clock_now_ns();
	simulate(&bench, values, seen);
	first = engine_simulator_ns(bench.engine);
	simulate(&bench, values, seen);
	assert_true(first > 0 && engine_simulator_ns(bench.engine) > first);
	assert_true(engine_simulator_ns(bench.engine) <= clock_now_ns() - before);
	end(&bench);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_measurements_of_an_rc_are_those_of_theory),
		cmocka_unit_test(all_routes_come_to_equal_results),
		cmocka_unit_test(a_reset_makes_a_second_run_like_the_first),
		cmocka_unit_test(a_models_value_reaches_the_copies_of_it),
		cmocka_unit_test(a_models_value_reaches_instances_that_were_not_named),
		cmocka_unit_test(a_param_is_written_into_the_deck),
		cmocka_unit_test(what_a_param_reaches_is_set_as_a_reload_would),
		cmocka_unit_test(a_param_that_gives_no_number_is_told),
		cmocka_unit_test(a_plot_is_found_by_kind_and_number),
		cmocka_unit_test(both_plots_of_a_noise_analysis_are_found),
		cmocka_unit_test(an_argument_is_the_earlier_measurement_of_the_same_sample),
		cmocka_unit_test(a_formula_is_calculated_from_others_of_the_sample),
		cmocka_unit_test(a_number_in_braces_is_that_of_the_sample),
		cmocka_unit_test(without_a_number_in_braces_nothing_is_measured),
		cmocka_unit_test(a_formula_of_what_failed_has_no_value),
		cmocka_unit_test(cards_of_every_analysis_are_taken),
		cmocka_unit_test(operating_points_of_devices_are_measured),
		cmocka_unit_test(a_real_expression_is_no_response),
		cmocka_unit_test(a_measurement_of_no_vector_needs_no_save),
		cmocka_unit_test(a_complex_expression_is_told_with_its_measure),
		cmocka_unit_test(
			a_measurement_that_cannot_be_taken_is_told_and_the_others_are_taken),
		cmocka_unit_test(a_circuit_without_an_operating_point_does_not_converge),
		cmocka_unit_test(a_parameter_that_ngspice_does_not_know_is_told),
		cmocka_unit_test(a_failed_sample_spoils_no_later_one),
		cmocka_unit_test(an_error_of_the_load_is_told_with_the_users_line),
		cmocka_unit_test(the_simulators_time_adds_up),
	};

	return run_all_tests(tests);
}
