/* SPDX-License-Identifier: BSD-3-Clause */
/* What circuits of 10 to 1,000,000 components cost: built, sent, imported, checked. */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/pages.h"
#include "bench.h"
#include "carom-edit.h"
#include "circuit/circuit.h"
#include "circuit/connectivity.h"
#include "loading.h"
#include "netlist.h"
#include "updating.h"

static const char about[] =
	"Microseconds for a circuit of 10 to 1,000,000 components:\n"
	"  sprintf    its deck printed by C's sprintf, without a circuit: the yardstick\n"
	"  build      built by calls of carom-circuit.h\n"
	"  emit       each card given to a function that counts them\n"
	"  text       written into one string\n"
	"  all        built and written, as sprintf does\n"
	"  edit       one value set, and the lines renewed that are kept\n"
	"  import     read from that string\n"
	"  adjacency  the pins by net, at the first question\n"
	"  lint       checked\n"
	"The string must be the bytes of sprintf, or nothing is measured. Then a deck of a PDK "
	"read\n"
	"from its files, the loads into ngspice of one circuit that is spelt in four ways, and a\n"
	".param of a loaded circuit edited. Of 100,000 and 1,000,000 components, growth: in turn\n"
	"with a circuit of a tenth of them.\n";

#define LARGE 100000 /* components from which on a few rounds are enough */
#define MOST_QUICK 1000
#define N_LOADED 10000
#define PDK_DECK BENCH_SRCDIR "/../shared/pdk/ring.cir"

static const struct subject {
	const char *name, *text;
	enum netlist_shape shape;
	bool is_hierarchical;
} subjects[] = {
	{"ladder", "RC ladder", NETLIST_LADDER, false},
	{"random", "random R, C, D and M with hubs", NETLIST_RANDOM, false},
	{"ladder-tree", "RC ladder in subcircuits", NETLIST_LADDER, true},
	{"random-tree", "random R, C, D and M with hubs, in subcircuits", NETLIST_RANDOM, true},
};

static const struct size {
	unsigned n;
	const char *name;
} sizes[] = {{10, "10"},     {100, "100"},     {1000, "1k"},   {5000, "5k"},
	     {10000, "10k"}, {100000, "100k"}, {1000000, "1M"}};

struct workshop {
	struct netlist netlist;
	struct carom_circuit *circuit;
	char *text;
	size_t length;
	size_t n_cards;
	unsigned n_edits;
	size_t bytes; /* that the imported circuit holds beyond the text */
};

/* ---- paths: setting up and cleaning up is not in the time ---- */

static int run_sprintf(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct workshop *workshop = context;

	(void)seconds;
	for (unsigned i = 0; i < n; i++) {
		char *text = netlist_print(&workshop->netlist);

		if (!text)
			return carom_fail_memory(err);
		free(text);
	}
	return 0;
}

static int run_build(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct workshop *workshop = context;

	*seconds = 0;
	for (unsigned i = 0; i < n; i++) {
		double started = bench_now_s();
		struct carom_circuit *circuit = netlist_build(&workshop->netlist, err);

		*seconds += bench_now_s() - started;
		if (!circuit)
			return err->status;
		carom_circuit_free(circuit);
	}
	return 0;
}

static int count_card(void *arg, const struct carom_card *card)
{
	struct workshop *workshop = arg;

	workshop->n_cards += card->length > 0;
	return 0;
}

static int run_emit(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct workshop *workshop = context;

	(void)seconds;
	(void)err;
	for (unsigned i = 0; i < n; i++) {
		workshop->n_cards = 0;
		carom_circuit_emit(workshop->circuit, NULL, count_card, workshop);
	}
	return 0;
}

static int run_text(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct workshop *workshop = context;

	(void)seconds;
	for (unsigned i = 0; i < n; i++) {
		char *text = carom_circuit_to_text(workshop->circuit, NULL);

		if (!text)
			return carom_fail_memory(err);
		free(text);
	}
	return 0;
}

static int run_all(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct workshop *workshop = context;

	*seconds = 0;
	for (unsigned i = 0; i < n; i++) {
		double started = bench_now_s();
		struct carom_circuit *circuit = netlist_build(&workshop->netlist, err);
		char *text = circuit ? carom_circuit_to_text(circuit, NULL) : NULL;

		*seconds += bench_now_s() - started;
		carom_circuit_free(circuit);
		free(text);
		if (!text)
			return carom_fail_memory(err);
	}
	return 0;
}

