/* SPDX-License-Identifier: BSD-3-Clause */
/* A parameter changed in a loaded circuit gives what loading the changed deck gives. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "circuit/resolve.h"
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

/* ---- comparison ---- */

static struct carom_result *run_text(struct carom_session *session, const char *text)
{
	load_deck(session, text);
	return run_loaded(session);
}

static void set_all(struct carom_session *session, const struct resolution *resolution,
		    double input)
{
	double *values = calloc(resolution->program.n_ops + 1, sizeof(*values));

	program_run(resolution->program.ops, resolution->program.n_ops, &input, values);
	for (size_t i = 0; i < resolution->n_values; i++)
		set_value(session, resolution->values[i].target,
			  operand_value(resolution->values[i].value, values));
	free(values);
}

/* ---- decks ---- */

/* The deck with P in the place of the parameter's value. */
static char *deck_with(const char *body, double p)
{
	struct text text = TEXT_INIT;

	text_printf(&text, "resolve\n.param p=%.15g\n%s\n.end\n", p, body);
	return text_take(&text);
}

/* Change p in the loaded circuit and in the deck: other results than before, and the same. */
static void assert_followed(struct carom_session *session, const char *body, double before,
			    double after)
{
	static const char *const params[] = {"p"};
	char *deck = deck_with(body, before);
	char *changed = deck_with(body, after);
	struct carom_circuit *circuit = import_deck(deck);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *nominal, *altered, *expected;
	struct resolution resolution;

	assert_int_equal(resolution_init(&resolution, circuit, params, 1, &err), 0);
	if (resolution.obstacle.status)
		fail_msg("%s%s", body, resolution.obstacle.text);
	nominal = run_text(session, deck);
	set_all(session, &resolution, after);
	altered = run_loaded(session);
	expected = run_text(session, changed);
	if (!(result_distance(expected, altered) < 1e-9))
		fail_msg("%sdiffers by %g", body, result_distance(expected, altered));
	if (!(result_distance(expected, nominal) > 1e-9))
		fail_msg("%s%g and %g give the same", body, before, after);
	carom_result_free(nominal);
	carom_result_free(altered);
	carom_result_free(expected);
	resolution_release(&resolution);
	carom_circuit_free(circuit);
	free(deck);
	free(changed);
}

/* ---- every kind of value ---- */

enum where { IN_ELEMENT, IN_MODEL };

struct change {
	enum where where;
	const char *param;
	double before, after;
};

static const struct change resistor_changes[] = {
	{IN_ELEMENT, "tc1", 0.001, 0.01}, {IN_ELEMENT, "tc2", 1e-05, 0.001},
	{IN_ELEMENT, "dtemp", 0, 20},     {IN_ELEMENT, "temp", 27, 60},
	{IN_ELEMENT, "m", 1, 2},          {IN_ELEMENT, "scale", 1, 3},
	{IN_ELEMENT, "ac", 1000, 3000},   {IN_ELEMENT, "noisy", 1, 0},
};

static const struct change resistor_model_changes[] = {
	{IN_MODEL, "rsh", 100, 300},      {IN_MODEL, "narrow", 1e-07, 4e-07},
	{IN_MODEL, "defw", 1e-06, 3e-06}, {IN_MODEL, "short", 1e-07, 3e-07},
	{IN_MODEL, "tnom", 27, 50},       {IN_MODEL, "kf", 1e-12, 1e-10},
};

static const struct change capacitor_changes[] = {
	{IN_ELEMENT, "tc1", 0.001, 0.01}, {IN_ELEMENT, "dtemp", 0, 20},
	{IN_ELEMENT, "temp", 27, 80},     {IN_ELEMENT, "m", 1, 2},
	{IN_ELEMENT, "scale", 1, 3},      {IN_ELEMENT, "ic", 0, 1},
};

static const struct change capacitor_model_changes[] = {
	{IN_MODEL, "cj", 0.001, 0.003},
	{IN_MODEL, "cjsw", 1e-09, 1e-07},
	{IN_MODEL, "defw", 1e-05, 3e-05},
	{IN_MODEL, "narrow", 1e-07, 1e-06},
};

