/* SPDX-License-Identifier: BSD-3-Clause */
/* The report of a store: one page to look at, to send, to print. */
#ifndef CAROM_REPORT_H
#define CAROM_REPORT_H

#include "carom-error.h"
#include "carom-statistics.h"
#include "carom-store.h"

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Write a page of HTML with the statistics of a store, charts of each measurement and what is known
 * of the study: a file that needs no other and no network, of a size that hardly depends on the
 * number of samples.  docs/report.md says what each chart shows.
 *
 * path: the file to write, "-" for standard output.  options: NULL for defaults.  Of a store that
 * is being written it has what is finished.  Any thread, with a store that no other thread closes.
 *
 * ERROR_NOT_FOUND: the library was built without Chart.js.  The page is made before the file is
 * touched, so that only an error in writing (ERROR_SYSTEM) leaves one that is not whole.
 */
int carom_report_write(const struct carom_store *store,
		       const struct carom_statistics_options *options, const char *path,
		       struct carom_error *err);

#ifdef __cplusplus
}
#endif

#endif
