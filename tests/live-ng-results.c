/* SPDX-License-Identifier: BSD-3-Clause */
/* What a run leaves: plots, vectors, scales, expressions and points, from the real library. */
#include <math.h>
#include <string.h>

#include "support-ng.h"

static const char all_analyses[] =
	"all\nv1 in 0 dc 1 ac 1 pulse(0 1 0 1n 1n 1u 2u)\nr1 in out 1k\nc1 out 0 1n\n"
	"q1 col out 0 qq\nrc in col 1k\n.model qq npn(bf=100)\nr5 1 in 1\nr6 1 0 1k\n"
	".op\n.dc v1 0 1 0.25\n.ac dec 10 1 1meg\n.noise v(out) v1 dec 10 1 10\n.tf v(out) v1\n"
	".tran 10n 2u";

static void get_plot(struct ng_session *session, const char *name, size_t *index,
		     struct ng_plot *plot)
{
	struct carom_error err = CAROM_ERROR_INIT;

	for (*index = 0; *index < ng_session_plot_count(session); (*index)++) {
		ng_session_plot(session, *index, plot, &err);
		assert_ok(&err);
		if (strcmp(plot->name, name) == 0)
			return;
	}
	fail_msg("there is no plot %s", name);
}

static void assert_names(struct ng_session *session, const char *plot_name, int scale,
			 const char *const *names, size_t n)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_names walk;
	struct ng_plot plot;
	size_t index;

	get_plot(session, plot_name, &index, &plot);
	assert_int_equal(plot.n_vectors, n);
	assert_int_equal(plot.scale, scale);
	walk = ng_session_names(session, plot_name);
	for (size_t i = 0; i < n; i++) {
		struct ng_vector vector;

		ng_session_vector(session, plot_name, ng_names_next(&walk), &vector, &err);
		assert_ok(&err);
		assert_string_equal(vector.name, names[i]);
		assert_true(vector.length > 0);
	}
	assert_null(ng_names_next(&walk));
}

static void every_analysis_gives_its_plots(void **state)
{
	struct ng_session *session = start_ng(NULL);
	struct ng_plot plot;
	size_t last;

	(void)state;
	run_ng(session, all_analyses);
	assert_int_equal(ng_session_plot_count(session), 7); /* noise gives two */
	for (size_t i = 0; i < 7; i++) {
		static const char *const names[] = {"op1",    "dc1", "ac1",  "noise1",
						    "noise2", "tf1", "tran1"};
		size_t index;

		get_plot(session, names[i], &index, &plot);
	}
	get_plot(session, "tran1", &last, &plot);
	assert_int_equal(ng_session_plot(session, 7, &plot, NULL), CAROM_ERROR_NOT_FOUND);
	stop_ng(session);
}

static void vectors_have_the_names_that_users_write(void **state)
{
	static const char *const op[] = {"v(in)", "v(out)", "v(col)", "v(1)", "i(v1)"};
	static const char *const tran[] = {"time", "v(in)", "v(out)", "v(col)", "v(1)", "i(v1)"};
	static const char *const ac[] = {"frequency", "v(in)", "v(out)", "v(col)", "v(1)", "i(v1)"};
	static const char *const dc[] = {"v-sweep", "v(in)", "v(out)", "v(col)", "v(1)", "i(v1)"};
	static const char *const noise[] = {"onoise_total", "inoise_total"};
	static const char *const tf[] = {"Transfer_function", "v1#Input_impedance",
					 "output_impedance_at_V(out)"};
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, all_analyses);
	assert_names(session, "op1", -1, op, 5);
	assert_names(session, "tran1", 0, tran, 6);
	assert_names(session, "ac1", 0, ac, 6);
	assert_names(session, "dc1", 0, dc, 6);
	assert_names(session, "noise2", -1, noise, 2);
	assert_names(session, "tf1", -1, tf, 3);
	stop_ng(session);
}

static void only_saved_vectors_are_there(void **state)
{
	static const char *const names[] = {"time", "v(out)", "@r1[i]"};
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 1\nr1 in out 1k\nc1 out 0 1n\n.save v(out) @r1[i]\n"
			".tran 10n 1u");
	assert_names(session, "tran1", 0, names, 3);
	stop_ng(session);
}

static void vectors_are_real_or_complex_with_types(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	struct ng_vector vector;

	(void)state;
	run_ng(session, all_analyses);
	ng_session_evaluate(session, "ac1", "slot", "v(out)", &vector, &err);
	assert_true(vector.is_complex);
	assert_int_equal(vector.length, 61);
	assert_string_equal(ng_type_unit(vector.type), "V");
	ng_session_evaluate(session, "dc1", "slot", "i(v1)", &vector, &err);
	assert_false(vector.is_complex);
	assert_int_equal(vector.length, 5);
	assert_string_equal(ng_type_name(vector.type), "current");
	assert_ok(&err);
	stop_ng(session);
}

