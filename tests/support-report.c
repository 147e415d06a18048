/* SPDX-License-Identifier: BSD-3-Clause */
/* Stores for the tests of reports. */
#include "support-report.h"

#include <math.h>
#include <string.h>

#include "statistics/normal.h"
#include "study/store.h"

/* Multiples of an irrational number spread evenly (Weyl 1916). */
static double even(uint64_t k, double irrational)
{
	double share = fmod(((double)k + 0.5) * irrational, 1);

	return normal_quantile(share);
}

enum carom_sample_status normal_row(uint64_t k, double parameters[2], double values[3])
{
	double z1 = even(k, 0.6180339887498949), z2 = even(k, 0.41421356237309515);

	parameters[0] = 1e3 * (1 + 0.01 * z1);
	parameters[1] = 100 + 10 * z2;
	values[0] = 40 + z1;
	values[1] = 1.7e6 + 3e5 * z2;
	values[2] = 1e-3;
	return CAROM_SAMPLE_OK;
}

/* Its first point is the gain, the others are multiples of it; the other waveform is of f3db. */
static void put_waves(struct store_rows *rows, uint64_t k, const double values[3])
{
	const double waves[FIXTURE_POINTS] = {values[0],     2 * values[0], 3 * values[0],
					      4 * values[0], values[1],     -values[1]};

	assert_int_equal(store_rows_put_waves(rows, k, waves, NULL), 0);
}

struct carom_store *report_store(struct store_fixture *fixture, uint64_t n, report_row_maker make)
{
	struct carom_store *store;
	struct store_rows *rows;

	fixture->job.n_samples = n;
	fixture_create(fixture);
	rows = fixture_rows(fixture);
	for (uint64_t k = 0; k < n; k++) {
		double parameters[2], values[3];
		enum carom_sample_status status = make(k, parameters, values);
		char message[40];

		if (status == CAROM_SAMPLE_PENDING)
			continue;
		if (status != CAROM_SAMPLE_OK) {
			snprintf(message, sizeof(message), "node n%d", (int)(k % 3));
			store_rows_put_message(rows, k, message);
		}
		put_waves(rows, k, values);
		store_rows_put(rows, k, parameters, values, 0.001, 0, status);
	}
	store_rows_close(rows);
	store = fixture_store(fixture);
	return store;
}

void report_open(struct report *report, struct store_fixture *fixture, uint64_t n,
		 report_row_maker make)
{
	const struct carom_store *store = report_store(fixture, n, make);

	report_init(report, store, NULL, &fixture->err);
	assert_ok(&fixture->err);
}

void report_close(struct report *report)
{
	struct carom_store *store = (struct carom_store *)report->store;

	report_release(report);
	carom_store_close(store);
}

double number_at(const json_t *object, const char *path)
{
	char names[80], *rest = names;

	strcpy(names, path);
	for (char *name; object && (name = strsep(&rest, "."));)
		object = json_object_get(object, name);
	assert_true(json_is_number(object));
	return json_number_value(object);
}
