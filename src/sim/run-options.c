/* SPDX-License-Identifier: BSD-3-Clause */
/* Options of runs, as they outlive the caller's. */
#include "sim/run-options.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"

static bool are_numbers(const double *numbers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isfinite(numbers[i]))
			return false;
	return true;
}

int run_options_read(struct carom_run_options *read, const struct carom_run_options *options,
		     struct carom_error *err)
{
	*read = (struct carom_run_options){.size = sizeof(*read)};
	if (!options)
		return CAROM_OK;
	if (options->size < offsetof(struct carom_run_options, save))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "size of the run's options is not set");
	memcpy(read, options, options->size < sizeof(*read) ? options->size : sizeof(*read));
	read->size = sizeof(*read);
	if (!are_numbers((double[]){read->time_limit_s, read->stop_time, read->progress_interval_s},
			 3) ||
	    !are_numbers(read->breakpoints, read->n_breakpoints))
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "a time among the run's options is not a number");
	return CAROM_OK;
}

/* Strings are read only, but for the array that unpacking has made. */
static void pass_names(struct pack *pack, const char *const **names, size_t *n)
{
	const char **list = pack_array(pack, (void *)(uintptr_t)*names, n, sizeof(*list));

	for (size_t i = 0; i < *n; i++) {
		pack_borrowed(pack, &list[i]);
		pack->failed |= !list[i];
	}
	*names = list;
}

void run_options_pass(struct pack *pack, struct carom_run_options *options)
{
	double *breakpoints;

	pack_borrowed(pack, &options->analysis);
	pass_names(pack, &options->save, &options->n_save);
	pass_names(pack, &options->columns, &options->n_columns);
	pack_field(pack, options->block_points);
	pack_bool(pack, &options->keeps_nothing);
	pack_field(pack, options->progress_interval_s);
	pack_field(pack, options->time_limit_s);
	pack_field(pack, options->stop_time);
	pack_borrowed(pack, &options->stop_when);
	breakpoints = pack_array(pack, (void *)(uintptr_t)options->breakpoints,
				 &options->n_breakpoints, sizeof(*breakpoints));
	for (size_t i = 0; i < options->n_breakpoints; i++)
		pack_field(pack, breakpoints[i]);
	options->breakpoints = breakpoints;
}

void run_options_release(struct carom_run_options *options)
{
	mem_free((void *)(uintptr_t)options->save);
	mem_free((void *)(uintptr_t)options->columns);
	mem_free((void *)(uintptr_t)options->breakpoints);
	options->save = options->columns = NULL;
	options->breakpoints = NULL;
}

int run_options_copy(struct run_options_copy *copy, const struct carom_run_options *options,
		     struct carom_error *err)
{
	struct carom_run_options from = *options;
	struct pack pack = {.out = &copy->bytes};

	*copy = (struct run_options_copy){.options = *options};
	copy->options.save = copy->options.columns = NULL;
	copy->options.breakpoints = NULL;
	copy->options.n_save = copy->options.n_columns = copy->options.n_breakpoints = 0;
	run_options_pass(&pack, &from);
	if (!pack.failed && !copy->bytes.failed) {
		pack = (struct pack){.in = (const unsigned char *)copy->bytes.data,
				     .left = copy->bytes.length};
		run_options_pass(&pack, &copy->options);
	}
	if (!pack.failed && !copy->bytes.failed)
		return CAROM_OK;
	run_options_free_copy(copy);
	return carom_fail_memory(err);
}

void run_options_free_copy(struct run_options_copy *copy)
{
	run_options_release(&copy->options);
	text_release(&copy->bytes);
}
