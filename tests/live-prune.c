/* SPDX-License-Identifier: BSD-3-Clause */
/* The real libngspice gives the same bits whether all of a deck is sent or what it reaches. */
#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "carom-session.h"
#include "support-raw.h"
#include "support.h"

static struct carom_result *simulate(const struct carom_circuit *circuit, bool sends_all)
{
	const struct carom_session_options options = {.size = sizeof(options),
						      .sends_all = sends_all};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session;
	struct carom_result *result = NULL;

	carom_session_open(&session, &options, &err);
	carom_session_load(session, circuit, &err);
	carom_session_run(session, &result, &err);
	assert_ok(&err);
	carom_session_close(session);
	return result;
}

static void assert_same_vector(const struct carom_vector *a, const struct carom_vector *b)
{
	bool is_complex = carom_vector_is_complex(a);
	size_t n = carom_vector_length(a);

	assert_string_equal(carom_vector_name(a), carom_vector_name(b));
	assert_int_equal(carom_vector_is_complex(b), is_complex);
	assert_int_equal(carom_vector_length(b), n);
	if (is_complex)
		assert_memory_equal(carom_vector_complex(a), carom_vector_complex(b),
				    2 * n * sizeof(double));
	else
		assert_memory_equal(carom_vector_real(a), carom_vector_real(b), n * sizeof(double));
}

static void assert_same_result(const struct carom_result *a, const struct carom_result *b)
{
	size_t n_plots = carom_result_plot_count(a);

	assert_true(n_plots > 0);
	assert_int_equal(carom_result_plot_count(b), n_plots);
	for (size_t i = 0; i < n_plots; i++) {
		const struct carom_plot *x = carom_result_plot(a, i);
		const struct carom_plot *y = carom_result_plot(b, i);

		assert_int_equal(carom_plot_vector_count(x), carom_plot_vector_count(y));
		for (size_t k = 0; k < carom_plot_vector_count(x); k++)
			assert_same_vector(carom_plot_vector(x, k), carom_plot_vector(y, k));
	}
}

static void compare_circuit(const struct carom_circuit *circuit)
{
	struct carom_result *all = simulate(circuit, true);
	struct carom_result *reached = simulate(circuit, false);

	assert_same_result(all, reached);
	carom_result_free(all);
	carom_result_free(reached);
}

static void compare_text(const char *deck)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	struct carom_reach reach;

	carom_circuit_import_text(&circuit, deck, strlen(deck), "t.cir", NULL, &err);
	assert_ok(&err);
	carom_circuit_reach(circuit, &reach, &err);
	assert_true(reach.cards.sent < reach.cards.all || reach.params.sent < reach.params.all);
	compare_circuit(circuit);
	carom_circuit_free(circuit);
}

static void compare_file(const char *path)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;

	carom_circuit_import_file(&circuit, path, NULL, &err);
	assert_ok(&err);
	compare_circuit(circuit);
	carom_circuit_free(circuit);
}

/* ---- decks ---- */

