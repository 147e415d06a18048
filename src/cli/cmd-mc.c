/* SPDX-License-Identifier: BSD-3-Clause */
/* carom mc: a Monte Carlo study of a deck. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "progress.h"
#include "summary.h"

static const char help[] =
	"usage: carom mc [OPTION]... DECK\n"
	"\n"
	"Runs the study that the deck's \"*carom\" statements describe on pinned worker processes\n"
	"and prints statistics and yield. Every finished sample is in the store at once; Ctrl-C\n"
	"keeps what is done.\n"
	"\n"
	"What to do (each adds to the deck's statements, or replaces one of the same name)\n"
	"      --vary TEXT        e.g. \"r1 r2 gauss 1%\", \"q1:bf uniform 20%\",\n"
	"                         \"m*:delvto gauss 5m each\"\n"
	"      --measure TEXT     e.g. \"gain ac max(db(v(out)))\"\n"
	"      --spec TEXT        e.g. \"gain 38 42\"; \"-\" for no limit\n"
	"  -n, --samples N        number of samples\n"
	"      --seed N           another seed, other samples\n"
	"\n"
	"How to do it\n"
	"  -j, --workers N        worker processes (default: one for each physical core)\n"
	"      --no-pin           leave the workers to the scheduler\n"
	"      --route NAME       auto, alter, reset, fork or reload: how values are set\n"
	"      --time-limit S     for one sample, in seconds (default: 600)\n"
	"      --library FILE     libngspice to load (default: $CAROM_NGSPICE, then the system's)\n"
	"      --trusted          accept cards that run commands (.control)\n"
	"      --root DIR         read only files that lie below DIR; may be repeated\n"
	"      --no-lint          go on in spite of what carom lint would find\n"
	"      --all              send ngspice what the circuit does not reach, too\n"
	"\n"
	"What to get\n"
	"  -o, --output DIR       store to write (default: the deck's name with .zarr, here)\n"
	"      --overwrite        replace an existing store\n"
	"      --csv FILE         write the samples as CSV; \"-\" is standard output\n"
	"      --json             print the summary as JSON\n"
	"      --check            exit status 1 if a sample fails a spec\n"
	"  -q, --quiet            no progress, no summary, no warnings\n"
	"  -v, --verbose          tell how much of the deck was sent (on standard error)\n"
	"  -h, --help             this text\n"
	"\n"
	"Example: carom mc amp.cir -n 5000 --spec \"gain 38 42\" --csv samples.csv\n";

struct mc_options {
	const char *deck, *store, *csv;
	struct carom_study_options study;
	struct command_roots roots;
	bool is_json, is_quiet, is_verbose, is_trusted, is_checking, skips_lint;
	char **statements; /* "vary ...", in order; owned */
	size_t n_statements;
};

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

/* ---- options ---- */

static bool add_statement(struct mc_options *options, const char *keyword, const char *text)
{
	size_t n = options->n_statements;
	char **grown = realloc(options->statements, (n + 1) * sizeof(*grown));

	if (!grown)
		return false;
	options->statements = grown;
	grown[n] = malloc(strlen(keyword) + strlen(text) + 2);
	if (!grown[n])
		return false;
	sprintf(grown[n], "%s %s", keyword, text);
	options->n_statements++;
	return true;
}

static void release_options(struct mc_options *options)
{
	for (size_t i = 0; i < options->n_statements; i++)
		free(options->statements[i]);
	free(options->statements);
}

static bool parse_route(const char *name, enum carom_route *route)
{
	for (int i = CAROM_ROUTE_AUTO; i <= CAROM_ROUTE_RELOAD; i++)
		if (strcmp(name, carom_route_name((enum carom_route)i)) == 0) {
			*route = (enum carom_route)i;
			return true;
		}
	command_usage("mc", "--route %s: auto, alter, reset, fork or reload", name);
	return false;
}

