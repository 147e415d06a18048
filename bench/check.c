/* SPDX-License-Identifier: BSD-3-Clause */
/* Comparing the numbers of all paths with those of ngspice -b. */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "carom-study.h"

#define N_SAMPLES 8

static int compare(struct check *check, const struct simulation_outcome *expected,
		   const struct simulation_outcome *seen, const char *path, struct carom_error *err)
{
	double difference = simulation_difference(expected, seen);

	check->n_compared++;
	check->largest = fmax(check->largest, difference);
	if (difference <= CHECK_TOLERANCE)
		return 0;
	return carom_fail(err, CAROM_ERROR_STATE, "%s: v(out) is off by %g of what it should be",
			  path, difference);
}

/* ---- simulations ---- */

/*
 * Alter comes before the reload, which would bring the value that alter is to set.  Whole ohms: of
 * 17 digits ngspice's parsers read some an ulp off, each its own way, and that moves the offset of an
 * amplifier by 1e-8.
 */
static int check_value(struct check *check, struct simulation *simulation, double ohms,
		       struct carom_error *err)
{
	struct simulation_outcome expected;
	int status = simulation_by_file(simulation, ohms, err);

	if (status)
		return status;
	expected = simulation->outcome;
	status = simulation_by_alter(simulation, ohms, err);
	if (!status)
		status = compare(check, &expected, &simulation->outcome, "alter", err);
	if (!status)
		status = simulation_by_reload(simulation, ohms, err);
	if (!status)
		status = compare(check, &expected, &simulation->outcome, "reload", err);
	return status;
}

int check_simulations(struct check *check, struct simulation *simulation, struct carom_error *err)
{
	struct simulation_outcome nominal;
	int status = simulation_by_reload(simulation, simulation->nominal, err);

	if (status)
		return status;
	nominal = simulation->outcome;
	for (int i = 1; i <= 3 && !status; i++)
		status = check_value(check, simulation, simulation->nominal + i, err);
	if (!status &&
	    simulation_difference(&nominal, &simulation->outcome) <= 10 * CHECK_TOLERANCE)
		status = carom_fail(err, CAROM_ERROR_STATE,
				    "v(out) does not depend on r1: nothing can be compared");
	return status;
}

/* ---- samples ---- */

static void add_measures(struct carom_study *study, const struct simulation_outcome *outcome,
			 struct carom_error *err)
{
	static const char *const parts[2] = {"real", "imag"};
	char text[80];

	for (size_t i = 0; i < SIMULATION_MAX_KINDS; i++)
		for (int part = 0; part < outcome->n_parts[i]; part++) {
			const char *kind = simulation_kind(i);

			snprintf(text, sizeof(text), "%s_%s %s final(%s(v(out)))", kind,
				 parts[part], kind, parts[part]);
			carom_study_measure(study, text, err);
		}
}

static int run_study(struct simulation *simulation, const char *store, unsigned n_workers,
		     struct carom_error *err)
{
	struct carom_study_options options = {
		.size = sizeof(options), .store = store, .overwrite = true, .n_workers = n_workers};
	struct carom_study *study = carom_study_new(simulation->circuit, err);
	int status;

	if (!study)
		return err->status;
	carom_study_vary(study, "r1 gauss 1%", err);
	add_measures(study, &simulation->outcome, err);
	carom_study_set_samples(study, N_SAMPLES, err);
	status = err->status ? err->status : carom_study_run(study, &options, err);
	carom_study_free(study);
	return status;
}

/* The measurements of a sample, in the order they were added, as an outcome. */
static void read_sample(const struct carom_store *store, uint64_t sample,
			struct simulation_outcome *outcome)
{
	size_t measurement = 0;

	for (size_t i = 0; i < SIMULATION_MAX_KINDS; i++)
		for (int part = 0; part < outcome->n_parts[i]; part++)
			outcome->last[i][part] =
				carom_store_measurement(store, measurement++)[sample];
}

static int compare_samples(struct check *check, struct simulation *simulation,
			   const struct carom_store *store, struct carom_error *err)
{
	int status = 0;

	for (uint64_t i = 0; i < N_SAMPLES && !status; i++) {
		struct simulation_outcome seen = simulation->outcome;

		if (carom_store_status(store)[i] != CAROM_SAMPLE_OK)
			return carom_fail(err, CAROM_ERROR_SIMULATOR, "a sample failed");
		read_sample(store, i, &seen);
		status = simulation_by_alter(simulation, carom_store_parameter(store, 0)[i], err);
		if (!status)
			status = compare(check, &simulation->outcome, &seen, "mc", err);
	}
	return status;
}

int check_samples(struct check *check, struct simulation *simulation, const char *path,
		  unsigned n_workers, struct carom_error *err)
{
	struct carom_store *store;
	int status = run_study(simulation, path, n_workers, err);

	if (!status)
		status = carom_store_open(&store, path, err);
	if (status)
		return status;
	status = compare_samples(check, simulation, store, err);
	carom_store_close(store);
	return status;
}
