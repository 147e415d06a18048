/* SPDX-License-Identifier: BSD-3-Clause */
/* Every analysis, by card and by call, on both levels: what "ngspice -b -r" writes, bit for bit. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "support-compare.h"
#include "support-folder.h"
#include "support-session.h"

/* A stage of one bipolar transistor; v1 drives, vcc feeds, v(out) is the answer. */
static const char bipolar[] = "a stage of a bipolar transistor\n"
			      "v1 in 0 dc 0 ac 1 distof1 0.01 distof2 0.01 sin(0 10m 1k)\n"
			      "vcc vcc 0 10\n"
			      "c1 in b 1u\n"
			      "rb1 vcc b 47k\n"
			      "rb2 b 0 10k\n"
			      "rc vcc out 2.2k\n"
			      "re e 0 470\n"
			      "ce e 0 10u ic=1\n"
			      "q1 out b e qn\n"
			      ".model qn npn(bf=120 is=1e-15 rb=20 cje=2p cjc=1p tf=0.3n vaf=80)\n";

/* The same of a field-effect transistor that depends on the temperature, with a diode behind it. */
static const char mos[] =
	"a stage of a field-effect transistor\n"
	"v1 in 0 dc 1.2 ac 1 distof1 0.01 distof2 0.01 pulse(1 1.4 0 1u 1u 3u 10u)\n"
	"vcc vcc 0 5\n"
	"rg in g 1k\n"
	"rc vcc out 10k\n"
	"m1 out g 0 0 mn w=10u l=1u\n"
	"d1 out x dn\n"
	"rx x 0 100k\n"
	"cl x 0 1p\n"
	".model mn nmos(vto={0.75-2m*temper} kp=110u lambda=0.04 cgso=0.2n cgdo=0.2n)\n"
	".model dn d(is=1e-14 cjo=1p)\n";

static const char *const analyses[] = {
	"op",
	"dc v1 0 2 0.1",
	"dc vcc 1 9 2 v1 -0.1 0.1 0.1",
	"dc temp -40 125 33",
	"dc rc 1k 3k 500",
	"dc v1 0 1 0.25 temp 0 100 50",
	"dc rc 1k 2k 500 vcc 4 6 1",
	"ac dec 7 10 1meg",
	"ac oct 3 1k 64k",
	"ac lin 11 1k 2k",
	"tran 10u 1m",
	"tran 10u 1m uic",
	"tran 10u 1m 0.5m",
	"tran 10u 1m 0 2u",
	"tran 10u 1m 0.2m 5u uic",
	"noise v(out) v1 dec 3 10 1meg",
	"noise v(out,in) v1 lin 5 1k 2k",
	"noise v(out) v1 oct 2 1k 16k 1",
	"pz in 0 out 0 vol pz",
	"pz in 0 out 0 vol pol",
	"pz in 0 out 0 cur zer",
	"tf v(out) v1",
	"tf v(out,in) vcc",
	"tf i(vcc) v1",
	"disto dec 2 1k 100k",
	"disto lin 3 10k 30k 0.9",
};

/* Not with bipolar transistors: ngspice 39 would crash. */
static const char *const sensitivities[] = {
	"sens v(out)",
	"sens v(out,in)",
	"sens i(vcc)",
	"sens v(out) ac dec 2 10 10k",
	"sens v(out) ac lin 3 1k 2k",
};

/* A filter between two ports. */
static const char ports[] = "a filter between two ports\n"
			    "v1 in 0 dc 0 ac 1 portnum 1 z0 50\n"
			    "l1 in m 100n\n"
			    "c1 m 0 80p\n"
			    "l2 m out 100n\n"
			    "v2 out 0 dc 0 ac 0 portnum 2 z0 75\n";

static const char *const scatterings[] = {
	"sp dec 3 1meg 1g",
	"sp oct 2 1meg 8meg",
	"sp lin 4 1meg 2meg",
};

static const struct carom_run_options no_options = {.size = sizeof(no_options)};

/* ---- both ways ---- */

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

static void simulate_by_ngspice(struct raw_file *raw, const char *deck)
{
	char folder[] = "/tmp/carom-test-XXXXXX", path[64], result[64], command[256];
	struct carom_error err = CAROM_ERROR_INIT;

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/deck.cir", folder);
	snprintf(result, sizeof(result), "%s/deck.raw", folder);
	snprintf(command, sizeof(command), "ngspice -b -r %s %s >/dev/null 2>&1 </dev/null", result,
		 path);
	write_file(path, deck);
	assert_int_equal(system(command), 0);
	raw_read(raw, result, &err);
	assert_ok(&err);
	unlink(path);
	unlink(result);
	rmdir(folder);
}

