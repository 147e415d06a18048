/* SPDX-License-Identifier: BSD-3-Clause */
/* What carom's layers add to the least that must be done: a loop over libngspice's functions. */
#include <dlfcn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <ngspice/sharedspice.h>

#include "base/error.h"
#include "bench.h"
#include "carom-session.h"
#include "child.h"
#include "ng-environment.h"
#include "ng-session.h"

static const char about[] =
	"Microseconds for one simulation with one value changed and one result read, by\n"
	"  least     alter, run, look, destroy: libngspice's functions and nothing else\n"
	"  seam      the same by plugin/ng-session.h, which checks that it went well\n"
	"  session   the same by carom-session.h: a thread of its own, all results copied\n"
	"  isolated  the same in carom-worker, results in shared memory\n"
	"each in a process of its own, with the clock and the allocator of carom-worker.\n";

#define MAX_LINES 16
#define N_VALUES 21
#define FORGET_EVERY 32 /* runs; ngspice keeps a log of commands until told to forget it */

#define RC_PARTS "r1 in out 1k", "c1 out 0 10n", "r2 out 0 10k"

static const struct subject {
	const char *name, *text;
	const char *lines[MAX_LINES];
} subjects[] = {
	{"engine-op",
	 "RC low-pass, operating point",
	 {"RC", "v1 in 0 dc 1", RC_PARTS, ".save v(out)", ".op", ".end"}},
	{"engine-ac",
	 "RC low-pass, 500 frequencies",
	 {"RC", "v1 in 0 dc 0 ac 1", RC_PARTS, ".save v(out)", ".ac lin 500 1k 500k", ".end"}},
	{"engine-tran",
	 "RC low-pass, 1000 time steps",
	 {"RC", "v1 in 0 pulse(0 1 0 1u 1u 500u 1m)", RC_PARTS, ".save v(out)",
	  ".tran 1u 0.979m 0 1u", ".end"}},
};

/* What a path works with; last is read by the parent, the rest is the child's own. */
struct engine {
	const struct subject *subject;
	unsigned count;
	double last; /* of v(out), real part: all paths must come to the same */
	int (*command)(char *);
	pvector_info (*vec_info)(char *);
	struct ng_session *seam;
	struct carom_session *session;
};

static double next_ohms(struct engine *engine)
{
	return 1000 + (int)(engine->count++ % N_VALUES);
}

static size_t count_lines(const struct subject *subject)
{
	size_t n = 0;

	while (subject->lines[n])
		n++;
	return n;
}

/* ---- the least ---- */

static int ignore_line(char *line, int ident, void *user)
{
	(void)line;
	(void)ident;
	(void)user;
	return 0;
}

static int ignore_exit(int status, bool is_immediate, bool is_quit, int ident, void *user)
{
	(void)is_immediate;
	(void)is_quit;
	(void)ident;
	(void)user;
	return status;
}

static int ignore_running(bool has_ended, int ident, void *user)
{
	(void)has_ended;
	(void)ident;
	(void)user;
	return 0;
}

static int load_least(struct engine *engine, void *library, struct carom_error *err)
{
	static const char *const settings[] = {
		"set num_threads=1", "set noinit",     "set norefvalue", "set noacct",
		"set no_mem_check",  "set nomoremode", "set noaskquit",  "unset interactive"};
	int (*init)(SendChar *, SendStat *, ControlledExit *, SendData *, SendInitData *,
		    BGThreadRunning *, void *);
	int (*circ)(char **);

	*(void **)&init = dlsym(library, "ngSpice_Init");
	*(void **)&circ = dlsym(library, "ngSpice_Circ");
	*(void **)&engine->command = dlsym(library, "ngSpice_Command");
	*(void **)&engine->vec_info = dlsym(library, "ngGet_Vec_Info");
	if (!init || !circ || !engine->command || !engine->vec_info)
		return carom_fail(err, CAROM_ERROR_LIBRARY, "%s", dlerror());
	init(ignore_line, NULL, ignore_exit, NULL, NULL, ignore_running, NULL);
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		engine->command((char *)settings[i]);
	circ((char **)engine->subject->lines);
	return 0;
}

static int open_least(void *context, struct carom_error *err)
{
	static struct ng_environment environment;
	const char *path = getenv("CAROM_NGSPICE");
	int status = ng_environment_enter(&environment, NULL, true, err);
	void *library = NULL;

	if (!status) {
		library = dlopen(path ? path : "libngspice.so.0", RTLD_NOW | RTLD_LOCAL);
		status = library ? load_least(context, library, err)
				 : carom_fail(err, CAROM_ERROR_LIBRARY, "%s", dlerror());
	}
	ng_environment_leave(&environment);
	return status;
}

static int run_least(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct engine *engine = context;
	char text[64];

	(void)seconds;
	for (unsigned i = 0; i < n; i++) {
		const vector_info *out;

		snprintf(text, sizeof(text), "alter r1=%.17g", next_ohms(engine));
		engine->command(text);
		engine->command("run");
		out = engine->vec_info("v(out)");
		if (!out || out->v_length <= 0)
			return carom_fail(err, CAROM_ERROR_VECTOR, "no v(out)");
		engine->last = out->v_realdata ? out->v_realdata[out->v_length - 1]
					       : out->v_compdata[out->v_length - 1].cx_real;
		engine->command("destroy all");
		if (engine->count % FORGET_EVERY == 0)
			engine->command(NULL);
	}
	return 0;
}

