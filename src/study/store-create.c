/* SPDX-License-Identifier: BSD-3-Clause */
/* Makes a store beside its place and moves it there. */
#include <errno.h>
#include <fcntl.h>
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
#include "study/store-waves.h"
#include "study/store.h"

struct store_draft {
	char *path;       /* copy, cut into folder and name */
	const char *name; /* last part of path */
	int parent;       /* descriptor of the folder it is in */
	bool is_taken;    /* the place, by a store that is to be replaced */
	bool is_in_place;
	char *temporary; /* name of a folder to be removed: it is made there, or what it replaced */
	int folder;      /* descriptor of the store's own */
};

/* ---- the place ---- */

/* Cut "a/b/c.zarr/" into the folder "a/b" and the name "c.zarr". */
static const char *split_path(struct store_draft *draft)
{
	size_t length = strlen(draft->path);
	char *slash;

	while (length > 1 && draft->path[length - 1] == '/')
		draft->path[--length] = '\0';
	slash = strrchr(draft->path, '/');
	draft->name = slash ? slash + 1 : draft->path;
	if (!slash)
		return ".";
	*slash = '\0';
	return slash == draft->path ? "/" : draft->path;
}

static int find_place(struct store_draft *draft, const char *path, struct carom_error *err)
{
	const char *folder;

	draft->path = mem_strdup(path);
	if (!draft->path)
		return carom_fail_memory(err);
	folder = split_path(draft);
	if (!draft->name[0] || strcmp(draft->name, ".") == 0 || strcmp(draft->name, "..") == 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "not a name for a folder to make");
	draft->parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return draft->parent < 0 ? carom_fail_errno(err, "cannot make a folder in %s", folder) : 0;
}

