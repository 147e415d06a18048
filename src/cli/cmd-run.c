/* SPDX-License-Identifier: BSD-3-Clause */
/* carom run: simulate a deck; its vectors as a table, CSV or JSON. */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"

static const char help[] =
	"usage: carom run [OPTION]... DECK\n"
	"\n"
	"Simulates the deck in memory and prints a table for each analysis: the values of an\n"
	"operating point; smallest, largest and last value of each vector of a sweep.\n"
	"\n"
	"  -o, --csv FILE      write the vectors as CSV; with several analyses each goes to a\n"
	"                      file of its own, FILE-<plot>.csv; \"-\" is standard output\n"
	"      --json          print the table as JSON\n"
	"  -q, --quiet         no table, no warnings\n"
	"  -v, --verbose       show what ngspice says (on standard error)\n"
	"      --library FILE  libngspice to load (default: $CAROM_NGSPICE, then the system's)\n"
	"      --trusted       accept cards that run commands (.control)\n"
	"      --no-lint       go on in spite of what carom lint would find\n"
	"      --all           send ngspice what the circuit does not reach, too\n"
	"  -h, --help          this text\n"
	"\n"
	"Example: carom run rc.cir --csv rc.csv\n";

struct run_options {
	const char *deck, *csv, *library;
	bool is_json, is_quiet, is_verbose, is_trusted, sends_all, skips_lint;
};

static void log_line(void *arg, enum carom_log_level level, const char *line)
{
	(void)arg;
	(void)level;
	fprintf(stderr, "ngspice: %s\n", line);
}

/* ---- the table ---- */

struct range {
	double min, max, last;
};

/* Of the magnitudes where the vector is complex. */
static struct range range_of(const struct carom_vector *vector)
{
	const double *real = carom_vector_real(vector), *pairs = carom_vector_complex(vector);
	struct range range = {INFINITY, -INFINITY, NAN};

	for (size_t i = 0; i < carom_vector_length(vector); i++) {
		range.last = real ? real[i] : hypot(pairs[2 * i], pairs[2 * i + 1]);
		range.min = fmin(range.min, range.last);
		range.max = fmax(range.max, range.last);
	}
	return range;
}

static void print_point(const struct carom_plot *plot)
{
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);

		printf("  %-20s %16.9g %s\n", carom_vector_name(vector), range_of(vector).last,
		       carom_vector_unit(vector));
	}
}

static void print_sweep(const struct carom_plot *plot)
{
	printf("  %-20s %-5s %16s %16s %16s\n", "vector", "unit", "min", "max", "last");
	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);
		struct range range = range_of(vector);
		bool is_magnitude = carom_vector_is_complex(vector);

		printf("  %-20s %-5s %16.9g %16.9g %16.9g%s\n", carom_vector_name(vector),
		       carom_vector_unit(vector), range.min, range.max, range.last,
		       is_magnitude ? "  (magnitude)" : "");
	}
}

static void print_table(const struct carom_plot *plot)
{
	size_t n = carom_plot_point_count(plot);

	printf("%s: %zu point%s\n", carom_plot_name(plot), n, n == 1 ? "" : "s");
	if (n == 1)
		print_point(plot);
	else
		print_sweep(plot);
}

/* JSON has no NaN: it becomes null. */
static json_t *number(double value)
{
	return isfinite(value) ? json_real(value) : json_null();
}

static json_t *plot_to_json(const struct carom_plot *plot)
{
	json_t *vectors = json_array();

	for (size_t i = 0; i < carom_plot_vector_count(plot); i++) {
		const struct carom_vector *vector = carom_plot_vector(plot, i);
		struct range range = range_of(vector);

		json_array_append_new(vectors,
				      json_pack("{s:s, s:s, s:b, s:o, s:o, s:o}", "name",
						carom_vector_name(vector), "unit",
						carom_vector_unit(vector), "complex",
						carom_vector_is_complex(vector), "min",
						number(range.min), "max", number(range.max), "last",
						number(range.last)));
	}
	return json_pack("{s:s, s:I, s:o}", "plot", carom_plot_name(plot), "points",
			 (json_int_t)carom_plot_point_count(plot), "vectors", vectors);
}

static json_t *share_to_json(const struct carom_share *share)
{
	return json_pack("{s:I, s:I}", "sent", (json_int_t)share->sent, "all",
			 (json_int_t)share->all);
}

static json_t *reach_to_json(const struct carom_reach *reach)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "cards", share_to_json(&reach->cards),
			 "subcircuits", share_to_json(&reach->subcircuits), "models",
			 share_to_json(&reach->models), "params", share_to_json(&reach->params),
			 "functions", share_to_json(&reach->functions));
}

static void print_json(const struct carom_result *result, const struct carom_reach *reach)
{
	json_t *plots = json_array();
	json_t *all;

	for (size_t i = 0; i < carom_result_plot_count(result); i++)
		json_array_append_new(plots, plot_to_json(carom_result_plot(result, i)));
	all = json_pack("{s:o, s:o}", "plots", plots, "deck", reach_to_json(reach));
	json_dumpf(all, stdout, JSON_INDENT(2) | JSON_REAL_PRECISION(15));
	printf("\n");
	json_decref(all);
}

/* ---- what was sent ---- */

