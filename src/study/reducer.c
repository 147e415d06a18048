/* SPDX-License-Identifier: BSD-3-Clause */
/* The reducers of measurements for hosts: how they are written and what they give. */
#include <stdio.h>

#include "base/error.h"
#include "base/text.h"
#include "carom-study.h"
#include "sim/measure.h"

CAROM_API size_t carom_reducer_count(void)
{
	return MEASURE_N_REDUCERS;
}

CAROM_API int carom_reducer(size_t index, struct carom_reducer *reducer, struct carom_error *err)
{
	struct text usage = TEXT_INIT;
	const struct measure_rule *rule;

	if (index >= MEASURE_N_REDUCERS)
		return carom_fail(err, CAROM_ERROR_NOT_FOUND, "there is no reducer number %zu",
				  index);
	rule = measure_rule((enum measure_reducer)index);
	measure_rule_usage(rule, &usage);
	if (usage.failed) {
		text_release(&usage);
		return carom_fail_memory(err);
	}
	*reducer = (struct carom_reducer){
		.name = rule->name, .help = rule->help, .example = rule->example};
	snprintf(reducer->usage, sizeof(reducer->usage), "%s", text_string(&usage));
	text_release(&usage);
	return 0;
}
