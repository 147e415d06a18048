/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One array of the store: a folder with its description and one chunk of raw values.
 * Source: Zarr storage specification version 2, "Arrays".
 */
#include "study/store-array.h"

#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "study/folder.h"
#include "study/store-json.h"
#include "study/store.h"

#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define ORDER "<"
#else
#define ORDER ">"
#endif

#define TO_STRING(x) #x
#define DECIMAL(x) TO_STRING(x)

static const double start_nan = NAN;
static const int8_t start_pending = CAROM_SAMPLE_PENDING;
static const int32_t start_nobody = -1;

/*
 * Only doubles have a fill value: xarray takes every value equal to it for a missing one, and makes
 * floats of integers to mark them.  All values are written anyway.
 */
static const struct layout {
	const char *dtype;
	size_t size;
	const char *fill_value; /* NULL: null */
	const void *start;      /* NULL: left to the file system, as zeros */
} layouts[] = {
	[STORE_DOUBLE] = {ORDER "f8", sizeof(double), "NaN", &start_nan},
	[STORE_INT8] = {"|i1", sizeof(int8_t), NULL, &start_pending},
	[STORE_INT32] = {ORDER "i4", sizeof(int32_t), NULL, &start_nobody},
	[STORE_TEXT] = {"|S" DECIMAL(STORE_MESSAGE_SIZE), STORE_MESSAGE_SIZE, NULL, NULL},
};

size_t store_kind_size(enum store_kind kind)
{
	return layouts[kind].size;
}

const char *store_kind_dtype(enum store_kind kind)
{
	return layouts[kind].dtype;
}

static json_t *describe(const struct layout *layout, uint64_t n)
{
	return json_pack("{s:[I], s:n, s:s, s:s?, s:n, s:s, s:[I], s:i}", "chunks", (json_int_t)n,
			 "compressor", "dtype", layout->dtype, "fill_value", layout->fill_value,
			 "filters", "order", "C", "shape", (json_int_t)n, "zarr_format", 2);
}

/* Every value, so that the space is really there. */
static int fill_chunk(int fd, enum store_kind kind, uint64_t n)
{
	const struct layout *layout = &layouts[kind];
	char block[32768];
	uint64_t in_block = sizeof(block) / layout->size;

	if (!layout->start)
		return ftruncate(fd, (off_t)(n * layout->size));
	for (size_t i = 0; i < in_block; i++)
		memcpy(block + i * layout->size, layout->start, layout->size);
	for (uint64_t count; n > 0; n -= count) {
		count = n < in_block ? n : in_block;
		if (folder_write_all(fd, block, count * layout->size))
			return -1;
	}
	return 0;
}

int store_array_create_chunk(int folder, const char *name, enum store_kind kind, uint64_t n,
			     struct carom_error *err)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	int status = 0;

	if (fd < 0)
		return carom_fail_errno(err, "%s", name);
	if (fill_chunk(fd, kind, n))
		status = carom_fail_errno(err, "%s", name);
	if (close(fd) && !status)
		status = carom_fail_errno(err, "%s", name);
	return status;
}

int store_array_begin(int store, const char *name, json_t *attributes, int *folder,
		      struct carom_error *err)
{
	int status;

	*folder = -1;
	if (mkdirat(store, name, 0777) || (*folder = folder_open(store, name)) < 0) {
		carom_fail_errno(err, "%s", name);
		json_decref(attributes);
		return CAROM_ERROR_SYSTEM;
	}
	status = store_json_create(*folder, ".zattrs", attributes, err);
	if (!status)
		return 0;
	close(*folder);
	return carom_fail_context(err, status, "%s", name);
}

int store_array_create(int store, const char *name, enum store_kind kind, uint64_t n,
		       json_t *attributes, struct carom_error *err)
{
	int folder, status = store_array_begin(store, name, attributes, &folder, err);

	if (status)
		return status;
	status = store_array_create_chunk(folder, "0", kind, n, err);
	if (!status)
		status = store_json_create(folder, ".zarray", describe(&layouts[kind], n), err);
	close(folder);
	return status ? carom_fail_context(err, status, "%s", name) : 0;
}

