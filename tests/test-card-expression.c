/* SPDX-License-Identifier: BSD-3-Clause */
/* Where cards hold expressions. */
#include "circuit/card-expression.h"

#include <stdio.h>
#include <string.h>

#include "support.h"

enum { SIZE = 512 };

/* "name=text", "|" between; in angle brackets what is for the B-source parser. */
static void append(void *arg, const struct card_expression *expression)
{
	char *all = arg;
	size_t used = strlen(all);
	bool is_behaviour = expression->language == LANGUAGE_BEHAVIOUR;

	snprintf(all + used, SIZE - used, "%s%.*s%s%s%.*s%s", used ? "|" : "",
		 (int)expression->name_length, expression->name ? expression->name : "",
		 expression->name ? "=" : "", is_behaviour ? "<" : "", (int)expression->length,
		 expression->text, is_behaviour ? ">" : "");
}

static const char *expressions(enum card_role role, const char *text)
{
	static char all[SIZE];
	struct card card = {.text = text, .length = (uint32_t)strlen(text), .role = role};

	all[0] = '\0';
	card_each_expression(&card, role == CARD_ELEMENT ? text[0] : '\0', append, all);
	return all;
}

#define assert_element(text, expected) \
	assert_string_equal(expressions(CARD_ELEMENT, (text)), (expected))
#define assert_model(text, expected) \
	assert_string_equal(expressions(CARD_MODEL, (text)), (expected))
#define assert_dot(text, expected) assert_string_equal(expressions(CARD_OTHER, (text)), (expected))

static void braces_and_quotes_hold_expressions(void **state)
{
	(void)state;
	assert_element("r1 a b {rv*2}", "rv*2");
	assert_element("r1 a b 'rv*2' tc1={t}", "rv*2|tc1=t");
	assert_element("v1 a 0 pulse(0 {hi} 'd' 1n 1n 1u 2u)", "hi|d");
	assert_element("r1 a b {{x}+1}", "{x}+1");
	assert_element("r1 a b 1k", "");
}

static void bare_words_after_an_equals_sign_are_expressions(void **state)
{
	(void)state;
	assert_element("m1 d g s b nch w=wn l = ln", "w=wn|l=ln");
	assert_element("m1 d g s b nch w=max(a, b)*2 l=1u", "w=max(a, b)*2");
	assert_model(".model d1 d(is=x rs=y)", "is=x|rs=y)");
}

static void plain_values_are_none(void **state)
{
	(void)state;
	assert_element("m1 d g s b nch w=1u l=.5u ad=-1p as=+2p", "");
	assert_model(".model a1 file(name=\"x.txt\" loop=TRUE once=false)", "");
}

static void an_equals_sign_behind_a_number_has_a_value_of_its_own(void **state)
{
	(void)state;
	assert_model(".model dd d(cjo=1pv=)", "1pv=)");
	assert_model(".model dd d(cjo=1p is=2f= n)", "2f=n)");
	assert_model(".model dd d(cjo=1p= 2)", "");
}

static void words_of_vectors_are_expressions(void **state)
{
	(void)state;
	assert_model(".model p pwl(x=[0 a {b} 1.5] y=[\"s\" c,d] z=<1 e>)", "x=a|x=b|y=c|y=d|z=e");
}

static void quoted_strings_are_passed_over(void **state)
{
	(void)state;
	assert_model(".model a1 file(name=\"{x}\" n={y})", "n=y");
	assert_element("r1 a b {x", "x");
	assert_element("r1 a b 'x", "x");
	assert_model(".model a1 file(name=\"x", "");
}

static void a_source_is_one_expression_up_to_its_parameters(void **state)
{
	(void)state;
	assert_element("b1 a 0 v={k}*v(in)+'x'", "v=<{k}*v(in)+'x'>");
	assert_element("b1 a 0 i = a==b ? c : d", "i=< a==b ? c : d>");
	assert_element("b1 a 0 i=k*v(a) tc1={t} m=2", "i=<k*v(a) >|tc1=t");
	assert_element("b1 a 0 v=pwl(v(in), 0, {a}, 1, 1)", "a");
	assert_element("b1 a 0", "");
	assert_element("b1 {n} 'm' v=k*v(a)", "n|m|v=<k*v(a)>");
}

static void controlled_sources_with_an_expression_are_behavioural(void **state)
{
	(void)state;
	assert_element("e1 a 0 value={v(x)*k}", "value=<{v(x)*k}>");
	assert_element("e1 a 0 Value {v(x)*k}", "Value=<{v(x)*k}>");
	assert_element("e1 a 0 vol = v(x)*k", "vol=<v(x)*k>");
	assert_element("g1 a 0 cur='v(x)*k'", "cur=<'v(x)*k'>");
	assert_element("e1 a 0 TABLE {v(x)} = (0,0) (1,1)", "<v(x)>|=<(0,0)>");
	assert_element("e1 a 0 c d {gain}", "gain");
	assert_element("e1 value cur c d {gain}", "gain");
}

static void what_follows_the_braces_of_a_controlled_source_is_part_of_its_expression(void **state)
{
	(void)state;
	assert_element("e1 a 0 vol='v(x)'*k", "vol=<'v(x)'*k>");
	assert_element("g1 a 0 cur={v(x)} k tc1={t} m=2", "cur=<{v(x)} k >|tc1=t");
}

