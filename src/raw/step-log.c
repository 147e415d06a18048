/* SPDX-License-Identifier: BSD-3-Clause */
/* Lines of logs: ".step r=1k" of LTspice, "1 of 3 steps: .step r=1k" of QSPICE. */
#include "raw/step-log.h"

#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/mem.h"
#include "raw/encoding.h"
#include "raw/source.h"

static const char blanks[] = " \t\r";

/* What follows ".step" in the line; NULL if there is none, or it is the statement of a netlist. */
static char *find_values(char *line)
{
	static const char word[] = ".step ";
	char *found = strcasestr(line, word);
	char *values;
	size_t length;

	if (!found)
		return NULL;
	values = found + sizeof(word) - 1;
	values += strspn(values, blanks);
	length = strlen(values);
	while (length > 0 && strchr(blanks, values[length - 1]))
		length--;
	values[length] = '\0';
	return strchr(values, '=') ? values : NULL;
}

static int add_lines(struct step_log *log, struct carom_error *err)
{
	char *rest = log->text;
	char *line;

	while ((line = strsep(&rest, "\n"))) {
		char *values = find_values(line);

		if (!values)
			continue;
		if (!mem_reserve(&log->values, &log->capacity, log->n + 1, sizeof(*log->values)))
			return carom_fail_memory(err);
		log->values[log->n++] = values;
	}
	return 0;
}

/* LTspice writes 16 bits, with a mark or without. */
static int convert(struct step_log *log, const struct source *source, struct carom_error *err)
{
	const unsigned char *bytes = source->bytes;
	bool is_marked = source->size > 1 && bytes[0] == 0xff && bytes[1] == 0xfe;
	bool is_wide = is_marked || (source->size > 1 && bytes[1] == 0);
	enum encoding encoding = encoding_find(bytes, source->size, is_wide);

	log->text = mem_alloc(ENCODING_GROWTH * source->size + 1);
	if (!log->text)
		return carom_fail_memory(err);
	*encoding_convert(encoding, bytes + (is_marked ? 2 : 0), bytes + source->size, log->text) =
		'\0';
	return 0;
}

int step_log_read(struct step_log *log, const char *path, struct carom_error *err)
{
	struct carom_error found = CAROM_ERROR_INIT;
	struct source source;
	struct guard guard;
	int status = source_open(&source, path, err);
	int ended;

	*log = (struct step_log){.n = 0};
	if (status)
		return status;
	source_begin(&source, &guard);
	status = convert(log, &source, &found);
	ended = source_end(&source, &guard, err);
	source_close(&source);
	if (ended)
		return ended;
	if (status)
		return carom_fail_as(err, &found);
	return add_lines(log, err);
}

void step_log_release(struct step_log *log)
{
	mem_free(log->values);
	mem_free(log->text);
}

/* Put ".log" in place of the name's end, if it has this one; false otherwise. */
static bool replace_end(char *path, const char *end)
{
	size_t length = strlen(path), cut = strlen(end);

	if (length < cut || strcasecmp(path + length - cut, end) != 0)
		return false;
	strcpy(path + length - cut, ".log");
	return true;
}

int step_log_find(const char *raw, char **path, struct carom_error *err)
{
	static const char *const ends[] = {".op.raw", ".raw", ".qraw"};

	*path = NULL;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		char *name = mem_strdup(raw);

		if (!name)
			return carom_fail_memory(err);
		if (replace_end(name, ends[i]) && access(name, R_OK) == 0) {
			*path = name;
			return 0;
		}
		mem_free(name);
	}
	return 0;
}
