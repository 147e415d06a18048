/* SPDX-License-Identifier: BSD-3-Clause */
/* carom run: simulate a deck; its vectors as a table, JSON or a file. */
#include <stdlib.h>
#include <string.h>

#include "run.h"

static const char help[] =
	"usage: carom run [OPTION]... DECK\n"
	"\n"
	"Simulates the deck in memory and prints a table for each analysis: the values of an\n"
	"operating point; smallest, largest and last value of each vector of a sweep.\n"
	"\n"
	"  -a, --analysis TEXT run this instead of the deck's analyses: 'tran 1u 1m'\n"
	"  -s, --save LIST     keep these vectors alone: 'v(out) i(v1) @m1[gm]'\n"
	"      --time-limit S  end the run after S seconds, and show what there is\n"
	"  -o, --output FILE   write the vectors: FILE.csv, .npy, .npz (NumPy) or .raw (ngspice);\n"
	"                      of several analyses each goes to a file of its own,\n"
	"                      FILE-<plot>.csv, but for .raw, which holds all; \"-\" is standard\n"
	"                      output\n"
	"      --format NAME   whatever FILE's name ends in: csv, npy, npz, raw, ascii (raw with\n"
	"                      its numbers as text) or ltspice (raw of LTspice)\n"
	"      --json          print the table as JSON\n"
	"  -q, --quiet         no table, no warnings\n"
	"  -v, --verbose       show what ngspice says (on standard error)\n"
	"      --library FILE  libngspice to load (default: $CAROM_NGSPICE, then the system's)\n"
	"      --control       execute the deck's .control blocks, which may run any command and\n"
	"                      write files here; the plots they leave are the result\n"
	"      --root DIR      read only files that lie below DIR; may be repeated\n"
	"      --no-lint       go on in spite of what carom lint would find\n"
	"      --all           send ngspice what the circuit does not reach, too\n"
	"  -h, --help          this text\n"
	"\n"
	"Ctrl-C ends the run; what it had by then is shown and written.\n"
	"\n"
	"Example: carom run rc.cir --output rc.csv\n";

/* What commands of the deck print goes where ngspice -b would print it. */
static void log_line(void *arg, enum carom_log_level level, const char *line)
{
	struct run_options *options = arg;
	bool is_text = level == CAROM_LOG_TEXT && !run_needs_stdout(options);

	if (options->runs_control && options->is_loading) {
		fprintf(is_text ? stdout : stderr, "%s\n", line);
		fflush(stdout); /* in turn with what goes to standard error */
	} else if (options->is_verbose) {
		fprintf(stderr, "ngspice: %s\n", line);
	} else {
		model_issue_take(&options->issue, level, line, options->deck);
	}
}

static int find_reach(const struct carom_circuit *circuit, const struct run_options *options,
		      struct carom_reach *reach, struct carom_error *err)
{
	struct carom_share *shares[] = {&reach->cards, &reach->subcircuits, &reach->models,
					&reach->params, &reach->functions};
	int status = 0;

	if (options->is_verbose || options->is_json)
		status = carom_circuit_reach(circuit, reach, err);
	for (size_t i = 0; options->sends_all && i < sizeof(shares) / sizeof(shares[0]); i++)
		shares[i]->sent = shares[i]->all;
	if (!status && options->is_verbose)
		command_print_reach(reach);
	return status;
}

/*
 * The plots that commands of the deck have made; if there are none, those of its analyses.
 * Commands may do without either.
 */
static int find_result(struct carom_session *session, const struct run_options *options,
		       struct carom_result **result, struct carom_error *err)
{
	struct carom_error run_error = CAROM_ERROR_INIT;
	struct carom_result *run_result;

	if (!options->runs_control)
		return run_call(session, options, result, err);
	if (carom_session_plots(session, result, err) || carom_result_plot_count(*result) > 0)
		return err->status;
	if (run_call(session, options, &run_result, &run_error) == CAROM_ERROR_NOT_FOUND)
		return CAROM_OK;
	carom_result_free(*result);
	*result = run_result;
	*err = run_error;
	return err->status;
}

/*
 * What there is of a run that failed is shown before.  Hints are for hosts where a process is gone.
 */
static int fail(const struct carom_error *err, bool has_rest)
{
	struct carom_error told = *err;
	int status;

	if (told.status == CAROM_ERROR_CANCELLED && !has_rest) {
		fprintf(stderr, "carom: interrupted\n");
		return EXIT_INTERRUPTED;
	}
	if (told.status == CAROM_ERROR_CRASHED)
		snprintf(told.hint, sizeof(told.hint), "ngspice's last words: %.*s",
			 (int)strcspn(told.words, "\n"), told.words);
	status = command_fail(&told);
	if (has_rest)
		fprintf(stderr, "carom: the result is what the run had by then\n");
	return status;
}

