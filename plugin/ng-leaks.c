/* SPDX-License-Identifier: BSD-3-Clause */
/* Builds with AddressSanitizer: what libngspice does not free is not ours to report. */
#include "ng-leaks.h"

#include <dlfcn.h>
#include <stdbool.h>

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
static bool is_off;

/* A run that was left by longjmp has not switched on again; the call after it does. */
static void switch_off(void)
{
	if (!is_off)
		__lsan_disable();
	is_off = true;
}

static void switch_on(void)
{
	__lsan_enable();
	is_off = false;
}

static int init(SendChar *text, SendStat *progress, ControlledExit *leave, SendData *data,
		SendInitData *init_data, BGThreadRunning *running, void *arg)
{
	switch_off();
	int status = real.init(text, progress, leave, data, init_data, running, arg);
	switch_on();
	return status;
}

static int command(char *text)
{
	switch_off();
	int status = real.command(text);
	switch_on();
	return status;
}

static int circ(char **lines)
{
	switch_off();
	int status = real.circ(lines);
	switch_on();
	return status;
}

static char **all_plots(void)
{
	switch_off();
	char **plots = real.all_plots();
	switch_on();
	return plots;
}

static char **all_vecs(char *plot)
{
	switch_off();
	char **vectors = real.all_vecs(plot);
	switch_on();
	return vectors;
}

static pvector_info vec_info(char *name)
{
	switch_off();
	pvector_info info = real.vec_info(name);
	switch_on();
	return info;
}

static char *input_path(const char *path)
{
	switch_off();
	char *now = real.input_path(path);
	switch_on();
	return now;
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
	if (real.input_path)
		api->input_path = input_path;
}

void *ng_leaks_dlopen(const char *name)
{
	__lsan_disable();
	void *handle = dlopen(name, RTLD_NOW | RTLD_LOCAL);
	__lsan_enable();
	return handle;
}

#endif
