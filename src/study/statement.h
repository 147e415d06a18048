/* SPDX-License-Identifier: BSD-3-Clause */
/* The words of a statement, read into what they say. */
#ifndef STUDY_STATEMENT_H
#define STUDY_STATEMENT_H

#include "study/phrase.h"
#include "study/study.h"

/*
 * Read one statement.  The target needs no initialisation; it is to be released if 0 is returned.
 * Errors say where in the phrase the offending word stands.
 */
int study_vary_parse(struct study_vary *vary, const struct phrase *phrase,
		     const struct distribution_files *files, struct carom_error *err);
int study_measure_parse(struct study_measure *measure, const struct phrase *phrase,
			struct carom_error *err);
int study_spec_parse(struct study_spec *spec, const struct phrase *phrase, struct carom_error *err);
int study_correlate_parse(struct study_correlate *correlate, const struct phrase *phrase,
			  struct carom_error *err);
int study_step_parse(struct study_step *step, const struct phrase *phrase, struct carom_error *err);
int study_corner_parse(struct study_corner *corner, const struct phrase *phrase,
		       struct carom_error *err);

/* A statement has one or more of them; the list is to be freed if 0 is returned. */
int study_keep_parse(struct study_keep **list, size_t *n, const struct phrase *phrase,
		     struct carom_error *err);

/* "ac", "noise2": an analysis of ngspice, with the number of the plot where there are several. */
bool statement_is_analysis(const char *word, size_t length);

/*
 * A name is an array of the store and may be an argument of a later measurement, where one that
 * begins like a number would be taken for the number.  word: where it stands in the phrase.
 */
int study_measure_check_name(const struct phrase *phrase, const char *word, const char *name,
			     struct carom_error *err);

/* "NAME", "NAME lower", "NAME upper"; "never": of no measure.  What was said before is dropped. */
int study_importance_parse(struct study_importance *importance, const struct phrase *phrase,
			   struct carom_error *err);

void study_vary_release(struct study_vary *vary);
void study_measure_release(struct study_measure *measure);
void study_spec_release(struct study_spec *spec);
void study_correlate_release(struct study_correlate *correlate);
void study_step_release(struct study_step *step);
void study_corner_release(struct study_corner *corner);
void study_keep_release(struct study_keep *keep);
void study_importance_release(struct study_importance *importance);

/* False when out of memory.  Whoever has a place frees its source. */
bool place_init(struct place *place, const struct phrase *phrase);

#endif