static int simulate(const struct carom_circuit *circuit, struct run_options *options)
{
	bool has_log = options->is_verbose || options->runs_control || !options->is_quiet;
	struct carom_session_options session_options = {
		.size = sizeof(session_options),
		.library = options->library,
		.log = has_log ? log_line : NULL,
		.log_arg = options,
		.folder = options->runs_control ? "." : NULL,
		.sends_all = options->sends_all,
		.is_isolated = true,
	};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session = NULL;
	struct carom_result *result = NULL;
	struct carom_reach reach = {.cards = {0, 0}};
	int status = 0;

	if (!find_reach(circuit, options, &reach, &err))
		carom_session_open(&session, &session_options, &err);
	options->is_loading = true;
	run_catch_interrupts(session);
	if (!carom_session_load(session, circuit, &err))
		find_result(session, options, &result, &err);
	options->is_loading = false;
	if (result)
		status = run_show(circuit, result, &reach, options);
	if (err.status)
		status = fail(&err, result != NULL);
	carom_result_free(result);
	carom_session_close(session);
	return status;
}

static bool *find_flag(struct run_options *options, int option)
{
	switch (option) {
	case 'J':
		return &options->is_json;
	case 'q':
		return &options->is_quiet;
	case 'v':
		return &options->is_verbose;
	case 'C':
		return &options->runs_control;
	case 'N':
		return &options->skips_lint;
	case 'A':
		return &options->sends_all;
	default:
		return NULL;
	}
}

/* False after a message. */
static bool take_argument(struct run_options *options, int option)
{
	switch (option) {
	case 'a':
		options->analysis = optarg;
		return true;
	case 's':
		return run_add_saves(options, optarg);
	case 'T':
		return command_seconds("run", "--time-limit", optarg, &options->time_limit_s);
	case 'L':
		options->library = optarg;
		return true;
	case 'R':
		return command_add_root("run", &options->roots, optarg);
	case 'F':
		options->format_name = optarg;
		return true;
	default:
		options->output = optarg;
		return true;
	}
}

/* -1 to go on; else the exit status. */
static int parse(int argc, char **argv, struct run_options *options)
{
	static const struct option list[] = {{"analysis", required_argument, NULL, 'a'},
					     {"save", required_argument, NULL, 's'},
					     {"time-limit", required_argument, NULL, 'T'},
					     {"output", required_argument, NULL, 'o'},
					     {"format", required_argument, NULL, 'F'},
					     {"json", no_argument, NULL, 'J'},
					     {"quiet", no_argument, NULL, 'q'},
					     {"verbose", no_argument, NULL, 'v'},
					     {"library", required_argument, NULL, 'L'},
					     {"root", required_argument, NULL, 'R'},
					     {"control", no_argument, NULL, 'C'},
					     {"no-lint", no_argument, NULL, 'N'},
					     {"all", no_argument, NULL, 'A'},
					     {"help", no_argument, NULL, 'h'},
					     {NULL, 0, NULL, 0}};
	int option;

	while ((option = getopt_long(argc, argv, "a:s:o:qvh", list, NULL)) != -1) {
		bool *flag = find_flag(options, option);

		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (option == '?')
			return command_bad_option("run");
		if (flag)
			*flag = true;
		else if (!take_argument(options, option))
			return EXIT_USAGE;
	}
	if (options->is_json && run_is_on_stdout(options))
		return command_usage("run", "--json and --output - both want standard output");
	if (!run_choose_format(options))
		return EXIT_USAGE;
	options->deck = command_argument("run", "deck", argc, argv);
	return options->deck ? -1 : EXIT_USAGE;
}

static int import_and_simulate(struct run_options *options)
{
	struct command_import import = {.is_trusted = options->runs_control,
					.is_quiet = options->is_quiet,
					.skips_lint = options->skips_lint,
					.roots = options->roots,
					.needs_no_analysis = options->analysis != NULL};
	int status;
	struct carom_circuit *circuit = command_import(options->deck, &import, &status);

	if (!circuit)
		return status;
	status = simulate(circuit, options);
	carom_circuit_free(circuit);
	return status;
}

static int run(int argc, char **argv)
{
	struct run_options options = {0};
	int status = parse(argc, argv, &options);

	if (status < 0)
		status = import_and_simulate(&options);
	free(options.save);
	return status;
}

const struct command cmd_run = {"run", "simulate a deck", run};
