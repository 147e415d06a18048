/* SPDX-License-Identifier: BSD-3-Clause */
/* Edits of loaded circuits in tests: decks, the numbers to turn, and steps that succeed or fail. */
#ifndef TESTS_SUPPORT_UPDATE_H
#define TESTS_SUPPORT_UPDATE_H

#include "support-session.h"

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

extern const struct subject subjects[];
extern const size_t n_subjects;

const struct subject *subject_called(const char *name);
size_t count_knobs(const struct subject *subject);

/* Set the number to factor times what it is in the deck (but a level, which stays). */
void turn(struct carom_circuit *circuit, const struct knob *knob, double factor);

void load(struct carom_session *session, const struct carom_circuit *circuit);
struct carom_circuit *load_new(struct carom_session *session, const char *deck);
struct carom_update update(struct carom_session *session, const struct carom_circuit *circuit);

/* What is loaded now simulates as the circuit does; which is loaded afterwards. */
void assert_in_line(struct carom_session *session, const struct carom_circuit *circuit,
		    const char *what);

#endif