/* ---- the seam ---- */

static int open_seam(void *context, struct carom_error *err)
{
	struct engine *engine = context;
	struct ng_options options = {.is_private_process = true, .is_trusted = false};
	int status = ng_session_open(&engine->seam, &options, err);

	return status ? status
		      : ng_session_load(engine->seam, engine->subject->lines,
					count_lines(engine->subject), err);
}

static void close_seam(void *context)
{
	struct engine *engine = context;

	ng_session_close(engine->seam);
}

static int simulate_seam(struct engine *engine, struct carom_error *err)
{
	struct ng_vector out = {.length = 0};
	int status = ng_session_alter(engine->seam, "r1", next_ohms(engine), err);

	if (!status)
		status = ng_session_run(engine->seam, err);
	if (!status)
		status = ng_session_evaluate(engine->seam, NULL, "carom0", "v(out)", &out, err);
	if (!status)
		engine->last = out.data[(out.length - 1) * (out.is_complex ? 2 : 1)];
	return status;
}

static int run_seam(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++)
		status = simulate_seam(context, err);
	return status;
}

/* ---- the session ---- */

static int load_session(const struct engine *engine, struct carom_error *err)
{
	struct carom_circuit *circuit;
	char text[512] = "";
	int status;

	for (const char *const *line = engine->subject->lines; *line; line++)
		strcat(strcat(text, *line), "\n");
	status = carom_circuit_import_text(&circuit, text, strlen(text), "bench", NULL, err);
	if (!status)
		status = carom_session_load(engine->session, circuit, err);
	carom_circuit_free(circuit);
	return status;
}

static int open_session(void *context, struct carom_error *err)
{
	struct engine *engine = context;
	int status = carom_session_open(&engine->session, NULL, err);

	return status ? status : load_session(engine, err);
}

static int open_isolated(void *context, struct carom_error *err)
{
	const struct carom_session_options options = {.size = sizeof(options), .is_isolated = true};
	struct engine *engine = context;
	int status = carom_session_open(&engine->session, &options, err);

	return status ? status : load_session(engine, err);
}

static void close_session(void *context)
{
	struct engine *engine = context;

	carom_session_close(engine->session);
}

static int simulate_session(struct engine *engine, struct carom_error *err)
{
	const struct carom_vector *out;
	struct carom_result *result;
	size_t last;
	int status = carom_session_alter(engine->session, "r1", next_ohms(engine), err);

	if (!status)
		status = carom_session_run(engine->session, &result, err);
	if (status)
		return status;
	out = carom_plot_find_vector(carom_result_plot(result, 0), "v(out)");
	last = carom_vector_length(out) - 1;
	engine->last = carom_vector_is_complex(out) ? carom_vector_complex(out)[2 * last]
						    : carom_vector_real(out)[last];
	carom_result_free(result);
	return 0;
}

static int run_session(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++)
		status = simulate_session(context, err);
	return status;
}

/* ---- cases ---- */

static const struct path {
	const char *name, *base;
	struct child_service service;
} paths[] = {
	{"least", NULL, {open_least, run_least, NULL}},
	{"seam", NULL, {open_seam, run_seam, close_seam}},
	{"session", "seam", {open_session, run_session, close_session}},
	{"isolated", "session", {open_isolated, run_session, close_session}},
};

enum { N_PATHS = sizeof(paths) / sizeof(paths[0]) };

/* The same value of r1 in all of them gives the same bits. */
static int check_paths(struct child *const *children, const struct engine *engines,
		       struct carom_error *err)
{
	int status = 0;

	for (int i = 0; i < N_PATHS && !status; i++) {
		double seconds;

		status = child_run(children[i], 3, &seconds, err);
		if (!status && engines[i].last != engines[0].last)
			status =
				carom_fail(err, CAROM_ERROR_STATE, "%s: v(out) is %.17g, not %.17g",
					   paths[i].name, engines[i].last, engines[0].last);
	}
	return status;
}

static int run_paths(struct bench *bench, const struct subject *subject, struct engine *engines,
		     struct child **children, struct carom_error *err)
{
	struct bench_case the_case = {
		.name = subject->name, .text = subject->text, .n_paths = N_PATHS};
	int status = 0;

	for (int i = 0; i < N_PATHS && !status; i++) {
		engines[i].subject = subject;
		status = child_start(&children[i], &paths[i].service, &engines[i], err);
		the_case.paths[i] = (struct bench_path){paths[i].name, child_run, children[i], 0,
							paths[i].base};
	}
	if (!status)
		status = check_paths(children, engines, err);
	return status ? status : bench_run(bench, &the_case, err);
}

static int run_subject(struct bench *bench, const struct subject *subject, struct carom_error *err)
{
	size_t size = N_PATHS * sizeof(struct engine);
	struct child *children[N_PATHS] = {NULL};
	struct engine *engines = child_alloc(size);
	int status = engines ? run_paths(bench, subject, engines, children, err)
			     : carom_fail_memory(err);

	for (int i = 0; i < N_PATHS; i++)
		child_stop(children[i]);
	child_free(engines, size);
	return status;
}

int main(int argc, char **argv)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct bench bench;
	int status = bench_open(&bench, argc, argv, about, &err);

	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]) && !status; i++)
		if (bench_wants(&bench, subjects[i].name))
			status = run_subject(&bench, &subjects[i], &err);
	return bench_close(&bench, status, &err);
}
