/* SPDX-License-Identifier: BSD-3-Clause */
/* The limit on CPU time that control groups put on this process. */
#include "topology/quota.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* Enough for the path of a group, which the system keeps below PATH_MAX, with what precedes it. */
#define LINE_SIZE (2 * PATH_MAX)

/* How many of the (at most two) integers that begin the file could be read. */
static int read_integers(const char *folder, const char *name, int64_t values[2])
{
	char path[LINE_SIZE];
	FILE *file;
	int n_read;

	if (snprintf(path, sizeof(path), "%s/%s", folder, name) >= (int)sizeof(path))
		return 0;
	file = fopen(path, "re");
	if (!file)
		return 0;
	n_read = fscanf(file, "%" SCNd64 " %" SCNd64, &values[0], &values[1]);
	fclose(file);
	return n_read;
}

static double limit_from_times(int64_t quota_us, int64_t period_us)
{
	return quota_us > 0 && period_us > 0 ? (double)quota_us / (double)period_us : INFINITY;
}

/* "150000 100000"; "max 100000" for no limit */
static double read_limit_v2(const char *folder)
{
	int64_t times[2];

	if (read_integers(folder, "cpu.max", times) != 2)
		return INFINITY;
	return limit_from_times(times[0], times[1]);
}

/* "150000" and "100000" in two files; "-1" for no limit */
static double read_limit_v1(const char *folder)
{
	int64_t quota[2], period[2];

	if (read_integers(folder, "cpu.cfs_quota_us", quota) < 1 ||
	    read_integers(folder, "cpu.cfs_period_us", period) < 1)
		return INFINITY;
	return limit_from_times(quota[0], period[0]);
}

/*
 * The smallest limit of a group and those above it, up to the mount point.  A container's own mount
 * shows its group as the top while the path may be the host's: folders that are missing are passed.
 */
static double smallest_limit(const char *root, const char *mount, const char *group,
			     double (*read_limit)(const char *folder))
{
	char folder[LINE_SIZE];
	const size_t top = strlen(root) + strlen(mount);
	double limit = INFINITY;

	if (snprintf(folder, sizeof(folder), "%s%s%s", root, mount, group) >= (int)sizeof(folder))
		return INFINITY;
	for (;;) {
		char *last = strrchr(folder + top, '/');

		limit = fmin(limit, read_limit(folder));
		if (!last)
			return limit;
		*last = '\0';
	}
}

/* "cpu" is one of "cpu,cpuacct". */
static bool has_cpu_controller(const char *controllers)
{
	const char *start = controllers;

	while (start) {
		size_t length = strcspn(start, ",");

		if (length == 3 && memcmp(start, "cpu", 3) == 0)
			return true;
		start = start[length] ? start + length + 1 : NULL;
	}
	return false;
}

/* A line of /proc/self/cgroup: "4:cpu,cpuacct:/user.slice" or, version 2, "0::/user.slice". */
static double limit_of_line(const char *root, char *line)
{
	char *controllers = strchr(line, ':');
	char *group = controllers ? strchr(controllers + 1, ':') : NULL;

	if (!group)
		return INFINITY;
	*controllers++ = *group++ = '\0';
	group[strcspn(group, "\n")] = '\0';
	if (has_cpu_controller(controllers))
		return smallest_limit(root, "/sys/fs/cgroup/cpu", group, read_limit_v1);
	if (*controllers == '\0')
		return fmin(smallest_limit(root, "/sys/fs/cgroup", group, read_limit_v2),
			    smallest_limit(root, "/sys/fs/cgroup/unified", group, read_limit_v2));
	return INFINITY;
}

double quota_read(const char *root)
{
	char line[LINE_SIZE];
	double limit = INFINITY;
	FILE *file;

	snprintf(line, sizeof(line), "%s/proc/self/cgroup", root);
	file = fopen(line, "re");
	if (!file)
		return INFINITY;
	while (fgets(line, sizeof(line), file))
		limit = fmin(limit, limit_of_line(root, line));
	fclose(file);
	return limit;
}
