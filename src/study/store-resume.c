/* SPDX-License-Identifier: BSD-3-Clause */
/* Going on with a store: compares its manifest with the study's, counts what is left to do. */
#include "study/store-resume.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "study/folder.h"
#include "study/store-json.h"
#include "study/store-manifest.h"

/* ---- the manifest ---- */

static int open_store(const char *path, json_t **manifest, struct carom_error *err)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int status;

	if (folder < 0)
		return errno == ENOENT ? carom_fail(err, CAROM_ERROR_NOT_FOUND, "no such store")
				       : carom_fail_errno(err, "cannot be opened");
	status = store_json_read(folder, ".zattrs", NULL, manifest, err);
	if (!status && !json_object_get(*manifest, "carom")) {
		json_decref(*manifest);
		status = carom_fail(err, CAROM_ERROR_FORMAT, ".zattrs: not a store of carom's");
	}
	if (!status)
		return folder;
	close(folder);
	return status;
}

static void read_run(const json_t *manifest, struct store_left *left)
{
	const json_t *run = json_object_get(manifest, "run");
	const char *route = json_string_value(json_object_get(run, "route"));
	const char *version = json_string_value(json_object_get(run, "ngspice_version"));

	for (int i = CAROM_ROUTE_ALTER; route && i <= CAROM_ROUTE_RELOAD; i++)
		if (strcmp(route, carom_route_name((enum carom_route)i)) == 0)
			left->route = (enum carom_route)i;
	snprintf(left->version, sizeof(left->version), "%s", version ? version : "");
}

int store_resume_route(const char *path, enum carom_route *route, struct carom_error *err)
{
	struct store_left left = {.route = CAROM_ROUTE_AUTO};
	json_t *manifest;
	int folder = open_store(path, &manifest, err);

	if (folder < 0)
		return carom_fail_context(err, folder, "%s", path);
	read_run(manifest, &left);
	*route = left.route;
	json_decref(manifest);
	close(folder);
	return 0;
}

/* ---- is it the same study? ---- */

/* Where two manifests differ, as "study.varies[0].definition". */
struct difference {
	struct text path;
	const json_t *there, *here; /* NULL: it has none */
};

/* How they are run does not change what comes out; the hash is compared last, as it says least. */
static bool is_compared(const struct difference *difference, const char *key)
{
	static const char *const at_top[] = {"run", "nominal", "importance", "library",
					     "deck_hash"};
	size_t n = difference->path.length == 0 ? sizeof(at_top) / sizeof(at_top[0]) : 0;

	for (size_t i = 0; i < n; i++)
		if (strcmp(key, at_top[i]) == 0)
			return false;
	return strcmp(key, "time_limit_s") != 0;
}

static bool differ(struct difference *difference, const json_t *there, const json_t *here);

static bool differ_at(struct difference *difference, const char *key, const json_t *there,
		      const json_t *here)
{
	size_t length = difference->path.length;

	text_printf(&difference->path, "%s%s", length && key[0] != '[' ? "." : "", key);
	if (differ(difference, there, here))
		return true;
	if (!difference->path.failed) {
		difference->path.length = length;
		difference->path.data[length] = '\0';
	}
	return false;
}

/* Keys of one object in both; its own alone if that is the second pass. */
static bool differ_in_keys(struct difference *difference, const json_t *there, const json_t *here,
			   const json_t *keys)
{
	void *at = json_object_iter((json_t *)keys);

	for (; at; at = json_object_iter_next((json_t *)keys, at)) {
		const char *key = json_object_iter_key(at);

		if (is_compared(difference, key) &&
		    differ_at(difference, key, json_object_get(there, key),
			      json_object_get(here, key)))
			return true;
	}
	return false;
}

static bool differ_in_items(struct difference *difference, const json_t *there, const json_t *here)
{
	size_t n_there = json_array_size(there), n_here = json_array_size(here);
	char index[24];

	for (size_t i = 0; i < n_there || i < n_here; i++) {
		snprintf(index, sizeof(index), "[%zu]", i);
		if (differ_at(difference, index, json_array_get(there, i), json_array_get(here, i)))
			return true;
	}
	return false;
}

static bool differ(struct difference *difference, const json_t *there, const json_t *here)
{
	if (json_is_object(there) && json_is_object(here))
		return differ_in_keys(difference, there, here, there) ||
		       differ_in_keys(difference, there, here, here);
	if (json_is_array(there) && json_is_array(here))
		return differ_in_items(difference, there, here);
	if (json_equal(there, here))
		return false;
	difference->there = there;
	difference->here = here;
	return true;
}

