/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The template of an isolated session: a process that has opened libngspice and never simulates, so that
 * what it forks is pristine, and begins at once.
 */
#ifndef SIM_SESSION_TEMPLATE_H
#define SIM_SESSION_TEMPLATE_H

/* The main function of carom-worker for a session.  Returns when the session is closed. */
int session_template_main(void);

#endif
