/* SPDX-License-Identifier: BSD-3-Clause */
/* Work in a process of its own, which may crash or end without taking the command along. */
#ifndef CLI_ISOLATE_H
#define CLI_ISOLATE_H

/*
 * Have call(arg) made by a forked child and return what it returned, an exit_status.  If the child
 * crashed or ended of itself: EXIT_SIMULATOR after a message that names what it was at; if it was
 * interrupted: EXIT_INTERRUPTED.  In the child this returns too: the caller goes on and ends it.
 * No thread may have been started.
 */
int isolate(int (*call)(void *arg), void *arg, const char *what);

#endif
