/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * ngspice's .param language evaluated: expressions in the scope of an instance.
 *
 * ngspice looks a parameter up along the instances (dynamic scope), models and subcircuits along
 * the definitions (lexical scope); .func is lexical too.
 */
#ifndef CIRCUIT_EVALUATE_H
#define CIRCUIT_EVALUATE_H

#include "base/error.h"
#include "circuit/circuit.h"

/* The parameters of one instance of a (sub)circuit, each evaluated at its first use. */
struct scope;

/* The scope of the top.  The circuit must not be edited while scopes of it are alive. */
struct scope *scope_new(const struct carom_circuit *root, struct carom_error *err);

/*
 * The scope inside an instance: x is an X element of caller's circuit.  Belongs to caller, freed
 * with it.  NULL with ERROR_NOT_FOUND if there is no such subcircuit.
 */
struct scope *scope_enter(struct scope *caller, struct carom_element x, struct carom_error *err);

/* The scope at a path of instances from this one, "x1.x2"; itself for "".  Made at need. */
struct scope *scope_find(struct scope *scope, const char *path, struct carom_error *err);

void scope_free(struct scope *scope); /* with all entered from it; NULL is legal */

const struct carom_circuit *scope_circuit(const struct scope *scope);

/*
 * The model of an element, by the element's full name ("x1.m1"), and the circuit it is defined in; of
 * a binned model the bin that l and w select.  ERROR_MODEL: the element has none, or the bin is not
 * known.
 */
int circuit_find_model_of(const struct carom_circuit *root, const char *path,
			  const struct carom_circuit **where, const struct model **model,
			  struct carom_error *err);

/*
 * The value of an expression (without its braces or quotes) as ngspice would compute it there.
 * ERROR_SYNTAX; ERROR_PARAMETER (undefined name, a parameter that depends on itself, no finite
 * value); ERROR_LIMIT (nested too deep, too long with its functions written out); ERROR_STATE when a
 * statistical function (agauss, ...) or temper is reached: its value is not one.  The error's place
 * is the card of the parameter or function that is wrong, or a column of text.
 */
int scope_evaluate(struct scope *scope, const char *text, size_t length, double *value,
		   struct carom_error *err);

#endif