static const struct change inductor_changes[] = {
	{IN_ELEMENT, "tc1", 0.001, 0.01}, {IN_ELEMENT, "dtemp", 0, 20}, {IN_ELEMENT, "m", 1, 2},
	{IN_ELEMENT, "scale", 1, 3},      {IN_ELEMENT, "ic", 0, 0.001},
};

static const struct change diode_changes[] = {
	{IN_ELEMENT, "area", 1, 3},      {IN_ELEMENT, "area", 1, 3},
	{IN_ELEMENT, "m", 1, 2},         {IN_ELEMENT, "pj", 1, 3},
	{IN_ELEMENT, "temp", 27, 60},    {IN_ELEMENT, "dtemp", 0, 30},
	{IN_MODEL, "is", 1e-14, 3e-14},  {IN_MODEL, "n", 1, 1.2},
	{IN_MODEL, "rs", 1, 10},         {IN_MODEL, "tt", 1e-09, 1e-08},
	{IN_MODEL, "cjo", 1e-12, 3e-12}, {IN_MODEL, "vj", 1, 0.7},
	{IN_MODEL, "eg", 1.11, 1.2},     {IN_MODEL, "xti", 3, 2},
	{IN_MODEL, "fc", 0.5, 0.8},      {IN_MODEL, "tnom", 27, 50},
	{IN_MODEL, "ikf", 0.001, 0.01},  {IN_MODEL, "isr", 1e-13, 1e-12},
	{IN_MODEL, "jsw", 1e-15, 1e-13}, {IN_MODEL, "cjsw", 1e-12, 3e-12},
	{IN_MODEL, "trs1", 0, 0.01},
};

static const struct change bipolar_changes[] = {
	{IN_ELEMENT, "area", 1, 3},      {IN_ELEMENT, "area", 1, 3},
	{IN_ELEMENT, "areab", 1, 3},     {IN_ELEMENT, "m", 1, 2},
	{IN_ELEMENT, "temp", 27, 60},    {IN_ELEMENT, "dtemp", 0, 30},
	{IN_MODEL, "is", 1e-15, 3e-15},  {IN_MODEL, "bf", 100, 200},
	{IN_MODEL, "nf", 1, 1.1},        {IN_MODEL, "vaf", 50, 20},
	{IN_MODEL, "ikf", 0.01, 0.001},  {IN_MODEL, "ise", 1e-14, 1e-13},
	{IN_MODEL, "var", 10, 5},        {IN_MODEL, "isc", 0, 1e-13},
	{IN_MODEL, "rb", 10, 100},       {IN_MODEL, "rbm", 5, 1},
	{IN_MODEL, "re", 1, 10},         {IN_MODEL, "rc", 5, 50},
	{IN_MODEL, "cje", 1e-12, 3e-12}, {IN_MODEL, "vje", 0.75, 0.6},
	{IN_MODEL, "mje", 0.33, 0.5},    {IN_MODEL, "tf", 1e-09, 1e-10},
	{IN_MODEL, "xtf", 1, 5},         {IN_MODEL, "ptf", 0, 30},
	{IN_MODEL, "cjc", 1e-12, 3e-12}, {IN_MODEL, "vjc", 0.75, 0.6},
	{IN_MODEL, "mjc", 0.33, 0.5},    {IN_MODEL, "xcjc", 1, 0.5},
	{IN_MODEL, "cjs", 1e-12, 3e-12}, {IN_MODEL, "xtb", 0, 1},
	{IN_MODEL, "eg", 1.11, 1.2},     {IN_MODEL, "xti", 3, 2},
	{IN_MODEL, "fc", 0.5, 0.8},      {IN_MODEL, "tnom", 27, 50},
	{IN_MODEL, "rco", 1, 10},        {IN_MODEL, "tvaf1", 0, 0.01},
	{IN_MODEL, "tbf1", 0, 0.01},     {IN_MODEL, "subs", 1, -1},
};

