/* SPDX-License-Identifier: BSD-3-Clause */
/* The options of carom mc. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mc.h"

static const char help[] =
	"usage: carom mc [OPTION]... DECK\n"
	"\n"
	"Runs the study that the deck's \"*carom\" statements describe on pinned worker processes\n"
	"and prints statistics and yield. Every finished sample is in the store at once; Ctrl-C\n"
	"keeps what is done.\n"
	"\n"
	"What to do (each adds to the deck's statements, or replaces one of the same name)\n"
	"      --vary TEXT        e.g. \"r1 r2 gauss 1%\", \"q1:bf uniform 20%\",\n"
	"                         \"m*:delvto gauss 5m each\"\n"
	"      --correlate TEXT   e.g. \"r1 r2 0.5\", \"r* 0.3\"\n"
	"      --step TEXT        e.g. \"r1 lin 1k 10k 10\", \"temp list -40 27 125\"\n"
	"      --corner TEXT      e.g. \"slow: temp=125 vdd=1.08\", \"ss: lib=ss vdd=-10%\";\n"
	"                         \"never\" drops those said before, of steps too\n"
	"      --measure TEXT     e.g. \"gain ac max(db(v(out)))\"\n"
	"      --list-reducers    print what can be measured: max, cross, rise_time, ...\n"
	"      --spec TEXT        e.g. \"gain 38 42\"; \"-\" for no limit\n"
	"      --keep TEXT        store waveforms of each sample: \"v(out) i(v1)\"\n"
	"      --importance TEXT  how probable rare failures of a spec are (high sigma), by\n"
	"                         importance sampling: \"gain lower\", \"offset upper\";\n"
	"                         \"never\"\n"
	"  -n, --samples N        number of samples, in each corner and step\n"
	"      --seed N           another seed, other samples\n"
	"      --until TEXT       end early: \"yield +-1%\", \"mean gain +-0.1%\", \"spec\"\n"
	"                         (proven to reach the target, or not to); with importance\n"
	"                         \"error 10%\" of the probability (its default); \"never\"\n"
	"      --target P         yield that \"spec\" is about (default: 99%)\n"
	"      --confidence P     of what is decided and told (default: 95%)\n"
	"      --sampler NAME     plain, lhs or sobol: how the random numbers are chosen\n"
	"\n"
	"How to do it\n"
	"  -j, --workers N        worker processes (default: one for each physical core)\n"
	"      --smt              count hardware threads as cores\n"
	"      --bind WHAT        bind each worker to a pu (hardware thread; the default), core,\n"
	"                         numa (node) or none; \"carom topo\" shows the plan\n"
	"      --cores LIST       keep to these hardware threads: 0-3,8\n"
	"      --no-pin           the same as --bind none\n"
	"      --route NAME       auto, alter, reset, fork or reload: how values are set\n"
	"      --time-limit S     for one sample, in seconds (default: 600)\n"
	"      --library FILE     libngspice to load (default: $CAROM_NGSPICE, then the system's)\n"
	"      --trusted          accept cards that run commands (.control)\n"
	"      --root DIR         read only files that lie below DIR; may be repeated\n"
	"      --no-lint          go on in spite of what carom lint would find\n"
	"      --all              send ngspice what the circuit does not reach, too\n"
	"\n"
	"One sample\n"
	"      --replay K         run sample K, or \"nominal\", alone: its values, measurements,\n"
	"                         what ngspice says, and its vectors as carom run shows them;\n"
	"                         no store is written\n"
	"      --deck FILE        with --replay: write its deck, with the values as numbers, for\n"
	"                         any ngspice; \"-\" is standard output, and nothing is run\n"
	"\n"
	"What to get\n"
	"  -o, --output DIR       store to write (default: the deck's name with .zarr, here)\n"
	"      --overwrite        replace an existing store\n"
	"      --resume           complete an existing store of this very study; without one,\n"
	"                         begin it\n"
	"      --retry-failed     with --resume: simulate what failed again\n"
	"      --csv FILE         write the samples as CSV; \"-\" is standard output\n"
	"      --histogram        bars of each measurement (default on a terminal)\n"
	"      --no-histogram     none\n"
	"      --json             print the summary as JSON\n"
	"      --report[=FILE]    write a page with charts (default: the store's name with .html)\n"
	"      --check            exit status 1 if a sample fails a spec; with importance, unless\n"
	"                         the target is proven\n"
	"  -q, --quiet            no progress, no summary, no warnings\n"
	"  -v, --verbose          tell how much of the deck was sent (on standard error)\n"
	"  -h, --help             this text\n"
	"\n"
	"Example: carom mc amp.cir -n 5000 --spec \"gain 38 42\" --csv samples.csv\n"
	"         carom mc amp.cir --spec \"gain 38 42\" --importance \"gain lower\"\n";

static bool add_statement(struct mc_options *options, const char *keyword, const char *text)
{
	size_t n = options->n_statements;
	char **grown = realloc(options->statements, (n + 1) * sizeof(*grown));

	if (!grown)
		return false;
	options->statements = grown;
	grown[n] = malloc(strlen(keyword) + strlen(text) + 2);
	if (!grown[n])
		return false;
	sprintf(grown[n], "%s %s", keyword, text);
	options->n_statements++;
	return true;
}

void mc_options_release(struct mc_options *options)
{
	for (size_t i = 0; i < options->n_statements; i++)
		free(options->statements[i]);
	free(options->statements);
}

static bool parse_route(const char *name, enum carom_route *route)
{
	for (int i = CAROM_ROUTE_AUTO; i <= CAROM_ROUTE_RELOAD; i++)
		if (strcmp(name, carom_route_name((enum carom_route)i)) == 0) {
			*route = (enum carom_route)i;
			return true;
		}
	command_usage("mc", "--route %s: auto, alter, reset, fork or reload", name);
	return false;
}

enum {
	OPTION_VARY = 256,
	OPTION_CORRELATE,
	OPTION_STEP,
	OPTION_CORNER,
	OPTION_MEASURE,
	OPTION_LIST_REDUCERS,
	OPTION_SPEC,
	OPTION_KEEP,
	OPTION_IMPORTANCE,
	OPTION_SEED,
	OPTION_UNTIL,
	OPTION_TARGET,
	OPTION_CONFIDENCE,
	OPTION_SAMPLER,
	OPTION_NO_PIN,
	OPTION_SMT,
	OPTION_BIND,
	OPTION_CORES,
	OPTION_ROUTE,
	OPTION_TIME_LIMIT,
	OPTION_LIBRARY,
	OPTION_TRUSTED,
	OPTION_ROOT,
	OPTION_NO_LINT,
	OPTION_ALL,
	OPTION_OVERWRITE,
	OPTION_RESUME,
	OPTION_RETRY_FAILED,
	OPTION_REPLAY,
	OPTION_DECK,
	OPTION_CSV,
	OPTION_JSON,
	OPTION_HISTOGRAM,
	OPTION_NO_HISTOGRAM,
	OPTION_CHECK,
	OPTION_REPORT
};

static const struct option option_list[] = {
	{"vary", required_argument, NULL, OPTION_VARY},
	{"correlate", required_argument, NULL, OPTION_CORRELATE},
	{"step", required_argument, NULL, OPTION_STEP},
	{"corner", required_argument, NULL, OPTION_CORNER},
	{"measure", required_argument, NULL, OPTION_MEASURE},
	{"list-reducers", no_argument, NULL, OPTION_LIST_REDUCERS},
	{"spec", required_argument, NULL, OPTION_SPEC},
	{"keep", required_argument, NULL, OPTION_KEEP},
	{"importance", required_argument, NULL, OPTION_IMPORTANCE},
	{"samples", required_argument, NULL, 'n'},
	{"seed", required_argument, NULL, OPTION_SEED},
	{"until", required_argument, NULL, OPTION_UNTIL},
	{"target", required_argument, NULL, OPTION_TARGET},
	{"confidence", required_argument, NULL, OPTION_CONFIDENCE},
	{"sampler", required_argument, NULL, OPTION_SAMPLER},
	{"workers", required_argument, NULL, 'j'},
	{"no-pin", no_argument, NULL, OPTION_NO_PIN},
	{"smt", no_argument, NULL, OPTION_SMT},
	{"bind", required_argument, NULL, OPTION_BIND},
	{"cores", required_argument, NULL, OPTION_CORES},
	{"route", required_argument, NULL, OPTION_ROUTE},
	{"time-limit", required_argument, NULL, OPTION_TIME_LIMIT},
	{"library", required_argument, NULL, OPTION_LIBRARY},
	{"trusted", no_argument, NULL, OPTION_TRUSTED},
	{"root", required_argument, NULL, OPTION_ROOT},
	{"no-lint", no_argument, NULL, OPTION_NO_LINT},
	{"all", no_argument, NULL, OPTION_ALL},
	{"output", required_argument, NULL, 'o'},
	{"overwrite", no_argument, NULL, OPTION_OVERWRITE},
	{"resume", no_argument, NULL, OPTION_RESUME},
	{"retry-failed", no_argument, NULL, OPTION_RETRY_FAILED},
	{"replay", required_argument, NULL, OPTION_REPLAY},
	{"deck", required_argument, NULL, OPTION_DECK},
	{"csv", required_argument, NULL, OPTION_CSV},
	{"json", no_argument, NULL, OPTION_JSON},
	{"histogram", no_argument, NULL, OPTION_HISTOGRAM},
	{"no-histogram", no_argument, NULL, OPTION_NO_HISTOGRAM},
	{"check", no_argument, NULL, OPTION_CHECK},
	{"report", optional_argument, NULL, OPTION_REPORT},
	{"quiet", no_argument, NULL, 'q'},
	{"verbose", no_argument, NULL, 'v'},
	{"help", no_argument, NULL, 'h'},
	{NULL, 0, NULL, 0}};

/* Those that become statements; false if option is none of them. */
static bool take_statement(struct mc_options *options, int option, bool *is_ok)
{
	static const struct {
		int option;
		const char *keyword;
	} keywords[] = {{OPTION_VARY, "vary"},
			{OPTION_CORRELATE, "correlate"},
			{OPTION_STEP, "step"},
			{OPTION_CORNER, "corner"},
			{OPTION_MEASURE, "measure"},
			{OPTION_SPEC, "spec"},
			{OPTION_KEEP, "keep"},
			{OPTION_IMPORTANCE, "importance"},
			{'n', "samples"},
			{OPTION_SEED, "seed"},
			{OPTION_UNTIL, "until"},
			{OPTION_TARGET, "target"},
			{OPTION_CONFIDENCE, "confidence"},
			{OPTION_SAMPLER, "sampler"},
			{OPTION_TIME_LIMIT, "time-limit"}};

	for (size_t i = 0; i < sizeof(keywords) / sizeof(keywords[0]); i++)
		if (keywords[i].option == option) {
			*is_ok = add_statement(options, keywords[i].keyword, optarg);
			return true;
		}
	return false;
}

