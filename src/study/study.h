/* SPDX-License-Identifier: BSD-3-Clause */
/* The study from inside: statements parsed, not yet resolved against the circuit. */
#ifndef STUDY_STUDY_H
#define STUDY_STUDY_H

#include <stdatomic.h>

#include "base/text.h"
#include "carom-study.h"
#include "sim/measure.h"
#include "statistics/distribution.h"
#include "study/until.h"

/* Where a statement was said. source "" for calls and options. */
struct place {
	char *source; /* owned */
	int line;
	int column; /* of the statement's text */
};

struct study_vary {
	char *targets;    /* "r1 r2", "q1:bf", "m*:delvto": as written, blanks folded */
	char *definition; /* "gauss 1% each": as written, blanks folded */
	struct distribution distribution;
	bool each; /* every match has a draw of its own */
	struct place place;
};

struct study_measure {
	char *name;
	char *analysis; /* "ac", "tran", "noise2"; NULL: the deck's only one */
	char *formula;  /* of earlier measurements and .param, instead of measure; NULL: none */
	struct measure measure;
	bool is_card; /* a .meas of the deck: left out where it cannot be taken */
	struct place place;
};

struct study_spec {
	char *name;          /* of a measure */
	double lower, upper; /* NAN: none */
	struct place place;
};

struct study_correlate {
	char *text;          /* "r1 r2 0.5": as written, blanks folded */
	size_t names_length; /* of it */
	size_t n_names;
	bool has_pattern;     /* a name has "*" or "?" */
	double *coefficients; /* one for all pairs, or one for each: 1 2, 1 3, ..., 2 3, ... */
	size_t n_coefficients;
	struct place place;
};

struct study_step {
	char *targets, *definition; /* "r1 r2", "lin 1k 10k 10": as written, blanks folded */
	double *values;
	size_t n_values, capacity;
	struct place place;
};

struct study_setting {
	char *target; /* one word, as of a vary */
	double value;
	bool is_relative; /* value is a deviation from what is nominal, of 1 */
};

struct study_corner {
	char *name;
	struct study_setting *settings;
	size_t n_settings, capacity;
	char *sections; /* of libraries: "ss", "tt=ss res_t=res_s"; NULL: as the deck says */
	struct place place;
};

/* A waveform to be kept. */
#define STUDY_MOST_POINTS 100000
struct study_keep {
	char *name, *expression;
	char *analysis;                   /* NULL: the deck's only one */
	struct measure_argument from, to; /* NAN without a name: the sweep's own ends */
	size_t n_points;                  /* 0: the sweep's own, or the default */
	struct place place;
};

/* Importance sampling: of the samples that fail one side of a spec. */
enum study_side { SIDE_ONLY /* that there is */, SIDE_LOWER, SIDE_UPPER };
struct study_importance {
	char *name; /* of a measure; NULL: there is no importance sampling */
	enum study_side side;
	struct place place;
	double *shift; /* of each draw, as the last run or its store has it; NULL: unknown */
	size_t n_shift;
};

struct carom_study {
	const struct carom_circuit *circuit;
	struct study_vary *varies;
	size_t n_varies, varies_capacity;
	struct study_measure *measures;
	size_t n_measures, measures_capacity;
	struct study_spec *specs;
	size_t n_specs, specs_capacity;
	struct study_correlate *correlates;
	size_t n_correlates, correlates_capacity;
	struct study_corner *corners;
	size_t n_corners, corners_capacity;
	struct study_step *steps;
	size_t n_steps, steps_capacity;
	struct study_keep *keeps;
	size_t n_keeps, keeps_capacity;
	struct study_importance importance;
	struct until until; /* samples are enough */
	uint64_t n_samples; /* of each cell, if anything varies; 0: not said */
	uint64_t seed;
	enum carom_sampler sampler;
	double time_limit_s; /* 0: default */
	bool sends_all;      /* as of struct carom_study_options */
	struct text notes;   /* of .meas cards that could not be read, a line each */
	atomic_bool is_cancelled;
	struct carom_study_facts facts;
	struct background *background; /* of the last carom_study_start, or NULL */
};

/* Forget those said so far. */
void study_drop_corners(struct carom_study *study);
void study_drop_steps(struct carom_study *study);

/* Cancel and take what runs in the background; its results are closed. */
void study_end_background(struct carom_study *study);

#endif
