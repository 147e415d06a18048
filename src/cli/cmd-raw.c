/* SPDX-License-Identifier: BSD-3-Clause */
/* carom raw: look into RAW files, convert and compare them. */
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "progress.h"
#include "raw.h"

static const char help[] =
	"usage: carom raw ls [OPTION]... FILE\n"
	"       carom raw cat [OPTION]... FILE\n"
	"       carom raw convert [OPTION]... FILE -o FILE\n"
	"       carom raw diff [OPTION]... FILE FILE\n"
	"\n"
	"Reads RAW files of ngspice, LTspice, QSPICE, Xyce and Spectre; which it is, it finds "
	"out.\n"
	"ls lists plots and variables, cat prints values as CSV, convert writes them into a file,\n"
	"diff compares, and says where values differ first and where most.\n"
	"\n"
	"  -p, --plot PLOT     of several plots this: its number, or what its name begins with\n"
	"  -v, --variable LIST these variables alone, and the scale: 'v(out),i(v1)'\n"
	"      --from X        only points whose scale (time, frequency) is X or more\n"
	"      --until X       only points whose scale is X or less; for cat also --to\n"
	"      --every N       of these the first, and then each Nth\n"
	"      --step N        of a stepped plot the Nth step alone; ls shows what was stepped\n"
	"      --log FILE      the simulator's log, which has the values of steps (default: the\n"
	"                      .log beside the file)\n"
	"  -o, --output FILE   what convert writes: FILE.csv, .npy, .npz (NumPy) or .raw\n"
	"                      (ngspice); of several plots each goes to a file of its own,\n"
	"                      FILE-<number>.csv, but for .raw; \"-\" is standard output\n"
	"  -t, --to NAME       convert: whatever FILE's name ends in: csv, npy, npz, raw, ascii\n"
	"                      (raw with its numbers as text) or ltspice\n"
	"      --rel R         diff: values may differ by R of the larger (default 0)\n"
	"      --abs A         diff: and by A besides (default 0)\n"
	"      --dialect NAME  whose file it is, where it is not found out\n"
	"      --cut           read a file that ends early as far as it goes\n"
	"      --json          ls: print JSON\n"
	"  -q, --quiet         no warnings, no progress; diff: the exit status says all\n"
	"  -h, --help          this text\n"
	"\n"
	"Exit status of diff: 0 the same, 1 different.\n"
	"\n"
	"Example: carom raw convert amp.raw -v 'v(out)' --until 1m -o amp.npz\n";

/* ---- files and plots ---- */

struct carom_raw *raw_open(const char *path, const struct raw_options *options, int *status)
{
	struct carom_raw_options how = {.size = sizeof(how),
					.dialect = options->dialect,
					.accept_cut = options->accepts_cut};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_raw *raw = NULL;

	if (carom_raw_open(&raw, path, &how, &err) != CAROM_OK) {
		*status = command_fail(&err);
		return NULL;
	}
	for (size_t i = 0; i < carom_raw_warning_count(raw) && !options->is_quiet; i++)
		fprintf(stderr, "carom: %s: warning: %s\n", path, carom_raw_warning(raw, i));
	return raw;
}

bool raw_wants_plot(const struct raw_options *options, const struct carom_raw *raw, size_t index)
{
	const char *wanted = options->plot;
	char *end;

	if (!wanted)
		return true;
	if (strtoul(wanted, &end, 10) == index + 1 && *end == '\0')
		return true;
	return strncasecmp(carom_raw_plot_name(carom_raw_plot(raw, index)), wanted,
			   strlen(wanted)) == 0;
}

size_t raw_count_plots(const struct raw_options *options, const struct carom_raw *raw)
{
	size_t n = 0;

	for (size_t i = 0; i < carom_raw_plot_count(raw); i++)
		n += raw_wants_plot(options, raw, i);
	if (n == 0)
		fprintf(stderr, "carom: no plot \"%s\" in the file\n", options->plot);
	return n;
}

/* ---- progress and Ctrl-C ---- */

static volatile sig_atomic_t is_interrupted;
static double started_s;