/* Of the source, to a number that it did not have. */
static int run_edit(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	struct workshop *workshop = context;
	struct carom_element element = carom_circuit_find_element(workshop->circuit, "v1");

	(void)seconds;
	for (unsigned i = 0; i < n; i++) {
		carom_element_set_value(workshop->circuit, element, ++workshop->n_edits, err);
		if (!carom_circuit_lines(workshop->circuit, NULL, err))
			return err->status;
	}
	return 0;
}

static int run_import(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct workshop *workshop = context;
	int status = 0;

	*seconds = 0;
	for (unsigned i = 0; i < n && !status; i++) {
		double started = bench_now_s();
		struct carom_circuit *circuit;

		status = carom_circuit_import_text(&circuit, workshop->text, workshop->length,
						   "bench", NULL, err);
		*seconds += bench_now_s() - started;
		carom_circuit_free(circuit);
	}
	return status;
}

static int run_adjacency(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct workshop *workshop = context;
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++) {
		struct connectivity graph;

		status = connectivity_init(&graph, workshop->circuit, err);
		connectivity_release(&graph);
	}
	return status;
}

static int run_lint(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	const struct workshop *workshop = context;
	int status = 0;

	(void)seconds;
	for (unsigned i = 0; i < n && !status; i++) {
		struct carom_findings *findings;

		status = carom_circuit_lint(workshop->circuit, &findings, err);
		if (!status)
			carom_findings_free(findings);
	}
	return status;
}

/* ---- cases ---- */

static size_t allocated_bytes(void)
{
	struct mallinfo2 info = mallinfo2();

	return info.uordblks + info.hblkhd + pages_used();
}

/* The deck both ways, and what the circuit read from it takes. */
static int set_up(struct workshop *workshop, struct carom_error *err)
{
	struct carom_circuit *built = netlist_build(&workshop->netlist, err);
	char *expected = netlist_print(&workshop->netlist);
	size_t before;
	int status = 0;

	workshop->text = built ? carom_circuit_to_text(built, NULL) : NULL;
	if (!workshop->text || !expected)
		status = carom_fail_memory(err);
	else if (strcmp(workshop->text, expected) != 0)
		status = carom_fail(err, CAROM_ERROR_STATE, "the decks are not the same");
	carom_circuit_free(built);
	free(expected);
	if (status)
		return status;
	workshop->length = strlen(workshop->text);
	before = allocated_bytes();
	status = carom_circuit_import_text(&workshop->circuit, workshop->text, workshop->length,
					   "bench", NULL, err);
	workshop->bytes = allocated_bytes() - before - workshop->length;
	if (!status)
		status = run_emit(workshop, 1, &(double){0}, err);
	return status;
}

static void clean_up(struct workshop *workshop)
{
	carom_circuit_free(workshop->circuit);
	free(workshop->text);
}

static int measure_subject(struct bench *bench, struct workshop *workshop, const char *name,
			   const char *text, struct carom_error *err)
{
	struct bench_case the_case = {.name = name,
				      .text = text,
				      .paths = {{"sprintf", run_sprintf, workshop, 0, NULL},
						{"build", run_build, workshop, 0, NULL},
						{"emit", run_emit, workshop, 0, NULL},
						{"text", run_text, workshop, 0, NULL},
						{"all", run_all, workshop, 0, NULL},
						{"edit", run_edit, workshop, 0, NULL},
						{"import", run_import, workshop, 0, NULL},
						{"adjacency", run_adjacency, workshop, 0, NULL},
						{"lint", run_lint, workshop, 0, NULL}},
				      .n_paths = 9};
	int status;

	the_case.facts =
		json_pack("{s:i, s:i, s:i, s:f}", "components", (int)workshop->netlist.n, "cards",
			  (int)workshop->n_cards, "deck_bytes", (int)workshop->length,
			  "bytes_per_component", (double)workshop->bytes / workshop->netlist.n);
	status = bench_run(bench, &the_case, err);
	json_decref(the_case.facts);
	return status;
}

static int run_subject(struct bench *bench, const struct subject *subject, const struct size *size,
		       struct carom_error *err)
{
	struct workshop workshop = {.netlist = {subject->shape, subject->is_hierarchical, size->n}};
	char name[64], text[96];
	int status;

	snprintf(name, sizeof(name), "circuit-%s-%s", subject->name, size->name);
	snprintf(text, sizeof(text), "%s, %u components", subject->text, size->n);
	if (!bench_wants(bench, name))
		return 0;
	status = set_up(&workshop, err);
	if (!status)
		status = measure_subject(bench, &workshop, name, text, err);
	clean_up(&workshop);
	return status;
}

/* ---- growth: ten times as many, in turn with as many ---- */