static void scales_are_found_by_plot(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	struct ng_vector vector;

	(void)state;
	run_ng(session, all_analyses);
	ng_session_scale(session, "ac1", &vector, &err);
	assert_string_equal(vector.name, "frequency");
	assert_double_equal(vector.data[2 * 60], 1e6, 1e-9, 0);
	ng_session_scale(session, "dc1", &vector, &err);
	assert_double_equal(vector.data[4], 1, 1e-9, 0);
	ng_session_scale(session, "tran1", &vector, &err);
	assert_string_equal(vector.name, "time");
	assert_double_equal(vector.data[vector.length - 1], 2e-6, 1e-9, 0);
	assert_ok(&err);
	assert_int_equal(ng_session_scale(session, "op1", &vector, &err), CAROM_ERROR_VECTOR);
	assert_ng_error(&err, CAROM_ERROR_VECTOR, "op1 has no scale");
	stop_ng(session);
}

static void expressions_are_evaluated_in_the_named_plot(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	struct ng_vector vector;

	(void)state;
	run_ng(session, all_analyses);
	for (int i = 0; i < 3; i++) {
		ng_session_evaluate(session, "ac1", "carom0", "mag(v(out)/v(in))", &vector, &err);
		assert_int_equal(vector.length, 61);
		assert_string_equal(vector.name, "mag(v(out)/v(in))");
		ng_session_evaluate(session, "dc1", "carom0", "v(in)*2", &vector, &err);
		assert_int_equal(vector.length, 5);
		assert_double_equal(vector.data[4], 2, 1e-9, 0);
		ng_session_evaluate(session, "tran1", "carom0", "vecmax(v(in))", &vector, &err);
		assert_double_equal(vector.data[0], 1, 1e-9, 0);
		ng_session_evaluate(session, "dc1", "carom1", "V(1,In)", &vector, &err);
		assert_int_equal(vector.length, 5);
	}
	assert_ok(&err);
	stop_ng(session);
}

static void a_slot_holds_one_result_after_another(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	struct ng_vector vector;

	(void)state;
	run_ng(session, all_analyses);
	ng_session_evaluate(session, "ac1", "slot", "v(out)*2", &vector, &err);
	assert_true(vector.is_complex);
	ng_session_evaluate(session, "ac1", "slot", "vecmin(mag(v(out)))", &vector, &err);
	assert_false(vector.is_complex);
	assert_int_equal(vector.length, 1);
	ng_session_evaluate(session, "ac1", "slot", "db(v(out))", &vector, &err);
	assert_false(vector.is_complex);
	assert_int_equal(vector.length, 61);
	assert_ok(&err);
	stop_ng(session);
}

static void an_expression_that_fails_leaves_no_result_of_an_earlier_one(void **state)
{
	static const struct {
		const char *expression;
		const char *words;
	} bad[] = {
		{"v(nix)", "op1 has no vector v(nix)"},
		{"v(nix)*2", "vector nix is not available"},
		{"i(r1)", "has no vector i(r1)"},
		{"nix", "has no vector nix"},
		{"v(out)+", "v(out)+"},
		{"foo(v(out))", "no function as foo"},
		{"v(out)/0", "out of range for divide"},
		{"@nix[p]", "@nix[p]: no such device or model name nix"},
		{"@r1[nix]", "@r1[nix]: no such parameter nix"},
	};
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 1\nr1 in out 1k\nr2 out 0 3k\n.op");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		struct ng_vector vector;

		assert_double_equal(ng_value(session, "v(out)*4", 0), 3, 1e-12, 0);
		ng_session_evaluate(session, NULL, "slot", bad[i].expression, &vector, &err);
		assert_ng_error(&err, CAROM_ERROR_VECTOR, bad[i].words);
	}
	stop_ng(session);
}

static void a_constant_does_not_stand_in_for_a_missing_node(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	struct ng_vector vector;

	(void)state;
	run_ng(session, "t\nv1 in 0 1\nr1 in 0 1k\n.op");
	assert_int_equal(ng_session_evaluate(session, NULL, "slot", "v(c)", &vector, &err),
			 CAROM_ERROR_VECTOR);
	run_ng(session, "t\nv1 c 0 1\nr1 c 0 1k\n.op");
	assert_double_equal(ng_value(session, "v(c)", 0), 1, 1e-12, 0);
	assert_double_equal(ng_value(session, "pi", 0), 3.14159265358979, 1e-12, 0);
	stop_ng(session);
}

