/* SPDX-License-Identifier: BSD-3-Clause */
/* Words, values and assignments of a card. */
#include <stdio.h>
#include <string.h>

#include "circuit/scan.h"
#include "support.h"

/* All words, "|" between, "=" behind keys. */
static const char *words_of(const char *card)
{
	static char all[512];
	struct word word;
	uint32_t at = 0;
	int n = 0;

	all[0] = '\0';
	while (scan_word(card, &at, &word))
		n += snprintf(all + n, sizeof(all) - (size_t)n, "%s%.*s%s", n ? "|" : "",
			      (int)word.length, card + word.begin, word.is_key ? "=" : "");
	return all;
}

static void blanks_commas_and_parentheses_separate_words(void **state)
{
	(void)state;
	assert_string_equal(words_of("r1 a b 1k"), "r1|a|b|1k");
	assert_string_equal(words_of("  q1\t(c, b,e)  qn "), "q1|c|b|e|qn");
	assert_string_equal(words_of("v1 1 0 pulse(0 5 1n)"), "v1|1|0|pulse|0|5|1n");
	assert_string_equal(words_of(""), "");
	assert_string_equal(words_of(" \t,()"), "");
}

static void the_name_of_an_element_goes_on_over_a_bracket(void **state)
{
	(void)state;
	assert_string_equal(words_of("v1(a) b 0 1"), "v1(a|b|0|1");
	assert_string_equal(words_of("r1(a,b) 1k"), "r1(a|b|1k");
	assert_string_equal(words_of("r1 (a b) 1k"), "r1|a|b|1k");
	assert_string_equal(words_of(".ic(v(a) 1)"), ".ic|v|a|1");
}

static void a_word_before_an_equals_sign_is_a_key(void **state)
{
	(void)state;
	assert_string_equal(words_of("m1 d g s b n l=1u w = 2u"), "m1|d|g|s|b|n|l=|1u|w=|2u");
	assert_string_equal(words_of("a == b"), "a|b");
}

static void braces_and_quotes_make_one_word(void **state)
{
	(void)state;
	assert_string_equal(words_of("r1 a b {x + {y}} z"), "r1|a|b|{x + {y}}|z");
	assert_string_equal(words_of("r1 a b 'x + y' \"p q\""), "r1|a|b|'x + y'|\"p q\"");
	assert_string_equal(words_of("r1 a b {x y}*2'p q' z"), "r1|a|b|{x y}*2'p q'|z");
	assert_string_equal(words_of("r1 {open"), "r1|{open");
	assert_string_equal(words_of("r1 'open"), "r1|'open");
}

