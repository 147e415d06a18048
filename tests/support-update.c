/* SPDX-License-Identifier: BSD-3-Clause */
/* Decks of which every kind of number is edited, and the steps of bringing a session in line. */
#include "support-update.h"

#include <stdio.h>
#include <string.h>

#include "carom-edit.h"

/* ---- steps ---- */

struct carom_update update(struct carom_session *session, const struct carom_circuit *circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_update done;

	carom_session_update(session, circuit, &done, &err);
	assert_ok(&err);
	assert_int_equal(done.was_reloaded, done.reason[0] != '\0');
	return done;
}

void load(struct carom_session *session, const struct carom_circuit *circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;

	carom_session_load(session, circuit, &err);
	assert_ok(&err);
}

struct carom_circuit *load_new(struct carom_session *session, const char *deck)
{
	struct carom_circuit *circuit = import_deck(deck);

	load(session, circuit);
	return circuit;
}

void assert_in_line(struct carom_session *session, const struct carom_circuit *circuit,
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

const struct subject subjects[] = {
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

const size_t n_subjects = sizeof(subjects) / sizeof(subjects[0]);

static struct carom_circuit *find_in(struct carom_circuit *circuit, const char *name)
{
	struct carom_circuit *found;

	if (!*name)
		return circuit;
	found = carom_circuit_find_subcircuit(circuit, name);
	assert_non_null(found);
	return found;
}

void turn(struct carom_circuit *circuit, const struct knob *knob, double factor)
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

size_t count_knobs(const struct subject *subject)
{
	size_t n = 0;

	while (n < 16 && subject->knobs[n].name)
		n++;
	return n;
}

const struct subject *subject_called(const char *name)
{
	size_t i = 0;

	while (strcmp(subjects[i].name, name) != 0)
		i++;
	return &subjects[i];
}
