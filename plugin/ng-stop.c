/* SPDX-License-Identifier: BSD-3-Clause */
/* Commands save, stop and delete, and the answers to status. */
#include "ng-stop.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "ng-analysis.h"
#include "ng-state.h"

enum { LONGEST_DELETE = 900 };

/* ---- the list ---- */

void ng_stop_list_add(struct ng_stop_list *list, const char *words)
{
	struct ng_stop_entry entry = {0};
	char *end;

	entry.number = (unsigned)strtoul(words, &end, 10);
	if (end == words)
		return;
	words = end + strspn(end, " ");
	entry.is_save = strncmp(words, "save ", 5) == 0;
	entry.is_parameter = strncmp(words, "save @", 6) == 0;
	if (!entry.is_save && strncmp(words, "stop ", 5) != 0)
		return;
	if (!mem_reserve(&list->entries, &list->capacity, list->n + 1, sizeof(entry)))
		list->is_short = true;
	else
		list->entries[list->n++] = entry;
}

static int ask(struct ng_session *session, struct ng_stop_list *list, struct carom_error *err)
{
	*list = (struct ng_stop_list){0};
	session->callbacks.listing = list;
	ng_command(session, "status");
	session->callbacks.listing = NULL;
	if (!list->is_short)
		return CAROM_OK;
	mem_free(list->entries);
	return carom_fail_memory(err);
}

static void delete_some(struct ng_session *session, const struct ng_stop_list *list, bool saves)
{
	char command[NG_COMMAND_SIZE] = "delete";
	size_t length = strlen(command), begin = length;

	for (size_t i = 0; i < list->n; i++) {
		if (list->entries[i].is_save == saves)
			length += (size_t)sprintf(command + length, " %u", list->entries[i].number);
		if (length > LONGEST_DELETE || (i + 1 == list->n && length > begin)) {
			ng_command(session, command);
			length = begin;
		}
	}
}

static int clear(struct ng_session *session, bool saves, struct carom_error *err)
{
	struct ng_stop_list list;
	int status = ask(session, &list, err);

	if (status)
		return status;
	delete_some(session, &list, saves);
	mem_free(list.entries);
	return CAROM_OK;
}

/* ---- saves ---- */

void ng_saves_forget(struct ng_saves *saves)
{
	bool keeps_nothing = saves->keeps_nothing;

	mem_free(saves->asked);
	*saves = (struct ng_saves){.keeps_nothing = keeps_nothing};
}

bool ng_saves_need_reload(const struct ng_saves *saves, const struct carom_run_options *options)
{
	return (saves->keeps_nothing && !options->keeps_nothing) ||
	       (saves->asked && saves->deck_has_some && options->n_save == 0);
}

static bool is_save(const char *name)
{
	return strcasecmp(name, "all") == 0 || ng_is_plain_name(name);
}

static void add_small(struct text *text, const char *name)
{
	text_append_char(text, ' ');
	for (; *name; name++)
		text_append_char(text, (char)tolower((unsigned char)*name));
}

/* Vectors of an sp analysis alone have capitals, which count; a net may have the small name. */
static void add_capitals(struct text *text, const char *name)
{
	static const char *const matrices[] = {"S_", "Y_", "Z_", "Cy_"};
	static const char *const figures[] = {"NF", "NFmin", "Rn", "SOpt"};

	for (size_t i = 0; i < sizeof(matrices) / sizeof(matrices[0]); i++) {
		size_t length = strlen(matrices[i]);

		if (strncasecmp(name, matrices[i], length) == 0 &&
		    isdigit((unsigned char)name[length]))
			text_printf(text, " %s%s", matrices[i], name + length);
	}
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
		if (strcasecmp(name, figures[i]) == 0)
			text_printf(text, " %s", figures[i]);
}

/* *joined is the caller's to free if 0 is returned. */
static int join(const struct carom_run_options *options, char **joined, struct carom_error *err)
{
	struct text text = TEXT_INIT;

	for (size_t i = 0; i < options->n_save; i++) {
		if (!is_save(options->save[i])) {
			text_release(&text);
			return carom_fail(err, CAROM_ERROR_ARGUMENT,
					  "\"%s\" is no vector that can be saved\nvectors are "
					  "v(out), i(v1), @m1[gm] or all",
					  options->save[i]);
		}
		add_small(&text, options->save[i]);
		add_capitals(&text, options->save[i]);
	}
	*joined = text_take(&text);
	return *joined ? CAROM_OK : carom_fail_memory(err);
}

