/* SPDX-License-Identifier: BSD-3-Clause */
/* Bridges between analog and digital nets: ngspice 39 crashes at one with more inputs than outputs. */
#include <string.h>

#include "circuit/lint-element.h"

/* How many words the vector has that begins behind the "[" at *at, which moves behind it. */
static unsigned count_ports(const char **at)
{
	const char *p = *at + strcspn(*at, "[");
	unsigned count = 0;

	for (p += *p == '['; *p && *p != ']'; p += strspn(p, " \t,~")) {
		size_t length = strcspn(p, " \t,~]");

		count += length > 0;
		p += length;
	}
	*at = p;
	return count;
}

static bool is_bridge(const struct lint_subject *subject)
{
	const char *name = name_text(subject->circuit->names, subject->element->model);
	const struct carom_circuit *where;
	const struct model *model = circuit_resolve_model(subject->circuit, name, &where);
	const char *type = model ? name_text(where->names, model->type) : "";

	return name_compare(type, "adc_bridge") == 0 || name_compare(type, "dac_bridge") == 0;
}

/* "%v(a)" in a vector is more than one word, and not counted. */
void lint_code_model(const struct lint_subject *subject)
{
	const char *at = subject->text;
	unsigned n_inputs, n_outputs;

	if (subject->element->model == NAME_NONE || !strchr(at, '[') || strchr(at, '%') ||
	    !is_bridge(subject))
		return;
	n_inputs = count_ports(&at);
	n_outputs = count_ports(&at);
	if (n_inputs > n_outputs)
		LINT_REPORT(subject, DEADLY(RULE_PIN_COUNT),
			    "%s: a bridge of %u inputs and %u output%s; give it as many outputs",
			    subject->name, n_inputs, n_outputs, n_outputs == 1 ? "" : "s");
}
