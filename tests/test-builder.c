/* SPDX-License-Identifier: BSD-3-Clause */
/* Building by calls: the cards that come of it, and what is refused. */
#include <math.h>
#include <string.h>

#include "circuit/circuit.h"
#include "support-circuit.h"

struct bench {
	struct carom_circuit *c;
	struct carom_error err;
	struct carom_net a, b, d, e, ground;
};

static int set_up(void **state)
{
	static struct bench bench;

	bench.err = (struct carom_error)CAROM_ERROR_INIT;
	bench.c = carom_circuit_new("t", &bench.err);
	bench.a = carom_net(bench.c, "a", &bench.err);
	bench.b = carom_net(bench.c, "b", &bench.err);
	bench.d = carom_net(bench.c, "d", &bench.err);
	bench.e = carom_net(bench.c, "e", &bench.err);
	bench.ground = carom_circuit_ground(bench.c);
	*state = &bench;
	return bench.err.status;
}

static int tear_down(void **state)
{
	struct bench *bench = *state;

	carom_circuit_free(bench->c);
	return 0;
}

static void each_kind_becomes_its_card(void **state)
{
	struct bench *x = *state;
	const struct carom_net nets[3] = {x->a, x->b, x->d};

	carom_add_resistor(x->c, "r1", x->a, x->b, 4700, &x->err);
	carom_add_capacitor(x->c, "C1", x->a, x->ground, 1e-9, &x->err);
	carom_add_inductor(x->c, "l1", x->a, x->b, 0.1, &x->err);
	carom_add_inductor(x->c, "l2", x->a, x->d, 2, &x->err);
	carom_add_coupling(x->c, "k1", "l1", "L2", -0.5, &x->err);
	carom_add_voltage_source(x->c, "v1", x->a, x->ground, "dc 0 ac 1", &x->err);
	carom_add_current_source(x->c, "i1", x->a, x->ground, NULL, &x->err);
	carom_add_vcvs(x->c, "e1", x->a, x->b, x->d, x->e, 10, &x->err);
	carom_add_vccs(x->c, "g1", x->a, x->b, x->d, x->e, 0.001, &x->err);
	carom_add_cccs(x->c, "f1", x->a, x->b, "v1", 2, &x->err);
	carom_add_ccvs(x->c, "h1", x->a, x->b, "v1", 3, &x->err);
	carom_add_behavioural_source(x->c, "b1", x->a, x->b, "v=2*v(d)", &x->err);
	carom_add_diode(x->c, "d1", x->a, x->b, "dm", "area=2", &x->err);
	carom_add_bjt(x->c, "q1", x->a, x->b, x->d, "qm", NULL, &x->err);
	carom_add_jfet(x->c, "j1", x->a, x->b, x->d, "jm", "", &x->err);
	carom_add_mosfet(x->c, "m1", x->a, x->b, x->d, x->e, "nm", "w=1u l=2u", &x->err);
	carom_add_switch(x->c, "s1", x->a, x->b, x->d, x->e, "sm", &x->err);
	carom_add_current_switch(x->c, "w1", x->a, x->b, "v1", "wm", &x->err);
	carom_add_line(x->c, "t1", x->a, x->b, x->d, x->e, "z0=50 td=10n", &x->err);
	carom_add_instance(x->c, "x1", nets, 3, "amp", "gain=3", &x->err);
	assert_ok(&x->err);
	assert_deck(x->c, "t\n"
			  "r1 a b 4700\n"
			  "C1 a 0 1e-09\n"
			  "l1 a b 0.1\n"
			  "l2 a d 2\n"
			  "k1 l1 L2 -0.5\n"
			  "v1 a 0 dc 0 ac 1\n"
			  "i1 a 0\n"
			  "e1 a b d e 10\n"
			  "g1 a b d e 0.001\n"
			  "f1 a b v1 2\n"
			  "h1 a b v1 3\n"
			  "b1 a b v=2*v(d)\n"
			  "d1 a b dm area=2\n"
			  "q1 a b d qm\n"
			  "j1 a b d jm\n"
			  "m1 a b d e nm w=1u l=2u\n"
			  "s1 a b d e sm\n"
			  "w1 a b v1 wm\n"
			  "t1 a b d e z0=50 td=10n\n"
			  "x1 a b d amp gain=3\n"
			  ".end\n");
}

