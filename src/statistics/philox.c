/* SPDX-License-Identifier: BSD-3-Clause */
/* Philox4x32-10: ten rounds of multiply and exchange on a counter under a key. */
#include "statistics/philox.h"

/* Multipliers and key increments of the paper's table 2 (the latter: golden ratio, sqrt(3) - 1). */
#define MULTIPLIER_0 0xD2511F53u
#define MULTIPLIER_1 0xCD9E8D57u
#define WEYL_0 0x9E3779B9u
#define WEYL_1 0xBB67AE85u
#define N_ROUNDS 10

static inline struct philox_block next_round(struct philox_block x, uint32_t key0, uint32_t key1)
{
	uint64_t product0 = (uint64_t)MULTIPLIER_0 * x.word[0];
	uint64_t product1 = (uint64_t)MULTIPLIER_1 * x.word[2];

	return (struct philox_block){{
		(uint32_t)(product1 >> 32) ^ x.word[1] ^ key0,
		(uint32_t)product1,
		(uint32_t)(product0 >> 32) ^ x.word[3] ^ key1,
		(uint32_t)product0,
	}};
}

struct philox_block philox4x32(struct philox_block counter, uint32_t key0, uint32_t key1)
{
#pragma GCC unroll 10
	for (int i = 0; i < N_ROUNDS; i++) {
		counter = next_round(counter, key0, key1);
		key0 += WEYL_0;
		key1 += WEYL_1;
	}
	return counter;
}

uint64_t philox_bits(uint64_t seed, uint64_t sample, uint64_t variable)
{
	struct philox_block counter = {{
		(uint32_t)sample,
		(uint32_t)(sample >> 32),
		(uint32_t)variable,
		(uint32_t)(variable >> 32),
	}};
	struct philox_block random = philox4x32(counter, (uint32_t)seed, (uint32_t)(seed >> 32));

	return (uint64_t)random.word[1] << 32 | random.word[0];
}

double philox_bits_to_uniform(uint64_t bits)
{
	/*
	 * 52 bits and a half: the middles of 2^52 equal steps, exact in a double, 0 and 1 excluded.
	 */
	return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

double philox_uniform(uint64_t seed, uint64_t sample, uint64_t variable)
{
	return philox_bits_to_uniform(philox_bits(seed, sample, variable));
}
