/* SPDX-License-Identifier: BSD-3-Clause */
/* carom mc --replay: one sample in front of the user. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "mc.h"
#include "run.h"

/* ---- the sample as the study has it ---- */

static void print_values(const struct carom_store *store)
{
	for (size_t i = 0; i < carom_store_parameter_count(store); i++)
		printf("  %-20s %22.15g %s\n", carom_store_parameter_name(store, i),
		       carom_store_parameter(store, i)[0], carom_store_parameter_unit(store, i));
	printf("\nmeasurements\n");
	for (size_t i = 0; i < carom_store_measurement_count(store); i++)
		printf("  %-20s %22.15g %s\n", carom_store_measurement_name(store, i),
		       carom_store_measurement(store, i)[0],
		       carom_store_measurement_unit(store, i));
}

static enum carom_sample_status print_sample(const struct carom_store *store, uint64_t sample)
{
	enum carom_sample_status status = (enum carom_sample_status)carom_store_status(store)[0];
	char message[200];

	if (sample == CAROM_SAMPLE_NOMINAL)
		printf("nominal run");
	else
		printf("sample %" PRIu64, sample);
	printf(": %s, %.3g s\n", carom_sample_status_text(status), carom_store_seconds(store)[0]);
	if (*carom_store_message(store, 0, message, sizeof(message)))
		printf("%s\n", message);
	printf("\nvalues\n");
	print_values(store);
	printf("\n");
	fflush(stdout); /* what the simulator says comes after it */
	return status;
}

static int replay(struct carom_study *study, const struct mc_options *options,
		  enum carom_sample_status *outcome)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_store *store;

	if (carom_study_replay(study, &options->study, options->replay, &store, &err))
		return command_fail(&err);
	*outcome = print_sample(store, options->replay);
	carom_store_close(store);
	return EXIT_DONE;
}

/* ---- its vectors, and what ngspice says ---- */

static void log_line(void *arg, enum carom_log_level level, const char *line)
{
	(void)arg;
	if (level != CAROM_LOG_TEXT)
		fprintf(stderr, "ngspice: %s\n", line);
}

static int show_vectors(const struct carom_study *study, const struct carom_circuit *circuit,
			const struct mc_options *options)
{
	struct carom_session_options session_options = {.size = sizeof(session_options),
							.library = options->study.library,
							.worker = options->study.worker,
							.log = log_line,
							.is_isolated = true};
	const struct run_options show = {.deck = options->deck};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session = NULL;
	struct carom_result *result = NULL;
	struct carom_reach reach = {.cards = {0, 0}};
	int status = EXIT_DONE;

	if (!carom_session_open(&session, &session_options, &err) &&
	    !carom_study_load_sample(study, options->replay, session, &err))
		carom_session_run(session, &result, &err);
	if (result)
		status = run_show(circuit, result, &reach, &show);
	if (err.status)
		status = command_fail(&err);
	carom_result_free(result);
	carom_session_close(session);
	return status;
}

/* ---- its deck ---- */

static int write_deck(const struct carom_study *study, const struct mc_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	char *text = carom_study_sample_deck(study, options->replay, &err);
	bool is_stdout = strcmp(options->sample_deck, "-") == 0;
	FILE *file;
	bool is_ok;

	if (!text)
		return command_fail(&err);
	file = is_stdout ? stdout : fopen(options->sample_deck, "we");
	is_ok = file && fputs(text, file) >= 0 && fflush(file) == 0;
	if (!is_ok)
		perror(options->sample_deck);
	if (file && !is_stdout)
		fclose(file);
	free(text);
	return is_ok ? EXIT_DONE : EXIT_BAD_INPUT;
}

int mc_replay(struct carom_study *study, const struct carom_circuit *circuit,
	      const struct mc_options *options)
{
	enum carom_sample_status outcome = CAROM_SAMPLE_OK;
	struct carom_error err = CAROM_ERROR_INIT;
	int status;

	if (options->replay != CAROM_SAMPLE_NOMINAL &&
	    carom_study_recall(study, options->study.store, &err))
		return command_fail(&err);
	status = options->sample_deck ? write_deck(study, options) : EXIT_DONE;
	if (status || (options->sample_deck && strcmp(options->sample_deck, "-") == 0))
		return status;
	status = replay(study, options, &outcome);
	if (status)
		return status;
	status = show_vectors(study, circuit, options);
	return outcome == CAROM_SAMPLE_OK || outcome == CAROM_SAMPLE_MEASURE ? status
									     : EXIT_SIMULATOR;
}