static void decks_with_much_to_leave_out(void **state)
{
	static const char *const decks[] = {
		"t\nv1 1 0 1\nx1 1 s k={q}\n.param q=2 idle={q*2} w=3\n.subckt s p k=1\n"
		".param w={k*2} other=7\nr1 p 0 {f(w)}\n.ends\n.func f(x) {g(x)+1}\n"
		".func g(x) {x*q}\n.func h(x) {f(x)}\n.subckt idle p\nr1 p 0 "
		"{nothing}\n.ends\n.op\n",
		"t\nv1 1 0 0.7\nd1 1 0 dd\n.model dd d(is={is0*2} n=1.1)\n.model idle d(is={j})\n"
		".param is0=1e-15 j=3\n.options seed=3\n.param r={x*2} x=agauss(1k,100,1) "
		"y='aunif(1,2)'\nr1 1 0 {x}\n.op\n",
		"t\n.param c=1 k=2k idle=3\n.if (c==1)\n.param r={k}\n.else\n.param r=7k\n.endif\n"
		"v1 1 0 sin(0 1 1k)\nr1 1 2 {r}\nc1 2 0 1n ic=0\n.model idle d\n.tran 10u 1m\n",
		"t\nv1 1 0 1\nm1 1 1 0 0 nn w=2u l=3u\n.model nn.1 nmos level=8 version=3.3.0 "
		"lmin=1u lmax=2u wmin=1u wmax=10u\n.model nn.2 nmos level=8 version=3.3.0 "
		"lmin=2u lmax=20u wmin=1u wmax=10u\n.model pp.1 pmos level=8 version=3.3.0 "
		"lmin=2u lmax=20u wmin=1u wmax=10u\n.op\n",
		"t\n.param a=2 b=3 c=4\nv1 1 0 dc 1 ac 1\nb1 2 0 v=a*v(1)+v(1)^2\nr2 2 0 1k\n"
		"r3 1 3 'b*1k'\nc3 3 0 {1n*b}\n.ac dec 3 1 1meg\n.model idle npn\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(decks) / sizeof(decks[0]); i++)
		compare_text(decks[i]);
}

static void compare_all(const char *pattern)
{
	char path[1000];
	glob_t found;

	snprintf(path, sizeof(path), "%s/%s", getenv("CAROM_SRCDIR"), pattern);
	assert_int_equal(glob(path, 0, NULL, &found), 0);
	for (size_t i = 0; i < found.gl_pathc; i++)
		compare_file(found.gl_pathv[i]);
	globfree(&found);
}

static void the_decks_of_the_manual(void **state)
{
	(void)state;
	compare_all("docs/examples/*.cir");
}

static void the_decks_that_ngspice_is_compared_on(void **state)
{
	(void)state;
	compare_all("tests/decks/*.cir");
}

static void decks_that_draw_random_numbers(void **state)
{
	static const char *const decks[] = {
		"t\n.options seed=5\nv1 1 0 1\nv2 2 0 1.2\nm1 1 2 0 0 nn w=2u l=3u\n"
		".param q=agauss(0.5,0.1,1)\n"
		".model nn.1 nmos level=8 vth0={q} lmin=1u lmax=2u wmin=1u wmax=10u\n"
		".model nn.2 nmos level=8 vth0={q} lmin=2u lmax=20u wmin=1u wmax=10u\n"
		".model idle nmos level=8 vth0={q}\n.op\n",
		"t\n.options seed=6\nv1 1 0 1\nx1 1 s\nx2 1 s\n.subckt s p\n"
		"r1 p a {aunif(1k,100)}\nr2 a 0 {f(1k)}\n.ends\n.func f(x) {gauss(x,0.1,3)}\n"
		".subckt idle p\nr1 p 0 {aunif(1k,100)}\n.ends\n.op\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(decks) / sizeof(decks[0]); i++)
		compare_text(decks[i]);
}

/* ---- a process design kit: one section, of which the circuit uses 3 of 163 subcircuits ---- */

/* NULL if the kit is not there, as it does not come with the source. */
static struct carom_circuit *import_ring(char *folder, size_t size)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit;
	char path[1000];

	snprintf(folder, size, "%s/../shared/pdk", getenv("CAROM_SRCDIR"));
	snprintf(path, sizeof(path), "%s/ring.cir", folder);
	if (access(path, R_OK) != 0) {
		print_message("# the kit does not come with the source: nothing was tested\n");
		return NULL;
	}
	carom_circuit_import_file(&circuit, path, NULL, &err);
	assert_ok(&err);
	return circuit;
}

static void a_ring_oscillator_sent_in_part(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_reach reach;
	char folder[900];
	struct carom_circuit *circuit = import_ring(folder, sizeof(folder));

	(void)state;
	if (!circuit)
		return;
	assert_int_equal(carom_circuit_reach(circuit, &reach, &err), 0);
	assert_int_equal(reach.subcircuits.sent, 3);
	assert_int_equal(reach.subcircuits.all, 163);
	assert_true(reach.models.sent < 10); /* of 285 bins of the two models */
	compare_circuit(circuit);
	carom_circuit_free(circuit);
}

/*
 * Each transistor draws its threshold by itself: with a seed the same bits, so that every draw of
 * the whole deck is one of the part's.
 */
static void a_ring_oscillator_with_mismatch(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char folder[900], deck[2000];
	struct carom_circuit *circuit = import_ring(folder, sizeof(folder));

	(void)state;
	if (!circuit)
		return;
	carom_circuit_free(circuit);
	snprintf(deck, sizeof(deck),
		 "t\n.options seed=11\n.lib \"%s/sky130/models/sky130.lib.spice\" tt\n"
		 ".param sky130_fd_pr__nfet_01v8__vth0_slope_spectre=agauss(0,1,1)\n"
		 ".param sky130_fd_pr__pfet_01v8__vth0_slope_spectre=agauss(0,1,1)\n"
		 "vdd vdd 0 1.8\nvin a 0 0.9\n.subckt inv a y vdd\n"
		 "xp y a vdd vdd sky130_fd_pr__pfet_01v8 w=1 l=0.15\n"
		 "xn y a 0 0 sky130_fd_pr__nfet_01v8 w=0.65 l=0.15\n.ends\n"
		 "x1 a b vdd inv\nx2 b c vdd inv\n.op\n.end\n",
		 folder);
	carom_circuit_import_text(&circuit, deck, strlen(deck), "t.cir", NULL, &err);
	assert_ok(&err);
	compare_circuit(circuit);
	carom_circuit_free(circuit);
}

/* What "ngspice -b -r" writes, which reads all sections of the library. */
static void read_ngspice(const char *folder, struct raw_file *raw)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char name[] = "/tmp/carom-test-XXXXXX", command[1200];
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	close(fd);
	snprintf(command, sizeof(command),
		 "cd '%s' && ngspice -b -r %s ring.cir >/dev/null 2>&1 </dev/null", folder, name);
	assert_int_equal(system(command), 0);
	raw_read(raw, name, &err);
	unlink(name);
	assert_ok(&err);
}

