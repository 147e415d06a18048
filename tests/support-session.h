/* SPDX-License-Identifier: BSD-3-Clause */
/* Sessions in tests: decks, and steps that succeed or fail the test with the error's text. */
#ifndef TESTS_SUPPORT_SESSION_H
#define TESTS_SUPPORT_SESSION_H

#include "carom-session.h"
#include "support.h"

extern const char divider[];     /* 10 V over r1 and r2, 1 kohm each; op */
extern const char lowpass[];     /* r1 c1; ac of 41 points, tran */
extern const char transformer[]; /* l1 and l2 coupled, rload; tran: a circuit with a hazard */

/* The source of the deck is "deck.cir". */
struct carom_circuit *import_deck(const char *text);
int load_deck_text(struct carom_session *session, const char *text, struct carom_error *err);

struct carom_session *open_session(const struct carom_session_options *options);
void load_deck(struct carom_session *session, const char *text);
void set_value(struct carom_session *session, const char *target, double value);
struct carom_result *run_loaded(struct carom_session *session);
const struct carom_vector *find_vector(const struct carom_result *result, const char *plot,
				       const char *name);
/* Run and read one value of the operating point. */
double run_op(struct carom_session *session, const char *name);

double op_voltage(const struct carom_result *result, const char *net);

/* One unit of the last of the 16 digits that ngspice prints, and its own way to read them back. */
bool is_printed_same(double got, double expected);

/*
 * The largest difference of two numbers of two results, relative to the largest of their vector;
 * infinite if b has not all that a has.
 */
double result_distance(const struct carom_result *a, const struct carom_result *b);

#endif
