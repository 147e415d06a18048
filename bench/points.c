/* SPDX-License-Identifier: BSD-3-Clause */
/* What it costs to get the points of a run: as they come, and all at its end. */
#include "points.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "carom-session.h"
#include "child.h"

#define N_VECTORS 10 /* of the ladder: time, eight voltages, a current */

/* Of one millisecond, in steps of that many nanoseconds, in a card or in a command. */
static int import_ladder(struct carom_circuit **circuit, bool runs_at_load, unsigned step_ns,
			 struct carom_error *err)
{
	static const struct carom_import_options options = {.size = sizeof(options),
							    .is_trusted = true};
	char text[400];

	snprintf(text, sizeof(text),
		 "ladder\n"
		 "v1 a 0 sin(0 1 1k)\n"
		 "r1 a b 1k\nr2 b c 1k\nr3 c d 1k\nr4 d e 1k\n"
		 "r5 e f 1k\nr6 f g 1k\nr7 g h 1k\nr8 h 0 1k\n"
		 "%stran %un 1m 0 %un\n%s.end\n",
		 runs_at_load ? ".control\n" : ".", step_ns, step_ns,
		 runs_at_load ? ".endc\n" : "");
	return carom_circuit_import_text(circuit, text, strlen(text), "bench", &options, err);
}

static int open_ladder(struct carom_session **session, bool is_isolated, bool runs_at_load,
		       unsigned step_ns, struct carom_error *err)
{
	const struct carom_session_options options = {.size = sizeof(options),
						      .is_isolated = is_isolated};
	struct carom_circuit *circuit;
	int status = import_ladder(&circuit, runs_at_load, step_ns, err);

	if (!status)
		status = carom_session_open(session, &options, err);
	if (!status)
		status = carom_session_load(*session, circuit, err);
	carom_circuit_free(circuit);
	return status;
}

/* ---- as they come ---- */

enum { STREAM_STEP_NS = 50, BLOCK_POINTS = 256 };

struct streaming {
	bool streams;
	size_t block_points;
	size_t n_points, n_columns; /* written by the child */
	struct carom_session *session;
};

static int open_streaming(void *context, struct carom_error *err)
{
	struct streaming *streaming = context;

	return open_ladder(&streaming->session, false, false, STREAM_STEP_NS, err);
}

static void close_streaming(void *context)
{
	carom_session_close(((struct streaming *)context)->session);
}

static bool count(void *arg, const struct carom_block *block)
{
	struct streaming *streaming = arg;

	streaming->n_points += block->n_points;
	streaming->n_columns = block->n_columns;
	return true;
}

static int run_streaming(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct streaming *streaming = context;
	const struct carom_run_options options = {.size = sizeof(options),
						  .stream = streaming->streams ? count : NULL,
						  .stream_arg = streaming,
						  .block_points = streaming->block_points};
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++) {
		struct carom_result *result;

		streaming->n_points = 0;
		status = carom_session_run_with(streaming->session, &options, &result, err);
		carom_result_free(result);
	}
	return status;
}

static const struct child_service streaming_service = {open_streaming, run_streaming,
						       close_streaming};

static const struct streaming_path {
	const char *name;
	bool streams;
	size_t block_points;
} streaming_paths[] = {{"kept", false, 0}, {"points", true, 1}, {"blocks", true, BLOCK_POINTS}};

enum { N_STREAMING = sizeof(streaming_paths) / sizeof(streaming_paths[0]) };

static int run_streams(struct bench *bench, struct streaming *contexts, struct child **children,
		       struct carom_error *err)
{
	struct bench_case the_case = {
		.name = "session-stream",
		.text = "a transient whose points are streamed, by one or 256 in a block",
		.n_paths = N_STREAMING,
	};
	int status = 0;
	double seconds;

	for (int i = 0; i < N_STREAMING && !status; i++) {
		contexts[i] = (struct streaming){.streams = streaming_paths[i].streams,
						 .block_points = streaming_paths[i].block_points};
		status = child_start(&children[i], &streaming_service, &contexts[i], err);
		the_case.paths[i] = (struct bench_path){streaming_paths[i].name, child_run,
							children[i], 0, NULL};
	}
	if (!status)
		status = child_run(children[N_STREAMING - 1], 1, &seconds, err);
	if (status)
		return status;
	the_case.facts = json_pack("{s:I}", "values",
				   (json_int_t)(contexts[N_STREAMING - 1].n_points *
						contexts[N_STREAMING - 1].n_columns));
	status = bench_run(bench, &the_case, err);
	json_decref(the_case.facts);
	return status;
}