static const struct change mos1_changes[] = {
	{IN_ELEMENT, "l", 1e-06, 2e-06},  {IN_ELEMENT, "w", 1e-05, 2e-05},
	{IN_ELEMENT, "ad", 1e-11, 3e-11}, {IN_ELEMENT, "m", 1, 2},
	{IN_ELEMENT, "temp", 27, 60},     {IN_ELEMENT, "dtemp", 0, 30},
	{IN_MODEL, "vto", 0.7, 0.5},      {IN_MODEL, "kp", 0.0001, 0.0002},
	{IN_MODEL, "lambda", 0.02, 0.1},  {IN_MODEL, "rd", 0, 50},
	{IN_MODEL, "rs", 0, 50},          {IN_MODEL, "cbd", 1e-14, 1e-13},
	{IN_MODEL, "is", 1e-14, 1e-12},   {IN_MODEL, "pb", 0.8, 0.6},
	{IN_MODEL, "cgso", 1e-10, 1e-09}, {IN_MODEL, "cgdo", 1e-10, 1e-09},
	{IN_MODEL, "cgbo", 0, 1e-09},     {IN_MODEL, "rsh", 0, 10},
	{IN_MODEL, "cj", 0.0001, 0.001},  {IN_MODEL, "mj", 0.5, 0.3},
	{IN_MODEL, "cjsw", 1e-10, 1e-09}, {IN_MODEL, "tox", 2e-08, 1e-08},
	{IN_MODEL, "ld", 0, 1e-07},       {IN_MODEL, "tnom", 27, 50},
};

static const struct change bsim3_changes[] = {
	{IN_ELEMENT, "l", 1e-06, 2e-06},  {IN_ELEMENT, "w", 1e-05, 2e-05},
	{IN_ELEMENT, "ad", 1e-11, 3e-11}, {IN_ELEMENT, "as", 1e-11, 3e-11},
	{IN_ELEMENT, "pd", 1e-05, 3e-05}, {IN_ELEMENT, "ps", 1e-05, 3e-05},
	{IN_ELEMENT, "nrd", 1, 5},        {IN_ELEMENT, "nrs", 1, 5},
	{IN_ELEMENT, "m", 1, 2},          {IN_ELEMENT, "delvto", 0, 0.1},
	{IN_ELEMENT, "nqsmod", 0, 1},     {IN_MODEL, "vth0", 0.6, 0.5},
	{IN_MODEL, "tox", 1e-08, 8e-09},  {IN_MODEL, "u0", 400, 300},
	{IN_MODEL, "k1", 0.5, 0.6},       {IN_MODEL, "vsat", 80000.0, 100000.0},
	{IN_MODEL, "rdsw", 0, 500},       {IN_MODEL, "nch", 1e+17, 3e+17},
	{IN_MODEL, "rsh", 10, 30},        {IN_MODEL, "cj", 0.0001, 0.001},
	{IN_MODEL, "dlc", 0, 1e-08},      {IN_MODEL, "lint", 0, 1e-07},
	{IN_MODEL, "wint", 0, 1e-07},     {IN_MODEL, "mobmod", 1, 2},
	{IN_MODEL, "capmod", 3, 2},       {IN_MODEL, "cgso", 1e-10, 1e-09},
	{IN_MODEL, "tnom", 27, 50},       {IN_MODEL, "xj", 1.5e-07, 1e-07},
	{IN_MODEL, "lvth0", 0, 1e-08},
};

