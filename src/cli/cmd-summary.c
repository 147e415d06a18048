/* SPDX-License-Identifier: BSD-3-Clause */
/* carom summary: the statistics of a store. */
#include <stdlib.h>
#include <unistd.h>

#include "command.h"
#include "summary.h"

static const char help[] =
	"usage: carom summary [OPTION]... STORE\n"
	"\n"
	"Prints the statistics of a store that \"carom mc\" wrote, or is writing: moments,\n"
	"quantiles, yield, what drives each measurement, and its worst samples. The deck is not\n"
	"needed.\n"
	"\n"
	"      --confidence P     of the intervals, as 0.99 or 99% (default: 95%)\n"
	"      --details          quantiles with their intervals, every parameter\n"
	"      --histogram        bars of each measurement (default on a terminal)\n"
	"      --no-histogram     none\n"
	"      --worst N          so many samples of each spec (default: 3)\n"
	"      --csv FILE         write the samples as CSV; \"-\" is standard output\n"
	"      --json             print the summary as JSON\n"
	"  -h, --help             this text\n"
	"\n"
	"Example: carom summary amp.zarr --confidence 99%\n";

enum {
	OPTION_CONFIDENCE = 256,
	OPTION_DETAILS,
	OPTION_HISTOGRAM,
	OPTION_NO_HISTOGRAM,
	OPTION_WORST,
	OPTION_CSV,
	OPTION_JSON
};

static const struct option option_list[] = {
	{"confidence", required_argument, NULL, OPTION_CONFIDENCE},
	{"details", no_argument, NULL, OPTION_DETAILS},
	{"histogram", no_argument, NULL, OPTION_HISTOGRAM},
	{"no-histogram", no_argument, NULL, OPTION_NO_HISTOGRAM},
	{"worst", required_argument, NULL, OPTION_WORST},
	{"csv", required_argument, NULL, OPTION_CSV},
	{"json", no_argument, NULL, OPTION_JSON},
	{"help", no_argument, NULL, 'h'},
	{NULL, 0, NULL, 0}};

struct options {
	const char *store, *csv;
	struct summary_options summary;
	bool is_json;
};

static bool take_option(struct options *options, int option)
{
	double number;

	switch (option) {
	case OPTION_CONFIDENCE:
		return command_share("summary", "--confidence", optarg,
				     &options->summary.confidence);
	case OPTION_DETAILS:
		options->summary.has_details = true;
		options->summary.n_drivers = SIZE_MAX;
		return true;
	case OPTION_HISTOGRAM:
	case OPTION_NO_HISTOGRAM:
		options->summary.has_histograms = option == OPTION_HISTOGRAM;
		return true;
	case OPTION_WORST:
		if (!command_number("summary", "--worst", optarg, 0, SUMMARY_MOST_WORST, &number))
			return false;
		options->summary.n_worst = (size_t)number;
		return true;
	case OPTION_CSV:
		options->csv = optarg;
		return true;
	case OPTION_JSON:
		options->is_json = true;
		return true;
	default:
		command_bad_option("summary");
		return false;
	}
}

/* -1 to go on; else the exit status. */
static int parse(int argc, char **argv, struct options *options)
{
	int option;

	while ((option = getopt_long(argc, argv, "h", option_list, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (!take_option(options, option))
			return EXIT_USAGE;
	}
	options->store = command_argument("summary", "store", argc, argv);
	return options->store ? -1 : EXIT_USAGE;
}

static int show(const struct options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct summary summary;
	int status = summary_open(&summary, options->store, options->summary.confidence, &err);

	if (status == 0 && options->csv)
		status = carom_store_write_csv(summary.store, options->csv, &err);
	if (status == 0 && options->is_json)
		status = summary_print_json(&summary, &options->summary, &err);
	else if (status == 0 && !options->csv)
		status = summary_print_text(&summary, &options->summary, &err);
	summary_release(&summary);
	return status ? command_fail(&err) : EXIT_DONE;
}

static int run(int argc, char **argv)
{
	struct options options = {
		.summary = {.n_worst = SUMMARY_WORST,
			    .n_drivers = SUMMARY_DRIVERS,
			    .has_histograms = isatty(STDOUT_FILENO)},
	};
	int status = parse(argc, argv, &options);

	return status < 0 ? show(&options) : status;
}

const struct command cmd_summary = {"summary", "print the statistics of a store", run};
