/* SPDX-License-Identifier: BSD-3-Clause */
/* Tests of the vectors found in expressions. */
#include "study/job-vector.h"

#include "study/job-build.h"

#include "base/mem.h"
#include "base/text.h"
#include "support-circuit.h"

static const char deck[] = "t\nv1 in 0 1\nr1 in out 1k\nm1 out in 0 0 nch\nx1 in 7 part\n"
			   ".subckt part p q\nr1 p inner 1\nx2 inner q deep\n.ends\n"
			   ".subckt deep a b\nr1 a core 1\nr2 core b 1\n.ends\n.model nch nmos\n";

/* In plot; expected NULL if the expression's vectors are all of the circuit. */
static void assert_checked(const char *expression, const char *plot, const char *expected)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(deck);
	struct place place = {(char *)"t.cir", 9, 16};
	struct job_asked asked = {"measure", "g", NULL, "", &place};
	char formatted[1100];
	int status = job_vector_check(circuit, &asked, expression, plot, &err);

	carom_circuit_free(circuit);
	assert_string_equal(carom_error_format(&err, formatted, sizeof(formatted)),
			    expected ? expected : "success");
	assert_int_equal(status, expected ? CAROM_ERROR_VECTOR : CAROM_OK);
}

static void assert_saves(const char *expression, const char *expected)
{
	struct text text = TEXT_INIT;

	job_vector_append_saves(&text, expression);
	assert_string_equal(text_string(&text), expected);
	text_release(&text);
}

/* ---- check ---- */