static void a_value_reaches_to_the_next_blank_outside_brackets(void **state)
{
	static const char *const cases[][2] = {
		{"=5 x", "5"},
		{" = 5k,2", "5k"},
		{"={a b} c", "{a b}"},
		{"=f(1, 2)*3 c", "f(1, 2)*3"},
		{"='a b'*2 c", "'a b'*2"},
		{"=5)", "5"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct word word;
		uint32_t at = 0;

		assert_true(scan_value(cases[i][0], &at, &word));
		assert_int_equal(word.length, strlen(cases[i][1]));
		assert_memory_equal(cases[i][0] + word.begin, cases[i][1], word.length);
	}
}

static void a_key_without_a_value_has_none(void **state)
{
	struct word word;
	uint32_t at = 0;

	(void)state;
	assert_false(scan_value("=", &at, &word));
	at = 0;
	assert_false(scan_value(" =  ", &at, &word));
}

static void words_compare_without_case(void **state)
{
	struct word word = {.begin = 1, .length = 2};

	(void)state;
	assert_true(word_is("xDC1", &word, "dc"));
	assert_false(word_is("xDC1", &word, "d"));
	assert_false(word_is("xDC1", &word, "dc1"));
}

static void polynomials_and_gates_have_a_dimension(void **state)
{
	struct word word = {.begin = 1, .length = 4};

	(void)state;
	assert_true(word_has_dimension(" POLY (2)", &word));
	assert_true(word_has_dimension(" nand(2)", &word));
	assert_false(word_has_dimension(" nand", &word));
	assert_false(word_has_dimension(" nands(2)", &(struct word){.begin = 1, .length = 5}));
	assert_false(word_has_dimension(" vnor(2)", &word));
}

/* All assignments: "name:value;", functions with "()" behind the name. */
static const char *assignments_of(const char *card)
{
	static char all[512];
	struct assignment a;
	uint32_t at = 0;
	int n = 0;

	all[0] = '\0';
	while (scan_assignment(card, &at, &a))
		n += snprintf(all + n, sizeof(all) - (size_t)n, "%.*s%s:%.*s;", (int)a.name.length,
			      card + a.name.begin, a.is_function ? "()" : "", (int)a.value.length,
			      card + a.value.begin);
	return all;
}

static void assignments_are_found_with_blanks_and_without(void **state)
{
	(void)state;
	assert_string_equal(assignments_of(" a=1 b = 2, c=3"), "a:1;b:2;c:3;");
	assert_string_equal(assignments_of("x={p*2} y='q+ 1'"), "x:{p*2};y:'q+ 1';");
	assert_string_equal(assignments_of(" a = p + q b=2"), "a:p + q;b:2;");
	assert_string_equal(assignments_of("nothing here"), "");
	assert_string_equal(assignments_of(""), "");
}

static void a_comparison_assigns_nothing(void **state)
{
	(void)state;
	assert_string_equal(assignments_of("a = x==1 ? 2 : 3 b=4"), "a:x==1 ? 2 : 3;b:4;");
	assert_string_equal(assignments_of("a = x>=1 b=x<=2 c=x!=3"), "a:x>=1;b:x<=2;c:x!=3;");
	assert_string_equal(assignments_of("a={x=1} b=2"), "a:{x=1};b:2;");
}

static void a_function_is_told_from_a_parameter(void **state)
{
	(void)state;
	assert_string_equal(assignments_of("a=1 f(x,y)={x*y} b=2"), "a:1;f():{x*y};b:2;");
	assert_string_equal(assignments_of("f(x) = 'x' b=2"), "f():'x';b:2;");
}

static void senseless_assignments_end_all_the_same(void **state)
{
	(void)state;
	assert_string_equal(assignments_of("= ="), ":;:;");
	assert_string_equal(assignments_of("=1 2 3"), ":1 2 3;");
	assert_string_equal(assignments_of(")=1"), "():1;");
}

static void what_is_not_closed_is_found(void **state)
{
	static const struct {
		const char *card;
		bool balanced;
		uint32_t alone;
	} cases[] = {
		{"r1 a b {x*(y+1)}", true, 0},
		{"b1 a 0 v='a(' c", true, 0},
		{"r1 a b {x", false, 7},
		{"v1 a 0 pulse(0 1", false, 12},
		{"v1 a 0 0 1)", false, 10},
		{"r1 a b {x)}", false, 9},
		{"r1 a b 'x", false, 7},
		{"r1 a b \"x'", false, 7},
		{"", true, 0},
		{"(({{}}))", true, 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		uint32_t alone;

		assert_int_equal(scan_is_balanced(cases[i].card, &alone), cases[i].balanced);
		if (!cases[i].balanced)
			assert_int_equal(alone, cases[i].alone);
	}
}

/* Cards are looked at by eight bytes first. */
static void a_bracket_or_quote_is_found_at_any_byte(void **state)
{
	(void)state;
	for (uint32_t length = 1; length < 40; length++) {
		char card[41] = "";

		memset(card, '~', length);
		for (uint32_t i = 0; i < length; i++) {
			for (const char *byte = "(){}'\""; *byte; byte++) {
				uint32_t alone;

				card[i] = *byte;
				assert_false(scan_is_balanced(card, &alone));
				assert_int_equal(alone, i);
			}
			card[i] = i % 2 ? '\xa8'
					: '&'; /* as "(" but for the eighth bit; a neighbour */
		}
		assert_true(scan_is_balanced(card, &(uint32_t){0}));
	}
}

static void a_byte_that_is_not_plain_is_found_anywhere(void **state)
{
	static const char odd[] = {0, 1, '\t', 31, 127, ';', '$', '/'};
	static const char plain[] = {' ', '!', '#', '%', '.', '0', ':', '<', '~', '\x80', '\xff'};

	(void)state;
	for (size_t length = 1; length < 40; length++) {
		char card[40];

		for (size_t i = 0; i < length; i++)
			card[i] = plain[i % sizeof(plain)];
		assert_true(scan_is_plain(card, length));
		for (size_t i = 0; i < length * sizeof(odd); i++) {
			char kept = card[i / sizeof(odd)];

			card[i / sizeof(odd)] = odd[i % sizeof(odd)];
			assert_false(scan_is_plain(card, length));
			card[i / sizeof(odd)] = kept;
		}
	}
	assert_true(scan_is_plain("", 0));
}

static void what_may_be_more_than_plain_words_is_found_anywhere(void **state)
{
	static const char begin[] = {'{', '\'', '"', '='}, depends[] = {'(', 't', 'T'};
	char card[40];

	(void)state;
	memset(card, 'x', sizeof(card));
	for (size_t length = 0; length < sizeof(card); length++) {
		assert_false(scan_has_expression(card, length));
		assert_false(scan_may_depend(card, length));
		for (size_t i = 0; i < length * sizeof(begin); i++) {
			card[i / sizeof(begin)] = begin[i % sizeof(begin)];
			assert_true(scan_has_expression(card, length));
			card[i / sizeof(begin)] = depends[i % sizeof(depends)];
			assert_true(scan_may_depend(card, length));
			card[i / sizeof(begin)] = 'x';
		}
	}
}

static void what_needs_a_look_ends_an_unmarked_text_anywhere(void **state)
{
	static const char marks[] = "\n\t\r;$/\\(){}'\"\x7f\xc3";
	char card[40];

	(void)state;
	memset(card, 'x', sizeof(card));
	for (size_t i = 0; i <= sizeof(card); i++)
		assert_int_equal(scan_unmarked(card, i), i);
	for (size_t at = 0; at < sizeof(card); at++) {
		for (size_t i = 0; i < sizeof(marks); i++) { /* a zero byte too */
			card[at] = marks[i];
			assert_int_equal(scan_unmarked(card, sizeof(card)), at);
			assert_int_equal(scan_unmarked(card, at), at);
		}
		card[at] = 'x';
	}
	assert_int_equal(scan_unmarked("Mab_c:.1+2-3*4<5>6,7=8!9 @[]^`z", 31), 31);
}

/* All of what the scanner says of a card is what scan_word says. */
static void assert_same_words(const char *card)
{
	struct scanner scanner;
	uint32_t at = 0;

	scanner_init(&scanner, card, (uint32_t)strlen(card));
	for (;;) {
		struct word expected = {0}, word = {0};
		bool is_one = scan_word(card, &at, &expected);

		assert_int_equal(scanner_next(&scanner, &word), is_one);
		assert_int_equal(scanner.at, at);
		assert_int_equal(word.begin, expected.begin);
		if (!is_one)
			break;
		assert_int_equal(word.length, expected.length);
		assert_int_equal(word.is_key, expected.is_key);
	}
}

static void a_scanner_finds_the_words_of_any_card(void **state)
{
	static const char plain[] = "aB1. \t,=()<+:/";
	static const char quoted[] = "a1 =({}'\"\xc3,";
	char card[90];

	(void)state;
	for (int i = 0; i < 20000; i++) {
		const char *alphabet = i % 2 ? plain : quoted;
		size_t n = random_bits() % sizeof(card);

		for (size_t k = 0; k < n; k++)
			card[k] = alphabet[random_bits() % strlen(alphabet)];
		card[n] = '\0';
		assert_same_words(card);
	}
}

static void a_scanner_goes_on_where_it_is_put(void **state)
{
	static const char card[] = "r1 a b r=f(x, y) z";
	struct scanner scanner;
	struct word word;
	uint32_t at;

	(void)state;
	scanner_init(&scanner, card, sizeof(card) - 1);
	for (int i = 0; i < 4; i++)
		assert_true(scanner_next(&scanner, &word));
	assert_true(word.is_key);
	at = scanner.at;
	assert_true(scan_value(card, &at, &word));
	scanner_seek(&scanner, at);
	assert_true(scanner_next(&scanner, &word));
	assert_int_equal(word.begin, sizeof(card) - 2);
	assert_false(scanner_next(&scanner, &word));
	assert_false(scanner_next(&scanner, &word));
}

static void a_name_is_one_word_without_quotes(void **state)
{
	static const char *const bad[] = {"",    " ",  "a b", "a\tb", "a=b", "a,b",  "(a)",  "{a}",
					  "'a'", "\"", "a;b", "`a",   "a\n", "\x7f", "a\x01"};
	static const char *const good[] = {"a",   "R1",       "n$1", "/net/in+",
					   "x.y", "\xc2\xb5", "[0]", "1"};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(scan_is_name(bad[i]));
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(scan_is_name(good[i]));
}

static void control_characters_but_tabs_make_a_text_no_line(void **state)
{
	(void)state;
	assert_true(scan_is_line(""));
	assert_true(scan_is_line("r1 a\tb 1k \xc2\xb5"));
	assert_false(scan_is_line("r1\n"));
	assert_false(scan_is_line("\r"));
	assert_false(scan_is_line("a\x7f"));
	assert_false(scan_is_line("a\x01"
				  "b"));
}

static void brackets_nested_without_end_are_refused(void **state)
{
	char card[1000];
	uint32_t alone;

	(void)state;
	memset(card, '(', 300);
	memset(card + 300, ')', 300);
	card[600] = '\0';
	assert_false(scan_is_balanced(card, &alone));
	card[300 + 100] = '\0';
	assert_true(scan_is_balanced(card + 200, &alone));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_commas_and_parentheses_separate_words),
		cmocka_unit_test(the_name_of_an_element_goes_on_over_a_bracket),
		cmocka_unit_test(a_word_before_an_equals_sign_is_a_key),
		cmocka_unit_test(braces_and_quotes_make_one_word),
		cmocka_unit_test(a_value_reaches_to_the_next_blank_outside_brackets),
		cmocka_unit_test(a_key_without_a_value_has_none),
		cmocka_unit_test(words_compare_without_case),
		cmocka_unit_test(polynomials_and_gates_have_a_dimension),
		cmocka_unit_test(assignments_are_found_with_blanks_and_without),
		cmocka_unit_test(a_comparison_assigns_nothing),
		cmocka_unit_test(a_function_is_told_from_a_parameter),
		cmocka_unit_test(senseless_assignments_end_all_the_same),
		cmocka_unit_test(what_is_not_closed_is_found),
		cmocka_unit_test(a_bracket_or_quote_is_found_at_any_byte),
		cmocka_unit_test(a_byte_that_is_not_plain_is_found_anywhere),
		cmocka_unit_test(what_may_be_more_than_plain_words_is_found_anywhere),
		cmocka_unit_test(what_needs_a_look_ends_an_unmarked_text_anywhere),
		cmocka_unit_test(a_scanner_finds_the_words_of_any_card),
		cmocka_unit_test(a_scanner_goes_on_where_it_is_put),
		cmocka_unit_test(a_name_is_one_word_without_quotes),
		cmocka_unit_test(control_characters_but_tabs_make_a_text_no_line),
		cmocka_unit_test(brackets_nested_without_end_are_refused),
	};

	return run_all_tests(tests);
}