static void a_ring_oscillator_as_ngspice_runs_it(void **state)
{
	char folder[900];
	struct carom_circuit *circuit = import_ring(folder, sizeof(folder));
	const struct carom_plot *plot;
	struct carom_result *result;
	struct raw_file raw;

	(void)state;
	if (!circuit)
		return;
	result = simulate(circuit, false);
	plot = carom_result_plot(result, 0);
	read_ngspice(folder, &raw);
	assert_int_equal(raw.n_plots, 1);
	assert_int_equal(carom_plot_vector_count(plot), raw.plots[0].n_vectors);
	assert_int_equal(carom_plot_point_count(plot), raw.plots[0].n_points);
	for (size_t i = 0; i < raw.plots[0].n_vectors; i++)
		assert_memory_equal(carom_vector_real(carom_plot_vector(plot, i)),
				    raw.plots[0].vectors[i].data,
				    raw.plots[0].n_points * sizeof(double));
	raw_release(&raw);
	carom_result_free(result);
	carom_circuit_free(circuit);
}

/* ---- failures ---- */

static void a_failure_is_the_same(void **state)
{
	static const char deck[] = "t\nv1 1 0 1\nr1 1 0 {x}\n.model idle d\n.op\n";
	struct carom_error errors[2] = {CAROM_ERROR_INIT, CAROM_ERROR_INIT};
	struct carom_circuit *circuit;

	(void)state;
	carom_circuit_import_text(&circuit, deck, strlen(deck), "t.cir", NULL, NULL);
	for (int i = 0; i < 2; i++) {
		const struct carom_session_options options = {.size = sizeof(options),
							      .sends_all = i == 1};
		struct carom_session *session;

		carom_session_open(&session, &options, &errors[i]);
		assert_int_equal(carom_session_load(session, circuit, &errors[i]),
				 CAROM_ERROR_PARAMETER);
		carom_session_close(session);
	}
	assert_string_equal(errors[0].text, errors[1].text);
	assert_int_equal(errors[0].line, 3);
	assert_int_equal(errors[1].line, 3);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decks_with_much_to_leave_out),
		cmocka_unit_test(the_decks_of_the_manual),
		cmocka_unit_test(the_decks_that_ngspice_is_compared_on),
		cmocka_unit_test(decks_that_draw_random_numbers),
		cmocka_unit_test(a_ring_oscillator_sent_in_part),
		cmocka_unit_test(a_ring_oscillator_with_mismatch),
		cmocka_unit_test(a_ring_oscillator_as_ngspice_runs_it),
		cmocka_unit_test(a_failure_is_the_same),
	};

	return run_all_tests(tests);
}
