/* SPDX-License-Identifier: BSD-3-Clause */
/* An expression of numparam's language over names whose numbers are known later. */
#ifndef CIRCUIT_FORMULA_H
#define CIRCUIT_FORMULA_H

#include "base/error.h"
#include "circuit/circuit.h"
#include "circuit/program.h"

/*
 * Compile text (without its braces or quotes) with the .param and .func of the circuit's top.  inputs: names that
 * are inputs of the program by their index, whatever they are in the circuit; NULL: no such input.
 * Errors are those of scope_evaluate; program_release(program) is legal whatever is returned.
 */
int formula_compile(const struct carom_circuit *root, const char *text, const char *const *inputs,
		    size_t n_inputs, struct program *program, struct operand *value,
		    struct carom_error *err);

#endif