static void parameters_of_elements_are_read_after_a_run(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 1\nr1 in out 1k\nr2 out 0 3k\n.save @r1[i] v(out)\n.op");
	assert_double_equal(ng_value(session, "@r1[i]", 0), 0.25e-3, 1e-12, 0);
	assert_double_equal(ng_value(session, "@r2[resistance]", 0), 3e3, 1e-12, 0);
	assert_double_equal(ng_value(session, "@r2[resistance]", 0), 3e3, 1e-12, 0);
	stop_ng(session);
}

static void a_node_inside_a_subcircuit_is_a_plain_name(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 1\n.subckt div a b\nr1 a m 1k\nr2 m b 1k\n.ends\n"
			"x1 in 0 div\n.op");
	assert_double_equal(ng_value(session, "v(x1.m)", 0), 0.5, 1e-12, 0);
	assert_double_equal(ng_value(session, "x1.m", 0), 0.5, 1e-12, 0);
	stop_ng(session);
}

static void a_digital_node_is_evaluated(void **state)
{
	struct ng_session *session = start_ng(NULL);

	(void)state;
	run_ng(session, "t\nv1 in 0 pulse(0 5 1u 1n 1n 1u 4u)\nabridge [in] [d] adc\n"
			".model adc adc_bridge(in_low=1 in_high=2)\nainv d q inv\n"
			".model inv d_inverter\nadac [q] [out] dac\n.model dac dac_bridge\n"
			"r1 out 0 1k\n.tran 10n 4u");
	assert_double_equal(ng_value(session, "vecmax(d)", 0), 1, 1e-12, 0);
	assert_double_equal(ng_value(session, "d", 0), 0, 0, 1e-12);
	assert_double_equal(ng_value(session, "v(out)", 0), 1, 1e-9, 0);
	stop_ng(session);
}

static void results_are_asked_for_after_a_run_only(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct ng_session *session = start_ng(NULL);
	struct ng_names names = ng_session_names(session, "op1");
	struct ng_plot plot;
	struct ng_vector vector;

	(void)state;
	assert_null(ng_names_next(&names));
	assert_int_equal(ng_session_plot_count(session), 0);
	assert_int_equal(ng_session_plot(session, 0, &plot, NULL), CAROM_ERROR_STATE);
	assert_int_equal(ng_session_vector(session, "op1", "in", &vector, NULL), CAROM_ERROR_STATE);
	assert_int_equal(ng_session_evaluate(session, NULL, "s", "time", &vector, NULL),
			 CAROM_ERROR_STATE);
	run_ng(session, "t\nv1 in 0 1\nr1 in 0 1k\n.op");
	names = ng_session_names(session, "op2");
	assert_null(ng_names_next(&names));
	assert_int_equal(ng_session_vector(session, "op1", "b", &vector, NULL), CAROM_ERROR_VECTOR);
	assert_int_equal(ng_session_evaluate(session, "ac1", "s", "v(in)", &vector, &err),
			 CAROM_ERROR_NOT_FOUND);
	assert_ng_error(&err, CAROM_ERROR_NOT_FOUND, "is its analysis in the deck");
	ng_session_destroy_plots(session);
	assert_int_equal(ng_session_plot_count(session), 0);
	assert_int_equal(ng_session_scale(session, NULL, &vector, NULL), CAROM_ERROR_STATE);
	stop_ng(session);
}

static void an_unsafe_expression_is_refused(void **state)
{
	struct ng_session *session = start_ng(NULL);
	struct ng_vector vector;

	(void)state;
	run_ng(session, "t\nv1 in 0 1\nr1 in 0 1k\n.op");
	assert_int_equal(ng_session_evaluate(session, NULL, "s", "1;quit", &vector, NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_int_equal(ng_session_evaluate(session, NULL, "s t", "1", &vector, NULL),
			 CAROM_ERROR_ARGUMENT);
	stop_ng(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_analysis_gives_its_plots),
		cmocka_unit_test(vectors_have_the_names_that_users_write),
		cmocka_unit_test(only_saved_vectors_are_there),
		cmocka_unit_test(vectors_are_real_or_complex_with_types),
		cmocka_unit_test(scales_are_found_by_plot),
		cmocka_unit_test(expressions_are_evaluated_in_the_named_plot),
		cmocka_unit_test(a_slot_holds_one_result_after_another),
		cmocka_unit_test(an_expression_that_fails_leaves_no_result_of_an_earlier_one),
		cmocka_unit_test(a_constant_does_not_stand_in_for_a_missing_node),
		cmocka_unit_test(parameters_of_elements_are_read_after_a_run),
		cmocka_unit_test(a_node_inside_a_subcircuit_is_a_plain_name),
		cmocka_unit_test(a_digital_node_is_evaluated),
		cmocka_unit_test(results_are_asked_for_after_a_run_only),
		cmocka_unit_test(an_unsafe_expression_is_refused),
	};

	return run_all_tests(tests);
}
