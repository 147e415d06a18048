/* SPDX-License-Identifier: BSD-3-Clause */
/* Files are mapped: a column out of a thousand costs a twentieth of what reading it all does. */
#include "raw/source.h"

#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"

static const char *kind_of(mode_t mode)
{
	if (S_ISDIR(mode))
		return "a directory";
	if (S_ISFIFO(mode))
		return "a pipe";
	if (S_ISSOCK(mode))
		return "a socket";
	return "a device";
}

static int map(struct source *source, struct carom_error *err)
{
	struct stat info;
	void *bytes;

	if (fstat(source->fd, &info) < 0)
		return carom_fail_errno(err, "%s", source->name);
	if (!S_ISREG(info.st_mode))
		return carom_fail_at(err, CAROM_ERROR_ARGUMENT, source->name, 0, 0,
				     "this is %s\nsave the data in a file first",
				     kind_of(info.st_mode));
	source->size = (size_t)info.st_size;
	if (source->size == 0)
		return source_fail(source, 0, err, "the file is empty");
	bytes = mmap(NULL, source->size, PROT_READ, MAP_SHARED, source->fd, 0);
	if (bytes == MAP_FAILED)
		return carom_fail_errno(err, "%s", source->name);
	source->bytes = bytes;
	return 0;
}

/* Not to wait for a writer where the path is a pipe. */
static int open_and_map(struct source *source, struct carom_error *err)
{
	int status;

	source->fd = open(source->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (source->fd < 0)
		return carom_fail_errno(err, "%s", source->name);
	status = map(source, err);
	if (status)
		close(source->fd);
	return status;
}

int source_open(struct source *source, const char *path, struct carom_error *err)
{
	int status;

	*source = (struct source){.name = mem_strdup(path)};
	if (!source->name)
		return carom_fail_memory(err);
	status = open_and_map(source, err);
	if (status)
		mem_free(source->name);
	return status;
}

int source_open_memory(struct source *source, const void *bytes, size_t size, const char *name,
		       struct carom_error *err)
{
	*source = (struct source){.bytes = bytes, .size = size, .name = mem_strdup(name), .fd = -1};
	return source->name ? 0 : carom_fail_memory(err);
}

void source_close(struct source *source)
{
	if (source->fd >= 0) {
		munmap((void *)source->bytes, source->size);
		close(source->fd);
	}
	mem_free(source->name);
}

void source_begin(struct source *source, struct guard *guard)
{
	if (source->fd >= 0)
		guard_enter(guard, (void *)source->bytes, source->size, &source->is_broken);
}

void source_leave(const struct source *source, const struct guard *guard)
{
	if (source->fd >= 0)
		guard_leave(guard);
}

/* Behind the end of a file its last page is zeros, of which no signal tells. */
static bool is_shorter(const struct source *source)
{
	struct stat info;

	return fstat(source->fd, &info) < 0 || (size_t)info.st_size < source->size;
}

int source_end(struct source *source, const struct guard *guard, struct carom_error *err)
{
	if (source->fd < 0)
		return 0;
	source_leave(source, guard);
	if (is_shorter(source))
		atomic_store(&source->is_broken, true);
	if (!atomic_load(&source->is_broken))
		return 0;
	return carom_fail_at(err, CAROM_ERROR_SYSTEM, source->name, 0, 0,
			     "the file became shorter, or cannot be read\nopen it again");
}

/* Below that the pages cost less than finding them anew for each column. */
enum { LARGE = 128 << 20 };

void source_let_go(const struct source *source)
{
	if (source->fd >= 0 && source->size >= LARGE)
		madvise((void *)source->bytes, source->size, MADV_DONTNEED);
}

int source_fail(const struct source *source, size_t offset, struct carom_error *err,
		const char *format, ...)
{
	bool is_first = err && !err->status;
	va_list args;

	va_start(args, format);
	carom_vfail_at(err, CAROM_ERROR_FORMAT, source->name, 0, 0, format, args);
	va_end(args);
	if (is_first)
		err->offset = (int64_t)offset;
	return CAROM_ERROR_FORMAT;
}
