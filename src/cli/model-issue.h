/* SPDX-License-Identifier: BSD-3-Clause */
/* What ngspice ignores of a model, which it tells in three lines of its output or more. */
#ifndef CLI_MODEL_ISSUE_H
#define CLI_MODEL_ISSUE_H

#include "carom-session.h"

struct model_issue {
	bool is_begun; /* its heading was there, */
	char card[96]; /* and the beginning of the card; "" before */
};

/* Take note of a line; prints a warning for each that says what is ignored. */
void model_issue_take(struct model_issue *issue, enum carom_log_level level, const char *line,
		      const char *deck);

#endif
