/* SPDX-License-Identifier: BSD-3-Clause */
/* Bins as the real libngspice selects them, in circuits sent whole and in part. */
#include <stdio.h>
#include <string.h>

#include "circuit/evaluate.h"
#include "support-ng.h"
#include "support-session.h"

/* ---- the rule ---- */

/* A grid with a gap, an overlap and limits that are expressions; each bin of its own threshold. */
static const char *const bins[] = {
	"vth0=0.30 lmin=1u lmax=2u wmin=1u wmax=2u",
	"vth0=0.35 lmin=2u lmax=4u wmin=1u wmax=2u",
	"vth0=0.40 lmin=1u lmax=2u wmin=2u wmax={wide}",
	"vth0=0.45 lmin=2u lmax=3.9u wmin=2u wmax={wide}",
	"vth0=0.50 lmin=1.5u lmax=4u wmin=1.5u wmax=8u",
};

enum { N_BINS = sizeof(bins) / sizeof(bins[0]) };

static void print_bin(char **end, const char *name, const char *params)
{
	*end += sprintf(*end, ".model %s nmos level=14 version=4.5 %s\n", name, params);
}

/* On limits, within a nanometre of them, beyond it, and anywhere. */
static double random_length(void)
{
	static const double limits[] = {1e-6, 1.5e-6, 2e-6, 3.9e-6, 4e-6, 8e-6};
	static const double distances[] = {0, 0.9e-9, -0.9e-9, 1.1e-9, -1.1e-9, 0.2e-6};

	return limits[random_bits() % 6] + distances[random_bits() % 6];
}

/* A deck with a transistor of some size, but for the models of "n". */
static void print_transistor(char *deck, size_t size)
{
	static const char *const fingers[] = {"", " nf=2", " nf=3"};
	static const char *const wnflags[] = {"", "", " wnflag", " wnflag=0", " wnflag=1"};
	const char *nf = fingers[random_bits() % 3], *wnflag = wnflags[random_bits() % 5];
	double unit = random_bits() % 4 == 0 ? 1e-6 : 1;
	double w = random_length() / unit, l = random_length() / unit;

	snprintf(deck, size,
		 "t\n.options noacct%s%s\nvd d 0 1\nvg g 0 1.2\nx1 d g s w=%.9g\n"
		 ".subckt s d g w=1 k=1\nm1 d g 0 0 n w={w*k} l=%.9g%s\n.ends\n"
		 ".param wide=4u\n.op\n",
		 unit < 1 ? " scale=1u" : "", wnflag, w, l, nf);
}

/* Returns 0 with the drain current, or the error of the load. */
static int simulate(struct carom_session *session, const char *deck, double *current)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int status = load_deck_text(session, deck, &err);

	if (status == 0)
		*current = run_op(session, "vd#branch");
	return status;
}

/* Index of the bin that the circuit says the transistor has; N_BINS if it says none. */
static size_t predict(const char *deck)
{
	struct carom_circuit *circuit = import_deck(deck);
	const struct carom_circuit *where;
	const struct model *model;
	size_t bin = N_BINS;

	if (circuit_find_model_of(circuit, "x1.m1", &where, &model, NULL) == 0)
		bin = (size_t)(model - where->models);
	carom_circuit_free(circuit);
	return bin;
}

/* All bins, in their order or the other way round. */
static void print_bins(char *end, bool is_backwards)
{
	char name[8];

	for (size_t i = 0; i < N_BINS; i++) {
		size_t bin = is_backwards ? N_BINS - 1 - i : i;

		snprintf(name, sizeof(name), "n.%zu", bin + 1);
		print_bin(&end, name, bins[bin]);
	}
}

