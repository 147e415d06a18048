/* SPDX-License-Identifier: BSD-3-Clause */
/* A file being written: whole under its name in the end, or not at all. */
#ifndef BASE_OUTPUT_H
#define BASE_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "carom-error.h"

struct output;

/*
 * path "-" is standard output.  A file is written beside it and takes its name in output_finish, so
 * that what had the name stays until then; what is there and no file (a pipe, a device) is written
 * to directly.  Returns a status; *output is NULL on failure.
 */
int output_open(struct output **output, const char *path, struct carom_error *err);

/* Failure is sticky and told by output_finish. */
void output_write(struct output *output, const void *bytes, size_t n);
void output_puts(struct output *output, const char *text);

/* Bytes at a place behind what was written in order; false where it cannot be chosen: a pipe. */
bool output_can_place(const struct output *output);
void output_place(struct output *output, uint64_t at, const void *bytes, size_t n);

bool output_has_failed(const struct output *output);

/* Frees the output.  keeps false: nothing is left of it; returns a status. */
int output_finish(struct output *output, bool keeps, struct carom_error *err);

#endif
