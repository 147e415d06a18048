/* SPDX-License-Identifier: BSD-3-Clause */
/* Files that the code models of an untrusted deck read: they must lie below its roots. */
#include <stdint.h>

#include "circuit/deck.h"
#include "circuit/model-file.h"

static int check_file(void *arg, const char *path, const struct card *card, struct carom_error *err)
{
	const struct deck *deck = arg;
	int rc = roots_check_path(&deck->roots, path, err);

	if (rc != CAROM_OK)
		carom_error_place(err, circuit_file(deck->root, card->file), (int)card->line);
	return rc;
}

int deck_check_files(const struct deck *deck, const struct carom_circuit *circuit)
{
	if (deck->roots.n == 0)
		return CAROM_OK;
	return circuit_model_files(circuit, check_file, (void *)(uintptr_t)deck, deck->err);
}
