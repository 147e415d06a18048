/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Makes a store: under another name beside its place, then moved there in one step, so that the
 * place holds a whole store, the one that was there before, or nothing.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/name.h"
#include "study/folder.h"
#include "study/store-array.h"
#include "study/store-json.h"
#include "study/store-manifest.h"
#include "study/store-name.h"
#include "study/store.h"

/* Where the store is to be. */
struct site {
	char *path;       /* copy, cut into folder and name */
	const char *name; /* last part of path */
	int parent;       /* descriptor of the folder it is in */
	bool is_taken;    /* by a store that is to be replaced */
	char *draft;      /* name of the folder it is made in */
};

/* ---- the place ---- */

static void site_release(struct site *site)
{
	if (site->parent >= 0)
		close(site->parent);
	mem_free(site->draft);
	mem_free(site->path);
}

/* Cut "a/b/c.zarr/" into the folder "a/b" and the name "c.zarr". */
static const char *split_path(struct site *site)
{
	size_t length = strlen(site->path);
	char *slash;

	while (length > 1 && site->path[length - 1] == '/')
		site->path[--length] = '\0';
	slash = strrchr(site->path, '/');
	site->name = slash ? slash + 1 : site->path;
	if (!slash)
		return ".";
	*slash = '\0';
	return slash == site->path ? "/" : site->path;
}

static int site_init(struct site *site, const char *path, struct carom_error *err)
{
	const char *folder;

	*site = (struct site){.path = mem_strdup(path), .parent = -1};
	if (!site->path)
		return carom_fail_memory(err);
	folder = split_path(site);
	if (!site->name[0] || strcmp(site->name, ".") == 0 || strcmp(site->name, "..") == 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "not a name for a folder to make");
	site->parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return site->parent < 0 ? carom_fail_errno(err, "cannot make a folder in %s", folder) : 0;
}

/* A folder with a manifest of ours in it. */
static bool is_store(const struct site *site)
{
	int folder = folder_open(site->parent, site->name);
	json_t *manifest = NULL;
	bool is_ours;

	if (folder < 0)
		return false;
	is_ours = faccessat(folder, ".zgroup", F_OK, 0) == 0 &&
		  store_json_read(folder, ".zattrs", NULL, &manifest, NULL) == 0 &&
		  json_object_get(manifest, "carom");
	json_decref(manifest);
	close(folder);
	return is_ours;
}

