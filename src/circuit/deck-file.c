/* SPDX-License-Identifier: BSD-3-Clause */
/* Files of a deck: an .include or .lib card is replaced by the cards of the file or section. */
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/name.h"
#include "circuit/deck.h"
#include "circuit/edit.h"
#include "circuit/include.h"

/* "deck.cir > a.lib > b.lib > a.lib": the files that are open, the innermost last. */
static int fail_recursion(const struct deck *deck, const struct card *card)
{
	enum { SHOWN = 4 };
	const struct deck_source *chain[SHOWN];
	const struct deck_source *source = deck->source;
	char text[600] = "";
	size_t n = 0;

	for (; source && n < SHOWN; source = source->outer)
		chain[n++] = source;
	while (n-- > 0) {
		strncat(text, " > ", sizeof(text) - strlen(text) - 1);
		strncat(text, chain[n]->name, sizeof(text) - strlen(text) - 1);
	}
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_LIMIT,
				 "files include files more than %d deep: ...%s", MAX_INCLUDES,
				 text);
}

/* Move the source behind the line ".lib SECTION". */
static int find_section(struct deck *deck, const struct card *card,
			const struct include_names *names)
{
	struct raw_line raw;

	while (deck_line_raw(deck->source, &raw)) {
		struct include_names defined;
		char line[512];

		if (!raw_line_begins(&raw, ".lib"))
			continue;
		raw_line_cut_comment(&raw);
		if (raw.length >= sizeof(line))
			continue;
		memcpy(line, raw.text, raw.length);
		line[raw.length] = '\0';
		if (!include_read_names(&(struct card){.text = line}, &defined) || defined.section)
			continue;
		if (defined.file_length == names->section_length &&
		    name_compare_n(defined.file, names->section, (size_t)names->section_length) ==
			    0)
			return CAROM_OK;
	}
	return circuit_fail_card(deck->root, card, deck->err, CAROM_ERROR_NOT_FOUND,
				 "\"%s\" has no section \"%.*s\"", deck->source->name,
				 names->section_length, names->section);
}

uint32_t deck_enter_file(struct deck *deck, const char *path, bool is_section)
{
	uint32_t file = circuit_append_file(deck->root, path, deck->err);

	if (file == NAME_NONE)
		return file;
	if (!mem_reserve(&deck->is_library, &deck->library_capacity, file + 1,
			 sizeof(*deck->is_library))) {
		carom_fail_memory(deck->err);
		return NAME_NONE;
	}
	deck->is_library[file] = is_section || (file > 0 && deck->is_library[deck->source->file]);
	return file;
}

static int read_text(struct deck *deck, const struct card *card, const struct include_names *names,
		     const char *path, const char *text, size_t length)
{
	struct deck_source source = {.text = text,
				     .length = length,
				     .line = 1,
				     .root = deck->root,
				     .outer = deck->source};
	int rc = CAROM_OK;

	source.file = deck_enter_file(deck, path, names->section != NULL);
	if (source.file == NAME_NONE)
		return CAROM_ERROR_MEMORY;
	source.name = circuit_file(deck->root, source.file);
	deck->n_bytes += length;
	deck->source = &source;
	deck->depth++;
	if (names->section)
		rc = find_section(deck, card, names);
	if (rc == CAROM_OK)
		rc = deck_read_source(deck, names->section ? READ_SECTION : READ_FILE);
	deck->depth--;
	deck->source = source.outer;
	return rc;
}

static bool is_folder(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/*
 * The named file: next to the file that names it or, as ngspice does for .lib, next to the deck, or
 * else in the working directory, where ngspice looks first.  Returns 1 for a folder, which reads as
 * an empty file.
 */
static int open_named(struct deck *deck, const struct include_names *names, char **path,
		      char **text, size_t *length)
{
	const char *bases[] = {deck->source->name, circuit_file(deck->root, 0), ""};
	size_t limit = MAX_DECK_BYTES - deck->n_bytes;
	struct carom_error first = CAROM_ERROR_INIT;
	int rc = CAROM_OK;

	for (size_t i = 0; i < sizeof(bases) / sizeof(bases[0]); i++) {
		*path = include_path(bases[i], names);
		if (!*path)
			return carom_fail_memory(deck->err);
		rc = include_read_file(*path, false, &deck->roots, limit, text, length, &first);
		if (rc == CAROM_OK)
			return CAROM_OK;
		if (rc == CAROM_ERROR_TRUST) {
			mem_free(*path);
			break;
		}
		if (!names->section && is_folder(*path))
			rc = 1;
		mem_free(*path);
		if (rc == 1)
			return rc;
	}
	return carom_fail_as(deck->err, &first);
}

static int include(struct deck *deck, const struct card *card, const struct include_names *names)
{
	char *path, *text;
	size_t length;
	int rc;

	if (deck->depth >= MAX_INCLUDES)
		return fail_recursion(deck, card);
	rc = deck_open_library(deck, names);
	if (rc != 1)
		return rc;
	rc = open_named(deck, names, &path, &text, &length);
	if (rc == 1)
		return circuit_note(deck->root, card, CAROM_SEVERITY_WARNING, CAROM_ERROR_SYSTEM,
				    deck->err, "\"%.*s\" is a folder; nothing is included",
				    names->file_length, names->file);
	if (rc != CAROM_OK) {
		carom_error_place(deck->err, circuit_file(deck->root, card->file), (int)card->line);
		return rc;
	}
	rc = read_text(deck, card, names, path, text, length);
	mem_free(text);
	mem_free(path);
	return rc;
}

int deck_include(struct deck *deck, const struct card *card, enum dot_kind kind)
{
	struct include_names names;

	if (!include_read_names(card, &names))
		return deck_fail_card(deck, card, "the card names no file");
	if (kind == DOT_INCLUDE)
		names.section = NULL;
	else if (!names.section)
		return circuit_fail_card(
			deck->root, card, deck->err, CAROM_ERROR_SYNTAX,
			".lib needs a file and a section\na file without sections is "
			"read by .include");
	else
		deck_choose_section(deck, &names);
	return include(deck, card, &names);
}
