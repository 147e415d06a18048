/* SPDX-License-Identifier: BSD-3-Clause */
/* Options of a benchmark program, and the turns its paths take. */
#include "bench.h"

#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/mem.h"
#include "output.h"

#define MAX_N 1000000u
#define MAX_GROWTH 16u /* of n from one trial to the next */

double bench_now_s(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* ---- life ---- */

static const char options_help[] =
	"  -q, --quick        few and short repetitions: to see that it works\n"
	"  -f, --filter TEXT  only cases whose name contains the text\n"
	"  -p, --path NAME    only paths of this name\n"
	"  -o, --json FILE    write all figures as JSON\n"
	"  -h, --help         this text\n";

static void read_options(struct bench *bench, int argc, char **argv, const char *about)
{
	static const struct option list[] = {
		{"quick", no_argument, NULL, 'q'},      {"filter", required_argument, NULL, 'f'},
		{"path", required_argument, NULL, 'p'}, {"json", required_argument, NULL, 'o'},
		{"help", no_argument, NULL, 'h'},       {NULL, 0, NULL, 0}};
	int option;

	while ((option = getopt_long(argc, argv, "qf:p:o:h", list, NULL)) >= 0) {
		if (option == 'q')
			bench->is_quick = true;
		else if (option == 'f')
			bench->filter = optarg;
		else if (option == 'p')
			bench->path = optarg;
		else if (option == 'o')
			bench->json = optarg;
		else if (option == 'h') {
			printf("usage: %s [OPTION]...\n\n%s\n%s", argv[0], about, options_help);
			exit(0);
		} else
			exit(2);
	}
	if (optind < argc) {
		fprintf(stderr, "%s: unexpected \"%s\"; see --help\n", argv[0], argv[optind]);
		exit(2);
	}
}

int bench_open(struct bench *bench, int argc, char **argv, const char *about,
	       struct carom_error *err)
{
	const char *slash = strrchr(argv[0], '/');

	*bench = (struct bench){.program = slash ? slash + 1 : argv[0]};
	read_options(bench, argc, argv, about);
	bench->n_rounds = bench->is_quick ? 4 : 24;
	bench->batch_s = bench->is_quick ? 0.02 : 0.1;
	bench->cases = json_array();
	environment_look(&bench->start);
	return bench->cases ? 0 : carom_fail_memory(err);
}

bool bench_wants(const struct bench *bench, const char *case_name)
{
	return !bench->filter || strstr(case_name, bench->filter);
}

static int write_json(const struct bench *bench, struct carom_error *err)
{
	json_t *root =
		json_pack("{s:s, s:i, s:s, s:b, s:o, s:O}", "format", "carom-bench", "version", 1,
			  "program", bench->program, "quick", bench->is_quick, "environment",
			  environment_json(&bench->start), "cases", bench->cases);
	int status = 0;

	if (!root)
		status = carom_fail_memory(err);
	else if (json_dump_file(root, bench->json, JSON_INDENT(1) | JSON_REAL_PRECISION(8)))
		status = carom_fail_errno(err, "%s", bench->json);
	json_decref(root);
	return status;
}

int bench_close(struct bench *bench, int status, struct carom_error *err)
{
	char text[1024];

	if (!status && json_array_size(bench->cases) == 0)
		status =
			carom_fail(err, CAROM_ERROR_NOT_FOUND, "--filter and --path leave nothing");
	if (!status && bench->json)
		status = write_json(bench, err);
	json_decref(bench->cases);
	if (status)
		fprintf(stderr, "%s: %s\n", bench->program,
			carom_error_format(err, text, sizeof(text)));
	return status ? 1 : 0;
}

/* ---- one case ---- */

static int run_path(const struct bench_path *path, unsigned n, double *seconds,
		    struct carom_error *err)
{
	double started = bench_now_s();
	int status;

	*seconds = NAN;
	status = path->run(path->context, n, seconds, err);
	if (isnan(*seconds))
		*seconds = bench_now_s() - started;
	return status ? carom_fail_context(err, status, "path %s", path->name) : 0;
}

/* Warm up, and find how many pieces of work fill a repetition. */
static int choose_n(const struct bench *bench, const struct bench_path *path, unsigned *n,
		    struct carom_error *err)
{
	double seconds, wanted;
	int status;

	*n = path->n ? path->n : 1;
	status = run_path(path, *n, &seconds, err);
	while (!status && !path->n && seconds < bench->batch_s / 2 && *n < MAX_N) {
		wanted = seconds > 0 ? *n * bench->batch_s / seconds : MAX_N;
		*n = (unsigned)fmax(*n + 1, fmin(wanted, fmin(*n * MAX_GROWTH, MAX_N)));
		status = run_path(path, *n, &seconds, err);
	}
	return status;
}

static int measure_once(const struct bench_path *path, struct bench_result *result,
			struct carom_error *err)
{
	double seconds;
	int status = run_path(path, result->n, &seconds, err);

	result->us[result->n_rounds++] = 1e6 * seconds / result->n;
	return status;
}

static int take_turns(const struct bench *bench, const struct bench_case *the_case,
		      struct bench_result *results, struct carom_error *err)
{
	size_t n = the_case->n_paths;
	int status = 0;

	for (unsigned round = 0; round < bench->n_rounds; round++)
		for (size_t k = 0; k < n && !status; k++) {
			size_t i = round % 2 ? n - 1 - k : k;

			status = measure_once(&the_case->paths[i], &results[i], err);
		}
	return status;
}

static void compare(struct bench_comparison *comparison, const struct bench_result *slow,
		    const struct bench_result *fast)
{
	comparison->with = slow->name;
	comparison->ratio = statistics_ratio(slow->us, fast->us, fast->n_rounds);
}

static void evaluate(const struct bench_case *the_case, struct bench_result *results, size_t i)
{
	struct bench_result *result = &results[i];
	const char *base = the_case->paths[i].base;

	result->median = statistics_median(result->us, result->n_rounds);
	result->mad = statistics_mad(result->us, result->n_rounds);
	result->min = statistics_min(result->us, result->n_rounds);
	if (i > 0)
		compare(&result->first, &results[0], result);
	for (size_t k = 0; base && k < the_case->n_paths; k++)
		if (strcmp(results[k].name, base) == 0)
			compare(&result->base, &results[k], result);
}

static int measure(const struct bench *bench, const struct bench_case *the_case,
		   struct bench_result *results, struct carom_error *err)
{
	int status = 0;

	for (size_t i = 0; i < the_case->n_paths && !status; i++) {
		results[i].name = the_case->paths[i].name;
		results[i].us = mem_zalloc(bench->n_rounds, sizeof(double));
		status = results[i].us ? choose_n(bench, &the_case->paths[i], &results[i].n, err)
				       : carom_fail_memory(err);
	}
	if (!status)
		status = take_turns(bench, the_case, results, err);
	for (size_t i = 0; i < the_case->n_paths && !status; i++)
		evaluate(the_case, results, i);
	return status;
}

static int run_paths(struct bench *bench, const struct bench_case *the_case,
		     struct carom_error *err)
{
	struct bench_result results[BENCH_MAX_PATHS] = {{0}};
	int status = measure(bench, the_case, results, err);

	if (status)
		carom_fail_context(err, status, "%s", the_case->name);
	else {
		output_table(the_case, results);
		if (json_array_append_new(bench->cases, output_json(the_case, results)))
			status = carom_fail_memory(err);
	}
	for (size_t i = 0; i < the_case->n_paths; i++)
		mem_free(results[i].us);
	return status;
}

int bench_run(struct bench *bench, const struct bench_case *the_case, struct carom_error *err)
{
	struct bench_case wanted = *the_case;

	wanted.n_paths = 0;
	for (size_t i = 0; i < the_case->n_paths; i++) {
		if (!bench->path || strcmp(bench->path, the_case->paths[i].name) == 0)
			wanted.paths[wanted.n_paths++] = the_case->paths[i];
	}
	return wanted.n_paths > 0 ? run_paths(bench, &wanted, err) : 0;
}
