/* SPDX-License-Identifier: BSD-3-Clause */
/* Files a deck is made of. */
#include "circuit/include.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

/* ---- names ---- */

/* The next word, blanks outside quotes end it; as ngspice, a quote of either kind closes it. */
static const char *next_name(const char *p, int *length)
{
	const char *begin;
	char quote;

	p += strspn(p, " \t");
	quote = *p == '"' || *p == '\'' ? *p++ : '\0';
	begin = p;
	while (*p && (quote ? *p != quote : !strchr(" \t\"'", *p)))
		p++;
	*length = (int)(p - begin);
	return begin;
}

bool include_read_names(const struct card *card, struct include_names *names)
{
	const char *p = card->text + strcspn(card->text, " \t\"'");

	names->file = next_name(p, &names->file_length);
	p = names->file + names->file_length;
	p += *p == '"' || *p == '\'';
	names->section = next_name(p, &names->section_length);
	if (names->section_length == 0)
		names->section = NULL;
	return names->file_length > 0;
}

char *include_path(const char *naming_path, const struct include_names *names)
{
	const char *slash = strrchr(naming_path, '/');
	struct text path = TEXT_INIT;

	if (slash && names->file[0] != '/')
		text_append_n(&path, naming_path, (size_t)(slash - naming_path) + 1);
	text_append_n(&path, names->file, (size_t)names->file_length);
	return text_take(&path);
}

int include_folder(char **folder, const char *file, struct carom_error *err)
{
	const char *slash = strrchr(file, '/');
	char *relative, *path;

	*folder = NULL;
	if (file[0] == '\0')
		return CAROM_OK;
	relative = slash ? mem_strndup(file, (size_t)(slash - file) + 1) : mem_strdup(".");
	if (!relative)
		return carom_fail_memory(err);
	path = realpath(relative, NULL);
	mem_free(relative);
	if (!path)
		return CAROM_OK;
	*folder = mem_strdup(path);
	free(path);
	return *folder ? CAROM_OK : carom_fail_memory(err);
}

/* ---- text ---- */

/* The rest of the file behind what is in text; length is what stat told, 0 if it does not say. */
static int read_all(int fd, size_t expected, size_t limit, struct text *text)
{
	size_t capacity = 0;

	for (;;) {
		ssize_t got;

		if (!mem_reserve(&text->data, &capacity, text->length + expected + 1, 1))
			return ENOMEM;
		got = read(fd, text->data + text->length, capacity - text->length);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return errno;
		if (got == 0)
			return 0;
		text->length += (size_t)got;
		if (text->length > limit)
			return EFBIG;
		expected = 65536;
		if (capacity > text->length)
			expected = capacity - text->length - 1;
	}
}

static int fail_file(struct carom_error *err, const char *path, int error)
{
	if (error == ENOMEM)
		return carom_fail_memory(err);
	if (error == EFBIG)
		return carom_fail(err, CAROM_ERROR_LIMIT,
				  "\"%s\" makes the deck longer than %zu bytes", path,
				  MAX_DECK_BYTES);
	errno = error;
	return carom_fail_errno(err, "cannot open \"%s\"", path);
}

/* Opens without waiting for a pipe's writer where only regular files are wanted. */
static int open_file(const char *path, bool any_kind, size_t *expected)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | (any_kind ? 0 : O_NONBLOCK));
	struct stat stat;

	if (fd < 0)
		return -1;
	if (fstat(fd, &stat) == 0 && (any_kind || S_ISREG(stat.st_mode))) {
		*expected = S_ISREG(stat.st_mode) ? (size_t)stat.st_size : 0;
		return fd;
	}
	errno = S_ISDIR(stat.st_mode) ? EISDIR : EINVAL;
	close(fd);
	return -1;
}

int include_read_file(const char *path, bool any_kind, const struct roots *roots, size_t limit,
		      char **text, size_t *length, struct carom_error *err)
{
	struct text content = TEXT_INIT;
	size_t expected = 0;
	int fd = open_file(path, any_kind, &expected);
	int error, status;

	if (fd < 0)
		return fail_file(err, path, errno);
	status = roots ? roots_check(roots, fd, path, err) : CAROM_OK;
	if (status) {
		close(fd);
		return status;
	}
	error = expected > limit ? EFBIG : read_all(fd, expected, limit, &content);
	close(fd);
	if (error) {
		mem_free(content.data);
		return fail_file(err, path, error);
	}
	*text = content.data;
	*length = content.length;
	return CAROM_OK;
}
