/* SPDX-License-Identifier: BSD-3-Clause */
/* Builds with AddressSanitizer: what libngspice does not free is not ours to report. */
#ifndef PLUGIN_NG_LEAKS_H
#define PLUGIN_NG_LEAKS_H

#include "ng-api.h"

/*
 * The library is unloaded to be healed, and a leak of a library that is gone cannot be suppressed
 * by its name.  So the table's functions become ones that switch the search for leaks off while
 * ngspice runs.  Elsewhere this does nothing.
 */
void ng_leaks_ignore(struct ng_api *api);

/* A call into it was left by longjmp. */
void ng_leaks_call_was_left(void);

/* Open the library; what its constructors do not free is ignored too. */
void *ng_leaks_dlopen(const char *name);

#endif
