/* SPDX-License-Identifier: BSD-3-Clause */
/* Reads a store: checks what it is made of, then lends its columns out of a mapping. */
#include "study/store.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/text.h"
#include "study/folder.h"
#include "study/store-array.h"
#include "study/store-json.h"
#include "study/store-name.h"
#include "study/store-waves.h"

/* A parameter or measurement; strings belong to the manifest. */
struct column {
	const char *name;
	const char *unit;
	bool has_spec;
	double lower, upper; /* NAN: none */
	const double *values;
};

struct columns {
	struct column *list;
	size_t n;
};

struct carom_store {
	struct text text; /* the manifest as it stands in the file */
	json_t *manifest;
	uint64_t n_samples;
	struct columns parameters, measurements;
	struct store_waves waves;
	const int8_t *status;
	const double *log_weight; /* NULL: samples have none */
	const double *seconds;
	const int32_t *worker;
	int message; /* descriptor: to map the holes of a file may take memory that is not there */
};

CAROM_API const char *carom_sample_status_text(enum carom_sample_status status)
{
	static const char *const texts[] = {
#define SAMPLE_TEXT(name, number, text) [number] = (text),
		CAROM_SAMPLE_LIST(SAMPLE_TEXT)
#undef SAMPLE_TEXT
	};

	return (unsigned)status < CAROM_SAMPLE_STATUS_COUNT ? texts[status] : "?";
}

/* ---- opening ---- */

static int read_name(const json_t *names, size_t index, const char **name, struct carom_error *err)
{
	const char *problem;

	*name = json_string_value(json_array_get(names, index));
	if (!*name)
		return carom_fail(err, CAROM_ERROR_FORMAT, ".zattrs: a name is not a string");
	problem = store_name_problem(*name);
	if (problem)
		return carom_fail(err, CAROM_ERROR_FORMAT, ".zattrs: the name \"%s\" %s", *name,
				  problem);
	return 0;
}

/* What the list of definitions, in the order of the names, says of column number index. */
static const char *find_unit(const json_t *study, const char *list, size_t index)
{
	const json_t *definition = json_array_get(json_object_get(study, list), index);
	const char *unit = json_string_value(json_object_get(definition, "unit"));

	return unit ? unit : "";
}

static void read_spec(struct column *column, const json_t *study)
{
	const json_t *spec = json_object_get(json_object_get(study, "specs"), column->name);

	column->has_spec = spec != NULL;
	column->lower = store_json_double(json_object_get(spec, "lower"));
	column->upper = store_json_double(json_object_get(spec, "upper"));
}

static int read_columns(struct columns *columns, const json_t *manifest, const char *order,
			const char *definitions, struct carom_error *err)
{
	const json_t *names = json_object_get(manifest, order);
	const json_t *study = json_object_get(manifest, "study");
	int status = 0;

	if (!json_is_array(names))
		return carom_fail(err, CAROM_ERROR_FORMAT, ".zattrs: no list of %s", order);
	columns->n = json_array_size(names);
	columns->list = mem_zalloc(columns->n, sizeof(*columns->list));
	if (!columns->list)
		return carom_fail_memory(err);
	for (size_t i = 0; i < columns->n && status == 0; i++) {
		struct column *column = &columns->list[i];

		status = read_name(names, i, &column->name, err);
		if (!status) {
			column->unit = find_unit(study, definitions, i);
			read_spec(column, study);
		}
	}
	return status;
}

static int read_manifest(struct carom_store *store, int folder, struct carom_error *err)
{
	int status;

	if (faccessat(folder, ".zgroup", F_OK, 0) || faccessat(folder, ".zattrs", F_OK, 0))
		return carom_fail(err, CAROM_ERROR_FORMAT, "not a store: no .zgroup and .zattrs");
	status = store_json_read(folder, ".zattrs", &store->text, &store->manifest, err);
	if (status)
		return status;
	if (!json_object_get(store->manifest, "carom"))
		return carom_fail(err, CAROM_ERROR_FORMAT, ".zattrs: not a store of carom's");
	status = read_columns(&store->parameters, store->manifest, "parameters", "varies", err);
	if (!status)
		status = read_columns(&store->measurements, store->manifest, "measurements",
				      "measures", err);
	return status;
}

/* Every array is as long as that of the statuses. */
static int map_array(const struct carom_store *store, int folder, const char *name,
		     enum store_kind kind, const void **values, struct carom_error *err)
{
	void *memory = NULL;
	uint64_t n;
	int status = store_array_length(folder, name, kind, &n, err);

	if (!status && n != store->n_samples)
		status = carom_fail(err, CAROM_ERROR_FORMAT,
				    "%s/.zarray: not as long as the array of statuses", name);
	if (!status)
		status = store_array_map(folder, name, kind, n, false, &memory, err);
	*values = memory;
	return status;
}

static int map_columns(const struct carom_store *store, struct columns *columns, int folder,
		       struct carom_error *err)
{
	int status = 0;

