/* SPDX-License-Identifier: BSD-3-Clause */
/* Files that code models read while they simulate. */
#ifndef CIRCUIT_MODEL_FILE_H
#define CIRCUIT_MODEL_FILE_H

#include "base/error.h"
#include "circuit/circuit.h"

/* path: where the simulator looks for it, next to the deck; valid during the call. */
typedef int model_file_fn(void *arg, const char *path, const struct card *card,
			  struct carom_error *err);

/*
 * Call tell for each file that a .model card of the circuit or its subcircuits names, until it returns
 * other than CAROM_OK; returns that.
 */
int circuit_model_files(const struct carom_circuit *circuit, model_file_fn *tell, void *arg,
			struct carom_error *err);

#endif
