/* SPDX-License-Identifier: BSD-3-Clause */
/* A template does not outlive its host, whatever it is at. */
#ifndef SIM_HOST_WATCH_H
#define SIM_HOST_WATCH_H

#include <sys/types.h>

#include "carom-error.h"

/*
 * From now on this process ends when the socket's other end is closed or the host's process is gone.
 * (A fork of the host keeps the socket open.  PR_SET_PDEATHSIG does not do: it tells of the end of the
 * thread that made the template.)  It takes a thread, which is no more when the watching is stopped.
 */
int host_watch_start(pid_t host, int socket, struct carom_error *err);
void host_watch_stop(void);

/* Wait until the socket can be read or is closed; it ends the process if the host is gone. */
void host_watch_wait(void);

#endif
