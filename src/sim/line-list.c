/* SPDX-License-Identifier: BSD-3-Clause */
/* Collects the lines of a circuit and remembers where each comes from. */
#include "sim/line-list.h"

#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/mem.h"
#include "ng-session.h"
#include "sim/four-save.h"

struct collector {
	struct line_list *list;
	bool is_checked;
	struct carom_error *err;
};

/* Index of the source, UINT32_MAX when out of memory.  Most cards come from where the last did. */
static uint32_t intern_source(struct line_list *list, const char *source)
{
	for (size_t i = list->n_sources; i-- > 0;)
		if (strcmp(list->sources[i], source) == 0)
			return (uint32_t)i;
	if (!mem_reserve(&list->sources, &list->sources_capacity, list->n_sources + 1,
			 sizeof(*list->sources)))
		return UINT32_MAX;
	list->sources[list->n_sources] = mem_strdup(source);
	return list->sources[list->n_sources] ? (uint32_t)list->n_sources++ : UINT32_MAX;
}

static int check_trust(const struct collector *collector, const struct carom_card *card,
		       const char *line)
{
	const char *refusal = ng_line_refusal(line, collector->list->n == 0);

	if (!refusal)
		return 0;
	return carom_fail_at(
		collector->err, CAROM_ERROR_TRUST, card->source, card->line, 0,
		"%s, which an untrusted deck may not do\nremove it, or import the deck "
		"as trusted",
		refusal);
}

static int take_card(void *arg, const struct carom_circuit *where, uint32_t index,
		     const struct carom_card *card)
{
	const struct collector *collector = arg;
	struct line_list *list = collector->list;
	size_t offset = list->text.length;
	uint32_t source = intern_source(list, card->source);

	(void)where;
	(void)index;
	if (!mem_reserve(&list->places, &list->places_capacity, list->n + 1, sizeof(*list->places)))
		return carom_fail_memory(collector->err);
	text_append_n(&list->text, card->text, card->length);
	text_append_n(&list->text, "", 1);
	if (list->text.failed || source == UINT32_MAX)
		return carom_fail_memory(collector->err);
	if (collector->is_checked) {
		int status = check_trust(collector, card, list->text.data + offset);

		if (status)
			return status;
	}
	list->places[list->n++] = (struct line_place){offset, source, card->line};
	return 0;
}

static bool begins(const char *line, const char *card)
{
	return strncasecmp(line, card, strlen(card)) == 0;
}

static void replace_four(struct line_list *list, struct line_place *place)
{
	struct text save = TEXT_INIT;

	if (four_save(&save, list->text.data + place->offset)) {
		place->offset = list->text.length;
		text_append_n(&list->text, save.data, save.length + 1);
	}
	list->text.failed |= save.failed;
	text_release(&save);
}

/* Where the deck says what to save, what its .four cards look at is saved as well; they stand for that. */
static int save_for_four(struct line_list *list, struct carom_error *err)
{
	int depth = 0;
	bool has_saves = false;

	for (size_t i = 1; i < list->n && !has_saves; i++)
		has_saves = begins(list->text.data + list->places[i].offset, ".save");
	for (size_t i = 1; i < list->n && has_saves && !list->text.failed; i++) {
		const char *line = list->text.data + list->places[i].offset;

		depth += begins(line, ".subckt") - begins(line, ".ends");
		if (depth == 0 && is_four_card(line))
			replace_four(list, &list->places[i]);
	}
	return list->text.failed ? carom_fail_memory(err) : 0;
}

/* The text has stopped moving. */
static int point_to_lines(struct line_list *list, struct carom_error *err)
{
	list->lines = mem_zalloc(list->n, sizeof(*list->lines));
	if (!list->lines)
		return carom_fail_memory(err);
	for (size_t i = 0; i < list->n; i++)
		list->lines[i] = list->text.data + list->places[i].offset;
	return 0;
}

int line_list_init(struct line_list *list, const struct carom_circuit *circuit,
		   const struct prune *prune, bool is_checked, struct carom_error *err)
{
	struct collector collector;
	int status;

	*list = (struct line_list){.text = TEXT_INIT};
	collector = (struct collector){list, is_checked, err};
	status = circuit_emit_cards(circuit, prune, take_card, &collector);
	if (status == CAROM_ERROR_MEMORY)
		carom_fail_memory(err);
	if (!status)
		status = save_for_four(list, err);
	if (!status)
		status = point_to_lines(list, err);
	if (status)
		line_list_release(list);
	return status;
}

void line_list_release(struct line_list *list)
{
	for (size_t i = 0; i < list->n_sources; i++)
		mem_free(list->sources[i]);
	mem_free(list->sources);
	mem_free(list->places);
	mem_free(list->lines);
	text_release(&list->text);
	*list = (struct line_list){.text = TEXT_INIT};
}

const char *line_list_place(const struct line_list *list, int number, int *line)
{
	bool is_known = number >= 1 && (size_t)number <= list->n;
	const struct line_place *place = &list->places[is_known ? number - 1 : 0];

	*line = is_known ? place->line : 0;
	return list->n > 0 ? list->sources[place->source] : "";
}