static const struct change bsim4_changes[] = {
	{IN_ELEMENT, "l", 2e-07, 3e-07},
	{IN_ELEMENT, "w", 2e-06, 3e-06},
	{IN_ELEMENT, "ad", 1e-11, 3e-11},
	{IN_ELEMENT, "as", 1e-11, 3e-11},
	{IN_ELEMENT, "pd", 1e-05, 3e-05},
	{IN_ELEMENT, "ps", 1e-05, 3e-05},
	{IN_ELEMENT, "nrd", 1, 5},
	{IN_ELEMENT, "nrs", 1, 5},
	{IN_ELEMENT, "m", 1, 2},
	{IN_ELEMENT, "delvto", 0, 0.1},
	{IN_ELEMENT, "mulu0", 1, 1.3},
	{IN_ELEMENT, "nf", 1, 2},
	{IN_ELEMENT, "rgatemod", 0, 1},
	{IN_ELEMENT, "rbodymod", 0, 1},
	{IN_ELEMENT, "trnqsmod", 0, 1},
	{IN_ELEMENT, "acnqsmod", 0, 1},
	{IN_MODEL, "vth0", 0.5, 0.4},
	{IN_MODEL, "toxe", 3e-09, 2.5e-09},
	{IN_MODEL, "u0", 0.04, 0.03},
	{IN_MODEL, "k1", 0.5, 0.6},
	{IN_MODEL, "vsat", 80000.0, 100000.0},
	{IN_MODEL, "rdsw", 200, 300},
	{IN_MODEL, "ndep", 1.7e+17, 2e+17},
	{IN_MODEL, "rsh", 10, 30},
	{IN_MODEL, "cjs", 0.0001, 0.001},
	{IN_MODEL, "lint", 0, 1e-08},
	{IN_MODEL, "wint", 0, 1e-08},
	{IN_MODEL, "mobmod", 0, 1},
	{IN_MODEL, "capmod", 2, 0},
	{IN_MODEL, "rdsmod", 0, 1},
	{IN_MODEL, "cgso", 1e-10, 1e-09},
	{IN_MODEL, "tnom", 27, 50},
	{IN_MODEL, "xj", 1.5e-07, 1e-07},
	{IN_MODEL, "lvth0", 0, 1e-08},
	{IN_MODEL, "toxm", 3e-09, 2.5e-09},
	{IN_MODEL, "dtox", 0, 1e-10},
};

static const struct change jfet_changes[] = {
	{IN_ELEMENT, "area", 1, 3},      {IN_ELEMENT, "m", 1, 2},
	{IN_ELEMENT, "temp", 27, 60},    {IN_ELEMENT, "dtemp", 0, 30},
	{IN_MODEL, "vto", -2, -3},       {IN_MODEL, "beta", 0.0001, 0.0002},
	{IN_MODEL, "lambda", 0.01, 0.1}, {IN_MODEL, "rd", 0, 50},
	{IN_MODEL, "rs", 0, 50},         {IN_MODEL, "cgs", 1e-12, 3e-12},
	{IN_MODEL, "pb", 1, 0.7},        {IN_MODEL, "is", 1e-14, 1e-12},
	{IN_MODEL, "b", 1, 0.8},
};

#define OP_AC_TRAN ".op\n.ac dec 3 1 1g\n.tran 1n 20n\n"
#define OP_AC_NOISE ".op\n.ac dec 1 1 10\n.noise v(2) v1 dec 1 1 10\n"
#define STEP "v1 1 0 pulse(0 1 0 1n 1n)\nr1 1 2 1k\n"
#define MOSFET "vd d 0 3\nvg g 0 1.5 ac 1\nrd d 1 1k\n"

/* A deck with places for a parameter of the element (@E) and of its model (@M). */
#define family(deck, changes)                                         \
	{                                                             \
		deck, changes, sizeof(changes) / sizeof((changes)[0]) \
	}
