/* SPDX-License-Identifier: BSD-3-Clause */
/* A job with names, units and specs, and a folder to make its store in: for the tests of stores. */
#ifndef TESTS_SUPPORT_STORE_H
#define TESTS_SUPPORT_STORE_H

#include "study/job.h"
#include "support.h"

/*
 * Parameters r1 (1k ohm, gauss 1%) and q1:bf (100, uniform 20%); measurements gain (dB, ac; at
 * least 38) and f3db (Hz, ac; 1e6 to 2.5e6) and offset (V; no spec); 5 samples; seed 7.
 */
struct store_fixture {
	char folder[64];
	char path[96]; /* folder/amp.zarr, not there yet */
	struct job_variable variables[2];
	struct job_measure measures[3];
	struct job_grid grids[2];
	struct job_wave waves[2];
	struct job job;
	struct carom_error err;
};

int store_set_up(void **state);
int store_tear_down(void **state);

#define STORE_CASE(name) cmocka_unit_test_setup_teardown(name, store_set_up, store_tear_down)

/*
 * With kept waveforms, too: v(out) (V) at the times 0, 1 ms, 2 ms and 4 ms and gain.db at the frequencies 10 and
 * 1k.
 */
enum { FIXTURE_POINTS = 4 + 2 };
void fixture_keep(struct store_fixture *fixture);

/* The store, or a failed test. */
void fixture_create(struct store_fixture *fixture);

/* Made and put in place. */
int create_store(const char *path, const struct job *job, bool overwrite, struct carom_error *err);

/* store_write_run of the store at path, which must be there. */
int write_run(const char *path, const struct job *job, const char *run_json,
	      struct carom_error *err);

struct carom_store;
struct store_rows;

/* The store with kept waveforms, and its rows to be written. */
struct store_rows *fixture_create_keeping(struct store_fixture *fixture);

/* Of the store that is there, or a failed test: its rows to be written, itself to be read. */
struct store_rows *fixture_rows(struct store_fixture *fixture);
struct carom_store *fixture_store(struct store_fixture *fixture);

int fixture_open_rows(struct store_fixture *fixture, struct store_rows **rows);

/* "PATH/name" of the store, in a buffer that the next call uses again. */
const char *fixture_file(const struct store_fixture *fixture, const char *name);

/* Replace (or make) a file of the store. */
void fixture_write(const struct store_fixture *fixture, const char *name, const char *content);

/* Number of entries of the fixture's folder: 1 when only the store is there. */
int fixture_count_entries(const struct store_fixture *fixture);

/* jansson's memory comes from base/mem.h, so that mem_fail_after() reaches it, or from malloc. */
void support_fail_jansson_too(bool too);

#endif
