/* SPDX-License-Identifier: BSD-3-Clause */
/* carom lint: the checks before simulation. */
#include "command.h"

static const char help[] =
	"usage: carom lint DECK\n"
	"\n"
	"Checks a deck before simulation: undefined parameters, missing models and\n"
	"subcircuits, wrong numbers of nets, duplicate names, nets without a DC path to\n"
	"ground, loops of voltage sources. Each finding is a line \"file:line: text\".\n"
	"Exit status 3 if there is an error among them.\n"
	"\n"
	"  --trusted    accept cards that run commands (.control)\n"
	"  -h, --help   this text\n"
	"\n"
	"Example: carom lint amp.cir\n";

static int run(int argc, char **argv)
{
	static const struct option options[] = {{"trusted", no_argument, NULL, 't'},
						{"help", no_argument, NULL, 'h'},
						{NULL, 0, NULL, 0}};
	struct carom_circuit *circuit;
	bool is_trusted = false;
	const char *deck;
	int option, status;

	while ((option = getopt_long(argc, argv, "h", options, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (option != 't')
			return command_bad_option("lint");
		is_trusted = true;
	}
	deck = command_deck("lint", argc, argv);
	if (!deck)
		return EXIT_USAGE;
	circuit = command_import(deck, is_trusted, false, &status);
	carom_circuit_free(circuit);
	return status;
}

const struct command cmd_lint = {"lint", "check a deck before simulation", run};