static void print_reach(const struct carom_reach *reach)
{
	const struct {
		const struct carom_share *share;
		const char *what;
	} shares[] = {{&reach->subcircuits, "subcircuits"},
		      {&reach->models, "models"},
		      {&reach->params, "parameters"},
		      {&reach->functions, "functions"}};

	fprintf(stderr, "carom: %zu of %zu cards sent", reach->cards.sent, reach->cards.all);
	for (size_t i = 0; i < sizeof(shares) / sizeof(shares[0]); i++)
		if (shares[i].share->sent < shares[i].share->all)
			fprintf(stderr, ", %zu of %zu %s", shares[i].share->sent,
				shares[i].share->all, shares[i].what);
	fprintf(stderr, "\n");
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
		print_reach(reach);
	return status;
}

/* ---- CSV ---- */

/* "out.csv", "tran1" -> "out-tran1.csv". The caller frees it; NULL without memory. */
static char *csv_name(const char *path, const char *plot)
{
	size_t length = strlen(path);
	char *name = malloc(length + strlen(plot) + sizeof("-.csv"));

	if (length > 4 && strcmp(path + length - 4, ".csv") == 0)
		length -= 4;
	if (name)
		sprintf(name, "%.*s-%s.csv", (int)length, path, plot);
	return name;
}

static int write_csv(const struct carom_result *result, const char *path)
{
	struct carom_error err = CAROM_ERROR_INIT;
	size_t n = carom_result_plot_count(result);

	for (size_t i = 0; i < n && err.status == 0; i++) {
		const struct carom_plot *plot = carom_result_plot(result, i);
		bool is_shared = n == 1 || strcmp(path, "-") == 0;
		char *name = is_shared ? strdup(path) : csv_name(path, carom_plot_name(plot));

		if (!name) {
			fprintf(stderr, "carom: out of memory\n");
			return EXIT_SIMULATOR;
		}
		carom_plot_write_csv(plot, name, &err);
		free(name);
	}
	return err.status ? command_fail(&err) : EXIT_DONE;
}

/* ---- the run ---- */

static int show(const struct carom_result *result, const struct carom_reach *reach,
		const struct run_options *options)
{
	bool has_stdout = options->csv && strcmp(options->csv, "-") == 0;

	if (options->is_json)
		print_json(result, reach);
	else if (!options->is_quiet && !has_stdout)
		for (size_t i = 0; i < carom_result_plot_count(result); i++)
			print_table(carom_result_plot(result, i));
	return options->csv ? write_csv(result, options->csv) : EXIT_DONE;
}

static int simulate(const struct carom_circuit *circuit, const struct run_options *options)
{
	struct carom_session_options session_options = {.size = sizeof(session_options),
							.library = options->library,
							.log = options->is_verbose ? log_line
										   : NULL,
							.sends_all = options->sends_all};
	struct carom_error err = CAROM_ERROR_INIT;
	struct carom_session *session = NULL;
	struct carom_result *result = NULL;
	struct carom_reach reach = {.cards = {0, 0}};
	int status;

	if (find_reach(circuit, options, &reach, &err) ||
	    carom_session_open(&session, &session_options, &err) ||
	    carom_session_load(session, circuit, &err) || carom_session_run(session, &result, &err))
		status = command_fail(&err);
	else
		status = show(result, &reach, options);
	carom_result_free(result);
	carom_session_close(session);
	return status;
}

/* -1 to go on; else the exit status. */
static int parse(int argc, char **argv, struct run_options *options)
{
	static const struct option list[] = {{"csv", required_argument, NULL, 'o'},
					     {"json", no_argument, NULL, 'J'},
					     {"quiet", no_argument, NULL, 'q'},
					     {"verbose", no_argument, NULL, 'v'},
					     {"library", required_argument, NULL, 'L'},
					     {"trusted", no_argument, NULL, 'T'},
		{"no-lint", no_argument, NULL, 'N'},
					     {"all", no_argument, NULL, 'A'},
					     {"help", no_argument, NULL, 'h'},
					     {NULL, 0, NULL, 0}};
	int option;

	while ((option = getopt_long(argc, argv, "o:qvh", list, NULL)) != -1)
		switch (option) {
		case 'o':
			options->csv = optarg;
			break;
		case 'J':
			options->is_json = true;
			break;
		case 'q':
			options->is_quiet = true;
			break;
		case 'v':
			options->is_verbose = true;
			break;
		case 'L':
			options->library = optarg;
			break;
		case 'T':
			options->is_trusted = true;
			break;
		case 'N':
			options->skips_lint = true;
			break;
		case 'A':
			options->sends_all = true;
			break;
		case 'h':
			fputs(help, stdout);
			return EXIT_DONE;
		default:
			return command_bad_option("run");
		}
	if (options->is_json && options->csv && strcmp(options->csv, "-") == 0)
		return command_usage("run", "--json and --csv - both want standard output");
	options->deck = command_deck("run", argc, argv);
	return options->deck ? -1 : EXIT_USAGE;
}

static int run(int argc, char **argv)
{
	struct run_options options = {NULL};
	struct carom_circuit *circuit;
	int status = parse(argc, argv, &options);

	if (status >= 0)
		return status;
	circuit = command_import(options.deck,
				 &(struct command_import){.is_trusted = options.is_trusted,
							  .is_quiet = options.is_quiet,
							  .skips_lint = options.skips_lint},
				 &status);
	if (!circuit)
		return status;
	status = simulate(circuit, &options);
	carom_circuit_free(circuit);
	return status;
}

const struct command cmd_run = {"run", "simulate a deck", run};
