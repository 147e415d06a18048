/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * "Warning: Model issue on line 5 :", where the line is ngspice's own; the beginning of the card;
 * "unrecognized parameter (nix) - ignored", perhaps several of them.
 */
#include "model-issue.h"

#include <stdio.h>
#include <string.h>

/* Of a code model's parameter ngspice complains of the value and of nothing, too. */
static bool names_parameter(const char *line)
{
	const char *open = strchr(line, '(');

	return strstr(line, "ignored") && (!open || (open[1] | 0x20) >= 'a');
}

void model_issue_take(struct model_issue *issue, enum carom_log_level level, const char *line,
		      const char *deck)
{
	static const char heading[] = "Warning: Model issue";

	if (strncmp(line, heading, sizeof(heading) - 1) == 0) {
		*issue = (struct model_issue){.is_begun = true};
	} else if (level != CAROM_LOG_TEXT) {
		issue->is_begun = false;
	} else if (issue->is_begun && !issue->card[0]) {
		strncat(issue->card, line + strspn(line, " "), sizeof(issue->card) - 1);
	} else if (issue->is_begun && names_parameter(line)) {
		if (strncmp(line, "MIF: ", 5) == 0)
			line += 5;
		fprintf(stderr, "%s: warning: %s %s\n", deck, issue->card, line);
	}
}