/* The deck with all bins, and with the one that is predicted, as the only model. */
static size_t check_rule(struct carom_session *whole, const char *transistor)
{
	char deck[2000], *end = deck + sprintf(deck, "%s", transistor);
	bool takes_last = is_version_since(carom_session_version(whole), 42);
	double current = 0, expected = 1;
	size_t bin;

	print_bins(end, false);
	bin = predict(deck);
	print_bins(end, takes_last); /* so that the first is the last */
	if (bin == N_BINS) {
		assert_int_not_equal(simulate(whole, deck, &current), 0);
		return bin;
	}
	assert_int_equal(simulate(whole, deck, &current), 0);
	end = deck + sprintf(deck, "%s", transistor);
	print_bin(&end, "n", bins[bin]);
	assert_int_equal(simulate(whole, deck, &expected), 0);
	if (memcmp(&current, &expected, sizeof(current)) != 0)
		print_error("not bin %zu:\n%s", bin + 1, transistor);
	assert_same_bits(current, expected);
	return bin;
}

static void the_rule_is_that_of_ngspice(void **state)
{
	const struct carom_session_options options = {.size = sizeof(options), .sends_all = true};
	struct carom_session *whole = open_session(&options);
	unsigned n_met[N_BINS + 1] = {0};
	char transistor[1000];

	(void)state;
	for (int i = 0; i < 300; i++) {
		print_transistor(transistor, sizeof(transistor));
		n_met[check_rule(whole, transistor)]++;
	}
	carom_session_close(whole);
	for (size_t i = 0; i <= N_BINS; i++)
		assert_true(n_met[i] > 0);
}

/* Of what is loaded in part the same bin is selected, or the same error comes. */
static void a_part_of_the_bins_is_enough(void **state)
{
	const struct carom_session_options options = {.size = sizeof(options), .sends_all = true};
	double currents[2] = {0, 1};
	char deck[2000];

	(void)state;
	for (int i = 0; i < 150; i++) {
		struct carom_session *session;
		int status;

		print_transistor(deck, sizeof(deck));
		print_bins(deck + strlen(deck), false);
		session = open_session(&options);
		status = simulate(session, deck, &currents[0]);
		carom_session_close(session);
		session = open_session(NULL);
		assert_int_equal(simulate(session, deck, &currents[1]), status);
		carom_session_close(session);
		if (status == 0)
			assert_same_bits(currents[0], currents[1]);
	}
}

/* ---- sizes that change ---- */

static const char two_bins[] =
	"t\nvd d 0 1\nvg g 0 1.2\nm1 d g 0 0 n w=1.5u l=1.5u\nrload d 0 1meg\n"
	".model n.1 nmos level=14 version=4.5 vth0=0.3 lmin=1u lmax=2u wmin=1u wmax=2u\n"
	".model n.2 nmos level=14 version=4.5 vth0=0.5 lmin=2u lmax=4u wmin=1u wmax=2u\n"
	".op\n.end\n";

static const char other_bin[] =
	"t\nvd d 0 1\nvg g 0 1.2\nm1 d g 0 0 n w=1.5u l=3u\nrload d 0 1meg\n"
	".model n nmos level=14 version=4.5 vth0=0.5\n.op\n.end\n";

/* Counts the notes of the session's own. */
static void count_notes(void *arg, enum carom_log_level level, const char *line)
{
	int *n = arg;

	*n += level == CAROM_LOG_NOTE && strstr(line, "is loaded anew with all of them") != NULL;
}

static double current_with(struct carom_session *session, const char *deck)
{
	load_deck(session, deck);
	return run_op(session, "vd#branch");
}

static void a_size_has_the_bins_loaded_that_were_left_out(void **state)
{
	int n_notes = 0;
	const struct carom_session_options options = {
		.size = sizeof(options), .log = count_notes, .log_arg = &n_notes};
	struct carom_session *session = open_session(&options);
	double small, other;

	(void)state;
	other = current_with(session, other_bin);
	set_value(session, "m1:l", 3e-6); /* it has no bins */
	small = current_with(session, two_bins);
	assert_int_equal(n_notes, 0);
	set_value(session, "m1:l", 3e-6);
	assert_int_equal(n_notes, 1);
	assert_double_equal(run_op(session, "vd#branch"), other, 1e-9, 0);
	set_value(session, "m1:l", 1.5e-6);
	assert_double_equal(run_op(session, "vd#branch"), small, 1e-9, 0);
	assert_int_equal(n_notes, 1);
	carom_session_close(session);
}