/* Those without an argument; NULL if option is none of them. */
static bool *find_flag(struct mc_options *options, int option)
{
	const struct {
		int option;
		bool *flag;
	} flags[] = {
		{OPTION_NO_PIN, &options->study.no_pin},
		{OPTION_SMT, &options->study.use_smt},
		{OPTION_OVERWRITE, &options->study.overwrite},
		{OPTION_RESUME, &options->study.resume},
		{OPTION_RETRY_FAILED, &options->study.retry_failed},
		{OPTION_TRUSTED, &options->is_trusted},
		{OPTION_NO_LINT, &options->skips_lint},
		{OPTION_ALL, &options->study.sends_all},
		{OPTION_JSON, &options->is_json},
		{OPTION_HISTOGRAM, &options->has_histograms},
		{OPTION_NO_HISTOGRAM, &options->has_no_histograms},
		{OPTION_CHECK, &options->is_checking},
		{'q', &options->is_quiet},
		{'v', &options->is_verbose},
	};

	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (flags[i].option == option)
			return flags[i].flag;
	return NULL;
}

static bool parse_replay(const char *text, struct mc_options *options)
{
	double number;

	options->is_replay = true;
	options->replay = CAROM_SAMPLE_NOMINAL;
	if (strcmp(text, "nominal") == 0)
		return true;
	if (!command_number("mc", "--replay", text, 0, 1e15, &number))
		return false;
	options->replay = (uint64_t)number;
	return true;
}

