/* SPDX-License-Identifier: BSD-3-Clause */
/* Telling by the letters of its elements whether a circuit may need code models. */
#include "study/code-models.h"

#include <ctype.h>
#include <string.h>

static bool is_left_out;

bool code_models_are_needed(const struct job *job)
{
	if (job->is_trusted)
		return true;
	for (size_t i = 1; i < job->n_lines; i++) { /* line 0 is the title */
		const char *text = job->lines[i].text;
		int letter = tolower((unsigned char)text[strspn(text, " \t")]);

		if (letter && strchr("aefghnu", letter))
			return true;
	}
	return false;
}

void code_models_leave_out(bool leave_out)
{
	is_left_out = leave_out;
}

bool code_models_are_left_out(void)
{
	return is_left_out;
}
