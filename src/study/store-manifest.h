/* SPDX-License-Identifier: BSD-3-Clause */
/* What the store says of itself: the manifest of the group and the attributes of its arrays. */
#ifndef STUDY_STORE_MANIFEST_H
#define STUDY_STORE_MANIFEST_H

#include <jansson.h>

#include "study/job.h"

/* The manifest; run (may be NULL) is borrowed.  NULL when out of memory. */
json_t *store_manifest(const struct job *job, json_t *run);

/* Attributes of an array.  NULL when out of memory. */
json_t *store_parameter_attributes(const struct job_variable *variable);
json_t *store_measurement_attributes(const struct job *job, size_t measure);
json_t *store_corner_attributes(const struct job *job);
json_t *store_grid_attributes(const struct job_grid *grid);
json_t *store_wave_attributes(const struct job *job, size_t wave);
json_t *store_nominal_attributes(const struct job *job, size_t wave); /* of a wave */
json_t *store_status_attributes(void);
json_t *store_plain_attributes(const char *unit, const char *long_name);

#endif
