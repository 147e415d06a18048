/* SPDX-License-Identifier: BSD-3-Clause */
/* Statements taken into a study, which is left as it was if one is refused. */
#ifndef STUDY_STUDY_SAY_H
#define STUDY_STUDY_SAY_H

#include "study/phrase.h"
#include "study/study.h"

/* keyword: what the phrase is behind, "vary"; NULL: its first word is the keyword. */
int study_say(struct carom_study *study, const char *keyword, const struct phrase *phrase,
	      struct carom_error *err);

/* Takes the measure, in the place of one of the same name. */
int study_put_measure(struct carom_study *study, struct study_measure *measure,
		      struct carom_error *err);

#endif
