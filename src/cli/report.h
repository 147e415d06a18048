/* SPDX-License-Identifier: BSD-3-Clause */
/* The page of a store, as carom report and carom mc --report write it. */
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "carom.h"

/* To output; NULL: beside the reader, by the store's name: "out/amp.zarr" -> "amp.html". */
int report_write(const struct carom_store *store, const char *store_path, const char *output,
		 double confidence, struct carom_error *err);

#endif
