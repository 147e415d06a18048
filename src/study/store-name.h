/* SPDX-License-Identifier: BSD-3-Clause */
/* Which names a parameter or measurement may have in the store: each is a folder there. */
#ifndef STUDY_STORE_NAME_H
#define STUDY_STORE_NAME_H

/* Arrays that every store has, and its dimension. */
#define STORE_STATUS "status"
#define STORE_SECONDS "seconds"
#define STORE_WORKER "worker"
#define STORE_MESSAGE "message"
#define STORE_DIMENSION "sample"

/* One that there is where a study has corners. */
#define STORE_CORNER "corner"

/*
 * The array of a nominal waveform: "v(out).nominal", to be freed with mem_free; NULL when out of
 * memory.
 */
char *store_nominal_name(const char *wave);

/* One that there is where samples have weights: ln of them. */
#define STORE_LOG_WEIGHT "log_weight"

/* Why an array cannot be called that, as in "contains a slash"; NULL if it can. */
const char *store_name_problem(const char *name);

#endif
