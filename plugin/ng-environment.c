/* SPDX-License-Identifier: BSD-3-Clause */
/* The scratch folder, locale and environment in which libngspice runs. */
#include "ng-environment.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"

static int make_empty_file(const char *name, struct carom_error *err)
{
	int file = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (file < 0)
		return carom_fail_errno(err, "%s cannot be made in the scratch folder", name);
	close(file);
	return CAROM_OK;
}

/* Without unshare, chdir would move every thread of the process. */
static int move_to_scratch(struct ng_environment *environment, bool is_private_process,
			   struct carom_error *err)
{
	if (!is_private_process && unshare(CLONE_FS))
		return carom_fail_errno(err, "the session's thread cannot have its own folder");
	environment->origin = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (chdir(environment->scratch.path))
		return carom_fail_errno(err, "%s cannot be entered", environment->scratch.path);
	return make_empty_file(".spiceinit", err);
}

static void leave_scratch(struct ng_environment *environment)
{
	int status;

	if (environment->origin < 0)
		return;
	status = fchdir(environment->origin);
	if (status)
		status = chdir("/"); /* the folder has been removed since */
	(void)status;
	close(environment->origin);
	environment->origin = -1;
}

static int use_c_locale(struct ng_environment *environment, struct carom_error *err)
{
	environment->locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
	if (!environment->locale)
		return carom_fail_errno(err, "the C locale cannot be used");
	environment->caller_locale = uselocale(environment->locale);
	return CAROM_OK;
}

/* In a process of our own nobody else reads the list meanwhile. */
static int clean_variables(struct carom_error *err)
{
	char **kept = environ;

	for (char **variable = environ; variable && *variable; variable++) {
		if (strncmp(*variable, "SPICE_", 6) != 0)
			*kept++ = *variable;
	}
	if (kept)
		*kept = NULL;
	if (setenv("OMP_THREAD_LIMIT", "1", 1))
		return carom_fail_errno(err, "OMP_THREAD_LIMIT cannot be set");
	return CAROM_OK;
}

int ng_environment_enter(struct ng_environment *environment, const char *scratch,
			 bool is_private_process, struct carom_error *err)
{
	int status;

	*environment = (struct ng_environment){.origin = -1};
	status = scratch ? ng_scratch_borrow(&environment->scratch, scratch, err)
			 : ng_scratch_make(&environment->scratch, err);
	if (!status)
		status = move_to_scratch(environment, is_private_process, err);
	if (!status)
		status = use_c_locale(environment, err);
	if (!status && is_private_process)
		status = clean_variables(err);
	if (status)
		ng_environment_leave(environment);
	return status;
}

int ng_environment_go(const struct ng_environment *environment, const char *folder,
		      struct carom_error *err)
{
	int fd;
	int status;

	if (!folder)
		folder = environment->scratch.path;
	fd = openat(environment->origin, folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	status = fd < 0 ? -1 : fchdir(fd);
	if (status)
		status = carom_fail_errno(err, "%s cannot be entered", folder);
	if (fd >= 0)
		close(fd);
	return status;
}

int ng_environment_move(struct ng_environment *environment, const char *scratch,
			struct carom_error *err)
{
	int status;

	ng_scratch_remove(&environment->scratch);
	status = ng_scratch_borrow(&environment->scratch, scratch, err);
	if (!status)
		status = ng_environment_go(environment, NULL, err);
	return status ? status : make_empty_file(".spiceinit", err);
}

void ng_environment_leave(struct ng_environment *environment)
{
	if (environment->locale) {
		uselocale(environment->caller_locale);
		freelocale(environment->locale);
		environment->locale = (locale_t)0;
	}
	leave_scratch(environment);
	ng_scratch_remove(&environment->scratch);
}

/* The state that ngspice draws from.  Its size is that of the state that a process begins with. */
static char *own_random(void)
{
	static char state[128];
	static bool is_made;

	if (is_made)
		return setstate(state);
	is_made = true;
	return initstate(1, state, sizeof(state));
}

void ng_host_save(struct ng_host *host)
{
	sigaction(SIGILL, NULL, &host->on_illegal);
	host->random = own_random();
}

void ng_host_restore(const struct ng_host *host)
{
	sigaction(SIGILL, &host->on_illegal, NULL);
	setstate(host->random);
}
