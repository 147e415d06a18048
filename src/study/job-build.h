/* SPDX-License-Identifier: BSD-3-Clause */
/* The parts of job_new: deck, variables, measures. */
#ifndef STUDY_JOB_BUILD_H
#define STUDY_JOB_BUILD_H

#include "circuit/prune.h"
#include "circuit/resolve.h"
#include "study/job.h"
#include "study/study.h"

/* Which lines the cards of one (sub)circuit became. */
struct deck_map {
	const struct carom_circuit *circuit;
	uint32_t *line_of_card;
};

struct job_builder {
	const struct carom_study *study;
	const struct carom_circuit *deck;    /* the study's, or it with other sections */
	const struct carom_circuit *circuit; /* what is sent: that, or the copy */
	struct carom_circuit *copy;          /* made when models are privatised; NULL before */
	uint32_t *copy_file, *copy_line;     /* place of the copy's cards in the study's files */
	size_t n_copy_lines;
	struct prune prune; /* what of it is sent; job_build_variables makes it */
	struct deck_map *maps;
	size_t n_maps, maps_capacity;
	struct scope *top; /* of circuit, for the size of elements; made at need */
	struct job *job;
	enum carom_route route; /* asked for */
	size_t lines_capacity, variables_capacity, copies_capacity;
};

void job_builder_release(struct job_builder *builder);

/* Switch to a copy of the circuit that may be changed.  A second call does nothing. */
int job_build_copy(struct job_builder *builder, struct carom_error *err);

/* Fill job->lines and job->files from builder->circuit, and the map of its cards. */
int job_build_deck(struct job_builder *builder, struct carom_error *err);

/* Line that a card became; UINT32_MAX if it is not sent. */
uint32_t job_line_of_card(const struct job_builder *builder, const struct carom_circuit *circuit,
			  uint32_t card);

/* A job of the deck alone; that of sections has the corners, too. */
int job_new_alone(struct job **job, const struct carom_study *study,
		  const struct carom_circuit *deck, enum carom_route route,
		  struct carom_error *err);

/* FNV-1a, 64 bit, over every line and its end: two decks with one hash are the same deck. */
char *job_hash(const struct job *job);

/* Jobs for the corners that take other sections of the libraries: job-section.c. */
int job_add_sections(struct job *job, const struct carom_study *study, enum carom_route asked,
		     struct carom_error *err);

/* Resolve the vary statements; fills the deck as well, once it is final. */
int job_build_variables(struct job_builder *builder, struct carom_error *err);

/*
 * The shape of the cells, once all variables are known: as many samples in each as the study has,
 * or one where nothing varies.
 */
int job_shape_cells(struct job_builder *builder, struct carom_error *err);

/*
 * The variable, a parameter of that model, goes to each element that was given a copy of the model
 * and for which no variable of its own sets the parameter.  All variables are made.
 */
int job_add_copies(struct job_builder *builder, uint32_t variable, const char *model,
		   const char *param, struct carom_error *err);

/*
 * Find the values that the varied parameters and the draws of the deck reach, or the obstacle: then
 * the parameters have none.  All other variables and their copies are made.
 */
int job_build_values(struct job_builder *builder, struct carom_error *err);

/*
 * Is a process of its own for each sample faster than values set after the run before?  All values
 * are known.
 */
bool job_prefers_fork(const struct job_builder *builder);

/* ---- draws of the deck: job-statistical.c, job-slot.c ---- */

/* Variables for the draws, in their order. */
int job_add_draws(struct job_builder *builder, const struct resolution *resolution,
		  struct carom_error *err);

/* Fill in what each draw is used for.  The job has the resolution's program and values. */
int job_find_uses(struct job *job, const struct resolution *resolution, struct carom_error *err);

/* Put the nominal value in the place of each call of a statistical function, on all lines. */
int job_write_nominal(struct job_builder *builder, struct carom_error *err);

/* Give the values that draws reach slots, and the deck's lines parameters that take them there. */
int job_write_slots(struct job_builder *builder, const struct resolution *resolution,
		    struct carom_error *err);

/* Make a gauss of a variable's pelgrom, by the size of the element that has this path. */
int job_apply_pelgrom(struct job_builder *builder, struct job_variable *variable, const char *path,
		      struct carom_error *reason);

/* Resolve the correlate statements.  All variables are made. */
int job_build_correlations(struct job_builder *builder, struct carom_error *err);

/* Resolve the measure, spec and keep statements; adds the .save line. */
int job_build_measures(struct job_builder *builder, struct carom_error *err);

/* Resolve the keep statements.  All measurements are made. */
int job_build_waves(struct job_builder *builder, struct carom_error *err);
/* Do two jobs of a study keep waveforms at the same places? */
bool job_keeps_alike(const struct job *a, const struct job *b);

/* Resolve the importance statement: the shift is 0 as yet.  The draws are prepared. */
int job_build_importance(struct job_builder *builder, struct carom_error *err);

/* Free what they have. */
void job_measure_release(struct job_measure *measure);
void job_grid_release(struct job_grid *grid);

/* What of a statement its errors name, and where it is looked for. */
struct job_asked {
	const char *word, *name; /* "measure", "gain" */
	const char *analysis;    /* NULL: the deck's only one */
	const char *option;      /* what stands before it: "", "plot=" */
	const struct place *place;
};

/* job-formula.c: the formula of a measurement, and numbers that are expressions in braces. */
int job_resolve_formula(const struct job_builder *builder, struct job_measure *measure,
			const struct study_measure *asked, struct carom_error *err);
/* An argument of the measurement, of which a formula is made if its number varies. */
int job_resolve_argument(const struct job_builder *builder, struct job_measure *measure,
			 size_t argument, const struct job_asked *asked, struct carom_error *err);
/* One that has to be the same in all samples. */
int job_resolve_number(const struct job_builder *builder, struct measure_argument *argument,
		       const struct job_asked *asked, struct carom_error *err);

/* job-plot.c: which of the deck's analyses is meant. */

/* Which of a run's plots it is, as in "ac2", to be freed, and the card that makes it. */
struct job_plot {
	char *name;
	const struct card *card;
	bool has_totals; /* of .noise: it is not the spectrum */
};
int job_resolve_plot(const struct job_builder *builder, const struct job_asked *asked,
		     struct job_plot *plot, struct carom_error *err);
bool job_every_analysis_is_plain(const struct carom_circuit *circuit); /* op, dc, ac, tran */
/* "s", "Hz" or "" */
const char *job_scale_unit(const char *plot);

/* Insert a line before ".end".  text is taken (freed on failure). */
int job_add_line(struct job_builder *builder, char *text, struct carom_error *err);

/* An error with the place of a statement. */
#define job_fail(err, status, where, ...) \
	carom_fail_at(err, status, (where)->source, (where)->line, (where)->column, __VA_ARGS__)

#endif
