/* SPDX-License-Identifier: BSD-3-Clause */
/* Importance sampling as a host sees it, with the real ngspice: in the background, cancelled, replayed. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "carom.h"
#include "study/folder.h"
#include "support-circuit.h"
#include "support-store.h"
#include "support.h"

static const char deck[] = "two sources in a row\n"
			   "*carom vary v1 gauss 3m\n"
			   "*carom vary v2 gauss 4m\n"
			   "*carom measure offset final(v(out))\n"
			   "*carom spec offset -20m 20m\n"
			   "v1 a 0 0\n"
			   "v2 out a 0\n"
			   "r1 out 0 1k\n"
			   ".op\n"
			   ".end\n";

struct fixture {
	char folder[40], store[60];
	struct carom_circuit *circuit;
	struct carom_study *study;
	struct carom_study_options options;
	struct carom_error err;
	unsigned n_searched, n_sampled, cancel_at; /* progress; at which batch */
	char reached[120];
};

static int set_up(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	fixture->err = (struct carom_error)CAROM_ERROR_INIT;
	strcpy(fixture->folder, "/tmp/carom-test-XXXXXX");
	assert_non_null(mkdtemp(fixture->folder));
	snprintf(fixture->store, sizeof(fixture->store), "%s/x.zarr", fixture->folder);
	carom_circuit_import_text(&fixture->circuit, deck, strlen(deck), "t.cir", NULL,
				  &fixture->err);
	assert_ok(&fixture->err);
	fixture->study = carom_study_new(fixture->circuit, &fixture->err);
	assert_int_equal(carom_study_importance(fixture->study, "offset lower", &fixture->err), 0);
	assert_ok(&fixture->err);
	fixture->options = (struct carom_study_options){
		.size = sizeof(fixture->options), .store = fixture->store, .n_workers = 1};
	*state = fixture;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *fixture = *state;

	carom_study_free(fixture->study);
	carom_circuit_free(fixture->circuit);
	folder_remove(AT_FDCWD, fixture->folder, NULL);
	free(fixture);
	return 0;
}

static bool look(void *arg, const struct carom_progress *progress)
{
	struct fixture *fixture = arg;

	if (progress->search)
		fixture->n_searched++;
	else
		fixture->n_sampled++;
	if (*progress->reached)
		strcpy(fixture->reached, progress->reached);
	return !fixture->cancel_at || progress->search != fixture->cancel_at;
}

static void assert_four_sigma(const struct carom_store *store)
{
	struct carom_failure failure;

	assert_int_equal(carom_store_failure(store, NULL, &failure, NULL), 0);
	assert_false(failure.is_upper);
	assert_same_bits(failure.limit, -20e-3);
	assert_double_equal(failure.sigma, 4, 0, 0.1);
	assert_true(failure.ci.lower < 3.167124183311986e-05 &&
		    3.167124183311986e-05 < failure.ci.upper);
	assert_double_equal(carom_store_deviate(store, 0), -4 * 0.6, 0, 1e-6);
	assert_double_equal(carom_store_deviate(store, 1), -4 * 0.8, 0, 1e-6);
}

static void a_study_in_the_background_tells_of_its_search(void **state)
{
	struct fixture *fixture = *state;
	const struct carom_store *results;
	struct carom_store *replayed;

	fixture->options.progress = look;
	fixture->options.progress_arg = fixture;
	carom_study_start(fixture->study, &fixture->options, &fixture->err);
	assert_int_equal(carom_study_wait(fixture->study, -1, &fixture->err), 0);
	assert_ok(&fixture->err);
	assert_true(fixture->n_searched > 0 && fixture->n_sampled > 0);
	assert_memory_equal(fixture->reached, "error 10%: ", 11);
	assert_int_equal(carom_study_results(fixture->study, &results, &fixture->err), 0);
	assert_four_sigma(results);
	assert_true(carom_study_facts(fixture->study)->is_enough);
	carom_study_replay(fixture->study, &fixture->options, 17, &replayed, &fixture->err);
	assert_ok(&fixture->err);
	assert_same_bits(carom_store_parameter(replayed, 1)[0],
			 carom_store_parameter(results, 1)[17]);
	assert_same_bits(carom_store_measurement(replayed, 0)[0],
			 carom_store_measurement(results, 0)[17]);
	assert_same_bits(carom_store_log_weight(replayed)[0], carom_store_log_weight(results)[17]);
	carom_store_close(replayed);
}

static void a_search_that_is_cancelled_is_gone_on_with(void **state)
{
	struct fixture *fixture = *state;
	struct carom_store *store;

	fixture->options.progress = look;
	fixture->options.progress_arg = fixture;
	fixture->cancel_at = 2;
	assert_int_equal(carom_study_run(fixture->study, &fixture->options, &fixture->err),
			 CAROM_ERROR_CANCELLED);
	assert_error_says(&fixture->err,
			  "cancelled while the shift was searched; --resume goes on with it");
	carom_error_clear(&fixture->err);
	carom_study_free(fixture->study);
	fixture->study = carom_study_new(fixture->circuit, &fixture->err);
	carom_study_importance(fixture->study, "offset lower", &fixture->err);
	assert_int_equal(carom_study_recall(fixture->study, fixture->store, &fixture->err),
			 CAROM_ERROR_STATE);
	carom_error_clear(&fixture->err);
	fixture->cancel_at = 0;
	fixture->options.resume = true;
	carom_study_run(fixture->study, &fixture->options, &fixture->err);
	assert_ok(&fixture->err);
	assert_int_equal(carom_store_open(&store, fixture->store, &fixture->err), 0);
	assert_four_sigma(store);
	carom_store_close(store);
}

static void a_sample_needs_the_shift_of_a_run(void **state)
{
	struct fixture *fixture = *state;

	assert_null(carom_study_sample_deck(fixture->study, 0, &fixture->err));
	assert_int_equal(fixture->err.status, CAROM_ERROR_STATE);
	carom_error_clear(&fixture->err);
	assert_int_equal(carom_study_recall(fixture->study, fixture->store, &fixture->err),
			 CAROM_ERROR_NOT_FOUND);
	assert_int_equal(carom_study_importance(fixture->study, "never", NULL), 0);
	assert_int_equal(carom_study_recall(fixture->study, fixture->store, NULL), 0);
}

static int attempt_recall(void *arg)
{
	struct fixture *fixture = arg;

	return carom_study_recall(fixture->study, fixture->store, NULL);
}

/* Of the allocations of a whole run with its search every one at first, then ever fewer. */
static void search_and_recall_survive_no_memory(void **state)
{
	struct fixture *fixture = *state;
	int status = CAROM_ERROR_MEMORY;
	unsigned n_failed = 0;

	fixture->options.overwrite = true;
	support_fail_jansson_too(true);
	for (int64_t n = 0; status; n += 1 + n / 5) {
		mem_fail_after(n);
		status = carom_study_run(fixture->study, &fixture->options, &fixture->err);
		mem_fail_after(-1);
		n_failed += status != 0;
		assert_true(status == 0 || status == CAROM_ERROR_MEMORY);
		carom_error_clear(&fixture->err);
	}
	support_fail_jansson_too(false);
	assert_true(n_failed > 20);
	assert_survives_no_memory(attempt_recall, fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_study_in_the_background_tells_of_its_search,
						set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_search_that_is_cancelled_is_gone_on_with, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(a_sample_needs_the_shift_of_a_run, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(search_and_recall_survive_no_memory, set_up,
						tear_down),
	};

	return run_all_tests(tests);
}
