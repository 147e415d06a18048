/* SPDX-License-Identifier: BSD-3-Clause */
/* The job's deck: the circuit's cards as lines, each with its place in the user's files. */
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "circuit/evaluate.h"
#include "study/job-build.h"
#include "study/measure-card.h"

void job_builder_release(struct job_builder *builder)
{
	for (size_t i = 0; i < builder->n_maps; i++)
		mem_free(builder->maps[i].line_of_card);
	mem_free(builder->maps);
	mem_free(builder->copy_file);
	mem_free(builder->copy_line);
	prune_release(&builder->prune);
	scope_free(builder->top);
	carom_circuit_free(builder->copy);
}

static bool add_line(struct job_builder *builder, char *text, uint32_t file, uint32_t line)
{
	struct job *job = builder->job;

	if (!text || !mem_reserve(&job->lines, &builder->lines_capacity, job->n_lines + 1,
				  sizeof(*job->lines))) {
		mem_free(text);
		return false;
	}
	job->lines[job->n_lines++] = (struct job_line){text, file, line};
	return true;
}

int job_add_line(struct job_builder *builder, char *text, struct carom_error *err)
{
	struct job *job = builder->job;
	struct job_line end = job->lines[job->n_lines - 1];

	job->n_lines--;
	if (!add_line(builder, text, UINT32_MAX, 0)) {
		job->n_lines++;
		return carom_fail_memory(err);
	}
	return add_line(builder, end.text, end.file, end.line) ? 0 : carom_fail_memory(err);
}

/* ---- the map from cards to lines ---- */

static struct deck_map *map_of(struct job_builder *builder, const struct carom_circuit *circuit)
{
	struct deck_map *map;

	for (size_t i = builder->n_maps; i > 0; i--)
		if (builder->maps[i - 1].circuit == circuit)
			return &builder->maps[i - 1];
	if (!mem_reserve(&builder->maps, &builder->maps_capacity, builder->n_maps + 1,
			 sizeof(*builder->maps)))
		return NULL;
	map = &builder->maps[builder->n_maps];
	map->circuit = circuit;
	map->line_of_card = mem_alloc(circuit->n_cards * sizeof(*map->line_of_card));
	if (!map->line_of_card)
		return NULL;
	memset(map->line_of_card, 0xff, circuit->n_cards * sizeof(*map->line_of_card));
	builder->n_maps++;
	return map;
}

uint32_t job_line_of_card(const struct job_builder *builder, const struct carom_circuit *circuit,
			  uint32_t card)
{
	for (size_t i = 0; i < builder->n_maps; i++)
		if (builder->maps[i].circuit == circuit)
			return builder->maps[i].line_of_card[card];
	return UINT32_MAX;
}

/* ---- lines ---- */

/* A card of the copy stands for the line of the original that it was made from. */
static void place_of_copy(const struct job_builder *builder, const struct card *card,
			  uint32_t *file, uint32_t *line)
{
	bool is_known =
		card->file != NAME_NONE && card->line >= 1 && card->line <= builder->n_copy_lines;

	*file = is_known ? builder->copy_file[card->line - 1] : UINT32_MAX;
	*line = is_known ? builder->copy_line[card->line - 1] : 0;
}

static int take_card(void *arg, const struct carom_circuit *where, uint32_t index,
		     const struct carom_card *card)
{
	struct job_builder *builder = arg;
	uint32_t file = UINT32_MAX, line = 0;

	/* the study takes these itself */
	if (index != NAME_NONE && is_measure_card(card->text))
		return 0;
	if (index != NAME_NONE) {
		struct deck_map *map = map_of(builder, where);

		if (!map)
			return CAROM_ERROR_MEMORY;
		map->line_of_card[index] = (uint32_t)builder->job->n_lines;
		if (builder->copy)
			place_of_copy(builder, &where->cards[index], &file, &line);
		else if (where->cards[index].file != NAME_NONE) {
			file = where->cards[index].file;
			line = where->cards[index].line;
		}
	}
	return add_line(builder, mem_strndup(card->text, card->length), file, line)
		       ? 0
		       : CAROM_ERROR_MEMORY;
}

static int copy_files(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_circuit *root = circuit_root(builder->deck);
	struct job *job = builder->job;

	job->files = mem_zalloc(root->n_files + 1, sizeof(*job->files));
	if (!job->files)
		return carom_fail_memory(err);
	for (size_t i = 0; i < root->n_files; i++) {
		job->files[i] = mem_strdup(root->files[i]);
		if (!job->files[i])
			return carom_fail_memory(err);
		job->n_files++;
	}
	return 0;
}

int job_build_deck(struct job_builder *builder, struct carom_error *err)
{
	int status = copy_files(builder, err);

	if (status)
		return status;
	prune_count(&builder->prune, &builder->job->reach);
	status = circuit_emit_cards(builder->circuit, &builder->prune, take_card, builder);
	return status ? carom_fail_memory(err) : 0;
}

/* ---- the copy ---- */

struct copy_sink {
	struct job_builder *builder;
	struct text text;
	size_t file_capacity, line_capacity;
};

static int copy_card(void *arg, const struct carom_circuit *where, uint32_t index,
		     const struct carom_card *card)
{
	struct copy_sink *sink = arg;
	struct job_builder *builder = sink->builder;
	size_t n = builder->n_copy_lines;
	bool has_place = index != NAME_NONE && where->cards[index].file != NAME_NONE;

	if (!mem_reserve(&builder->copy_file, &sink->file_capacity, n + 1, sizeof(uint32_t)) ||
	    !mem_reserve(&builder->copy_line, &sink->line_capacity, n + 1, sizeof(uint32_t)))
		return CAROM_ERROR_MEMORY;
	builder->copy_file[n] = has_place ? where->cards[index].file : UINT32_MAX;
	builder->copy_line[n] = has_place ? where->cards[index].line : 0;
	builder->n_copy_lines++;
	text_append_n(&sink->text, card->text, card->length);
	text_append_char(&sink->text, '\n');
	return 0;
}

/* Through the deck's own words: what one card was before is one line of the copy. */
int job_build_copy(struct job_builder *builder, struct carom_error *err)
{
	struct carom_import_options options = {.size = sizeof(options), .is_trusted = true};
	struct copy_sink sink = {.builder = builder, .text = TEXT_INIT};
	int status;

	if (builder->copy)
		return 0;
	status = circuit_emit_cards(builder->circuit, NULL, copy_card, &sink);
	if (status || sink.text.failed)
		status = carom_fail_memory(err);
	else
		status = carom_circuit_import_text(&builder->copy, text_string(&sink.text),
						   sink.text.length, "", &options, err);
	text_release(&sink.text);
	if (status == 0)
		builder->circuit = builder->copy;
	return status;
}
