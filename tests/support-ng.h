/* SPDX-License-Identifier: BSD-3-Clause */
/* Sessions and decks for the tests of the plugin. */
#ifndef TESTS_SUPPORT_NG_H
#define TESTS_SUPPORT_NG_H

#include "ng-session.h"
#include "support.h"

/* Open a session in this process or fail the test; options may be NULL. */
struct ng_session *start_ng(const struct ng_options *options);
void stop_ng(struct ng_session *session);

/* Load the lines of text (separated by "\n"); the text begins with the title, .end is added. */
int load_ng(struct ng_session *session, const char *text, struct carom_error *err);

/*
 * A low-pass of r1 and c1 with a diode at its output "out", in a session that sees points.  analyses:
 * further lines of its deck.
 */
struct ng_session *start_clipper(void);
void load_clipper(struct ng_session *session, const char *analyses);

/* Load and run, or fail the test. */
void run_ng(struct ng_session *session, const char *text);

/* Value number i of an expression in the current plot (its real part), or fail the test. */
double ng_value(struct ng_session *session, const char *expression, size_t i);

/* Is ngspice's version, as sessions tell it ("39"), this one or later? */
bool is_version_since(const char *version, double first);

/* The error has this status and its text contains these words, or fail the test with it. */
void assert_ng_error(const struct carom_error *err, enum carom_status status, const char *words);

#endif
