/* SPDX-License-Identifier: BSD-3-Clause */
/* libngspice as a table of functions: found, opened and closed at run time, never linked. */
#ifndef PLUGIN_NG_API_H
#define PLUGIN_NG_API_H

#include <limits.h>
#include <stdbool.h>

#include <ngspice/sharedspice.h>

#include "carom-error.h"

struct ng_event_list;

struct ng_api {
	void *handle;
	char path[PATH_MAX]; /* of the file in use */

	int (*init)(SendChar *, SendStat *, ControlledExit *, SendData *, SendInitData *,
		    BGThreadRunning *, void *);
	int (*command)(char *);
	int (*circ)(char **);
	char *(*cur_plot)(void);
	char **(*all_plots)(void);
	char **(*all_vecs)(char *);
	pvector_info (*vec_info)(char *);
	/* NULL in versions that do not have it */
	char *(*input_path)(const char *);
	bool (*set_breakpoint)(double);
	char **(*all_event_nodes)(void);
	struct ng_event_list *(*event_info)(char *);
	int (*init_sync)(GetVSRCData *, GetISRCData *, GetSyncData *, int *, void *);
};

/*
 * Open the library at this path; NULL: $CAROM_NGSPICE if it is set, else the first of the usual
 * names that opens.  ERROR_LIBRARY says every path that was tried and why it failed.  A library
 * that something else in this process has open is refused: its state would be shared, and closing
 * would not reset it.
 */
int ng_api_open(struct ng_api *api, const char *library, struct carom_error *err);

/* Unload: all state of the library is gone.  Closing twice is legal. */
void ng_api_close(struct ng_api *api);

#endif