/* A folder with a manifest of ours in it. */
static bool is_store(const struct store_draft *draft)
{
	int folder = folder_open(draft->parent, draft->name);
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

/* The store that is in the place, unless another run writes it. */
static int check_idle(const struct store_draft *draft, struct carom_error *err)
{
	int folder = folder_open(draft->parent, draft->name);
	int status =
		folder < 0 ? carom_fail_errno(err, "cannot be opened") : folder_lock(folder, err);

	if (folder >= 0)
		close(folder);
	return status;
}

static int check_free(struct store_draft *draft, bool overwrite, struct carom_error *err)
{
	struct stat stat;

	if (fstatat(draft->parent, draft->name, &stat, AT_SYMLINK_NOFOLLOW))
		return errno == ENOENT ? 0 : carom_fail_errno(err, "cannot be made");
	if (!overwrite)
		return carom_fail(
			err, CAROM_ERROR_EXISTS,
			"already exists\nname another, complete it (--resume), or overwrite "
			"it (--overwrite)");
	if (!is_store(draft))
		return carom_fail(err, CAROM_ERROR_EXISTS,
				  "exists and is not a store of carom's, so it is not overwritten");
	draft->is_taken = true;
	return check_idle(draft, err);
}

/* The process id makes the name unlike those of others; a number, unlike what a crash left. */
static int make_folder(struct store_draft *draft, struct carom_error *err)
{
	struct text name = TEXT_INIT;

	for (unsigned i = 0;; i++) {
		text_clear(&name);
		text_printf(&name, "%s.tmp-%ld-%u", draft->name, (long)getpid(), i);
		if (name.failed)
			break;
		if (mkdirat(draft->parent, name.data, 0777) == 0) {
			draft->temporary = text_take(&name);
			draft->folder = folder_open(draft->parent, draft->temporary);
			return draft->folder < 0 ? carom_fail_errno(err, "cannot be opened")
						 : folder_lock(draft->folder, err);
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
				  "two arrays would be called \"%s\"\nrename a measurement", name);
	return 0;
}

static int claim_wave(struct name_table *claimed, const char *name, struct carom_error *err)
{
	char *nominal = store_nominal_name(name);
	int status = nominal ? claim_name(claimed, name, err) : carom_fail_memory(err);

	if (!status)
		status = claim_name(claimed, nominal, err);
	mem_free(nominal);
	return status;
}

static int check_names(const struct job *job, struct carom_error *err)
{
	struct name_table *claimed = name_table_new();
	int status = claimed ? 0 : carom_fail_memory(err);

	if (status == 0 && job->n_corners > 0)
		status = claim_name(claimed, STORE_CORNER, err);
	if (status == 0 && job->importance)
		status = claim_name(claimed, STORE_LOG_WEIGHT, err);
	for (size_t i = 0; i < job->n_variables && status == 0; i++)
		status = claim_name(claimed, job->variables[i].name, err);
	for (size_t i = 0; i < job->n_measures && status == 0; i++)
		status = claim_name(claimed, job->measures[i].name, err);
	for (size_t i = 0; i < job->n_grids && status == 0; i++)
		status = claim_name(claimed, job->grids[i].name, err);
	for (size_t i = 0; i < job->n_waves && status == 0; i++)
		status = claim_wave(claimed, job->waves[i].name, err);
	name_table_free(claimed);
	return status;
}

/* With room for a last chunk that is filled up. */
static bool are_waves_small(const struct job *job)
{
	uint64_t size;

	for (size_t i = 0; i < job->n_grids; i++)
		if (__builtin_mul_overflow(job->grids[i].n * sizeof(double), job->n_samples,
					   &size) ||
		    size > INT64_MAX / 2)
			return false;
	return true;
}

static int check_job(const struct job *job, struct carom_error *err)
{
	if (job->n_samples == 0)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "a store has at least 1 sample");
	if (job->n_samples > INT64_MAX / STORE_MESSAGE_SIZE || !are_waves_small(job))
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
					    job->n_samples, store_measurement_attributes(job, i),
					    err);
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

static int create_weight(int store, const struct job *job, struct carom_error *err)
{
	if (!job->importance)
		return 0;
	return store_array_create(
		store, STORE_LOG_WEIGHT, STORE_DOUBLE, job->n_samples,
		store_plain_attributes("", "logarithm of the sample's weight: of the density of "
					   "what varies over that it was drawn by"),
		err);
}

/* Known from the beginning, so no worker writes it. */
static int create_corner(int store, const struct job *job, struct carom_error *err)
{
	void *memory;
	int32_t *corner;
	int status;

	if (job->n_corners == 0)
		return 0;
	status = store_array_create(store, STORE_CORNER, STORE_INT32, job->n_samples,
				    store_corner_attributes(job), err);
	if (!status)
		status = store_array_map(store, STORE_CORNER, STORE_INT32, job->n_samples, true,
					 &memory, err);
	if (status)
		return status;
	corner = memory;
	for (uint64_t k = 0; k < job->n_samples; k++)
		corner[k] = (int32_t)cells_place(&job->cells, job->first_sample + k).corner;
	store_array_unmap(corner, STORE_INT32, job->n_samples);
	return 0;
}

/* The file that makes it a group comes last. */
static int fill(int store, const struct job *job, struct carom_error *err)
{
	static const char group[] = "{\n    \"zarr_format\": 2\n}\n";
	int status = create_columns(store, job, err);

	if (!status)
		status = create_common(store, job->n_samples, err);
	if (!status)
		status = create_corner(store, job, err);
	if (!status)
		status = create_weight(store, job, err);
	if (!status)
		status = store_waves_create(store, job, err);
	if (!status)
		status = store_json_create(store, ".zattrs", store_manifest(job, NULL), err);
	if (!status)
		status = folder_create_file(store, ".zgroup", group, strlen(group), err);
	return status;
}

/* ---- the draft ---- */

static int make(struct store_draft *draft, const char *path, const struct job *job, bool overwrite,
		struct carom_error *err)
{
	int status = find_place(draft, path, err);

	if (!status)
		status = check_free(draft, overwrite, err);
	if (!status)
		status = check_job(job, err);
	if (!status)
		status = make_folder(draft, err);
	return status ? status : fill(draft->folder, job, err);
}

/* The folder becomes the draft's. */
int store_draft_adopt(struct store_draft **draft, int folder, struct carom_error *err)
{
	*draft = mem_zalloc(1, sizeof(**draft));
	if (!*draft) {
		close(folder);
		return carom_fail_memory(err);
	}
	(*draft)->parent = -1;
	(*draft)->folder = folder;
	(*draft)->is_in_place = true;
	return 0;
}

int store_draft_new(struct store_draft **draft, const char *path, const struct job *job,
		    bool overwrite, struct carom_error *err)
{
	int status;

	*draft = mem_zalloc(1, sizeof(**draft));
	if (!*draft)
		return carom_fail_memory(err);
	(*draft)->parent = (*draft)->folder = -1;
	status = make(*draft, path, job, overwrite, err);
	if (!status)
		return 0;
	store_draft_free(*draft);
	*draft = NULL;
	return carom_fail_context(err, status, "%s", path);
}

void store_draft_free(struct store_draft *draft)
{
	if (!draft)
		return;
	if (draft->temporary)
		folder_remove(draft->parent, draft->temporary, NULL);
	if (draft->folder >= 0)
		close(draft->folder);
	if (draft->parent >= 0)
		close(draft->parent);
	mem_free(draft->temporary);
	mem_free(draft->path);
	mem_free(draft);
}

int store_draft_folder(const struct store_draft *draft)
{
	return draft->folder;
}

bool store_draft_is_in_place(const struct store_draft *draft)
{
	return draft->is_in_place;
}

static void forget_temporary(struct store_draft *draft)
{
	mem_free(draft->temporary);
	draft->temporary = NULL;
}

/* For file systems that cannot swap two names: the place is empty for a moment. */
static int move_plainly(struct store_draft *draft, struct carom_error *err)
{
	if (draft->is_taken && folder_remove(draft->parent, draft->name, err))
		return CAROM_ERROR_SYSTEM;
	if (renameat(draft->parent, draft->temporary, draft->parent, draft->name))
		return carom_fail_errno(err, "cannot be put in place");
	draft->is_in_place = true;
	forget_temporary(draft);
	return 0;
}

static int put_in_place(struct store_draft *draft, struct carom_error *err)
{
	unsigned flags = draft->is_taken ? RENAME_EXCHANGE : RENAME_NOREPLACE;
	int status = 0;

	if (renameat2(draft->parent, draft->temporary, draft->parent, draft->name, flags)) {
		if (errno == EINVAL || errno == ENOSYS)
			return move_plainly(draft, err);
		return carom_fail_errno(err, "cannot be put in place");
	}
	draft->is_in_place = true;
	if (draft->is_taken)
		status = folder_remove(draft->parent, draft->temporary, err);
	forget_temporary(draft);
	return status;
}

int store_draft_put_in_place(struct store_draft *draft, struct carom_error *err)
{
	int status = draft->is_in_place ? 0 : put_in_place(draft, err);

	return status ? carom_fail_context(err, status, "%s", draft->name) : 0;
}

/* ---- the manifest, later ---- */

static int replace_manifest(int store, const struct job *job, json_t *run, struct carom_error *err)
{
	int status = store_json_replace(store, ".zattrs", store_manifest(job, run), err);

	return status ? carom_fail_context(err, status, "%s", job->store) : 0;
}

int store_write_manifest(int folder, const struct job *job, struct carom_error *err)
{
	return replace_manifest(folder, job, NULL, err);
}

static int replace_attributes(int store, const char *name, json_t *attributes,
			      struct carom_error *err)
{
	int array = folder_open(store, name), status;

	if (array < 0) {
		status = carom_fail_errno(err, "%s", name);
		json_decref(attributes);
		return status;
	}
	status = store_json_replace(array, ".zattrs", attributes, err);
	close(array);
	return status;
}

int store_write_nominal(int folder, const struct job *job, struct carom_error *err)
{
	int status = 0;

	if (!job->nominal || job->nominal->status == CAROM_SAMPLE_PENDING)
		return 0;
	for (size_t i = 0; i < job->n_measures && status == 0; i++)
		status = replace_attributes(folder, job->measures[i].name,
					    store_measurement_attributes(job, i), err);
	return status ? carom_fail_context(err, status, "%s", job->store) : 0;
}

int store_write_run(int folder, const struct job *job, const char *run_json,
		    struct carom_error *err)
{
	json_t *run;
	int status = store_json_parse(run_json, strlen(run_json), &run, err);

	if (status)
		return carom_fail_context(err, status, "%s: facts of the run", job->store);
	status = replace_manifest(folder, job, run, err);
	json_decref(run);
	return status;
}
