/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * XSPICE's code models: left out of a worker whose circuit has none.
 *
 * At each iteration and each point ngspice goes through all kinds of devices that it knows, used or
 * not, and the code models that its spinit loads more than double their number: in a small circuit
 * that is a third of the time.  The results are the same.
 */
#ifndef STUDY_CODE_MODELS_H
#define STUDY_CODE_MODELS_H

#include <stdbool.h>

#include "study/job.h"

/*
 * May the circuit have some?  Also of elements that ngspice makes such ones of (polynomials and
 * gates of E F G H, digital U), of OSDI's (N), and where commands may do anything.
 */
bool code_models_are_needed(const struct job *job);

/* Of this process; carom-worker's dlopen() finds none then.  Before libngspice is opened. */
void code_models_leave_out(bool leave_out);
bool code_models_are_left_out(void);

#endif
