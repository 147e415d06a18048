/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of a folder that is open; nothing here follows a symbolic link out of it. */
#ifndef STUDY_FOLDER_H
#define STUDY_FOLDER_H

#include <stddef.h>

#include "base/text.h"

/*
 * Descriptor of the folder called name in folder at (AT_FDCWD too); -1 and errno if there is none.
 */
int folder_open(int at, const char *name);

/*
 * One run at a time writes a store: for as long as a copy of the descriptor is open, in whatever
 * process.  ERROR_SYSTEM if another does so, and goes on for 2 s.
 */
int folder_lock(int folder, struct carom_error *err);

/* Write length bytes; 0, or -1 and errno. */
int folder_write_all(int fd, const void *bytes, size_t length);

/* Make a file that is not there yet. */
int folder_create_file(int folder, const char *name, const char *bytes, size_t length,
		       struct carom_error *err);

/* Make or replace a file so that whoever opens it finds the old bytes or all of the new ones. */
int folder_replace_file(int folder, const char *name, const char *bytes, size_t length,
			struct carom_error *err);

/* Append the bytes of a file to text.  It must be a regular file. */
int folder_read_file(int folder, const char *name, struct text *text, struct carom_error *err);

/* Remove the folder called name in folder at, with all that is in it. */
int folder_remove(int at, const char *name, struct carom_error *err);

#endif
