/* SPDX-License-Identifier: BSD-3-Clause */
/* Which waveforms a store keeps. */
#include <stdio.h>

#include "summary.h"

void summary_print_waves(const struct carom_store *store)
{
	size_t n = carom_store_wave_count(store);
	char from[24], to[24];

	if (n > 0)
		printf("\nkept waveforms\n");
	for (size_t i = 0; i < n; i++) {
		const struct carom_wave *wave = carom_store_wave(store, i);

		printf("  %-20s %6zu points, %s from %s%s to %s%s\n", wave->name, wave->n_points,
		       wave->scale, summary_number(wave->grid[0], from), wave->scale_unit,
		       summary_number(wave->grid[wave->n_points - 1], to), wave->scale_unit);
	}
}

json_t *summary_waves(const struct carom_store *store)
{
	json_t *list = json_array();

	for (size_t i = 0; i < carom_store_wave_count(store); i++) {
		const struct carom_wave *wave = carom_store_wave(store, i);

		json_array_append_new(
			list, json_pack("{s:s, s:s, s:s, s:s, s:I, s:o, s:o}", "name", wave->name,
					"unit", wave->unit, "definition", wave->definition, "grid",
					wave->grid_name, "points", (json_int_t)wave->n_points,
					"from", command_json_number(wave->grid[0]), "to",
					command_json_number(wave->grid[wave->n_points - 1])));
	}
	return list;
}
