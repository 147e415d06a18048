/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Mismatch by area: sigma = A / sqrt(W L), of m transistors in parallel A / sqrt(m W L).
 * Source: Pelgrom, Duinmaijer, Welbers, "Matching properties of MOS transistors", IEEE J.
 * Solid-State Circuits 24 (1989) 1433, equation 5 without the term of distance.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "circuit/bin.h"
#include "circuit/scope.h"
#include "study/job-build.h"

/* The scope that the element stands in, and its index there. */
static struct scope *find_scope(struct job_builder *builder, const char *path, uint32_t *element,
				struct carom_error *reason)
{
	const char *dot = strrchr(path, '.');
	char *instances = mem_strndup(path, dot ? (size_t)(dot - path) : 0);
	const struct carom_circuit *where;
	struct scope *scope = NULL;

	*element = circuit_find_path(builder->circuit, path, &where).index;
	if (!builder->top)
		builder->top = scope_new(builder->circuit, reason);
	if (!instances)
		carom_fail_memory(reason);
	else if (builder->top)
		scope = scope_find(builder->top, instances, reason);
	mem_free(instances);
	return scope;
}

static int check_gate(const struct gate *gate, struct carom_error *reason)
{
	if (isnan(gate->l) || isnan(gate->w))
		return carom_fail(reason, CAROM_ERROR_PARAMETER,
				  "pelgrom needs its l and w, which its card does not give as "
				  "numbers\nwrite both there");
	if (!(gate->l > 0 && gate->w > 0 && gate->m > 0) || !isfinite(gate->l * gate->w * gate->m))
		return carom_fail(reason, CAROM_ERROR_PARAMETER,
				  "pelgrom needs an area, but l=%g w=%g m=%g give none", gate->l,
				  gate->w, gate->m);
	return 0;
}

/* "pelgrom 4m each, sigma 0.0028" */
static int tell_sigma(struct job_variable *variable, struct carom_error *reason)
{
	const struct distribution *distribution = &variable->distribution;
	struct text text = TEXT_INIT;
	char *told;

	text_printf(&text, "%s, sigma ", variable->definition);
	text_append_number(&text, distribution->is_relative ? 100 * distribution->spread
							    : distribution->spread);
	text_append(&text, distribution->is_relative ? "%" : "");
	told = text_take(&text);
	if (!told)
		return carom_fail_memory(reason);
	mem_free(variable->definition);
	variable->definition = told;
	return 0;
}

int job_apply_pelgrom(struct job_builder *builder, struct job_variable *variable, const char *path,
		      struct carom_error *reason)
{
	struct distribution *distribution = &variable->distribution;
	uint32_t element;
	struct scope *scope = find_scope(builder, path, &element, reason);
	struct gate gate;
	int status;

	if (!scope)
		return reason->status;
	gate_read(scope, element, &gate);
	status = check_gate(&gate, reason);
	if (status)
		return status;
	distribution->kind = DISTRIBUTION_GAUSS;
	distribution->spread /= sqrt(gate.m * (gate.l * 1e6) * (gate.w * 1e6));
	return tell_sigma(variable, reason);
}