static double now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void on_interrupt(int signal_number)
{
	(void)signal_number;
	is_interrupted = 1;
}

/* The second Ctrl-C ends the program. */
void raw_begin_work(void)
{
	struct sigaction action = {.sa_handler = on_interrupt,
				   .sa_flags = (int)(SA_RESTART | SA_RESETHAND)};

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	started_s = now_s();
}

bool raw_show_progress(void *arg, double fraction)
{
	const struct raw_options *options = arg;

	if (!options->is_quiet)
		progress_show_share(fraction, now_s() - started_s);
	return !is_interrupted;
}

/* ---- options ---- */

enum kind { LIST, CAT, CONVERT, COMPARE };

static const struct subcommand {
	const char *name;
	enum kind kind;
	int n_files;
} subcommands[] = {{"ls", LIST, 1}, {"cat", CAT, 1}, {"convert", CONVERT, 1}, {"diff", COMPARE, 2}};

static const struct subcommand *find_subcommand(const char *name)
{
	for (size_t i = 0; name && i < sizeof(subcommands) / sizeof(subcommands[0]); i++) {
		if (strcmp(name, subcommands[i].name) == 0)
			return &subcommands[i];
	}
	return NULL;
}

/* "v(a,b),i(v1)": commas and blanks in parentheses belong to a name. */
static bool add_variables(struct raw_options *options, char *list)
{
	int depth = 0;
	char *begin = list;

	for (char *at = list;; at++) {
		bool is_end = *at == '\0' || (depth == 0 && (*at == ',' || *at == ' '));

		depth += *at == '(';
		depth -= *at == ')' && depth > 0;
		if (is_end && at > begin)
			options->variables[options->n_variables++] = begin;
		if (*at == '\0')
			return true;
		if (is_end) {
			*at = '\0';
			begin = at + 1;
		}
	}
}

static bool take_dialect(struct raw_options *options, const char *name)
{
	for (int i = CAROM_RAW_NGSPICE; i <= CAROM_RAW_SPECTRE; i++) {
		if (strcasecmp(name, carom_raw_dialect_name((enum carom_raw_dialect)i)) == 0) {
			options->dialect = (enum carom_raw_dialect)i;
			return true;
		}
	}
	command_usage("raw", "--dialect: ngspice, ltspice, qspice, xyce or spectre, not \"%s\"",
		      name);
	return false;
}

static bool take_format(struct raw_options *options, const char *name)
{
	options->format = carom_format_of_name(name);
	if (options->format != CAROM_FORMAT_NONE)
		return true;
	command_usage("raw", "--to: csv, npy, npz, raw, ascii or ltspice, not \"%s\"", name);
	return false;
}

/* False after a message. */
static bool take_argument(const struct subcommand *subcommand, struct raw_options *options,
			  int option)
{
	switch (option) {
	case 'p':
		options->plot = optarg;
		return true;
	case 'v':
		return add_variables(options, optarg);
	case 'F':
		return command_quantity("raw", "--from", optarg, &options->from);
	case 'U':
		return command_quantity("raw", "--until", optarg, &options->to);
	case 't':
		return subcommand->kind == CONVERT
			       ? take_format(options, optarg)
			       : command_quantity("raw", "--to", optarg, &options->to);
	case 'E':
		return command_number("raw", "--every", optarg, 1, 1e15, &options->every);
	case 'S':
		return command_number("raw", "--step", optarg, 1, 1e15, &options->step);
	case 'L':
		options->log = optarg;
		return true;
	case 'R':
		return command_quantity("raw", "--rel", optarg, &options->relative);
	case 'A':
		return command_quantity("raw", "--abs", optarg, &options->absolute);
	case 'D':
		return take_dialect(options, optarg);
	case 'C':
		options->accepts_cut = true;
		return true;
	case 'J':
		options->is_json = true;
		return true;
	case 'q':
		options->is_quiet = true;
		return true;
	default:
		options->output = optarg;
		return true;
	}
}

