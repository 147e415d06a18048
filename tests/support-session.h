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
int load_trusted_text(struct carom_session *session, const char *text, struct carom_error *err);

/* Isolated if the case at hand is run so, whatever the options (NULL: none) say. */
struct carom_session *open_session(const struct carom_session_options *options);
bool is_isolated_case(void);

/*
 * In main, instead of run_all_tests: run an array of tests with sessions in this process, then with
 * isolated ones, and then an array of tests that are about one of both.
 */
#define run_on_both_levels(both, one)                                       \
	support_run_levels((both), sizeof(both) / sizeof((both)[0]), (one), \
			   sizeof(one) / sizeof((one)[0]))
#define run_all_on_both_levels(both) \
	support_run_levels((both), sizeof(both) / sizeof((both)[0]), NULL, 0)
int support_run_levels(const struct CMUnitTest *both, size_t n_both, const struct CMUnitTest *one,
		       size_t n_one);

void load_deck(struct carom_session *session, const char *text);
void set_value(struct carom_session *session, const char *target, double value);
struct carom_result *run_loaded(struct carom_session *session);
struct carom_result *run_with(struct carom_session *session,
			      const struct carom_run_options *options);
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
