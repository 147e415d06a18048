/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * The job's kept waveforms: each tied to a plot of the deck, with the places where its values are
 * kept.
 */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/name.h"
#include "base/text.h"
#include "circuit/scan.h"
#include "sim/sweep.h"
#include "study/job-build.h"
#include "study/job-vector.h"
#include "study/store-name.h"

#define DEFAULT_POINTS 201
#define SLACK 1e-9 /* of the span: an end that is given may be off by its rounding */

/* A statement on its way to waves. */
struct keep {
	const struct study_keep *said;
	struct job_asked asked;
	struct sweep sweep;
	double from, to;
	struct job_grid grid; /* to be the job's */
	const char *base;     /* of the grid's name */
};

#define keep_fail(keep, err, status, ...) job_fail(err, status, (keep)->asked.place, __VA_ARGS__)

/* ---- where it begins and ends ---- */

static int read_sweep(struct keep *keep, const struct job_builder *builder,
		      const struct job_plot *plot, struct carom_error *err)
{
	const char *kind = keep->sweep.kind;

	sweep_read(&keep->sweep, plot->card->text, builder->deck);
	if (plot->has_totals || (strcmp(kind, "tran") != 0 && strcmp(kind, "ac") != 0 &&
				 strcmp(kind, "dc") != 0 && strcmp(kind, "noise") != 0))
		return keep_fail(keep, err, CAROM_ERROR_ARGUMENT,
				 "keep %s: an analysis of a single point has no waveforms\n"
				 "tran, ac, dc and noise have",
				 keep->said->name);
	if (keep->sweep.is_nested)
		return keep_fail(keep, err, CAROM_ERROR_ARGUMENT,
				 "keep %s: a .dc sweep within another has no single scale\n"
				 "make the outer one a step of the study",
				 keep->said->name);
	return 0;
}

/* The number of from= or to=, NAN if it is not given. */
static int resolve_place(const struct keep *keep, const struct job_builder *builder,
			 const struct measure_argument *place, double *number,
			 struct carom_error *err)
{
	struct measure_argument copy = *place;
	int status = 0;

	if (place->name) {
		copy.name = mem_strdup(place->name);
		status = copy.name ? job_resolve_number(builder, &copy, &keep->asked, err)
				   : carom_fail_memory(err);
		mem_free(copy.name);
	}
	*number = copy.number;
	return status;
}

/* What is given lies on the scale, as far as that is known. */
static int check_span(const struct keep *keep, double low, double high, struct carom_error *err)
{
	double slack = SLACK * (high - low);

	if (!isfinite(keep->from) || !isfinite(keep->to))
		return keep_fail(keep, err, CAROM_ERROR_ARGUMENT,
				 "keep %s: it is not known where the .%s begins and ends\n"
				 "say from= and to=",
				 keep->said->name, keep->sweep.kind);
	if (keep->from < low - slack || keep->to > high + slack)
		return keep_fail(keep, err, CAROM_ERROR_ARGUMENT,
				 "keep %s: from %g to %g is not within the .%s, which goes from "
				 "%g to %g",
				 keep->said->name, keep->from, keep->to, keep->sweep.kind, low,
				 high);
	if (!(keep->from < keep->to))
		return keep_fail(keep, err, CAROM_ERROR_ARGUMENT,
				 "keep %s: it begins at %g, which is not before its end at %g",
				 keep->said->name, keep->from, keep->to);
	return 0;
}

static int resolve_span(struct keep *keep, const struct job_builder *builder,
			struct carom_error *err)
{
	double first = keep->sweep.first, last = keep->sweep.last;
	double low = first < last ? first : last, high = first < last ? last : first;
	int status = resolve_place(keep, builder, &keep->said->from, &keep->from, err);

	if (!status)
		status = resolve_place(keep, builder, &keep->said->to, &keep->to, err);
	if (status)
		return status;
	if (isnan(keep->from))
		keep->from = low;
	if (isnan(keep->to))
		keep->to = high;
	return check_span(keep, low, high, err);
}

/* ---- the grid ---- */

/* n points, at equal distances or by equal factors, both ends among them. */
static int spread_points(struct keep *keep, size_t n, struct carom_error *err)
{
	struct job_grid *grid = &keep->grid;
	double step = (keep->to - keep->from) / (double)(n - 1);

	grid->n = n;
	grid->values = mem_alloc(n * sizeof(*grid->values));
	if (!grid->values)
		return carom_fail_memory(err);
	for (size_t i = 0; i < n; i++)
		grid->values[i] = grid->is_log ? keep->from * pow(keep->to / keep->from,
								  (double)i / (double)(n - 1))
					       : keep->from + (double)i * step;
	grid->values[n - 1] = keep->to;
	return 0;
}

