/* SPDX-License-Identifier: BSD-3-Clause */
/* The limit on CPU time that control groups put on this process. */
#ifndef TOPOLOGY_QUOTA_H
#define TOPOLOGY_QUOTA_H

/*
 * The smallest limit of the process's group and of those above it, in CPUs (1.5: 150 ms of CPU time
 * in 100 ms); INFINITY if there is none or none can be read.  root: where /proc and /sys are, ""
 * for this machine.
 * Source: Linux Documentation/admin-guide/cgroup-v2.rst, "cpu.max"; scheduler/sched-bwc.rst (v1).
 */
double quota_read(const char *root);

#endif
