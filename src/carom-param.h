/* SPDX-License-Identifier: BSD-3-Clause */
/* Values that are expressions: what ngspice will make of them, computed here. */
#ifndef CAROM_PARAM_H
#define CAROM_PARAM_H

#include "carom-circuit.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * The value of an expression of ngspice's parameter language (docs/parameters.md), without braces,
 * as it would be on a card of the subcircuit instance at path ("x1.x2"; "" or NULL: the top).
 *
 * ERROR_NOT_FOUND: no such instance.  ERROR_SYNTAX; ERROR_PARAMETER: an undefined name, a parameter
 * that depends on itself, a value that is not finite; ERROR_STATE: it has no one value, because of
 * a statistical function (agauss, ...) or temper; ERROR_LIMIT: nested too deep.  The error's column
 * is in expression, from 1, if it names no source; else in the card there.  *value is set on
 * success only.  Thread rule: any thread, one at a time per circuit.
 */
int carom_circuit_evaluate(const struct carom_circuit *circuit, const char *path,
			   const char *expression, double *value, struct carom_error *err);

/*
 * The value of an element or parameter, computed where it is an expression.  target as for
 * carom_session_alter: "r1", "x1.r1" (main value), "x1.m1:w" (parameter of the element), "x1.q1:bf"
 * (of its model, which may be binned), "x1:w" (parameter of an instance); or "rload", "x1.w" (a
 * .param of the top or of an instance, if no element has the name).
 *
 * Errors as above, and ERROR_PARAMETER if the card does not say the value.
 */
int carom_circuit_resolve(const struct carom_circuit *circuit, const char *target, double *value,
			  struct carom_error *err);

#ifdef __cplusplus
}
#endif

#endif
