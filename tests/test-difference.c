/* SPDX-License-Identifier: BSD-3-Clause */
/* What differs between a circuit as it was loaded and as it is: values, or an obstacle. */
#include "circuit/difference.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "support-circuit.h"

/* A deck that was loaded, to be edited. */
struct loaded {
	struct carom_circuit *circuit;
	struct difference difference;
	struct carom_error err;
};

static void begin(struct loaded *loaded, const char *deck)
{
	*loaded = (struct loaded){.circuit = import_deck(deck), .err = CAROM_ERROR_INIT};
	difference_init(&loaded->difference, loaded->circuit, &loaded->err);
	assert_ok(&loaded->err);
}

static void end(struct loaded *loaded)
{
	assert_ok(&loaded->err);
	difference_release(&loaded->difference);
	carom_circuit_free(loaded->circuit);
}

static struct carom_circuit *inside(struct loaded *loaded, const char *name)
{
	return carom_circuit_find_subcircuit(loaded->circuit, name);
}

static void set_value(struct carom_circuit *circuit, const char *name, double value)
{
	struct carom_error err = CAROM_ERROR_INIT;

	carom_element_set_value(circuit, element_called(circuit, name), value, &err);
	assert_ok(&err);
}

static void set_param(struct carom_circuit *circuit, const char *name, const char *param,
		      double value)
{
	struct carom_error err = CAROM_ERROR_INIT;

	carom_element_set_param(circuit, element_called(circuit, name), param, value, &err);
	assert_ok(&err);
}

/* "r1=2 x1.r1=3", and no obstacle. */
static void assert_values(struct loaded *loaded, const char *expected)
{
	const struct difference *difference = &loaded->difference;
	struct text text = TEXT_INIT;

	assert_int_equal(difference_find(&loaded->difference, loaded->circuit, &loaded->err), 0);
	assert_ok(&difference->obstacle);
	for (size_t i = 0; i < difference->n_values; i++)
		text_printf(&text, "%s%s=%g", i ? " " : "", difference->values[i].target,
			    difference->values[i].value);
	assert_string_equal(text_string(&text), expected);
	text_release(&text);
}

static void assert_obstacle(struct loaded *loaded, const char *expected)
{
	char text[512];

	assert_int_equal(difference_find(&loaded->difference, loaded->circuit, &loaded->err), 0);
	carom_error_format(&loaded->difference.obstacle, text, sizeof(text));
	assert_string_equal(text, expected);
}

static const char flat[] = "t\n.param p=1\nv1 a 0 1\nr1 a b 1k\nr2 b 0 {p*2}\nd1 b 0 dm\n"
			   ".model dm d is={p*1e-14} n=1\n.end\n";
static const char deep[] = "t\nx1 a 0 s w=2\nx2 a 0 s\n.subckt s a b w=1 m2=1\nr1 a b 1k\n"
			   "r2 a b {w}\nm1 a b b b mm l=1u m={m2}\n.model mm nmos level=1 vto=1\n"
			   ".ends\n.end\n";

/* ---- values ---- */

static void without_an_edit_nothing_differs(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, flat);
	assert_values(&loaded, "");
	end(&loaded);
}

static void numbers_on_cards_are_told_once(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, flat);
	set_value(loaded.circuit, "r1", 2e3);
	set_value(loaded.circuit, "v1", 3);
	set_value(loaded.circuit, "r1", 4e3);
	set_param(loaded.circuit, "d1", "area", 2);
	carom_model_set_param(loaded.circuit, "dm", "n", 1.5, &loaded.err);
	assert_values(&loaded, "v1=3 r1=4000 d1:area=2 d1:n=1.5");
	assert_values(&loaded, "");
	end(&loaded);
}

static void what_a_parameter_reaches_is_told(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, flat);
	carom_circuit_set_param(loaded.circuit, "p", 3, &loaded.err);
	assert_values(&loaded, "r2=6 d1:is=3e-14");
	carom_circuit_set_param(loaded.circuit, "p", 4, &loaded.err);
	assert_values(&loaded, "r2=8 d1:is=4e-14");
	end(&loaded);
}

