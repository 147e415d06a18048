/* SPDX-License-Identifier: BSD-3-Clause */
/* carom lint: the checks before simulation. */
#include <stdlib.h>

#include "command.h"
#include "findings.h"

static const char help[] =
	"usage: carom lint [OPTION]... DECK\n"
	"\n"
	"Checks a deck before simulation. Each finding is a line\n"
	"\"file:line: severity: text [identifier]\". An error: ngspice would not run the\n"
	"deck, or would die of it. A warning: it runs, but likely not as it was meant.\n"
	"Exit status 3 if there is an error.\n"
	"\n"
	"  --severity LEVEL  show findings from this level on: note, warning or error\n"
	"                    (default: note)\n"
	"  --ignore ID       neither show nor count findings of this identifier; may be\n"
	"                    given several times\n"
	"  --list            print all identifiers with their severities, and exit\n"
	"  --json            print an array of objects\n"
	"  --trusted         accept cards that run commands (.control)\n"
	"  --root DIR        read only files that lie below DIR; may be repeated\n"
	"  -h, --help        this text\n"
	"\n"
	"Example: carom lint --ignore dangling-net amp.cir\n";

struct lint_options {
	const char *deck;
	struct findings_filter filter;
	const char **ignored; /* argc of them at most */
	struct command_roots roots;
	bool is_json, is_trusted;
};

static int list_ids(void)
{
	static const char *const words[] = {"note", "warning", "error"};
	enum carom_severity severity;
	const char *id;

	for (size_t i = 0; (id = carom_lint_id(i, &severity)) != NULL; i++)
		printf("%-24s %s\n", id, words[severity]);
	return EXIT_DONE;
}

static int ignore(struct lint_options *options, const char *id)
{
	if (!findings_know(id))
		return command_usage("lint", "--ignore %s: no such finding; see carom lint --list",
				     id);
	options->ignored[options->filter.n_ignored++] = id;
	return -1;
}

static int take_option(struct lint_options *options, int option)
{
	switch (option) {
	case 's':
		if (findings_read_severity(optarg, &options->filter.least))
			return -1;
		return command_usage("lint", "--severity %s: not note, warning or error", optarg);
	case 'i':
		return ignore(options, optarg);
	case 'l':
		return list_ids();
	case 'J':
		options->is_json = true;
		return -1;
	case 'R':
		return command_add_root("lint", &options->roots, optarg) ? -1 : EXIT_USAGE;
	case 't':
		options->is_trusted = true;
		return -1;
	case 'h':
		fputs(help, stdout);
		return EXIT_DONE;
	default:
		return command_bad_option("lint");
	}
}

/* -1 to go on; else the exit status. */
static int parse(int argc, char **argv, struct lint_options *options)
{
	static const struct option list[] = {{"severity", required_argument, NULL, 's'},
					     {"ignore", required_argument, NULL, 'i'},
					     {"list", no_argument, NULL, 'l'},
					     {"json", no_argument, NULL, 'J'},
					     {"trusted", no_argument, NULL, 't'},
					     {"root", required_argument, NULL, 'R'},
					     {"help", no_argument, NULL, 'h'},
					     {NULL, 0, NULL, 0}};
	int option;

	while ((option = getopt_long(argc, argv, "h", list, NULL)) != -1) {
		int status = take_option(options, option);

		if (status >= 0)
			return status;
	}
	options->deck = command_argument("lint", "deck", argc, argv);
	return options->deck ? -1 : EXIT_USAGE;
}

static size_t show(const struct carom_circuit *circuit, const struct carom_findings *findings,
		   const struct lint_options *options, json_t *array)
{
	const struct carom_findings *notes = carom_circuit_notes(circuit);

	if (options->is_json)
		return findings_append_json(array, notes, &options->filter) +
		       findings_append_json(array, findings, &options->filter);
	return findings_print(stdout, notes, &options->filter) +
	       findings_print(stdout, findings, &options->filter);
}

static int check(const struct lint_options *options, json_t *array)
{
	struct carom_import_options import = {.size = sizeof(import),
					      .is_trusted = options->is_trusted,
					      .roots = options->roots.folders,
					      .n_roots = options->roots.n};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_findings *findings = NULL;
	struct carom_circuit *circuit;
	size_t n_errors = 0;

	carom_circuit_import_file(&circuit, options->deck, &import, &err);
	if (circuit)
		carom_circuit_lint(circuit, &findings, &err);
	if (findings)
		n_errors = show(circuit, findings, options, array);
	else if (options->is_json)
		findings_append_error(array, &err);
	carom_findings_free(findings);
	carom_circuit_free(circuit);
	if (err.status)
		return command_fail(&err);
	return n_errors ? EXIT_BAD_INPUT : EXIT_DONE;
}

static int run(int argc, char **argv)
{
	struct lint_options options = {0};
	json_t *array = json_array();
	int status;

	options.ignored = calloc((size_t)argc, sizeof(*options.ignored));
	options.filter.ignored = options.ignored;
	if (!options.ignored || !array) {
		fprintf(stderr, "carom: out of memory\n");
		status = EXIT_SIMULATOR;
	} else {
		status = parse(argc, argv, &options);
		if (status < 0) {
			status = check(&options, array);
			if (options.is_json) {
				json_dumpf(array, stdout, JSON_INDENT(2));
				printf("\n");
			}
		}
	}
	json_decref(array);
	free(options.ignored);
	return status;
}

const struct command cmd_lint = {"lint", "check a deck before simulation", run};