static void what_was_set_before_is_set_in_all_bins_too(void **state)
{
	struct carom_session *session = open_session(NULL);
	double expected;

	(void)state;
	load_deck(session, other_bin);
	set_value(session, "rload", 3e3);
	set_value(session, "vd", 1.1);
	expected = run_op(session, "vd#branch");
	load_deck(session, two_bins);
	set_value(session, "rload", 2e3);
	set_value(session, "rload", 3e3);
	run_op(session, "vd#branch");
	set_value(session, "vd", 1.1);
	set_value(session, "m1:l", 3e-6);
	assert_double_equal(run_op(session, "vd#branch"), expected, 1e-9, 0);
	carom_session_close(session);
}

static void bins_that_cannot_be_loaded_leave_no_circuit(void **state)
{
	static const char bad_bin[] =
		"t\nvd d 0 1\nvg g 0 1.2\nm1 d g 0 0 n w=1.5u l=1.5u\n"
		".model n.1 nmos level=14 version=4.5 vth0=0.3 lmin=1u lmax=2u wmin=1u wmax=2u\n"
		".model n.2 nmos level=14 version=4.5 vth0={none} lmin=2u lmax=4u wmin=1u wmax=2u\n"
		".op\n.end\n";
	struct carom_session *session = open_session(NULL);
	struct carom_error err = CAROM_ERROR_INIT;

	(void)state;
	current_with(session, bad_bin);
	assert_int_not_equal(carom_session_alter(session, "m1:l", 3e-6, &err), 0);
	assert_int_equal(err.line, 6);
	assert_int_equal(carom_session_alter(session, "m1:l", 3e-6, NULL), CAROM_ERROR_STATE);
	current_with(session, two_bins);
	carom_session_close(session);
}

static void an_update_loads_the_bins_that_an_edited_circuit_has(void **state)
{
	struct carom_session *session = open_session(NULL);
	struct carom_circuit *circuit = import_deck(two_bins);
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_update update;
	double expected;

	(void)state;
	expected = current_with(session, other_bin);
	carom_session_load(session, circuit, &err);
	carom_element_set_param(circuit, carom_circuit_find_element(circuit, "m1"), "l", 3e-6,
				&err);
	carom_session_update(session, circuit, &update, &err);
	assert_ok(&err);
	assert_true(update.was_reloaded);
	assert_string_equal(
		update.reason,
		"deck.cir:4: m1: a parameter of an element whose size selects its model "
		"is not set in a loaded circuit");
	assert_double_equal(run_op(session, "vd#branch"), expected, 1e-9, 0);
	carom_circuit_free(circuit);
	carom_session_close(session);
}

static void with_all_bins_a_size_selects_another(void **state)
{
	const struct carom_session_options options = {.size = sizeof(options), .sends_all = true};
	struct carom_session *session = open_session(&options);
	double expected;

	(void)state;
	load_deck(session, other_bin);
	expected = run_op(session, "vd#branch");
	load_deck(session, two_bins);
	run_op(session, "vd#branch");
	set_value(session, "m1:l", 3e-6);
	assert_double_equal(run_op(session, "vd#branch"), expected, 1e-9, 0);
	carom_session_close(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_rule_is_that_of_ngspice),
		cmocka_unit_test(a_part_of_the_bins_is_enough),
		cmocka_unit_test(a_size_has_the_bins_loaded_that_were_left_out),
		cmocka_unit_test(what_was_set_before_is_set_in_all_bins_too),
		cmocka_unit_test(bins_that_cannot_be_loaded_leave_no_circuit),
		cmocka_unit_test(an_update_loads_the_bins_that_an_edited_circuit_has),
		cmocka_unit_test(with_all_bins_a_size_selects_another),
	};

	return run_all_tests(tests);
}
