/* SPDX-License-Identifier: BSD-3-Clause */
/* A circuit that is edited and brought in line simulates as the edited circuit loaded afresh. */
#include <stdio.h>

#include "support-update.h"

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
	for (size_t i = 0; i < n_subjects; i++) {
		for (size_t j = 0; j < count_knobs(&subjects[i]); j++)
			try_knob(*state, &subjects[i], &subjects[i].knobs[j]);
	}
}

/* ---- many at random ---- */

static double random_factor(void)
{
	return 0.7 + 0.6 * (double)(random_bits() >> 11) / 9007199254740992.0;
}

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
	for (size_t i = 0; i < n_subjects; i++) {
		struct carom_circuit *circuit = import_deck(subjects[i].deck);

		load(*state, circuit);
		for (int round = 0; round < 12; round++) {
			play(*state, &subjects[i], circuit);
			assert_in_line(*state, circuit, subjects[i].name);
		}
		carom_circuit_free(circuit);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_number_is_set_as_a_fresh_load_would),
		CASE(random_edits_are_followed),
	};

	return run_all_on_both_levels(tests);
}