static void built_elements_have_nets_and_models(void **state)
{
	struct bench *x = *state;
	const struct element *element;

	carom_add_current_switch(x->c, "w1", x->a, x->b, "wm", "wm", &x->err);
	element = &x->c->elements[element_called(x->c, "w1").index];
	assert_nets(x->c, "w1", "a b");
	assert_string_equal(name_text(x->c->names, element->model), "wm");
	assert_string_equal(x->c->cards[element->card].text + element->model_begin, "wm");
	assert_int_equal(element->model_begin, strlen("w1 a b wm "));
	assert_int_equal(element->kind, 'w');
	carom_add_mosfet(x->c, "M1", x->a, x->b, x->d, x->ground, "nm", NULL, &x->err);
	assert_nets(x->c, "m1", "a b d 0");
	element = &x->c->elements[element_called(x->c, "m1").index];
	assert_int_equal(element->kind, 'm');
	assert_string_equal(x->c->cards[element->card].text + element->model_begin, "nm");
}

static void built_and_imported_decks_are_the_same_circuit(void **state)
{
	struct bench *x = *state;
	struct carom_circuit *imported;

	carom_add_resistor(x->c, "r1", x->a, x->b, 4700, &x->err);
	carom_add_bjt(x->c, "q1", x->a, x->b, x->d, "qm", "2", &x->err);
	carom_add_vcvs(x->c, "e1", x->a, x->b, x->d, x->e, 10, &x->err);
	imported = import_deck("t\nr1 a b 4700\nq1 a b d qm 2\ne1 a b d e 10\n");
	assert_int_equal(imported->n_pins, x->c->n_pins);
	for (size_t i = 0; i < imported->n_elements; i++) {
		const struct element *theirs = &imported->elements[i];
		const struct element *ours = &x->c->elements[i];

		assert_int_equal(ours->n_pins, theirs->n_pins);
		assert_int_equal(ours->model_begin, theirs->model_begin);
		assert_int_equal(ours->kind, theirs->kind);
	}
	carom_circuit_free(imported);
}

static void a_number_survives_the_card(void **state)
{
	struct bench *x = *state;
	double value;

	carom_add_resistor(x->c, "r1", x->a, x->b, 1.0 / 3, &x->err);
	carom_element_value(x->c, element_called(x->c, "r1"), &value, &x->err);
	assert_ok(&x->err);
	assert_same_bits(value, 1.0 / 3);
}

/* The circuit has not changed and the error says this. */
static void assert_unchanged(struct bench *x, struct carom_element element,
			     enum carom_status status, const char *text)
{
	assert_false(carom_element_is_valid(element));
	assert_int_equal(x->err.status, status);
	assert_string_equal(x->err.text, text);
	assert_int_equal(x->c->n_pins, 0);
	assert_deck(x->c, "t\n.end\n");
	x->err = (struct carom_error)CAROM_ERROR_INIT;
}

static void bad_names_are_refused(void **state)
{
	struct bench *x = *state;

	assert_unchanged(x, carom_add_resistor(x->c, "c1", x->a, x->b, 1, &x->err),
			 CAROM_ERROR_ARGUMENT,
			 "\"c1\": the name must be one word that begins with r");
	assert_unchanged(x, carom_add_resistor(x->c, "", x->a, x->b, 1, &x->err),
			 CAROM_ERROR_ARGUMENT,
			 "\"\": the name must be one word that begins with r");
	assert_unchanged(x, carom_add_resistor(x->c, "r 1", x->a, x->b, 1, &x->err),
			 CAROM_ERROR_ARGUMENT,
			 "\"r 1\": the name must be one word that begins with r");
	assert_false(carom_net_is_valid(carom_net(x->c, "a b", &x->err)));
	assert_string_equal(x->err.text, "\"a b\" cannot be the name of a net");
}

static void values_that_are_no_numbers_are_refused(void **state)
{
	struct bench *x = *state;

	assert_unchanged(x, carom_add_resistor(x->c, "r1", x->a, x->b, (double)NAN, &x->err),
			 CAROM_ERROR_ARGUMENT, "r1: the value must be finite");
	assert_unchanged(x, carom_add_vcvs(x->c, "e1", x->a, x->b, x->d, x->e, INFINITY, &x->err),
			 CAROM_ERROR_ARGUMENT, "e1: the value must be finite");
}

static void nets_of_no_or_another_circuit_are_refused(void **state)
{
	struct bench *x = *state;
	struct carom_net none = {CAROM_NO_INDEX};

	assert_unchanged(x, carom_add_resistor(x->c, "r1", x->a, none, 1, &x->err),
			 CAROM_ERROR_ARGUMENT, "r1: a net is not one of this circuit");
	assert_unchanged(x,
			 carom_add_resistor(x->c, "r1", x->a, (struct carom_net){77}, 1, &x->err),
			 CAROM_ERROR_ARGUMENT, "r1: a net is not one of this circuit");
}

