/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * A Monte Carlo loop over libngspice as anybody would write it: the yardstick of bench-mc.
 *
 *	plain CPU <requests		a deck up to its .end, then numbers: so many samples each
 *
 * Each sample is alter, run, a look at v(out), destroy.  What carom-worker does to be quick is not done:
 * the allocator and the clock are the C library's, all vectors are kept, the status is told of, and no
 * setting is changed.  Answers each number by a line: seconds, last value and peak of the last v(out).
 */
#include <dlfcn.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <ngspice/sharedspice.h>

#include "plain.h"

#define MAX_LINES 32
#define FORGET_EVERY 32 /* samples; ngspice keeps a log of commands until told to forget it */

static int (*command)(char *);
static pvector_info (*vec_info)(char *);

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

_Noreturn static void fail(const char *what)
{
	fprintf(stderr, "plain: %s\n", what);
	exit(1);
}

/* ---- callbacks ---- */

static int take_line(char *line, int ident, void *user)
{
	(void)line;
	(void)ident;
	(void)user;
	return 0;
}

static int take_exit(int status, bool is_immediate, bool is_quit, int ident, void *user)
{
	(void)is_immediate;
	(void)is_quit;
	(void)ident;
	(void)user;
	return status;
}

static int take_running(bool has_ended, int ident, void *user)
{
	(void)has_ended;
	(void)ident;
	(void)user;
	return 0;
}

/* ---- setting up ---- */

static void bind_to(const char *cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(strtoul(cpu, NULL, 10), &set);
	if (sched_setaffinity(0, sizeof(set), &set))
		fail("no such CPU");
}

static void load(char **lines)
{
	const char *path = getenv("CAROM_NGSPICE");
	void *library = dlopen(path ? path : "libngspice.so.0", RTLD_NOW | RTLD_LOCAL);
	int (*init)(SendChar *, SendStat *, ControlledExit *, SendData *, SendInitData *,
		    BGThreadRunning *, void *);
	int (*circ)(char **);

	if (!library)
		fail(dlerror());
	*(void **)&init = dlsym(library, "ngSpice_Init");
	*(void **)&circ = dlsym(library, "ngSpice_Circ");
	*(void **)&command = dlsym(library, "ngSpice_Command");
	*(void **)&vec_info = dlsym(library, "ngGet_Vec_Info");
	if (!init || !circ || !command || !vec_info)
		fail(dlerror());
	init(take_line, take_line, take_exit, NULL, NULL, take_running, NULL);
	circ(lines);
}

static void read_deck(char *lines[MAX_LINES])
{
	char line[256];
	size_t n = 0;

	do {
		if (n == MAX_LINES - 1 || !fgets(line, sizeof(line), stdin))
			fail("no deck");
		line[strcspn(line, "\n")] = '\0';
		lines[n++] = strdup(line);
	} while (strcmp(line, ".end") != 0);
	lines[n] = NULL;
}

/* ---- the loop ---- */

static void simulate(double ohms, double *last, double *peak)
{
	const vector_info *out;
	char text[64];

	snprintf(text, sizeof(text), "alter r1=%.17g", ohms);
	command(text);
	command((char *)"run");
	out = vec_info((char *)"v(out)");
	if (!out || out->v_length <= 0)
		fail("no v(out)");
	for (int i = 0; i < out->v_length; i++) {
		double value = out->v_realdata ? out->v_realdata[i] : out->v_compdata[i].cx_real;

		*peak = i > 0 && *peak > value ? *peak : value;
		*last = value;
	}
	command((char *)"destroy all");
}

int main(int argc, char **argv)
{
	static char *lines[MAX_LINES];
	unsigned n, count = 0;
	double last = 0, peak = 0;

	if (argc != 2)
		fail("usage: plain CPU");
	bind_to(argv[1]);
	read_deck(lines);
	load(lines);
	while (scanf("%u", &n) == 1) {
		double started = now_s();

		for (unsigned i = 0; i < n; i++, count++) {
			simulate(PLAIN_FIRST_OHMS + count % PLAIN_N_OHMS, &last, &peak);
			if (count % FORGET_EVERY == 0)
				command(NULL);
		}
		printf("%a %a %a\n", now_s() - started, last, peak);
		fflush(stdout);
	}
	return 0;
}