static void the_keyword_of_the_other_source_is_none(void **state)
{
	(void)state;
	assert_element("e1 a 0 cur='v(x)'", "cur=v(x)");
	assert_element("g1 a 0 vol='v(x)'", "vol=v(x)");
}

static void passive_elements_that_depend_on_the_circuit_are_behavioural(void **state)
{
	(void)state;
	assert_element("r1 a b r='1k*(1+v(c))'", "r=<1k*(1+v(c))>");
	assert_element("c1 a b {1n*temper}", "<1n*temper>");
	assert_element("l1 a b {k*time}", "<k*time>");
	assert_element("r1 v i {r}", "r");
	assert_element("r1 a b ='v(c)'", "b=v(c)");
	assert_element("r1 a b = ", "b=");
}

static void temperature_is_left_to_the_other_parser_where_ngspice_does(void **state)
{
	(void)state;
	assert_model(".model d1 d(is={1e-14*temper} rs={r})", "is=<1e-14*temper>|rs=r");
	assert_element("m1 d g s b n w={temper*1u}", "w=<temper*1u>");
	assert_element("v1 a 0 {temper}", "temper");
}

static void notes_of_a_vdmos_are_dropped(void **state)
{
	(void)state;
	assert_model(".model m vdmos(vto=v mfg=Acme vds=x ron=y qg=z kp=k)", "vto=v|kp=k)");
	assert_model(".model q npn(bf=b mfg=Acme)", "bf=b|mfg=Acme)");
}

static void numerical_devices_keep_their_bare_words(void **state)
{
	(void)state;
	assert_model(".model m numos output file=x k={k}", "k=k");
}

static void options_are_not_expressions_unless_in_braces(void **state)
{
	(void)state;
	assert_dot(".options method=gear reltol={r}", "reltol=r");
	assert_dot(".ic v(a)=start", "=start");
	assert_dot(".temp {t}", "t");
}

static void measurements_know_results_and_words_of_their_own(void **state)
{
	(void)state;
	assert_dot(".meas tran a when v(1)=v(2) rise=last", "");
	assert_dot(".meas tran a when v(1)=half td=x", "=half|td=x");
	assert_dot(".meas tran b param='a*2' from={x}", "from=x");
	assert_dot(".meas tran b param'a*2'", "");
	assert_dot(".measure tran c find par('v(1)*v(2)') at={x}", "<v(1)*v(2)>|at=x");
}

static void outputs_are_expressions_of_the_circuit(void **state)
{
	(void)state;
	assert_dot(".print tran par('v(a)*2') x=par('v(b)')", "<v(a)*2>|<v(b)>");
}

static void conditions_are_expressions(void **state)
{
	(void)state;
	assert_dot(".if (a==1)", "a==1");
	assert_dot(".elseif(b)", "b");
	assert_dot(".if (a) && (b)", "a) && (b");
	assert_dot(".if (a) b c=d", "a|c=d");
	assert_dot(".if a", " a");
	assert_dot(".if )a(", " )a(");
	assert_dot(".else", "");
}

static void other_cards_have_none(void **state)
{
	(void)state;
	assert_dot(".func f(x) {x*k}", "");
	assert_dot("alter r1={x}", "");
	assert_string_equal(expressions(CARD_PARAM, ".param a={b}"), "");
	assert_string_equal(expressions(CARD_TITLE, ".subckt s a b w={x}"), "");
	assert_element("x1 a b s w={x}", "");
}

static void keywords_are_whole_words(void **state)
{
	struct card card = {.text = ".Ic v(1)=2", .length = 10};

	(void)state;
	assert_true(card_is(&card, ".ic"));
	assert_false(card_is(&card, ".i"));
	assert_true(card_begins(&card, ".i"));
	assert_false(card_begins(&card, ".ic v(1)=2 "));
	card = (struct card){.text = ".if(x)", .length = 6};
	assert_true(card_is(&card, ".if"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(braces_and_quotes_hold_expressions),
		cmocka_unit_test(bare_words_after_an_equals_sign_are_expressions),
		cmocka_unit_test(plain_values_are_none),
		cmocka_unit_test(an_equals_sign_behind_a_number_has_a_value_of_its_own),
		cmocka_unit_test(words_of_vectors_are_expressions),
		cmocka_unit_test(quoted_strings_are_passed_over),
		cmocka_unit_test(a_source_is_one_expression_up_to_its_parameters),
		cmocka_unit_test(controlled_sources_with_an_expression_are_behavioural),
		cmocka_unit_test(
			what_follows_the_braces_of_a_controlled_source_is_part_of_its_expression),
		cmocka_unit_test(the_keyword_of_the_other_source_is_none),
		cmocka_unit_test(passive_elements_that_depend_on_the_circuit_are_behavioural),
		cmocka_unit_test(temperature_is_left_to_the_other_parser_where_ngspice_does),
		cmocka_unit_test(notes_of_a_vdmos_are_dropped),
		cmocka_unit_test(numerical_devices_keep_their_bare_words),
		cmocka_unit_test(options_are_not_expressions_unless_in_braces),
		cmocka_unit_test(measurements_know_results_and_words_of_their_own),
		cmocka_unit_test(outputs_are_expressions_of_the_circuit),
		cmocka_unit_test(conditions_are_expressions),
		cmocka_unit_test(other_cards_have_none),
		cmocka_unit_test(keywords_are_whole_words),
	};

	return run_all_tests(tests);
}
