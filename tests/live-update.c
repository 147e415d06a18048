/* SPDX-License-Identifier: BSD-3-Clause */
/* A circuit that is edited and brought in line simulates as the edited circuit loaded afresh. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "carom-edit.h"
#include "support-session.h"

static int set_up(void **state)
{
	*state = open_session(NULL);
	return 0;
}

static int tear_down(void **state)
{
	carom_session_close(*state);
	return 0;
}

/* ---- steps ---- */

static struct carom_update update(struct carom_session *session,
				  const struct carom_circuit *circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_update done;

	carom_session_update(session, circuit, &done, &err);
	assert_ok(&err);
	assert_int_equal(done.was_reloaded, done.reason[0] != '\0');
	return done;
}

static void load(struct carom_session *session, const struct carom_circuit *circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;

	carom_session_load(session, circuit, &err);
	assert_ok(&err);
}

static struct carom_circuit *load_new(struct carom_session *session, const char *deck)
{
	struct carom_circuit *circuit = import_deck(deck);

	load(session, circuit);
	return circuit;
}

/* What is loaded now simulates as the circuit does; which is loaded afterwards. */
static void assert_in_line(struct carom_session *session, const struct carom_circuit *circuit,
			   const char *what)
{
	struct carom_result *updated = run_loaded(session), *fresh;
	double distance;

	load(session, circuit);
	fresh = run_loaded(session);
	distance = result_distance(fresh, updated);
	carom_result_free(updated);
	carom_result_free(fresh);
	if (!(distance < 1e-9))
		fail_msg("%s: off by %g", what, distance);
}

/* ---- decks ---- */

/* A number that is edited; in what: name of the subcircuit, "" for the top. */
struct knob {
	const char *in;
	char kind; /* 'e' element, 'm' model, 'p' .param */
	const char *name, *param;
	double value;
	bool is_reloaded; /* it cannot be set */
};

struct subject {
	const char *name, *deck;
	struct knob knobs[16];
};