enum {
	OPTION_VARY = 256,
	OPTION_MEASURE,
	OPTION_SPEC,
	OPTION_SEED,
	OPTION_NO_PIN,
	OPTION_ROUTE,
	OPTION_TIME_LIMIT,
	OPTION_LIBRARY,
	OPTION_TRUSTED,
	OPTION_ROOT,
	OPTION_NO_LINT,
	OPTION_ALL,
	OPTION_OVERWRITE,
	OPTION_CSV,
	OPTION_JSON,
	OPTION_CHECK
};

static const struct option option_list[] = {
	{"vary", required_argument, NULL, OPTION_VARY},
	{"measure", required_argument, NULL, OPTION_MEASURE},
	{"spec", required_argument, NULL, OPTION_SPEC},
	{"samples", required_argument, NULL, 'n'},
	{"seed", required_argument, NULL, OPTION_SEED},
	{"workers", required_argument, NULL, 'j'},
	{"no-pin", no_argument, NULL, OPTION_NO_PIN},
	{"route", required_argument, NULL, OPTION_ROUTE},
	{"time-limit", required_argument, NULL, OPTION_TIME_LIMIT},
	{"library", required_argument, NULL, OPTION_LIBRARY},
	{"trusted", no_argument, NULL, OPTION_TRUSTED},
	{"root", required_argument, NULL, OPTION_ROOT},
	{"no-lint", no_argument, NULL, OPTION_NO_LINT},
	{"all", no_argument, NULL, OPTION_ALL},
	{"output", required_argument, NULL, 'o'},
	{"overwrite", no_argument, NULL, OPTION_OVERWRITE},
	{"csv", required_argument, NULL, OPTION_CSV},
	{"json", no_argument, NULL, OPTION_JSON},
	{"check", no_argument, NULL, OPTION_CHECK},
	{"quiet", no_argument, NULL, 'q'},
	{"verbose", no_argument, NULL, 'v'},
	{"help", no_argument, NULL, 'h'},
	{NULL, 0, NULL, 0}};

/* Those that become statements; false if option is none of them. */
static bool take_statement(struct mc_options *options, int option, bool *is_ok)
{
	static const struct {
		int option;
		const char *keyword;
	} keywords[] = {{OPTION_VARY, "vary"}, {OPTION_MEASURE, "measure"},
			{OPTION_SPEC, "spec"}, {'n', "samples"},
			{OPTION_SEED, "seed"}, {OPTION_TIME_LIMIT, "time-limit"}};

	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (keywords[i].option == option) {
			*is_ok = add_statement(options, keywords[i].keyword, optarg);
			return true;
		}
	return false;
}

static bool take_option(struct mc_options *options, int option)
{
	double number;
	bool is_ok = true;

	if (take_statement(options, option, &is_ok))
		return is_ok;
	switch (option) {
	case 'j':
		is_ok = command_number("mc", "-j", optarg, 1, 1024, &number);
		options->study.n_workers = is_ok ? (unsigned)number : 0;
		return is_ok;
	case OPTION_ROUTE:
		return parse_route(optarg, &options->study.route);
	case OPTION_NO_PIN:
		options->study.no_pin = true;
		return true;
	case OPTION_LIBRARY:
		options->study.library = optarg;
		return true;
	case OPTION_OVERWRITE:
		options->study.overwrite = true;
		return true;
	case 'o':
		options->store = optarg;
		return true;
	case OPTION_ROOT:
		return command_add_root("mc", &options->roots, optarg);
	case OPTION_TRUSTED:
		options->is_trusted = true;
		return true;
	case OPTION_NO_LINT:
		options->skips_lint = true;
		return true;
	case OPTION_ALL:
		options->study.sends_all = true;
		return true;
	case OPTION_CSV:
		options->csv = optarg;
		return true;
	case OPTION_JSON:
		options->is_json = true;
		return true;
	case OPTION_CHECK:
		options->is_checking = true;
		return true;
	case 'q':
		options->is_quiet = true;
		return true;
	case 'v':
		options->is_verbose = true;
		return true;
	default:
		command_bad_option("mc");
		return false;
	}
}

