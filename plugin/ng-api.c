/* SPDX-License-Identifier: BSD-3-Clause */
/* Opening and closing libngspice, and saying why it could not be opened. */
#include "ng-api.h"

#include <dlfcn.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ng-leaks.h"

/* Functions without which there is no simulation, in every libngspice since 26. */
static const struct {
	const char *name;
	size_t offset; /* of the pointer in struct ng_api */
} symbols[] = {
	{"ngSpice_Init", offsetof(struct ng_api, init)},
	{"ngSpice_Command", offsetof(struct ng_api, command)},
	{"ngSpice_Circ", offsetof(struct ng_api, circ)},
	{"ngSpice_CurPlot", offsetof(struct ng_api, cur_plot)},
	{"ngSpice_AllPlots", offsetof(struct ng_api, all_plots)},
	{"ngSpice_AllVecs", offsetof(struct ng_api, all_vecs)},
	{"ngGet_Vec_Info", offsetof(struct ng_api, vec_info)},
};

static const char *const usual_names[] = {
#ifdef CAROM_NGSPICE_DEFAULT
	CAROM_NGSPICE_DEFAULT, /* configure --with-ngspice */
#endif
	"libngspice.so.0",
	"libngspice.so",
};

static int find_symbols(struct ng_api *api, const char *name, struct carom_error *err)
{
	for (size_t i = 0; i < sizeof(symbols) / sizeof(symbols[0]); i++) {
		void *address = dlsym(api->handle, symbols[i].name);

		if (!address)
			return carom_fail(err, CAROM_ERROR_LIBRARY,
					  "%s has no %s: it is not a shared ngspice\n"
					  "name libngspice.so of version 39 or later",
					  name, symbols[i].name);
		memcpy((char *)api + symbols[i].offset, &address, sizeof(address));
	}
	*(void **)&api->input_path = dlsym(api->handle, "ngCM_Input_Path");
	*(void **)&api->set_breakpoint = dlsym(api->handle, "ngSpice_SetBkpt");
	*(void **)&api->all_event_nodes = dlsym(api->handle, "ngSpice_AllEvtNodes");
	*(void **)&api->event_info = dlsym(api->handle, "ngGet_Evt_NodeInfo");
	*(void **)&api->init_sync = dlsym(api->handle, "ngSpice_Init_Sync");
	return CAROM_OK;
}

/* The file behind the handle: dladdr knows what the search made of the name. */
static void find_path(struct ng_api *api, const char *name)
{
	Dl_info info;
	char real[PATH_MAX];

	if (dladdr((void *)(uintptr_t)api->init, &info) && info.dli_fname)
		name = info.dli_fname;
	if (realpath(name, real))
		name = real;
	snprintf(api->path, sizeof(api->path), "%s", name);
}

static int use_handle(struct ng_api *api, const char *name, struct carom_error *err)
{
	int status = find_symbols(api, name, err);

	if (status) {
		ng_api_close(api);
		return status;
	}
	find_path(api, name);
	ng_leaks_ignore(api);
	return CAROM_OK;
}

static int refuse_if_in_use(const char *name, struct carom_error *err)
{
	void *handle = dlopen(name, RTLD_NOW | RTLD_NOLOAD);

	if (!handle)
		return CAROM_OK;
	dlclose(handle);
	return carom_fail(err, CAROM_ERROR_LIBRARY,
			  "%s is already in use by something else in this process\n"
			  "do not link the program with it, or run carom in a process of its own",
			  name);
}

/* Opens the first of these names that can be opened. */
static int open_one_of(struct ng_api *api, const char *const *names, size_t n,
		       struct carom_error *err)
{
	struct text tried = TEXT_INIT;
	int status = CAROM_OK;

	for (size_t i = 0; i < n; i++) {
		status = refuse_if_in_use(names[i], err);
		if (status)
			goto out;
		api->handle = ng_leaks_dlopen(names[i]);
		if (api->handle) {
			status = use_handle(api, names[i], err);
			goto out;
		}
		text_printf(&tried, "%s%s", i ? "; " : "", dlerror());
	}
	status = carom_fail(err, CAROM_ERROR_LIBRARY,
			    "libngspice cannot be opened (%s)\ninstall it (Debian: libngspice0) or "
			    "set CAROM_NGSPICE to its path",
			    text_string(&tried));
out:
	text_release(&tried);
	return status;
}

int ng_api_open(struct ng_api *api, const char *library, struct carom_error *err)
{
	*api = (struct ng_api){0};
	if (!library)
		library = secure_getenv("CAROM_NGSPICE");
	if (library && library[0])
		return open_one_of(api, &library, 1, err);
	return open_one_of(api, usual_names, sizeof(usual_names) / sizeof(usual_names[0]), err);
}

void ng_api_close(struct ng_api *api)
{
	if (api->handle)
		dlclose(api->handle);
	api->handle = NULL;
}