static void assert_is_of(const char *what, const struct carom_result *result,
			 const struct raw_file *raw)
{
	assert_true(raw->n_plots > 0);
	if (!is_result_of_raw(result, raw))
		fail_msg("%s", what);
}

static void run_card(struct carom_session *session, const char *deck, const char *what,
		     const struct raw_file *raw)
{
	struct carom_result *result;

	load_deck(session, deck);
	result = run_loaded(session);
	assert_is_of(what, result, raw);
	carom_result_free(result);
}

static void run_call(struct carom_session *session, const char *analysis,
		     const struct raw_file *raw)
{
	struct carom_run_options options = no_options;
	struct carom_result *result;

	options.analysis = analysis;
	result = run_with(session, &options);
	assert_is_of(analysis, result, raw);
	carom_result_free(result);
}

/* By card, and by call into a circuit that has another card. */
static void assert_analyses(struct carom_session *session, const char *circuit,
			    const char *const *list, size_t n)
{
	char deck[2048];
	struct raw_file raw;

	for (size_t i = 0; i < n; i++) {
		snprintf(deck, sizeof(deck), "%s.%s\n.end\n", circuit, list[i]);
		simulate_by_ngspice(&raw, deck);
		run_card(session, deck, list[i], &raw);
		snprintf(deck, sizeof(deck), "%s.op\n.end\n", circuit);
		load_deck(session, deck);
		run_call(session, list[i], &raw);
		run_call(session, list[i], &raw);
		raw_release(&raw);
	}
}

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static void each_analysis_of_a_bipolar_stage_is_ngspices(void **state)
{
	assert_analyses(*state, bipolar, analyses, COUNT(analyses));
}

static void each_analysis_of_a_field_effect_stage_is_ngspices(void **state)
{
	assert_analyses(*state, mos, analyses, COUNT(analyses));
	assert_analyses(*state, mos, sensitivities, COUNT(sensitivities));
}

static void scattering_parameters_are_ngspices(void **state)
{
	assert_analyses(*state, ports, scatterings, COUNT(scatterings));
}

static void calls_follow_each_other_in_one_loaded_circuit(void **state)
{
	char deck[2048];
	struct raw_file raws[COUNT(analyses)];

	for (size_t i = 0; i < COUNT(analyses); i++) {
		snprintf(deck, sizeof(deck), "%s.%s\n.end\n", bipolar, analyses[i]);
		simulate_by_ngspice(&raws[i], deck);
	}
	load_deck(*state, deck);
	for (size_t i = COUNT(analyses); i-- > 0;)
		run_call(*state, analyses[i], &raws[i]);
	for (size_t i = 0; i < COUNT(analyses); i++) {
		run_call(*state, analyses[i], &raws[i]);
		raw_release(&raws[i]);
	}
}

static void several_analyses_of_a_deck_are_ngspices(void **state)
{
	static const char *const decks[] = {
		".op\n.ac dec 5 10 1meg\n.tran 10u 1m\n.end\n",
		".tran 10u 1m\n.dc v1 0 1 0.25\n.op\n.noise v(out) v1 dec 3 10 1meg\n.end\n",
		".pz in 0 out 0 vol pz\n.tf v(out) v1\n.disto dec 2 1k 100k\n.op\n.end\n",
		".ac lin 3 1k 2k\n.ac dec 2 1 100\n.tran 10u 0.2m\n.tran 20u 0.1m uic\n.end\n",
		".noise v(out) v1 dec 3 10 1k\n.noise v(b) v1 dec 2 10 1k\n.end\n",
	};
	char deck[2048];
	struct raw_file raw;

	for (size_t i = 0; i < COUNT(decks); i++) {
		snprintf(deck, sizeof(deck), "%s%s", bipolar, decks[i]);
		simulate_by_ngspice(&raw, deck);
		run_card(*state, deck, decks[i], &raw);
		raw_release(&raw);
	}
}

/* ---- what is saved ---- */

static const char *const saves[] = {
	"v(out) i(vcc)", "@q1[gm] v(b)", "@q1[ic] @q1[vbe] i(v1)", "out vcc#branch", "all @q1[gm]",
};

