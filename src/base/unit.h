/* SPDX-License-Identifier: BSD-3-Clause */
/* Units of the types of variables. */
#ifndef BASE_UNIT_H
#define BASE_UNIT_H

/* "voltage": "V".  A type that is a unit itself, as Spectre's, stays; "" if none is known. */
const char *unit_of_type(const char *type);

#endif
