/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * One sample once more, by the processes that run a study, into a store that is gone when closed.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "study/folder.h"
#include "study/job.h"
#include "study/run.h"
#include "study/sample-deck.h"
#include "study/store-json.h"

static int make_folder(struct text *folder, struct carom_error *err)
{
	const char *parent = getenv("TMPDIR");

	text_printf(folder, "%s/carom-replay-XXXXXX", parent && *parent ? parent : "/tmp");
	if (folder->failed)
		return carom_fail_memory(err);
	return mkdtemp(folder->data) ? 0 : carom_fail_errno(err, "%s", folder->data);
}

static void take_one(struct job *job, uint64_t sample)
{
	job->first_sample = sample;
	job->n_samples = 1;
	for (size_t i = 0; i < job->n_sections; i++)
		take_one(job->sections[i], sample);
}

static int replay(struct carom_study *study, const struct carom_study_options *options,
		  uint64_t sample, struct carom_error *err)
{
	struct run run;
	int status = run_prepare(&run, study, options, err);

	if (!status)
		status = sample_check(run.job, sample, err);
	if (!status)
		status = job_recall_shift(run.job, study, sample, err);
	if (!status) {
		take_one(run.job, sample);
		mem_free(run.job->nominal);
		run.job->nominal = NULL; /* it is not run */
		status = run_execute(&run, err);
	}
	run_release(&run);
	return status;
}

/* The mapping keeps the columns when the folder is gone. */
static int replay_into(struct text *folder, struct carom_study *study,
		       struct carom_study_options *options, uint64_t sample,
		       struct carom_store **store, struct carom_error *err)
{
	size_t length = folder->length;
	int status;

	text_append(folder, "/sample.zarr");
	if (folder->failed)
		return carom_fail_memory(err);
	options->store = folder->data;
	status = replay(study, options, sample, err);
	if (!status)
		status = carom_store_open(store, folder->data, err);
	folder->data[length] = '\0';
	return status;
}

static int recall(struct study_importance *importance, const struct carom_store *store,
		  struct carom_error *err)
{
	const json_t *search = json_object_get(store_json_manifest(store), "importance");
	double *shift;
	size_t n;
	int status;

	if (!json_is_true(json_object_get(search, "found")))
		return carom_fail(err, CAROM_ERROR_STATE,
				  "the store's search for a shift, of importance sampling, did not "
				  "end");
	status = store_json_doubles(json_object_get(search, "shift"), &shift, &n, err);
	if (status)
		return status;
	mem_free(importance->shift);
	importance->shift = shift;
	importance->n_shift = n;
	return 0;
}

CAROM_API int carom_study_recall(struct carom_study *study, const char *path,
				 struct carom_error *err)
{
	struct carom_store *store;
	int status;

	if (!study || !path)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no study or no store");
	if (!study->importance.name)
		return 0;
	status = carom_store_open(&store, path, err);
	if (!status)
		status = recall(&study->importance, store, err);
	carom_store_close(store);
	return status;
}

CAROM_API int carom_study_replay(struct carom_study *study,
				 const struct carom_study_options *options, uint64_t sample,
				 struct carom_store **store, struct carom_error *err)
{
	struct text folder = TEXT_INIT;
	struct carom_study_options own;
	int status = run_copy_options(&own, options, err);

	*store = NULL;
	if (!status)
		status = make_folder(&folder, err);
	if (status) {
		text_release(&folder);
		return status;
	}
	own.resume = own.retry_failed = own.overwrite = false;
	own.n_workers = 1;
	status = replay_into(&folder, study, &own, sample, store, err);
	folder_remove(AT_FDCWD, folder.data, NULL);
	text_release(&folder);
	return status;
}
