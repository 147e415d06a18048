/* SPDX-License-Identifier: BSD-3-Clause */
/* Values by their names. */
#include <string.h>

#include "carom-param.h"
#include "support-circuit.h"

static const char deck[] =
	"t\n.param p=2 q={p*3}\n.subckt cell a b w=1u\nr1 a b {w*1g}\nd1 a b dm 2\n"
	".model dm d is={w*1e-8} n=1.5\n.ends\n"
	"r1 1 2 {q*1k}\nr2 2 0 4k7\nr3 2 0 4.7k tc1={p/100}\nx1 1 2 cell\nx2 1 2 cell w={p*1u}\n"
	"m1 1 2 0 0 nm w={p*1u} l=1u\nm2 1 2 0 0 nm w=50u l=1u\n"
	".model nm.1 nmos level=14 lmin=0.5u lmax=2u wmin=0.5u wmax=1.5u vth0=0.4\n"
	".model nm.2 nmos level=14 lmin=0.5u lmax=2u wmin=1.5u wmax=5u vth0={p/4}\n"
	"q1 1 2 0 nothing\nv1 1 0 sin(0 1 1k)\n.end\n";

static void every_kind_of_name_has_its_value(void **state)
{
	static const struct {
		const char *target;
		double value;
	} rows[] = {
		{"p", 2},
		{"q", 6},
		{"R1", 6000},
		{"r3", 4700},
		{"r3:tc1", 0.02},
		{"x1.r1", 1000},
		{"x2.r1", 2000},
		{"x2:w", 2e-6},
		{"x2.w", 2e-6},
		{"x1.d1:is", 1e-14},
		{"x2.d1:is", 2e-14},
		{"x1.d1:n", 1.5},
		{"x1.d1:area", 2},
		{"m1:w", 2e-6},
		{"m1:vth0", 0.5},
	};
	struct carom_circuit *circuit = import_deck(deck);
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		double value = 0;

		carom_circuit_resolve(circuit, rows[i].target, &value, &err);
		assert_ok(&err);
		assert_double_equal(value, rows[i].value, 1e-15, 0);
	}
	carom_circuit_free(circuit);
}

static void what_is_not_there_is_said(void **state)
{
	static const struct {
		const char *target;
		enum carom_status status;
		const char *words;
	} rows[] = {
		{"nothing", CAROM_ERROR_NOT_FOUND, "no parameter \"nothing\""},
		{"x9.r1", CAROM_ERROR_NOT_FOUND, "no instance \"x9\""},
		{"r9:tc1", CAROM_ERROR_NOT_FOUND, "no element \"r9\""},
		{"x1:z", CAROM_ERROR_NOT_FOUND, "no parameter \"z\""},
		{"v1", CAROM_ERROR_PARAMETER, "no value"},
		{"r3:tc2", CAROM_ERROR_PARAMETER, "does not say tc2"},
		{"q1:bf", CAROM_ERROR_PARAMETER, "no known model"},
		{"m2:vth0", CAROM_ERROR_PARAMETER, "w and l select no bin"},
		{"x1.d1:rs", CAROM_ERROR_PARAMETER, "does not say rs"},
	};
	struct carom_circuit *circuit = import_deck(deck);
	(void)state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;
		double value;
		int rc = carom_circuit_resolve(circuit, rows[i].target, &value, &err);

		if (rc != (int)rows[i].status || !strstr(err.text, rows[i].words))
			fail_msg("%s: %d %s", rows[i].target, rc, err.text);
		assert_int_equal(carom_circuit_resolve(circuit, rows[i].target, &value, NULL), rc);
	}
	carom_circuit_free(circuit);
}

static void expressions_are_evaluated_where_they_would_stand(void **state)
{
	struct carom_circuit *circuit = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;
	double value = 0;
	(void)state;

	assert_int_equal(carom_circuit_evaluate(circuit, NULL, "p+q", &value, &err), 0);
	assert_double_equal(value, 8, 0, 0);
	assert_int_equal(carom_circuit_evaluate(circuit, "x2", "w*1meg+p", &value, &err), 0);
	assert_double_equal(value, 4, 1e-15, 0);
	assert_int_equal(carom_circuit_evaluate(circuit, "", "w", &value, &err),
			 CAROM_ERROR_PARAMETER);
	assert_int_equal(carom_circuit_evaluate(circuit, "", "p", &value, &err),
			 CAROM_ERROR_PARAMETER); /* the first error stays */
	carom_error_clear(&err);
	assert_int_equal(carom_circuit_evaluate(circuit, "x3", "1", &value, &err),
			 CAROM_ERROR_NOT_FOUND);
	carom_circuit_free(circuit);
}

static int ask(void *arg)
{
	struct carom_error err = CAROM_ERROR_INIT;
	double value;

	return carom_circuit_resolve(arg, "x2.d1:is", &value, &err);
}

static void asking_survives_a_lack_of_memory(void **state)
{
	struct carom_circuit *circuit = import_deck(deck);
	(void)state;

	assert_survives_no_memory(ask, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_kind_of_name_has_its_value),
		cmocka_unit_test(what_is_not_there_is_said),
		cmocka_unit_test(expressions_are_evaluated_where_they_would_stand),
		cmocka_unit_test(asking_survives_a_lack_of_memory),
	};

	return run_all_tests(tests);
}
