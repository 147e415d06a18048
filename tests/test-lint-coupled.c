/* SPDX-License-Identifier: BSD-3-Clause */
/* Coupled lines: nets, lists and matrices. */
#include "circuit/deadly.h"
#include "support-circuit.h"
#include "support-lint.h"

#define DECK(p, model)                                                                \
	"t\nv1 a 0 1\n" p "\n.model pl cpl " model "\nr1 a c 1\nr2 b 0 1\nr3 c 0 1\n" \
	"r4 d 0 1\n.tran 1n 10n\n.end\n"
#define PAIR "p1 a c 0 b d 0 pl"

static void sound_lines_are_left_alone(void **state)
{
	(void)state;
	assert_lint(DECK(PAIR, "r=1 0 1 l=1n 0.1n 1n g=0 0 0 c=1p -0.1p 1p length=1"), "");
	assert_lint(DECK(PAIR " len=2", "(r = 1 0 1 l=1n,0.1n,1n g=0 0 0 c=1p -0.1p 1p)"), "");
	assert_lint(DECK("p1 a 0 b 0 pl\nr5 c d 1", "r=1 l=1n g=0 c=1p length=1"), "");
	assert_lint(DECK(PAIR, "r=1 0 1 l=1n {x} 1n g=0 0 0 c=1p -0.1p 1p length=1\n.param x=2n"),
		    "");
}

#define LISTS "r=1 0 1 l=1n 0.1n 1n g=0 0 0 c=1p -0.1p 1p"

static void a_line_has_a_length(void **state)
{
	(void)state;
	assert_lint(DECK(PAIR, LISTS " length=0"),
		    "3 error bad-value: p1: the length of a line must be greater than 0\n");
	assert_lint(DECK(PAIR " len=-1", LISTS " length=1"),
		    "3 error bad-value: p1: the length of a line must be greater than 0\n");
	assert_lint(DECK(PAIR " len={0}", LISTS " length=1"),
		    "3 error bad-value: p1: the length of a line must be greater than 0\n");
	assert_lint(DECK(PAIR, LISTS " length"),
		    "3 error bad-value: p1: the length of a line must be greater than 0\n");
	assert_lint(DECK(PAIR " length=2", LISTS " length=0"), "");
}

static void words_of_coupled_lines_are_counted(void **state)
{
	static const char odd[] =
		"3 error element-param: p1: ngspice takes brackets and commas for "
		"words on a card of coupled lines; leave them out\n";

	(void)state;
	assert_lint(DECK("p1 (a c 0 b d 0) pl", LISTS " length=1"), odd);
	assert_lint(DECK("p1 a c 0 b d 0 pl ,", LISTS " length=1"), odd);
	assert_lint(DECK("p1 a, c, 0, b, d, 0, pl", LISTS " length=1"), "");
	assert_lint(DECK(PAIR " foo=1", LISTS " length=1"),
		    "3 error element-param: p1: coupled lines have no parameter \"foo\"\n");
}

#define SINGLE(y, model) \
	"t\nv1 a 0 1\n" y "\n.model ym txl " model "\nr1 b 0 1\n.tran 1n 10n\n.end\n"

static void a_single_line_has_a_model_that_says_it_all(void **state)
{
	(void)state;
	assert_lint(SINGLE("y1 a 0 b 0 ym len=2", "r=1 l=1n g=0 c=1p length=0"), "");
	assert_lint(SINGLE("y1 a 0 b 0 ym", "(r 1 l 1n g 0 c 1p length 1)"), "");
	assert_lint(SINGLE("y1 a 0 b 0 ym length=0", "r=1 l=1n g=0 c=1p length=1"), "");
	assert_lint(SINGLE("y1 a 0 b 0 ym len=2", "l=1n g=0 c=1p"),
		    "4 error missing-value: model ym: a line needs r=\n"
		    "4 error missing-value: model ym: a line needs length=\n");
	assert_lint(SINGLE("y1 a 0 b 0 ym", "r=1 l=1n g=0 c=1p length=0"),
		    "3 error bad-value: y1: the length of a line must be greater than 0\n");
	assert_lint(SINGLE("y1 a 0 b 0 ym len=0", "r=1 l=1n g=0 c=1p length=1"),
		    "3 error bad-value: y1: the length of a line must be greater than 0\n");
	assert_lint(SINGLE("y1 a 0 b 0 ym len", "r=1 l=1n g=0 c=1p length=1"),
		    "3 error bad-value: y1: the length of a line must be greater than 0\n");
	assert_lint(SINGLE("y1 a 0 b 0 ym", "r=1 l=1n g=0 c=-1p length=1"),
		    "4 error bad-value: model ym: c must not be negative\n");
}

