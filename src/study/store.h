/* SPDX-License-Identifier: BSD-3-Clause */
/*
 * Writing the store.  The host makes it, the workers map it; each row belongs to the worker that
 * took its sample.  A row's status is stored last with release order, so a row is there whole or
 * not at all.
 *
 *	NAME.zarr/.zgroup .zattrs                      group; the manifest
 *	NAME.zarr/<array>/.zarray .zattrs 0            one uncompressed chunk of n_samples values
 *	NAME.zarr/<waveform>/.zarray .zattrs 0.0 1.0   see store-wave.h
 *	NAME.zarr/<grid>/.zarray .zattrs 0             the places of its points
 */
#ifndef STUDY_STORE_H
#define STUDY_STORE_H

#include "carom-store.h"
#include "study/job.h"

#define STORE_MESSAGE_SIZE 160

/*
 * A store in the making: under another name beside its place, then moved there in one step, so that
 * the place holds a whole store, the one that was there before, or nothing.
 *
 * New makes the folder and every array, full length: doubles NAN, worker -1, status pending.  The
 * space is written, so that a full disk is an error here and not a fault later.  overwrite lets it
 * replace a store that is there (and only a store: the folder must hold a .zgroup of ours); without
 * it an existing path is ERROR_EXISTS.
 */
struct store_draft;
int store_draft_new(struct store_draft **draft, const char *path, const struct job *job,
		    bool overwrite, struct carom_error *err);
/* Descriptor of the folder, which stays the store's when that is moved; borrowed. */
int store_draft_folder(const struct store_draft *draft);
/* What it replaces is removed.  Nothing to do where it is in place. */
int store_draft_put_in_place(struct store_draft *draft, struct carom_error *err);
bool store_draft_is_in_place(const struct store_draft *draft);
void store_draft_free(struct store_draft *draft); /* a store that is not in place is removed */

/* A store that is in its place, to be written on.  folder, its descriptor, is taken. */
int store_draft_adopt(struct store_draft **draft, int folder, struct carom_error *err);

/* Replace the manifest's "run" part (facts of the run as a JSON object text), atomically. */
int store_write_run(int folder, const struct job *job, const char *run_json,
		    struct carom_error *err);

/* The manifest as the job is now, without facts of a run, atomically. */
int store_write_manifest(int folder, const struct job *job, struct carom_error *err);

/* What the nominal run measured, if it was made, into the attributes of the measurements. */
int store_write_nominal(int folder, const struct job *job, struct carom_error *err);

/* A worker's mapping of the arrays, read-write.  folder: descriptor of the store's, borrowed. */
struct store_rows;
int store_rows_open(struct store_rows **rows, int folder, const struct job *job,
		    struct carom_error *err);
void store_rows_close(struct store_rows *rows);

enum carom_sample_status store_rows_status(const struct store_rows *rows, uint64_t sample);
/* Write the row; the status with release order after everything else. measurements may be NULL. */
void store_rows_put(struct store_rows *rows, uint64_t sample, const double *parameters,
		    const double *measurements, double seconds, int worker,
		    enum carom_sample_status status);
/*
 * Its kept waveforms, one behind the other (NULL: there are none, which is NAN), before put.
 * CAROM_SAMPLE_NOMINAL for those of the nominal run.  ERROR_SYSTEM: they could not be written.
 */
int store_rows_put_waves(struct store_rows *rows, uint64_t sample, const double *values,
			 struct carom_error *err);
/* Why it failed, cut to size; before put. A full disk is ignored: the status says enough. */
void store_rows_put_message(struct store_rows *rows, uint64_t sample, const char *message);
/* ln of its weight; before put.  Nothing where samples have none. */
void store_rows_put_weight(struct store_rows *rows, uint64_t sample, double log_weight);
/* Back to pending, without a message. */
void store_rows_reset(struct store_rows *rows, uint64_t sample);
/* Let go of the pages touched so far (the data stay in the file), so that memory stays flat. */
void store_rows_drop_pages(struct store_rows *rows);

/* ---- reading ---- */

/*
 * What was read of parameters and measurements counts as memory of the process, although it can be
 * had again from the file: statistics let go of a column once it has been read, and of all of them
 * after so many rows.  Pointers to columns stay good.
 */
#define STORE_DROP_ROWS 65536
void store_drop_column(const struct carom_store *store, const double *column);
void store_drop_columns(const struct carom_store *store);

#endif