	for (size_t i = 0; i < columns->n && status == 0; i++) {
		const void *values;

		status =
			map_array(store, folder, columns->list[i].name, STORE_DOUBLE, &values, err);
		columns->list[i].values = values;
	}
	return status;
}

static int map_common(struct carom_store *store, int folder, struct carom_error *err)
{
	const void *values;
	int status = store_array_length(folder, STORE_STATUS, STORE_INT8, &store->n_samples, err);

	if (!status) {
		status = map_array(store, folder, STORE_STATUS, STORE_INT8, &values, err);
		store->status = values;
	}
	if (!status) {
		status = map_array(store, folder, STORE_SECONDS, STORE_DOUBLE, &values, err);
		store->seconds = values;
	}
	if (!status) {
		status = map_array(store, folder, STORE_WORKER, STORE_INT32, &values, err);
		store->worker = values;
	}
	if (!status && json_object_get(store->manifest, "importance")) {
		status = map_array(store, folder, STORE_LOG_WEIGHT, STORE_DOUBLE, &values, err);
		store->log_weight = values;
	}
	if (!status)
		status = store_array_open(folder, STORE_MESSAGE, STORE_TEXT, store->n_samples,
					  false, &store->message, err);
	return status;
}

static int open_all(struct carom_store *store, const char *path, struct carom_error *err)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int status;

	if (folder < 0)
		return errno == ENOENT ? carom_fail(err, CAROM_ERROR_NOT_FOUND, "no such store")
				       : carom_fail_errno(err, "cannot be opened");
	status = read_manifest(store, folder, err);
	if (!status)
		status = map_common(store, folder, err);
	if (!status)
		status = map_columns(store, &store->parameters, folder, err);
	if (!status)
		status = map_columns(store, &store->measurements, folder, err);
	if (!status)
		status = store_waves_open(&store->waves, store->manifest, folder, store->n_samples,
					  err);
	close(folder);
	return status;
}

CAROM_API int carom_store_open(struct carom_store **store, const char *path,
			       struct carom_error *err)
{
	struct carom_store *opened;
	int status;

	if (!store || !path)
		return carom_fail(err, CAROM_ERROR_ARGUMENT, "no store to open");
	*store = NULL;
	opened = mem_zalloc(1, sizeof(*opened));
	if (!opened)
		return carom_fail_memory(err);
	opened->message = -1;
	status = open_all(opened, path, err);
	if (status) {
		carom_store_close(opened);
		return carom_fail_context(err, status, "%s", path);
	}
	*store = opened;
	return 0;
}

static void columns_release(struct columns *columns, uint64_t n_samples)
{
	for (size_t i = 0; columns->list && i < columns->n; i++)
		store_array_unmap(columns->list[i].values, STORE_DOUBLE, n_samples);
	mem_free(columns->list);
}

CAROM_API void carom_store_close(struct carom_store *store)
{
	if (!store)
		return;
	columns_release(&store->parameters, store->n_samples);
	columns_release(&store->measurements, store->n_samples);
	store_waves_release(&store->waves);
	store_array_unmap(store->status, STORE_INT8, store->n_samples);
	store_array_unmap(store->log_weight, STORE_DOUBLE, store->n_samples);
	store_array_unmap(store->seconds, STORE_DOUBLE, store->n_samples);
	store_array_unmap(store->worker, STORE_INT32, store->n_samples);
	if (store->message >= 0)
		close(store->message);
	json_decref(store->manifest);
	text_release(&store->text);
	mem_free(store);
}

/* ---- asking ---- */

CAROM_API uint64_t carom_store_sample_count(const struct carom_store *store)
{
	return store->n_samples;
}

CAROM_API uint64_t carom_store_counted(const struct carom_store *store)
{
	const json_t *run = json_object_get(store->manifest, "run");
	const json_t *counted = json_object_get(json_object_get(run, "until"), "counted");
	json_int_t n = json_integer_value(counted);

	return n > 0 && (uint64_t)n < store->n_samples ? (uint64_t)n : store->n_samples;
}

CAROM_API size_t carom_store_parameter_count(const struct carom_store *store)
{
	return store->parameters.n;
}

CAROM_API size_t carom_store_measurement_count(const struct carom_store *store)
{
	return store->measurements.n;
}

/* NULL for an index beyond the last. */
static const struct column *column_at(const struct columns *columns, size_t index)
{
	return index < columns->n ? &columns->list[index] : NULL;
}

CAROM_API const char *carom_store_parameter_name(const struct carom_store *store, size_t index)
{
	const struct column *column = column_at(&store->parameters, index);

	return column ? column->name : NULL;
}

CAROM_API const char *carom_store_measurement_name(const struct carom_store *store, size_t index)
{
	const struct column *column = column_at(&store->measurements, index);

	return column ? column->name : NULL;
}

