/* SPDX-License-Identifier: BSD-3-Clause */
/* A flat circuit simulates as the one it was made of. */
#include <math.h>

#include "carom-graph.h"
#include "carom-plot.h"
#include "support-session.h"

static const char filter[] = "a filter of two orders in three levels\n"
			     ".param r0=1k c0={1/6.2831853e6}\n"
			     ".func scaled(x,k) {x*k}\n"
			     "v1 in 0 dc 0.3 ac 1 sin(0.3 1 100k)\n"
			     "x1 in mid second q=0.9\n"
			     "x2 mid out second q={1.3+0.1} f=2\n"
			     "rl out 0 10meg\n"
			     ".subckt second a b q=1 f=1\n"
			     "x1 a n section k={q*f}\n"
			     "e1 buffered 0 n 0 1\n"
			     "x2 buffered b section k={1/q}\n"
			     ".subckt section p o k=1\n"
			     ".param rr={scaled(r0,k)}\n"
			     "r1 p o {rr} tc1=1e-3\n"
			     "c1 o 0 {c0/r0/k} ic=0.1\n"
			     ".ends\n"
			     ".ends\n"
			     ".temp 50\n"
			     ".op\n"
			     ".ac dec 10 10k 100meg\n"
			     ".tran 50n 20u\n"
			     ".end\n";

static const char amplifier[] = "amplifier of parameterised stages\n"
				".global vcc\n"
				"vcc vcc 0 12\n"
				"vin in 0 dc 0 ac 1 sin(0 10m 10k)\n"
				"cin in b 1u\n"
				"x1 b c stage gain=5 ic=1m\n"
				"x2 c out follower m=2\n"
				"rl out 0 1k\n"
				".subckt stage base coll gain=10 ic=2m\n"
				".param rc={6/ic} re={rc/gain}\n"
				"q1 coll base em qn area={ic*1k}\n"
				"rc vcc coll {rc}\n"
				"re em 0 're'\n"
				"rb1 vcc base {10*rc}\n"
				"rb2 base 0 {10*rc*(0.7+ic*re)/(12-0.7-ic*re)}\n"
				"d1 base vcc dclamp\n"
				".ic v(em)=0.6\n"
				".model qn npn(bf={100+gain} is=1f vaf=80 cje=1p cjc=1p tf=0.3n)\n"
				".model dclamp d(is={ic*1e-12} rs=1)\n"
				".ends\n"
				".subckt follower i o\n"
				"q1 vcc i o qf\n"
				"rb o n 1k\n"
				"vs n 0 0\n"
				"f1 o 0 vs 0.01\n"
				"b1 fb 0 v=v(o)*0.5+i(vs)*100\n"
				"rfb fb i 1meg\n"
				".model qf npn(bf=200 is=2f)\n"
				".ends\n"
				".op\n"
				".ac dec 10 100 10meg\n"
				".tran 2u 300u\n"
				".end\n";

static const char coupled[] = "coupled inductors in a subcircuit\n"
			      "v1 in 0 ac 1 sin(0 1 10k)\n"
			      "x1 in a 0 0 trafo n=2\n"
			      "x2 a b 0 0 trafo n=0.5 k=0.8\n"
			      "r1 a 0 1k\nr2 b 0 50\n"
			      ".subckt trafo p s pn sn n=1 k=0.95\n"
			      "rp p q 1\n"
			      "lp q pn 1m\n"
			      "ls s2 sn {1m*n*n}\n"
			      "vs s s2 0\n"
			      "k1 lp ls {k}\n"
			      "w1 q 0 vs ws off\n"
			      "h1 hh 0 vs 10\n"
			      "rh hh 0 1k\n"
			      ".model ws csw(it=10 ron=1 roff=1meg)\n"
			      ".ends\n"
			      ".ac dec 5 100 1meg\n"
			      ".tran 1u 300u\n"
			      ".end\n";

static struct carom_result *simulate(struct carom_session *session,
				     const struct carom_circuit *circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *result = NULL;

	carom_session_load(session, circuit, &err);
	carom_session_run(session, &result, &err);
	assert_ok(&err);
	return result;
}

/* Every vector of the first, which has as many points, is in the second within 1e-9 of its largest. */
static void compare_vectors(const struct carom_vector *a, const struct carom_vector *b)
{
	size_t n = carom_vector_length(a) * (carom_vector_is_complex(a) ? 2 : 1);
	const double *x =
		carom_vector_is_complex(a) ? carom_vector_complex(a) : carom_vector_real(a);
	const double *y =
		carom_vector_is_complex(b) ? carom_vector_complex(b) : carom_vector_real(b);
	double most = 0;

	assert_int_equal(carom_vector_length(a), carom_vector_length(b));
	for (size_t i = 0; i < n; i++)
		most = fmax(most, fabs(x[i]));
	for (size_t i = 0; i < n; i++)
		assert_double_equal(x[i], y[i], 1e-9, 1e-9 * most + 1e-15); /* of noise */
}

static void compare_plots(const struct carom_plot *a, const struct carom_plot *b)
{
	assert_string_equal(carom_plot_name(a), carom_plot_name(b));
	assert_int_equal(carom_plot_vector_count(a), carom_plot_vector_count(b));
	for (size_t i = 0; i < carom_plot_vector_count(a); i++) {
		const struct carom_vector *vector = carom_plot_vector(a, i);
		const struct carom_vector *other =
			carom_plot_find_vector(b, carom_vector_name(vector));

		assert_non_null(other);
		compare_vectors(vector, other);
	}
}

static void assert_same_results(const char *deck, size_t n_plots)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session = open_session(NULL);
	struct carom_circuit *circuit = import_deck(deck), *flat;
	struct carom_result *a, *b;

	carom_circuit_flatten(circuit, &flat, &err);
	assert_ok(&err);
	assert_int_equal(carom_circuit_subcircuit_count(flat), 0);
	a = simulate(session, circuit);
	b = simulate(session, flat);
	assert_int_equal(carom_result_plot_count(a), n_plots);
	assert_int_equal(carom_result_plot_count(b), n_plots);
	for (size_t i = 0; i < n_plots; i++)
		compare_plots(carom_result_plot(a, i), carom_result_plot(b, i));
	carom_result_free(a);
	carom_result_free(b);
	carom_circuit_free(flat);
	carom_circuit_free(circuit);
	carom_session_close(session);
}

static void a_filter_of_nested_sections(void **state)
{
	(void)state;
	assert_same_results(filter, 3);
}

static void an_amplifier_of_parameterised_stages(void **state)
{
	(void)state;
	assert_same_results(amplifier, 3);
}

static void coupled_inductors_in_subcircuits(void **state)
{
	(void)state;
	assert_same_results(coupled, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_filter_of_nested_sections),
		cmocka_unit_test(an_amplifier_of_parameterised_stages),
		cmocka_unit_test(coupled_inductors_in_subcircuits),
	};

	return run_all_tests(tests);
}