static int measure_growth(struct bench *bench, struct workshop *tenth, struct workshop *whole,
			  const char *name, const char *text, struct carom_error *err)
{
	struct bench_case the_case = {.name = name,
				      .text = text,
				      .paths = {{"build, a tenth", run_build, tenth, 0, NULL},
						{"build", run_build, whole, 0, "build, a tenth"},
						{"all, a tenth", run_all, tenth, 0, NULL},
						{"all", run_all, whole, 0, "all, a tenth"},
						{"import, a tenth", run_import, tenth, 0, NULL},
						{"import", run_import, whole, 0, "import, a tenth"},
						{"lint, a tenth", run_lint, tenth, 0, NULL},
						{"lint", run_lint, whole, 0, "lint, a tenth"}},
				      .n_paths = 8};

	return bench_run(bench, &the_case, err);
}

static int run_growth(struct bench *bench, const struct subject *subject, const struct size *size,
		      struct carom_error *err)
{
	struct workshop tenth = {
		.netlist = {subject->shape, subject->is_hierarchical, size->n / 10}};
	struct workshop whole = {.netlist = {subject->shape, subject->is_hierarchical, size->n}};
	char name[64], text[96];
	int status;

	snprintf(name, sizeof(name), "growth-%s-%s", subject->name, size->name);
	snprintf(text, sizeof(text), "%s, %u components and a tenth of them", subject->text,
		 size->n);
	if (size->n < LARGE || !bench_wants(bench, name))
		return 0;
	status = set_up(&tenth, err);
	if (!status)
		status = set_up(&whole, err);
	if (!status)
		status = measure_growth(bench, &tenth, &whole, name, text, err);
	clean_up(&whole);
	clean_up(&tenth);
	return status;
}

static int run_sizes(struct bench *bench, struct carom_error *err)
{
	unsigned n_rounds = bench->n_rounds;
	int status = 0;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]) && !status; i++) {
		bench->n_rounds = sizes[i].n < LARGE ? n_rounds : n_rounds / 3;
		if (bench->is_quick && !bench->filter && sizes[i].n > MOST_QUICK)
			break;
		for (size_t k = 0; k < sizeof(subjects) / sizeof(subjects[0]) && !status; k++)
			status = run_subject(bench, &subjects[k], &sizes[i], err);
		for (size_t k = 0; k < sizeof(subjects) / sizeof(subjects[0]) && !status; k++)
			status = run_growth(bench, &subjects[k], &sizes[i], err);
	}
	bench->n_rounds = n_rounds;
	return status;
}

/* ---- a deck of a PDK ---- */

static int import_pdk(void *context, unsigned n, double *seconds, struct carom_error *err)
{
	size_t *n_bytes = context;
	int status = 0;

	*seconds = 0;
	for (unsigned i = 0; i < n && !status; i++) {
		double started = bench_now_s();
		struct carom_circuit *circuit;

		status = carom_circuit_import_file(&circuit, PDK_DECK, NULL, err);
		*seconds += bench_now_s() - started;
		*n_bytes = 0;
		for (size_t k = 0; !status && k < circuit->n_files; k++) {
			struct stat file;

			if (stat(circuit->files[k], &file) == 0)
				*n_bytes += (size_t)file.st_size;
		}
		carom_circuit_free(circuit);
	}
	return status;
}

static int run_pdk(struct bench *bench, struct carom_error *err)
{
	size_t n_bytes = 0;
	struct bench_case the_case = {.name = "circuit-pdk",
				      .text = "ring oscillator of SKY130, read from its files",
				      .paths = {{"import", import_pdk, &n_bytes, 0, NULL}},
				      .n_paths = 1};
	struct stat file;
	int status;

	if (stat(PDK_DECK, &file) != 0 || !bench_wants(bench, the_case.name))
		return 0;
	status = import_pdk(&n_bytes, 1, &(double){0}, err);
	if (status)
		return status;
	the_case.facts = json_pack("{s:i}", "deck_bytes", (int)n_bytes);
	status = bench_run(bench, &the_case, err);
	json_decref(the_case.facts);
	return status;
}

int main(int argc, char **argv)
{
	struct carom_error err = CAROM_ERROR_INIT;
	struct bench bench;
	int status = bench_open(&bench, argc, argv, about, &err);

	if (!status)
		status = run_sizes(&bench, &err);
	if (!status)
		status = run_pdk(&bench, &err);
	if (!status && bench_wants(&bench, "circuit-spelling"))
		status = loading_measure(&bench, N_LOADED, &err);
	if (!status && bench_wants(&bench, "circuit-update"))
		status = updating_measure(&bench, N_LOADED, &err);
	return bench_close(&bench, status, &err);
}
