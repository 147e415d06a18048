/* SPDX-License-Identifier: BSD-3-Clause */
/* What a sample of a Monte Carlo study costs, beside loops that anybody could write. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "bench.h"
#include "carom-session.h"
#include "carom-topology.h"
#include "loop.h"
#include "plain.h"
#include "sampling.h"
#include "scratch.h"

static const char about[] =
	"Microseconds for one sample of a Monte Carlo study, by\n"
	"  plain        a loop over libngspice in C: alter, run, look, destroy; with the clock and "
	"the\n"
	"               allocator of the C library and ngspice's settings as they are\n"
	"  mc-1         carom's study on one pinned worker, while it works; mc-N on one for each "
	"core\n"
	"  plain-N-all  the whole of 1000 samples on that many pinned processes; mc-N-all\n"
	"  bare         nothing but ngspice's run, again and again, in carom-worker\n"
	"Plain loop and study must give the same bits, or nothing is measured.\n";

#define ALL_IN_SAMPLES 1000
#define AMPLIFIER_SAMPLES 500
#define PDK_DECK BENCH_SRCDIR "/../shared/pdk/ring_mismatch.cir"
#define PDK_ROUNDS 3 /* such a sample takes 16 ms */
#define PDK_SAMPLES 40
#define PDK_ALL_IN_SAMPLES 200

/* A low-pass whose r1 varies; the lines behind it say how, and what is measured. */
#define DECK(source, out, analysis)                               \
	"RC low-pass with a load\n*carom measure last final(" out \
	")\n*carom measure peak max(" out ")\nv1 in 0 " source    \
	"\nr1 in out 1k\nc1 out 0 10n\nr2 out 0 10k\n" analysis "\n.end\n"

static const struct subject {
	const char *name, *text, *deck;
	unsigned n_samples; /* of mc-1: a quarter of a second and more */
	bool is_all_in;     /* has the paths of a whole study */
} subjects[] = {
	{"mc-op", "RC low-pass, operating point", DECK("dc 1", "v(out)", ".op"), 10000, true},
	{"mc-ac", "RC low-pass, 1001 frequencies",
	 DECK("dc 0 ac 1", "real(v(out))", ".ac lin 1001 1k 1meg"), 500, true},
	{"mc-tran", "RC low-pass, 1000 time steps",
	 DECK("pulse(0 1 0 1u 1u 500u 1m)", "v(out)", ".tran 1u 0.979m 0 1u"), 200, false},
};

/* What all cases share. */
struct place {
	struct scratch scratch;
	struct loop_team team; /* on the CPUs that workers are pinned to */
	char names[4][16];     /* mc-1, mc-N, mc-N-all, plain-N-all */
};

/* ---- same bits ---- */

static int compare_sample(struct loop *loop, const struct carom_store *store, uint64_t sample,
			  struct carom_error *err)
{
	struct loop_outcome plain;
	double last = carom_store_measurement(store, 0)[sample];
	double peak = carom_store_measurement(store, 1)[sample];
	int status = loop_run(loop, 1, &(double){0}, err);

	if (status)
		return status;
	plain = loop_outcome(loop);
	if (plain.last == last && plain.peak == peak)
		return 0;
	return carom_fail(err, CAROM_ERROR_STATE,
			  "v(out) ends with %.17g and has the peak %.17g, not %.17g and %.17g",
			  last, peak, plain.last, plain.peak);
}

/* The values of r1 that the plain loop goes through are the steps of this study. */
static int run_steps(const struct place *place, struct carom_study *study, struct carom_error *err)
{
	struct carom_study_options options = {
		.size = sizeof(options), .store = place->scratch.store, .overwrite = true};
	char text[64];

	snprintf(text, sizeof(text), "r1 lin %d %d %d", PLAIN_FIRST_OHMS,
		 PLAIN_FIRST_OHMS + PLAIN_N_OHMS - 1, PLAIN_N_OHMS);
	carom_study_step(study, text, err);
	return err->status ? err->status : carom_study_run(study, &options, err);
}

static int compare_samples(const struct place *place, const struct carom_circuit *circuit,
			   struct loop *loop, struct carom_error *err)
{
	struct carom_study *study = carom_study_new(circuit, err);
	struct carom_store *store = NULL;
	int status = study ? run_steps(place, study, err) : err->status;

