/* SPDX-License-Identifier: BSD-3-Clause */
/* Jobs for tests: decks with "*carom" statements, resolved. */
#ifndef TESTS_SUPPORT_JOB_H
#define TESTS_SUPPORT_JOB_H

#include "study/job.h"
#include "support.h"

/* What most decks end with, and some of them. */
#define AN_OP ".op\n*carom measure top final(v(a))\n"
#define A_DIVIDER "t\nv1 a 0 2\nr1 a b 1k\nr2 b 0 3k\n" AN_OP
#define TWO_INSTANCES                                                  \
	"t\nv1 a 0 1\n.subckt part p q\nr1 p n 1k\nr2 n q 2k\n.ends\n" \
	"x1 a 0 part\nx2 a 0 part\n" AN_OP
#define TWO_TRANSISTORS                                      \
	"t\nv1 a 0 5\nr1 a c 1k\nq1 c a 0 qn\nq2 c a 0 qn\n" \
	".model qn npn(bf=100 is=1e-15)\n" AN_OP

/* The job of the deck, which is called "t.cir"; the case fails if it cannot be made. */
#define resolve_deck(text, route) support_resolve((text), (route), __FILE__, __LINE__)
struct job *support_resolve(const char *text, enum carom_route route, const char *file, int line);

/* Making the job fails, with this message in full ("t.cir:3:12: ..."). */
#define assert_job_refused(text, route, status, message) \
	support_assert_job_refused((text), (route), (status), (message), __FILE__, __LINE__)
void support_assert_job_refused(const char *text, enum carom_route route, enum carom_status status,
				const char *message, const char *file, int line);

/* They are in the job, or the case fails. */
const struct job_variable *variable_called(const struct job *job, const char *name);
const struct job_measure *measure_called(const struct job *job, const char *name);

/* How the variable is set. */
void assert_target(const struct job *job, const char *name, const char *target, bool is_model);

/* The first line of the deck that begins so; the case fails if there is none. */
const struct job_line *line_beginning(const struct job *job, const char *beginning);

/* The bytes of a slot are these. */
#define assert_slot(job, entry, expected)                                                         \
	support_assert_slot((job), (entry)->slot_line, (entry)->slot_begin, (entry)->slot_length, \
			    (expected), __FILE__, __LINE__)
void support_assert_slot(const struct job *job, uint32_t line, uint32_t begin, uint32_t length,
			 const char *expected, const char *file, int at);

#endif