static const struct subject subjects[] = {
	{"passives",
	 "passives\nv1 in 0 dc 1 ac 1 sin(0 1 1k)\nr1 in a 1k\nc1 a 0 100n ic=0.1\n"
	 "l1 a b 10m\nr2 b 0 100 tc1=1m\nr3 b 0 rmod l=10u w=1u\n.model rmod r rsh=100\n"
	 "i1 0 b dc 1m ac 0.1\n.options temp=50\n.op\n.ac dec 3 10 100k\n.tran 10u 1m\n.end\n",
	 {{"", 'e', "r1", NULL, 1e3, false},
	  {"", 'e', "c1", NULL, 1e-7, false},
	  {"", 'e', "l1", NULL, 1e-2, false},
	  {"", 'e', "v1", NULL, 1, false},
	  {"", 'e', "i1", NULL, 1e-3, false},
	  {"", 'e', "r2", "tc1", 1e-3, false},
	  {"", 'e', "r3", "l", 1e-5, false},
	  {"", 'e', "r3", "w", 1e-6, false},
	  {"", 'e', "r2", "m", 1, false},
	  {"", 'e', "r2", "dtemp", 10, false},
	  {"", 'm', "rmod", "rsh", 100, false}}},
	{"transformer",
	 "transformer\nv1 in 0 sin(0 1 1k)\nr1 in a 10\nl1 a 0 1m\nl2 b 0 1m\nk1 l1 l2 0.7\n"
	 "rload b 0 50\n.op\n.tran 10u 2.3m\n.end\n",
	 {{"", 'e', "rload", NULL, 50, false},
	  {"", 'e', "l1", NULL, 1e-3, false},
	  {"", 'e', "l2", NULL, 1e-3, false},
	  {"", 'e', "k1", NULL, 0.7, false}}},
	{"controlled sources",
	 "controlled\nv1 in 0 dc 1 ac 1\nvs in a 0\nr1 a 0 1k\ne1 b 0 in 0 2\nrb b 0 1k\n"
	 "g1 0 c in 0 1m\nrc c 0 1k\nf1 0 d vs 2\nrd d 0 1k\nh1 e 0 vs 1k\nre e 0 1k\n"
	 "t1 in 0 tl 0 z0=50 td=1n\nrtl tl 0 75\n.op\n.ac dec 3 1k 100meg\n.end\n",
	 {{"", 'e', "e1", NULL, 2, false},
	  {"", 'e', "g1", NULL, 1e-3, false},
	  {"", 'e', "f1", NULL, 2, false},
	  {"", 'e', "h1", NULL, 1e3, false},
	  {"", 'e', "t1", "z0", 50, false},
	  {"", 'e', "t1", "td", 1e-9, false}}},
	{"semiconductors",
	 "semiconductors\nvcc vcc 0 5\nvin in 0 dc 0.7 ac 1\nrb in b 1k\nrc vcc c 1k\n"
	 "q1 c b 0 qn 2\nd1 c dd dm area=2\nrd dd 0 1k\nm1 vcc c s 0 mn l=1u w=10u\n"
	 "rs s 0 1k\nj1 vcc 0 js jn\nrj js 0 1k\n"
	 ".model qn npn bf=100 is=1e-15 vaf=50 cje=1p\n.model dm d is=1e-14 rs=1 cjo=1p\n"
	 ".model mn nmos level=1 vto=0.7 kp=100u lambda=0.02\n.model jn njf vto=-2 beta=1m\n"
	 ".op\n.ac dec 2 1k 1g\n.dc vin 0.6 0.8 0.05\n.end\n",
	 {{"", 'm', "qn", "bf", 100, false},
	  {"", 'm', "qn", "is", 1e-15, false},
	  {"", 'm', "qn", "vaf", 50, false},
	  {"", 'm', "qn", "cjc", 1e-12, false},
	  {"", 'm', "dm", "is", 1e-14, false},
	  {"", 'm', "dm", "rs", 1, false},
	  {"", 'm', "mn", "vto", 0.7, false},
	  {"", 'm', "mn", "kp", 1e-4, false},
	  {"", 'm', "jn", "beta", 1e-3, false},
	  {"", 'e', "q1", "area", 2, false},
	  {"", 'e', "d1", "area", 2, false},
	  {"", 'e', "m1", "w", 1e-5, false},
	  {"", 'e', "m1", "l", 1e-6, false},
	  {"", 'e', "m1", "m", 1, false},
	  {"", 'e', "vcc", NULL, 5, false}}},
	{"a chain of parameters",
	 "chain\n.param a=1 b={2*a} c='b+a'\n.func f(x) {x*a}\n.param unused=3\n"
	 "v1 in 0 dc {c} ac 1\nr1 in out {f(b)*1k}\nc1 out 0 {1u/c} ic=0\nd1 out 0 dm\n"
	 ".model dm d is={a*1e-14} n={1+b/100}\n.param tstop=1m\n.op\n.ac dec 3 1 1k\n"
	 ".tran 10u {tstop}\n.end\n",
	 {{"", 'p', "a", NULL, 1, false},
	  {"", 'p', "unused", NULL, 3, false},
	  {"", 'p', "tstop", NULL, 1e-3, true}}},
	{"subcircuits",
	 "subcircuits\n.param k=2\nv1 in 0 dc 1 ac 1\nx1 in a rc r=2k\nx2 a b rc c={k*10n}\n"
	 "x3 b 0 pair\nx4 b 0 pair g={k}\nx5 b a off\n"
	 ".subckt rc i o r=1k c=100n\n.param h={r/2}\nra i m {h}\nrb m o {h}\ncm m 0 {c}\n"
	 "rx m 0 50k\n.ends\n"
	 ".subckt pair p n g=1\n.model ds d is=1e-14 n={1+g/50}\nxi p q one w={g}\n"
	 "xj q n one\nd2 p n ds\n.ends\n"
	 ".subckt one p n w=3\n.model di d is=2e-14\nd1 p n di area={w}\nd3 p n dg\n"
	 "r9 p n 10k m=2\n.ends\n.model dg d is=1e-15\n"
	 ".subckt off p n\nr1 p n 1k\nc1 p n 1n\n.ends\n"
	 ".op\n.ac dec 3 10 1meg\n.end\n",
	 {{"", 'p', "k", NULL, 2, false},
	  {"rc", 'p', "r", NULL, 1e3, false},
	  {"rc", 'p', "c", NULL, 1e-7, false},
	  {"rc", 'e', "rx", NULL, 5e4, false},
	  {"pair", 'p', "g", NULL, 1, false},
	  {"pair", 'm', "ds", "is", 1e-14, false},
	  {"pair", 'm', "ds", "rs", 0.1, false},
	  {"", 'm', "dg", "is", 1e-15, false},
	  {"", 'e', "x1", "r", 2e3, false},
	  {"", 'e', "x3", "g", 1.5, false},
	  {"off", 'e', "r1", NULL, 1e3, false},
	  {"off", 'e', "r1", "tc1", 1e-3, false}}},
	{"what cannot be set",
	 "obstacles\n.param f=2 n=3 q=2\nv1 in 0 pulse(0 {f} 0 1n 1n 1u 2u)\nr1 in out 1k\n"
	 "b1 q 0 v=f*v(out)\nrq q 0 1k\nm1 out in 0 0 mn l=1u w=1u\n.model mn nmos level=1 vto=1\n"
	 "x1 out 0 par m=2\n.subckt par a b\nr1 a b 1k m=3\nr2 a b 2k\nr5 a b 3k m={q}\n.ends\n"
	 "x2 out 0 outer\n.subckt outer a b\nx3 a b inner r={n*1k}\n"
	 ".subckt inner a b r=1\nr4 a b {r}\n.ends\n.ends\n"
	 ".tran 0.1u 4u\n.end\n",
	 {{"", 'p', "f", NULL, 2, true},
	  {"", 'p', "n", NULL, 3, false},
	  {"", 'p', "q", NULL, 2, true},
	  {"", 'm', "mn", "level", 1, true},
	  {"", 'e', "x1", "m", 2, true},
	  {"par", 'e', "r1", "m", 3, true},
	  {"par", 'e', "r2", NULL, 2e3, false},
	  {"", 'e', "r1", NULL, 1e3, false}}},
};