/* Those with one. */
static bool take_argument(struct mc_options *options, int option)
{
	double number;
	bool is_ok;

	switch (option) {
	case 'j':
		is_ok = command_number("mc", "-j", optarg, 1, 1024, &number);
		options->study.n_workers = is_ok ? (unsigned)number : 0;
		return is_ok;
	case OPTION_ROUTE:
		return parse_route(optarg, &options->study.route);
	case OPTION_BIND:
		return command_bind("mc", optarg, &options->study.bind);
	case OPTION_CORES:
		options->study.cores = optarg;
		return true;
	case OPTION_REPLAY:
		return parse_replay(optarg, options);
	case OPTION_DECK:
		options->sample_deck = optarg;
		return true;
	case OPTION_LIBRARY:
		options->study.library = optarg;
		return true;
	case 'o':
		options->store = optarg;
		return true;
	case OPTION_ROOT:
		return command_add_root("mc", &options->roots, optarg);
	case OPTION_CSV:
		options->csv = optarg;
		return true;
	case OPTION_REPORT:
		options->has_report = true;
		options->report = optarg;
		return true;
	default:
		command_bad_option("mc");
		return false;
	}
}

static bool take_option(struct mc_options *options, int option)
{
	bool *flag = find_flag(options, option), is_ok = true;

	if (flag) {
		*flag = true;
		return true;
	}
	return take_statement(options, option, &is_ok) ? is_ok : take_argument(options, option);
}