static void nets_come_in_pairs(void **state)
{
	(void)state;
	assert_lint(DECK("p1 a c 0 b d pl", "r=1 0 1"),
		    "3 error pin-count: p1: coupled lines need a net per line and a reference, at "
		    "both ends, not 5 nets\n");
}

static void there_is_room_for_eight_lines(void **state)
{
	(void)state;
	assert_lint(DECK("p1 a c 3 4 5 6 7 8 9 0 b d 3 4 5 6 7 8 9 0 pl", "r=1"),
		    "3 error pin-count: p1: ngspice has room for 8 coupled lines, not for 9\n");
}

/* What a host would not survive, in one heap or another. */
static void assert_deadly(const char *deck)
{
	struct carom_circuit *circuit = import_deck(deck);

	assert_int_not_equal(circuit_check_deadly(circuit, NULL), 0);
	carom_circuit_free(circuit);
}

static void lists_and_arrays_are_not_left(void **state)
{
	(void)state;
	assert_deadly(DECK(PAIR, "r=1 0 1 l=1n 0.1n 1n g=0 0 0 c=1p length=1"));
	assert_deadly(DECK(PAIR, "r=1 l=1n 0.1n 1n g=0 0 0 c=1p -0.1p 1p length=1"));
	assert_deadly(DECK("p1 a c 3 4 5 6 7 8 9 0 b d 3 4 5 6 7 8 9 0 pl", "r=1"));
}

static void their_model_is_of_their_type(void **state)
{
	(void)state;
	assert_lint("t\nv1 a 0 1\ny1 a 0 b 0 ym\n.model ym ltra r=1 l=1n c=1p len=1\nr1 b 0 1\n"
		    ".tran 1n 10n\n.end\n",
		    "3 error model-type: y1: model \"ym\" is of type \"ltra\", which is none of a "
		    "transmission line\n");
}

static void a_list_is_as_long_as_its_triangle(void **state)
{
	(void)state;
	assert_lint(DECK(PAIR, "r=1 l=1n 0.1n 1n c=1p -0.1p 1p length=1"),
		    "4 error bad-value: model pl: r of 2 lines needs 3 numbers, not 1\n"
		    "4 error missing-value: model pl: coupled lines need g=\n");
	assert_lint(DECK(PAIR, "r=1 0 1 l=1n 0.1n 1n g=0 0 0 c=1p -0.1p 1p"),
		    "4 error missing-value: model pl: coupled lines need length=\n");
}

static void inductances_and_capacitances_store_energy(void **state)
{
	(void)state;
	assert_lint(DECK(PAIR, "r=1 0 1 l=1n 2n 1n g=0 0 0 c=1p -0.1p 1p length=1"),
		    "4 error bad-value: model pl: the matrix l is not positive definite: its "
		    "diagonal must outweigh the rest\n");
	assert_lint(DECK(PAIR, "r=1 0 1 l=1n 0.1n 1n g=0 0 0 c=1p -0.1p 0 length=1"),
		    "4 error bad-value: model pl: the matrix c is not positive definite: its "
		    "diagonal must outweigh the rest\n");
}

static void the_last_of_two_lists_counts(void **state)
{
	(void)state;
	assert_lint(DECK(PAIR, "r=1 r=1 0 1 l=1n 0.1n 1n g=0 0 0 c=1p -0.1p 1p length=1"), "");
	assert_lint(DECK(PAIR, "r=1 0 1 l=1n 0.1n 1n g=0 0 0 c=1p -0.1p 1p length=1 c=1p"),
		    "4 error bad-value: model pl: c of 2 lines needs 3 numbers, not 1\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sound_lines_are_left_alone),
		cmocka_unit_test(a_line_has_a_length),
		cmocka_unit_test(words_of_coupled_lines_are_counted),
		cmocka_unit_test(a_single_line_has_a_model_that_says_it_all),
		cmocka_unit_test(nets_come_in_pairs),
		cmocka_unit_test(there_is_room_for_eight_lines),
		cmocka_unit_test(lists_and_arrays_are_not_left),
		cmocka_unit_test(their_model_is_of_their_type),
		cmocka_unit_test(a_list_is_as_long_as_its_triangle),
		cmocka_unit_test(inductances_and_capacitances_store_energy),
		cmocka_unit_test(the_last_of_two_lists_counts),
	};

	return run_all_tests(tests);
}
