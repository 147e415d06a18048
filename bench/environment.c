/* SPDX-License-Identifier: BSD-3-Clause */
/* Asking machine, build and libraries what they are, and how busy the machine was. */
#include "environment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <hwloc.h>

#include "carom-version.h"
#include "child.h"
#include "ng-session.h"

/* ---- load ---- */

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

static double own_cpu_s(void)
{
	static const int whose[] = {RUSAGE_SELF, RUSAGE_CHILDREN};
	double sum = 0;

	for (int i = 0; i < 2; i++) {
		struct rusage usage;

		if (getrusage(whose[i], &usage) == 0)
			sum += seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
	}
	return sum;
}

/* The first line of /proc/stat: proc(5). */
static void look_at_cpus(struct environment_load *load)
{
	double tick_s = 1.0 / (double)sysconf(_SC_CLK_TCK);
	double user, nice, system, irq, softirq, steal;
	FILE *file = fopen("/proc/stat", "re");

	if (!file)
		return;
	if (fscanf(file, "cpu %lf %lf %lf %*f %*f %lf %lf %lf", &user, &nice, &system, &irq,
		   &softirq, &steal) == 6) {
		load->busy_s = tick_s * (user + nice + system + irq + softirq);
		load->steal_s = tick_s * steal;
	}
	fclose(file);
}

void environment_look(struct environment_load *load)
{
	*load = (struct environment_load){.wall_s = bench_now_s(), .own_s = own_cpu_s()};
	if (getloadavg(load->average, 3) < 3)
		memset(load->average, 0, sizeof(load->average));
	look_at_cpus(load);
}

static json_t *averages_json(const struct environment_load *load)
{
	return json_pack("[f, f, f]", load->average[0], load->average[1], load->average[2]);
}

/* CPUs that others kept busy, and that the host kept away, on the average of the time since. */
static json_t *load_json(const struct environment_load *start)
{
	struct environment_load end;
	double wall, others;

	environment_look(&end);
	wall = end.wall_s - start->wall_s;
	others = end.busy_s - start->busy_s - (end.own_s - start->own_s);
	return json_pack("{s:o, s:o, s:f, s:f, s:f}", "average_at_start", averages_json(start),
			 "average_at_end", averages_json(&end), "seconds", wall, "cpus_of_others",
			 others > 0 ? others / wall : 0.0, "cpus_stolen",
			 (end.steal_s - start->steal_s) / wall);
}

/* ---- machine ---- */

static char *cpu_model(char *model, size_t size)
{
	FILE *file = fopen("/proc/cpuinfo", "re");
	char line[256];

	model[0] = '\0';
	while (file && !model[0] && fgets(line, sizeof(line), file))
		if (strncmp(line, "model name", 10) == 0 && strchr(line, ':'))
			snprintf(model, size, "%s", strchr(line, ':') + 2);
	if (file)
		fclose(file);
	model[strcspn(model, "\n")] = '\0';
	return model;
}

static json_t *machine_json(void)
{
	char model[128];
	struct utsname names;
	double memory = (double)sysconf(_SC_PHYS_PAGES) * (double)sysconf(_SC_PAGESIZE);

	uname(&names);
	return json_pack("{s:s, s:I, s:f, s:s, s:s}", "cpu", cpu_model(model, sizeof(model)),
			 "cpus_online", (json_int_t)sysconf(_SC_NPROCESSORS_ONLN), "memory_gib",
			 memory / (1024.0 * 1024 * 1024), "kernel", names.release, "architecture",
			 names.machine);
}

/* ---- build and libraries ---- */

/* Of the sources; "" if they are no repository. */
static char *git_id(char *id, int size)
{
	FILE *git = popen("git -C '" BENCH_SRCDIR "' describe --always --dirty 2>/dev/null", "re");

	if (!git || !fgets(id, size, git))
		id[0] = '\0';
	id[strcspn(id, "\n")] = '\0';
	if (git)
		pclose(git);
	return id;
}

static json_t *build_json(void)
{
	char id[128];

	return json_pack("{s:s, s:s, s:s, s:s}", "carom", carom_version(), "git",
			 git_id(id, sizeof(id)), "compiler", __VERSION__, "flags", BENCH_FLAGS);
}

struct simulator {
	char version[32], library[256];
};

static int ask_simulator(void *context, struct carom_error *err)
{
	struct simulator *simulator = context;
	struct ng_options options = {.is_private_process = true};
	struct ng_session *session;
	int status = ng_session_open(&session, &options, err);

	if (status)
		return status;
	snprintf(simulator->version, sizeof(simulator->version), "%s", ng_session_version(session));
	snprintf(simulator->library, sizeof(simulator->library), "%s", ng_session_library(session));
	ng_session_close(session);
	return 0;
}

static json_t *libraries_json(void)
{
	static const struct child_service service = {.open = ask_simulator};
	struct simulator *simulator = child_alloc(sizeof(*simulator));
	struct child *child = NULL;
	json_t *libraries;

	if (!simulator)
		return NULL;
	child_start(&child, &service, simulator, NULL);
	child_stop(child);
	libraries = json_pack("{s:s, s:s, s:s}", "ngspice", simulator->version, "ngspice_file",
			      simulator->library, "hwloc", HWLOC_VERSION);
	child_free(simulator, sizeof(*simulator));
	return libraries;
}

json_t *environment_json(const struct environment_load *start)
{
	time_t now = time(NULL);
	char date[32];

	strftime(date, sizeof(date), "%Y-%m-%dT%H:%M:%SZ", gmtime(&now));
	return json_pack("{s:s, s:o, s:o, s:o, s:o}", "date", date, "machine", machine_json(),
			 "build", build_json(), "libraries", libraries_json(), "load",
			 load_json(start));
}