/* -1 to go on; else the exit status. */
static int parse(int argc, char **argv, struct mc_options *options)
{
	int option;

	while ((option = getopt_long(argc, argv, "n:j:o:qvh", option_list, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (!take_option(options, option))
			return EXIT_USAGE;
	}
	if (options->is_json && options->csv && strcmp(options->csv, "-") == 0)
		return command_usage("mc", "--json and --csv - both want standard output");
	options->deck = command_deck("mc", argc, argv);
	return options->deck ? -1 : EXIT_USAGE;
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
	return !summary->has_spec || summary->n_pass == summary->n_tried;
}

/* 4 if the simulator failed in every sample: the first one's message tells why. */
static int judge(const struct carom_store *store, const struct carom_summary *summary,
		 const struct mc_options *options)
{
	uint64_t n_simulated =
		summary->n_status[CAROM_SAMPLE_OK] + summary->n_status[CAROM_SAMPLE_MEASURE];
	char message[200];

	if (summary->n_tried > 0 && n_simulated == 0) {
		fprintf(stderr, "carom: no sample could be simulated; the first: %s\n",
			carom_store_message(store, 0, message, sizeof(message)));
		return EXIT_SIMULATOR;
	}
	return options->is_checking && !is_every_spec_met(summary) ? EXIT_SPEC_FAILED : EXIT_DONE;
}

static int show(const struct carom_study *study, const struct mc_options *options,
		const char *title)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_summary summary;
	struct carom_store *store;
	int status;

	if (carom_store_open(&store, options->study.store, &err))
		return command_fail(&err);
	if (carom_store_summarise(store, &summary, &err)) {
		carom_store_close(store);
		return command_fail(&err);
	}
	if (options->is_json)
		summary_print_json(&summary, store, options->study.store);
	else if (!options->is_quiet && !(options->csv && strcmp(options->csv, "-") == 0))
		summary_print_text(&summary, carom_study_facts(study), title, options->study.store);
	if (options->csv && carom_store_write_csv(store, options->csv, &err))
		status = command_fail(&err);
	else
		status = judge(store, &summary, options);
	carom_summary_release(&summary);
	carom_store_close(store);
	return status;
}

/* Else what is in the store's place, if anything, is of another run. */
static bool has_begun(const struct carom_study *study)
{
	return carom_study_facts(study)->start_s > 0;
}

static int run_study(const struct carom_circuit *circuit, const struct mc_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	int status;
	struct carom_study *study = make_study(circuit, options, &status);

	if (!study)
		return status;
	catch_interrupts(study);
	status = carom_study_run(study, &options->study, &err);
	if (!options->is_quiet)
		progress_end();
	if (options->is_verbose && carom_study_facts(study)->reach.cards.all > 0)
		command_print_reach(&carom_study_facts(study)->reach);
	if (status == 0 || (status == CAROM_ERROR_CANCELLED && has_begun(study)))
		status = show(study, options, carom_circuit_title(circuit));
	if (err.status)
		status = command_fail(&err);
	carom_study_free(study);
	return status;
}

static int run(int argc, char **argv)
{
	struct mc_options options = {.study.size = sizeof(options.study)};
	struct carom_circuit *circuit;
	char *store = NULL;
	int status = parse(argc, argv, &options);

	if (status < 0) {
		store = default_store(options.deck);
		options.study.store = options.store ? options.store : store;
		options.study.progress = options.is_quiet ? NULL : progress_show;
		circuit = command_import(options.deck,
					 &(struct command_import){.is_trusted = options.is_trusted,
								  .roots = options.roots,
								  .is_quiet = options.is_quiet,
								  .skips_lint = options.skips_lint},
					 &status);
		if (circuit)
			status = run_study(circuit, &options);
		carom_circuit_free(circuit);
	}
	free(store);
	release_options(&options);
	return status;
}

const struct command cmd_mc = {"mc", "run a Monte Carlo study of a deck", run};