static int check_description(json_t *description, const struct layout *layout, uint64_t *n,
			     struct carom_error *err)
{
	json_int_t chunk = 0, length = 0;
	const char *dtype;
	json_error_t cause;
	int format;

	if (json_unpack_ex(description, &cause, 0, "{s:i, s:s, s:[I!], s:[I!], s:n, s:n}",
			   "zarr_format", &format, "dtype", &dtype, "shape", &length, "chunks",
			   &chunk, "compressor", "filters"))
		return store_json_fail(&cause, err);
	if (format != 2 || strcmp(dtype, layout->dtype) != 0 || length < 1 || chunk != length)
		return carom_fail(err, CAROM_ERROR_FORMAT,
				  "not an array that carom makes\nit should be \"%s\" in one chunk",
				  layout->dtype);
	*n = (uint64_t)length;
	return 0;
}

int store_array_length(int store, const char *name, enum store_kind kind, uint64_t *n,
		       struct carom_error *err)
{
	char path[NAME_MAX + 16];
	json_t *description;
	int status;

	snprintf(path, sizeof(path), "%s/.zarray", name);
	status = store_json_read(store, path, NULL, &description, err);
	if (status)
		return status;
	status = check_description(description, &layouts[kind], n, err);
	json_decref(description);
	return status ? carom_fail_context(err, status, "%s", path) : 0;
}

static int check_chunk(int fd, const char *path, enum store_kind kind, uint64_t n,
		       struct carom_error *err)
{
	struct stat stat;
	off_t expected;

	if (fstat(fd, &stat))
		return carom_fail_errno(err, "%s", path);
	if (__builtin_mul_overflow(n, layouts[kind].size, &expected) || !S_ISREG(stat.st_mode) ||
	    stat.st_size != expected)
		return carom_fail(err, CAROM_ERROR_FORMAT,
				  "%s: has %lld bytes, which are not %llu values of %zu", path,
				  (long long)stat.st_size, (unsigned long long)n,
				  layouts[kind].size);
	return 0;
}

int store_array_open_chunk(int folder, const char *path, enum store_kind kind, uint64_t n,
			   bool writable, int *fd, struct carom_error *err)
{
	int status;

	*fd = openat(folder, path,
		     (writable ? O_RDWR | O_NOFOLLOW : O_RDONLY) | O_NONBLOCK | O_CLOEXEC);
	if (*fd < 0)
		return carom_fail_errno(err, "%s", path);
	status = check_chunk(*fd, path, kind, n, err);
	if (status) {
		close(*fd);
		*fd = -1;
	}
	return status;
}

int store_array_open(int store, const char *name, enum store_kind kind, uint64_t n, bool writable,
		     int *fd, struct carom_error *err)
{
	char path[NAME_MAX + 16];

	snprintf(path, sizeof(path), "%s/0", name);
	return store_array_open_chunk(store, path, kind, n, writable, fd, err);
}

int store_array_map(int store, const char *name, enum store_kind kind, uint64_t n, bool writable,
		    void **memory, struct carom_error *err)
{
	int fd;
	int status = store_array_open(store, name, kind, n, writable, &fd, err);

	*memory = NULL;
	if (status)
		return status;
	*memory = mmap(NULL, n * layouts[kind].size, PROT_READ | (writable ? PROT_WRITE : 0),
		       MAP_SHARED, fd, 0);
	if (*memory == MAP_FAILED) {
		*memory = NULL;
		status = carom_fail_errno(err, "%s: cannot be mapped", name);
	}
	close(fd);
	return status;
}

void store_array_drop_pages(const void *memory, enum store_kind kind, uint64_t n)
{
	madvise((void *)memory, n * layouts[kind].size, MADV_DONTNEED);
}

void store_array_unmap(const void *memory, enum store_kind kind, uint64_t n)
{
	if (memory)
		munmap((void *)memory, n * layouts[kind].size);
}