static void reverse(double *values, size_t n)
{
	for (size_t i = 0; i < n / 2; i++) {
		double value = values[i];

		values[i] = values[n - 1 - i];
		values[n - 1 - i] = value;
	}
}

/* Those of the sweep's own points that lie within, upwards. */
static int take_points(struct keep *keep, struct carom_error *err)
{
	struct job_grid *grid = &keep->grid;
	double slack = SLACK * (keep->to - keep->from);
	size_t n, n_within = 0;
	int status = sweep_values(&keep->sweep, &grid->values, &n, err);

	if (status)
		return status;
	for (size_t i = 0; i < n; i++)
		if (grid->values[i] >= keep->from - slack && grid->values[i] <= keep->to + slack)
			grid->values[n_within++] = grid->values[i];
	if (n_within == 0 || n_within > STUDY_MOST_POINTS)
		return keep_fail(keep, err, CAROM_ERROR_ARGUMENT,
				 "keep %s: the .%s has %zu points there\nsay points=",
				 keep->said->name, keep->sweep.kind, n_within);
	grid->n = n_within;
	if (grid->values[0] > grid->values[n_within - 1])
		reverse(grid->values, n_within);
	return 0;
}

static int make_points(struct keep *keep, struct carom_error *err)
{
	size_t n = keep->said->n_points;

	keep->grid.is_log = keep->sweep.is_log && keep->from > 0;
	if (n == 0 && keep->sweep.law == SWEEP_FREE)
		n = DEFAULT_POINTS;
	return n > 0 ? spread_points(keep, n, err) : take_points(keep, err);
}

/* The second word of ".dc v1 0 5 0.1". */
static char *swept_name(const struct card *card)
{
	uint32_t at = 0;
	struct word word;

	for (unsigned i = 0; i < 2; i++)
		if (!scan_word(card->text, &at, &word))
			return mem_strdup("");
	return mem_strndup(card->text + word.begin, word.length);
}

static const char *swept_unit(const char *name)
{
	if (name_compare(name, "temp") == 0)
		return "degC";
	switch (*name | 0x20) {
	case 'v':
		return "V";
	case 'i':
		return "A";
	default:
		return *name ? "ohm" : "";
	}
}

static int describe_scale(struct keep *keep, const struct job_plot *plot, struct carom_error *err)
{
	struct job_grid *grid = &keep->grid;

	if (keep->sweep.law == SWEEP_STEPS) {
		keep->base = "sweep";
		grid->label = swept_name(plot->card);
		grid->unit = grid->label ? mem_strdup(swept_unit(grid->label)) : NULL;
	} else {
		keep->base = keep->sweep.law == SWEEP_FREE ? "time" : "frequency";
		grid->label = mem_strdup(keep->base);
		grid->unit = mem_strdup(job_scale_unit(plot->name));
	}
	return grid->label && grid->unit ? 0 : carom_fail_memory(err);
}

/* ---- names of grids ---- */

static bool is_taken(const struct job_builder *builder, const char *name)
{
	const struct job *job = builder->job;

	for (size_t i = 0; i < job->n_variables; i++)
		if (name_compare(job->variables[i].name, name) == 0)
			return true;
	for (size_t i = 0; i < job->n_measures; i++)
		if (name_compare(job->measures[i].name, name) == 0)
			return true;
	for (size_t i = 0; i < builder->study->n_keeps; i++)
		if (name_compare(builder->study->keeps[i].name, name) == 0)
			return true;
	for (size_t i = 0; i < job->n_grids; i++)
		if (name_compare(job->grids[i].name, name) == 0)
			return true;
	return false;
}

/* "time", or "time2" where that is taken. */
static char *free_name(const struct job_builder *builder, const char *base)
{
	struct text name = TEXT_INIT;

	text_append(&name, base);
	for (unsigned i = 2; !name.failed && is_taken(builder, name.data); i++) {
		text_clear(&name);
		text_printf(&name, "%s%u", base, i);
	}
	return text_take(&name);
}

static bool has_same_places(const struct job_grid *a, const struct job_grid *b)
{
	return a->n == b->n && strcmp(a->label, b->label) == 0 && strcmp(a->unit, b->unit) == 0 &&
	       memcmp(a->values, b->values, a->n * sizeof(*a->values)) == 0;
}

bool job_keeps_alike(const struct job *a, const struct job *b)
{
	if (a->n_grids != b->n_grids || a->n_waves != b->n_waves)
		return false;
	for (size_t i = 0; i < a->n_grids; i++)
		if (!has_same_places(&a->grids[i], &b->grids[i]))
			return false;
	return true;
}

/* The keep's becomes one of the job's, or is one. */
static int add_grid(struct keep *keep, struct job_builder *builder, uint32_t *index,
		    struct carom_error *err)
{
	struct job *job = builder->job;

