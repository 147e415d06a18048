/* SPDX-License-Identifier: BSD-3-Clause */
/* Cases that stand in a folder of their own, and the files there. */
#ifndef TESTS_SUPPORT_FOLDER_H
#define TESTS_SUPPORT_FOLDER_H

#include "support.h"

/* Setup: a new folder below /tmp becomes the working directory.  Teardown: back again, and it is gone. */
int enter_folder(void **state);
int leave_folder(void **state);

#define FOLDER_CASE(name) cmocka_unit_test_setup_teardown(name, enter_folder, leave_folder)

/* Of the case at hand. */
extern char case_folder[];

/* Make or replace the file. */
void write_file(const char *path, const char *text);

/* How many entries a folder has. */
int count_entries(const char *path);

#endif