	if (!status)
		status = carom_store_open(&store, place->scratch.store, err);
	for (uint64_t i = 0; i < PLAIN_N_OHMS && !status; i++)
		status = compare_sample(loop, store, i, err);
	carom_store_close(store);
	carom_study_free(study);
	return status;
}

/* ---- a study against a plain loop ---- */

/* Paths of a study on one worker, on all, and all of it. */
static void add_samplings(struct bench_case *the_case, struct sampling samplings[3],
			  const struct place *place, struct carom_study *study, unsigned n_samples)
{
	const char *one =
		the_case->n_paths > 0 ? place->names[0] : NULL; /* or it is the first path */

	for (int i = 0; i < 3; i++) {
		bool is_all_in = i == 2;

		samplings[i] = (struct sampling){study, place->scratch.store,
						 i > 0 ? place->team.n : 1, is_all_in};
		the_case->paths[the_case->n_paths++] = (struct bench_path){
			place->names[i], sampling_run, &samplings[i],
			is_all_in ? ALL_IN_SAMPLES : n_samples, i == 1 ? one : NULL};
	}
}

static int measure_subject(struct bench *bench, struct place *place, const struct subject *subject,
			   struct loop *loop, struct carom_study *study, struct carom_error *err)
{
	struct bench_case the_case = {.name = subject->name,
				      .text = subject->text,
				      .paths = {{"plain", loop_run, loop, 0, NULL}},
				      .n_paths = 1};
	struct sampling samplings[3];

	add_samplings(&the_case, samplings, place, study, subject->n_samples);
	if (subject->is_all_in) {
		the_case.paths[the_case.n_paths - 1].base = place->names[3];
		the_case.paths[the_case.n_paths++] = (struct bench_path){
			place->names[3], loop_team_run, &place->team, ALL_IN_SAMPLES, NULL};
	} else
		the_case.n_paths--;
	the_case.facts =
		json_pack("{s:i, s:f}", "compared", PLAIN_N_OHMS, "largest_difference", 0.0);
	if (bench_run(bench, &the_case, err) == 0)
		printf("  the same bits in %d comparisons\n", PLAIN_N_OHMS);
	json_decref(the_case.facts);
	return err->status;
}

static int run_varied(struct bench *bench, struct place *place, const struct subject *subject,
		      const struct carom_circuit *circuit, struct loop *loop,
		      struct carom_error *err)
{
	struct carom_study *study = carom_study_new(circuit, err);
	int status = study ? carom_study_vary(study, "r1 gauss 1%", err) : err->status;

	if (!status)
		status = measure_subject(bench, place, subject, loop, study, err);
	carom_study_free(study);
	return status;
}

static int run_subject(struct bench *bench, struct place *place, const struct subject *subject,
		       struct carom_error *err)
{
	struct carom_circuit *circuit;
	struct loop *loop = NULL;
	int status = carom_circuit_import_text(&circuit, subject->deck, strlen(subject->deck),
					       subject->name, NULL, err);

	if (!status)
		status = loop_start(&loop, subject->deck, place->team.cpus[0], err);
	place->team.deck = subject->deck;
	if (!status)
		status = compare_samples(place, circuit, loop, err);
	if (status)
		carom_fail_context(err, status, "%s", subject->name);
	else
		status = run_varied(bench, place, subject, circuit, loop, err);
	loop_stop(loop);
	carom_circuit_free(circuit);
	return status;
}

/* ---- one worker against several ---- */

static int run_amplifier(struct bench *bench, const struct place *place, struct carom_error *err)
{
	struct bench_case the_case = {
		.name = "mc-amplifier",
		.text = "operational amplifier of 21 transistors, .op and 181 frequencies"};
	struct sampling samplings[3];
	struct carom_circuit *circuit;
	struct carom_study *study;
	int status = carom_circuit_import_file(&circuit, BENCH_SRCDIR "/docs/examples/opamp.cir",
					       NULL, err);

	if (status)
		return status;
	study = carom_study_new(circuit, err);
	add_samplings(&the_case, samplings, place, study, AMPLIFIER_SAMPLES);
	the_case.n_paths--;
	status = study ? bench_run(bench, &the_case, err) : err->status;
	carom_study_free(study);
	carom_circuit_free(circuit);
	return status;
}