	for (*index = 0; *index < job->n_grids; ++*index)
		if (has_same_places(&job->grids[*index], &keep->grid)) {
			job_grid_release(&keep->grid);
			return 0;
		}
	keep->grid.name = free_name(builder, keep->base);
	job->grids[job->n_grids++] = keep->grid;
	return keep->grid.name ? 0 : carom_fail_memory(err);
}

static int make_grid(struct keep *keep, struct job_builder *builder, const struct job_plot *plot,
		     uint32_t *index, struct carom_error *err)
{
	int status;

	if ((status = read_sweep(keep, builder, plot, err)) ||
	    (status = resolve_span(keep, builder, err)) || (status = make_points(keep, err)) ||
	    (status = describe_scale(keep, plot, err))) {
		job_grid_release(&keep->grid);
		return status;
	}
	return add_grid(keep, builder, index, err);
}

/* ---- waves ---- */

static const struct part {
	const char *suffix;
	const char *unit; /* NULL: the expression's */
} parts[] = {
	[JOB_PART_REAL] = {"", NULL},
	[JOB_PART_DB] = {".db", "dB"},
	[JOB_PART_PHASE] = {".phase", "deg"},
};

static char *joined(const char *a, const char *between, const char *b)
{
	struct text text = TEXT_INIT;

	text_printf(&text, "%s%s%s", a, between, b);
	return text_take(&text);
}

static int check_name(const struct keep *keep, const struct job *job, const char *name,
		      struct carom_error *err)
{
	for (size_t i = 0; i + 1 < job->n_waves; i++)
		if (name_compare(job->waves[i].name, name) == 0)
			return keep_fail(keep, err, CAROM_ERROR_ARGUMENT,
					 "keep %s: two waveforms would be called \"%s\"\n"
					 "give one a name, as in \"ripple=%s\"",
					 keep->said->name, name, keep->said->expression);
	return 0;
}

static int add_wave(const struct keep *keep, struct job *job, const char *plot, uint32_t grid,
		    enum job_part part, struct carom_error *err)
{
	const struct study_keep *said = keep->said;
	struct job_wave *wave = &job->waves[job->n_waves++];
	const char *analysis = said->analysis ? said->analysis : "";

	*wave = (struct job_wave){
		.name = joined(said->name, "", parts[part].suffix),
		.unit = mem_strdup(parts[part].unit ? parts[part].unit
						    : job_vector_unit(said->expression)),
		.plot = mem_strdup(plot),
		.expression = mem_strdup(said->expression),
		.definition = joined(analysis, *analysis ? " " : "", said->expression),
		.part = part,
		.grid = grid,
		.source = mem_strdup(said->place.source),
		.line = (uint32_t)said->place.line,
	};
	if (!wave->name || !wave->unit || !wave->plot || !wave->expression || !wave->definition ||
	    !wave->source)
		return carom_fail_memory(err);
	return check_name(keep, job, wave->name, err);
}

static int add_waves(const struct keep *keep, struct job *job, const char *plot, uint32_t grid,
		     struct carom_error *err)
{
	bool is_complex =
		strcmp(keep->sweep.kind, "ac") == 0 && !job_vector_is_real(keep->said->expression);
	int status;

	if (!is_complex)
		return add_wave(keep, job, plot, grid, JOB_PART_REAL, err);
	status = add_wave(keep, job, plot, grid, JOB_PART_DB, err);
	return status ? status : add_wave(keep, job, plot, grid, JOB_PART_PHASE, err);
}

static int resolve_keep(struct job_builder *builder, const struct study_keep *said,
			struct carom_error *err)
{
	struct keep keep = {.said = said,
			    .asked = {"keep", said->name, said->analysis, "plot=", &said->place}};
	struct job_plot plot;
	uint32_t grid = 0;
	int status = job_resolve_plot(builder, &keep.asked, &plot, err);

	if (status)
		return status;
	status = job_vector_check(builder->circuit, &keep.asked, said->expression, plot.name, err);
	if (!status)
		status = make_grid(&keep, builder, &plot, &grid, err);
	if (!status)
		status = add_waves(&keep, builder->job, plot.name, grid, err);
	mem_free(plot.name);
	return status;
}

int job_build_waves(struct job_builder *builder, struct carom_error *err)
{
	const struct carom_study *study = builder->study;
	struct job *job = builder->job;
	int status = 0;

	job->grids = mem_zalloc(study->n_keeps, sizeof(*job->grids));
	job->waves = mem_zalloc(2 * study->n_keeps, sizeof(*job->waves));
	if (!job->grids || !job->waves)
		return carom_fail_memory(err);
	for (size_t i = 0; i < study->n_keeps && status == 0; i++)
		status = resolve_keep(builder, &study->keeps[i], err);
	return status;
}
