/* SPDX-License-Identifier: BSD-3-Clause */
/* Studies of the library's user, with the real ngspice: in the background, replayed, as a deck. */
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "carom.h"
#include "study/folder.h"
#include "support.h"

#define N_SAMPLES 300

static const char deck[] = "a divider, one half of it inside\n"
			   "*carom vary r2 gauss 5%\n"
			   "*carom vary x1.r1 gauss 5%\n"
			   "*carom measure half tran final(v(out))\n"
			   "v1 in 0 1\n"
			   "x1 in out half\n"
			   "r2 out 0 1k\n"
			   "c2 out 0 1p\n"
			   ".subckt half a b\n"
			   "r1 a b 1k\n"
			   ".ends\n"
			   ".tran 10n 10u\n"
			   ".end\n";

struct fixture {
	char folder[40], store[60];
	struct carom_circuit *circuit;
	struct carom_study *study;
	struct carom_study_options options;
	struct carom_error err;
	int n_told; /* progress */
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
	carom_study_set_samples(fixture->study, N_SAMPLES, &fixture->err);
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

static bool count(void *arg, const struct carom_progress *progress)
{
	struct fixture *fixture = arg;

	assert_true(progress->n_done <= progress->n_samples);
	fixture->n_told++;
	return true;
}

static const struct carom_store *wait_for_results(struct fixture *fixture)
{
	const struct carom_store *store = NULL;

	for (int i = 0; i < 3000 && carom_study_results(fixture->study, &store, NULL); i++) {
		assert_null(store);
		usleep(10000);
	}
	assert_non_null(store);
	return store;
}

/* The divider's output, from the values of a finished row. */
static void assert_row(const struct carom_store *store, uint64_t k)
{
	double r2 = carom_store_parameter(store, 0)[k], r1 = carom_store_parameter(store, 1)[k];

	assert_double_equal(carom_store_measurement(store, 0)[k], r2 / (r1 + r2), 0, 1e-6);
}

static void samples_can_be_read_while_they_come(void **state)
{
	struct fixture *fixture = *state;
	const struct carom_store *store;
	struct carom_progress progress;
	uint64_t seen = 0;

	fixture->options.progress = count;
	fixture->options.progress_arg = fixture;
	carom_study_start(fixture->study, &fixture->options, &fixture->err);
	assert_ok(&fixture->err);
	store = wait_for_results(fixture);
	while (seen < N_SAMPLES) {
		if (carom_store_sample_status(store, seen) == CAROM_SAMPLE_PENDING) {
			usleep(1000);
			continue;
		}
		assert_int_equal(carom_store_sample_status(store, seen), CAROM_SAMPLE_OK);
		assert_row(store, seen++);
	}
	assert_int_equal(carom_store_sample_status(store, N_SAMPLES), CAROM_SAMPLE_PENDING);
	assert_int_equal(carom_study_wait(fixture->study, -1, &fixture->err), 0);
	assert_false(carom_study_poll(fixture->study, &progress));
	assert_int_equal(progress.n_done, N_SAMPLES);
	assert_true(fixture->n_told > 0);
	assert_int_equal(carom_study_facts(fixture->study)->n_done, N_SAMPLES);
	assert_row(store, 0);
}

static void a_study_in_the_background_is_cancelled_and_gone_on_with(void **state)
{
	struct fixture *fixture = *state;
	const struct carom_store *store;

	carom_study_set_samples(fixture->study, 100000, &fixture->err);
	carom_study_start(fixture->study, &fixture->options, &fixture->err);
	wait_for_results(fixture);
	assert_true(carom_study_poll(fixture->study, NULL));
	assert_int_equal(carom_study_wait(fixture->study, 0.01, NULL), CAROM_ERROR_LIMIT);
	assert_int_equal(carom_study_start(fixture->study, &fixture->options, NULL),
			 CAROM_ERROR_STATE);
	assert_int_equal(carom_study_run(fixture->study, &fixture->options, NULL),
			 CAROM_ERROR_STATE);
	carom_study_cancel(fixture->study);
	assert_int_equal(carom_study_wait(fixture->study, 30, &fixture->err),
			 CAROM_ERROR_CANCELLED);
	assert_int_equal(carom_study_wait(fixture->study, -1, NULL), CAROM_ERROR_STATE);
	assert_int_equal(carom_study_results(fixture->study, &store, NULL), 0);
	assert_true(carom_study_facts(fixture->study)->n_done > 0);
}

static void a_study_that_is_freed_takes_its_run_along(void **state)
{
	struct fixture *fixture = *state;

	carom_study_set_samples(fixture->study, 100000, &fixture->err);
	carom_study_start(fixture->study, &fixture->options, &fixture->err);
	assert_ok(&fixture->err);
	carom_study_free(fixture->study);
	fixture->study = NULL;
}

static void what_cannot_begin_is_told_when_it_is_waited_for(void **state)
{
	struct fixture *fixture = *state;
	const struct carom_store *store;

	assert_int_equal(carom_study_wait(fixture->study, -1, NULL), CAROM_ERROR_STATE);
	fixture->options.library = "/nowhere/libngspice.so";
	assert_int_equal(carom_study_start(fixture->study, &fixture->options, &fixture->err), 0);
	assert_int_not_equal(carom_study_wait(fixture->study, -1, &fixture->err), 0);
	assert_non_null(strstr(fixture->err.text, "/nowhere/libngspice.so"));
	assert_int_equal(carom_study_results(fixture->study, &store, NULL), CAROM_ERROR_STATE);
	fixture->options.size = 0;
	assert_int_equal(carom_study_start(fixture->study, &fixture->options, NULL),
			 CAROM_ERROR_ARGUMENT);
	assert_int_equal(carom_study_start(NULL, &fixture->options, NULL), CAROM_ERROR_ARGUMENT);
}

static void a_sample_is_replayed_with_the_bits_of_the_study(void **state)
{
	struct fixture *fixture = *state;
	struct carom_store *all, *one;

	carom_study_run(fixture->study, &fixture->options, &fixture->err);
	carom_store_open(&all, fixture->store, &fixture->err);
	assert_ok(&fixture->err);
	for (uint64_t k = 0; k < N_SAMPLES; k += N_SAMPLES / 2 - 1) {
		carom_study_replay(fixture->study, &fixture->options, k, &one, &fixture->err);
		assert_ok(&fixture->err);
		assert_int_equal(carom_store_sample_count(one), 1);
		assert_int_equal(carom_store_sample_status(one, 0), CAROM_SAMPLE_OK);
		for (size_t i = 0; i < 2; i++)
			assert_same_bits(carom_store_parameter(one, i)[0],
					 carom_store_parameter(all, i)[k]);
		assert_same_bits(carom_store_measurement(one, 0)[0],
				 carom_store_measurement(all, 0)[k]);
		carom_store_close(one);
	}
	carom_store_close(all);
	assert_int_equal(carom_study_replay(fixture->study, &fixture->options, N_SAMPLES, &one,
					    &fixture->err),
			 CAROM_ERROR_ARGUMENT);
	assert_null(one);
	assert_error_says(&fixture->err, "the study has no sample 300: its last is 299");
}

static void a_session_is_loaded_with_a_sample(void **state)
{
	struct fixture *fixture = *state;
	const struct carom_session_options options = {.size = sizeof(options), .is_isolated = true};
	struct carom_session *session;
	struct carom_result *result;
	struct carom_store *one;
	const struct carom_vector *out;
	const struct carom_plot *plot;

	carom_study_replay(fixture->study, &fixture->options, 7, &one, &fixture->err);
	carom_session_open(&session, &options, &fixture->err);
	carom_study_load_sample(fixture->study, 7, session, &fixture->err);
	carom_session_run(session, &result, &fixture->err);
	assert_ok(&fixture->err);
	plot = carom_result_plot(result, 0);
	out = carom_plot_find_vector(plot, "v(out)");
	assert_non_null(out);
	assert_double_equal(carom_vector_real(out)[carom_vector_length(out) - 1],
			    carom_store_measurement(one, 0)[0], 0, 1e-9);
	carom_result_free(result);
	carom_session_close(session);
	carom_store_close(one);
}

static void the_deck_of_a_sample_has_its_numbers(void **state)
{
	struct fixture *fixture = *state;
	char *text = carom_study_sample_deck(fixture->study, 7, &fixture->err);
	char number[100];
	struct carom_store *one;

	assert_ok(&fixture->err);
	carom_study_replay(fixture->study, &fixture->options, 7, &one, &fixture->err);
	snprintf(number, sizeof(number),
		 ".control\nalter @r.x1.r1[resistance]=%.17g\n.endc\n.end\n",
		 carom_store_parameter(one, 1)[0]);
	assert_non_null(strstr(text, number));
	assert_non_null(strstr(text, "\n.save all v(out)\n"));
	assert_null(strstr(text, "r2 out 0 1k"));
	carom_store_close(one);
	free(text);
	assert_null(carom_study_sample_deck(fixture->study, N_SAMPLES, &fixture->err));
	assert_null(carom_study_sample_deck(NULL, 0, NULL));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(samples_can_be_read_while_they_come),
		CASE(a_study_in_the_background_is_cancelled_and_gone_on_with),
		CASE(a_study_that_is_freed_takes_its_run_along),
		CASE(what_cannot_begin_is_told_when_it_is_waited_for),
		CASE(a_sample_is_replayed_with_the_bits_of_the_study),
		CASE(a_session_is_loaded_with_a_sample),
		CASE(the_deck_of_a_sample_has_its_numbers),
	};

	return run_all_tests(tests);
}
