/* SPDX-License-Identifier: BSD-3-Clause */
/* Tables and JSON of what was measured. */
#include "output.h"

#include <stdio.h>
#include <string.h>

/* ---- table ---- */

static void print_comparison(const struct bench_comparison *comparison)
{
	const struct statistics_ratio *ratio = &comparison->ratio;

	if (comparison->with)
		printf("  %8.4g [%.4g %.4g] x %s", ratio->median, ratio->lower, ratio->upper,
		       comparison->with);
}

void output_table(const struct bench_case *the_case, const struct bench_result *results)
{
	printf("\n%s: %s\n  %-12s %11s %7s %11s  %s\n", the_case->name, the_case->text, "path",
	       "us each", "MAD", "least", "faster by [95 %] than");
	for (size_t i = 0; i < the_case->n_paths; i++) {
		const struct bench_result *result = &results[i];

		printf("  %-12s %11.2f %5.1f %% %11.2f", result->name, result->median,
		       100 * result->mad / result->median, result->min);
		print_comparison(&result->first);
		print_comparison(&result->base);
		putchar('\n');
	}
	fflush(stdout);
}

/* ---- JSON ---- */

static json_t *comparison_json(const struct bench_comparison *comparison)
{
	const struct statistics_ratio *ratio = &comparison->ratio;

	return json_pack("{s:s, s:f, s:f, s:f}", "with", comparison->with, "median", ratio->median,
			 "lower", ratio->lower, "upper", ratio->upper);
}

static json_t *comparisons_json(const struct bench_result *result)
{
	json_t *list = json_array();

	if (result->first.with)
		json_array_append_new(list, comparison_json(&result->first));
	if (result->base.with)
		json_array_append_new(list, comparison_json(&result->base));
	return list;
}

static json_t *times_json(const struct bench_result *result)
{
	json_t *list = json_array();

	for (size_t i = 0; i < result->n_rounds; i++)
		json_array_append_new(list, json_real(result->us[i]));
	return list;
}

static json_t *path_json(const struct bench_result *result)
{
	return json_pack("{s:s, s:i, s:f, s:f, s:f, s:o, s:o}", "name", result->name, "n",
			 (int)result->n, "median_us", result->median, "mad_us", result->mad,
			 "min_us", result->min, "faster_by", comparisons_json(result), "us",
			 times_json(result));
}

json_t *output_json(const struct bench_case *the_case, const struct bench_result *results)
{
	json_t *paths = json_array();

	for (size_t i = 0; i < the_case->n_paths; i++)
		json_array_append_new(paths, path_json(&results[i]));
	return json_pack("{s:s, s:s, s:O?, s:o}", "name", the_case->name, "text", the_case->text,
			 "facts", the_case->facts, "paths", paths);
}