/* ---- a PDK ---- */

/* The circuit as it stands, again and again, with the one vector that the study looks at. */
static int run_bare(void *session, unsigned n, double *seconds, struct carom_error *err)
{
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++) {
		struct carom_result *result;

		status = carom_session_run(session, &result, err);
		if (!status)
			carom_result_free(result);
	}
	return status;
}

static int measure_pdk(struct bench *bench, const struct place *place, struct carom_study *study,
		       struct carom_session *session, struct carom_error *err)
{
	struct bench_case the_case = {.name = "mc-pdk",
				      .text = "ring oscillator of SKY130, each threshold by itself",
				      .paths = {{"bare", run_bare, session, PDK_SAMPLES / 2, NULL}},
				      .n_paths = 1};
	struct sampling samplings[3];
	unsigned n_rounds = bench->n_rounds;
	int status;

	add_samplings(&the_case, samplings, place, study, PDK_SAMPLES);
	the_case.paths[the_case.n_paths - 1].n = PDK_ALL_IN_SAMPLES;
	bench->n_rounds = PDK_ROUNDS;
	status = bench_run(bench, &the_case, err);
	bench->n_rounds = n_rounds;
	return status;
}

static int open_bare(struct carom_session **session, const struct carom_circuit *circuit,
		     struct carom_error *err)
{
	const struct carom_session_options options = {.size = sizeof(options), .is_isolated = true};
	int status = carom_session_open(session, &options, err);

	return status ? status : carom_session_load(*session, circuit, err);
}

static int run_pdk(struct bench *bench, const struct place *place, struct carom_error *err)
{
	struct carom_session *session = NULL;
	struct carom_study *study = NULL;
	struct carom_circuit *circuit;
	struct stat file;
	int status;

	if (stat(PDK_DECK, &file)) {
		printf("\nmc-pdk: left out, there is no " PDK_DECK "\n");
		return 0;
	}
	status = carom_circuit_import_file(&circuit, PDK_DECK, NULL, err);
	if (status)
		return status;
	study = carom_study_new(circuit, err);
	status =
		study ? carom_study_measure(study, "per tran period(v(a), 0.9)", err) : err->status;
	if (!status && !carom_circuit_add_card(circuit, ".save v(a)", err))
		status = err->status;
	if (!status)
		status = open_bare(&session, circuit, err);
	if (!status)
		status = measure_pdk(bench, place, study, session, err);
	carom_session_close(session);
	carom_study_free(study);
	carom_circuit_free(circuit);
	return status;
}

/* ---- the program ---- */

static int plan_team(struct place *place, struct carom_error *err)
{
	struct carom_plan *plan;
	int status = carom_plan_new(&plan, NULL, err);

	if (status)
		return status;
	place->team.n = carom_plan_worker_count(plan);
	if (place->team.n > LOOP_MAX)
		place->team.n = LOOP_MAX;
	for (unsigned i = 0; i < place->team.n; i++)
		place->team.cpus[i] = carom_plan_cpu(plan, i);
	carom_plan_free(plan);
	snprintf(place->names[0], sizeof(place->names[0]), "mc-1");
	snprintf(place->names[1], sizeof(place->names[1]), "mc-%u", place->team.n);
	snprintf(place->names[2], sizeof(place->names[2]), "mc-%u-all", place->team.n);
	snprintf(place->names[3], sizeof(place->names[3]), "plain-%u-all", place->team.n);
	return 0;
}

int main(int argc, char **argv)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct place place = {.scratch.folder = ""};
	struct bench bench;
	int status = bench_open(&bench, argc, argv, about, &err);

	if (!status)
		status = scratch_open(&place.scratch, &err);
	if (!status)
		status = plan_team(&place, &err);
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]) && !status; i++)
		if (bench_wants(&bench, subjects[i].name))
			status = run_subject(&bench, &place, &subjects[i], &err);
	if (!status && bench_wants(&bench, "mc-amplifier"))
		status = run_amplifier(&bench, &place, &err);
	if (!status && bench_wants(&bench, "mc-pdk"))
		status = run_pdk(&bench, &place, &err);
	scratch_close(&place.scratch);
	return bench_close(&bench, status, &err);
}
