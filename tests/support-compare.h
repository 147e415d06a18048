/* SPDX-License-Identifier: BSD-3-Clause */
/* Is a result what "ngspice -b -r" wrote? */
#ifndef TESTS_SUPPORT_COMPARE_H
#define TESTS_SUPPORT_COMPARE_H

#include "carom-plot.h"
#include "support-raw.h"

/*
 * Number of plots, number, names and kinds of their vectors, lengths, and the bits are the same.  What
 * differs is printed.
 */
bool is_result_of_raw(const struct carom_result *ours, const struct raw_file *theirs);

#endif