static const struct family {
	const char *deck;
	const struct change *changes;
	size_t n;
} families[] = {
	family(".options temp=60\nv1 1 0 1 ac 1\nr1 1 2 1k tc1=0.01@E\nr2 2 0 1k\n" OP_AC_NOISE,
	       resistor_changes),
	family(".options temp=60\nv1 1 0 1 ac 1\nr1 1 2 rm l=10u@E\n"
	       ".model rm r rsh=100 tc1=0.01@M\nr2 2 0 1k\n" OP_AC_NOISE,
	       resistor_model_changes),
	family(".options temp=50\n" STEP "c1 2 0 1n tc1=0.01@E\n.tran 1u 20u uic\n",
	       capacitor_changes),
	family(STEP "c1 2 0 cm l=30u@E\n.model cm c cj=1e-3 cjsw=1e-9@M\n.tran 1u 20u\n",
	       capacitor_model_changes),
	family(".options temp=50\n" STEP "l1 2 0 1m tc1=0.01@E\n.tran 1u 20u uic\n",
	       inductor_changes),
	family(".options temp=40\nv1 1 0 0.8 ac 1\nr1 1 2 100\nd1 2 0 dm pj=1@E\n"
	       ".model dm d is=1e-14 cjo=1p tt=1n rs=1 bv=5 jsw=1e-15@M\n" OP_AC_TRAN,
	       diode_changes),
	family(".options temp=40\nvc c 0 3\nvb b 0 0.7 ac 1\nrc c 1 1k\nrb b 2 1k\nq1 1 2 0 qm@E\n"
	       ".model qm npn is=1e-15 bf=100 cje=1p cjc=1p tf=1n vaf=50 rb=10 re=1 "
	       "rc=5@M\n" OP_AC_TRAN,
	       bipolar_changes),
	family(MOSFET
	       "m1 1 g 0 0 nm l=1u w=10u ad=10p as=10p pd=10u ps=10u nrd=1 nrs=1@E\n"
	       ".model nm nmos level=1 vto=0.7 kp=100u lambda=0.02 gamma=0.4 phi=0.6 tox=20n "
	       "cgso=1e-10 cgdo=1e-10 cj=1e-4 is=1e-14 uo=600@M\n" OP_AC_TRAN,
	       mos1_changes),
	family(MOSFET "m1 1 g 0 0 nm l=1u w=10u ad=10p as=10p pd=10u ps=10u nrd=1 nrs=1@E\n"
		      ".model nm nmos level=8 vth0=0.6 tox=1e-8 u0=400 k1=0.5 rsh=10 "
		      "cj=1e-4@M\n" OP_AC_TRAN,
	       bsim3_changes),
	family(MOSFET "m1 1 g 0 0 nm l=0.2u w=2u ad=1p as=1p pd=3u ps=3u nrd=1 nrs=1@E\n"
		      ".model nm nmos level=14 vth0=0.5 toxe=3e-9 u0=0.04 k1=0.5 rsh=10 "
		      "cjs=1e-4@M\n" OP_AC_TRAN,
	       bsim4_changes),
	family(MOSFET
	       "vg2 g2 0 -0.5 ac 1\nj1 1 g2 0 jm@E\n"
	       ".model jm njf vto=-2 beta=1e-4 lambda=0.01 cgs=1p cgd=1p is=1e-14@M\n" OP_AC_TRAN,
	       jfet_changes),
};

/* Leave out " param=..." from the text. */
static void leave_out(char *text, const char *param)
{
	char key[40];
	char *at;

	snprintf(key, sizeof(key), " %s=", param);
	while ((at = strstr(text, key)) != NULL) {
		size_t length = 1 + strcspn(at + 1, " @\n");

		memmove(at, at + length, strlen(at + length) + 1);
	}
}

static char *family_deck(const struct family *family, const struct change *change)
{
	struct text deck = TEXT_INIT;
	char *base = strdup(family->deck);

	leave_out(base, change->param);
	for (const char *s = base; *s; s++) {
		if (*s != '@') {
			text_append_char(&deck, *s);
			continue;
		}
		s++;
		if ((*s == 'E') == (change->where == IN_ELEMENT))
			text_printf(&deck, " %s={p}", change->param);
	}
	free(base);
	return text_take(&deck);
}

static void every_parameter_set_in_place_gives_the_reloaded_result(void **state)
{
	size_t n = 0;

	for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
		for (size_t j = 0; j < families[i].n; j++, n++) {
			const struct change *change = &families[i].changes[j];
			char *deck = family_deck(&families[i], change);

			assert_followed(*state, deck, change->before, change->after);
			free(deck);
		}
	}
	print_message("# %zu parameters\n", n);
}

#define WAVE "v1 1 0 sin(0 1 1meg)\n"
#define LOAD "r2 2 0 1k\n.op\n"

