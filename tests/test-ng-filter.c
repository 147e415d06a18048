/* SPDX-License-Identifier: BSD-3-Clause */
/* The lines, names and expressions that are kept from ngspice, and those that are not. */
#include <string.h>

#include "ng-session.h"
#include "support.h"

static void lines_that_run_commands_are_refused(void **state)
{
	static const struct {
		const char *line;
		const char *reason;
	} bad[] = {
		{".control", ".control runs commands"},
		{"  .CONTROL", ".control runs commands"},
		{"\t.controlfoo", ".control runs commands"},
		{".endc", ".endc"},
		{"*#shell date", "*#"},
		{"   *# quit", "*#"},
		{"pre_osdi x.osdi", "pre_"},
		{".pre_osdi x.osdi", ".pre_"},
		{".include \"/etc/passwd\"", ".include"},
		{".INC x", ".include"},
		{".lib models.lib tt", ".lib"},
		{".model x d_process(process_file=\"a.sh\")", "d_process"},
		{".model dn numd level=1 rootfile=/tmp/x", "CIDER"},
		{"  .MODEL (qn, NBJT2) level=1 rootfile=~/x", "CIDER"},
		{"+ output rootfile=\"../x\"", "CIDER"},
		{"+ doping infile=/etc/passwd", "CIDER"},
		{"m1 d g s b mn Ic.File=\"~/x\"", "CIDER"},
		{"+ D_COSIM (simulation=\"x.so\")", "d_cosim"},
		{"r1 a b 1\nr2 a b 1", "control character"},
		{"r1 a b\r", "control character"},
		{"r1 a\x7f", "control character"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		const char *reason = ng_line_refusal(bad[i].line, false);

		if (!reason || !strstr(reason, bad[i].reason))
			fail_msg("%s: %s", bad[i].line, reason ? reason : "allowed");
	}
}

static void lines_of_circuits_are_not_refused(void **state)
{
	static const char *const good[] = {
		"r1 in out 1k",
		"* a comment # with a hash",
		"* d_process is only named here",
		"*",
		"",
		"*ng_script in a comment that is no title",
		".model adc_process d(is=1e-14)",
		".model my_d_process2 d(is=1e-14)",
		".model numd d(is=1e-14)",
		".model dn numd level=1",
		"+ output rootfile=\"x\" stat",
		"d1 a b dn area=2 ic.file=\"x.init\" save=1",
		"r1 a b {1/2}",
		".model d1 numd2x",
		".modelling numd",
		".options reltol=1e-4",
		".tran\t1n 1u",
		"b1 x 0 v=v(a)>0.5?1:0",
		"+ continued",
		".end",
		".ends",
		"r\xc3\xa4nge a b 1k",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		const char *reason = ng_line_refusal(good[i], false);

		if (reason)
			fail_msg("%s: %s", good[i], reason);
	}
}

static void a_title_may_be_anything_but_a_command(void **state)
{
	(void)state;
	assert_null(ng_line_refusal("an amplifier; what else? d_process", true));
	assert_null(ng_line_refusal("", true));
	assert_non_null(ng_line_refusal("*ng_script", true));
	assert_non_null(ng_line_refusal("  *NG_SCRIPT_WITH_PARAMS", true));
	assert_non_null(ng_line_refusal("*#shell date", true));
	assert_non_null(ng_line_refusal("a title\nr1 a b 1", true));
}

static void names_are_made_of_harmless_characters(void **state)
{
	static const char *const good[] = {"r1",        "@m1[l]", "x1.r1", "r.x1.rs",
					   "v1#branch", "n+",     "a:b"};
	static const char *const bad[] = {"",    "r1 ", "r1=2", "a;b", "$x",  "`x`",
					  "a\n", "a/b", "a*",   "(a)", "a,b", "\xc3\xa4"};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(ng_name_is_safe(good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(ng_name_is_safe(bad[i]));
}

static void expressions_have_nothing_that_the_command_parser_acts_upon(void **state)
{
	static const char *const good[] = {
		"v(out)",  "db(v(out)/v(in))", "v(a,b)*2^3",  "a ? b : c",
		"@m1[gm]", "ph(v(1))*180/pi",  "1-v(x1.out)", "x eq y"};
	static const char bad[] = ";`$!><&'\"\\{}~\n\t\x7f\x80";
	char expression[] = "v(x)";

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(ng_expression_is_safe(good[i]));
	assert_false(ng_expression_is_safe(""));
	for (size_t i = 0; i < sizeof(bad) - 1; i++) {
		expression[2] = bad[i];
		assert_false(ng_expression_is_safe(expression));
	}
}

static void a_command_does_not_get_too_long(void **state)
{
	char text[900];

	(void)state;
	memset(text, 'a', sizeof(text));
	text[800] = '\0';
	assert_true(ng_expression_is_safe(text));
	assert_true(ng_name_is_safe(text));
	text[800] = 'a';
	text[801] = '\0';
	assert_false(ng_expression_is_safe(text));
	assert_false(ng_name_is_safe(text));
}

static void a_span_ends_at_the_first_byte_that_is_no_part_of_a_name(void **state)
{
	static const char others[] = "\x01 !\"$%&'()*,;<=>?@[\\]^`{|}~\x7f\xe1\xff";

	(void)state;
	assert_int_equal(ng_name_span("", "_"), 0);
	assert_int_equal(ng_name_span("AZaz09_", "_"), 7);
	assert_int_equal(ng_name_span("x1.r2#branch rest", "_.#"), 12);
	assert_int_equal(ng_name_span("a_b", ""), 1);
	for (size_t i = 0; i < sizeof(others) - 1; i++) {
		char text[] = {'a', others[i], 'b', '\0'};

		assert_int_equal(ng_name_span(text, "_.:#+-"), 1);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_run_commands_are_refused),
		cmocka_unit_test(lines_of_circuits_are_not_refused),
		cmocka_unit_test(a_title_may_be_anything_but_a_command),
		cmocka_unit_test(names_are_made_of_harmless_characters),
		cmocka_unit_test(expressions_have_nothing_that_the_command_parser_acts_upon),
		cmocka_unit_test(a_command_does_not_get_too_long),
		cmocka_unit_test(a_span_ends_at_the_first_byte_that_is_no_part_of_a_name),
	};

	return run_all_tests(tests);
}
