/* SPDX-License-Identifier: BSD-3-Clause */
/* Written through a buffer into a file beside the one that it becomes. */
#include "base/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

enum { BUFFER = 1 << 18, MOST_NAMES = 100 };

struct output {
	int file;
	int failure; /* errno of the first that failed, or 0 */
	char *path;
	char *temporary; /* NULL: the file itself is written */
	size_t n;        /* bytes in the buffer */
	char buffer[BUFFER];
};

/* ---- opening ---- */

/* "out.csv" -> "out.csv.0.part", or the next number that is free. */
static int open_beside(struct output *output)
{
	size_t size = strlen(output->path) + sizeof("..part") + 12;

	output->temporary = mem_alloc(size);
	if (!output->temporary)
		return ENOMEM;
	for (int i = 0; i < MOST_NAMES; i++) {
		snprintf(output->temporary, size, "%s.%d.part", output->path, i);
		output->file =
			open(output->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
		if (output->file >= 0)
			return 0;
		if (errno != EEXIST)
			break;
	}
	return errno;
}

static int open_file(struct output *output)
{
	struct stat there;
	bool is_there = stat(output->path, &there) == 0;

	if (!is_there || S_ISREG(there.st_mode))
		return open_beside(output);
	output->file = open(output->path, O_WRONLY | O_CLOEXEC);
	return output->file < 0 ? errno : 0;
}

static void release(struct output *output)
{
	mem_free(output->path);
	mem_free(output->temporary);
	mem_free(output);
}

static int open_path(struct output *output, const char *path)
{
	output->path = mem_strdup(path);
	if (!output->path)
		return ENOMEM;
	if (strcmp(path, "-") != 0)
		return open_file(output);
	fflush(stdout);
	output->file = STDOUT_FILENO;
	return 0;
}

int output_open(struct output **opened, const char *path, struct carom_error *err)
{
	struct output *output = mem_alloc(sizeof(*output));
	int failure;

	*opened = NULL;
	if (!output)
		return carom_fail_memory(err);
	output->failure = 0;
	output->n = 0;
	output->temporary = NULL;
	failure = open_path(output, path);
	if (failure == 0) {
		*opened = output;
		return CAROM_OK;
	}
	release(output);
	if (failure == ENOMEM)
		return carom_fail_memory(err);
	errno = failure;
	return carom_fail_errno(err, "cannot write %s", path);
}

/* ---- writing ---- */

static void write_all(struct output *output, const char *bytes, size_t n)
{
	while (n > 0 && !output->failure) {
		ssize_t done = write(output->file, bytes, n);

		if (done >= 0) {
			bytes += done;
			n -= (size_t)done;
		} else if (errno != EINTR) {
			output->failure = errno;
		}
	}
}

static void flush(struct output *output)
{
	write_all(output, output->buffer, output->n);
	output->n = 0;
}

void output_write(struct output *output, const void *bytes, size_t n)
{
	if (n > BUFFER - output->n)
		flush(output);
	if (n > BUFFER) {
		write_all(output, bytes, n);
		return;
	}
	memcpy(output->buffer + output->n, bytes, n);
	output->n += n;
}

void output_puts(struct output *output, const char *text)
{
	output_write(output, text, strlen(text));
}

bool output_can_place(const struct output *output)
{
	return output->temporary;
}

void output_place(struct output *output, uint64_t at, const void *bytes, size_t n)
{
	const char *from = bytes;

	while (n > 0 && !output->failure) {
		ssize_t done = pwrite(output->file, from, n, (off_t)at);

		if (done >= 0) {
			from += done;
			at += (uint64_t)done;
			n -= (size_t)done;
		} else if (errno != EINTR) {
			output->failure = errno;
		}
	}
}

bool output_has_failed(const struct output *output)
{
	return output->failure != 0;
}

/* ---- the end ---- */

static void close_file(struct output *output)
{
	if (output->file != STDOUT_FILENO && close(output->file) && !output->failure)
		output->failure = errno;
}

int output_finish(struct output *output, bool keeps, struct carom_error *err)
{
	int status = CAROM_OK;

	if (keeps)
		flush(output);
	close_file(output);
	if (keeps && !output->failure && output->temporary &&
	    rename(output->temporary, output->path))
		output->failure = errno;
	if (output->temporary && (!keeps || output->failure))
		unlink(output->temporary);
	if (keeps && output->failure) {
		errno = output->failure;
		status = carom_fail_errno(err, "cannot write %s", output->path);
	}
	release(output);
	return status;
}
