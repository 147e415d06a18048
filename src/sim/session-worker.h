/* SPDX-License-Identifier: BSD-3-Clause */
/* The worker's side of an isolated session: one libngspice that serves messages. */
#ifndef SIM_SESSION_WORKER_H
#define SIM_SESSION_WORKER_H

/* The main function of carom-worker for a session.  Returns when the session is closed. */
int session_worker_main(void);

#endif