static void every_instance_is_told(void **state)
{
	struct loaded loaded;
	struct carom_circuit *s;
	(void)state;

	begin(&loaded, deep);
	s = inside(&loaded, "s");
	set_value(s, "r1", 2e3);
	set_param(s, "m1", "l", 2e-6);
	carom_model_set_param(s, "mm", "vto", 2, &loaded.err);
	assert_values(&loaded, "x1.r1=2000 x1.m1:l=2e-06 x1.m1:vto=2 x2.r1=2000 x2.m1:l=2e-06 "
			       "x2.m1:vto=2");
	end(&loaded);
}

static void a_parameter_of_an_instance_stays_its_own(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, deep);
	carom_circuit_set_param(inside(&loaded, "s"), "w", 5, &loaded.err);
	assert_values(&loaded, "x2.r2=5");
	set_param(loaded.circuit, "x1", "w", 7);
	assert_values(&loaded, "x1.r2=7");
	set_param(loaded.circuit, "x2", "w", 9);
	assert_values(&loaded, "x2.r2=9");
	carom_circuit_set_param(inside(&loaded, "s"), "w", 6, &loaded.err);
	assert_values(&loaded, "");
	end(&loaded);
}

static void what_was_told_and_is_the_same_is_not_told_again(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, flat);
	set_value(loaded.circuit, "r1", 2e3);
	assert_values(&loaded, "r1=2000");
	set_value(loaded.circuit, "r1", 3e3);
	set_value(loaded.circuit, "r1", 2e3);
	assert_values(&loaded, "");
	difference_forget(&loaded.difference);
	set_value(loaded.circuit, "r1", 2e3);
	assert_values(&loaded, "r1=2000");
	end(&loaded);
}

/* ---- obstacles ---- */

static void another_circuit_is_an_obstacle(void **state)
{
	struct loaded loaded;
	struct carom_circuit *other = import_deck(flat), *first;
	(void)state;

	begin(&loaded, flat);
	first = loaded.circuit;
	loaded.circuit = other;
	assert_obstacle(&loaded, "another circuit was loaded");
	carom_circuit_free(first);
	end(&loaded);
}

static void another_structure_is_an_obstacle(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, flat);
	carom_element_remove(loaded.circuit, element_called(loaded.circuit, "r1"), &loaded.err);
	assert_obstacle(&loaded, "more than numbers was changed");
	end(&loaded);
}

static void more_edits_than_are_logged_are_an_obstacle(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, flat);
	for (int i = 0; i < 10000; i++)
		set_value(loaded.circuit, i % 2 ? "r1" : "v1", 1 + i);
	assert_obstacle(&loaded, "more values were changed than are kept count of");
	end(&loaded);
}

static void conditions_are_an_obstacle(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, "t\nx1 a 0 s\n.subckt s a b\n.param q=1\n.if (q)\nr1 a b 1\n.endif\n.ends\n"
		       "r2 a 0 1\n.end\n");
	assert_values(&loaded, "");
	set_value(loaded.circuit, "r2", 2);
	assert_obstacle(&loaded, "the deck has .if, on which any value may depend");
	end(&loaded);
}

/* A deck, an edit of it by param of element name in s (or the top), and what is said of it. */
static void assert_param_obstacle(const char *deck, const char *where, const char *name,
				  const char *param, const char *expected)
{
	struct loaded loaded;

	begin(&loaded, deck);
	set_param(*where ? inside(&loaded, where) : loaded.circuit, name, param, 2);
	assert_obstacle(&loaded, expected);
	end(&loaded);
}

static void parameters_that_ngspice_does_not_set_are_obstacles(void **state)
{
	(void)state;
	assert_param_obstacle("t\nv1 a 0 1\n.end\n", "", "v1", "ac",
			      "t.cir:2: v1: this parameter of the element is not set in a loaded "
			      "circuit");
	assert_param_obstacle(deep, "s", "r1", "m",
			      "t.cir:5: r1: a multiplier that those of instances may multiply is "
			      "not set in a loaded circuit");
	assert_param_obstacle("t\nm1 a b c d n l=1u w=1u\n.model n.1 nmos lmin=0 lmax=1\n.end\n",
			      "", "m1", "w",
			      "t.cir:2: m1: a parameter of an element whose size selects its model "
			      "is not set in a loaded circuit");
	assert_param_obstacle("t\nm:1 a b c d n l=1u w=1u\n.model n nmos\n.end\n", "", "m:1", "w",
			      "t.cir:2: m:1: an element with a colon in its name is not set in a "
			      "loaded circuit");
	assert_param_obstacle(deep, "", "x1", "q", "there is no parameter \"q\"");
}

