/* SPDX-License-Identifier: BSD-3-Clause */
/* Values by the names a session has for them: "x1.r1", "x1.m1:w", "x1.q1:bf", "rload". */
#include <math.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "carom-param.h"
#include "circuit/element-kind.h"
#include "circuit/scope.h"

/* "x1.m1:w" taken apart. */
struct target {
	struct scope *scope; /* of "x1" */
	char *path;          /* owned; the following are in it */
	const char *name;    /* "m1" */
	const char *param;   /* "w"; NULL if none */
	struct carom_element element;
};

static int take_apart(struct target *target, struct scope *top, const char *text,
		      struct carom_error *err)
{
	char *colon, *dot;
	const char *prefix = "";

	target->path = mem_strdup(text);
	if (!target->path)
		return carom_fail_memory(err);
	colon = strrchr(target->path, ':');
	if (colon)
		*colon++ = '\0';
	target->param = colon;
	dot = strrchr(target->path, '.');
	target->name = dot ? dot + 1 : target->path;
	if (dot) {
		*dot = '\0';
		prefix = target->path;
	}
	target->scope = scope_find(top, prefix, err);
	if (!target->scope)
		return err->status;
	target->element = carom_circuit_find_element(target->scope->circuit, target->name);
	return 0;
}

static int finite_value(struct operand operand, const char *what, double *value,
			struct carom_error *err)
{
	if (!isfinite(operand.number))
		return carom_fail(err, CAROM_ERROR_PARAMETER, "%s has no finite value", what);
	*value = operand.number;
	return 0;
}

/* What a card says, read in the scope its expressions are in. */
static int place_value(struct scope *scope, const struct value_place *place, const char *what,
		       double *value, struct carom_error *err)
{
	const struct card *card = &scope->circuit->cards[place->card];
	struct origin origin = {scope->circuit, place->card, card->text, false};
	const char *text = card->text + place->begin;
	size_t length = place->length;
	struct operand operand = operand_constant(place->number);
	int rc = 0;

	if (isnan(place->number)) {
		expression_unwrap(&text, &length);
		rc = scope_compile(scope, text, length, origin, &operand, err);
	}
	return rc == 0 ? finite_value(operand, what, value, err) : rc;
}

static int param_value(struct scope *scope, const char *param, double *value,
		       struct carom_error *err)
{
	struct slot *slot = scope_own_slot(scope, param, strlen(param));
	struct operand operand;
	int rc;

	if (!slot)
		return carom_fail(err, CAROM_ERROR_NOT_FOUND,
				  "there is no element and no parameter \"%s\"", param);
	rc = slot_compile((struct slot_place){scope, slot}, &operand, err);
	return rc == 0 ? finite_value(operand, param, value, err) : rc;
}

static int model_value(const struct target *target, double *value, struct carom_error *err)
{
	struct scope *owner = NULL;
	uint32_t model = NAME_NONE;
	struct value_place place;
	int rc;

	if (target->scope->circuit->elements[target->element.index].model != NAME_NONE)
		model = scope_find_model(target->scope, target->element.index, &owner);
	if (model == NAME_NONE)
		return carom_fail(err, CAROM_ERROR_PARAMETER, "%s: it has no known model%s",
				  target->name, owner ? ": w and l select no bin" : "");
	rc = circuit_model_param_place(owner->circuit, &owner->circuit->models[model],
				       target->param, &place, err);
	return rc == 0 ? place_value(owner, &place, target->param, value, err) : rc;
}

static int element_value(const struct target *target, double *value, struct carom_error *err)
{
	const struct carom_circuit *circuit = target->scope->circuit;
	const struct element_kind *kind =
		element_kind_find(circuit->elements[target->element.index].kind);
	struct value_place place;
	struct scope *inner;
	int rc;

	if (kind->letter == 'x' && target->param) {
		inner = scope_enter(target->scope, target->element, err);
		return inner ? param_value(inner, target->param, value, err) : (int)err->status;
	}
	if (target->param && !element_kind_has_param(kind, target->param))
		return model_value(target, value, err);
	if (target->param)
		rc = circuit_element_param_place(circuit, target->element, target->param, &place,
						 err);
	else
		rc = circuit_element_value_place(circuit, target->element, &place, err);
	return rc == 0 ? place_value(target->scope, &place, target->name, value, err) : rc;
}

static int find_value(struct scope *top, const char *text, double *value, struct carom_error *err)
{
	struct target target = {.path = NULL};
	int rc = take_apart(&target, top, text, err);

	if (rc == 0 && target.element.index != CAROM_NO_INDEX)
		rc = element_value(&target, value, err);
	else if (rc == 0 && !target.param)
		rc = param_value(target.scope, target.name, value, err);
	else if (rc == 0)
		rc = carom_fail(err, CAROM_ERROR_NOT_FOUND, "there is no element \"%s\"",
				target.name);
	mem_free(target.path);
	return rc;
}

CAROM_API int carom_circuit_resolve(const struct carom_circuit *circuit, const char *target,
				    double *value, struct carom_error *err)
{
	struct carom_error own = CAROM_ERROR_INIT;
	struct carom_error *error = err ? err : &own;
	struct scope *top;
	int rc;

	if (error->status)
		return error->status;
	top = scope_new(circuit, error);
	if (!top)
		return CAROM_ERROR_MEMORY;
	rc = find_value(top, target, value, error);
	scope_free(top);
	return rc;
}

CAROM_API int carom_circuit_evaluate(const struct carom_circuit *circuit, const char *path,
				     const char *expression, double *value, struct carom_error *err)
{
	struct carom_error own = CAROM_ERROR_INIT;
	struct carom_error *error = err ? err : &own;
	struct scope *top, *scope;
	int rc = CAROM_ERROR_NOT_FOUND;

	if (error->status)
		return error->status;
	top = scope_new(circuit, error);
	if (!top)
		return CAROM_ERROR_MEMORY;
	scope = scope_find(top, path ? path : "", error);
	if (scope)
		rc = scope_evaluate(scope, expression, strlen(expression), value, error);
	else
		rc = error->status;
	scope_free(top);
	return rc;
}
