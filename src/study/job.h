/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The job: a study resolved against its circuit, complete and flat, so that a worker needs neither
 * circuit nor parser.  It travels to the template process in a memfd.
 */
#ifndef STUDY_JOB_H
#define STUDY_JOB_H

#include "carom-study.h"
#include "circuit/program.h"
#include "sim/measure.h"
#include "statistics/correlation.h"
#include "statistics/distribution.h"
#include "statistics/sampler.h"
#include "study/cells.h"

struct text;

/* One line of the deck as the simulator gets it. */
struct job_line {
	char *text;
	uint32_t file; /* index into files; UINT32_MAX: none */
	uint32_t line;
};

/* One varied value: an array of the store. */
struct job_variable {
	char *name;    /* "r1", "q1:bf", "x1.m1:delvto", "rload" (a .param) */
	char *unit;    /* "ohm", "F", "H", "V", "A", "" */
	uint64_t draw; /* hash that keys its random number; equal for those that share one */
	uint32_t rank; /* of that hash among those of the job */
	struct distribution distribution; /* its table is one of the job's */
	uint32_t correlation; /* which of the job's its draw belongs to, from 1; 0: none */
	uint32_t row;         /* there */
	double nominal;
	char *definition; /* "gauss 1%", "set": for the store's attributes */
	bool is_varied;   /* it has draws; else it is set by corners and steps alone */
	/* alter route: "alter"/"altermod" target, NULL if there is none */
	char *target;
	bool is_model;       /* altermod */
	bool is_temperature; /* neither, but an option of the run */
	bool is_param;       /* of a .param: the job's values follow it instead */
	bool is_drawn;       /* by a statistical function of the deck: likewise */
	char *uses; /* of one drawn, the values it is for: "@r1[resistance] x1.v1"; with the host */
	bool selects_bin; /* of a transistor: another value may be another model */
	/* reload route: bytes of a line that are replaced by the number */
	uint32_t slot_line, slot_begin, slot_length;
	bool has_slot;
};

/* A further place of a variable of a model: the copy of the model that an element was given. */
struct job_copy {
	uint32_t variable; /* index; with a slot if that has one */
	char *target;      /* for altermod */
	uint32_t slot_line, slot_begin, slot_length;
};

/* A value that varied parameters or draws reach through expressions, set after the variables. */
struct job_value {
	struct operand value; /* of the job's program */
	char *name;           /* "x1.m1:w": as a session takes it; stays with the host */
	char *target;         /* NULL: it cannot be set, the deck is loaded anew */
	bool is_model;
	bool has_slot; /* for the reload route, as those of variables */
	uint32_t slot_line, slot_begin, slot_length;
};

/* A value that a corner gives to a variable. */
struct job_setting {
	uint32_t variable;
	double value;
	bool is_relative; /* until the nominal value is known: value is a deviation from it, of 1 */
};

struct job_corner {
	char *name;
	struct job_setting *settings; /* of what is set twice the last counts */
	size_t n_settings;
	char *sections; /* "ss", "tt=ss res_t=res_s": other ones of the libraries; NULL: none */
	uint32_t deck;  /* that has them: 0 is the job itself, i its sections[i - 1] */
};

/* One after the other of its values is given to its variables, which do without a corner's. */
struct job_step {
	char *targets, *definition; /* "r1 r2", "lin 1k 10k 10" */
	uint32_t *variables;
	size_t n_variables;
	double *values;
	uint64_t n_values;
};

/* Arithmetic over the variables by their index, then the measurements before this one. */
struct job_formula {
	struct program_op *ops;
	size_t n_ops;
	struct operand value;
};

struct job_measure {
	char *name;
	char *unit;
	char *plot; /* analysis and which of its plots in a run: "ac", "noise2" */
	char *definition;
	struct measure measure; /* unless it is a formula */
	bool is_formula;
	struct job_formula formula;
	/* of arguments in braces that are another number in each sample; the others have no ops */
	struct job_formula numbers[MEASURE_MAX_ARGUMENTS];
	/* argument i refers to measurement number argument_index[i] (earlier), or -1 */
	int argument_index[MEASURE_MAX_ARGUMENTS];
	bool has_spec;
	double lower, upper;
	char *source; /* place of the statement, for messages */
	uint32_t line;
};

/* The places of kept waveforms: an array of the store, and a dimension. */
struct job_grid {
	char *name; /* "time", "frequency2" */
	char *unit;
	char *label; /* what the scale is: "time", "frequency", "v1" */
	bool is_log; /* to be drawn so */
	double *values;
	size_t n;
};

/* Which numbers of a waveform are kept: as they are, or the level and the phase of complex ones. */
enum job_part { JOB_PART_REAL, JOB_PART_DB, JOB_PART_PHASE };

/* A kept waveform: an array of the store, samples by points. */
struct job_wave {
	char *name;
	char *unit;
	char *plot; /* as of a measure */
	char *expression;
	char *definition; /* "ac v(out)" */
	uint32_t part;    /* enum job_part */
	uint32_t grid;    /* which of the job's */
	char *source;     /* place of the statement, for messages */
	uint32_t line;
};

/*
 * Importance sampling: the draws' deviates have a shift, to where a measurement fails one side of
 * its spec.  See statistics/importance.h.
 */
