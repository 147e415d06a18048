/* SPDX-License-Identifier: BSD-3-Clause */
/* What the store says of itself. */
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "carom-version.h"
#include "study/store-json.h"
#include "study/store-manifest.h"
#include "support-store.h"

/* Compare with JSON in which ' stands for ". Takes value over. */
static void assert_json(json_t *value, const char *expected)
{
	char json[4096];
	json_t *parsed;

	assert_true(strlen(expected) < sizeof(json));
	strcpy(json, expected);
	for (char *c = json; *c; c++)
		*c = *c == '\'' ? '"' : *c;
	parsed = json_loads(json, JSON_DECODE_ANY, NULL);
	assert_non_null(parsed);
	if (!json_equal(value, parsed)) {
		struct text text = TEXT_INIT;

		store_json_print(&text, value);
		fail_msg("expected %s, got %s", json, text_string(&text));
	}
	json_decref(parsed);
	json_decref(value);
}

static void the_manifest_says_what_was_asked(void **state)
{
	const struct store_fixture *fixture = *state;
	json_t *manifest = store_manifest(&fixture->job, NULL);

	assert_json(
		manifest,
		"{'carom': '" CAROM_VERSION_STRING "', 'title': 'an amplifier',"
		" 'deck_hash': '0123456789abcdef', 'library': null,"
		" 'parameters': ['r1', 'q1:bf'], 'measurements': ['gain', 'f3db', 'offset'],"
		" 'study': {'samples': 5, 'seed': 7, 'sampler': 'plain', 'time_limit_s': 0.1,"
		"  'varies': ["
		"   {'name': 'r1', 'definition': 'gauss 1%', 'unit': 'ohm', 'nominal': 1000.0},"
		"   {'name': 'q1:bf', 'definition': 'uniform 20%', 'unit': '', 'nominal': 100.0}],"
		"  'correlates': [],"
		"  'measures': ["
		"   {'name': 'gain', 'definition': 'ac max(db(v(out)))', 'unit': 'dB', 'plot': "
		"'ac1'},"
		"   {'name': 'f3db', 'definition': 'ac cross(db(v(out)), -3, fall, 1)',"
		"    'unit': 'Hz', 'plot': 'ac1'},"
		"   {'name': 'offset', 'definition': 'final(v(out))', 'unit': 'V', 'plot': null}],"
		"  'specs': {'gain': {'lower': 38.0, 'upper': null},"
		"            'f3db': {'lower': 1e6, 'upper': 2.5e6}}},"
		" 'run': null}");
}

static void correlations_are_told_as_they_were_written(void **state)
{
	const struct store_fixture *fixture = *state;
	char *correlates[] = {(char *)"r1 q1:bf 0.5", (char *)"r* 100m"};
	struct job job = fixture->job;
	json_t *manifest;

	job.correlates = correlates;
	job.n_correlates = 2;
	manifest = store_manifest(&job, NULL);
	assert_json(json_incref(json_object_get(json_object_get(manifest, "study"), "correlates")),
		    "['r1 q1:bf 0.5', 'r* 100m']");
	json_decref(manifest);
}

static void the_facts_of_the_run_are_part_of_it(void **state)
{
	const struct store_fixture *fixture = *state;
	json_t *run = json_pack("{s:i}", "n_workers", 2);
	json_t *manifest = store_manifest(&fixture->job, run);

	json_decref(run);
	assert_json(json_incref(json_object_get(manifest, "run")), "{'n_workers': 2}");
	json_decref(manifest);
}

static void a_seed_of_64_bits_is_a_string(void **state)
{
	struct store_fixture *fixture = *state;
	json_t *manifest;

	fixture->job.seed = INT64_MAX;
	manifest = store_manifest(&fixture->job, NULL);
	assert_json(json_incref(json_object_get(json_object_get(manifest, "study"), "seed")),
		    "9223372036854775807");
	json_decref(manifest);
	fixture->job.seed = UINT64_MAX;
	manifest = store_manifest(&fixture->job, NULL);
	assert_json(json_incref(json_object_get(json_object_get(manifest, "study"), "seed")),
		    "'18446744073709551615'");
	json_decref(manifest);
}