static void main_values_and_other_elements_are_followed(void **state)
{
	static const struct {
		const char *deck;
		double before, after;
	} rows[] = {
		{"v1 1 0 1\nr1 1 2 {p}\n" LOAD, 1e3, 2e3},
		{"v1 1 0 1\nr1 1 2 r={2*p}\n" LOAD, 1e3, 2e3},
		{"v1 1 0 1\nr1 1 2 p\n" LOAD, 1e3, 2e3},
		{STEP "c1 2 0 {p}\n.tran 1u 20u\n", 1e-9, 3e-9},
		{STEP "l1 2 0 {p}\n.tran 1u 20u\n", 1e-3, 3e-3},
		{STEP "l1 2 0 lm\n.model lm l ind={p}\n.tran 1u 20u\n", 1e-3, 3e-3},
		{"v1 1 0 {p}\nr1 1 2 1k\n" LOAD, 1, 2},
		{"v1 1 0 dc {p} ac 1\nr1 1 2 1k\n" LOAD, 1, 2},
		{"v1 1 0 dc={p} ac 1\nr1 1 2 1k\n" LOAD, 1, 2},
		{"v1 1 0 1 ac {p}\nr1 1 2 1k\nr2 2 0 1k\n.ac dec 1 1 10\n", 1, 2},
		{"v1 1 0 dc {p} sin(0 1 1meg)\nr1 1 2 1k\n" LOAD ".tran 10n 2u\n", 1, 2},
		{"i1 0 2 {p}\n" LOAD, 1e-3, 2e-3},
		{"i1 0 2 1m m={p}\n" LOAD, 1, 2},
		{"v1 1 0 1\ne1 2 0 1 0 {p}\n" LOAD, 2, 3},
		{"v1 1 0 1\ne1 2 0 1 0 gain={p}\n" LOAD, 2, 3},
		{"v1 1 0 1\ng1 2 0 1 0 {p}\n" LOAD, 2, 3},
		{"v1 1 0 1\nr1 1 0 1k\nf1 2 0 v1 {p}\n" LOAD, 2, 3},
		{"v1 1 0 1\nr1 1 0 1k\nh1 2 0 v1 {p}\n" LOAD, 2, 3},
		{WAVE "r1 1 2 10\nl1 2 0 1u\nl2 3 0 1u\nk1 l1 l2 {p}\nr2 3 0 50\n.tran 10n 2u\n",
		 0.5, 0.9},
		{WAVE "r1 1 2 10\nl1 2 0 {p}\nl2 3 0 1u\nk1 l1 l2 0.5\nr2 3 0 50\n.tran 10n 2u\n",
		 1e-6, 4e-6},
		{WAVE "v2 3 0 1\ns1 3 2 1 0 sm\n.model sm sw ron={p} vt=0.3\nr2 2 0 1k\n"
		      ".tran 10n 2u\n",
		 1, 10},
		{WAVE "v2 3 0 1\ns1 3 2 1 0 sm\n.model sm sw vt={p}\nr2 2 0 1k\n.tran 10n 2u\n",
		 0.5, 0.2},
		{WAVE "r1 1 0 1k\nv2 3 0 1\nw1 3 2 v1 wm\n.model wm csw ron={p} it=0.1m\n"
		      "r2 2 0 1k\n.tran 10n 2u\n",
		 1, 10},
		{STEP "t1 2 0 3 0 z0={p} td=1n\nr2 3 0 100\n.tran .1n 20n\n", 50, 75},
		{STEP "t1 2 0 3 0 z0=50 td={p}\nr2 3 0 100\n.tran .1n 20n\n", 1e-9, 3e-9},
		{STEP "o1 2 0 3 0 om\n.model om ltra r={p} l=250n c=100p len=0.1\nr2 3 0 100\n"
		      ".tran .1n 20n\n",
		 10, 20},
		{STEP "u1 2 3 0 um l={p}\n.model um urc k=2 fmax=1g rperl=1k cperl=1p\n"
		      "r2 3 0 100\n.tran .1n 20n\n",
		 1, 2},
		{MOSFET "vn n 0 -0.5\nz1 1 n 0 zm\n.model zm nmf vto={p} beta=1e-4\n.op\n", -2, -3},
		{MOSFET "m1 1 g 0 vm\n.model vm vdmos nchan vto={p} kp=1\n.op\n", 1, 1.2},
		{"v1 1 0 1\na1 1 2 am\n.model am gain(gain={p})\n" LOAD, 2, 3},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_followed(*state, rows[i].deck, rows[i].before, rows[i].after);
}

/* ---- ways ---- */

static void a_change_is_followed_through_parameters_functions_and_instances(void **state)
{
	assert_followed(
		*state,
		"v1 1 0 1\n.param q={p*2} r='q+1k'\n.func f(x) {x*r}\nr1 1 2 {f(0.5)}\n" LOAD, 100,
		200);
	assert_followed(*state, "v1 1 0 1\n.func f(x) {x*p} + '0.5' k\nr1 1 2 {f(0.5)}\n" LOAD, 100,
			200);
	assert_followed(*state,
			"v1 1 0 1\n.subckt s a b r=1k\n.param q={r*2}\nr1 a b {q}\n.ends\n"
			"x1 1 2 s r={p*2}\nx2 2 0 s\n.op\n",
			100, 200);
	assert_followed(*state,
			"v1 1 0 1\n.subckt s a b\nr1 a b {p}\n.ends\n.subckt t a b p=5\n"
			"x1 a b s\n.ends\nx1 1 2 t\nx2 2 3 t p={2*p}\nx3 3 0 s\n.op\n",
			100, 200);
	assert_followed(*state,
			"v1 1 0 1\n.subckt s a b is=1e-14\nd1 a b dm\nd2 a b dm\n"
			".model dm d is={is*2}\n.ends\n.subckt t a b k=1\nx1 a b s is={k*1e-14}\n"
			".ends\nx1 1 2 t k={p}\nx2 2 3 t\nr1 3 0 100\n.op\n",
			1, 2);
	assert_followed(*state,
			"v1 1 0 1\n.model dm d is={p*1e-14}\n.subckt s a b\nd1 a b dm\n.ends\n"
			"x1 1 2 s\nx2 2 3 s\nr1 3 0 100\n.op\n",
			1, 2);
}

static void a_change_reaches_the_bin_that_the_transistor_has(void **state)
{
	static const char deck[] = MOSFET
		"m1 1 g 0 0 nm w=2u l={0.5u*2}\n"
		".model nm.1 nmos level=14 lmin=0.1u lmax=0.5u wmin=1u wmax=5u vth0={p*2}\n"
		".model nm.2 nmos level=14 lmin=0.5u lmax=2u wmin=1u wmax=5u vth0={p}\n.op\n";

	assert_followed(*state, deck, 0.5, 0.6);
}

/* ---- a process design kit ---- */

static void import_ring(struct carom_circuit **circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char path[4096];

	snprintf(path, sizeof(path), "%s/../shared/pdk/ring.cir", getenv("CAROM_SRCDIR"));
	carom_circuit_import_file(circuit, path, NULL, &err);
	assert_ok(&err);
}

static struct carom_result *run_circuit(struct carom_session *session,
					const struct carom_circuit *circuit)
{
	struct carom_error err = CAROM_ERROR_INIT;

	assert_int_equal(carom_session_load(session, circuit, &err), 0);
	assert_ok(&err);
	return run_loaded(session);
}

static void a_parameter_of_a_process_reaches_its_transistors(void **state)
{
	static const char *const params[] = {"sky130_fd_pr__nfet_01v8__vth0_slope_spectre"};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_result *nominal, *altered, *expected;
	struct resolution resolution;
	struct carom_circuit *circuit;
	char path[4096];
	(void)state;

	snprintf(path, sizeof(path), "%s/../shared/pdk", getenv("CAROM_SRCDIR"));
	if (access(path, R_OK) != 0) {
		print_message("# the kit does not come with the source: nothing was tested\n");
		return;
	}
	import_ring(&circuit);
	assert_int_equal(resolution_init(&resolution, circuit, params, 1, &err), 0);
	assert_int_equal(resolution.obstacle.status, 0);
	assert_int_equal(resolution.n_values, 5);
	nominal = run_circuit(*state, circuit);
	set_all(*state, &resolution, 0.5);
	altered = run_loaded(*state);
	assert_int_equal(carom_circuit_set_param(circuit, params[0], 0.5, &err), 0);
	expected = run_circuit(*state, circuit);
	assert_true(result_distance(expected, altered) < 1e-9);
	assert_true(result_distance(expected, nominal) > 1e-6);
	carom_result_free(nominal);
	carom_result_free(altered);
	carom_result_free(expected);
	resolution_release(&resolution);
	carom_circuit_free(circuit);
}

#define live(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		live(every_parameter_set_in_place_gives_the_reloaded_result),
		live(main_values_and_other_elements_are_followed),
		live(a_change_is_followed_through_parameters_functions_and_instances),
		live(a_change_reaches_the_bin_that_the_transistor_has),
		live(a_parameter_of_a_process_reaches_its_transistors),
	};

	return run_all_tests(tests);
}