static struct carom_circuit *find_in(struct carom_circuit *circuit, const char *name)
{
	struct carom_circuit *found;

	if (!*name)
		return circuit;
	found = carom_circuit_find_subcircuit(circuit, name);
	assert_non_null(found);
	return found;
}

static void turn(struct carom_circuit *circuit, const struct knob *knob, double factor)
{
	struct carom_circuit *in = find_in(circuit, knob->in);
	struct carom_element element = carom_circuit_find_element(in, knob->name);
	struct carom_error err = CAROM_ERROR_INIT;
	double value = knob->value * factor;

	if (knob->param && strcmp(knob->param, "level") == 0)
		value = knob->value;
	if (knob->kind == 'p')
		carom_circuit_set_param(in, knob->name, value, &err);
	else if (knob->kind == 'm')
		carom_model_set_param(in, knob->name, knob->param, value, &err);
	else if (knob->param)
		carom_element_set_param(in, element, knob->param, value, &err);
	else
		carom_element_set_value(in, element, value, &err);
	assert_ok(&err);
}

static size_t count_knobs(const struct subject *subject)
{
	size_t n = 0;

	while (n < 16 && subject->knobs[n].name)
		n++;
	return n;
}

static double random_factor(void)
{
	return 0.7 + 0.6 * (double)(random_bits() >> 11) / 9007199254740992.0;
}

/* ---- each number by itself ---- */

static void try_knob(struct carom_session *session, const struct subject *subject,
		     const struct knob *knob)
{
	struct carom_circuit *circuit = import_deck(subject->deck);
	struct carom_update done;
	char what[128];

	snprintf(what, sizeof(what), "%s: %s %s %s", subject->name, knob->in, knob->name,
		 knob->param ? knob->param : "");
	load(session, circuit);
	carom_result_free(run_loaded(session));
	turn(circuit, knob, 1.25);
	done = update(session, circuit);
	if (done.was_reloaded != knob->is_reloaded)
		fail_msg("%s: %s", what, done.was_reloaded ? done.reason : "was not loaded");
	assert_in_line(session, circuit, what);
	turn(circuit, knob, 1);
	update(session, circuit);
	assert_in_line(session, circuit, what);
	carom_circuit_free(circuit);
}