int points_run_stream(struct bench *bench, struct carom_error *err)
{
	struct child *children[N_STREAMING] = {NULL};
	struct streaming *contexts;
	int status;

	if (!bench_wants(bench, "session-stream"))
		return 0;
	contexts = child_alloc(N_STREAMING * sizeof(*contexts));
	status = contexts ? run_streams(bench, contexts, children, err) : carom_fail_memory(err);
	for (int i = 0; i < N_STREAMING; i++)
		child_stop(children[i]);
	child_free(contexts, N_STREAMING * sizeof(*contexts));
	return status;
}

/* ---- all at the end ---- */

/*
 * The columns as ngspice has them: in blocks of their own, and in small pages, which take longer to read
 * than those of a result.
 */
struct source {
	double *columns[N_VECTORS];
	size_t size; /* of each, in bytes */
};

static void release_source(struct source *source)
{
	for (int i = 0; i < N_VECTORS; i++)
		free(source->columns[i]);
}

static int make_source(struct source *source, const struct carom_plot *plot,
		       struct carom_error *err)
{
	*source = (struct source){.size = carom_plot_point_count(plot) * sizeof(double)};
	if (carom_plot_vector_count(plot) != N_VECTORS)
		return carom_fail(err, CAROM_ERROR_STATE, "there are %zu vectors, not %d",
				  carom_plot_vector_count(plot), N_VECTORS);
	for (size_t i = 0; i < N_VECTORS; i++) {
		source->columns[i] = malloc(source->size);
		if (!source->columns[i])
			return carom_fail_memory(err);
		memcpy(source->columns[i], carom_vector_real(carom_plot_vector(plot, i)),
		       source->size);
	}
	return 0;
}

/* Into memory that is new each time, as a result's is. */
static int run_memcpy(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct source *source = context;

	(void)seconds;
	for (unsigned i = 0; i < n; i++) {
		unsigned char *to = mem_alloc(N_VECTORS * source->size);

		if (!to)
			return carom_fail_memory(err);
		for (size_t j = 0; j < N_VECTORS; j++)
			memcpy(to + j * source->size, source->columns[j], source->size);
		__asm__ volatile("" : : "r"(to) : "memory"); /* the copy is not left out */
		mem_free(to);
	}
	return 0;
}

static int run_capture(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++) {
		struct carom_result *result;

		status = carom_session_plots(context, &result, err);
		carom_result_free(result);
	}
	return status;
}

static int compare_captures(struct bench *bench, struct carom_session *const *sessions,
			    struct carom_error *err)
{
	struct bench_case the_case = {
		.name = "session-capture",
		.text = "ten vectors of a million points (quick: of 100,000) copied",
		.n_paths = 3,
	};
	struct carom_result *result;
	struct source source;
	int status = carom_session_plots(sessions[0], &result, err);

	if (status)
		return status;
	status = make_source(&source, carom_result_plot(result, 0), err);
	carom_result_free(result);
	the_case.paths[0] = (struct bench_path){"memcpy", run_memcpy, &source, 0, NULL};
	the_case.paths[1] = (struct bench_path){"session", run_capture, sessions[0], 0, NULL};
	the_case.paths[2] = (struct bench_path){"isolated", run_capture, sessions[1], 0, NULL};
	if (!status)
		status = bench_run(bench, &the_case, err);
	release_source(&source);
	return status;
}

int points_run_capture(struct bench *bench, struct carom_error *err)
{
	struct carom_session *sessions[2] = {NULL, NULL};
	unsigned step_ns = bench->is_quick ? 10 : 1;
	int status = 0;

	if (!bench_wants(bench, "session-capture"))
		return 0;
	for (int i = 0; i < 2 && !status; i++)
		status = open_ladder(&sessions[i], i == 1, true, step_ns, err);
	if (!status)
		status = compare_captures(bench, sessions, err);
	for (int i = 0; i < 2; i++)
		carom_session_close(sessions[i]);
	return status;
}
