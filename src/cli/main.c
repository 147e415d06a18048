/* SPDX-License-Identifier: BSD-3-Clause */
/* The command "carom": finds the subcommand and hands over. */
#include <string.h>

#include "command.h"

static const struct command *const commands[] = {&cmd_run,     &cmd_mc,     &cmd_lint, &cmd_graph,
						 &cmd_summary, &cmd_report, &cmd_topo, &cmd_raw};

#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static int print_help(FILE *out)
{
	fprintf(out, "usage: carom COMMAND [OPTION]... [ARGUMENT]...\n"
		     "\n"
		     "Runs ngspice in memory: no netlist files, no RAW files, no process per run.\n"
		     "\n");
	for (size_t i = 0; i < N_COMMANDS; i++)
		fprintf(out, "  %-8s %s\n", commands[i]->name, commands[i]->summary);
	fprintf(out,
		"\n"
		"\"carom COMMAND --help\" tells more. \"carom --version\" prints the version.\n"
		"\n"
		"Exit status: 0 done; 1 a spec failed where --check asks; 2 usage; 3 bad input;\n"
		"4 the simulator failed; 130 interrupted (everything finished is kept).\n");
	return out == stdout ? EXIT_DONE : EXIT_USAGE;
}

/* The program's name is "carom mc" from here on, so that getopt's messages begin with it. */
static int run(const struct command *command, int argc, char **argv)
{
	char name[32];

	snprintf(name, sizeof(name), "carom %s", command->name);
	argv[0] = name;
	return command->run(argc, argv);
}

int main(int argc, char **argv)
{
	if (argc < 2)
		return print_help(stderr);
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
	    strcmp(argv[1], "help") == 0)
		return print_help(stdout);
	if (strcmp(argv[1], "--version") == 0) {
		printf("carom %s\n", carom_version());
		return EXIT_DONE;
	}
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (strcmp(argv[1], commands[i]->name) == 0)
			return run(commands[i], argc - 1, argv + 1);
	fprintf(stderr, "carom: there is no command \"%s\"\n\n", argv[1]);
	return print_help(stderr);
}
