/* SPDX-License-Identifier: BSD-3-Clause */
/* carom mc: a Monte Carlo study of a deck. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mc.h"
#include "progress.h"
#include "report.h"
#include "summary.h"

/* ---- interrupts ---- */

static struct carom_study *running;

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	carom_study_cancel(running);
}

/* The second Ctrl-C ends the program: the workers end with it. */
static void catch_interrupts(struct carom_study *study)
{
	struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};

	running = study;
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

/* "decks/amp.cir" -> "amp.zarr" */
static char *default_store(const char *deck)
{
	const char *slash = strrchr(deck, '/'), *base = slash ? slash + 1 : deck;
	const char *dot = strrchr(base, '.');
	size_t length = dot && dot != base ? (size_t)(dot - base) : strlen(base);
	char *path = malloc(length + sizeof(".zarr"));

	if (path)
		sprintf(path, "%.*s.zarr", (int)length, base);
	return path;
}

/* ---- the study ---- */

/* NULL on failure with *status set. */
static struct carom_study *make_study(const struct carom_circuit *circuit,
				      const struct mc_options *options, int *status)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_study *study = carom_study_new(circuit, &err);
	char text[sizeof(err)];

	for (size_t i = 0; study && i < options->n_statements; i++)
		if (carom_study_statement(study, options->statements[i], &err)) {
			carom_study_free(study);
			*status = command_usage("mc", "--%s: %s", options->statements[i],
						carom_error_format(&err, text, sizeof(text)));
			return NULL;
		}
	if (!study)
		*status = command_fail(&err);
	return study;
}

static bool is_every_spec_met(const struct carom_summary *summary)
{
	return !summary->has_spec || summary->yield.n_pass == summary->yield.n;
}

/* Samples of importance sampling are to fail: it is the probability that counts. */
static bool is_target_reached(const struct summary *summary, double target)
{
	return summary->failure.measurement ? summary->failure.ci.upper <= 1 - target
					    : is_every_spec_met(&summary->statistics);
}

/* 4 if the simulator failed in every sample: the first one's message tells why. */
static int judge(const struct summary *summary, const struct carom_study *study,
		 const struct mc_options *options)
{
	const struct carom_summary *statistics = &summary->statistics;
	uint64_t n_simulated =
		statistics->n_status[CAROM_SAMPLE_OK] + statistics->n_status[CAROM_SAMPLE_MEASURE];
	char message[200];

	if (statistics->n_tried > 0 && n_simulated == 0) {
		fprintf(stderr, "carom: no sample could be simulated; the first: %s\n",
			carom_store_message(summary->store, 0, message, sizeof(message)));
		return EXIT_SIMULATOR;
	}
	return options->is_checking && !is_target_reached(summary, carom_study_target(study))
		       ? EXIT_SPEC_FAILED
		       : EXIT_DONE;
}

/* 0 or a status with *err set. */
static int print_summary(const struct summary *summary, const struct mc_options *options,
			 struct carom_error *err)
{
	const struct summary_options how = {
		.n_worst = SUMMARY_WORST,
		.n_drivers = SUMMARY_DRIVERS,
		.has_histograms = !options->has_no_histograms &&
				  (options->has_histograms || isatty(STDOUT_FILENO)),
	};

	if (options->is_json)
		return summary_print_json(summary, &how, err);
	if (options->is_quiet || (options->csv && strcmp(options->csv, "-") == 0))
		return 0;
	return summary_print_text(summary, &how, err);
}

static int show(const struct carom_study *study, const struct mc_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct summary summary;
	int status =
		summary_open(&summary, options->study.store, carom_study_confidence(study), &err);

	if (status == 0)
		status = print_summary(&summary, options, &err);
	if (status == 0 && options->csv)
		status = carom_store_write_csv(summary.store, options->csv, &err);
	if (status == 0 && options->has_report)
		status = report_write(summary.store, options->study.store, options->report,
				      carom_study_confidence(study), &err);
	status = status ? command_fail(&err) : judge(&summary, study, options);
	summary_release(&summary);
	return status;
}

/* Else what is in the store's place, if anything, is of another run. */
static bool has_begun(const struct carom_study *study)
{
	return carom_study_facts(study)->start_s > 0;
}

static int run_study(struct carom_study *study, const struct mc_options *options)
{
	struct carom_study_options study_options = options->study;
	struct progress_study shown = {.study = study};
	struct carom_error err = CAROM_ERROR_INIT;
	int status;

	study_options.progress = options->is_quiet ? NULL : progress_show;
	study_options.progress_arg = &shown;
	catch_interrupts(study);
	status = carom_study_run(study, &study_options, &err);
	if (!options->is_quiet)
		progress_end();
	if (options->is_verbose && carom_study_facts(study)->reach.cards.all > 0)
		command_print_reach(&carom_study_facts(study)->reach);
	if (status == 0 || (status == CAROM_ERROR_CANCELLED && has_begun(study)))
		status = show(study, options);
	return err.status ? command_fail(&err) : status;
}

static int run_circuit(const struct carom_circuit *circuit, const struct mc_options *options)
{
	int status;
	struct carom_study *study = make_study(circuit, options, &status);

	if (!study)
		return status;
	status =
		options->is_replay ? mc_replay(study, circuit, options) : run_study(study, options);
	carom_study_free(study);
	return status;
}

static int run(int argc, char **argv)
{
	struct mc_options options = {.study.size = sizeof(options.study)};
	struct carom_circuit *circuit;
	char *store = NULL;
	int status = mc_options_parse(argc, argv, &options);

	if (status < 0) {
		store = default_store(options.deck);
		options.study.store = options.store ? options.store : store;
		circuit = command_import(options.deck,
					 &(struct command_import){.is_trusted = options.is_trusted,
								  .roots = options.roots,
								  .is_quiet = options.is_quiet,
								  .skips_lint = options.skips_lint},
					 &status);
		if (circuit)
			status = run_circuit(circuit, &options);
		carom_circuit_free(circuit);
	}
	free(store);
	mc_options_release(&options);
	return status;
}

const struct command cmd_mc = {"mc", "run a Monte Carlo study of a deck", run};
