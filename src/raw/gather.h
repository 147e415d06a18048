/* SPDX-License-Identifier: BSD-3-Clause */
/* Values that lie stride bytes apart, into columns of doubles. */
#ifndef RAW_GATHER_H
#define RAW_GATHER_H

#include "raw/layout.h"

/* The run's values of one kind, of either byte order.  Complex ones fill two doubles each. */
void gather(double *to, const unsigned char *from, const struct run *run, enum value_kind kind,
	    bool is_swapped);

enum { GATHER_GROUP = 8 };

/*
 * Native doubles of GATHER_GROUP variables that follow one another: the transposition.  to: where each
 * column begins.  is_large: the columns are larger than the caches, and are written past them if
 * they are aligned to 16 bytes.
 */
void gather_group(double *const to[GATHER_GROUP], const unsigned char *from, size_t stride,
		  size_t n, bool is_large);

#endif