CAROM_API const char *carom_store_parameter_unit(const struct carom_store *store, size_t index)
{
	const struct column *column = column_at(&store->parameters, index);

	return column ? column->unit : NULL;
}

CAROM_API const char *carom_store_measurement_unit(const struct carom_store *store, size_t index)
{
	const struct column *column = column_at(&store->measurements, index);

	return column ? column->unit : NULL;
}

CAROM_API const double *carom_store_parameter(const struct carom_store *store, size_t index)
{
	const struct column *column = column_at(&store->parameters, index);

	return column ? column->values : NULL;
}

CAROM_API const double *carom_store_measurement(const struct carom_store *store, size_t index)
{
	const struct column *column = column_at(&store->measurements, index);

	return column ? column->values : NULL;
}

CAROM_API const int8_t *carom_store_status(const struct carom_store *store)
{
	return store->status;
}

CAROM_API enum carom_sample_status carom_store_sample_status(const struct carom_store *store,
							     uint64_t sample)
{
	return sample < store->n_samples ? (enum carom_sample_status)__atomic_load_n(
						   &store->status[sample], __ATOMIC_ACQUIRE)
					 : CAROM_SAMPLE_PENDING;
}

CAROM_API const double *carom_store_log_weight(const struct carom_store *store)
{
	return store->log_weight;
}

CAROM_API double carom_store_deviate(const struct carom_store *store, size_t parameter)
{
	const struct column *column = column_at(&store->parameters, parameter);
	const json_t *search = json_object_get(store->manifest, "importance");
	const json_t *deviates = json_object_get(search, "deviates");

	return column ? store_json_double(json_object_get(deviates, column->name)) : NAN;
}

CAROM_API const double *carom_store_seconds(const struct carom_store *store)
{
	return store->seconds;
}

CAROM_API const int32_t *carom_store_worker(const struct carom_store *store)
{
	return store->worker;
}

CAROM_API char *carom_store_message(const struct carom_store *store, uint64_t sample, char *buffer,
				    size_t size)
{
	char bytes[STORE_MESSAGE_SIZE + 1] = "";
	ssize_t length = 0;

	if (!buffer || size == 0)
		return buffer;
	if (sample < store->n_samples)
		length = pread(store->message, bytes, STORE_MESSAGE_SIZE,
			       (off_t)(sample * STORE_MESSAGE_SIZE));
	bytes[length > 0 ? length : 0] = '\0';
	buffer[0] = '\0';
	strncat(buffer, bytes, size - 1);
	return buffer;
}

CAROM_API bool carom_store_spec(const struct carom_store *store, size_t measurement, double *lower,
				double *upper)
{
	const struct column *column = column_at(&store->measurements, measurement);

	if (!column || !column->has_spec)
		return false;
	*lower = column->lower;
	*upper = column->upper;
	return true;
}

CAROM_API double carom_store_nominal(const struct carom_store *store, size_t measurement)
{
	const struct column *column = column_at(&store->measurements, measurement);
	const json_t *nominal = json_object_get(store->manifest, "nominal");
	const json_t *values = json_object_get(nominal, "values");

	return column ? store_json_double(json_object_get(values, column->name)) : NAN;
}

CAROM_API enum carom_sample_status carom_store_nominal_status(const struct carom_store *store,
							      const char **message)
{
	const json_t *nominal = json_object_get(store->manifest, "nominal");
	const char *status = json_string_value(json_object_get(nominal, "status"));
	const char *why = json_string_value(json_object_get(nominal, "message"));

	if (message)
		*message = why ? why : "";
	for (int i = 0; status && i < CAROM_SAMPLE_STATUS_COUNT; i++)
		if (strcmp(status, carom_sample_status_text((enum carom_sample_status)i)) == 0)
			return (enum carom_sample_status)i;
	return CAROM_SAMPLE_PENDING;
}

CAROM_API const char *carom_store_sampler(const struct carom_store *store)
{
	const json_t *study = json_object_get(store->manifest, "study");
	const char *sampler = json_string_value(json_object_get(study, "sampler"));

	return sampler ? sampler : carom_sampler_name(CAROM_SAMPLER_PLAIN);
}

void store_drop_column(const struct carom_store *store, const double *column)
{
	if (store->n_samples >= STORE_DROP_ROWS)
		store_array_drop_pages(column, STORE_DOUBLE, store->n_samples);
}

void store_drop_columns(const struct carom_store *store)
{
	for (size_t i = 0; i < store->parameters.n; i++)
		store_drop_column(store, store->parameters.list[i].values);
	for (size_t i = 0; i < store->measurements.n; i++)
		store_drop_column(store, store->measurements.list[i].values);
}

const struct store_waves *store_waves_of(const struct carom_store *store)
{
	return &store->waves;
}

const json_t *store_json_manifest(const struct carom_store *store)
{
	return store->manifest;
}

CAROM_API const char *carom_store_manifest(const struct carom_store *store)
{
	return text_string(&store->text);
}