static void assert_model_obstacle(const char *deck, const char *model, const char *param,
				  const char *expected)
{
	struct loaded loaded;

	begin(&loaded, deck);
	carom_model_set_param(loaded.circuit, model, param, 2, &loaded.err);
	assert_obstacle(&loaded, expected);
	end(&loaded);
}

static void parameters_of_models_that_ngspice_does_not_set_are_obstacles(void **state)
{
	(void)state;
	assert_model_obstacle("t\nm1 a b c d n l=1u w=1u\n.model n nmos level=1\n.end\n", "n",
			      "level",
			      "t.cir:3: .model: this parameter of the model is not set in a loaded "
			      "circuit");
	assert_model_obstacle("t\nm1 a b c d n l=1u w=1u\n.model n.1 nmos lmin=0 vto=1\n.end\n",
			      "n.1", "vto",
			      "t.cir:3: .model: a model that the size of elements selects is not "
			      "set in a loaded circuit");
	assert_model_obstacle("t\nd:1 a 0 d\n.model d d is=1\n.end\n", "d", "is",
			      "t.cir:3: .model: a model of an element with a colon in its name is "
			      "not set in a loaded circuit");
}

static void what_a_resolution_cannot_reach_is_an_obstacle(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, "t\n.param p=1\nr1 a 0 1\nb1 a 0 v=p*v(a)\n.end\n");
	carom_circuit_set_param(loaded.circuit, "p", 2, &loaded.err);
	assert_obstacle(
		&loaded,
		"t.cir:4: b1: the change reaches an expression that ngspice evaluates while "
		"it runs, which is not set in a loaded circuit");
	end(&loaded);
}

static void a_value_that_is_no_number_is_an_obstacle(void **state)
{
	struct loaded loaded;
	(void)state;

	begin(&loaded, "t\n.param p=1\nr1 a 0 {1/p}\n.end\n");
	carom_circuit_set_param(loaded.circuit, "p", 0, &loaded.err);
	assert_obstacle(&loaded, "t.cir:3: r1: a value that is no number is not set in a loaded "
				 "circuit");
	end(&loaded);
}

/* ---- memory ---- */

static int attempt(void *arg)
{
	struct carom_circuit *circuit = arg;
	struct carom_error err = CAROM_ERROR_INIT;
	struct difference difference;
	int rc = difference_init(&difference, circuit, &err);

	if (rc == 0) {
		struct carom_circuit *s = carom_circuit_find_subcircuit(circuit, "s");

		carom_circuit_set_param(s, "w", 5, &err);
		carom_model_set_param(s, "mm", "vto", 2, &err);
		carom_element_set_value(s, element_called(s, "r1"), 2e3, &err);
		rc = err.status ? (int)err.status : difference_find(&difference, circuit, &err);
		if (rc == 0 && difference.obstacle.status)
			rc = CAROM_ERROR_MEMORY; /* the log of changes was not to be had */
		if (rc == 0)
			assert_int_equal(difference.n_values, 5);
	}
	difference_release(&difference);
	return rc;
}

static void no_memory_is_told(void **state)
{
	struct carom_circuit *circuit = import_deck(deep);
	(void)state;

	assert_survives_no_memory(attempt, circuit);
	carom_circuit_free(circuit);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_an_edit_nothing_differs),
		cmocka_unit_test(numbers_on_cards_are_told_once),
		cmocka_unit_test(what_a_parameter_reaches_is_told),
		cmocka_unit_test(every_instance_is_told),
		cmocka_unit_test(a_parameter_of_an_instance_stays_its_own),
		cmocka_unit_test(what_was_told_and_is_the_same_is_not_told_again),
		cmocka_unit_test(another_circuit_is_an_obstacle),
		cmocka_unit_test(another_structure_is_an_obstacle),
		cmocka_unit_test(more_edits_than_are_logged_are_an_obstacle),
		cmocka_unit_test(conditions_are_an_obstacle),
		cmocka_unit_test(parameters_that_ngspice_does_not_set_are_obstacles),
		cmocka_unit_test(parameters_of_models_that_ngspice_does_not_set_are_obstacles),
		cmocka_unit_test(what_a_resolution_cannot_reach_is_an_obstacle),
		cmocka_unit_test(a_value_that_is_no_number_is_an_obstacle),
		cmocka_unit_test(no_memory_is_told),
	};

	return run_all_tests(tests);
}