static void append_value(struct text *text, const json_t *value)
{
	char *word =
		value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15))
		      : NULL;

	text_append(text, value ? (word ? word : "?") : "not there");
	free(word);
}

static int fail_different(const struct difference *difference, struct carom_error *err)
{
	struct text text = TEXT_INIT;
	int status;

	text_printf(&text, "%s is ", text_string(&difference->path));
	append_value(&text, difference->there);
	text_append(&text, " in the store and ");
	append_value(&text, difference->here);
	text_append(&text, " now");
	status = text.failed || difference->path.failed
			 ? carom_fail_memory(err)
			 : carom_fail(err, CAROM_ERROR_ARGUMENT,
				      "was made by another study: %s\ngo on with the same deck and "
				      "options, or name another store",
				      text_string(&text));
	text_release(&text);
	return status;
}

/* Through the text that would stand in the file, so that numbers are of one kind. */
static int check_same(const json_t *there, const struct job *job, struct carom_error *err)
{
	struct difference difference = {.path = TEXT_INIT};
	struct text text = TEXT_INIT;
	json_t *manifest = store_manifest(job, NULL), *here = NULL;
	int status = manifest ? 0 : carom_fail_memory(err);

	if (!status)
		store_json_print(&text, manifest);
	if (!status && text.failed)
		status = carom_fail_memory(err);
	if (!status)
		status = store_json_parse(text.data, text.length, &here, err);
	if (!status && (differ(&difference, there, here) ||
			differ_at(&difference, "deck_hash", json_object_get(there, "deck_hash"),
				  json_object_get(here, "deck_hash"))))
		status = fail_different(&difference, err);
	json_decref(manifest);
	json_decref(here);
	text_release(&text);
	text_release(&difference.path);
	return status;
}

/* ---- what is left ---- */

static int count_left(int folder, const struct job *job, bool retries_failed,
		      struct store_left *left, struct carom_error *err)
{
	struct store_rows *rows;
	int status = store_rows_open(&rows, folder, job, err);

	for (uint64_t i = 0; status == 0 && i < job->n_samples; i++) {
		enum carom_sample_status sample = store_rows_status(rows, i);
		bool is_failed = sample != CAROM_SAMPLE_PENDING && sample != CAROM_SAMPLE_OK;

		if (is_failed && retries_failed)
			store_rows_reset(rows, i);
		left->n_kept_failed += is_failed && !retries_failed;
		left->n_pending += sample == CAROM_SAMPLE_PENDING || (is_failed && retries_failed);
	}
	left->n_kept = job->n_samples - left->n_pending;
	store_rows_close(rows);
	return status;
}

/* It has one number for each draw, or none has. */
static int read_shift(const json_t *search, struct job_importance *importance,
		      struct carom_error *err)
{
	double *shift;
	size_t n;
	int status = store_json_doubles(json_object_get(search, "shift"), &shift, &n, err);

	if (status)
		return status;
	if (n == importance->n)
		memcpy(importance->shift, shift, n * sizeof(*shift));
	else
		status = carom_fail(err, CAROM_ERROR_FORMAT,
				    ".zattrs: the shift is not one of this study's");
	mem_free(shift);
	return status;
}

/* How far the search for the shift had come. */
static int read_search(const json_t *manifest, struct job_importance *importance,
		       struct carom_error *err)
{
	const json_t *search = json_object_get(manifest, "importance");
	int status = read_shift(search, importance, err);

	if (status)
		return status;
	importance->is_found = json_is_true(json_object_get(search, "found"));
	importance->n_batches = (uint32_t)json_integer_value(json_object_get(search, "batches"));
	importance->batch_samples =
		(uint32_t)json_integer_value(json_object_get(search, "batch_samples"));
	importance->level = json_number_value(json_object_get(search, "level"));
	return 0;
}

int store_resume(struct store_draft **draft, const struct job *job, bool retries_failed,
		 struct store_left *left, struct carom_error *err)
{
	json_t *manifest;
	int folder = open_store(job->store, &manifest, err);
	int status = folder < 0 ? folder : check_same(manifest, job, err);

	*left = (struct store_left){.route = CAROM_ROUTE_AUTO};
	*draft = NULL;
	if (!status)
		status = folder_lock(folder, err);
	if (!status && job->importance)
		status = read_search(manifest, job->importance, err);
	if (!status) {
		read_run(manifest, left);
		status = count_left(folder, job, retries_failed, left, err);
	}
	if (folder >= 0)
		json_decref(manifest);
	if (!status)
		return store_draft_adopt(draft, folder, err);
	if (folder >= 0)
		close(folder);
	return carom_fail_context(err, status, "%s", job->store);
}
