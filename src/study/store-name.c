/* SPDX-License-Identifier: BSD-3-Clause */
/* Which names a parameter or measurement may have in the store: each is a folder there. */
#include "study/store-name.h"

#include <limits.h>
#include <stdbool.h>
#include <string.h>

#include "base/name.h"
#include "base/text.h"
#include "study/store-json.h"

static bool is_taken(const char *name)
{
	static const char *const taken[] = {STORE_STATUS, STORE_SECONDS, STORE_WORKER,
					    STORE_MESSAGE, STORE_DIMENSION};

	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++) {
		if (name_compare(name, taken[i]) == 0)
			return true;
	}
	return false;
}

static bool has_control_character(const char *name)
{
	for (const char *c = name; *c; c++) {
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			return true;
	}
	return false;
}

static bool is_utf8(const char *name)
{
	while (*name) {
		size_t length = store_utf8_length(name);

		if (length == 0)
			return false;
		name += length;
	}
	return true;
}

char *store_nominal_name(const char *wave)
{
	struct text name = TEXT_INIT;

	text_printf(&name, "%s.nominal", wave);
	return text_take(&name);
}

const char *store_name_problem(const char *name)
{
	if (name[0] == '\0')
		return "is empty";
	if (name[0] == '.')
		return "begins with a dot";
	if (strchr(name, '/'))
		return "contains a slash";
	if (has_control_character(name))
		return "contains a control character";
	if (!is_utf8(name))
		return "is not UTF-8 text";
	if (strlen(name) > NAME_MAX)
		return "is longer than a file name may be";
	if (is_taken(name))
		return "is a name that the store uses itself";
	return NULL;
}
