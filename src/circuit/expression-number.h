/* SPDX-License-Identifier: BSD-3-Clause */
/* Numbers as numparam reads them, which is not how ngspice reads them on cards. */
#ifndef CIRCUIT_EXPRESSION_NUMBER_H
#define CIRCUIT_EXPRESSION_NUMBER_H

/*
 * Read the number at s, which begins with a digit or "."; returns where it ends, with its suffix and
 * unit, or NULL if there is none.  Differs from base/number.h: "mil" is milli, "d" begins no exponent, the
 * suffix is a factor (so it rounds once more), hexadecimal numbers ("0x1p3") are known.
 * Source: ngspice 39 numparam/xpressn.c, fetchnumber: sscanf("%lG") of glibc, then the suffix.
 */
const char *expression_read_number(const char *s, const char *end, double *value);

#endif