static void words_and_tails_that_would_break_the_card_are_refused(void **state)
{
	struct bench *x = *state;
	const char *tail_error = "v1: control character, or bracket or quote that is alone";

	assert_unchanged(x,
			 carom_add_voltage_source(x->c, "v1", x->a, x->b, "1\n.control", &x->err),
			 CAROM_ERROR_ARGUMENT, tail_error);
	assert_unchanged(x, carom_add_voltage_source(x->c, "v1", x->a, x->b, "pulse(1", &x->err),
			 CAROM_ERROR_ARGUMENT, tail_error);
	assert_unchanged(x, carom_add_diode(x->c, "d1", x->a, x->b, "d m", NULL, &x->err),
			 CAROM_ERROR_ARGUMENT, "d1: a name it refers to is not a word");
	assert_unchanged(x, carom_add_cccs(x->c, "f1", x->a, x->b, "", 1, &x->err),
			 CAROM_ERROR_ARGUMENT, "f1: a name it refers to is not a word");
}

static void couplings_are_checked(void **state)
{
	struct bench *x = *state;

	assert_unchanged(x, carom_add_coupling(x->c, "k1", "l1", "l2", 0.5, &x->err),
			 CAROM_ERROR_ARGUMENT, "k1: it couples inductors that must exist");
	carom_add_inductor(x->c, "l1", x->a, x->b, 1, &x->err);
	carom_add_inductor(x->c, "l2", x->a, x->b, 1, &x->err);
	assert_ok(&x->err);
	assert_false(
		carom_element_is_valid(carom_add_coupling(x->c, "k1", "l1", "l2", 1.01, &x->err)));
	assert_string_equal(x->err.text, "k1: the coefficient must be from -1 to 1 and not 0");
	assert_int_equal(carom_circuit_element_count(x->c), 2);
}

static void a_name_in_use_is_refused(void **state)
{
	struct bench *x = *state;

	carom_add_resistor(x->c, "r1", x->a, x->b, 1, &x->err);
	assert_false(
		carom_element_is_valid(carom_add_resistor(x->c, "R1", x->a, x->b, 2, &x->err)));
	assert_int_equal(x->err.status, CAROM_ERROR_EXISTS);
	assert_deck(x->c, "t\nr1 a b 1\n.end\n");
}

static void nothing_is_done_once_an_error_is_set(void **state)
{
	struct bench *x = *state;

	carom_add_resistor(x->c, "bad", x->a, x->b, 1, &x->err);
	assert_int_equal(x->err.status, CAROM_ERROR_ARGUMENT);
	assert_false(carom_net_is_valid(carom_net(x->c, "new", &x->err)));
	carom_add_resistor(x->c, "r1", x->a, x->b, 1, &x->err);
	carom_add_element(x->c, "r2 a b 1", &x->err);
	carom_circuit_add_card(x->c, ".op", &x->err);
	carom_circuit_add_model(x->c, "m", "d", NULL, &x->err);
	carom_circuit_set_param(x->c, "p", 1, &x->err);
	assert_null(carom_circuit_add_subcircuit(x->c, "s", NULL, 0, &x->err));
	assert_null(carom_circuit_new("t", &x->err));
	assert_false(carom_net_is_valid(carom_circuit_find_net(x->c, "new")));
	assert_deck(x->c, "t\n.end\n");
}

static void building_goes_on_after_a_failure_without_an_error_object(void **state)
{
	struct bench *x = *state;

	assert_false(carom_element_is_valid(carom_add_resistor(x->c, "x", x->a, x->b, 1, NULL)));
	assert_true(carom_element_is_valid(carom_add_resistor(x->c, "r1", x->a, x->b, 1, NULL)));
	assert_nets(x->c, "r1", "a b");
	assert_deck(x->c, "t\nr1 a b 1\n.end\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_becomes_its_card),
		cmocka_unit_test(built_elements_have_nets_and_models),
		cmocka_unit_test(built_and_imported_decks_are_the_same_circuit),
		cmocka_unit_test(a_number_survives_the_card),
		cmocka_unit_test(bad_names_are_refused),
		cmocka_unit_test(values_that_are_no_numbers_are_refused),
		cmocka_unit_test(nets_of_no_or_another_circuit_are_refused),
		cmocka_unit_test(words_and_tails_that_would_break_the_card_are_refused),
		cmocka_unit_test(couplings_are_checked),
		cmocka_unit_test(a_name_in_use_is_refused),
		cmocka_unit_test(nothing_is_done_once_an_error_is_set),
		cmocka_unit_test(building_goes_on_after_a_failure_without_an_error_object),
	};
	struct CMUnitTest framed[sizeof(tests) / sizeof(tests[0])];

	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		framed[i] = tests[i];
		framed[i].setup_func = set_up;
		framed[i].teardown_func = tear_down;
	}
	return run_all_tests(framed);
}
