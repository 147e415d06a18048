/* SPDX-License-Identifier: BSD-3-Clause */
/* The search for a shift: a batch is simulated as a study is, and says where the next one goes. */
#include "study/search.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "statistics/importance.h"
#include "study/folder.h"
#include "study/pool.h"
#include "study/population.h"
#include "study/store-resume.h"

#define LEAST_SAMPLES 500
#define SAMPLES_OF_DRAW 10 /* a shift of n draws is noisy by n / elite */
#define ELITE_SHARE 10     /* one of so many */
#define MOST_BATCHES 20
#define MOST_SIGMAS 12.0 /* 1.8e-33: whatever fails there has another cause first */
#define FOLDER "search.zarr"
#define FIRST_SAMPLE (UINT64_C(1) << 62)
#define BATCH_STRIDE (UINT64_C(1) << 40)

struct batch {
	const struct run *run;
	uint64_t first_sample;
	size_t n_samples;
	char path[64]; /* of its store */
	double *z, *margins;
};

/* ---- a batch ---- */

static int batch_init(struct batch *batch, const struct run *run, int folder,
		      struct carom_error *err)
{
	struct job_importance *importance = run->job->importance;
	size_t n = SAMPLES_OF_DRAW * importance->n;

	*batch = (struct batch){
		.run = run,
		.first_sample = FIRST_SAMPLE + importance->n_batches * BATCH_STRIDE,
		.n_samples = n > LEAST_SAMPLES ? n : LEAST_SAMPLES,
	};
	importance->batch_samples = (uint32_t)batch->n_samples;
	snprintf(batch->path, sizeof(batch->path), "/proc/self/fd/%d/" FOLDER, folder);
	batch->z = mem_zalloc(batch->n_samples * importance->n, sizeof(*batch->z));
	batch->margins = mem_zalloc(batch->n_samples, sizeof(*batch->margins));
	return batch->z && batch->margins ? 0 : carom_fail_memory(err);
}

static void batch_release(struct batch *batch)
{
	mem_free(batch->z);
	mem_free(batch->margins);
}

/* Into a store of its own.  The copy of the job shares all that the job has. */
static int simulate(const struct batch *batch, struct carom_error *err)
{
	const struct run *run = batch->run;
	const struct store_left left = {.route = CAROM_ROUTE_AUTO, .n_pending = batch->n_samples};
	struct carom_study_facts facts = {0};
	struct job job = *run->job;
	struct store_draft *store;
	int status;

	job.store = (char *)batch->path;
	job.first_sample = batch->first_sample;
	job.n_samples = batch->n_samples;
	job.nominal = NULL;
	status = store_draft_new(&store, batch->path, &job, true, err);
	if (status)
		return status;
	status = pool_run(&job, run->plan, store, &left, &run->options, &run->study->is_cancelled,
			  NULL, &facts, err);
	store_draft_free(store);
	return status;
}

static double margin_of(const struct job *job, const struct carom_store *store, uint64_t sample)
{
	enum carom_sample_status status = carom_store_sample_status(store, sample);
	double value = carom_store_measurement(store, job->importance->measure)[sample];
	double limit = job_importance_limit(job);

	if (!population_is_value(status, value))
		return NAN;
	return job->importance->is_upper ? limit - value : value - limit;
}

/* Returns how many samples have a margin. */
static size_t take_samples(struct batch *batch, const struct carom_store *store, double *values)
{
	const struct job *job = batch->run->job;
	size_t n = job->importance->n, n_values = 0;

	for (size_t k = 0; k < batch->n_samples; k++) {
		job_draw(job, batch->first_sample + k, values);
		memcpy(batch->z + k * n, job->importance->deviates, n * sizeof(*batch->z));
		batch->margins[k] = margin_of(job, store, k);
		n_values += !isnan(batch->margins[k]);
	}
	return n_values;
}

static int read_samples(struct batch *batch, struct carom_error *err)
{
	double *values = mem_zalloc(batch->run->job->n_variables, sizeof(*values));
	struct carom_store *store = NULL;
	char message[200];
	int status = values ? carom_store_open(&store, batch->path, err) : carom_fail_memory(err);

	if (!status && take_samples(batch, store, values) == 0)
		status =
			carom_fail(err, CAROM_ERROR_MEASURE,
				   "importance: no sample of the search has a value; the first: %s",
				   carom_store_message(store, 0, message, sizeof(message)));
	carom_store_close(store);
	mem_free(values);
	return status;
}

/* ---- from batch to batch ---- */

/* The shift, its level and whether it is found become the job's. */
static int take_step(const struct batch *batch, struct carom_error *err)
{
	struct job_importance *importance = batch->run->job->importance;
	const struct importance_batch samples = {batch->z, batch->margins, batch->n_samples,
						 importance->n};
	double *next = mem_zalloc(importance->n, sizeof(*next));
	int status = next ? importance_search_step(&samples, importance->shift,
						   batch->n_samples / ELITE_SHARE, next,
						   &importance->level, err)
			  : carom_fail_memory(err);

	if (!status) {
		memcpy(importance->shift, next, importance->n * sizeof(*next));
		importance->n_batches++;
		importance->is_found = !(importance->level > 0);
	}
	mem_free(next);
	return status;
}

static int run_batch(const struct run *run, int folder, struct carom_error *err)
{
	struct batch batch;
	int status = batch_init(&batch, run, folder, err);

	if (!status)
		status = simulate(&batch, err);
	if (!status)
		status = read_samples(&batch, err);
	folder_remove(folder, FOLDER, NULL);
	if (!status)
		status = take_step(&batch, err);
	batch_release(&batch);
	return status;
}

static int check_reach(const struct job *job, struct carom_error *err)
{
	const struct job_importance *importance = job->importance;
	const char *name = job->measures[importance->measure].name;
	double distance = importance_distance(importance->shift, importance->n);

	if (importance->n_batches < MOST_BATCHES && distance < MOST_SIGMAS)
		return 0;
	return carom_fail(err, CAROM_ERROR_LIMIT,
			  "importance: no failure of %s was found within %g sigma: batch %" PRIu32
			  " of the search leads %.3g sigma away, and has a margin of %.3g left\n"
			  "see whether it can fail at all: plain samples, or a tighter spec",
			  name, MOST_SIGMAS, importance->n_batches, distance, importance->level);
}

/* "first error wins": what a cancelled run says of its samples is not so here. */
static int search_on(const struct run *run, struct store_draft *store, struct carom_error *err)
{
	struct carom_error inner = CAROM_ERROR_INIT;
	int status = check_reach(run->job, err);

	if (status)
		return status;
	status = run_batch(run, store_draft_folder(store), &inner);
	if (status == CAROM_ERROR_CANCELLED)
		return carom_fail(
			err, status,
			"cancelled while the shift was searched; --resume goes on with it");
	if (status)
		return carom_fail_as(err, &inner);
	status = store_write_manifest(store_draft_folder(store), run->job, err);
	return status ? status : store_draft_put_in_place(store, err);
}

int search_shift(const struct run *run, struct store_draft *store, struct carom_error *err)
{
	int status = 0;

	while (status == 0 && !run->job->importance->is_found)
		status = search_on(run, store, err);
	return status;
}
