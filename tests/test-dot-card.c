/* SPDX-License-Identifier: BSD-3-Clause */
/* Dot-cards: what they are, what they define, and misspellings. */
#include <stdio.h>
#include <string.h>

#include "circuit/circuit.h"
#include "circuit/dot-card.h"
#include "support-circuit.h"

static void keywords_are_known_in_any_case(void **state)
{
	static const struct {
		const char *card;
		enum dot_kind kind;
		size_t length;
	} cases[] = {
		{".tran 1n 1u", DOT_ANALYSIS, 5},
		{".TRAN\t1n", DOT_ANALYSIS, 5},
		{".op", DOT_ANALYSIS, 3},
		{".model d d(is=1)", DOT_MODEL, 6},
		{".param a=1", DOT_PARAM, 6},
		{".params a=1", DOT_PARAM, 7},
		{".subckt a b", DOT_SUBCKT, 7},
		{".macro a", DOT_SUBCKT, 6},
		{".ends", DOT_ENDS, 5},
		{".eom", DOT_ENDS, 4},
		{".end", DOT_END, 4},
		{".endc", DOT_ENDC, 5},
		{".endl tt", DOT_ENDL, 5},
		{".lib a b", DOT_LIB, 4},
		{".inc x", DOT_INCLUDE, 4},
		{".include x", DOT_INCLUDE, 8},
		{".incfoo x", DOT_INCLUDE, 7},
		{".control", DOT_CONTROL, 8},
		{".controlfoo", DOT_CONTROL, 11},
		{".save v(a)", DOT_SAVE, 5},
		{".ic v(a)=1", DOT_OTHER, 3},
		{".if(x==1)", DOT_OTHER, 3},
		{".options", DOT_OTHER, 8},
		{".foo", DOT_UNKNOWN, 4},
		{".", DOT_UNKNOWN, 1},
		{".endx", DOT_UNKNOWN, 5},
		{".tra", DOT_UNKNOWN, 4},
		{".t", DOT_UNKNOWN, 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t length;

		assert_int_equal(dot_card_kind(cases[i].card, &length), cases[i].kind);
		assert_int_equal(length, cases[i].length);
	}
}

static void a_misspelt_analysis_is_guessed(void **state)
{
	static const char *const cases[][2] = {
		{".trna", ".tran"},  {".tra", ".tran"},
		{".trans", ".tran"}, {".transient", ".tran"},
		{".NOSE", ".noise"}, {".acc", ".ac"},
		{".opp", ".op"},     {".sesn", ".sens"},
		{".foo", NULL},      {".acmodel", NULL},
		{".ab", NULL},       {".print2", NULL},
		{".", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *guess = dot_card_guess(cases[i][0], strlen(cases[i][0]));

		if (cases[i][1])
			assert_string_equal(guess, cases[i][1]);
		else
			assert_null(guess);
	}
}

static void unknown_cards_are_noted_and_passed_on(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.frobnicate x\n.trna 1n 1u\n");
	const struct carom_findings *notes = carom_circuit_notes(c);
	struct carom_finding note = carom_findings_get(notes, 0);

	(void)state;
	assert_int_equal(carom_findings_count(notes), 2);
	assert_int_equal(note.severity, CAROM_SEVERITY_NOTE);
	assert_int_equal(note.line, 3);
	assert_string_equal(note.source, "t.cir");
	assert_string_equal(note.text, "unknown card .frobnicate");
	note = carom_findings_get(notes, 1);
	assert_int_equal(note.severity, CAROM_SEVERITY_WARNING);
	assert_int_equal(note.line, 4);
	assert_string_equal(note.text, "unknown card .trna; did you mean .tran?");
	assert_deck(c, "t\nr1 a 0 1\n.frobnicate x\n.trna 1n 1u\n.end\n");
	carom_circuit_free(c);
}

static void a_model_card_defines_a_model(void **state)
{
	struct carom_circuit *c = import_deck("t\nr1 a 0 1\n.MODEL Dm D(is=1)\n.model x npn\n");
	const struct model *model = circuit_find_model(c, "dm");

	(void)state;
	assert_int_equal(c->n_models, 2);
	assert_int_equal(model->card, 2);
	assert_string_equal(name_text(c->names, model->type), "D");
	assert_int_equal(c->cards[2].role, CARD_MODEL);
	assert_int_equal(c->cards[3].index, 1);
	carom_circuit_free(c);
}

static void a_model_without_a_type_is_refused(void **state)
{
	(void)state;
	assert_refused("t\n.model d1\n", CAROM_ERROR_SYNTAX,
		       "t.cir:2: .model needs a name and a type, as in .model d1 d(is=1e-14)");
	assert_refused("t\n.model\n", CAROM_ERROR_SYNTAX,
		       "t.cir:2: .model needs a name and a type, as in .model d1 d(is=1e-14)");
}

static void a_param_card_defines_all_its_parameters(void **state)
{
	struct carom_circuit *c = import_deck("t\n"
					      "r1 a 0 1\n"
					      ".param a=1 b={2*a}, c = 'a + b'\n"
					      "+ f(x)={x*2} d = a + 1\n"
					      ".param e=5k\n");
	static const char *const values[][2] = {
		{"a", "1"}, {"b", "{2*a}"}, {"c", "'a + b'"}, {"d", "a + 1"}, {"e", "5k"}};

	(void)state;
	assert_int_equal(c->n_params, 5);
	for (size_t i = 0; i < 5; i++) {
		const struct param *param = circuit_find_param(c, values[i][0]);

		assert_non_null(param);
		assert_int_equal(param->value_length, strlen(values[i][1]));
		assert_memory_equal(c->cards[param->card].text + param->value_begin, values[i][1],
				    param->value_length);
	}
	assert_null(circuit_find_param(c, "f"));
	assert_int_equal(c->cards[2].index, 0);
	assert_int_equal(c->cards[3].index, 4);
	carom_circuit_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keywords_are_known_in_any_case),
		cmocka_unit_test(a_misspelt_analysis_is_guessed),
		cmocka_unit_test(unknown_cards_are_noted_and_passed_on),
		cmocka_unit_test(a_model_card_defines_a_model),
		cmocka_unit_test(a_model_without_a_type_is_refused),
		cmocka_unit_test(a_param_card_defines_all_its_parameters),
	};

	return run_all_tests(tests);
}
