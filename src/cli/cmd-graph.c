/* SPDX-License-Identifier: BSD-3-Clause */
/* carom graph: sizes and connections of a deck, and its picture. */
#include <string.h>

#include "command.h"
#include "graph.h"

static const char help[] =
	"usage: carom graph [OPTION]... DECK\n"
	"\n"
	"Prints how large the deck is, as written and as if flattened, its connected\n"
	"components, the degrees of its nets and those that most elements meet at. Nothing is\n"
	"simulated, and the deck may have errors that carom lint would find.\n"
	"\n"
	"  --net NAME        instead: the net's pins, and the nets one element away\n"
	"  --element NAME    instead: the element's nets and the elements that share one;\n"
	"                    NAME may lead into subcircuits (x1.x2.r3)\n"
	"  --path A B        instead: a shortest path from net A to net B\n"
	"  --order           instead: all elements, breadth-first from ground\n"
	"  --dot             instead: the circuit in the language of Graphviz\n"
	"  --flat            look at the deck without subcircuits; names are libngspice's\n"
	"                    (r.x1.r3, net x1.n)\n"
	"  --signals         look neither through ground nor through supplies (nets that a\n"
	"                    voltage source ties to ground); default: not through ground\n"
	"  --all             look through all nets\n"
	"  --json            print as JSON\n"
	"  --trusted         accept cards that run commands (.control)\n"
	"  --root DIR        read only files that lie below DIR; may be repeated\n"
	"  -h, --help        this text\n"
	"\n"
	"Examples: carom graph amp.cir --path in out\n"
	"          carom graph amp.cir --dot | dot -Tsvg > amp.svg\n";

struct graph_options {
	const char *deck;
	const char *net, *element, *from, *to;
	enum carom_through through;
	bool is_flat, is_order, is_dot, is_json, is_trusted;
	struct command_roots roots;
};

static json_t *answer_of(const struct carom_circuit *circuit, const struct graph_options *options,
			 struct carom_error *err)
{
	if (options->net)
		return graph_net(circuit, options->net, options->through, err);
	if (options->element)
		return graph_element(circuit, options->element, options->through, err);
	if (options->from)
		return graph_path(circuit, options->from, options->to, options->through, err);
	return options->is_order ? graph_order(circuit, err) : graph_summary(circuit, err);
}

static int print_answer(const struct carom_circuit *circuit, const struct graph_options *options,
			struct carom_error *err)
{
	json_t *answer = answer_of(circuit, options, err);

	if (!answer)
		return command_fail(err);
	if (options->is_json) {
		json_dumpf(answer, stdout, JSON_INDENT(2));
		printf("\n");
	} else {
		graph_print(answer);
	}
	json_decref(answer);
	return EXIT_DONE;
}

/* The deck's circuit, or what it is flattened; NULL with *err set on failure. */
static struct carom_circuit *read_deck(const struct graph_options *options, struct carom_error *err)
{
	const struct carom_import_options import_options = {.size = sizeof(import_options),
							    .is_trusted = options->is_trusted,
							    .roots = options->roots.folders,
							    .n_roots = options->roots.n};
	struct carom_circuit *circuit, *flat;

	if (carom_circuit_import_file(&circuit, options->deck, &import_options, err) ||
	    !options->is_flat)
		return circuit;
	carom_circuit_flatten(circuit, &flat, err);
	carom_circuit_free(circuit);
	return flat;
}

static int show(const struct graph_options *options)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_circuit *circuit = read_deck(options, &err);
	int status = EXIT_DONE;

	if (!circuit)
		return command_fail(&err);
	if (!options->is_dot)
		status = print_answer(circuit, options, &err);
	else if (graph_draw(circuit, &err))
		status = command_fail(&err);
	carom_circuit_free(circuit);
	return status;
}

/* -1 to go on; else the exit status. */
static int take_option(struct graph_options *options, int option, int argc, char **argv)
{
	switch (option) {
	case 'h':
		fputs(help, stdout);
		return EXIT_DONE;
	case 'n':
		options->net = optarg;
		break;
	case 'e':
		options->element = optarg;
		break;
	case 'p':
		options->from = optarg;
		if (optind == argc)
			return command_usage("graph", "--path takes two nets");
		options->to = argv[optind++];
		break;
	case 'o':
		options->is_order = true;
		break;
	case 'd':
		options->is_dot = true;
		break;
	case 'f':
		options->is_flat = true;
		break;
	case 's':
		options->through = CAROM_THROUGH_SIGNALS;
		break;
	case 'a':
		options->through = CAROM_THROUGH_ALL;
		break;
	case 'j':
		options->is_json = true;
		break;
	case 't':
		options->is_trusted = true;
		break;
	case 'r':
		return command_add_root("graph", &options->roots, optarg) ? -1 : EXIT_USAGE;
	default:
		return command_bad_option("graph");
	}
	return -1;
}

static int check_options(const struct graph_options *options)
{
	int n_questions = !!options->net + !!options->element + !!options->from +
			  options->is_order + options->is_dot;

	if (n_questions > 1)
		return command_usage("graph", "one question at a time");
	if (options->is_dot && options->is_json)
		return command_usage("graph", "--dot is not JSON");
	return EXIT_DONE;
}

static int run(int argc, char **argv)
{
	static const struct option long_options[] = {{"net", required_argument, NULL, 'n'},
						     {"element", required_argument, NULL, 'e'},
						     {"path", required_argument, NULL, 'p'},
						     {"order", no_argument, NULL, 'o'},
						     {"dot", no_argument, NULL, 'd'},
						     {"flat", no_argument, NULL, 'f'},
						     {"signals", no_argument, NULL, 's'},
						     {"all", no_argument, NULL, 'a'},
						     {"json", no_argument, NULL, 'j'},
						     {"trusted", no_argument, NULL, 't'},
						     {"root", required_argument, NULL, 'r'},
						     {"help", no_argument, NULL, 'h'},
						     {NULL, 0, NULL, 0}};
	struct graph_options options = {.through = CAROM_THROUGH_NETS};
	int option, status;

	while ((option = getopt_long(argc, argv, "h", long_options, NULL)) != -1) {
		status = take_option(&options, option, argc, argv);
		if (status >= 0)
			return status;
	}
	status = check_options(&options);
	if (status != EXIT_DONE)
		return status;
	options.deck = command_argument("graph", "deck", argc, argv);
	return options.deck ? show(&options) : EXIT_USAGE;
}

const struct command cmd_graph = {"graph", "connections of a deck: sizes, paths, picture", run};