struct job_importance {
	double *shift;    /* of each draw, by its rank */
	double *deviates; /* room for those of a sample */
	size_t n;         /* draws of the job */
	/* the rest stays with the host */
	uint32_t measure;
	bool is_upper; /* above the upper limit, or else below the lower one */
	bool is_found; /* the shift, by a search of so many batches */
	uint32_t n_batches, batch_samples;
	double level; /* margin that a tenth of the last batch came below; 0: these failed */
};

/* What the nominal run came to; PENDING: it was not made. */
struct job_nominal {
	enum carom_sample_status status;
	char message[200];
	double values[]; /* of the measures; NAN where there is none */
};

struct job {
	char **files;
	size_t n_files;
	struct job_line *lines;
	size_t n_lines;
	struct distribution_table *tables; /* of the vary statements, empty for most of them */
	size_t n_tables;
	struct job_variable *variables;
	size_t n_variables;
	struct correlation *correlations; /* their deviates are those of the last sample drawn */
	size_t n_correlations;
	char **correlates; /* statements, as written; stay with the host */
	size_t n_correlates;
	struct job_copy *copies;
	size_t n_copies;
	struct program_op *ops; /* inputs are the variables by their index */
	size_t n_ops;
	struct job_value *values;
	size_t n_values;
	struct job_measure *measures;
	size_t n_measures;
	struct job_grid *grids;
	size_t n_grids;
	struct job_wave *waves;
	size_t n_waves;
	struct job_corner *corners; /* none: one cell of the nominal values */
	size_t n_corners;
	struct job_step *steps;
	size_t n_steps;
	struct cells cells;    /* made of these; of each cell n_draws samples */
	uint64_t n_samples;    /* in all, rows of the store */
	struct job **sections; /* for corners with other sections; variable i is variable i */
	size_t n_sections;
	uint32_t deck;         /* 0, or i for sections[i - 1] */
	uint64_t first_sample; /* of the study: row 0 of the store; stays with the host */
	uint64_t seed;
	struct sampler sampler;
	uint64_t *draws; /* what keys each of its draws, by their ranks */
	uint32_t n_draws;
	struct job_importance *importance; /* NULL: all samples have the same weight */
	double time_limit_s;
	enum carom_route route; /* ALTER, RESET, FORK or RELOAD: where to start from */
	bool route_is_forced;
	char *hazard;   /* why ALTER was not taken, or NULL */
	char *notes;    /* what of the deck was left out, or NULL; stays with the host */
	char *obstacle; /* why varied parameters need RELOAD, or NULL; stays with the host */
	struct carom_reach reach;    /* what of the deck is sent; stays with the host */
	char *deck_hash;             /* 16 hex digits over all lines */
	struct job_nominal *nominal; /* filled in by the run; stays with the host, else NULL */
	char *title;
	char *library; /* path or NULL */
	char *store;   /* absolute path of the folder */
	char *folder;  /* of the deck, for code models that read files; NULL if it is nowhere */
	bool is_trusted;
};

/*
 * Resolve the study: match targets, find nominal values, choose the route, privatise models that
 * are varied by instance, add a .save for the vectors the measurements need, check names and
 * analyses.  Errors name the statement's file and line.  The circuit is not changed (a copy of its
 * deck is, where needed).  route: what the user asked for.
 */
int job_new(struct job **job, const struct carom_study *study, enum carom_route route,
	    struct carom_error *err);
void job_free(struct job *job);

/* Points of all waves together. */
size_t job_wave_points(const struct job *job);

/* The limit that importance sampling is about; a value beyond it, or none, is a failure. */
double job_importance_limit(const struct job *job);
/*
 * Where the shift puts the middle of a variable's samples, in sigmas; 0 of one that is not varied.
 */
double job_importance_deviate(const struct job *job, size_t variable);
/*
 * Use the shift that is known of the study's last run, to look at a sample of it.  ERROR_STATE if
 * there is none; the nominal run needs none.
 */
int job_recall_shift(struct job *job, const struct carom_study *study, uint64_t sample,
		     struct carom_error *err);
/* Let it be known. */
int job_remember_shift(const struct job *job, struct carom_study *study, struct carom_error *err);
void job_importance_free(struct job_importance *importance);

/* Pack into bytes and back; unpack checks every length and ends with ERROR_FORMAT on damage. */
int job_pack(const struct job *job, struct text *bytes, struct carom_error *err);
int job_unpack(struct job **job, const void *bytes, size_t length, struct carom_error *err);

/*
 * Number the draws and make the sampler ready, of the kind that is set, when variables and cells
 * are complete; job_new and job_unpack do.
 */
int job_prepare_draws(struct job *job, struct carom_error *err);

/* Is the sample one of this job's own, or of one of the other sections? */
bool job_owns(const struct job *job, uint64_t sample);

/* The first sample that is; n_samples if none is. */
uint64_t job_first_own(const struct job *job);

/* The job that owns the sample. */
const struct job *job_of_sample(const struct job *job, uint64_t sample);

/*
 * The values of sample k, in the order of the variables: what its corner and steps set, else the
 * nominal value; around that what varies.  Of CAROM_SAMPLE_NOMINAL all are nominal.  Returns ln of
 * the sample's weight: 0 unless the draws have a shift.  Uses room of the job's own: one thread at
 * a time.
 */
double job_draw(const struct job *job, uint64_t sample, double *values);

#endif
