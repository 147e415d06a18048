/* SPDX-License-Identifier: BSD-3-Clause */
/* What one simulation costs by file, in memory and in a Monte Carlo study. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "bench.h"
#include "carom-topology.h"
#include "check.h"
#include "sampling.h"
#include "scratch.h"

static const char about[] =
	"Microseconds for one simulation with one value changed, by\n"
	"  file      a deck written, \"ngspice -b -r\", the RAW file read into columns\n"
	"  reload    the edited circuit loaded into a session in memory\n"
	"  alter     the value set in the circuit that the session has loaded\n"
	"and for one sample of the deck's Monte Carlo study, with its own values and "
	"measurements,\n"
	"  mc-1      on one pinned worker, while it works; mc-N on one for each core\n"
	"  mc-N-all  the whole of a study of 1000 samples on all, start and end included\n"
	"The numbers of all paths must agree to 1e-9, or nothing is measured.\n";

#define ALL_IN_SAMPLES 1000
#define N_SAMPLINGS 3      /* one worker, all, all of it on all */
#define WARM_UP_SAMPLES 64 /* work for every worker: their facts are recorded */

#define RC_DECK(source, statements, analysis)                                      \
	"RC low-pass with a load\n" statements "*carom vary r1 c1 gauss 1% each\n" \
	"v1 in 0 " source "\nr1 in out 1k\nc1 out 0 10n\nr2 out 0 10k\n" analysis "\n.end\n"

static const struct subject {
	const char *name, *text;
	const char *deck; /* NULL: the file */
	const char *file;
	unsigned n_samples; /* of mc-1 and mc-N: a quarter of a second and more */
} subjects[] = {
	{"rc-op", "RC low-pass, operating point",
	 RC_DECK("dc 1", "*carom measure level final(v(out))\n", ".op"), NULL, 10000},
	{"rc-ac", "RC low-pass, 500 frequencies",
	 RC_DECK("dc 0 ac 1", "*carom measure f3db cross(db(v(out)), -3.84, fall, 1)\n",
		 ".ac lin 500 1k 500k"),
	 NULL, 500},
	{"rc-tran", "RC low-pass, 1000 time steps",
	 RC_DECK("pulse(0 1 0 1u 1u 500u 1m)", "*carom measure last final(v(out))\n",
		 ".tran 1u 0.979m 0 1u"),
	 NULL, 200},
	{"amplifier", "operational amplifier of 21 transistors, .op and 181 frequencies", NULL,
	 BENCH_SRCDIR "/docs/examples/opamp.cir", 500},
};

/* What all cases share. */
struct place {
	struct scratch scratch;
	struct carom_session *session;
	unsigned n_workers;
};

/* One subject at work. */
struct workshop {
	struct carom_circuit *circuit; /* with the deck's study */
	struct carom_study *study;
	struct simulation simulation; /* of the circuit without a study */
	struct sampling samplings[N_SAMPLINGS];
	struct check check;
	char names[N_SAMPLINGS][16];
};

/* ---- setting up ---- */

static int import_subject(struct carom_circuit **circuit, const struct subject *subject,
			  struct carom_error *err)
{
	if (!subject->deck)
		return carom_circuit_import_file(circuit, subject->file, NULL, err);
	return carom_circuit_import_text(circuit, subject->deck, strlen(subject->deck),
					 subject->name, NULL, err);
}

/* The circuit as it is sent: its statements stay behind. */
static int import_plain(struct carom_circuit **plain, const struct carom_circuit *circuit,
			struct carom_error *err)
{
	char *text = carom_circuit_to_text(circuit, NULL);
	int status;

	if (!text)
		return carom_fail_memory(err);
	status = carom_circuit_import_text(plain, text, strlen(text), "bench", NULL, err);
	free(text);
	return status;
}

static int set_up(struct workshop *workshop, const struct place *place,
		  const struct subject *subject, struct carom_error *err)
{
	struct carom_circuit *plain;
	int status = import_subject(&workshop->circuit, subject, err);

	if (!status)
		status = import_plain(&plain, workshop->circuit, err);
	if (!status)
		status = simulation_init(&workshop->simulation, plain, place->session,
					 place->scratch.folder, err);
	if (status)
		return status;
	workshop->study = carom_study_new(workshop->circuit, err);
	for (int i = 0; i < N_SAMPLINGS; i++) {
		struct sampling *sampling = &workshop->samplings[i];

		*sampling = (struct sampling){.study = workshop->study,
					      .store = place->scratch.store,
					      .n_workers = i > 0 ? place->n_workers : 1,
					      .is_all_in = i == 2};
		snprintf(workshop->names[i], sizeof(workshop->names[i]), "mc-%u%s",
			 sampling->n_workers, sampling->is_all_in ? "-all" : "");
	}
	return workshop->study ? 0 : err->status;
}

