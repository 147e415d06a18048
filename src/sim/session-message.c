/* SPDX-License-Identifier: BSD-3-Clause */
/* Messages between a session, its template and its worker as bytes and back. */
#include "sim/session-message.h"

#include <string.h>

#include "base/mem.h"
#include "sim/run-options.h"

void message_open(struct pack *pack, struct message_open *open)
{
	pack_borrowed(pack, &open->version);
	pack_borrowed(pack, &open->library);
	pack_borrowed(pack, &open->folder);
	pack_borrowed(pack, &open->scratch);
	pack_field(pack, open->core);
	pack_field(pack, open->memory_limit);
	pack_bool(pack, &open->has_log);
	pack_bool(pack, &open->has_source);
	pack_bool(pack, &open->has_step);
}

void message_start(struct pack *pack, const char **scratch)
{
	pack_borrowed(pack, scratch);
}

void message_ended(struct pack *pack, struct worker_end *end)
{
	pack_field(pack, end->error);
	pack_bool(pack, &end->is_known);
	pack_field(pack, end->signal);
	pack_field(pack, end->status);
}

/* The lines that come are read through deck->lines, which is const to everybody else. */
void message_deck(struct pack *pack, struct service_deck *deck)
{
	const char **lines = (const char **)(uintptr_t)deck->lines;

	lines = pack_array(pack, lines, &deck->n, sizeof(*lines));
	for (size_t i = 0; i < deck->n; i++) {
		pack_borrowed(pack, &lines[i]);
		pack->failed |= !lines[i];
	}
	deck->lines = lines;
	pack_borrowed(pack, &deck->title);
	pack_borrowed(pack, &deck->input_folder);
	pack_borrowed(pack, &deck->model_files);
	pack_bool(pack, &deck->has_hazard);
	pack_bool(pack, &deck->is_trusted);
	pack_bool(pack, &deck->is_again);
	pack_borrowed(pack, &deck->note);
	pack->failed |= !deck->title;
	if (!pack->out && pack->failed) {
		mem_free(lines);
		deck->lines = NULL;
	}
}

void message_alters(struct pack *pack, struct alter **alters, size_t *n)
{
	*alters = pack_array(pack, *alters, n, sizeof(**alters));
	for (size_t i = 0; i < *n; i++) {
		struct alter *alter = &(*alters)[i];

		pack_string(pack, &alter->target);
		pack_bool(pack, &alter->is_model);
		pack_field(pack, alter->value);
		pack->failed |= !alter->target;
	}
}

void message_free_alters(struct alter *alters, size_t n)
{
	for (size_t i = 0; i < n; i++)
		alter_release(&alters[i]);
	mem_free(alters);
}

void message_offer(struct pack *pack, uint32_t *slot)
{
	pack_bytes(pack, slot, sizeof(*slot));
}

void message_region(struct pack *pack, struct message_region *region)
{
	pack_field(pack, region->slot);
	pack_field(pack, region->size);
}

void message_run(struct pack *pack, struct message_run *run)
{
	run_options_pass(pack, &run->options);
	pack_bool(pack, &run->goes_on);
	pack_field(pack, run->max_step);
	pack_bool(pack, &run->has_stream);
	pack_bool(pack, &run->has_progress);
}

static void pass_columns(struct pack *pack, struct message_block *block)
{
	size_t width = block->block.is_complex ? 2 : 1;
	size_t size = block->block.n_points * width * sizeof(double);
	const double **columns = (const double **)(uintptr_t)block->block.columns;

	for (size_t i = 0; i < block->block.n_columns && !pack->failed; i++) {
		if (block->values)
			columns[i] = block->values + i * block->block.n_points * width;
		pack_bytes(pack, (void *)(uintptr_t)columns[i], size);
	}
}

/* Every value takes its bytes, so what is left says whether that many can have come. */
static void make_columns(struct pack *pack, struct message_block *block)
{
	size_t width = (block->block.is_complex ? 2 : 1) * sizeof(double);
	size_t n = block->block.n_columns;

	if (pack->failed || block->block.n_points > pack->left ||
	    n * block->block.n_points > pack->left / width)
		pack->failed = true;
	else
		block->values = mem_zalloc(n * block->block.n_points, width);
	block->block.columns = mem_zalloc(n, sizeof(*block->block.columns));
	pack->failed |= !block->values || !block->block.columns;
}

void message_block(struct pack *pack, struct message_block *block)
{
	struct carom_block *head = &block->block;
	const char **names;

	pack_borrowed(pack, &head->plot);
	pack_field(pack, head->first);
	pack_field(pack, head->n_points);
	pack_bool(pack, &head->is_complex);
	names = pack_array(pack, (void *)(uintptr_t)head->names, &head->n_columns, sizeof(*names));
	for (size_t i = 0; i < head->n_columns; i++) {
		pack_borrowed(pack, &names[i]);
		pack->failed |= !names[i];
	}
	head->names = names;
	if (!pack->out)
		make_columns(pack, block);
	pass_columns(pack, block);
	pack->failed |= !head->plot || head->n_points == 0;
}

void message_free_block(struct message_block *block)
{
	mem_free((void *)(uintptr_t)block->block.names);
	mem_free((void *)(uintptr_t)block->block.columns);
	mem_free(block->values);
}

void message_told(struct pack *pack, struct carom_run_progress *progress)
{
	pack_borrowed(pack, &progress->plot);
	pack_field(pack, progress->fraction);
	pack_field(pack, progress->at);
	pack_field(pack, progress->n_points);
	pack_field(pack, progress->elapsed_s);
	pack->failed |= !progress->plot;
}

/* Both ends are of one build; but the one that sends may have gone wild. */
static void pass_error(struct pack *pack, struct carom_error *err)
{
	pack_field(pack, *err);
	error_terminate(err);
	if (strcmp(carom_status_name(err->status), "?") == 0)
		pack->failed = true;
}

void message_done(struct pack *pack, struct message_done *done)
{
	pass_error(pack, &done->err);
	pack_bool(pack, &done->is_loaded);
	pack_bool(pack, &done->has_result);
	pack_borrowed(pack, &done->library);
	pack_borrowed(pack, &done->version);
}

void message_log(struct pack *pack, struct message_log *log)
{
	pack_field(pack, log->level);
	pack_bool(pack, &log->wants_answer);
	pack_borrowed(pack, &log->line);
	pack->failed |= !log->line || log->level < CAROM_LOG_TEXT || log->level > CAROM_LOG_ERROR;
}

void message_source(struct pack *pack, struct message_source *source)
{
	pack_borrowed(pack, &source->name);
	pack_field(pack, source->time);
	pack->failed |= !source->name;
}

void message_step(struct pack *pack, struct message_step *step)
{
	pack_field(pack, step->time);
	pack_field(pack, step->delta);
	pack_field(pack, step->next_delta);
	pack_bool(pack, &step->is_rejected);
}

void message_answer(struct pack *pack, struct message_answer *answer)
{
	pack_field(pack, answer->value);
	pack_bool(pack, &answer->goes_on);
}
