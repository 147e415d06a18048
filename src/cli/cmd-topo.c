/* SPDX-License-Identifier: BSD-3-Clause */
/* carom topo: which worker would go on which core, and why. */
#include <string.h>

#include "topo.h"

static const char help[] =
	"usage: carom topo [OPTION]...\n"
	"\n"
	"Shows on which CPU each worker of a study would run, why there are that many, and what\n"
	"the other CPUs of the machine are left for.\n"
	"\n"
	"  -j, --workers N     plan for N workers (default: one for each physical core)\n"
	"      --smt           count hardware threads as cores\n"
	"      --bind WHAT     bind each worker to a pu (hardware thread; the default), core,\n"
	"                      numa (node) or none\n"
	"      --cores LIST    keep to these hardware threads: 0-3,8\n"
	"      --machine TEXT  plan for another machine: a file.xml that lstopo has written, or\n"
	"                      an hwloc synthetic machine, e.g. \"pack:2 core:64 pu:2\"\n"
	"      --json          print the plan as JSON\n"
	"  -h, --help          this text\n"
	"\n"
	"Example: carom topo --machine \"numa:4 core:8 pu:2\" -j 8\n";

static int show_plan(const struct carom_plan_options *options, bool is_json)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_plan *plan;

	if (carom_plan_new(&plan, options, &err))
		return command_fail(&err);
	(is_json ? topo_print_json : topo_draw)(plan);
	carom_plan_free(plan);
	return EXIT_DONE;
}

static void take_machine(struct carom_plan_options *plan, const char *text)
{
	size_t length = strlen(text);
	bool is_file = length > 4 && strcmp(text + length - 4, ".xml") == 0;

	*(is_file ? &plan->xml : &plan->synthetic) = text;
}

/* False after a message. */
static bool take_option(struct carom_plan_options *plan, bool *is_json, int option)
{
	double number;

	switch (option) {
	case 'j':
		if (!command_number("topo", "-j", optarg, 1, 1024, &number))
			return false;
		plan->n_workers = (unsigned)number;
		return true;
	case 's':
		return plan->use_smt = true;
	case 'b':
		return command_bind("topo", optarg, &plan->bind);
	case 'c':
		plan->allowed = optarg;
		return true;
	case 'm':
		take_machine(plan, optarg);
		return true;
	case 'J':
		return *is_json = true;
	default:
		command_bad_option("topo");
		return false;
	}
}

static int run(int argc, char **argv)
{
	static const struct option options[] = {
		{"workers", required_argument, NULL, 'j'}, {"smt", no_argument, NULL, 's'},
		{"bind", required_argument, NULL, 'b'},    {"cores", required_argument, NULL, 'c'},
		{"machine", required_argument, NULL, 'm'}, {"json", no_argument, NULL, 'J'},
		{"help", no_argument, NULL, 'h'},          {NULL, 0, NULL, 0}};
	struct carom_plan_options plan = {.size = sizeof(plan)};
	bool is_json = false;
	int option;

	while ((option = getopt_long(argc, argv, "j:h", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (!take_option(&plan, &is_json, option))
			return EXIT_USAGE;
	}
	if (optind < argc)
		return command_usage("topo", "\"%s\" is too many", argv[optind]);
	return show_plan(&plan, is_json);
}

const struct command cmd_topo = {"topo", "show which worker goes on which core", run};