static void save(struct ng_session *session, const char *name, size_t length)
{
	char command[NG_COMMAND_SIZE];

	snprintf(command, sizeof(command), "save %.*s", (int)length, name);
	ng_command(session, command);
}

static void save_all_of(struct ng_session *session, const char *joined)
{
	while (*joined) {
		size_t length = strcspn(++joined, " ");

		save(session, joined, length);
		joined += length;
	}
}

/* What the deck saves itself, once for each load. */
static int know_deck(struct ng_session *session, struct carom_error *err)
{
	struct ng_saves *saves = &session->saves;
	struct ng_stop_list list;
	int status = saves->is_known ? CAROM_OK : ask(session, &list, err);

	if (status || saves->is_known)
		return status;
	for (size_t i = 0; i < list.n; i++) {
		saves->deck_has_some |= list.entries[i].is_save;
		saves->has_parameters |= list.entries[i].is_parameter;
	}
	saves->is_known = true;
	mem_free(list.entries);
	return CAROM_OK;
}

/* In place of what is saved so far. */
static int replace(struct ng_session *session, char *joined, struct carom_error *err)
{
	struct ng_saves *saves = &session->saves;
	int status = clear(session, true, err);

	if (status) {
		mem_free(joined);
		return status;
	}
	mem_free(saves->asked);
	saves->asked = joined;
	saves->has_parameters = strchr(joined, '@') != NULL;
	saves->is_guarded = false;
	saves->sound = saves->checked = 0;
	save_all_of(session, joined);
	return CAROM_OK;
}

static int set_names(struct ng_session *session, const struct carom_run_options *options,
		     struct carom_error *err)
{
	struct ng_saves *saves = &session->saves;
	char *joined;
	int status;

	if (options->n_save == 0 && !saves->asked)
		return CAROM_OK;
	if (options->n_save == 0) {
		mem_free(saves->asked);
		saves->asked = NULL;
		saves->has_parameters = saves->is_guarded = false; /* nor had the deck any */
		return clear(session, true, err);
	}
	status = join(options, &joined, err);
	if (status)
		return status;
	if (!saves->asked || strcmp(saves->asked, joined) != 0)
		return replace(session, joined, err);
	mem_free(joined);
	return CAROM_OK;
}

int ng_saves_set(struct ng_session *session, const struct carom_run_options *options,
		 struct carom_error *err)
{
	int status = know_deck(session, err);

	if (!status)
		status = set_names(session, options, err);
	if (!status && options->keeps_nothing && !session->saves.keeps_nothing) {
		save(session, "none", 4);
		session->saves.keeps_nothing = true;
	}
	return status;
}

int ng_saves_guard(struct ng_session *session, bool is_guarded, struct carom_error *err)
{
	struct ng_saves *saves = &session->saves;
	struct ng_stop_list list;
	int status;

	if (saves->is_guarded == is_guarded)
		return CAROM_OK;
	saves->is_guarded = is_guarded;
	if (is_guarded) {
		save(session, ng_guard_name, strlen(ng_guard_name));
		return CAROM_OK;
	}
	status = ask(session, &list, err);
	if (status)
		return status;
	for (size_t i = 0; i + 1 < list.n; i++) /* the last of the saves is kept: the guard */
		list.entries[i].is_save = false;
	delete_some(session, &list, true);
	mem_free(list.entries);
	return CAROM_OK;
}

/* ---- stop conditions ---- */

int ng_stops_set(struct ng_session *session, const struct carom_run_options *options,
		 struct carom_error *err)
{
	struct ng_condition condition;
	char command[NG_COMMAND_SIZE];
	int status;

	if (options->stop_time > 0) {
		snprintf(command, sizeof(command), "stop when time ge %.17g", options->stop_time);
		ng_command(session, command);
	}
	if (!options->stop_when)
		return CAROM_OK;
	status = ng_condition_read(options->stop_when, &condition, err);
	if (status)
		return status;
	snprintf(command, sizeof(command), "stop when %s %s %s", condition.left, condition.relation,
		 condition.right);
	ng_command(session, command);
	return CAROM_OK;
}

int ng_stops_clear(struct ng_session *session, struct carom_error *err)
{
	return clear(session, false, err);
}