static void a_title_in_latin1_is_written_in_utf8(void **state)
{
	struct store_fixture *fixture = *state;
	json_t *manifest;

	fixture->job.title = (char *)"Verst\xe4rker";
	manifest = store_manifest(&fixture->job, NULL);
	assert_string_equal(json_string_value(json_object_get(manifest, "title")),
			    "Verst\xc3\xa4rker");
	json_decref(manifest);
}

static void arrays_have_dimension_unit_and_definition(void **state)
{
	struct store_fixture *fixture = *state;

	assert_json(store_parameter_attributes(&fixture->variables[0]),
		    "{'_ARRAY_DIMENSIONS': ['sample'], 'units': 'ohm',"
		    " 'definition': 'gauss 1%', 'nominal': 1000.0}");
	assert_json(store_measurement_attributes(&fixture->job, 0),
		    "{'_ARRAY_DIMENSIONS': ['sample'], 'units': 'dB',"
		    " 'definition': 'ac max(db(v(out)))', 'spec_lower': 38.0}");
	assert_json(store_measurement_attributes(&fixture->job, 1),
		    "{'_ARRAY_DIMENSIONS': ['sample'], 'units': 'Hz',"
		    " 'definition': 'ac cross(db(v(out)), -3, fall, 1)',"
		    " 'spec_lower': 1e6, 'spec_upper': 2.5e6}");
	assert_json(store_measurement_attributes(&fixture->job, 2),
		    "{'_ARRAY_DIMENSIONS': ['sample'], 'units': 'V',"
		    " 'definition': 'final(v(out))'}");
	assert_json(store_plain_attributes("s", "wall time"),
		    "{'_ARRAY_DIMENSIONS': ['sample'], 'units': 's', 'long_name': 'wall time'}");
}

static void the_numbers_of_the_statuses_have_meanings(void **state)
{
	(void)state;
	assert_json(store_status_attributes(),
		    "{'_ARRAY_DIMENSIONS': ['sample'], 'long_name': 'what became of the sample',"
		    " 'flag_values': [0, 1, 2, 3, 4, 5, 6],"
		    " 'flag_meanings': 'pending ok no_convergence timeout crashed measure error'}");
}

static json_t *make(const struct store_fixture *fixture, int which)
{
	switch (which) {
	case 0:
		return store_manifest(&fixture->job, NULL);
	case 1:
		return store_parameter_attributes(&fixture->variables[0]);
	case 2:
		return store_measurement_attributes(&fixture->job, 1);
	default:
		return store_status_attributes();
	}
}

static void memory_that_runs_out_gives_nothing_and_leaks_nothing(void **state)
{
	const struct store_fixture *fixture = *state;

	support_fail_jansson_too(true);
	for (int which = 0; which < 4; which++) {
		json_t *value = NULL;
		int64_t n = 0;

		for (; !value; n++) {
			mem_fail_after(n);
			value = make(fixture, which);
			mem_fail_after(-1);
		}
		assert_true(n > 8);
		json_decref(value);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_CASE(the_manifest_says_what_was_asked),
		STORE_CASE(correlations_are_told_as_they_were_written),
		STORE_CASE(the_facts_of_the_run_are_part_of_it),
		STORE_CASE(a_seed_of_64_bits_is_a_string),
		STORE_CASE(a_title_in_latin1_is_written_in_utf8),
		STORE_CASE(arrays_have_dimension_unit_and_definition),
		STORE_CASE(the_numbers_of_the_statuses_have_meanings),
		STORE_CASE(memory_that_runs_out_gives_nothing_and_leaks_nothing),
	};

	return run_all_tests(tests);
}
