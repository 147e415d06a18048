/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A second wall round the simulator of decks that are not trusted, behind the filter of their cards:
 * for the rest of its life this process opens no file and runs no program beyond what it needs.
 */
#ifndef SIM_CONFINE_H
#define SIM_CONFINE_H

#include <stdbool.h>
#include <stddef.h>

/* Folders with all that is below them, each may be NULL, and files. */
struct confine_folders {
	const char *read[2];  /* besides the system's: /usr, /lib, /etc ... */
	const char *write[2]; /* to be read, too */
	const char *files;    /* further files to be read, each on a line of its own; NULL: none */
};

/*
 * No new privileges, no core dumps, no programs, no files but these.  False where the kernel does not
 * know Landlock (before 5.13, or switched off): then files are as before.
 */
bool confine_process(const struct confine_folders *folders);

#endif
