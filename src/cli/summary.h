/* SPDX-License-Identifier: BSD-3-Clause */
/* The summary of a store, for people and for programs. */
#ifndef CLI_SUMMARY_H
#define CLI_SUMMARY_H

#include <jansson.h>

#include "command.h"

/* How many samples and drivers of a measurement are named. */
struct summary_options {
	double confidence; /* 0: the default */
	size_t n_worst;    /* at most SUMMARY_MOST_WORST */
	size_t n_drivers;
	bool has_histograms, has_details;
};
#define SUMMARY_WORST 3
#define SUMMARY_MOST_WORST 100
#define SUMMARY_DRIVERS 6

/* A store and all that is told of it. */
struct summary {
	struct carom_store *store;
	const char *path;
	struct carom_statistics_options options;
	struct carom_summary statistics;
	struct carom_fits fits;
	struct carom_cells cells;     /* empty where samples have weights */
	struct carom_failure failure; /* what is told of these; measurement NULL: they have none */
	json_t *manifest;
};

/* Release it in any case. */
int summary_open(struct summary *summary, const char *path, double confidence,
		 struct carom_error *err);
void summary_release(struct summary *summary);

/* On standard output. */
int summary_print_text(const struct summary *summary, const struct summary_options *options,
		       struct carom_error *err);
int summary_print_json(const struct summary *summary, const struct summary_options *options,
		       struct carom_error *err);

/* ---- parts of the text ---- */

/* 1.2345e-5 -> "12.345u": SPICE's suffixes, so that a number can go back into a deck. */
const char *summary_number(double value, char buffer[24]);

/* What the nominal run gave, if there was one. */
void summary_print_nominal(const struct summary *summary);
json_t *summary_nominal(const struct summary *summary);
/* Corners and steps, if there are any. */
void summary_print_cells(const struct summary *summary, const struct summary_options *options);
void summary_add_cells(const struct summary *summary, json_t *all);

/* What importance sampling says. */
void summary_print_failure(const struct summary *summary);
json_t *summary_failure(const struct summary *summary); /* null without it */

/* What is said of the run in the manifest. */
void summary_print_run(const struct summary *summary);
void summary_print_drivers(const struct summary *summary, size_t measurement, size_t most);
int summary_print_worst(const struct summary *summary, size_t measurement, size_t most,
			struct carom_error *err);
/* Which values the draws of the deck itself are for, and which share one; nothing without draws. */
void summary_print_draws(const struct carom_store *store);
json_t *summary_draws(const json_t *manifest); /* [{name, definition, unit, nominal, uses}, ...] */

/* Which waveforms the store keeps; nothing without any. */
void summary_print_waves(const struct carom_store *store);
json_t *summary_waves(const struct carom_store *store);

/* Bars of the values of a measurement, with lines at its limits. */
int summary_print_histogram(const struct summary *summary, size_t measurement,
			    struct carom_error *err);

#endif
