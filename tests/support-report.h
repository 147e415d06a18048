/* SPDX-License-Identifier: BSD-3-Clause */
/* Stores for the tests of reports. */
#ifndef TESTS_SUPPORT_REPORT_H
#define TESTS_SUPPORT_REPORT_H

#include "report/report.h"
#include "support-store.h"

/* What became of sample k: the values of gain, f3db and offset. */
typedef enum carom_sample_status (*report_row_maker)(uint64_t k, double parameters[2],
						     double values[3]);

/*
 * r1 and q1:bf are normal, of evenly spread numbers; gain = 40 + z1, f3db = 1.7e6 + 3e5 z2, offset
 * = 1e-3 always.
 */
enum carom_sample_status normal_row(uint64_t k, double parameters[2], double values[3]);

/* A store of n rows.  The fixture's store must not be there yet; the caller's to close. */
struct carom_store *report_store(struct store_fixture *fixture, uint64_t n, report_row_maker make);

/* The same, and the report's parts from it. */
void report_open(struct report *report, struct store_fixture *fixture, uint64_t n,
		 report_row_maker make);
void report_close(struct report *report);

/* A number of an object, by a path of names: "spec.yield.all.pass". */
double number_at(const json_t *object, const char *path);

#endif