/* Words to an array of them, in place. */
static size_t split(char *text, const char **words, size_t most)
{
	size_t n = 0;

	for (char *word = strtok(text, " "); word && n < most; word = strtok(NULL, " "))
		words[n++] = word;
	return n;
}

static void assert_saves(struct carom_session *session, const char *list, const char *analysis)
{
	struct carom_run_options options = no_options;
	struct carom_result *result;
	const char *words[8];
	char deck[2048], copy[100];
	struct raw_file raw;

	snprintf(deck, sizeof(deck), "%s.save %s\n.%s\n.end\n", bipolar, list, analysis);
	simulate_by_ngspice(&raw, deck);
	run_card(session, deck, list, &raw);
	snprintf(deck, sizeof(deck), "%s.save v(e)\n.op\n.end\n", bipolar);
	load_deck(session, deck);
	snprintf(copy, sizeof(copy), "%s", list);
	options.analysis = analysis;
	options.n_save = split(copy, words, COUNT(words));
	options.save = words;
	result = run_with(session, &options);
	assert_is_of(list, result, &raw);
	carom_result_free(result);
	raw_release(&raw);
}

static void what_is_saved_is_ngspices(void **state)
{
	for (size_t i = 0; i < COUNT(saves); i++) {
		assert_saves(*state, saves[i], "op");
		assert_saves(*state, saves[i], "dc v1 0 1 0.25");
		assert_saves(*state, saves[i], "tran 10u 0.5m");
	}
}

/* ngspice has capitals there, which count, and no v( ) and i( ). */
static void scattering_parameters_and_what_is_beside_them_are_saved(void **state)
{
	static const char *const list[] = {"v(in)", "S_2_1", "i(v1)", "z_1_1"};
	struct carom_run_options options = no_options;
	struct carom_result *whole, *part;
	char deck[2048];

	snprintf(deck, sizeof(deck), "%s.%s\n.end\n", ports, scatterings[0]);
	load_deck(*state, deck);
	whole = run_with(*state, &options);
	options.save = list;
	options.n_save = COUNT(list);
	part = run_with(*state, &options);
	assert_int_equal(carom_plot_vector_count(carom_result_plot(part, 0)), 1 + COUNT(list));
	for (size_t i = 0; i < COUNT(list); i++)
		find_vector(part, "sp1", list[i]);
	assert_true(result_distance(part, whole) == 0);
	carom_result_free(whole);
	carom_result_free(part);
}

/* ---- names, units, scales ---- */

/* What a vector of this name is measured in; NULL: the name does not tell. */
static const char *expected_unit(const char *name)
{
	if (strncmp(name, "v(", 2) == 0)
		return "V";
	if (strncmp(name, "i(", 2) == 0)
		return "A";
	if (strcmp(name, "time") == 0)
		return "s";
	return strcmp(name, "frequency") == 0 ? "Hz" : NULL;
}

static void assert_plot_units(const struct carom_plot *plot)
{
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);
		const char *name = carom_vector_name(vector), *unit = expected_unit(name);

		if (unit)
			assert_string_equal(carom_vector_unit(vector), unit);
		assert_ptr_equal(carom_plot_find_vector(plot, name), vector);
		assert_int_equal(carom_vector_real(vector) == NULL,
				 carom_vector_is_complex(vector));
		assert_int_equal(carom_vector_complex(vector) == NULL,
				 !carom_vector_is_complex(vector));
	}
}

/* scale NULL: the plot has none. */
static void assert_plot(struct carom_session *session, const char *analysis, const char *plot_name,
			const char *scale, size_t n_points, bool is_complex)
{
	struct carom_run_options options = no_options;
	struct carom_result *result;
	const struct carom_plot *plot;
	const struct carom_vector *found;

	options.analysis = analysis;
	result = run_with(session, &options);
	plot = carom_result_find_plot(result, plot_name);
	assert_non_null(plot);
	found = carom_plot_scale(plot);
	assert_string_equal(found ? carom_vector_name(found) : "none", scale ? scale : "none");
	assert_int_equal(carom_plot_point_count(plot), n_points);
	assert_int_equal(carom_vector_is_complex(carom_plot_vector(plot, 0)), is_complex);
	assert_string_equal(carom_plot_title(plot), "a stage of a field-effect transistor");
	assert_plot_units(plot);
	carom_result_free(result);
}

