/* SPDX-License-Identifier: BSD-3-Clause */
/* carom topo: which worker would go on which core, and why. */
#include "command.h"

static const char help[] =
	"usage: carom topo [OPTION]...\n"
	"\n"
	"Shows on which CPU each worker of a study would run, and why there are that many.\n"
	"\n"
	"  -j, --workers N     plan for N workers (default: one for each physical core)\n"
	"      --smt           count hardware threads as cores\n"
	"      --machine TEXT  plan for an hwloc synthetic machine, e.g. \"pack:2 core:64 pu:2\"\n"
	"  -h, --help          this text\n"
	"\n"
	"Example: carom topo --machine \"numa:4 core:8 pu:2\" -j 8\n";

static int print_plan(const struct carom_plan_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_plan *plan;

	if (carom_plan_new(&plan, options, &err))
		return command_fail(&err);
	printf("%u worker%s: %s%s%s\n", carom_plan_worker_count(plan),
	       carom_plan_worker_count(plan) == 1 ? "" : "s", carom_plan_reason(plan),
	       carom_plan_is_oversubscribed(plan) ? "; more workers than CPUs" : "",
	       carom_plan_is_simulated(plan) ? "; simulated machine" : "");
	for (unsigned i = 0; i < carom_plan_worker_count(plan); i++) {
		printf("  worker %-4u CPU %u", i, carom_plan_cpu(plan, i));
		if (carom_plan_numa_node(plan, i) >= 0)
			printf("  NUMA node %d", carom_plan_numa_node(plan, i));
		printf("\n");
	}
	carom_plan_free(plan);
	return EXIT_DONE;
}

static int run(int argc, char **argv)
{
	static const struct option options[] = {{"workers", required_argument, NULL, 'j'},
						{"smt", no_argument, NULL, 's'},
						{"machine", required_argument, NULL, 'm'},
						{"help", no_argument, NULL, 'h'},
						{NULL, 0, NULL, 0}};
	struct carom_plan_options plan = {.size = sizeof(plan)};
	double number;
	int option;

	while ((option = getopt_long(argc, argv, "j:h", options, NULL)) != -1)
		switch (option) {
		case 'j':
			if (!command_number("topo", "-j", optarg, 1, 1024, &number))
				return EXIT_USAGE;
			plan.n_workers = (unsigned)number;
			break;
		case 's':
			plan.use_smt = true;
			break;
		case 'm':
			plan.synthetic = optarg;
			break;
		case 'h':
			fputs(help, stdout);
			return EXIT_DONE;
		default:
			return command_bad_option("topo");
		}
	if (optind < argc)
		return command_usage("topo", "\"%s\" is too many", argv[optind]);
	return print_plan(&plan);
}

const struct command cmd_topo = {"topo", "show which worker goes on which core", run};
