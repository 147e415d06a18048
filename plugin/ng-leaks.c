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

void ng_leaks_call_was_left(void)
{
}

void *ng_leaks_dlopen(const char *name)
{
	return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

#else

#include <sanitizer/lsan_interface.h>

static struct ng_api real; /* of the one library that is open */
static bool is_off;

/* Returns whether it was off already: calls may come from the callbacks of others. */
static bool switch_off(void)
{
	bool was_off = is_off;

	if (!was_off)
		__lsan_disable();
	is_off = true;
	return was_off;
}

static void switch_back(bool was_off)
{
	if (was_off)
		return;
	__lsan_enable();
	is_off = false;
}

void ng_leaks_call_was_left(void)
{
	if (is_off)
		switch_back(false);
}

static int init(SendChar *text, SendStat *progress, ControlledExit *leave, SendData *data,
		SendInitData *init_data, BGThreadRunning *running, void *arg)
{
	bool was_off = switch_off();
	int status = real.init(text, progress, leave, data, init_data, running, arg);
	switch_back(was_off);
	return status;
}

static int command(char *text)
{
	bool was_off = switch_off();
	int status = real.command(text);
	switch_back(was_off);
	return status;
}

static int circ(char **lines)
{
	bool was_off = switch_off();
	int status = real.circ(lines);
	switch_back(was_off);
	return status;
}

static char **all_plots(void)
{
	bool was_off = switch_off();
	char **plots = real.all_plots();
	switch_back(was_off);
	return plots;
}

static char **all_vecs(char *plot)
{
	bool was_off = switch_off();
	char **vectors = real.all_vecs(plot);
	switch_back(was_off);
	return vectors;
}

static pvector_info vec_info(char *name)
{
	bool was_off = switch_off();
	pvector_info info = real.vec_info(name);
	switch_back(was_off);
	return info;
}

static char **all_event_nodes(void)
{
	bool was_off = switch_off();
	char **nodes = real.all_event_nodes();
	switch_back(was_off);
	return nodes;
}

static struct ng_event_list *event_info(char *node)
{
	bool was_off = switch_off();
	struct ng_event_list *list = real.event_info(node);
	switch_back(was_off);
	return list;
}

static char *input_path(const char *path)
{
	bool was_off = switch_off();
	char *now = real.input_path(path);
	switch_back(was_off);
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
	if (real.all_event_nodes)
		api->all_event_nodes = all_event_nodes;
	if (real.event_info)
		api->event_info = event_info;
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