/* Where to and how; false after a message. */
static bool choose_output(const struct subcommand *subcommand, struct raw_options *options)
{
	if (subcommand->kind != CAT && subcommand->kind != CONVERT)
		return true;
	if (!options->output && subcommand->kind == CONVERT) {
		command_usage("raw", "convert: into which file? say --output");
		return false;
	}
	if (!options->output)
		options->output = "-";
	if (options->format == CAROM_FORMAT_NONE)
		options->format = strcmp(options->output, "-") == 0
					  ? CAROM_FORMAT_CSV
					  : carom_format_of_path(options->output);
	if (options->format != CAROM_FORMAT_NONE)
		return true;
	command_usage("raw", "--output: \"%s\" ends in none of .csv .npy .npz .raw; say --to",
		      options->output);
	return false;
}

/* -1 to go on; else the exit status. */
static int parse(int argc, char **argv, const struct subcommand *subcommand,
		 struct raw_options *options)
{
	static const struct option list[] = {{"plot", required_argument, NULL, 'p'},
					     {"variable", required_argument, NULL, 'v'},
					     {"from", required_argument, NULL, 'F'},
					     {"until", required_argument, NULL, 'U'},
					     {"every", required_argument, NULL, 'E'},
					     {"step", required_argument, NULL, 'S'},
					     {"log", required_argument, NULL, 'L'},
					     {"output", required_argument, NULL, 'o'},
					     {"to-format", required_argument, NULL, 't'},
					     {"rel", required_argument, NULL, 'R'},
					     {"abs", required_argument, NULL, 'A'},
					     {"dialect", required_argument, NULL, 'D'},
					     {"cut", no_argument, NULL, 'C'},
					     {"json", no_argument, NULL, 'J'},
					     {"quiet", no_argument, NULL, 'q'},
					     {"help", no_argument, NULL, 'h'},
					     {NULL, 0, NULL, 0}};
	int option;

	while ((option = getopt_long(argc, argv, "p:v:o:t:qh", list, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (option == '?')
			return command_bad_option("raw");
		if (!take_argument(subcommand, options, option))
			return EXIT_USAGE;
	}
	if (argc - optind != subcommand->n_files)
		return command_usage("raw", "%s takes %s, not %d", subcommand->name,
				     subcommand->n_files == 1 ? "one file" : "two files",
				     argc - optind);
	for (int i = 0; i < subcommand->n_files; i++)
		options->files[i] = argv[optind + i];
	return choose_output(subcommand, options) ? -1 : EXIT_USAGE;
}

/* ---- the subcommands ---- */

static int run_subcommand(const struct subcommand *subcommand, const struct raw_options *options)
{
	int status = EXIT_DONE;
	struct carom_raw *raw = raw_open(options->files[0], options, &status), *other = NULL;

	if (!raw)
		return status;
	switch (subcommand->kind) {
	case LIST:
		status = raw_list(raw, options);
		break;
	case COMPARE:
		other = raw_open(options->files[1], options, &status);
		if (other)
			status = raw_compare(raw, other, options);
		break;
	default:
		status = raw_convert(raw, options);
	}
	carom_raw_close(other);
	carom_raw_close(raw);
	return status;
}

static int run(int argc, char **argv)
{
	struct raw_options options = {.from = -INFINITY, .to = INFINITY, .every = 1};
	const struct subcommand *subcommand = find_subcommand(argv[1]);
	size_t most = 1;
	int status;

	if (!subcommand && argc > 1 &&
	    (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0)) {
		fputs(help, stdout);
		return EXIT_DONE;
	}
	if (!subcommand)
		return command_usage("raw", "ls, cat, convert or diff?");
	for (int i = 1; i < argc; i++)
		most += strlen(argv[i]); /* names of one letter */
	options.variables = calloc(most, sizeof(*options.variables));
	if (!options.variables) {
		fprintf(stderr, "carom: out of memory\n");
		return EXIT_SIMULATOR;
	}
	argv[1] = argv[0];
	status = parse(argc - 1, argv + 1, subcommand, &options);
	if (status < 0)
		status = run_subcommand(subcommand, &options);
	free(options.variables);
	return status;
}

const struct command cmd_raw = {"raw", "look into RAW files, convert and compare them", run};