static void plots_have_scales_lengths_and_units(void **state)
{
	char deck[2048];

	snprintf(deck, sizeof(deck), "%s.op\n.end\n", mos);
	load_deck(*state, deck);
	assert_plot(*state, "op", "op1", NULL, 1, false);
	assert_plot(*state, "dc v1 0 1 0.25", "dc1", "v-sweep", 5, false);
	assert_plot(*state, "dc v1 0 1 0.25 vcc 4 5 1", "dc", "v-sweep", 10, false);
	assert_plot(*state, "dc temp 0 100 50", "dc1", "temp-sweep", 3, false);
	assert_plot(*state, "dc rc 1k 2k 500", "dc1", "res-sweep", 3, false);
	assert_plot(*state, "ac dec 10 1 1k", "ac1", "frequency", 31, true);
	assert_plot(*state, "noise v(out) v1 dec 10 1 1k", "noise1", "frequency", 31, false);
	assert_plot(*state, "noise v(out) v1 dec 10 1 1k", "noise2", NULL, 1, false);
	assert_plot(*state, "sens v(out)", "sens1", NULL, 1, false);
	assert_plot(*state, "sens v(out) ac dec 2 1 100", "sens1", "frequency", 5, true);
	assert_plot(*state, "disto dec 2 1k 100k", "disto1", "frequency", 5, true);
	assert_plot(*state, "tf v(out) v1", "tf1", NULL, 1, false);
	assert_plot(*state, "pz in 0 out 0 vol pz", "pz1", NULL, 1, true);
}

/* Where it would tell of their points libngspice crashes. */
static void a_circuit_may_have_no_poles_and_zeros(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_run_options options = no_options;
	struct carom_result *result = NULL;

	load_deck(*state, "t\nv1 in 0 dc 1 ac 1\nr1 in out 1k\nc1 out 0 1n\n"
			  ".pz in 0 out 0 vol zer\n.op\n.end\n");
	carom_session_run_with(*state, &no_options, &result, &err);
	assert_ok(&err);
	assert_non_null(carom_result_find_plot(result, "op"));
	carom_result_free(result);
	load_deck(*state, "t\nv1 in 0 dc 1 ac 1\nr1 in out 1k\nr2 out 0 1k\n.op\n.end\n");
	options.analysis = "pz in 0 out 0 vol pz";
	assert_int_equal(carom_session_run_with(*state, &options, &result, &err),
			 CAROM_ERROR_ARGUMENT);
	options.analysis = "op";
	carom_error_clear(&err);
	carom_session_run_with(*state, &options, &result, &err);
	assert_ok(&err);
	carom_result_free(result);
}

static void a_vector_has_all_names_that_users_give_it(void **state)
{
	static const char *const names[] = {"v(out)", "out",       "V(OUT)",  "i(v1)",  "v1#branch",
					    "I(V1)",  "V1#branch", "@m1[gm]", "@M1[GM]"};
	struct carom_run_options options = no_options;
	const char *const saved[] = {"all", "@m1[gm]"};
	struct carom_result *result;
	char deck[2048];

	snprintf(deck, sizeof(deck), "%s.op\n.end\n", mos);
	load_deck(*state, deck);
	options.save = saved;
	options.n_save = COUNT(saved);
	result = run_with(*state, &options);
	for (size_t i = 0; i < COUNT(names); i++)
		find_vector(result, "op", names[i]);
	assert_null(carom_plot_find_vector(carom_result_plot(result, 0), "v(nowhere)"));
	assert_null(carom_plot_find_vector(carom_result_plot(result, 0), "i(rc)"));
	carom_result_free(result);
}

int main(void)
{
	const struct CMUnitTest both[] = {
		cmocka_unit_test_setup_teardown(each_analysis_of_a_bipolar_stage_is_ngspices,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(each_analysis_of_a_field_effect_stage_is_ngspices,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(scattering_parameters_are_ngspices, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(calls_follow_each_other_in_one_loaded_circuit,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(several_analyses_of_a_deck_are_ngspices, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(what_is_saved_is_ngspices, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			scattering_parameters_and_what_is_beside_them_are_saved, set_up, tear_down),
		cmocka_unit_test_setup_teardown(plots_have_scales_lengths_and_units, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_circuit_may_have_no_poles_and_zeros, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_vector_has_all_names_that_users_give_it, set_up,
						tear_down),
	};

	return run_all_on_both_levels(both);
}