/* Options that do not go together; -1 if all do. */
static int check_options(const struct mc_options *options)
{
	if (options->is_json && options->csv && strcmp(options->csv, "-") == 0)
		return command_usage("mc", "--json and --csv - both want standard output");
	if (options->study.resume && options->study.overwrite)
		return command_usage("mc", "--resume keeps the store that --overwrite replaces");
	if (options->study.retry_failed && !options->study.resume)
		return command_usage("mc", "--retry-failed: only with --resume");
	if (options->sample_deck && !options->is_replay)
		return command_usage("mc", "--deck: only with --replay");
	return -1;
}

/* Arguments, what it gives, an example: a line for each reducer, with tabs between. */
static int list_reducers(void)
{
	struct carom_error err = CAROM_ERROR_INIT;

	for (size_t i = 0; i < carom_reducer_count(); i++) {
		struct carom_reducer reducer;

		if (carom_reducer(i, &reducer, &err))
			return command_fail(&err);
		printf("%s\t%s\t%s\n", reducer.usage, reducer.help, reducer.example);
	}
	return EXIT_DONE;
}

int mc_options_parse(int argc, char **argv, struct mc_options *options)
{
	int option, status;

	while ((option = getopt_long(argc, argv, "n:j:o:qvh", option_list, NULL)) != -1) {
		if (option == 'h') {
			fputs(help, stdout);
			return EXIT_DONE;
		}
		if (option == OPTION_LIST_REDUCERS)
			return list_reducers();
		if (!take_option(options, option))
			return EXIT_USAGE;
	}
	status = check_options(options);
	if (status >= 0)
		return status;
	options->deck = command_argument("mc", "deck", argc, argv);
	return options->deck ? -1 : EXIT_USAGE;
}
