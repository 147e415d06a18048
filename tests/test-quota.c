/* SPDX-License-Identifier: BSD-3-Clause */
/* Limits of control groups, version 1 and 2, in a folder made to look like a machine's root. */
#include <ftw.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support.h"
#include "topology/quota.h"

static char root[] = "/tmp/test-quota-XXXXXX";

static int make_root(void **state)
{
	(void)state;
	memcpy(root + strlen(root) - 6, "XXXXXX", 6);
	return mkdtemp(root) ? 0 : -1;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
	(void)status, (void)type, (void)ftw;
	return remove(path);
}

static int remove_root(void **state)
{
	(void)state;
	return nftw(root, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
}

/* Write a file under the root, with the folders above it. */
static void put(const char *path, const char *content)
{
	char full[500];
	FILE *file;

	snprintf(full, sizeof(full), "%s%s", root, path);
	for (char *slash = strchr(full + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(full, 0777);
		*slash = '/';
	}
	file = fopen(full, "w");
	assert_non_null(file);
	fputs(content, file);
	fclose(file);
}

static void without_control_groups_there_is_no_limit(void **state)
{
	(void)state;
	assert_true(quota_read(root) == INFINITY);
	put("/proc/self/cgroup", "0::/user.slice\n");
	assert_true(quota_read(root) == INFINITY);
}

static void a_limit_of_version_2_is_quota_over_period(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "0::/job\n");
	put("/sys/fs/cgroup/job/cpu.max", "150000 100000\n");
	assert_same_bits(quota_read(root), 1.5);
}

static void max_is_no_limit(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "0::/job\n");
	put("/sys/fs/cgroup/job/cpu.max", "max 100000\n");
	assert_true(quota_read(root) == INFINITY);
}

static void a_group_further_up_may_have_the_smallest_limit(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "0::/a/b/c\n");
	put("/sys/fs/cgroup/a/b/c/cpu.max", "400000 100000\n");
	put("/sys/fs/cgroup/a/b/cpu.max", "max 100000\n");
	put("/sys/fs/cgroup/a/cpu.max", "250000 100000\n");
	assert_same_bits(quota_read(root), 2.5);
	put("/sys/fs/cgroup/a/b/c/cpu.max", "100000 100000\n");
	assert_same_bits(quota_read(root), 1);
}

/* In a container the mount's top is the container's own group. */
static void the_top_of_the_mount_counts(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "0::/\n");
	put("/sys/fs/cgroup/cpu.max", "50000 100000\n");
	assert_same_bits(quota_read(root), 0.5);
	put("/proc/self/cgroup", "0::/docker/of-the-host\n");
	assert_same_bits(quota_read(root), 0.5);
}

/* What lies beyond the mount point is not a group. */
static void nothing_above_the_mount_counts(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "0::/job\n");
	put("/sys/fs/cpu.max", "50000 100000\n");
	put("/sys/fs/cgroup/job/cpu.max", "300000 100000\n");
	assert_same_bits(quota_read(root), 3);
}

static void a_limit_of_version_1_is_in_two_files(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "5:cpuset:/x\n4:cpu,cpuacct:/a/b\n1:name=systemd:/y\n0::/\n");
	put("/sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us", "-1\n");
	put("/sys/fs/cgroup/cpu/a/b/cpu.cfs_period_us", "100000\n");
	assert_true(quota_read(root) == INFINITY);
	put("/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "100000\n");
	put("/sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "50000\n");
	assert_same_bits(quota_read(root), 2);
}

static void both_versions_at_once_give_the_smaller_limit(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "2:cpuacct,cpu:/v1\n0::/v2\n");
	put("/sys/fs/cgroup/cpu/v1/cpu.cfs_quota_us", "300000\n");
	put("/sys/fs/cgroup/cpu/v1/cpu.cfs_period_us", "100000\n");
	assert_same_bits(quota_read(root), 3);
	put("/sys/fs/cgroup/unified/v2/cpu.max", "200000 100000\n");
	assert_same_bits(quota_read(root), 2);
}

static void controllers_that_only_begin_like_cpu_do_not_count(void **state)
{
	(void)state;
	put("/proc/self/cgroup", "3:cpuset:/a\n2:cpuacct:/a\n");
	put("/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us", "100000\n");
	put("/sys/fs/cgroup/cpu/a/cpu.cfs_period_us", "100000\n");
	assert_true(quota_read(root) == INFINITY);
}

static void what_makes_no_sense_is_no_limit(void **state)
{
	static const char *const contents[] = {
		"", "100000\n", "100000 0\n", "-5 100000\n", "0 100000\n", "many few\n"};

	(void)state;
	put("/proc/self/cgroup", "no colon\n1:one\n0::/job\n");
	for (size_t i = 0; i < sizeof(contents) / sizeof(*contents); i++) {
		put("/sys/fs/cgroup/job/cpu.max", contents[i]);
		assert_true(quota_read(root) == INFINITY);
	}
	put("/sys/fs/cgroup/job/cpu.max", "100000 100000\n");
	assert_same_bits(quota_read(root), 1);
}

static void a_group_path_too_long_for_the_system_is_passed_over(void **state)
{
	char line[10000];

	(void)state;
	memset(line, 'a', sizeof(line) - 1);
	memcpy(line, "0::/", 4);
	line[sizeof(line) - 1] = '\0';
	put("/proc/self/cgroup", line);
	put("/sys/fs/cgroup/cpu.max", "100000 100000\n");
	assert_true(quota_read(root) == INFINITY);
}

#define test(name) cmocka_unit_test_setup_teardown(name, make_root, remove_root)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(without_control_groups_there_is_no_limit),
		test(a_limit_of_version_2_is_quota_over_period),
		test(max_is_no_limit),
		test(a_group_further_up_may_have_the_smallest_limit),
		test(the_top_of_the_mount_counts),
		test(nothing_above_the_mount_counts),
		test(a_limit_of_version_1_is_in_two_files),
		test(both_versions_at_once_give_the_smaller_limit),
		test(controllers_that_only_begin_like_cpu_do_not_count),
		test(what_makes_no_sense_is_no_limit),
		test(a_group_path_too_long_for_the_system_is_passed_over),
	};

	return run_all_tests(tests);
}
