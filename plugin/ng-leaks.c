/* SPDX-License-Identifier: BSD-3-Clause */
/* Builds with AddressSanitizer: what libngspice does not free is not ours to report. */
#include "ng-leaks.h"

#include <dlfcn.h>

#ifdef __has_feature
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#ifndef __SANITIZE_ADDRESS__

void ng_leaks_ignore(struct ng_api *api)
{
	(void)api;
}

void *ng_leaks_dlopen(const char *name)
{
	return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

#else

#include <sanitizer/lsan_interface.h>

static struct ng_api real; /* of the one library that is open */

static int init(SendChar *text, SendStat *progress, ControlledExit *leave, SendData *data,
		SendInitData *init_data, BGThreadRunning *running, void *arg)
{
	__lsan_disable();
	int status = real.init(text, progress, leave, data, init_data, running, arg);
	__lsan_enable();
	return status;
}

static int command(char *text)
{
	__lsan_disable();
	int status = real.command(text);
	__lsan_enable();
	return status;
}

static int circ(char **lines)
{
	__lsan_disable();
	int status = real.circ(lines);
	__lsan_enable();
	return status;
}

static char **all_plots(void)
{
	__lsan_disable();
	char **plots = real.all_plots();
	__lsan_enable();
	return plots;
}

static char **all_vecs(char *plot)
{
	__lsan_disable();
	char **vectors = real.all_vecs(plot);
	__lsan_enable();
	return vectors;
}

static pvector_info vec_info(char *name)
{
	__lsan_disable();
	pvector_info info = real.vec_info(name);
	__lsan_enable();
	return info;
}

void ng_leaks_ignore(struct ng_api *api)
{
	real = *api;
	api->init = init;
	api->command = command;
	api->circ = circ;
	api->all_plots = all_plots;
	api->all_vecs = all_vecs;
	api->vec_info = vec_info;
}

void *ng_leaks_dlopen(const char *name)
{
	__lsan_disable();
	void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	__lsan_enable();
	return handle;
}

#endif