static void nets_and_elements_of_the_circuit_are_known(void **state)
{
	static const char *const expressions[] = {
		"v(out)",        "V(OUT)",
		"v( in , out )", "vdb(out)-vp(in)",
		"i(v1)",         "v(0)",
		"v(7)",          "db(v(out)/v(in))",
		"@m1[gm]",       "v1#branch",
		"out-in",        "abs(out)",
		"v(x1.inner)",   "v(x1.x2.core)",
		"i(v.x1.vs)",    "time",
		"frequency",     "180+cph(v(out))*180/pi",
		"v (out)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(expressions) / sizeof(expressions[0]); i++)
		assert_checked(expressions[i], "tran", NULL);
}

static void an_unknown_net_is_told_with_its_place(void **state)
{
	(void)state;
	assert_checked("v(outt)", "ac", "t.cir:9:16: measure g: the circuit has no net \"outt\"");
	assert_checked("db(v(out)/v(inn))", "ac2",
		       "t.cir:9:16: measure g: the circuit has no net \"inn\"");
	assert_checked("v(out,q)", "tran", "t.cir:9:16: measure g: the circuit has no net \"q\"");
	assert_checked("vdb(8)", "ac", "t.cir:9:16: measure g: the circuit has no net \"8\"");
}

static void an_unknown_element_is_told_with_its_place(void **state)
{
	(void)state;
	assert_checked("i(v2)", "tran", "t.cir:9:16: measure g: the circuit has no element \"v2\"");
	assert_checked("v(out)*im(vx)", "ac",
		       "t.cir:9:16: measure g: the circuit has no element \"vx\"");
}

static void a_port_of_a_subcircuit_is_no_net_of_its_own(void **state)
{
	(void)state;
	assert_checked("v(x1.p)", "tran", "t.cir:9:16: measure g: the circuit has no net \"x1.p\"");
	assert_checked("v(x1.x2.b)", "tran",
		       "t.cir:9:16: measure g: the circuit has no net \"x1.x2.b\"");
	assert_checked("v(x1.nope)", "tran",
		       "t.cir:9:16: measure g: the circuit has no net \"x1.nope\"");
	assert_checked("v(x9.inner)", "tran",
		       "t.cir:9:16: measure g: the circuit has no net \"x9.inner\"");
	assert_checked("v(r1.inner)", "tran",
		       "t.cir:9:16: measure g: the circuit has no net \"r1.inner\"");
}

static void a_bare_word_is_a_net_where_an_analysis_has_no_others(void **state)
{
	(void)state;
	assert_checked("nope", "tran", "t.cir:9:16: measure g: the circuit has no net \"nope\"");
	assert_checked("2*nope", "op", "t.cir:9:16: measure g: the circuit has no net \"nope\"");
	assert_checked("onoise_spectrum", "noise", NULL);
	assert_checked("onoise_total", "noise2", NULL);
	assert_checked("transfer_function", "tf", NULL);
}

/* ngspice keeps a device's numbers to itself: it says what it does not know. */
static void a_devices_own_vector_is_left_to_ngspice(void **state)
{
	(void)state;
	assert_checked("@m9[gm]*2", "op", NULL);
	assert_checked("@m1[gm", "op", NULL);
}

static void numbers_are_no_words(void **state)
{
	static const char *const expressions[] = {"1e-3*out", "2.2meg+out", "out*1E+6", ".5*out",
						  "1k-out",   "10u",        "3"};

	(void)state;
	for (size_t i = 0; i < sizeof(expressions) / sizeof(expressions[0]); i++)
		assert_checked(expressions[i], "tran", NULL);
	assert_checked("1e-3-e9", "tran", "t.cir:9:16: measure g: the circuit has no net \"e9\"");
	assert_checked("2meg-nope", "tran",
		       "t.cir:9:16: measure g: the circuit has no net \"nope\"");
}

static void functions_and_constants_are_no_nets(void **state)
{
	(void)state;
	assert_checked("mag(out) + PI*e^2 and not (kelvin gt boltz)", "tran", NULL);
	assert_checked("mag(nope)", "tran",
		       "t.cir:9:16: measure g: the circuit has no net \"nope\"");
}

static void an_expression_cut_short_is_read_to_its_end(void **state)
{
	(void)state;
	assert_checked("v(out", "tran", NULL);
	assert_checked("v(", "tran", NULL);
	assert_checked("v(out,,in)", "tran", NULL);
}

/* ---- saves ---- */

static void each_vector_is_saved_as_ngspice_calls_it(void **state)
{
	(void)state;
	assert_saves("db(v(out)/v(in))", " v(out) v(in)");
	assert_saves("vdb(out)", " v(out)");
	assert_saves("v(a, b)", " v(a) v(b)");
	assert_saves("i(v1)+im(v2)", " i(v1) i(v2)");
	assert_saves("@m1[gm]/@m1[gds]", " @m1[gm] @m1[gds]");
	assert_saves("out + v1#branch", " out v1#branch");
}

static void nothing_is_saved_for_numbers_and_constants(void **state)
{
	(void)state;
	assert_saves("1e-3 + 2.2meg*pi - time", "");
	assert_saves("", "");
}

static void no_memory_for_the_saves_is_told_by_the_text(void **state)
{
	struct text text = TEXT_INIT;

	(void)state;
	mem_fail_after(0);
	job_vector_append_saves(&text, "v(out)");
	mem_fail_after(-1);
	assert_true(text.failed);
	text_release(&text);
}

/* ---- units ---- */

static void one_call_that_makes_real_values_is_real(void **state)
{
	static const char *const real[] = {"db(v(out)/v(in))", "vdb(out)",
					   "cph(v(a,b))",      "MAG(v(out))",
					   "imag(v(out))",     "group_delay(v(out))"};
	static const char *const complex[] = {"v(out)",     "db(v(a))-db(v(b))",
					      "-db(v(a))",  "2*mag(v(a))",
					      "mags(v(a))", "i(v1)",
					      "db",         ""};

	(void)state;
	for (size_t i = 0; i < sizeof(real) / sizeof(real[0]); i++)
		assert_true(job_vector_is_real(real[i]));
	for (size_t i = 0; i < sizeof(complex) / sizeof(complex[0]); i++)
		assert_false(job_vector_is_real(complex[i]));
}

static void what_could_be_more_than_an_expression_is_refused(void **state)
{
	static const char *const expressions[] = {"v(out);quit", "`ls`", "v($x)", "v(out)>f", "!v"};
	struct place place = {(char *)"t.cir", 9, 16};
	struct job_asked asked = {"keep", "w", NULL, "plot=", &place};

	(void)state;
	for (size_t i = 0; i < sizeof(expressions) / sizeof(expressions[0]); i++) {
		struct carom_error err = CAROM_ERROR_INIT;

		assert_int_equal(job_vector_check(NULL, &asked, expressions[i], "tran", &err),
				 CAROM_ERROR_TRUST);
		assert_string_equal(err.text,
				    "keep w: an expression may not contain ; ` $ ! > & or quotes");
		assert_int_equal(err.line, 9);
	}
}

static void one_call_alone_has_a_unit(void **state)
{
	static const struct {
		const char *expression, *unit;
	} cases[] = {
		{"v(out)", "V"},
		{"V(a,b)", "V"},
		{"vm(out)", "V"},
		{"i(v1)", "A"},
		{"im(v1)", "A"},
		{"vdb(out)", "dB"},
		{"db(v(out)/v(in))", "dB"},
		{"cph(v(out))", "rad"},
		{"ph(v(out))", "rad"},
		{"vp(out)", "rad"},
		{"v(a)-v(b)", ""},
		{"v(a)*i(b)", ""},
		{"2*v(a)", ""},
		{"-v(a)", "V"},
		{"-i(v1)", "A"},
		{"-v(a)*2", ""},
		{"abs(v(a))", ""},
		{"out", ""},
		{"v", ""},
		{"v(a", ""},
		{"@m1[gm]", ""},
		{"", ""},
		{"(v(a))", ""},
		{"db(v(a))+3", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(job_vector_unit(cases[i].expression), cases[i].unit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nets_and_elements_of_the_circuit_are_known),
		cmocka_unit_test(an_unknown_net_is_told_with_its_place),
		cmocka_unit_test(an_unknown_element_is_told_with_its_place),
		cmocka_unit_test(a_port_of_a_subcircuit_is_no_net_of_its_own),
		cmocka_unit_test(a_bare_word_is_a_net_where_an_analysis_has_no_others),
		cmocka_unit_test(a_devices_own_vector_is_left_to_ngspice),
		cmocka_unit_test(numbers_are_no_words),
		cmocka_unit_test(functions_and_constants_are_no_nets),
		cmocka_unit_test(an_expression_cut_short_is_read_to_its_end),
		cmocka_unit_test(each_vector_is_saved_as_ngspice_calls_it),
		cmocka_unit_test(nothing_is_saved_for_numbers_and_constants),
		cmocka_unit_test(one_call_that_makes_real_values_is_real),
		cmocka_unit_test(what_could_be_more_than_an_expression_is_refused),
		cmocka_unit_test(no_memory_for_the_saves_is_told_by_the_text),
		cmocka_unit_test(one_call_alone_has_a_unit),
	};

	return run_all_tests(tests);
}
