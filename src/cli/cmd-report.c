/* SPDX-License-Identifier: BSD-3-Clause */
/* carom report: a store as a page to look at. */
#include <string.h>

#include "command.h"
#include "report.h"

static const char help[] =
	"usage: carom report [OPTION]... STORE\n"
	"\n"
	"Writes a page of HTML about a store that \"carom mc\" wrote, or is writing: the verdict,\n"
	"charts of each measurement, what drives it, its worst samples, and why samples failed.\n"
	"The page is one file that needs no network; its size hardly depends on the number of\n"
	"samples.\n"
	"\n"
	"  -o, --output FILE      page to write (default: the store's name with .html, here);\n"
	"                         \"-\" is standard output\n"
	"      --confidence P     of the intervals, as 0.99 or 99% (default: 95%)\n"
	"  -h, --help             this text\n"
	"\n"
	"Example: carom report amp.zarr -o amp.html\n";

enum { OPTION_CONFIDENCE = 256 };

static const struct option option_list[] = {
	{"output", required_argument, NULL, 'o'},
	{"confidence", required_argument, NULL, OPTION_CONFIDENCE},
	{"help", no_argument, NULL, 'h'},
	{NULL, 0, NULL, 0}};

struct options {
	const char *store, *output;
	double confidence;
};

static bool take_option(struct options *options, int option)
{
	switch (option) {
	case 'o':
		options->output = optarg;
		return true;
	case OPTION_CONFIDENCE:
		return command_share("report", "--confidence", optarg, &options->confidence);
	default:
		command_bad_option("report");
		return false;
	}
}

/* -1 to go on; else the exit status. */
static int parse(int argc, char **argv, struct options *options)
{
	int option;

	while ((option = getopt_long(argc, argv, "o:h", option_list, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (!take_option(options, option))
			return EXIT_USAGE;
	}
	options->store = command_argument("report", "store", argc, argv);
	return options->store ? -1 : EXIT_USAGE;
}

/* "out/amp.zarr/" -> "amp.html" */
static void print_default_path(const char *store, char *path, size_t size)
{
	size_t end = strlen(store), start;
	const char *dot;
	int length;

	while (end > 1 && store[end - 1] == '/')
		end--;
	for (start = end; start > 0 && store[start - 1] != '/'; start--)
		;
	length = (int)(end - start);
	dot = memrchr(store + start, '.', end - start);
	if (dot && dot != store + start)
		length = (int)(dot - (store + start));
	snprintf(path, size, "%.*s.html", length, store + start);
}

int report_write(const struct carom_store *store, const char *store_path, const char *output,
		 double confidence, struct carom_error *err)
{
	const struct carom_statistics_options options = {.size = sizeof(options),
							 .confidence = confidence};
	char path[FILENAME_MAX];

	print_default_path(store_path, path, sizeof(path));
	return carom_report_write(store, &options, output ? output : path, err);
}

static int run(int argc, char **argv)
{
	struct options options = {0};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_store *store;
	int status = parse(argc, argv, &options);

	if (status >= 0)
		return status;
	status = carom_store_open(&store, options.store, &err);
	if (status == 0)
		status = report_write(store, options.store, options.output, options.confidence,
				      &err);
	carom_store_close(store);
	return status ? command_fail(&err) : EXIT_DONE;
}

const struct command cmd_report = {"report", "write a page with charts of a store", run};