static void a_number_is_set_as_a_fresh_load_would(void **state)
{
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++) {
		for (size_t j = 0; j < count_knobs(&subjects[i]); j++)
			try_knob(*state, &subjects[i], &subjects[i].knobs[j]);
	}
}

/* ---- many at random ---- */

/* Edits, some of them brought in line at once and run, and then all that is left. */
static void play(struct carom_session *session, const struct subject *subject,
		 struct carom_circuit *circuit)
{
	size_t n = count_knobs(subject);

	for (uint64_t left = 1 + random_bits() % 6; left > 0; left--) {
		turn(circuit, &subject->knobs[random_bits() % n], random_factor());
		if (random_bits() % 3 == 0)
			update(session, circuit);
		if (random_bits() % 4 == 0)
			carom_result_free(run_loaded(session));
	}
	update(session, circuit);
}

static void random_edits_are_followed(void **state)
{
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]); i++) {
		struct carom_circuit *circuit = import_deck(subjects[i].deck);

		load(*state, circuit);
		for (int round = 0; round < 12; round++) {
			play(*state, &subjects[i], circuit);
			assert_in_line(*state, circuit, subjects[i].name);
		}
		carom_circuit_free(circuit);
	}
}

/* ---- and the rest ---- */

static const struct subject *subject_called(const char *name)
{
	size_t i = 0;

	while (strcmp(subjects[i].name, name) != 0)
		i++;
	return &subjects[i];
}

