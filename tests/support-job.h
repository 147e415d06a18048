/* SPDX-License-Identifier: BSD-3-Clause */
/* Jobs for tests: decks with "*carom" statements, resolved. */
#ifndef TESTS_SUPPORT_JOB_H
#define TESTS_SUPPORT_JOB_H

#include "study/job.h"
#include "support.h"

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

/* The first line of the deck that begins so; the case fails if there is none. */
const struct job_line *line_beginning(const struct job *job, const char *beginning);

/* The bytes of a slot are these. */
#define assert_slot(job, entry, expected)                                                         \
	support_assert_slot((job), (entry)->slot_line, (entry)->slot_begin, (entry)->slot_length, \
			    (expected), __FILE__, __LINE__)
void support_assert_slot(const struct job *job, uint32_t line, uint32_t begin, uint32_t length,
			 const char *expected, const char *file, int at);

#endif
