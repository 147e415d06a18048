/* SPDX-License-Identifier: BSD-3-Clause */
/* Any bytes as what another process says: unpacked without harm, and every number can be read. */
#include <stdint.h>
#include <string.h>

#include "base/mem.h"
#include "sim/result-pack.h"
#include "sim/session-message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static _Alignas(64) char memory[1024];
static volatile double sum;

static void read_result(struct pack *pack)
{
	struct carom_result *result;

	if (result_unpack(&result, pack, memory, sizeof(memory)))
		return;
	for (size_t i = 0; i < carom_result_plot_count(result); i++) {
		const struct carom_plot *plot = carom_result_plot(result, i);

		for (size_t j = 0; j < carom_plot_vector_count(plot); j++) {
			const struct carom_vector *vector = carom_plot_vector(plot, j);
			size_t n = carom_vector_length(vector);

			if (n > 0 && carom_vector_is_complex(vector))
				sum += carom_vector_complex(vector)[2 * n - 1];
			else if (n > 0)
				sum += carom_vector_real(vector)[n - 1];
		}
	}
	carom_result_free(result);
}

static void read_deck(struct pack *pack)
{
	struct service_deck deck = {.n = 0};

	message_deck(pack, &deck);
	for (size_t i = 0; !pack->failed && i < deck.n; i++)
		sum += (double)strlen(deck.lines[i]);
	mem_free((void *)(uintptr_t)deck.lines);
}

static void read_alters(struct pack *pack)
{
	struct alter *alters = NULL;
	size_t n = 0;

	message_alters(pack, &alters, &n);
	message_free_alters(alters, n);
}

static void read_block(struct pack *pack)
{
	struct message_block message = {.values = NULL};
	const struct carom_block *block = &message.block;

	message_block(pack, &message);
	for (size_t i = 0; !pack->failed && i < block->n_columns; i++)
		sum += block->columns[i][block->n_points * (block->is_complex ? 2 : 1) - 1];
	message_free_block(&message);
}

static void read_others(struct pack *pack)
{
	struct message_done done;
	struct message_log log;
	struct message_source source;
	struct message_step step;
	struct pack again = *pack;

	message_done(&again, &done);
	again = *pack;
	message_log(&again, &log);
	again = *pack;
	message_source(&again, &source);
	again = *pack;
	message_step(&again, &step);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static void (*const readers[])(struct pack * pack) = {read_result, read_deck, read_alters,
							      read_block, read_others};
	struct pack pack = {.in = data, .left = size};
	uint8_t kind = 0;

	pack_field(&pack, kind);
	readers[kind % (sizeof(readers) / sizeof(readers[0]))](&pack);
	return 0;
}