static void the_first_update_loads(void **state)
{
	struct carom_circuit *circuit = import_deck(divider);
	struct carom_update done = update(*state, circuit);

	assert_true(done.was_reloaded);
	assert_string_equal(done.reason, "no circuit was loaded");
	assert_int_equal(done.n_values, 0);
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void another_circuit_is_loaded(void **state)
{
	struct carom_circuit *first = import_deck(divider), *second = import_deck(divider);

	load(*state, first);
	assert_string_equal(update(*state, second).reason, "another circuit was loaded");
	assert_false(update(*state, second).was_reloaded);
	carom_circuit_free(first);
	carom_circuit_free(second);
}

static void nothing_is_sent_where_nothing_differs(void **state)
{
	const struct subject *subject = subject_called("a chain of parameters");
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	assert_int_equal(update(*state, circuit).n_values, 0);
	turn(circuit, &subject->knobs[0], 2);
	assert_int_equal(update(*state, circuit).n_values, 5);
	turn(circuit, &subject->knobs[0], 1);
	turn(circuit, &subject->knobs[0], 2);
	assert_int_equal(update(*state, circuit).n_values, 0);
	carom_circuit_free(circuit);
}

static void an_element_of_a_subcircuit_is_set_in_each_instance(void **state)
{
	const struct subject *subject = subject_called("subcircuits");
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	turn(circuit, &subject->knobs[3], 2);
	assert_int_equal(update(*state, circuit).n_values, 2); /* rx of x1 and x2 */
	turn(circuit, &subject->knobs[5], 2);
	assert_int_equal(update(*state, circuit).n_values, 2); /* ds of x3 and x4 */
	turn(circuit, &subject->knobs[1], 2);
	assert_int_equal(update(*state, circuit).n_values,
			 2); /* ra and rb of x2; x1 has its own r */
	carom_circuit_free(circuit);
}

static void another_structure_is_loaded(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(*state, divider);

	carom_add_element(circuit, "r3 out 0 1k", &err);
	assert_ok(&err);
	assert_string_equal(update(*state, circuit).reason, "more than numbers was changed");
	assert_double_equal(run_op(*state, "v(out)"), 10.0 / 3, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void an_expression_that_becomes_a_number_is_loaded(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit =
		load_new(*state, "expression\n.param a=1k b={a}\nv1 in 0 10\nr1 in out {b}\n"
				 "r2 out 0 1k\n.op\n.end\n");

	carom_circuit_set_param(circuit, "b", 3e3, &err);
	assert_ok(&err);
	assert_true(update(*state, circuit).was_reloaded);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	carom_circuit_set_param(circuit, "a", 9e3, &err);
	assert_int_equal(update(*state, circuit).n_values, 0); /* nothing has it any more */
	carom_circuit_set_param(circuit, "b", 4e3, &err);
	assert_int_equal(update(*state, circuit).n_values, 1);
	assert_double_equal(run_op(*state, "v(out)"), 2, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void a_rollback_is_followed(void **state)
{
	const struct subject *subject = subject_called("subcircuits");
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	carom_circuit_mark(circuit, &err);
	for (size_t i = 0; i < count_knobs(subject); i++)
		turn(circuit, &subject->knobs[i], 1.5);
	assert_false(update(*state, circuit).was_reloaded);
	carom_result_free(run_loaded(*state));
	carom_circuit_rollback(circuit, &err);
	assert_ok(&err);
	assert_true(update(*state, circuit).was_reloaded);
	assert_in_line(*state, circuit, "rollback");
	carom_circuit_free(circuit);
}

static void a_hazard_starts_afresh_with_the_new_values(void **state)
{
	const struct subject *subject = subject_called("transformer");
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	carom_result_free(run_loaded(*state));
	turn(circuit, &subject->knobs[0], 2);
	turn(circuit, &subject->knobs[1], 0.5);
	assert_int_equal(update(*state, circuit).n_values, 2);
	carom_result_free(run_loaded(*state));
	turn(circuit, &subject->knobs[0], 3);
	assert_int_equal(update(*state, circuit).n_values, 1);
	carom_result_free(run_loaded(*state));
	assert_in_line(*state, circuit, "transformer");
	carom_circuit_free(circuit);
}

/* Elements "r0 b 0 5k", "r1 b 0 5k", ... */
static void add_elements(struct carom_circuit *circuit, char letter, const char *tail, int n)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char card[64];

	for (int i = 0; i < n; i++) {
		snprintf(card, sizeof(card), "%cmany%d %s", letter, i, tail);
		carom_add_element(circuit, card, &err);
	}
	assert_ok(&err);
}

static void a_hazard_keeps_many_values(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(subject_called("transformer")->deck);
	size_t n = carom_circuit_element_count(circuit);

	add_elements(circuit, 'r', "b 0 5k", 100);
	load(*state, circuit);
	carom_result_free(run_loaded(*state));
	for (uint32_t round = 0; round < 3; round++) {
		for (uint32_t i = 0; i < 100; i++)
			carom_element_set_value(circuit, (struct carom_element){(uint32_t)n + i},
						5e3 + 100 * round + i, &err);
		assert_ok(&err);
		assert_int_equal(update(*state, circuit).n_values, 100);
		carom_result_free(run_loaded(*state));
	}
	assert_in_line(*state, circuit, "many values");
	carom_circuit_free(circuit);
}

/* Each number of a model has ngspice look at the whole circuit again. */
static void very_many_numbers_of_models_are_loaded(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit =
		import_deck("models\n.param p=1\nv1 a 0 0.5\n.subckt s a b\nd1 a b dm\n"
			    ".model dm d n={p}\n.ends\nxlast a 0 s\n.op\n.end\n");

	add_elements(circuit, 'x', "a 0 s", 200);
	load(*state, circuit);
	carom_circuit_set_param(circuit, "p", 1.25, &err);
	assert_string_equal(update(*state, circuit).reason,
			    "setting 201 numbers of models takes longer");
	carom_element_remove(circuit, carom_circuit_find_element(circuit, "xlast"), &err);
	load(*state, circuit);
	carom_circuit_set_param(circuit, "p", 1.5, &err);
	assert_ok(&err);
	assert_int_equal(update(*state, circuit).n_values, 200);
	carom_circuit_free(circuit);
}

static int try_update(struct carom_session *session, const struct carom_circuit *circuit, int n)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_update done;
	int status;

	mem_fail_after(n);
	status = carom_session_update(session, circuit, &done, &err);
	mem_fail_after(-1);
	assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
	assert_int_equal(err.status, status);
	return status;
}

static void a_lack_of_memory_is_told_and_made_good(void **state)
{
	const struct subject *subject = subject_called("subcircuits");
	struct carom_circuit *circuit = import_deck(subject->deck);
	int n_failures = 0;

	for (int status = -1; status; n_failures += status != 0) {
		load(*state, circuit);
		for (size_t i = 0; i < count_knobs(subject); i++)
			turn(circuit, &subject->knobs[i], 1 + 0.001 * (n_failures + 1));
		status = try_update(*state, circuit, n_failures);
		if (status) {
			assert_int_equal(update(*state, circuit).n_values, 0);
			assert_in_line(*state, circuit, "after a lack of memory");
		}
	}
	assert_in_line(*state, circuit, "with all memory");
	assert_true(n_failures > 20);
	carom_circuit_free(circuit);
}

static void a_value_that_was_altered_in_between_is_set_again(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(*state, divider);
	struct carom_element r1 = carom_circuit_find_element(circuit, "r1");

	carom_element_set_value(circuit, r1, 3e3, &err);
	update(*state, circuit);
	set_value(*state, "r1", 9e3);
	carom_element_set_value(circuit, r1, 3e3, &err);
	assert_int_equal(update(*state, circuit).n_values, 1);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void what_a_reason_is_about_has_a_place(void **state)
{
	const struct subject *subject = subject_called("what cannot be set");
	struct carom_circuit *circuit = load_new(*state, subject->deck);

	turn(circuit, &subject->knobs[0], 2);
	assert_string_equal(update(*state, circuit).reason,
			    "deck.cir:5: b1: the change reaches an expression that ngspice "
			    "evaluates while it runs, which is not set in a loaded circuit");
	turn(circuit, &subject->knobs[3], 1);
	assert_string_equal(update(*state, circuit).reason,
			    "deck.cir:8: .model: this parameter of the model is not set in a "
			    "loaded circuit");
	carom_circuit_free(circuit);
}

static void conditions_are_left_to_ngspice(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(
		*state, "conditions\n.param a=1\nv1 in 0 10\n.if (a > 2)\nr1 in out 3k\n.else\n"
			"r1 in out 1k\n.endif\nr2 out 0 1k\n.op\n.end\n");

	carom_circuit_set_param(circuit, "a", 3, &err);
	assert_true(update(*state, circuit).was_reloaded);
	assert_double_equal(run_op(*state, "v(out)"), 2.5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void a_failed_load_leaves_none_and_the_next_update_loads(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = load_new(*state, divider);
	struct carom_update done;
	struct carom_element bad;

	bad = carom_add_element(circuit, "r3 out 0 {undefined}", &err);
	assert_ok(&err);
	assert_int_not_equal(carom_session_update(*state, circuit, &done, &err), 0);
	carom_error_clear(&err);
	carom_element_remove(circuit, bad, &err);
	assert_string_equal(update(*state, circuit).reason, "no circuit was loaded");
	assert_double_equal(run_op(*state, "v(out)"), 5, 1e-9, 0);
	carom_circuit_free(circuit);
}

static void an_update_does_nothing_once_the_error_is_set(void **state)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = import_deck(divider);

	err.status = CAROM_ERROR_STATE;
	assert_int_equal(carom_session_update(*state, circuit, NULL, &err), CAROM_ERROR_STATE);
	carom_error_clear(&err);
	assert_int_equal(carom_session_update(NULL, circuit, NULL, &err), CAROM_ERROR_ARGUMENT);
	carom_circuit_free(circuit);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_first_update_loads),
		CASE(another_circuit_is_loaded),
		CASE(nothing_is_sent_where_nothing_differs),
		CASE(an_element_of_a_subcircuit_is_set_in_each_instance),
		CASE(another_structure_is_loaded),
		CASE(an_expression_that_becomes_a_number_is_loaded),
		CASE(a_rollback_is_followed),
		CASE(a_hazard_starts_afresh_with_the_new_values),
		CASE(a_hazard_keeps_many_values),
		CASE(very_many_numbers_of_models_are_loaded),
		CASE(a_lack_of_memory_is_told_and_made_good),
		CASE(a_value_that_was_altered_in_between_is_set_again),
		CASE(what_a_reason_is_about_has_a_place),
		CASE(conditions_are_left_to_ngspice),
		CASE(a_failed_load_leaves_none_and_the_next_update_loads),
		CASE(an_update_does_nothing_once_the_error_is_set),
		CASE(a_number_is_set_as_a_fresh_load_would),
		CASE(random_edits_are_followed),
	};

	return run_all_tests(tests);
}