static int check_free(struct site *site, bool overwrite, struct carom_error *err)
{
	struct stat stat;

	if (fstatat(site->parent, site->name, &stat, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? 0 : carom_fail_errno(err, "cannot be made");
	if (!overwrite)
		return carom_fail(err, CAROM_ERROR_EXISTS,
				  "already exists; name another, or overwrite it (--overwrite)");
	if (!is_store(site))
		return carom_fail(err, CAROM_ERROR_EXISTS,
				  "exists and is not a store of carom's, so it is not overwritten");
	site->is_taken = true;
	return 0;
}

/* The process id makes the name unlike those of others; a number, unlike what a crash left. */
static int make_draft(struct site *site, struct carom_error *err)
{
	struct text name = TEXT_INIT;

	for (unsigned i = 0;; i++) {
		text_clear(&name);
		text_printf(&name, "%s.tmp-%ld-%u", site->name, (long)getpid(), i);
		if (name.failed)
			break;
		if (mkdirat(site->parent, name.data, 0777) == 0) {
			site->draft = text_take(&name);
			return 0;
		}
		if (errno != EEXIST) {
			carom_fail_errno(err, "cannot be made");
			text_release(&name);
			return CAROM_ERROR_SYSTEM;
		}
	}
	text_release(&name);
	return carom_fail_memory(err);
}

/* For file systems that cannot swap two names: the place is empty for a moment. */
static int move_plainly(struct site *site, struct carom_error *err)
{
	if (site->is_taken && folder_remove(site->parent, site->name, err))
		return CAROM_ERROR_SYSTEM;
	if (renameat(site->parent, site->draft, site->parent, site->name))
		return carom_fail_errno(err, "cannot be put in place");
	mem_free(site->draft);
	site->draft = NULL;
	return 0;
}

/* Afterwards the draft's name, if any, is that of the store that was replaced. */
static int put_in_place(struct site *site, struct carom_error *err)
{
	unsigned flags = site->is_taken ? RENAME_EXCHANGE : RENAME_NOREPLACE;

	if (renameat2(site->parent, site->draft, site->parent, site->name, flags)) {
		if (errno == EINVAL || errno == ENOSYS)
			return move_plainly(site, err);
		return carom_fail_errno(err, "cannot be put in place");
	}
	if (!site->is_taken) {
		mem_free(site->draft);
		site->draft = NULL;
	}
	return 0;
}

/* ---- what is in it ---- */

static int claim_name(struct name_table *claimed, const char *name, struct carom_error *err)
{
	const char *problem = store_name_problem(name);
	size_t before = name_count(claimed);

	if (problem)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "\"%s\" cannot be an array: it %s",
				  name, problem);
	if (name_intern(claimed, name, strlen(name)) == NAME_NONE)
		return carom_fail_memory(err);
	if (name_count(claimed) == before)
		return carom_fail(err, CAROM_ERROR_ARGUMENT,
				  "two arrays would be called \"%s\"; rename a measurement", name);
	return 0;
}

static int check_names(const struct job *job, struct carom_error *err)
{
	struct name_table *claimed = name_table_new();
	int status = claimed ? 0 : carom_fail_memory(err);

	for (size_t i = 0; i < job->n_variables && status == 0; i++)
		status = claim_name(claimed, job->variables[i].name, err);
	for (size_t i = 0; i < job->n_measures && status == 0; i++)
		status = claim_name(claimed, job->measures[i].name, err);
	name_table_free(claimed);
	return status;
}

static int check_job(const struct job *job, struct carom_error *err)
{
	if (job->n_samples == 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "a store has at least 1 sample");
	if (job->n_samples > INT64_MAX / STORE_MESSAGE_SIZE)
		return carom_fail(err, CAROM_ERROR_LIMIT, "too many samples for a file");
	return check_names(job, err);
}

static int create_columns(int store, const struct job *job, struct carom_error *err)
{
	int status = 0;

	for (size_t i = 0; i < job->n_variables && status == 0; i++)
		status = store_array_create(store, job->variables[i].name, STORE_DOUBLE,
					    job->n_samples,
					    store_parameter_attributes(&job->variables[i]), err);
	for (size_t i = 0; i < job->n_measures && status == 0; i++)
		status = store_array_create(store, job->measures[i].name, STORE_DOUBLE,
					    job->n_samples,
					    store_measurement_attributes(&job->measures[i]), err);
	return status;
}

static int create_common(int store, uint64_t n, struct carom_error *err)
{
	int status = store_array_create(store, STORE_STATUS, STORE_INT8, n,
					store_status_attributes(), err);

	if (!status)
		status = store_array_create(store, STORE_SECONDS, STORE_DOUBLE, n,
					    store_plain_attributes("s", "wall time of the sample"),
					    err);
	if (!status)
		status = store_array_create(
			store, STORE_WORKER, STORE_INT32, n,
			store_plain_attributes("", "worker that simulated the sample"), err);
	if (!status)
		status = store_array_create(store, STORE_MESSAGE, STORE_TEXT, n,
					    store_plain_attributes("", "why the sample failed"),
					    err);
	return status;
}

static int print_manifest(struct text *text, const struct job *job, json_t *run,
			  struct carom_error *err)
{
	json_t *manifest = store_manifest(job, run);

	if (manifest)
		store_json_print(text, manifest);
	json_decref(manifest);
	return manifest && !text->failed ? 0 : carom_fail_memory(err);
}

/* The file that makes it a group comes last. */
static int fill(int store, const struct job *job, struct carom_error *err)
{
	static const char group[] = "{\n    \"zarr_format\": 2\n}\n";
	struct text manifest = TEXT_INIT;
	int status = print_manifest(&manifest, job, NULL, err);

	if (!status)
		status = create_columns(store, job, err);
	if (!status)
		status = create_common(store, job->n_samples, err);
	if (!status)
		status = folder_create_file(store, ".zattrs", manifest.data, manifest.length, err);
	if (!status)
		status = folder_create_file(store, ".zgroup", group, strlen(group), err);
	text_release(&manifest);
	return status;
}

static int fill_draft(const struct site *site, const struct job *job, struct carom_error *err)
{
	int store = folder_open(site->parent, site->draft);
	int status;

	if (store < 0)
		return carom_fail_errno(err, "cannot be opened");
	status = fill(store, job, err);
	close(store);
	return status;
}

/* ---- the two of store.h ---- */

static int create_at(struct site *site, const struct job *job, struct carom_error *err)
{
	int status = make_draft(site, err);

	if (!status)
		status = fill_draft(site, job, err);
	if (!status)
		status = put_in_place(site, err);
	if (!status && site->draft)
		return folder_remove(site->parent, site->draft, err);
	if (site->draft)
		folder_remove(site->parent, site->draft, NULL);
	return status;
}

int store_create(const char *path, const struct job *job, bool overwrite, struct carom_error *err)
{
	struct site site;
	int status = site_init(&site, path, err);

	if (!status)
		status = check_free(&site, overwrite, err);
	if (!status)
		status = check_job(job, err);
	if (!status)
		status = create_at(&site, job, err);
	site_release(&site);
	return status ? carom_fail_context(err, status, "%s", path) : 0;
}

static int replace_manifest(int store, const struct job *job, const char *run_json,
			    struct carom_error *err)
{
	struct text manifest = TEXT_INIT;
	json_t *run;
	int status = store_json_parse(run_json, strlen(run_json), &run, err);

	if (status)
		return carom_fail_context(err, status, "facts of the run");
	status = print_manifest(&manifest, job, run, err);
	if (!status)
		status = folder_replace_file(store, ".zattrs", manifest.data, manifest.length, err);
	text_release(&manifest);
	json_decref(run);
	return status;
}

int store_write_run(const char *path, const struct job *job, const char *run_json,
		    struct carom_error *err)
{
	int store = folder_open(AT_FDCWD, path);
	int status;

	if (store < 0)
		return carom_fail_errno(err, "%s", path);
	status = replace_manifest(store, job, run_json, err);
	close(store);
	return status ? carom_fail_context(err, status, "%s", path) : 0;
}