static void clean_up(struct workshop *workshop)
{
	carom_study_free(workshop->study);
	simulation_release(&workshop->simulation);
	carom_circuit_free(workshop->circuit);
}

/* ---- measuring ---- */

static struct bench_case make_case(struct workshop *workshop, const struct subject *subject,
				   unsigned n_workers)
{
	struct bench_case made = {
		.name = subject->name,
		.text = subject->text,
		.paths = {{"file", simulation_run_file, &workshop->simulation, 0, NULL},
			  {"reload", simulation_run_reload, &workshop->simulation, 0, NULL},
			  {"alter", simulation_run_alter, &workshop->simulation, 0, "reload"}},
		.n_paths = 3};

	for (int i = 0; i < N_SAMPLINGS; i++) {
		bool is_all_in = workshop->samplings[i].is_all_in;

		if (n_workers == 1 && i == 1)
			continue;
		made.paths[made.n_paths++] = (struct bench_path){
			workshop->names[i], sampling_run, &workshop->samplings[i],
			is_all_in ? ALL_IN_SAMPLES : subject->n_samples,
			i > 0 && n_workers > 1 ? workshop->names[i - 1] : NULL};
	}
	return made;
}

/* What is known of the case beside its times, after a run of the study on all workers. */
static json_t *describe(const struct workshop *workshop)
{
	const struct carom_study_facts *facts = carom_study_facts(workshop->study);
	const struct simulation *simulation = &workshop->simulation;
	json_t *points = json_object();

	for (size_t i = 0; i < SIMULATION_MAX_KINDS; i++)
		if (simulation->outcome.n_points[i])
			json_object_set_new(
				points, simulation_kind(i),
				json_integer((json_int_t)simulation->outcome.n_points[i]));
	return json_pack("{s:o, s:i, s:f, s:s, s:s, s:i, s:i, s:s}", "points", points, "compared",
			 (int)workshop->check.n_compared, "largest_difference",
			 workshop->check.largest, "route", carom_route_name(facts->route),
			 "route_reason", facts->route_reason, "workers", (int)facts->n_workers,
			 "pinned", (int)facts->n_pinned, "pin_reason", facts->pin_reason);
}

/* From the last run of the study: where the time of a sample went. */
static void describe_worker(json_t *description, const struct workshop *workshop)
{
	const struct carom_study_facts *facts = carom_study_facts(workshop->study);
	double each = 1e6 / (double)facts->n_done;

	json_object_set_new(description, "us_simulator", json_real(each * facts->simulator_s));
	json_object_set_new(description, "us_worker", json_real(each * facts->busy_s));
}

static int measure(struct bench *bench, struct workshop *workshop, const struct place *place,
		   const struct subject *subject, struct carom_error *err)
{
	struct bench_case the_case = make_case(workshop, subject, place->n_workers);
	int status = check_simulations(&workshop->check, &workshop->simulation, err);

	if (!status)
		status = check_samples(&workshop->check, &workshop->simulation,
				       place->scratch.store, place->n_workers, err);
	if (!status)
		status = sampling_run(&workshop->samplings[1], WARM_UP_SAMPLES, &(double){0}, err);
	if (status)
		return carom_fail_context(err, status, "%s", subject->name);
	the_case.facts = describe(workshop);
	status = bench_run(bench, &the_case, err);
	describe_worker(the_case.facts, workshop);
	json_decref(the_case.facts);
	if (!status)
		printf("  numbers agree within %.1e (%u comparisons)\n", workshop->check.largest,
		       workshop->check.n_compared);
	return status;
}

static int run_subject(struct bench *bench, const struct place *place,
		       const struct subject *subject, struct carom_error *err)
{
	struct workshop workshop = {.circuit = NULL};
	int status = set_up(&workshop, place, subject, err);

	if (!status)
		status = measure(bench, &workshop, place, subject, err);
	clean_up(&workshop);
	return status;
}

/* ---- the program ---- */

static int open_place(struct place *place, struct carom_error *err)
{
	struct carom_plan *plan;
	int status = carom_plan_new(&plan, NULL, err);

	if (status)
		return status;
	place->n_workers = carom_plan_worker_count(plan);
	carom_plan_free(plan);
	status = scratch_open(&place->scratch, err);
	return status ? status : carom_session_open(&place->session, NULL, err);
}

static void close_place(const struct place *place)
{
	carom_session_close(place->session);
	scratch_close(&place->scratch);
}

int main(int argc, char **argv)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct place place = {.session = NULL};
	struct bench bench;
	int status = bench_open(&bench, argc, argv, about, &err);

	if (!status)
		status = open_place(&place, &err);
	for (size_t i = 0; i < sizeof(subjects) / sizeof(subjects[0]) && !status; i++)
		if (bench_wants(&bench, subjects[i].name))
			status = run_subject(&bench, &place, &subjects[i], &err);
	close_place(&place);
	return bench_close(&bench, status, &err);
}
